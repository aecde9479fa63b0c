"""The wheel of the last commit, built twice, to the same bytes (`python -m tools.wheel FOLDER`).

The second time another folder, time zone, umask and order of sets; ends with 1 where they differ.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tarfile
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
WAYS: Final = (
    ("one", 0o022, {"TZ": "UTC", "PYTHONHASHSEED": "1"}),
    ("two/deeper", 0o077, {"TZ": "Asia/Kuala_Lumpur", "PYTHONHASHSEED": "2", "LC_ALL": "C"}),
)


def build(target: Path) -> list[Path]:
    """The wheel of the last commit, once for each way."""
    with tempfile.TemporaryDirectory() as folder:
        return [_built(Path(folder) / name, target / str(number), mask, more)
                for number, (name, mask, more) in enumerate(WAYS, 1)]  # fmt: skip


def _built(source: Path, target: Path, umask: int, more: dict[str, str]) -> Path:
    source.mkdir(parents=True)
    with tarfile.open(fileobj=BytesIO(_git("archive", "HEAD"))) as packed:
        packed.extractall(source, filter="tar")
    epoch = _git("log", "-1", "--format=%ct").decode().strip()
    subprocess.run(  # noqa: S603  this project's own build
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", target],
        cwd=source,
        env={**os.environ, **more, "SOURCE_DATE_EPOCH": epoch},
        umask=umask,
        check=True,
        capture_output=True,
    )
    (wheel,) = target.glob("*.whl")
    return wheel


def _git(*words: str) -> bytes:
    return subprocess.run(["git", *words], cwd=ROOT, check=True, capture_output=True).stdout  # noqa: S603, S607  as whoever builds has it


def digests(wheels: list[Path]) -> list[str]:
    """SHA-256 of each."""
    return [hashlib.sha256(wheel.read_bytes()).hexdigest() for wheel in wheels]


def main(target: Path) -> int:
    """Build, compare, say so."""
    wheels = build(target.absolute())
    found = digests(wheels)
    same = len(set(found)) == 1
    told = f"the same bytes twice, sha256 {found[0]}" if same else f"DIFFERENT: {' '.join(found)}"
    sys.stdout.write(f"wheel: {wheels[0]}: {told}\n")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
