"""What a review that differs asks, where that it is only called otherwise is likely."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from rpa import flows
from rpa.calibration.against import page_of
from rpa.errors import ReviewMismatch
from rpa.portal.profile import shipped
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
