"""Small inputs that offices have, after public reports: what is said of each, and where.

A name, a number, a firm in them is nobody's. `inputs` holds them as they came from their programs.
"""

from __future__ import annotations

import json
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rpa import jobs, textfile
from rpa.model.job import Table
from rpa.rules import brn, late_interest
from rpa.rules.months import Month
from rpa.rules.payee import Payee
from rpa.rules.schedule import Amounts
from rpa.settings import load as settings_of
from tests.jobs.build import INLINE, checked, job

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rpa.errors import Problem

INPUTS = Path(__file__).parent / "inputs"
TODAY = date(2026, 11, 28)
EMPLOYER = "E9900001234V"

# What `textfile build --employer E9900001234V --month 10/2026` says: place, code, e(rror) or
# w(arning); then how many workers could be read.
PAYROLLS: dict[str, tuple[list[str], int]] = {
    "ages-and-kinds/d-domestic2.csv": (
        ["row 2, column Jenis Pekerja: domestic-skbbk w",
         "row 3, column Jenis Pekerja: domestic-skbbk w"], 2),
    "ages-and-kinds/d-eis57.csv": (
        [f"row {n}, column Nama: name-signs w" for n in (2, 3, 4, 6)], 5),
    "ages-and-kinds/d-foreign2.csv": ([], 4),
    "ages-and-kinds/d-pension.csv": ([], 1),
    "ages-and-kinds/d-turn60.csv": (
        [f"row {n}, column No. KP: age-turned w" for n in (2, 3)], 5),
    "apostrophe-and-equals/c-apos.csv": (
        [f"row {n}, column No. KP: nric-format e" for n in (2, 3)], 0),
    "apostrophe-and-equals/c-eqquote.csv": (
        ["row 2, column No. KP: nric-format e", "row 3, column No. KP: nric-format e",
         "row 3, column Gaji: money-form e"], 0),
    "csv-kinds/c-blank.csv": ([], 2),
    "csv-kinds/c-cp1252.csv": (["row 2: csv-encoding e"], 0),
    "csv-kinds/c-cr.csv": ([], 2),
    "csv-kinds/c-dec.csv": (
        [f"row {n}, column Gaji: money-{'exact' if n == 9 else 'form'} e"
         for n in (2, 3, 4, 7, 8, 9, 10, 12, 13)], 3),
    "csv-kinds/c-gbk.csv": (["row 2: csv-encoding e"], 0),
    "csv-kinds/c-quote.csv": (
        ["row 2, column Nama: name-signs w", "row 3, column Nama: text-control e"], 2),
    "csv-kinds/c-sep.csv": ([], 1),
    "csv-kinds/c-sepcomma.csv": ([], 1),
    "csv-kinds/c-utf16tab.csv": ([], 1),
    "csv-lost-zeros-payroll/pp.csv": (["row 2, column No. KP: nric-zeros e"], 0),
    "curly-apostrophe/c-curly.csv": (
        [f"row {n}, column Nama: name-{what}" for n, what in (
            (2, "foreign e"), (5, "signs w"), (6, "signs w"), (7, "foreign e"),
            (8, "foreign e"), (9, "signs w"))], 9),
    "formats/dfmt.xlsx": ([f"Gaji!E{n}: date-number e" for n in (10, 11, 13)], 15),
    "formats/dtime.xlsx": (
        ["Gaji!E2: date-time e", "Gaji!E4: date-form e", "Gaji!E5: age-old w",
         "Gaji!E6: date-number e", "Gaji!E7: date-form e"], 6),
    "formats/fmt.xlsx": (["Gaji!C7: money-form e", "Gaji!C22: money-form e"], 22),
    "heading-with-unit/c-head1.csv": ([], 1),
    "heading-with-unit/c-head3.csv": (["row 1: column-missing e"], 0),
    "heading-with-unit/c-head5.csv": (["row 1, column Gaji  (RM): column-unit w"], 1),
    "mixed-date-column/x-mixed.xlsx": (
        ["Gaji!2: first-contribution-missing e", "Gaji!A3: age-turned w",
         "Gaji!E3: date-exchanged w", "Gaji!E5: date-exchanged w", "Gaji!E6: date-exchanged w",
         "Gaji!E6: age-old w"], 5),
    "nationality-column/d-nation.csv": (["row 2, column Warganegara: nationality-local w"], 2),
    "no-eis-but-local/gov.csv": ([], 1),
    "nric-number-format/nricnum.xlsx": (["Gaji!A2: nric-shown w"], 2),
    "options-named-as-yaml/c-pipe.csv": ([], 1),
    "options-named-as-yaml/h-late.xlsx": (["Gaji: header-missing e"], 0),
    "options-named-as-yaml/h-multi.xlsx": ([": sheet-which e"], 0),
    "options-named-as-yaml/h-same.xlsx": (["Gaji!B1: column-twice e"], 1),
    "table-all-rows/table.csv": ([], 260),
    "totals-row/c-foot.csv": (["row 3: row-total w", "row 4: row-footer w"], 1),
    "totals-row/d-sub.csv": (
        ["row 2: row-footer w", "row 4: row-total w", "row 5: row-footer w"], 2),
    "totals-row/h-tabletot.xlsx": (["Gaji!4: row-total w"], 2),
    "totals-row/totals.xlsx": (["Gaji!4: row-total w"], 2),
    "totals-row/totals2.xlsx": (["Gaji!4: row-total w", "Gaji!6: row-footer w"], 1),
    "two-pay-lines/c-dup.csv": (
        [f"row {n}, column No. KP: wages-twice e" for n in (2, 3)], 2),
}  # fmt: skip

# What `textfile check` says: line, first position, code, severity.
FILES: dict[str, list[str]] = {
    "no-eis-but-local/f-gov.txt": ["1:227 eis-missing w", "2:227 eis-missing w"],
    "no-eis-but-local/f-gov2.txt": ["1:227 eis-missing w"],
    "text-files-of-others/f-60.txt": [],
    "text-files-of-others/f-blank.txt": [],
    "text-files-of-others/f-dash.txt": ["1:33 id-form e"],
    "text-files-of-others/f-dup.txt": ["1:33 person-twice e", "2:33 person-twice e"],
    "text-files-of-others/f-lower.txt": ["1:45 name-signs w"],
    "text-files-of-others/f-mixed.txt": ["2:195 month-mixed e"],
    "text-files-of-others/f-nl.txt": ["2:0 line-end-last w"],
    "text-files-of-others/f-optjune.txt": ["1:239 skbbk-june e"],
    "text-files-of-others/f-pct.txt": ["1:215 amount-schedule e", "1:239 amount-schedule e"],
    "text-files-of-others/f-utf8.txt": ["1:46 byte-foreign e", "1:279 line-length e"],
    "trimmed-blanks/f-trim.txt": ["1:245 line-trimmed e", "2:245 line-trimmed e"],
    "trimmed-blanks/f-trim2.txt": ["2:245 line-trimmed e"],
}

# What `check` says of a job.
JOBS: dict[str, list[str]] = {
    "csv-lost-zeros-leaver/lv.yaml": [
        "lv.csv: row 2, column No. KPPN: nric-zeros e",
        "lv.csv: row 3, column No. KPPN: nric-zeros e",
        "lv.csv: row 4, column No. KPPN: nric-scientific e",
    ],
    "double-blank-name/job.yaml": ["joiners.csv: row 3, column Nama Pekerja: text-blanks w"],
    "registration-name-signs/y-names.yaml": [
        ":9:11: name-file w", ":13:11: name-file w", ":21:11: text-long e",
        ":25:11: text-blanks w", ":29:11: name-file w", ":33:11: name-file w",
        ":37:11: name-file w", ":41:11: name-file w", ":45:11: name-file w",
    ],
    "time-zones/e1.yaml": [":7:86: resign-late w"],
    "windows-path/p-tn.yaml": [":3:15: yaml-escape e"],
    "windows-path/y-winpath.yaml": [":3:20: yaml-escape e"],
    "windows-path/z-at.yaml": [":5:11: yaml-sign e"],
    "yaml/y-bom.yaml": [":9:48: file-missing e"],
    "yaml/y-crlf.yaml": [":9:48: file-missing e"],
    "yaml/y-dupkey.yaml": [":3:1: yaml-twice e", ":10:48: file-missing e"],
    "yaml/y-octal.yaml": [":4:21: yaml-quotes e", ":8:21: yaml-quotes e",
                          ":17:48: file-missing e"],
    "yaml/y-tab.yaml": [":5:1: yaml-tab e"],
    "yaml/y-utf16.yaml": [":1:1: yaml-encoding e"],
}  # fmt: skip


def said(problems: Iterable[Problem], of: Path) -> list[str]:
    """Each as ``place: code severity``; but that an invented number's birthplace is nobody's."""
    for_people = [p for p in problems if p.code != "nric-birthplace"]
    shown = [(p.address.removeprefix(of.as_posix()).removeprefix(of.name), p) for p in for_people]
    return [f"{place.lstrip('!').removeprefix(': ')}: {p.code} {p.severity.value[0]}"
            for place, p in shown]  # fmt: skip


def payroll(path: Path, month: Month, *, add: bool = False) -> jobs.TableRows:
    """As the command reads it."""
    spec = Table(file=path, same_worker="add" if add else "refuse")
    return jobs.read_table(
        spec, Payee, lambda p: p.in_month(month), today=TODAY, employer=EMPLOYER, month=month
    )


OCTOBER = Month(2026, 10)


@pytest.mark.parametrize("name", PAYROLLS)
def test_a_pay_table_is_read_or_told_with_its_cell(name: str) -> None:
    """Every remark and error of each, in order, and nothing else."""
    expected, workers = PAYROLLS[name]
    found = payroll(INPUTS / name, OCTOBER)
    assert said(found.problems, Path(Path(name).name)) == expected
    assert len(found.rows) == workers


@pytest.mark.parametrize("name", FILES)
def test_a_text_file_is_told_at_its_positions(name: str) -> None:
    """Files of other programs."""
    found = textfile.check((INPUTS / name).read_bytes(), today=TODAY)
    assert [f"{f.line}:{f.first} {f.code} {f.severity.value[0]}" for f in found.faults
            if f.code != "nric-birthplace"] == FILES[name]  # fmt: skip


@pytest.mark.parametrize("name", JOBS)
def test_a_job_is_told_at_its_line(name: str) -> None:
    """YAML as editors and Windows make it."""
    found = jobs.check(INPUTS / name, today=TODAY)
    assert said(found.problems, Path((INPUTS / name).name)) == JOBS[name]


def test_the_words_name_the_sign_the_place_and_the_mend() -> None:
    """One sentence each, in both languages; no name and no number in it."""
    wanted = {
        "apostrophe-and-equals/c-apos.csv": ("an apostrophe (')", "Leave the 12 digits only"),
        "apostrophe-and-equals/c-eqquote.csv": ('="…" (a formula)',),
        "curly-apostrophe/c-curly.csv": ("character 2 (a curly apostrophe (", "the plain '"),
        "heading-with-unit/c-head3.csv": ('--column "wages=Jumlah Gaji (RM)"',),
        "options-named-as-yaml/h-multi.xlsx": ("--sheet", "'Jan', 'Feb', 'Mac'"),
        "options-named-as-yaml/h-same.xlsx": ('--column "identification=No. KP"',),
        "two-pay-lines/c-dup.csv": ("3,000.00 + 500.00", "--same-worker add"),
        "csv-lost-zeros-payroll/pp.csv": ("has 9 digits, not 12", "leading zeros"),
    }  # fmt: skip
    for name, parts in wanted.items():
        text = " ".join(p.words.en for p in payroll(INPUTS / name, OCTOBER).problems)
        assert [part for part in parts if part not in text] == [], name
        assert "table.columns" not in text
        assert "sheet:" not in text
        assert "880229" not in text


def test_two_pay_rows_are_added_up_where_it_is_said_so() -> None:
    """Nobody declares 500 too little; the second line is told as the first."""
    found = payroll(INPUTS / "two-pay-lines/c-dup.csv", OCTOBER, add=True)
    assert [(row.number, row.also, row.record.wages) for row in found.rows] == [(2, (3,), 350_000)]
    assert [p.code for p in found.problems] == ["wages-added"]
    assert "3,000.00 + 500.00 = RM 3,500.00" in found.problems[0].words.en


def test_every_row_of_both_schedules_is_as_it_was_transcribed() -> None:
    """260 wages, first and second category."""
    folder = INPUTS / "table-all-rows"
    wanted = json.loads((folder / "table.json").read_text("utf-8"))
    rows = payroll(folder / "table.csv", OCTOBER).rows
    due = {row.record.identification: row.record.contributions(OCTOBER) for row in rows}
    assert len(due) == len(wanted) == 260
    for number, _, *amounts in wanted:
        assert due[number] == Amounts(*amounts)


@pytest.mark.parametrize(
    ("name", "fit"),
    [
        ("Borang 2 (1).PDF", True),
        ("empty.pdf", False),
        ("form.jpg", False),  # a PDF
        ("pic.pdf", False),  # a picture
        ("small.pdf", False),
    ],
)
def test_a_paper_is_told_by_what_it_is(tmp_path: Path, name: str, *, fit: bool) -> None:
    """A real PDF is taken whatever its name."""
    (tmp_path / name).write_bytes((INPUTS / "papers" / name).read_bytes())
    path = job(tmp_path, f"{INLINE}documents:\n  - {{type: Others, file: '{name}'}}\n")
    assert (not checked(path).errors) is fit


def test_insurance_of_january_2018_is_its_first_month() -> None:
    """The one of 57 without it before pays none; the other pays its first (Act 800)."""
    month = Month(2018, 1)
    rows = payroll(INPUTS / "ages-and-kinds/d-eis2018.csv", month).rows
    due = [row.record.contributions(month) for row in rows]
    assert [(one.eis_employer, one.eis_employee) for one in due] == [(0, 0), (590, 590)]


def test_both_numbers_of_a_business_in_one_cell_are_no_number() -> None:
    """The old one in brackets, as SSM shows them; remarked on, for the portal decides."""
    found = brn.findings("201901000005 (1312525-A)", "Corporation", "Sendirian Berhad", None)
    assert [(one.code, one.severity.value) for one in found] == [("brn-form", "warning")]


def test_late_interest_begins_at_five_ringgit_a_month() -> None:
    """Interest of less than RM5 for a month of delay is RM5 (facts 8.6)."""
    october = Month(2026, 10)
    assert late_interest.interest(100_00, october, date(2026, 11, 15)) == 0
    assert late_interest.interest(100_00, october, date(2026, 11, 16)) == 500
    assert late_interest.interest(100_00, october, date(2026, 12, 16)) == 1000


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows has no zone of one process")
def test_a_day_is_malaysias_wherever_the_machine_stands(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """In one of these two it is always another day than in Kuala Lumpur."""
    settings = settings_of(config=tmp_path, portal="http://127.0.0.1:9")
    there = datetime.now(UTC) + timedelta(hours=8)
    for zone in ("Pacific/Pago_Pago", "Pacific/Kiritimati"):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        assert timedelta() <= settings.now().replace(tzinfo=UTC) - there < timedelta(minutes=1)
    monkeypatch.undo()
    time.tzset()
