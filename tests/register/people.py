"""Invented entries, by hand and by Hypothesis."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from rpa.register import ACTS, KINDS, Entry
from rpa.rules.months import Month

EMPLOYER, OTHER = "E9900001234V", "B9900005678W"
JULY = Month(2026, 7)
FILED = datetime(2026, 8, 14, 2, 30, tzinfo=UTC)
ONE, TWO = "880229820001", "920229820002"


def entry(**more: Any) -> Entry:
    """RM3,000 in July 2026, filed together."""
    told: dict[str, Any] = {
        "employer": EMPLOYER,
        "month": JULY,
        "identification": ONE,
        "name": "CONTOH BIN REKAAN",
        "occupation": "KERANI",
        "wages": 300_000,
        "allowances": 25_000,
        "socso_employer": 5165,
        "socso_employee": 1475,
        "skbbk": 2215,
        "eis_employer": 590,
        "eis_employee": 590,
        "acts": "both",
        "kind": "month",
        "reference": "ACR082260000001 ECR082260000001",
        "filed_at": FILED,
        "run_id": "r1",
    }
    return Entry(**(told | more))


def socso(**more: Any) -> Entry:
    """Act 4 alone."""
    alone = {"acts": "socso", "reference": "ACR082260000002", "eis_employer": 0, "eis_employee": 0}
    return entry(**(alone | more))


def eis(**more: Any) -> Entry:
    """Act 800 alone, an hour later."""
    zero = dict.fromkeys(("socso_employer", "socso_employee", "skbbk"), 0)
    alone = {"acts": "eis", "reference": "ECR082260000003", "filed_at": FILED + timedelta(hours=1)}
    return entry(**(zero | alone | more))


months = st.builds(lambda n: Month(2024 + n // 12, n % 12 + 1), st.integers(0, 35))
sen = st.integers(0, 10**6)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """Any entry of a few employers, workers and submissions, so that some meet."""
    acts = draw(st.sampled_from(ACTS))
    of_socso, of_eis = acts != "eis", acts != "socso"
    return entry(
        employer=draw(st.sampled_from([EMPLOYER, OTHER])),
        month=draw(months),
        identification=draw(st.sampled_from([ONE, TWO, "SSFW00000001"])),
        name=draw(st.sampled_from(["CONTOH BIN REKAAN", "CONTOH A/P REKAAN"])),
        occupation=draw(st.sampled_from(["", "KERANI", "PEMANDU"])),
        wages=draw(st.integers(0, 10**14)),
        allowances=draw(st.none() | sen),
        **{n: draw(sen) * of_socso for n in ("socso_employer", "socso_employee", "skbbk")},
        **{n: draw(sen) * of_eis for n in ("eis_employer", "eis_employee")},
        acts=acts,
        kind=draw(st.sampled_from(KINDS)),
        reference=draw(st.sampled_from(["", "ACR082260000001", "ACR082260000009"])),
        filed_at=FILED + timedelta(minutes=draw(st.integers(0, 10**5))),
    )
