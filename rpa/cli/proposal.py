"""A plan as its supervisor reads it: what will happen first, then figures, alarms and the rest.

Whatever comes out of the plan's file is shown as plain text: a control character in a job's name
could otherwise paint another plan over this one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from rpa.cli import console
from rpa.cli.check import NEW_EMPLOYER
from rpa.cli.figures import figure, spans
from rpa.errors import Words
from rpa.evidence.wording import shown
from rpa.run.approval import ACTIVE, ENDED, JOINED, SHORT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from rich.console import RenderableType

    from rpa.run.approval import Asked, Proposal

WIDEST = 100  # a line that the eye can follow
MOST_ALIKE = 10  # alarms of one guard that are shown each


def show(asked: Proposal, askers: Mapping[str, str] | None, until: datetime) -> None:
    """All that is approved, on stdout."""
    title = f"{console.say(WAITS)} {asked.hash[:SHORT]}"
    lines = list(_headline(asked))
    body = Text("\n").join(Text(line, style="bold") for line in lines)
    _print(Panel(Padding(body, (1, 2)), title=title, title_align="left", border_style="red"))
    _section(FIGURES, [(figure(name), value) for name, value in asked.figures])
    _alarms(asked)
    _section(DETAILS, _details(asked, askers))
    # Once more where it is typed, for on a small screen the top is gone by then.
    _print(Text(lines[0], style="bold red"))
    _print(Text(f"{console.say(HOLDS)} {shown(until)}.\n", style="bold"))


def waiting(found: Iterable[Asked]) -> Table:
    """The plans that nobody has answered, each with the number to be typed."""
    table = Table(
        title=console.say(UNANSWERED), title_justify="left", title_style="bold", show_lines=True
    )
    table.add_column(console.say(NUMBER), no_wrap=True, min_width=SHORT)  # it is typed
    for head in (ASKED_BY, PROCEDURE, EMPLOYER, ROWS, ALARMS):
        table.add_column(console.say(head).lower(), overflow="fold")
    for one in found:
        asked = one.proposal
        when = f"{one.by or '?'}, {shown(one.at)}" if one.at else one.by or "?"
        employer = asked.employer or console.say(NEW_EMPLOYER)
        told = (asked.hash[:SHORT], when, asked.procedure, employer, str(len(asked.rows)))
        alarms = dict.fromkeys(guard for guard, *_ in asked.alarms)
        table.add_row(*map(_plain, (*told, ", ".join(alarms) or "-")))
    return table


def to_type(asked: Proposal) -> Iterator[tuple[Words, str]]:
    """What the supervisor types, and how it must read: who types it has read it."""
    if asked.employer:
        yield TYPE_EMPLOYER, asked.employer
    else:
        yield TYPE_PROCEDURE, asked.procedure
    ended = asked.figure(ENDED)
    if ended not in NOBODY:
        yield TYPE_ENDED, str(ended)


def _headline(asked: Proposal) -> Iterator[str]:
    """What will happen to how many people; never to whom by name."""
    ended, joined, active = (asked.figure(name) for name in (ENDED, JOINED, ACTIVE))
    whose = asked.employer or console.say(NEW_EMPLOYER)
    if ended not in NOBODY:
        words = ENDS_ALL if ended == active else ENDS if active else ENDS_SOME
        yield _filled(words, ended, active, whose)
    if joined not in NOBODY:
        yield _filled(JOINS, joined, active, whose)
    yield _filled(FILES, asked.procedure, len(asked.rows), asked.filings, whose)
    yield console.say(FOR_GOOD)


def _alarms(asked: Proposal) -> None:
    """Every guard that stopped it, the same sentence once; of many alike the first."""
    told = [(guard, bm if console.malay() else en) for guard, bm, en in asked.alarms]
    by_guard: dict[str, list[str]] = {}
    for guard, sentence in dict.fromkeys(told):
        by_guard.setdefault(guard, []).append(sentence)
    lines = []
    for guard, sentences in by_guard.items():
        more = len(sentences) - MOST_ALIKE
        rest = [f"+ {more} {console.say(MORE)}"] if more > 0 else []
        lines += [(guard, sentence) for sentence in [*sentences[:MOST_ALIKE], *rest]]
    _section(ALARMS, lines or [("", console.say(NO_ALARM))], style="yellow", count=len(told))


def _details(asked: Proposal, askers: Mapping[str, str] | None) -> Iterator[tuple[str, str]]:
    numbers = [number for number in asked.rows if number]
    rows = f"{len(numbers)} ({spans(numbers)})" if numbers else "0"
    head = f" + {console.say(HEAD)}" if len(numbers) < len(asked.rows) else ""
    who = ", ".join(sorted(askers)) if askers else console.say(UNKNOWN)
    told = (
        (PROCEDURE, asked.procedure),
        (EMPLOYER, asked.employer or console.say(NEW_EMPLOYER)),
        (ROWS, rows + head),
        (FILINGS, str(asked.filings)),
        (PORTAL, asked.portal),
        (JOB, asked.job),
        (ASKED_BY, who),
        (DATA, asked.digest[:SHORT]),
        (PROFILE, asked.profile[:SHORT]),
        (VERSION, asked.version),
    )
    yield from ((console.say(words), value) for words, value in told)


def _section(
    title: Words, lines: Iterable[tuple[str, str]], style: str = "", count: int = 0
) -> None:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(min_width=16, no_wrap=False)
    grid.add_column(overflow="fold")
    for name, value in lines:
        grid.add_row(_plain(name, style), _plain(value, style))
    if not grid.row_count:
        return
    heading = f"{console.say(title)}: {count}" if count else console.say(title)
    _print(Text(heading, style="bold"))
    _print(Padding(grid, (0, 0, 1, 2)))


def _print(what: RenderableType) -> None:
    width = min(console.out.width, WIDEST)
    console.out.print(what, width=width, soft_wrap=False)


def _plain(text: str, style: str = "") -> Text:
    return Text("".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text), style)


def _filled(words: Words, *values: object) -> str:
    return _plain(console.say(words).format(*values)).plain


NOBODY = {None, "", "0"}

UNANSWERED = Words("Pelan yang menunggu kelulusan", "Plans that wait for approval")
NUMBER = Words("nombor", "number")

WAITS = Words("Untuk kelulusan anda: pelan", "For your approval: plan")
ENDS_ALL = Words(
    "Pekerjaan SEMUA {0} pekerja aktif majikan {2} akan DITAMATKAN.",
    "The employment of ALL {0} active workers of {2} will END.",
)
ENDS = Words(
    "Pekerjaan {0} daripada {1} pekerja aktif majikan {2} akan DITAMATKAN.",
    "The employment of {0} of the {1} active workers of {2} will END.",
)
ENDS_SOME = Words(
    "Pekerjaan {0} pekerja majikan {2} akan DITAMATKAN.",
    "The employment of {0} workers of {2} will END.",
)
JOINS = Words(
    "{0} pekerja akan DIDAFTARKAN di bawah majikan {2}.",
    "{0} workers will be REGISTERED under {2}.",
)
FILES = Words(
    "{0} untuk {3}: baris akan difailkan {1}, penghantaran {2}.",
    "{0} for {3}: rows to be filed {1}, submissions {2}.",
)
FOR_GOOD = Words(
    "Apa yang dihantar kepada PERKESO tidak dapat ditarik balik oleh alat ini.",
    "What is sent to PERKESO cannot be taken back by this tool.",
)
FIGURES = Words("ANGKA", "FIGURES")
ALARMS = Words("AMARAN", "ALARMS")
DETAILS = Words("YANG AKAN DIFAILKAN", "WHAT WILL BE FILED")
NO_ALARM = Words(
    "Tiada; prosedur ini sentiasa memerlukan orang kedua.",
    "None; this procedure always needs a second person.",
)
MORE = Words("lagi seperti ini, semuanya dalam fail pelan", "more like these, all in the plan file")
HOLDS = Words(
    "Jika anda meluluskannya sekarang, ia boleh dihantar hingga",
    "If you approve it now, it may be sent until",
)
TYPE_EMPLOYER = Words("Untuk meluluskan, taip kod majikan", "To approve, type the employer code")
TYPE_PROCEDURE = Words(
    "Untuk meluluskan, taip nama prosedur", "To approve, type the procedure's name"
)
TYPE_ENDED = Words(
    "Taip bilangan pekerja yang akan ditamatkan",
    "Type the number of workers whose employment will end",
)
PROCEDURE, EMPLOYER = Words("prosedur", "procedure"), Words("majikan", "employer")
ROWS, FILINGS = Words("baris", "rows"), Words("penghantaran", "submissions")
PORTAL, JOB = Words("portal", "portal"), Words("fail kerja", "job file")
ASKED_BY, DATA = Words("diminta oleh", "asked for by"), Words("cap data", "data's fingerprint")
PROFILE = Words("profil portal", "portal's profile")
VERSION = Words("versi assist-rpa", "assist-rpa version")
HEAD = Words("perkara kerja itu sendiri", "the job's own entry")
UNKNOWN = Words("(tidak dicatat di sini)", "(not noted here)")
