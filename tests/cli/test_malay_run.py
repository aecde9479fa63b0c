"""From the first line of a run to its report, an operator who reads Malay reads no English."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import pytest

from tests.conftest import person
from tests.test_malay import english

if TYPE_CHECKING:
    from tests.conftest import Desk, PracticePortal

# Of a report what is not read: style, tags, and the English that stands beside the Malay.
SKIPPED = r"<(style|script|title)\b.*?</\1>", r"<(\w+)[^>]* lang=\"en\".*?</\2>", r"<[^>]+>"
BESIDE = re.compile("|".join(SKIPPED), re.DOTALL)


def lines(text: str) -> dict[str, list[str]]:
    return {line: found for line in text.splitlines() if (found := english(line))}


@pytest.mark.parametrize("language", ["bm"])
def test_a_run_and_its_report_are_malay(desk: Desk, portal: PracticePortal) -> None:
    """One row is filed and one refused by the portal; then what the ledger says."""
    desk.env |= {"ASSIST_RPA_LANGUAGE": "ms", "COLUMNS": "250"}
    rows = [person(1), person(2)]
    portal.ask(
        "person",
        {"nric": rows[1]["identification"], "name": "LAIN", "birth": "03/01/1990", "gender": "F"},
    )
    done = desk.file(desk.job(rows))
    report = html.unescape(BESIDE.sub("\n", (desk.last_run() / "report.html").read_text("utf-8")))
    status = desk.assist("status")
    for said in (done.stdout, done.stderr, status.stdout, status.stderr, report):
        assert lines(said) == {}
    assert done.returncode == 10
