"""Whether a first run can work: all that it needs, looked at without signing in.

What a run does is done here by the same code, each by itself, so that one fault hides no other. A
secret is asked for and forgotten. At the portal the log-in page is opened, and nothing is typed.
"""

from __future__ import annotations

import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from rpa import flows, settings
from rpa.engine import guards, red
from rpa.engine.clock import SHOWN, SLACK, same_day
from rpa.engine.scratch import scratch
from rpa.errors import ConfigInvalid, RpaError, Words, keeping
from rpa.evidence.files import PRIVATE_FOLDER, require_room
from rpa.home import require_private
from rpa.ledger.ledger import Ledger
from rpa.pages.agreement import check_profile
from rpa.pages.login import LoginEmail
from rpa.portal import browser, letters
from rpa.portal.origins import Elsewhere
from rpa.rules import employer_code

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rpa.portal.tab import Portal
    from rpa.settings import PortalId, Settings

PROXIES: Final = ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "https_proxy", "http_proxy")
OLDEST: Final = (3, 11)  # pyproject.toml: requires-python
_MB: Final = 1 << 20
_EXAMPLE_MAIL: Final = ".example"  # a domain that nobody has


class State(StrEnum):
    """How something was found; only WRONG keeps a first run from working."""

    OK = "ok"
    LOOK = "look"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was looked at. ``error`` is what a run would end with."""

    what: Words
    state: State
    words: Words
    error: RpaError | None = None


class Doubtful(Exception):
    """It serves, and a person should look at it all the same. Caught in `_tried`."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words


Look = Callable[[], Words]


def _tried(what: Words, look: Look) -> Found:
    try:
        return Found(what, State.OK, look())
    except Doubtful as doubt:
        return Found(what, State.LOOK, doubt.words)
    except RpaError as error:
        return Found(what, State.WRONG, error.words, error)


def examine(portal: str | None, config: Path | None) -> Iterator[Found]:
    """Everything, in the order in which it is to be mended."""
    yield _tried(PYTHON, _python)
    home = _tried(HOME, _home)
    yield home
    if home.error is None:
        yield _tried(DISK, _disk)
    try:
        known = settings.load(config=config, portal=portal)
    except RpaError as error:
        if home.error is None:
            yield Found(SETTINGS, State.WRONG, error.words, error)
        yield Found(REST, State.LOOK, NOT_YET)
        return
    yield from _of_config(known)
    yield _tried(LEDGER, lambda: _ledger(known))
    yield _tried(PROXY, lambda: _proxy(known))
    yield from _at_portal(known)


# --- this machine ---


def _python() -> Words:
    version = platform.python_version()
    if sys.version_info < OLDEST:
        raise ConfigInvalid(
            Words(f"Python {version}; perlu 3.11 atau lebih baharu.",
                  f"Python {version}; 3.11 or newer is needed.")
        )  # fmt: skip
    return Words.quoted(version)


def _home() -> Words:
    """This user's own, and it can be written; made as a run would make it."""
    home = settings.home_folder().absolute()
    require_private(home)
    with keeping(home):
        home.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=home) as file:
            file.write(b"assist-rpa")
    return Words.quoted(str(home))


def _disk() -> Words:
    home = settings.home_folder().absolute()
    require_room(home)
    free = f"{shutil.disk_usage(home).free // _MB:,}"
    return Words(f"{free} MB kosong", f"{free} MB free")


def _ledger(known: Settings) -> Words:
    with Ledger.open(known.ledger) as ledger:
        waiting = ledger.sign_ins()
    if waiting:
        raise Doubtful(NOT_LET_IN)
    return Words.quoted("PostgreSQL" if "://" in known.ledger else known.ledger)


def _proxy(known: Settings) -> Words:
    if known.portal.proxy:
        return Words.quoted(known.portal.proxy)
    if found := [name for name in PROXIES if os.environ.get(name)]:
        told = ", ".join(found)
        raise Doubtful(Words(f"{told}: {PROXY_UNUSED.bm}", f"{told}: {PROXY_UNUSED.en}"))
    return NO_PROXY


# --- config/ ---


def _of_config(known: Settings) -> Iterator[Found]:
    yield _tried(SETTINGS, lambda: _guards(known))
    yield _tried(PROFILE, lambda: _profile(known))
    yield _tried(CALENDAR, lambda: _calendar(known))
    yield _tried(EMPLOYERS, lambda: _employers(known))
    yield from _secrets(known)
    yield _tried(APPROVERS, lambda: _approvers(known))


def _guards(known: Settings) -> Words:
    guards.approved(known)
    return Words.quoted(f"{known.config.absolute()}: portal.yaml, guards.yaml")


def _profile(known: Settings) -> Words:
    notes = check_profile(known, whole=True)
    if notes:
        raise Doubtful(Words("; ".join(n.bm for n in notes), "; ".join(n.en for n in notes)))
    if known.portal.live:
        of_all = [one for name in flows.names() for one in red.unconfirmed(known, name)]
        if keys := {one.key for one in of_all}:
            raise Doubtful(Words(TO_CONFIRM.bm.format(len(keys)), TO_CONFIRM.en.format(len(keys))))
    mended = len(known.profile.mendings)
    return Words(f"{mended} entri diubah", f"{mended} entries mended")


def _calendar(known: Settings) -> Words:
    calendar = known.calendar()
    if known.clock:
        raise Doubtful(DRILL)
    days = len(calendar.holidays)
    return Words(f"{days} hari cuti disenaraikan", f"{days} holidays listed")


def _employers(known: Settings) -> Words:
    """Each portal ID with its employers; a code with a fault, or under two of them, is told."""
    found = known.employers()
    where = str(known.config / "employers.yaml")
    codes = [code for one in found.portal_ids for code in one.employers]
    if known.portal.live and any(one.email.endswith(_EXAMPLE_MAIL) for one in found.portal_ids):
        raise ConfigInvalid(STILL_EXAMPLE, where=where)
    for code in dict.fromkeys(codes):
        for fault in employer_code.findings(code):
            raise Doubtful(Words(f"{code}: {fault.words.bm}", f"{code}: {fault.words.en}"))
        if codes.count(code) > 1:
            raise Doubtful(Words(f"{code}: {TWICE.bm}", f"{code}: {TWICE.en}"))
    told = len(found.portal_ids), len(codes)
    return Words(f"ID portal: {told[0]}, majikan: {told[1]}",
                 f"portal IDs: {told[0]}, employers: {told[1]}")  # fmt: skip


def _secrets(known: Settings) -> Iterator[Found]:
    """Whether each source answers; nothing where the portal IDs cannot be read, which is told."""
    try:
        holders = known.employers().portal_ids
    except ConfigInvalid:
        return
    for one in holders:
        what = Words(f"{SECRETS.bm}, {one.email}", f"{SECRETS.en}, {one.email}")
        yield _tried(what, lambda one=one: _revealed(one))  # type: ignore[misc]


def _revealed(one: PortalId) -> Words:
    one.password.reveal("password")
    one.security_phrase.reveal("security phrase")
    return ANSWERED


def _approvers(known: Settings) -> Words:
    """Needed only by some procedures; a file with a fault would stop those."""
    if not (known.config / "approvers.yaml").exists():
        raise Doubtful(NO_APPROVERS)
    names = ", ".join(one.name for one in known.approvers().approvers)
    return Words.quoted(names)


# --- browser and portal ---


def _at_portal(known: Settings) -> Iterator[Found]:
    """The browser as a run starts it, and the portal's log-in page in it."""
    elsewhere = Elsewhere()
    try:
        with scratch() as folder, browser.portal(known, folder, elsewhere) as opened:
            yield _tried(BROWSER, lambda: _browser(known))
            yield _tried(LETTERS, lambda: _letters(opened))
            yield _tried(_named(known), lambda: _portal(known, opened))
            yield _tried(CLOCK, lambda: _clock(known, opened))
    except RpaError as error:
        yield Found(BROWSER, State.WRONG, error.words, error)


def _browser(known: Settings) -> Words:
    chosen = browser.choose(known.browser)
    path, why = (str(chosen.path), chosen.why) if chosen else ("?", Words.quoted("?"))
    if without := browser.unsandboxed(known.portal):
        raise Doubtful(Words(f"{path}. {without.bm}", f"{path}. {without.en}"))
    return Words(f"{path} ({why.bm}), dengan kotak pasir", f"{path} ({why.en}), in its sandbox")


def _letters(opened: Portal) -> Words:
    if not letters.drawn(opened):
        raise ConfigInvalid(NO_LETTERS)
    return DRAWN


def _named(known: Settings) -> Words:
    """The portal as the first line of a run tells it; only its name while there is none."""
    if "address" not in known.portal.model_fields_set:
        return PORTAL
    kind, address = known.portal.kind, known.portal.address
    return Words(f"{PORTAL.bm} {kind.bm} {address}", f"{PORTAL.en} {kind.en} {address}")


def _portal(known: Settings, opened: Portal) -> Words:
    """One look at the log-in page. Raises ConfigInvalid while nobody has said which."""
    if "address" not in known.portal.model_fields_set:
        raise ConfigInvalid(settings.NO_ADDRESS, where=str(known.config / "portal.yaml"))
    opened.open(known.portal.login_path)
    LoginEmail(opened)
    return CAME


def _clock(known: Settings, opened: Portal) -> Words:
    """This computer's clock in Malaysia's zone, beside the portal's where it tells its own."""
    here = datetime.combine(known.today(), known.now().timetz())
    shown = f"{here:{SHOWN}} ({settings.TIME_ZONE})"
    if opened.clock is None:
        raise Doubtful(Words(f"{shown}; {NO_TIME.bm}", f"{shown}; {NO_TIME.en}"))
    same_day(opened.clock, known.today(), known.now())
    if abs(here - opened.clock) > SLACK:
        there = opened.clock.astimezone(settings.TIME_ZONE).strftime(SHOWN)
        raise Doubtful(Words(f"{shown}; {OFF.bm} {there}", f"{shown}; {OFF.en} {there}"))
    return Words(f"{shown}; {SAME.bm}", f"{shown}; {SAME.en}")


PYTHON = Words.quoted("Python")
HOME = Words("Folder rekod", "Home folder")
DISK = Words("Cakera", "Disk")
SETTINGS = Words("Tetapan", "Settings")
PROFILE = Words("Profil portal", "Portal profile")
CALENDAR = Words("Kalendar", "Calendar")
EMPLOYERS = Words("Majikan", "Employers")
SECRETS = Words("Kata laluan dan frasa", "Password and phrase")
APPROVERS = Words("Penyelia", "Approvers")
LEDGER = Words("Lejar", "Ledger")
PROXY = Words("Proksi", "Proxy")
BROWSER = Words("Pelayar", "Browser")
LETTERS = Words("Fon untuk gambar", "Letters in pictures")
PORTAL = Words.quoted("Portal")
CLOCK = Words("Jam", "Clock")
REST = Words("Yang lain", "The rest")
NOT_YET = Words(
    "tidak dilihat: betulkan yang di atas, kemudian jalankan semula",
    "not looked at: correct the above, then run this again",
)
NOT_LET_IN = Words(
    "kata laluan pernah ditaip dan tidak diterima: lihat assist-rpa status",
    "a password was typed and not accepted: see assist-rpa status",
)
PROXY_UNUSED = Words(
    "proksi komputer ini tidak digunakan; jika pejabat memerlukannya, nyatakan proxy dalam "
    "portal.yaml",
    "this computer's proxy is not used; if the office needs it, name it as proxy in portal.yaml",
)
NO_PROXY = Words("tiada", "none")
TO_CONFIRM = Words(
    "entri yang menentukan dan belum disahkan di portal sebenar: {}; tanpa itu tiada apa-apa "
    "difailkan (assist-rpa calibrate --confirm)",
    "entries that decide and are not confirmed at the live portal: {}; without that nothing is "
    "filed (assist-rpa calibrate --confirm)",
)
DRILL = Words(
    "ASSIST_RPA_TODAY ditetapkan: hari tidak bergerak, untuk latihan sahaja",
    "ASSIST_RPA_TODAY is set: the day stands still, which is for drills only",
)
STILL_EXAMPLE = Words(
    "Masih contoh: tulis ID portal anda, majikannya, dan di mana kata laluan disimpan.",
    "Still the example: write your portal ID, its employers, and where its password is kept.",
)
TWICE = Words(
    "ada pada beberapa ID portal; kerja mesti menyatakan portal_id",
    "stands under several portal IDs; a job must give portal_id",
)
ANSWERED = Words("diperoleh; tidak ditunjukkan atau disimpan", "there; neither shown nor kept")
NO_APPROVERS = Words(
    "tiada approvers.yaml: apa yang memerlukan penyelia tidak dapat difailkan",
    "no approvers.yaml: what needs a supervisor cannot be filed",
)
NO_LETTERS = Words(
    "Pelayar tidak melukis huruf: gambar akan kosong. Pasang fon, contohnya fonts-dejavu atau "
    "fonts-liberation.",
    "The browser draws no letters: pictures would be empty. Install fonts, such as fonts-dejavu "
    "or fonts-liberation.",
)
DRAWN = Words("ada", "drawn")
CAME = Words(
    "halaman log masuk dibuka; tiada apa-apa ditaip", "its log-in page came; nothing was typed"
)
NO_TIME = Words("jam portal tidak diketahui", "the portal's clock is not known")
OFF = Words("jam portal lain:", "the portal's clock says otherwise:")
SAME = Words("sama dengan portal", "the same as the portal's")
