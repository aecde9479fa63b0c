"""Further members of each kind of input, generated: a clerk's next table is not in `inputs`."""

from __future__ import annotations

import csv
import re
import tempfile
import zipfile
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rpa import jobs
from rpa.jobs.places import KEYS
from rpa.rules import months, nric
from rpa.rules.months import Month
from rpa.rules.payee import Payee
from tests.cases.test_cases import OCTOBER, payroll

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rpa.jobs import TableRows

HEAD = ("No. KP", "Nama", "Gaji")
GOOD = ("900101005555", "CONTOH BIN REKAAN", "3000.00")
SIGNS = ["'", "\u2019", "`", "\t", "\u00a0", "\u200b", "\u202d", "\ufeff", "\u2011", "\u2013"]
QUICK = settings(max_examples=60, deadline=None)


@contextmanager
def table(*rows: Sequence[str], head: Sequence[str] = HEAD, name: str = "p.csv") -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([head, *rows])
        yield path


def read(*rows: Sequence[str], head: Sequence[str] = HEAD, name: str = "p.csv") -> TableRows:
    with table(*rows, head=head, name=name) as path:
        return payroll(path, OCTOBER)


def codes(found: TableRows) -> set[str]:
    return {p.code for p in found.problems} - {"nric-birthplace"}


TODAY = date(2026, 11, 20)
births = st.dates(date(1970, 1, 1), date(2008, 1, 1))


@QUICK
@given(sign=st.sampled_from(SIGNS), at=st.integers(0, 12), dashed=st.booleans())
def test_a_sign_in_a_number_is_named_and_the_number_is_never_taken_for_another(
    sign: str, at: int, *, dashed: bool
) -> None:
    """Wherever it stands."""
    number = "900101-00-5555" if dashed else "900101005555"
    odd = number[:at] + sign + number[at:]
    found = read((odd, *GOOD[1:]))
    assert not found.rows
    (problem,) = found.errors
    assert "The digits are right" in problem.words.en
    assert number not in problem.words.en


@QUICK
@given(births)
def test_an_nric_without_its_zeros_is_told_whatever_column_it_stands_in(born: date) -> None:
    """As a number of Excel's it has lost those in front."""
    whole = f"{born:%y%m%d}005551"
    short = str(int(whole))
    found = read((short, *GOOD[1:]))
    if len(short) == nric.LENGTH:
        assert len(found.rows) == 1
    else:
        assert codes(found) == {"nric-zeros"}
        assert f"has {len(short)} digits" in found.errors[0].words.en


@QUICK
@given(
    st.sampled_from(["TOTAL", "Jumlah", "Jumlah Besar:", "GRAND TOTAL", "Sub-total", "Subtotal",
                     "Jumlah Gaji (RM)", "Total wages for 10/2026", "KESELURUHAN"]),
    st.integers(0, 1),
)  # fmt: skip
def test_a_total_is_left_out_and_told(word: str, at: int) -> None:
    """In the column of the number or of the name."""
    row = ["", "", "3000"]
    row[at] = word
    found = read(GOOD, row)
    assert len(found.rows) == 1
    assert codes(found) == {"row-total"}


@QUICK
@given(
    name=st.sampled_from(["JUMLAH BIN REKAAN", "TOTAL A/L CONTOH", "NOTA BINTI C", "PAGE ANAK C"]),
    numbered=st.booleans(),
)
def test_a_worker_is_never_taken_for_a_total(name: str, *, numbered: bool) -> None:
    """Whatever their name: read, or objected to where a number is missing."""
    found = read((GOOD[0] if numbered else "", name, "3000"))
    assert len(found.rows) == numbered
    assert bool(found.errors) is not numbered


def test_one_text_alone_may_be_a_worker_whose_cells_are_missing(tmp_path: Path) -> None:
    """An error of one sentence, not one for each cell."""
    del tmp_path
    found = read(GOOD, ("", "CONTOH BINTI REKAAN", ""))
    assert [p.code for p in found.errors] == ["row-lone"]


KNOWN = [(name, heading) for name in ("identification", "name", "wages")
         for column in [Payee.columns()[name]] for heading in (*column.bm, *column.en)]  # fmt: skip


@QUICK
@given(
    st.sampled_from(KNOWN),
    st.sampled_from([" (RM)", "\n(RM)", " RM", " (wajib)", " *", " [RM]", " (12 digit)"]),
)
def test_a_heading_with_its_unit_is_read_and_told(known: tuple[str, str], unit: str) -> None:
    """As a person reads it."""
    field, heading = known
    fields = ("identification", "name", "wages")
    head = [heading + unit if f == field else usual for f, usual in zip(fields, HEAD, strict=True)]
    found = read(GOOD, head=head)
    assert len(found.rows) == 1
    assert codes(found) <= {"column-unit"}


@pytest.mark.parametrize("unit", [" (sen)", " (USD)", " (RM'000)", " (tahunan)", " lama"])
def test_a_heading_of_another_unit_is_offered_and_not_taken(unit: str) -> None:
    """A hundredth or a thousandth of the wages would be a wrong filing."""
    found = read(GOOD, head=("No. KP", "Nama", f"Gaji{unit}"))
    assert not found.rows
    assert codes(found) == {"column-missing"}
    assert f"wages=Gaji{unit}" in found.errors[0].words.en


@QUICK
@given(
    st.integers(1, 12),
    st.sampled_from(["gaji {0:02}-2026", "Payroll 2026-{0:02}", "{0:02}2026", "{1} 2026",
                     "gaji_{1}_2026", "2026{0:02}"]),
)  # fmt: skip
def test_a_table_of_another_month_is_not_built(number: int, form: str) -> None:
    """By the file's name here; sheets and titles are read by the same words."""
    word = [w for w, n in months._NAMED.items() if n == number][-1]
    found = read(GOOD, name=form.format(number, word) + ".csv")
    assert (codes(found) == {"month-title"}) is (number != OCTOBER.number)
    assert bool(found.errors) is (number != OCTOBER.number)


@pytest.mark.parametrize(
    ("cell", "other"),
    [("10/2026", False), ("Oktober", False), ("10", False), ("Okt 2026", False), ("", False),
     ("09/2026", True), ("Sept", True), ("9", True), ("10/2025", True)],
)  # fmt: skip
def test_a_column_of_months_is_held_against_the_month(cell: str, *, other: bool) -> None:
    """Each row's own."""
    found = read((*GOOD, cell), head=(*HEAD, "Bulan"))
    assert (codes(found) == {"month-row"}) is other


def test_a_whole_date_names_no_month() -> None:
    """It is the day on which something was printed or paid."""
    assert months.mentioned("Dicetak 05/11/2026, 2026-11-05, 5.11.2026") == frozenset()
    assert months.mentioned("Okt 2026, dibayar 11/2026") == {Month(2026, 10), Month(2026, 11)}


@QUICK
@given(st.lists(st.integers(1, 900_000), min_size=2, max_size=5, unique=True))
def test_wages_of_one_worker_add_up_to_the_sen(wages: list[int]) -> None:
    """And nothing is left out."""
    rows = [(*GOOD[:2], f"{sen // 100}.{sen % 100:02}") for sen in wages]
    with table(*rows) as path:
        (row,) = payroll(path, OCTOBER, add=True).rows
    assert row.record.wages == sum(wages)
    assert row.also == tuple(range(3, 2 + len(wages)))


@pytest.mark.parametrize(
    "other",
    [("900101005555", "ORANG LAIN", "500"), ("900101005555", "CONTOH BIN REKAAN", "x")],
)
def test_rows_that_are_not_certainly_one_worker_are_never_added(other: tuple[str, ...]) -> None:
    """Another name, or wages that cannot be read."""
    with table(GOOD, other) as path:
        found = payroll(path, OCTOBER, add=True)
    assert found.errors
    assert "wages-added" not in codes(found)


def test_what_excel_hides_and_what_formulas_hold_ready_is_told(tmp_path: Path) -> None:
    """A hidden column is read; rows of formulas without a worker are left out, once."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (HEAD, GOOD):
        sheet.append(row)
    sheet["C2"] = 3000
    sheet.column_dimensions["C"].hidden = True
    path = tmp_path / "p.xlsx"
    book.save(path)
    found = payroll(path, OCTOBER)
    assert codes(found) == {"column-hidden"}
    assert len(found.rows) == 1
    for number in range(3, 7):
        for column in "ABC":
            sheet[f"{column}{number}"] = "=1-1"
    book.save(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:  # as Excel saves it: with what they came to
        for name, content in parts.items():
            archive.writestr(name, re.sub(rb"(</f>)<v ?/>|(</f>)<v></v>", b"</f><v>0</v>", content))
    found = payroll(path, OCTOBER)
    assert codes(found) == {"column-hidden", "rows-formula"}
    assert len(found.rows) == 1
    assert "up to 6" in next(p for p in found.problems if p.code == "rows-formula").words.en


@pytest.mark.parametrize(
    ("said", "local", "foreign"),
    [("Malaysia", "", "nationality-home"), ("WARGANEGARA", "", "nationality-home"),
     ("Indonesia", "nationality-local", ""), ("Tidak", "nationality-local", ""),
     ("Pemastautin Tetap", "", ""), ("", "", "")],
)  # fmt: skip
def test_a_nationality_that_contradicts_the_kind_of_worker_is_told(
    said: str, local: str, foreign: str
) -> None:
    """Category and EIS depend on it."""
    head = (*HEAD, "Jenis Pekerja", "Tarikh Lahir", "Warganegara")
    assert codes(read((*GOOD, "", "", said), head=head)) - {""} == {local} - {""}
    row = ("SSFW00000001", *GOOD[1:], "Asing", "01/01/1990", said)
    assert codes(read(row, head=head)) == {foreign} - {""}


def test_a_worker_outside_eis_has_a_column_and_a_remark() -> None:
    """Contract staff of statutory bodies and local authorities."""
    found = read((*GOOD, "Ya"), head=(*HEAD, "Tanpa SIP"))
    assert codes(found) == {"eis-exempt"}
    due = found.rows[0].record.contributions(OCTOBER)
    assert (due.eis_employer, due.eis_employee) == (0, 0)
    assert due.socso_employer == 5165


def test_an_old_end_of_file_sign_is_left_out_and_told(tmp_path: Path) -> None:
    """As programs of DOS's time write it."""
    path = tmp_path / "p.csv"
    path.write_bytes(b"No. KP,Nama,Gaji\r\n900101005555,CONTOH,3000\r\n\x1a")
    found = payroll(path, OCTOBER)
    assert (codes(found), len(found.rows)) == ({"csv-eof"}, 1)


@pytest.mark.parametrize("odd", ["XL/Workbook.xml", "xl\\workbook.xml"])
def test_a_workbook_whose_parts_are_named_oddly_is_told_so(tmp_path: Path, odd: str) -> None:
    """Some programs write them so; Excel mends it by saving."""
    path = tmp_path / "p.xlsx"
    openpyxl.Workbook().save(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(odd if name == "xl/workbook.xml" else name, content)
    found = payroll(path, OCTOBER)
    assert [p.code for p in found.errors] == ["xlsx-odd"]
    assert "unusual names" in found.errors[0].words.en


def test_what_a_remedy_says_to_type_is_read_where_it_says(tmp_path: Path) -> None:
    """Typed below the keys that stand already, in either style of a job file."""
    (tmp_path / "pay.csv").write_text(
        "No. KP,Nama,Pekerja's Pay\n900101005555,CONTOH BIN REKAAN,3000\n"
        "900101005555,CONTOH BIN REKAAN,500\n",
        "utf-8",
    )
    path = tmp_path / "job.yaml"
    head = 'procedure: submit_contributions\nemployer: E9900001234V\nmonth: "10/2026"\n'
    path.write_text(f"{head}table: {{file: pay.csv}}\n", "utf-8")
    (missing,) = (p for p in jobs.check(path, today=TODAY).problems if p.code == "column-missing")
    assert "(wages)" in missing.words.en
    mapped = "wages: 'Pekerja''s Pay'"
    assert KEYS.column("wages", "Pekerja's Pay").en.endswith(f"add: {mapped}")
    path.write_text(f"{head}table:\n  file: pay.csv\n  columns:\n    {mapped}\n", "utf-8")
    (twice, _) = (p for p in jobs.check(path, today=TODAY).problems if "twice" in p.code)
    assert "add 'same_worker: add' below 'table:' (inside { }" in twice.words.en
    assert "tambah 'same_worker: add' di bawah 'table:' (di dalam { }" in twice.words.bm
    for table in (
        f"{{file: pay.csv, same_worker: add, columns: {{{mapped}}}}}",
        f"\n  file: pay.csv\n  same_worker: add\n  columns:\n    {mapped}",
    ):
        path.write_text(f"{head}table: {table}\n", "utf-8")
        assert jobs.check(path, today=TODAY).errors == ()


def test_a_foreigner_whose_kind_is_not_told_is_asked_for_all_of_it_at_once() -> None:
    """The kind and the date of birth that it needs; not one after the other."""
    found = one(TOP, "SSFW00000001,SAMPLE WORKER,1750")
    assert {p.code for p in found.errors} == {"nric-foreign", "birth-missing"}
    dated = one(f"{TOP},Tarikh Lahir", "SSFW00000001,SAMPLE WORKER,1750,05/05/1990")
    assert {p.code for p in dated.errors} == {"nric-foreign"}


@pytest.mark.parametrize(("number", "digits"), [("9001010055551", 13), ("90010100", 8)])
def test_a_number_of_another_length_is_told_with_its_length(number: str, digits: int) -> None:
    """Who counts twelve digits by eye looks at the wrong ones."""
    (error,) = one(TOP, f"{number},CONTOH BIN REKAAN,3000").errors
    assert f"This number has {digits} digits" in error.words.en


def test_a_month_that_file_and_sheet_name_is_told_once() -> None:
    """At one address, in one sentence; the graver where they differ."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "gaji-09-2026.xlsx"
        book = openpyxl.Workbook()
        sheet = book.worksheets[0]
        sheet.title = "Gaji 09-2026"
        for line in (HEAD, GOOD):
            sheet.append(line)
        book.save(path)
        found = payroll(path, OCTOBER)
    assert [p.code for p in found.problems].count("month-title") == 1


def one(*lines: str, month: Month = OCTOBER, add: bool = False) -> TableRows:
    """A table as it is written, commas and all."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "p.csv"
        path.write_text("\n".join(lines) + "\n", "utf-8")
        return payroll(path, month, add=add)


LINE, OTHER = "900101005555,CONTOH BIN REKAAN,3000", "900202005556,REKAAN BINTI CONTOH,3100"
TOP = "No. KP,Nama,Gaji"


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        # a sort that took the heading along; a block whose heading is not known
        ((LINE, TOP, OTHER), "row-above"),
        (("No. KP,Nama,Gaji Kasar", LINE, "", TOP, OTHER), "row-above"),
        # thousands without quotes: RM3,500.00 would be RM3
        ((f"{TOP},Catatan", "900101005555,CONTOH,3,500.00,"), "money-torn"),
        ((f"{TOP},Elaun", "900101005555,CONTOH,3,000.00,"), "money-torn"),
        ((f"{TOP},", "900101005555,CONTOH,3,500"), "money-torn"),
        # a second table, whose columns are others
        (
            (TOP + ",Potongan", f"{LINE},", "No. KP,Nama,Potongan,Gaji", f"{OTHER[:-4]}200,3100"),
            "row-table",
        ),
        # a quote that was not closed
        ((f"{TOP},Catatan", f'{LINE},"segera', f"{OTHER},", f'{LINE},paip 12"'), "rows-glued"),
        # a total that is not the sum
        ((TOP, LINE, "TOTAL,,9000"), "total-differs"),
        # notes that speak of the rows below, or hold a person
        ((TOP, LINE, "Nota: di bawah sudah berhenti,,", OTHER), "row-lone"),
        ((TOP, LINE, "Catatan: tambah 900202005556 RM2000,,"), "row-lone"),
        # no headings at all, and a word that happens to be one
        ((LINE.replace("CONTOH BIN REKAAN", "IC"), OTHER), "header-missing"),
    ],
)
def test_what_would_lose_or_change_a_worker_is_an_error(lines: tuple[str, ...], code: str) -> None:
    """Each was a file built in silence."""
    assert code in {p.code for p in one(*lines).errors}


@pytest.mark.parametrize(
    ("head", "line"),
    [
        ("No. KP,Nama,Gaji,Bahagian", ",REKAAN BIN CONTOH,2000,Jumlah"),
        ("No. KP,Nama,Gaji,Skop", "900202005556,REKAAN BINTI CONTOH,2000,Keseluruhan"),
    ],
)
def test_a_word_of_totals_beside_a_person_is_no_total(head: str, line: str) -> None:
    """It is another cell's business."""
    assert "row-total" not in codes(one(head, f"{LINE},", line))


@pytest.mark.parametrize(
    "lines",
    [
        ("TOTAL EMPLOYEE,,6100",), ("Total No. of Employees: 2,,",), ("Nett Total,,6100",),
        ("Total:RM6100.00,,",), ("Jumlah Orang,2,",), ("Kilang Total,,6100",), ("合计,,6100",),
        ("Jumlah Gaji Bulan Oktober 2026,,6100",),
        ("Disediakan oleh,Disemak oleh,Diluluskan oleh", "....,....,....",
         "CONTOH,REKAAN,WAKIL", "05/11/2026,,"),
        ("No. KP,Nama,Gaji",), ("(1),(2),(3)",), (",,(RM)",),
    ],
)  # fmt: skip
def test_what_offices_write_below_their_rows_is_left_out(lines: tuple[str, ...]) -> None:
    """No error, nobody more, nobody fewer."""
    found = one(TOP, LINE, OTHER, *lines)
    assert found.errors == ()
    assert len(found.rows) == 2
    assert len(found.problems) - sum(p.code == "nric-birthplace" for p in found.problems) == 1


@pytest.mark.parametrize(
    ("above", "severity"),
    [
        ("SENARAI GAJI BULAN SEPTEMBER", "warning"), ("GAJI 09/26", "warning"),
        ("SEPT 26", "warning"), ("SEPTEMBER TAHUN 2026", "error"), ("BULAN : 09", "warning"),
        ("Tempoh: 01/09/2026 - 30/09/2026", "error"), ("Tempoh: 01/10/2026 - 31/10/2026", ""),
        ("Dicetak: 5 Nov 2026", ""), ("Tarikh cetak: 05 November 2026", ""),
        ("Gaji bulan Oktober; SKBBK mulai 06/2026", "warning"), ("Cawangan 3 2026", ""),
        ("sep=;", ""), ("GAJI OKTOBER 2025", "error"), ("Tel: 03-2072 1234", ""),
        ("GAJI SEPTEMBER 2026, bayaran sebelum 15hb Oktober", "error"),
        ("Ruj: HR/PAY/3/2026", ""), ("Pekeliling PERKESO Bil. 3/2026", ""),
        ("RESTORAN MEI MEI SDN BHD", ""), ("Tahun kewangan 07/2026 - 06/2027", "warning"),
    ],
)  # fmt: skip
def test_a_title_tells_the_month_and_a_print_date_none(above: str, severity: str) -> None:
    """As payroll programs print them."""
    found = [p for p in one(above, TOP, LINE).problems if p.code == "month-title"]
    assert [p.severity.value for p in found] == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("name", "told"),
    [("gaji sep", True), ("GAJI_SEP26", True), ("gaji 0926", True), ("Payroll 5-Nov-2026", False),
     ("Payroll v2 2026", False), ("Payroll_20261105", False), ("dec", False)],
)  # fmt: skip
def test_a_files_name_hints_at_its_month(name: str, *, told: bool) -> None:
    """Where it speaks of wages."""
    assert ("month-title" in codes(read(GOOD, name=f"{name}.csv"))) is told


@pytest.mark.parametrize("cell", ["09/26", "Okt-25", "05/11/2026"])
def test_a_short_month_of_a_row_is_another_one(cell: str) -> None:
    """By its year, too."""
    assert codes(read((*GOOD, cell), head=(*HEAD, "Bulan"))) == {"month-row"}


def test_the_same_row_twice_is_never_added_up() -> None:
    """It was pasted twice: nobody earns that."""
    assert "wages-twice" in {p.code for p in one(TOP, LINE, LINE, add=True).errors}


def test_a_cell_left_blank_does_not_make_another_person() -> None:
    """Of two pay rows the second often has the wages alone."""
    found = one(f"{TOP},Jantina,Warganegara", f"{LINE},Lelaki,Malaysia", f"{LINE}.50,,MALAYSIA",
                add=True)  # fmt: skip
    assert codes(found) == {"wages-added"}
    assert found.rows[0].record.wages == 600_050


def test_columns_that_are_only_compared_stop_nothing() -> None:
    """What nobody sends need not be in our words."""
    found = one(f"{TOP},Jantina,Warganegara,Elaun", f"{LINE},?,12,-")
    assert found.errors == ()
    assert len(found.rows) == 1


def test_all_wages_beside_basic_pay_are_remarked_on() -> None:
    """Contributions are due on all of them; basic pay is never offered."""
    assert "wages-gross" in codes(one(f"{TOP},Elaun,Gaji Kasar", f"{LINE},500,3500"))
    assert "wages-of-gross" not in codes(one(f"{TOP},Elaun,Gaji Kasar", f"{LINE},500,3500"))
    found = one("No. KP,Nama,Gaji Pokok,Elaun,Gaji Kasar,Gaji Bersih", f"{LINE},500,3500,3400")
    assert "wages=Gaji Kasar" in found.errors[0].words.en


@pytest.mark.parametrize("value", ["INF", "NaN", "1e999", "-1e308"])
def test_a_number_beyond_all_numbers_ends_nothing(tmp_path: Path, value: str) -> None:
    """As a broken program writes it into a workbook."""
    book, path = openpyxl.Workbook(), tmp_path / "p.xlsx"
    for row in (HEAD, GOOD, (7, "REKAAN", 7)):
        book.worksheets[0].append(row)
    book.save(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content.replace(b"<v>7</v>", f"<v>{value}</v>".encode()))
    assert payroll(path, OCTOBER).errors


def test_numbers_of_either_kind_may_stand_in_two_columns(tmp_path: Path) -> None:
    """Each row has the one that is filled."""
    (tmp_path / "people.csv").write_text(
        "Nama,No. KP,No. Pasport,Tarikh Berhenti Kerja\n"
        "CONTOH BIN REKAAN,900101005555,,20/11/2026\n"
        "SAMPLE WORKER,,X0000001,20/11/2026\n"
        "REKAAN ANAK CONTOH,850202005556,X0000002,20/11/2026\n",
        "utf-8",
    )
    (tmp_path / "job.yaml").write_text(
        "procedure: end_employment\nemployer: E9900001234V\ntable: {file: people.csv}\n", "utf-8"
    )
    found = jobs.check(tmp_path / "job.yaml", today=date(2026, 11, 28))
    wrong = [(p.address, p.code) for p in found.errors]
    assert wrong == [("people.csv: row 4, column No. Pasport", "identity-both")]
    short = (tmp_path / "people.csv").read_text("utf-8").replace("900101005555", "101005555")
    (tmp_path / "short.csv").write_text(short, "utf-8")
    text = (tmp_path / "job.yaml").read_text("utf-8").replace("people.csv", "short.csv")
    (tmp_path / "short.yaml").write_text(text, "utf-8")
    lost = jobs.check(tmp_path / "short.yaml", today=date(2026, 11, 28)).errors
    assert [p.code for p in lost] == ["nric-zeros", "identity-both"]
    text = (tmp_path / "people.csv").read_text("utf-8").replace("850202005556,X", ",X")
    (tmp_path / "people.csv").write_text(text, "utf-8")
    plan = jobs.check(tmp_path / "job.yaml", today=date(2026, 11, 28)).plan
    assert plan is not None
    read = [row.record.identification for row in plan.rows]
    assert read == ["900101005555", "X0000001", "X0000002"]


APPROVED = ("Status,Nama,No. Pasport,Tarikh Mula Bekerja,Tarikh Berhenti Kerja",
            "Selesai,CONTOH BIN REKAAN,900101005555,01/02/2020,20/11/2026",
            "Approved,SAMPLE ONE,A1234567,01/02/2020,20/11/2026",
            "Disahkan,SAMPLE TWO,X0000032,01/02/2020,20/11/2026")  # fmt: skip


def test_a_status_that_reads_like_a_signature_swallows_nobody(tmp_path: Path) -> None:
    """Who is approved, confirmed, checked is still a worker."""
    (tmp_path / "people.csv").write_text("\n".join(APPROVED), "utf-8")
    (tmp_path / "job.yaml").write_text(
        "procedure: end_employment\nemployer: E9900001234V\ntable: {file: people.csv}\n", "utf-8"
    )
    plan = jobs.check(tmp_path / "job.yaml", today=date(2026, 11, 28)).plan
    assert plan is not None
    assert [row.number for row in plan.rows] == [2, 3, 4]


@pytest.mark.parametrize(
    ("head", "ends"),
    [("Bulan", ("10/2026", "09/2026")), ("Bulan", ("", "09/2026")), ("Tanpa SIP", ("Tidak", "Ya")),
     ("Jenis Pekerja", ("Tempatan", "Domestik Tempatan")), ("Pencen Ilat", ("Ya", "Tidak"))],
)  # fmt: skip
def test_rows_that_contradict_each_other_are_never_added(head: str, ends: tuple[str, str]) -> None:
    """Another month's wages, or a cover that only one of them has."""
    found = one(f"{TOP},{head}", f"{LINE},{ends[0]}", f"{LINE[:-4]}500,{ends[1]}", add=True)
    assert found.errors


@pytest.mark.parametrize(
    "lines",
    [
        (f"{TOP},Elaun", f"{LINE[:-4]}800,150.25"),
        (f"{TOP},Alamat", f'{LINE},"No 1, Jalan A\nTel 0123456789"'),
        (TOP, LINE, "TOTAL,,3000", OTHER, "TOTAL,,3100", "JUMLAH BESAR,,6100"),
        (TOP, "TOTAL,,6100", LINE, OTHER),
        (TOP, LINE, OTHER, "JUMLAH,,6100", ",Jumlah Pekerja,2", ",Jumlah SOCSO,120.30"),
        (f"{TOP}", LINE, f"{OTHER}.40", "TOTAL,,6100"),
        ("No. Syarikat:,201001012345,", TOP, LINE),
    ],
)
def test_ordinary_tables_are_not_refused(lines: tuple[str, ...]) -> None:
    """Nothing of them is lost, so that nothing is an error."""
    assert one(*lines).errors == ()


def test_equal_pay_in_two_weeks_is_added_up() -> None:
    """A column of ours or not tells the rows apart."""
    found = one(f"{TOP},Minggu", f"{LINE},1", f"{LINE},2", add=True)
    assert found.rows[0].record.wages == 600_000


@pytest.mark.parametrize(("number", "told"), [(900101005555, True), (3, False)])
def test_a_row_with_somebodys_number_alone_is_never_passed_over(
    tmp_path: Path, number: int, *, told: bool
) -> None:
    """Also where it stands in a column that nobody reads; a running number is nobody's."""
    book, path = openpyxl.Workbook(), tmp_path / "p.xlsx"
    for row in ((*HEAD, "Bil"), (*GOOD[:2], 3000, 1), (None, None, None, number)):
        book.worksheets[0].append(row)
    book.save(path)
    assert bool(payroll(path, OCTOBER).errors) is told
