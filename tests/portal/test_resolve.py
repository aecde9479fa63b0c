"""The resolver over thousands of generated looks: never a wrong one, never two taken for one.

The looks are made up whole, no browser is asked. ``World`` makes a screen that holds what is sought
once, and each change says what must come of it in each grade of danger.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from rpa.errors import NotOnScreen, UnexpectedPage
from rpa.portal import told
from rpa.portal.look import Element, Kind, Look, Place
from rpa.portal.resolve import NEAREST, Finding, Grade, Signal, Sought, Verdict, plain, resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FOUND, TWICE = Verdict.FOUND, Verdict.TWICE
DISAGREE, MISSING = Verdict.DISAGREE, Verdict.MISSING
EXAMPLES, EACH = 240, 4  # 960 looks a test, and there are five of these
PAIRS = (
    ("Nama Pekerja", "Name of Employee"), ("Tarikh Lahir", "Date of Birth"), ("Bangsa", "Race"),
    ("Warganegara", "Nationality"), ("Pekerjaan", "Occupation"), ("Poskod", "Postcode"),
    ("No. Telefon / Pejabat", "Telephone No. / Office"), ("Alamat", "Address"), ("Negeri", "State"),
    ("Bandar", "City"), ("Emel", "Email Address"), ("Kod Majikan", "Employer Code"),
    ("Nama Majikan", "Name of Employer"), ("Tarikh Mula Kerja", "Employment Start Date"),
    ("Industri", "Industry"), ("Kata Laluan", "Password"), ("Gaji (RM)", "Wages (RM)"),
)  # fmt: skip
PRESSES = (
    ("SIMPAN", "SAVE"), ("SIMPAN & TERUSKAN", "SAVE & CONTINUE"), ("HANTAR", "SUBMIT"),
    ("BATAL", "CANCEL"), ("SET SEMULA", "RESET"), ("KEMBALI", "BACK"), ("SAHKAN", "CONFIRM"),
    ("TAMBAH PEKERJA", "ADD EMPLOYEE"), ("TAMBAH PEKERJA ASING", "ADD FOREIGN EMPLOYEE"),
)  # fmt: skip
TITLE = ("Tambah Maklumat", "Add Information")
FIELDS = (Kind.TEXT, Kind.DATE, Kind.LIST, Kind.SELECT, Kind.COMBOBOX, Kind.RADIO, Kind.FILE)


@dataclass
class World:
    """A screen under construction: all its elements, and the one that is sought."""

    draw: Random
    grade: Grade
    elements: list[Element]
    target: Element
    sought: Sought
    dialog: int | None

    @property
    def look(self) -> Look:
        return Look(tuple(self.elements), "ms")

    def put(self, element: Element, at: int | None = None) -> Element:
        """Add it anywhere, or where another stood."""
        self.elements = [e for e in self.elements if e.order != element.order]
        self.elements.insert(
            self.draw.randint(0, len(self.elements)) if at is None else at, element
        )
        return element

    def change(self, **how: object) -> None:
        """Another portal edition: the sought one looks otherwise now."""
        self.target = self.put(replace(self.target, **how))  # type: ignore[arg-type]

    def another(self) -> Element:
        """Something else of its kind in its place, or made up there."""
        mine = (self.target.kind, self.target.dialog)
        found = [
            e
            for e in self.elements
            if e.order != self.target.order and (e.kind, e.dialog) == mine and e.said
        ]
        if found:
            return self.draw.choice(found)
        extra = called(self.target.kind, "Perkara Lain Sekali")
        return self.put(
            replace(extra, order=900, name="_x_dto.other", id="_x_other", dialog=mine[1])
        )


def called(kind: Kind, words: str) -> Element:
    """One thing of that kind that is called so."""
    if kind in {Kind.BUTTON, Kind.LINK, Kind.HEADING}:
        return Element(0, kind, words=words)
    return Element(0, kind, labels=(words,))


def dressed(draw: Random, words: str) -> str:
    """The same words to a person."""
    ways = (str, str.upper, lambda w: f"{w} *", lambda w: f"{w}:", lambda w: w.replace(" ", "  "))
    return draw.choice(ways)(words)


def world(seed: int, grade: Grade, *, both: bool = True) -> World:
    """A screen with what is sought in it once, among other things, in a dialog or not."""
    draw = Random(seed)  # noqa: S311  seeded on purpose
    dialog = draw.choice([None, 0])
    pairs = list(PRESSES if grade is Grade.PRESS else PAIRS)
    draw.shuffle(pairs)
    kinds = {
        Grade.PRESS: (Kind.BUTTON, Kind.LINK),
        Grade.GO: (Kind.LINK,),
        Grade.READ: (Kind.VALUE,),
        Grade.FILL: FIELDS,
    }[grade]
    elements = [] if dialog is None else [Element(0, Kind.DIALOG, labels=(draw.choice(TITLE),))]
    for order, (bm, en) in enumerate(pairs[: draw.randint(2, len(pairs))], start=1):
        made = called(draw.choice(kinds), dressed(draw, draw.choice((bm, en))))
        name, id_ = f"_a_WAR_bportlet_dto.f{order}x", f"_a_WAR_bportlet_i{order}x"
        place = dialog if order == 1 else draw.choice([dialog, None])
        elements.append(replace(made, order=order, name=name, id=id_, dialog=place))
    (bm, en), target = pairs[0], elements[0 if dialog is None else 1]
    one = draw.choice([(bm, en)]) if both else ((bm, "") if target_says(target, bm) else ("", en))
    named = f"_dto.f{target.order}x" if grade is Grade.FILL else ""
    sought = Sought(
        "Screen.thing",
        (target.kind, *kinds),
        grade,
        bm=(one[0],) if one[0] else (),
        en=(one[1],) if one[1] else (),
        name=named,
        id="" if named else f"i{target.order}x",
        within=TITLE if dialog == 0 else (),
        needs=frozenset({Signal.NAME, Signal.WORDS} if named else {Signal.WORDS}),
    )
    draw.shuffle(elements)
    return World(draw, grade, elements, target, sought, dialog)


def worlds(seed: int, grade: Grade, *, both: bool = True) -> Iterator[World]:
    """A few of them for one seed: drawing it is what costs."""
    return (world(seed + more, grade, both=both) for more in range(EACH))


def target_says(element: Element, words: str) -> bool:
    return plain(element.said[0]) == plain(words)


def words_of(w: World, text: str) -> dict[str, object]:
    return {"words": text} if w.target.words else {"labels": (text,)}


def renamed(w: World) -> None:
    w.change(**words_of(w, f"Serba Baharu {w.draw.randint(1, 9)}"))


def other_name(w: World) -> None:
    w.change(name="_z_dto.moved", id="_z_moved")


def all_other(w: World) -> None:
    renamed(w)
    other_name(w)


def removed(w: World) -> None:
    w.elements = [e for e in w.elements if e.order != w.target.order]


def twin(w: World) -> None:
    w.put(replace(w.target, order=901))


def swapped_names(w: World) -> None:
    other, mine = w.another(), w.target
    w.put(replace(other, name=mine.name, id=mine.id))
    w.change(name=other.name, id=other.id)


def impostor(w: World) -> None:
    """Gone, and another thing with words of its own has its name."""
    other = w.another()
    removed(w)
    w.put(replace(other, name=w.target.name, id=w.target.id))


def likes(w: World) -> None:
    """Others whose words hold the sought ones, or are held by them."""
    said, place = w.target.said[0].rstrip(" *:"), w.target.dialog
    for n, words in enumerate((f"{said} Semua", f"Set Semula {said}", said[:-1], f"{said} 2")):
        made = called(w.target.kind, words)
        w.put(replace(made, order=910 + n, name=f"_y_dto.y{n}", id=f"_y{n}", dialog=place))


def only_likes(w: World) -> None:
    likes(w)
    removed(w)


def outside(w: World) -> None:
    """Where it should be in a dialog, it stands beside it; else that is no change."""
    w.change(dialog=None)


def two_dialogs(w: World) -> None:
    if w.dialog is not None:
        w.put(Element(902, Kind.DIALOG, labels=(TITLE[0],)))


def nothing(_: World) -> None:
    pass


CHANGES: dict[str, Callable[[World], None]] = {
    c.__name__: c
    for c in (nothing, renamed, other_name, all_other, removed, twin, swapped_names, impostor,
              likes, only_likes, outside, two_dialogs)
}  # fmt: skip
# What must come of each change. `outside` and `two_dialogs` are no change without a dialog.
SAME = {"nothing": FOUND, "likes": FOUND, "all_other": MISSING, "removed": MISSING, "twin": TWICE,
        "only_likes": MISSING, "swapped_names": DISAGREE,
        "outside": MISSING, "two_dialogs": TWICE}  # fmt: skip
MUST = {
    Grade.FILL: {**SAME, "renamed": DISAGREE, "other_name": FOUND, "impostor": DISAGREE},
    Grade.PRESS: {**SAME, "renamed": MISSING, "other_name": FOUND, "impostor": MISSING},
    Grade.READ: {**SAME, "renamed": FOUND, "other_name": FOUND},
    Grade.GO: {**SAME, "renamed": FOUND, "other_name": FOUND},
}

seeds = st.integers(0, 2**32)
thousands = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("grade", list(Grade))
def test_never_a_wrong_one_and_never_two_for_one(grade: Grade) -> None:
    """Each grade of danger has its own answer to the same change."""
    seen: dict[str, int] = {}

    @thousands
    @given(seeds, st.sampled_from(sorted(MUST[grade])))
    def over(seed: int, change: str) -> None:
        for w in worlds(seed, grade):
            CHANGES[change](w)
            unchanged = w.dialog is None and change in {"outside", "two_dialogs"}
            answer = resolve(w.look, w.sought)
            assert answer.verdict is (FOUND if unchanged else MUST[grade][change]), change
            safe(w, answer.element)
            assert len(answer.nearest) <= NEAREST
            seen[change] = seen.get(change, 0) + 1

    over()
    assert seen.keys() == MUST[grade].keys()
    assert sum(seen.values()) >= EXAMPLES * EACH


def safe(w: World, element: Element | None) -> None:
    """What is chosen is what was sought, and what no signal speaks against."""
    if element is None:
        return
    assert element.order == w.target.order
    answer = resolve(w.look, w.sought)
    assert all(element in those for those in answer.pointed.values() if those)
    if w.grade is Grade.PRESS:
        assert plain(element.words) in map(plain, w.sought.labels)


@thousands
@given(seeds, st.sampled_from(["renamed", "other_name", "swapped_names", "twin", "only_likes"]))
def test_words_known_in_one_language_say_nothing_against_a_name(seed: int, change: str) -> None:
    """They may be those of the other; but where they point, they point to the same field."""
    for w in worlds(seed, Grade.FILL, both=False):
        CHANGES[change](w)
        answer = resolve(w.look, w.sought)
        found = change in {"renamed", "other_name"}
        assert answer.verdict is (FOUND if found else MUST[Grade.FILL][change])
        safe(w, answer.element)
        if found:
            assert answer.missed == ((Signal.WORDS if change == "renamed" else Signal.NAME),)


RENAMINGS: tuple[Callable[[str], str], ...] = (
    lambda w: f"{w} (baharu)",
    lambda w: f"Maklumat {w}",
    lambda w: f"{w} / 2.0",
    lambda w: " ".join(reversed(w.split())) + " *",
    lambda w: w[:-1] + "z",
)


@settings(thousands, max_examples=100)
@given(seeds, st.sampled_from([Grade.FILL, Grade.PRESS]), st.sampled_from(RENAMINGS))
def test_the_nearest_is_the_renamed_one_and_the_line_finds_it(
    seed: int, grade: Grade, renaming: Callable[[str], str]
) -> None:
    """A line is proposed only where, with it, this screen gives that one thing."""
    for w in worlds(seed, grade):
        said = w.target.said[0].rstrip(" *:")
        new = renaming(said)
        if plain(new) != plain(said):
            w.change(**words_of(w, new), name="_z_WAR_zportlet_dto.moved", id="_z_moved")
            answer = resolve(w.look, w.sought)
            assert answer.verdict is MISSING
            assert w.target.order in [e.order for e in answer.nearest]
            serves(w, answer)


def serves(w: World, answer: Finding) -> None:
    """The line, read again as YAML, makes the resolver find the nearest; or there is no line."""
    line = told.mend(answer, w.sought, w.look)
    if line is None:
        return
    assert "\n" not in line
    values = yaml.safe_load(line)["Screen"]["thing"]
    how: dict[str, Any] = {k: (v,) if k in {"bm", "en"} else v for k, v in values.items()}
    again = resolve(w.look, replace(w.sought, **how))
    assert again.verdict is FOUND
    assert again.element == answer.nearest[0]


RACE = Sought(
    "LocalFields.race",
    (Kind.LIST, Kind.SELECT),
    Grade.FILL,
    en=("Race",),
    name="_dto.raceId",
    within=("Tambah", "Add"),
    needs=frozenset({Signal.NAME}),
    taken=("SAVE",),
)
SAVE = Sought(
    "EmployeePopup.save",
    (Kind.BUTTON,),
    Grade.PRESS,
    bm=("SIMPAN",),
    en=("SAVE",),
    needs=frozenset({Signal.WORDS}),
    taken=("CANCEL",),
)
SCREEN = Look(
    (
        Element(0, Kind.DIALOG, labels=("Add",)),
        Element(1, Kind.LIST, labels=("Race",), name="_p_WAR_q_dto.raceCodeId", dialog=0),
        Element(2, Kind.BUTTON, words="SAVE EMPLOYEE", dialog=0),
        Element(3, Kind.BUTTON, words="CANCEL", dialog=0),
        Element(4, Kind.LIST, labels=("Race of Spouse",), name="_p_dto.spouseRaceId", dialog=0),
    ),
    "en",
)


def message(sought: Sought, look: Look = SCREEN, said: str = "") -> UnexpectedPage:
    return told.unfound(sought.key, sought, look, said)


def test_the_sentence_says_what_was_sought_what_is_near_and_the_line() -> None:
    """In both languages; whose move it is; the key as config/profile.yaml takes it."""
    error = message(SAVE)
    assert isinstance(error, NotOnScreen)
    assert error.words.en == (
        "The portal's screen is not as it is known: EmployeePopup.save. "
        "Sought: button 'SIMPAN' / 'SAVE'. It is not on the screen. "
        "The nearest: 'SAVE EMPLOYEE' (button), 'CANCEL' (button). "
        "If 'SAVE EMPLOYEE' is meant, the office can mend this: write into config/profile.yaml, "
        "below screens: EmployeePopup: {save: {en: SAVE EMPLOYEE}}"
    )
    assert error.words.bm.endswith(
        "pejabat boleh membaiki ini: tulis dalam config/profile.yaml, "
        "di bawah screens: EmployeePopup: {save: {en: SAVE EMPLOYEE}}"
    )
    other = message(RACE).words.en
    assert "Sought: drop-down 'Race' (name …_dto.raceId) in the dialog 'Tambah' / 'Add'." in other
    assert "It is there with another: field name." in other
    assert other.endswith("LocalFields: {race: {name: _dto.raceCodeId}}")


def test_a_field_whose_words_have_changed_is_told_by_its_name() -> None:
    """Nothing is typed there until a person has said that it is the same one."""
    mail = Sought(
        "LoginEmail.email", (Kind.TEXT,), Grade.FILL, bm=("Emel",), en=("Email Address",),
        name="_dto.login", needs=frozenset({Signal.NAME, Signal.WORDS}),
    )  # fmt: skip
    box = Element(0, Kind.TEXT, labels=("Portal ID",), name="_p_WAR_q_dto.login")
    error = message(mail, Look((box,), "ms-MY"))
    assert "Its signs disagree: words: nowhere; field name: 'Portal ID' (text box)." in (
        error.words.en
    )
    assert "Tandanya bercanggah: perkataan: tiada di mana-mana" in error.words.bm
    assert error.words.en.endswith("LoginEmail: {email: {bm: Portal ID}}")


@pytest.mark.parametrize("sign", [Signal.NAME, Signal.ID])
def test_a_choice_or_a_tick_that_is_called_otherwise_has_a_line(sign: Signal) -> None:
    """Also where its kind goes by a sign: words of its own speak against it all the same."""
    how: dict[str, Any] = {sign.value: "isNew"}
    tick = Sought(
        "EmployeePopup.register_new", (Kind.ICON_TICK,), Grade.FILL, bm=("Pekerja Baharu",),
        en=("New Employee",), needs=frozenset({sign}), **how,
    )  # fmt: skip
    shown = Element(0, Kind.ICON_TICK, labels=("Pekerja Baharu 2026",), **how)
    error = message(tick, Look((shown,), "ms-MY"))
    assert error.words.en.endswith("EmployeePopup: {register_new: {bm: Pekerja Baharu 2026}}")


def test_a_list_that_has_an_id_and_no_name_is_mended_by_its_words() -> None:
    """A name is sought among names; what only the id says could never be found by it."""
    race = replace(RACE, bm=("Bangsa",), kinds=(Kind.COMBOBOX,), within=())
    box = Element(0, Kind.COMBOBOX, labels=("Race 2026",), id="Input_RaceId")
    assert message(race, Look((box,), "en")).words.en.endswith("{race: {en: Race 2026}}")
    other = message(race, Look((replace(box, labels=("Perkara",)),), "en")).words.en
    assert other.endswith("{race: {bm: …, en: …}}")


def test_a_list_that_has_no_name_at_all_is_mended_by_its_words() -> None:
    """Also where the profile knows its words in one language; a press has no such line."""
    race = replace(RACE, kinds=(Kind.COMBOBOX,), within=())
    box = Look((Element(0, Kind.COMBOBOX, labels=("Race 2026",)),), "en")
    assert message(race, box).words.en.endswith("{race: {en: Race 2026}}")
    lens = replace(SAVE, bm=(), en=(), id="lens", needs=frozenset({Signal.ID}))
    shown = Look((Element(0, Kind.BUTTON, words="lens"),), "en")
    assert told.mending(shown.elements[0], resolve(shown, lens), lens, shown) is None


def test_the_line_of_an_entry_says_over_what_it_stands() -> None:
    """Where the same words stand in the list of another act, and its own list is called anew."""
    entry = Sought(
        "Screen.entry", (Kind.LINK,), Grade.GO, en=("NEW SUBMISSION",), under=("SOCSO",),
        place=Place.MENU, needs=frozenset({Signal.WORDS}),
    )  # fmt: skip
    send = Element(0, Kind.LINK, words="Send", place=Place.MENU)
    twice = [replace(send, order=n, under=u) for n, u in enumerate(("Act 4", "Act 8"))]
    shown = Look(tuple(twice), "en")
    line = told.mending(twice[0], resolve(shown, entry), entry, shown)
    assert line == {"en": "Send", "under": "Act 4"}


def test_what_is_twice_or_disagrees_is_told_without_a_line() -> None:
    """Nobody can tell which is meant; the driver's own word for it counts as well."""
    two = Look((*SCREEN.elements, Element(5, Kind.BUTTON, words="SAVE")), "en")
    twice = Look((*two.elements, Element(6, Kind.BUTTON, words="Simpan")), "en")
    for error in (message(SAVE, twice), message(SAVE, two, "strict mode violation")):
        assert "more than once" in error.words.en
        assert not isinstance(error, NotOnScreen)
        assert "maintainer" in error.words.en
    wrong = replace(RACE, name="_dto.spouseRaceId")
    told_apart = message(wrong).words.en
    assert "words: 'Race' (drop-down); field name: 'Race of Spouse' (drop-down)" in told_apart
    assert "{" not in told_apart


def test_a_thing_of_another_control_or_unlike_is_never_proposed() -> None:
    """CANCEL is the nearest of the screen when SAVE is gone, and it is somebody else's."""
    without = Look(tuple(e for e in SCREEN.elements if e.order != 2), "en")
    error = message(SAVE, without)
    assert isinstance(error, NotOnScreen)
    assert "EmployeePopup: {save: {bm: …, en: …}}" in error.words.en
    near = replace(SAVE, en=("CANCEL IT",), bm=())
    assert "CANCEL}}" not in message(near, without).words.en
    assert message(replace(near, taken=()), without).words.en.endswith("{en: CANCEL}}")


def test_a_longer_label_is_nearer_than_one_that_differs_by_a_letter() -> None:
    """*(by Employee)* is another entry of the same menu."""
    mine = "Update Employee Information (by Employer)"
    needs = frozenset({Signal.WORDS})
    entry = Sought("Workers.entry", (Kind.LINK,), Grade.GO, en=(mine,), needs=needs)
    words = ("Update Employee Information (by Employee)", f"{mine} 2026")
    shown = Look(tuple(Element(n, Kind.LINK, words=w) for n, w in enumerate(words)), "en")
    assert message(entry, shown).words.en.endswith(f"{{en: {mine} 2026}}}}")


def test_nothing_is_said_that_the_driver_contradicts() -> None:
    """It was there for the driver, and the look has no words for it (a button in a row)."""
    bare = message(replace(SAVE, en=("EDIT",), bm=()), said="locator resolved to <a>EDIT</a>")
    assert bare.words.en == "The portal's screen is not as it is known: EmployeePopup.save."


def test_a_dialog_of_another_title_is_mended_under_its_own_key() -> None:
    """The landmark's key is one that config/profile.yaml knows."""
    title = Sought(
        "EmployeePopup.title", (Kind.HEADING,), Grade.READ, en=("Add Worker",),
        within=("Add Worker",), titled=True, needs=frozenset({Signal.WORDS}),
    )  # fmt: skip
    shown = Look(
        (
            Element(0, Kind.DIALOG, labels=("Add a Worker",)),
            Element(1, Kind.HEADING, words="Add a Worker", dialog=0),
        ),
        "en",
    )
    error = told.unfound("EmployeePopup.landmark", title, shown, "")
    assert "No dialog of that title is open." in error.words.en
    assert error.words.en.endswith("EmployeePopup: {title: {en: Add a Worker}}")
