"""`assist-rpa report`."""

from __future__ import annotations

import webbrowser
from typing import TYPE_CHECKING

from rpa import settings
from rpa.cli import console
from rpa.cli.practice import newest, newest_here, to_open
from rpa.errors import ConfigInvalid, Severity, Words
from rpa.evidence.chain import REMOVED, latest, lines
from rpa.evidence.folder import REPORT, verify
from rpa.reading import Unreadable, reading

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
    console.notes(_removed(folder))
    console.out.print(str(path), markup=False)
    if not wrong:
        whole = Words("Bukti lengkap dan tidak diubah.", "The evidence is whole and unchanged.")
        console.err.print(console.say(whole))
    if open_it:
        webbrowser.open(path.as_uri())
    return 1 if wrong else 0


def _removed(folder: Path) -> list[Words]:
    """What `purge` took out of it, and when."""
    try:
        gone = [one for one in latest(lines(folder)).values() if one["kind"] in REMOVED]
    except Unreadable:
        return []
    if not gone:
        return []
    day = max(str(one["at"]) for one in gone)[:10]
    return [
        Words(
            f"{len(gone)} fail larian ini telah dipadamkan dengan sengaja (assist-rpa purge), yang "
            f"terakhir pada {day}.",
            f"{len(gone)} files of this run were removed on purpose (assist-rpa purge), the last "
            f"on {day}.",
        )
    ]


def _last(runs: Path) -> Path:
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
