"""One portal shows a table and another lists; a bar's menu and a button have the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pytest

from rpa.errors import NotOnScreen, RowRefused, UnexpectedPage
from rpa.pages.contribution import MonthPage
from rpa.pages.draft_steps import first_screen
from rpa.pages.employee_popups import ForeignEmployeePopup
from rpa.pages.employees import EmployeeList
from rpa.pages.inbox import Inbox
from rpa.pages.paged import Paged
from rpa.pages.preview import Confirmation, Preview
from rpa.pages.resigned_dates import ClosureQuestion
from rpa.pages.result import UpdateResult
from rpa.portal.find import (
    Button,
    Choice,
    Control,
    Heading,
    Leave,
    Lens,
    Menu,
    Radio,
    Selection,
    Table,
    Tick,
    Turn,
    Value,
)
from rpa.portal.page import Dialog, Page
from rpa.portal.sheets import everything
from rpa.portal.tab import Portal, SessionLost
from rpa.rules.vocabulary import Action

if TYPE_CHECKING:
    from collections.abc import Callable


BAR = """<header><button onclick="list.hidden = !list.hidden">MY SITES</button>
<ul id=list hidden><li><a href="#site">Registration</a></ul></header>
<nav><a href="#form">Registration</a><a href="#menu">Update</a>
<ul><li><span>SOCSO</span><ul><li><a href="#socso">New</a></ul><li><span>EIS</span>
<ul><li><a href="#eis">New</a></ul></ul></nav>"""
SCREEN = f"""<html lang=en>{BAR}<main><h1>Screen</h1>
<dl><dt>Employer Code<dd>E9900001234V</dl>
<h2>Screen</h2><section><h2>Item 1</h2><dl><dt>Employer Code<dd>Other</dl></section>
<button onclick="location.hash = 'page'">Update</button>
<fieldset><legend>Whom</legend><label><input type=radio name=x>All</label>
<label><input type=radio name=x>Specific</label></fieldset>
<div class=pages><a href="#1">1</a> <a href="#next">Next</a></div>
<form><button type=button onclick="location.hash = 'on'">Next</button></form></main>"""


class Screen(Page):
    title = Heading(en="Screen")
    sites = Menu(en="My Sites")
    site = Menu(en="Registration")
    update_menu = Menu(en="Update")
    update = Button(en="Update")
    code = Value(en="Employer Code")
    specific = Selection(en="Specific")
    turn = Turn(en="Next")
    onward = Button(en="Next")
    socso = Menu(en="New")
    eis = Menu(en="New")
    landmark: ClassVar[Control] = title


def test_words_that_stand_twice_are_told_apart_by_what_they_stand_among(
    show: Callable[..., Portal],
) -> None:
    """A menu and a button, an entry of one menu and of another, a page's number and a form's step.

    A screen's own value is the one below its title; a group of buttons is known by one of them.
    """
    page = Screen(show(SCREEN))

    def pressed(press: Callable[[], None]) -> str:
        press()
        return str(page.portal.tab.evaluate("location.hash"))

    assert pressed(lambda: page.sites.choose(page.site)) == "#site"
    assert pressed(page.update_menu.click) == "#menu"
    assert pressed(page.update.click) == "#page"
    assert pressed(page.turn.click) == "#next"
    assert pressed(page.onward.click) == "#on"
    for entry, where in ((page.socso, "SOCSO"), (page.eis, "EIS")):
        mine = entry.on(page)
        mine.under = (where,)
        page._sought.clear()  # it is kept by its key
        assert pressed(mine.click) == f"#{where.lower()}"
    assert page.code.read() == "E9900001234V"
    page.specific.choose()
    assert page.portal.tab.locator("input:checked").evaluate("r => r.labels[0].innerText") == (
        "Specific"
    )


KIN = "<table><caption>Kin</caption><tr><td>y</table>"
REVIEW = """<html lang=en><main><h1>Preview</h1><section><h2>Case Item 1</h2>
<h3>Current Information</h3><dl><div><dt>Race<dd>Malay</div></dl><h3>New Information</h3>
<dl><div><dt>Race<dd>Chinese</div><div><dt>Name<dd>CONTOH BIN REKAAN</div></dl></section>
<section><h2>Case Item 2</h2><div><div><span>Name</span><span>CONTOH BINTI REKAAN</span></div>
</div></section>MORE</main>"""


def test_a_review_of_lines_is_read_whole_or_not_at_all(show: Callable[..., Portal]) -> None:
    """Values beside their names; anything else that stands there may be about somebody."""
    parts = Preview(show(REVIEW.replace("MORE", ""))).items.parts()
    assert [[(i.item, i.new, i.current) for i in part] for part in parts] == [
        [("Race", "Chinese", "Malay"), ("Name", "CONTOH BIN REKAAN", "")],
        [("Name", "CONTOH BINTI REKAAN", None)],
    ]


@pytest.mark.parametrize(
    "more",
    [
        "<section><h2>Case Item 3</h2><p>CONTOH BIN REKAAN, Chinese</p></section>",
        "<section><h2>Case Item 3</h2><h3>Former Information</h3><dl><dt>Race<dd>x</dl></section>",
        "<section><h2>Case Item 3</h2><dl><dt>Race<dd>x<dt>Race<dd>y</dl></section>",
        "<section><h2>Case Item 3</h2><dl><dt>Race<dd>x</dl><table><tr><td>y</table></section>",
        "<section><h2>Case Item 3</h2><dl><dt>Race<dd>x</dl><a href='#'>CONTOH</a></section>",
        f"<section><h2>Case Item 3</h2><dl><dt>Race<dd>x</dl>{KIN}</section>",
    ],
    ids=["a sentence", "another heading", "twice", "a table", "a link", "a table with a name"],
)
def test_a_review_with_something_else_in_it_stops(show: Callable[..., Portal], more: str) -> None:
    """A person or a value that is overlooked would be filed unseen."""
    page = Preview(show(REVIEW.replace("MORE", more)))
    with pytest.raises(UnexpectedPage):
        page.items.parts()


@pytest.mark.parametrize(("old", "name"), [("New", "new"), ("Current", "current")])
def test_a_list_of_changes_says_which_heading_is_not_known(
    show: Callable[..., Portal], old: str, name: str
) -> None:
    """As a table's column: so that it can be mended, and is asked for."""
    page = Preview(show(REVIEW.replace("MORE", "").replace(f"{old} Information", "Elsewhere")))
    with pytest.raises(NotOnScreen) as caught:
        page.items.parts()
    assert f"(Preview.items.columns.{name})" in caught.value.words.en


SUMS = """<html lang=en><main><h1>Update Contribution</h1><section><h2>Total Contribution</h2>
<h3>Total (RM)</h3><dl><dt>Wages<dd>1,500.00<dt>SKBBK<dd>1.00</dl>
<h3>Number of Employee(s)</h3><dl><dt>Wages<dd>2<dt>SKBBK<dd>1</dl>
<dl><dt>Grand Total (RM)<dd>77.00</dl></section></main>"""


def test_sums_may_be_lists(show: Callable[..., Portal]) -> None:
    """The same lines as of a table."""
    page = MonthPage.__new__(MonthPage)
    Page.__init__(page, show(SUMS))
    rows = page.sums.rows()
    told = [(row["item"], row["wages"], row["skbbk"]) for row in rows]
    assert told == [("Total (RM)", "1,500.00", "1.00"), ("Number of Employee(s)", "2", "1")]
    assert page.grand() == 7700


def test_letters_are_found_below_their_heading(show: Callable[..., Portal]) -> None:
    """And nothing but files is taken for one."""
    page = UpdateResult(
        show("<main><h1>Done</h1><dl><dt>Request Case Update No.<dd>CAN11202600000001</dl>"
             "<h2>Letter(s)</h2><a href=/a.pdf download>A</a><a href=/b.pdf>B</a>"
             "<a href=/web>OK</a><h2>More</h2><a href=/c.pdf>C</a></main>")
    )  # fmt: skip
    assert page.reference() == "CAN11202600000001"
    assert page.letter_links.locator().all_inner_texts() == ["A", "B"]


def test_the_log_in_page_is_known_by_its_label(show: Callable[..., Portal]) -> None:
    """Whatever its box is named; one of a form of somebody who is signed in is none."""
    box = "<h1>Welcome</h1><label>Email Address <input></label>"
    portal = show(box)
    portal.signed_in = True
    with pytest.raises(SessionLost):
        Screen(portal)
    portal = show(f"<header><a href='#'>My Sites</a></header><main>{box}</main>")
    assert "login" not in portal.screen.stood()


PAGES = """<html lang=en><main><h1>List</h1>
<table><caption>People</caption><thead><tr><th>No.<th>Name</thead><tbody></tbody></table>
<div id=pager></div><table><caption>Others</caption><thead><tr><th>No.<th>Name</thead><tbody>
<tr><td>9<td>X</tbody></table><div><a rel=next href="#">Next</a></div></main><script>
const show = n => { document.querySelector('tbody').innerHTML = `<tr><td>${n}<td>N${n}`;
  pager.innerHTML = PAGER; }; show(1); let shown = 0;
new MutationObserver(() => shown += 1).observe(document.querySelector('tbody'), {childList: true});
</script>"""
NUMBERS = """[1, 2, 3].map(m => m === n ? `<b aria-current=page>${m}</b>`
  : `<a href="#" onclick="show(${m})">${m}</a>`).join(' ')"""


WAYS = """(n > 1 ? `<a class=pager href="#" onclick="show(${n - 1})">Previous</a>` : '') + n
  + (n < 3 ? `<a class=pager href="#" onclick="show(${n + 1})">Next</a>` : '')"""


COUNTED = """`<span>Muka ${n} daripada 3</span>` + (n < 3
  ? `<button onclick="show(${n + 1})">Next</button>` : '')"""
MORE = """n < 3 ? `<a class=pager href="#" onclick="show(${n + 1})">Next</a>` : ''"""


BEGUN = "; if (!window.begun) { window.begun = 1; show(3); }"


ROW = "`<tr><td>${n}<td>N${n}`"
APPENDED = (f"innerHTML = {ROW}", f"insertAdjacentHTML('beforeend', {ROW})")
SECOND_GOES = "document.querySelector('tbody tr + tr')?.remove();"
OTHER = '<a rel=next href="#">Next</a>'
LATER = ('onclick="show(${n + 1})"', 'onclick="setTimeout(() => show(${n + 1}), 300)"')


def test_a_list_that_shows_more_is_read_once(show: Callable[..., Portal]) -> None:
    """Its rows stay where they are, or are drawn anew, and others come below them.

    Where some of them went it is neither another page nor a longer one: that stops.
    """
    more = PAGES.replace("PAGER", MORE)
    three = [("1", "N1"), ("2", "N2"), ("3", "N3")]
    drawn_anew = more.replace("innerHTML = `<tr", "innerHTML += `<tr")
    counted = PAGES.replace("PAGER", COUNTED).replace(*APPENDED)
    shapes = (more.replace(*APPENDED), drawn_anew, more.replace(*APPENDED).replace(*LATER), counted)
    for page in shapes:
        people = People(show(page))
        assert [row.cells for row in everything(people.people, people.turn)] == three
        assert [row.cells for row in everything(people.people, people.turn)] == three  # it stays so
        listed = Listed(show(page.replace(OTHER, "")))
        assert [[row.cells for row in rows] for rows in listed.pages()] == [[row] for row in three]
    step = People(show(counted.replace("Muka ${n} daripada 3", "Langkah ${n} daripada 3")))
    assert [row.cells for row in everything(step.people, step.turn)] == three[:1]
    assert step.portal.tab.locator("tbody").first.locator("tr").count() == 1  # nothing was pressed
    two = more.replace(*APPENDED).replace("show(1);", "show(1); show(2);")
    torn = two.replace(OTHER, "").replace("show = n => {", f"show = n => {{ {SECOND_GOES}")
    with pytest.raises(UnexpectedPage):
        list(Listed(show(torn)).pages())


class People(Page):
    title = Heading(en="List")
    people = Table(en="People")
    turn = Turn(en="Next")
    landmark: ClassVar[Control] = title


class Listed(Paged):
    listing = Table(en="People")
    next_page = Turn(en="Next")
    landmark: ClassVar[Control] = listing


def test_a_list_of_a_filing_is_read_on_all_its_pages_or_not_at_all(
    show: Callable[..., Portal],
) -> None:
    """By its own numbers or ways, from its first page; what turns another list is none of its.

    A page that is the only one has no other, though it has its number; what turns and is not known
    stops, for whom the list is about would be known in part.
    """

    def read(pager: str) -> list[tuple[str, ...]]:
        page = People(show(PAGES.replace("PAGER", pager)))
        return [row.cells for row in everything(page.people, page.turn)]

    three = [("1", "N1"), ("2", "N2"), ("3", "N3")]
    assert read(NUMBERS) == three
    assert read(WAYS) == three
    assert read(WAYS.replace(">Previous<", " aria-label=Previous>&lsaquo;<") + BEGUN) == three
    onward = """ + (n < 4 ? `<a class=pager href="#" onclick="show(4)">Next</a>` : '')"""
    later = (WAYS.replace("Previous", "Earlier"), NUMBERS.replace("[1, 2, 3]", "[3, 4]") + onward)
    for pager, at in zip(later, (2, 3), strict=True):
        with pytest.raises(UnexpectedPage):  # on which page it stands is not known
            read(pager + BEGUN.replace("3", str(at)))
    assert read(WAYS + BEGUN) == three
    assert read(NUMBERS.replace("[1, 2, 3]", "[1]")) == three[:1]
    assert read('`<a class=pager href="#">1</a>`') == three[:1]
    with pytest.raises(UnexpectedPage):
        read('`<a class=pager href="#">Onward</a>`')


def test_what_a_profile_says_is_not_there_is_not_sought(show: Callable[..., Portal]) -> None:
    """A menu's entries stand open then, a tick is left, a value has nothing."""
    page = Screen(show(SCREEN.replace("hidden", "")))
    sites, code = page.sites, page.code
    sites.none = code.none = "not here"
    agree = Tick(en="Agree")
    agree.key, agree.page, agree.none = "Screen.agree", page, "not here"
    agree.tick()
    assert not code.shown()
    sites.choose(page.update_menu)
    assert page.portal.tab.evaluate("location.hash") == "#menu"


def test_a_press_never_goes_by_an_earlier_look(show: Callable[..., Portal]) -> None:
    """Of a lens and a menu, too: what is there twice by now is not chosen."""
    page = Screen(show("<nav><a href='#m'>Update</a></nav><main><h1>Screen</h1></main>"))
    page.update_menu.locator()
    page.portal.tab.evaluate("() => document.querySelector('nav').innerHTML += '<a>Update</a>'")
    with pytest.raises(UnexpectedPage, match="more than once"):
        page.update_menu.click()


ASKED = "Employee Resign Date exceeds the Temporary closure/ No employee From date."
QUESTION = """<html lang=en><main><h1>Screen</h1>
<div role=alert class=bad>of the screen behind</div></main>
<dialog open aria-labelledby=t><h2 id=t>CONFIRMATION</h2><div class=modal-body><p>{}</div>
<button onclick="this.closest('dialog').remove()">NO</button><button>YES</button></dialog>"""


def test_a_question_is_never_answered_as_if_nothing_was_asked(show: Callable[..., Portal]) -> None:
    """Its words are told, once; where they are not found, it is told that it was asked."""
    for said, told in ((ASKED, ASKED), ("", "CONFIRMATION")):
        assert ClosureQuestion(show(QUESTION.format(said))).deny() == told


POPUP = """<html lang=en><dialog open aria-labelledby=t>
<h2 id=t>Add Foreign Employee Information</h2>
<div role=alert>Record found</div>{}</dialog>"""


def test_a_popup_complains_wherever_it_says_so_but_not_by_its_lens(
    show: Callable[..., Portal],
) -> None:
    popup = ForeignEmployeePopup(show(POPUP.format("")))
    assert not popup.complains()
    popup = ForeignEmployeePopup(show(POPUP.format("<p role=alert class='good'>Saved</p>")))
    assert not popup.complains()
    no = "<div role=alert>Invalid Passport No.</div>"
    popup = ForeignEmployeePopup(show(POPUP.format(no)))
    with pytest.raises(RowRefused, match=r"^Invalid Passport No\.$"):
        popup.refuse_if_complained()


LEFT = """<html lang=en><main id=m></main><script>
const titles = ['Form 2 - Employee\\'s Registration Form', 'EIS Employee Registration',
  'Upload Supporting Document', 'Preview'];
let at = %d;
const draw = () => m.innerHTML = `<h1>${titles[at]}</h1><button>Back</button>`;
m.addEventListener('click', e => { at -= 1; setTimeout(draw, 300); });
draw();</script>"""


@pytest.mark.parametrize("at", [0, 1, 3])
def test_a_draft_that_opens_where_it_was_left_is_led_back(
    show: Callable[..., Portal], at: int
) -> None:
    """Once a step, however late the step before comes."""
    portal = show(LEFT % at)
    first_screen(portal, EmployeeList)
    assert portal.tab.evaluate("at") == 0


ROLES = """<html lang=en><main><h1>List</h1><section><h2 id=p>People</h2>
<div role=table aria-labelledby=p><div role=rowgroup><div role=row>
<div role=columnheader>No.</div><div role=columnheader>Name</div><div role=columnheader></div>
</div></div>
<div role=rowgroup id=rows></div></div></section></main><script>
const fill = names => rows.innerHTML = names.map((n, i) => `<div role=row><div role=cell>${i}</div>
  <div role=cell>${n}</div><div role=cell><button onclick="location.hash = '${i}'">Change<span
  style="position: absolute; width: 1px; height: 1px; overflow: hidden"> ${n}</span></button>
  </div></div>`).join('');
const none = () => { fill([]); document.querySelector('section')
  .insertAdjacentHTML('beforeend', '<p>No Record Found.</p>'); };
fill(['REKAAN A', 'REKAAN B']);</script>"""


def test_a_table_may_be_one_by_its_roles_alone(show: Callable[..., Portal]) -> None:
    """Its rows and what they offer, a text of the row behind it; empty, it says so behind it."""
    page = People(show(ROLES))
    page.people.columns = ()
    assert [(line.cells[1], offers) for line, offers in page.people.lines()] == [
        ("REKAAN A", ["Change"]),
        ("REKAAN B", ["Change"]),
    ]
    page.portal.tab.evaluate("rows.innerHTML = rows.innerHTML.replaceAll('Change', 'Edit')")
    page.people.press(page.people.row("REKAAN B"), Action.EDIT)
    assert page.portal.tab.evaluate("location.hash") == "#1"
    with page.people.renewed():
        page.portal.tab.evaluate("setTimeout(none, 300)")
    assert page.people.rows() == []
    page.people.settled_on("REKAAN C")
    page.portal.tab.evaluate("rows.innerHTML = '<div role=row>Loading</div>'")
    with pytest.raises(UnexpectedPage, match="a remark in a list that is not known"):
        page.people.rows()


@pytest.mark.parametrize(
    "behind",
    ["<p hidden>No Record Found.</p>", "<h2>Others</h2><p>No Record Found.</p>",
     "<div><table><tr><td>1</table></div><p>No Record Found.</p>"],
)  # fmt: skip
def test_a_table_that_is_still_empty_does_not_say_that_there_is_nothing(
    show: Callable[..., Portal], behind: str
) -> None:
    """A remark that is hidden is none yet, and one behind another list is that one's."""
    page = People(show(ROLES.replace("</section>", f"{behind}</section>")))
    page.portal.tab.evaluate("fill([])")
    with pytest.raises(UnexpectedPage):
        page.people.settled_on("REKAAN C")


EMPTY = """<html lang=ms><main><h1>Task Inbox</h1><form><input></form>
<section><div><h2>Task Inbox</h2></div>
<div><svg></svg><p>SAID</p></div>MORE</section><h2>Others</h2><p>Other</p></main></html>"""


@pytest.mark.parametrize(
    ("said", "more", "asked"),
    [
        ("Belum ada rekod.", "", ("Belum ada rekod.",)),
        ("Senarai semua orang.", "<div><div>CONTOH BIN REKAAN</div></div>", None),
        ("Senarai semua orang.", "<button>Tambah</button>", None),
        ("Tiada kes bagi 900115000001.", "", None),
    ],
)
def test_what_stands_in_place_of_a_list_is_asked_about(
    show: Callable[..., Portal], said: str, more: str, asked: tuple[str, ...] | None
) -> None:
    """Only where nothing else stands below its name: rows may be there, in a shape not known."""
    portal = show(EMPTY.replace("SAID", said).replace("MORE", more))
    with pytest.raises(NotOnScreen) as missing:
        Inbox(portal)
    assert (missing.value.asks.words if missing.value.asks else None) == asked
    assert "900115000001" not in str(missing.value)


def test_a_row_that_does_not_offer_it_tells_what_it_offers(show: Callable[..., Portal]) -> None:
    """And the line that mends it; nothing of whom the row is about."""
    page = People(show(ROLES))
    page.people.columns = ()
    with pytest.raises(NotOnScreen) as told:
        page.people.press(page.people.row("REKAAN B"), Action.EDIT)
    assert "it offers: 'Change'. The office can mend this" in told.value.words.en
    assert "below words: action: {edit: {en: …}}" in told.value.words.en
    assert "REKAAN" not in told.value.words.en
    for html in (ROLES.replace("${n}</div>", "<a href=#>${n}</a></div>"),
                 ROLES.replace("<button", "<button aria-label='Change Rekaan A'")):  # fmt: skip
        page = People(show(html))
        page.people.columns = ()
        with pytest.raises(NotOnScreen) as told:
            page.people.press(page.people.row("REKAAN A"), Action.EDIT)
        assert "'Change'" in told.value.words.en
        assert "REKAAN" not in told.value.words.en.upper().replace("PEOPLE.PEOPLE", "")


CHOICES = """<html lang=en><main><h1>Screen</h1>
<fieldset><legend>Search</legend><label><input type=radio name=by>By name</label>
<label><input type=radio name=by>By number</label></fieldset>
<label>Gender<select><option>Please Select<option>Female<option>Male</select></label></main>"""


ANEW = """document.querySelectorAll('[type=radio]').forEach(r => { const other = r.cloneNode();
  other.removeAttribute('data-seen'); other.checked = r.checked; r.replaceWith(other); })"""


class Chosen(Page):
    title = Heading(en="Screen")
    search = Choice(en="Search")
    gender = Radio(en="Gender")
    landmark: ClassVar[Control] = title


def test_a_choice_may_be_radio_buttons_and_they_a_drop_down(show: Callable[..., Portal]) -> None:
    page = Chosen(show(CHOICES))
    assert page.search.offered() == ["By name", "By number"]
    assert (page.search.read(), page.gender.read()) == ("", "")
    page.search.fill("By number")
    page.gender.fill("Lelaki")
    assert (page.search.read(), page.gender.read()) == ("By number", "Male")
    assert page.gender.holds(page.gender.read(), "Lelaki")
    page.portal.tab.evaluate(ANEW)  # since the last look
    assert page.search.read() == "By number"
    with pytest.raises(RowRefused, match="does not offer exactly one choice for 'By hand'"):
        page.search.fill("By hand")


CROSS = """<html lang=en><main><h1>Screen</h1></main>
<dialog open aria-labelledby=t><h2 id=t>CONFIRMATION</h2>
<button aria-label=Cancel onclick="location.hash = 'cross'">x</button>
<button onclick="location.hash = 'cancel'">Cancel</button><button>Confirm</button></dialog>"""


def test_a_popup_may_be_left_by_a_cross_and_by_a_button(show: Callable[..., Portal]) -> None:
    """Of the same words both leave; what has a sign alone is called by its label."""
    page = Confirmation(show(CROSS.replace(">x<", ">&times;<")))
    page.cancel.click()
    assert page.portal.tab.evaluate("location.hash") == "#cancel"
    page = Confirmation(show(CROSS.replace(">x<", ">&times;<").replace(">Cancel<", ">Later<")))
    page.cancel.click()
    assert page.portal.tab.evaluate("location.hash") == "#cross"


class Asked(Dialog):
    title = Heading(en="CONFIRMATION")
    cancel = Leave(en="Cancel", id="b2")
    landmark: ClassVar[Control] = title


def test_of_two_ways_to_leave_none_is_pressed_that_an_id_tells_apart(
    show: Callable[..., Portal],
) -> None:
    html = CROSS.replace(">x<", ">&times;<").replace("<button>Confirm", "<button id=b2>Confirm")
    page = Asked(show(html))
    with pytest.raises(UnexpectedPage):
        page.cancel.click()
    assert page.portal.tab.evaluate("location.hash") == ""


class Paper(Dialog):
    title = Heading(en="Upload Supporting Document")
    submit = Button(en="Add document")
    landmark: ClassVar[Control] = title


def test_a_dialog_is_known_by_its_title_though_a_part_of_it_was_typed(
    show: Callable[..., Portal],
) -> None:
    """What is typed is told by no look; the title that is sought is one of our own words."""
    html = """<html lang=en><main><div role=dialog aria-labelledby=t>
    <h2 id=t>Upload supporting document</h2><input aria-label=Kind value="supporting document">
    <button>Add document 2026</button></div></main>"""
    page = Paper(show(html))
    with pytest.raises(NotOnScreen, match=r"\{submit: \{en: Add document 2026\}\}"):
        page.submit.click()


@pytest.mark.parametrize("name", ["aria-label=SUBMIT", "title=Submit"])
def test_an_icon_of_a_row_is_never_the_last_press(show: Callable[..., Portal], name: str) -> None:
    page = Screen(show(SCREEN + f"<p id=row><a href=# id=pencil {name}>&#9998;</a></p>"))
    icon = Button(id="pencil")
    icon.attr, icon.key, icon.page = "icon", "Screen.icon", page
    row = page.portal.tab.locator("#row")
    assert icon.of(row).count() == 0
    page.portal.tab.evaluate("e => pencil.ariaLabel = pencil.title = 'Edit'")
    assert icon.of(row).count() == 1


def test_the_last_press_is_known_by_any_of_its_names(show: Callable[..., Portal]) -> None:
    """A lens that is known by its id is none where a label says SUBMIT."""
    page = Screen(show(SCREEN + "<button id=lens aria-label=SUBMIT><i>send</i></button>"))
    lens = Lens(en="Look", id="lens")
    lens.attr, lens.key, lens.page = "lens", "Screen.lens", page
    with pytest.raises(UnexpectedPage):
        lens.click()


TWO = """<html lang=en><main><h1>Preview</h1>
<table><tbody><tr><th>Employer Code<td>E9900001234V</table>
<table><caption>Case Item 1</caption><thead><tr><th>Item Name<th>New Information</thead><tbody>
<tr><th>Employer Code<td>Other</tr><tr><th>Race<td>&mdash;</tr></tbody></table></main>"""


def test_a_review_without_what_was_before_has_nothing_there(show: Callable[..., Portal]) -> None:
    """Two columns and no third; a dash is nothing; a table's cell is no value of the screen."""
    page = Preview(show(TWO))
    assert page.items.parts() == [[("Employer Code", "Other", ""), ("Race", "", "")]]
    assert page.whose() == "E9900001234V"
    assert page.values() == {"Other"}
    three = TWO.replace("<th>New", "<th>Before<th>New").replace("<td>", "<td>?<td>")
    page = Preview(show(three))
    with pytest.raises(UnexpectedPage, match="current"):
        page.items.parts()


ROUND = """<html lang=en><main><h1>Update Contribution</h1>
<table><caption>Total Contribution</caption>
<thead><tr><th>Item<th>Number of Employee(s)<th>Total (RM)</thead><tbody>
<tr><td>Wages<td>2<td>1,500.00<tr><td>SKBBK<td>1<td>1.00</tbody></table></main>"""


def test_sums_may_stand_the_other_way_round(show: Callable[..., Portal]) -> None:
    page = MonthPage.__new__(MonthPage)
    Page.__init__(page, show(ROUND))
    told = [(row["item"], row["wages"], row["skbbk"]) for row in page.sums.rows()]
    assert told == [("Number of Employee(s)", "2", "1"), ("Total (RM)", "1,500.00", "1.00")]


FOLDS = """<html lang=en><nav>
<button aria-expanded=false
 onclick="this.ariaExpanded = !(one.hidden = !one.hidden)">Employer</button>
<ul id=one hidden><li><a href="#details">Details</a></ul>
<button aria-expanded=false
 onclick="this.ariaExpanded = !(two.hidden = !two.hidden)">Workers</button>
<ul id=two hidden><li><a href="#form">Enrol</a></ul></nav>
<main><h1>Welcome</h1><div><p>Your phrase</p><p>teh tarik</p><p>Is it yours?</p>
<button onclick="location.hash = 'mine'">Yes</button></div></main>"""


class Folds(Page):
    title = Heading(en="Welcome")
    menu = Menu(en="Update")
    entry = Menu(en="Enrol")
    absent = Menu(en="Elsewhere")
    phrase = Value(en="Your phrase")
    landmark: ClassVar[Control] = title


def test_an_entry_is_found_in_whichever_part_of_the_menus_it_is_folded(
    show: Callable[..., Portal],
) -> None:
    """Where there is no such menu; and a text on a line of its own stands behind its label."""
    page = Folds(show(FOLDS))
    assert page.phrase.read() == "teh tarik"
    menu = page.menu.on(page)
    menu.none = "its entries stand in menus by subject"
    menu.choose(page.entry)
    assert page.portal.tab.evaluate("location.hash") == "#form"
    with pytest.raises(NotOnScreen):
        menu.choose(page.absent)
    folds = page.portal.tab.get_by_role("button", expanded=False)
    assert folds.all_inner_texts() == ["Employer"]  # opened in vain, and shut again
    nowhere = page.absent.on(page)
    nowhere.none = "there is none"
    menu.choose(nowhere)
    assert folds.all_inner_texts() == ["Employer"]


def test_what_is_folded_in_the_menus_is_seen_once_and_shut_again(
    show: Callable[..., Portal],
) -> None:
    """So that a person may be asked which of it is meant."""
    page = Folds(show(FOLDS))
    words = [one.words for one in page.absent.unfolded().elements if one.words]
    assert {"Details", "Enrol"} <= set(words)
    assert len(words) == len(set(words))
    folds = page.portal.tab.get_by_role("button", expanded=False)
    assert folds.all_inner_texts() == ["Employer", "Workers"]
