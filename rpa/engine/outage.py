"""An outage that lasts: starts of a job that ended with 75, one after the other, for how long.

75 by itself is no alarm, for the next start goes on. Of a job whose starts have all ended so for
longer than ``alarm_after_h`` somebody must know.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from rpa.errors import PortalUnavailable, RpaError, Words
from rpa.evidence.wording import shown
from rpa.ledger.records import masked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rpa.ledger.ledger import Ledger
    from rpa.ledger.records import Start

# A job that nobody has started for so long has no outage any more.
TRIED_WITHIN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Outage:
    """Since when every start of a job at a portal ended with 75, and how many they are."""

    portal: str
    job: str
    since: datetime
    starts: int

    @property
    def words(self) -> Words:
        """What is told of it."""
        since = shown(self.since)
        return Words(
            f"Setiap pelaksanaan {self.job} di {self.portal} sejak {since} terhenti: portal tidak "
            f"tersedia, atau ID portal digunakan oleh yang lain ({self.starts} kali).",
            f"Every start of {self.job} at {self.portal} since {since} could not go on: the portal "
            f"was away, or another run held the portal ID ({self.starts} times).",
        )


class OutageLasts(RpaError):
    """The portal has been out of reach for longer than the office accepts without an alarm."""

    exit_code: ClassVar[int] = 17
    who: ClassVar[Words] = Words("pentadbir", "administrator")
    next_move: ClassVar[Words] = Words(
        "Buka portal dalam pelayar; semak rangkaian dan notis PERKESO, atau pelaksanaan yang "
        "tersangkut. Tiada apa-apa hilang; yang berikutnya menyambung. Had: alarm_after_h dalam "
        "config/notify.yaml.",
        "Open the portal in a browser; look at the network and PERKESO's notices, or for a run "
        "that hangs. Nothing was lost; the next start goes on. Limit: alarm_after_h in "
        "config/notify.yaml.",
    )


def lasting(ledger: Ledger, hours: float) -> list[Outage]:
    """The outages that have lasted for so many hours, and go on as far as is known."""
    now = ledger.seen()
    found = (_outage(of_it) for of_it in _by_job(ledger.starts(now - TRIED_WITHIN)))
    limit = now - timedelta(hours=hours)
    return [one for one in found if one and one.since <= limit]


def of(ledger: Ledger, hours: float, portal: str, job: str) -> Outage | None:
    """The one of this job at this portal."""
    mine = (portal, masked(job))  # as the log has it
    return next((one for one in lasting(ledger, hours) if (one.portal, one.job) == mine), None)


def _by_job(starts: Iterable[Start]) -> Iterator[list[Start]]:
    groups: dict[tuple[str, str], list[Start]] = {}
    for start in starts:
        groups.setdefault((start.portal, start.job), []).append(start)
    yield from groups.values()


def _outage(starts: list[Start]) -> Outage | None:
    """The unbroken row at the end; a run that died, or is at work, says nothing."""
    row: list[Start] = []
    for start in starts:
        row = [*row, start] if start.exit == PortalUnavailable.exit_code else []
    return Outage(row[0].portal, row[0].job, row[0].at, len(row)) if row else None
