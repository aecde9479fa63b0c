"""Job file and tables to a checked plan, each error with its address."""

from rpa.jobs.alone import TableRows, read_bytes, read_table
from rpa.jobs.checking import check, unchanged
from rpa.jobs.grouping import Grouped, group, in_words
from rpa.jobs.json_schema import names, schema
from rpa.jobs.limits import Limits
from rpa.jobs.models import is_package
from rpa.jobs.plan import Checked, Plan, TableRef
from rpa.jobs.review import PROCEDURE as REVIEW
from rpa.jobs.review import CheckedReview, ReviewPlan, check_review, is_review

__all__ = [
    "REVIEW",
    "Checked",
    "CheckedReview",
    "Grouped",
    "Limits",
    "Plan",
    "ReviewPlan",
    "TableRef",
    "TableRows",
    "check",
    "check_review",
    "group",
    "in_words",
    "is_package",
    "is_review",
    "names",
    "read_bytes",
    "read_table",
    "schema",
    "unchanged",
]
