"""Where a command aims is its first line; a live portal is asked about before any browser."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest
import yaml
from typer.testing import CliRunner

from rpa import jobs, settings
from rpa.cli import aim, console
from rpa.cli.main import app
from rpa.errors import Stopped
from rpa.ledger.ledger import Ledger
from rpa.settings import PortalSettings
from tests.conftest import EMPLOYER, person

TODAY = date(2026, 11, 20)
LIVE = "https://assist.perkeso.gov.my"


@pytest.mark.parametrize(
    ("address", "live"),
    [
        (LIVE, True),
        ("https://practice.example", True),
        ("https://localhost.example", True),
        ("https://127.0.0.1.example", True),
        ("https://10.0.0.1", True),
        ("https://localhost", False),
        ("http://127.0.0.1:8080", False),
        ("https://127.9.9.9", False),
        ("http://[::1]:8080", False),
    ],
)
def test_live_is_whatever_is_not_on_this_machine(address: str, live: bool) -> None:  # noqa: FBT001
    """A name that looks like one of here is not one."""
    assert PortalSettings(address=address).live is live


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A job, a live address, and secrets that cannot be had: no browser can ever open."""
    for name in settings.IN_TIMERS:
        monkeypatch.delenv(name, raising=False)
    config = tmp_path / "config"
    config.mkdir()
    (config / "portal.yaml").write_text(f"address: {LIVE}\n")
    holder = {
        "email": "clerk@example.test",
        "employers": [EMPLOYER],
        "password": {"env": "NOT_THERE"},
        "security_phrase": {"env": "NOT_THERE"},
    }
    known = {"portal_ids": [holder], "names": {EMPLOYER: "CONTOH SDN BHD"}}
    (config / "employers.yaml").write_text(yaml.safe_dump(known))
    job = {"procedure": "add_employees", "employer": EMPLOYER, "rows": [person(1)]}
    (tmp_path / "joiners.yaml").write_text(yaml.safe_dump(job))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ASSIST_RPA_LANGUAGE", "en")
    monkeypatch.setenv("ASSIST_RPA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ASSIST_RPA_TODAY", "2026-11-20")
    return tmp_path


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("run", "joiners.yaml"), "rehearsal: nothing will be sent"),
        (("run", "joiners.yaml", "--submit"), "FILING"),
    ],
)
@pytest.mark.parametrize(("portal", "kind"), [(LIVE, "LIVE"), ("http://127.0.0.1:9", "PRACTICE")])
def test_the_first_line_says_where_for_whom_and_what(
    office: Path, words: tuple[str, ...], what: str, portal: str, kind: str
) -> None:
    """Also in report and workbook; without a terminal nobody is asked."""
    said = CliRunner().invoke(app, [*words, "--portal", portal])
    assert said.exit_code == 78  # the secret, after all that is told here
    whose = f"{EMPLOYER} CONTOH SDN BHD"
    assert said.stderr.splitlines()[0] == f"{kind} · {portal} · {whose} · {what}"
    (folder,) = (office / "home" / "runs").iterdir()
    report = (folder / "report.html").read_text("utf-8")
    assert re.search(f">{kind}</span>\\s*</b> · {re.escape(portal)}<", report)
    assert whose in report
    (book,) = folder.glob("*.xlsx")
    row = [cell.value for cell in openpyxl.load_workbook(book).worksheets[0][2]]
    assert str(row[-1]).endswith(f"{kind} {portal}")


@pytest.mark.parametrize("words", [("due", "joiners.yaml"), ("follow",)])
def test_every_other_command_says_it_too(office: Path, words: tuple[str, ...]) -> None:
    """Before anything else."""
    assert office
    said = CliRunner().invoke(app, [*words])
    assert said.stderr.startswith(f"LIVE · {LIVE} · ")


def at_a_terminal(office: Path, answer: str, *more: str) -> tuple[int, str]:
    """`run --submit` of a person who answers so."""
    pty = pytest.importorskip("pty")  # a terminal of POSIX
    mine, theirs = pty.openpty()
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent.parent), "COLUMNS": "200"}
    process = subprocess.Popen(
        [sys.executable, "-m", "rpa", "run", "joiners.yaml", "--submit", *more],
        cwd=office,
        env=env,
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=theirs,
    )
    os.close(theirs)
    os.write(mine, answer.encode())
    out, _ = process.communicate(timeout=100)
    said = os.read(mine, 65536).decode()
    os.close(mine)
    return process.returncode, said + out.decode()


@pytest.mark.parametrize("answer", ["", "\n", "n\n", "tidak\n", "yess\n"])
def test_any_answer_but_yes_is_no(
    office: Path, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    """The default is no, and so is the end of the input."""
    known, plan = settings.load(), jobs.check(office / "joiners.yaml", today=TODAY).plan
    assert plan is not None
    terminal = SimpleNamespace(isatty=lambda: True, readline=lambda: answer)
    for asked in (aim, console):
        monkeypatch.setattr(asked, "sys", SimpleNamespace(stdin=terminal, stderr=terminal))
    with pytest.raises(Stopped):
        aim.ask(known, plan)
    terminal.readline = lambda: "ya\n"
    aim.ask(known, plan)


def test_a_person_at_a_terminal_is_asked_once_before_any_browser(office: Path) -> None:
    """Answered with no: exit 130, the run is listed, nothing was opened. --yes asks nobody."""
    code, said = at_a_terminal(office, "n\n")
    assert code == 130, said
    assert f"File 1 row for {EMPLOYER} CONTOH SDN BHD at {LIVE}? [y/N]" in said
    assert "Nobody agreed to file" in said
    with Ledger.open(office / "home" / "ledger.sqlite3") as ledger:
        assert [run.exit for run in ledger.summary().runs] == [130]
    code, said = at_a_terminal(office, "", "--yes")
    assert code == 78, said  # the secret
    assert "[y/N]" not in said


def test_nobody_comes_to_the_live_portal_because_a_file_was_missing(office: Path) -> None:
    """The default address is no aim: it must have been written down once. `check` needs none."""
    (office / "config" / "portal.yaml").unlink()
    for words in (("run", "joiners.yaml"), ("due", "joiners.yaml"), ("follow",)):
        said = CliRunner().invoke(app, [*words])
        assert said.exit_code == 78, words
        assert "address: https://assist.perkeso.gov.my" in said.stderr
    assert CliRunner().invoke(app, ["check", "joiners.yaml"]).exit_code == 0
    assert CliRunner().invoke(app, ["status"]).exit_code == 0
