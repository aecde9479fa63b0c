"""What a contribution reports about an employment: joined, left, died, on leave (text-files 3)."""

from __future__ import annotations

from enum import StrEnum

from rpa.rules.record import Column, Kind


class EmploymentStatus(StrEnum):
    """The letter of field 8 in the old text files."""

    NEW = "B"
    LEFT = "H"
    DIED = "M"
    SICK = "S"  # sick leave on PERKESO's benefit
    UNPAID = "T"  # unpaid leave


_WORDS = {
    EmploymentStatus.NEW: ("pekerja baru", "baru", "new worker", "new"),
    EmploymentStatus.LEFT: ("berhenti", "left", "resigned"),
    EmploymentStatus.DIED: ("meninggal dunia", "meninggal", "died"),
    EmploymentStatus.SICK: ("cuti sakit", "sick leave"),
    EmploymentStatus.UNPAID: ("cuti tanpa gaji", "unpaid leave"),
}

STATUS = Column(
    Kind.CHOICE,
    bm=("Status Pekerja", "Status Pekerjaan"),
    en=("Employment Status", "Employee Status"),
    choices={
        word: status.value for status, words in _WORDS.items() for word in (status.lower(), *words)
    },
)
