"""A plan as its supervisor reads it: what will happen first, then figures, alarms and the rest.

Whatever comes out of the plan's file is shown as plain text: a control character in a job's name
could otherwise paint another plan over this one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from rpa.cli import aim, console
from rpa.cli.check import NEW_EMPLOYER
from rpa.cli.figures import figure, spans
from rpa.engine import whom
from rpa.engine.approval import ACTIVE, ENDED, JOINED, SHORT
from rpa.engine.whom import NOT_HERE
from rpa.errors import Words, many
from rpa.evidence.folder import REPORT as REPORT_FILE
from rpa.evidence.report import masked
from rpa.evidence.wording import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from rich.console import RenderableType

    from rpa.engine.approval import Asked, Proposal
    from rpa.engine.whom import Changed, Person, Whom
    from rpa.settings import Settings

WIDEST = 100  # a line that the eye can follow
MOST_ALIKE = 10  # alarms of one guard that are shown each
MOST_FIRST, MOST_LAST = 5, 2  # rows that are shown of a table
MOST_NAMED = 5
DAY, MOMENT = 10, 16  # characters of them
PICTURES = "pictures"  # in a run's folder


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a plan on this computer, for the terminal alone.

    ``run`` is the folder of the run that asked, ``whom`` whom it is about; None where they are not
    here. ``employer`` is code and name.
    """

    employer: str
    askers: Mapping[str, str] | None
    run: Path | None
    whom: Whom | None
    changed: Changed | None
    today: date


def show(asked: Proposal, beside: Beside, until: datetime) -> None:
    """All that is approved, on stdout."""
    title = f"{console.say(WAITS)} {asked.hash[:SHORT]}"
    lines = list(_headline(asked, beside))
    body = Text("\n").join(Text(line, style="bold") for line in lines)
    _print(Panel(Padding(body, (1, 2)), title=title, title_align="left", border_style="red"))
    _people(beside)
    _section(SINCE, _since(beside))
    _section(FIGURES, [(figure(name), value) for name, value in asked.figures])
    _alarms(asked)
    _section(DETAILS, _details(asked, beside))
    _to_look_at(beside)
    # Once more where it is typed, for on a small screen the top is gone by then.
    _print(Text(lines[0], style="bold red"))
    _print(Text(f"{console.say(HOLDS)} {shown(until)}.\n", style="bold"))


def waiting(found: Iterable[Asked], known: Settings) -> Table:
    """The plans that nobody has answered, each with the number to be typed and its last day."""
    table = Table(
        title=console.say(UNANSWERED), title_justify="left", title_style="bold", show_lines=True
    )
    table.add_column(console.say(NUMBER), no_wrap=True, min_width=SHORT)  # it is typed
    for head, width in ((JOB, None), (ROWS, None), (LAST_DAY, DAY), (ASKED_BY, MOMENT)):
        table.add_column(console.say(head).lower(), overflow="fold", min_width=width)
    for one in found:
        asked = one.proposal
        when = "\n".join(filter(None, (_one_line(one.by) or "?", shown(one.at))))
        employer = aim.named(known, asked.employer) or console.say(NEW_EMPLOYER)
        why = ", ".join(dict.fromkeys(guard for guard, *_ in asked.alarms))
        lines = filter(None, (asked.job, asked.procedure, employer, why))
        job, rows = "\n".join(map(_one_line, lines)), str(len(asked.rows))
        run = whom.folder_of(known.runs, asked.hash)
        people = whom.kept(run) if run else None
        last = f"{people.last:%d/%m/%Y}" if people and people.last else "-"
        told = (asked.hash[:SHORT], job, rows, last, when)
        table.add_row(*map(Text, told))
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


def _headline(asked: Proposal, beside: Beside) -> Iterator[str]:
    """What will happen to how many people, whose they are, and until when the law gives time."""
    ended, joined, active = (asked.figure(name) for name in (ENDED, JOINED, ACTIVE))
    whose = beside.employer or console.say(NEW_EMPLOYER)
    if ended not in NOBODY:
        words = ENDS_ALL if ended == active else ENDS if active else ENDS_SOME
        yield _filled(words, many(int(str(ended)), "worker"), active, whose, ended)
    if joined not in NOBODY:
        yield _filled(JOINS, many(int(str(joined)), "worker"), active, whose, joined)
    rows, filings = len(asked.rows), asked.filings
    told = (many(rows, "row"), many(filings, "submission"))
    yield _filled(FILES, asked.procedure, *told, whose, rows, filings)
    if beside.whom and beside.whom.last:
        yield _last_day(beside.whom.last, beside.today)
    yield console.say(FOR_GOOD)


def _last_day(last: date, today: date) -> str:
    left = (last - today).days
    words = LAST if left > 0 else LAST_TODAY if left == 0 else LAST_PAST
    return _filled(words, f"{last:%d/%m/%Y}", abs(left), many(abs(left), "day"))


def _people(beside: Beside) -> None:
    """The first rows and the last, so that one sees whose table it is."""
    rows = beside.whom
    if rows is None:
        _print(Text(f"{console.say(NOT_HERE)}\n", style="yellow"))
        return
    if not rows.people:
        return
    table = Table(title=console.say(WHOM), title_justify="left", title_style="bold")
    table.add_column(console.say(ROW), justify="right", no_wrap=True)
    for name in (NAME, IDENTITY):
        table.add_column(console.say(name), overflow="fold")
    for field in rows.days:
        bm, en = rows.heads[field]
        table.add_column(_plain(bm if console.malay() else en), overflow="fold")
    left_out = len(rows.people) - MOST_FIRST - MOST_LAST
    first, last = rows.people[:MOST_FIRST], rows.people[-MOST_LAST:]
    for one in rows.people if left_out <= 1 else first:
        table.add_row(*_cells(one, rows.days))
    if left_out > 1:
        table.add_row("…", _filled(LEFT_OUT, left_out))
        for one in last:
            table.add_row(*_cells(one, rows.days))
    _print(Padding(table, (0, 0, 1, 0)))


def _cells(one: Person, days: Iterable[str]) -> list[Text]:
    told = (str(one.row), one.name, masked(one.who), *(one.fields.get(day, "") for day in days))
    return [_plain(text) for text in told]


def _since(beside: Beside) -> Iterator[tuple[str, str]]:
    """What is otherwise than when this job was approved before."""
    changed = beside.changed
    if changed is None:
        yield "", console.say(FIRST_TIME)
        return
    at = shown(datetime.fromisoformat(changed.approved))
    yield console.say(BEFORE), f"{changed.approver}, {at}"
    if not changed.whole:
        yield "", console.say(NOT_KEPT)
        return
    for words, people in ((NEW, changed.new), (GONE, changed.gone)):
        yield console.say(words), _few(people)
    for (bm, en), rows in changed.columns.items():
        yield bm if console.malay() else en, f"{console.say(ROWS)} {spans(list(rows))}"


def _few(people: Sequence[Person]) -> str:
    """How many, and the first by name."""
    names = ", ".join(one.name or masked(one.who) for one in people[:MOST_NAMED])
    more = ", …" if len(people) > MOST_NAMED else ""
    return f"{len(people)}: {names}{more}" if people else "0"


def _to_look_at(beside: Beside) -> None:
    """Where the run's report and pictures are, to be opened; each whole in its line."""
    if not beside.run:
        return
    _print(Text(console.say(LOOK), style="bold"))
    pictures = beside.run / PICTURES
    console.out.print(_plain(f"  {beside.run / REPORT_FILE}"))
    if pictures.is_dir():
        count = len(list(pictures.iterdir()))
        console.out.print(_plain(f"  {pictures}  ({console.say(PICTURES_OF)}: {count})"))
    console.out.print()


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


def _details(asked: Proposal, beside: Beside) -> Iterator[tuple[str, str]]:
    numbers = [number for number in asked.rows if number]
    rows = f"{len(numbers)} ({spans(numbers)})" if numbers else "0"
    head = f" + {console.say(HEAD)}" if len(numbers) < len(asked.rows) else ""
    who = ", ".join(sorted(beside.askers)) if beside.askers else console.say(UNKNOWN)
    told = (
        (PROCEDURE, asked.procedure),
        (EMPLOYER, beside.employer or console.say(NEW_EMPLOYER)),
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


def _one_line(text: str) -> str:
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def _plain(text: str, style: str = "") -> Text:
    return Text(_one_line(text), style)


def _filled(words: Words, *values: object) -> str:
    return _plain(console.say(words).format(*values)).plain


NOBODY = {None, "", "0"}

UNANSWERED = Words("Pelan yang menunggu kelulusan", "Plans that wait for approval")
NUMBER = Words("nombor", "number")

WAITS = Words("Untuk kelulusan anda: pelan", "For your approval: plan")
# {0} and {1}: with the English noun; those behind are the numbers alone.
ENDS_ALL = Words(
    "Pekerjaan SEMUA {3} pekerja aktif majikan {2} akan DITAMATKAN.",
    "The employment of ALL {3} active workers of {2} will END.",
)
ENDS = Words(
    "Pekerjaan {3} daripada {1} pekerja aktif majikan {2} akan DITAMATKAN.",
    "The employment of {3} of the {1} active workers of {2} will END.",
)
ENDS_SOME = Words(
    "Pekerjaan {3} pekerja majikan {2} akan DITAMATKAN.",
    "The employment of {0} of {2} will END.",
)
JOINS = Words(
    "{3} pekerja akan DIDAFTARKAN di bawah majikan {2}.",
    "{0} will be REGISTERED under {2}.",
)
FILES = Words(
    "{0} untuk {3}: {4} baris akan difailkan dalam {5} penghantaran.",
    "{0} for {3}: {1} to be filed in {2}.",
)
LAST = Words(
    "Hari terakhir mengikut undang-undang: {0} ({1} hari lagi).",
    "Last day by law: {0} ({2} left).",
)
LAST_TODAY = Words(
    "Hari terakhir mengikut undang-undang: {0}, HARI INI.", "Last day by law: {0}, TODAY."
)
LAST_PAST = Words(
    "Hari terakhir mengikut undang-undang: {0}, LEWAT {1} hari.",
    "Last day by law: {0}, PAST by {2}.",
)
FOR_GOOD = Words(
    "Apa yang dihantar kepada PERKESO tidak dapat ditarik balik oleh alat ini.",
    "What is sent to PERKESO cannot be taken back by this tool.",
)
WHOM = Words("TENTANG SIAPA", "WHOM IT IS ABOUT")
ROW, NAME, IDENTITY = Words("baris", "row"), Words("nama", "name"), Words("nombor", "number")
LEFT_OUT = Words("… {0} baris lagi …", "… {0} rows more …")
SINCE = Words("SEJAK KALI TERAKHIR DILULUSKAN", "SINCE IT WAS LAST APPROVED")
FIRST_TIME = Words(
    "Kerja ini belum pernah diluluskan di komputer ini.",
    "This job was never approved on this computer.",
)
BEFORE = Words("diluluskan oleh", "approved by")
NOT_KEPT = Words(
    "Jadual ketika itu tidak lagi disimpan di sini; perbezaan tidak dapat ditunjukkan.",
    "The table of that time is not kept here any more; the differences cannot be shown.",
)
NEW, GONE = Words("baris baharu", "new rows"), Words("tiada lagi", "gone")
LAST_DAY = Words("hari terakhir", "last day")
LOOK = Words("LIHAT DAHULU", "LOOK FIRST")
PICTURES_OF = Words("gambar", "pictures")
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
