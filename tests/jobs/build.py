"""Small jobs and tables, written to disk for one test."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook

from rpa.errors import Severity
from rpa.jobs import Checked, Limits, check

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

TODAY = date(2026, 11, 21)
HEADINGS = ("No. KPPN", "Nama", "Tarikh Lahir", "Tarikh Mula Bekerja")
PERSON = ("900101005555", "CONTOH BIN REKAAN", date(1990, 1, 1), date(2026, 11, 2))
CSV_LINE = "900101005555,CONTOH BIN REKAAN,01/01/1990,02/11/2026"
CSV_HEAD = "ic,nama,tarikh lahir,tarikh mula bekerja"
PLAIN = "procedure: add_employees\nemployer: E9900001234V\n"
INLINE = (
    PLAIN + 'rows:\n  - identification: "900101005555"\n    name: CONTOH BIN REKAAN\n'
    "    date_of_birth: 1990-01-01\n    employment_start_date: 2026-11-02\n"
)

FOREIGN_FIELDS: dict[str, Any] = {
    "worker": "foreign",
    "passport_number": "X0000001",
    "name": "REKAAN SATU",
    "date_of_birth": "1990-01-01",
    "gender": "Male",
    "nationality": "Indonesia",
    "employment_start_date": "2026-11-02",
    "passport_valid_from": "2025-01-01",
    "passport_valid_until": "2030-01-01",
    "permit_type": "Employment Pass",
    "permit_number": "PL0000001",
    "permit_valid_from": "2026-10-01",
    "permit_valid_until": "2028-09-30",
    "next_of_kin_name": "WARIS REKAAN",
    "next_of_kin_relation": "Spouse",
    "next_of_kin_telephone": '"+62000000001"',
    "next_of_kin_address": "JALAN CONTOH 1",
    "next_of_kin_country": "Indonesia",
    "next_of_kin_form": "waris.pdf",
}
LOCAL_FIELDS: dict[str, Any] = {
    "identification": '"900101005555"',
    "name": "CONTOH BIN REKAAN",
    "date_of_birth": "1990-01-01",
    "employment_start_date": "2026-11-02",
}
EMPLOYER_FIELDS: dict[str, Any] = {
    "business_entity": "Corporation",
    "sub_business_entity": "Sendirian Berhad",
    "registration_number": '"202601999991"',
    "registered_with_ssm": "February 2017 Onwards",
    "eis_acknowledgement": "true",
    "industry_name": "CONTOH SDN. BHD.",
    "postal_address_1": "1 JALAN CONTOH",
    "state": "Johor",
    "city": "Johor Bahru",
    "postcode": '"80000"',
    "socso_office": "Pejabat PERKESO Negeri Johor",
    "industry_address_same_as_postal": "true",
    "industry_code": '"47"',
    "sub_industry_code": '"47111"',
    "payment_method": "Portal",
    "induction_venue": "PPN JOHOR",
}
HOUSEHOLD_FIELDS: dict[str, Any] = {
    "registration_number": "790405-17-5519",
    "nationality": "Malaysia",
    **{
        name: value
        for name, value in EMPLOYER_FIELDS.items()
        if name.startswith(("eis", "industry_name", "industry_address", "postal", "payment"))
        or name in {"state", "city", "postcode", "socso_office", "induction_venue"}
    },
}


def mapping(fields: dict[str, Any], indent: str, **changes: Any) -> str:
    """Lines of YAML, one field each; a change of None leaves the field out."""
    told = {name: value for name, value in {**fields, **changes}.items() if value is not None}
    return "".join(f"{indent}{name}: {value}\n" for name, value in told.items())


def entry(fields: dict[str, Any], **changes: Any) -> str:
    """One row of ``rows`` in YAML."""
    return "  - " + mapping(fields, "    ", **changes)[4:]


def paper(folder: Path, name: str, content: bytes = b"%PDF-1.7") -> Path:
    """A file that passes for a PDF."""
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return path


def line(path: Path, text: str, after: int = 0) -> int:
    """The number of the first line of a job file, beyond ``after``, that holds this text."""
    lines = path.read_text("utf-8").splitlines()
    return next(n for n, x in enumerate(lines, 1) if n > after and text in x)


def person(number: int) -> tuple[Any, ...]:
    """Another invented worker; numbers up to 999."""
    return (f"900101{number % 1000:03d}555"[:6] + f"00{number:03d}5", *PERSON[1:])


def job(folder: Path, text: str) -> Path:
    """The job file, with exactly this text."""
    path = folder / "joiners.yaml"
    path.write_bytes(text.encode())
    return path


def xlsx(
    folder: Path,
    rows: Iterable[Sequence[Any]],
    headings: Sequence[Any] = HEADINGS,
    more: str = "",
) -> tuple[Path, Worksheet, Workbook]:
    """A job on a workbook with one sheet; save the workbook after changing it."""
    book = Workbook()
    sheet: Worksheet = book.worksheets[0]
    sheet.title = "Sheet1"
    for row in (headings, *rows):
        sheet.append(list(row))
    book.save(folder / "joiners.xlsx")
    return job(folder, f"{PLAIN}table:\n  file: joiners.xlsx\n{more}"), sheet, book


def csv(folder: Path, content: str | bytes, more: str = "") -> Path:
    """A job on a .csv with exactly this content."""
    data = content.encode() if isinstance(content, str) else content
    (folder / "joiners.csv").write_bytes(data)
    return job(folder, f"{PLAIN}table:\n  file: joiners.csv\n{more}")


def checked(path: Path, limits: Limits | None = None) -> Checked:
    """The check of a job as of ``TODAY``, addresses without the test's own folder."""
    return check(path, today=TODAY, limits=limits or Limits())


def found(path: Path, limits: Limits | None = None) -> list[tuple[str, str]]:
    """Address and code of all problems, but for the warning that all invented people share."""
    result = checked(path, limits)
    return [(p.address, p.code) for p in result.problems if p.code != "nric-birthplace"]


def errors(path: Path, limits: Limits | None = None) -> list[tuple[str, str]]:
    """Address and code of the errors."""
    problems = checked(path, limits).problems
    return [(p.address, p.code) for p in problems if p.severity is Severity.ERROR]
