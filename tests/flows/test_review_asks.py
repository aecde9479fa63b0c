"""What a review that differs asks, where that it is only called otherwise is likely."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from rpa import flows
from rpa.calibration.against import page_of
from rpa.errors import ReviewMismatch, UnexpectedPage
from rpa.portal.items import Item
from rpa.portal.profile import shipped
from rpa.portal.values import Cell
from rpa.procedure.steps import Steps

if TYPE_CHECKING:
    from rpa.engine.journal import AttemptJournal
    from rpa.pages.preview import Preview

ONE, NUMBER = "900101000001", "Identification No."
FORM = {NUMBER: ONE, "Race": "Pilih satu", "Occupation (MASCO)": "Pilih satu", "Gender (M/F)": "M"}


def asked(form: dict[str, str], review: dict[str, str]) -> Any:
    """What the error asks of a form and its review, at a Malay screen."""
    page = page_of("Preview", shipped())
    assert page is not None
    page.portal = cast("Any", SimpleNamespace(
        overrides=shipped().looks, screen=SimpleNamespace(language="bm")))  # fmt: skip
    book = SimpleNamespace(reviewed=lambda _: None, picture=lambda _: None)
    filing: Any = SimpleNamespace(rows=())
    steps = Steps(filing, cast("AttemptJournal", book), rehearse=True)
    mends = flows.load("add_employees").REVIEW.mends(cast("Preview", page))
    with pytest.raises(ReviewMismatch) as caught:
        steps.same({ONE: form}, {ONE: review}, mends)
    return caught.value.asks


def test_what_several_lists_held_for_nothing_is_asked() -> None:
    """Two lists of one text, and the review shows neither; of one list nobody can tell."""
    found = asked(FORM, {**FORM, "Race": "", "Occupation (MASCO)": ""})
    assert (found.key, found.words) == ("words.placeholder", ("Pilih satu",))
    assert asked(FORM, {**FORM, "Race": ""}) is None
    assert asked(FORM, {**FORM, "Race": "Cina", "Occupation (MASCO)": "Cina"}) is None


def test_an_item_that_no_form_has_is_asked_by_its_other_name() -> None:
    """A field's own label is told and not asked: its form has it as before."""
    form = {**FORM, "Identification Type": "New Identification"}
    review = {**FORM, "Jenis pengenalan": "New Identification"}
    found = asked(form, review)
    assert (found.key, found.words) == ("EmployeePopup.identification_type", ("Jenis pengenalan",))
    renamed = {("Bangsa" if item == "Race" else item): value for item, value in FORM.items()}
    told = {**FORM, "Race": "Melayu"}
    assert asked(told, {**renamed, "Bangsa": "Melayu"}) is None


def test_what_a_part_is_about_is_asked_where_no_item_of_it_is_known() -> None:
    """It said *the same item twice*, with nothing to answer; values and numbers are never offered.

    Of a part that is there twice, or whose form types its number, nothing is asked.
    """
    day = ("Employment Resign Date", "30-11-2026")
    part = [("No. pengenalan", ONE), ("Pekerja 1", "CONTOH BIN REKAAN"), day]
    found = untold("end_employment", part)
    assert (found.key, found.words) == ("SomeLeavers.identification", ("No. pengenalan",))
    known = [(NUMBER, ONE), day]
    assert untold("end_employment", known, known) is None
    assert untold("add_employees", part) is None


def untold(procedure: str, *parts: list[tuple[str, str]]) -> Any:
    """What the error asks of a review whose parts tell these."""
    page = page_of("Preview", shipped())
    preview = cast("Any", page)
    preview.portal = SimpleNamespace(overrides=shipped().looks)
    preview.whose = lambda: "E9900001234V"
    preview.parts = lambda: [[Item(i, Cell(v, ""), None) for i, v in part] for part in parts]
    with pytest.raises(UnexpectedPage) as caught:
        flows.load(procedure).REVIEW.shown(preview)
    return caught.value.asks
