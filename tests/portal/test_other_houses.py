"""What yet another house builds otherwise: cards, days in words, tiles, a menu that stands open."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, ClassVar

import pytest

from rpa import settings
from rpa.errors import ConfigInvalid, NotOnScreen, UnexpectedPage
from rpa.pages import contribution_review
from rpa.pages.agreement import check_profile
from rpa.pages.contribution import MonthPage
from rpa.pages.contribution_review import ReviewLinks, SubmissionRecord
from rpa.pages.inbox import Inbox
from rpa.pages.login import LoginPassword, LoginPhrase
from rpa.pages.preview import Removal
from rpa.pages.resigned_dates import LeaverItems, ResignedDates
from rpa.pages.result import UpdateResult
from rpa.pages.review import Review
from rpa.pages.shell import MySites
from rpa.portal import profile, values
from rpa.portal.find import Choice, Control, Heading, Menu, Radio, Table, Turn, Value, Way
from rpa.portal.page import Page, PageT, whichever
from rpa.portal.sheets import sheets
from rpa.portal.values import Cell
from rpa.rules.months import Month

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rpa.portal.tab import Portal

REFERENCE = "CAN11202600000001"
CARD = """<li><div><h3>Update Add New Employee</h3><dl><div><dt>Reference No.<dd>REF</div>
<div><dt>Aging<dd>1</div></dl></div><div><b>Draft</b>MORE<div><a href="#">Edit</a>
<button>Remove</button></div></div></li>"""
TASKS = f"""<html lang=en><main><h1>Tasks</h1><section><h2>Task Inbox</h2><ul>
{CARD.replace("REF", REFERENCE)}</ul></section></main>"""


def bare(kind: type[PageT], portal: Portal) -> PageT:
    """The screen without waiting for it."""
    page = kind.__new__(kind)
    Page.__init__(page, portal, awaited=False)
    return page


def test_a_card_may_tell_its_title_and_its_badge_without_a_name(
    show: Callable[..., Portal],
) -> None:
    """The title is what it is about, the one text beside it is its status."""
    cases = bare(Inbox, show(TASKS.replace("MORE", ""))).cases
    ((line, offered),) = cases.lines()
    told = [line[name] for name in ("reference", "description", "status")]
    assert told == [REFERENCE, "Update Add New Employee", "Draft"]
    assert offered == ["Edit", "Remove"]
    assert cases.row(REFERENCE).count() == 1


def test_of_two_texts_beside_a_card_none_is_the_status(show: Callable[..., Portal]) -> None:
    """Nobody can tell which of them it is."""
    cases = bare(Inbox, show(TASKS.replace("MORE", "<b>Urgent</b>"))).cases
    ((line, _),) = cases.lines()
    with pytest.raises(NotOnScreen, match=r"Inbox\.cases\.columns\.status"):
        _ = line["status"]


PHRASE = """<html lang=en><main><h1>Login</h1><form><figure>
<figcaption>Your Security Phrase is</figcaption><blockquote>contoh frasa</blockquote></figure>
<label>Password<input type=password></label><button>LOGIN</button>"""


def test_a_value_may_stand_in_any_line_behind_its_label(show: Callable[..., Portal]) -> None:
    """What stops at the log-in sees nothing else of a portal."""
    assert bare(LoginPassword, show(PHRASE)).phrase.read() == "contoh frasa"


def test_a_picture_covers_the_phrase_wherever_it_stands(
    show: Callable[..., Portal], tmp_path: Path
) -> None:
    """Two phrases give one picture: nothing of either is in it, also where it was not found."""
    pictures = set()
    for phrase in ("contoh frasa", "frasa contoh"):
        for kept in ((), (phrase,)):
            portal = show(PHRASE.replace("contoh frasa", phrase))
            portal.secrets = kept
            content = portal.picture(tmp_path / "picture.png").read_bytes()
            pictures.add((bool(kept), content))
    assert sorted(kept for kept, _ in pictures) == [False, False, True]


NOTICE = """<html lang=ms><header><nav><a href="#">MY SITES</a></nav></header><main>Utama</main>
<dialog><h2>Notis</h2><p>Portal diselenggara setiap Ahad.</p>ASKED
<button onclick="this.closest('dialog').close()">WORD</button></dialog>
<script>document.querySelector("dialog").showModal()</script>"""


@pytest.mark.parametrize(
    ("word", "asked", "stands"),
    [("Faham", "", 0), ("Setuju", "", 1), ("Faham", "<button>Setuju</button>", 1),
     ("Tutup", "<label>Kod<input></label>", 1)],
)  # fmt: skip
def test_a_notice_over_the_first_screen_is_read_and_closed(
    show: Callable[..., Portal], word: str, asked: str, stands: int
) -> None:
    """By a button that can mean nothing else; one that agrees to something is a person's."""
    portal = show(NOTICE.replace("WORD", word).replace("ASKED", asked))
    with suppress(NotOnScreen):
        MySites(portal)
    assert portal.tab.locator("dialog[open]").count() == stands
    closed = ["Notis Portal diselenggara setiap Ahad."]
    assert list(portal.notices) == ([] if stands else closed)


LINKS = """<html lang=en><header><nav><button aria-expanded=false
onclick="fold.hidden = !fold.hidden; this.ariaExpanded = !fold.hidden">Money</button>
<ul id=fold hidden><li><a href=#acr>Contribution &amp; Collection Information (ACR)</a>
<li><a href=#ecr>Contribution &amp; Collection Information EIS (ECR)</a></ul></nav></header>
<main><h1>Home</h1></main>"""


def test_links_that_should_stand_open_may_be_folded_in_a_menu(show: Callable[..., Portal]) -> None:
    """They were not on the screen then, and no month could be looked up."""
    links = ReviewLinks.unfolded(show(LINKS))
    links.menu.choose(links.ecr)
    assert links.portal.tab.evaluate("location.hash") == "#ecr"


RECORD = """<html lang=en><main><h1>Contribution</h1><dl><div><dt>Late Payment Interest (FCLB)</dt>
<dd id=fclb>SHOWN</dd></div></dl></main></html>"""


@pytest.mark.parametrize(("shown", "read"), [("&ndash;", ""), ("", ""), ("RM 5.10", "RM 5.10")])
def test_a_record_without_interest_may_show_a_dash(
    show: Callable[..., Portal], shown: str, read: str
) -> None:
    """It could not be read then, and a month that was filed stayed in doubt."""
    page = bare(SubmissionRecord, show(RECORD.replace("SHOWN", shown)))
    assert contribution_review._shown(page.fclb) == read


PEOPLE = """<html lang=en><main><h1>Update Add Employee Resigned Date</h1>
<h2>Employee That Had Added Resigned Date</h2><ol><li><div><span aria-hidden=true>1</span>
<h3>CONTOH BINTI REKAAN</h3><p><span>Identification No.: </span><span>900115000001</span></p></div>
<dl><div><dt>Employment Start Date<dd>01 Feb 2020</div>
<div><dt>Employment Resign Date<dd>20 Nov 2026</div></dl><button>Remove</button></ol></main>"""


def test_a_card_may_tell_a_value_in_a_line_of_its_own(show: Callable[..., Portal]) -> None:
    """*No.: 900115000001* is a name and its value; days may be written in words."""
    page = bare(ResignedDates, show(PEOPLE))
    (leaving,) = page.leaving()
    assert leaving.worker.identification == "900115000001"
    assert leaving.worker.name == "CONTOH BINTI REKAAN"
    assert leaving.worker.employment_start_date == date(2020, 2, 1)
    assert leaving.day == "20/11/2026"
    assert page.leavers.row("900115000001").count() == 1
    assert page.leavers.row("900115").count() == 0


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("01 Sep 2026", date(2026, 9, 1)), ("1 Ogos 2026", date(2026, 8, 1)),
        ("31 Disember 2026", date(2026, 12, 31)), ("29 Feb 2028", date(2028, 2, 29)),
        ("29 Feb 2026", None), ("0 Sep 2026", None), ("01 Sept-2026", None), ("01 Foo 2026", None),
        ("01 Sep 26", None), ("", None),
    ],
)  # fmt: skip
def test_a_day_may_have_its_month_in_words(text: str, day: date | None) -> None:
    """Exactly, or it is none."""
    if day is None:
        with pytest.raises(UnexpectedPage):
            values.day(Cell(text, "here"))
        assert values.written(text) == text
    else:
        assert values.day(Cell(text, "here")) == day
        assert values.written(text) == day.strftime("%d/%m/%Y")


def test_a_month_may_be_in_words() -> None:
    """Each way of it is read as that month and no other."""
    months = [Month(2026, number) for number in range(1, 13)]
    for month in months:
        assert {values.month(Cell(way, "here")) for way in month.ways} == {month}
    assert "September 2026" in values.ways("09/2026")
    assert values.ways("PPN JOHOR") == ("PPN JOHOR",)
    ways = [way for month in months for way in month.ways]
    assert len(ways) == len(set(ways))


def test_a_review_compares_days_by_meaning() -> None:
    """The same day is the same however its month is written; another is not."""
    review = Review(LeaverItems)
    assert review._meant("Employment Resign Date", "20 Nov 2026") == "20/11/2026"
    assert review._meant("Employment Resign Date", "21 Nov 2026") != "20/11/2026"


@pytest.mark.parametrize("word", ["Remove", "CONFIRM"])
def test_what_removes_may_be_called_as_the_rows_own(show: Callable[..., Portal], word: str) -> None:
    """Or as in every other question."""
    portal = show(f"""<div role=alertdialog aria-labelledby=t><h2 id=t>CONFIRMATION</h2>
        <button>CANCEL</button></div><script>setTimeout(() => document.querySelector('div')
        .insertAdjacentHTML('beforeend', `<button onclick="document.title='gone'">{word}</button>`),
        300)</script>""")
    Removal(portal).agree()  # its button may come late
    assert portal.tab.title() == "gone"


def test_the_question_about_a_closure_may_be_an_alert(show: Callable[..., Portal]) -> None:
    """It is seen as one, so that it is answered with a no."""
    page = bare(
        ResignedDates,
        show("""<div role=alertdialog aria-labelledby=t>
        <h2 id=t>CONFIRMATION</h2><button>NO</button></div>"""),
    )
    assert page._question.count() == 1


def test_what_folds_a_list_of_papers_is_no_paper(show: Callable[..., Portal]) -> None:
    """It stands in the heading over them, and has its words."""
    page = bare(
        UpdateResult,
        show("""<main><h2><button aria-expanded=true>Letter(s)</button></h2>
        <ul><li><a href=/a download>A</a></ul></main>"""),
    )
    assert page.letter_links.locator().all_inner_texts() == ["A"]


class Screen(Page):
    title = Heading(en="Screen")
    menu = Menu(en="Contribution")
    entry = Menu(en="Both")
    review = Way(en="Statements")
    act = Value(en="SOCSO + EIS")
    code = Value(en="Employer Code")
    choose = Choice(en="Employer Code")
    month = Choice(en="Month")
    landmark: ClassVar[Control] = title


SCREEN = """<html lang=en><nav><button aria-expanded=true onclick="list.hidden = !list.hidden;
 ariaExpanded = String(!list.hidden)">Contribution</button><ul id=list>
<li><a href="#both">Both</a><li><a href="#menu">Statements</a></ul></nav>
<main><h1>Screen</h1><a href="#page">Statements</a>
<p class=act><span>SOCSO + EIS</span></p><dl><dt>Employer Code<dd>E9900001234V</dl>
<div><label id=l>Employer Code</label><button role=combobox aria-labelledby="l v">
<span id=v>E9900001234V</span></button></div>
<label>Month <select><option>Choose<option>August 2026<option>September 2026</select></label>
</main>"""


def test_a_menu_that_stands_open_is_not_folded(show: Callable[..., Portal]) -> None:
    """Its entry is pressed at once."""
    page = Screen(show(SCREEN))
    page.menu.choose(page.entry)
    assert page.portal.tab.evaluate("location.hash") == "#both"


def test_of_a_screen_and_a_menu_the_screens_own_link_is_taken(show: Callable[..., Portal]) -> None:
    """Both have the same words, and nothing is changed by it."""
    page = Screen(show(SCREEN))
    page.review.click()
    assert page.portal.tab.evaluate("location.hash") == "#page"


def test_a_value_may_stand_in_a_box_of_its_own_and_what_is_chosen_is_none(
    show: Callable[..., Portal],
) -> None:
    """A badge alone in its line; the text of a list's button is that list's."""
    page = Screen(show(SCREEN))
    assert page.act.read() == "SOCSO + EIS"
    assert page.code.read() == "E9900001234V"


def test_a_month_is_chosen_however_it_is_written(show: Callable[..., Portal]) -> None:
    """And one that is not offered is not."""
    page = Screen(show(SCREEN))
    page.month.fill("09/2026")
    assert page.month.read() == "September 2026"
    assert page.month.lists("08/2026")
    assert not page.month.lists("07/2026")


TILES = """<html lang=en><main><section><h2>Total Contribution</h2>
<ul><li><span>Wages</span><span>RM 1,500.00</span><span>2 employees</span></li>
<li><span>SKBBK</span><span>RM 1.00</span><span>1 employees</span></li></ul>
<dl><dt>Grand Total (RM)<dd>RM 77.00</dl></section></main>"""


def words(folder: Path, *lines: str) -> profile.Profile:
    """The shipped profile with these words of an office."""
    text = "\n".join(("extends: assist-2019", *lines))
    (folder / "profile.yaml").write_text(f"{text}\n", "utf-8")
    return profile.load(folder)


def test_sums_may_be_tiles(show: Callable[..., Portal], tmp_path: Path) -> None:
    """The sum has no name; the number is known by its unit, which is a word of the office."""
    known = words(tmp_path, "words:", "  total: {workers: {en: employees}}")
    with profile.using(known):
        page = bare(MonthPage, show(TILES))
        told = [(row["item"], row["wages"], row["skbbk"]) for row in page.sums.rows()]
    assert told == [("Total (RM)", "RM 1,500.00", "RM 1.00"), ("employees", "2", "1")]


class People(Page):
    title = Heading(en="List")
    people = Table(en="People")
    turn = Turn(en="Next")
    landmark: ClassVar[Control] = title


ENDS = """<html lang=en><main><h1>List</h1><h2>People</h2><table><thead><tr><th>No.<th>Name</thead>
<tbody><tr><td>1<td>A</tbody></table><nav class=pager><a rel=next href="#" onclick="document
.querySelector('tbody').innerHTML = '<tr><td>2<td>B'; this.parentElement.remove()">Next</a>
<a href="#" aria-label="END">&raquo;</a></nav></main>"""


def test_pages_may_have_a_way_to_the_last(show: Callable[..., Portal]) -> None:
    """It is known by its words; what is not known still stops."""
    page = People(show(ENDS.replace("END", "Last page")))
    assert [page.people._read()["rows"] for _ in sheets(page.people, page.turn)] == [
        [["1", "A"]], [["2", "B"]],
    ]  # fmt: skip
    page = People(show(ENDS.replace("END", "Somewhere")))
    with pytest.raises(UnexpectedPage):
        list(sheets(page.people, page.turn))


class Since(Page):
    title = Heading(en="Form")
    since = Radio(en="Registered with SSM")
    landmark: ClassVar[Control] = title


SINCE = """<html lang=en><main><h1>Form</h1><fieldset><legend>Registered with SSM</legend>
<label><input type=radio name=s>Until January 2017</label>
<label><input type=radio name=s>From February 2017</label></fieldset></main>"""


def test_a_word_of_a_closed_list_may_be_another(
    show: Callable[..., Portal], tmp_path: Path
) -> None:
    """Without it the stop names the words and the line; with that line it is chosen."""
    page = Since(show(SINCE))
    with pytest.raises(NotOnScreen, match=r"words: {ssm: {since: ") as stopped:
        page.since.fill("February 2017 Onwards")
    assert "'From February 2017'" in stopped.value.words.en
    known = words(tmp_path, "words:", "  ssm: {since: {en: From February 2017}}")
    with profile.using(known):
        page.since.fill("February 2017 Onwards")
        assert page.since.holds(page.since.read(), "February 2017 Onwards")


def test_a_stop_names_each_screen_that_could_have_come(show: Callable[..., Portal]) -> None:
    """The phrase may be asked about before the password is: that entry is told as well."""
    portal = show("<main><h1>Log in</h1><button>Yes, this is mine</button></main>")
    with pytest.raises(NotOnScreen, match=r"LoginPhrase: {mine: "):
        whichever(portal, LoginPassword, LoginPhrase)


def test_what_tells_a_screen_cannot_all_be_none(tmp_path: Path) -> None:
    """Nobody would know whether somebody is signed in."""
    none = '{none: "not here"}'
    lines = ("my_sites", "registration_site", "contribution_site")
    words(tmp_path, "screens:", "  Shell:", *(f"    {name}: {none}" for name in lines))
    with pytest.raises(ConfigInvalid, match="Shell"):
        check_profile(settings.load(config=tmp_path))
    words(tmp_path, "screens:", "  Shell:", *(f"    {name}: {none}" for name in lines[:2]))
    check_profile(settings.load(config=tmp_path))
