"""One signed-in browser for one portal ID: started when first needed, renewed when lost."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Self

from rpa.errors import NeedsPerson, Refused
from rpa.pages.login import LoginEmail
from rpa.portal import browser, family
from rpa.portal.origins import Elsewhere
from rpa.run.lockfile import LockFile, maker_is_dead

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rpa.portal.tab import Portal
    from rpa.settings import PortalId, Settings

# Short: a browser puts a socket beneath it, whose whole path may have 103 letters.
PREFIX, LOCK = "rpa-", "lock"


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder for what the browser puts down, removed again.

    What killed runs left is removed too: their folders, and the processes named in them.
    """
    for lock in Path(tempfile.gettempdir()).glob(f"{PREFIX}*/{LOCK}"):
        if _ours(lock.parent) and maker_is_dead(lock):
            family.end_of(lock.parent)
            shutil.rmtree(lock.parent, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    try:
        with LockFile(folder / LOCK):
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _ours(folder: Path) -> bool:
    """Whether this user made it: what another one wrote there ends no process of ours."""
    try:
        return not hasattr(os, "getuid") or folder.stat().st_uid == os.getuid()
    except OSError:
        return False  # gone meanwhile


class Session:
    """Log-in once per run; a second log-in only after the first was lost."""

    def __init__(
        self, settings: Settings, portal_id: PortalId, elsewhere: Elsewhere | None = None
    ) -> None:
        self._settings = settings
        self._portal_id = portal_id
        self._open = ExitStack()
        self._portal: Portal | None = None
        # What its browsers asked for and did not get.
        self.elsewhere = Elsewhere() if elsewhere is None else elsewhere
        # Asked for before a browser opens: a missing secret is known at once.
        self._phrase = portal_id.security_phrase.reveal("security phrase")
        self._password = portal_id.password.reveal("password")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def portal(self) -> Portal:
        """The signed-in portal. Raises NeedsPerson, Refused, PortalUnavailable, ConfigInvalid."""
        if self._portal is None:
            folder = self._open.enter_context(scratch())
            opened = self._open.enter_context(
                browser.portal(self._settings, folder, self.elsewhere)
            )
            self._portal = opened
            self._sign_in(opened)
        return self._portal

    def fresh(self) -> Portal:
        """The signed-in portal at its first screen: nothing an earlier filing left is on it."""
        portal = self.portal()
        portal.open(portal.settings.home_path)
        return portal

    @property
    def is_open(self) -> bool:
        """Whether there is a browser whose screen can be seen."""
        return self._portal is not None and not self._portal.tab.is_closed()

    def close(self) -> None:
        """End the browser; the next `portal()` starts another."""
        self._portal = None
        self._open.close()
        self._open = ExitStack()

    def _sign_in(self, portal: Portal) -> None:
        try:
            portal.open(portal.settings.login_path)
            password = LoginEmail(portal).enter(self._portal_id.email)
            password.same_phrase(self._phrase).enter(self._password)
        except Refused as refused:
            # Never tried again by itself: a few wrong passwords lock the portal ID.
            raise NeedsPerson(refused.words, where="config/employers.yaml") from None
