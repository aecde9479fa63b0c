"""The run folder: private, named without people, and sealed."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from rpa.errors import ConfigInvalid, NotWritten
from rpa.evidence.folder import RunFolder, sanitised, verify
from rpa.evidence.verifier import CHAIN_FILE, UNPROVEN, Head, link
from tests.evidence.people import AT
from tests.systems import modes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FILES = 5


@pytest.fixture
def folder(tmp_path: Path) -> RunFolder:
    """A finished run with five pieces of evidence."""
    made = RunFolder.create(tmp_path / "runs", job_name="joiners", now=AT)
    for number in range(FILES):
        filing = f"{number + 1:08x}" * 4
        picture = made.picture_path(filing, "review")
        picture.write_bytes(b"picture %d" % number)
        made.add(picture, "review", filing)
    return made


def codes(folder: RunFolder, *, noted: bool = False) -> list[str]:
    """What is wrong; of a list whose end nobody ``noted``, beside that it has none."""
    head = Head(folder.head, folder.count) if noted else None
    found = verify(folder.path, head)
    assert noted or any(problem.code in UNPROVEN for problem in found)
    return [problem.code for problem in found if problem.code not in UNPROVEN]


def lines(folder: RunFolder) -> list[dict[str, Any]]:
    text = (folder.path / CHAIN_FILE).read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def rewrite(folder: RunFolder, entries: list[dict[str, Any]]) -> None:
    text = "".join(json.dumps(entry) + "\n" for entry in entries)
    (folder.path / CHAIN_FILE).write_text(text, "utf-8")


def test_a_folder_says_when_and_which_job(tmp_path: Path) -> None:
    """Malaysian time, the job's name; the next in the same minute gets a number."""
    now = datetime(2026, 11, 21, 14, 14, tzinfo=UTC)
    names = [RunFolder.create(tmp_path, job_name="joiners", now=now).path.name for _ in range(3)]
    first = "2026-11-21T2214-joiners"
    assert names == [first, f"{first}-2", f"{first}-3"]


@modes
def test_only_its_owner_enters(folder: RunFolder) -> None:
    """Folders 0700, files 0600, whatever wrote them."""
    assert folder.path.stat().st_mode & 0o777 == 0o700
    for path in folder.path.rglob("*"):
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600), path


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("joiners nov", "joiners-nov"),
        ("ahmad 010203-00-1234", "ahmad"),
        ("010203001234", "run"),
        ("../../etc/passwd", "etc-passwd"),
        ("Siti Nörmah?*|", "Siti-Normah"),
        ("表", "run"),
        ("x" * 200, "x" * 48),
    ],
)
def test_names_are_plain_and_short_and_hold_no_long_number(text: str, name: str) -> None:
    """File names travel further than files."""
    assert sanitised(text, otherwise="run") == name


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Surat 010203001234.PDF", "abc-Surat.pdf"),
        ("..\\..\\windows\\x.exe", "abc-x.bin"),
        ("CON.pdf", "abc-CON.pdf"),
        ("Surat.pdf.lnk", "abc-Surat-pdf.bin"),
        ("\u202efdp.exe", "abc-fdp.bin"),
        ("/etc/passwd", "abc-passwd.bin"),
        ("", "abc-letter.bin"),
        ("a\x00b\n.pdf", "abc-a-b.pdf"),
    ],
)
def test_a_letters_name_from_the_portal_is_not_trusted(
    folder: RunFolder, given: str, kept: str
) -> None:
    """It cannot leave the folder, carry a number, or hit a file that is there."""
    path = folder.letter_path("abc", given)
    assert path == folder.path / "letters" / kept
    assert folder.letter_path("abc", given) == path.with_stem(f"{path.stem}-2")


def test_an_untouched_folder_verifies(folder: RunFolder) -> None:
    """Also against the head that report and ledger noted."""
    assert codes(folder, noted=True) == []


def test_the_chain_is_what_its_description_says(folder: RunFolder) -> None:
    """Another program can follow the two sentences in the docstring."""
    entries = lines(folder)
    previous = "0" * 64
    for number, entry in enumerate(entries, 1):
        chain = entry.pop("chain")
        assert (entry["n"], entry["previous"]) == (number, previous)
        assert entry["file"] == f"pictures/{number:08x}-review.png"
        previous = link(previous, entry)
        assert chain == previous
    assert previous == folder.head


def move(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [entries[0], entries[2], entries[1], *entries[3:]]


def relabel(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    entries[1]["filing"] = "another"
    return entries


def reseal(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Change a line and give it a right value of its own."""
    content = {k: v for k, v in entries[1].items() if k != "chain"} | {"kind": "receipt"}
    entries[1] = content | {"chain": link(content["previous"], content)}
    return entries


@pytest.mark.parametrize(
    ("tamper", "expected"),
    [
        (move, {"chain-broken", "line-moved"}),
        (relabel, {"line-changed"}),
        (reseal, {"chain-broken"}),
        (lambda e: e[:1] + e[2:], {"line-removed", "file-unlisted"}),
        (lambda e: e[1:], {"line-removed", "file-unlisted"}),
        (lambda e: [*e, e[2]], {"line-moved"}),
        (lambda e: e[:-1], {"file-unlisted"}),
    ],
)
def test_each_change_of_the_list_is_found(
    folder: RunFolder,
    tamper: Callable[[list[dict[str, Any]]], list[dict[str, Any]]],
    expected: set[str],
) -> None:
    """Moved, changed, changed with a new value, removed from anywhere, doubled, cut."""
    rewrite(folder, tamper(lines(folder)))
    assert set(codes(folder)) == expected


def test_each_change_of_a_file_is_found(folder: RunFolder) -> None:
    """Changed, missing, added: each with its name."""
    pictures = sorted((folder.path / "pictures").iterdir())
    pictures[0].write_bytes(b"another picture")
    pictures[1].unlink()
    (folder.path / "letters" / "new.pdf").write_bytes(b"x")
    found = [(p.address, p.code) for p in verify(folder.path, Head(folder.head, folder.count))]
    assert found == [
        (f"pictures/{pictures[0].name}", "file-changed"),
        (f"pictures/{pictures[1].name}", "file-missing"),
        ("letters/new.pdf", "file-unlisted"),
    ]


def test_an_end_cut_off_with_its_files_is_found_by_the_head_noted_elsewhere(
    folder: RunFolder,
) -> None:
    """The chain alone cannot know it was longer; the report and the ledger can."""
    rewrite(folder, lines(folder)[:-1])
    max((folder.path / "pictures").iterdir()).unlink()
    assert codes(folder) == []
    assert codes(folder, noted=True) == ["list-cut"]


def test_a_list_that_is_gone_is_said(folder: RunFolder) -> None:
    """No list is not an empty list."""
    (folder.path / CHAIN_FILE).unlink()
    assert [problem.code for problem in verify(folder.path)] == ["chain-missing"]


def test_a_list_that_points_outside_is_not_followed(folder: RunFolder) -> None:
    """A forged line cannot make the check read other files."""
    entries = lines(folder)
    content = {k: v for k, v in entries[-1].items() if k != "chain"}
    content["file"] = "../../secret"
    entries[-1] = content | {"chain": link(content["previous"], content)}
    rewrite(folder, entries)
    assert "file-missing" in codes(folder)


@pytest.mark.parametrize("line", [b'{"n": 6, "at": "20', b"\xff\xfe\x00", b"[]", b'{"n": "x"}'])
def test_a_line_torn_by_a_power_cut_is_told_and_work_goes_on(
    folder: RunFolder, line: bytes
) -> None:
    """What was sealed before stays sealed, and a new entry follows it."""
    with (folder.path / CHAIN_FILE).open("ab") as file:
        file.write(line)
    assert codes(folder) == ["line-unreadable", "line-torn"]
    again = RunFolder.open(folder.path)
    assert again.head == folder.head
    picture = again.picture_path("f", "late")
    picture.write_bytes(b"late")
    assert again.add(picture, "late").n == FILES + 1
    assert codes(again, noted=True) == ["line-unreadable"]


def test_a_report_written_again_is_no_tampering(folder: RunFolder) -> None:
    """The last line about a file counts."""
    for text in ("first", "second"):
        folder.report.write_text(text)
        folder.add(folder.report, "report")
    assert codes(folder, noted=True) == []


def test_inputs_are_kept_as_they_were_checked(folder: RunFolder, tmp_path: Path) -> None:
    """The operator may sort her workbook while the run goes on."""
    source = tmp_path / "Pekerja 010203001234.xlsx"
    source.write_bytes(b"rows")
    kept = folder.keep(source)
    source.write_bytes(b"sorted")
    assert (kept.name, kept.read_bytes()) == ("Pekerja.xlsx", b"rows")
    assert codes(folder) == []


def test_a_file_outside_the_folder_is_refused(folder: RunFolder, tmp_path: Path) -> None:
    """Evidence that does not travel with the folder is none."""
    (tmp_path / "x.png").write_bytes(b"x")
    with pytest.raises(ValueError, match=r"x\.png"):
        folder.add(tmp_path / "x.png", "review")


def test_evidence_that_cannot_be_kept_stops_the_run(folder: RunFolder) -> None:
    """A picture that is not there was not kept; that is said, and nothing is written for it."""
    with pytest.raises(NotWritten):
        folder.add(folder.picture_path("a", "gone"), "review")
    assert codes(folder, noted=True) == []


def test_a_place_for_runs_that_is_a_file_is_named(tmp_path: Path) -> None:
    """Nothing was sent yet, and the words say where to look."""
    (tmp_path / "runs").write_text("")
    with pytest.raises(ConfigInvalid) as caught:
        RunFolder.create(tmp_path / "runs", job_name="x", now=AT)
    assert caught.value.where == str(tmp_path / "runs")
    assert os.fspath(tmp_path) not in caught.value.words.en
