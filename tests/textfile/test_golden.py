"""The files of the facts (text-files, sections 2 to 4), byte for byte."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from rpa.rules.employment_status import EmploymentStatus
from rpa.rules.months import Month
from rpa.rules.workers import WorkerKind
from rpa.textfile import (
    EIS,
    SOCSO,
    V2_1,
    Layout,
    Line,
    LineEnd,
    Padding,
    Style,
    Unbuildable,
    build,
    line_of,
    parse,
)
from tests.textfile.people import EMPLOYER, GOLDEN, JUNE, SSM, payee

if TYPE_CHECKING:
    from rpa.rules.payee import Payee

MAY = Month(2026, 5)
BLANKS = Style(Padding.BLANKS)
PARIS = payee(identification="920229820002", name="CONTOH A/P REKAAN", wages=725_000)
FIRST_OF_MAY = {
    "employment_date": date(2026, 5, 5),
    "employment_status": EmploymentStatus.NEW,
}
LEFT = {
    "employment_date": date(2026, 5, 20),
    "employment_status": EmploymentStatus.LEFT,
}


def june() -> list[Line]:
    """The three workers of the combined sample."""
    opted_out = PARIS.model_copy(update={"skbbk_opt_out": True})
    foreign = payee(
        worker=WorkerKind.FOREIGN,
        identification="990000000001",
        name="SAMPLE FOREIGN WORKER",
        wages=175_000,
        date_of_birth=date(1990, 1, 1),
    )
    return [line_of(one, JUNE, EMPLOYER, SSM) for one in (payee(), opted_out, foreign)]


def may(*more: Payee) -> list[Line]:
    joined = PARIS.model_copy(update=FIRST_OF_MAY)
    return [line_of(one, MAY, EMPLOYER) for one in (payee(), joined, *more)]


LEAVER = payee(identification="900101820003", name="REKAAN ANAK CONTOH", wages=210_000).model_copy(
    update=LEFT
)
SAMPLES = [
    ("v2.1-zeros", V2_1, Style(), june()),
    ("v2.1-blanks", V2_1, BLANKS, june()[:2]),
    ("socso", SOCSO, Style(), may(LEAVER)),
    ("eis", EIS, Style(), may()),
]


@pytest.mark.parametrize(("name", "layout", "style", "lines"), SAMPLES, ids=[s[0] for s in SAMPLES])
def test_the_sample_of_the_facts_is_built_byte_for_byte_from_wages(
    name: str, layout: Layout, style: Style, lines: list[Line]
) -> None:
    """From payroll rows by the schedule to the very bytes; CRLF between, nothing at the end."""
    golden = (GOLDEN / f"{name}.txt").read_bytes()
    assert {len(line) for line in golden.split(b"\r\n")} == {layout.length}
    assert build(lines, layout, style) == golden


@pytest.mark.parametrize(("name", "layout", "style", "lines"), SAMPLES, ids=[s[0] for s in SAMPLES])
def test_the_sample_of_the_facts_is_read_and_built_again_the_same(
    name: str, layout: Layout, style: Style, lines: list[Line]
) -> None:
    """Parse is the inverse of build; no fault of form in any sample."""
    golden = (GOLDEN / f"{name}.txt").read_bytes()
    parsed = parse(golden, layout)
    assert parsed.faults == []
    assert build(parsed.lines, layout, style) == golden
    assert [line.wages for line in parsed.lines if layout is not EIS] == [
        line.wages for line in lines if layout is not EIS
    ]


def test_lines_may_be_joined_by_lf_as_one_business_does() -> None:
    """The second of the two line ends; none after the last line either."""
    crlf = build(june(), V2_1)
    lf = build(june(), V2_1, Style(line_end=LineEnd.LF))
    assert crlf.replace(b"\r\n", b"\n") == lf
    assert not lf.endswith(b"\n")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": "X" * 151}, "name"),
        ({"name": "CONTOH\u00c9"}, "name"),
        ({"name": "CONTOH\tREKAAN"}, "name"),
        ({"name": "CONTOH\r\nREKAAN"}, "name"),
        ({"name": " CONTOH"}, "name"),
        ({"name": ""}, "name"),
        ({"identification": "8802298200011"}, "identification"),
        ({"ssm": "1" * 21}, "ssm"),
        ({"wages": 10**14}, "wages"),
        ({"wages": -1}, "wages"),
        ({"wages": 1.5}, "wages"),
        ({"skbbk": 1_000_000}, "skbbk"),
    ],
)
def test_what_a_field_cannot_hold_is_refused_and_never_cut(
    change: dict[str, object], field: str
) -> None:
    """A name cut short is another person; an amount cut short is other money."""
    told = {name: getattr(june()[0], name) for name in Line.__dataclass_fields__}
    with pytest.raises(Unbuildable) as refused:
        build([june()[1], Line(**(told | change))], V2_1)
    assert (refused.value.number, refused.value.field) == (2, field)


def test_a_line_never_shows_its_person() -> None:
    """Neither in a log nor in a traceback."""
    assert "CONTOH" not in repr(june()[0])
    assert "8802" not in str(june())
