"""What is built is read back the same, and what is built by the schedule checks clean."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from rpa.rules.months import Month
from rpa.textfile import (
    LAYOUTS,
    Expected,
    Layout,
    Style,
    build,
    check,
    has_amount,
    line_of,
    parse,
    told,
    totals,
)
from tests.textfile.people import (
    EMPLOYER,
    IN_TIME,
    SSM,
    TODAY,
    lawful,
    layouts,
    lines,
    months,
    payee,
    payees,
    styles,
)

GOOD = build(
    [
        line_of(payee(identification=number), Month(2026, 7), EMPLOYER, SSM)
        for number in ("880229820001", "920229820002", "900101820003")
    ],
    LAYOUTS["v2.1"],
)
CALM = settings(
    deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow], max_examples=150
)


@CALM
@given(data=st.data(), name=st.sampled_from(sorted(LAYOUTS)), style=styles)
def test_build_then_parse_then_build_is_the_identity(
    data: st.DataObject, name: str, style: Style
) -> None:
    """On any values that the layout can hold, in any style: the lines, and the bytes."""
    layout = LAYOUTS[name]
    written = data.draw(st.lists(lines(name), min_size=1, max_size=8))
    content = build(written, layout, style)
    parsed = parse(content, layout)
    assert parsed.faults == []
    assert parsed.lines == written
    assert build(parsed.lines, layout, style) == content


@CALM
@given(data=st.data(), month=months, layout=layouts, style=styles)
def test_every_file_that_is_built_from_a_payroll_checks_clean(
    data: st.DataObject, month: Month, layout: Layout, style: Style
) -> None:
    """Workers of any age and kind in any known month: no error in what we build ourselves."""
    today = IN_TIME if layout.replaced else TODAY
    assume(month <= Month.of(today))
    people = [data.draw(payees(month, n)) for n in range(data.draw(st.integers(1, 6)))]
    written = [line_of(one, month, EMPLOYER, SSM) for one in people if lawful(one, month)]
    kept = [line for line in written if has_amount(line, layout)]
    assume(kept)
    expected = Expected(EMPLOYER, month)
    found = check(build(kept, layout, style), today=today, layout=layout, expected=expected)
    assert found.errors == ()
    assert found.totals == totals(kept, layout)


@CALM
@given(st.binary(max_size=900) | st.text(max_size=300).map(str.encode))
def test_whatever_stands_in_a_file_a_check_ends_with_sentences(content: bytes) -> None:
    """Never a traceback; and only what is empty or clean has no error."""
    for layout in (None, *LAYOUTS.values()):
        assert check(content, today=date(2026, 11, 22), layout=layout).errors


@CALM
@given(data=st.data(), name=st.sampled_from(sorted(LAYOUTS)))
def test_the_layout_is_told_by_the_length_or_asked_for(data: st.DataObject, name: str) -> None:
    """278 characters are v2.1; of 223 there are two, which is never guessed."""
    content = build(data.draw(st.lists(lines(name), min_size=1, max_size=3)), LAYOUTS[name])
    assert told(content) is (LAYOUTS["v2.1"] if name == "v2.1" else None)


@CALM
@example(line=1, position=278, letter=ord("\r"))
@example(line=3, position=278, letter=ord("\r"))
@given(
    line=st.integers(1, 3),
    position=st.integers(1, 278),
    letter=st.sampled_from([*range(32), 127, *range(128, 256)]),
)
def test_a_byte_that_no_line_may_hold_is_found_at_its_very_position(
    line: int, position: int, letter: int
) -> None:
    """Tab, control, accent: wherever it stands; a line feed divides the line instead."""
    lines_of = GOOD.split(b"\r\n")
    old = lines_of[line - 1]
    lines_of[line - 1] = old[: position - 1] + bytes([letter]) + old[position:]
    found = check(b"\r\n".join(lines_of), today=TODAY).errors
    if letter == ord("\n"):
        assert "line-length" in {f.code for f in found}
    else:
        code = "byte-tab" if letter == ord("\t") else "byte-foreign"
        assert (line, position, position, code) in {
            (f.line, f.first, f.last, f.code) for f in found
        }


@CALM
@given(line=st.integers(1, 3), position=st.integers(215, 244), digit=st.sampled_from(b"0123456789"))
def test_no_digit_of_a_contribution_can_be_another_without_an_error(
    line: int, position: int, digit: int
) -> None:
    """Every one of the five amounts is looked up again."""
    lines_of = GOOD.split(b"\r\n")
    old = lines_of[line - 1]
    assume(old[position - 1] != digit)
    lines_of[line - 1] = old[: position - 1] + bytes([digit]) + old[position:]
    found = check(b"\r\n".join(lines_of), today=TODAY).errors
    assert {(f.line, f.code) for f in found} >= {(line, "amount-schedule")}


def test_a_year_of_three_digits_keeps_its_width() -> None:
    """Some systems write it with three, and no line can hold that."""
    (line,) = parse(GOOD.splitlines()[0], LAYOUTS["v2.1"]).lines
    early = replace(line, employment_date=date(999, 1, 1))
    assert b"01010999" in build([early], LAYOUTS["socso"])
