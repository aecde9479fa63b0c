"""`assist-rpa status --verify`, and a run that meets an older ledger. No browser is needed."""

from __future__ import annotations

import shutil
import sqlite3
from typing import TYPE_CHECKING

import pytest

from rpa.engine import truth
from tests.conftest import Desk, person
from tests.supervisor import Supervisor

if TYPE_CHECKING:
    import subprocess

    from tests.conftest import PracticePortal


def stopped(desk: Desk) -> subprocess.CompletedProcess[str]:
    """A run that ends before a browser opens, for its approvers are not the ledger's."""
    job = desk.job([person(1)])
    path = desk.config / "approvers.yaml"
    path.write_text(path.read_text().replace("hours: 24", "hours: 72"))
    return desk.file(job)


@pytest.mark.usefixtures("portal")
def test_the_ledger_is_verified_and_an_older_one_is_told(desk: Desk) -> None:
    """Whole: 0. An older copy in its place: told by the next run, and by the command, which ends 1.

    That run goes into the copy, so the one after it has nothing to tell of it any more; the folder
    of the run that it does not know remains.
    """
    Supervisor(desk)
    place, copy = desk.home / "ledger.sqlite3", desk.folder / "copy.sqlite3"
    shutil.copy(place, copy)
    first = stopped(desk)
    assert first.returncode == 12, first.stderr
    whole = desk.assist("status", "--verify")
    assert (whole.returncode, "agrees with its log" in whole.stdout) == (0, True), whole.stderr
    shutil.move(copy, place)
    assert desk.assist("status", "--verify").returncode == 1
    told = stopped(desk)
    assert "older than what this computer has seen of it" in told.stderr
    assert told.returncode == 12
    assert "older than" not in stopped(desk).stderr
    found = desk.assist("status", "--verify")
    assert found.returncode == 1
    assert found.stdout.count(truth.NOTE) == 1


def test_a_changed_log_is_named_by_the_command(desk: Desk, portal: PracticePortal) -> None:
    """And nothing has been sent by all that."""
    Supervisor(desk)
    assert stopped(desk).returncode == 12
    conn = sqlite3.connect(desk.home / "ledger.sqlite3", isolation_level=None)
    for statement in (
        "DROP TRIGGER events_no_update",
        "UPDATE events SET data = '{}' WHERE kind = 'run started'",
    ):
        conn.execute(statement)
    conn.close()
    found = desk.assist("status", "--verify")
    assert found.returncode == 1
    assert "is not as it was at its end" in found.stdout
    assert portal.filings == []
