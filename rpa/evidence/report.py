"""The run's report: one HTML file that opens offline, on a phone too, for years.

It asks nothing of any network: style and script stand in the file and a Content-Security-Policy
lets nothing else run or load (pictures beside it excepted). Rows travel as JSON in a data block
and reach the page as text nodes only, so a name with ``<script>`` in it stays a name. Pictures
and letters are linked, never embedded.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import urllib.parse
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import jinja2
from markupsafe import Markup

from rpa.errors import Words
from rpa.evidence.files import write_private
from rpa.evidence.wording import BESIDE_IT, LABELS, STEPS, shown
from rpa.jobs import in_words
from rpa.model.filing import RowState

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from rpa.errors import Problem, RpaError
    from rpa.model.filing import Verdict

TOUCHED: Final = (RowState.FILED, RowState.IN_DOUBT, RowState.UNKNOWN)
"""Rows that somebody sent, or may have sent: beside one of them nobody says *nothing was sent*."""
_TEMPLATES: Final = Path(__file__).parent / "template"
_MOST_PROBLEMS: Final = 500
_NRIC_DIGITS: Final = 12
_SHOWN_DIGITS: Final = 4


@dataclass(frozen=True, slots=True)
class Stop:
    """Why a run ended early: what happened, who acts, and what they do."""

    what: Words
    who: Words
    next_move: Words

    @classmethod
    def of(cls, error: RpaError) -> Stop:
        """From the error that ended the run; what was sent by then is told after the next move."""
        moves = [words for words in (error.next_move, error.sent) if words]
        told = Words(" ".join(w.bm for w in moves), " ".join(w.en for w in moves))
        return cls(error.words, error.who, told)


@dataclass(frozen=True, slots=True)
class FilingSummary:
    """One filing: its rows by number, what the portal said (``message``), what it left behind."""

    id: str
    reference: str
    state: RowState
    rows: tuple[int, ...]
    at: datetime | None = None
    pictures: tuple[Path, ...] = ()
    letters: tuple[Path, ...] = ()
    message: str = ""
    reason: Words | None = None


@dataclass(frozen=True, slots=True)
class RunSummary:
    """One run as its report tells it. Times carry a zone; ``chain`` is the run folder's head.

    ``looked_up``: a round that only read what became of cases that were filed before. ``notes``:
    what a person should know beside the rows. ``profile``: the digest of the portal's profile;
    ``moved``: what is there otherwise than at earlier runs with it. ``total``: an amount that the
    rows come to, and what it is. ``language``: of the run, ``bm`` or ``en``, in which the report
    opens.
    """

    run_id: str
    version: str
    job_name: str
    procedure: str
    employer: str
    portal: str
    rehearsal: bool
    started: datetime
    ended: datetime | None
    filings: tuple[FilingSummary, ...] = ()
    problems: tuple[Problem, ...] = ()
    stopped_by: Stop | None = None
    notes: tuple[Words, ...] = ()
    moved: tuple[Words, ...] = ()
    chain: str = ""
    looked_up: bool = False
    live: bool = True
    profile: str = ""
    total: tuple[str, Words] | None = None
    language: str = ""

    @property
    def aim(self) -> str:
        """LIVE or PRACTICE, and the address."""
        return f"{'SEBENAR / LIVE' if self.live else 'LATIHAN / PRACTICE'} {self.portal}"


def counts(verdicts: Iterable[Verdict[Any]]) -> dict[RowState, int]:
    """Rows by state, in the order of RowState, states without rows included."""
    found = Counter(verdict.state for verdict in verdicts)
    return {state: found[state] for state in RowState}


def masked(identification: str) -> str:
    """``******-**-1234`` for an NRIC; of anything else the last four signs, if it has more."""
    if len(identification) == _NRIC_DIGITS and identification.isdigit():
        return f"******-**-{identification[-_SHOWN_DIGITS:]}"
    hidden = max(0, len(identification) - _SHOWN_DIGITS) or len(identification)
    return "*" * hidden + identification[hidden:]


def write_report(summary: RunSummary, verdicts: Sequence[Verdict[Any]], out: Path) -> Path:
    """Write the report, readable by its owner only; returns where it stands.

    Links are relative to ``out``'s folder. Names are shown (the report is private to the user),
    of identity numbers the last four digits. Raises NotWritten.
    """
    text = rendered(summary, verdicts, out.parent)
    # A portal's page may hold half a character (a lone surrogate), which no file can.
    return write_private(out, text.encode("utf-8", "replace"))


def rendered(summary: RunSummary, verdicts: Sequence[Verdict[Any]], folder: Path) -> str:
    """The report's HTML for a file in ``folder``."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style, script = (_asset(name) for name in ("report.css", "report.js"))
    found = counts(verdicts)
    return environment.get_template("report.html.j2").render(
        run=summary,
        style=style,
        script=script,
        policy=_policy(style, script),
        total=len(verdicts),
        counts=found,
        untouched=not any(found[state] for state in TOUCHED),
        labels=LABELS,
        steps=list(_steps(verdicts)),
        problems=summary.problems[:_MOST_PROBLEMS],
        more_problems=max(0, len(summary.problems) - _MOST_PROBLEMS),
        shown=shown,
        in_words=in_words,
        data=_Data(folder).block(summary, verdicts),
    )


def _steps(verdicts: Sequence[Verdict[Any]]) -> Iterator[tuple[RowState, int, Words, Words]]:
    """Who does what next: how many rows, whose move, which; their own where they tell it."""
    own, others = (counts(v for v in verdicts if v.own_move is told) for told in (True, False))
    for state, (who, move) in STEPS.items():
        if others[state]:
            yield state, others[state], who, move
        if own[state]:
            yield state, own[state], who, BESIDE_IT


def _asset(name: str) -> Markup:
    """Our own style or script, which autoescape must leave alone."""
    return Markup((_TEMPLATES / name).read_text(encoding="utf-8"))  # noqa: S704  not from outside


def _policy(style: str, script: str) -> str:
    """Only this style and this script, pictures from beside the file, and nothing else at all."""
    style_hash, script_hash = (
        base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        for text in (style, script)
    )
    return (
        f"default-src 'none'; style-src 'sha256-{style_hash}'; script-src 'sha256-{script_hash}'; "
        "img-src 'self' file:; base-uri 'none'; form-action 'none'"
    )


class _Data:
    """Rows and filings as compact JSON: every text once, rows as lists of numbers."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._texts: dict[str, int] = {}

    def block(self, summary: RunSummary, verdicts: Sequence[Verdict[Any]]) -> Markup:
        """The content of the data block; ``<`` and odd line ends are written as escapes."""
        filing_of = {n: i for i, filing in enumerate(summary.filings) for n in filing.rows}
        states = list(RowState)
        rows = [self._row(v, states.index(v.state), filing_of) for v in verdicts]
        filings = [self._filing(f, states.index(f.state)) for f in summary.filings]
        labels = [(state.value, LABELS[state].bm, LABELS[state].en) for state in states]
        data = {"states": labels, "filings": filings, "rows": rows, "texts": list(self._texts)}
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        for sign in ("<", ">", "&", "\u2028", "\u2029"):
            text = text.replace(sign, f"\\u{ord(sign):04x}")
        return Markup(text)  # noqa: S704  nothing in it can end the block

    def _row(self, verdict: Verdict[Any], state: int, filing_of: Mapping[int, int]) -> list[object]:
        record = verdict.row.record
        return [
            verdict.row.number,
            self._text(str(getattr(record, "name", ""))),
            self._text(masked(record.person)),
            state,
            self._text(verdict.reference),
            self._text(shown(verdict.at)),
            self._text(verdict.told.bm),
            self._text(verdict.told.en),
            int(verdict.before),
            filing_of.get(verdict.row.number, -1),
            self._links(verdict.evidence),
        ]

    def _filing(self, filing: FilingSummary, state: int) -> list[object]:
        reason = filing.reason
        return [
            self._text(filing.id),
            self._text(filing.reference),
            state,
            list(filing.rows),
            self._text(shown(filing.at)),
            self._links(filing.pictures),
            self._links(filing.letters),
            self._text(filing.message),
            self._text(reason.bm if reason else ""),
            self._text(reason.en if reason else ""),
        ]

    def _links(self, paths: Iterable[Path]) -> list[int]:
        return [self._text(_link(path, self._folder)) for path in paths]

    def _text(self, text: str) -> int:
        return self._texts.setdefault(text, len(self._texts))


def _link(path: Path, folder: Path) -> str:
    """Relative to the report; a path that is relative already is meant so."""
    relative = Path(os.path.relpath(path, folder)) if path.is_absolute() else path
    return urllib.parse.quote(relative.as_posix())
