"""Whether this computer's day is the portal's: what is filed on a day must not be filed early."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from rpa.errors import ConfigInvalid, Words
from rpa.settings import TIME_ZONE

if TYPE_CHECKING:
    from datetime import date


class DayDenied(ConfigInvalid):
    """The portal's clock shows another day than this computer's."""


SLACK = timedelta(minutes=10)
SHOWN = "%d/%m/%Y %H:%M"


def same_day(portal: datetime | None, today: date, now: datetime) -> None:
    """Raise DayDenied when the portal's clock (its ``Date`` header) shows another day.

    Ten minutes around midnight are nobody's fault. A portal that tells no time cannot object.
    ``today`` is this computer's day, ``now`` its time of day, both in Malaysia.
    """
    if portal is None:
        return
    here = datetime.combine(today, now.astimezone(TIME_ZONE).timetz())
    there = portal.astimezone(TIME_ZONE)
    if here.date() != there.date() and abs(here - there) > SLACK:
        ours, theirs = here.strftime(SHOWN), there.strftime(SHOWN)
        raise DayDenied(
            Words(
                f"Jam komputer ini menunjukkan {ours}, jam portal {theirs}. Betulkan jam komputer.",
                f"This computer's clock says {ours}, the portal's {theirs}. Set the computer's "
                "clock.",
            )
        )
