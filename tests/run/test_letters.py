"""Letters that do not come, or are none: the filing is filed, each is told, `follow` fetches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rpa.portal.downloads import KINDS, kind_of
from tests.conftest import person

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Desk, PracticePortal

ODD = "letter of another kind"
LETTERS = "/documents/"


def letters(desk: Desk) -> list[str]:
    return [path.name for path in (desk.last_run() / "letters").glob("*.pdf")]


def filed(desk: Desk, job: Path, portal: PracticePortal) -> str:
    """Filed, by the press's own answer; what the row says besides."""
    done = desk.file(job)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "was not seen" not in done.stdout + done.stderr
    (row,) = desk.returned()
    assert row["ASSIST status"] == "difailkan / filed"
    assert portal.submissions == 1
    return str(row["ASSIST reason (EN)"])


def test_missing_letters_are_told_and_fetched_by_follow(desk: Desk, portal: PracticePortal) -> None:
    """No form, no letter: filed all the same; the status is unchanged, and the letter comes."""
    portal.arm("no letter", times=2)
    job = desk.job([person(1)])
    said = filed(desk, job, portal)
    assert "The portal showed no generated form." in said
    assert "The portal showed no letter. `assist-rpa follow` fetches it later." in said
    assert letters(desk) == []
    done = desk.assist("follow", job)
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(letters(desk)) > 0
    (row,) = desk.returned()
    assert "no letter" not in str(row)
    again = desk.assist("follow")
    assert "followed 0 cases" in again.stdout


@pytest.mark.heavy
def test_what_is_no_letter_is_not_kept_as_one(desk: Desk, portal: PracticePortal) -> None:
    """A letter too large is stopped while it comes; the filing keeps its number."""
    desk.settings(limits={"letter_mb": 1})
    portal.arm(ODD, kind="large", on=LETTERS)
    said = filed(desk, desk.job([person(1)]), portal)
    assert "it is larger than 1 MB" in said
    assert all(path.stat().st_size < 1 << 20 for path in desk.last_run().rglob("*"))
    assert desk.assist("report").returncode == 0


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("kind", "why"),
    [
        ("html", "it is no PDF, PNG or JPEG"),
        ("exe", "it is no PDF, PNG or JPEG"),
        ("empty", "it is empty"),
        ("cut", "it did not come"),
        ("page", "it did not come"),
    ],
)
def test_each_kind_of_no_letter(desk: Desk, portal: PracticePortal, kind: str, why: str) -> None:
    portal.arm(ODD, kind=kind, on=LETTERS, times=9)
    said = filed(desk, desk.job([person(1)]), portal)
    assert f"A letter from the portal was not kept: {why}." in said
    assert letters(desk) == [name for name in letters(desk) if "Form-2" in name]


@pytest.mark.heavy
def test_no_status_is_told_and_read_by_follow(desk: Desk, portal: PracticePortal) -> None:
    portal.arm("no status")
    job = desk.job([person(1)])
    assert "The portal showed no status of this case" in filed(desk, job, portal)
    assert "1 approved" in desk.assist("follow", job).stdout


@pytest.mark.parametrize(("start", "end"), KINDS.items())
def test_a_letter_is_known_by_its_content(tmp_path: Path, start: bytes, end: str) -> None:
    came = tmp_path / "came"
    came.write_bytes(start + b" and more")
    assert kind_of(came) == end


@pytest.mark.parametrize("content", [b"", b"MZ\x90\x00%PDF-", b"<!doctype html>", b"PK\x03\x04"])
def test_what_is_none(tmp_path: Path, content: bytes) -> None:
    came = tmp_path / "Surat.pdf"
    came.write_bytes(content)
    assert kind_of(came) is None
