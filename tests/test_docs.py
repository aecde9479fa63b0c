"""What the documents say is what is so."""

from __future__ import annotations

import importlib
import os
import re
import shlex
import textwrap
from operator import attrgetter
from pathlib import Path

import openpyxl
import pytest
import yaml

from rpa import settings
from rpa.engine.approval import new_key, public_text
from rpa.pages.agreement import check_profile
from rpa.portal.profile import shipped
from tests.command import assist_rpa
from tools.portal_model import document

ROOT = Path(__file__).parent.parent


def test_the_portal_model_is_the_code() -> None:
    """docs/portal-model.md is made from the pages; `python -m tools.portal_model` renews it."""
    assert (ROOT / "docs/portal-model.md").read_text("utf-8") == document()


def test_every_seen_control_names_its_source() -> None:
    """What is not assumed was seen somewhere, and the table says where."""
    rows = re.findall(r"^\| `.*$", document(), re.MULTILINE)
    assert [row for row in rows if "| seen |  |" in row] == []


def test_the_readme_tells_openly_how_much_is_confirmed() -> None:
    """The figure is the one of `assist-rpa profile status`."""
    said = (ROOT / "README.md").read_text("utf-8")
    assert f"confirmed on the live portal: **0 of {len(shipped().declared)}**" in said


DOORS = re.findall(r"`(rpa\.[\w.]+):([\w.]+)`", (ROOT / "docs/design.md").read_text("utf-8"))


@pytest.mark.parametrize(("module", "name"), DOORS, ids=lambda part: part)
def test_every_door_of_the_ways_is_one_that_somebody_goes_through(module: str, name: str) -> None:
    """It is in that module, and the code calls it."""
    assert callable(attrgetter(name)(importlib.import_module(module)))
    *_, called = name.split(".")
    sources = "\n".join(path.read_text("utf-8") for path in (ROOT / "rpa").rglob("*.py"))
    calls = r"with steps\(" if called == "__call__" else rf"(?<!def )\b{called}[(),]"
    assert re.search(calls, sources)


PAGES = sorted(path.relative_to(ROOT) for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link of a document is a file."""
    place = ROOT / page
    for link in re.findall(r"\]\((?!https?:)([^)#]+)[)#]", place.read_text("utf-8")):
        assert (place.parent / link).exists(), link


def test_nothing_unpinned_runs_before_a_commit() -> None:
    """Every hook is local and runs what requirements.lock has put there."""
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    assert {repo["repo"] for repo in hooks["repos"]} == {"local"}
    assert {hook["language"] for repo in hooks["repos"] for hook in repo["hooks"]} == {"system"}


def test_the_hosted_workflow_is_told_to_be_unproven_and_knows_no_portal() -> None:
    """It installs by hashes, on three systems and four versions; nobody has seen it run."""
    path = ROOT / ".github/workflows/ci.yml"
    assert "HAS NOT RUN YET" in path.read_text("utf-8").partition("name: ci")[0]
    assert "has not run yet" in (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert "perkeso.gov.my" not in path.read_text("utf-8")
    ci = yaml.safe_load(path.read_text("utf-8"))
    for job in ci["jobs"].values():
        installed = [step["run"] for step in job["steps"] if "pip install" in step.get("run", "")]
        assert all("--require-hashes" in run or "--no-deps" in run for run in installed)
        assert len(installed) == 2


@pytest.mark.parametrize("form", ["1-portal", "2-bug"])
def test_a_form_asks_for_nobodys_data(form: str) -> None:
    """It says so first, in both languages, and has it ticked."""
    path = ROOT / f".github/ISSUE_TEMPLATE/{form}.yml"
    first, *_, last = yaml.safe_load(path.read_text("utf-8"))["body"]
    assert "Jangan tulis nama" in first["attributes"]["value"].replace("**", "")
    assert "no names" in first["attributes"]["value"]
    assert [o["required"] for o in last["attributes"]["options"]] == [True]


# Where the commented examples of a file of config/ go; the file alone has them nowhere.
COMMENTED = {"profile.yaml": "", "calendar.yaml": "holidays:\n"}


def test_every_file_of_config_is_read_as_it_is_and_with_its_examples(tmp_path: Path) -> None:
    """What is shipped can be used: copied, filled in, its comments uncommented."""
    found = 0
    for file in (ROOT / "config").iterdir():
        text = file.read_text("utf-8")
        target = tmp_path / file.name.replace(".example", "")
        target.write_text(text, "utf-8")
        examples = re.findall(r"^#   (.*\S)$", text, re.MULTILINE)
        found += len(examples)
        if examples:
            told = COMMENTED[file.name]
            text = text.replace("holidays: {}\n", "")
            text += told + "".join(f"{'  ' if told else ''}{line}\n" for line in examples)
            target.write_text(text, "utf-8")
        for loaded in (settings.load(config=ROOT / "config"), settings.load(config=tmp_path)):
            check_profile(loaded)
            loaded.calendar()
    approvers = tmp_path / "approvers.yaml"
    pasted = re.sub(r"PASTE.*HERE", lambda _: public_text(new_key()), approvers.read_text("utf-8"))
    approvers.write_text(pasted, "utf-8")
    known = settings.load(config=tmp_path)
    assert known.employers()
    assert known.approvers()
    assert len(known.calendar().holidays) == 2
    assert [m.name for m in known.profile.mendings] == ["save", "race"]
    assert found == 8


@pytest.mark.parametrize("page", ["docs/ms/kerani.md", "docs/ms/pentadbir.md", "docs/ms/index.md"])
def test_a_clerks_first_lines_stand_in_malay(page: str) -> None:
    """From a fresh copy to the first command without a page in another language."""
    text = (ROOT / page).read_text("utf-8")
    for line in ("venv .venv", ".venv/bin/activate", 'pip install ".[', "mock", "=bm"):
        assert line in text, line


def test_nobody_is_told_to_fetch_the_project_from_an_index() -> None:
    """It is on none: it is installed in its own folder, wherever a sentence says so."""
    files = [*ROOT.glob("rpa/**/*.py"), *ROOT.glob("docs/**/*.md"), ROOT / "README.md"]
    wrong = [f for f in files if re.search(r"pip install \W*assist-rpa", f.read_text("utf-8"))]
    assert not wrong


def test_the_profile_of_the_guide_is_valid(tmp_path: Path) -> None:
    """The example of docs/guide.md mends what it says."""
    text = (ROOT / "docs/guide.md").read_text("utf-8")
    (told,) = re.findall(r"```yaml\n(extends.*?)```", text, re.DOTALL)
    (tmp_path / "profile.yaml").write_text(told, "utf-8")
    known = settings.load(config=tmp_path)
    check_profile(known)
    assert known.profile.found["EmployeePopup.save"].entry.bm == ("Simpan Pekerja",)


def test_every_example_of_the_monthly_contribution_is_valid(tmp_path: Path) -> None:
    """The job and the payroll table of docs/contributions.md as they stand there."""
    text = (ROOT / "docs/contributions.md").read_text("utf-8")
    (job,) = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    (table,) = re.findall(r"```csv\n(.*?)```", text, re.DOTALL)
    (tmp_path / "october.yaml").write_text(job, "utf-8")
    (tmp_path / "payroll.csv").write_text(table, "utf-8")
    env = {**os.environ, "ASSIST_RPA_TODAY": "2026-11-10", "ASSIST_RPA_LANGUAGE": "en"}
    said = assist_rpa("check", tmp_path / "october.yaml", cwd=ROOT, env=env)
    assert said.returncode == 0, said.stdout + said.stderr


def test_every_example_of_filing_by_date_works(tmp_path: Path) -> None:
    """The job and the calendar of docs/scheduled.md as they stand there, then each command."""
    text = (ROOT / "docs/scheduled.md").read_text("utf-8")
    for block in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL):
        told = textwrap.dedent(block)
        path = tmp_path / told.splitlines()[0].removeprefix("# ")
        path.parent.mkdir(exist_ok=True)
        path.write_text(told, "utf-8")
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["Nama", "No. KPPN", "Tarikh Berhenti Kerja"])
    book.active.append(["CONTOH BIN REKAAN", "900101-00-5555", "2026-12-01"])
    book.save(tmp_path / "leavers.xlsx")
    commands = [
        shlex.split(line) for line in re.findall(r"^ *(assist-rpa .*)$", text, re.MULTILINE)
    ]
    assert {words[1] for words in commands} == {"due", "schedule"}
    env = {
        **os.environ,
        "ASSIST_RPA_HOME": str(tmp_path / "home"),
        "ASSIST_RPA_PORTAL": "http://127.0.0.1:9",
    }
    for _, *words in commands:
        # No timer is printed while a drill's day is set.
        day = {} if "--print" in words else {"ASSIST_RPA_TODAY": "2026-11-20"}
        said = assist_rpa(*words, cwd=tmp_path, env={**day, **env, "ASSIST_RPA_LANGUAGE": "en"})
        assert said.returncode == 0, (words, said.stdout + said.stderr)
