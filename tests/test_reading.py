"""The border to the libraries that read a person's files."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from rpa.errors import ConfigInvalid, JobInvalid, Words
from rpa.jobs import check, read_bytes, unchanged
from rpa.jobs.places import Unfit
from rpa.reading import Reason, Unreadable, contents, reading
from tests.jobs import build

if TYPE_CHECKING:
    from pathlib import Path


class PanicException(BaseException):
    """As a library written in Rust ends; it is no Exception."""


class Odd(Exception):
    """What nobody has thought of."""


WORDS = Words("x", "x")
LONG = "a" * 254


@pytest.mark.parametrize("error", [Odd, ValueError, RecursionError, OSError, PanicException])
def test_any_failure_of_a_library_is_the_reader_s_error(error: type[BaseException]) -> None:
    """Also the one that nobody has named; its own words, which may hold a person, do not travel."""
    with pytest.raises(ConfigInvalid) as told, reading(lambda _: ConfigInvalid(WORDS)):
        raise error("canary")
    assert told.value.__cause__ is None
    assert told.value.__suppress_context__


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, MemoryError, GeneratorExit])
def test_what_ends_the_program_passes(error: type[BaseException]) -> None:
    """Ctrl-C is nobody's mistake in a file."""
    with pytest.raises(error), reading(lambda _: ConfigInvalid(WORDS)):
        raise error


def test_what_has_its_address_already_passes() -> None:
    """Errors of this tool, and those that the reader leaves."""
    with pytest.raises(JobInvalid), reading(lambda _: ConfigInvalid(WORDS)):
        raise JobInvalid(WORDS)
    with pytest.raises(Unfit), reading(lambda _: ConfigInvalid(WORDS), leave=(Unfit,)):
        raise Unfit("code", WORDS)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no FIFO")
def test_only_a_regular_file_of_its_size_is_read(tmp_path: Path) -> None:
    """Also where a pipe took the file's place after it was looked at."""
    path = tmp_path / "a"
    path.write_bytes(b"1234")
    assert contents(path, 4) == b"1234"
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    cases = {path: Reason.LARGE, pipe: Reason.KIND, tmp_path: Reason.KIND}
    cases |= {tmp_path / "b": Reason.MISSING, path / "b": Reason.MISSING}
    cases |= dict.fromkeys((tmp_path / (LONG * 2), tmp_path / "\0"), Reason.UNREADABLE)
    for place, reason in cases.items():
        with pytest.raises(Unreadable) as told:
            contents(place, 3)
        assert told.value.reason is reason


def test_a_name_as_long_as_a_disk_takes_is_checked(tmp_path: Path) -> None:
    """The lock file that Excel would lay beside it would have a longer one."""
    name = f"{LONG[:-4]}.csv"
    (tmp_path / name).write_text(f"{build.CSV_HEAD}\n{build.CSV_LINE}\n")
    path = build.job(tmp_path, f"{build.PLAIN}table:\n  file: {name}\n")
    assert check(path, today=build.TODAY).plan is not None
    for other in (tmp_path / LONG, tmp_path / (LONG * 2), tmp_path / "\0"):
        (problem,) = check(other, today=build.TODAY).problems
        assert problem.code.startswith("file-")
        with pytest.raises(JobInvalid):
            read_bytes(other)


def test_a_paper_that_is_gone_after_the_check_is_a_change(tmp_path: Path) -> None:
    """The run is refused in a sentence; nothing else than what was checked is filed."""
    paper = build.paper(tmp_path, "letter.pdf")
    more = "documents:\n  - {type: Others, file: letter.pdf}\n"
    path = build.job(tmp_path, build.INLINE + more)
    plan = check(path, today=build.TODAY).plan
    assert plan is not None
    assert unchanged(plan, path, None)
    shutil.move(paper, tmp_path / "moved.pdf")
    assert not unchanged(plan, path, None)
