"""An office meets a look that nobody wrote words for: visit, accept, rehearse, accept, file.

``python -m tests.calibration.office harbour`` prints what came of it. The person at the terminal
knows the portal, not the robot: of what is offered they choose what the portal calls so (its words
stand in ``tests/overlays``), else type it. ``--blind`` takes the first of whatever is offered.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from drill.judge import lines
from drill.place import SETTLE, Place
from rpa import flows
from rpa.errors import NeedsApproval
from rpa.portal import profile as profiles
from rpa.portal.told import CALLED
from tests.calibration.terminal import RPA, converse
from tests.conftest import EMPLOYER
from tests.supervisor import Supervisor

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Sequence
    from subprocess import CompletedProcess

    from drill.place import Prepared
    from rpa.portal.profile import Look, Profile
    from tests.conftest import Desk

OVERLAYS = Path(__file__).parents[1] / "overlays"
PROFILE = "profile.yaml"
VISITS, REHEARSALS, RUNS = 3, 20, 3  # so often at most
LONGEST_S = 3600
TIMEOUTS = {"act_s": 4, "arrive_s": 6, "result_s": 8}  # what is not there is waited for so long
OFFERED = re.compile(r"^ +(\d+)  (.*)$", re.MULTILINE)
ASKED = re.compile(r"\(([\w.]+)\)\?$", re.MULTILINE)
OPEN = re.compile(r"^([\w.]+): ", re.MULTILINE)
MEANING = re.compile(r"What does '(.*)' mean")
# How it is built, and that it must be filled, as *Perkara (wajib) (drop-down) · its options: …*.
BUILT = "|".join(map(re.escape, (*CALLED, "wajib", "required")))
SHOWN_AS = re.compile(rf"( \((?:{BUILT})\))+( · .*)?$")
ENDS = ("none of them:", "[y/N]", "q = quit]", "q = quit:")
NO_SUCH = "this portal has no such thing"
Answer = tuple[str, str]  # the prompt's end, and all that was said since the answer before


def called(offered: str) -> str:
    """Its words, without its kind and why it is offered."""
    return SHOWN_AS.sub("", offered).casefold()


@dataclass
class Person:
    """Knows what the portal calls things, in both of its languages."""

    portal: Profile
    stops: int = (
        0  # parts of the visit that were begun: the second time round is the other language
    )
    asked: int = 0
    typed: int = 0
    silent: list[str] = field(default_factory=list)  # what they had no answer to
    told: dict[tuple[str, str], list[str]] = field(default_factory=dict)  # typed of an entry

    def __call__(self, said: str, whole: str) -> str:
        """What they type."""
        if said.rstrip().endswith(("[y/N]", "q = quit]")):
            return "y"
        offered = {called(words): n for n, words in reversed(OFFERED.findall(said))}
        word, keys = MEANING.findall(said), ASKED.findall(said) or OPEN.findall(said)
        if not keys:
            return ""
        self.asked += 1
        if word:
            return self._means(keys[-1], word[-1], offered)
        return self._which(keys[-1], offered, "en" if whole.count("MyASSIST and one") > 1 else "bm",
                           may_type="none of them" in said)  # fmt: skip

    def _means(self, key: str, word: str, offered: dict[str, str]) -> str:
        for meaning, words in self.portal.words[key.partition(".")[2]].items():
            if word.casefold() in (one.casefold() for one in words):
                return next((n for says, n in offered.items() if says.startswith(meaning)), "")
        return ""

    def _which(self, key: str, offered: dict[str, str], language: str, *, may_type: bool) -> str:
        if key.startswith("words."):  # which option of a list is meant
            _, vocabulary, meaning = key.split(".")
            called_so = self.portal.words[vocabulary].get(meaning, ())
            return next((offered[w.casefold()] for w in called_so if w.casefold() in offered), "")
        look = self._look(key)
        if look is None:
            return ""
        if look.none:
            return offered.get(NO_SUCH.casefold(), "")
        words = {"bm": look.bm or look.like or (), "en": look.en or ()}
        there = [one.casefold() for both in words.values() for one in both]
        if number := next((offered[one] for one in there if one in offered), ""):
            return number
        told = self.told.setdefault((key, language), [])  # a screen may show each of several
        new = [w for w in words[language] if w not in told and w not in self._before(key)]
        if not (new and may_type):
            self.silent.append(key)
            return ""
        told.append(new[0])
        self.typed += 1
        return new[0]

    def _look(self, key: str) -> Look | None:
        found = self.portal.found.get(key)
        return self.portal.looks.get(key) or (
            self.portal.looks.get(found.at_home) if found else None
        )

    def _before(self, key: str) -> Sequence[str]:
        look = profiles.shipped().looks.get(key)
        return look.labels if look else ()


@dataclass
class Blind:
    """Says yes to whatever is proposed, and takes the first of whatever is offered."""

    asked: int = 0

    def __call__(self, said: str, whole: str) -> str:
        """What they type."""
        del whole
        self.asked += 1
        return "y" if said.rstrip().endswith(("[y/N]", "q = quit]")) else "1"


def at_a_terminal(desk: Desk, person: Callable[[str, str], str], *words: str) -> tuple[int, str]:
    """The command at a terminal, in English: its exit code, and all that it said."""
    desk.env["ASSIST_RPA_LANGUAGE"] = "en"

    def answer(new: str, told: str) -> str | None:
        return person(new, told) if new.rstrip().endswith(ENDS) else None

    return converse(desk, answer, *RPA, *words)


@dataclass
class Filed:
    """What came of one procedure."""

    procedure: str
    rehearsals: int = 0
    code: int = -1  # of the last rehearsal
    filed: bool = False
    wrong: list[str] = field(default_factory=list)
    last: str = ""


@dataclass
class Office:
    """A desk with an empty profile at a look of the practice portal."""

    place: Place
    person: Person | Blind
    say: Callable[[str], None]
    learnt: str = ""  # config/profile.yaml as it is by now
    kept: Path | None = None  # where that is written each time, should this not come to its end
    taken: int = 0

    def visits(self, procedure: str = "add_documents", *parts: str) -> None:
        """Visit and accept until a visit proposes nothing more."""
        desk = self._ready(procedure).desk
        for number in range(1, VISITS + 1):
            began = time.monotonic()
            code, said = at_a_terminal(desk, self.person, "calibrate", EMPLOYER, *parts)
            took = self._accept(desk)
            end = next(
                (one for one in reversed(said.splitlines()) if "calibrated" in one), said[-300:]
            )
            self.say(f"visit {number}: exit {code}, {time.monotonic() - began:.0f} s, took {took} "
                     f"lines; {end}")  # fmt: skip
            for line in re.findall(r"^not reached .*$", said, re.MULTILINE):
                self.say(f"  {line[:200]}")
            if code == 0 or not took:
                return

    def files(self, procedure: str) -> Filed:
        """Rehearse and accept until it goes through, then file; judged by what the portal has."""
        known, told = self._ready(procedure), Filed(procedure)
        desk, job = known.desk, str(known.job)
        for told.rehearsals in range(1, REHEARSALS + 1):
            told.code, said = at_a_terminal(desk, self.person, "calibrate", "--rehearse", job)
            told.last = _why(said)
            took = self._accept(desk)
            self.say(f"  rehearsal {told.rehearsals}: exit {told.code}, took {took}; {told.last}")
            if not took or not told.code:
                break
        for _ in range(RUNS):
            done = _sent(desk, job)
            told.last = _why(done.stderr) if done.returncode else ""
            self.say(f"  run: exit {done.returncode}; {told.last}")
            if not self._accept(desk) or not done.returncode:
                break
        new = self._new(known.before)
        told.filed = done.returncode == 0 and new == self.expected[procedure]
        told.wrong = sorted((new - self.expected[procedure]).elements())
        return told

    def expects(self, procedures: Sequence[str]) -> None:
        """What each procedure's sample files when all words are known."""
        self.expected: dict[str, Counter[str]] = {}
        for name in procedures:
            known = self.place.ready(name)
            assert self.place.run(known).code == 0, name
            self.expected[name] = self._new(known.before)

    def _new(self, before: dict[str, object]) -> Counter[str]:
        codes = before["employers"]
        return lines(self.place.count(), codes) - lines(before, codes)  # type: ignore[arg-type]

    def _ready(self, procedure: str) -> Prepared:
        """Everything as it was before, but for what was learnt."""
        known = self.place.ready(procedure)
        known.desk.settings(name="drill", timeouts=TIMEOUTS, settle=SETTLE)
        (known.desk.config / PROFILE).unlink(missing_ok=True)
        if self.learnt:
            (known.desk.config / PROFILE).write_text(self.learnt, "utf-8")
        return known

    def _accept(self, desk: Desk) -> int:
        """How many lines were taken."""
        _, said = at_a_terminal(desk, self.person, "calibrate", "--accept", "--by", "Pejabat")
        took = int((re.findall(r"accepted: (\d+) lines", said) or ["0"])[-1])
        if took:
            self.learnt = (desk.config / PROFILE).read_text("utf-8")
            self.taken += took
            if self.kept:
                self.kept.write_text(self.learnt, "utf-8")
        return took


def _sent(desk: Desk, job: str) -> CompletedProcess[str]:
    """A run that may send; a second person reads the plan anew, for the profile is another."""
    done = desk.assist("run", job, "--submit", limit_s=LONGEST_S)
    if done.returncode == NeedsApproval.exit_code and not Supervisor(desk).approve().returncode:
        done = desk.assist("run", job, "--submit", limit_s=LONGEST_S)
    return done


def _why(said: str) -> str:
    told = [
        one for one in said.splitlines() if re.search(r"not as it is known|Sought|✗|refused", one)
    ]
    return (told or said.splitlines() or [""])[-1][:240]


def person(skin: str) -> Person:
    """Who knows this look."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / PROFILE).write_bytes((OVERLAYS / f"{skin}.yaml").read_bytes())
        return Person(profiles.load(Path(folder)))


def main() -> int:
    """Enter here."""
    parser = argparse.ArgumentParser(prog="tests.calibration.office", description=__doc__)
    add = parser.add_argument
    add("skin")
    add("--language", default="bm")
    add("--procedures", nargs="*", default=[])
    add("--blind", action="store_true")
    add("--learnt", type=Path, help="a profile.yaml to begin with; it is written there")
    add("--no-visit", action="store_true")
    asked = parser.parse_args()
    names = asked.procedures or flows.names()

    def say(words: str) -> None:
        sys.stdout.write(f"{words}\n")
        sys.stdout.flush()

    with tempfile.TemporaryDirectory(prefix="office-") as folder:
        place = Place(Path(folder), language=asked.language, skin=asked.skin)
        try:
            office = Office(place, Blind() if asked.blind else person(asked.skin), say)
            office.kept = asked.learnt
            if asked.learnt and asked.learnt.is_file():
                office.learnt = asked.learnt.read_text("utf-8")
            began = time.monotonic()
            office.expects(names)
            say(f"expected in {time.monotonic() - began:.0f} s")
            if not asked.no_visit:
                office.visits()
            all_ = []
            for name in names:
                all_.append(office.files(name))
                say(json.dumps(all_[-1].__dict__, ensure_ascii=False))
            filed, wrong = sum(one.filed for one in all_), sum(len(one.wrong) for one in all_)
            say(f"filed {filed} of {len(all_)} procedures, {wrong} wrong filings; "
                f"{office.taken} lines, {office.person.asked} questions, "
                f"{(time.monotonic() - began) / 60:.0f} minutes")  # fmt: skip
            if isinstance(office.person, Person):
                say(
                    f"typed {office.person.typed}; no answer to {sorted(set(office.person.silent))}"
                )
            return int(bool(wrong) or filed < len(all_))
        finally:
            place.close()


if __name__ == "__main__":
    sys.exit(main())
