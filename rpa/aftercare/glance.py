"""A look at the portal's record about one filing in doubt, before a person's answer is noted.

It reads as a run does that finds such a filing (`rpa.engine.settle`), once, and only reads: a draft
stays where it is. What the record decides is written as a run writes it.
"""

from __future__ import annotations

import json
import threading
import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from rpa import flows
from rpa.engine.journal import AttemptJournal
from rpa.engine.lastguard import last_guard
from rpa.engine.session import Session
from rpa.engine.settle import NOTHING_SHOWN, UNREADABLE, Settler, Shown
from rpa.engine.work import HEAD
from rpa.errors import ConfigInvalid, InDoubt, RpaError, Stopped, Words
from rpa.ledger import lease as leases
from rpa.ledger.tables import UNSETTLED
from rpa.model.filing import DRAFT, RECEIVED

if TYPE_CHECKING:
    from collections.abc import Callable

    from rpa.engine.watch import Watcher
    from rpa.evidence.folder import RunFolder
    from rpa.ledger.ledger import Ledger
    from rpa.ledger.records import FilingRecord, RowRecord
    from rpa.model.filing import Receipt
    from rpa.rules.record import Record
    from rpa.settings import PortalId, Settings


class SaysOtherwise(RpaError):
    """The portal's record contradicts a person's answer, which was not noted."""

    exit_code = 11
    who = Words("pengendali", "operator")
    next_move = Words(
        "Lihat semula di portal. Jawapan anda tidak dicatat; tiada apa-apa hilang.",
        "Look in the portal once more. Your answer was not noted; nothing was lost.",
    )


def holder(known: Settings, ledger: Ledger, record: FilingRecord) -> PortalId:
    """The portal ID with which it was pressed. Raises ConfigInvalid where it cannot be asked."""
    portal = known.portal.ledger_name
    if record.portal != portal:
        told = Words(OTHER_PORTAL.bm.format(record.portal), OTHER_PORTAL.en.format(record.portal))
        raise ConfigInvalid(told, where=str(known.config / "portal.yaml"))
    for one in known.employers().portal_ids:
        if ledger.lease_name(portal, one.email) == record.lease_name:
            return one
    raise ConfigInvalid(NOT_HELD, where=str(known.config / "employers.yaml"))


@dataclass
class Glance:
    """One filing, and the portal ID with which it was pressed."""

    settings: Settings
    ledger: Ledger
    record: FilingRecord
    portal_id: PortalId
    folder: RunFolder
    watcher: Watcher
    stop: threading.Event = field(default_factory=threading.Event)
    on_freeze: Callable[[], None] = leases.end_process

    def __post_init__(self) -> None:
        self.id = uuid.uuid4().hex
        self.procedure = flows.load(self.record.procedure)

    def run(self, said: str = "") -> Receipt:
        """What the record shows as sent; it is written by then. ``said``: a person's number of it.

        Raises InDoubt where the record does not tell, SaysOtherwise where it shows that number as
        not sent, and whatever hindered the look.
        """
        self.ledger.start_run(self.id, job_digest="", folder=self.folder.path.name)
        code = 0
        try:
            with last_guard(self.folder.path):
                return self._look(said)
        except RpaError as error:
            code = error.exit_code
            raise
        finally:
            self.ledger.end_run(self.id, code)

    def _look(self, said: str) -> Receipt:
        known = self.settings
        session = Session(known, self.portal_id, self.ledger, self.watcher.note)
        limit = known.portal.lease_s
        with (
            leases.acquire(
                self.ledger, self.record.lease_name, holder=self.id, ttl_s=limit,
                on_freeze=self.on_freeze,
            ) as lease,
            session.under(lease),
        ):  # fmt: skip
            note = AttemptJournal(
                self.record.id, self.id, self.record.portal, self.ledger, lease, session,
                self.folder, self.watcher, self._alive, known.now,
            )  # fmt: skip
            receipt = self._asked(note, said)
            self.ledger.filed(self.record.id, receipt, lease, reconciled=True)
            note.seal(receipt.letters)
            if receipt.remarks and receipt.status != RECEIVED:
                self.ledger.letters(self.record.id, self.id, missing=True)
        return receipt

    def _asked(self, note: AttemptJournal, said: str) -> Receipt:
        drafts = self.record.drafts
        settler = Settler(
            self.procedure, self.record.employer, self._payloads(), note.session,
            self.settings.portal.settle, note.lease.check, self.stop, note.letter, note.picture,
            note.session.visitor.unread, self._shown(said),
        )  # fmt: skip
        self._alive()
        try:
            return settler.ending(drafts[-1] if drafts else "", may_start_over=False)
        except InDoubt:
            self._alive()
            with suppress(*UNREADABLE):
                if said and settler.lists_as_unsent(said):
                    told = Words(UNSENT.bm.format(said), UNSENT.en.format(said))
                    raise SaysOtherwise(told, where=said) from None
            raise

    def _alive(self) -> None:
        if self.stop.is_set():
            raise Stopped(Words("Dihentikan atas permintaan.", "Stopped as asked."))

    def _rows(self) -> list[RowRecord]:
        return [row for row in self.record.rows if row.state in UNSETTLED]

    def _payloads(self) -> list[str]:
        return [row.payload for row in self._rows() if row.payload]

    def _shown(self, said: str) -> Shown:
        """Another number than its draft's is believed only with our employer and our persons."""
        if not said or self.procedure.UNSENT is not DRAFT:
            return NOTHING_SHOWN
        return Shown((said,), tuple(map(self._known_as, self._rows())))

    def _known_as(self, row: RowRecord) -> frozenset[str]:
        """By what the row is known in a case; nothing where its record was blanked."""
        job = self.procedure.Job
        told: dict[str, Any] = json.loads(row.payload or "{}")
        kind: type[Record] | None = job.variants.get(told.get("worker", ""), job.record)
        if row.position == HEAD and job.head:
            kind = job.head[1]
        try:
            return kind.model_validate(told).known_as if kind else frozenset()
        except ValidationError:
            return frozenset()


OTHER_PORTAL = Words(
    "Pemfailan ini ditekan di portal {}; tetapan ini menuju portal lain.",
    "This filing was pressed at the portal {}; these settings aim at another one.",
)
NOT_HELD = Words(
    "ID portal yang digunakan ketika itu tiada dalam tetapan ini.",
    "The portal ID with which it was pressed is not in these settings.",
)
UNSENT = Words(
    "Portal menunjukkan {} sebagai belum dihantar.", "The portal shows {} as not sent yet."
)
