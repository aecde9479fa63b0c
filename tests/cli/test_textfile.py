"""assist-rpa textfile: help, exit codes, files."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from rpa import textfile
from rpa.cli.main import app
from rpa.cli.textfile_app import LayoutName, LineEndName, PaddingName
from rpa.evidence.files import create_private
from rpa.rules.months import Month
from tests.textfile.people import EMPLOYER, GOLDEN, payee

ROOT = Path(__file__).parent.parent.parent
HEAD = "No. KP,Nama,Gaji,Keluar SKBBK,Tarikh Caruman Pertama,Jenis Pekerja\n"
GOOD = "880229820001,CONTOH BIN REKAAN,3000,,,\n920229820002,CONTOH A/P REKAAN,7250,,,\n"
NAME = "PERKESO-E9900001234V-072026.txt"
JULY = Month(2026, 7)
posix = pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")


@pytest.fixture(autouse=True)
def _desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ASSIST_RPA_LANGUAGE", "en")
    monkeypatch.setenv("ASSIST_RPA_TODAY", "2026-11-22")
    (tmp_path / "payroll.csv").write_text(HEAD + GOOD)


def assist(*words: str) -> tuple[int, str]:
    """The command in this process; what it printed on both ways."""
    said = CliRunner().invoke(app, ["textfile", *words])
    assert said.exception is None or isinstance(said.exception, SystemExit)
    return said.exit_code, said.output


def build(*more: str, month: str = "07/2026") -> tuple[int, str]:
    return assist("build", "payroll.csv", "--employer", EMPLOYER, "--month", month, *more)


@pytest.mark.parametrize("command", ["build", "check", "show"])
def test_help_fits_a_screen_and_shows_an_example(command: str) -> None:
    """A clerk sees it all at once, with something to copy."""
    said = subprocess.run(
        [sys.executable, "-m", "rpa", "textfile", command, "--help"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "COLUMNS": "80", "PYTHONPATH": str(ROOT)},
    )
    assert len(said.stdout.splitlines()) <= 30
    assert f"assist-rpa textfile {command}" in said.stdout


def test_the_options_are_those_of_the_layouts() -> None:
    """Typed twice so that --help loads nothing; they must agree."""
    assert {x.value for x in LayoutName} == set(textfile.LAYOUTS)
    assert {x.value for x in PaddingName} == {x.value for x in textfile.Padding}
    assert {x.value for x in LineEndName} == {x.value for x in textfile.LineEnd}


@posix
def test_a_built_file_is_private_whole_and_as_the_schedule_has_it(tmp_path: Path) -> None:
    """0600, no left-over beside it, the very bytes."""
    code, said = build("--ssm", "202603999999")
    assert code == 0, said
    made = tmp_path / NAME
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert {p.name for p in tmp_path.iterdir()} == {"payroll.csv", NAME}
    people = [
        payee(),
        payee(identification="920229820002", name="CONTOH A/P REKAAN", wages=725_000),
    ]
    lines = [textfile.line_of(p, JULY, EMPLOYER, "202603999999") for p in people]
    assert made.read_bytes() == textfile.build(lines, textfile.V2_1)


def test_padding_line_end_and_place_are_chosen(tmp_path: Path) -> None:
    """Settings, for no paper says which the portal insists on."""
    code, said = build("--padding", "blanks", "--line-end", "lf", "--out", "other.txt")
    assert code == 0, said
    content = (tmp_path / "other.txt").read_bytes()
    assert b"\r" not in content
    assert content.count(b"\n") == 1
    assert b"        300000  5165  1475   590   590  2215" in content


def test_another_file_is_never_overwritten_unless_asked(tmp_path: Path) -> None:
    """The same file again is no change; a different one is refused with what to do."""
    assert build()[0] == 0
    first = (tmp_path / NAME).read_bytes()
    code, said = build()
    assert (code, (tmp_path / NAME).read_bytes()) == (0, first)
    assert "already there" in said
    (tmp_path / "payroll.csv").write_text(HEAD + GOOD.replace("3000", "3100"))
    code, said = build()
    assert (code, (tmp_path / NAME).read_bytes()) == (73, first)
    assert "--replace" in said
    assert build("--replace")[0] == 0
    assert (tmp_path / NAME).read_bytes() != first


def test_a_file_that_came_there_this_very_moment_is_not_taken(tmp_path: Path) -> None:
    """Two clerks at once: one of them is told."""
    place = tmp_path / "x.txt"
    create_private(place, b"one")
    with pytest.raises(FileExistsError):
        create_private(place, b"two")
    assert place.read_bytes() == b"one"
    assert {p.name for p in tmp_path.iterdir()} == {"payroll.csv", "x.txt"}


def test_errors_of_a_payroll_stop_the_building_and_nothing_is_written(tmp_path: Path) -> None:
    """Exit 65, each with its cell."""
    (tmp_path / "payroll.csv").write_text(HEAD + GOOD.replace("3000,", "3000.005,Ya"))
    code, said = build(month="06/2026")
    assert code == 65
    assert "payroll.csv: row 2, column Gaji" in said
    assert {p.name for p in tmp_path.iterdir()} == {"payroll.csv"}


def test_a_payroll_of_another_employer_is_not_built(tmp_path: Path) -> None:
    """The code in a table's title, a cell or its name must be the one that was typed."""
    (tmp_path / "payroll.csv").write_text(f"Kod Majikan: B9900005678W\n{HEAD}{GOOD}")
    code, said = build()
    assert code == 65
    assert "names employer B9900005678W" in said
    assert {p.name for p in tmp_path.iterdir()} == {"payroll.csv"}


def test_workers_without_contributions_are_left_out_and_listed(tmp_path: Path) -> None:
    """By their rows; and when nobody is left, there is no file."""
    (tmp_path / "payroll.csv").write_text(HEAD + GOOD.replace("7250", "0"))
    code, said = build()
    assert code == 0
    assert "left out, no contributions (1): payroll.csv: row 3" in said
    assert len((tmp_path / NAME).read_bytes()) == 278
    (tmp_path / "payroll.csv").write_text(HEAD + GOOD.replace("7250", "0").replace("3000", "0"))
    code, said = build("--out", "none.txt")
    assert code == 65
    assert not (tmp_path / "none.txt").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--employer", "e9900001234v", "--month", "07/2026"], "capital letter"),
        (["--employer", EMPLOYER, "--month", "7/2026"], "MM/YYYY"),
        (["--employer", EMPLOYER, "--month", "12/2026"], "not come yet"),
        (["--employer", EMPLOYER, "--month", "05/2016"], "not known"),
        (["--employer", EMPLOYER, "--month", "07/2026", "--ssm", "1" * 21], "at most 20"),
        (["--employer", EMPLOYER, "--month", "07/2026", "--column", "wages"], "FIELD=HEADING"),
        (["--employer", EMPLOYER, "--month", "07/2026", "--column", "wage=x"], "wages"),
    ],
)
def test_what_is_typed_beside_the_table_is_checked_as_well(
    words: list[str], told: str, tmp_path: Path
) -> None:
    """With a sentence, exit 65, and nothing written."""
    code, said = assist("build", "payroll.csv", *words)
    assert code == 65
    assert told in said
    assert {p.name for p in tmp_path.iterdir()} == {"payroll.csv"}


def test_the_old_layouts_are_built_with_a_warning_and_checked_as_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """For comparing with what was uploaded before October 2026."""
    code, said = build("--layout", "eis", month="05/2026")
    assert code == 0
    assert "only the combined layout" in said
    name = "PERKESO-EIS-E9900001234V-052026.txt"
    assert assist("check", name)[0] == 65
    assert assist("check", name, "--layout", "eis")[0] == 65
    monkeypatch.setenv("ASSIST_RPA_TODAY", "2026-09-30")
    code, said = assist("check", name, "--layout", "eis")
    assert (code, "35.60" in said) == (0, True)


def test_check_tells_every_fault_with_line_and_positions(tmp_path: Path) -> None:
    """Exit 65; the sample of the facts has an opt-out in June."""
    (tmp_path / "june.txt").write_bytes((GOLDEN / "v2.1-zeros.txt").read_bytes())
    code, said = assist("check", "june.txt", "--month", "06/2026", "--employer", EMPLOYER)
    assert code == 65
    assert "june.txt: line 2, positions 239-244" in said
    assert "build the file again" in said
    assert assist("check", "none.txt")[0] == 65


def test_show_pages_a_long_file_and_tells_all_when_asked(tmp_path: Path) -> None:
    """First and last lines, and the totals of all of them."""
    people = [
        payee(identification=f"9001018{n:05}", wages=300_000 + 10_000 * n) for n in range(100)
    ]
    lines = [textfile.line_of(p, JULY, EMPLOYER) for p in people]
    (tmp_path / "long.txt").write_bytes(textfile.build(lines, textfile.V2_1))
    code, said = assist("show", "long.txt")
    shown = said.splitlines()
    assert code == 0
    assert len(shown) == 1 + 10 + 1 + 10 + 7
    assert shown[11].strip().startswith("…")
    assert "795,000.00" in said
    assert len(assist("show", "long.txt", "--all")[1].splitlines()) == 1 + 100 + 7


def test_show_tells_what_it_could_not_read(tmp_path: Path) -> None:
    """A question mark is never a zero."""
    content = (GOLDEN / "v2.1-zeros.txt").read_bytes().replace(b"00300000", b"003000.0", 1)
    (tmp_path / "june.txt").write_bytes(content)
    code, said = assist("show", "june.txt")
    assert code == 0
    assert " ? " in said
    assert "1 lines could not be read" in said
    (tmp_path / "old.txt").write_bytes((GOLDEN / "eis.txt").read_bytes())
    assert assist("show", "old.txt")[0] == 65
    code, said = assist("show", "old.txt", "--layout", "eis")
    assert (code, "35.60" in said) == (0, True)


def test_malay_is_spoken_where_malay_is_wished(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every sentence has both."""
    monkeypatch.setenv("ASSIST_RPA_LANGUAGE", "bm")
    code, said = build()
    assert code == 0
    assert "ditulis:" in said
    assert "kategori pertama, SIP, SKBBK" in said
