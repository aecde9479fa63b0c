"""A portal without end: each bound stops with its name, and nothing that is kept grows with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import pytest

from rpa.errors import Refused, RowRefused, UnexpectedPage
from rpa.pages.paged import Paged
from rpa.portal import values
from rpa.portal.find import Button, Choice, Control, Heading, Table, Value
from rpa.portal.items import Items
from rpa.portal.page import Dialog, Page
from rpa.procedure.steps import LONGEST, MOST, first_of
from rpa.settings import Limits

if TYPE_CHECKING:
    from collections.abc import Callable

    from rpa.portal.tab import Portal


LISTING = """
<h1>Listing</h1><b id="totalRecords">2</b>
<table aria-label="People"><thead><tr><th>No.</th></tr></thead><tbody></tbody></table>
<nav class="pagination"><a href="#" onclick="next_page()">Next</a></nav>
<script>
let at = 0;
function next_page() { at += STEP;
  document.querySelector('tbody').innerHTML = '<tr><td>' + at + '</td></tr>'; }
next_page();
</script>
"""
POPUP = """
<div role="dialog" aria-label="Wages"><h2>Wages</h2><div class="alert-error">WORDS</div></div>
"""


class Listed(Paged):
    title = Heading(bm="Listing", en="Listing")
    listing = Table(bm="People", en="People")
    landmark: ClassVar[Control] = title


class Anything(Page):
    title = Heading(bm="Listing", en="Listing")
    number = Value(id="number")
    people = Table(bm="People", en="People")
    items = Items(bm="Item", en="Item")
    race = Choice(en="Race", name="race")
    landmark: ClassVar[Control] = title


class Popup(Dialog):
    title = Heading(bm="Wages", en="Wages")
    cancel = Button(bm="Batal", en="Cancel")
    landmark: ClassVar[Control] = title
    is_itself: ClassVar[frozenset[str]] = frozenset({"refusal"})


def bound(caught: pytest.ExceptionInfo[UnexpectedPage], name: str) -> bool:
    return f"limits: {name}: " in caught.value.words.en


def test_a_next_that_leads_to_the_same_page(show: Callable[..., Portal]) -> None:
    pages = Listed(show(LISTING.replace("STEP", "0"))).pages()
    assert len(next(pages)) == 1
    with pytest.raises(UnexpectedPage, match="was read before"):
        next(pages)


def test_a_next_without_end(show: Callable[..., Portal]) -> None:
    """Always another page: as many as the settings allow, and as long."""
    with pytest.raises(UnexpectedPage) as caught:
        list(Listed(show(LISTING.replace("STEP", "1"), pages=4)).pages())
    assert bound(caught, "pages")
    with pytest.raises(UnexpectedPage) as caught:
        list(Listed(show(LISTING.replace("STEP", "1"), listing_s=0.5)).pages())
    assert bound(caught, "listing_s")


def table(name: str, rows: int, cell: str = "x") -> str:
    lines = f"<tr><td>{cell}</td></tr>" * rows
    head = f'<table aria-label="{name}"><thead><tr><th>No.</th></tr></thead>'
    return f"{head}<tbody>{lines}</tbody></table>"


@pytest.mark.parametrize(
    ("html", "read", "name", "limits"),
    [
        (table("People", 50), lambda p: p.people.rows(), "rows", {"rows": 20}),
        (table("Item 1", 50), lambda p: p.items.all(), "rows", {"rows": 20}),
        (table("People", 1, "x" * 200), lambda p: p.people.rows(), "text", {"text": 100}),
        (f'<b id="number">{"9" * 200}</b>', lambda p: p.number.read(), "text", {"text": 100}),
    ],
)
def test_what_is_read_is_bounded(
    show: Callable[..., Portal],
    html: str,
    read: Callable[[Anything], object],
    name: str,
    limits: dict[str, float],
) -> None:
    page = Anything(show(f"<h1>Listing</h1>{html}", **limits))
    with pytest.raises(UnexpectedPage) as caught:
        read(page)
    assert bound(caught, name)


@pytest.mark.parametrize(
    ("html", "name", "limits"),
    [
        ("<p></p>" * 500, "elements", {"elements": 100}),
        (f"<p>{'x' * 5000}</p>", "characters", {"characters": 1000}),
    ],
)
def test_an_enormous_screen_is_none_of_the_portals(
    show: Callable[..., Portal], html: str, name: str, limits: dict[str, float]
) -> None:
    with pytest.raises(UnexpectedPage) as caught:
        Anything(show(f"<h1>Listing</h1>{html}", **limits))
    assert bound(caught, name)


def test_options_are_bounded(show: Callable[..., Portal]) -> None:
    options = '<li class="select2-results__option">x</li>' * 20
    page = Anything(show(f"<h1>Listing</h1><ul>{options}</ul>", options=10))
    listed = page.portal.tab.locator("li.select2-results__option")
    with pytest.raises(UnexpectedPage) as caught:
        page.race._texts(listed)
    assert bound(caught, "options")


def test_words_of_the_portal_are_kept_short_and_say_so(show: Callable[..., Portal]) -> None:
    """A refusal of many letters, in a popup and on a page."""
    long = "tidak sah " * 20_000
    with pytest.raises(RowRefused) as caught:
        Popup(show(POPUP.replace("WORDS", long), words=100)).refuse_if_complained()
    assert len(caught.value.words.en) < 120
    assert "… [+" in caught.value.words.en
    with pytest.raises(Refused) as refused:
        Anything(show(f'<h1>Listing</h1><div class="alert-error">{long}</div>'))
    assert len(refused.value.words.en) < 2100


def test_what_is_cut_says_how_much() -> None:
    assert values.cut("short", 10) == "short"
    assert values.cut("x" * 15, 10) == "x" * 10 + " … [+5]"


def test_a_review_that_differs_everywhere_is_one_sentence() -> None:
    told = first_of([f"[1] {'x' * 5000} extra"] * 5000)
    assert len(told) == MOST + 1
    assert max(map(len, told)) < LONGEST + 10
    assert first_of(["[1] Name"]) == ["[1] Name"]


def test_every_bound_stands_in_the_example() -> None:
    text = (Path(__file__).parents[2] / "config/portal.yaml").read_text("utf-8")
    assert all(f"  {name}: " in text for name in Limits.model_fields)
