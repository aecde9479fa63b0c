"""`assist-rpa evidence` and `report`: whole by the ledger, or the first wrong thing by its name."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rpa.cli import evidence
from rpa.cli.register import AnotherFile
from rpa.cli.report import report
from rpa.cli.runs import NoRun
from rpa.cli.sealing import seal, sealing
from rpa.errors import ConfigInvalid
from rpa.evidence.folder import RunFolder
from rpa.evidence.verifier import CHAIN_FILE, GENESIS, link
from rpa.ledger.ledger import Ledger
from rpa.model.filing import Receipt
from tests.evidence.people import AT
from tests.ledger.people import Run, joiner

if TYPE_CHECKING:
    from collections.abc import Callable

REFERENCE = "CAN11202600000012"


@dataclass
class Office:
    """A home with a ledger and one run that filed one filing."""

    home: Path
    folder: RunFolder
    filing: str
    head: str


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    home = tmp_path / "home"
    monkeypatch.setenv("ASSIST_RPA_HOME", str(home))
    monkeypatch.setenv("ASSIST_RPA_LANGUAGE", "en")
    monkeypatch.delenv("ASSIST_RPA_LEDGER", raising=False)
    monkeypatch.chdir(tmp_path)
    with Ledger.open(home / "ledger.sqlite3") as ledger:
        run = Run(ledger)
        filing = run.intended(joiner(1))
        ledger.filed(filing.id, Receipt(REFERENCE, AT), run.lease, reconciled=False)
        run.lease.release()
        folder = RunFolder.create(home / "runs", job_name="joiners", now=AT)
        for of, what in ((filing.id, "receipt"), ("f" * 32, "another")):
            place = folder.picture_path(of, what)
            place.write_bytes(what.encode())
            folder.add(place, what, of)
        (folder.path / "run.log").write_bytes(b"{}\n")
        folder.report.write_bytes(b"<p>")
        line = seal(folder, ledger)
    assert line == f"evidence: {folder.head} ({folder.count})"
    return Office(home, folder, filing.id, folder.head)


def test_a_finished_run_is_whole_by_the_ledger(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    """`report` and `evidence verify` say so, with the number and the ledger that has it."""
    assert report(None, open_it=False, config=None) == 0
    assert evidence.verify(Path(office.folder.path.name), [], every=False, config=None) == 0
    said = capsys.readouterr()
    assert said.err.count("The evidence is whole and unchanged.") == 2
    assert said.out.count(f"{office.head} ({office.folder.count})  {office.home}") == 2


def emptied(path: Path) -> None:
    (path / CHAIN_FILE).write_bytes(b"")


def cut(path: Path) -> None:
    lines = (path / CHAIN_FILE).read_bytes().splitlines(keepends=True)
    (path / CHAIN_FILE).write_bytes(b"".join(lines[:-3]))
    (path / "run.log").unlink()


def forged(path: Path) -> None:
    (path / "pictures" / "ffffffff-another.png").write_bytes(b"forged")
    previous, made = GENESIS, []
    for line in (path / CHAIN_FILE).read_text("utf-8").splitlines():
        entry = {**json.loads(line), "previous": previous, "kind": "receipt"}
        del entry["chain"]
        previous = link(previous, entry)
        made.append(json.dumps({**entry, "chain": previous}) + "\n")
    (path / CHAIN_FILE).write_text("".join(made), "utf-8", newline="")


def added(path: Path) -> None:
    (path / "letters" / "new.pdf").write_bytes(b"%PDF-")


def log(path: Path) -> None:
    (path / "run.log").write_bytes(b"[]\n")


def told_otherwise(path: Path) -> None:
    (path / "report.html").write_bytes(b"<p>filed")


@pytest.mark.parametrize(
    ("change", "first"),
    [
        (emptied, f"{CHAIN_FILE}, n=1: The list of evidence was cut"),
        (cut, f"{CHAIN_FILE}, n=3: The list of evidence was cut"),
        (forged, f"{CHAIN_FILE}: This list of evidence is not the one that was noted"),
        (added, "letters/new.pdf: This file is not in the list of evidence"),
        (log, "run.log: This file was changed"),
        (told_otherwise, "report.html: This file was changed"),
    ],
)
def test_what_once_passed_is_named_and_ends_with_1(
    office: Office,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[Path], None],
    first: str,
) -> None:
    """The five of the issue and the report; in Malay too."""
    change(office.folder.path)
    assert report(office.folder.path, open_it=False, config=None) == 1
    said = capsys.readouterr().err
    assert "The evidence is NOT whole or was changed. The first: " + first in said
    monkeypatch.setenv("ASSIST_RPA_LANGUAGE", "bm")
    assert evidence.verify(office.folder.path, [], every=False, config=None) == 1
    assert "Bukti TIDAK lengkap atau telah diubah. Pertama: " in capsys.readouterr().err


def test_an_older_run_and_a_killed_one_are_not_called_whole(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is claimed to be changed either; the number on paper helps where there is one."""
    old = RunFolder.create(office.home / "runs", job_name="old", now=AT)
    old.put("profile.json", b"{}")
    old.report.write_bytes(b"<p>")
    assert evidence.verify(old.path, [], every=False, config=None) == 1
    said = capsys.readouterr()
    assert "has no end: the run was killed" in said.out
    assert "This file has no line" in said.out
    assert "No change was found, but it is not proven whole." in said.err
    number = " ".join([old.seal().chain[:32], old.head[32:].upper()])
    assert evidence.verify(old.path, [], every=False, config=None) == 1
    assert "No change was found, but it is not proven whole." in capsys.readouterr().err
    assert evidence.verify(old.path, [number], every=False, config=None) == 0
    with pytest.raises(ConfigInvalid):
        evidence.verify(old.path, [number[:-1]], every=False, config=None)
    with pytest.raises(ConfigInvalid):
        evidence.verify(Path("no-such-run"), [], every=False, config=None)


def test_however_a_run_ends_its_list_is_closed_and_noted(office: Office) -> None:
    """An error on the way out, too; what was closed is not closed again."""
    with Ledger.open(office.home / "ledger.sqlite3") as ledger:
        folder = RunFolder.create(office.home / "runs", job_name="torn", now=AT)
        folder.report.write_bytes(b"<p>")
        with pytest.raises(KeyboardInterrupt), sealing(folder, ledger):
            raise KeyboardInterrupt
        with sealing(folder, ledger):
            pass
    assert evidence.verify(folder.path, [], every=False, config=None) == 0
    assert folder.count == 2


def test_all_names_the_folder_that_is_gone(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    """The ledger knows it."""
    assert evidence.verify(None, [], every=True, config=None) == 0
    office.folder.path.rename(office.home / "away")
    assert evidence.verify(None, [], every=True, config=None) == 1
    assert office.folder.path.name in capsys.readouterr().err
    (office.home / "ledger.sqlite3").unlink()
    with pytest.raises(NoRun):
        evidence.verify(None, [], every=True, config=None)


def test_a_home_elsewhere_is_compared_with_its_own_ledger(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As those of practice are; a folder with no ledger beside it with none."""
    monkeypatch.setenv("ASSIST_RPA_HOME", str(tmp_path / "other"))
    assert evidence.verify(office.folder.path, [], every=False, config=None) == 0
    away = office.folder.path.rename(tmp_path / "away")
    assert evidence.verify(away, [], every=False, config=None) == 1
    assert evidence.verify(away, [office.head], every=False, config=None) == 0


@pytest.mark.parametrize("named", ["reference", "number"])
def test_one_filing_is_one_file_for_an_auditor(office: Office, tmp_path: Path, named: str) -> None:
    """By its case number or its own; with what the ledger has, and nothing of the other filing."""
    name = REFERENCE if named == "reference" else office.filing[:8]
    assert evidence.export(name, None, replace=False, config=None) == 0
    place = tmp_path / f"evidence-{office.filing[:8]}.zip"
    with zipfile.ZipFile(place) as archive:
        about = json.loads(archive.read("filing.json"))
        assert not [n for n in archive.namelist() if "another" in n]
    assert about["filing"]["reference"] == REFERENCE
    assert about["filing"]["state"] == "filed"
    assert "REKAAN" not in json.dumps(about)
    assert about["runs"] == [
        {"folder": office.folder.path.name, "head": [office.head, office.folder.count]}
    ]
    before = place.read_bytes()
    with pytest.raises(AnotherFile):
        evidence.export(name, place, replace=False, config=None)
    log(office.folder.path)
    assert evidence.export(name, place, replace=True, config=None) == 1
    with zipfile.ZipFile(place) as archive:
        assert json.loads(archive.read("filing.json"))["findings"] == [
            f"{office.folder.path.name}/run.log: file-changed"
        ]
    assert place.read_bytes() != before


@pytest.mark.parametrize("name", ["CAN0", "%", "", "1" * 40])
def test_a_filing_that_is_none_is_a_sentence(office: Office, name: str) -> None:
    """Also where only one filing is there at all."""
    assert office.head
    with pytest.raises(ConfigInvalid):
        evidence.export(name, None, replace=False, config=None)
