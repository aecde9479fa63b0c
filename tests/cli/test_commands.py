"""The command: help, exit codes, where output goes."""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import typer

import rpa
from rpa.cli import console, helping
from rpa.cli.main import app
from rpa.errors import RpaError
from rpa.pages import controls
from tests.command import assist_rpa

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent.parent
COMMANDS = [
    "check",
    "run",
    "follow",
    "review",
    "status",
    "settle",
    "report",
    "schema",
    "browser",
    "mock",
    "demo",
]


def assist(*words: str, **env: str) -> subprocess.CompletedProcess[str]:
    here = {**os.environ, "COLUMNS": "80", "ASSIST_RPA_LANGUAGE": "en", **env}
    return assist_rpa(*words, cwd=ROOT, env=here)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_fits_a_screen_and_shows_an_example(command: str) -> None:
    """A clerk sees it all at once, with something to copy."""
    said = assist(command, "--help")
    assert said.returncode == 0
    assert len(said.stdout.splitlines()) <= 30
    assert f"assist-rpa {command}" in said.stdout


def test_help_speaks_malay_whole() -> None:
    """Each sentence of every command has its Malay one, and none is left of what is gone."""
    said = assist("run", "--help", ASSIST_RPA_LANGUAGE="bm").stdout
    assert "Raptai kerja" in said
    assert "Contoh:" in said
    assert "<bool>" not in said
    assert not re.search(r"Options|Arguments|Example|required", said)
    every = helping.parts(typer.main.get_command(app))
    told = {one.help for one in every if one.help}
    assert told == helping.catalogue()["sentences"].keys()
    before = "|".join(helping.catalogue()["phrases"])
    examples = [re.sub(before, "", one.epilog) for one in every if getattr(one, "epilog", None)]
    assert [one for one in examples if re.search(r"(or|then)\b[^:]*:", one)] == []


def test_a_shell_may_complete_what_is_typed() -> None:
    """As `assist-rpa --install-completion` sets it up."""
    words = {"COMP_WORDS": "assist-rpa cal", "COMP_CWORD": "1"}
    said = assist(_ASSIST_RPA_COMPLETE="complete_bash", **words)
    assert said.stdout.split() == ["calibrate"]


def test_help_imports_nothing_heavy() -> None:
    """What makes `--help` quick: no browser, database, workbook or model library is loaded."""
    code = (
        "import sys, rpa.cli.main\n"
        "heavy = {'playwright', 'sqlalchemy', 'pydantic', 'openpyxl', 'python_calamine', 'yaml'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


def test_errors_of_a_job_go_with_exit_65_and_their_addresses(tmp_path: Path) -> None:
    """Results on stdout, the sentence on stderr."""
    job = tmp_path / "job.yaml"
    job.write_text("procedure: add_employees\nemployer: E9900001234V\nrowz: []\n")
    said = assist("check", str(job))
    assert said.returncode == 65
    assert "job.yaml:3:1" in said.stdout
    assert "This run sent nothing" in said.stderr


def test_the_columns_of_a_table_are_told_with_every_heading_known() -> None:
    """Those that every row needs come first; the line that maps another heading is shown."""
    said = assist("columns", "end_employment", COLUMNS="200")
    assert said.returncode == 0
    first = said.stdout.splitlines()[1]
    assert "Nama Pekerja / Name of Employee" in first
    assert "MANDATORY" in first
    assert "Tarikh Tamat Kerja" in said.stdout
    assert "table: {columns: {name: Your Heading}}" in said.stderr
    assert assist("columns", "end_employmint").returncode == assist("new", "x").returncode


def test_a_plan_is_shown_without_a_browser() -> None:
    """`check` of the sample tells rows and filings."""
    said = assist("check", "fixtures/add_employees/job.yaml", ASSIST_RPA_TODAY="2026-11-20")
    assert said.returncode == 0, said.stderr
    assert "25 rows in 3 filings" in said.stdout


def test_a_row_whose_day_has_not_come_is_told_with_its_day() -> None:
    """Nothing of it goes today; `due` files it then."""
    said = assist("check", "fixtures/end_employment/job.yaml", ASSIST_RPA_TODAY="2026-10-20")
    assert "  3: not due yet: 13/11/2026\n  a run today: 0 of 1 row\n" in said.stdout


@pytest.mark.parametrize(
    ("language", "malay"),
    [("bm", True), ("melayu", True), ("Malay", True), ("ms_MY.UTF-8", True), ("ms-MY", True),
     ("en", False), ("english", False), ("en_GB", False), ("Inggeris", False)],
)  # fmt: skip
def test_a_language_may_be_named_as_people_name_it(
    monkeypatch: pytest.MonkeyPatch, language: str, *, malay: bool
) -> None:
    """Without a word: it is known."""
    monkeypatch.setenv("ASSIST_RPA_LANGUAGE", language)
    assert (console.malay(), console.unknown_language()) == (malay, None)


def test_a_language_that_is_not_known_is_told_and_which_there_are() -> None:
    """In both, for nobody knows which the person reads."""
    said = assist("schema", ASSIST_RPA_LANGUAGE="bhs")
    assert "ASSIST_RPA_LANGUAGE=bhs: tidak dikenali; gunakan bm atau en." in said.stderr
    assert "not known; use bm or en." in said.stderr
    assert said.returncode == 0


def test_a_folder_given_in_place_of_a_job_is_told_with_the_job_in_it(tmp_path: Path) -> None:
    """As `assist-rpa new` writes it."""
    said = assist("check", str(tmp_path))
    assert "This is a folder. Give the job file (.yaml) in it." in said.stdout
    (tmp_path / "job.yaml").write_text("procedure: add_employees\n")
    said = assist("check", str(tmp_path))
    assert f"Here it is: {tmp_path / 'job.yaml'}" in said.stdout
    assert said.returncode == 65


def test_the_schema_is_json_for_editors() -> None:
    """It parses, and an unknown procedure is a sentence."""
    assert json.loads(assist("schema").stdout)
    assert json.loads(assist("schema", "add_employees").stdout)["type"] == "object"
    assert assist("schema", "no_such").returncode == 65


def test_the_browser_that_would_be_used_is_named() -> None:
    """The path on stdout, the reason on stderr; one that is not there is refused."""
    said = assist("browser")
    assert said.returncode == 0
    assert Path(said.stdout.strip()).is_file()
    refused = assist("browser", ASSIST_RPA_BROWSER="/no/such/browser")
    assert refused.returncode == 78


def test_a_misspelt_locator_refuses_to_start(tmp_path: Path) -> None:
    """A repair nobody hears is worse than none."""
    config = tmp_path / "config"
    config.mkdir()
    told = "extends: assist-2019\nscreens:\n  EmployeePopup:\n    svae: {en: Save Employee}\n"
    (config / "profile.yaml").write_text(told)
    (config / "employers.yaml").write_text(
        "portal_ids:\n- {email: a@contoh.example, employers: [E9900001234V], "
        "password: {env: NAMED}, security_phrase: {env: NAMED}}\n"
    )
    (config / "portal.yaml").write_text("address: http://127.0.0.1:9\n")
    job = ROOT / "fixtures/add_employees/job-inline.yaml"
    for command in ("check", "run"):
        words = (command, str(job), "--config", str(config))
        said = assist(*words, ASSIST_RPA_HOME=str(tmp_path), NAMED="x")
        assert said.returncode == 78, said.stderr
        assert "Unknown key: svae. The nearest: save." in said.stderr
        assert f"{config / 'profile.yaml'}:4:5" in said.stderr


def test_words_for_one_screen_hinder_no_other_procedure(tmp_path: Path) -> None:
    """Every control of every screen may be given words, whichever procedure runs."""
    keys = [key for key, one in controls().items() if "en" in one.looks]
    words = "".join(f"{key}: {{en: Lain {n}}}\n" for n, key in enumerate(keys))
    (tmp_path / "locators.yaml").write_text(words)
    job = ROOT / "fixtures/add_documents/job.yaml"
    said = assist("check", str(job), "--config", str(tmp_path), ASSIST_RPA_HOME=str(tmp_path))
    assert said.returncode == 0, said.stderr
    assert "it is called profile.yaml now" in said.stderr


def test_a_missing_secret_is_told_before_a_browser_opens(tmp_path: Path) -> None:
    """With the name of the variable, and nothing sent."""
    config = tmp_path / "config"
    config.mkdir()
    (config / "employers.yaml").write_text(
        "portal_ids:\n- {email: a@contoh.example, employers: [E9900001234V], "
        "password: {env: NO_SUCH_SECRET}, security_phrase: {env: NO_SUCH_SECRET}}\n"
    )
    job = ROOT / "fixtures/add_employees/job-inline.yaml"
    where = ("--config", str(config), "--portal", "http://127.0.0.1:9")
    said = assist("run", str(job), *where, ASSIST_RPA_HOME=str(tmp_path))
    assert said.returncode == 78, said.stderr
    assert "NO_SUCH_SECRET" in said.stderr


def test_a_password_is_never_typed_over_an_open_line() -> None:
    """Http is for a portal on this machine only."""
    said = assist("check", "fixtures/add_employees/job.yaml", "--portal", "http://example.com")
    assert said.returncode == 78
    assert "https" in said.stderr


def errors() -> Iterator[type[RpaError]]:
    for module in pkgutil.walk_packages(rpa.__path__, "rpa."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    waiting = [RpaError]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        yield kind


def test_every_error_stands_in_the_table_of_exit_codes() -> None:
    """The documented codes are the real ones, and none is left out."""
    text = (ROOT / "docs/exit-codes.md").read_text("utf-8")
    table = {
        name.strip(): int(code)
        for code, names in re.findall(r"^\| (\d+) \| ([^|]*) \|", text, re.MULTILINE)
        for name in names.split(",")
    }
    for kind in errors():
        documented = [c for c in kind.__mro__ if c.__name__ in table]
        if kind is RpaError or not kind.__module__.startswith("rpa"):
            continue
        assert documented, kind
        assert table[documented[0].__name__] == kind.exit_code, kind


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_the_practice_portal_runs_by_itself_until_it_is_ended(tmp_path: Path) -> None:
    """It prints its address and log-in, and ends with the command."""
    words = [sys.executable, "-m", "rpa", "mock", "--db", str(tmp_path / "portal.sqlite3")]
    env = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=env) as process:
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(4)]
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)
    assert "/employer/login" in said[0]
    assert "password" in "".join(said)
