"""Whether a list of parts (CycloneDX) is what requirements.lock says (`python -m tools.sbom FILE`).

Each locked package with its version and every hash, and no other; ends with 1 where it is not so.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from tools.licences import LOCK

HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
NAME = re.compile(r"([A-Za-z0-9][\w.-]*)==(\S+)")


def locked(text: str) -> dict[str, frozenset[str]]:
    """``name==version`` with its hashes."""
    found = {}
    for block in re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE):
        if match := NAME.match(block):
            found["==".join(match.groups())] = frozenset(HASH.findall(block))
    return found


def listed(sbom: dict[str, Any]) -> dict[str, frozenset[str]]:
    """The same of a list of parts."""
    return {
        f"{one['name']}=={one['version']}": frozenset(
            told["content"]
            for reference in one.get("externalReferences", [])
            for told in reference.get("hashes", [])
        )
        for one in sbom["components"]
    }


def faults(sbom: dict[str, Any], lock: str) -> list[str]:
    """Where they differ."""
    mine, its = locked(lock), listed(sbom)
    return [
        *(f"not in the list: {name}" for name in sorted({*mine} - {*its})),
        *(f"in the list alone: {name}" for name in sorted({*its} - {*mine})),
        *(f"other hashes: {n}" for n in sorted({*mine} & {*its}) if mine[n] != its[n]),
    ]


def main(file: Path) -> int:
    """Compare, say so."""
    found = faults(json.loads(file.read_text("utf-8")), LOCK.read_text("utf-8"))
    count = len(locked(LOCK.read_text("utf-8")))
    sys.stdout.write(
        f"sbom: {file}: {count} packages, {'; '.join(found) or 'as they are locked'}\n"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
