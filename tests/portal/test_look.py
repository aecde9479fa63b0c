"""A look at the practice portal's own screens: what the robot finds there, and nobody's data."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from rpa.pages.employee_popups import EmployeePopup, ForeignEmployeePopup
from rpa.pages.employees import EmployeeList
from rpa.pages.login import LoginEmail, LoginPassword
from rpa.pages.shell import MySites
from rpa.portal import look
from rpa.portal.find import Control, Text
from rpa.portal.look import Kind, Look, NotSeen
from rpa.portal.resolve import Verdict, resolve
from rpa.portal.tab import Portal
from rpa.settings import PortalSettings, Timeouts
from tests.conftest import EMPLOYER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from rpa.portal.page import Page
    from tests.conftest import PracticePortal

TYPED = {"number": "900101005555", "name": "CONTOH REKAAN CANARY", "day": "01/01/1990"}


@pytest.fixture
def opened(chrome: Browser, portal: PracticePortal) -> Iterator[Portal]:
    patient = Timeouts(act_s=20, arrive_s=30, result_s=30)
    settings = PortalSettings(address=portal.address, timeouts=patient)
    with chrome.new_context(locale="ms-MY") as context:
        yield Portal(context.new_page(), settings, {})


def controls(page: Page) -> list[Control]:
    """The screen's controls, each bound to it."""
    classes = reversed(type(page).__mro__)
    names = {n: None for room in classes for n, c in vars(room).items() if isinstance(c, Control)}
    return [getattr(page, name) for name in names]


def seen(page: Page) -> Look:
    css = [control.css for control in controls(page) if control.css]
    portal = page.portal
    asked = look.Asked(css=css)
    return look.take(portal.tab, portal.origins, portal.settings.limits, asked)


def agrees(page: Page, *, at_least: int) -> Look:
    """What is acted upon is what the resolver chose: that very thing, reached by its mark."""
    shown = seen(page)
    assert shown.whole
    there = [c for c in controls(page) if c.shown()]
    answers = {c.key: resolve(shown, c.sought()) for c in there}
    assert {k: a.verdict for k, a in answers.items() if a.verdict is not Verdict.FOUND} == {}
    assert len(there) >= at_least
    for control in there:
        element = answers[control.key].element
        assert element is not None
        if control.kind in {"text box", "button"} and element.id:
            reached = control.locator().evaluate("e => [e.id, e.getAttribute('name') || '']")
            assert element.id in reached, control.key
    return shown


def nothing_of(shown: Look, *values: str) -> None:
    told = [repr(dataclasses.astuple(element)).casefold() for element in shown.elements]
    assert [t for t in told if any(value.casefold() in t for value in values)] == []


@pytest.mark.parametrize("language", ["bm", "en"])
@pytest.mark.usefixtures("language")
def test_a_look_holds_what_the_robot_finds_and_nothing_of_anybody(
    opened: Portal, portal: PracticePortal
) -> None:
    """Log-in, inbox with a draft, list, popups filled in; each in one round trip."""
    opened.open(opened.settings.login_path)
    email = LoginEmail(opened)
    email.email.fill(portal.email)
    nothing_of(agrees(email, at_least=2), portal.email)
    email.next.click()
    password = LoginPassword(opened)
    password.password.secret(portal.password)
    nothing_of(agrees(password, at_least=3), portal.password, portal.phrase, portal.email)
    password.password.fill("")
    shell = password.enter(portal.password)
    agrees(shell, at_least=1)
    agrees(MySites(opened).registration().inbox(), at_least=4)
    site = MySites(opened).registration()
    agrees(site, at_least=4)
    listed = site.update(EmployeeList, EMPLOYER)
    agrees(listed, at_least=7)
    listed.add_employee.click()
    popup = EmployeePopup(opened)
    assert isinstance(popup.name, Text)
    popup.identification.fill(TYPED["number"])
    popup.name.fill(TYPED["name"])
    popup.date_of_birth.fill(TYPED["day"])
    shown = agrees(popup, at_least=14)
    nothing_of(shown, *TYPED.values())
    race = resolve(shown, popup.race.sought()).element
    assert race is not None
    assert (race.kind, race.labels[:1]) == (Kind.LIST, race.labels)
    assert "Please Select" in race.options
    popup.close()
    listed.add_foreign_employee.click()
    agrees(ForeignEmployeePopup(opened), at_least=20)


# Somebody's data in every place that was thought of.
EVERYWHERE = """<html lang=en>
<a><span class=user-full-name>CLERK CANARY</span></a>
<h2>Worker LIM CANARY KOK</h2><h3>ALI BIN CANARY</h3><h4>No. 900101-00-5555 of 9001 01 00 5555</h4>
<label>Name <input value="LIM CANARY KOK" title="LIM CANARY KOK"></label>
<label for=b>Race</label><select id=b name=_dto.raceId><option>Please Select</option>
<option selected>CHOSEN CANARY</option></select>
<label>Number <input name=_dto.wages_900101005555 id=wages_900101005555 value=900101005555></label>
<label>Memo <textarea>MEMO CANARY TEXT</textarea></label><div contenteditable>EDITED CANARY</div>
<label><input type=checkbox> ABU BIN CANARY</label>
<dl><dt>Employer</dt><dd>DD CANARY</dd></dl><span id=total>TOTAL CANARY</span>
<table><caption>People</caption><thead><tr><th>Name<th>Action</tr></thead><tbody>
<tr><td><a href=#>TAN CANARY MEI</a><td><a href=# title=Edit aria-label=Edit>✎</a>
<button aria-label="Remove TAN CANARY MEI">x</button>
<input aria-label="Wages of TAN CANARY MEI"></tr>
</tbody></table><div role=alert>TAN CANARY MEI is listed; write to tan.canary@example.my</div>
<div role=dialog aria-label="Change LIM CANARY KOK"><button>SA&#8203;VE&#27;[2J</button></div>"""


@pytest.fixture
def bare(chrome: Browser) -> Iterator[Portal]:
    with chrome.new_context() as context:
        tab = context.new_page()
        tab.route("**/*", lambda r: r.fulfill(body=EVERYWHERE, content_type="text/html"))
        yield Portal(tab, PortalSettings(address="http://127.0.0.1"), {})


def test_a_look_has_words_and_no_data_however_the_page_is_built(bare: Portal) -> None:
    """What repeats a value that is typed or listed has no words; no sign steers a terminal."""
    bare.tab.goto("http://127.0.0.1/")
    shown = look.take(bare.tab, bare.origins, bare.settings.limits, look.Asked())
    # A list is told with its options, and never which of them is chosen.
    lists = [e.options for e in shown.elements if e.kind is Kind.SELECT]
    assert lists == [("Please Select", "CHOSEN CANARY")]
    rest = [dataclasses.replace(e, options=()) for e in shown.elements]
    nothing_of(dataclasses.replace(shown, elements=tuple(rest)), "canary", "5555", "example.my")
    said = {words for e in shown.elements for words in e.said}
    assert {"Name", "Race", "Number", "Memo", "People", "SAVE[2J", "Edit"} <= said
    (table,) = (e for e in shown.elements if e.kind is Kind.TABLE)
    assert table.heads == ("Name", "Action")
    assert shown.language == "en"


def test_a_page_of_another_origin_gives_no_look(bare: Portal) -> None:
    """The page itself compares, in the moment of the look: it may have been led away since."""
    bare.tab.goto("http://localhost/")
    with pytest.raises(NotSeen):
        look.take(bare.tab, bare.origins, bare.settings.limits, look.Asked())


def test_no_field_is_asked_for_its_labels(bare: Portal) -> None:
    """For each that is, the page walks through all of itself, a list of 50,000 entries too."""
    bare.tab.goto("http://127.0.0.1/")
    bare.tab.evaluate("""() => {
      document.body.innerHTML = "<label for=f>Medan</label><input id=f><label>Lain<input></label>";
      Object.defineProperty(HTMLInputElement.prototype, "labels", { get() { throw Error(); } });
    }""")
    shown = look.take(bare.tab, bare.origins, bare.settings.limits, look.Asked())
    assert [e.labels for e in shown.elements if e.kind is Kind.TEXT] == [("Medan",), ("Lain",)]


def test_a_name_that_is_made_anew_each_time_is_none(bare: Portal) -> None:
    """A line of the profile would hold it, and it would be another one tomorrow."""
    bare.tab.goto("http://127.0.0.1/")
    chance = ("r_u5v6j7_-form-item", "_r_m8im4f_-x", "f-5blu4a", ":r1a:", "yui_3_x", "n1234567")
    lasting = ("_dto.postal_address_1", "wages_before_june_2016", "form2", "tarikhMula", "sip1a")
    fields = "".join(f'<label>Medan<input id="{n}" name="{n}"></label>' for n in chance + lasting)
    bare.tab.evaluate("html => { document.body.innerHTML = html; }", fields)
    shown = look.take(bare.tab, bare.origins, bare.settings.limits, look.Asked())
    found = [(e.name, e.id) for e in shown.elements if e.kind is Kind.TEXT]
    assert found == [*[("", "")] * len(chance), *[(n, n) for n in lasting]]
