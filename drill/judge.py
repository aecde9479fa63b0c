"""Was anybody filed twice, or lost? Asked of the portal, the ledger's file and the report.

Nothing here uses the product's own reading of them. What one quiet run of the sample leaves at the
portal is the measure; no procedure is known by name.
"""

from __future__ import annotations

import json
import re
import sqlite3
import zipfile
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

FILED, DOUBT, DEAD = "filed", "in doubt", "dead"
NOT_SENT = "not sent"
OPEN = ("intended", DOUBT)


@dataclass
class Judgement:
    """What is wrong with the end of a case, by kind; empty when all is well."""

    duplicates: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    without_verdict: list[str] = field(default_factory=list)
    other: list[str] = field(default_factory=list)
    verdicts: dict[int, str] = field(default_factory=dict)
    # Drafts whose number no run ever learnt, and about which a person is asked.
    asked: list[str] = field(default_factory=list)

    @property
    def wrong(self) -> list[str]:
        """Everything."""
        return [*self.duplicates, *self.lost, *self.without_verdict, *self.other]


def lines(portal: dict[str, Any], known: list[str]) -> Counter[str]:
    """What was submitted, worker by worker and paper by paper, without what differs by filing.

    ``known`` are the codes of the employers there were before: a new one's comes when an officer
    has approved him.
    """
    found, shared = Counter[str](), Counter[str]()
    for filing in portal["filings"]:
        about = [filing["procedure"], filing["employer"] if filing["employer"] in known else "new"]
        form = [filing["employer_form"]] if filing["employer_form"] else []
        papers = Counter(_line(about, paper) for paper in filing["documents"])
        if filing["workers"]:
            # The job's papers go with each of its filings: a row that was refused is filed later.
            shared |= papers
        else:
            found += papers
        for part in [*filing["workers"], *form] or [{}] * (not papers):
            found[_line(about, part)] += 1
    for month in portal["contributions"]:
        about = [month[key] for key in ("employer", "act", "month", "type")]
        for line in month["lines"]:
            if line["wages"]:
                found[_line(about, line)] += 1
    return found + shared


def _line(about: list[str], part: dict[str, Any]) -> str:
    return json.dumps([*about, part], sort_keys=True)


def books(portal: dict[str, Any]) -> Counter[str]:
    """Who is on the books of whom, and how."""
    keys = ("employer", "nric", "name", "start", "status", "resigned")
    return Counter(json.dumps([worker[key] for key in keys]) for worker in portal["workers"])


def references(portal: dict[str, Any]) -> Counter[str]:
    """The number of every submission, and how often it stands there."""
    months = [" ".join(filter(None, (m["acr"], m["ecr"]))) for m in portal["contributions"]]
    return Counter([*(filing["reference"] for filing in portal["filings"]), *months])


@dataclass(frozen=True)
class Books:
    """The ledger's file, read with nothing but SQLite: state, procedure and number by filing."""

    filings: list[dict[str, Any]]
    rows: list[dict[str, Any]]
    drafts: list[str] = field(default_factory=list)  # the numbers that were noted, gone ones too

    @classmethod
    def read(cls, path: Path, procedure: str) -> Books:
        """The filings of one procedure; none when there is no ledger."""
        if not path.is_file():
            return cls([], [])
        with closing(sqlite3.connect(path)) as db:
            db.row_factory = sqlite3.Row
            whole = db.execute("SELECT * FROM filings WHERE procedure = ?", (procedure,)).fetchall()
            of = "SELECT r.*, f.reference FROM filing_rows r JOIN filings f ON f.id = r.filing_id"
            rows = db.execute(f"{of} WHERE f.procedure = ?", (procedure,)).fetchall()
            drafts = [number for (number,) in db.execute("SELECT reference FROM drafts")]
        return cls([dict(one) for one in whole], [dict(one) for one in rows], drafts)


def reported(home: Path) -> dict[int, str]:
    """Each row's verdict as the report of the last run has it, by row number."""
    folder = _last(home)
    report = folder / "report.html" if folder else None
    if report is None or not report.is_file():
        return {}
    (data,) = re.findall(r'id="data">(.*?)</script>', report.read_text("utf-8"), re.DOTALL)
    told = json.loads(data)
    return {row[0]: told["states"][row[3]][0] for row in told["rows"]}


def kept(home: Path) -> list[str]:
    """What is not whole of the files that the last run leaves to the operator."""
    folder = _last(home)
    if folder is None:
        return []
    wrong = [f"{path.name} is left half written" for path in folder.rglob(".assist-*.tmp")]
    books = (path for path in folder.rglob("*.xlsx") if not _opens(path))
    chain = folder / "evidence.jsonl"
    text = chain.read_text("utf-8") if chain.is_file() else ""
    torn = [] if text.endswith("}\n") else ["the last run's chain of evidence is not whole"]
    return [*wrong, *(f"{path.name} does not open" for path in books), *torn]


def _opens(book: Path) -> bool:
    try:
        with zipfile.ZipFile(book) as whole:
            return whole.testzip() is None
    except zipfile.BadZipFile:
        return False


def _last(home: Path) -> Path | None:
    folders = sorted((home / "runs").glob("*"), key=lambda path: path.stat().st_mtime_ns)
    return folders[-1] if folders else None


def judge(  # noqa: PLR0913, PLR0917 - whom it asks, and what it measures by
    golden: dict[str, Any],
    before: dict[str, Any],
    now: dict[str, Any],
    home: Path,
    procedure: str,
    asks: str = "",
) -> Judgement:
    """Compare the portal, the ledger and the report with each other and with the quiet run.

    ``golden`` is the portal after the quiet run, with its verdicts; ``before`` as it stood before.
    ``asks``: what the last run said if it ended by asking a person for something.
    """
    found = Judgement(verdicts=reported(home))
    ledger = Books.read(home / "ledger.sqlite3", procedure)
    codes = before["employers"]
    quiet, filed = (lines(one, codes) - lines(before, codes) for one in (golden, now))
    _twice(found, quiet, filed, now)
    _numbers(found, ledger, references(now) - references(before))
    _rows(found, ledger, set(golden["verdicts"]), quiet - filed)
    found.other += kept(home)
    doubt = any(filing["state"] in OPEN for filing in ledger.filings)
    given_up = any(filing["state"] == DEAD for filing in ledger.filings)
    others = set(found.verdicts.values()) - {FILED, DOUBT}
    found.asked = _asked(ledger, before, now, asks) if others == {NOT_SENT} else []
    if others and not given_up and not found.asked:
        found.other.append(f"it did not settle: {', '.join(sorted(others))}")
    if len(now["drafts"]) > len(before["drafts"]) and not doubt and not found.asked:
        found.other.append("a draft of ours was left")
    at_once = not now["settings"].get("officer")
    if set(found.verdicts.values()) == {FILED} and at_once and books(now) != books(golden):
        found.lost.append("the portal's books differ from those after a quiet run")
    return found


def _asked(ledger: Books, before: dict[str, Any], now: dict[str, Any], asks: str) -> list[str]:
    """The drafts left, if a person is asked about each by its number and none is in the ledger.

    Between the portal's saving a draft and the note of its number a run may die; who made it is a
    guess then. One whose number was noted is ours, and must be gone.
    """
    were = [draft.get("reference") for draft in before["drafts"]]
    left = [str(d.get("reference")) for d in now["drafts"] if d.get("reference") not in were]
    return left if all(one in asks and one not in ledger.drafts for one in left) else []


def _twice(
    found: Judgement, golden: Counter[str], filed: Counter[str], now: dict[str, Any]
) -> None:
    for line, count in (filed - golden).items():
        kind = json.loads(line)[0]
        known = line in golden
        told = f"{kind}: {count} more than once" if known else f"{kind}: not what was declared"
        found.duplicates.append(told)
    again = [one for one in (*now["filings"], *now["contributions"]) if one["again"]]
    if again:
        found.duplicates.append(f"a POST came again: {len(again)}")


def _numbers(found: Judgement, ledger: Books, portal: Counter[str]) -> None:
    """Ledger and portal agree, filing by filing."""
    noted = Counter(f["reference"] for f in ledger.filings if f["state"] == FILED)
    doubts = sum(f["state"] in OPEN for f in ledger.filings)
    absent, unknown = (noted - portal).total(), (portal - noted).total()
    if absent:
        found.lost.append(f"the ledger says filed, the portal has it not: {absent}")
    if unknown > doubts:
        found.lost.append(f"the portal has what the ledger does not know: {unknown}")


def _rows(found: Judgement, ledger: Books, wanted: set[int], missing: Counter[str]) -> None:
    """Each row has one verdict, and the one that the ledger has."""
    absent = sorted(wanted - found.verdicts.keys())
    if absent:
        found.without_verdict.append(f"rows {absent} have no verdict in the report")
    filed = {row["position"] for row in ledger.rows if row["state"] == FILED}
    open_ = {row["position"] for row in ledger.rows if row["state"] in OPEN}
    for number, verdict in found.verdicts.items():
        if number in filed and verdict != FILED:
            found.lost.append(f"row {number} is filed, and is called {verdict}")
        if number in open_ and verdict != DOUBT:
            found.lost.append(f"row {number} is in doubt, and is called {verdict}")
    if set(found.verdicts.values()) == {FILED} and missing:
        found.lost.append(f"all rows are called filed; the portal lacks {missing.total()} lines")
