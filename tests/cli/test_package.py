"""A package by the real commands: private, noted, reminded of; without browser or portal."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from rpa.cli.main import app
from rpa.errors import NotWritten, Words
from rpa.ledger import parcels
from rpa.ledger.ledger import Ledger
from rpa.settings import Calendar, Settings
from tests.command import assist_rpa
from tests.parcel.pdf import pages

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "fixtures"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An office's folder with the sample; no settings, no address of any portal."""
    shutil.copytree(FIXTURES / "enrol_portal_id", tmp_path / "desk")
    monkeypatch.chdir(tmp_path / "desk")
    monkeypatch.setenv("ASSIST_RPA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ASSIST_RPA_LANGUAGE", "en")
    monkeypatch.delenv("ASSIST_RPA_CONFIG", raising=False)
    monkeypatch.delenv("ASSIST_RPA_PORTAL", raising=False)
    return tmp_path / "home"


def assist(*words: str, code: int = 0) -> str:
    """The command in this process; what it printed on both ways."""
    said = CliRunner().invoke(app, list(words))
    assert said.exception is None or isinstance(said.exception, SystemExit)
    assert said.exit_code == code, said.output
    return said.output


def made(home: Path) -> list[Path]:
    return sorted((home / "packages").iterdir())


def day(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("ASSIST_RPA_TODAY", text)


# --- made ---


def test_a_run_makes_it_whole_private_and_says_whose_move_is_next(home: Path) -> None:
    """Folder, files, the closing line; nothing is asked of a portal."""
    said = assist("run", "job-signed.yaml")
    (folder,) = made(home)
    assert str(folder) in said
    assert "open enrolment.eml" in said
    assert "assist-rpa package job-signed.yaml --sent" in said
    if os.name == "posix":
        for path in (folder, folder / "papers"):
            assert stat.S_IMODE(path.stat().st_mode) == 0o700
        modes = {stat.S_IMODE(p.stat().st_mode) for p in folder.rglob("*") if p.is_file()}
        assert modes == {0o600}


def test_it_is_told_in_malay(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was made, what is missing, whose move is next."""
    monkeypatch.setenv("ASSIST_RPA_LANGUAGE", "bm")
    said = assist("run", "job.yaml")
    for words in ("Pakej disediakan:", "Belum ada:", "Seterusnya (anda):", "Selepas menghantarnya"):
        assert words in said


def test_a_check_makes_nothing(home: Path) -> None:
    """It tells what is missing all the same."""
    said = assist("check", "job.yaml")
    assert "ok enrol_portal_id" in said
    assert "Missing: the form, signed" in said
    assert not (home / "packages").exists()


def test_submit_is_answered_and_sends_nothing(home: Path) -> None:
    """One sentence; the package is made."""
    said = assist("run", "job.yaml", "--submit")
    assert "this procedure sends nothing, you send it." in said
    assert len(made(home)) == 1


# The commands in a process that has loaded nothing, and what it has loaded in the end.
LOADING = """
import sys
from typer.testing import CliRunner
from rpa.cli.main import app
from rpa.errors import NotWritten, Words
for words in (["check"], ["run"], ["package"], ["due"]):
    said = CliRunner().invoke(app, [*words, "job.yaml"])
    assert said.exit_code == 0, said.output
print(sorted({"pydantic", "playwright"} & {name.partition(".")[0] for name in sys.modules}))
"""


def test_no_browser_is_loaded() -> None:
    """Neither by check and run nor by what follows."""
    command = [sys.executable, "-c", LOADING]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    said = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert said.stdout == "['pydantic']\n", said.stderr


def test_what_goes_to_the_portal_refuses_it_with_the_command_that_serves(home: Path) -> None:
    """Of practise and the calendar's own way."""
    said = assist("practise", "job.yaml", code=65)
    assert "use `assist-rpa run`" in said
    assert not (home / "packages").exists()


def test_a_fault_makes_nothing(home: Path) -> None:
    """And says where it is."""
    job = Path("job.yaml")
    job.write_text(job.read_text("utf-8").replace('"80000"', '"8000"'), "utf-8")
    said = assist("run", "job.yaml", code=65)
    assert "job.yaml:25:13" in said
    assert "This run sent nothing." in said
    assert not (home / "packages").exists()


def test_nothing_is_left_where_the_ledger_refuses(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A package that nobody noted is none."""

    def full(*_: object) -> None:
        raise NotWritten(Words("penuh", "full"))

    monkeypatch.setattr(parcels, "note", full)
    assist("run", "job.yaml", code=73)
    assert made(home) == []


def test_nothing_is_left_where_a_person_breaks_it_off(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Copies of cards in a folder of which nobody knows."""

    def broken_off(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(parcels, "note", broken_off)
    CliRunner().invoke(app, ["run", "job.yaml"])
    assert made(home) == []


def test_what_a_run_that_died_left_is_told_by_purge(home: Path) -> None:
    """Its folder has names and numbers, and no ledger knows it: a person decides."""
    assist("run", "job.yaml")
    shutil.copytree(made(home)[0], home / "packages" / "2026-01-01T0000-job")
    said = assist("purge", "--yes")
    assert "1 package folders are not known to this ledger" in said
    assert "2026-01-01T0000-job" in said
    assert len(made(home)) == 2


def test_who_asks_for_a_person_hears_that_packages_are_not_searched() -> None:
    """That there is nothing to delete would be taken for the whole."""
    assert "were not searched" not in assist("purge", "--person", "900101005555")
    assist("run", "job.yaml")
    assert "were not searched" in assist("purge", "--person", "900101005555")


# --- sent, answered, reminded of ---


def test_what_a_person_says_is_kept_and_the_lines_for_the_settings_follow(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Made, sent, answered; each on its day."""
    assist("run", "job.yaml")
    day(monkeypatch, "2099-01-01")
    assert "sent" not in assist("package", "job.yaml")
    assert ", sent " in assist("package", "job.yaml", "--sent", "2098-12-01")
    assert "was sent already" in assist("check", "job.yaml")
    said = assist("package", "job.yaml", "--received", "2098-12-05")
    assert "answered 05/12/2098" in said
    assert "follow first-login.txt" in said
    names = {path.name for path in made(home)[0].iterdir()}
    assert {"employers.yaml", "first-login.txt"} <= names


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--sent", "01/12/2026"], "Write the day as yyyy-mm-dd"),
        (["--sent", "2026-13-01"], "Write the day as yyyy-mm-dd"),
        (["--sent", "2999-01-01"], "has not come"),
        (["--sent", "2020-01-01"], "earlier than the day on which the package was made"),
        (["--received", "2026-12-01"], "Say that first"),
    ],
)
def test_what_cannot_be_is_not_noted(
    home: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], told: str
) -> None:
    """Each with its reason."""
    assist("run", "job.yaml")
    day(monkeypatch, "2098-01-01")
    assert told in assist("package", "job.yaml", *words, code=65)
    with Ledger.open(home / "ledger.sqlite3") as ledger:
        assert parcels.waiting(ledger) == []


@pytest.mark.parametrize(
    "words",
    [
        ["--sent", "2097-12-03", "--received", "2097-12-01"],
        ["--sent", "2097-12-03", "--received", "2999-01-01"],
        ["--sent", "2097-12-03", "--received", "soon"],
    ],
)
def test_of_two_days_both_are_noted_or_none(
    home: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    """The refusal says that nothing was noted."""
    assist("run", "job.yaml")
    day(monkeypatch, "2098-01-01")
    assert "Nothing was noted" in assist("package", "job.yaml", *words, code=65)
    with Ledger.open(home / "ledger.sqlite3") as ledger:
        assert parcels.waiting(ledger) == []


def test_nothing_is_sent_after_its_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A slip in a day that is said again."""
    assist("run", "job.yaml")
    day(monkeypatch, "2098-01-01")
    assist("package", "job.yaml", "--sent", "2097-12-01", "--received", "2097-12-05")
    said = assist("package", "job.yaml", "--sent", "2097-12-10", code=65)
    assert "later than the day of its answer" in said
    assert "sent 01/12/2097, answered 05/12/2097" in assist("package", "job.yaml")


def test_only_what_was_made_can_have_been_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not a job that was changed since, and not one of which nothing was made."""
    assert "Make it first" in assist("package", "job.yaml", code=65)
    assist("run", "job.yaml")
    job = Path("job.yaml")
    job.write_text(job.read_text("utf-8").replace("Taman Rekaan", "Taman Lain"), "utf-8")
    day(monkeypatch, "2098-01-01")
    said = assist("package", "job.yaml", "--sent", "2097-12-01", code=65)
    assert "changed after this package was made" in said
    assert "2098" not in said


def test_one_answer_ends_all_that_was_sent_of_the_same_matter(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PERKESO asked for more, the package was made anew and sent: the first waits no longer."""
    job = Path("job.yaml")
    for line in ("Taman Rekaan", "Taman Lain", "Taman Ketiga"):
        job.write_text(job.read_text("utf-8").replace("Taman Rekaan", line), "utf-8")
        day(monkeypatch, "2026-12-01")
        assist("run", "job.yaml")
        if line != "Taman Lain":  # never sent
            day(monkeypatch, "2099-01-01")
            assist("package", "job.yaml", "--sent", "2098-12-01")
    assist("package", "job.yaml", "--received", "2098-12-05")
    with Ledger.open(home / "ledger.sqlite3") as ledger:
        assert parcels.waiting(ledger) == []


def test_what_was_sent_is_the_newest_of_these_very_files(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A later package of a changed job, which stayed at home, does not stand in the way."""
    job = Path("job.yaml")
    first = job.read_text("utf-8")
    assist("run", "job.yaml")
    job.write_text(first.replace("Taman Rekaan", "Taman Lain"), "utf-8")
    assist("run", "job.yaml")
    job.write_text(first, "utf-8")
    day(monkeypatch, "2099-01-01")
    assist("package", "job.yaml", "--sent", "2098-12-01")
    with Ledger.open(home / "ledger.sqlite3") as ledger:
        assert [one.folder for one in parcels.waiting(ledger)] == [made(home)[0].name]


def test_an_answer_that_does_not_come_is_reminded_of_after_so_many_working_days(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Weekends and holidays do not count; the office says how many; answered, it is quiet."""
    config = tmp_path / "config"
    config.mkdir()
    (config / "calendar.yaml").write_text("answer_days: 3\nholidays: {2098-12-03: Cuti}\n")
    monkeypatch.setenv("ASSIST_RPA_CONFIG", str(config))
    assist("run", "job.yaml")
    day(monkeypatch, "2099-01-01")
    assist("package", "job.yaml", "--sent", "2098-12-01")  # a Monday
    # 2 (Tue) is one, 3 a holiday, 4 and 5 are two and three
    for today, reminded in (("2098-12-04", False), ("2098-12-05", True)):
        day(monkeypatch, today)
        said = assist("due", "job.yaml")
        assert ("working days without an answer" in said) is reminded, today
    assert "3 working days" in said
    assert "--received" in said
    assist("package", "job.yaml", "--received", "2098-12-05")
    assert "No package has waited long" in assist("due", "job.yaml")


def test_the_usual_number_of_working_days_skips_weekends() -> None:
    """Ten, as the sources have it at most."""
    monday, later = date(2026, 11, 30), date(2026, 12, 14)
    assert Calendar().answer_days == 10
    assert parcels.working_days(Calendar(), monday, later) == 10
    assert parcels.working_days(Calendar(), monday, monday) == 0


def test_due_reminds_beside_what_it_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the calendar names no job."""
    assist("run", "job.yaml")
    day(monkeypatch, "2099-01-01")
    assist("package", "job.yaml", "--sent", "2098-01-01")
    env = {**os.environ, "ASSIST_RPA_PORTAL": "http://127.0.0.1:9"}
    said = assist_rpa("due", cwd=Path.cwd(), env=env)
    assert "working days without an answer" in said.stderr
    assert "No job" in said.stderr
    assert "sent 01/01/2098" in assist("status")
    (told,) = json.loads(assist("status", "--json"))["packages"]
    assert (told["procedure"], told["sent_on"]) == ("enrol_portal_id", "2098-01-01")


def test_the_ledger_knows_no_person_of_it(home: Path) -> None:
    """No name, number or e-mail of the applicant stands in it."""
    assist("run", "job-signed.yaml")
    content = b"".join(path.read_bytes() for path in home.glob("ledger.sqlite3*") if path.is_file())
    assert b"enrol_portal_id" in content
    for mark in (b"REKAAN", b"900101", b"payroll@"):
        assert mark not in content


def test_purge_takes_what_was_not_sent_and_leaves_what_waits(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Thirty days, as a run that sent nothing."""
    assist("run", "job.yaml")
    assist("run", "job-signed.yaml")
    day(monkeypatch, "2099-01-01")
    assist("package", "job-signed.yaml", "--sent", "2098-01-01")
    monkeypatch.setattr(Settings, "now", lambda _: datetime(2098, 3, 1, tzinfo=UTC))
    assert "packages that you send yourself: 1" in assist("purge")
    assert len(made(home)) == 2
    assist("purge", "--yes")
    (left,) = made(home)
    assert left.name.endswith("job-signed")
    assert "nothing to delete" in assist("purge")


# --- Borang 1 and Borang 2 ---


def test_the_forms_hold_the_employer_and_each_local_worker(home: Path) -> None:
    """Each value as it is declared; the foreign worker is told and not drawn."""
    said = assist("forms", str(FIXTURES / "register_employer/job.yaml"))
    (folder,) = made(home)
    first = " ".join(pages((folder / "borang-1.pdf").read_bytes()))
    values = ("Sendirian Berhad", "202601999991", "12 Jalan Contoh 3", "80000", "+60300000002",
              "47111", "PPN JOHOR", "Non-Professional Bodies")  # fmt: skip
    for value in values:
        assert value in first
    second = " ".join(pages((folder / "borang-2.pdf").read_bytes()))
    assert "Contoh Runcit Sdn. Bhd." in second
    assert "not on Borang 2: 1." in said
    assert "This tool sends nothing" in said


def test_borang_2_has_all_twenty_five_workers(home: Path) -> None:
    """Of an employer who has his code."""
    assist("forms", str(FIXTURES / "add_employees/job.yaml"))
    (folder,) = made(home)
    assert [path.name for path in folder.iterdir()] == ["borang-2.pdf"]
    text = " ".join(pages((folder / "borang-2.pdf").read_bytes()))
    assert "E9900001234V" in text
    assert "850101000001" in text
    assert " 25 " in text


def test_a_job_without_these_forms_is_told(home: Path) -> None:
    """By name."""
    said = assist("forms", str(FIXTURES / "end_employment/job.yaml"), code=65)
    assert "add_employees, register_domestic_employer, register_employer" in said
    assert not (home / "packages").exists()
