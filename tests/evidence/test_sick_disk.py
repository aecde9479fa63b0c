"""What a power cut or a full disk leaves of the evidence is read, said, and gone on with."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from rpa.errors import NotWritten
from rpa.evidence import files
from rpa.evidence.folder import RunFolder, verify
from rpa.evidence.verifier import CHAIN_FILE, Head
from tests.evidence.people import AT


def picture(folder: RunFolder, number: int) -> None:
    path = folder.picture_path(f"{number:08x}", "review")
    path.write_bytes(b"picture %d" % number)
    folder.add(path, "review", f"{number:08x}")


@pytest.fixture
def folder(tmp_path: Path) -> RunFolder:
    """Three pictures, sealed."""
    made = RunFolder.create(tmp_path / "runs", job_name="joiners", now=AT)
    for number in range(3):
        picture(made, number)
    return made


def test_a_chain_cut_at_every_byte_of_its_last_line_goes_on(folder: RunFolder) -> None:
    """The half line is told once; whatever stood before it and comes after it holds."""
    chain = folder.path / CHAIN_FILE
    whole = chain.read_bytes()
    last = whole.rindex(b"\n", 0, -1) + 1
    for n in range(last, len(whole)):
        chain.write_bytes(whole[:n])
        reopened = RunFolder.open(folder.path)
        place = reopened.path / "pictures" / "later.png"
        place.write_bytes(b"later")
        reopened.add(place, "review")
        end = Head(reopened.head, reopened.count)
        found = {problem.code for problem in verify(folder.path, end)}
        torn = last < n < len(whole) - 1
        assert found == ({"line-unreadable"} if torn else set()) | (
            {"file-unlisted"} if n < len(whole) - 1 else set()
        ), n
        place.unlink()


@pytest.mark.parametrize("refused", ["half of it", "the sync"])
def test_a_line_that_the_disk_refuses_is_taken_back(
    folder: RunFolder, monkeypatch: pytest.MonkeyPatch, refused: str
) -> None:
    """Said with the file's name; the next line follows as if nothing had been tried."""
    before = (folder.path / CHAIN_FILE).read_bytes()
    write, sync = os.write, os.fsync
    synced: list[int] = []

    def half(handle: int, line: bytes) -> int:
        return write(handle, line[: len(line) // 2])

    def full(handle: int) -> None:
        synced.append(handle)
        if len(synced) > 1:  # the picture's own comes first
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        sync(handle)

    with monkeypatch.context() as patched:
        patched.setattr(os, *(("write", half) if refused == "half of it" else ("fsync", full)))
        with pytest.raises(NotWritten) as told:
            picture(folder, 7)
    assert told.value.where.endswith("00000007-review.png")
    assert (folder.path / CHAIN_FILE).read_bytes() == before
    picture(folder, 8)
    end = Head(folder.head, folder.count)
    assert [problem.code for problem in verify(folder.path, end)] == ["file-unlisted"]


def test_a_picture_is_on_disk_before_the_line_that_speaks_of_it(
    folder: RunFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a power cut no line may vouch for a file that is not there."""
    synced: list[str] = []
    sync = os.fsync

    def noted(handle: int) -> None:
        synced.append(Path(f"/proc/self/fd/{handle}").readlink().name)
        sync(handle)

    if not Path("/proc/self/fd").is_dir():
        pytest.skip("looks into /proc")
    monkeypatch.setattr(os, "fsync", noted)
    picture(folder, 9)
    assert synced == ["00000009-review.png", CHAIN_FILE]


def test_room_is_asked_for_by_the_folder_that_lacks_it(
    folder: RunFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Named in both languages, with what is left and what is needed."""
    files.require_room(folder.path)
    monkeypatch.setattr(files, "LEAST_ROOM", 1 << 60)
    with pytest.raises(NotWritten, match="almost full") as told:
        files.require_room(folder.path)
    assert told.value.where == str(folder.path)
    assert "hampir penuh" in told.value.words.bm
