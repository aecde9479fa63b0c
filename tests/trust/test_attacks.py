"""Each way in which one person tried to give an approval alone, in one list; none is permitted.

The two gates as a run passes them: whose approvals count (`pins.require`), and whether this plan's
approval holds (`Approvals.permit`). By the real command the same: `tests/run/test_approved.py`.
"""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import yaml

from rpa import settings
from rpa.engine import approval, pins
from rpa.engine.approval import LONGEST, Approvals
from rpa.errors import NeedsApproval
from rpa.ledger.ledger import Ledger
from rpa.ledger.records import PINNED
from tests.run.test_approval import NOON, PROPOSAL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from rpa.engine.approval import Permit

BOSS, CLERK = "penyelia", "kerani"  # CLERK runs the jobs; no approver's key is theirs


@dataclass
class Machine:
    """A clerk's machine, on which an approver has pinned the set; what the clerk may change."""

    folder: Path
    ledger: Ledger

    def __post_init__(self) -> None:
        self.config, self.anchor = self.folder / "config", self.folder / "approvers.pin"
        self.clock = self.seen = NOON
        self.key, self.boss = approval.new_key(), approval.new_key()
        self.named(self.config, BOSS, self.boss)
        pins.pin(self.ledger, self.known, self.boss, CLERK, self.anchor)
        self.plan = self.approvals().propose(PROPOSAL, CLERK)

    def named(self, config: Path, name: str, key: Ed25519PrivateKey) -> None:
        """The set of one, written into a configuration."""
        config.mkdir(exist_ok=True)
        told = {"name": name, "public_key": approval.public_text(key), "users": [name]}
        (config / "approvers.yaml").write_text(yaml.safe_dump({"approvers": [told], "hours": 24}))

    @property
    def known(self) -> settings.Approvers:
        return settings.load(config=self.config).approvers()

    def approvals(self) -> Approvals:
        place = self.folder / "approvals"
        known = self.known.approvers
        return Approvals(place, known, lambda: self.clock, LONGEST, seen=self.seen)

    def sign(self, key: Ed25519PrivateKey) -> None:
        self.approvals().sign(self.plan, key, 24)

    def run(self) -> Permit:
        """As a run passes both gates. Raises NeedsApproval."""
        pins.require(self.ledger, self.known, self.anchor)
        return self.approvals().permit(PROPOSAL)


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    with Ledger.open(tmp_path / "ledger.sqlite3") as ledger:
        made = Machine(tmp_path, ledger)
        yield made
        made.ledger.close()  # maybe another one


def own_key(machine: Machine) -> None:
    """A key of one's own, and its signature under the plan."""
    signed_as(machine, "lain")


def signed_as(machine: Machine, name: str) -> None:
    """An approval as the tool writes it for somebody of this name, by the clerk's own key."""
    public = approval.public_text(machine.key)
    other = (settings.Approver(name=name, public_key=public, users=("lain",)),)
    place = machine.folder / "approvals"
    Approvals(place, other, lambda: NOON, LONGEST).sign(machine.plan, machine.key, 24)


def own_key_in_the_approvers_name(machine: Machine) -> None:
    signed_as(machine, BOSS)


def copied_folder(machine: Machine) -> None:
    """The configuration copied, oneself named in it, ``--config`` given."""
    copy = machine.folder / "copied"
    shutil.copytree(machine.config, copy)
    machine.named(copy, "lain", machine.key)
    machine.config = copy
    machine.sign(machine.key)


def named_himself(machine: Machine) -> None:
    """In the file itself, in the approver's place."""
    machine.named(machine.config, "lain", machine.key)
    machine.sign(machine.key)


def other_ledger(machine: Machine) -> None:
    """One that knows nobody, though the plan is well approved."""
    machine.sign(machine.boss)
    machine.ledger = Ledger.open(machine.folder / "other.sqlite3")


def other_ledger_of_ones_own(machine: Machine) -> None:
    """A new one, in which one pins oneself; an administrator has laid down the set."""
    machine.anchor.write_text(pins.fingerprint(machine.known))
    other_ledger(machine)
    named_himself(machine)
    pins.pin(machine.ledger, machine.known, machine.key, CLERK, machine.folder / "nowhere")


def expired(machine: Machine) -> None:
    machine.sign(machine.boss)
    machine.clock += timedelta(hours=24)


def expired_and_the_clock_set_back(machine: Machine) -> None:
    """The ledger has seen the moment at which it ended."""
    machine.sign(machine.boss)
    machine.seen = NOON + timedelta(hours=24)


def pins_replaced(machine: Machine) -> None:
    """By SQL: every pin taken out, oneself pinned; an administrator has laid down the set."""
    machine.anchor.write_text(pins.fingerprint(machine.known))
    with sqlite3.connect(machine.ledger.store.place) as base:
        for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            base.execute(f'DROP TRIGGER "{name}"')
        base.execute("DELETE FROM events WHERE kind = ?", (PINNED,))
    named_himself(machine)
    pins.pin(machine.ledger, machine.known, machine.key, CLERK, machine.folder / "nowhere")


def pin_edited(machine: Machine) -> None:
    """By SQL: one's own set's fingerprint and key in the approver's pin."""
    (before,) = pins.pinned(machine.ledger)
    named_himself(machine)
    mine = pins.fingerprint(machine.known)
    with sqlite3.connect(machine.ledger.store.place) as base:
        for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            base.execute(f'DROP TRIGGER "{name}"')
        base.execute(
            "UPDATE events SET data = replace(data, ?, ?) WHERE kind = ?",
            (before.fingerprint, mine, PINNED),
        )


def asked_for_it_himself(machine: Machine) -> None:
    """The approver ran it alone."""
    shutil.rmtree(machine.folder / "approvals")
    machine.plan = machine.approvals().propose(PROPOSAL, BOSS)
    machine.sign(machine.boss)


ATTACKS: dict[Callable[[Machine], None], str] = {
    own_key: "not known any more",
    own_key_in_the_approvers_name: "changed after it was signed, or the approver has another key",
    copied_folder: "does not name the approvers pinned",
    named_himself: "does not name the approvers pinned",
    other_ledger: "none were pinned",
    other_ledger_of_ones_own: "administrator laid down",
    expired: "expired at",
    expired_and_the_clock_set_back: "clock was set back",
    pins_replaced: "administrator laid down",
    pin_edited: "was changed, or not signed",
    asked_for_it_himself: "cannot give it",
}


def test_two_people_are_permitted(machine: Machine) -> None:
    """The control of all that follows: nothing tried, all is as it should be."""
    machine.sign(machine.boss)
    assert machine.run().approver == BOSS


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_one_person_is_not(machine: Machine, attack: Callable[[Machine], None]) -> None:
    with pytest.raises(NeedsApproval) as refused:  # noqa: PT012  some fail as they are tried
        attack(machine)
        machine.run()
    assert ATTACKS[attack] in refused.value.words.en
