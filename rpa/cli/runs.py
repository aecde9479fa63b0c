"""The runs of this home: which is the last, and where those of practice are."""

from __future__ import annotations

import glob
from typing import TYPE_CHECKING

from rpa.cli.practice import newest, newest_here, to_open
from rpa.errors import ConfigInvalid, Words
from rpa.evidence.folder import sanitised
from rpa.reading import reading

if TYPE_CHECKING:
    from pathlib import Path


def last(runs: Path) -> Path:
    """The last run's folder. Raises NoRun, ConfigInvalid."""
    with reading(lambda _: ConfigInvalid(NO_FOLDER, where=str(runs))):
        last = newest(runs)
    if last is None:
        raise NoRun(no_run_yet(), where=str(runs))
    return last


def named(runs: Path, run: Path) -> Path:
    """This folder; else the last run of the job of this name. Raises ConfigInvalid."""
    with reading(lambda _: ConfigInvalid(NO_FOLDER, where=str(run))):
        if run.is_dir():
            return run
        found = sorted(
            runs.glob(f"*-{glob.escape(sanitised(run.stem, otherwise='run'))}"),
            key=lambda p: p.stat().st_mtime_ns,
        )
    return found[-1] if found else run


class NoRun(ConfigInvalid):
    """Nothing of real work is kept yet; that is no mistake of a setting."""

    next_move = Words(
        "Jalankan assist-rpa run KERJA dahulu, atau namakan folder pelaksanaan: assist-rpa report "
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


NONE = Words("Belum ada pelaksanaan.", "There has been no run yet.")
APART = Words(
    "Pelaksanaan latihan (practise, demo) disimpan berasingan, dalam folder .practice di sebelah "
    "fail kerja atau .demo",
    "Runs of practice (practise, demo) are kept apart, in the folder .practice beside the job or "
    ".demo",
)
NO_FOLDER = Words("Folder ini tidak dapat dibaca.", "This folder cannot be read.")
