"""What a drill found: its last line, a line a procedure, and docs/drill.md."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from drill.judge import DOUBT, FILED
from drill.points import POINTS, point_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HEAD = """# The drill

Made by `make drill`; [promises.md](promises.md) says what it shows and what it does not.
"""
WHERE = """{} cases, seed {seed}, {minutes} minutes, {jobs} at a time, {cores} cores. Before them,
with a part of the tool taken out:
"""
ENDINGS = ("filed", "in doubt", "not sent", "a person asked")
ENDED = """Cases that ended so; one may have rows that ended in several ways. *A person asked*: a
run died between the portal's saving a draft and the note of its number; nobody guesses whose it is.
"""
WRONG = ("duplicates", "lost", "without_verdict", "other")


@dataclass(frozen=True)
class Tally:
    """The figures of some cases."""

    cases: Sequence[dict[str, Any]]

    @property
    def kills(self) -> int:
        """Processes that were killed."""
        return sum(len(case["died_at"]) for case in self.cases)

    @property
    def faults(self) -> int:
        """Faults that came."""
        return sum(len(case["fired"]) for case in self.cases)

    def wrong(self, kind: str) -> int:
        """Cases with something wrong of a kind."""
        return sum(bool(case[kind]) for case in self.cases)

    @property
    def bad(self) -> list[dict[str, Any]]:
        """The cases that have anything wrong."""
        return [case for case in self.cases if any(case[kind] for kind in WRONG)]

    def ending(self, verdict: str) -> int:
        """Cases in which a row ended so."""
        return sum(verdict in case["verdicts"] for case in self.cases)

    @property
    def others(self) -> int:
        """Cases in which a row was neither filed nor in doubt: refused, not sent."""
        return sum(bool(set(case["verdicts"]) - {FILED, DOUBT}) for case in self.cases)

    @property
    def asked(self) -> int:
        """Cases that ended with a draft whose number was never learnt, and a person asked."""
        return sum(bool(case["asked"]) for case in self.cases)

    @property
    def endings(self) -> tuple[int, ...]:
        """The figures of `ENDINGS`."""
        return self.ending(FILED), self.ending(DOUBT), self.others, self.asked

    @property
    def line(self) -> str:
        """The line at the end."""
        other = f", {self.wrong('other')} other" if self.wrong("other") else ""
        return (
            f"{self.kills} kills, {self.faults} faults: {self.wrong('duplicates')} duplicates, "
            f"{self.wrong('lost')} lost, {self.wrong('without_verdict')} rows without a verdict"
            f"{other}"
        )


def by(cases: Iterable[dict[str, Any]], key: str) -> dict[str, Tally]:
    """The cases apart, by one of their values."""
    apart: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for case in cases:
        apart[case[key]].append(case)
    return {name: Tally(apart[name]) for name in sorted(apart)}


def summary(cases: Sequence[dict[str, Any]]) -> list[str]:
    """One line a procedure, then the line of all."""
    apart = by(cases, "procedure")
    width = max((len(name) for name in apart), default=0)
    lines = [f"{name:<{width}}  {tally.line}" for name, tally in apart.items()]
    asked = Tally(cases).asked
    if asked:
        lines += [f"{asked} ended with a person asked: a draft whose number was never learnt"]
    return [*lines, Tally(cases).line]


def matrix(cases: Sequence[dict[str, Any]]) -> dict[str, dict[str, int]]:
    """How often each procedure was killed at each point."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for case in cases:
        for at in case["died_at"]:
            found[point_of(at)][case["procedure"]] += 1
    return {point: dict(found[point]) for point in (*POINTS, "a moment") if point in found}


def troubles(cases: Sequence[dict[str, Any]]) -> dict[str, dict[str, int]]:
    """How often each fault came to each procedure."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for case in cases:
        for fault in case["fired"]:
            found[fault][case["procedure"]] += 1
    return {fault: dict(found[fault]) for fault in sorted(found)}


def not_alone(cases: Sequence[dict[str, Any]], wanted: Iterable[tuple[str, str]]) -> list[str]:
    """Which of these procedures and points had no case of this one kill, and no other."""
    single = [case for case in cases if len(case["kills"]) == 1]
    hit = {(case["procedure"], point_of(at)) for case in single for at in case["died_at"]}
    return [f"{procedure}: {point}" for procedure, point in wanted if (procedure, point) not in hit]


def in_a_row(cases: Sequence[dict[str, Any]]) -> list[tuple[int, int, int]]:
    """How often a filing was killed so many times before it could finish; how many went wrong."""
    lengths = sorted({len(case["died_at"]) for case in cases})
    of = [(n, Tally([case for case in cases if len(case["died_at"]) == n])) for n in lengths]
    return [(n, len(tally.cases), len(tally.bad)) for n, tally in of]


def document(cases: Sequence[dict[str, Any]], about: dict[str, Any]) -> str:
    """docs/drill.md."""
    whole, apart = Tally(cases), by(cases, "procedure")
    heads = ("procedure", "cases", "kills", "faults", *ENDINGS, "wrong")
    rows = [(n, len(t.cases), t.kills, t.faults, *t.endings, len(t.bad)) for n, t in apart.items()]
    told = [(n, len(t.cases), t.kills, len(t.bad)) for n, t in by(cases, "kind").items()]
    parts = [
        HEAD,
        f"**{whole.line}.**\n",
        WHERE.format(len(cases), **about),
        *(f"- {line}" for line in about["controls"]),
        "\n## Procedures\n",
        ENDED,
        _grid(heads, rows),
        "\n## What was done to them\n",
        _grid(("kind", "cases", "kills", "wrong"), told),
        "",
        _grid(("kills in a row", "filings", "wrong"), in_a_row(cases)),
        "\n## Kills, by crash point and procedure\n",
        _alone(about["not_alone"]),
        _counts("killed at", list(apart), matrix(cases)),
        "\n## Faults that came, by procedure\n",
        _counts("fault", list(apart), troubles(cases)),
        "\n## The crash points\n",
        *(f"- **{point}**: {what}" for point, what in POINTS.items()),
    ]
    return "\n".join(parts) + "\n"


def _alone(missing: Sequence[str]) -> str:
    if not missing:
        return "Each procedure was hit at each of its points alone, beside the chains.\n"
    return f"Not hit alone yet: {', '.join(missing)}.\n"


def _counts(what: str, names: Sequence[str], counts: dict[str, dict[str, int]]) -> str:
    rows = [(thing, *(of.get(name, "") for name in names)) for thing, of in counts.items()]
    return _grid((what, *names), rows)


def _grid(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)
