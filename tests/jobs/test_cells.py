"""One cell, one value, or the reason why not; nothing is repaired."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from rpa.jobs.cells import Cell, blank, convert
from rpa.jobs.places import Unfit
from rpa.rules.employee import Employee
from rpa.rules.employee_changes import EmployeeChanges
from rpa.rules.employer import Employer

MIDNIGHT = datetime.combine(date(2026, 11, 2), time(0))
MORNING = datetime.combine(date(2026, 11, 2), time(9, 30))
COLUMNS = Employee.columns()


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        ("identification", "900101005555", "900101005555"),
        ("identification", "900101-00-5555", "900101005555"),
        ("identification", " 900101005555 ", "900101005555"),
        ("identification", 900101005555.0, "900101005555"),
        ("identification", 900101005555, "900101005555"),
        ("name", "  CONTOH  BIN REKAAN ", "CONTOH  BIN REKAAN"),
        ("date_of_birth", date(2026, 11, 2), date(2026, 11, 2)),
        ("date_of_birth", MIDNIGHT, date(2026, 11, 2)),
        ("date_of_birth", "05/06/2026", date(2026, 6, 5)),
        ("date_of_birth", "2026-06-05", date(2026, 6, 5)),
        ("gender", "l", "Male"),
        ("gender", "LELAKI", "Male"),
        ("gender", "P", "Female"),
        ("gender", "female", "Female"),
        ("wages_exceed_3000_before_june_2016", "Tidak", False),
        ("wages_exceed_3000_before_june_2016", "YES", True),
        ("wages_exceed_3000_before_june_2016", True, True),
    ],
)
def test_a_cell_that_is_clear_is_read(field: str, cell: Cell, value: object) -> None:
    """Only the blanks around a text and the card's own dashes are taken away."""
    assert convert(COLUMNS[field], cell) == value


@pytest.mark.parametrize(
    ("field", "cell", "code"),
    [
        ("identification", "10203005555", "nric-zeros"),
        ("identification", 10203005555.0, "nric-zeros"),
        ("identification", 5, "nric-format"),
        ("identification", 0.5, "nric-scientific"),
        ("identification", 9.1e17, "nric-scientific"),
        ("identification", float("inf"), "nric-scientific"),
        ("identification", "1.02E+10", "nric-scientific"),
        ("identification", "1,02e10", "nric-scientific"),
        ("identification", 1234567890123, "nric-format"),
        ("identification", -90010100555, "nric-format"),
        ("identification", "90-0101005555", "nric-format"),
        ("identification", "900101 00 5555", "nric-format"),
        ("identification", "900101005555.0", "nric-format"),
        ("identification", "'900101005555", "nric-format"),
        ("identification", "\uff1900101005555", "nric-format"),
        ("identification", True, "nric-format"),
        ("identification", date(2026, 11, 2), "nric-format"),
        ("name", 5, "text-type"),
        ("name", True, "text-type"),
        ("name", date(2026, 11, 2), "text-type"),
        ("name", time(9), "text-type"),
        ("date_of_birth", "5/6/2026", "date-form"),
        ("date_of_birth", "05-06-26", "date-form"),
        ("date_of_birth", "05-06-2026", "date-form"),
        ("date_of_birth", "2026/06/05", "date-form"),
        ("date_of_birth", "5 Jun 2026", "date-form"),
        ("date_of_birth", "05/06/26", "date-form"),
        ("date_of_birth", time(9), "date-form"),
        ("date_of_birth", timedelta(1), "date-form"),
        ("date_of_birth", True, "date-form"),
        ("date_of_birth", 46000, "date-number"),
        ("date_of_birth", MORNING, "date-time"),
        ("date_of_birth", "29/02/2026", "date-real"),
        ("date_of_birth", "0000-01-01", "date-real"),
        ("gender", "X", "choice"),
        ("gender", 1, "choice"),
        ("wages_exceed_3000_before_june_2016", "mungkin", "yes-no"),
        ("wages_exceed_3000_before_june_2016", 1, "yes-no"),
    ],
)
def test_a_cell_that_is_not_clear_is_refused_and_never_guessed(
    field: str, cell: Cell, code: str
) -> None:
    """Day and month are never swapped, zeros never added, numbers never rounded."""
    with pytest.raises(Unfit) as refused:
        convert(COLUMNS[field], cell)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("cell", "empty"), [(None, True), ("", True), ("  ", True), ("\u00a0", False), (0, False)]
)
def test_a_cell_is_blank_only_if_nobody_could_see_anything_meant(
    cell: Cell, *, empty: bool
) -> None:
    """A special space is no blank: it came from somewhere."""
    assert blank(cell) is empty


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("900101-00-5555", "900101005555"),
        (900101005555, "900101005555"),
        (" X0000001 ", "X0000001"),
        ("12E5", "12E5"),
    ],
)
def test_a_number_of_either_kind_is_read_as_what_it_is(cell: Cell, value: str) -> None:
    """An NRIC however it is written, else a passport's number, whose form is free."""
    assert convert(EmployeeChanges.columns()["identification"], cell) == value


@pytest.mark.parametrize(
    ("cell", "code"),
    [(10203005555, "nric-zeros"), ("9.00101E+11", "nric-scientific"), (True, "nric-format")],
)
def test_what_excel_did_to_a_number_of_either_kind_is_said(cell: Cell, code: str) -> None:
    """A number as such can only have been an NRIC."""
    with pytest.raises(Unfit) as refused:
        convert(EmployeeChanges.columns()["identification"], cell)
    assert refused.value.code == code


def test_telephone_numbers_are_read_whole_or_not_at_all() -> None:
    """The wanted form is shown; nothing is put before a number."""
    column = Employer.columns()["telephone"]
    assert convert(column, "+60300000001") == ("+60300000001",)
    for cell in ("0300000001", "+60 300000001", "+6030000", "60300000001", 60300000001, True):
        with pytest.raises(Unfit) as refused:
            convert(column, cell)
        assert refused.value.code == "phone-form"
        assert "+603" in refused.value.words.bm
        assert "+603" in refused.value.words.en
