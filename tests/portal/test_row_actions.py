"""What a row offers is pressed under its whole words, however the icon is built, once or not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

import pytest

from rpa.errors import NotOnScreen, UnexpectedPage
from rpa.portal.find import Control, Table
from rpa.portal.page import Page
from rpa.portal.profile import Mend, shipped, using
from rpa.portal.profile import _Mending as Mending
from rpa.portal.tab import Portal
from rpa.rules.vocabulary import Action
from rpa.settings import PortalSettings, Timeouts
from tests.conftest import shows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser


class Listed(Page):
    """A screen with one table."""

    cases = Table(en="Cases")
    landmark: ClassVar[Control] = cases


class Opened:
    """A row of the table, with these icons in it."""

    def __init__(self, browser: Browser) -> None:
        self.tab = browser.new_page()

    def page(self, icons: str) -> Listed:
        shows(
            self.tab,
            "<table aria-label='Cases'><thead><tr><th>No.</th><th>X</th></tr></thead>"
            f"<tbody><tr><td>1</td><td>{icons}</td></tr>"
            "<tr><td>2</td><td><a href='#' aria-label='View'>o</a></td></tr></tbody></table>",
        )
        return Listed(
            Portal(
                self.tab,
                PortalSettings(address="http://127.0.0.1", timeouts=Timeouts(act_s=1, arrive_s=5)),
                {},
            )
        )

    def count(self, icons: str, *actions: Action) -> int:
        page = self.page(icons)
        return page.cases.offers(page.cases.row("1"), *actions).count()


@pytest.fixture(scope="module")
def opened(chrome: Browser) -> Iterator[Opened]:
    found = Opened(chrome)
    yield found
    found.tab.close()


@pytest.mark.parametrize(
    "icon",
    [
        "<a href='#' aria-label='Papar'><i>o</i></a>",
        "<a aria-label='View' title='View'><i title='View'>o</i></a>",
        "<a href='#' title='Lihat'><i>o</i></a>",
        "<i aria-label='VIEW '>o</i>",
        "<button> view </button>",
        "<a href='#'><span>Papar</span></a>",
    ],
)
def test_an_icon_is_known_by_its_label_its_title_or_its_text(opened: Opened, icon: str) -> None:
    """Beside others of the row, in either language, in its own row only."""
    beside = "<a href='#' aria-label='Kemaskini'>o</a> <a href='#' title='Buang'>o</a>"
    assert opened.count(f"{icon} {beside}", Action.VIEW) == 1
    assert opened.count(beside, Action.VIEW) == 0


@pytest.mark.parametrize("word", ["Preview", "View all", "Paparan", "Views", ""])
def test_no_icon_is_pressed_by_resemblance(opened: Opened, word: str) -> None:
    """Whole words, or nothing."""
    icon = f"<a href='#' aria-label='{word}' title='{word}'>{word}</a>"
    assert opened.count(icon, Action.VIEW) == 0


def test_of_two_none_is_pressed(opened: Opened) -> None:
    """Whatever they are built of."""
    page = opened.page("<a href='#' aria-label='Papar'>o</a> <a href='#' onclick='x=1'>View</a>")
    found = page.cases.offers(page.cases.row("1"), Action.VIEW)
    assert found.count() == 2
    with pytest.raises(UnexpectedPage), page.portal.doing("Listed.view"):
        found.click()


def test_a_word_that_an_office_added_is_pressed_and_the_old_ones_stay(opened: Opened) -> None:
    """By the profile in use, and only there."""
    added = Mending("words", "action.view", Mend(bm="Semak"), "profile.yaml:2")  # type: ignore[arg-type]
    icon = "<a href='#' aria-label='Semak'>o</a>"
    assert opened.count(icon, Action.VIEW) == 0
    with using(replace(shipped(), mendings=(added,))):
        assert opened.count(icon, Action.VIEW) == 1
        assert opened.count("<button>Papar</button>", Action.VIEW) == 1


def test_a_list_is_settled_by_a_whole_answer(opened: Opened) -> None:
    """A word that an office calls *nothing* is a whole row.

    A part of one would end the wait early, and an old list would answer for a case that is there.
    """
    added = Mending("words", "remark.nothing", Mend(en="o"), "profile.yaml:2")  # type: ignore[arg-type]
    page = opened.page("<b>o</b>")
    with using(replace(shipped(), mendings=(added,))):
        with pytest.raises(UnexpectedPage):
            page.cases.settled_on("CAN11202600000001")
        shows(
            opened.tab,
            "<table aria-label='Cases'><thead><tr><th>No.</th><th>X</th></tr></thead>"
            "<tbody><tr><td colspan='2'> O </td></tr></tbody></table>",
        )
        page.cases.settled_on("CAN11202600000001")
        assert page.cases.rows() == []


def test_a_refusal_in_another_box_is_seen_once_an_office_says_so(opened: Opened) -> None:
    """The boxes that are known stay known."""
    added = Mending("signs", "refusal", Mend(css=".notice-bad"), "profile.yaml:2")
    portal = opened.page("o").portal
    shows(opened.tab, "<p class='notice-bad'>No.</p>")
    assert not portal.screen.stood()
    with using(replace(shipped(), mendings=(added,))):
        assert portal.screen.stood() == {"refusal": "No."}
        shows(opened.tab, "<p class='alert alert-error'>No.</p>")
        assert portal.screen.stood() == {"refusal": "No."}


FIRST = "<td><a href='#'>Urus majikan ini</a><td>E9900001234V<td>CONTOH SDN BHD"
NAMED = "<td><a href='#'>CONTOH SDN BHD</a><td>E9900001234V<td><button>Urus majikan ini</button>"


@pytest.mark.parametrize("cells", [FIRST, NAMED])
def test_what_a_row_offers_is_told_in_whichever_column_it_stands(
    opened: Opened, cells: str
) -> None:
    """The word alone in its cell is no text of the row; a name that is a link is."""
    page = opened.page("")
    heads = "<th>Pilihan<th>Kod majikan<th>Nama majikan"
    page.portal.tab.evaluate(
        "([heads, cells]) => { const t = document.querySelector('table');"
        " t.tHead.rows[0].innerHTML = heads; t.tBodies[0].innerHTML = `<tr>${cells}</tr>` }",
        [heads, cells],
    )
    with pytest.raises(NotOnScreen) as told:
        page.cases.press(page.cases.row("E9900001234V"), Action.EDIT)
    assert "'Urus majikan ini'" in told.value.words.en
    assert "SDN" not in told.value.words.en
