"""config/ and environment as typed settings; secrets are named here, never kept here.

Order of precedence: command line, environment (``ASSIST_RPA_…``), ``config/*.yaml``, defaults.
"""

from __future__ import annotations

import os
import subprocess
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import platformdirs
import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from rpa.errors import ConfigInvalid, Words

if TYPE_CHECKING:
    from collections.abc import Callable

TIME_ZONE = ZoneInfo("Asia/Kuala_Lumpur")
M = TypeVar("M", bound=BaseModel)
EXAMPLE = "config/employers.example.yaml"


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Timeouts(_Strict):
    """How long the portal may take, in seconds. A limit, never a pause."""

    act_s: Annotated[float, Field(gt=0, description="one click or fill")] = 30
    arrive_s: Annotated[float, Field(gt=0, description="a screen")] = 60
    result_s: Annotated[float, Field(gt=0, description="the result after the last press")] = 120


class Settle(_Strict):
    """How an unknown ending is looked up: reads, the first wait and its growth."""

    reads: Annotated[int, Field(ge=2, le=20)] = 6
    first_wait_s: Annotated[float, Field(ge=0)] = 5
    growth: Annotated[float, Field(ge=1, le=4)] = 2


class Retry(_Strict):
    """How often a filing may start over before its last press."""

    attempts: Annotated[int, Field(ge=1, le=10)] = 3
    wait_s: Annotated[float, Field(ge=0)] = 5


class PortalSettings(_Strict):
    """Where the portal is and how patient to be with it (``config/portal.yaml``)."""

    address: str = "https://assist.perkeso.gov.my"
    name: Annotated[
        str | None,
        Field(description="Name in the ledger; default: host and port of the address."),
    ] = None
    login_path: str = "/employer/login"
    home_path: Annotated[
        str, Field(description="The plain address of the first screen after log-in.")
    ] = "/web/base/myassist"
    timeouts: Timeouts = Timeouts()
    settle: Settle = Settle()
    retry: Retry = Retry()
    single_press: Annotated[
        Literal["guarded", "browser"],
        Field(description="guarded: the last press is sent once, outside Chromium's own retry."),
    ] = "guarded"
    leftover_drafts: Annotated[
        Literal["remove", "continue", "stop"],
        Field(description="Our own draft of an earlier try; a picture comes first."),
    ] = "remove"
    lease_s: Annotated[float, Field(ge=5)] = 60
    headless: bool = True

    @field_validator("address")
    @classmethod
    def _origin_only(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError("an address like https://assist.perkeso.gov.my")
        if parts.scheme == "http" and parts.hostname not in {"127.0.0.1", "localhost", "::1"}:
            # A password is never typed over an open line.
            raise ValueError("http is for a portal on this machine only; use https")
        if parts.path.strip("/") or parts.query or parts.fragment or parts.username:
            raise ValueError("scheme, host and port only; paths have their own settings")
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def ledger_name(self) -> str:
        """What the ledger calls this portal; a practice portal never mixes with the real one."""
        return self.name or urlsplit(self.address).netloc


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
        except (OSError, subprocess.SubprocessError):
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
    raise ConfigInvalid(
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


class Override(_Strict):
    """A locator replaced without a release (``config/locators.yaml``)."""

    bm: str | list[str] | None = None
    en: str | list[str] | None = None
    name: str | None = None
    id: str | None = None


class Settings(_Strict):
    """Everything a run needs to know beside its job."""

    config: Path
    home: Path
    portal: PortalSettings
    browser: str | None = None
    ledger: str
    locators: dict[str, Override] = Field(default_factory=dict)
    clock: date | None = None

    def employers(self) -> Employers:
        """The portal IDs, read when they are needed: `check` needs none."""
        path = self.config / "employers.yaml"
        if not path.is_file():
            raise ConfigInvalid(
                Words(
                    f"Fail tidak ditemui. Salin {EXAMPLE} dan lengkapkan.",
                    f"The file is not there. Copy {EXAMPLE} and fill it in.",
                ),
                where=str(path),
            )
        return _load(path, Employers)

    @property
    def runs(self) -> Path:
        """Where the run folders are kept."""
        return self.home / "runs"

    def now(self) -> datetime:
        """This moment in Malaysia."""
        return datetime.now(TIME_ZONE)

    def today(self) -> date:
        """This day in Malaysia (``ASSIST_RPA_TODAY`` for drills)."""
        return self.clock or self.now().date()


def load(*, config: Path | None = None, portal: str | None = None) -> Settings:
    """Put the settings together. Raises ConfigInvalid with the file and the key."""
    env = os.environ
    folder = config or Path(env.get("ASSIST_RPA_CONFIG", "config"))
    home = Path(env.get("ASSIST_RPA_HOME") or platformdirs.user_data_path("assist-rpa"))
    given: dict[str, Any] = _read(folder / "portal.yaml") or {}
    address = portal or env.get("ASSIST_RPA_PORTAL")
    if address:
        given |= {"address": address, "name": env.get("ASSIST_RPA_PORTAL_NAME")}
    locators = _read(folder / "locators.yaml") or {}
    return _valid(
        Settings,
        {
            "config": folder,
            "home": home.absolute(),
            "portal": given,
            "browser": env.get("ASSIST_RPA_BROWSER"),
            "ledger": env.get("ASSIST_RPA_LEDGER") or str(home.absolute() / "ledger.sqlite3"),
            "locators": locators,
            "clock": env.get("ASSIST_RPA_TODAY") or None,
        },
        where=f"{folder}{os.sep}",
    )


def _load(path: Path, model: type[M]) -> M:
    return _valid(model, _read(path) or {}, where=str(path))


def _read(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigInvalid(
            Words("Fail tidak dapat dibaca.", "The file cannot be read."), where=str(path)
        ) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f"{path}:{mark.line + 1}:{mark.column + 1}" if mark else str(path)
        raise ConfigInvalid(
            Words(f"Bukan YAML: {error.problem}.", f"Not YAML: {error.problem}."), where=where
        ) from error


def _valid(model: type[M], data: Any, *, where: str) -> M:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        # Only the key and the rule: an input value may be a secret put in the wrong place.
        lines = [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
        text = "; ".join(lines)
        raise ConfigInvalid(
            Words(f"Tetapan tidak sah: {text}.", f"Settings not valid: {text}."), where=where
        ) from None
