"""How long every start of a job has ended with 75, by the ledger's own clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rpa.engine.outage import lasting

if TYPE_CHECKING:
    from rpa.ledger.ledger import Ledger

JOB, OTHER = "office/leavers.yaml", "office/900101-00-1234.yaml"


def start(ledger: Ledger, *codes: int | None, file: str = JOB, portal: str = "practice") -> None:
    """Starts of a job, one after the other; None: one that died."""
    for code in codes:
        run = f"{portal} {file} {len(ledger.log())}"
        ledger.start_run(run, job_digest="d", folder="", portal=portal, file=file)
        if code is not None:
            ledger.end_run(run, code)


def told(ledger: Ledger, hours: float = 0) -> dict[tuple[str, str], int]:
    return {(one.portal, one.job): one.starts for one in lasting(ledger, hours)}


def test_an_outage_is_the_unbroken_row_of_75_at_the_end(ledger: Ledger) -> None:
    """Of each job at each portal by itself; a run that died says nothing; no number is shown."""
    start(ledger, 75, 75, 0, 75, None, 75)
    start(ledger, 75, 10)
    assert told(ledger) == {}
    start(ledger, 75, None, 75)
    start(ledger, 75, portal="elsewhere")
    start(ledger, 75, file=OTHER)
    masked = "office/******-**-****.yaml"
    assert told(ledger) == {
        ("practice", JOB): 2, ("elsewhere", JOB): 1, ("practice", masked): 1,
    }  # fmt: skip
    assert told(ledger, hours=1) == {}
    ledger.start_run("follow", job_digest="", folder="")
    ledger.end_run("follow", 0)
    assert ("practice", JOB) in told(ledger)
