"""Log-in in two steps, with the security phrase between them (facts 2.1, 2.2)."""

from __future__ import annotations

from typing import ClassVar

from rpa.errors import ConfigInvalid, NeedsPerson, Words
from rpa.pages.shell import Shell
from rpa.portal.find import Button, Control, Text, Value
from rpa.portal.page import Page

_LOGIN = "_customlogin_WAR_pksloginportlet_"


class LoginEmail(Page):
    """Step 1: the registered e-mail."""

    is_itself: ClassVar[frozenset[str]] = frozenset({"login"})

    email = Text(bm="Emel", en="Email Address", name=f"{_LOGIN}dto.login")
    next = Button(bm="SETERUSNYA", en="NEXT")
    landmark: ClassVar[Control] = email

    def enter(self, email: str) -> LoginPassword:
        """Type the e-mail and go on. Raises Refused for an e-mail the portal does not know."""
        self.email.stays()
        self.email.fill(email)
        self.next.click()
        return LoginPassword(self.portal)


class LoginPassword(Page):
    """Step 2: the security phrase, then the password."""

    is_itself: ClassVar[frozenset[str]] = frozenset({"login"})

    phrase = Value(id="securityPhrase", assumed=True)
    password = Text(bm="Kata Laluan", en="Password", name=f"{_LOGIN}dto.password")
    login = Button(bm="LOG MASUK", en="LOGIN")
    landmark: ClassVar[Control] = password

    def same_phrase(self, expected: str) -> LoginPassword:
        """Go on only with the phrase the operator knows: another one may be another's site."""
        if self.phrase.read() != expected:
            raise NeedsPerson(
                Words(
                    "Frasa keselamatan berbeza daripada yang disimpan; kata laluan tidak ditaip.",
                    "The security phrase differs from the stored one; the password was not typed.",
                )
            )
        return self

    def enter(self, password: str) -> Shell:
        """Type the password into the configured host only, and arrive inside."""
        self.portal.at_home()
        if not password:
            raise ConfigInvalid(Words("Kata laluan kosong.", "The password is empty."))
        self.password.secret(password)
        self.login.click()
        return Inside(self.portal)


class Inside(Shell):
    """The first screen after log-in; the password box may still be there for a moment."""

    is_itself: ClassVar[frozenset[str]] = frozenset({"login"})
