"""Every byte of a small pack, every line of its sums and lists, is guarded, and named."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from typing import TYPE_CHECKING

import pytest

from rpa.evidence import pack
from rpa.evidence.verifier import CHAIN_FILE, FILING, SUMS
from tests.evidence.test_mutations import (
    FACTS,
    entries,
    forged,
    pack_faults,
    run_head,
    small,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rpa.evidence.folder import RunFolder

__all__ = ["small"]

BULKY = (pack.PAGE, pack.SCRIPT)  # every 16th byte of these, for they are the same in each pack


@pytest.fixture
def taken_out(small: RunFolder, tmp_path: Path) -> Path:
    """The small run's pack, out of its zip, of which its number says that it is whole."""
    place = tmp_path / "pack"
    data = pack.packed(FACTS, [pack.RunPart(small.path, run_head(small))], ())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(place)
    assert pack_faults(place, [small.head]) == []
    return place


def files(place: Path) -> list[Path]:
    return sorted(path for path in place.rglob("*") if path.is_file())


def named(place: Path, path: Path, head: str) -> bool:
    """Whether the first thing that is wrong is the file, the sums' own line about it, or a list."""
    found = pack_faults(place, [head])
    name = path.relative_to(place).as_posix()
    return any(where.startswith(name) for where, _ in found) or (path.name == SUMS and bool(found))


@pytest.mark.heavy
def test_every_byte_of_every_file_is_guarded_and_the_file_named(
    small: RunFolder, taken_out: Path
) -> None:
    counted = 0
    for path in files(taken_out):
        whole = path.read_bytes()
        for at in range(0, len(whole), 16 if path.name in BULKY else 1):
            for other in (bytes([whole[at] ^ 1]), b""):
                path.write_bytes(whole[:at] + other + whole[at + 1 :])
                assert named(taken_out, path, small.head), (path.name, at, other)
                counted += 1
        path.write_bytes(whole)
    assert counted > 5000
    assert pack_faults(taken_out, [small.head]) == []


def test_every_file_that_is_gone_or_added_is_named(small: RunFolder, taken_out: Path) -> None:
    for path in files(taken_out):
        whole = path.read_bytes()
        path.unlink()
        assert named(taken_out, path, small.head) or path.name in {SUMS, FILING, CHAIN_FILE}
        assert pack_faults(taken_out, [small.head])
        path.write_bytes(whole)
        more = path.with_name("more")
        more.write_bytes(b"")
        name = more.relative_to(taken_out).as_posix()
        assert pack_faults(taken_out, [small.head]) == [(name, "file-unlisted")]
        more.unlink()


def changed(lines: list[str]) -> Iterator[list[str]]:
    """Each line away, doubled, and changed about with the next."""
    for at in range(len(lines)):
        yield lines[:at] + lines[at + 1 :]
        yield [*lines[: at + 1], *lines[at:]]
        if at + 1 < len(lines):
            yield [*lines[:at], lines[at + 1], lines[at], *lines[at + 2 :]]


def test_every_line_of_list_and_sums_is_guarded(small: RunFolder, taken_out: Path) -> None:
    """Who makes the sums anew is found by the list, who forges the list by the number outside."""
    sums, whole = taken_out / SUMS, (taken_out / SUMS).read_text("utf-8")
    for lines in changed(whole.splitlines()):
        sums.write_text("".join(f"{line}\n" for line in lines), "utf-8", newline="")
        found = pack_faults(taken_out, [small.head])
        in_another_order = sorted(lines) == sorted(whole.splitlines())
        assert found or in_another_order, lines
    sums.write_text(whole, "utf-8", newline="")
    (chain,) = taken_out.rglob(CHAIN_FILE)
    listed = [json.dumps(one, ensure_ascii=False) for one in entries(small)]
    for lines in changed(listed):
        kept = [json.loads(line) for line in lines]
        for told in (kept, forged(kept)):
            text = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in told)
            chain.write_text(text, "utf-8", newline="")
            summed(taken_out)
            assert pack_faults(taken_out, [small.head]), lines


def summed(place: Path) -> None:
    """Sums made anew, as whoever writes a pack can."""
    sums = place / SUMS
    names = [path for path in files(place) if path != sums]
    text = "".join(
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(place).as_posix()}\n"
        for path in names
    )
    sums.write_text(text, "utf-8", newline="")
