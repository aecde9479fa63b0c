"""What of the run folders goes with the years, and that what stays still verifies."""

from __future__ import annotations

import json
import shutil
import zipfile
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import update

from rpa import jobs
from rpa.aftercare import purge, retention
from rpa.aftercare.purge import Kind
from rpa.engine import memory
from rpa.engine.business_keys import Matters
from rpa.errors import Busy
from rpa.evidence.chain import lines, verify
from rpa.evidence.folder import RunFolder
from rpa.evidence.verifier import (
    CHAIN_FILE,
    REMOVED_BY_AGE,
    REMOVED_BY_REQUEST,
    Head,
    latest,
    link,
)
from rpa.evidence.wording import MALAYSIA
from rpa.ledger.ledger import Ledger
from rpa.ledger.tables import clock, filings
from rpa.model.filing import RowState
from rpa.settings import Retention
from tests.ledger.people import Run, joiner
from tests.run.test_endings import FILED, Office
from tests.systems import links

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rpa.model.filing import Filing, Verdict

THEN = datetime(2026, 1, 5, 9, 0, tzinfo=MALAYSIA)
KEPT = Retention()
WHO, OTHER = joiner(1), joiner(2)
DASHED = "900101-00-0001"


def after(days: int) -> datetime:
    return THEN + timedelta(days=days)


class Desk:
    """A ledger, and run folders as runs leave them."""

    def __init__(self, root: Path) -> None:
        self.root = root / "home" / "runs"
        self.ledger = Ledger.open(root / "home" / "ledger.sqlite3")

    def ran(self, how: str) -> RunFolder:
        """A folder of a run that rehearsed, or filed and was decided, or filed and was not."""
        folder = RunFolder.create(self.root, job_name="joiners", now=THEN)
        folder.clock = lambda: THEN
        run = Run(self.ledger)
        self.ledger.end_run(run.id, 0)
        self.ledger.start_run(f"of {run.id}", job_digest="d", folder=folder.path.name)
        run.id = f"of {run.id}"
        filing = run.plan(WHO, OTHER)
        folder.put("joiners.csv", f"ic\n{DASHED}\n".encode())
        self._ended(run, filing, how)
        self._shown(folder, filing, how)
        self.ledger.end_run(run.id, 0)
        run.lease.release()
        self.closed(folder)
        return folder

    def closed(self, folder: RunFolder) -> None:
        head = folder.seal()
        self.ledger.note_head(folder.path.name, folder.first, head.chain, head.lines)

    def wrong(self, folder: RunFolder) -> list[str]:
        """What is wrong with it, by where the ledger has the end of its list."""
        noted = self.ledger.head_of(folder.path.name, folder.first)
        assert noted
        return [problem.code for problem in verify(folder.path, Head(*noted))]

    def _ended(self, run: Run, filing: Filing[Any], how: str) -> None:
        if how == "rehearsed":
            self.ledger.rehearsed(filing.id, run.lease)
            return
        run.intend(filing)
        if how == "in doubt":
            return
        run.file(filing, status="Approved" if how == "decided" else "")

    def _shown(self, folder: RunFolder, filing: Filing[Any], how: str) -> None:
        for what in ("review", "receipt")[: 1 if how == "rehearsed" else 2]:
            picture = folder.picture_path(filing.id, what)
            picture.write_bytes(b"picture " + what.encode())
            folder.add(picture, what, filing.id)
        if how != "rehearsed":
            letter = folder.letter_path(filing.id, "letter.pdf")
            letter.write_bytes(b"letter")
            folder.add(letter, "letter", filing.id)
        folder.report.write_text("CONTOH BIN REKAAN")
        folder.add(folder.report, "report")

    def past(self, days: int) -> purge.Found:
        return purge.past(self.root, self.ledger, KEPT, after(days))

    def of_person(self, number: str, days: int = 400) -> purge.Found:
        cases = retention.find(self.ledger, number).filings
        return purge.of_person(self.root, self.ledger, number, cases, after(days))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.ledger.close()


def kinds(found: purge.Found) -> list[tuple[Kind, int]]:
    return [(one.kind, len(one.files)) for one in found.gone]


@pytest.mark.parametrize(
    ("how", "days", "goes"),
    [
        ("rehearsed", 30, []),
        ("rehearsed", 31, [(Kind.UNSENT, 0)]),
        ("decided", 365, []),
        ("decided", 366, [(Kind.PICTURES, 2)]),
        ("decided", 7 * 365 + 1, [(Kind.PICTURES, 2)]),
        ("decided", 7 * 365 + 3, [(Kind.FOLDER, 0)]),
    ],
)
def test_each_kind_goes_after_its_own_time(
    desk: Desk, how: str, days: int, goes: list[tuple[Kind, int]]
) -> None:
    desk.ran(how)
    assert kinds(desk.past(days)) == goes


@pytest.mark.parametrize("how", ["filed", "in doubt"])
def test_what_waits_is_kept_and_told_whatever_its_age(desk: Desk, how: str) -> None:
    """Not decided yet, or not known to be sent: nothing of it goes, of no kind."""
    folder = desk.ran(how)
    for days in (366, 20 * 365):
        found = desk.past(days)
        assert (found.gone, found.waiting) == ([], [folder.path.name])
    asked = desk.of_person(WHO.identification)
    assert (asked.gone, asked.by_law, asked.waiting) == ([], [], [folder.path.name])


def test_pictures_go_and_the_list_of_evidence_says_so_and_verifies(desk: Desk) -> None:
    """What each was, by its digest, which filing it showed, why it went and when."""
    folder = desk.ran("decided")
    before = latest(lines(folder.path))
    (gone,) = desk.past(366).gone
    ends = purge.remove(desk.ledger, gone, REMOVED_BY_AGE)
    assert desk.wrong(folder) == []
    assert ends[0] == folder.head
    assert list((folder.path / "pictures").iterdir()) == []
    now = latest(lines(folder.path))
    for name in gone.files:
        assert now[name]["kind"] == REMOVED_BY_AGE
        assert now[name]["sha256"] == before[name]["sha256"]
        assert now[name]["filing"] == before[name]["filing"]
    assert desk.past(367).gone == []  # and the letters wait for their own time
    assert kinds(desk.past(7 * 365 + 3)) == [(Kind.FOLDER, 0)]  # counted from the last piece kept


def test_a_purge_that_is_cut_off_is_told_and_finished_by_the_next(desk: Desk) -> None:
    """The line is there and so is the file: it should be gone, and goes."""
    folder = desk.ran("decided")
    (gone,) = desk.past(366).gone
    left = folder.path / gone.files[0]
    content = left.read_bytes()
    purge.remove(desk.ledger, gone, REMOVED_BY_AGE)
    left.write_bytes(content)
    assert desk.wrong(folder) == ["file-returned"]
    (again,) = desk.past(366).gone
    assert again.files == (gone.files[0],)
    purge.remove(desk.ledger, again, REMOVED_BY_AGE)
    assert desk.wrong(folder) == []


def test_a_purge_that_is_cut_off_before_the_ledger_knows_is_finished_by_the_next(
    desk: Desk,
) -> None:
    """The lines are there, their end is not noted, and no file has gone."""
    folder = desk.ran("decided")
    (gone,) = desk.past(366).gone
    again = RunFolder.open(folder.path)
    again.add(folder.path / gone.files[0], REMOVED_BY_AGE)
    assert "lines-added" in desk.wrong(folder)
    (gone,) = desk.past(366).gone
    purge.remove(desk.ledger, gone, REMOVED_BY_AGE)
    assert desk.wrong(folder) == []
    assert list((folder.path / "pictures").iterdir()) == []


def test_a_purge_makes_no_forged_list_good(desk: Desk) -> None:
    """Closing it anew would: so it is left, and told, until somebody has looked."""
    folder = desk.ran("decided")
    letter = next((folder.path / "letters").iterdir())
    letter.write_bytes(b"another letter")
    RunFolder.open(folder.path).add(letter, "letter")  # and a line that fits it
    wrong = desk.wrong(folder)
    assert wrong == ["lines-added"]
    for found in (desk.past(366), desk.of_person(WHO.identification)):
        assert (found.gone, found.by_law, found.broken) == ([], [], [folder.path.name])
    assert desk.wrong(folder) == wrong


def test_a_file_that_went_without_a_line_is_still_missing(desk: Desk) -> None:
    """Negative control: only what the list says was taken out may be away."""
    folder = desk.ran("decided")
    (gone,) = desk.past(366).gone
    (folder.path / gone.files[0]).unlink()
    assert desk.wrong(folder) == ["file-missing"]


def test_a_whole_folder_goes_and_leaves_nothing(desk: Desk) -> None:
    """Where it was cut off, the list stays longest and the next purge goes on."""
    folder = desk.ran("rehearsed")
    (gone,) = desk.past(31).gone
    assert gone.bytes > 0
    shutil.rmtree(folder.path / "pictures")
    purge.remove(desk.ledger, gone, REMOVED_BY_AGE)
    assert list(desk.root.iterdir()) == []


@links
def test_a_forged_list_leads_nowhere_outside(desk: Desk, tmp_path: Path) -> None:
    """Names with folders, links and the like are never followed."""
    folder = desk.ran("decided")
    outside = tmp_path / "keep.png"
    outside.write_bytes(b"somebody else's")
    (folder.path / "pictures" / "link").symlink_to(tmp_path)
    for name in ("../../../keep.png", "pictures/../../../../keep.png", str(outside),
                 "pictures/link/keep.png", "pictures/link"):  # fmt: skip
        entry = {**lines(folder.path)[-1], "file": name}
        del entry["chain"]
        entry["chain"] = link("", entry)
        with (folder.path / CHAIN_FILE).open("a") as file:
            file.write(json.dumps(entry) + "\n")
    for gone in [*desk.past(366).gone, *desk.of_person(WHO.identification).by_law]:
        assert not any("keep" in name or "link" in name for name in gone.files)
    for gone in desk.past(9_000).gone:
        purge.remove(desk.ledger, gone, REMOVED_BY_AGE)
    assert not folder.path.exists()
    assert outside.read_bytes() == b"somebody else's"


def test_a_folder_of_another_ledger_is_left_and_told(desk: Desk, tmp_path: Path) -> None:
    """Whether something in it is in doubt is not known here."""
    folder = desk.ran("decided")
    with Ledger.open(tmp_path / "other" / "ledger.sqlite3") as other:
        found = purge.past(desk.root, other, KEPT, after(9_000))
    assert (found.gone, found.unknown) == ([], [folder.path.name])


def test_a_run_that_ended_before_the_ledger_had_it_goes_as_one_that_sent_nothing(
    desk: Desk,
) -> None:
    """It may have kept a table; while it could be at work it is left."""
    folder = RunFolder.create(desk.root, job_name="joiners", now=THEN)
    folder.clock = lambda: THEN
    folder.put("joiners.csv", f"ic\n{DASHED}\n".encode())
    assert kinds(desk.past(31)) == [(Kind.UNSENT, 0)]
    assert desk.of_person(WHO.identification, days=1).unknown == [folder.path.name]


# --- one person -----------------------------------------------------------------------------------


def test_a_person_s_rehearsals_go_and_what_was_sent_stays_unless_demanded(desk: Desk) -> None:
    rehearsal, filed = desk.ran("rehearsed"), desk.ran("decided")
    found = desk.of_person(WHO.identification)
    assert [(one.kind, one.folder) for one in found.gone] == [(Kind.UNSENT, rehearsal.path)]
    (stays,) = found.by_law
    assert (stays.kind, stays.folder) == (Kind.PERSON, filed.path)
    names = {name.partition("/")[0] for name in stays.files}
    assert names == {"input", "letters", "pictures", "report.html"}
    purge.remove(desk.ledger, stays, REMOVED_BY_REQUEST)
    assert desk.wrong(filed) == []
    assert desk.of_person(WHO.identification).by_law == []


def test_a_person_is_found_in_a_workbook_and_another_is_not(desk: Desk) -> None:
    """Inside the archive that a workbook is; a longer number is another one."""
    folder = desk.ran("decided")
    book = folder.path / "joiners.xlsx"
    with zipfile.ZipFile(book, "w") as packed:
        packed.writestr("xl/sharedStrings.xml", "<t>900101000777</t><t>9001010008889</t>")
    folder.add(book, "workbook")
    desk.closed(folder)
    (folder.path / "broken.xlsx").write_bytes(b"PK\x03\x04 no archive")
    for number, found in (("900101000777", 1), ("900101000888", 0), ("900101000999", 0)):
        assert len(desk.of_person(number).by_law) == found


# --- at most once ---------------------------------------------------------------------------------


def verdict(office: Office) -> Verdict[Any]:
    office.plan = jobs.check(office.plan.job_file, today=office.known.today()).plan or office.plan
    matters = Matters(office.plan, office.ledger, "practice")
    return memory.Memory(office.plan, office.ledger, matters).read().verdicts[FILED]


def test_a_purged_row_run_again_is_filed_before_with_its_reference(tmp_path: Path) -> None:
    """Never sent a second time; that it was not compared with the table is said."""
    office = Office(tmp_path)
    office.remember(doubt=True)
    told = verdict(office)
    assert (told.state, told.reference) == (RowState.FILED, "CAN11202600000002")
    assert told.reason == memory.BEFORE
    with office.ledger.store.writing() as conn:
        conn.execute(update(filings).values(updated_at=clock(-91 * 86_400)))
    assert retention.forget(office.ledger, timedelta(days=90)) == 1  # the one in doubt stays
    told = verdict(office)
    assert (told.state, told.reference, told.before) == (
        RowState.FILED, "CAN11202600000002", True,
    )  # fmt: skip
    assert told.reason == memory.FORGOTTEN
    office.ledger.close()


def test_two_purges_at_once_are_one(desk: Desk) -> None:
    with purge.alone(desk.root.parent), pytest.raises(Busy):
        purge.alone(desk.root.parent)
    purge.alone(desk.root.parent).close()
