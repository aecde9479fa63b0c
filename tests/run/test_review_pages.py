"""A review that goes on over several pages is compared whole, whatever the portal looks like."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from tests.conftest import EMPLOYER, person

if TYPE_CHECKING:
    from tests.conftest import Desk, PracticePortal

DIFFERS = 11


@pytest.mark.heavy
@pytest.mark.parametrize("language", ["mixed"])
@pytest.mark.parametrize("skin", ["classic", "modern", "foreign", "stranger", "harbour"])
def test_every_page_of_a_review_is_compared(desk: Desk, portal: PracticePortal) -> None:
    """Two to a page: another value on the last holds up that row alone; the others are filed."""
    portal.ask("settings", {"review_page": 2})
    rows = [person(number) for number in range(1, 6)]
    job = desk.job(rows)
    desk.settings(retry={"attempts": 1})
    other = {"field": "nameOfEmployee", "value": "LAIN", "part": 4}
    portal.arm("review shows another value", times=9, **other)
    done = desk.file(job)
    assert done.returncode == DIFFERS, done.stderr
    assert [len(filing["workers"]) for filing in portal.filings] == [4]
    portal.ask("disarm", {})
    done = desk.file(job)
    assert done.returncode == 0, done.stderr
    assert [len(filing["workers"]) for filing in portal.filings] == [4, 1]


@pytest.mark.heavy
@pytest.mark.parametrize("language", ["mixed"])
@pytest.mark.parametrize("skin", ["modern", "foreign", "stranger", "harbour"])
def test_a_month_of_several_pages_is_compared_and_submitted(
    desk: Desk, portal: PracticePortal
) -> None:
    """By text file: another wage on the last page stops it; without it the last page is pressed."""
    number = "90{:02}0117{:04}".format  # no birthplace has that code
    people = [(number(1 + n % 12, n), f"CONTOH {n:02} BIN REKAAN") for n in range(25)]
    portal.ask("worker", {"workers": [
        {"employer": EMPLOYER, "nric": nric, "name": name, "start": "01/02/2020", "gender": "M",
         "birth": f"01/{nric[2:4]}/1990"}
        for nric, name in people
    ]})  # fmt: skip
    rows = [{"identification": nric, "name": name, "wages": "2000"} for nric, name in people]
    told = {"procedure": "submit_contributions", "employer": EMPLOYER, "month": "10/2026"}
    job = desk.folder / "month.yaml"
    limits = {"month_missing": 4}
    job.write_text(yaml.safe_dump({**told, "by": "text_file", "rows": rows, "limits": limits}))
    desk.settings(retry={"attempts": 1})
    portal.arm("review shows another value", times=99, field="wages", value="9.00", part=24)
    done = desk.file(job)
    assert done.returncode == DIFFERS, done.stderr
    assert portal.contributions == []
    portal.ask("disarm", {})
    done = desk.file(job)
    assert done.returncode == 0, done.stderr
    (one,) = portal.contributions
    assert len([line for line in one["lines"] if line["wages"]]) == len(people)
