"""A form is filled by one reading of all of it, which is never believed longer than it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pytest

from rpa.errors import ReviewMismatch, UnexpectedPage
from rpa.pages.form import Form
from rpa.portal.find import Choice, Control, Heading, Radio, Text, Tick
from rpa.portal.tab import Portal
from rpa.settings import PortalSettings, Timeouts
from tests.conftest import shows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

TOWN = {"postcode": "80000", "state": "Johor", "kind": "New", "town": "JOHOR BAHRU", "agree": "Yes"}
TEXTS = {"postcode": "80000", "town": "JOHOR BAHRU"}  # nothing is chosen
FORM = """<html lang=en><h1>Address</h1><form onsubmit="return false">
<label>Postcode <input name=p onchange="{typed}"></label>
<label>State <select onchange="{chose}"><option>Please Select<option>Johor<option>Kedah</select>
</label>
<fieldset><legend>Kind</legend><label><input type=radio name=k value=1>New</label>
<label><input type=radio name=k value=2>Old</label></fieldset>
<label>Town <input name=t value="{town}" onchange="{late}"></label>
<label><input type=checkbox onchange="{ticked}"> I agree</label></form>"""


class Address(Form):
    title = Heading(en="Address")
    postcode = Text(en="Postcode")
    state = Choice(en="State")
    kind = Radio(en="Kind")
    town = Text(en="Town")
    agree = Tick(en="I agree")
    landmark: ClassVar[Control] = title


@pytest.fixture
def portal(chrome: Browser) -> Iterator[Portal]:
    tab = chrome.new_page()
    times = Timeouts(arrive_s=2, act_s=2)
    yield Portal(tab, PortalSettings(address="http://127.0.0.1", timeouts=times), {})
    tab.close()


def form(portal: Portal, **scripts: str) -> Address:
    """The page, with what its things do when they are changed, and what the town is already."""
    none = dict.fromkeys(("typed", "chose", "ticked", "late", "town"), "")
    shows(portal.tab, FORM.format(**{**none, **scripts}))
    return Address(portal)


@pytest.mark.parametrize("anew", ["", "redrawn"])
def test_all_of_a_form_is_filled_and_read_back(portal: Portal, anew: str) -> None:
    """Also where the choice draws what stands behind it anew."""
    redraw = "const f = this.form.elements.t; f.outerHTML = f.outerHTML"
    page = form(portal, chose=redraw if anew else "")
    page.write(TOWN, {})
    assert page.same(TOWN) == TOWN


def test_what_a_typed_text_empties_behind_it_is_filled_all_the_same(portal: Portal) -> None:
    """It held the value when the form was read."""
    page = form(portal, typed="this.form.elements.t.value = ''", town="JOHOR BAHRU")
    page.write(TEXTS, {})
    assert page.same(TEXTS) == TEXTS


def test_what_is_read_back_is_looked_for_anew(portal: Portal) -> None:
    """A second box of the same words that came with what was typed last: neither is taken."""
    second = "this.form.insertAdjacentHTML('beforeend', '<label>Town <input></label>')"
    page = form(portal, late=second)
    page.write(TEXTS, {})
    with pytest.raises(UnexpectedPage, match="more than once"):
        page.same(TEXTS)


LATER = ["f.elements.t.value = 'KULAI'", "f.elements.k[1].checked = true"]


@pytest.mark.parametrize("undone", LATER)
def test_what_a_late_script_changes_is_no_more_what_was_typed(portal: Portal, undone: str) -> None:
    """The last thing of the form changes another, by its own script."""
    page = form(portal, ticked=f"const f = this.form; {undone}")
    page.write(TOWN, {})
    with pytest.raises(ReviewMismatch):
        page.same(TOWN)
