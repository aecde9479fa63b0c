"""Under which licences what requirements.lock names may be used (`python -m tools.licences`).

Read from what is installed, so that it is of this system; ends with 1 where one is not allowed.
"""

from __future__ import annotations

import re
import sys
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Final

from packaging.requirements import Requirement

if TYPE_CHECKING:
    from collections.abc import Iterator

LOCK: Final = Path(__file__).parent.parent / "requirements.lock"
# Names of SPDX, and how the older classifiers of the same licences are called.
ALLOWED: Final = frozenset(
    {
        *("MIT", "MIT License", "MIT-0", "MIT-CMU", "ISC License (ISCL)"),
        *("BSD-2-Clause", "BSD-3-Clause", "BSD License"),
        *("Apache-2.0", "Apache Software License"),
        *("PSF-2.0", "Python Software Foundation License"),
        *("MPL-2.0", "Mozilla Public License 2.0 (MPL 2.0)"),
    }
)
# One that is used as it is, by its own name, and why that is fine.
BESIDE: Final = {
    "psycopg": "LGPL-3.0-only: unchanged, as a library of its own; with the extra `postgres`",
    "psycopg-binary": "the same",
    "text-unidecode": "Artistic License, one of three; comes with a test tool, is not shipped",
}


def requirements(text: str) -> Iterator[Requirement]:
    """Every package of a lock, whatever system it is for."""
    for line in text.splitlines():
        if re.match(r"[A-Za-z0-9]", line):
            yield Requirement(line.removesuffix("\\").strip())


def licence(about: metadata.PackageMetadata) -> str:
    """As its author says it: an expression, else classifiers (a choice), else the first line."""
    said = about.get_all("License-Expression", [])
    if said:
        return str(said[0])
    named = [name for name in about.get_all("Classifier", []) if name.startswith("License ::")]
    if named:
        return " OR ".join(name.split(" :: ")[-1] for name in named)
    told = next(iter(about.get_all("License", [])), "")
    return next(iter(str(told).splitlines()), "none named")


def allowed(expression: str) -> bool:
    """Each part that is demanded, one of those that are offered."""
    demanded = re.split(r"\s+AND\s+", expression)
    return all(
        any(_plain(one) in ALLOWED for one in re.split(r"\s+OR\s+", part)) for part in demanded
    )


def _plain(name: str) -> str:
    """Without the brackets of an expression; those inside a name stay."""
    return name if name in ALLOWED else name.strip("() ")


def main() -> int:
    """Print a line for each, and one at the end."""
    wrong = []
    here = [one for one in requirements(LOCK.read_text("utf-8"))
            if not one.marker or one.marker.evaluate()]  # fmt: skip
    for one in here:
        told = licence(metadata.metadata(one.name))
        good = allowed(told) or one.name in BESIDE
        sys.stdout.write(f"{one.name}{one.specifier}  {told}{'' if good else '  NOT ALLOWED'}\n")
        wrong += [] if good else [one.name]
    sys.stdout.write(f"licences: {len(here)} packages, not allowed: {', '.join(wrong) or 'none'}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
