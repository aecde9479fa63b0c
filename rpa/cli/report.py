"""`assist-rpa report`."""

from __future__ import annotations

import webbrowser
from typing import TYPE_CHECKING

from rpa import settings
from rpa.cli import console, evidence
from rpa.cli.practice import newest, newest_here, to_open
from rpa.errors import ConfigInvalid, Words
from rpa.evidence.folder import REPORT
from rpa.reading import reading

if TYPE_CHECKING:
    from pathlib import Path


def report(run_folder: Path | None, open_it: bool, config: Path | None) -> int:  # noqa: FBT001  Typer's option
    """Print where the report is and whether its evidence is whole; 1 when it is not."""
    known = settings.load(config=config)
    folder = (run_folder or last(known.runs)).absolute()
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


def last(runs: Path) -> Path:
    """The last run's folder. Raises NoRun, ConfigInvalid."""
    with reading(lambda _: ConfigInvalid(NO_FOLDER, where=str(runs))):
        last = newest(runs)
    if last is None:
        raise NoRun(no_run_yet(), where=str(runs))
    return last


class NoRun(ConfigInvalid):
    """Nothing of real work is kept yet; that is no mistake of a setting."""

    next_move = Words(
        "Jalankan assist-rpa run KERJA dahulu, atau namakan folder larian: assist-rpa report "
        "FOLDER.",
        "Give assist-rpa run JOB first, or name a run's folder: assist-rpa report FOLDER.",
    )


def no_run_yet() -> Words:
    """There is no run; where those of practice are, if they stand here."""
    with reading(lambda _: ConfigInvalid(NO_FOLDER, where=".")):
        run = newest_here()
    if run is None:
        return Words(f"{NONE.bm} {APART.bm}.", f"{NONE.en} {APART.en}.")
    see = to_open(run)
    return Words(f"{NONE.bm} {APART.bm}: {see}", f"{NONE.en} {APART.en}: {see}")


NONE = Words("Belum ada larian.", "There has been no run yet.")
APART = Words(
    "Larian latihan (practise, demo) disimpan berasingan, dalam folder .practice di sebelah fail "
    "kerja atau .demo",
    "Runs of practice (practise, demo) are kept apart, in the folder .practice beside the job or "
    ".demo",
)
NO_FOLDER = Words("Folder ini tidak dapat dibaca.", "This folder cannot be read.")
