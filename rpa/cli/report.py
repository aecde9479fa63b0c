"""`assist-rpa report`."""

from __future__ import annotations

import webbrowser
from typing import TYPE_CHECKING

from rpa import settings
from rpa.cli import console
from rpa.errors import ConfigInvalid, Severity, Words
from rpa.evidence.folder import REPORT, verify
from rpa.reading import reading

if TYPE_CHECKING:
    from pathlib import Path


def report(run_folder: Path | None, open_it: bool, config: Path | None) -> int:  # noqa: FBT001  Typer's option
    """Print where the report is and whether its evidence is whole; 1 when it is not."""
    folder = (run_folder or _last(settings.load(config=config).runs)).absolute()
    path = folder / REPORT
    with reading(lambda _: ConfigInvalid(NO_FOLDER, where=str(folder))):
        there = path.is_file()
    if not there:
        raise ConfigInvalid(
            Words("Tiada laporan dalam folder ini.", "There is no report in this folder."),
            where=str(folder),
        )
    wrong = [p for p in verify(folder) if p.severity is Severity.ERROR]
    console.problems(wrong)
    console.out.print(str(path), markup=False)
    if not wrong:
        whole = Words("Bukti lengkap dan tidak diubah.", "The evidence is whole and unchanged.")
        console.err.print(console.say(whole))
    if open_it:
        webbrowser.open(path.as_uri())
    return 1 if wrong else 0


def _last(runs: Path) -> Path:
    with reading(lambda _: ConfigInvalid(NO_FOLDER, where=str(runs))):
        folders = [path for path in runs.iterdir() if path.is_dir()] if runs.is_dir() else []
        newest = max(folders, key=lambda path: path.stat().st_mtime_ns, default=None)
    if newest is None:
        raise ConfigInvalid(
            Words("Belum ada larian.", "There has been no run yet."), where=str(runs)
        )
    return newest


NO_FOLDER = Words("Folder ini tidak dapat dibaca.", "This folder cannot be read.")
