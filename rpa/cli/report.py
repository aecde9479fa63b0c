"""`assist-rpa report`."""

from __future__ import annotations

import webbrowser
from typing import TYPE_CHECKING

from rpa import settings
from rpa.cli import console, evidence
from rpa.cli.runs import NO_FOLDER, last, named
from rpa.errors import ConfigInvalid, Words
from rpa.evidence.folder import REPORT
from rpa.reading import reading

if TYPE_CHECKING:
    from pathlib import Path


def report(run: Path | None, open_it: bool, config: Path | None) -> int:  # noqa: FBT001  Typer's option
    """Print where the report is and whether its evidence is whole; 1 when it is not."""
    known = settings.load(config=config)
    folder = named(known.runs, run).absolute() if run else last(known.runs).absolute()
    path = folder / REPORT
    with reading(lambda _: ConfigInvalid(NO_FOLDER, where=str(folder))):
        there = path.is_file()
    if not there:
        raise ConfigInvalid(
            Words("Tiada laporan dalam folder ini.", "There is no report in this folder."),
            where=str(folder),
        )
    console.out.print(str(path), markup=False)
    code = evidence.told(known, folder)
    if open_it:
        webbrowser.open(path.as_uri())
    return code
