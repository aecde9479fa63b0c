"""The looks after a last press: only there, bounded, harmless, and nobody's data in what they tell.

That a filing goes on by them as without, shows tests/calibration/test_afterwards.py.
"""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from rpa import settings
from rpa.calibration import overlay
from rpa.calibration.accept import Acceptance
from rpa.calibration.afterwards import MOST_LOOKS, Afterwards
from rpa.calibration.against import page_of
from rpa.calibration.result import PAGE, PROPOSED, RESULT
from rpa.errors import NotOnScreen, UnexpectedPage, Words, WordSought
from rpa.evidence.folder import RunFolder
from rpa.portal.look import Element, Kind, Look
from rpa.rules.vocabulary import STATUS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rpa.portal.page import Page
    from rpa.portal.tab import Portal

PERSON, CODE, CASE = "CONTOH BIN REKAAN", "E9900001234V", "CAN11202600000001"


def value(order: int, beside: str, name: str = "") -> Element:
    return Element(order, Kind.VALUE, beside=beside, id=name, mark=f"m{order}")


def said(order: int, words: str) -> Element:
    return Element(order, Kind.MESSAGE, words=words, mark=f"m{order}")


GOOD = Look(
    (
        said(1, "Your Request Has Been Submitted Successfully."),
        value(2, "Request Case Update No."),
        value(3, "Employer Code"),
        value(4, "Task Status"),
    ),
    language="en",
)
OTHERWISE = Look((value(1, "Request Update Case No."), value(2, f"Fee {PERSON}")), language="en")


class Run:
    """One run's eyes at screens that are played."""

    def __init__(
        self, folder: Path, patch: pytest.MonkeyPatch, portal: str = "http://127.0.0.1:9"
    ) -> None:
        patch.setenv("ASSIST_RPA_HOME", str(folder / "home"))
        patch.setenv("ASSIST_RPA_PORTAL", portal)
        patch.setenv("ASSIST_RPA_CONFIG", str(folder))
        patch.setenv("ASSIST_RPA_LANGUAGE", "en")
        self.known = settings.load()
        self.folder = RunFolder.create(self.known.runs, job_name="x", now=datetime.now(UTC))
        self.eyes = Afterwards(self.known, self.folder, frozenset({PERSON, CODE}))
        self.looks = 0

    def page(self, name: str, seen: Callable[[], Look | None] = lambda: GOOD) -> Page:
        found = page_of(name, self.known.profile)
        assert found is not None

        def look(_: object) -> Look | None:
            self.looks += 1
            return seen()

        screen = SimpleNamespace(seen=look)
        found.portal = cast("Portal", SimpleNamespace(
            overrides=self.known.profile.looks, whole=lambda: None, screen=screen))  # fmt: skip
        found.renew()
        return found

    def press(self) -> None:
        preview: Any = self.page("Preview")
        self.eyes.pressing(preview.send)

    def comes(self, name: str = "UpdateResult", seen: Callable[[], Any] = lambda: GOOD) -> None:
        self.eyes.arrived(self.page(name, seen))

    def told(self) -> str:
        return " ".join(words.en for words in self.eyes.told())

    def files(self) -> list[str]:
        return [n for n in (PROPOSED, RESULT, PAGE) if (self.folder.path / n).exists()]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    return Run(tmp_path, monkeypatch)


def otherwise() -> Look:
    return OTHERWISE


ASKS = Look(
    (
        Element(1, Kind.DIALOG, labels=("PENGESAHAN",), mark="m1"),
        Element(2, Kind.BUTTON, words="Ya, teruskan", dialog=1, mark="m2"),
        Element(3, Kind.BUTTON, words=f"Batal {PERSON}", dialog=1, mark="m3"),
    ),
    language="ms",
)


def test_what_stops_a_filing_before_its_press_is_asked(run: Run) -> None:
    """Never proposed, without anybody's data; the answer is a line. What it stopped at is told."""
    page: Any = run.page("Confirmation", lambda: ASKS)
    error = NotOnScreen(Words("", ""), where="Confirmation.confirm")
    run.eyes.failed(error, page.portal)
    assert "The screens of this filing call 1 thing otherwise" in run.told()
    told = json.loads((run.folder.path / RESULT).read_text("utf-8"))
    assert told["lines"] == {}
    assert PERSON not in json.dumps(told)
    acceptance = Acceptance(run.known, "Pejabat Contoh")
    (offer,) = acceptance.offers()
    assert (offer.key, len(offer.options)) == ("Confirmation.confirm", 1)
    assert acceptance.take(offer, 0)
    assert acceptance.taken == [("Confirmation.confirm", {"bm": "Ya, teruskan"})]


def test_only_what_comes_after_the_last_press_is_looked_at(run: Run) -> None:
    """Not its question, nothing after the filing's end, nothing that came before, a few times."""
    run.comes("Inbox", otherwise)
    run.comes(seen=otherwise)
    removal: Any = run.page("Removal")
    run.eyes.pressing(removal.confirm)
    run.comes("CasePage", otherwise)
    assert run.looks == 0
    run.press()
    run.comes("Confirmation", otherwise)
    run.comes("Inbox", otherwise)
    assert run.looks == 0
    run.eyes.between()
    run.comes("Submitted", otherwise)
    assert run.looks == 0


def test_a_result_as_it_is_known_leaves_nothing(run: Run) -> None:
    """No file, no sentence; and a run of many filings looks a few times only."""
    run.press()
    for _ in range(MOST_LOOKS + 5):
        run.comes()
    assert run.looks == MOST_LOOKS
    assert run.told() == ""
    assert run.files() == []


def test_what_is_called_otherwise_is_proposed_without_anybodys_data(run: Run) -> None:
    """A label or a sentence that holds a person is left out; no number ever stands there."""
    portal, error = run.page("Preview", otherwise).portal, Words("", "")
    run.press()
    run.eyes.mended(portal, NotOnScreen(error, where="UpdateResult.landmark"))
    talks = (f"{PERSON} is known now.", f"Case {CASE} is ours.", "Your workers are known now.")
    messages = Look(tuple(said(n, text) for n, text in enumerate(talks)), language="en")
    run.comes(seen=lambda: messages)
    assert "call 2 things otherwise" in run.told()
    assert run.files() == [PROPOSED, RESULT, PAGE]
    kept = json.loads((run.folder.path / RESULT).read_text("utf-8"))
    assert kept["lines"] == {}
    near = {one["key"]: [n["words"] for n in one["nearest"]] for one in kept["entries"]}
    assert "Request Update Case No." in near["UpdateResult.number"]
    assert [one["word"] for one in kept["words"]] == ["Your workers are known now."]
    written = "".join((run.folder.path / name).read_text("utf-8") for name in run.files())
    assert not [text for text in ("REKAAN", CODE, CASE) if text in written]


def test_what_files_is_never_proposed(run: Run) -> None:
    """A case's page has the review's things; a question that did not come is no result."""
    button = Element(5, Kind.BUTTON, words="SUBMIT PAPERS", mark="m5")
    title = Element(6, Kind.HEADING, words="Proceed for Submissions?", mark="m6")
    both = Look((*GOOD.elements, button, title), language="en")
    run.press()
    run.comes("CasePage", lambda: both)
    asked = NotOnScreen(Words("", ""), where="Confirmation.landmark")
    run.eyes.mended(run.page("Preview", lambda: both).portal, asked)
    assert run.looks == 1
    assert run.told() == ""


def test_a_fault_in_these_eyes_is_told_and_touches_nothing(run: Run) -> None:
    """Whatever happens in a look; and a disk that refuses the files."""

    def fails() -> Look:
        raise RuntimeError

    run.press()
    run.comes(seen=fails)
    run.comes(seen=lambda: None)
    assert "A fault in this tool itself (RuntimeError" in run.told()
    run.eyes.unread(asks("Diterima"))
    shutil.rmtree(run.folder.path)
    assert PROPOSED in run.told() or RESULT in run.told()


def asks(word: str) -> UnexpectedPage:
    """That this status is not known."""
    error = STATUS.unknown(word)
    if error.asks is None:
        error.asks = WordSought("words.status", (word,))
    return error


def test_a_status_is_asked_and_stands_once_a_person_has_said_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never proposed; the answer is kept with the office, and stands for `--confirm`."""
    run = Run(tmp_path, monkeypatch, "https://assist.invalid")
    for word in ("Diterima", PERSON, "No. 12345678"):
        run.eyes.unread(asks(word))
    assert "call 1 thing otherwise" in run.told()
    going = Acceptance(run.known, "Pejabat Contoh")
    (offer,) = going.offers()
    assert (offer.word, offer.proposed) == ("Diterima", False)
    chosen = offer.meanings.index("approved")
    assert going.take(offer, chosen)
    going.write()
    entry = overlay.standing(run.known.config)["words"]["status"]["approved"]
    assert entry["en"] == "Diterima"
    assert "Pejabat Contoh" in entry["source"]
    assert entry["confirmed"]["by"] == "Pejabat Contoh"
    assert list(Acceptance(settings.load(), "Pejabat Contoh").offers()) == []
