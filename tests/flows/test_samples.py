"""One sample job per procedure: documentation that runs, in Malay, English and mixed.

On every look of the practice portal: the first two with nothing declared of them, the others,
which were made without knowledge of this tool, each with a file of words (``tests/overlays``).
"""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING

import pytest

from rpa import flows
from tests.flows.samples import FIXTURES, arrange, sample
from tests.supervisor import allowed

if TYPE_CHECKING:
    from tests.conftest import Desk, PracticePortal


def test_every_procedure_has_a_sample() -> None:
    """Whoever adds a procedure shows it."""
    assert all((FIXTURES / name / "job.yaml").is_file() for name in flows.names())


# Each procedure once in the quick part: one speaks Malay, one English and is rehearsed before, and
# they take turns at the portal's looks.
SKINS = ("classic", "modern", "foreign", "stranger", "harbour", "meranti")
LOOKS = itertools.cycle(SKINS)
QUICK = {name: (look, "mixed", False) for name, look in zip(flows.names(), LOOKS, strict=False)}
QUICK |= {
    "update_employee": ("modern", "bm", False),
    "update_employer": ("classic", "en", True),
}
MATRIX = [
    pytest.param(name, *how, marks=[] if how == QUICK[name] else pytest.mark.heavy)
    for name in flows.names()
    for how in itertools.product(SKINS, ("mixed", "bm", "en"), (True, False))
]


@pytest.mark.parametrize(("procedure", "skin", "language", "rehearse"), MATRIX)
def test_the_sample_is_rehearsed_and_then_filed_once(
    desk: Desk, portal: PracticePortal, procedure: str, *, rehearse: bool
) -> None:
    """A rehearsal leaves nothing at the portal; the filing gives every row its reference."""
    before = arrange(desk, portal, procedure)
    job = sample(desk, procedure)
    if rehearse:
        rehearsed = desk.assist("run", job)
        assert rehearsed.returncode == 0, rehearsed.stderr
        assert (portal.submissions, portal.drafts) == (before, [])
    done = desk.file(allowed(desk, job))
    assert done.returncode == 0, done.stderr
    assert portal.drafts == []
    assert portal.submissions > before
    *_, total = done.stdout.splitlines()
    assert total.startswith("filed ")
    rows, of = total.split()[1], total.split()[3]
    assert rows == of != "0"
    assert "no longer by" not in done.stderr, "the same portal has not moved"
    assert proposed(desk) in ([], [SENTENCE]), (
        "and nothing on it is new but what it says at the end"
    )


# The files of words of three looks do not say how a filing's end is told there.
SENTENCE = "words.sent"


def proposed(desk: Desk) -> list[str]:
    """What the last run found called otherwise after its last press."""
    file = desk.last_run() / "calibration.json"
    told = json.loads(file.read_text("utf-8")) if file.exists() else {"lines": [], "words": []}
    return [*told["lines"], *(one["vocabulary"] for one in told["words"])]


@pytest.mark.heavy
@pytest.mark.parametrize("procedure", flows.names())
def test_the_sample_filed_again_sends_nothing(
    desk: Desk, portal: PracticePortal, procedure: str
) -> None:
    """Run it again is safe for every procedure, also when only the portal remembers."""
    arrange(desk, portal, procedure)
    job = sample(desk, procedure)
    assert desk.file(allowed(desk, job)).returncode == 0
    once = portal.submissions
    (desk.home / "ledger.sqlite3").rename(desk.home / "lost.sqlite3")
    again = desk.file(job)
    assert "sent by this run: 0 filings" in again.stdout, again.stderr
    assert portal.submissions == once
