"""Update Employee Information: what is promised, counted at the portal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.conftest import EMPLOYER

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Desk, PracticePortal

KNOWN = "950211705780"  # of the practice portal's own people
CARD = b"%PDF-1.4\n%%EOF\n"


def updates(desk: Desk, rows: list[dict[str, Any]], name: str = "updates") -> Path:
    """A job with its rows in itself."""
    import yaml  # noqa: PLC0415

    path = desk.folder / f"{name}.yaml"
    job = {"procedure": "update_employee", "employer": EMPLOYER, "rows": rows}
    path.write_text(yaml.safe_dump(job))
    return path


def test_only_what_is_named_is_changed(desk: Desk, portal: PracticePortal) -> None:
    """The rest stays as the portal has it, and the review shows old and new."""
    done = desk.file(updates(desk, [{"identification": KNOWN, "race": "Cina"}]))
    assert done.returncode == 0, done.stderr
    (filing,) = portal.filings
    (worker,) = filing["workers"]
    assert worker["raceId"] == "Cina"
    assert "nameOfEmployee" not in worker
    assert filing["reference"].startswith("CUN112026C")


def test_what_the_portal_holds_already_is_not_sent(desk: Desk, portal: PracticePortal) -> None:
    """Also when another hand made the change."""
    job = updates(desk, [{"identification": KNOWN, "race": "Melayu"}])
    done = desk.file(job)
    assert done.returncode == 0, done.stderr
    assert "filed before: 1 row" in done.stdout
    assert portal.filings == []


def test_a_worker_who_is_not_listed_is_refused_alone(desk: Desk, portal: PracticePortal) -> None:
    """The others of the filing go on."""
    rows = [
        {"identification": "900101005555", "race": "Cina"},
        {"identification": KNOWN, "race": "Cina"},
    ]
    done = desk.file(updates(desk, rows))
    assert done.returncode == 10, done.stderr
    assert "does not list this worker" in done.stderr
    (filing,) = portal.filings
    assert len(filing["workers"]) == 1


def test_a_changed_name_goes_to_an_officer_with_the_card(
    desk: Desk, portal: PracticePortal
) -> None:
    """It is filed, and the portal's word for it is told; a second case is not made meanwhile."""
    (desk.folder / "card.pdf").write_bytes(CARD)
    row = {"identification": KNOWN, "name": "AKTIF BINTI REKAAN", "identification_card": "card.pdf"}
    done = desk.file(updates(desk, [row]))
    assert done.returncode == 0, done.stderr
    assert portal.filings[0]["status"] == "Pending for Review"
    (desk.home / "ledger.sqlite3").rename(desk.home / "lost.sqlite3")
    again = desk.file(updates(desk, [row]))
    assert again.returncode == 10, again.stderr
    assert "waits for PERKESO's decision" in again.stderr
    assert portal.submissions == 1
