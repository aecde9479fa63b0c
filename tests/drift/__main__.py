"""The drift drill: ``python -m tests.drift --seeds 1 --jobs 2``; see ``--help``.

First the cases, each a run at a changed portal; one that was done with this very code is not done
again. Then the looks that the quiet runs left, changed by the thousand without a browser. Exit 1
for any wrong filing or wrong thing, or when less than 97 % of the verdicts are right.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from tests.drift.crew import OUT, SKINS, Drill, by_verdict, shown
from tests.drift.looks import drilled
from tests.hostile.__main__ import seeds
from tests.hostile.crew import JOBS

LEAST = 0.97


def main() -> int:
    """Enter here."""
    parser = argparse.ArgumentParser(prog="tests.drift", description=__doc__)
    add = parser.add_argument
    add("--seeds", type=seeds, default=seeds("1"), help="such as 1-3,7")
    add("--only", nargs="*", default=[], help="these kinds")
    add("--procedures", nargs="*", default=[], help="all when none is named")
    add("--skins", nargs="*", default=list(SKINS), choices=SKINS, help="the four")
    add("--entry", default="", help="laid on this entry of the profile, such as EmployeePopup.race")
    add("--jobs", type=int, default=JOBS, help="so many cases at a time")
    add("--most", type=int, default=0, help="so many cases at most, spread over all")
    add("--looks", type=int, default=25, help="so many changes of each look")
    add("--without", choices=("grades",), default="", help="a negative control")
    add("--out", type=Path, default=OUT, help="a line a case")
    add("--again", action="store_true", help="also what was done before")
    asked = parser.parse_args()
    changes = vars(asked).pop("looks")
    drill = Drill(**vars(asked))
    for number, case in enumerate(drill.go(), 1):
        if case["applies"] and case["not right"]:
            _say(shown(case))
        if number % 20 == 0:
            _say(f"  {drill.line}")
    for verdict, (cases, right) in by_verdict(drill.cases).items():
        _say(f"  {verdict}: {right} of {cases}")
    seen, wrong, held = _looks(drill, changes)
    _say(drill.line)
    those = [case for case in drill.cases if case["applies"]]
    right = sum(not case["not right"] for case in those)
    least = right >= LEAST * len(those) and held >= LEAST * seen
    return int(bool(wrong) or any(case["wrong filings"] for case in those) or not least)


def _looks(drill: Drill, changes: int) -> tuple[int, int, int]:
    """The looks of the quiet runs, changed without a browser."""
    seen, wrong, right, bad = drilled(drill.looks, changes)
    for said, times in Counter(bad).most_common(20):
        _say(f"NOT RIGHT {times} x {said}")
    _say(
        f"looks without a browser: wrong things {wrong} of {seen}; right verdict {right} of {seen}"
    )
    return seen, wrong, right


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
