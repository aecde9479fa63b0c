"""The portal's words, numbers, signs and formats are data: an overlay adds, and relaxes nothing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from rpa import settings
from rpa.errors import UnexpectedPage
from rpa.pages.agreement import check_profile
from rpa.pages.word_choice import WordChoice
from rpa.portal import values
from rpa.portal.profile import DATES, in_use, overlay_schema, shipped, using
from rpa.portal.values import Cell
from rpa.rules.vocabulary import (
    ACTIONS,
    ALL,
    EMPLOYER,
    REMARKS,
    STATUS,
    Action,
    EmployerStatus,
    Status,
    UnknownWord,
)
from tests.portal.test_profile import overlay, refused

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "extends: assist-2019\n"


def test_a_word_is_added_by_one_line(tmp_path: Path) -> None:
    """Unknown before, known by the line, and unknown again where the profile is not in use."""
    known = overlay(
        tmp_path, f"{HEAD}words: {{status: {{approved: {{bm: Selesai}}}}}}\n", whole=True
    )
    assert check_profile(known) == ()
    with pytest.raises(UnknownWord):
        STATUS.read("Selesai")
    with using(known.profile):
        assert STATUS.read(" SELESAI") is Status.APPROVED
        assert STATUS.read("Diluluskan") is Status.APPROVED  # nothing is taken away
        assert not STATUS.knows("Completed")  # and what is in no list stays unknown
    with pytest.raises(UnknownWord):
        STATUS.read("Selesai")
    assert known.profile.digest != shipped().digest
    found = known.profile.found["words.status.approved"]
    assert found.origins[1] == "profile.yaml:2"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        # Moved to another meaning, in whatever case and with whatever blanks.
        ("words: {status: {approved: {bm: Ditolak}}}", "cannot have the same words"),
        ("words: {status: {draft: {en: 'pending  for REVIEW'}}}", "cannot have the same words"),
        ("words: {status: {approved: {bm: X}, rejected: {en: x}}}", "cannot have the same words"),
        ("words: {action: {view: {bm: Buang}}}", "cannot have the same words"),
        ("words: {answer: {'yes': {bm: Tidak}}}", "cannot have the same words"),
        # What files is nothing that a row offers.
        ("words: {action: {edit: {bm: Hantar}}}", "the last press"),
        ("words: {action: {open: {en: [Go, ' sub mit']}}}", "the last press"),
        ("words: {action: {view: {bm: A}}}\nscreens: {Preview: {send: {bm: a}}}", "last press"),
        # Taken away, or none at all.
        ("words: {status: {approved: {bm: unknown}}}", "not taken away"),
        ("words: {status: {approved: {bm: []}}}", "words on the screen"),
        ("words: {status: {approved: {bm: ' '}}}", "words on the screen"),
        # Unknown keys, each with the nearest.
        ("words: {statuss: {approved: {bm: X}}}", "The nearest: status."),
        ("words: {status: {aproved: {bm: X}}}", "The nearest: approved."),
        ("words: {status: Selesai}", "key: value"),
        ("words: {status: {approved: Selesai}}", "key: value"),
        ("word: {status: {approved: {bm: X}}}", "The nearest: words."),
        ("words: {status: {approved: {id: taskStatus}}}", "by: bm, en."),
        ("words: {status: {approved: {like: 'CAN\\d{8}'}}}", "not found by that"),
        # Numbers: nothing that fits by chance, nothing that is no form.
        ("patterns: {case_number: {like: '.*'}}", "a form such as"),
        ("patterns: {case_number: {like: '[0-9]+'}}", "a form such as"),
        ("patterns: {case_number: {like: '(CAN|)\\d{8}'}}", "a form such as"),
        ("patterns: {case_number: {like: '\\d{1,9}'}}", "at least 6 digits"),
        ("patterns: {case_number: {like: 'CAN\\d{5}'}}", "at least 6 digits"),
        ("patterns: {case_number: {bm: CAN}}", "by: like."),
        ("patterns: {number: {like: 'CAN\\d{8}'}}", "Unknown key: number. The nearest: case"),
        # Days: month and day are never exchanged.
        ("formats: {date: {like: mm/dd/yyyy}}", "one of dd/mm/yyyy"),
        ("formats: {date: {like: [dd/mm/yyyy, yyyy-mm-dd]}}", "one of dd/mm/yyyy"),
        ("formats: {date: {like: dd/mm/yy}}", "one of dd/mm/yyyy"),
        ("signs: {refusal: {bm: X}}", "by: css."),
        ("signs: {refusal: {css: '*'}}", "one element"),
        ("signs: {refusals: {css: .x}}", "The nearest: refusal."),
    ],
)  # fmt: skip
def test_no_word_relaxes_what_is_safe(tmp_path: Path, text: str, said: str) -> None:
    """With the line of the file, in both languages."""
    at, words = refused(tmp_path, f"{HEAD}{text}\n", whole=True)
    assert at.startswith(("profile.yaml:2", "profile.yaml:3"))
    assert said in words.en
    assert words.bm != words.en


def test_a_sign_of_trouble_is_added_to_and_never_taken_away(tmp_path: Path) -> None:
    """A refusal that is not seen would be taken for a success."""
    known = overlay(tmp_path, f"{HEAD}signs: {{refusal: {{css: .notice-bad}}}}\n", whole=True)
    assert check_profile(known) == ()
    assert known.profile.sign("refusal") == f"{shipped().sign('refusal')}, .notice-bad"


def test_a_number_of_another_form_is_added(tmp_path: Path) -> None:
    """The forms of before stay; both ends count."""
    before = shipped().pattern("case_number")
    known = overlay(
        tmp_path, f"{HEAD}patterns: {{case_number: {{like: '(CRN|CAN)\\d{{14}}X?'}}}}\n", whole=True
    )
    assert check_profile(known) == ()
    now = known.profile.pattern("case_number")
    for number in ("CAN11202600000001", "CRN112026C00000001"):
        assert before.fullmatch(number)
        assert now.fullmatch(number)
    assert now.fullmatch("CAN11202600000001X")
    for number in ("CAN1120260000000", "XCAN11202600000001", "CAN", ""):
        assert not now.fullmatch(number)


@pytest.mark.parametrize("form", DATES)
def test_a_day_is_read_and_typed_in_one_form_only(tmp_path: Path, form: str) -> None:
    """What another form would read otherwise is no day here."""
    known = overlay(tmp_path, f"{HEAD}formats: {{date: {{like: {form}}}}}\n", whole=True)
    assert check_profile(known) == ()
    day = date(2026, 2, 3)
    with using(known.profile):
        text = values.typed(day)
        assert values.day(Cell(text, "x")) == day
        others = {day.strftime(f) for f in ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d")}
        for other in others - {text}:
            with pytest.raises(UnexpectedPage):
                values.day(Cell(other, "x"))
    assert in_use() is shipped()
    assert values.typed(day) == "03/02/2026"


def test_code_and_profile_have_the_same_words() -> None:
    """Each meaning of the code has words, and each word a meaning."""
    check_profile(settings.load(), whole=True)
    for kind in ALL:
        assert set(shipped().words[kind.name]) == set(kind.means)
    assert REMARKS.knows("tiada REKOD ditemui.")
    assert set(ACTIONS.means.values()) == set(Action)


def test_the_schema_knows_the_words() -> None:
    """An editor completes them as it does screens."""
    told = overlay_schema()
    assert {"words", "patterns", "signs", "formats"} < set(told["properties"])
    assert set(told["$defs"]["words_answer"]["properties"]) == {"yes", "no"}


def test_an_option_is_chosen_and_read_back_by_meaning() -> None:
    """A job says it in one language, the portal in the other; another status is another."""
    status = WordChoice(EMPLOYER)
    assert status.holds("Dorman", "Dormant")
    assert status.holds("WINDING  up", "Penggulungan")
    assert not status.holds("Dorman", "Dormant SIP")
    assert not status.holds("", "Dormant")
    assert not status.holds("Something", "Dormant")
    assert status._of(EmployerStatus.DORMANT, ["Dorman", "Dormant SIP", "Batal"]) == ["Dorman"]
    assert len(status._of(EmployerStatus.CANCEL, ["Batal", "Cancelled"])) == 2  # none is chosen
