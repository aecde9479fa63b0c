"""What a vendor of 2027 builds otherwise: pages for windows, typed lists, a person in one cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pytest

from rpa.errors import NotOnScreen, RowRefused
from rpa.pages.contribution import MonthPage
from rpa.pages.employee_popups import EmployeePopup
from rpa.pages.employees import EmployeeList
from rpa.pages.preview import Preview
from rpa.pages.resigned_dates import LeaverItems
from rpa.pages.review import Review
from rpa.pages.supporting_documents import DocumentPopup
from rpa.portal import profile
from rpa.portal.find import Button, Choice, Control, Heading, Leave, Menu, Text
from rpa.portal.lines import Columns, Line, lines
from rpa.portal.page import Dialog, Page
from rpa.portal.profile import shipped
from rpa.rules.vocabulary import PAPER_TYPES
from tests.portal.test_other_houses import bare, words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rpa.portal.tab import Portal


class Worker(Dialog):
    title = Heading(en="Worker")
    name = Text(en="Name")
    born = Text(en="Born")
    race = Choice(en="Race")
    city = Choice(en="City")
    save = Button(en="Save")
    cancel = Leave(en="Back")
    landmark: ClassVar[Control] = title


PLACE = """<html lang=en><main><div id=list hidden><h1>List</h1><button>Save</button></div>
<div><section aria-labelledby=t><h1 id=t>Worker</h1><form>
<input id=n><label for=n>Name <span>(optional)</span></label>
<p class=error-inline style="min-height:9px"></p>
<input id=b oninput="this.dataset.day = this.value" onchange="this.value = '5 Mar 1990'">
<label for=b>Born</label>
<input id=r list=races onchange="setTimeout(() => { cities.innerHTML =
 '<option value=Ipoh></option>'; c.disabled = false; }, 200)"><label for=r>Race</label>
<datalist id=races><option value=Melayu></option><option value=Cina></option></datalist>
<input id=c list=cities disabled><label for=c>City</label><datalist id=cities></datalist>
</form><button onclick="said.innerHTML = 'No such person. <button>Close</button>'">Save</button>
<button onclick="this.closest('div').remove(); list.hidden = false">Back</button></section></div>
BESIDE</main><div class=alert-error id=said></div></html>"""


def test_a_window_may_be_a_page_in_place_of_the_list(show: Callable[..., Portal]) -> None:
    """What is refused beside it is said to it, without its button; an empty place says nothing."""
    popup = Worker(show(PLACE.replace("BESIDE", "")))
    assert not popup.complains()
    popup.save.click()
    with pytest.raises(RowRefused, match=r"No such person\.$"), popup.left_when_refused():
        popup.closed_or_refused("Worker.save")
    assert popup.portal.tab.locator("#list").is_visible()


@pytest.mark.parametrize("beside", ["<h2>Other</h2>", "<button>Send</button>", "<input>"])
def test_a_part_of_a_page_is_no_window(show: Callable[..., Portal], beside: str) -> None:
    """With anything in sight beside it, nobody can tell that it is all there is."""
    portal = show(PLACE.replace("BESIDE", beside))
    assert not bare(Worker, portal).name.shown()


def test_a_choice_may_be_typed_from_the_browsers_own_list(show: Callable[..., Portal]) -> None:
    """By an option of it alone; one that follows another is waited for."""
    popup = Worker(show(PLACE.replace("BESIDE", "")))
    popup.race.fill("Melayu")
    popup.city.fill("Ipoh")
    assert (popup.race.read(), popup.city.read()) == ("Melayu", "Ipoh")
    assert not popup.race.lists("Melayu Lain")
    popup.name.fill("CONTOH BIN REKAAN")  # whose label says that it may be left


@pytest.mark.heavy
def test_what_the_browsers_own_list_does_not_offer_is_not_typed(
    show: Callable[..., Portal],
) -> None:
    """The row is refused with what comes nearest; what was chosen stays."""
    race = Worker(show(PLACE.replace("BESIDE", ""))).race
    race.fill("Cina")
    with pytest.raises(RowRefused, match="Melayu"):
        race.fill("Melayu Lain")
    assert race.read() == "Cina"


def test_a_box_may_write_the_month_of_a_day(show: Callable[..., Portal]) -> None:
    """It holds the day that was typed, and no other."""
    born = Worker(show(PLACE.replace("BESIDE", ""))).born
    born.fill("05/03/1990")
    assert born.holds(born.read(), "05/03/1990")
    assert not born.holds(born.read(), "06/03/1990")


EMPTY = """<html lang=en><main><h1>Form 2 - Employee's Registration Form</h1>
<figure><figcaption>New Employee(s) Listing</figcaption>TABLE</figure>
<figure><figcaption>New Foreign Employee(s) Listing</figcaption><p>No Record Found.</p></figure>"""
WHO = """<div><table><thead><tr><th>#<th>Identification No.<th>Next of Kin</thead><tbody>
<tr><td>1<td><strong>CONTOH BIN REKAAN</strong><span style="display:block">Passport Id A1234</span>
<td>WARIS<br><span>Passport Id B5678</span>
<tr><td>2<td><strong>REKAAN BINTI CONTOH</strong><span style="display:block">New IC No.
 900115000001</span><td>WARIS<br><span>New IC No. 800115000001</span></tbody></table></div>"""


def test_a_list_may_be_a_figure_and_a_person_one_cell(show: Callable[..., Portal]) -> None:
    """An empty one says so below its caption; somebody's number stands behind its kind."""
    page = bare(EmployeeList, show(EMPTY.replace("TABLE", "<p>No Record Found.</p>")))
    assert page.persons() == []
    page = bare(EmployeeList, show(EMPTY.replace("TABLE", WHO)))
    assert page.persons() == ["A1234", "900115000001"]
    assert page.new_employees.row("900115000001").count() == 1
    assert page.new_employees.row("900115").count() == 0


@pytest.mark.parametrize("said", ["900115000001", "No. 900115000001", "Passport Id B1 Passport Id"])
def test_a_number_without_its_kind_is_nobodys(show: Callable[..., Portal], said: str) -> None:
    """Of one row or of all, it is not guessed."""
    page = bare(EmployeeList, show(EMPTY.replace("TABLE", WHO.replace("New IC No.\n ", said))))
    with pytest.raises(NotOnScreen, match=r"new_employees\.columns\.identification"):
        page.persons()


def test_a_number_may_stand_in_the_names_cell() -> None:
    """Where it has no column: in that cell of every row, and in no other."""
    table, keys = "ResignedDates.leavers", ("identification", "name")
    columns = Columns(table, {key: shipped().looks[f"{table}.columns.{key}"] for key in keys})
    mine, kin = "CONTOH BIN REKAAN\nNew IC No. 900115000001", "WARIS\nNew IC No. 800115000001"

    def read(*cells: str) -> list[Line]:
        return lines(
            {"heads": ["Name", "Kin"], "rows": [[cell, kin] for cell in cells]}, table, columns
        )

    assert [(line["identification"], line["name"]) for line in read(mine, mine)] == [
        ("900115000001", "CONTOH BIN REKAAN"), ("900115000001", "CONTOH BIN REKAAN"),
    ]  # fmt: skip
    with pytest.raises(NotOnScreen):
        _ = read(mine, "CONTOH BIN REKAAN")[0]["identification"]


REVIEW = """<html lang=en><main><h1>Preview</h1><section><h2>Case Item 1</h2><ul>
<li><span>Identification No.</span> <span>900115000001</span>
<li><span>Name of Employee</span> <span>CONTOH BIN REKAAN</span>
<li><span>Employment Resign Date</span> <del><span>Current Information: </span>1 Nov 2026</del>
 <ins><span>New Information: </span>20 Nov 2026</ins></ul></section>
<h2>Uploaded Supporting Document(s) Listing</h2><p>No Record Found.</p></main>"""


def test_what_was_may_be_struck_out(show: Callable[..., Portal]) -> None:
    """What is to be stands behind it; who somebody is, told once, stays."""
    preview = bare(Preview, show(REVIEW))
    assert Review(LeaverItems).shown(preview)["900115000001"] == {
        "Identification No.": "900115000001",
        "Identification No. (current)": "900115000001",
        "Name of Employee": "CONTOH BIN REKAAN",
        "Name of Employee (current)": "CONTOH BIN REKAAN",
        "Employment Resign Date": "20/11/2026",
        "Employment Resign Date (current)": "01/11/2026",
    }
    assert "Name of Employee (current)" not in Review(EmployeePopup).shown(preview)["900115000001"]


FOOT = """<html lang=en><main><h1>Month</h1><table><caption>Total Contribution</caption><thead><tr>
<th>Item<th>Number of Employee(s)<th>Total (RM)</thead><tbody>
<tr><th>Wages<td>2<td>3,000.00</tbody><tfoot><tr><th>Total Employee(s)<td>2<td>
<tr><th>Grand Total (RM)<td>MORE<td><b>77.00</b></tfoot></table></main>"""


def test_a_sum_may_stand_at_the_foot_of_its_table(show: Callable[..., Portal]) -> None:
    """Beside its name, where nothing else does."""
    assert bare(MonthPage, show(FOOT.replace("MORE", ""))).grand_total.read() == "77.00"
    page = bare(MonthPage, show(FOOT.replace("MORE", "5")))
    assert not page.grand_total.shown()


class Site(Page):
    title = Heading(en="Site")
    entry = Menu(en="SOCSO only")
    landmark: ClassVar[Control] = title


def test_an_entry_may_stand_under_a_heading_of_the_menu(show: Callable[..., Portal]) -> None:
    """As under an entry of its own."""
    page = Site(
        show("""<html lang=en><nav><h2>Contributions</h2><ul><li><a href="#a">SOCSO only</a>
        </ul><h2>Statements</h2><ul><li><a href="#b">SOCSO only</a></ul></nav><h1>Site</h1>""")
    )
    entry = page.entry
    entry.under = ("Contributions",)
    entry.click()
    assert page.portal.tab.evaluate("location.hash") == "#a"


PAPER = """<html lang=en><div role=dialog aria-label="Upload Supporting Document">
<h2>Upload Supporting Document</h2><label>Description <select><option>Please Select
<option>Borang 2 (pendaftaran pekerja)<option>Lain-lain</select></label></div>"""


def test_a_kind_of_paper_may_be_called_otherwise(
    show: Callable[..., Portal], tmp_path: Path
) -> None:
    """Without the office's word the stop names the line; the review means the same by it."""
    popup = DocumentPopup(show(PAPER))
    with pytest.raises(NotOnScreen, match=r"words: {paper: {form_2: "):
        popup.description.fill("Form 2 - Employee Registered")
    mine = "Borang 2 (pendaftaran pekerja)"
    with profile.using(words(tmp_path, "words:", f"  paper: {{form_2: {{bm: {mine}}}}}")):
        popup.description.fill("Form 2 - Employee Registered")
        assert popup.description.read() == mine
        assert PAPER_TYPES.plainly(mine) == "Form 2 - Employee Registered"
        popup.description.fill("Lain-lain")  # in no list: in the portal's own words
        assert popup.description.read() == "Lain-lain"
