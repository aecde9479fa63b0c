"""Malay is whole: no English sentence on a screen of an operator who reads Malay."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from functools import cache
from typing import TYPE_CHECKING

import pytest

from tests.command import assist_rpa
from tests.test_house import ROOT, dotted, modules

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Words without which there is hardly an English sentence, and none of which is Malay.
ENGLISH = re.compile(
    r"\b(the|is|are|was|were|of|and|not|this|that|with|for|has|have|will|been|it|its|by|from|"
    r"nothing|nobody|which|what|when|where|there|you|your|"
    r"rows?|filed|filings?|refused|workers?|months?|missing|usage|error|warning)\b",
    re.IGNORECASE,
)
# What is no sentence: quotations, commands, options, paths, addresses, keys with a colon.
NO_SENTENCE = re.compile(
    r"'[^']*'|\"[^\"]*\"|`[^`]*`|assist-rpa( [a-z-]+)+|--?[\w-]+|\S*[/\\_=@!<>|]\S*|\S+\.\w{2,5}\b|"
    r"\b[a-z_]+:|\bIT\b|Letter of Authorization|Pending for Review|"
    r"Table Design > Convert to Range|Review > Unprotect Sheet"
)


PRINT = ("out.print", "err.print")


def english(text: str) -> list[str]:
    """The English words of a text, without what is quoted in it."""
    return ENGLISH.findall(NO_SENTENCE.sub(" ", text))


def said(node: ast.expr) -> str:
    """The text of a literal; what is put into it as a blank."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    return "".join(
        part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else " · "
        for part in parts
    )


@cache
def sentences() -> tuple[tuple[str, str], ...]:
    """Each Malay sentence that stands in the code as ``Words(bm, en)``, and where."""
    return tuple(
        (f"{dotted(path)}:{node.lineno}", said(node.args[0]))
        for path, tree in modules("rpa")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Words"
        and node.args
    )


def printed() -> Iterator[tuple[str, str]]:
    """Each literal that a command prints in whatever language."""
    for path, tree in modules("rpa/cli"):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(PRINT):
                for one in node.args:
                    if isinstance(one, ast.Constant | ast.JoinedStr):
                        yield f"{dotted(path)}:{node.lineno}", said(one)


def test_no_malay_sentence_of_the_code_is_english() -> None:
    """Nor does a command print English in every language."""
    wrong = [
        (where, found) for where, text in [*sentences(), *printed()] if (found := english(text))
    ]
    assert not wrong


def test_the_words_of_the_glossary_are_used() -> None:
    """A run is *pelaksanaan*, what is due *perlu dibayar*."""
    other = re.compile(r"\b(larian|kena dibayar)\b", re.IGNORECASE)
    pages = [(str(page), page.read_text("utf-8")) for page in (ROOT / "docs/ms").glob("*.md")]
    assert [where for where, text in [*sentences(), *pages] if other.search(text)] == []


# Everything that `--help` shows, and each way to type a command wrong, in one process.
SCREENS = """
import sys, typer
from rpa.cli import helping
from rpa.cli.main import app

def every(command, words=()):
    yield words
    for name, inner in getattr(command, "commands", {}).items():
        yield from every(inner, (*words, name))

command = typer.main.get_command(app)
helping.dress(command)
sys.stderr = sys.stdout
wrong = [
    ["foo"], ["runn"], ["run"], ["run", "a", "--sumbit"], ["run", "--zzz"], ["settle", "a"],
    ["mock", "--port", "x"], ["due", "--missed", "x"], ["holidays", "Johor", "1900"],
    ["holidays", "Johor", "2900"], ["check", "a", "b"], ["approve", "--key"],
]
for words in [*([*w, "--help"] for w in every(command)), *wrong]:
    sys.argv = ["assist-rpa", *words]
    print("@@", *words)
    helping.ended(command)
"""


def malay(folder: Path, **env: str) -> dict[str, str]:
    """A clerk's environment, with nothing of any other."""
    left = {k: v for k, v in os.environ.items() if not k.startswith("ASSIST_RPA_")}
    own = {"ASSIST_RPA_HOME": str(folder / "home"), "ASSIST_RPA_LANGUAGE": "bm"}
    return {**left, **own, "COLUMNS": "200", "ASSIST_RPA_TODAY": "2026-11-20", **env}


def test_help_and_slips_are_malay(tmp_path: Path) -> None:
    """Of every command, and of every way to type one wrong; nothing is left as Typer has it."""
    done = subprocess.run(
        [sys.executable, "-c", SCREENS], env=malay(tmp_path), capture_output=True, text=True,
        check=True, cwd=ROOT,
    )  # fmt: skip
    screens = done.stdout.split("@@")[1:]
    assert len(screens) > 60
    assert [(screen, found) for screen in screens if (found := english(screen))] == []
    assert "Adakah maksud anda 'run'?" in done.stdout
    assert not re.search(r"<(path|str|int|bool)>|Usage|Invalid", done.stdout)


# Commands that need no portal, as a clerk gives them.
COMMANDS = [
    "check fixtures/add_employees/job.yaml", "check fixtures/submit_contributions/job.yaml",
    "check fixtures/review_contributions/review.yaml", "check README.md", "status", "report",
    "run fixtures/add_employees/job.yaml", "columns", "purge",
    "settle 1f3c9a20 --not-filed --reason x",
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_what_a_command_says_is_malay(tmp_path: Path, command: str) -> None:
    """Plan, problems, tables, the next move; whatever it ends with."""
    env = malay(tmp_path, ASSIST_RPA_PORTAL="http://127.0.0.1:9")
    said = assist_rpa(*command.split(), cwd=ROOT, env=env)
    assert said.stdout + said.stderr
    assert [
        (found, line)
        for line in (said.stdout + said.stderr).splitlines()
        if (found := english(line))
    ] == []


def test_an_english_sentence_is_found() -> None:
    """Negative control."""
    assert english("Usage: assist-rpa run [PILIHAN]")
    assert english("The employment of 3 workers will END.")
    assert not english("Fail kerja 'the job' tidak sah: assist-rpa run --with all.of.it")
