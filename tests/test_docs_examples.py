"""Every example of every document is one: its commands are commands, its files are read.

Commands that open no portal are run. What the other tests of documents run is not run here again.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import textwrap
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest
import yaml

from rpa import jobs, settings
from rpa.engine.approval import new_key, public_text
from rpa.pages.agreement import check_profile
from tests.command import assist_rpa
from tests.jobs.build import INLINE
from tools import commands

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
TODAY = "2026-11-20"
FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
SPOKEN = re.compile(r"`(assist-rpa [^`]+)`")
ROOT_COMMAND = commands.root()
OF_A_SHELL = re.compile(r" [>|] .*")  # what becomes of the output


class Block(NamedTuple):
    page: str
    kind: str
    text: str


def blocks(*kinds: str) -> list[Block]:
    return [
        Block(str(page.relative_to(ROOT)), kind, textwrap.dedent(text))
        for page in PAGES
        for _, kind, text in FENCE.findall(page.read_text("utf-8"))
        if not kinds or kind in kinds
    ]


def given() -> list[str]:
    """Every line that a reader may copy, once."""
    lines = [line for block in blocks("", "sh", "console") for line in block.text.splitlines()]
    found = [OF_A_SHELL.sub("", re.sub(r"^\$ ", "", line.strip())) for line in lines]
    return sorted({line for line in found if re.match(r"assist-rpa +[a-z\-]", line)})


def spoken() -> list[str]:
    """Every command that a sentence names."""
    pages = [FENCE.sub("", page.read_text("utf-8")) for page in PAGES]
    found = {" ".join(one.split()) for page in pages for one in SPOKEN.findall(page)}
    return sorted(OF_A_SHELL.sub("", one) for one in found if "COMMAND" not in one)


def understood(words: list[str], *, whole: bool) -> None:
    """As the real parser reads it: each command, option and value, and nothing beyond.

    Raises UsageError. What is only spoken of need not be ``whole``: its options are known, no more.
    """
    command, context = ROOT_COMMAND
    while words and words[0] in getattr(command, "commands", {}):
        name = words.pop(0)
        command = command.commands[name]
        context = command.context_class(command, info_name=name, parent=context)
    if hasattr(command, "commands"):
        options = {"--help", *(opt for one in command.params for opt in one.opts)}
        assert not words or words[0] in options, f"No such command: {words}"
        return
    if "…" in words[-1:] and not words[-2].startswith("--"):
        words, whole = words[:-1], False  # and so on
    if whole and "--help" not in words:
        command.parse_args(context, words)
    else:
        command.make_parser(context).parse_args(words)


@pytest.mark.parametrize("line", given())
def test_what_can_be_copied_is_a_command(line: str) -> None:
    """The options of a document are options, its words have a place."""
    understood(shlex.split(line, comments=True)[1:], whole=True)


@pytest.mark.parametrize("line", spoken())
def test_what_is_spoken_of_is_a_command(line: str) -> None:
    understood(shlex.split(line, comments=True)[1:], whole=False)


@pytest.mark.parametrize(
    "line", ["run joiners.yaml --sumbit", "settel 1f", "textfile bild a.xlsx", "run", "check a b"]
)
def test_a_command_that_is_none_is_found(line: str) -> None:
    """Negative control."""
    with pytest.raises((AssertionError, Exception), match=r"sumbit|settel|bild|job|extra"):
        understood(shlex.split(line), whole=True)


# --- the files ------------------------------------------------------------------------------------


def at_a_desk(folder: Path, block: Block) -> Path:
    """A folder with the tables and papers that the documents speak of; the block's own file."""
    for name in ("joiners.xlsx", "form2.pdf"):
        shutil.copy(ROOT / "fixtures/add_employees" / name, folder)
    leavers = openpyxl.Workbook()
    assert leavers.active is not None
    leavers.active.append(["Nama", "No. KPPN", "Tarikh Berhenti Kerja"])
    leavers.active.append(["CONTOH BIN REKAAN", "900101-00-5555", "2026-12-01"])
    leavers.save(folder / "leavers.xlsx")
    for other in blocks("csv"):
        if other.page == block.page:
            table = re.search(r"[\w-]+\.csv", block.text)
            (folder / (table.group() if table else "payroll.csv")).write_text(other.text, "utf-8")
            for paper in re.findall(r"[\w-]+\.pdf", other.text):
                whole = (folder / "form2.pdf").read_bytes()
                (folder / paper).write_bytes(whole + f"% {paper}\n".encode())  # no two are alike
    named = re.match(r"# (\S+\.yaml)$", block.text.partition("\n")[0])
    path = folder / (named.group(1) if named else "job.yaml")
    path.parent.mkdir(exist_ok=True)
    path.write_text(block.text, "utf-8")
    return path


def job(path: Path, told: dict[str, Any]) -> None:
    day = date.fromisoformat(TODAY)
    assert jobs.is_review(path) == (told["procedure"] == "review_contributions")
    reads = jobs.check_review if jobs.is_review(path) else jobs.check
    assert reads(path, today=day).plan is not None, reads(path, today=day)


def part_of_a_job(path: Path, _: dict[str, Any]) -> None:
    path.write_text(INLINE + path.read_text("utf-8"), "utf-8")
    job(path, {"procedure": ""})


def setting(name: str, read: str) -> Any:
    def check(path: Path, _: dict[str, Any]) -> None:
        text = re.sub(r"PASTE\S*HERE", public_text(new_key()), path.read_text("utf-8"))
        (path.parent / name).write_text(text, "utf-8")
        known = settings.load(config=path.parent)
        check_profile(known)
        assert getattr(known, read)()

    return check


def notified(path: Path, told: dict[str, Any]) -> None:
    (path.parent / "notify.yaml").write_text(path.read_text("utf-8"), "utf-8")
    assert list(settings.notify(path.parent).on_end) == told["on_end"]


# By a key that only such a file has, what reads it.
READERS = {
    "procedure": job,
    "limits": part_of_a_job,
    "approvers": setting("approvers.yaml", "approvers"),
    "portal_ids": setting("employers.yaml", "employers"),
    "screens": setting("profile.yaml", "today"),
    "holidays": setting("calendar.yaml", "calendar"),
    "on_end": notified,
}


@pytest.mark.parametrize("block", blocks("yaml"), ids=lambda block: block.page)
def test_every_file_of_a_document_is_read(tmp_path: Path, block: Block) -> None:
    """By the reader that reads it at work. One of a new kind needs its reader here."""
    told = yaml.safe_load(block.text)
    (reader,) = [reader for key, reader in READERS.items() if key in told]
    reader(at_a_desk(tmp_path, block), told)


# --- what opens no portal is run ------------------------------------------------------------------

OFFLINE = {"check", "status", "schema", "profile", "browser"}
WAYS = ["README.md", *(f"docs/{way}.md" for way in ("start/clerk", "start/administrator"))]
WAYS += [f"docs/ms/{way}.md" for way in ("kerani", "pentadbir")]


@pytest.mark.parametrize("page", WAYS)
def test_the_commands_of_a_way_that_open_no_portal_do_what_is_said(
    tmp_path: Path, page: str
) -> None:
    """With the way's own files, in its order."""
    mine = [block for block in blocks() if block.page == page]
    for block in mine:
        if block.kind == "yaml":
            at_a_desk(tmp_path, block)
    lines = [line for block in mine for line in block.text.splitlines()]
    words = [shlex.split(x, comments=True)[1:] for x in lines if x.startswith("assist-rpa ")]
    env = {
        **os.environ,
        "ASSIST_RPA_HOME": str(tmp_path / "home"),
        "ASSIST_RPA_PORTAL": "http://127.0.0.1:9",
        "ASSIST_RPA_TODAY": TODAY,
    }
    run = [one for one in words if one[0] in OFFLINE]
    assert run
    for one in run:
        said = assist_rpa(*one, cwd=tmp_path, env=env)
        assert said.returncode == 0, (one, said.stdout + said.stderr)


def test_the_page_of_commands_is_what_help_says() -> None:
    """docs/commands.md is made from the commands; `make pages` renews it."""
    assert (ROOT / "docs/commands.md").read_text("utf-8") == commands.document()
