"""docs/textfiles.md says what is so: its table, its commands and their answers."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

from tests.command import assist_rpa

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs/textfiles.md").read_text("utf-8")


def answer(command: str, folder: Path) -> str:
    """What a command of the page prints, and its exit code unless it is 0."""
    program, *words = shlex.split(command)
    assert program == "assist-rpa"
    day = {"ASSIST_RPA_LANGUAGE": "en", "ASSIST_RPA_TODAY": "2026-11-22"}
    said = assist_rpa(*words, cwd=folder, env=os.environ | day)
    shown = [line for line in said.stdout.splitlines() if "birthplace code" not in line]
    return "\n".join([*shown, *([f"[exit {said.returncode}]"] if said.returncode else [])])


def test_every_command_of_the_page_answers_as_printed(tmp_path: Path) -> None:
    """In the page's order, on the page's own table."""
    (table,) = re.findall(r"```csv\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "payroll.csv").write_text(table, "utf-8")
    steps = [
        step
        for block in re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL)
        for step in re.findall(r"\$ (.*)\n((?:(?!\$ ).*\n)*)", block)
    ]
    assert len(steps) >= 6
    for command, printed in steps:
        assert answer(command, tmp_path) == printed.strip("\n"), command
