"""Job file and tables to a checked plan, each error with its address."""

from rpa.jobs.alone import TableRows, read_bytes, read_table
from rpa.jobs.checking import check, unchanged
from rpa.jobs.grouping import Grouped, group
from rpa.jobs.json_schema import schema
from rpa.jobs.limits import Limits
from rpa.jobs.plan import Checked, Plan, TableRef

__all__ = [
    "Checked",
    "Grouped",
    "Limits",
    "Plan",
    "TableRef",
    "TableRows",
    "check",
    "group",
    "read_bytes",
    "read_table",
    "schema",
    "unchanged",
]
