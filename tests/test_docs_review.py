"""docs/review.md says what is so: its job is reviewed, and the answer is the one printed there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from rpa.evidence.review_book import STATES
from tests.run.test_review import WAGES, A, B, books, filed, pay

if TYPE_CHECKING:
    from tests.conftest import Desk, PracticePortal

PAGE = (Path(__file__).parent.parent / "docs/review.md").read_text("utf-8")


def test_every_command_of_the_page_answers_as_printed(desk: Desk, portal: PracticePortal) -> None:
    """September is paid, October was filed for one worker only and is not paid."""
    for kind, name in (("yaml", "review.yaml"), ("csv", "payroll.csv")):
        (text,) = re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)
        (desk.folder / name).write_text(text, "utf-8")
    books(portal, A, B)
    first = filed(portal, "09/2026", lines={A: WAGES, B: WAGES})
    pay(portal, first["acr"], first["ecr"], date="12/10/2026")
    filed(portal, "10/2026", lines={A: WAGES})
    answers = []
    steps = re.findall(r"```console\n\$ (.*)\n((?:.*\n)*?)```", PAGE)
    for command, _ in steps:
        done = desk.assist(*shlex.split(command)[1:])
        said = re.sub(r"/\S+/runs/\S+?/", "…/", done.stdout)
        kept = [line.rstrip() for line in said.splitlines() if "birthplace code" not in line]
        answers.append(
            "\n".join([*kept, *([f"[exit {done.returncode}]"] if done.returncode else [])])
        )
    assert answers == [printed.strip("\n") for _, printed in steps]


def test_every_state_is_explained(  # the page's table, in the order of their gravity
) -> None:
    """As it is written in the workbook."""
    rows = re.findall(r"^\| (\S.* / \S.*?) \| .* \|$", PAGE.partition("## States")[2], re.MULTILINE)
    assert rows == [f"{words.bm} / {words.en}" for words in STATES.values()]
