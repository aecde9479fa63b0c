"""Log-in in two steps, with the security phrase between them (facts 2.1, 2.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rpa.errors import ConfigInvalid, NeedsPerson, Words
from rpa.pages.shell import Shell
from rpa.portal.find import Button, Control, Text, Value, Way
from rpa.portal.page import Page, whichever

if TYPE_CHECKING:
    from rpa.portal.tab import Portal


class LoginEmail(Page):
    """Step 1: the registered e-mail."""

    is_itself: ClassVar[frozenset[str]] = frozenset({"login"})

    email = Text()
    next = Button()
    landmark: ClassVar[Control] = email

    def enter(self, email: str) -> PhraseShown:
        """Type the e-mail and go on. Raises Refused for an e-mail the portal does not know."""
        self.email.stays()
        self.email.fill(email)
        self.next.click()
        return whichever(self.portal, LoginPassword, LoginPhrase)


class PhraseShown(Page):
    """The security phrase, by which a person knows that this is the portal."""

    is_itself: ClassVar[frozenset[str]] = frozenset({"login"})

    phrase = Value()

    def same_phrase(self, expected: str) -> LoginPassword:
        """Go on only with the phrase the operator knows: another one may be another's site."""
        if self.phrase.read() != expected:
            raise NeedsPerson(
                Words(
                    "Frasa keselamatan berbeza daripada yang disimpan; kata laluan tidak ditaip.",
                    "The security phrase differs from the stored one; the password was not typed.",
                )
            )
        return self.onward()

    def onward(self) -> LoginPassword:
        """To the password."""
        raise NotImplementedError


class LoginPhrase(PhraseShown):
    """The phrase, with the question whether it is one's own, before the password is asked for."""

    mine = Button()
    landmark: ClassVar[Control] = mine

    def onward(self) -> LoginPassword:
        """Yes, it is."""
        self.mine.click()
        return LoginPassword(self.portal)


class LoginPassword(PhraseShown):
    """Step 2: the security phrase, then the password."""

    password = Text()
    login = Button()
    landmark: ClassVar[Control] = password

    def onward(self) -> LoginPassword:
        """It is asked for here."""
        return self

    def lines(self) -> list[str]:
        """What the tab shows now, line by line: what is new after LOG MASUK is its answer."""
        with self.portal.doing("LoginPassword.lines"):
            return self.root.inner_text().splitlines()

    def ready(self, password: str) -> None:
        """Raise whatever would keep the password from being typed and sent, before it is."""
        self.portal.at_home()
        if not password:
            raise ConfigInvalid(Words("Kata laluan kosong.", "The password is empty."))
        self.login.ready()

    def enter(self, password: str) -> Shell:
        """Type the password into the configured host only, and arrive inside.

        Inside is where the portal's first screen comes when it is asked for: what a guest may see
        after LOG MASUK, whatever stands on it, is none.
        """
        self.portal.at_home()
        self.password.secret(password)
        with self.portal.once():  # Chromium would send it again when its answer is lost
            self.login.click()
            Inside(self.portal)
        with self.portal.doing(self.password.key):
            self.portal.screen.gone(self.password)
        self.portal.open(self.portal.settings.home_path)
        return FirstScreen(self.portal)


class Inside(Shell):
    """The screen after LOG MASUK; the password box may still be there for a moment."""

    is_itself: ClassVar[frozenset[str]] = frozenset({"login"})
    uncertain: ClassVar[bool] = True


class FirstScreen(Shell):
    """The portal's first screen, asked for by its own address."""


class SignedOut(LoginEmail):
    """The log-in page at the end of a run, which waits for it only for a moment."""

    patience: ClassVar[str] = "leave_s"


class LastScreen(Shell):
    """Where somebody signs out who does not know the address of that."""

    sign_out = Way()
    patience: ClassVar[str] = "leave_s"


def press_sign_out(portal: Portal) -> None:
    """Sign Out as a person does, in the menu of the first screen, open or folded away."""
    portal.open(portal.settings.home_path, limit_s=portal.settings.timeouts.leave_s)
    leave = LastScreen(portal).sign_out
    leave.click(leave.within_reach())
    SignedOut(portal)


def sign_out(portal: Portal) -> None:
    """Sign Out by its plain address (facts 2.5), seen by the log-in page that then comes."""
    portal.signed_in = False
    limit = portal.settings.timeouts.leave_s
    for path in (portal.settings.logout_path, portal.settings.login_path):
        portal.open(path, limit_s=limit)
    SignedOut(portal)
