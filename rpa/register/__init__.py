"""The employer's register of employees: who was paid what for each month (facts 13.2).

Name, identity number, occupation, contributions, wages and allowances per month, kept seven years
from the last entry. It stands in a file of its own; personal data are nowhere else but in that file
and in what is exported from it.
"""

from rpa.register.entry import (
    ACTS,
    ACTS_SHOWN,
    KINDS,
    Entry,
    Gaps,
    MonthOfWorker,
    Totals,
    WorkerGap,
    merged,
    totals_of,
)
from rpa.register.filed import Filed, enter, entries_of
from rpa.register.sheets import workbook
from rpa.register.store import Kept, Purged, Register

__all__ = [
    "ACTS",
    "ACTS_SHOWN",
    "KINDS",
    "Entry",
    "Filed",
    "Gaps",
    "Kept",
    "MonthOfWorker",
    "Purged",
    "Register",
    "Totals",
    "WorkerGap",
    "enter",
    "entries_of",
    "merged",
    "totals_of",
    "workbook",
]
