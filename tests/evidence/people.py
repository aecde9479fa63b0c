"""Synthetic people, verdicts and tables for the tests of what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.datavalidation import DataValidation

from rpa.errors import Problem, Severity, Words
from rpa.evidence.report import FilingSummary, RunSummary
from rpa.evidence.wording import MALAYSIA
from rpa.model.filing import Row, RowState, Verdict
from rpa.rules.record import Finding, Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FIRST = 4  # the sample's first data row
HEADER = 3
AT = datetime(2026, 11, 21, 22, 14, tzinfo=MALAYSIA)


class Person(Record):
    """The least a row can tell."""

    identification: str
    name: str

    @property
    def person(self) -> str:
        return self.identification

    @property
    def key(self) -> tuple[str, ...]:
        return (self.identification,)

    def findings(self, today: date) -> Iterator[Finding]:
        del today
        return iter(())


@dataclass(frozen=True, slots=True)
class Ref:
    """A table reference, as the job reader gives it."""

    path: Path
    kind: Literal["xlsx", "csv"] = "xlsx"
    sheet: str | None = "Pekerja"
    header_row: int = HEADER
    encoding: str | None = None
    delimiter: str | None = None
    columns: tuple[int, ...] = ()


def verdict(
    number: int,
    state: RowState = RowState.FILED,
    *,
    reason: Words | None = None,
    name: str = "CONTOH BIN REKAAN",
    reference: str = "CAN1120260000123",
) -> Verdict[Person]:
    person = Person(identification=f"010203001{number % 1000:03d}", name=name)
    filed = state is RowState.FILED
    return Verdict(
        row=Row(number, f"joiners.xlsx!Pekerja!{number}", person),
        state=state,
        reason=reason or Words(f"Baris {number} selesai.", f"Row {number} is done."),
        reference=reference if filed else "",
        at=AT + timedelta(minutes=number % 60) if filed else None,
    )


def run_summary(
    verdicts: Sequence[Verdict[Person]], *, per_filing: int = 10, portal: str = "portal.example"
) -> RunSummary:
    """A run whose filings hold ``per_filing`` rows each."""
    numbers = [v.row.number for v in verdicts]
    filings = tuple(
        FilingSummary(
            id=f"{at:032x}",
            reference=f"CAN112026{at:08d}",
            state=verdicts[at].state,
            rows=tuple(numbers[at : at + per_filing]),
            at=AT,
            pictures=(Path("pictures/a-review.png"),),
            letters=(Path("letters/a-surat.pdf"),),
            message="Permohonan telah dihantar.",
            reason=Words("Difailkan.", "Filed."),
        )
        for at in range(0, len(numbers), per_filing)
    )
    late = Words("Tarikh mula lebih 30 hari lalu.", "The start date is over 30 days ago.")
    return RunSummary(
        run_id="0123456789abcdef",
        version="0.1.0",
        job_name="joiners.yaml",
        procedure="add_employees",
        employer="E9900001234V",
        portal=portal,
        rehearsal=False,
        started=AT,
        ended=AT + timedelta(minutes=31),
        filings=filings,
        problems=(Problem("joiners.xlsx!Pekerja!C14", "late", late, Severity.WARNING),),
        chain="ab" * 32,
    )


def sample(rows: int = 6) -> Workbook:
    """A workbook as offices keep them: title, colours, formulas, rules, notes, two sheets."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Pekerja"
    sheet["A1"] = "SENARAI PEKERJA BAHARU"
    sheet["A1"].font = Font(bold=True, size=16, color="FF1F4E79")
    sheet.merge_cells("A1:D1")
    headings = ["No KPPN", "Nama", "Tarikh Mula", "Gaji"]
    for column, heading in enumerate(headings, 1):
        cell = sheet.cell(HEADER, column, heading)
        cell.font = Font(bold=True, color="FFFFFFFF")
        cell.fill = PatternFill("solid", fgColor="FF1F4E79")
        cell.border = Border(bottom=Side(style="thin"))
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    for number in range(FIRST, FIRST + rows):
        sheet.append([f"010203001{number % 1000:03d}", "CONTOH BIN REKAAN", AT.date(), None])
        sheet.cell(number, 3).number_format = "dd/mm/yyyy"
        sheet.cell(number, 4, f"=1500+{number}").number_format = '"RM" #,##0.00'
        sheet.cell(number, 4).font = Font(name="Arial", size=9, italic=True)
    _furnish(book, rows)
    return book


def _furnish(book: Workbook, rows: int) -> None:
    """What else a sheet holds: widths, panes, filters, rules, notes, links, another sheet."""
    sheet = book.worksheets[0]
    last = FIRST + rows - 1
    sheet.column_dimensions["A"].width = 18.5
    sheet.column_dimensions["B"].width = 40
    sheet.row_dimensions[HEADER].height = 30
    sheet.freeze_panes = f"A{FIRST}"
    sheet.auto_filter.ref = f"A{HEADER}:D{last}"
    sheet["B4"].comment = Comment("semak nama", "HR")
    sheet["B5"].hyperlink = "https://example.org/hr"
    red = DifferentialStyle(fill=PatternFill(bgColor="FFFFC7CE"))
    rule = Rule(type="cellIs", operator="greaterThan", formula=["1503"], dxf=red)
    sheet.conditional_formatting.add(f"D{FIRST}:D{last}", rule)
    choice = DataValidation(type="list", formula1='"Lelaki,Perempuan"')
    choice.add(f"B{FIRST}:B{last}")
    sheet.add_data_validation(choice)
    notes = book.create_sheet("Nota")
    notes["B2"] = "=SUM(Pekerja!D4:D9)"
    notes["B3"] = '=HYPERLINK("#Pekerja!A1")'
    notes.sheet_properties.tabColor = "FFFF0000"
