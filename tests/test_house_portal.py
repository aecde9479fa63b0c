"""No word, css, id, column or format of the portal stands in code: the profile has them.

What is found here is a literal that a portal in another dress would make wrong. Each exclusion is a
kind of text that never meets the portal, or a danger that no data may reach; each says which.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import pytest

from rpa.portal.profile import LOOKS, ROOMS, shipped
from tests.test_house import AT_WORK, ROOT, dotted, modules

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROOMS_WITHOUT = tuple(f"rpa/{room}" for room in ("pages", "flows", "rules", *AT_WORK))
# Calls whose texts people read, or the operator's own table, and that no screen is searched for.
SAID = {
    "Words": "a sentence to people",
    "Field": "the JSON Schema's description",
    "Column": "headings and words of the operator's own table and job",
    "steps": "a step's name in our own record: the guide's words",
    "commit": "the same",
}
CSS = re.compile(
    r"\[[a-z-]+[\^$*~|]?=|:has\(|\bt(?:body|head) tr\b"
    r"|(?:^|[\s,(])[a-z0-9]*[.#][A-Za-z][\w-]*(?=$|[\s,.:\[>)])"
)
SUFFIX = re.compile(
    r"\.(?:txt|yaml|pdf|json|csv|xlsx|png|html|zip|log|part|tmp|lock|sqlite3|columns\.)$"
)
FORMAT = re.compile(r"%[dmY][-/.]|\b(?:CRN|CAN|CUN|ERN|ACR|ECR)\||\[A-Z\]\[0-9\]")

# What stays, and why: (module, literal).
STAYS = {
    ("rpa.engine.drafts", "(?:CRN|CAN|CUN|ERN|EISCOL)[0-9]{6}C?[0-9]{8,9}$"): (
        "which numbers are surely another procedure's: data could hide a case of ours"
    ),
    ("rpa.engine.drafts", r"\b[A-Z][0-9]{10}[A-Z]\b"): (
        "which codes are surely another employer's: the same danger"
    ),
    ("rpa.rules.employer_code", "[A-Z][0-9]{10}[A-Z]"): "what a job file may hold, checked first",
    ("rpa.rules.case_query", "(CRN|CAN|CUN|ERN)[0-9]{6}C?[0-9]{8,9}"): "the same",
    ("rpa.rules.contribution", "(?:ACR|ECR)[0-9]{12}"): "what the ledger and `settle` hold",
    ("rpa.ledger.tables", "UPDATE"): "SQL",
}
# Names and values of our own, by module.
OURS = {
    # Items of our own record of a month, the same on both sides of the comparison; a guide's step.
    "rpa.flows.submit_contributions": {
        "Employer Code", "Contribution Month", "Contribution Type", "Total",
        "Number of Employee(s)", "Seterusnya",
    },
    # An entity and an occupation that a job names; a paper is called so too.
    "rpa.pages.employer_form": {"Others"},
    "rpa.rules.foreign_employee": {"Others"},
    "rpa.pages.review": {"Employer Code"},  # our part for the box at the top, found by its id
    "rpa.flows.end_all_employment": {"Employment Resign Date"},  # the same of one item
    "rpa.model.monthly": {"wages (RM)"},  # a column of the table we write
    # What a job file may say, and headings of the operator's own table.
    "rpa.rules.cessation": {"Dormant", "Winding Up", "Cancel"},
    "rpa.rules.entities": {"Registered with SSM", "Others"},
    "rpa.rules.workers": {"No. KPPN", "Identification No.", "New IC No."},
    # How the ledger names a month without a number.
    "rpa.rules.contribution": {"SOCSO + EIS", "SOCSO", "EIS"},
}  # fmt: skip


class Hit(NamedTuple):
    """A literal of the portal."""

    where: str
    text: str
    kind: str


def plain(text: str) -> str:
    return "".join(text.split()).casefold()


@cache
def known() -> tuple[frozenset[str], frozenset[str]]:
    """Every word of the profile, and every stable name, id and css."""
    looks = [one.entry for one in shipped().found.values()]
    words = frozenset(plain(w) for one in looks for w in one.labels)
    names = (n for one in looks for n in (one.name, one.id, one.css, one.opened_by))
    return words, frozenset(n for n in names if n)


def unread(tree: ast.AST) -> set[int]:
    """The constants that no screen is asked for."""
    found: set[int] = set()
    for node in ast.walk(tree):
        inside: list[ast.AST] = []
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            inside = [node.value]  # a docstring
        elif isinstance(node, ast.Call):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            inside = [node] if name in SAID else []
        elif isinstance(node, ast.ClassDef):
            bases = {b.id for b in node.bases if isinstance(b, ast.Name)}
            inside = [node] if "StrEnum" in bases else []  # what our own ledger keeps
        elif isinstance(node, ast.JoinedStr):
            # `f"{screen}.save"` is a key of ours.
            pairs = zip(node.values, node.values[1:], strict=False)
            inside = [b for a, b in pairs if isinstance(a, ast.FormattedValue)
                      and isinstance(b, ast.Constant) and str(b.value).startswith(".")]  # fmt: skip
        found |= {id(part) for one in inside for part in ast.walk(one)}
    return found


def kind(text: str, room: str) -> str:
    """What of the portal a literal is; empty where it is nothing of it."""
    words, names = known()
    screens = room in {"pages", "flows"}
    spoken = text != text.lower() or " " in text.strip()  # what is all small is a key of ours
    if spoken and plain(text) in words:
        return "word"
    if "_WAR_" in text or "_dto" in text or (text in names and text != text.lower()):
        return "name"
    if screens and CSS.search(text) and not SUFFIX.search(text):
        return "css"
    asked = "%d" not in text or screens  # elsewhere a day stands in a sentence of ours
    return "format" if asked and FORMAT.search(text) else ""


def portal_in(path: Path, tree: ast.Module) -> Iterator[Hit]:
    """Every literal of the portal in a module."""
    room, module, skipped = path.parent.name, dotted(path), unread(tree)
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
            continue
        text = node.value
        stays = (module, text) in STAYS or text in OURS.get(module, ())
        if id(node) not in skipped and not stays and (found := kind(text, room)):
            yield Hit(f"{module}:{node.lineno}", text, found)


def test_no_word_css_column_or_format_of_the_portal_stands_in_code() -> None:
    """The first that comes back is told with its line."""
    hits = [hit for path, tree in modules(*ROOMS_WITHOUT) for hit in portal_in(path, tree)]
    assert hits == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('row.locator(".alert-error")', "css"),
        ("row.locator('[aria-label=\"Papar\"]')", "css"),
        ('row.locator("#editBtn").click()', "css"),
        ('self.root.locator("li.select2-results__option")', "css"),
        ('self.root.locator(f"a[id={x}]")', "css"),
        ('body.locator("tbody tr")', "css"),
        ('column(row, "Status Tugasan", "Task Status")', "word"),
        ('BY = "New Identification"', "word"),
        ('self.search_type.fill("employee  NAME")', "word"),
        ('if status == "Diluluskan": pass', "word"),
        ('self.tab.locator(f"{x}_customlogin_WAR_pksloginportlet_")', "name"),
        ('NAME = "_dto.raceId"', "name"),
        ('number = "acrNumber"', "name"),
        ('DAY = "%d/%m/%Y"', "format"),
        ('NUMBER = re.compile(r"(?:CRN|CAN)[0-9]{8}")', "format"),
    ],
)
def test_each_kind_is_found(code: str, found: str) -> None:
    """Negative control."""
    hits = list(portal_in(ROOT / "rpa/pages/inbox.py", ast.parse(code)))
    assert {hit.kind for hit in hits} >= {found}


@pytest.mark.parametrize(
    "code",
    [
        'key = f"{type(self).__name__}.save"', '"""Task Status and .alert-error."""',
        'row["status"]', 'x = Words("Status Tugasan", "Task Status")', 'path = "case.pdf"',
    ],
)  # fmt: skip
def test_what_is_ours_is_not_found(code: str) -> None:
    """Keys, sentences, file names."""
    assert list(portal_in(ROOT / "rpa/pages/inbox.py", ast.parse(code))) == []


def test_every_exclusion_is_needed() -> None:
    """What is gone from the code goes from the list."""
    there = {
        (dotted(path), node.value)
        for path, tree in modules(*ROOMS_WITHOUT)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert set(STAYS) <= there
    assert {(module, text) for module, texts in OURS.items() for text in texts} <= there
    assert set(ROOMS) & set(LOOKS) == set()
