"""What a thing is built of is seen in the page: one declaration serves each way of building it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pytest

from rpa.errors import NotOnScreen, RowRefused, UnexpectedPage
from rpa.portal.find import (
    Button,
    Choice,
    Control,
    Heading,
    Menu,
    Radio,
    Table,
    Text,
    Tick,
    Value,
)  # fmt: skip
from rpa.portal.page import Dialog, Page
from rpa.portal.tab import Portal
from rpa.settings import PortalSettings, Timeouts
from tests.conftest import shows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

NATIVE = """<html lang=en><nav><details><summary>Update</summary>
<button onclick="document.title='gone there'">Add</button></details></nav><main><h1>Worker</h1>
<label>Name <input name=who></label> <label>Born <input type=date name=born></label>
<label>Race <select><option>Please Select<option>Melayu<option>Cina</select></label>
<label><input type=checkbox> I agree</label>
<fieldset><legend>Gender</legend><label><input type=radio name=g>Male</label>
<label><input type=radio name=g>Female</label></fieldset>
<dl><dt>Employer Code</dt><dd>E9900001234V</dd></dl>
<h2>Workers</h2><table><tr><th>No.</th><th>Name</th></tr><tr><td>1</td><td>CONTOH</td></tr></table>
<button onclick="box.showModal()">Open</button>
<dialog id=box><h2>Sure?</h2><label>Name <input></label>
<button onclick="box.close()">No</button></dialog>
</main>"""
KIT = """<html lang=en><nav onmouseenter="menu.hidden=false"><a href="#">Update</a>
<div id=menu hidden><a href="#" onclick="document.title='gone there'">Add</a></div></nav>
<main><h1>Worker</h1>
<span id=l>Name</span> <input aria-labelledby=l>
<label for=d>Born</label> <input id=d placeholder=dd/mm/yyyy>
<label id=r>Race</label>
<div id=race role=combobox aria-labelledby=r aria-controls=list
 onclick="list.hidden=false">Please Select</div>
<ul id=list role=listbox hidden onclick="race.textContent = event.target.textContent;
 list.hidden = true"><li role=option>Melayu</li><li role=option>Cina</li></ul>
<i class="fa fa-square-o" role=checkbox aria-checked=false aria-label="I agree"
 style="display:inline-block; width:9px; height:9px"
 onclick="ariaChecked = ariaChecked === 'true' ? 'false' : 'true'"></i>
<div role=radiogroup aria-label=Gender><label><input type=radio name=g>Male</label>
<label><input type=radio name=g>Female</label></div>
<table><tr><th>Employer Code</th><td>E9900001234V</td></tr></table>
<table><caption>Workers</caption><thead><tr><th>No.<th>Name</thead>
<tbody><tr><td>1<td>CONTOH</tbody></table>
<a role=button href="#" onclick="box.hidden=false">Open</a>
<div class=modal id=box hidden><h3>Sure?</h3><label>Name <input></label>
<a role=button href="#" onclick="box.hidden=true">No</a></div>
</main>"""
# Each field in a box of its own, the next box straight behind it.
PARTS = """<html lang=en><header><button aria-expanded=false
 onclick="menu.hidden = !menu.hidden">Update</button><ul id=menu hidden><li>
<a href="#" onclick="document.title='gone there'">Add</a></ul></header><main><h1>Worker</h1>
<div><label for=w>Name (required)</label> <input id=w></div>
<fieldset><legend>Born <span>(required)</span></legend>
<label>Day <input maxlength=2></label><label>Month <input maxlength=2></label>
<label>Year <input maxlength=4></label></fieldset>
<div><label for=race>Race</label><input id=race role=combobox aria-owns=races
 onclick="races.hidden=false">
<ul id=races role=listbox hidden onclick="race.value = event.target.textContent;
 races.hidden = true"><li role=option>Melayu</li><li role=option>Cina</li></ul></div>
<div><button role=switch aria-checked=false aria-labelledby=says style="width:9px; height:9px"
 onclick="ariaChecked = ariaChecked === 'true' ? 'false' : 'true'"></button>
<span id=says>I agree</span></div>
<div><span id=g>Gender</span><div role=radiogroup aria-labelledby=g
 onclick="[...children].forEach(b => b.ariaChecked = String(b === event.target))">
<button role=radio aria-checked=false>Male</button><button role=radio aria-checked=false>Female
</button></div></div>
<p>Employer Code: <b>E9900001234V</b></p>
<section><h2>Workers</h2><ul><li><h3><span>No.</span> 1</h3><dl><dt>Name<dd>CONTOH</dl></li></ul>
</section>
<button onclick="box.hidden=false"><span aria-hidden=true>+ </span>Open</button>
<div role=dialog id=box hidden><h2>Sure?</h2><label>Name <input></label>
<button onclick="box.hidden=true">No</button></div></main>"""


class Worker(Page):
    title = Heading(en="Worker")
    menu = Menu(en="Update")
    add = Menu(en="Add")
    who = Text(en="Name")
    born = Text(en="Born")
    race = Choice(en="Race")
    agree = Tick(en="I agree")
    gender = Radio(en="Gender")
    code = Value(en="Employer Code")
    workers = Table(en="Workers")
    open = Button(en="Open")
    landmark: ClassVar[Control] = title


class Coded(Page):
    title = Heading(en="Worker")
    code = Value(id="employerCode")
    landmark: ClassVar[Control] = title


class Sure(Dialog):
    title = Heading(en="Sure?")
    who = Text(en="Name")
    cancel = Button(en="No")
    landmark: ClassVar[Control] = title


@pytest.fixture
def portal(chrome: Browser) -> Iterator[Portal]:
    with chrome.new_context() as context:
        quick = Timeouts(act_s=5, arrive_s=5)
        yield Portal(
            context.new_page(), PortalSettings(address="http://127.0.0.1", timeouts=quick), {}
        )


@pytest.mark.parametrize("html", [NATIVE, KIT, PARTS], ids=["native", "kit", "parts"])
def test_one_declaration_serves_whatever_a_thing_is_built_of(portal: Portal, html: str) -> None:
    """Filled, read back, opened and read; what is twice on the screen is never chosen."""
    shows(portal.tab, html)
    page = Worker(portal)
    assert page.race.find().element.options[-2:] == ("Melayu", "Cina")  # before it is opened
    page.who.fill("CONTOH BIN REKAAN")
    page.born.fill("31/01/1990")
    page.race.fill("MELAYU")
    page.agree.tick()
    page.gender.fill("Perempuan")
    held = [one.read() for one in (page.who, page.born, page.race, page.agree, page.gender)]
    assert held == ["CONTOH BIN REKAAN", "31/01/1990", "Melayu", "Yes", "Female"]
    with pytest.raises(RowRefused, match="does not offer exactly one choice"):
        page.race.fill("India")
    assert [row.cells for row in page.workers.rows()] == [("1", "CONTOH")]
    assert page.code.read() == "E9900001234V"
    page.open.click()
    sure = Sure(portal)
    sure.who.fill("DALAM")
    assert sure.who.read() == "DALAM"
    sure.close()
    assert page.who.read() == "CONTOH BIN REKAAN"
    page.menu.choose(page.add)
    assert portal.tab.title() == "gone there"


BEHIND = """<div><label id=s>Race</label><button role=combobox aria-labelledby=s>Choose</button>
<select class=native style="display:none"><option>Melayu<option>India</select></div>"""


def test_a_list_behind_a_button_is_seen_without_a_press(portal: Portal) -> None:
    """Only the hidden native one straight beside it is its own."""
    shows(portal.tab, f"<html lang=en><h1>Worker</h1>{BEHIND}")
    assert Worker(portal).race.find().element.options == ("Melayu", "India")


MORE = "html => document.querySelector('main').insertAdjacentHTML('beforeend', html)"
DRAWN_ANEW = """box => box.outerHTML = box.outerHTML.replace('<label',
  '<p class="alert alert-error">Wrong name.</p><label')"""
TAKEN_OFF = "box => box.matches('input') ? box.checked = false : box.ariaChecked = 'false'"


@pytest.mark.parametrize("html", [NATIVE, KIT], ids=["native", "kit"])
def test_what_changed_since_the_last_look_is_seen(portal: Portal, html: str) -> None:
    """A tick that the portal took off, a second button of one name, a popup drawn anew."""
    shows(portal.tab, html)
    page = Worker(portal)
    page.agree.tick()
    page.agree.locator().evaluate(TAKEN_OFF)
    assert page.agree.read() == "No"
    page.open.click()
    sure = Sure(portal)
    assert sure.who.read() == ""
    sure.root.evaluate(DRAWN_ANEW)
    with pytest.raises(RowRefused, match="Wrong name"):
        sure.closed_or_refused("Sure.save")
    sure.close()
    portal.tab.evaluate(MORE, "<button>Open</button>")
    assert page.open.shown()  # twice is not missing
    with pytest.raises(UnexpectedPage, match="more than once"):
        page.open.click()


def test_a_value_without_its_id_is_mended_by_the_label_beside_it(portal: Portal) -> None:
    """The line that the message proposes, and with it the value is read."""
    shows(portal.tab, NATIVE)
    with pytest.raises(NotOnScreen, match=r"Coded: \{code: \{en: Employer Code\}\}"):
        Coded(portal).code.read()
    assert Worker(portal).code.read() == "E9900001234V"
