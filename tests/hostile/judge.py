"""Judges a run by what the portal, the proxy and the second host saw, and by what it told."""

from __future__ import annotations

import json
import re
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from drill.judge import lines, references

if TYPE_CHECKING:
    from collections import Counter
    from pathlib import Path

    from tests.hostile.place import Ended


@dataclass(frozen=True)
class Told:
    """What the newest report says of each row, by its number."""

    states: dict[int, str]
    references: dict[int, str]
    names: dict[int, str]
    numbers: dict[int, str]
    letters: list[str]

    @classmethod
    def read(cls, home: Path) -> Told | None:
        """None where no run left a report."""
        reports = sorted((home / "runs").glob("*/report.html"), key=lambda p: p.stat().st_mtime_ns)
        if not reports:
            return None
        (data,) = re.findall(r'id="data">(.*?)</script>', reports[-1].read_text("utf-8"), re.DOTALL)
        told = json.loads(data)
        texts, rows = told["texts"], told["rows"]
        return cls(
            {row[0]: told["states"][row[3]][0] for row in rows},
            {row[0]: texts[row[4]] for row in rows},
            {row[0]: texts[row[1]] for row in rows},
            {row[0]: texts[row[2]].strip("*-")[-4:] for row in rows},
            [texts[link] for filing in told["filings"] for link in filing[6]],
        )


def lines_of_rows(told: Told, now: dict[str, Any], before: dict[str, Any]) -> dict[int, list[str]]:
    """Which lines at the portal are a row's, after a quiet run."""
    codes = before["employers"]
    found: dict[int, list[str]] = {}
    for number, reference in told.references.items():
        beside = [n for n, other in told.references.items() if other == reference]
        new = lines(_only(now, reference), codes) - lines(_only(before, reference), codes)
        whole = list(new.elements())
        mine = [
            line for line in whole
            if len(beside) > 1 and any(w and w in line for w in (told.names[number], told.numbers[number]))
        ]  # fmt: skip
        found[number] = mine or whole
    return found


def _only(portal: dict[str, Any], reference: str) -> dict[str, Any]:
    """The portal's record of one number."""
    months = [m for m in portal["contributions"] if {m["acr"], m["ecr"]} & set(reference.split())]
    months = months or [m for m in portal["contributions"] if m["acr"] and m["acr"] in reference]
    return {
        "filings": [f for f in portal["filings"] if f["reference"] == reference],
        "contributions": months,
    }


FILED, DOUBT = "filed", "in doubt"
WRONG_FILINGS, WRONG_CLAIMS, TRACEBACKS = "wrong filings", "wrong claims", "tracebacks"
TOO_LONG, ELSEWHERE, TWICE = "too long", "requests elsewhere", "passwords typed twice"
SECRETS, LETTERS = "secrets kept", "letters that are none"
RULES = (WRONG_FILINGS, WRONG_CLAIMS, TRACEBACKS, TOO_LONG, ELSEWHERE, TWICE, SECRETS, LETTERS)
HUNG = -100
FAULT = 71  # what the tool calls a fault of its own: an exception that nobody named
IN_DOUBT = 14
NOTHING_SENT = ("Nothing was sent", "Tiada apa-apa dihantar")
SENT = re.compile(r"sent by this run: (\d+) filings?")
NUMBER = re.compile(r"\b[A-Z]{2,6}\d[A-Z0-9]{8,}\b")
LARGEST_LETTER = 50 * 1024 * 1024
# What a portal hands out, and the tool's own record of it.
PAPER = {
    ".json": b"{",
    ".pdf": b"%PDF",
    ".txt": b"E990",  # the month's own text file, which begins with the employer's code
    ".png": b"\x89PNG",
    ".jpg": b"\xff\xd8",
    ".jpeg": b"\xff\xd8",
}


@dataclass
class Findings:
    """What is wrong with a run, by rule; and what is only worth a look."""

    wrong: dict[str, list[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def add(self, rule: str, what: str) -> None:
        """Once each."""
        said = self.wrong.setdefault(rule, [])
        if what not in said:
            said.append(what)


@dataclass
class Seen:
    """One run as the witnesses saw it.

    ``quiet``: what the portal has after a quiet run, with the lines of each row. ``events``: of
    this run, at the proxy; ``earlier`` those of the runs before.
    """

    ended: Ended
    told: Told | None
    quiet: dict[str, Any]
    before: dict[str, Any]
    last: dict[str, Any]
    now: dict[str, Any]
    events: list[dict[str, Any]]
    earlier: list[dict[str, Any]]
    ledger: dict[int, str] = field(default_factory=dict)
    table: dict[int, str] = field(default_factory=dict)

    @property
    def said(self) -> str:
        """All that was printed."""
        return self.ended.out + self.ended.err

    def happened(self, what: str) -> bool:
        """In this run or one before."""
        return any(event["what"] == what for event in (*self.earlier, *self.events))

    @property
    def filed(self) -> Counter[str]:
        """Lines that this case's runs have filed."""
        return lines(self.now, self.before["employers"]) - lines(
            self.before, self.before["employers"]
        )


def judge(seen: Seen) -> Findings:
    """All rules that one run can break."""
    found = Findings()
    _filings(seen, found)
    _rows(seen, found)
    _words(seen, found)
    _ending(seen, found)
    _passwords(seen, found)
    return found


def _filings(seen: Seen, found: Findings) -> None:
    codes = seen.before["employers"]
    quiet = lines(seen.quiet, codes) - lines(seen.before, codes)
    for line, count in (seen.filed - quiet).items():
        known = line in quiet
        what = f"{count} more than once" if known else "not what was declared"
        found.add(WRONG_FILINGS, f"{json.loads(line)[0]}: {what}")
    if any(one["again"] for one in (*seen.now["filings"], *seen.now["contributions"])):
        found.add(WRONG_FILINGS, "a press came again")
    forbidden = ""
    for event in seen.events:
        if event["what"] == "forbidden" and not event["act"].startswith("password"):
            forbidden = event["act"]  # by the review that was shown last
        elif event["what"] == "press" and forbidden:
            found.add(WRONG_FILINGS, f"pressed against {forbidden}")


def _rows(seen: Seen, found: Findings) -> None:
    rows: dict[int, list[str]] = seen.quiet["rows"]
    if seen.told is None:
        if any(event["what"] in {"came", "press"} for event in seen.events):
            found.add(
                WRONG_CLAIMS, f"no report though the portal was opened (exit {seen.ended.code})"
            )
        return
    missing = sorted(set(rows) - set(seen.told.states))
    if missing:
        found.add(WRONG_CLAIMS, f"rows {missing} have no verdict")
    for number, state in seen.told.states.items():
        _row(seen, found, number, state)
    known = {word for one in references(seen.now) for word in NUMBER.findall(one)}
    for number, reference in seen.told.references.items():
        if seen.told.states[number] == FILED and not set(NUMBER.findall(reference)) <= known:
            found.add(WRONG_CLAIMS, f"row {number}: filed under a number that the portal has not")
        if seen.told.states[number] == FILED and not NUMBER.search(reference):
            found.notes.append(f"row {number}: filed with number {reference!r:.40}")


def _row(seen: Seen, found: Findings, number: int, state: str) -> None:
    wanted = seen.quiet["rows"].get(number, [])
    there = [line for line in wanted if seen.filed[line]]
    if state == FILED and len(there) < len(wanted):
        found.add(
            WRONG_CLAIMS, f"row {number}: told filed, the portal has {len(there)} of {len(wanted)}"
        )
    if state == DOUBT and not seen.happened("press"):
        found.add(WRONG_CLAIMS, f"row {number}: told in doubt, and nothing was ever pressed")
    if state not in {FILED, DOUBT} and there and len(there) == len(wanted):
        found.add(WRONG_CLAIMS, f"row {number}: told {state}, and the portal has it")
    ledger = seen.ledger.get(number, "")
    if ledger == FILED != state or (ledger in {"intended", DOUBT} and state not in {DOUBT, FILED}):
        found.add(WRONG_CLAIMS, f"row {number}: told {state}, the ledger says {ledger}")
    beside = seen.table.get(number, state)
    if beside != state:
        found.add(WRONG_CLAIMS, f"row {number}: the report says {state}, the table {beside!r:.30}")


def _words(seen: Seen, found: Findings) -> None:
    states = set(seen.told.states.values()) if seen.told else set()
    if seen.ended.code == 0 and (not states or states - {FILED}):
        found.add(WRONG_CLAIMS, f"exit 0 with rows {sorted(states)}")
    if DOUBT in states and seen.ended.code not in {IN_DOUBT, HUNG}:
        found.add(WRONG_CLAIMS, f"rows in doubt and exit {seen.ended.code}")
    rows = [line for wanted in seen.quiet["rows"].values() for line in wanted]
    whole = all(seen.filed[line] for line in rows)
    if any(words in seen.said for words in NOTHING_SENT) and (whole or states == {DOUBT}):
        found.add(
            WRONG_CLAIMS, "'Nothing was sent' is printed though all of it was, or may have been"
        )
    sent = SENT.search(seen.said)
    more = references(seen.now).total() - references(seen.last).total()
    if sent and int(sent[1]) > more:
        found.add(WRONG_CLAIMS, f"'sent by this run: {sent[1]}', the portal counts {more}")
    if sent and int(sent[1]) < more and DOUBT not in states:
        found.add(WRONG_CLAIMS, f"'sent by this run: {sent[1]}', the portal counts {more}")


def _ending(seen: Seen, found: Findings) -> None:
    code = seen.ended.code
    if "Traceback (most recent call last)" in seen.said or code == 1 or (code < 0 and code != HUNG):
        last = [
            line
            for line in seen.said.splitlines()
            if re.match(r"\w[\w.]*(Error|Exception)\b", line)
        ]
        found.add(TRACEBACKS, f"exit {code}: {last[-1] if last else ''}"[:200])
    if code == FAULT:
        found.add(TRACEBACKS, f"exit {FAULT}: a fault of the tool itself")
    if code == HUNG:
        found.add(TOO_LONG, f"ended after {seen.ended.seconds:.0f} s")


def _passwords(seen: Seen, found: Findings) -> None:
    """A password that did not lead inside is not typed again, in this run or a later one."""
    typed, inside, beyond, forbidden = False, False, False, False
    for number, event in enumerate((*seen.earlier, *seen.events)):
        what = event["what"]
        if what == "run":
            beyond, forbidden = True, False
        elif what == "forbidden":
            forbidden = forbidden or event["act"] == "password"
        elif what in {"inside", "beyond"}:
            inside, beyond = inside or what == "inside", beyond or what == "beyond"
        elif what == "password":
            reasons = {
                "typed though the phrase was not the one that is kept": forbidden,
                "typed again after it had led nowhere": typed and not inside,
                "typed again though nothing was done with the session": typed and not beyond,
            }
            for reason in [said for said, wrong in reasons.items() if wrong][:1]:
                if number >= len(seen.earlier):
                    found.add(TWICE, reason)
            typed, inside, beyond = True, False, False


def keeps(folder: Path, secrets: dict[str, str], found: Findings) -> None:
    """Secrets in files, and letters that are none, under the desk's home."""
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            _file(path, secrets, found)


def _file(path: Path, secrets: dict[str, str], found: Findings) -> None:
    size = path.stat().st_size
    if "letters" in path.parts:
        begins = PAPER.get(path.suffix.lower())
        with path.open("rb") as file:
            head = file.read(4)
        if begins is None or not head.startswith(begins):
            found.add(LETTERS, f"{path.suffix[:20]!r} of {size} bytes that begins with {head!r}")
        if size > LARGEST_LETTER:
            found.add(LETTERS, f"a letter of {size} bytes")
    if size <= LARGEST_LETTER:
        content = path.read_bytes() + _unpacked(path)
        for name, secret in secrets.items():
            if secret.encode() in content:
                found.add(SECRETS, f"the {name} in {path.suffix or path.name}")


def _unpacked(path: Path) -> bytes:
    if path.suffix not in {".xlsx", ".zip"}:
        return b""
    try:
        with zipfile.ZipFile(path) as whole:
            return b"".join(whole.read(name) for name in whole.namelist())
    except zipfile.BadZipFile:
        return b""


def ledger_rows(path: Path, procedure: str) -> dict[int, str]:
    """The ledger's state of each row, by number, read with nothing but SQLite."""
    if not path.is_file():
        return {}
    wanted = (
        "SELECT r.position, r.state FROM filing_rows r JOIN filings f ON f.id = r.filing_id"
        " WHERE f.procedure = ?"
    )
    with closing(sqlite3.connect(path)) as db:
        return dict(db.execute(wanted, (procedure,)).fetchall())
