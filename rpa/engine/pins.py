"""Whose approvals count: the set of approvers that is pinned in the ledger.

``config/approvers.yaml`` proposes a set, and a run may be given another folder of it. What counts
is the set whose fingerprint stands last in the ledger's append-only log. Each pin there is signed
(Ed25519) by an approver of the set before it, the first one by an approver of its own, and is for
this ledger and its place in the row alone::

    approvers pinned   ledger, number, previous, fingerprint, keys, signer, signature

A ledger that was begun anew knows no set, and whoever begins it pins the first. Against that an
administrator puts a fingerprint into `ANCHOR`, which no option and no variable moves: then it must
be among those that were pinned, so that only its approvers can have changed it since.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

import platformdirs
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pydantic import TypeAdapter

from rpa.engine.approval import canonical
from rpa.errors import ConfigInvalid, NeedsApproval, Words
from rpa.ledger.records import PINNED
from rpa.reading import Reason, Unreadable, contents, reading

if TYPE_CHECKING:
    from collections.abc import Callable

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from rpa.ledger.ledger import Ledger
    from rpa.ledger.records import EventRecord
    from rpa.settings import Approver, Approvers

# Not asked of platformdirs where a variable could move it.
ANCHOR: Final = (
    Path("/etc/assist-rpa/approvers.pin")
    if os.name == "posix"
    else platformdirs.site_config_path("assist-rpa", appauthor=False) / "approvers.pin"
)
MOST_BYTES: Final = 4096
SHORT: Final = 12  # digits of a fingerprint that are shown

_SEAL: Final = b"assist-rpa approvers\n"  # the same key under another paper proves nothing here
_FINGERPRINT: Final = re.compile(rb"[0-9a-f]{64}\s*")


class NotPinned(NeedsApproval):
    """The approvers of the configuration are not those of this ledger."""

    next_move: ClassVar[Words] = Words(
        "Lihat siapa yang disematkan: assist-rpa approvers. Perubahan ditandatangani oleh seorang "
        "pelulus yang ada: assist-rpa approvers --pin KUNCI.",
        "See who is pinned: assist-rpa approvers. A change is signed by one of the approvers there "
        "are: assist-rpa approvers --pin KEY.",
    )


@dataclass(frozen=True, slots=True)
class Pin:
    """One set of approvers, and who signed that it counts from here on; no names, no log-ins."""

    ledger: str
    number: int
    previous: str
    fingerprint: str
    keys: str
    signer: str
    signature: str = ""

    @property
    def signed(self) -> bytes:
        """What the signature is over."""
        content = asdict(self)
        del content["signature"]
        return _SEAL + canonical(content)

    def follows(self, before: Pin | None, ledger: str) -> bool:
        """Whether it is signed by whoever may, right after the one before it."""
        fits = (before.number + 1, before.fingerprint) if before else (1, "")
        may = (before or self).keys.split()
        mine = (self.ledger, self.number, self.previous) == (ledger, *fits)
        return mine and self.signer in may and self._holds()

    def _holds(self) -> bool:
        try:
            key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(self.signer))
            key.verify(bytes.fromhex(self.signature), self.signed)
        except (InvalidSignature, ValueError):
            return False
        return True


def fingerprint(known: Approvers) -> str:
    """Of names, keys, log-ins and hours: nothing of it changes unseen."""
    return hashlib.sha256(canonical(known.model_dump(mode="json"))).hexdigest()


def pinned(ledger: Ledger) -> list[Pin]:
    """The sets of this ledger in their order, each signature looked at. Raises NotPinned."""
    found: list[Pin] = []
    for line in ledger.said(PINNED):
        pin = _read(line)
        if pin is None or not pin.follows(found[-1] if found else None, ledger.identity):
            raise NotPinned(FORGED, where=ledger.store.place)
        found.append(pin)
    return found


def refuse_others(ledger: Ledger, known: Callable[[], Approvers], anchor: Path = ANCHOR) -> None:
    """Raise NotPinned where this ledger has pinned a set, and it is another one."""
    before = pinned(ledger)
    if before:
        _same(ledger, before, known(), anchor)


def require(ledger: Ledger, known: Approvers, anchor: Path = ANCHOR) -> None:
    """Raise NotPinned unless these approvers are the ones pinned in this ledger."""
    before = pinned(ledger)
    if not before:
        raise NotPinned(NONE_PINNED, where=ledger.store.place)
    _same(ledger, before, known, anchor)


def _same(ledger: Ledger, before: list[Pin], known: Approvers, anchor: Path) -> None:
    mine, there = fingerprint(known), before[-1].fingerprint
    if mine != there:
        told = (mine[:SHORT], there[:SHORT])
        words = Words(OTHERS.bm.format(*told), OTHERS.en.format(*told))
        raise NotPinned(words, where=ledger.store.place)
    anchored(before, anchor)


def anchored(before: list[Pin], anchor: Path = ANCHOR) -> bool:
    """Whether an administrator has laid down a set; raises NotPinned if it was never pinned here.

    Raises ConfigInvalid for a file that says no fingerprint.
    """
    try:
        said = contents(anchor, MOST_BYTES)
    except Unreadable as fault:
        if fault.reason is Reason.MISSING:
            return False
        said = b""
    if not _FINGERPRINT.fullmatch(said):
        raise ConfigInvalid(NO_FINGERPRINT, where=str(anchor))
    if said.decode().strip() not in {pin.fingerprint for pin in before}:
        raise NotPinned(NOT_ANCHORED, where=str(anchor))
    return True


def pin(
    ledger: Ledger, known: Approvers, key: Ed25519PrivateKey, log_in: str, anchor: Path = ANCHOR
) -> Pin:
    """Let this set count from now on, by the signature of an approver who may say so.

    ``log_in`` is whose desk this is: two people stand behind a set as behind a plan. Raises
    NotPinned, ConfigInvalid.
    """
    before, signer = pinned(ledger), key.public_key().public_bytes_raw().hex()
    keys = {_hex(one): one for one in known.approvers}
    _two_people(known, keys.get(signer), log_in)
    last = before[-1] if before else None
    blank = Pin(
        ledger=ledger.identity,
        number=len(before) + 1,
        previous=last.fingerprint if last else "",
        fingerprint=fingerprint(known),
        keys=" ".join(sorted(keys)),
        signer=signer,
    )
    whole = Pin(**asdict(blank) | {"signature": key.sign(blank.signed).hex()})
    if not whole.follows(last, ledger.identity):
        raise NotPinned(NOT_YOURS, where=ledger.store.place)
    anchored([*before, whole], anchor)
    if not ledger.say_next(PINNED, asdict(whole), after=len(before)):
        raise NotPinned(MEANWHILE, where=ledger.store.place)
    return whole


def _two_people(known: Approvers, signer: Approver | None, log_in: str) -> None:
    nameless = next((one for one in known.approvers if not one.users), None)
    if nameless:
        told = Words(NO_USERS.bm.format(nameless.name), NO_USERS.en.format(nameless.name))
        raise ConfigInvalid(told, where="config/approvers.yaml")
    if signer and log_in.casefold() in {user.casefold() for user in signer.users}:
        raise NotPinned(OWN_DESK, where="config/approvers.yaml")


def _hex(approver: Approver) -> str:
    return base64.b64decode(approver.public_key).hex()


def _read(line: EventRecord) -> Pin | None:
    try:
        with reading(lambda _: ValueError("no pin of ours")):
            return _PIN.validate_json(line.data, strict=True)
    except ValueError:
        return None


_PIN: Final = TypeAdapter(Pin)

NONE_PINNED: Final = Words(
    "Lejar ini belum mengenali pelulus mana-mana: belum disematkan. Sekali sahaja, seorang pelulus "
    "dan pengendali bersama-sama: assist-rpa approvers --pin KUNCI.",
    "This ledger knows no approvers yet: none were pinned. Once, an approver and the operator "
    "together: assist-rpa approvers --pin KEY.",
)
OTHERS: Final = Words(
    "config/approvers.yaml ({}) bukan pelulus yang disematkan dalam lejar ini ({}).",
    "config/approvers.yaml ({}) does not name the approvers pinned in this ledger ({}).",
)
FORGED: Final = Words(
    "Catatan pelulus dalam lejar ini diubah, atau tidak ditandatangani oleh pelulus sebelumnya.",
    "The approvers' record in this ledger was changed, or not signed by an approver before it.",
)
NOT_ANCHORED: Final = Words(
    "Pelulus yang ditetapkan oleh pentadbir komputer ini tidak pernah disematkan dalam lejar ini.",
    "The approvers whom this computer's administrator laid down were never pinned in this ledger.",
)
NO_FINGERPRINT: Final = Words(
    "Fail ini mesti mengandungi satu cap jari pelulus, 64 digit: assist-rpa approvers "
    "menunjukkannya.",
    "This file must hold one fingerprint of approvers, 64 digits: assist-rpa approvers shows it.",
)
NOT_YOURS: Final = Words(
    "Kunci ini bukan milik pelulus yang boleh menyematkannya. Tiada apa-apa diubah.",
    "This key is not one of an approver who may pin them. Nothing was changed.",
)
OWN_DESK: Final = Words(
    "Pelulus ini log masuk di sini dengan namanya sendiri. Dua orang diperlukan: lakukannya pada "
    "log masuk orang yang menjalankan kerja. Tiada apa-apa diubah.",
    "This is the approver's own log-in. It takes two people: do it at the log-in of whoever runs "
    "the jobs. Nothing was changed.",
)
NO_USERS: Final = Words(
    "Log masuk {} tidak dinyatakan (users); tanpanya dia tidak dapat meluluskan apa-apa.",
    "The log-ins of {} are not given (users); without them this person can approve nothing.",
)
MEANWHILE: Final = Words(
    "Orang lain baru sahaja menyematkan pelulus. Lihat semula. Tiada apa-apa diubah.",
    "Somebody else has pinned approvers just now. Look again. Nothing was changed.",
)
