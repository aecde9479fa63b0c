"""A portal that shows what is no value: a sentence with the cell, every row with a verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rpa.errors import Refused, UnexpectedPage
from tests.conftest import EMPLOYER, person

if TYPE_CHECKING:
    from tests.conftest import Desk, PracticePortal

ODD = "worker's start reads otherwise"


def test_a_start_date_that_is_none(desk: Desk, portal: PracticePortal) -> None:
    """31/02: told with its cell, without the text, and in the workbook; a dash is a value."""
    known = person(1)
    told = {"nric": known["identification"], "name": known["name"], "start": "01/02/2020",
            "birth": "02/01/1990", "gender": known["gender"]}  # fmt: skip
    portal.ask("worker", {"employer": EMPLOYER, **told})
    job = desk.job([person(2), known])
    desk.settings(retry={"attempts": 1, "wait_s": 0})
    portal.arm(ODD, value="31/02/2026", times=99)
    done = desk.file(job)
    assert done.returncode == UnexpectedPage.exit_code, done.stdout + done.stderr
    assert "Workers.listing, row 1, employment_start_date" in done.stderr
    assert "Traceback" not in done.stderr
    assert "31/02/2026" not in done.stdout + done.stderr
    assert all(row["ASSIST status"] for row in desk.returned())
    portal.ask("disarm", {"fault": ODD})
    portal.arm(ODD, value="-", times=99)
    done = desk.file(job)
    assert done.returncode == Refused.exit_code, done.stdout + done.stderr
    rows = desk.returned()
    assert [row["ASSIST status"] for row in rows] == ["difailkan / filed", "ditolak / refused"]
    assert "without a start date" in str(rows[1])
    assert portal.submissions == 1
