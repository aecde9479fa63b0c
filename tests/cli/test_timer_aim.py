"""A timer works where it was made: its own line, run with nothing else around it."""

from __future__ import annotations

import ast
import re
import shlex
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from typer.testing import CliRunner

from rpa import settings
from rpa.cli import schedule
from rpa.cli.main import app
from tests.conftest import EMPLOYER, person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parent.parent.parent
TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
PRACTICE = "http://127.0.0.1:9"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A leaver of a day to come, the live address in portal.yaml; nothing by the shell yet."""
    for name in [*settings.IN_TIMERS, *settings.POSTGRES_VARIABLES, "PGPASSWORD"]:
        monkeypatch.delenv(name, raising=False)
    config = tmp_path / "config"
    config.mkdir()
    (config / "portal.yaml").write_text("address: https://assist.perkeso.gov.my\n")
    holder = {
        "email": "clerk@example.test",
        "employers": [EMPLOYER],
        "password": {"env": "CANARY_PASSWORD"},
        "security_phrase": {"env": "CANARY_PHRASE"},
    }
    (config / "employers.yaml").write_text(yaml.safe_dump({"portal_ids": [holder]}))
    row = {
        "identification": person(1)["identification"],
        "name": person(1)["name"],
        "employment_start_date": "2020-01-10",
        "employment_resign_date": "2027-01-11",
    }
    job = {"procedure": "end_employment", "employer": EMPLOYER, "rows": [row]}
    (tmp_path / "leavers.yaml").write_text(yaml.safe_dump(job))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ASSIST_RPA_LANGUAGE", "en")
    monkeypatch.setenv("CANARY_PASSWORD", "canary-password")
    return tmp_path


def printed(kind: str, *more: str) -> Any:
    return CliRunner().invoke(app, ["schedule", "leavers.yaml", "--print", kind, *more])


def from_systemd(text: str) -> tuple[list[str], dict[str, str], str]:
    """Words, environment and folder, as systemd reads them."""

    def plain(quoted: str) -> list[str]:
        return shlex.split(quoted.replace("%%", "%"))

    lines = text.splitlines()
    (start,) = [x for x in lines if x.startswith("ExecStart=")]
    env = [plain(x.removeprefix("Environment="))[0] for x in lines if x.startswith("Environment=")]
    (folder,) = [x for x in lines if x.startswith("WorkingDirectory=")]
    words = [word.replace("$$", "$") for word in plain(start.removeprefix("ExecStart="))]
    return words, dict(one.split("=", 1) for one in env), folder.partition("=")[2]


def from_cron(text: str) -> tuple[list[str], dict[str, str], str]:
    """The shell's own line."""
    (line,) = [x for x in text.splitlines() if x.startswith("7 9 ")]
    cd, folder, then, program, *words = shlex.split(line.split(" ", 5)[5].replace("\\%", "%"))
    assert (cd, then, program) == ("cd", "&&", "env")
    settled = [word for word in words if word.startswith("ASSIST_RPA_")]
    return words[len(settled) :], dict(word.split("=", 1) for word in settled), folder


def from_windows(text: str) -> tuple[list[str], dict[str, str], str]:
    """What cmd.exe sets, then the words."""
    task = ET.fromstring(text)  # noqa: S314  our own
    line = str(task.findtext(f"{TASK}Actions/{TASK}Exec/{TASK}Arguments"))
    env = dict(re.findall(r'set "([^=]+)=([^"]*)"&& ', line))
    words = shlex.split(line.rpartition("&& ")[2].removesuffix('"'))
    folder = task.findtext(f"{TASK}Actions/{TASK}Exec/{TASK}WorkingDirectory")
    return words, env, str(folder)


TIMERS: dict[str, Callable[[str], tuple[list[str], dict[str, str], str]]] = {
    "systemd": from_systemd,
    "cron": from_cron,
    "windows": from_windows,
}


@pytest.mark.parametrize("kind", TIMERS)
def test_the_line_of_a_timer_works_where_it_was_printed(
    kind: str, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With an empty environment: portal, ledger and config are those of the desk it was made at.

    Made while practising, it would else have filed at the live address of portal.yaml.
    """
    monkeypatch.setenv("ASSIST_RPA_PORTAL_NAME", "practice % 1")
    monkeypatch.setenv("ASSIST_RPA_LEDGER", "shared/other.sqlite3")
    monkeypatch.setenv("ASSIST_RPA_HOME", "home")
    (office / "shared").mkdir()
    text = printed(kind, "--portal", PRACTICE)
    assert text.exit_code == 0, text.stderr
    words, env, folder = TIMERS[kind](text.stdout)
    # In this process, with nothing of the desk's shell and from the folder that the timer names.
    for name in settings.IN_TIMERS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(folder)
    said = CliRunner().invoke(app, words[words.index("due") :], env=env)
    assert said.exit_code == 0, said.stderr
    assert "Nothing is due today." in said.stdout
    aim, ledger, config, *_ = said.stderr.splitlines()
    assert aim == f"PRACTICE · {PRACTICE} · every employer of the jobs · FILING"
    assert ledger == f"ledger: {office / 'shared' / 'other.sqlite3'}"
    assert config == f"config: {office / 'config'}"
    carried = f"{words}{env}"
    assert "practice % 1" in carried
    assert "canary" not in text.stdout
    assert "CANARY_PASSWORD" in text.stdout
    assert "CANARY_PHRASE" in text.stdout


def test_a_watch_has_a_timer_of_its_own(office: Path) -> None:
    """The same form, aimed as this command is; before `due` starts, and beside its files."""
    assert office
    asked = ["watch", EMPLOYER, "--part", "inbox", "--portal", PRACTICE, "--print"]
    text = CliRunner().invoke(app, [*asked, "systemd"])
    assert text.exit_code == 0, text.stderr
    words, env, _ = from_systemd(text.stdout)
    assert words[words.index("watch") :] == ["watch", EMPLOYER, "--part", "inbox"]
    assert env["ASSIST_RPA_PORTAL"] == PRACTICE
    assert "assist-rpa-watch.timer" in text.stdout
    assert "assist-rpa-due" not in text.stdout
    assert "08:23:00 Asia/Kuala_Lumpur" in text.stdout
    assert "CANARY_PASSWORD" in text.stdout
    asked[3] = "cellar"  # said now, and not by each start
    assert CliRunner().invoke(app, [*asked, "cron"]).exit_code == 65


@pytest.mark.parametrize("kind", TIMERS)
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ASSIST_RPA_TODAY", "2026-11-20"),
        ("ASSIST_RPA_PORTAL_NAME", "two\nlines"),
    ],
)
def test_no_timer_while_something_decides_that_it_cannot_carry(
    kind: str, name: str, value: str, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Refused with the variable's name, and nothing on stdout."""
    assert office
    monkeypatch.setenv(name, value)
    said = printed(kind)
    assert said.exit_code == 78
    assert name in said.stderr
    assert not said.stdout


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+psycopg://rpa:canary-secret@db.example/rpa",
        "postgresql+psycopg://db.example/rpa?user=rpa&password=canary-secret",
        "postgresql+psycopg://db.example/rpa?sslpassword=canary-secret",
    ],
)
def test_a_password_in_the_ledgers_address_is_never_printed(
    url: str, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Refused, and it says where to put it. The same address without it is carried."""
    from rpa.cli import schedule  # noqa: PLC0415  without opening that ledger
    from rpa.errors import ConfigInvalid  # noqa: PLC0415

    assert office
    monkeypatch.setenv("ASSIST_RPA_LEDGER", url)
    with pytest.raises(ConfigInvalid, match="pgpass") as refused:
        schedule._carried(settings.load(), None)
    assert "canary" not in f"{refused.value.words}"
    monkeypatch.setenv("ASSIST_RPA_LEDGER", "postgresql+psycopg://rpa@db.example/rpa")
    monkeypatch.setenv("PGSERVICE", "office")
    monkeypatch.setenv("PGPASSWORD", "canary-secret")
    known = settings.load()
    carried = schedule._carried(known, None)
    assert carried["ASSIST_RPA_LEDGER"] == "postgresql+psycopg://rpa@db.example/rpa"
    assert carried["PGSERVICE"] == "office"
    assert "PGPASSWORD" not in carried
    assert "PGPASSWORD" in set(schedule._secrets(known))


def names_in_code() -> Iterator[str]:
    for path in (ROOT / "rpa").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield from re.findall(r"ASSIST_RPA_[A-Z_]*[A-Z]", node.value)


def test_no_variable_is_forgotten_by_the_timers() -> None:
    """Whoever reads a new one says in `settings.IN_TIMERS` what a timer does with it."""
    assert set(names_in_code()) == set(settings.IN_TIMERS)
    readme = (ROOT / "README.md").read_text("utf-8")
    told = set(re.findall(r"ASSIST_RPA_[A-Z_]*[A-Z]", readme))
    assert told == set(settings.IN_TIMERS) - {"ASSIST_RPA_TODAY"}


def test_the_task_of_windows_is_read_alike_in_any_encoding_and_by_cmd() -> None:
    """A folder with signs of cmd's and letters of no code page; a laptop without its cable."""
    folder = Path(r"C:\Pejabat & Co\Zulhûr ^ 名")
    program = rf"{folder}\.venv\Scripts\assist-rpa.exe"
    given = (program, "due", rf"{folder}\a.yaml")
    made = schedule.Command("due", given, folder, {"HOME": f"{folder}"})
    text = schedule._windows(made, ["09:07"])
    assert text.isascii()
    words, env, where = from_windows(text)
    assert env == {"HOME": str(folder)}
    assert where == str(folder)
    line = str(ET.fromstring(text).findtext(f".//{TASK}Arguments"))  # noqa: S314  our own
    assert re.findall(r'"([^"&]*[^"]*)"', line.rpartition("&& ")[2].removesuffix('"')) == [
        program, "due", rf"{folder}\a.yaml",
    ]  # fmt: skip
    assert len(words) == 3
    settings_of = ET.fromstring(text).find(f"{TASK}Settings")  # noqa: S314  our own
    assert settings_of is not None
    assert {one.text for one in settings_of if "Batter" in one.tag} == {"false"}
