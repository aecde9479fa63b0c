"""assist-rpa register: help, what is shown, what is written, what is erased."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from rpa.cli.main import app
from rpa.register import Register
from rpa.rules.months import Month
from tests.register.people import EMPLOYER, FILED, JULY, ONE, TWO, entry

ROOT = Path(__file__).parent.parent.parent
posix = pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    desk = tmp_path / "desk"
    desk.mkdir()
    monkeypatch.chdir(desk)
    monkeypatch.setenv("ASSIST_RPA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ASSIST_RPA_LANGUAGE", "en")
    monkeypatch.setenv("ASSIST_RPA_TODAY", "2026-11-22")
    return tmp_path / "home"


@pytest.fixture
def filled(home: Path) -> Path:
    """June, July and September 2026; one of two workers not in July."""
    path = home / "register.sqlite3"
    with Register.open(path) as register:
        register.keep(
            [
                entry(month=Month(2026, 6)),
                entry(month=Month(2026, 6), identification=TWO, name="CONTOH A/P REKAAN"),
                entry(),
                entry(month=Month(2026, 9)),
                entry(month=Month(2026, 9), identification=TWO, name="CONTOH A/P REKAAN"),
            ]
        )
    return path


def assist(*words: str) -> tuple[int, str]:
    """The command in this process; what it printed on both ways."""
    said = CliRunner().invoke(app, ["register", *words])
    assert said.exception is None or isinstance(said.exception, SystemExit)
    return said.exit_code, said.output


@pytest.mark.parametrize("command", ["show", "export", "purge"])
def test_help_fits_a_screen_and_shows_an_example(command: str) -> None:
    """A clerk sees it all at once, with something to copy."""
    said = subprocess.run(
        [sys.executable, "-m", "rpa", "register", command, "--help"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "COLUMNS": "80", "PYTHONPATH": str(ROOT)},
    )
    assert len(said.stdout.splitlines()) <= 30
    assert f"assist-rpa register {command}" in said.stdout


@pytest.mark.usefixtures("filled")
def test_show_tells_totals_and_gaps_and_names_only_when_asked() -> None:
    """What stands on a screen may be seen by others."""
    code, said = assist("show", EMPLOYER)
    assert code == 0
    assert re.search(r"06/2026 +2 +6,000.00 ", said)
    assert "15,000.00" in said
    assert "Months without any entry: 08/2026" in said
    assert "between their first and their last: 2" in said
    assert "CONTOH" not in said
    assert ONE not in said
    code, said = assist("show", EMPLOYER, "--names")
    assert f"{ONE}  CONTOH BIN REKAAN: 08/2026" in said
    assert f"{TWO}  CONTOH A/P REKAAN: 07/2026, 08/2026" in said


@pytest.mark.usefixtures("filled")
def test_show_takes_the_months_that_are_asked_for() -> None:
    """Both ends belong to them; gaps are those between them."""
    code, said = assist("show", EMPLOYER, "--from", "06/2026", "--to", "07/2026")
    assert code == 0
    assert "09/2026" not in said
    assert "No month is missing" in said
    assert "no entry" in assist("show", EMPLOYER, "--from", "10/2026")[1]
    assert "no entry" in assist("show", "B9900005678W")[1]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["e9900001234v"], "capital letter"),
        ([EMPLOYER, "--from", "7/2026"], "MM/YYYY"),
        ([EMPLOYER, "--to", "2026"], "MM/YYYY"),
        ([EMPLOYER, "--from", "07/2026", "--to", "06/2026"], "before the first"),
    ],
)
@pytest.mark.parametrize("command", ["show", "export"])
def test_what_is_typed_is_checked(command: str, words: list[str], told: str) -> None:
    """With a sentence, exit 65, and nothing written."""
    code, said = assist(command, *words)
    assert code == 65
    assert told in said
    assert list(Path().iterdir()) == []


@posix
@pytest.mark.usefixtures("filled")
def test_export_writes_a_workbook_for_its_owner_alone() -> None:
    """0600; the name tells employer and months and nobody's name or number."""
    code, said = assist("export", EMPLOYER, "--from", "06/2026", "--to", "07/2026")
    assert code == 0
    name = f"register-{EMPLOYER}-202606-202607.xlsx"
    assert said == f"written: {name}\n"
    assert [file.name for file in Path().iterdir()] == [name]
    assert stat.S_IMODE(Path(name).stat().st_mode) == 0o600
    book = openpyxl.load_workbook(name)
    assert book.sheetnames == ["Ringkasan Summary", "2026", "Jurang Gaps"]
    assert [row[1] for row in book["2026"].iter_rows(min_row=2, values_only=True)] == [
        ONE,
        TWO,
        ONE,
    ]


@pytest.mark.usefixtures("filled")
def test_export_overwrites_nothing_unless_asked() -> None:
    """Somebody may have written his remarks into the last one."""
    Path("mine.xlsx").write_text("mine")
    code, said = assist("export", EMPLOYER, "--out", "mine.xlsx")
    assert (code, Path("mine.xlsx").read_text()) == (73, "mine")
    assert "--replace" in said
    assert assist("export", EMPLOYER, "--out", "mine.xlsx", "--replace")[0] == 0
    assert openpyxl.load_workbook("mine.xlsx").sheetnames[1] == "2026"


def test_purge_tells_first_and_erases_only_when_told(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seven years from the last entry; what is erased cannot come back."""
    with Register.open(filled) as register:
        register.keep([entry(identification=TWO, reference="x", filed_at=FILED + timedelta(60))])
    assert "0 (0 entries) may be erased" in assist("purge")[1]
    monkeypatch.setenv("ASSIST_RPA_TODAY", "2033-10-01")
    code, said = assist("purge")
    assert (code, ": 1 (3 entries) may be erased" in said) == (0, True)
    assert "purge --delete" in said
    assert ONE not in said
    code, said = assist("purge", "--delete")
    assert (code, ": 1 (3 entries) erased" in said) == (0, True)
    with Register.open(filled) as register:
        assert {line.identification for line in register.entries(EMPLOYER)} == {TWO}
        assert JULY in {line.month for line in register.entries(EMPLOYER)}


def test_a_register_that_cannot_be_read_is_a_sentence(filled: Path) -> None:
    """Exit 73, with its place; never a traceback, never an empty register."""
    filled.write_bytes(b"")
    code, said = assist("show", EMPLOYER)
    assert code == 73
    assert "register.sqlite3" in said
    assert filled.read_bytes() == b""


@pytest.mark.usefixtures("filled")
def test_malay_is_spoken_where_malay_is_wished(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every sentence has both."""
    monkeypatch.setenv("ASSIST_RPA_LANGUAGE", "bm")
    _, said = assist("show", EMPLOYER)
    assert "Bulan tanpa sebarang catatan: 08/2026" in said
    assert "PERKESO majikan" in said
