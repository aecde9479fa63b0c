"""One case: runs that are killed, then runs until it settles, then the judgement."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from drill.judge import DOUBT, FILED, Judgement, judge, reported
from drill.place import HUNG, Place, Prepared, Run, wanted

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_RUNS = 4  # after the last kill
ASKS = 13  # the code of a run that a person must help
DONE = 0


@dataclass(frozen=True)
class Case:
    """What is done to one filing of the sample; everything of it is plain JSON.

    ``kills``: one run each, ``{"key", "n", "machine"}`` or ``{"after_s", "machine"}``; ``again``
    when it is a passing of a run that finds all filed. ``faults``: as the control port's ``arm``
    takes them. ``settings``: of the portal. ``rivals``: so many runs are started at once, and not
    killed. ``without``: a part that is taken out of the runs, by its name in `drill.points`.
    """

    number: int
    procedure: str
    kind: str
    kills: tuple[dict[str, Any], ...] = ()
    faults: tuple[dict[str, Any], ...] = ()
    settings: dict[str, Any] = field(default_factory=dict)
    rivals: int = 0
    without: str = ""


def carry_out(place: Place, case: Case, golden: dict[str, Any]) -> dict[str, Any]:
    """Do it; what happened and what is wrong, as plain JSON."""
    began = time.monotonic()
    known = place.ready(case.procedure)
    if case.settings:
        place.portal.ask("settings", case.settings)
    for fault in case.faults:
        place.portal.ask("arm", fault)
    runs = _killed(place, known, case)
    armed = place.portal.ask("faults")["armed"]
    last = _settled(place, known, case, runs)
    fired = {one["fault"]: one["fired"] for one in (*armed, *place.portal.ask("faults")["armed"])}
    found = _judged(place, known, case, golden, [*runs, *last])
    return {
        **asdict(case),
        "died_at": [run.died_at for run in runs if run.killed],
        "fired": [name for name, times in fired.items() if times],
        "codes": [run.code for run in (*runs, *last)],
        "verdicts": sorted(set(found.verdicts.values())),
        "duplicates": found.duplicates, "lost": found.lost,
        "without_verdict": found.without_verdict, "other": found.other, "asked": found.asked,
        "said": [*runs, *last][-1].said[-1500:] if found.wrong else "",
        "seconds": round(time.monotonic() - began, 2),
    }  # fmt: skip


def _judged(
    place: Place, known: Prepared, case: Case, golden: dict[str, Any], runs: Sequence[Run]
) -> Judgement:
    """What portal, ledger and report say, and what the runs themselves left behind."""
    orphans = place.orphans()
    now = {**place.count(), "settings": case.settings}
    asks = runs[-1].said if runs[-1].code == ASKS else ""
    found = judge(golden, known.before, now, known.desk.home, case.procedure, asks)
    if orphans:
        found.other.append(f"{len(orphans)} processes outlived their runs")
    if any(run.code == HUNG for run in runs):
        found.other.append("a run did not end")
    if any("Traceback (most recent call last)" in run.said for run in runs):
        found.other.append("a run ended with a traceback")
    if case.rivals and place.portal.ask("sessions")["ended_by_second_log_in"]:
        found.other.append("two sessions of one portal ID at a time")
    return found


def _killed(place: Place, known: Prepared, case: Case) -> list[Run]:
    """The runs that are to die; the two that are to work at once."""
    if case.rivals:
        begun = [place.begin(known, without=case.without) for _ in range(case.rivals)]
        return [place.end(known, pid, mark) for pid, mark in begun]
    runs: list[Run] = []
    for number, kill in enumerate(case.kills):
        if runs and runs[-1].code == DONE and not kill.get("again"):
            continue  # everything is filed: only the way to that answer is left to pass
        place.let_in(known)
        pid, mark = place.begin(known, wanted(case.kills, number), without=case.without)
        runs.append(place.end(known, pid, mark, kill.get("after_s", 0.0), machine=kill["machine"]))
    return runs


def _settled(place: Place, known: Prepared, case: Case, before: Sequence[Run]) -> list[Run]:
    """Run again until everything is filed, or nothing more can be told; four times at most."""
    if before and before[-1].code == DONE and not case.rivals:
        return []
    runs: list[Run] = []
    while len(runs) < MOST_RUNS and not (runs and _final(runs, known)):
        if len(runs) == MOST_RUNS // 2:
            place.portal.ask("disarm", {})
            place.portal.ask("show", {})
        runs.append(place.run(known, without=case.without))
    return runs


def _final(runs: Sequence[Run], known: Prepared) -> bool:
    if runs[-1].code == DONE:
        return True
    verdicts = set(reported(known.desk.home).values())
    return len(runs) > MOST_RUNS // 2 and verdicts <= {FILED, DOUBT}


def quiet(place: Place, procedure: str) -> dict[str, Any]:
    """One run of the sample that nobody disturbs: the measure of all others, and its passings."""
    known = place.ready(procedure)
    done, passings = place.passings(known)
    verdicts = reported(known.desk.home)
    if done.code != DONE or set(verdicts.values()) != {FILED}:
        raise RuntimeError(f"{procedure}: the quiet run ended with {done.code}: {done.said}")
    again, passings_again = place.passings(known)
    if again.code != DONE or reported(known.desk.home) != verdicts:
        raise RuntimeError(f"{procedure}: run again it ended with {again.code}: {again.said}")
    place.orphans()
    return {
        **place.count(),
        "settings": {},
        "verdicts": verdicts,
        "passings": passings,
        "again": passings_again,
        "seconds": done.seconds,
        "posts": len(place.portal.ask("received")),
    }
