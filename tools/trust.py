"""What `make trust` shows, one line each: it holds, and it goes red where its guard is taken away.

``python -m tools.trust``; ``python -m tools.trust evidence purge`` for those lines alone. All that
pytest said stands in ``build/trust``. Ends with 1 where anything is found, or where a test
stays green without what it is there for.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT: Final = Path(__file__).parent.parent
INTO: Final = ROOT / "build" / "trust"
PASSED: Final = re.compile(r"(\d+) passed")
GREEN, RED = 0, 1  # pytest's own


class Control(NamedTuple):
    """A guard, and the tests that must go red without it (`tests.trust.blind`)."""

    guard: str
    tests: tuple[str, ...]


class Line(NamedTuple):
    """A name, what it shows, the tests that show it, and its negative controls."""

    name: str
    shows: str
    tests: tuple[str, ...]
    controls: tuple[Control, ...] = ()


MUTATIONS, PINS = "tests/evidence/test_mutations.py", "tests/run/test_pins.py"
APPROVAL, PURGE = "tests/run/test_approval.py", "tests/run/test_purge.py"
RETENTION, TRUTH = "tests/ledger/test_retention.py", "tests/run/test_truth.py"
ATTACKS, SEARCH = "tests/trust/test_attacks.py", "tests/trust/test_search.py"
STAMPS, SUPPLY = "tests/evidence/test_timestamp.py", "tests/test_supply.py"
LINES: Final = (
    Line(
        "canaries",
        "no secret anywhere, persons only where docs/privacy.md says, a purged one nowhere",
        (SEARCH, "tests/trust/test_canaries.py"),
        (Control("tests.trust.search:Search._in=set()", (SEARCH,)),
         Control("tests.trust.search:unwrapped=()", (SEARCH,)),
         Control("tests.trust.places:faults=[]", (SEARCH,))),
    ),
    Line(
        "evidence",
        "each byte, line and file of a folder and of a pack: changed, gone, added, forged",
        (MUTATIONS, "tests/trust/test_pack.py", "tests/cli/test_evidence.py", STAMPS),
        (*(Control(f"rpa.evidence.verifier:{name}=()", (MUTATIONS,))
           for name in ("fault_of", "_lines", "_ends", "_sums")),
         Control("rpa.evidence.timestamp:checked=([], [])", (STAMPS,))),
    ),
    Line(
        "approval",
        "each way in which one person tried to give it alone",
        (ATTACKS, PINS, APPROVAL, "tests/run/test_approved.py"),
        (Control("rpa.engine.pins:require", (ATTACKS,)),
         Control("rpa.engine.approval:Permit.fault", (ATTACKS,))),
    ),
    Line(
        "purge",
        "what went is in no byte any more, what stays still verifies, nobody is filed twice for it",
        (PURGE, "tests/cli/test_purge.py", RETENTION, "tests/ledger/test_privacy.py"),
        (Control("rpa.aftercare.purge:_remove_folder", (PURGE,)),
         Control("rpa.aftercare.purge:_is_whole=True", (PURGE,)),
         Control("rpa.aftercare.retention:_blank_records=0", (RETENTION,))),
    ),
    Line(
        "ledger",
        "rows, log and whole ledgers that another program wrote are told",
        (TRUTH, "tests/cli/test_verify.py"),
        (Control("rpa.engine.truth:verify=[]", (TRUTH,)),),
    ),
    Line(
        "licences",
        "of what is installed, each allowed",
        (f"{SUPPLY}::test_what_is_installed_may_be_used",
         f"{SUPPLY}::test_a_package_under_another_licence_is_found"),
        (Control("tools.licences:allowed=True", (SUPPLY,)),),
    ),
    Line(
        "sbom",
        "names each locked package with its version and its hashes, and no other",
        (f"{SUPPLY}::test_the_list_of_parts_is_compared_with_the_lock",),
        (Control("tools.sbom:faults=[]", (SUPPLY,)),),
    ),
    Line(
        "wheel",
        "built twice to the same bytes",
        (f"{SUPPLY}::test_the_wheel_is_built_twice_to_the_same_bytes",),
        (Control("tools.wheel:digests=['one']", (SUPPLY,)),),
    ),
)  # fmt: skip


def asked(name: str, tests: Sequence[str], guard: str = "") -> tuple[int, str]:
    """Pytest's exit code for these tests, and all that it said; written down as well."""
    command = [sys.executable, "-m", "pytest", "-q", "-m", "heavy or not heavy"]
    blind = ["-x", "-p", "tests.trust.blind"] if guard else []
    env = {**os.environ, "TRUST_BLIND": guard, "TRUST_REPORT": str(INTO / f"{name}.told")}
    done = subprocess.run(  # noqa: S603  this project's own tests
        [*command, *blind, *tests], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    said = done.stdout + done.stderr
    with (INTO / f"{name}.txt").open("a", encoding="utf-8") as file:
        file.write(f"--- {guard or 'whole'}\n{said}\n")
    return done.returncode, said


def told(line: Line) -> tuple[bool, str]:
    """Whether it holds and its controls go red, and the line about it."""
    (INTO / f"{line.name}.txt").unlink(missing_ok=True)
    report = INTO / f"{line.name}.told"  # what a test has to say in figures
    report.unlink(missing_ok=True)
    began = time.monotonic()
    code, said = asked(line.name, line.tests)
    blind = [c.guard for c in line.controls if asked(line.name, c.tests, c.guard)[0] != RED]
    passed = (PASSED.findall(said) or ["0"])[-1]
    words = [f"{passed} tests"]
    words += report.read_text("utf-8").splitlines() if report.is_file() else []
    words += [f"{len(line.controls)} negative controls red"] if not blind else []
    words += ["FOUND SOMETHING"] if code != GREEN else []
    words += [f"STAYS GREEN WITHOUT {guard}" for guard in blind]
    good = code == GREEN and not blind
    end = "" if good else f": see {INTO / line.name}.txt"
    took = f"{time.monotonic() - began:.0f} s"
    return good, f"{line.name}: {line.shows}: {', '.join([*words, took])}{end}"


def main(names: Sequence[str]) -> int:
    """Each line, to the last one, whatever was found before."""
    INTO.mkdir(parents=True, exist_ok=True)
    good = True
    for line in LINES:
        if not names or line.name in names:
            holds, said = told(line)
            good &= holds
            sys.stdout.write(f"{'ok' if holds else 'NOT OK':6} {said}\n")
            sys.stdout.flush()
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
