"""All kinds of harm, and which of them a seed draws."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from tests.hostile import hosts, sizes, trouble, values, words
from tests.hostile.wire import spoken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.hostile.wire import Change, Scene

KINDS: tuple[type[Change], ...] = (
    *words.KINDS, *values.KINDS, *trouble.KINDS, *hosts.KINDS, *sizes.KINDS,
)  # fmt: skip
# So often a kind is the first of a seed's: those with the most figures more often.
WEIGHTS = {"Trouble": 2, "InjectedTag": 3, "InjectedScript": 4, "Status": 3, "Dropped": 2,
           "LogInPage": 2, "Redirected": 2, "FormTarget": 2, "Letters": 2, "PasswordRefused": 2}  # fmt: skip
MORE = (0, 0, 0, 0, 0, 0, 1, 1, 1, 2)  # further kinds beside the first


def named(name: str) -> type[Change]:
    """The kind of that name, as lists write it."""
    return next(kind for kind in KINDS if spoken(kind.__name__) == name)


def _firsts() -> list[type[Change]]:
    """Every kind as often as it weighs, spread over the seeds."""
    most = max(WEIGHTS.values())
    return [kind for turn in range(most) for kind in KINDS if turn < WEIGHTS.get(kind.__name__, 1)]


def drawn(seed: int, scene: Scene, only: Sequence[str] = ()) -> list[Change]:
    """The changes of a seed, always the same ones; seed 0 changes nothing.

    The first kind goes round, so that any run of seeds meets all of them.
    """
    if not seed and not only:
        return []
    draw = random.Random(seed)  # noqa: S311  repeatable, and no secret
    firsts = _firsts()
    kinds = [named(name) for name in only]
    if not kinds:
        first = firsts[(seed - 1) % len(firsts)]
        others = [kind for kind in KINDS if kind is not first]
        kinds = [first, *draw.sample(others, draw.choice(MORE))]
    return [kind(random.Random(f"{seed} {kind.__name__}"), scene) for kind in kinds]  # noqa: S311  as above
