"""`assist-rpa purge`: what of the personal data is past its time, and its end."""

from __future__ import annotations

import getpass
import shutil
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from rpa import settings
from rpa.aftercare import purge as folders
from rpa.aftercare import retention
from rpa.aftercare.purge import Found, Gone, Kind
from rpa.cli import console
from rpa.errors import ConfigInvalid, Words, keeping
from rpa.evidence.verifier import REMOVED_BY_AGE, REMOVED_BY_REQUEST
from rpa.evidence.wording import shown
from rpa.ledger import parcels
from rpa.ledger.ledger import Ledger
from rpa.register import Register
from rpa.register.store import Purged

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from rpa.aftercare.retention import Person
    from rpa.ledger.ledger import Plain
    from rpa.settings import Settings

_say = console.say
PURGED = "purged folder"  # the event of it
_KB = 1024
_SHORTEST_NUMBER = 5
_MOST_NAMED = 5
_KINDS = {
    Kind.UNSENT: Words("pelaksanaan yang tidak menghantar apa-apa", "runs that sent nothing"),
    Kind.PICTURES: Words("pelaksanaan: gambar sahaja", "runs: their pictures alone"),
    Kind.FOLDER: Words("pelaksanaan: seluruh folder", "runs: the whole folder"),
    Kind.PERSON: Words("pelaksanaan: fail dengan orang ini", "runs: files with this person"),
}


def purge(person: str | None, even_so: bool, yes: bool, config: Path | None) -> int:  # noqa: FBT001  Typer's options
    """Show what may go; with ``yes`` it goes."""
    if even_so and person is None:
        raise ConfigInvalid(_ALONE, where="--even-so")
    known = settings.load(config=config)
    with Ledger.open(known.ledger) as ledger, folders.alone(ledger.store.lock_folder):
        if person is None:
            _by_age(known, ledger, yes=yes)
        else:
            _of_person(known, ledger, _number(person), even_so=even_so, yes=yes)
    return 0


# --- by age ---------------------------------------------------------------------------------------


def _by_age(known: Settings, ledger: Ledger, *, yes: bool) -> None:
    older = timedelta(days=known.retention.records_days)
    stale = retention.stale(ledger, older)
    found = folders.past(known.runs, ledger, known.retention, known.now())
    workers = _register(known)
    sent_by_hand = parcels.past(ledger, known.packages, known.retention, known.now())
    if stale.rows:
        _line(_ROWS, stale.rows, f"{_say(_OLDEST)} {shown(stale.since)}")
    _folders(found.gone)
    if sent_by_hand:
        oldest = min(made for _, made in sent_by_hand)
        _line(_PACKAGES, len(sent_by_hand), f"{_say(_OLDEST)} {shown(oldest)}")
    if workers.workers:
        _line(_WORKERS, workers.workers, f"{workers.entries} {_say(_ENTRIES)}")
    _kept(found, parcels.unknown(ledger, known.packages))
    if not (stale.rows or found.gone or sent_by_hand or workers.workers):
        console.out.print(_say(_NOTHING))
    elif yes:
        _note(ledger, found.gone, rows=stale.rows, entries=workers.entries)
        retention.forget(ledger, older)
        _remove(ledger, found.gone, REMOVED_BY_AGE)
        _remove_packages(ledger, [folder for folder, _ in sent_by_hand])
        _register(known, purge=True)
        console.out.print(_say(_DELETED))
    else:
        console.out.print(_say(_HOW), markup=False)


def _register(known: Settings, *, purge: bool = False) -> Purged:
    if not known.register.exists():
        return Purged(0, 0)
    with Register.open(known.register) as register:
        return register.purge(known.today()) if purge else register.past(known.today())


# --- one person -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Theirs:
    """Where one person stands."""

    number: str
    ledger: Person
    found: Found
    register: Purged


def _of_person(known: Settings, ledger: Ledger, number: str, *, even_so: bool, yes: bool) -> None:
    theirs = _where(known, ledger, number)
    gone = [*theirs.found.gone, *(theirs.found.by_law if even_so else ())]
    rows = theirs.ledger.rows - theirs.ledger.waiting
    entries = theirs.register.entries if even_so else 0
    if rows:
        _line(_ROWS, rows)
    _folders(gone)
    if entries:
        _line(_WORKERS, 1, f"{entries} {_say(_ENTRIES)}")
    _kept(theirs.found)
    if known.packages.is_dir() and any(known.packages.iterdir()):
        console.notes([_NOT_SEARCHED])
    if theirs.ledger.waiting:
        console.notes([_count(_ROWS_WAIT, theirs.ledger.waiting)])
    if not even_so:
        _told_by_law(theirs)
    if not (rows or gone or entries):
        console.out.print(_say(_NOTHING))
    elif yes:
        _note(ledger, gone, rows=rows, entries=entries, person=theirs.number)
        _end(known, ledger, theirs, gone, even_so=even_so)
        console.out.print(_say(_DELETED))
    else:
        console.out.print(_say(_HOW_PERSON), markup=False)


def _where(known: Settings, ledger: Ledger, number: str) -> _Theirs:
    in_ledger = retention.find(ledger, number)
    found = folders.of_person(known.runs, ledger, number, in_ledger.filings, known.now())
    entries = Purged(0, 0)
    if known.register.exists():
        with Register.open(known.register) as register:
            entries = register.of(number)
    return _Theirs(number, in_ledger, found, entries)


def _end(
    known: Settings, ledger: Ledger, theirs: _Theirs, gone: list[Gone], *, even_so: bool
) -> None:
    retention.forget_person(ledger, theirs.number)
    _remove(ledger, gone, REMOVED_BY_REQUEST)
    if even_so and theirs.register.entries:
        with Register.open(known.register) as register:
            register.erase(theirs.number)


def _told_by_law(theirs: _Theirs) -> None:
    """What stays, and that it does."""
    if theirs.found.by_law or theirs.register.entries:
        files = sum(len(one.files) for one in theirs.found.by_law)
        told = Words(
            _BY_LAW.bm.format(files, len(theirs.found.by_law), theirs.register.entries),
            _BY_LAW.en.format(files, len(theirs.found.by_law), theirs.register.entries),
        )
        console.notes([told])


def _number(text: str) -> str:
    """A number to look for, in one way of writing. Raises ConfigInvalid, which never repeats it."""
    if text == "-":
        console.err.print(_say(_WHOM), end=" ")
        text = sys.stdin.readline()
    number = retention.in_one_way(text)
    if len(number) < _SHORTEST_NUMBER or not number.isalnum() or number.isalpha():
        raise ConfigInvalid(_NO_NUMBER, where="--person")
    return number


# --- both -----------------------------------------------------------------------------------------


def _remove(ledger: Ledger, gone: Iterable[Gone], why: str) -> None:
    """Where each list of evidence ended before and after stands in the log: nobody forged it."""
    for one in gone:
        before, after = folders.remove(ledger, one, why)
        ends: dict[str, Plain] = {"before": before, "after": after}
        ledger.note(PURGED, {"folder": one.folder.name, "why": why, **ends})


def _remove_packages(ledger: Ledger, gone: Iterable[Path]) -> None:
    for folder in gone:
        ledger.note(PURGED, {"folder": folder.name, "why": REMOVED_BY_AGE})
        with keeping(folder):
            shutil.rmtree(folder)


def _note(ledger: Ledger, gone: list[Gone], *, rows: int, entries: int, person: str = "") -> None:
    """Before it is done: who had what taken out. A person is named by a seal."""
    whom = ledger.seal("", "", "", "forgotten", person)[:12] if person else ""
    told: dict[str, Plain] = {"rows": rows, "folders": len(gone), "entries": entries}
    ledger.note("purge", {**told, "by": getpass.getuser(), "person": whom})


def _folders(gone: Iterable[Gone]) -> None:
    gone = list(gone)
    for kind, count in Counter(one.kind for one in gone).items():
        mine = [one for one in gone if one.kind is kind]
        size = sum(one.bytes for one in mine) // _KB
        files = sum(len(one.files) for one in mine)
        counted = [f"{files} {_say(_FILES)}"] if files else []
        oldest = f"{_say(_OLDEST)} {shown(min(one.since for one in mine))}"
        _line(_KINDS[kind], count, *counted, f"{size} KB", oldest)


def _line(what: Words, count: int, *more: str) -> None:
    told = ", ".join((str(count), *more))
    console.out.print(f"{_say(what)}: {told}", markup=False)


def _kept(found: Found, packages: Sequence[str] = ()) -> None:
    """What is past its time or asked for, and stays; folders of ``packages`` that nobody noted."""
    if found.waiting:
        console.notes([_count(_WAITING, len(found.waiting))])
    if found.unknown:
        console.notes([_count(_UNKNOWN, len(found.unknown))])
    if found.broken:
        console.notes([_count(_BROKEN, len(found.broken))])
    if packages:
        more = [f"+ {len(packages) - _MOST_NAMED}"] if len(packages) > _MOST_NAMED else []
        told = _count(_NO_PACKAGE, len(packages))
        names = ", ".join([*packages[:_MOST_NAMED], *more])
        console.notes([Words(f"{told.bm} {names}", f"{told.en} {names}")])


def _count(words: Words, count: int) -> Words:
    return Words(words.bm.format(count), words.en.format(count))


_ROWS = Words(
    "baris dalam lejar (nama, nombor, gaji)", "rows in the ledger (names, numbers, wages)"
)
_PACKAGES = Words("pakej yang anda hantar sendiri", "packages that you send yourself")
_WORKERS = Words("pekerja dalam daftar pekerja", "workers in the register of employees")
_OLDEST = Words("tertua", "oldest")
_ENTRIES, _FILES = Words("catatan", "entries"), Words("fail", "files")
_NOTHING = Words("Tiada apa-apa untuk dipadamkan.", "There is nothing to delete.")
_DELETED = Words(
    "Dipadamkan. Rujukan dan kunci kekal: tiada siapa difailkan dua kali.",
    "Deleted. References and keys stay: nobody is filed twice.",
)
_HOW = Words(
    "Belum ada yang dipadamkan. Untuk memadamkannya buat selama-lamanya: assist-rpa purge --yes",
    "Nothing was deleted yet. To delete it for good: assist-rpa purge --yes",
)
_HOW_PERSON = Words(
    "Belum ada yang dipadamkan. Untuk memadamkannya buat selama-lamanya, ulangi dengan --yes.",
    "Nothing was deleted yet. To delete it for good, say it again with --yes.",
)
_WAITING = Words(
    "{} pelaksanaan dikekalkan: sedang berjalan, atau ada pemfailan yang belum pasti, belum tiba "
    "harinya atau belum diputuskan. Lihat: assist-rpa status, assist-rpa follow",
    "{} runs are kept: at work, or with a filing that is in doubt, due or not decided yet. "
    "See: assist-rpa status, assist-rpa follow",
)
_UNKNOWN = Words(
    "{} folder pelaksanaan tidak dikenali oleh lejar ini, maka tidak disentuh.",
    "{} run folders are not known to this ledger, so they were not touched.",
)
_NOT_SEARCHED = Words(
    "Pakej yang anda hantar sendiri tidak dicari: lihat folder 'packages' sendiri.",
    "The packages that you send yourself were not searched: look into the folder 'packages' "
    "yourself.",
)
_NO_PACKAGE = Words(
    "{} folder pakej tidak dikenali oleh lejar ini, maka tidak disentuh. Ia mungkin sisa "
    "pelaksanaan yang terputus, dengan data peribadi; jika tiada pelaksanaan sedang berjalan, "
    "padamkan sendiri:",
    "{} package folders are not known to this ledger, so they were not touched. A run that was cut "
    "off may have left them, with personal data; where no run is at work, delete them yourself:",
)
_BROKEN = Words(
    "{} folder pelaksanaan tidak disentuh: buktinya tidak lengkap. Lihat: assist-rpa evidence "
    "verify --all",
    "{} run folders were not touched: their evidence is not whole. See: assist-rpa evidence verify "
    "--all",
)
_ROWS_WAIT = Words(
    "{} baris dikekalkan: pemfailannya belum pasti atau sedang dijalankan.",
    "{} rows are kept: their filing is in doubt or at work.",
)
_BY_LAW = Words(
    "Kekal: {} fail dalam {} pelaksanaan yang menghantar sesuatu, dan {} catatan daftar pekerja. "
    "Undang-undang mahu daftar disimpan tujuh tahun; fail itu juga bukti bagi orang lain. Untuk "
    "memadamkannya juga: --even-so",
    "These stay: {} files in {} runs that sent something, and {} entries of the register. The law "
    "has the register kept for seven years; the files are proof for other people, too. To delete "
    "them all the same: --even-so",
)
_ALONE = Words("--even-so hanya bersama --person.", "--even-so is only for use with --person.")
_WHOM = Words("Nombor orang itu:", "The person's number:")
_NO_NUMBER = Words(
    "Tulis nombor kad pengenalan, pasport atau keselamatan sosial orang itu.",
    "Write the person's identity, passport or social security number.",
)
