"""What a person is asked: of the screen that is there, once, and with words that stand on it."""

from __future__ import annotations

import io
import json
import math
import os
import signal
import sys
import threading
import time
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, ClassVar, cast

import pytest

from rpa.calibration import entries, overlay
from rpa.calibration.accept import Acceptance, NotSeenThere
from rpa.calibration.against import page_of
from rpa.calibration.capture import Capture
from rpa.calibration.purposes import asked_for, purposes
from rpa.calibration.visit import Calibration, Question, Rehearsal
from rpa.cli import console
from rpa.cli.calibrate import _gone_through
from rpa.cli.stopping import stops_when_asked
from rpa.errors import NotOnScreen, ReviewMismatch, Words, WordSought
from rpa.pages.login import Inside
from rpa.portal.find import REGISTRY, Button, Heading, Menu
from rpa.portal.look import Element, Kind, Look
from rpa.portal.page import Page
from rpa.portal.profile import DATES, shipped, using
from rpa.portal.values import DAY_FORM, other_forms
from tests.calibration.test_eyes import Run, run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rpa.portal.tab import Portal

__all__ = ["run"]
PICK, TYPED = "en: pick", "Pengurusan Pekerja"


MOVES = "const t = setInterval(() => p.title += 1, 50); setTimeout(clearInterval, 1200, t)</script>"


class Screen(Page):
    """One button."""

    go = Button(en="GO")
    landmark: ClassVar[Any] = go


def test_a_screen_that_stands_still_is_not_waited_for_by_who_only_looks(
    show: Callable[..., Portal],
) -> None:
    """One that asks the portal something is, and so is what comes after LOG MASUK."""
    portal = show("<p>Utama</p>")
    portal.visitor.still_s = 0.5
    assert took(portal) < 2.5
    portal = show("<p id=p>Utama</p><script>" + MOVES)
    portal.visitor.still_s = 0.5
    assert took(portal) > 1.5
    assert (Inside.uncertain, Calibration.still_s, Rehearsal.still_s) == (True, math.inf, math.inf)


def took(portal: Portal) -> float:
    began = time.monotonic()
    with pytest.raises(NotOnScreen):
        Screen(portal)
    return time.monotonic() - began


def test_typed_words_stand_on_the_screen(show: Callable[..., Portal]) -> None:
    """As its text, folded away or not, or as what a thing is called; in a shadow, too."""
    portal = show("""<nav hidden>Urusan majikan</nav><button title="Cari urusan">?</button>
    <input placeholder="Nombor pekerja">
    <p id=p></p><script>p.attachShadow({mode: 'open'}).innerHTML = '<b>Dalam</b>'</script>""")
    for words in ("Urusan majikan", "cari  urusan", "Nombor pekerja", "Dalam"):
        assert portal.has(words), words
    assert not portal.has("Senarai urusan")
    told: list[Words] = []
    typed = iter(["Senarai urusan", "Urusan majikan"])
    visit = SimpleNamespace(
        choose=lambda _: next(typed), tell=told.append, is_secret=lambda _: False
    )
    question = Question("Inbox.cases", (), "", ())
    said = Calibration._said(cast("Calibration", visit), question, portal)
    assert said == "Urusan majikan"
    assert "do not stand" in told[0].en


def thing(order: int, kind: Kind, words: str) -> Element:
    return Element(order, kind, words=words, mark=f"m{order}")


def test_a_screen_that_has_not_come_lends_its_things_to_nobody() -> None:
    """On the first screen *Cari urusan* is no lens of the employer's form."""
    home = Look((
        thing(1, Kind.HEADING, "Utama"), thing(2, Kind.BUTTON, "Cari urusan"),
        thing(3, Kind.LINK, "Daftar majikan"),
    ), language="bm")  # fmt: skip
    form = page_of("EmployerForm", shipped())
    assert form is not None
    with using(shipped()):
        title = next(c for c in form.controls() if c.key == form.mark.key)
        assert not entries.has_come(form, home)
        come = (*home.elements, thing(4, Kind.HEADING, title.labels[0]))
        assert entries.has_come(form, Look(come, language="bm"))
        kept = kept_of(form, home)
    assert [*kept] == [title.key]


def kept_of(form: Page, seen: Look) -> dict[str, Any]:
    """What a visit keeps that seeks this screen's sign in this look."""
    visit = looking()
    Calibration._now(visit, form.mark, seen)
    return dict(visit.entries)


def looking() -> Any:
    """A visit's eyes alone."""
    visit: Any = SimpleNamespace(
        entries={}, capture=Capture(shipped()), _cut_out=lambda *_: None, _taken_here=frozenset(),
        home=shipped().home, languages=[], words={}, profile=shipped(), _shown="bm",
    )  # fmt: skip
    for name in ("_examine", "_keep", "_now", "_words", "_keep_open", "_noted"):
        setattr(visit, name, partial(getattr(Calibration, name), visit))
    visit._looked_for = partial(Rehearsal._looked_for, visit)
    return visit


def test_a_menu_that_there_is_not_leaves_its_part_reachable(tmp_path: Path) -> None:
    """Its screen is then told by what stands on every screen of a signed-in user."""
    none = {"none": "one menu has everything"}
    site = page_of("ContributionSite", overlay.tried(tmp_path, [("ContributionSite.menu", none)]))
    assert site is not None
    assert site.mark.key == "ContributionSite.my_sites"


@pytest.fixture
def visited(run: Run) -> Acceptance:
    """A visit that saw three screens with one menu, and options of which one is sought."""
    near = [
        {"words": w, "kind": "menu", "values": {"bm": w}, "evidence": {}}
        for w in ("Kerja", "Bayar")
    ]
    option = {"words": "No. BRN", "kind": "word", "values": {"bm": "No. BRN"}, "evidence": {}}
    keys = ("Inside.contribution_site", "FirstScreen.contribution_site", "words.search.brn")
    told = {
        "portal": run.known.portal.address, "live": False, "language": "ms", "lines": {},
        "words": [], "things": {"ms": [["Inbox", "menu", TYPED, ""]]},
        "entries": [
            {"key": key, "state": "missing", "known": [], "line": None,
             "nearest": [option] if key.startswith("words") else near[: n + 1]}
            for n, key in enumerate(keys)
        ],
    }  # fmt: skip
    (run.folder.path / "calibration.json").write_text(json.dumps(told), "utf-8")
    return Acceptance(run.known, "Pejabat Contoh")


def test_one_thing_is_asked_once_for_all_its_screens(visited: Acceptance) -> None:
    """With all that any of them has for it; and what a list offers for a word of the job."""
    menu, word = visited.offers()
    assert menu.key == "Shell.contribution_site"
    assert [values for _, values in menu.options] == [{"bm": "Kerja"}, {"bm": "Bayar"}]
    assert (word.key, word.line(0)) == ("words.search.brn", ("words.search.brn", {"bm": "No. BRN"}))


def test_a_person_may_type_what_the_visit_saw(
    visited: Acceptance, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it did not see is asked for once more, and a *y* is no word."""
    menu, word = visited.offers()
    with pytest.raises(NotSeenThere):
        visited.take(menu, "Pengurusan")
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"Pengurusan\n{TYPED}\ny\nq\n"))
    assert _gone_through(visited, menu)
    assert visited.taken == [("Shell.contribution_site", {"bm": TYPED})]
    assert _gone_through(visited, word)
    assert not _gone_through(visited, word)
    assert len(visited.taken) == 1


def test_which_option_is_meant_is_open_after_a_rehearsal() -> None:
    """It was told as a sentence with a line of YAML, and offered nowhere."""
    error = NotOnScreen(Words("", ""), where="SearchForEmployer.search_type")
    error.asks = WordSought("words.search.brn", ("No. BRN", "Nama"))
    visit = looking()
    Rehearsal.failed(visit, error, None)
    (entry,) = visit.entries.values()
    assert [near.values for near in entry.nearest] == [{"bm": "No. BRN"}, {"bm": "Nama"}]


def test_a_review_without_tables_is_asked_by_its_numbered_headings() -> None:
    """Of two people one line tells both; the screen's own title is none of them."""
    page = page_of("Preview", shipped())
    assert page is not None
    title, *others = page.mark.labels[0], "Majikan", "Butiran 1", "Butiran 2"
    heads = (
        Element(n, Kind.HEADING, words=w, mark=f"m{n}") for n, w in enumerate((title, *others))
    )
    seen = Look(tuple(heads), language="ms")
    (items,) = (e for e in entries.examine(page, seen) if e.key == "Preview.items")
    told = [near.values for near in items.nearest]
    assert told == [{"bm": "Butiran"}, {"bm": "Majikan"}]


def test_which_button_of_a_group_is_meant_is_asked_by_its_words() -> None:
    """The words over the group were offered, which name none of them; *all* is another's."""
    page = page_of("SomeLeavers", shipped())
    assert page is not None
    options, name = ("Pekerja tertentu", "Semua"), "pilihan"
    group = Element(1, Kind.RADIO, labels=("Pekerja yang berhenti",), name=name, options=options)
    (specific,) = (c for c in page.controls() if c.attr == "specific")
    offered = entries.candidates(specific, Look((group,), language="ms"))
    assert [near.values for near in offered] == [{"bm": "Pekerja tertentu"}]


@pytest.mark.skipif(sys.platform == "win32", reason="interrupts a read of this system")
def test_ctrl_c_at_a_question_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """It waited for the answer before it stopped."""
    reads, writes = os.pipe()
    waits = os.fdopen(reads)
    monkeypatch.setattr(sys, "stdin", waits)
    stop, main = threading.Event(), threading.main_thread().ident
    assert main is not None
    with stops_when_asked(stop):
        pressed = threading.Timer(0.2, signal.pthread_kill, (main, signal.SIGINT))
        late = threading.Timer(20, os.write, (writes, b"late\n"))
        pressed.start()
        late.start()
        assert console.typed() == ""
        late.cancel()
    assert stop.is_set()
    os.close(writes)
    waits.close()


def test_menus_and_titles_are_asked_for_by_what_they_are_for() -> None:
    """The words of 2019 alone tell a clerk of today nothing; every entry that is told is one."""
    homes = {c.key: shipped().home(c.key) for c in REGISTRY.values() if c.key in shipped().looks}
    need = {homes[k] for k, c in REGISTRY.items() if k in homes and isinstance(c, (Menu, Heading))}
    assert need - purposes().keys() == set()
    assert purposes().keys() - set(homes.values()) == {DAY_FORM}
    said = asked_for("MySites.my_sites", "MY SITES")
    assert said.en == "the menu that opens the parts of the portal (formerly 'MY SITES')"
    assert asked_for("Inbox.search", "CARI").bm == "'CARI'"


def test_a_screen_that_only_a_rehearsal_meets_has_its_candidates(
    show: Callable[..., Portal],
) -> None:
    """Its sign was sought there, and what stands there instead was offered nowhere."""
    portal = show("<h1>Dokumen yang diperlukan</h1><button>Hantar dokumen</button>")
    portal.overrides = shipped().looks
    visit = looking()
    error = NotOnScreen(Words("", ""), where="PendingDocuments.landmark")
    with using(shipped()):
        Rehearsal.failed(visit, error, portal)
    entry = visit.entries["PendingDocuments.send"]
    assert [near.values for near in entry.nearest] == [{"en": "Hantar dokumen"}]
    assert entry.values is None


def test_a_day_that_the_form_does_not_hold_asks_how_days_are_written() -> None:
    """Of the closed list of forms, none of which is like enough to be taken; of a name nothing."""
    with using(shipped()):
        forms = other_forms("01/11/2026")
        assert set(forms) == {*DATES} - {"dd/mm/yyyy"}
        assert other_forms("CONTOH BIN REKAAN") == other_forms("2026-11-01") == ()
    error = ReviewMismatch(Words("", ""))
    error.asks = WordSought(DAY_FORM, forms)
    visit = looking()
    Rehearsal.failed(visit, error, None)
    assert [near.values for near in visit.entries[DAY_FORM].nearest] == [{"like": f} for f in forms]
    assert "example in an empty box" in asked_for(DAY_FORM, "").en
