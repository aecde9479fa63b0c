"""What the ledger keeps of a password: that it was typed, under a seal; and never twice."""

from __future__ import annotations

import pytest

from rpa.errors import Words
from rpa.ledger.ledger import LeaseLost, Ledger
from tests.ledger.people import PORTAL, Run

SECRET = "canary betul kuda"  # noqa: S105  nothing is kept under it
MAIL = "a@contoh.example"
ENDING = Words("Ditolak 900101-00-1234.", "Refused 900101-00-1234.")


def digest(ledger: Ledger, secret: str = SECRET, mail: str = MAIL, portal: str = PORTAL) -> str:
    return ledger.secret_digest(portal, mail, secret)


def test_a_password_is_typed_once_until_it_is_accepted_or_allowed(place: str) -> None:
    """Also when another connection asks; what was accepted may be typed again."""
    with Ledger.open(place) as ledger, Ledger.open(place) as other:
        run = Run(ledger)
        key, who = digest(ledger), {"portal": PORTAL, "run_id": run.lease.holder}
        assert ledger.will_type(key, run.lease, **who) is None
        ledger.was_accepted(key, run_id=run.lease.holder)
        assert ledger.will_type(key, run.lease, **who) is None
        found = other.typed(key)
        assert found is not None
        assert found.ending == Words("", "")
        assert other.will_type(key, run.lease, **who) == found
        ledger.was_accepted(key, run_id="another run")
        ledger.not_accepted(key, ENDING, run_id=run.lease.holder)
        (kept,) = other.sign_ins()
        assert kept.ending.en == "Refused ******-**-****."
        assert kept.number == key[:8]
        other.allow_sign_in(key, reason="seen", person="contoh")
        assert ledger.typed(key) is None
        assert ledger.will_type(key, run.lease, **who) is None
        run.lease.release()


def test_the_seal_is_of_portal_portal_id_and_secret(place: str) -> None:
    """One e-mail has one seal however it is written; another ledger has another."""
    with Ledger.open(place) as ledger:
        same = digest(ledger, mail=f" {MAIL.upper()} ")
        assert same == digest(ledger)
        others = {
            digest(ledger, secret=f"{SECRET} "),
            digest(ledger, mail="b@contoh.example"),
            digest(ledger, portal="another"),
        }
        assert len({same, *others}) == 4
        assert SECRET not in same


def test_who_lost_the_lease_types_nothing(place: str) -> None:
    """The note is written under the lease, or not at all."""
    with Ledger.open(place) as ledger:
        run = Run(ledger)
        run.lease.release()
        with Ledger.open(place) as other:
            taken = Run(other)
            with pytest.raises(LeaseLost):
                ledger.will_type(digest(ledger), run.lease, portal=PORTAL, run_id="late")
            assert other.sign_ins() == []
            taken.lease.release()
