"""Update Employer Information: what is promised, counted at the portal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.conftest import EMPLOYER

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Desk, PracticePortal


def job(desk: Desk, **changes: Any) -> Path:
    """A job that changes these."""
    path = desk.folder / "changes.yaml"
    data = {"procedure": "update_employer", "employer": EMPLOYER, "changes": changes}
    path.write_text(yaml.safe_dump(data))
    return path


def test_a_cascade_is_changed_from_the_top_down(desk: Desk, portal: PracticePortal) -> None:
    """State, city and postcode together; nothing else is touched."""
    changes = {"state": "Selangor", "city": "Shah Alam", "postcode": "40100"}
    done = desk.file(job(desk, **changes))
    assert done.returncode == 0, done.stderr
    (filing,) = portal.filings
    form = filing["employer_form"]
    assert (form["stateId"], form["cityId"], form["postCode"]) == tuple(changes.values())


@pytest.mark.heavy
def test_what_the_portal_holds_already_is_not_sent(desk: Desk, portal: PracticePortal) -> None:
    """The change was made by another hand; run again, it is still one case."""
    changes = job(desk, email="baharu@contoh.example")
    assert desk.file(changes).returncode == 0
    (desk.home / "ledger.sqlite3").rename(desk.home / "lost.sqlite3")
    again = desk.file(changes)
    assert again.returncode == 0, again.stderr
    assert "filed before: 1 row" in again.stdout
    assert portal.submissions == 1
