"""Whether the ledger is as this tool wrote it: against its own log, the run folders, its mark.

Filings are rows that can be edited; what happened to them stands beside it in an append-only log.
Three things are compared:

- each filing with what the log says of it (`differences`): state, number, times, and by a digest
  made at planning the sealed keys of its rows, never the data of a person;
- the log of each run with the digest that the run left in its folder, sealed there (`NOTE`);
- the run that began or ended last in this home with what the ledger knows of it (`Mark`): one that
  does not know it is an older ledger, put back from a backup, or another one in its place.

What an edit can still forge: a filing with the log and the run's folder, all at once and by who
knows how; the chain of the folder's evidence, and its head elsewhere, stand against that.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Final

from pydantic import TypeAdapter

from rpa.engine.approval import canonical
from rpa.errors import Problem, Words
from rpa.evidence.files import write_private
from rpa.ledger.records import ANSWERED, TAKEN_BACK, keys_digest, masked, moment
from rpa.ledger.tables import FilingState
from rpa.model.filing import REJECTED
from rpa.reading import Unreadable, contents, reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from rpa.ledger.ledger import Ledger
    from rpa.ledger.records import EventRecord, FilingRecord

NOTE: Final = "ledger.json"
MARK: Final = "ledger.mark.json"
MOST_BYTES: Final = 1024 * 1024
SHORT: Final = 8

# What a line of the log says of its filing; the others say nothing of how it stands.
_STATES: Final = (
    {state.value: state for state in FilingState}
    | dict.fromkeys(("attempt", "not filed"), FilingState.PLANNED)
    | {TAKEN_BACK: FilingState.IN_DOUBT}
)
# These say how its case stands at the portal.
_TELL: Final = {"filed", "decided", ANSWERED}
# A row stands as its filing does, but for these.
_OF_ROWS: Final = {FilingState.PREPARED: FilingState.PLANNED}


@dataclass(frozen=True, slots=True)
class Seal:
    """A run's lines in the log of a ledger: how many, and one digest over them."""

    ledger: str
    run: str
    events: int
    seal: str

    @classmethod
    def of(cls, ledger: Ledger, run: str, lines: Sequence[EventRecord] | None = None) -> Seal:
        """As the ledger has them now."""
        found = ledger.log_of(run) if lines is None else lines
        digest = hashlib.sha256()
        for line in found:
            digest.update(canonical({**asdict(line), "at": line.at.isoformat()}))
        return cls(ledger.identity, run, len(found), digest.hexdigest())

    @property
    def text(self) -> bytes:
        """For the run's folder."""
        return canonical(asdict(self))


@dataclass(frozen=True)
class Mark:
    """The run that began or ended last at each ledger's place, kept in this home beside it."""

    home: Path
    ledger: Ledger

    def older(self) -> bool:
        """Whether the ledger does not know what this home has seen of it."""
        last = self._read().get(self.ledger.store.place)
        return last is not None and len(self.ledger.log_of(last.run)) < last.events

    def set(self, run: str) -> None:
        """This run has begun, or ended. Raises NotWritten."""
        known = self._read() | {self.ledger.store.place: Seal.of(self.ledger, run)}
        told = {place: asdict(last) for place, last in known.items()}
        write_private(self.home / MARK, canonical(told))

    def _read(self) -> dict[str, Seal]:
        """Nothing where there is none, or none that can be read: then nothing is compared."""
        try:
            with reading(lambda _: ValueError("no mark of ours")):
                return _MARKS.validate_json(contents(self.home / MARK, MOST_BYTES), strict=True)
        except (Unreadable, ValueError):
            return {}


@dataclass
class _Said:
    """What the log says of one filing."""

    state: FilingState | None = None
    values: dict[str, str] = field(default_factory=dict)
    refused: set[int] = field(default_factory=set)

    def hear(self, line: EventRecord) -> None:
        """One more line."""
        data: dict[str, Any] = json.loads(line.data)
        self.state = _state(line.kind, data) or self.state
        if line.kind == "row refused":
            self.refused.add(data["position"])
        if line.kind in _TELL and self.state is not FilingState.CANCELLED:
            self._keep(data, "reference", "filed_at", "status")
        if line.kind == TAKEN_BACK:
            self.values |= {"reference": "", "status": ""}
        self._keep(data, "keys")

    def _keep(self, data: Mapping[str, Any], *names: str) -> None:
        self.values |= {name: data[name] for name in names if name in data}


def _state(kind: str, data: Mapping[str, Any]) -> FilingState | None:
    if kind == ANSWERED:
        filed = data["outcome"] == FilingState.FILED.value
        return FilingState.FILED if filed else FilingState.CANCELLED
    if kind == "decided":
        return FilingState.REFUSED if data["status"] == REJECTED else FilingState.FILED
    return _STATES.get(kind)


def verify(ledger: Ledger, home: Path, runs: Path) -> list[Problem]:
    """All that is not as this tool wrote it; an empty list says that nothing was found."""
    of_filings: dict[str, _Said] = defaultdict(_Said)
    of_runs: dict[str, list[EventRecord]] = defaultdict(list)
    for line in ledger.log():
        if line.filing_id:
            of_filings[line.filing_id].hear(line)
        if line.run_id:
            of_runs[line.run_id].append(line)
    found = [_problem(ledger.store.place, OLDER)] if Mark(home, ledger).older() else []
    for filing in ledger.filings():
        found += _of_filing(filing, of_filings[filing.id])
    for note in sorted(runs.glob(f"*/input/{NOTE}")):
        found += _of_run(ledger, note, of_runs)
    return found


def _of_filing(filing: FilingRecord, said: _Said) -> Iterator[Problem]:
    where = f"{filing.procedure} {filing.employer} {filing.id[:SHORT]}"
    if said.state is None:
        yield _problem(where, NOT_IN_LOG)
        return
    there = {
        "state": filing.state.value,
        "reference": masked(filing.reference),
        "filed_at": moment(filing.filed_at) if filing.filed_at else "",
        "status": masked(filing.portal_status),
        "keys": keys_digest((r.position, r.business_key, r.person_key) for r in filing.rows),
    }
    for name, log in {"state": said.state.value, **said.values}.items():
        if there[name] != log:
            yield _problem(f"{where} {name}", DIFFERS, there[name], log)
    as_filing = _OF_ROWS.get(said.state, said.state)
    for row in filing.rows:
        refused = row.state is FilingState.REFUSED and row.position in said.refused
        if row.state is not as_filing and not refused:
            yield _problem(f"{where} {row.position}", DIFFERS, row.state.value, as_filing.value)


def _of_run(
    ledger: Ledger, note: Path, of_runs: Mapping[str, list[EventRecord]]
) -> Iterator[Problem]:
    where = str(note)
    try:
        with reading(lambda _: ValueError("no note of ours")):
            seal = _NOTE.validate_json(contents(note, MOST_BYTES), strict=True)
    except (Unreadable, ValueError):
        yield _problem(where, NOT_READ)
        return
    if seal.ledger != ledger.identity:
        return  # another ledger's run in the same home
    now = Seal.of(ledger, seal.run, of_runs.get(seal.run, []))
    if now.events < seal.events:
        yield _problem(where, OLDER)
    elif now != seal:
        yield _problem(where, LOG_CHANGED)


def _problem(address: str, words: Words, *told: str) -> Problem:
    return Problem(address, "ledger", Words(words.bm.format(*told), words.en.format(*told)))


_MARKS: Final = TypeAdapter(dict[str, Seal])
_NOTE: Final = TypeAdapter(Seal)

OLDER: Final = Words(
    "Lejar ini lebih lama daripada apa yang komputer ini pernah lihat: salinan lama dikembalikan, "
    "atau lejar lain berada di tempatnya.",
    "This ledger is older than what this computer has seen of it: an old copy was put back, or "
    "another ledger stands in its place.",
)
DISTRUSTED: Final = Words(
    f"{OLDER.bm} Apa yang mungkin telah ditekan akan ditanya di portal; apa yang difailkan selepas "
    "salinan itu dicari di portal sebelum setiap pemfailan. Semak: assist-rpa status --verify",
    f"{OLDER.en} Whatever may have been pressed is asked of the portal; what was filed after that "
    "copy is looked for at the portal before each filing. See: assist-rpa status --verify",
)
DIFFERS: Final = Words(
    "Lejar kata '{}', lognya kata '{}': diubah oleh program lain.",
    "The ledger says '{}', its log says '{}': another program has changed it.",
)
NOT_IN_LOG: Final = Words(
    "Log lejar tidak mengenali pemfailan ini: ditambah oleh program lain.",
    "The ledger's log does not know this filing: another program has added it.",
)
LOG_CHANGED: Final = Words(
    "Log lejar bagi pelaksanaan ini bukan seperti pada akhirnya: diubah oleh program lain.",
    "The ledger's log of this run is not as it was at its end: another program has changed it.",
)
NOT_READ: Final = Words("Fail ini tidak dapat dibaca.", "This file cannot be read.")
