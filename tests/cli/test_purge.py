"""assist-rpa purge shows first and deletes after; what it leaves verifies."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from rpa.cli.main import app
from rpa.ledger.ledger import Ledger
from rpa.ledger.tables import events
from rpa.register import Register
from rpa.rules.months import Month
from rpa.settings import Settings
from tests.ledger.people import joiner
from tests.register.people import EMPLOYER, entry
from tests.run.test_purge import DASHED, Desk

if TYPE_CHECKING:
    from pathlib import Path

WHO = joiner(1)
LATE = datetime(2027, 3, 1, 4, 0, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A rehearsal and a filing of January 2026; it is March 2027."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ASSIST_RPA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ASSIST_RPA_LANGUAGE", "en")
    monkeypatch.setattr(Settings, "now", lambda _: LATE)
    desk = Desk(tmp_path)
    desk.ran("rehearsed")
    desk.ran("decided")
    desk.ledger.close()
    return tmp_path / "home"


def assist(*words: str, typed: str = "") -> tuple[int, str]:
    said = CliRunner().invoke(app, list(words), input=typed)
    assert said.exception is None or isinstance(said.exception, SystemExit)
    return said.exit_code, " ".join(said.output.split())


def written(home: Path) -> dict[Path, bytes]:
    """Every file but the ledger's own, which each opening touches."""
    return {p: p.read_bytes() for p in sorted(home.rglob("*")) if p.is_file()
            and not p.name.startswith("ledger")}  # fmt: skip


def noted(home: Path) -> list[dict[str, object]]:
    with Ledger.open(home / "ledger.sqlite3") as ledger, ledger.store.reading() as conn:
        asked = select(events.c.data).where(events.c.kind.startswith("purge"))
        return [json.loads(data) for data in conn.scalars(asked.order_by(events.c.id))]


def test_it_shows_first_and_deletes_after(home: Path) -> None:
    """The same kinds and figures; then nothing is left, the rest verifies, the log tells who."""
    before = written(home)
    code, said = assist("purge")
    assert code == 0
    assert "runs that sent nothing: 1" in said
    assert "runs: their pictures alone: 1, 2 files" in said
    assert "Nothing was deleted yet" in said
    assert {k: v for k, v in written(home).items() if k.name != "purge.lock"} == before
    code, said = assist("purge", "--yes")
    assert (code, "Deleted." in said) == (0, True)
    (left,) = (home / "runs").iterdir()
    assert assist("evidence", "verify", str(left))[0] == 0
    assert list((left / "pictures").iterdir()) == []
    whole, *each = noted(home)
    assert (whole["folders"], whole["person"]) == (2, "")
    assert whole["by"]
    assert [bool(one["after"]) for one in each] == [False, True]
    assert assist("purge") == (0, "There is nothing to delete.")


def test_an_office_may_keep_longer_and_never_shorter_than_the_law(home: Path) -> None:
    """config/retention.yaml; the folder with letters seven years at least."""
    place = home.parent / "config" / "retention.yaml"
    place.parent.mkdir()
    place.write_text("rehearsals_days: 900\npictures_days: 900\n")
    assert assist("purge") == (0, "There is nothing to delete.")
    place.write_text("folders_years: 6\n")
    code, said = assist("purge")
    assert code == 78
    assert "folders_years" in said


def test_the_register_goes_with_it(home: Path) -> None:
    """Seven years from a worker's last entry, and no day before."""
    old = {"month": Month(2019, 1), "filed_at": datetime(2019, 2, 10, 4, 0, tzinfo=UTC)}
    with Register.open(home / "register.sqlite3") as register:
        register.keep([entry(**old), entry(**old, identification="A1"), entry(identification="A1")])
    assert "workers in the register of employees: 1, 1 entries" in assist("purge")[1]
    assist("purge", "--yes")
    with Register.open(home / "register.sqlite3") as register:
        assert {one.identification for one in register.entries(EMPLOYER)} == {"A1"}


def test_a_report_tells_what_was_removed_and_that_the_rest_is_whole(home: Path) -> None:
    assist("purge", "--yes")
    (left,) = (home / "runs").iterdir()
    code, said = assist("report", str(left))
    assert code == 0
    assert "2 files of this run were removed on purpose (assist-rpa purge), the last on" in said
    assert "The evidence is whole and unchanged." in said


@pytest.mark.parametrize("asked", [(DASHED, ""), ("-", f"{DASHED}\n")])
def test_a_person_goes_and_what_the_law_has_kept_is_told(
    home: Path, asked: tuple[str, str]
) -> None:
    """His number may be typed, so that it stands in no history of commands."""
    with Register.open(home / "register.sqlite3") as register:
        register.keep([entry(identification=WHO.identification), entry()])
    number, typed = asked
    code, said = assist("purge", "--person", number, "--yes", typed=typed)
    assert code == 0
    assert "rows in the ledger (names, numbers, wages): 1" in said
    assert "These stay: 5 files in 1 runs that sent something, and 1 entries" in said
    assert len(list((home / "runs").iterdir())) == 1
    assert WHO.identification not in said
    assert DASHED not in said
    code, said = assist("purge", "--person", number, "--even-so", "--yes", typed=typed)
    assert (code, "Deleted." in said) == (0, True)
    (left,) = (home / "runs").iterdir()
    assert assist("evidence", "verify", str(left))[0] == 0
    with Register.open(home / "register.sqlite3") as register:
        assert register.of(WHO.identification).entries == 0
        assert register.of("880229820001").entries == 1
    for path, content in written(home).items():
        assert WHO.identification.encode() not in content, path
        assert DASHED.encode() not in content, path
    assert WHO.identification not in str(noted(home))
    assert assist("purge", "--person", number, typed=typed)[1].endswith(
        "There is nothing to delete."
    )


@pytest.mark.parametrize("words", [("--even-so",), ("--person", "ALI"), ("--person", "12")])
def test_what_names_nobody_deletes_nothing(home: Path, words: tuple[str, ...]) -> None:
    """And the sentence does not repeat what was typed."""
    before = written(home)
    code, said = assist("purge", *words, "--yes")
    assert code == 78
    assert "ALI" not in said
    assert {k: v for k, v in written(home).items() if k.name != "purge.lock"} == before


def test_it_speaks_malay(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert home.is_dir()
    monkeypatch.setenv("ASSIST_RPA_LANGUAGE", "bm")
    assert "pelaksanaan yang tidak menghantar apa-apa: 1" in assist("purge")[1]
