"""The portal's looks are data: a mend says where it is wrong, and reaches nothing but looks."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import pytest

from rpa import pages, plain_yaml, settings
from rpa.errors import ConfigInvalid, Words
from rpa.pages import agreement
from rpa.pages.agreement import check_profile
from rpa.portal import profile
from rpa.portal.find import REGISTRY, Button, Control, Value
from rpa.portal.page import Page
from rpa.portal.profile import PROFILE, Profile, shipped
from rpa.portal.tab import Portal
from rpa.settings import PortalSettings
from tests.conftest import shows

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from rpa.settings import Settings

ROOT = Path(__file__).parent.parent.parent
FILE = ROOT / f"rpa/portal/profiles/{PROFILE}.yaml"


def overlay(folder: Path, text: str, *, whole: bool = False) -> Settings:
    """config/profile.yaml with these screens, or with this very text."""
    told = text if whole else f"extends: assist-2019\nscreens:\n{text}"
    (folder / "profile.yaml").write_text(told, "utf-8")
    return settings.load(config=folder)


def refused(folder: Path, text: str, *, whole: bool = False) -> tuple[str, Words]:
    """Where, and in which words."""
    known = overlay(folder, text, whole=whole)
    with pytest.raises(ConfigInvalid) as failed:
        check_profile(known)
    return failed.value.where.removeprefix(f"{folder}/"), failed.value.words


def test_screens_are_names_and_kinds() -> None:
    """How a thing is found stands in the profile alone: no control in code is given any looks."""
    wrong = [
        f"{path.name}:{node.lineno}"
        for path in (ROOT / "rpa/pages").glob("*.py")
        for screen in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(screen, ast.ClassDef)
        for declared in screen.body
        if isinstance(declared, ast.Assign)
        for node in ast.walk(declared)
        if isinstance(node, ast.keyword) and node.arg in {*profile.LOOKS, "assumed"}
    ]
    assert wrong == []


def test_code_and_profile_have_the_same_names() -> None:
    """Each name of a screen stands in the profile and the other way round; one more is refused."""
    check_profile(settings.load(), whole=True)
    preview = shipped().screens["Preview"]
    entries = {{"send": "sned"}.get(name, name): one for name, one in preview.entries.items()}
    screens = {**shipped().screens, "Preview": preview._replace(entries=entries)}
    with pytest.raises(ConfigInvalid) as failed:
        agreement._fits(Profile(screens), whole=True)
    for key in ("CasePage.send", "CasePage.sned", "Preview.send", "Preview.sned"):
        assert key in failed.value.words.en  # all screens that have it, at once


def test_the_shipped_file_is_read_with_care_too() -> None:
    """No key stands twice, and nothing in it is YAML that config/ may not have."""
    told = plain_yaml.read_marked(FILE)
    assert told == plain_yaml.marked(FILE.read_text("utf-8"))
    assert set(told.values) == {"screens", *profile.ROOMS}
    assert all({"bm", "en"} & set(e) in ({"bm", "en"}, set())
               for s in told.values["screens"].values()
               for n, e in s.items() if n not in {"uses", "source"})  # fmt: skip


def test_an_entry_is_mended_for_one_screen_or_for_all(tmp_path: Path) -> None:
    """Keys are the screen's; what a screen has of its own is the last word."""
    mended = "  LocalFields:\n    race: {en: Ethnic Group}\n    gender: {en: Sex}\n"
    mended += "  EmployeePopup:\n    race: {bm: Bangsa}\n    gender: {en: Gender}\n"
    found = overlay(tmp_path, mended).profile.found
    here, there = found["EmployeePopup.race"], found["EmployeeUpdatePopup.race"]
    assert (here.entry.bm, here.entry.en) == (("Bangsa",), ("Ethnic Group",))
    assert (there.entry.bm, there.entry.en) == ((), ("Ethnic Group",))
    assert here.origins[1:] == ("profile.yaml:4", "profile.yaml:7")
    assert found["EmployeePopup.gender"].entry.en == ("Gender",)
    assert found["EmployeeUpdatePopup.gender"].entry.en == ("Sex",)
    assert found["ForeignEmployeePopup.gender"].entry.en == ("Gender (M/F)",)
    assert not found["EmployeePopup.save"].is_mended


@pytest.mark.parametrize(
    ("text", "where", "near"),
    [
        ("  EmployeePopp:\n    save: {en: X}\n", "profile.yaml:3:3", "EmployeePopup"),
        ("  EmployeePopup:\n    svae: {en: X}\n", "profile.yaml:4:5", "save"),
        ("  EmployeePopup:\n    save: {eng: X}\n", "profile.yaml:4:12", "en"),
        ("  EmployeePopup:\n    save:\n      en: X\n      icon: Y\n", "profile.yaml:6:7", "id"),
    ],
)  # fmt: skip
def test_an_unknown_key_is_told_with_its_line_and_the_nearest(
    tmp_path: Path, text: str, where: str, near: str
) -> None:
    """In both languages; nobody has to look for it."""
    at, words = refused(tmp_path, text)
    assert at == where
    assert f"The nearest: {near}." in words.en or near == "id"
    assert "Kunci tidak dikenali" in words.bm


@pytest.mark.parametrize(
    "look",
    [
        "{bm: []}", "{bm: ''}", "{en: ['  ']}", "{en: [x, '']}", "{en: {a: b}}", "x", "[x]",
        "{en: unknown}", "{bm: unknown, en: unknown}",
        "{id: ''}", "{id: ab}", "{id: 'x\"], [id$=\"y'}", "{name: 'a b c'}",
        "{css: a}", "{}", "", "{opened_by: iconId}", "{name: _dto.save}", "{uses: [Preview]}",
        "{assumed: false}", "{confirmed: yes}", "{confirmed: {by: X}}",
        "{confirmed: {by: X, on: 2026-13-45}}", "{source: ''}",
        "{commits: false}", "{optional: true}", "{kind: heading}",
    ],
)  # fmt: skip
def test_what_is_no_look_is_refused(tmp_path: Path, look: str) -> None:
    """No words, words taken away, CSS in a name, and whatever is not looks: with its line."""
    at, words = refused(tmp_path, f"  EmployeePopup:\n    save: {look}\n")
    assert at.startswith("profile.yaml:4")
    assert words.bm != words.en


@pytest.mark.parametrize(
    "css",
    ["a, button", "*", "a >> text=x", "text=SAVE", "xpath=//a", "a:nth-child(2)", "a > b", ""],
)
def test_css_only_narrows(tmp_path: Path, css: str) -> None:
    """One element by its class or attributes: no list, no counting, no engine of the driver's."""
    entry = f"  RegistrationSite:\n    update_menu: {{css: {css!r}}}\n"
    assert refused(tmp_path, entry)[0] == "profile.yaml:4:19"
    known = overlay(tmp_path, entry.replace(repr(css), "'nav button[data-menu=\"x\"]'"))
    assert check_profile(known) == ()


@pytest.mark.parametrize(
    "entry",
    [
        "MonthPage:\n    save_draft: {bm: Hantar}",
        "MonthPage:\n    complete: {en: [DONE, 'sub mit']}",
        "TextFile:\n    send: {en: CONFIRM}",
        "Confirmation:\n    cancel: {bm: SAHKAN}",
        "Preview:\n    send: {bm: Fail}\n  MonthPage:\n    save_draft: {bm: Fail}",
        "Preview:\n    send: {bm: Fail}\n  MonthPage:\n    save_draft: {bm: HANTAR}",
        "EmployeeList:\n    add_employee: {en: + Submit}",
        "EmployeeList:\n    add_employee: {bm: 'Hantar (wajib)'}",
    ],
)
def test_no_other_button_gets_the_words_of_the_last_press(tmp_path: Path, entry: str) -> None:
    """A rehearsal presses SAVE DRAFT: were it called SUBMIT by a file, it would file."""
    assert "the last press" in refused(tmp_path, f"  {entry}\n")[1].en


class Searched(Page):
    """A screen with an icon that is found by its id."""

    lens = Button(id="searchBtn")
    phrase = Value(id="securityPhrase")
    landmark: ClassVar[Control] = lens


def test_an_id_never_leads_to_the_last_press(chrome: Browser) -> None:
    """Whatever a file calls the id of a lens: what is called SUBMIT is not it."""
    pages.controls()
    tab = chrome.new_page()
    looks = {"Preview.send": profile.Look(bm="HANTAR KES", en="SEND")}  # type: ignore[arg-type]
    icon = '<a href="#" id="x_searchBtn"><i>{}</i></a>'
    shows(tab, icon.format("&#9740;"))
    page = Searched(Portal(tab, PortalSettings(address="http://127.0.0.1"), looks))
    assert page.lens.shown()
    for words in ("Hantar", "SUBMIT", " hantar  kes ", "Send"):
        shows(tab, icon.format(words))
        assert not page.lens.shown(), words
    shows(tab, '<input type="submit" id="x_searchBtn" value="SUBMIT">')
    assert not page.lens.shown()
    shows(tab, '<b id="x_securityPhrase">HANTAR</b>')  # to be read, not to be pressed
    assert page.phrase.read() == "HANTAR"
    tab.close()


def test_the_last_press_itself_can_be_renamed(tmp_path: Path) -> None:
    """By its exact words, and never by a selector."""
    known = overlay(tmp_path, "  Preview:\n    send: {bm: HANTAR KES, en: SEND}\n")
    assert check_profile(known) == ()
    assert "css" in refused(tmp_path, "  Preview:\n    send: {css: a.btn}\n")[1].en


def test_what_has_a_look_is_there_though_it_was_shipped_as_none(tmp_path: Path) -> None:
    """And what an office says is not there keeps its looks, for whoever takes the line out."""
    lines = (
        "  ReviewLinks: {menu: {en: Contributions}}\n  Shell: {my_sites: {none: no such menu}}\n"
    )
    known = overlay(tmp_path, lines)
    check_profile(known)
    menu, sites = (known.profile.looks[k] for k in ("ReviewLinks.menu", "Shell.my_sites"))
    assert (shipped().looks["ReviewLinks.menu"].none, menu.none) == (
        "the links stand on the screen itself",
        None,
    )
    assert (sites.none, sites.en) == ("no such menu", shipped().looks["Shell.my_sites"].en)


def test_a_mend_that_would_mend_nothing_is_refused(tmp_path: Path) -> None:
    """A field is found by its name and words; a heading by its words."""
    at, words = refused(tmp_path, "  EmployeePopup:\n    name: {id: nameBox}\n")
    assert (at, "by: bm, en, name, none." in words.en) == ("profile.yaml:4", True)
    assert "by: bm, en." in refused(tmp_path, "  Preview:\n    title: {id: pageTitle}\n")[1].en


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    """In the order of the file, each with its place."""
    text = (
        "screen:\n  A: {}\nscreens:\n  Prevew:\n    send: {en: X}\n  Preview:\n    sned: {en: X}\n"
    )
    at, words = refused(tmp_path, text, whole=True)
    assert at == "profile.yaml:1:1"
    assert "'extends: assist-2019' is missing" in words.en
    assert "Unknown key: screen. The nearest: screens." in words.en
    assert "(4:3) Unknown key: Prevew. The nearest: Preview." in words.en
    assert "(7:5) Unknown key: sned. The nearest: send." in words.en
    assert not overlay(tmp_path, "extends: assist-2019\nscreens:\n", whole=True).profile.mendings
    at, words = refused(tmp_path, "extends: assist-2026\nscreens: {}\n", whole=True)
    assert (at, "The nearest: assist-2019." in words.en) == ("profile.yaml:1:1", True)


def test_the_old_file_is_read_and_says_where_its_lines_belong(tmp_path: Path) -> None:
    """Its keys were those of the screens that define; with a warning, and never beside the new."""
    old = tmp_path / "locators.yaml"
    old.write_text("EmployeePopup.save: {en: Save Employee}\nLocalFields.race: {name: _dto.race}\n")
    known = settings.load(config=tmp_path)
    (note,) = check_profile(known)
    assert "profile.yaml" in note.bm
    assert "screens: EmployeePopup: save; screens: LocalFields: race" in note.en
    assert known.profile.found["EmployeeUpdatePopup.race"].entry.name == "_dto.race"
    assert known.profile.found["EmployeePopup.save"].origins[1] == "locators.yaml:1"
    overlay(tmp_path, "  Preview:\n    send: {en: SEND}\n")
    with pytest.raises(ConfigInvalid, match=r"replaced by profile\.yaml"):
        assert settings.load(config=tmp_path).profile
    (tmp_path / "profile.yaml").unlink()
    old.write_text("LocalFields.rase: {en: X}\n")
    with pytest.raises(ConfigInvalid, match=r"The nearest: LocalFields\.race"):
        assert settings.load(config=tmp_path).profile


def test_the_digest_is_of_the_looks(tmp_path: Path) -> None:
    """Another label is another profile; who has confirmed it, and a comment, is not."""
    same = shipped().digest
    seen = "    save: {confirmed: {by: Pejabat Contoh, on: 2026-11-28}}\n"
    confirmed = overlay(tmp_path, f"  EmployeePopup:\n{seen}").profile
    assert confirmed.digest == same
    assert confirmed.found["EmployeePopup.save"].entry.confirmed is not None
    assert overlay(tmp_path, "  EmployeePopup:\n    save: {en: SAVE}\n").profile.digest == same
    assert overlay(tmp_path, "  EmployeePopup:\n    save: {en: SAVE IT}\n").profile.digest != same
    assert len(same) == 64


def test_what_was_confirmed_is_no_longer_when_it_moves() -> None:
    """An office saw the words of before, and not those that another has written since."""
    seen = profile.Confirmed(by="Pejabat Contoh", on="2026-11-28")  # type: ignore[arg-type]
    entry = profile.Entry(bm=("A",), en=("B",), confirmed=seen)
    assert entry.mended(profile.Mend(bm="A")).confirmed == seen  # type: ignore[arg-type]
    assert entry.mended(profile.Mend(bm="C")).confirmed is None  # type: ignore[arg-type]


def test_a_control_has_the_looks_of_its_screen() -> None:
    """An inherited one too, and its key is the screen's."""
    pages.controls()
    from rpa.pages.employee_popups import EmployeePopup, EmployeeUpdatePopup  # noqa: PLC0415

    assert EmployeePopup.race.key == "EmployeePopup.race"
    assert EmployeeUpdatePopup.inputs()["race"].key == "EmployeeUpdatePopup.race"
    assert EmployeePopup.race.name == REGISTRY["LocalFields.race"].name == "_dto.raceId"
    assert EmployeePopup.race.item == "Race"
