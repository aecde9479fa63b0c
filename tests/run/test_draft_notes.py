"""The note of a draft whose number nobody knows yet: it stands as long as it may be true."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from rpa.engine.drafts import Announcement
from rpa.engine.journal import AttemptJournal
from rpa.errors import HeldBack, PortalUnavailable, Refused, RowRefused, Words
from rpa.ledger.ledger import Ledger
from rpa.procedure.steps import Steps
from tests.conftest import Desk, person
from tests.flows.test_other_hands import leave_draft
from tests.ledger.people import EMPLOYER, PORTAL, Run, joiner

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rpa.errors import RpaError
    from tests.conftest import PracticePortal

NO = Words("Tidak.", "No.")
REFERENCE = "CAN11202600000001"


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    with Ledger.open(tmp_path / "ledger.sqlite3") as ledger:
        made = Run(ledger)
        yield made
        made.lease.release()


def steps_of(run: Run) -> Steps:
    """The steps of one attempt at a filing of two people."""
    filing = run.plan(joiner(1), joiner(2))
    nothing: Any = SimpleNamespace(step=lambda *_: None, is_open=False)
    note = AttemptJournal(
        filing.id, run.id, PORTAL, run.ledger, run.lease, nothing, nothing, nothing,
        lambda: None, lambda: datetime.now(UTC),
    )  # fmt: skip
    return Steps(filing, note, rehearse=False)


def noted(run: Run) -> list[str]:
    """What a later attempt takes for drafts of ours: numbers, or a stand-in for one."""
    found = run.ledger.drafts_of(PORTAL, EMPLOYER, run.lease)
    return [reference.partition(":")[0] for reference in found]


def save(steps: Steps, error: RpaError) -> None:
    """The step of the guide that leaves a draft, ended by this."""
    with steps("save and continue"):
        steps.saving()
        raise error


def refuse_the_first(steps: Steps) -> None:
    """The portal's no to one row."""
    with steps("type the wages", row=steps.kept[0]):
        raise RowRefused(NO)


def test_a_draft_about_fewer_than_everybody_is_another_hands() -> None:
    """Row by row a draft grows; of *Semua* it is about all who were counted, or a person's."""
    two, one = frozenset({"a", "b"}), frozenset({"a"})
    grows = Announcement("unnamed:1", two, frozenset())
    whole = Announcement("unnamed:1", two, frozenset(), whole=True)
    assert (grows.fits(two), grows.fits(one), grows.fits(two | {"c"})) == (True, True, False)
    assert (whole.fits(two), whole.fits(one), whole.fits(two | {"c"})) == (True, False, False)


@pytest.mark.parametrize("no", [Refused(NO), RowRefused(NO), HeldBack(NO)])
def test_a_save_that_the_portal_refused_is_looked_for_all_the_same(run: Run, no: RpaError) -> None:
    """Its words say no; whether it kept a draft only the inbox tells, which is asked next."""
    steps = steps_of(run)
    with pytest.raises(type(no)):
        save(steps, no)
    assert noted(run) == ["unnamed"]
    steps.unsaved()
    assert noted(run) == []


@pytest.mark.heavy
def test_a_draft_that_was_kept_in_spite_of_a_no_is_ours_and_goes(
    desk: Desk, portal: PracticePortal, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """It was announced, is about the same person and did not stand there before.

    The row is refused in the portal's words and nothing is left; a draft that another hand makes
    of the same person afterwards is not taken for ours.
    """
    portal.arm("stored, then a strip", on="list_save")
    job = desk.job([person(1)])
    done = desk.file(job)
    assert done.returncode == 10, done.stderr
    assert "is ours: it was announced" in done.stderr
    assert "Ralat 0x17" in desk.returned()[0]["ASSIST reason (EN)"]
    assert (portal.submissions, portal.drafts) == (0, [])
    other = Desk(tmp_path_factory.mktemp("other"), portal)
    leave_draft(other, other.job([person(1)]))
    again = desk.file(job)
    assert again.returncode == 13, again.stderr
    assert len(portal.drafts) == 1


def test_a_save_whose_answer_was_lost_may_have_left_one(run: Run) -> None:
    """Nobody said no: the next attempt looks for it."""
    steps = steps_of(run)
    with pytest.raises(PortalUnavailable):
        save(steps, PortalUnavailable(NO))
    assert noted(run) == ["unnamed"]


def test_a_no_after_the_draft_leaves_it_noted(run: Run) -> None:
    """It stands there, under its number."""
    steps = steps_of(run)
    with steps("save and continue"):
        steps.saving()
        steps.draft(REFERENCE)
    with pytest.raises(Refused), steps("documents"):
        raise Refused(NO)
    assert noted(run) == [REFERENCE]


def test_a_no_to_one_row_does_not_take_the_note_back(run: Run) -> None:
    """The others go on, and the draft is still to come."""
    steps = steps_of(run)
    steps.saving()
    refuse_the_first(steps)
    assert noted(run) == ["unnamed"]
    assert len(steps.kept) == 1
