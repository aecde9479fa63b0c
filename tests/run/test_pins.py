"""Whose approvals count is not the caller's to choose: each way round it that is known."""

from __future__ import annotations

import base64
import sqlite3
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rpa.engine import approval, pins
from rpa.engine.pins import NotPinned
from rpa.errors import ConfigInvalid
from rpa.ledger.ledger import Ledger
from rpa.ledger.records import PINNED
from rpa.settings import Approver, Approvers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

CLERK, BOSS, CHIEF, THIEF = "kerani", "penyelia", "pengurus", "orang.lain"
NOWHERE = Path("/no/such/place/approvers.pin")


@dataclass
class Office:
    """A ledger, and keys for whoever asks for one."""

    ledger: Ledger

    def __post_init__(self) -> None:
        self.keys: dict[str, Ed25519PrivateKey] = {}

    def key(self, name: str) -> Ed25519PrivateKey:
        return self.keys.setdefault(name, approval.new_key())

    def named(self, *names: str, hours: int = 24) -> Approvers:
        """As config/approvers.yaml would have it."""
        found = tuple(
            Approver(name=name, public_key=approval.public_text(self.key(name)), users=(name,))
            for name in names
        )
        return Approvers(approvers=found, hours=hours)

    def pin(self, known: Approvers, signer: str, at: str = CLERK, anchor: Path = NOWHERE) -> None:
        pins.pin(self.ledger, known, self.key(signer), at, anchor)

    def refusal(self, known: Approvers, anchor: Path = NOWHERE) -> str:
        """Why these do not count here, in English."""
        with pytest.raises(NotPinned) as refused:
            pins.require(self.ledger, known, anchor)
        assert refused.value.exit_code == 12
        return refused.value.words.en


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with Ledger.open(tmp_path / "ledger.sqlite3") as ledger:
        yield Office(ledger)


def test_what_an_approver_pinned_counts(office: Office) -> None:
    """And only that; of a ledger that knows nobody a run without approvals makes nothing."""
    ours = office.named(BOSS, CHIEF)
    pins.refuse_others(office.ledger, lambda: pytest.fail("nobody asks"), NOWHERE)
    assert "none were pinned" in office.refusal(ours)
    office.pin(ours, BOSS)
    pins.require(office.ledger, ours, NOWHERE)
    pins.refuse_others(office.ledger, lambda: ours, NOWHERE)


def test_a_copied_configuration_with_other_approvers_stops(office: Office) -> None:
    """Attack: a key of one's own, the folder copied, oneself named in it, --config given."""
    office.pin(office.named(BOSS), BOSS)
    thief = office.named(THIEF)
    assert "does not name the approvers pinned" in office.refusal(thief)
    with pytest.raises(NotPinned):
        pins.refuse_others(office.ledger, lambda: thief, NOWHERE)


@pytest.mark.parametrize(
    "change",
    [
        lambda office: office.named(BOSS, CHIEF, THIEF),
        lambda office: office.named(BOSS),
        lambda office: office.named(BOSS, CHIEF, hours=72),
        lambda office: with_users(office.named(BOSS, CHIEF), ("x",)),
        lambda office: with_users(office.named(BOSS, CHIEF), ()),
    ],
    ids=["one more", "one less", "hours", "another log-in", "no log-in"],
)
def test_nothing_of_the_set_changes_unseen(
    office: Office, change: Callable[[Office], Approvers]
) -> None:
    """Attack: the approver's own entry without his log-in, or one's own beside it."""
    office.pin(office.named(BOSS, CHIEF), BOSS)
    assert "does not name" in office.refusal(change(office))


def with_users(known: Approvers, users: tuple[str, ...]) -> Approvers:
    first, *others = known.approvers
    changed = first.model_copy(update={"users": users})
    return known.model_copy(update={"approvers": (changed, *others)})


def test_a_change_is_signed_by_an_approver_there_was(office: Office) -> None:
    """Attack: pinning oneself. Who goes may let another in; who went lets in nobody."""
    office.pin(office.named(BOSS), BOSS)
    for wanted in (office.named(THIEF), office.named(BOSS, THIEF)):
        with pytest.raises(NotPinned, match="not one of an approver who may"):
            office.pin(wanted, THIEF)
    pins.require(office.ledger, office.named(BOSS), NOWHERE)
    office.pin(office.named(CHIEF), BOSS)
    pins.require(office.ledger, office.named(CHIEF), NOWHERE)
    with pytest.raises(NotPinned, match="not one of an approver who may"):
        office.pin(office.named(BOSS), BOSS)


def test_the_first_set_is_signed_by_one_of_its_own_and_not_at_his_own_desk(office: Office) -> None:
    """Two people stand behind it; and nobody is pinned who could approve nothing."""
    with pytest.raises(NotPinned, match="not one of an approver"):
        office.pin(office.named(BOSS), THIEF)
    with pytest.raises(NotPinned, match="takes two people"):
        office.pin(office.named(BOSS), BOSS, at=BOSS.upper())
    with pytest.raises(ConfigInvalid, match="log-ins of penyelia"):
        office.pin(with_users(office.named(BOSS), ()), BOSS)
    assert pins.pinned(office.ledger) == []


@pytest.mark.parametrize("in_his_name", [False, True])
def test_a_pin_that_no_approver_signed_stops_everything(
    office: Office, *, in_his_name: bool
) -> None:
    """Attack: a line put into the log by another program, in one's own name or the approver's."""
    office.pin(office.named(BOSS), BOSS)
    real = pins.pinned(office.ledger)[-1]
    key = office.key(THIEF)
    public = base64.b64decode(approval.public_text(key)).hex()
    told = replace(
        real, number=2, previous=real.fingerprint, keys=public,
        signer=real.signer if in_his_name else public,
        fingerprint=pins.fingerprint(office.named(THIEF)), signature="",
    )  # fmt: skip
    forged = replace(told, signature=key.sign(told.signed).hex())
    assert office.ledger.say_next(PINNED, asdict(forged), after=1)
    for known in (office.named(THIEF), office.named(BOSS)):
        assert "was changed, or not signed" in office.refusal(known)


@pytest.mark.parametrize("data", ["{}", "null", '{"ledger": 1}', "[[[["])
def test_a_pin_that_is_none_is_a_sentence(office: Office, data: str) -> None:
    """Whatever stands there."""
    office.pin(office.named(BOSS), BOSS)
    place = office.ledger.store.place
    with sqlite3.connect(place) as conn:
        conn.execute("DROP TRIGGER events_no_update")
        conn.execute("UPDATE events SET data = ? WHERE kind = ?", (data, PINNED))
    assert "was changed, or not signed" in office.refusal(office.named(BOSS))


def test_a_pin_is_for_one_ledger(office: Office, tmp_path: Path) -> None:
    """A line that is carried into another one says nothing there."""
    office.pin(office.named(BOSS), BOSS)
    line = asdict(pins.pinned(office.ledger)[0])
    with Ledger.open(tmp_path / "other.sqlite3") as other:
        other.say_next(PINNED, line, after=0)
        with pytest.raises(NotPinned, match="not signed"):
            pins.require(other, office.named(BOSS), NOWHERE)


def test_a_fresh_ledger_does_not_get_round_what_the_administrator_laid_down(
    office: Office, tmp_path: Path
) -> None:
    """Attack: another ledger, pinned by oneself; also with the office's set pinned on the way."""
    anchor = tmp_path / "approvers.pin"
    ours, thief = office.named(BOSS), office.named(THIEF)
    anchor.write_text(f"{pins.fingerprint(ours)}\n")
    with pytest.raises(NotPinned, match="administrator"):
        office.pin(thief, THIEF, anchor=anchor)
    office.pin(thief, THIEF)  # as on a machine where nothing was laid down
    assert "administrator" in office.refusal(thief, anchor)
    office.pin(ours, THIEF, anchor=anchor)
    pins.require(office.ledger, ours, anchor)
    with pytest.raises(NotPinned, match="not one of an approver"):
        office.pin(thief, THIEF, anchor=anchor)
    office.pin(office.named(CHIEF), BOSS, anchor=anchor)
    pins.require(office.ledger, office.named(CHIEF), anchor)


@pytest.mark.parametrize("said", ["", "yes", "0" * 63, "0" * 64 + "x", "\0" * 9999])
def test_what_the_administrator_laid_down_is_never_passed_over(
    office: Office, tmp_path: Path, said: str
) -> None:
    """A file there that cannot be understood stops."""
    anchor = tmp_path / "approvers.pin"
    anchor.write_text(said)
    office.pin(office.named(BOSS), BOSS)
    with pytest.raises(ConfigInvalid, match="one fingerprint"):
        pins.require(office.ledger, office.named(BOSS), anchor)
    assert not pins.anchored([], NOWHERE)


def test_the_latest_moment_is_that_of_the_log_since_an_approver_signed(office: Office) -> None:
    """Attack: the clock set back. And a clock that was once wrong in the future is got over."""
    later = "2126-01-01T00:00:00.000Z"
    office.ledger.start_run("a", job_digest="", folder="")
    with sqlite3.connect(office.ledger.store.place) as conn:
        conn.execute("DROP TRIGGER events_no_update")
        conn.execute("UPDATE events SET at = ?", (later,))
    assert office.ledger.seen().year == 2126
    office.pin(office.named(BOSS), BOSS)
    assert office.ledger.seen().year < 2126
    office.ledger.start_run("b", job_digest="", folder="")
    assert office.ledger.seen().year < 2126
