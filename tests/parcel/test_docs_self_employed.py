"""docs/self-employed.md says what is so."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from rpa.jobs import check
from rpa.rules import sps
from rpa.rules.money import shown
from rpa.rules.sps import Scheme

PAGE = (Path(__file__).parents[2] / "docs/self-employed.md").read_text("utf-8")
TODAY = date(2026, 11, 21)


def test_the_example_is_a_list_without_a_fault(tmp_path: Path) -> None:
    """Its job, its table, and papers where its cells say."""
    for kind, name in (("yaml", "list.yaml"), ("csv", "people.csv")):
        (text,) = re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)
        (tmp_path / name).write_text(text, "utf-8")
    for paper in re.findall(r"[a-z]+-[0-9]\.pdf", (tmp_path / "people.csv").read_text("utf-8")):
        (tmp_path / paper).write_bytes(b"%PDF-1.4\n" + paper.encode())
    found = check(tmp_path / "list.yaml", today=TODAY)
    assert found.plan is not None
    assert {p.code for p in found.problems} == {"nric-birthplace"}


def test_its_amounts_are_the_rules() -> None:
    """RM46.60, RM186.20, RM232.80, RM592.80; and both addresses."""
    terms = sps.terms(TODAY)
    amounts = [*terms.shares(Scheme.MATCHING, 2), terms.plans[2].year, terms.plans[4].year]
    assert all(f"RM{shown(sen)}" in PAGE for sen in amounts)
    assert sps.DIVISION in PAGE
