"""`assist-rpa evidence verify` and `export`."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rpa import settings
from rpa.cli import answer, console, register
from rpa.cli.runs import NO_FOLDER, NoRun, last, no_run_yet
from rpa.cli.sealing import EVIDENCE
from rpa.errors import ConfigInvalid, Problem, Words
from rpa.evidence import chain, pack, timestamp, verifier
from rpa.evidence.folder import REPORT
from rpa.evidence.verifier import Head
from rpa.ledger.ledger import Ledger
from rpa.reading import Unreadable, reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rpa.ledger.records import FilingRecord
    from rpa.settings import Settings

_SHORTEST = 4  # signs of a number that names a filing
_LEDGER = "ledger.sqlite3"  # beside the runs of a practice, or of a home elsewhere


class NotNamed(ConfigInvalid):
    """What was given names no run, no filing, no number."""

    next_move = Words(
        "Beri yang lain, seperti assist-rpa status menunjukkannya. Tiada apa-apa diubah.",
        "Give another one, as assist-rpa status shows it. Nothing was changed.",
    )


def verify(
    run: Path | None,
    heads: Sequence[str],
    every: bool,  # noqa: FBT001  Typer's option
    config: Path | None,
) -> int:
    """Compare one run folder, or all; 0 when each is whole."""
    known = settings.load(config=config)
    typed = [_number(head) for head in heads]
    if every:
        return _all(known)
    return told(known, _folder(known, run) if run else last(known.runs), typed)


def told(known: Settings, folder: Path, typed: Sequence[str] = ()) -> int:
    """Print all that is wrong with a run folder, and how it stands; 0 when it is whole."""
    place = _ledger_of(known, folder)
    noted = None
    if place:
        with Ledger.open(place) as ledger:
            noted = _noted(ledger, folder)
    answer.tell((_answer(folder, noted),))
    stamped, wrong = timestamp.checked(known, noted.chain) if noted else ([], [])
    found = [*chain.verify(folder, noted, typed), *wrong]
    console.problems(found)
    console.notes([*_removed(folder), *stamped])
    if noted:
        console.out.print(
            f"{console.say(EVIDENCE)} {noted.chain} ({noted.lines})  {place}", markup=False
        )
    return _ended(found)


def _removed(folder: Path) -> list[Words]:
    """What `purge` took out of it, and when."""
    try:
        entries = verifier.latest(chain.lines(folder)).values()
    except Unreadable:
        return []
    gone = [one for one in entries if one["kind"] in verifier.REMOVED]
    day = max((one["at"] for one in gone), default="")[:10]
    told = Words(
        f"{len(gone)} fail pelaksanaan ini telah dipadamkan dengan sengaja (assist-rpa purge), "
        f"yang terakhir pada {day}.",
        f"{len(gone)} files of this run were removed on purpose (assist-rpa purge), the last on "
        f"{day}.",
    )
    return [told] if gone else []


def _ended(found: Sequence[Problem]) -> int:
    """The last sentence, with the first wrong thing; 1 when there is any."""
    bm, en = verifier.ending(problem.code for problem in found)
    if found:
        where, words = found[0].address, found[0].words
        bm, en = f"{bm} Pertama: {where}: {words.bm}", f"{en} The first: {where}: {words.en}"
    console.err.print(console.say(Words(bm, en)), markup=False)
    return 1 if found else 0


def _all(known: Settings) -> int:
    """Every run folder, and those that the ledger has and that are gone."""
    with reading(lambda _: ConfigInvalid(NO_FOLDER, where=str(known.runs))):
        places = (
            sorted(p for p in known.runs.iterdir() if p.is_dir()) if known.runs.is_dir() else []
        )
    wrong, heads = [], []
    with Ledger.open(known.ledger) as ledger:
        for folder in places:
            console.out.print(folder.name, markup=False)
            noted = _noted(ledger, folder)
            heads.append(_answer(folder, noted))
            wrong += [_of(folder, p) for p in chain.verify(folder, noted)]
            wrong += timestamp.checked(known, noted.chain)[1] if noted else []
        # Of a ledger that several machines share, the folders stand on several disks.
        names = () if "://" in known.ledger else ledger.folders()
    if not places and not names:
        raise NoRun(no_run_yet(), where=str(known.runs))
    answer.tell(tuple(heads))
    gone = {*names} - {folder.name for folder in places}
    wrong += [Problem(name, "folder-missing", _GONE) for name in sorted(gone)]
    console.problems(wrong)
    return _ended(wrong)


def _answer(folder: Path, noted: Head | None) -> answer.RunEvidence:
    report = folder / REPORT
    there = str(report) if report.is_file() else None
    chained = (noted.chain, noted.lines) if noted else (None, None)
    return answer.RunEvidence(str(folder), there, *chained)


def _of(folder: Path, problem: Problem) -> Problem:
    where = f"{folder.name}/{problem.address}"
    return Problem(where, problem.code, problem.words, problem.severity)


def _number(typed: str) -> str:
    """A head as a person types it, from paper. Raises ConfigInvalid."""
    number = "".join(typed.split()).casefold()
    if not re.fullmatch(r"[0-9a-f]{64}", number):
        raise NotNamed(_NO_NUMBER, where="--head")
    return number


def _folder(known: Settings, run: Path) -> Path:
    """A folder by its path, or a run by its name. Raises ConfigInvalid."""
    with reading(lambda _: NotNamed(NO_FOLDER, where=str(run))):
        found = next((path for path in (run, known.runs / run) if path.is_dir()), None)
    if found is None:
        raise NotNamed(_NO_RUN, where=str(run))
    return found.absolute()


def _ledger_of(known: Settings, folder: Path) -> str | None:
    """The ledger that knows the folder: this home's, or the one of the home where it stands."""
    runs = folder.resolve().parent
    mine = runs == known.runs.resolve()
    place = known.ledger if mine else str(runs.with_name(_LEDGER))
    there = "://" in place or (Path(place).is_file() and (mine or runs.name == known.runs.name))
    return place if there else None


def _noted(ledger: Ledger, folder: Path) -> Head | None:
    """Where the ledger has the end of the folder's list."""
    try:
        first = [entry["chain"] for entry in chain.lines(folder)[:1]]
    except Unreadable:
        first = []
    head = ledger.head_of(folder.name, first[0] if first else "")
    return Head(*head) if head else None


def stamp(config: Path | None) -> int:
    """Have the end of each list stamped that has no stamp yet; the first that fails ends it."""
    known = settings.load(config=config)
    with Ledger.open(known.ledger) as ledger:
        ends = [(p.name, _noted(ledger, p)) for p in sorted(known.runs.glob("*/")) if p.is_dir()]
    new = [(n, e) for n, e in ends if e and not timestamp.place(known.home, e.chain).is_file()]
    for name, end in new:
        at = timestamp.said(timestamp.stamp(known, end.chain))
        console.out.print(f"{name}  {console.say(at)}", markup=False)
    done = Words(f"dicap: {len(new)} pelaksanaan", f"stamped: {len(new)} runs")
    console.out.print(console.say(done), markup=False)
    return 0


# --- one filing -----------------------------------------------------------------------------------


def export(filing: str, out: Path | None, replace: bool, config: Path | None) -> int:  # noqa: FBT001  Typer's option
    """Write the pack; 1 when something is wrong with the evidence in it."""
    known = settings.load(config=config)
    with Ledger.open(known.ledger) as ledger:
        record = _the_one(ledger, filing)
        facts = _facts(record, ledger)
        with reading(lambda _: ConfigInvalid(NO_FOLDER, where=str(known.runs))):
            folders = pack.holding(known.runs, record.id)
        parts = [_part(known, folder, _noted(ledger, folder)) for folder in folders]
    if not parts:
        raise NotNamed(_NO_EVIDENCE, where=record.id[:8])
    wrong = [_of(p.folder, w) for p in parts for w in chain.verify(p.folder, p.head)]
    with reading(lambda _: ConfigInvalid(_UNREAD, where=record.id[:8])):
        content = pack.packed(facts, parts, (f"{w.address}: {w.code}" for w in wrong))
    target = out or Path(f"evidence-{record.id[:8]}.zip")
    place = register.placed(target, content, replace=replace)
    console.problems(wrong)
    console.out.print(f"{console.say(register.WRITTEN)} {place}", markup=False)
    return _ended(wrong)


def _part(known: Settings, folder: Path, noted: Head | None) -> pack.RunPart:
    """A run folder for the pack, with the time stamp of its end where there is one."""
    place = timestamp.place(known.home, noted.chain) if noted else None
    there = place.read_bytes() if place and place.is_file() else b""
    return pack.RunPart(folder, noted, there)


def _the_one(ledger: Ledger, name: str) -> FilingRecord:
    """The one filing of this case number, or whose own number begins so. Raises ConfigInvalid."""
    found = ledger.filings_named(name) if len(name) >= _SHORTEST else []
    if len(found) == 1:
        return found[0]
    ids = ", ".join(record.id[:8] for record in found[:5]) or "-"
    raise NotNamed(Words(_NOT_ONE.bm.format(ids), _NOT_ONE.en.format(ids)), where=name)


def _facts(record: FilingRecord, ledger: Ledger) -> dict[str, Any]:
    """What the ledger has of a filing; nobody's data beside what an event tells."""
    times = ("created_at", "intended_at", "filed_at", "status_at")
    texts = ("id", "portal", "procedure", "employer", "reference", "portal_status", "run_id")
    moments = {name: getattr(record, name) for name in times}
    return {
        **{name: getattr(record, name) for name in texts},
        "state": record.state.value,
        **{name: moment and moment.isoformat() for name, moment in moments.items()},
        "rows": [{"row": row.position, "state": row.state.value} for row in record.rows],
        "events": [
            {"at": e.at.isoformat(), "kind": e.kind, "run": e.run_id, "data": json.loads(e.data)}
            for e in ledger.events_of(record.id)
        ],
    }


_NO_RUN = Words("Tiada folder pelaksanaan di sini.", "There is no run folder here.")
_GONE = Words(
    "Lejar mencatat bukti pelaksanaan ini, tetapi foldernya tiada.",
    "The ledger noted this run's evidence, and its folder is gone.",
)
_NO_NUMBER = Words(
    "Nombor bukti mempunyai 64 aksara 0-9 dan a-f, seperti dicetak pada akhir pelaksanaan.",
    "The number of evidence has 64 signs, 0-9 and a-f, as it was printed when the run ended.",
)
_NO_EVIDENCE = Words(
    "Tiada folder pelaksanaan yang menyimpan bukti pemfailan ini.",
    "No run folder holds evidence of this filing.",
)
_UNREAD = Words(
    "Bukti pemfailan ini tidak dapat dibaca semuanya.",
    "Not all of this filing's evidence can be read.",
)
_NOT_ONE = Words(
    "Bukan tepat satu pemfailan bernombor begini: {}.",
    "Not exactly one filing has this number: {}.",
)
