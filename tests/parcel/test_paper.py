"""A paper is read back whole, says on every page whose layout it is, and is the same each time."""

from __future__ import annotations

import sys

import pytest

from rpa.errors import ConfigInvalid, Words
from rpa.parcel import paper
from tests.parcel.pdf import pages

TITLE = Words("Borang", "Form")
NAME = Words("Nama", "Name")
LONG = "A" * 400


def test_what_is_put_on_paper_is_read_from_it() -> None:
    """Values, signs that a mark-up would take for its own, and a text without a blank."""
    values = ["CONTOH & ANAK <REKAAN>", "Café \u2013 \u2018X\u2019", LONG]
    (text,) = pages(paper.build(TITLE, [paper.Field(NAME, value) for value in values]))
    assert all(value in text for value in values[:2])
    assert text.replace(" ", "").count("A" * 40) >= 10
    assert "Nama" in text
    assert "Name" in text


def test_every_page_says_that_the_layout_is_ours() -> None:
    """And a long list has its headings on each, with nobody left out."""
    rows = [[str(n), f"CONTOH {n}"] for n in range(150)]
    found = pages(paper.build(TITLE, [paper.Grid([NAME, NAME], rows, [60, 200])], wide=True))
    assert len(found) > 3
    assert all(paper.OUR_LAYOUT.bm in text and paper.OUR_LAYOUT.en in text for text in found)
    assert all("Nama" in text for text in found)
    assert all(any(f"CONTOH {n} " in f"{text} " for text in found) for n in range(150))


def test_a_row_that_is_higher_than_a_page_goes_on_over_it() -> None:
    """The longest texts that a worker may have, in the widest letter; nothing is cut."""
    row = ["1", "W" * 150, " / ".join(["W" * 200] * 3)]
    found = pages(paper.build(TITLE, [paper.Grid([NAME] * 3, [row], [28, 68, 108])], wide=True))
    assert sum(text.count("W") for text in found) == 750
    assert len(found) > 1


def test_a_sign_in_a_table_is_told_with_its_heading_and_row() -> None:
    """Of five hundred workers a clerk finds the one."""
    grid = paper.Grid([Words("Bil.", "No."), NAME], [["1", "CONTOH"], ["2", "\u0100"]], [28, 68])
    with pytest.raises(paper.NotOnPaper) as fault:
        paper.build(TITLE, [grid])
    assert "(Nama, Bil. 2)" in fault.value.words.bm
    assert "(Name, No. 2)" in fault.value.words.en


def test_the_same_paper_has_the_same_bytes() -> None:
    """No time, no number of chance."""
    parts: list[paper.Part] = [
        paper.Heading(NAME),
        paper.Field(NAME, "X", must=True),
        paper.Blank(NAME),
    ]
    assert paper.build(TITLE, parts) == paper.build(TITLE, parts)
    assert paper.build(TITLE, parts) != paper.build(TITLE, parts[:2])


@pytest.mark.parametrize("value", ["王小明", "नाम", "CONTOH \u0100"])
def test_letters_that_the_paper_has_not_are_told_with_their_field(value: str) -> None:
    """They would be black boxes: the sentence names them, and the field."""
    with pytest.raises(paper.NotOnPaper, match=value[-1]) as fault:
        paper.build(TITLE, [paper.Field(NAME, value)])
    assert "(Nama)" in fault.value.words.bm
    assert "(Name)" in fault.value.words.en


def test_without_the_extra_a_sentence_says_what_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    """No traceback."""
    for name in [name for name in sys.modules if name.split(".")[0] == "reportlab"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "reportlab", None)
    with pytest.raises(ConfigInvalid, match="forms"):
        paper.build(TITLE, [])
