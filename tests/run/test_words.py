"""A portal that calls things by other names: known in both languages, or said and not guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from rpa.ledger.ledger import Ledger
from tests.conftest import EMPLOYER, Desk, person
from tests.flows.samples import arrange, sample
from tests.supervisor import allowed

if TYPE_CHECKING:
    from tests.conftest import PracticePortal

MALAY = {
    "Draft": "Draf",
    "Approved": "Diluluskan",
    "Rejected": "Ditolak",
    "Under Query": "Query",
    "Pending for Review": "Menunggu Semakan",
    "No Record Found.": "Tiada rekod dijumpai.",
    "Tiada rekod ditemui.": "Tiada rekod dijumpai.",
}


def kept(desk: Desk) -> dict[str, str]:
    """The statuses in the ledger, by number."""
    with Ledger.open(desk.home / "ledger.sqlite3") as ledger:
        cases = ledger.open_cases(urlsplit(desk.portal.address).netloc)
    return {case.reference: case.portal_status for case in cases}


def test_follow_knows_the_decisions_in_malay_and_says_a_word_that_it_does_not_know(
    desk: Desk, portal: PracticePortal
) -> None:
    """An unknown word decides nothing and is no *still pending*; the others are read."""
    portal.ask("settings", {"officer": True, "words": MALAY})
    job = desk.job([person(n) for n in (1, 2, 3)], rows_per_filing=1)
    assert desk.file(job).returncode == 0
    approved, queried, rejected = [filing["reference"] for filing in portal.filings]
    assert set(kept(desk).values()) == {"Pending for Review"}
    portal.ask("decide", {"reference": approved, "status": "Approved", "reason": ""})
    portal.ask("decide", {"reference": queried, "status": "Under Query", "reason": "x"})
    portal.ask("decide", {"reference": rejected, "status": "Rejected", "reason": "x"})

    portal.ask("settings", {"words": {**MALAY, "Rejected": "Tidak Diteruskan"}})
    done = desk.assist("follow")
    assert done.returncode == 13, done.stderr  # the query asks for a person
    assert "1 approved, 1 under query, 0 rejected, 0 still pending" in done.stdout
    assert "not read: 1 of 3 cases" in done.stdout
    assert "'Tidak Diteruskan'" in done.stderr
    assert rejected in done.stderr
    assert kept(desk) == {queried: "Under Query", rejected: "Pending for Review"}

    portal.ask("settings", {"words": MALAY})
    done = desk.assist("follow", job)
    assert done.returncode == 10, done.stderr
    states = [row["ASSIST status"] for row in desk.returned()]
    assert states == ["difailkan / filed", "difailkan / filed", "ditolak / refused"]
    assert portal.submissions == 3


@pytest.mark.parametrize("word", ["Draf", pytest.param("In Progress", marks=pytest.mark.heavy)])
def test_a_rehearsals_own_draft_is_known_by_its_word_or_its_row(
    desk: Desk, portal: PracticePortal, word: str
) -> None:
    """It was left standing, and the row said *rehearsed*."""
    portal.ask("settings", {"words": {**MALAY, "Draft": word}})
    done = desk.assist("run", desk.job([person(1)]))
    assert done.returncode == 0, done.stderr
    assert portal.drafts == []


@pytest.mark.heavy
def test_a_lost_answer_is_in_doubt_when_the_record_says_an_unknown_word(
    desk: Desk, portal: PracticePortal
) -> None:
    """Neither sent nor a draft by default; the word is said, and nothing is sent again."""
    portal.ask("settings", {"words": {"Approved": "Tamat"}})
    portal.arm("commit, then drop the connection")
    job = desk.job([person(1)])
    for _ in range(2):
        done = desk.file(job)
        assert done.returncode == 14, done.stderr
        assert "'Tamat'" in done.stderr
        assert portal.submissions == 1
    portal.ask("settings", {"words": {}})
    assert desk.file(job).returncode == 0
    assert (portal.submissions, len(portal.workers(EMPLOYER))) == (1, len(portal.workers()))


def test_a_list_that_says_something_else_is_not_empty(desk: Desk, portal: PracticePortal) -> None:
    """Only the closed words of *nothing found* are an empty list."""
    nothing = ("No Record Found.", "Tiada rekod ditemui.")
    portal.ask("settings", {"words": dict.fromkeys(nothing, "Sila cuba lagi.")})
    desk.settings(retry={"attempts": 1, "wait_s": 0})
    done = desk.file(desk.job([person(1)]))
    assert done.returncode == 70, done.stderr
    assert "not known" in done.stderr
    assert (portal.submissions, portal.drafts) == (0, [])


@pytest.mark.heavy
@pytest.mark.parametrize(("word", "code"), [("Aktif", 0), ("Bergerak", 70)])
def test_an_employers_status_is_known_or_stops(
    desk: Desk, portal: PracticePortal, word: str, code: int
) -> None:
    """Any other word than "Active" was told as *has ceased already*, a refusal of the row."""
    arrange(desk, portal, "cease_employer")
    portal.ask("settings", {"words": {"Active": word}})
    desk.settings(retry={"attempts": 1, "wait_s": 0})
    done = desk.file(allowed(desk, sample(desk, "cease_employer")))
    assert done.returncode == code, done.stderr
    assert ("'Bergerak'" in done.stderr) is bool(code)
    assert portal.submissions == (not code)
