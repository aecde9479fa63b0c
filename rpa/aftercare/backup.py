"""A copy of all that this tool keeps, that can be put back: databases as they are at one moment.

Everything in the home folder and in ``config/``. Databases come last, so that no copied folder
tells of a run that the copied ledger does not know. A program may work on them meanwhile.
"""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rpa.errors import ConfigInvalid, Words, keeping
from rpa.evidence.files import PRIVATE_FILE, PRIVATE_FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rpa.settings import Settings

DATABASE: Final = ".sqlite3"
BESIDE: Final = ("-wal", "-shm", "-journal")  # they belong to a database that is open
LOCKS: Final = ".locks"
HOME, CONFIG, LEDGER = "home", "config", f"ledger{DATABASE}"
BUSY_S: Final = 60


@dataclass(frozen=True)
class Copied:
    """Where it stands, how many files and bytes; whether the ledger stands on a server."""

    place: Path
    files: int
    size: int
    elsewhere: bool


def copy(known: Settings, folder: Path) -> Copied:
    """All of it into a new folder of this one. Raises ConfigInvalid, NotWritten."""
    home, place = known.home, folder / f"assist-rpa-{known.now():%Y-%m-%dT%H%M%S}"
    if any(place.resolve().is_relative_to(one.resolve()) for one in (home, known.config)):
        raise ConfigInvalid(INSIDE, where=str(folder))
    begun = place.with_name(f"{place.name}-incomplete")  # never taken for a copy
    with keeping(place):
        begun.mkdir(mode=PRIVATE_FOLDER, parents=True)
        sources = [(file, HOME / file.relative_to(home)) for file in _files(home)]
        config = known.config
        sources += [(file, CONFIG / file.relative_to(config)) for file in _files(config)]
        ledger = None if "://" in known.ledger else Path(known.ledger)
        if ledger and ledger.is_file() and not ledger.resolve().is_relative_to(home.resolve()):
            sources.append((ledger, Path(HOME, LEDGER)))
        sources.sort(key=lambda one: one[0].suffix == DATABASE)
        there = [name for source, name in sources if _copied(source, begun, name)]
        sizes = [(begun / name).stat().st_size for name in there]
        begun.rename(place)
    return Copied(place, len(sizes), sum(sizes), elsewhere=ledger is None)


def _files(root: Path) -> Iterator[Path]:
    """Every file below; what a link leads to is somebody else's. Raises ConfigInvalid."""
    for folder, folders, names in os.walk(root, onerror=_refused):
        folders.sort()
        for file in (Path(folder, name) for name in sorted(names)):
            passed = file.name.endswith((*BESIDE, LOCKS)) or file.parent.name.endswith(LOCKS)
            if file.is_file() and not file.is_symlink() and not passed:
                yield file


def _refused(error: OSError) -> None:
    """A folder that cannot be read is in no copy, and that is said; one that went is none."""
    if not isinstance(error, FileNotFoundError):
        raise ConfigInvalid(UNREADABLE, where=str(error.filename)) from error


def _copied(source: Path, begun: Path, name: Path) -> bool:
    """Whether it was there still: a run at work makes files and takes them away."""
    for folder in reversed(name.parents):
        (begun / folder).mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    place = begun / name
    try:
        if source.suffix == DATABASE:
            _database(source, place)
        else:
            shutil.copy2(source, place)
    except FileNotFoundError:
        return False
    except OSError as error:
        if error.filename == str(source):
            _refused(error)
        raise
    place.chmod(PRIVATE_FILE)
    return True


def _database(source: Path, place: Path) -> None:
    """As it is now, whoever writes meanwhile; and whole."""
    source.stat()  # one that went is no damaged one
    read = f"{source.resolve().as_uri()}?mode=ro"
    try:
        with (
            closing(sqlite3.connect(read, uri=True, timeout=BUSY_S)) as old,
            closing(sqlite3.connect(place)) as new,
        ):
            old.backup(new)
            told = new.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorname", "") == "SQLITE_FULL":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(place)) from error
        told = type(error).__name__
    if told != "ok":
        raise ConfigInvalid(DAMAGED, where=str(source))


INSIDE = Words(
    "Salinan itu mesti di luar folder rekod sendiri dan folder tetapan.",
    "The copy must stand outside the tool's own home folder and the settings folder.",
)
UNREADABLE = Words(
    "Ini tidak dapat dibaca, maka salinan itu tidak lengkap. Benarkan pembacaannya dan jalankan "
    "semula.",
    "This cannot be read, so that the copy would not be whole. Allow it to be read and run it "
    "again.",
)
DAMAGED = Words(
    "Pangkalan data ini tidak dapat disalin dengan utuh; simpan salinan yang terdahulu.",
    "This database cannot be copied whole; keep the copies that were made before.",
)
