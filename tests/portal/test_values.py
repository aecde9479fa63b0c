"""What a screen shows becomes a value exactly, or an unexpected screen that names its cell."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rpa.errors import UnexpectedPage
from rpa.pages.workers import listed_worker
from rpa.portal import values
from rpa.portal.lines import Columns, Line, lines
from rpa.portal.profile import shipped
from rpa.portal.values import Cell
from rpa.rules.leaver import Leaver
from rpa.rules.months import Month

if TYPE_CHECKING:
    from collections.abc import Callable

KEYS = ("identification", "name", "employment_start_date")
HEADS = ["No. Pengenalan", "Nama", "Tarikh Mula Kerja"]
READERS: list[Callable[[Cell], object]] = [
    values.sen,
    values.day,
    values.day_or_none,
    values.month,
    values.count,
    values.last_day,
]


def cell(text: str) -> Cell:
    return Cell(text, "Some.table, row 1, Column")


def line(start: str) -> Line:
    table = "Workers.listing"
    read: dict[str, list[Any]] = {
        "heads": HEADS,
        "rows": [["900101005555", "CONTOH BIN REKAAN", start]],
    }
    return lines(
        read, table, Columns(table, {n: shipped().looks[f"{table}.columns.{n}"] for n in KEYS})
    )[0]


@pytest.mark.parametrize(
    "start", ["31/02/2026", "2026-02-01", "\u0663\u0661/\u0660\u0661/2026", "1" * 5000, "?"]
)
def test_a_start_date_that_is_none_names_its_cell_and_not_its_text(start: str) -> None:
    with pytest.raises(UnexpectedPage) as caught:
        listed_worker(line(start))
    assert caught.value.where == "Workers.listing, row 1, employment_start_date"
    assert start not in str(caught.value)


@pytest.mark.parametrize("start", ["-", "", "--", "\N{EN DASH}"])
def test_a_dash_and_an_empty_cell_are_values(start: str) -> None:
    assert listed_worker(line(start)).employment_start_date is None


def test_a_worker_without_a_start_date_contradicts_a_declared_one_only() -> None:
    listed = listed_worker(line("-"))
    told = {
        "identification": "900101005555",
        "name": "CONTOH BIN REKAAN",
        "employment_resign_date": date(2026, 11, 20),
    }
    assert Leaver.model_validate(told).disagreement(listed) == []
    dated = Leaver.model_validate({**told, "employment_start_date": date(2020, 3, 1)})
    assert dated.disagreement(listed) == ["employment_start_date"]


@pytest.mark.parametrize(
    "text",
    ["9" * 5000, "1,2,3", ",", "", "-1", "1.0", "\uff11\uff12", "12 of 57", "1-10", "57 pages",
     "of 57", "1 to 10", "1-10 57", "12 57 records", "about 57 records", "57 records of 60"],
)  # fmt: skip
def test_what_is_no_count_is_none(text: str) -> None:
    with pytest.raises(UnexpectedPage):
        values.count(cell(text))


def test_counts_are_read_with_and_without_commas() -> None:
    assert [values.count(cell(text)) for text in ("0", "1234", "1,234")] == [0, 1234, 1234]


@pytest.mark.parametrize(
    "text",
    ["1,057 rekod", "1,057 Records", "Showing 1 to 10 of 1,057 entries", "1\N{EN DASH}25 / 1057",
     "Menunjukkan 1 hingga 10 daripada 1,057 rekod", "1-10 out of 1057", "1057 Task(s)"],
)  # fmt: skip
def test_a_count_may_have_its_unit_and_what_is_shown_of_it(text: str) -> None:
    assert values.count(cell(text)) == 1057


@pytest.mark.parametrize(
    "text",
    ["10/2026", "10-2026", "2026-10", "Oktober 2026", "OKT 2026", "Oct. 2026", "Okt-2026"],
)
def test_a_month_is_read_in_every_way_that_means_one(text: str) -> None:
    """And each is one under which a row of that month is sought."""
    found = values.month(cell(text))
    assert found == Month(2026, 10)
    assert text.casefold() in {way.casefold() for way in values.ways("10/2026")}


def test_a_number_that_may_be_a_lot_is_no_month_in_a_review() -> None:
    """What a review shows is told as it is typed where it is in words, and stays as it is else."""
    texts = ("Sep-2026", "9-2026", "2026/09", "09/2026")
    assert [values.written(text) for text in texts] == ["09/2026", *texts[1:]]


@pytest.mark.parametrize(
    "text",
    [
        "13/2026",
        "10/1000",
        "2999-10",
        "Okt 1000",
        "10/26",
        "Okt 26",
        "2026",
        "1/10/2026",
        "Oktober",
    ],
)
def test_what_may_be_another_month_is_none(text: str) -> None:
    with pytest.raises(UnexpectedPage):
        values.month(cell(text))


@pytest.mark.parametrize("text", ["5 Mac 2027", "05-MAR-2027", "5 Mac, 2027", "March 5, 2027"])
def test_a_day_with_its_month_in_words_is_read(text: str) -> None:
    assert values.day(cell(text)) == date(2027, 3, 5)


@pytest.mark.parametrize("text", ["5-3-2027", "31 Feb 2027", "5 Mac 27", "Mac 2027", "3.5.2027"])
def test_a_day_that_may_be_another_is_none(text: str) -> None:
    with pytest.raises(UnexpectedPage):
        values.day(cell(text))


def test_money_may_have_its_currency() -> None:
    """Never with a comma before the sen: a thousand may be meant."""
    said = ("1,234.50", "RM 1,234.50", "RM1,234.50", "1234.50")
    assert {values.sen(cell(text)) for text in said} == {123450}
    for text in ("RM 1.234,50", "1 234.50", "1234,50", "$1,234.50", "MYR 1,234.50"):
        with pytest.raises(UnexpectedPage):
            values.sen(cell(text))


@pytest.mark.parametrize(
    "said",
    [
        None,
        "",
        "\x00",
        "Sat, 28 Nov 2026 10:00:00 +9999",
        "Sat, 28 Nov 2026 10:00:00 -99999999999999999999",
        "Sat, 28 Nov 99999999999999999999 10:00:00 GMT",
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "Sat, 28 Nov 2026 10:00:00 +" + "9" * 5000,
    ],
)
def test_a_mad_date_header_tells_no_time(said: str | None) -> None:
    assert values.moment(said) is None


def test_an_http_date_is_read_as_gmt() -> None:
    at = datetime(2026, 11, 28, 10, tzinfo=UTC)
    assert values.moment("Sat, 28 Nov 2026 10:00:00 GMT") == at
    assert values.moment("Sat, 28 Nov 2026 10:00:00") == at


@given(st.text() | st.from_regex(r"[0-9/,.\-: +]{0,40}"))
def test_whatever_a_cell_says_no_reader_breaks(text: str) -> None:
    for read in READERS:
        with suppress(UnexpectedPage):
            read(cell(text))
    found = values.moment(text)
    assert found is None or found.astimezone(UTC)


def test_one_of_several_and_none_are_named() -> None:
    with pytest.raises(UnexpectedPage):
        values.only([], "Some.table")
    with pytest.raises(UnexpectedPage):
        values.only([1, 1], "Some.table")
    assert values.only([1], "Some.table") == 1
    with pytest.raises(UnexpectedPage):
        values.by([{"Item": cell("a")}, {"Item": cell("a")}], lambda r: r["Item"], "Some.table")
    with pytest.raises(UnexpectedPage):
        values.at({}, "a", "Some.table")
