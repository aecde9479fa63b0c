"""Approval by a second person: what he reads, what he signs, and what his signature is worth.

Three kinds of file stand side by side, private to their user, named by the plan's hash::

    <hash>.plan.json        the proposal, canonical JSON; its SHA-256 is its name
    <hash>.asked.json       which log-ins asked for it, and when first
    <hash>.approval.json    plan, approver, approved, expires, signature (-2, -3 … for more)

The signature (Ed25519, RFC 8032) is over the canonical JSON of the other four, after a line that
says what it is. Every file must be, byte for byte, what this module would write: nothing can be
changed in it that does not show. Of a damaged or forged file nothing follows but "not approved".

What this can show: that somebody with an approver's private key agreed to exactly this, not long
ago. Whose keys these are is not for config/approvers.yaml alone to say: `rpa.engine.pins`.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import MAXYEAR, MINYEAR, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from pydantic import TypeAdapter

from rpa import __version__
from rpa.errors import ConfigInvalid, NeedsApproval, NotWritten, Words
from rpa.evidence.files import PRIVATE_FOLDER, write_private
from rpa.evidence.wording import shown
from rpa.reading import Reason, Unreadable, contents, reading
from rpa.settings import LONGEST_APPROVAL_H, TIME_ZONE, Approver, Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

ENDED: Final = "workers ended"
ACTIVE: Final = "active workers"
JOINED: Final = "workers joined"

LONGEST: Final = timedelta(hours=LONGEST_APPROVAL_H)
SHORTEST_PASSPHRASE: Final = 10
MOST_BYTES: Final = 16 * 1024 * 1024  # a plan of 10,000 rows with an alarm each is a fifth of it
SHORT: Final = 12  # digits of a plan's hash that are shown and may be typed

MOST_WAITING: Final = 200  # plans that are looked at
_SEAL: Final = b"assist-rpa approval\n"  # the same key under another paper proves nothing here
_ENCRYPTED: Final = b"-----BEGIN ENCRYPTED PRIVATE KEY-----"
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_SIGNATURE: Final = re.compile(r"[0-9a-f]{128}")
_PLAN: Final = ".plan.json"


class NotApproved(NeedsApproval):
    """The second person has not approved; told to him."""

    next_move = Words(
        "Baca pelan itu sekali lagi dan luluskan jika betul. Tiada apa-apa diluluskan.",
        "Read the plan again, and approve it if it is right. Nothing was approved.",
    )


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a supervisor reads and signs: no names of people, only numbers and the guards' words.

    ``portal`` is its name in the ledger, ``job`` the job file's name, ``digest`` that of the plan
    (job file, table and papers), ``rows`` the numbers of the rows to be filed, ``figures`` pairs
    such as ("active workers", "40"), ``alarms`` triples of guard, Malay and English words,
    ``profile`` the digest of the portal's profile: how the screens are read is approved as well.
    """

    version: str
    portal: str
    procedure: str
    employer: str
    job: str
    digest: str
    rows: tuple[int, ...]
    filings: int
    figures: tuple[tuple[str, str], ...] = ()
    alarms: tuple[tuple[str, str, str], ...] = ()
    profile: str = ""

    @property
    def text(self) -> bytes:
        """Canonical: the same proposal has the same bytes on every machine."""
        return canonical(asdict(self))

    @property
    def hash(self) -> str:
        """SHA-256 of the text, in hexadecimal: the plan's name and what is signed."""
        return hashlib.sha256(self.text).hexdigest()

    @classmethod
    def parse(cls, data: bytes) -> Proposal:
        """The proposal of a plan file's bytes. Raises ValueError for any other bytes."""
        with reading(_not_ours):
            found = _PROPOSAL.validate_json(data, strict=True)
            same = found.text == data
        if not same:
            raise _not_ours(None)
        return found

    @classmethod
    def read(cls, plan: Path) -> Proposal:
        """The proposal of a file that is to be approved. Raises NotApproved."""
        data = _bytes(plan)
        try:
            found = cls.parse(data)
        except ValueError:
            found = None
        if found is None or plan.name != f"{found.hash}{_PLAN}":
            raise NotApproved(CHANGED_PLAN if data else NO_PLAN, where=str(plan))
        if found.version != __version__:
            raise NotApproved(OTHER_VERSION, where=str(plan))
        return found

    def figure(self, name: str) -> str | None:
        """One of the figures, as it is written."""
        return dict(self.figures).get(name)

    @property
    def subject(self) -> tuple[str, ...]:
        """What stays the same when the data of a job are corrected and it is run again."""
        return (self.portal, self.procedure, self.employer, self.job)


@dataclass(frozen=True, slots=True)
class Permit:
    """An approval that was found good. ``file`` is evidence; times are aware.

    A long filing may outlast it, so it is asked again right before the press.
    """

    approver: str
    approved: datetime
    expires: datetime
    file: Path

    def check(self, now: datetime, seen: datetime | None = None) -> None:
        """Raises NeedsApproval when it does not hold at this moment."""
        fault = self.fault(now, seen)
        if fault:
            raise NeedsApproval(_with_command(fault, self.file.name), where=self.file.name)

    def fault(self, now: datetime, seen: datetime | None = None) -> Words | None:
        """Why it does not hold at this moment; None when it does.

        ``now`` is this computer's clock, which can be set back; ``seen`` the latest moment that
        the ledger, or the portal, has told: before it no moment comes again.
        """
        if now < self.approved:
            return _told(FUTURE, self.approver, self.approved)
        if now >= self.expires:
            return _told(EXPIRED, self.approver, self.expires)
        if seen and seen >= self.expires:
            return _told(SET_BACK, self.approver, self.expires, seen)
        return None


@dataclass(frozen=True, slots=True)
class Asked:
    """A plan that nobody has answered: its proposal, who asked first and when, where known."""

    proposal: Proposal
    by: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Approval:
    """The content of an approval file; the times as they are written."""

    plan: str
    approver: str
    approved: str
    expires: str
    signature: str = ""

    @property
    def signed(self) -> bytes:
        """What the signature is over."""
        content = asdict(self)
        del content["signature"]
        return _SEAL + canonical(content)

    @classmethod
    def parse(cls, data: bytes) -> Approval:
        """Raises ValueError for whatever this tool would not have written."""
        with reading(_not_ours):
            found = _APPROVAL.validate_json(data, strict=True)
            same = canonical(asdict(found)) == data
            _moment(found.approved)
            _moment(found.expires)
        well_formed = _HASH.fullmatch(found.plan) and _SIGNATURE.fullmatch(found.signature)
        if not well_formed or not same:
            raise _not_ours(None)
        return found

    def signed_by(self, approver: Approver) -> bool:
        """Whether the signature is this approver's."""
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(approver.public_key))
        try:
            key.verify(bytes.fromhex(self.signature), self.signed)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class Approvals:
    """The folder of plans and approvals, and the one judge of what an approval is worth.

    ``longest`` is how long an approval may hold; a longer one is void, whoever signed it.
    ``seen`` is the latest moment known from elsewhere than this computer's clock. ``noted`` tells
    whether the ledger has it that a log-in asked for a plan: the file beside it can be edited.
    """

    folder: Path
    approvers: tuple[Approver, ...]
    now: Callable[[], datetime]
    longest: timedelta = field(default=LONGEST)
    seen: datetime | None = None
    noted: Callable[[str, str], bool] = lambda _plan, _log_in: True

    @classmethod
    def of(cls, settings: Settings, folder: Path | None = None) -> Approvals:
        """As config/approvers.yaml has it. Raises ConfigInvalid."""
        known = settings.approvers()
        longest = timedelta(hours=known.hours)
        return cls(folder or settings.approvals, known.approvers, settings.now, longest)

    def plan_file(self, plan: str) -> Path:
        """Where the plan of this hash stands."""
        return self.folder / f"{plan}{_PLAN}"

    def propose(self, proposal: Proposal, asked_by: str) -> Path:
        """Put the plan where a supervisor finds it; ``asked_by`` is a log-in (``log_in()``).

        The same proposal again is the same file. Where that file was changed or lost, it is
        written anew and what was approved under it is set aside: it needs a new approval.
        Raises NotWritten.
        """
        plan = self.plan_file(proposal.hash)
        try:
            for place in (self.folder.parent, self.folder):
                place.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
            if _bytes(plan) != proposal.text:
                for file in self._approvals(proposal.hash):
                    file.replace(file.with_suffix(".void"))
                write_private(plan, proposal.text)
        except OSError as error:
            raise _not_written(self.folder, error) from error
        askers = dict(self.askers(proposal.hash) or {})
        if asked_by not in askers:
            askers[asked_by] = _second(self.now()).isoformat()
            write_private(self._asked_file(proposal.hash), canonical(askers))
        return plan

    def askers(self, plan: str) -> Mapping[str, str] | None:
        """Log-ins and when each asked first; None where that is not noted, or damaged."""
        data = _bytes(self._asked_file(plan))
        try:
            with reading(_not_ours):
                found = _ASKERS.validate_json(data, strict=True)
                return found if canonical(found) == data else None
        except ValueError:
            return None

    def permit(self, proposal: Proposal) -> Permit:
        """The approval of exactly this proposal, verified anew. Raises NeedsApproval.

        Of several approvals one that holds is enough.
        """
        plan = self.plan_file(proposal.hash)
        data, refused = _bytes(plan), []
        if data == proposal.text:
            for file in self._approvals(proposal.hash):
                try:
                    return self._examined(file, proposal.hash)
                except NeedsApproval as error:
                    refused.append(error.words)
        elif data or self._approvals(proposal.hash):
            refused.append(CHANGED_PLAN)
        told = _joined(refused) if refused else self._never(proposal)
        raise NeedsApproval(_with_command(told, proposal.hash), where=str(plan))

    def approver(self, key: Ed25519PrivateKey) -> Approver:
        """Whose key this is. Raises NotApproved."""
        public = public_text(key)
        for approver in self.approvers:
            if approver.public_key == public:
                return approver
        raise NotApproved(NOT_AN_APPROVER, where="config/approvers.yaml")

    def sign(self, plan: Path, key: Ed25519PrivateKey, hours: int) -> Permit:
        """Approve a plan with this key, in a new file beside it. Raises NotApproved, NotWritten.

        A plan that was carried to another machine without the note of who asked is signed all
        the same: ``permit`` has that note and judges by it.
        """
        proposal, approver = Proposal.read(plan), self.approver(key)
        if self._asked_file(proposal.hash).exists():
            self._second_person(proposal.hash, approver, NotApproved)
        given = _second(self.now())
        expires = given + timedelta(hours=hours)
        blank = Approval(proposal.hash, approver.name, given.isoformat(), expires.isoformat())
        whole = asdict(blank) | {"signature": key.sign(blank.signed).hex()}
        file = write_private(self._free(proposal.hash), canonical(whole))
        return self._verified(file, proposal.hash)[0]

    def _examined(self, file: Path, plan: str) -> Permit:
        permit, approver = self._verified(file, plan)
        self._second_person(plan, approver, NeedsApproval)
        return permit

    def _verified(self, file: Path, plan: str) -> tuple[Permit, Approver]:
        """Form, signer, signature, plan, times; in this order, so that the words are true."""
        try:
            approval = Approval.parse(_bytes(file))
        except ValueError:
            raise NeedsApproval(DAMAGED) from None
        approver = next((a for a in self.approvers if a.name == approval.approver), None)
        if approver is None:
            raise NeedsApproval(UNKNOWN)
        if not approval.signed_by(approver):
            raise NeedsApproval(CHANGED)
        if approval.plan != plan:
            raise NeedsApproval(OTHER_PLAN)
        given, expires = _moment(approval.approved), _moment(approval.expires)
        if not timedelta(0) < expires - given <= self.longest:
            raise NeedsApproval(_told(TOO_LONG, approver.name, expires))
        permit = Permit(approver.name, given, expires, file)
        if fault := permit.fault(self.now(), self.seen):
            raise NeedsApproval(fault)
        return permit, approver

    def _second_person(self, plan: str, approver: Approver, refusal: type[NeedsApproval]) -> None:
        """Two people stand behind a plan: somebody else than the approver asked for it.

        To Windows Contoh and CONTOH are one log-in, and it tells it as it was typed.
        """
        askers = self.askers(plan)
        if not approver.users:
            # Nobody can tell what such a person asked for.
            raise refusal(_told(NO_USERS, approver.name))
        if askers is None or not all(self.noted(plan, one) for one in askers):
            raise refusal(NOBODY_ASKED)
        if {one.casefold() for one in askers} <= {one.casefold() for one in approver.users}:
            raise refusal(OWN)

    def _never(self, proposal: Proposal) -> Words:
        """No approval of this plan; perhaps of an earlier state of the same job."""
        for _, other in self.of_job(proposal):
            return _changes(other, proposal)
        return NEVER

    def of_job(self, proposal: Proposal) -> Iterator[tuple[Approval, Proposal]]:
        """Other states of the same job that were approved, the last approved first."""
        for approval in sorted(self._all(), key=lambda a: _moment(a.approved), reverse=True):
            try:
                other = Proposal.parse(_bytes(self.plan_file(approval.plan)))
            except ValueError:
                continue
            if other.subject == proposal.subject and other != proposal:
                yield approval, other

    def _all(self) -> Iterator[Approval]:
        for file in self.folder.glob("*.approval*.json"):
            try:
                yield Approval.parse(_bytes(file))
            except ValueError:
                continue

    def _approvals(self, plan: str) -> list[Path]:
        return sorted(self.folder.glob(f"{plan}.approval*.json"))

    def _free(self, plan: str) -> Path:
        """A name for one more approval: none that was given is ever written over."""
        number, file = 1, self.folder / f"{plan}.approval.json"
        while file.exists():
            number += 1
            file = self.folder / f"{plan}.approval-{number}.json"
        return file

    def _asked_file(self, plan: str) -> Path:
        return self.folder / f"{plan}.asked.json"


def new_key() -> Ed25519PrivateKey:
    """An approver's private key."""
    return Ed25519PrivateKey.generate()


def sealed_key(key: Ed25519PrivateKey, passphrase: bytes) -> bytes:
    """The private key for its file: PEM, PKCS #8, encrypted with the passphrase."""
    sealed = serialization.BestAvailableEncryption(passphrase)
    pkcs8 = serialization.PrivateFormat.PKCS8
    return key.private_bytes(serialization.Encoding.PEM, pkcs8, sealed)


def opened_key(pem: bytes, passphrase: bytes, where: object = "") -> Ed25519PrivateKey:
    """The private key of a file.

    Raises NotApproved when the passphrase does not open it, ConfigInvalid when it is no such key.
    """
    if _ENCRYPTED not in pem:
        raise ConfigInvalid(NOT_A_KEY, where=str(where))
    with reading(lambda _: NotApproved(WRONG_PASSPHRASE, where=str(where))):
        key = serialization.load_pem_private_key(pem, passphrase)
    if not isinstance(key, Ed25519PrivateKey):
        raise ConfigInvalid(NOT_A_KEY, where=str(where))
    return key


def public_text(key: Ed25519PrivateKey) -> str:
    """The public key as config/approvers.yaml has it."""
    return base64.b64encode(key.public_key().public_bytes_raw()).decode()


def log_in() -> str:
    """Who is logged in here, as the system knows it: the environment can be set by anybody."""
    if sys.platform == "win32":
        return os.getlogin()
    else:  # noqa: RET505  so that mypy reads it on either system
        import pwd  # noqa: PLC0415  not on Windows

        try:
            return pwd.getpwuid(os.getuid()).pw_name
        except KeyError:
            return str(os.getuid())  # a container's user has no name


def waiting(folder: Path, limit: int = MOST_WAITING) -> list[Asked]:
    """The plans that no second person has answered, the newest first and of each job only that.

    A file that is none of ours is passed over: whoever approves by its name is told.
    """
    told: dict[tuple[str, ...], Asked] = {}
    answered = {file.name.partition(".")[0] for file in folder.glob("*.approval*.json")}
    for file in sorted(folder.glob(f"*{_PLAN}"), key=_written, reverse=True)[:limit]:
        with suppress(NotApproved):
            proposal = Proposal.read(file)
            told.setdefault(proposal.subject, _asked(folder, proposal))
    return [one for one in told.values() if one.proposal.hash not in answered]


def _written(file: Path) -> float:
    return file.stat().st_mtime


def _asked(folder: Path, proposal: Proposal) -> Asked:
    notes = Approvals(folder, (), lambda: datetime.now(TIME_ZONE)).askers(proposal.hash) or {}
    by, at = min(notes.items(), key=lambda one: one[1], default=("", ""))
    with suppress(ValueError):
        return Asked(proposal, by, datetime.fromisoformat(at))
    return Asked(proposal, by, None)


def canonical(content: Mapping[str, Any]) -> bytes:
    """Sorted keys, no blanks, UTF-8, one line end. Raises ValueError for what UTF-8 cannot hold."""
    told = json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    return f"{told}\n".encode()


def _bytes(file: Path) -> bytes:
    """What is in the file; nothing where there is none for us. None of ours is larger than that."""
    try:
        return contents(file, MOST_BYTES)
    except Unreadable as fault:
        return b"\0" if fault.reason is Reason.LARGE else b""


def _not_ours(_: object) -> ValueError:
    return ValueError("not the bytes this tool writes")


def _second(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)


def _moment(text: str) -> datetime:
    """A time as this tool writes it. Raises ValueError for any other way of writing."""
    moment = datetime.fromisoformat(text)
    # The first and the last year have moments that no other zone can tell.
    if moment.tzinfo is None or moment.isoformat() != text or not MINYEAR < moment.year < MAXYEAR:
        raise ValueError("not a time with its zone")
    return moment


def _told(words: Words, approver: str, *at: datetime) -> Words:
    told = (approver, *map(shown, at))
    return Words(words.bm.format(*told), words.en.format(*told))


def _joined(told: list[Words]) -> Words:
    """Each sentence once, in order."""
    once = dict.fromkeys(told)
    return Words(" ".join(w.bm for w in once), " ".join(w.en for w in once))


def _with_command(words: Words, plan: str) -> Words:
    command = f"assist-rpa approve {plan[:SHORT]}"
    return Words(f"{words.bm} Penyelia: {command}", f"{words.en} Supervisor: {command}")


def _changes(before: Proposal, now: Proposal) -> Words:
    """What is not any more as it was approved."""
    changed = [words for name, words in _FIELDS if getattr(before, name) != getattr(now, name)]
    bm, en = ", ".join(w.bm for w in changed), ", ".join(w.en for w in changed)
    return Words(OTHER_STATE.bm.format(bm), OTHER_STATE.en.format(en))


def _not_written(folder: Path, error: OSError) -> NotWritten:
    return NotWritten(
        Words(
            f"Pelan untuk diluluskan tidak dapat disimpan: {error.strerror}.",
            f"The plan that waits for approval cannot be kept: {error.strerror}.",
        ),
        where=str(folder),
    )


_PROPOSAL: Final = TypeAdapter(Proposal)
_APPROVAL: Final = TypeAdapter(Approval)
_ASKERS: Final = TypeAdapter(dict[str, str])

_FIELDS: Final = (
    ("digest", Words("fail kerja, jadual atau dokumen", "the job file, its table or a document")),
    ("rows", Words("baris yang akan difailkan", "the rows to be filed")),
    ("filings", Words("bilangan pemfailan", "the number of filings")),
    ("figures", Words("angka", "the figures")),
    ("alarms", Words("amaran", "the alarms")),
    (
        "profile",
        Words(
            "profil portal (config/profile.yaml)", "how the portal is read (config/profile.yaml)"
        ),
    ),
    ("version", Words("versi alat ini", "this tool's version")),
)

NEVER: Final = Words(
    "Pelan ini belum diluluskan oleh sesiapa.", "Nobody has approved this plan yet."
)
OTHER_STATE: Final = Words(
    "Yang diluluskan ialah pelan lain; sejak itu berubah: {}.",
    "What was approved is another plan; changed since: {}.",
)
OTHER_PLAN: Final = Words(
    "Kelulusan itu diberi untuk pelan lain.", "The approval was given for another plan."
)
EXPIRED: Final = Words("Kelulusan {} tamat tempoh pada {}.", "The approval by {} expired at {}.")
FUTURE: Final = Words(
    "Kelulusan {} bertarikh {}, yang belum tiba menurut jam komputer ini.",
    "The approval by {} is dated {}, which has not come yet by this computer's clock.",
)
SET_BACK: Final = Words(
    "Kelulusan {} tamat pada {}, dan masa {} sudah pun berlalu: jam komputer ini diundurkan.",
    "The approval by {} expired at {}, and {} has been already: this computer's clock was set "
    "back.",
)
TOO_LONG: Final = Words(
    "Kelulusan {} hingga {} lebih lama daripada yang dibenarkan.",
    "The approval by {} until {} is for longer than is allowed.",
)
CHANGED: Final = Words(
    "Kelulusan itu diubah selepas ditandatangani, atau kunci pelulus telah ditukar.",
    "The approval was changed after it was signed, or the approver has another key now.",
)
DAMAGED: Final = Words(
    "Fail kelulusan diubah atau rosak.", "The approval's file was changed or is damaged."
)
UNKNOWN: Final = Words(
    "Pelulus itu tidak lagi dikenali (config/approvers.yaml).",
    "The approver is not known any more (config/approvers.yaml).",
)
OWN: Final = Words(
    "Orang yang meminta kelulusan tidak boleh meluluskannya sendiri.",
    "The person who asked for the approval cannot give it.",
)
NO_USERS: Final = Words(
    "Log masuk {} tidak dinyatakan (users dalam config/approvers.yaml), jadi tidak dapat diketahui "
    "apa yang dimintanya sendiri.",
    "The log-ins of {} are not given (users in config/approvers.yaml), so nobody can tell what "
    "that person asked for.",
)
NOBODY_ASKED: Final = Words(
    "Catatan tentang siapa yang memintanya tiada atau diubah.",
    "The note of who asked for it is missing or was changed.",
)
CHANGED_PLAN: Final = Words(
    "Fail pelan diubah atau hilang selepas ditulis; jalankan kerja itu semula.",
    "The plan's file was changed or lost after it was written; run the job again.",
)
NO_PLAN: Final = Words("Tiada pelan di situ.", "There is no plan there.")
OTHER_VERSION: Final = Words(
    "Pelan itu dibuat oleh versi lain alat ini; jalankan kerja itu semula.",
    "The plan was made by another version of this tool; run the job again.",
)
NOT_AN_APPROVER: Final = Words(
    "Kunci ini bukan milik mana-mana pelulus yang dikenali.",
    "This key belongs to none of the known approvers.",
)
WRONG_PASSPHRASE: Final = Words(
    "Frasa laluan tidak membuka kunci ini.", "The passphrase does not open this key."
)
NOT_A_KEY: Final = Words(
    "Bukan kunci pelulus dengan frasa laluan; buat satu: assist-rpa approver",
    "Not an approver's key with a passphrase; make one: assist-rpa approver",
)
