"""The portal means harm, and the robot files nothing wrongly, claims nothing wrongly, tells no one.

`python -m tests.hostile` runs any part of the matrix; a bad case names its seed.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import pytest

if sys.platform != "linux":
    pytest.skip("the runs are watched in /proc, as the drill's are", allow_module_level=True)

from drill.child import NEW, OUTPUTS, PRIVATE
from drill.judge import lines
from rpa import flows
from tests.conftest import EMPLOYER
from tests.hostile.case import Case
from tests.hostile.catalogue import KINDS, drawn
from tests.hostile.crew import OUT, SEEDS, Attack, line, shown
from tests.hostile.judge import (
    ELSEWHERE,
    LETTERS,
    SECRETS,
    TOO_LONG,
    TRACEBACKS,
    TWICE,
    WRONG_CLAIMS,
    WRONG_FILINGS,
)  # fmt: skip
from tests.hostile.place import LEAST_BOUND_S, ROOT, HostilePlace
from tests.hostile.wire import Scene, spoken

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from drill.child import Order

QUICKEST = "update_employer"
HONEST = "not sent"
LIES = {
    "filed": WRONG_CLAIMS, "in doubt": WRONG_CLAIMS, "silent": WRONG_CLAIMS, "exit 0": WRONG_CLAIMS,
    "traceback": TRACEBACKS, "long": TOO_LONG, "elsewhere": ELSEWHERE, "typed again": TWICE,
    "kept": SECRETS, "letter": LETTERS, "filed by another hand": WRONG_FILINGS,
}  # fmt: skip
# One of each sort of harm: a seed whose figures bite, and the kinds that it is asked for.
FEW = (
    (3, "password refused"),
    (5, "injected script"),
    pytest.param(2, "other person", marks=pytest.mark.heavy),
    pytest.param(4, "days", marks=pytest.mark.heavy),
    pytest.param(3, "log in page", marks=pytest.mark.heavy),
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HostilePlace]:
    """A portal, the proxy before it, a desk; the robot started as its users start it."""
    made = HostilePlace(tmp_path_factory.mktemp("hostile"))
    yield made
    made.close()


def test_the_judge_sees_every_lie(tmp_path: Path) -> None:
    """A tool that opens no browser tells one lie after the other; the honest one passes."""
    place = HostilePlace(tmp_path)
    try:
        known = place.ready(QUICKEST)
        place.quiets[QUICKEST] = _invented(known.before)
        found = {lie: _told(place, lie) for lie in (HONEST, *LIES)}
    finally:
        place.close()
    blind = {lie: found[lie] for lie, rule in LIES.items() if rule not in found[lie]}
    assert not blind
    assert not found[HONEST]


def _told(place: HostilePlace, lie: str) -> dict[str, list[str]]:
    """What the judge says of a lie."""

    def liar(order: Order, env: Mapping[str, str], folder: Path) -> int:
        del order
        more = {"LIE": lie, "ELSEWHERE": place.proxy.elsewhere, "CONTROL": place.portal.control}
        words = [sys.executable, "-m", "tests.hostile.liar"]
        files = [
            (os.POSIX_SPAWN_OPEN, fd, str(folder / name), NEW, PRIVATE) for fd, name in OUTPUTS
        ]
        here = {**env, **more, "PYTHONPATH": str(ROOT)}
        return os.posix_spawn(sys.executable, words, here, file_actions=files, setsid=True)

    place.start = liar
    place.least_bound_s = 2 if LIES.get(lie) == TOO_LONG else LEAST_BOUND_S
    case = Case(place, QUICKEST, 0)
    wrong: dict[str, list[str]] = case.carry_out()["wrong"]
    place.clear(case.known)
    return wrong


def _invented(before: dict[str, Any]) -> dict[str, Any]:
    """What a quiet run would have left, without the run."""
    about = {"procedure": QUICKEST, "employer": EMPLOYER, "employer_form": {"postalAddress1": "X"}}
    filing = {**about, "documents": [], "workers": [], "reference": "CUN112026C000000001"}
    quiet = {**before, "filings": [*before["filings"], filing], "seconds": 0.1, "told": ()}
    codes = before["employers"]
    mine = lines(quiet, codes) - lines(before, codes)
    return {**quiet, "rows": {0: list(mine)}}


@pytest.mark.parametrize(("seed", "kind"), FEW)
def test_a_few_kinds_of_harm(place: HostilePlace, seed: int, kind: str) -> None:
    """One of each sort against the quickest procedure; the change came, and nothing is wrong."""
    case = Case(place, QUICKEST, seed, (kind,))
    told = case.carry_out()
    place.clear(case.known)
    assert told["fired"][kind], shown(told)
    assert not told["wrong"], shown(told)


def test_every_kind_is_drawn_and_every_seed_draws_the_same() -> None:
    """Two hundred seeds meet each kind, and a seed that was bad is bad again."""
    scene = Scene("http://127.0.0.1:1", "http://127.0.0.1:2")
    first, second = ([list(map(str, drawn(s, scene))) for s in SEEDS] for _ in range(2))
    assert first == second
    kinds = {change.kind for seed in SEEDS for change in drawn(seed, scene)}
    assert kinds == {spoken(kind.__name__) for kind in KINDS}


@pytest.mark.heavy
@pytest.mark.parametrize("procedure", flows.names())
def test_two_hundred_seeds(procedure: str) -> None:
    """Every kind of harm, alone and with others, against every procedure.

    What was done with this very code is not done again, so one that was cut goes on.
    """
    attack = Attack(OUT, procedures=[procedure])
    bad = [shown(case) for case in attack.go() if case["wrong"]]
    assert not bad, "\n".join([*bad, attack.line])


@pytest.mark.heavy
def test_without_the_review_the_judge_goes_red(tmp_path: Path) -> None:
    """The real robot, which compares nothing any more, files under another person's name."""
    attack = Attack(tmp_path / "cases.jsonl", [2], [QUICKEST], ["other person"], without="review")
    (case,) = attack.go()
    assert WRONG_FILINGS in case["wrong"], line([case])
