"""The hostile portal: ``python -m tests.hostile --seeds 1-200 --jobs 3``; see ``--help``.

A case that was done with this very code is not done again. Exit 1 when anything is wrong.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.hostile.crew import JOBS, OUT, Attack, shown


def seeds(text: str) -> list[int]:
    """``1-20,35`` as numbers."""
    found: list[int] = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        found += range(int(first), int(last or first) + 1)
    return found


def main() -> int:
    """Enter here."""
    parser = argparse.ArgumentParser(prog="tests.hostile", description=__doc__)
    add = parser.add_argument
    add("--seeds", type=seeds, default=seeds("1-200"), help="such as 1-20,35")
    add("--procedures", nargs="*", default=[], help="all when none is named")
    add("--only", nargs="*", default=[], help="these kinds of change, whatever the seed draws")
    add("--jobs", type=int, default=JOBS, help="so many cases at a time")
    add("--out", type=Path, default=OUT, help="a line a case")
    add("--again", action="store_true", help="also what was done before")
    asked = parser.parse_args()
    attack = Attack(
        asked.out, asked.seeds, asked.procedures, asked.only, asked.jobs, again=asked.again
    )
    for number, case in enumerate(attack.go(), 1):
        if case["wrong"]:
            _say(shown(case))
        if number % 20 == 0:
            _say(f"  {attack.line}")
    _say(attack.line)
    return int(any(case["wrong"] for case in attack.cases))


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
