"""A table that Excel has open is told before anything is done with it."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, Any

import pytest

from rpa.jobs import files
from rpa.jobs.places import Unfit

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("owner", "code"),
    [
        ("~$joiners.xlsx", "file-open"),
        (".~lock.joiners.xlsx#", "file-open"),
        ("", "file-unreadable"),
    ],
)
def test_a_file_that_windows_does_not_give_out_says_to_close_excel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, owner: str, code: str
) -> None:
    """Only where Excel's own lock file, or LibreOffice's, stands beside it."""
    table = tmp_path / "joiners.xlsx"
    table.touch()
    if owner:
        (tmp_path / owner).touch()

    def refused(*_: Any, **__: Any) -> Any:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(os, "open", refused)
    with pytest.raises(Unfit) as told:
        files.read(table, 1000)
    assert told.value.code == code
    assert ("tutupnya" in told.value.words.bm) is bool(owner)
