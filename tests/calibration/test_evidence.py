"""What is called otherwise is known by what it offers and where it stands; never wrongly."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from rpa import flows, pages
from rpa.calibration import entries, evidence
from rpa.calibration.against import page_of
from rpa.calibration.entries import State
from rpa.calibration.evidence import Proof
from rpa.calibration.strip import Strip
from rpa.engine import red
from rpa.pages.agreement import screens
from rpa.portal.find import REGISTRY, Choice, Menu, Table
from rpa.portal.look import Element, Kind, Look, Place
from rpa.portal.page import Dialog
from rpa.portal.profile import shipped, using

if TYPE_CHECKING:
    from rpa.calibration.entries import Entry
    from rpa.portal.find import Control
    from rpa.portal.page import Page

NEW = "Perkara Baharu {}"  # words that nobody knows
RACES = ("Sila Pilih", "Melayu", "Cina", "India", "Bumiputera Sabah")
STATES = ("Johor", "Kedah", "Perlis", "Wilayah Labuan Baharu")
SCREENS = (
    *("EmployeePopup", "EmployeeUpdatePopup", "ForeignEmployeePopup", "SearchForEmployer"),
    *(
        "Inbox",
        "ResignedDates",
        "Cessation1A",
        "UpdateEmployees",
        "PendingList",
        "SearchPendingCase",
    ),
)
EACH, FEWEST = 20, 4  # looks of a screen, and lines that are sure


@dataclass
class Screen:
    """One screen of the profile as a portal would show it, and what each thing of it is."""

    page: Page
    things: dict[str, Element]

    @classmethod
    def of(cls, name: str) -> Screen:
        """All of it, in the order in which it is declared."""
        page = page_of(name, shipped())
        assert page is not None
        title = Element(0, Kind.DIALOG, labels=page.mark.labels[-1:])
        told = {"": title} if isinstance(page, Dialog) else {}
        within = 0 if told else None
        there = (c for c in page.controls() if type(c).seen)
        controls = sorted(there, key=lambda c: c.order)
        for order, control in enumerate(controls, 10):
            told[control.key] = replace(shown(control), order=order * 10, dialog=within)
        return cls(page, told)

    def put(self, key: str, **how: Any) -> Element:
        """The same thing as another edition shows it."""
        self.things[f"{type(self.page).__name__}.{key}"] = thing = replace(self[key], **how)
        return thing

    def __getitem__(self, key: str) -> Element:
        return self.things[f"{type(self.page).__name__}.{key}"]

    @property
    def look(self) -> Look:
        return Look(tuple(sorted(self.things.values(), key=lambda e: e.order)), "en")

    def examined(self) -> dict[str, Entry]:
        with using(shipped()):
            return {e.key: e for e in entries.examine(self.page, self.look)}

    def entry(self, key: str) -> Entry:
        return self.examined()[f"{type(self.page).__name__}.{key}"]


def shown(control: Control) -> Element:
    """A thing as this control knows it."""
    kind, words = type(control).seen[0], next(iter(control.labels[::-1]), "")
    how: dict[str, Any] = {"id": control.id, "name": f"_x_WAR_y{control.name}" * bool(control.name)}
    how["matches"] = (control.css,) if control.css else ()
    if isinstance(control, Menu):
        return Element(0, Kind.LINK, words=words, frame=True, place=Place.MENU, **how)
    if isinstance(control, Table):
        columns = control.known()
        how["heads"] = tuple(columns.words(name)[1][0] for name in columns.looks)
    if kind in {Kind.HEADING, Kind.BUTTON, Kind.LINK}:
        return Element(0, kind, words=words, **how)
    kind, labels = Kind.SELECT if kind is Kind.LIST else kind, (words,) if words else ()
    return Element(0, kind, labels=labels, options=offered(control), **how)


def offered(control: Control) -> tuple[str, ...]:
    """A part of what its list offers."""
    with using(shipped()):
        name = evidence.set_of(control)
        told = sorted(evidence._sets().get(name, ())) if isinstance(control, Choice) else []
    return tuple(told[:6])


def renamed(screen: Screen, key: str, words: str) -> None:
    """Nothing of it is as it was known, but its place and what it offers."""
    thing = screen.things[key]
    called: dict[str, Any] = {"labels": (words,)} if thing.labels else {"words": words}
    screen.things[key] = replace(thing, name="", id="", matches=(), **called)


@pytest.mark.parametrize("name", SCREENS)
def test_what_is_sure_is_never_another_thing(name: str) -> None:
    """Several things renamed or gone, and strangers of any kind, with any list, among them."""
    seen = 0
    for seed in range(EACH):
        draw, screen = Random(f"{name}{seed}"), Screen.of(name)  # noqa: S311  repeatable
        keys = [key for key in screen.things if key]
        for number, key in enumerate(draw.sample(keys, min(len(keys), draw.randint(1, 6)))):
            if draw.random() < 0.3:
                del screen.things[key]
            else:
                said = next(iter(screen.things[key].said), "")
                renamed(
                    screen, key, draw.choice((NEW.format(number), f"{said}s", f"{said} baharu"))
                )
        strangers(screen, draw)
        for key, one in screen.examined().items():
            for text in (one.values or {}).values():
                mine = screen.things.get(key)
                table = screen.things.get(key.partition(".columns.")[0])
                own = (*mine.said, mine.name, mine.id) if mine else table.heads if table else ()
                assert any(words.endswith(text) for words in own if words), (seed, key, text)
                seen += 1
    assert seen >= FEWEST


def strangers(screen: Screen, draw: Random) -> None:
    """Things that no profile has, at any place; a list offers what another entry's does, too."""
    lists = [e.options for e in screen.things.values() if e.options] or [RACES]
    kinds = (Kind.TEXT, Kind.SELECT, Kind.BUTTON, Kind.HEADING, Kind.VALUE, Kind.TABLE)
    first = next(iter(screen.things.values()))
    for number in range(draw.randint(0, 4)):
        kind = draw.choice(kinds)
        called = shown_as(kind, f"Benda Asing {number}")
        made = replace(called, order=1000 + draw.randint(-900, 900) * 10 + number + 1,
                       dialog=0 if first.kind is Kind.DIALOG else None)  # fmt: skip
        options = draw.choice(lists) if kind is Kind.SELECT and draw.random() < 0.5 else ()
        # Where the entry whose list it is stands there too: alone it would be that entry, called
        # otherwise, for all that can be seen.
        alone = sum(bool(options) and e.options == options for e in screen.things.values()) < 1
        screen.things[f"{number}"] = made if alone else replace(made, options=options)


def shown_as(kind: Kind, words: str) -> Element:
    if kind in {Kind.BUTTON, Kind.HEADING}:
        return Element(0, kind, words=words)
    return Element(0, kind, labels=(words,))


def test_a_list_is_known_by_what_it_offers_whatever_it_is_called() -> None:
    """Sure, where no other list has any of it; and it is said."""
    screen = Screen.of("EmployeePopup")
    screen.put("race", labels=("Keturunan",), name="", options=RACES)
    found = screen.entry("race")
    assert found.state is State.MISSING
    assert found.values == {"en": "Keturunan"}
    (why,) = [one for one in found.reasons if one.by is Proof.OPTIONS]
    assert why.words.en == "its options: Melayu, Cina, India"
    assert why.words.bm == "pilihannya: Melayu, Cina, India"


def test_whatever_mark_did_not_come_a_person_can_be_asked_for_it() -> None:
    """Of every screen; its control is made anew for that."""
    pages.controls()
    kinds = (Kind.HEADING, Kind.VALUE, Kind.TABLE, Kind.LINK, Kind.TEXT, Kind.BUTTON)
    there = Look(tuple(replace(shown_as(k, f"Lain {k}"), order=n) for n, k in enumerate(kinds)))
    asked = 0
    for name in (screen.__name__ for screen in screens() if hasattr(screen, "landmark")):
        page = page_of(name, shipped())
        assert page is not None
        with using(shipped()):
            asked += bool(entries.candidates(page.mark, there))
    assert asked > 20
    page, entry = page_of("RegistrationSite", shipped()), REGISTRY["EmployeeList.entry"]
    assert page is not None
    with using(shipped()):  # a menu's entry belongs to the screen to which it leads
        assert entries.candidates(entry.on(page), there)[0].words == "Lain link"


@pytest.mark.parametrize(
    "how",
    [
        {"options": ("Melayu", "Cina", "Merah")}, {"options": ("Melayu", "Cina")},
        {"order": 5}, {"kind": Kind.TEXT}, {"labels": ("Occupation (MASCO) 2",), "options": STATES},
    ],
    ids=["half of it", "two", "elsewhere", "a box", "another list"],
)  # fmt: skip
def test_less_than_that_is_not_sure(how: dict[str, Any]) -> None:
    """It may be a candidate, and is none for what it offers where that is another list."""
    screen = Screen.of("EmployeePopup")
    screen.put("race", **{"labels": ("Keturunan",), "name": "", "options": RACES} | how)
    assert screen.entry("race").values is None


def test_of_two_lists_with_the_same_options_both_are_shown_and_none_is_sure() -> None:
    """The states of two addresses; the one that has the place comes first."""
    screen = Screen.of("EmployerForm")
    for key, words in (("state", "Wilayah"), ("industry_state", "Wilayah premis")):
        screen.put(key, labels=(words,), name="", options=STATES)
    found = {key: screen.entry(key) for key in ("state", "industry_state")}
    assert [one.values for one in found.values()] == [None, None]
    assert [n.words for n in found["state"].nearest[:2]] == ["Wilayah", "Wilayah premis"]
    assert [n.words for n in found["industry_state"].nearest[:2]] == ["Wilayah premis", "Wilayah"]
    told = [{r.by for r in n.reasons} for n in found["state"].nearest[:2]]
    assert told == [{Proof.OPTIONS, Proof.ORDER}, {Proof.OPTIONS}]


@pytest.mark.parametrize("screen", ["EmployeeUpdatePopup", "EmployeePopup"])
def test_a_name_that_points_to_another_list_is_not_taken(screen: str) -> None:
    """What it offers speaks against it."""
    told = Screen.of(screen)
    told.put("race", labels=("Wilayah",), options=STATES)
    found = told.entry("race")
    assert found.state is State.DISAGREE
    assert found.values is None
    told.put("sub_occupation", labels=("Wilayah",), options=STATES)  # of it no set is known
    assert told.entry("sub_occupation").state is State.OTHERWISE
    told.put("sub_occupation", labels=("Lain",))
    told.put("race", labels=("Wilayah",), options=RACES)
    assert told.entry("race").values == {"en": "Wilayah"}


def test_of_what_is_there_twice_both_are_shown_and_of_what_disagrees_each() -> None:
    """Without a line: nothing is chosen."""
    screen = Screen.of("EmployeeUpdatePopup")
    screen.things["again"] = replace(screen["race"], order=9999)
    twice = screen.entry("race")
    assert (twice.state, [near.words for near in twice.nearest]) == (State.TWICE, ["Race"] * 2)
    del screen.things["again"]
    screen.put("race", name="")
    screen.put("sub_occupation", name=f"{screen['sub_occupation'].name}_dto.raceId")
    apart = screen.entry("race")
    assert apart.state is State.DISAGREE
    assert {near.words for near in apart.nearest} >= {"Race", "Sub Occupation"}
    assert (twice.values, apart.values) == (None, None)


def test_a_table_is_known_by_its_headings_and_is_not_sure() -> None:
    """Whatever its caption; a person says it."""
    screen = Screen.of("UpdateEmployees")
    listing = screen.put("listing", labels=("Kakitangan",))
    screen.put("updated", labels=("Pindaan",), heads=("Kod", "Nama"))
    found = screen.entry("listing")
    assert found.state is State.MISSING
    assert found.values is None
    assert found.nearest[0].words == "Kakitangan"
    assert found.nearest[0].values == {"en": "Kakitangan"}
    (why,) = [one for one in found.nearest[0].reasons if one.by is Proof.COLUMNS]
    assert why.told == listing.heads[:3]


def test_a_heading_between_two_known_columns_is_a_candidate() -> None:
    """And one elsewhere is not; nothing is sure."""
    screen = Screen.of("UpdateEmployees")
    one, two, three = screen["listing"].heads
    screen.put("listing", heads=("Bil", one, "Siapa", three, "Tindakan"))
    found = screen.entry("listing.columns.name")
    assert found.state is State.MISSING
    assert found.values is None
    assert found.nearest[0].words == "Siapa"
    assert found.nearest[0].reasons[0].words.en == f"where it stands, beside: {one}, {three}"
    screen.put("listing", heads=("Bil", one, three, "Siapa"))
    assert screen.entry("listing.columns.name").state is State.UNSEEN
    del two


def test_of_what_is_unknown_the_one_in_its_place_comes_first() -> None:
    """Of the right kind, between the two that are known; by that alone nothing is sure."""
    screen = Screen.of("EmployeeUpdatePopup")
    screen.put("date_of_birth", kind=Kind.DATE, labels=("Ulang tahun",), name="")
    at = screen["name"].order
    for n, (order, kind) in enumerate([(1, Kind.TEXT), (at + 1, Kind.TEXT), (9999, Kind.DATE)]):
        screen.things[f"x{n}"] = Element(order, kind, labels=(f"Lain {n}",), dialog=0)
    found = screen.entry("date_of_birth")
    assert found.state is State.UNSEEN
    assert found.values is None
    assert found.nearest[0].words == "Ulang tahun"
    assert Proof.ORDER in {r.by for r in found.nearest[0].reasons}


def test_in_a_popup_with_another_title_there_are_candidates_and_nothing_is_sure() -> None:
    """Whether it is that popup is not known yet."""
    screen = Screen.of("EmployeePopup")
    screen.things[""] = replace(screen.things[""], labels=("Kakitangan tempatan",))
    screen.put("title", words="Kakitangan tempatan")
    screen.put("race", labels=("Keturunan",), name="", options=RACES)
    for key, one in screen.examined().items():
        assert one.values is None, key
        assert one.state is not State.EXPECTED, key
    assert screen.entry("race").nearest[0].words == "Keturunan"
    (other,) = shipped().looks["ForeignEmployeePopup.title"].en or ("",)
    screen.things[""] = replace(screen.things[""], labels=(other,))
    assert "Keturunan" not in {near.words for near in screen.entry("race").nearest}


def test_what_another_entry_is_found_as_is_never_offered() -> None:
    """A title that is called otherwise, and another heading of the screen, or of another screen."""
    screen = Screen.of("Documents")
    known = screen["title"].words
    screen.put("title", words=screen["generated"].words, order=9999)
    assert screen.entry("title").values is None
    assert screen["generated"].words not in {n.words for n in screen.entry("title").nearest}
    screen.put("title", words=f"{known}s")
    assert screen.entry("title").values == {"en": f"{known}s"}
    # Alike, and known as another screen's title: it may be that screen.
    screen = Screen.of("EmployerUpdateForm")
    screen.put("title", words="Update Employer Informations")
    assert screen.entry("title").values == {"en": "Update Employer Informations"}
    screen.put("title", words="Update Employee Information")
    assert screen.entry("title").values is None


def test_what_decides_is_never_sure_by_any_resemblance() -> None:
    """All that a person confirms before a filing, and wherever a status or a number stands."""
    pages.controls()
    confirmed = {one.key for name in flows.names() for one in red.of(shipped(), name)}
    for key in confirmed & REGISTRY.keys():
        assert red.never_alike(REGISTRY[key]), key
    screen = Screen.of("Inbox")
    screen.put("cases", heads=tuple(f"{head} 2026" for head in screen["cases"].heads))
    for one in screen.examined().values():
        if ".cases.columns." in one.key:
            assert one.state is State.MISSING
            assert one.values is None
    screen = Screen.of("ForeignEmployeePopup")
    for key in ("known", "unknown"):
        words = screen["known"].labels[0]
        screen.put(key, labels=(f"{words} {key}s",), id="")
        assert screen.entry(key).values is None
    screen = Screen.of("Cessation1A")
    options = ("Dormant", "Winding Up", "Cancel", "Active")
    screen.put("change_employer_status_to", labels=("Baharu",), name="", options=options)
    found = screen.entry("change_employer_status_to")
    assert found.values is None
    assert found.nearest[0].words == "Baharu"


def test_a_capture_keeps_what_a_list_of_the_portals_own_offers_whatever_it_is_called() -> None:
    """Of another list, in which one of the words stands too, nothing."""
    screen = Screen.of("EmployeePopup")
    people = ("Cina", "REKAAN ENTERPRISE", "CONTOH BIN REKAAN", "ZULMAQ", "Melayu")
    screen.put("race", labels=("Keturunan",), name="", options=RACES)
    screen.put("sub_occupation", labels=("Siapa",), name="", options=people)
    told = Strip(shipped()).look(screen.page, screen.look)["elements"]
    kept = {tuple(one.get("options", ())) for one in told}
    assert RACES[1:] in {tuple(o for o in one if o != RACES[0]) for one in kept}
    assert not {word for one in kept for word in one} & {"ZULMAQ", "REKAAN ENTERPRISE"}
