"""A portal ID's password: typed once, and again only when it was accepted or a person says so.

A few wrong passwords lock a portal ID, and nobody outside knows how many. So a note of it is on
disk before the password leaves (a seal of it, never the password), and only the portal's first
screen takes the note back. Whatever else comes, a refusal in whatever words, an unknown screen, no
answer, the death of this process, leaves it standing, for every run and machine that shares the
ledger: until a person has looked (`assist-rpa retry-login`) or the password is another one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from rpa.errors import NeedsPerson, UnexpectedPage, Words
from rpa.evidence.wording import shown
from rpa.ledger.records import SHORT
from rpa.portal.tab import SessionLost
from rpa.rules.choices import squeeze

if TYPE_CHECKING:
    from rpa.errors import RpaError
    from rpa.ledger.lease import Lease
    from rpa.ledger.ledger import Ledger
    from rpa.ledger.records import SignIn

MOST_WORDS = 300  # letters of what the portal said that are kept and told
HIDDEN = "…"


class NotLetIn(NeedsPerson):
    """The password was typed and nobody saw it accepted; it is not typed again by itself."""

    next_move: ClassVar[Words] = Words(
        "Log masuk sendiri dalam pelayar dan lihat apa kata portal. Kemudian betulkan kata laluan "
        "dalam tempat simpanannya, atau benarkan dengan arahan itu.",
        "Sign in by hand in a browser and see what the portal says. Then correct the password "
        "where it is kept, or allow it with that command.",
    )

    def __init__(self, number: str, ending: Words) -> None:
        command = f'assist-rpa retry-login {number} --reason "…"'
        super().__init__(
            Words(
                f"{ending.bm} Kata laluan sudah ditaip sekali dan tidak akan ditaip lagi sehingga "
                f"dibenarkan: {command}",
                f"{ending.en} The password was typed once, and is not typed again until a person "
                f"allows it: {command}",
            ),
            where="config/employers.yaml",
        )


@dataclass
class Credential:
    """The password of one portal ID, and what the ledger knows of it."""

    ledger: Ledger
    portal: str
    portal_id: str
    password: str = field(repr=False)
    secrets: tuple[str, ...] = field(repr=False)  # what stands in no message: phrase, e-mail
    digest: str = ""

    def __post_init__(self) -> None:
        self.digest = self.ledger.secret_digest(self.portal, self.portal_id, self.password)

    def check(self) -> None:
        """Raise NotLetIn when it must not be typed."""
        known = self.ledger.typed(self.digest)
        if known:
            raise _again(known)

    def typing(self, lease: Lease) -> None:
        """Write, on disk, that it leaves now. Raises NotLetIn when it must not, LeaseLost."""
        known = self.ledger.will_type(self.digest, lease, portal=self.portal, run_id=lease.holder)
        if known:
            raise _again(known)

    def accepted(self, lease: Lease) -> None:
        """The first screen has come."""
        self.ledger.was_accepted(self.digest, run_id=lease.holder)

    def ended(self, lease: Lease, error: RpaError, seen: str) -> NotLetIn:
        """Anything else has come: keep it, and give the error that ends the run."""
        ending = self._words(error, squeeze(seen))
        self.ledger.not_accepted(self.digest, ending, run_id=lease.holder)
        return NotLetIn(self.digest[:SHORT], ending)

    def _words(self, error: RpaError, seen: str) -> Words:
        """The portal's own words where it has a name for them, else what is new on the screen."""
        if not isinstance(error, UnexpectedPage | SessionLost):
            return Words(self._clean(error.words.bm), self._clean(error.words.en))
        said = self._clean(seen)
        if not said:
            return Words(
                "Selepas LOG MASUK portal tidak membuka skrin pertamanya.",
                "After LOG MASUK the portal did not open its first screen.",
            )
        return Words(
            f"Selepas LOG MASUK portal menunjukkan skrin yang tidak dikenali: '{said}'.",
            f"After LOG MASUK the portal showed a screen that is not known: '{said}'.",
        )

    def _clean(self, said: str) -> str:
        """Without secrets, should the portal repeat one, and not longer than a person reads."""
        for secret in (self.password, *self.secrets):
            said = said.replace(secret, HIDDEN)
        return said if len(said) <= MOST_WORDS else f"{said[:MOST_WORDS]}{HIDDEN}"


def _again(known: SignIn) -> NotLetIn:
    """What a run says that finds the note of an earlier one, or of another machine's."""
    at = shown(known.typed_at)
    ending = known.ending if known.ending.en else UNSEEN
    words = Words(
        f"Log masuk pada {at} tidak berjaya: {ending.bm}",
        f"The log-in of {at} did not succeed: {ending.en}",
    )
    return NotLetIn(known.number, words)


UNSEEN = Words(
    "pelaksanaan itu tamat sebelum jawapan portal dilihat.",
    "that run ended before the portal's answer was seen.",
)
