"""`assist-rpa watch`: the visit of `calibrate` again and again, which tells what has moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rpa import settings
from rpa.calibration import earlier, result
from rpa.cli import calibrate as visits
from rpa.cli import console, schedule
from rpa.errors import PortalUnavailable, RpaError, UnexpectedPage, Words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rpa.calibration.visit import Calibration

TIMES = ("08:23",)
"""Before `due` starts, so that a person knows first."""


def watch(
    employer: str,
    parts: Sequence[str],
    timer: schedule.Timer | None,
    portal: str | None,
    config: Path | None,
) -> int:
    """Walk the portal, look, and compare with the visits before; 0 when nothing has moved."""
    if timer:
        return _timer(employer, parts, timer, portal, config)
    wish = visits.Wish(employer, parts, portal, config)
    with visits.visited(wish, lambda _: None) as (visit, _):
        told = result.write(visit).told
        visit.capture.write(visit)
        found, before = earlier.moved(visit.settings, told, visit.folder.path)
        ended = visit.stopped_by or _away(visit)
        earlier.keep(visit.folder, told, found, ended)
    first = [] if before else [FIRST]
    console.notes((*visit.notes, *visit.elsewhere.told, *first))
    for line in earlier.few(found):
        console.out.print(console.say(line), markup=False)
    if found:
        console.err.print(console.say(NEXT), markup=False)
    said = console.say(UNKNOWN if ended and not found else earlier.counted(found))
    reached = f"{visits.reached(told)}/{len(visit.stops)}"
    console.out.print(console.say(COUNT).format(said, reached), markup=False)
    if ended and (visit.stopped_by or not found):
        raise ended
    if ended:
        console.error(ended)
    return UnexpectedPage.exit_code if found else 0


def _away(visit: Calibration) -> RpaError | None:
    """What was away of the portal, and may be there the next time."""
    errors = (outcome.error for outcome in visit.outcomes)
    return next((one for one in errors if isinstance(one, PortalUnavailable)), None)


def _timer(
    employer: str,
    parts: Sequence[str],
    timer: schedule.Timer,
    portal: str | None,
    config: Path | None,
) -> int:
    """Its timer alone; whatever would end each start is said now."""
    known = settings.load(config=config, portal=portal, opens=True)
    visits.stops_of(parts)
    visits.whose(known, employer)
    words = ("watch", *filter(None, [employer]), *(w for part in parts for w in ("--part", part)))
    times = schedule.starts(known.calendar(), TIMES)
    schedule.print_timer(schedule.Command.of(known, words, portal), timer, times)
    return 0


FIRST = Words(
    "Belum ada lawatan dengan profil ini; dibandingkan dengan profil itu sendiri.",
    "There was no visit with this profile yet; compared with the profile itself.",
)
NEXT = Words(
    "Portal telah berubah di sini; tiada apa-apa diteka. Lihat dan baiki: assist-rpa calibrate",
    "The portal has changed here; nothing was guessed. Look and mend it: assist-rpa calibrate",
)
UNKNOWN = Words(
    "tidak diketahui sama ada portal berubah", "whether the portal has moved is not known"
)
COUNT = Words("{}; bahagian yang sampai: {}", "{}; parts reached: {}")
