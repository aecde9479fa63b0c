"""Seeded inputs for the readers: some in every test run, 20,000 a reader in `make heavy`."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, Phase, given, settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import SearchStrategy

QUICK = 60
INPUTS = 20_000
_FUZZED: dict[str, list[Callable[[int], None]]] = defaultdict(list)


def fuzz(
    reader: str, *inputs: SearchStrategy[Any]
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A test over ``inputs``; with the reader's others it makes up its twenty thousand.

    Derandomised: the same inputs on every machine.
    """

    def dress(body: Callable[..., None]) -> Callable[..., None]:
        def run(examples: int) -> None:
            _settings(examples, Phase.generate)(given(*inputs)(body))()

        _FUZZED[reader].append(run)
        return _settings(QUICK, *Phase)(given(*inputs)(body))

    return dress


def every(reader: str) -> int:
    """Twenty thousand inputs for one reader, shared among its tests; how many they were."""
    each = -(-INPUTS // len(_FUZZED[reader]))
    for run in _FUZZED[reader]:
        run(each)
    return each * len(_FUZZED[reader])


def _settings(examples: int, *phases: Phase) -> settings:
    return settings(
        max_examples=examples,
        phases=[phase for phase in phases if phase is not Phase.reuse],
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


def mutated(data: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    """``data`` with pieces cut out and others put in."""
    for where, cut, put in changes:
        at = int(where * len(data))
        data = data[:at] + put + data[at + cut :]
    return data
