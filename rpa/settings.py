"""config/ and environment as typed settings; secrets are named here, never kept here.

Order of precedence: command line, environment (``ASSIST_RPA_…``), ``config/*.yaml``, defaults.
"""

from __future__ import annotations

import base64
import os
import re
import subprocess
from datetime import date, datetime, time
from functools import cached_property
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import platformdirs
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    field_validator,
    model_validator,
)

from rpa import plain_yaml
from rpa.errors import FEW, ConfigInvalid, Words
from rpa.home import require_private
from rpa.objections import Amiss, objection
from rpa.portal.profile import Profile
from rpa.portal.profile import load as load_profile
from rpa.reading import reading

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from urllib.parse import SplitResult

TIME_ZONE = ZoneInfo("Asia/Kuala_Lumpur")
M = TypeVar("M", bound=BaseModel)
EXAMPLE = "config/employers.example.yaml"
APPROVERS_EXAMPLE = "config/approvers.example.yaml"
IN_TIMERS: dict[str, bool] = {
    "ASSIST_RPA_CONFIG": True,
    "ASSIST_RPA_HOME": True,
    "ASSIST_RPA_PORTAL": True,
    "ASSIST_RPA_PORTAL_NAME": True,
    "ASSIST_RPA_LEDGER": True,
    "ASSIST_RPA_BROWSER": True,
    "ASSIST_RPA_NO_SANDBOX": True,
    "ASSIST_RPA_LANGUAGE": True,
    # A day that stands still: whoever printed a timer in a drill would file on that day for ever.
    "ASSIST_RPA_TODAY": False,
}
"""Every variable of this tool, and whether a timer carries it; else none is printed while set."""
# What else decides which PostgreSQL a ledger's URL means, and is no secret.
POSTGRES_VARIABLES = tuple(
    f"PG{name}"
    for name in (
        *("HOST", "HOSTADDR", "PORT", "DATABASE", "USER", "SERVICE"),
        *("SERVICEFILE", "PASSFILE", "OPTIONS", "SSLMODE"),
    )
)
LONGEST_APPROVAL_H = 72
LONGEST_LEASE_S = 600
ED25519_KEY_LENGTH = 32


class _Strict(BaseModel):
    # .inf seconds are no time to wait.
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Timeouts(_Strict):
    """How long the portal may take, in seconds. A limit, never a pause."""

    act_s: Annotated[float, Field(gt=0, description="one click or fill")] = 30
    arrive_s: Annotated[float, Field(gt=0, description="a screen")] = 60
    result_s: Annotated[float, Field(gt=0, description="the result after the last press")] = 120
    leave_s: Annotated[float, Field(gt=0, description="a screen of Sign Out, at the end")] = 5

    @property
    def look_s(self) -> float:
        """After so long a look that is not answered is a page that hangs."""
        return max(self.act_s, self.arrive_s)

    @property
    def hung_s(self) -> float:
        """After so long one wait is a browser that hangs: longer than any screen of these takes.

        A choice in a list of late options is the longest of them: five times ``act_s``.
        """
        return self.result_s + self.arrive_s + 4 * self.act_s


class Settle(_Strict):
    """How an unknown ending is looked up: reads, the first wait and its growth."""

    reads: Annotated[int, Field(ge=2, le=20)] = 6
    first_wait_s: Annotated[float, Field(ge=0)] = 5
    growth: Annotated[float, Field(ge=1, le=4)] = 2


class Retry(_Strict):
    """How often a filing may start over before its last press."""

    attempts: Annotated[int, Field(ge=1, le=10)] = 3
    wait_s: Annotated[float, Field(ge=0)] = 5
    log_ins: Annotated[int, Field(ge=1, le=1000, description="of one run, the first counted")] = 50


class InboxLimits(_Strict):
    """How far the inbox is looked through before a filing; beyond it a person is asked."""

    pages: Annotated[int, Field(ge=1, le=2000, description="Pages of the list.")] = 40
    opened: Annotated[
        int, Field(ge=1, le=1000, description="Open cases and drafts that are opened one by one.")
    ] = 50


# Whatever else a name may hold, none of it is a sign that Chromium's rules give a meaning.
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|[0-9A-Fa-f:]+")


def _is_plain(parts: SplitResult) -> bool:
    """Scheme, host and port, and nothing else."""
    more = parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc
    return not more and bool(_HOST.fullmatch(parts.hostname or ""))


def _origin(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise Amiss(
            "alamat seperti https://assist.perkeso.gov.my",
            "an address like https://assist.perkeso.gov.my",
        )
    if parts.scheme == "http" and parts.hostname not in {"127.0.0.1", "localhost", "::1"}:
        # A password is never typed over an open line.
        raise Amiss(
            "http hanya untuk portal pada komputer ini; gunakan https",
            "http is for a portal on this machine only; use https",
        )
    # A port out of range raises by itself; line ends and tabs are taken out before we see them.
    if not _is_plain(parts) or parts.port == 0 or not value.isprintable():
        raise Amiss(
            "skema, hos dan port sahaja; laluan ada tetapannya sendiri",
            "scheme, host and port only; paths have their own settings",
        )
    return f"{parts.scheme}://{parts.netloc}"


class Limits(_Strict):
    """How much of a portal is taken, so that none, however strange, keeps a run for ever."""

    pages: Annotated[int, Field(ge=1, description="of one listing")] = 500
    listing_s: Annotated[float, Field(gt=0, description="all pages of one listing")] = 1800
    rows: Annotated[int, Field(ge=1, description="of one table on one page")] = 20_000
    options: Annotated[int, Field(ge=1, description="of one list")] = 5_000
    elements: Annotated[int, Field(ge=1, description="of one screen")] = 500_000
    characters: Annotated[int, Field(ge=1000, description="text of one screen")] = 10_000_000
    text: Annotated[int, Field(ge=100, description="characters of one cell or value")] = 20_000
    words: Annotated[int, Field(ge=100, description="characters kept of a sentence")] = 2_000
    letters: Annotated[int, Field(ge=1, description="papers of one case")] = 20
    letter_mb: Annotated[int, Field(ge=1, description="one paper")] = 20
    letter_s: Annotated[float, Field(gt=0, description="one paper's way")] = 120


class PortalSettings(_Strict):
    """Where the portal is and how patient to be with it (``config/portal.yaml``)."""

    address: str = "https://assist.perkeso.gov.my"
    name: Annotated[
        str | None,
        Field(
            max_length=100,
            description="Name in the ledger; default: host and port of the address.",
        ),
    ] = None
    login_path: str = "/employer/login"
    logout_path: Annotated[str, Field(description="The plain address of Sign Out.")] = (
        "/c/portal/logout"
    )
    home_path: Annotated[
        str, Field(description="The plain address of the first screen after log-in.")
    ] = "/web/base/myassist"
    timeouts: Timeouts = Timeouts()
    settle: Settle = Settle()
    retry: Retry = Retry()
    limits: Limits = Limits()
    single_press: Annotated[
        Literal["guarded", "browser"],
        Field(
            description="guarded: the last press is sent once, outside Chromium's own retry. "
            "browser: Chromium may send it twice."
        ),
    ] = "guarded"
    leftover_drafts: Annotated[
        Literal["remove", "continue", "stop"],
        Field(description="Our own draft of an earlier try; a picture comes first."),
    ] = "remove"
    inbox: InboxLimits = InboxLimits()
    lease_s: Annotated[float, Field(ge=5, le=LONGEST_LEASE_S)] = 60
    headless: bool = True
    sandbox: Annotated[
        bool, Field(description="Chromium's own; off only where the system has none.")
    ] = True
    allowed_origins: Annotated[
        tuple[str, ...],
        Field(max_length=20, description="Beside the portal's own: where its pages may go."),
    ] = ()
    proxy: Annotated[
        str | None,
        Field(description="The office's way out, http://host:port; no other one is used."),
    ] = None

    @field_validator("address")
    @classmethod
    def _origin_only(cls, value: str) -> str:
        return _origin(value)

    @field_validator("allowed_origins")
    @classmethod
    def _origins_only(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(_origin, values))

    @field_validator("proxy")
    @classmethod
    def _proxy_only(cls, value: str | None) -> str | None:
        parts = urlsplit(value or "")
        if value and (parts.scheme != "http" or not parts.port or not _is_plain(parts)):
            raise Amiss(
                "proksi seperti http://proxy.office.example:8080, tanpa kata laluan",
                "a proxy like http://proxy.office.example:8080, without a password",
            )
        return value

    @field_validator("name")
    @classmethod
    def _one_line(cls, value: str | None) -> str | None:
        # It is a key of the ledger and stands on every screen.
        if value is not None and not (value == value.strip() and value.isprintable()):
            raise Amiss(*ONE_LINE)
        return value

    @property
    def live(self) -> bool:
        """Whether it may be the real one: anything that is not on this machine."""
        host = urlsplit(self.address).hostname or ""
        if host == "localhost":
            return False
        try:
            return not ip_address(host).is_loopback
        except ValueError:
            return True

    @property
    def kind(self) -> Words:
        """LIVE or PRACTICE."""
        return Words("SEBENAR", "LIVE") if self.live else Words("LATIHAN", "PRACTICE")

    @property
    def ledger_name(self) -> str:
        """What the ledger calls this portal; a practice portal never mixes with the real one."""
        return self.name or urlsplit(self.address).netloc


class Guards(_Strict):
    """How far one job may reach before a person is asked (``config/guards.yaml``)."""

    rows: Annotated[int, Field(ge=1)] = 300
    ended_share: Annotated[int, Field(ge=0, le=100, description="percent")] = 30
    ended_free: Annotated[int, Field(ge=0)] = 2
    joined_share: Annotated[int, Field(ge=0, description="percent")] = 100
    joined_free: Annotated[int, Field(ge=0)] = 25
    days_back: Annotated[int, Field(ge=0)] = 1825
    days_ahead: Annotated[int, Field(ge=0)] = 366
    unlisted: Annotated[int, Field(ge=0)] = 0
    month_change: Annotated[int, Field(ge=0, description="percent")] = 20
    month_change_free: Annotated[int, Field(ge=0)] = 2
    month_missing: Annotated[int, Field(ge=0)] = 0
    minimum_wage: Annotated[int, Field(ge=0, description="ringgit a month")] = 1700
    approval: Annotated[list[str], Field(description="Procedures that need a second person.")] = (
        Field(default_factory=list)
    )


class Retention(_Strict):
    """How long personal data is kept, at least (``config/retention.yaml``); `purge` ends it.

    Nothing goes by itself, and nothing that waits for the portal, an officer or its day.
    """

    records_days: Annotated[
        int, Field(ge=1, le=36_500, description="names and figures of filed rows, in the ledger")
    ] = 90
    rehearsals_days: Annotated[
        int, Field(ge=1, le=36_500, description="run folders of runs that sent nothing")
    ] = 30
    pictures_days: Annotated[int, Field(ge=1, le=36_500, description="pictures of screens")] = 365
    # What the law has kept is not the office's to shorten (facts 13.2).
    folders_years: Annotated[
        int, Field(ge=7, le=100, description="run folders with their letters")
    ] = 7


class Notify(_Strict):
    """Who is told when `run` or `due` has ended (``config/notify.yaml``)."""

    on_end: Annotated[
        tuple[str, ...], Field(description="The office's own command, word by word; no shell.")
    ] = ()
    on_end_s: Annotated[float, Field(gt=0, le=600)] = 30
    variables: Annotated[
        tuple[str, ...], Field(description="Environment variables that it gets; no secrets.")
    ] = ()
    alarm_after_h: Annotated[
        float, Field(gt=0, description="After so long an outage ends `run` and `due` with 17.")
    ] = 24


class Evidence(_Strict):
    """Who puts a time under the ends of the lists of evidence (``config/evidence.yaml``)."""

    timestamp: Annotated[str, Field(description="address of a time stamp authority (RFC 3161)")] = (
        ""
    )
    authority: Annotated[str, Field(description="its certificates, a PEM file in this folder")] = ""
    wait_s: Annotated[float, Field(gt=0, le=120)] = 10

    @field_validator("timestamp")
    @classmethod
    def _address(cls, value: str) -> str:
        parts = urlsplit(value)
        plain = value.isprintable() and "@" not in parts.netloc and not parts.fragment
        if value and not (parts.scheme in {"http", "https"} and parts.hostname and plain):
            raise Amiss(
                "alamat seperti https://cap-masa.example/", "an address like https://stamp.example/"
            )
        return value

    @model_validator(mode="after")
    def _both(self) -> Self:
        if bool(self.timestamp) != bool(self.authority):
            raise Amiss(
                "timestamp dan authority, kedua-duanya atau tiada",
                "timestamp and authority, both or neither",
            )
        return self


class Secret(_Strict):
    """Where a secret is: exactly one of an environment variable, the keyring, or a command."""

    env: str | None = None
    keyring: Annotated[str | None, Field(description="service/user in the desktop's keyring")] = (
        None
    )
    command: Annotated[list[str] | None, Field(description='e.g. ["op", "read", "op://…"]')] = None

    def reveal(self, what: str) -> str:
        """The secret itself. Raises ConfigInvalid, which never repeats it."""
        given = [k for k in ("env", "keyring", "command") if getattr(self, k) is not None]
        if len(given) != 1:
            raise ConfigInvalid(
                Words(
                    f"{what}: nyatakan tepat satu daripada env, keyring atau command.",
                    f"{what}: give exactly one of env, keyring or command.",
                ),
                where="config/employers.yaml",
            )
        place = f"'{given[0]}' (config/employers.yaml)"
        with reading(lambda _: _not_had(what, place, place)):
            return _revealers[given[0]](self, what)

    def _from_env(self, what: str) -> str:
        value = os.environ.get(self.env or "", "")
        return value or _absent(
            what,
            f"pemboleh ubah persekitaran {self.env}",
            f"the environment variable {self.env}",
        )

    def _from_keyring(self, what: str) -> str:
        try:
            import keyring  # noqa: PLC0415  an extra: only who uses it installs it
        except ImportError:
            return _absent(
                what,
                "keyring (pasang assist-rpa[keyring])",
                "the keyring (install assist-rpa[keyring])",
            )
        service, _, user = (self.keyring or "").partition("/")
        try:
            value = keyring.get_password(service, user)
        except keyring.errors.KeyringError:
            value = None
        return value or _absent(what, f"keyring {self.keyring}", f"the keyring at {self.keyring}")

    def _from_command(self, what: str) -> str:
        words = self.command or [""]
        try:
            done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=True)  # noqa: S603  the operator's own command from his own config
        except (OSError, ValueError, subprocess.SubprocessError):  # ValueError: no text of here
            # Its error output may hold the secret, so it is not shown.
            return _absent(what, f"arahan {words[0]}", f"the command {words[0]}")
        return done.stdout.rstrip("\r\n") or _absent(
            what, f"arahan {words[0]}", f"the command {words[0]}"
        )


_revealers = {
    "env": Secret._from_env,  # noqa: SLF001  same module
    "keyring": Secret._from_keyring,  # noqa: SLF001
    "command": Secret._from_command,  # noqa: SLF001
}


def _absent(what: str, place_bm: str, place_en: str) -> str:
    raise _not_had(what, place_bm, place_en)


def _not_had(what: str, place_bm: str, place_en: str) -> ConfigInvalid:
    return ConfigInvalid(
        Words(
            f"{what} tidak diperoleh daripada {place_bm}.",
            f"{what} could not be had from {place_en}.",
        ),
        where="config/employers.yaml",
    )


class PortalId(_Strict):
    """One log-in and the employers it holds (facts 2.4: one to many)."""

    email: str
    employers: Annotated[list[str], Field(min_length=1)]
    password: Secret
    security_phrase: Secret


class Employers(_Strict):
    """``config/employers.yaml``."""

    portal_ids: Annotated[list[PortalId], Field(min_length=1)]
    names: Annotated[
        dict[str, str], Field(description="Names of employers, by code, to be shown.")
    ] = Field(default_factory=dict)

    def holder_of(
        self,
        employer: str,
        portal_id: str | None,
        registered_by: Callable[[PortalId], bool] = lambda _: False,
    ) -> PortalId:
        """The one portal ID for this employer. Raises ConfigInvalid.

        One that registered him with this tool holds him without being told so. A new employer
        (no code) is registered by the portal ID that is named, or by the only one there is.
        """
        holders = [
            p
            for p in self.portal_ids
            if portal_id in {None, p.email}
            and (not employer or employer in p.employers or registered_by(p))
        ]
        if len(holders) == 1:
            return holders[0]
        which = "several" if holders else "none"
        words = _HOLDERS[which, bool(employer)]
        told = Words(words.bm.format(employer), words.en.format(employer))
        raise ConfigInvalid(told, where="config/employers.yaml")


Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_WEEKDAYS: dict[Weekday, Words] = {
    "monday": Words("Isnin", "Monday"),
    "tuesday": Words("Selasa", "Tuesday"),
    "wednesday": Words("Rabu", "Wednesday"),
    "thursday": Words("Khamis", "Thursday"),
    "friday": Words("Jumaat", "Friday"),
    "saturday": Words("Sabtu", "Saturday"),
    "sunday": Words("Ahad", "Sunday"),
}
ONE_LINE = "satu baris, tanpa ruang di hujungnya", "one line, without blanks around it"
_UNREADABLE = Words("Tetapan tidak dapat dibaca.", "The settings cannot be read.")
_At = tuple[int, int] | None
_DAY = Words("Tulis hari sebagai yyyy-mm-dd.", "Write the day as yyyy-mm-dd.")


def _written_day(value: object) -> object:
    """Written otherwise it may be another day: 20261128 is seconds to some."""
    if not isinstance(value, str):
        return value
    with reading(lambda _: Amiss(_DAY.bm, _DAY.en)):
        day = date.fromisoformat(value)
        if day.isoformat() != value:
            raise ValueError
    return day


Day = Annotated[date, BeforeValidator(_written_day)]
HourOfDay = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$")]


def weekday(day: date) -> Words:
    """The day's name."""
    return list(_WEEKDAYS.values())[day.weekday()]


class Window(_Strict):
    """The hours of the day, in Malaysia, in which the portal may be used: ``hh:mm`` to ``24:00``.

    The last one is outside.
    """

    opens: Annotated[HourOfDay, Field(alias="from")] = "00:00"
    closes: Annotated[HourOfDay, Field(alias="to")] = "24:00"

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.closes <= self.opens:
            raise Amiss(
                "'to' mesti selepas 'from', pada hari yang sama",
                "'to' must be later than 'from', on the same day",
            )
        return self

    def holds(self, at: time) -> bool:
        """Whether the portal may be used at this time of day."""
        return self.opens <= f"{at:%H:%M}" < self.closes


class Calendar(_Strict):
    """``config/calendar.yaml``: what `due` files by itself, and on which days and hours.

    ``jobs`` are paths or patterns of job files, absolute or beside the folder ``config``.
    """

    jobs: list[str] = Field(default_factory=list)
    holidays: dict[Day, Annotated[str, Field(min_length=1)]] = Field(default_factory=dict)
    rest_days: Annotated[set[Weekday], Field(max_length=6)] = {"saturday", "sunday"}
    window: Window = Window()
    answer_days: Annotated[
        int, Field(ge=1, le=250, description="Working days after which `due` reminds of a package.")
    ] = 10

    def closed(self, day: date) -> Words | None:
        """The holiday's name, or the rest day's; None for a working day."""
        if day in self.holidays:
            return Words.quoted(self.holidays[day])
        name = list(_WEEKDAYS)[day.weekday()]
        return _WEEKDAYS[name] if name in self.rest_days else None


_HOLDERS = {
    ("several", True): Words(
        "Majikan {} ada pada beberapa ID portal; nyatakan portal_id.",
        "Employer {} stands under several portal IDs; give portal_id.",
    ),
    ("several", False): Words(
        "Ada beberapa ID portal; nyatakan portal_id dalam kerja.",
        "There are several portal IDs; give portal_id in the job.",
    ),
    ("none", True): Words("Tiada ID portal untuk majikan {}.", "No portal ID holds employer {}."),
    ("none", False): Words(
        "Tiada ID portal dengan portal_id itu.", "There is no portal ID of that portal_id."
    ),
}


class Approver(_Strict):
    """Someone whose signature under a plan counts; his private key is with him alone."""

    name: Annotated[str, Field(min_length=1, max_length=60)]
    public_key: Annotated[
        str, Field(description="As `assist-rpa approver` prints it: 32 bytes in base64.")
    ]
    users: Annotated[
        tuple[str, ...],
        Field(description="His log-ins on the computers here: nobody approves what he asked for."),
    ] = ()

    @field_validator("name")
    @classmethod
    def _one_line(cls, value: str) -> str:
        if value != value.strip() or not value.isprintable():
            raise Amiss(*ONE_LINE)
        return value

    @field_validator("public_key")
    @classmethod
    def _as_printed(cls, value: str) -> str:
        try:
            key = base64.b64decode(value, validate=True)
        except ValueError:
            key = b""
        if len(key) != ED25519_KEY_LENGTH or base64.b64encode(key).decode() != value:
            raise Amiss(
                "bukan kunci awam; salin baris yang dicetak oleh `assist-rpa approver`",
                "not a public key; copy the line that `assist-rpa approver` prints",
            )
        return value


class Approvers(_Strict):
    """``config/approvers.yaml``: who may approve, and for how many hours it holds at most."""

    approvers: Annotated[tuple[Approver, ...], Field(min_length=1)]
    hours: Annotated[int, Field(strict=True, ge=1, le=LONGEST_APPROVAL_H)] = 24

    @field_validator("approvers")
    @classmethod
    def _told_apart(cls, value: tuple[Approver, ...]) -> tuple[Approver, ...]:
        # Two names with one key, or one name with two: nobody could tell who signed.
        names = {approver.name.casefold() for approver in value}
        keys = {approver.public_key for approver in value}
        if min(len(names), len(keys)) < len(value):
            raise Amiss(
                "setiap penyelia ada nama dan kunci sendiri",
                "every approver has a name and a key of their own",
            )
        return value


class Settings(_Strict):
    """Everything a run needs to know beside its job."""

    config: Path
    home: Path
    portal: PortalSettings
    browser: str | None = None
    ledger: str
    guards: Guards = Guards()
    retention: Retention = Retention()
    notify: Notify = Notify()
    evidence: Evidence = Evidence()
    clock: date | None = None

    def employers(self) -> Employers:
        """The portal IDs, read when they are needed: `check` needs none."""
        return _demanded(self.config / "employers.yaml", Employers, EXAMPLE)

    def approvers(self) -> Approvers:
        """Who may approve, read when somebody must; there is no approval without that file."""
        return _demanded(self.config / "approvers.yaml", Approvers, APPROVERS_EXAMPLE)

    @cached_property
    def profile(self) -> Profile:
        """The portal's looks, read once: what was planned is what is run. Raises ConfigInvalid."""
        return load_profile(self.config)

    @property
    def approvals(self) -> Path:
        """Where plans wait for a second person, and where the approvals stand."""
        return self.home / "approvals"

    @property
    def calendar_file(self) -> Path:
        """Where the calendar stands; it may be missing."""
        return self.config / "calendar.yaml"

    def calendar(self) -> Calendar:
        """Days and hours for filing by date. Raises ConfigInvalid."""
        # As text: to YAML 17:30 without quotes is the number 1050, and 2026-12-25 no word.
        return _load(self.calendar_file, Calendar, texts=True)

    @property
    def runs(self) -> Path:
        """Where the run folders are kept."""
        return self.home / "runs"

    @property
    def packages(self) -> Path:
        """Where package procedures leave what a person sends."""
        return self.home / "packages"

    @property
    def register(self) -> Path:
        """The register of employees; beside the ledger, where that is a file in its usual place."""
        return self.home / "register.sqlite3"

    def now(self) -> datetime:
        """This moment in Malaysia."""
        return datetime.now(TIME_ZONE)

    def today(self) -> date:
        """This day in Malaysia (``ASSIST_RPA_TODAY`` for drills)."""
        return self.clock or self.now().date()


NO_ADDRESS = Words(
    "Portal yang mana belum dinyatakan. Untuk portal sebenar, tulis sekali dalam fail ini: "
    "address: https://assist.perkeso.gov.my",
    "Nobody has said which portal. For the live one write once into this file: "
    "address: https://assist.perkeso.gov.my",
)


def home_folder() -> Path:
    """Where ledger and runs are kept; it may not be there yet."""
    return Path(os.environ.get("ASSIST_RPA_HOME") or platformdirs.user_data_path("assist-rpa"))


def config_folder(config: Path | None = None) -> Path:
    """Where the files of config/ are looked for; it may not be there."""
    return config or Path(os.environ.get("ASSIST_RPA_CONFIG", "config"))


def load(*, config: Path | None = None, portal: str | None = None, opens: bool = False) -> Settings:
    """Put the settings together. Raises ConfigInvalid with the file and the key.

    ``opens``: for a command that opens a portal. Which one must have been said once, here, in the
    environment or in ``portal.yaml``: nobody comes to the live one because a file was missing.
    """
    env = os.environ
    folder = config_folder(config)
    home = home_folder()
    require_private(home.absolute())
    at = _portal(folder / "portal.yaml", portal)
    if opens and "address" not in at.model_fields_set:
        raise ConfigInvalid(NO_ADDRESS, where=str(folder / "portal.yaml"))
    return _valid(
        Settings,
        {
            "config": folder,
            "home": home.absolute(),
            "portal": at,
            "browser": env.get("ASSIST_RPA_BROWSER"),
            "ledger": env.get("ASSIST_RPA_LEDGER") or str(home.absolute() / "ledger.sqlite3"),
            "guards": _load(folder / "guards.yaml", Guards),
            "retention": _load(folder / "retention.yaml", Retention),
            "notify": notify(config),
            "evidence": _load(folder / "evidence.yaml", Evidence),
            "clock": _day(env.get("ASSIST_RPA_TODAY")),
        },
        where=f"{folder}{os.sep}",
    )


def notify(config: Path | None) -> Notify:
    """That file by itself, also where another one is not right. Raises ConfigInvalid."""
    return _load(config_folder(config) / "notify.yaml", Notify)


def secret_variables(config: Path | None) -> frozenset[str]:
    """The environment variables that hold a secret: portal IDs' and the ledger's, where one may.

    Raises ConfigInvalid.
    """
    file = config_folder(config) / "employers.yaml"
    ledgers = frozenset({"PGPASSWORD", "ASSIST_RPA_LEDGER"})
    if plain_yaml.read(file) is None:
        return ledgers
    holders = _demanded(file, Employers, EXAMPLE).portal_ids
    secrets = (secret for one in holders for secret in (one.password, one.security_phrase))
    return ledgers | {secret.env for secret in secrets if secret.env}


def _portal(file: Path, address: str | None) -> PortalSettings:
    """The portal of the file; a command line or the environment may name another."""
    found, env = _load(file, PortalSettings), os.environ
    wish = address or env.get("ASSIST_RPA_PORTAL")
    if env.get("ASSIST_RPA_NO_SANDBOX") == "1":
        found = found.model_copy(update={"sandbox": False})
    if not wish:
        return found
    told = found.model_dump(exclude_unset=True)
    told |= {"address": wish, "name": env.get("ASSIST_RPA_PORTAL_NAME")}
    where = "--portal" if address else "ASSIST_RPA_PORTAL, ASSIST_RPA_PORTAL_NAME"
    return _valid(PortalSettings, told, where=where)


def _day(text: str | None) -> date | None:
    """The day for drills."""
    if not text:
        return None
    with reading(lambda _: ConfigInvalid(_DAY, where="ASSIST_RPA_TODAY")):
        return TypeAdapter(Day).validate_python(text)


def _demanded(path: Path, model: type[M], example: str) -> M:
    """A file that only some commands need, and that a person writes after an example."""
    found = plain_yaml.read(path)
    if found is None:
        raise ConfigInvalid(
            Words(
                f"Fail tidak ditemui. Salin {example} dan lengkapkan.",
                f"The file is not there. Copy {example} and fill it in.",
            ),
            where=str(path),
        )
    return _valid(model, found, where=str(path), file=path)


def _load(path: Path, model: type[M], *, texts: bool = False) -> M:
    """A file that may be missing. Raises ConfigInvalid."""
    return _valid(model, plain_yaml.read(path, texts=texts) or {}, where=str(path), file=path)


def _valid(model: type[M], data: Any, *, where: str, file: Path | None = None) -> M:
    with reading(lambda error: _not_valid(model, error, where, file)):
        return model.model_validate(data)


def _not_valid(
    model: type[BaseModel], error: BaseException, where: str, file: Path | None
) -> ConfigInvalid:
    """Each objection with its key and, in a file, its line; the first one's place is the error's.

    Never the value: it may be a secret put in the wrong place.
    """
    faults = error.errors(include_url=False) if isinstance(error, ValidationError) else []
    marks = plain_yaml.read_marked(file).places if file else {}
    each = ((_at(marks, one["loc"]), one["loc"], objection(model, one)[1]) for one in faults)
    told = sorted(each, key=lambda one: one[0] or (0, 0))[:FEW]
    bm, en = [_objected(*one, "bm") for one in told], [_objected(*one, "en") for one in told]
    more = " …" if len(faults) > FEW else ""
    text = Words(" ".join(bm) + more, " ".join(en) + more)
    if told and told[0][0]:
        where = f"{where}:{told[0][0][0]}:{told[0][0][1]}"
    words = Words(f"Tetapan tidak sah. {text.bm}", f"Settings not valid. {text.en}")
    return ConfigInvalid(words if told else _UNREADABLE, where=where)


def _at(marks: Mapping[tuple[str, ...], tuple[int, int]], loc: Sequence[int | str]) -> _At:
    """Line and column of a key, or of the nearest one around it."""
    ways = [tuple(map(str, loc[:end])) for end in range(len(loc), 0, -1)]
    return next((marks[way] for way in ways if way in marks), None)


def _objected(at: _At, loc: Sequence[int | str], words: Words, language: str) -> str:
    """With the way to its key, and its line."""
    way = ".".join(plain_yaml.shown(step) for step in loc if step != "[key]")
    said = words.bm if language == "bm" else words.en
    line = {"bm": "baris", "en": "line"}[language]
    named = f"{line} {at[0]}, {way}" if at else way
    said = said if said.endswith((".", "?")) else f"{said}."
    return f"{named}: {said}" if way else said
