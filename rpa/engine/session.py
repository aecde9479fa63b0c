"""One signed-in browser for one portal ID: started when first needed, renewed when lost."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, Self

from rpa.engine.credential import Credential
from rpa.engine.scratch import scratch
from rpa.errors import (
    NeedsPerson,
    PortalUnavailable,
    Refused,
    RpaError,
    UnexpectedPage,
    Words,
)
from rpa.pages.agreement import check_profile
from rpa.pages.login import FirstScreen, LoginEmail, press_sign_out, sign_out
from rpa.portal import browser, notice
from rpa.portal.origins import Elsewhere
from rpa.portal.tab import SessionLost, Visitor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rpa.ledger.lease import Lease
    from rpa.ledger.ledger import Ledger
    from rpa.pages.login import LoginPassword
    from rpa.portal.tab import Portal
    from rpa.settings import PortalId, Settings

LEFT = Words(
    "Sesi di portal tidak dapat ditamatkan (Sign Out); portal menamatkannya sendiri selepas 15 "
    "minit tanpa kegiatan. Tulis kata pada skrin untuk Sign Out dalam config/profile.yaml "
    "(`screens: LastScreen: sign_out`), atau alamatnya dalam config/portal.yaml (`logout_path`).",
    "The session at the portal could not be signed out; the portal ends it by itself after 15 "
    "minutes without activity. Write what the screen calls Sign Out into config/profile.yaml "
    "(`screens: LastScreen: sign_out`), or its address into config/portal.yaml (`logout_path`).",
)


class Session:
    """Log-in once per run, and Sign Out at its end; a second log-in only after the first was lost.

    ``note`` is told when a session was left behind at the portal, ``elsewhere`` of what its
    browsers asked for and did not get, and of what the portal's notices said.
    """

    def __init__(
        self,
        settings: Settings,
        portal_id: PortalId,
        ledger: Ledger,
        note: Callable[[Words], None],
        elsewhere: Elsewhere | None = None,
    ) -> None:
        self._settings = settings
        self._portal_id = portal_id
        self._open = ExitStack()
        self._portal: Portal | None = None
        self._at_home = False  # the first screen is open, and nobody has left it
        self._lease: Lease | None = None
        self._log_ins = 0
        self._doubted = False
        self._note = note
        self.visitor = Visitor()  # told of what comes
        self._left = False  # a session of this run may live on at the portal
        self.elsewhere = Elsewhere() if elsewhere is None else elsewhere
        # Asked for before a browser opens: a missing secret is known at once.
        self._phrase = portal_id.security_phrase.reveal("security phrase")
        self._credential = Credential(
            ledger,
            settings.portal.ledger_name,
            portal_id.email,
            portal_id.password.reveal("password"),
            (self._phrase, portal_id.email),
        )

    @contextmanager
    def under(self, lease: Lease) -> Iterator[Self]:
        """Nobody signs in without the lease; at its end this run is signed out."""
        self._lease = lease
        try:
            yield self
        finally:
            self.close()
            if self._left:
                self._note(LEFT)

    def portal(self) -> Portal:
        """The signed-in portal. Raises NeedsPerson, PortalUnavailable, ConfigInvalid."""
        if self._portal is None:
            self._credential.check()
            check_profile(self._settings)
            folder = self._open.enter_context(scratch())
            opened = self._open.enter_context(
                browser.portal(self._settings, folder, self.elsewhere)
            )
            self._portal = opened
            opened.visitor = self.visitor
            opened.secrets = tuple(filter(None, (self._phrase,)))
            self._sign_in(opened)
        return self._portal

    def fresh(self) -> Portal:
        """The signed-in portal at its first screen: nothing an earlier filing left is on it."""
        if self._doubted:
            self._look()
        portal = self.portal()
        if not self._at_home:
            portal.open(portal.settings.home_path)
        self._at_home = False
        return portal

    @property
    def tab(self) -> Portal:
        """What is open, whoever is signed in there or not."""
        if self._portal is None:
            raise RuntimeError("no browser is open")
        return self._portal

    @property
    def is_open(self) -> bool:
        """Whether there is a browser whose screen can be seen."""
        return self._portal is not None and not self._portal.tab.is_closed()

    @property
    def is_sound(self) -> bool:
        """Whether what an earlier step left open there can be gone on with."""
        return self.is_open and not self._doubted

    def doubt(self) -> None:
        """Something went wrong there: `fresh` looks whether the session is alive, and uses it."""
        self._doubted = True

    def close(self) -> None:
        """Sign out where that can be done, and end the browser; the next `portal()` starts another.

        No press is under way by then on this side: its guard ends with the answer or with the
        longest wait for it, and the looks at the portal's record come after that.
        """
        portal, self._portal = self._portal, None
        self._at_home = self._doubted = False
        for said in portal.notices if portal else ():
            self.elsewhere.say(notice.told(said))  # not noted: no log has a portal's words
        try:
            if portal and portal.signed_in and not self._signed_out(portal):
                self._left = True
        finally:
            self._open.close()
            self._open = ExitStack()

    def _signed_out(self, portal: Portal) -> bool:
        """Whether the log-in page came. Whoever lost the lease touches the portal no more."""
        if not self.is_held or portal.tab.is_closed():
            return False
        for leave in (sign_out, press_sign_out):
            with suppress(RpaError):
                leave(portal)
                return True
        return False

    def signs_in_with(self, text: str) -> bool:
        """Whether this holds the phrase, the password or the log-in: no word of any screen."""
        said = text.casefold()
        mine = (self._phrase, self._credential.password, self._portal_id.email)
        return any(one and one.casefold() in said for one in mine)

    @property
    def is_held(self) -> bool:
        """Whether the portal ID is still this run's."""
        return self._lease is not None and self._lease.held()

    def _look(self) -> None:
        """The session that is alive is used; a lost one is left, one that does not answer ended."""
        self._doubted = False
        portal = self._portal
        if portal is None:
            return
        try:
            portal.open(portal.settings.home_path)
            FirstScreen(portal)
        except SessionLost:
            portal.signed_in = False
            self.close()
        except (PortalUnavailable, UnexpectedPage):
            self.close()
        else:
            self._at_home = True

    def _sign_in(self, portal: Portal) -> None:
        self._count()
        portal.open(portal.settings.login_path)
        try:
            shown = LoginEmail(portal).enter(self._portal_id.email)
        except Refused as refused:
            raise NeedsPerson(refused.words, where="config/employers.yaml") from None
        page = shown.same_phrase(self._phrase)
        page.ready(self._credential.password)
        self._type(page)
        portal.signed_in = self._at_home = True

    def _type(self, page: LoginPassword) -> None:
        """The password leaves here, under a note that only the portal's first screen takes back."""
        lease = self._lease
        if lease is None:
            raise RuntimeError("nobody signs in without the lease on the portal ID")
        before = page.lines()
        self._credential.typing(lease)
        try:
            self._enter(page)
        except RpaError as error:
            raise self._credential.ended(lease, error, _new(page, before)) from None
        self._credential.accepted(lease)

    def _enter(self, page: LoginPassword) -> None:
        """Come inside; a person who is there may do what the portal asks of one on the way."""
        try:
            page.enter(self._credential.password)
        except NeedsPerson as error:
            if not self.visitor.helped(page.portal, error):
                raise
            page.portal.open(page.portal.settings.home_path)
            FirstScreen(page.portal)

    def _count(self) -> None:
        """A portal that ends every session is not signed in to for ever. Raises NeedsPerson."""
        self._log_ins += 1
        limit = self._settings.portal.retry.log_ins
        if self._log_ins > limit:
            raise NeedsPerson(
                Words(
                    f"Portal menamatkan sesi pelaksanaan ini {limit} kali.",
                    f"The portal ended this run's session {limit} times.",
                ),
                where="config/portal.yaml: retry.log_ins",
            )


def _new(page: LoginPassword, before: list[str]) -> str:
    """The lines that the portal shows only now; nothing where no screen can be read."""
    with suppress(RpaError):
        return " ".join(line for line in page.lines() if line not in before)
    return ""
