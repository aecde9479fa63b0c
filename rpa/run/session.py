"""One signed-in browser for one portal ID: started when first needed, renewed when lost."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Self

from rpa.errors import NeedsPerson, Refused
from rpa.pages.login import LoginEmail
from rpa.portal import browser
from rpa.portal.origins import Elsewhere
from rpa.run.scratch import scratch

if TYPE_CHECKING:
    from rpa.portal.tab import Portal
    from rpa.settings import PortalId, Settings


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
