"""Every kind of fault is found, at its line and positions, all at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from rpa.errors import Severity
from rpa.jobs import group
from rpa.rules.months import Month
from rpa.rules.schedule import Category
from rpa.textfile import (
    EIS,
    SOCSO,
    V2_1,
    Checked,
    Expected,
    Layout,
    Line,
    Padding,
    Style,
    build,
    check,
    line_of,
    told,
)
from rpa.textfile.recompute import Reading
from tests.textfile.people import EMPLOYER, GOLDEN, IN_TIME, JULY, JUNE, SSM, TODAY, payee

NUMBERS = ("880229820001", "920229820002", "900101820003")
Found = list[tuple[int, int, int, str]]


def three(month: Month = JULY, **more: Any) -> list[Line]:
    """Three workers of RM3,000."""
    return [line_of(payee(identification=n, **more), month, EMPLOYER, SSM) for n in NUMBERS]


def of(checked: Checked, severity: Severity | None = Severity.ERROR) -> Found:
    return [
        (f.line, f.first, f.last, f.code)
        for f in checked.faults
        if severity is None or f.severity is severity
    ]


def put(content: bytes, line: int, first: int, piece: bytes) -> bytes:
    """The file with ``piece`` over the positions from ``first`` on."""
    lines = content.split(b"\r\n")
    old = lines[line - 1]
    lines[line - 1] = old[: first - 1] + piece + old[first - 1 + len(piece) :]
    return b"\r\n".join(lines)


GOOD = build(three(), V2_1)


def test_a_file_without_faults_checks_clean() -> None:
    """Nothing to say, the totals, and as what the amounts were taken."""
    found = check(GOOD, today=TODAY)
    assert found.faults == ()
    assert found.layout is V2_1
    assert found.totals["wages"] == 900_000
    assert found.totals["skbbk"] == 3 * 2215
    assert dict(found.readings) == {Reading(Category.FIRST, eis=True, skbbk=True): 3}


@pytest.mark.parametrize(
    ("line", "first", "piece", "expected"),
    [
        (2, 45, b"CONT\xc3\x89H", (2, 49, 50, "byte-foreign")),
        (3, 50, b"\t\t", (3, 50, 51, "byte-tab")),
        (1, 60, b"\x00", (1, 60, 60, "byte-foreign")),
        (1, 60, b"\x7f", (1, 60, 60, "byte-foreign")),
        (2, 60, b"\r", (2, 60, 60, "byte-foreign")),
        (2, 1, b"e", (2, 1, 12, "employer-mixed")),
        (2, 1, b"B9900005678W", (2, 1, 12, "employer-mixed")),
        (3, 33, b" ", (3, 33, 44, "field-left")),
        (3, 33, b"X0000001    ", (3, 33, 44, "id-form")),
        (3, 33, b"8802298200-1", (3, 33, 44, "id-form")),
        (3, 33, b"901301820003", (3, 33, 44, "nric-date")),
        (2, 45, b" ", (2, 45, 194, "field-left")),
        (2, 45, b" " * 150, (2, 45, 194, "field-blank")),
        (2, 195, b"082026", (2, 195, 200, "month-mixed")),
        (2, 195, b"132026", (2, 195, 200, "month-form")),
        (2, 195, b" 72026", (2, 195, 200, "month-form")),
        (2, 201, b"      3000.00 ", (2, 201, 214, "amount-form")),
        (2, 201, b"300000        ", (2, 201, 214, "amount-form")),
        (2, 201, b"-0000000300000", (2, 201, 214, "amount-form")),
        (2, 201, b" " * 14, (2, 201, 214, "field-blank")),
        (2, 215, b"00516O", (2, 215, 220, "amount-form")),
        (2, 215, b"005160", (2, 215, 220, "amount-schedule")),
        (2, 221, b"001476", (2, 221, 226, "amount-schedule")),
        (2, 227, b"000591", (2, 227, 232, "amount-schedule")),
        (2, 233, b"000000", (2, 233, 238, "amount-schedule")),
        (2, 239, b"002216", (2, 239, 244, "amount-schedule")),
        (2, 258, b"X", (2, 245, 258, "filler")),
        (2, 259, b"B", (2, 259, 278, "filler")),
    ],
)
def test_each_fault_in_a_line_is_found_at_its_positions(
    line: int, first: int, piece: bytes, expected: tuple[int, int, int, str]
) -> None:
    """One fault, one sentence, the very positions; nothing else is accused."""
    found = of(check(put(GOOD, line, first, piece), today=TODAY))
    assert expected in found
    extra = {code for *_, code in found} - {expected[3], "employer-format"}
    assert not extra


def test_all_faults_of_a_file_come_at_once_in_its_order() -> None:
    """Nobody uploads a file five times to hear five faults."""
    content = put(GOOD, 1, 195, b"132026")
    content = put(content, 2, 239, b"002216")
    content = put(content, 3, 50, b"\t") + b" "
    assert of(check(content, today=TODAY)) == [
        (1, 195, 200, "month-form"),
        (2, 239, 244, "amount-schedule"),
        (3, 50, 50, "byte-tab"),
        (3, 279, 279, "line-length"),
    ]


def test_a_line_too_short_or_too_long_says_what_is_missing_or_too_much() -> None:
    """An editor that takes blanks away makes lines of 244 characters."""
    short = GOOD.replace(b" " * 34 + b"\r\n", b"\r\n", 1)
    assert of(check(short, today=TODAY)) == [(1, 245, 278, "line-trimmed")]
    blank = GOOD.replace(b"\r\n", b"\r\n\r\n", 1)
    assert of(check(blank, today=TODAY)) == [(2, 1, 278, "line-length")]
    assert of(check(GOOD + b"XX", today=TODAY)) == [(3, 279, 280, "line-length")]


def test_the_words_tell_the_length_that_is_and_that_should_be() -> None:
    """In both languages."""
    (fault,) = check(GOOD + b"XX", today=TODAY).errors
    assert "280" in fault.words.bm
    assert "280 characters, not 278" in fault.words.en


def test_line_ends_that_are_mixed_are_a_fault_and_one_at_the_end_is_remarked_on() -> None:
    """CRLF and LF in one file; the specification's file has none after the last line."""
    mixed = GOOD.replace(b"\r\n", b"\n", 1)
    assert of(check(mixed, today=TODAY)) == [(0, 0, 0, "line-ends")]
    ended = check(GOOD + b"\r\n", today=TODAY)
    assert of(ended) == []
    assert of(ended, None) == [(3, 0, 0, "line-end-last")]
    assert check(GOOD.replace(b"\r\n", b"\n"), today=TODAY).faults == ()


def test_a_byte_order_mark_and_a_sub_character_are_seen() -> None:
    """What Notepad and DOS leave behind, invisible to a person."""
    assert (1, 1, 3, "byte-bom") in of(check(b"\xef\xbb\xbf" + GOOD, today=TODAY))
    assert (3, 0, 0, "file-end-sign") in of(check(GOOD + b"\r\n\x1a", today=TODAY))


def test_amounts_padded_in_two_ways_are_remarked_on() -> None:
    """Zeros in one line, blanks in another: two programs made this file."""
    other = build(three(), V2_1, Style(Padding.BLANKS)).split(b"\r\n")[0]
    content = b"\r\n".join([other, *GOOD.split(b"\r\n")[1:]])
    assert of(check(content, today=TODAY), None) == [(0, 0, 0, "padding-mixed")]


def test_lines_divided_by_cr_alone_are_told_once_and_judged_one_by_one() -> None:
    """An old Mac's file: not thousands of strange letters in one endless line."""
    content = put(GOOD, 2, 239, b"002216").replace(b"\r\n", b"\r")
    assert of(check(content, today=TODAY)) == [
        (0, 0, 0, "line-ends-cr"),
        (2, 239, 244, "amount-schedule"),
    ]
    assert told(GOOD.replace(b"\r\n", b"\r")) is V2_1


@pytest.mark.parametrize("code", ["utf-16", "utf-16-be", "utf-16-le", "utf-32"])
def test_a_file_that_is_no_plain_text_is_one_fault_and_not_one_for_each_letter(code: str) -> None:
    """Notepad's "Unicode"; a workbook or a picture given by mistake."""
    wrong = GOOD.decode("ascii").encode(code)
    assert of(check(wrong, today=TODAY)) == [(0, 0, 0, "file-text")]
    assert of(check(b"PK\x03\x04" + bytes(range(8)) * 4 + bytes(30), today=TODAY)) == [
        (0, 0, 0, "file-text")
    ]


def test_a_line_full_of_strange_letters_tells_the_first_and_that_there_are_more() -> None:
    """A name in another script is not two hundred faults."""
    found = of(check(put(GOOD, 2, 45, b"\xe9A" * 75), today=TODAY))
    assert found[:2] == [(2, 45, 45, "byte-foreign"), (2, 47, 47, "byte-foreign")]
    assert len(found) == 21
    assert found[-1] == (2, 85, 278, "byte-foreign-more")


def test_a_birthplace_that_no_card_has_is_remarked_on_for_the_portal_took_others() -> None:
    """Text-files 6.2: digits 7 and 8; every invented person has such a code."""
    used = [replace(line, identification=f"9{n}0101145555") for n, line in enumerate(three())]
    assert check(build(used, V2_1), today=TODAY).faults == ()
    assert of(check(put(build(used, V2_1), 2, 39, b"82"), today=TODAY), Severity.WARNING) == []
    unused = check(put(build(used, V2_1), 2, 39, b"00"), today=TODAY)
    assert of(unused, None) == [(2, 33, 44, "nric-birthplace")]
    assert of(unused) == []


def test_a_number_with_dashes_is_cut_short_in_the_old_layouts_and_refused() -> None:
    """Twelve characters hold no dashes; v2.1 refuses them by the number's form."""
    for name, layout in (("socso", SOCSO), ("eis", EIS)):
        golden = (GOLDEN / f"{name}.txt").read_bytes()
        wrong = put(golden, 1, 33, b"880229-82-00")
        assert of(check(wrong, today=IN_TIME, layout=layout)) == [(1, 33, 44, "id-dash")]


@pytest.mark.parametrize(
    ("born", "wrong"), [("660430", True), ("660515", False), ("080601", True), ("080531", False)]
)
def test_an_eis_file_holds_nobody_under_18_or_of_60(born: str, *, wrong: bool) -> None:
    """Act 800, by the ages on the first and the last day of the month (text-files 6.4)."""
    golden = (GOLDEN / "eis.txt").read_bytes()
    found = check(put(golden, 1, 33, born.encode()), today=IN_TIME, layout=EIS)
    assert of(found) == ([(1, 201, 214, "eis-age")] if wrong else [])


def test_an_empty_file_is_a_fault() -> None:
    """Nothing, or nothing that can be seen."""
    for content in (b"", b"\r\n", b"  \n"):
        assert of(check(content, today=TODAY)) == [(0, 0, 0, "file-empty")]


def test_a_person_twice_is_told_at_each_line_with_the_others() -> None:
    """By line numbers, never by the number or the name."""
    lines = three()
    twice = [*lines, replace(lines[0], name="REKAAN LAIN")]
    found = check(build(twice, V2_1), today=TODAY)
    assert of(found) == [(1, 33, 44, "person-twice"), (4, 33, 44, "person-twice")]
    assert "line 4" in found.errors[0].words.en
    assert "line 1" in found.errors[1].words.en


def test_what_the_person_says_counts_before_what_most_lines_say() -> None:
    """The right month in all lines is wrong when another was meant."""
    found = check(GOOD, today=TODAY, expected=Expected("B9900005678W", Month(2026, 8)))
    assert {(f[0], f[3]) for f in of(found)} == {
        (line, code) for line in (1, 2, 3) for code in ("employer-other", "month-other")
    }
    assert of(check(GOOD, today=TODAY, expected=Expected(EMPLOYER, JULY))) == []


def test_a_month_that_has_not_come_is_refused_and_the_present_one_is_not() -> None:
    """Facts: never a future month."""
    assert {f[3] for f in of(check(GOOD, today=date(2026, 6, 30)))} == {"month-future"}
    assert of(check(GOOD, today=date(2026, 7, 1))) == []
    unknown = put(put(put(GOOD, 1, 195, b"052016"), 2, 195, b"052016"), 3, 195, b"052016")
    assert {f[3] for f in of(check(unknown, today=TODAY))} == {"month-unknown"}


@pytest.mark.parametrize(("name", "layout"), [("socso", SOCSO), ("eis", EIS)])
def test_the_old_layouts_end_with_september_2026_by_the_day_of_the_upload(
    name: str, layout: Layout
) -> None:
    """The portal takes by the day it is given the file, whatever month the file is of."""
    golden = (GOLDEN / f"{name}.txt").read_bytes()
    assert of(check(golden, today=IN_TIME, layout=layout)) == []
    after = check(golden, today=date(2026, 10, 1), layout=layout)
    assert of(after) == [(0, 0, 0, "layout-old")]


def test_two_layouts_of_one_length_are_never_guessed() -> None:
    """An EIS file taken for a SOCSO file would pass with every amount wrong."""
    golden = (GOLDEN / "eis.txt").read_bytes()
    assert told(golden) is None
    assert of(check(golden, today=IN_TIME)) == [(0, 0, 0, "layout-which")]
    assert told(GOOD) is V2_1
    assert told(b"nothing of the kind") is V2_1


def test_an_eis_amount_that_is_in_no_row_is_found() -> None:
    """Both shares together: RM11.80, not RM11.70; nothing before January 2018."""
    golden = (GOLDEN / "eis.txt").read_bytes()
    wrong = put(golden, 1, 201, b"00000000001170")
    assert of(check(wrong, today=IN_TIME, layout=EIS)) == [(1, 201, 214, "amount-schedule")]
    before = golden.replace(b"052026000", b"122017000")
    found = of(check(before, today=IN_TIME, layout=EIS))
    assert found == [(n, 201, 214, "amount-schedule") for n in (1, 2)]
    date_wrong = put(golden, 2, 215, b"31022026")
    assert of(check(date_wrong, today=IN_TIME, layout=EIS)) == [(2, 215, 222, "date-form")]
    status = put(golden, 2, 223, b"Z")
    assert of(check(status, today=IN_TIME, layout=EIS)) == [(2, 223, 223, "status-letter")]


def test_the_sample_of_the_facts_has_an_opt_out_in_june_which_the_facts_forbid() -> None:
    """Its second line: the layout is right, the amounts are not lawful for 06/2026."""
    found = check((GOLDEN / "v2.1-zeros.txt").read_bytes(), today=TODAY)
    assert of(found) == [(2, 239, 244, "skbbk-june")]
    assert of(found, Severity.WARNING) == [(3, 33, 44, "nric-date")]


def born(text: str) -> str:
    return f"{text}820001"


Case = tuple[Month, str, dict[str, Any], str | None, Severity | None]


def amounts(*sen: int) -> dict[str, Any]:
    names = ("socso_employer", "socso_employee", "eis_employer", "eis_employee", "skbbk")
    return dict(zip(names, sen, strict=True))


FIRST, SECOND = (5165, 1475), (3690, 0)
EIS_DUE, NO_EIS = (590, 590), (0, 0)
SKBBK, OUT = (2215,), (0,)
ERROR, WARNING = Severity.ERROR, Severity.WARNING
MAY_2024 = Month(2024, 5)
CASES: list[Case] = [
    # Month, number, amounts, what is said.
    (JULY, born("900101"), amounts(*FIRST, *EIS_DUE, *SKBBK), None, None),
    (JULY, born("900101"), amounts(*FIRST, *EIS_DUE, *OUT), None, None),
    (JUNE, born("900101"), amounts(*FIRST, *EIS_DUE, *OUT), "skbbk-june", ERROR),
    (JULY, born("900101"), amounts(*FIRST, *NO_EIS, *SKBBK), "eis-missing", WARNING),
    (JULY, born("900101"), amounts(*FIRST, *NO_EIS, *OUT), "eis-missing", WARNING),
    (JULY, born("900101"), amounts(*SECOND, *EIS_DUE, *SKBBK), "category-young", WARNING),
    (JULY, born("660630"), amounts(*SECOND, *NO_EIS, *SKBBK), None, None),
    (JULY, born("660630"), amounts(*FIRST, *NO_EIS, *SKBBK), "category-age", WARNING),
    (JULY, born("660630"), amounts(*FIRST, *NO_EIS, *OUT), "category-age", ERROR),
    (JULY, born("660630"), amounts(*SECOND, *EIS_DUE, *SKBBK), "eis-age", ERROR),
    (JULY, born("660715"), amounts(*SECOND, *NO_EIS, *SKBBK), None, None),
    (JULY, born("660715"), amounts(*FIRST, *EIS_DUE, *SKBBK), None, None),
    (JULY, born("700101"), amounts(*FIRST, *EIS_DUE, *SKBBK), None, None),
    (JULY, born("700101"), amounts(*SECOND, *EIS_DUE, *SKBBK), None, None),
    (JULY, born("690101"), amounts(*SECOND, *NO_EIS, *SKBBK), None, None),
    (JULY, born("080801"), amounts(*FIRST, *NO_EIS, *SKBBK), None, None),
    (JULY, born("080801"), amounts(*FIRST, *EIS_DUE, *SKBBK), "eis-age", ERROR),
    (JULY, "SSFW00000001", amounts(*FIRST, *NO_EIS, *SKBBK), None, None),
    (JULY, "SSFW00000001", amounts(*SECOND, *NO_EIS, *SKBBK), None, None),
    (JULY, "SSFW00000001", amounts(*FIRST, *NO_EIS, *OUT), "skbbk-foreign", ERROR),
    (JULY, "SSFW00000001", amounts(*FIRST, *EIS_DUE, *SKBBK), "eis-foreign", ERROR),
    (MAY_2024, "SSFW00000001", amounts(*SECOND, *NO_EIS, *OUT), None, None),
    (MAY_2024, "SSFW00000001", amounts(*FIRST, *NO_EIS, *OUT), "category-foreign", ERROR),
    (Month(2018, 12), "SSFW00000001", amounts(*SECOND, *NO_EIS, *OUT), "foreign-month", ERROR),
    (JULY, "901301000001", amounts(*FIRST, *EIS_DUE, *SKBBK), "nric-date", ERROR),
    (JULY, "901301000001", amounts(*FIRST, *NO_EIS, *SKBBK), "nric-date", WARNING),
]


@pytest.mark.parametrize(("month", "number", "sen", "code", "severity"), CASES)
def test_amounts_that_nobody_can_lawfully_have_are_errors_and_odd_ones_warnings(
    month: Month, number: str, sen: dict[str, Any], code: str | None, severity: Severity | None
) -> None:
    """Category and opt-out do not stand in a file: whatever can be lawful is no error."""
    line = replace(three(month)[0], identification=number, **sen)
    found = check(build([line], V2_1), today=TODAY)
    said = {(f.code, f.severity) for f in found.faults}
    assert said == ({(code, severity)} if code else set())


def test_a_wrong_amount_is_told_with_the_right_one() -> None:
    """And as what the line was taken, so that the person sees which is meant."""
    (fault,) = check(put(GOOD, 2, 239, b"002216"), today=TODAY).errors
    assert "RM22.15" in fault.words.en
    assert "RM22.15" in fault.words.bm
    assert "first category, EIS, SKBBK" in fault.words.en


def test_letters_of_codes_and_signs_of_names_are_warnings_only() -> None:
    """The rule of the letter is inferred, the portal's taste in names unknown."""
    odd = [
        replace(line, employer="E9900001234W", ssm="ABC", name="CONTOH (REKAAN) 2")
        for line in three()
    ]
    found = check(build(odd, V2_1), today=TODAY)
    assert of(found) == []
    assert of(found, WARNING) == [
        (1, 1, 12, "employer-letter"),
        (1, 13, 32, "ssm-form"),
        (1, 45, 194, "name-signs"),
        (2, 45, 194, "name-signs"),
        (3, 45, 194, "name-signs"),
    ]


def test_a_line_without_wages_is_remarked_on() -> None:
    """Such workers are left out of a file by the programs that are known."""
    nothing = replace(three()[0], wages=0, **amounts(0, 0, 0, 0, 0))
    found = check(build([nothing], V2_1), today=TODAY)
    assert (1, 201, 214, "wages-none") in of(found, WARNING)
    free = check(build([replace(three()[0], wages=0)], V2_1), today=TODAY)
    assert {f[3] for f in of(free)} == {"amount-schedule"}


def test_addresses_name_line_and_positions_and_equal_neighbours_are_said_once() -> None:
    """As an operator reads them."""
    found = check(GOOD, today=TODAY, expected=Expected(month=Month(2026, 8)))
    problems = [fault.problem("june.txt") for fault in found.faults]
    assert problems[0].address == "june.txt: line 1, positions 195-200"
    (said,) = group(problems)
    assert said.address == "june.txt: lines 1-3, positions 195-200 (3 lines)"
    (tab,) = check(put(GOOD, 3, 50, b"\t"), today=TODAY).faults
    assert tab.problem("june.txt").address == "june.txt: line 3, position 50"
    (old,) = check(b"", today=TODAY).faults
    assert old.problem("june.txt").address == "june.txt"


def test_no_fault_repeats_a_number_or_a_name() -> None:
    """Sentences go to screens and reports; the address is enough."""
    content = GOOD + b"\r\n" + GOOD
    for where, piece in ((45, b"contoh"), (33, b"88022X"), (215, b"999999")):
        content = put(content, 2, where, piece)
    found = check(content, today=TODAY)
    assert found.faults
    for fault in found.faults:
        said = f"{fault.words.bm} {fault.words.en}".upper()
        assert "8802" not in said
        assert "REKAAN" not in said
