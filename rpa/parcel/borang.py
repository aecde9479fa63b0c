"""Borang 1 and Borang 2 on paper, from the job that files them at the portal.

No source shows the paper forms themselves; the fields are those of the portal's own Form 1 and
Form 2 (facts 4.1, 5.2). Of a foreign worker's form no field is known, so that none is made.
"""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from rpa.errors import Words
from rpa.parcel import paper
from rpa.parcel.package import Package
from rpa.rules.employee import Employee
from rpa.rules.record import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rpa.model.filing import Row
    from rpa.rules.record import Column, Record

PROCEDURES: Final = ("add_employees", "register_domestic_employer", "register_employer")
# Of a landscape page, in points; what is not named here is as wide as `_OTHER`.
_WIDE: Final = {"identification": 68, "name": 108, "occupation": 108, "nationality": 72}
_WIDTHS: Final = {**_WIDE, "gender": 46, "race": 42}
_NUMBER, _OTHER = 28, 61
_LEVELS: Final = ("sub_occupation", "sub_occupation_list")


def forms(employer: str, rows: Sequence[Row[Any]]) -> Package:
    """Borang 1 where the job registers an employer, and Borang 2 with its local workers.

    ``employer`` is the code of one who has it; ``rows`` begin with the head's, number 0.
    """
    heads = [row.record for row in rows if not row.number]
    workers = [row for row in rows if row.number]
    local = [row.record for row in workers if isinstance(row.record, Employee)]
    files: dict[str, bytes] = {}
    for head in heads:
        files["borang-1.pdf"] = paper.build(FORM_1, list(_form_1(head)))
    whose = employer or ", ".join(head.industry_name for head in heads)
    if local:
        files["borang-2.pdf"] = paper.build(FORM_2, list(_form_2(whose, local)), wide=True)
    left_out = len(workers) - len(local)
    told = [LAYOUT, *([_foreign(left_out)] if left_out else [])]
    return Package(files, tuple(told), NEXT)


def _form_1(employer: Record) -> Iterator[paper.Part]:
    for name, column in employer.columns().items():
        if column.sent:
            must = type(employer).model_fields[name].is_required()
            yield paper.Field(column.heading, written(column, getattr(employer, name)), must)
    yield from _signed()


def _form_2(whose: str, workers: Sequence[Employee]) -> Iterator[paper.Part]:
    yield paper.Field(EMPLOYER, whose)
    shown = {
        name: column
        for name, column in Employee.columns().items()
        if column.sent and column.kind is not Kind.FILE and name not in _LEVELS
    }
    heads = [NUMBER, *(column.heading for column in shown.values())]
    widths = [_NUMBER, *(_WIDTHS.get(name, _OTHER) for name in shown)]
    rows = [
        [str(n), *(_cell(worker, name, column) for name, column in shown.items())]
        for n, worker in enumerate(workers, start=1)
    ]
    yield paper.Grid(heads, rows, widths)
    yield from _signed()


def _cell(worker: Employee, name: str, column: Column) -> str:
    """One cell; the three lists of an occupation stand together."""
    names = (name, *_LEVELS) if name == "occupation" else (name,)
    return " / ".join(filter(None, (written(column, getattr(worker, n)) for n in names)))


def written(column: Column, value: Any) -> str:
    """A value as a person reads it on paper."""
    if value is None:
        return ""
    if column.kind is Kind.YES_NO:
        return "Ya / Yes" if value else "Tidak / No"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, tuple):
        return ", ".join(value)
    return str(value.value if isinstance(value, Enum) else value)


def _signed() -> Iterator[paper.Part]:
    yield paper.Heading(SIGNED)
    for words in (NAME, POSITION, SIGNATURE, DAY):
        yield paper.Blank(words)


def _foreign(count: int) -> Words:
    return Words(
        f"Pekerja asing yang tidak ada pada Borang 2: {count}. Mereka mempunyai borang sendiri, "
        "yang medannya tidak diketahui. Isi borang PERKESO untuk mereka.",
        f"Foreign workers who are not on Borang 2: {count}. They have a form of their own, whose "
        "fields are not known. Fill in PERKESO's form for them.",
    )


FORM_1 = Words("Borang 1: Pendaftaran Majikan", "Form 1: registration of an employer")
FORM_2 = Words("Borang 2: Pendaftaran Pekerja", "Form 2: registration of employees")
EMPLOYER, NUMBER = Words("Majikan", "Employer"), Words("Bil.", "No.")
SIGNED = Words("Pengesahan majikan", "Signed by the employer")
NAME, POSITION = Words("Nama", "Name"), Words("Jawatan", "Position")
SIGNATURE, DAY = Words("Tandatangan dan cop", "Signature and stamp"), Words("Tarikh", "Date")
LAYOUT = Words(
    "Medan mengikut borang di portal; rupa borang kertas PERKESO tidak diketahui.",
    "The fields are those of the portal's forms; how PERKESO's paper forms look is not known.",
)
NEXT = Words(
    "Seterusnya (anda): cetak, tandatangani, dan bawa ke kaunter atau muat naik di portal. Tiada "
    "apa-apa dihantar oleh alat ini.",
    "Next (you): print and sign them, and take them to the counter or upload them at the portal. "
    "This tool sends nothing.",
)
