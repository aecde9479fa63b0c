"""The portal's words that decide something: what each means, in Malay and English.

A closed list. A word outside it is never taken for the likeliest of those in it: before the press
it is an unexpected screen, after it a doubt, and either says the word. Whoever decides by a word of
the portal reads it here (`tests/test_house.py` finds who does not).

Words are compared whole, whatever the case and the blanks. Those without a mark were seen (facts
3.3, 3.4, 8.2, 8.5); the others are assumed, and deliberately no more than a clerk would understand
at once: "Selesai" and "Completed" may be a yes or a no, "Diterima" may be *received* or *accepted*.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from rpa.errors import UnexpectedPage, Words
from rpa.rules.contribution import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

MeaningT = TypeVar("MeaningT", bound=StrEnum)
LONGEST = 40  # letters of a word of the portal that a sentence repeats


class UnknownWord(UnexpectedPage):
    """The portal shows a word that decides something, and it is in no list."""

    next_move: ClassVar[Words] = Words(
        "Semak di portal apa maksudnya, dan laporkan perkataan itu kepada penyelenggara alat ini.",
        "See in the portal what it means, and report the word to the maintainer of this tool.",
    )


class Status(StrEnum):
    """How a case stands. The value is what the ledger keeps, whatever the portal's language."""

    DRAFT = "Draft"  # saved, not sent
    IN_PROGRESS = "In Progress"  # open; by its word alone it is not known whether it was sent
    PENDING = "Pending for Review"  # sent; nobody has decided
    APPROVED = "Approved"
    REJECTED = "Rejected"
    UNDER_QUERY = "Under Query"  # the employer must answer
    UNDER_ENFORCEMENT = "Under Enforcement"
    RECEIVED = "Received"  # a contribution: nobody decides over it; the inbox has no such word


SENT = frozenset(
    {
        Status.PENDING,
        Status.APPROVED,
        Status.UNDER_QUERY,
        Status.UNDER_ENFORCEMENT,
        Status.RECEIVED,
    }
)
"""Was sent, and stands: a second one would be a second filing."""
OPEN = frozenset({Status.PENDING, Status.UNDER_QUERY, Status.UNDER_ENFORCEMENT})
"""Was sent, and is not decided."""


class Action(StrEnum):
    """What a row of the inbox offers."""

    EDIT = "Edit"
    REMOVE = "Remove"
    VIEW = "View"


class EmployerStatus(StrEnum):
    """How an employer stands with PERKESO (facts 3.4)."""

    ACTIVE = "Active"
    DORMANT = "Dormant"
    WINDING_UP = "Winding Up"
    CANCEL = "Cancel"
    DORMANT_SIP = "Dormant SIP"


class Remark(StrEnum):
    """What stands in a list instead of rows."""

    NOTHING = "nothing"
    UNCHOSEN = "unchosen"  # in a drop-down: what stands there before anything is chosen


class Answer(StrEnum):
    """A choice of two."""

    YES = "Yes"
    NO = "No"


class Gender(StrEnum):
    """Male or female."""

    MALE = "Male"
    FEMALE = "Female"


def _plain(text: str) -> str:
    return "".join(text.split()).casefold()


class Vocabulary(Generic[MeaningT]):
    """The words of one kind. ``said``: an unknown one may be repeated, it is nobody's data."""

    def __init__(
        self, bm: str, en: str, words: Mapping[MeaningT, tuple[str, ...]], *, said: bool = True
    ) -> None:
        self.kind = Words(bm, en)
        self._words = words
        self._said = said
        self._meanings: dict[str, MeaningT] = {}
        for meaning, word in ((meaning, w) for meaning, ws in words.items() for w in ws):
            if self._meanings.setdefault(_plain(word), meaning) is not meaning:
                raise ValueError(f"{word} of {en} stands twice.")

    def words(self, meaning: MeaningT) -> tuple[str, ...]:
        """All words of this meaning."""
        return self._words[meaning]

    def knows(self, text: str) -> bool:
        """Whether it is one of these words."""
        return _plain(text) in self._meanings

    def read(self, text: str, where: str = "") -> MeaningT:
        """What the word means. Raises UnknownWord."""
        if not self.knows(text):
            raise self.unknown(text, where)
        return self._meanings[_plain(text)]

    def unknown(self, text: str, where: str = "") -> UnknownWord:
        """That the portal shows a word which is not in the list."""
        word = f": '{shown(text)}'" if self._said and text.strip() else ""
        return UnknownWord(
            Words(
                f"Portal menunjukkan {self.kind.bm} yang tidak dikenali{word}. "
                "Tiada apa-apa diteka.",
                f"The portal shows {self.kind.en} that is not known{word}. Nothing was guessed.",
            ),
            where=where,
        )


def alike(declared: str) -> tuple[Vocabulary[Answer] | Vocabulary[Gender], tuple[str, ...]] | None:
    """The list that a declared choice of two belongs to, and all its words for it."""
    if GENDERS.knows(declared):
        return GENDERS, GENDERS.words(GENDERS.read(declared))
    if ANSWERS.knows(declared):
        return ANSWERS, ANSWERS.words(ANSWERS.read(declared))
    return None


def shown(text: str) -> str:
    """A word of the portal for a sentence: bounded, and without digits, which may be somebody's."""
    told = "".join("#" if letter.isdigit() else letter for letter in " ".join(text.split()))
    return told if len(told) <= LONGEST else f"{told[:LONGEST]}…"


STATUS = Vocabulary(
    "status kes",
    "a status of a case",
    {
        Status.DRAFT: ("Draft", "Draf"),
        # "Pending" may be an officer's turn or the employer's own.
        Status.IN_PROGRESS: ("In Progress", "Dalam Proses", "Dalam Tindakan", "Pending"),
        Status.PENDING: (
            *("Pending for Review", "Pending Review", "Under Review", "Submitted"),
            *("Pending Approval", "Pending for Approval", "Menunggu Kelulusan", "Dihantar"),
            *("Menunggu Semakan", "Dalam Semakan", "Menunggu Keputusan"),
        ),
        Status.APPROVED: ("Approved", "Diluluskan", "Lulus"),
        Status.REJECTED: ("Rejected", "Ditolak", "This Case has been Rejected."),
        Status.UNDER_QUERY: (
            *("Under Query", "Query", "Queried", "The Case Is Under Query."),
            *("Pertanyaan", "Dalam Pertanyaan", "Kuiri", "Dalam Kuiri"),
        ),
        Status.UNDER_ENFORCEMENT: (
            *("Under Enforcement", "The case is under enforcement.", "Enforcement"),
            *("Penguatkuasaan", "Dalam Penguatkuasaan"),
        ),
    },
)
KEPT = Vocabulary("status kes", "a status of a case", {status: (status,) for status in Status})
"""The same as the ledger keeps them."""
ACTIONS = Vocabulary(
    "tindakan",
    "an action",
    {
        Action.EDIT: ("Edit", "Kemaskini", "Kemas Kini"),
        Action.REMOVE: ("Remove", "Buang"),
        Action.VIEW: ("View", "Papar", "Lihat"),
    },
)
EMPLOYER = Vocabulary(
    "status majikan",
    "a status of an employer",
    {
        EmployerStatus.ACTIVE: ("Active", "Aktif"),
        EmployerStatus.DORMANT: ("Dormant", "Dorman", "Tidak Aktif"),
        EmployerStatus.WINDING_UP: ("Winding Up", "Penggulungan"),
        EmployerStatus.CANCEL: ("Cancel", "Cancelled", "Batal", "Dibatalkan"),
        EmployerStatus.DORMANT_SIP: ("Dormant SIP", "Dorman SIP", "Dormant EIS"),
    },
)
KINDS = Vocabulary(
    "jenis caruman",
    "a kind of contribution",
    {
        Kind.MONTHLY: ("Monthly", "Bulanan", "Caruman Bulanan", "Monthly Contribution"),
        Kind.ARREARS: ("Arrears", "Tunggakan", "Tunggakan Caruman", "Arrears Contribution"),
        Kind.SHORT: (
            *("Short", "Short Payment", "Short Contribution", "Kekurangan", "Kekurangan Caruman"),
        ),
    },
)
REMARKS = Vocabulary(
    "catatan dalam senarai",
    "a remark in a list",
    {
        Remark.NOTHING: (
            *("No Record Found.", "No Record Found", "Record Not Found.", "Record Not Found"),
            *("No Records Found.", "No Records Found", "Tiada rekod.", "Tiada rekod"),
            *("Tiada rekod ditemui.", "Tiada rekod ditemui"),
            *("Tiada rekod dijumpai.", "Tiada rekod dijumpai"),
            *("Rekod tidak ditemui.", "Rekod tidak ditemui"),
            *("Rekod tidak dijumpai.", "Rekod tidak dijumpai"),
        ),
    },
    said=False,
)
PLACEHOLDERS = Vocabulary(
    "pilihan", "a choice", {Remark.UNCHOSEN: ("Please Select", "Sila Pilih", "Select", "Pilih")}
)
ANSWERS = Vocabulary(
    "jawapan", "an answer", {Answer.YES: ("Yes", "Ya"), Answer.NO: ("No", "Tidak")}, said=False
)
GENDERS = Vocabulary(
    "jantina",
    "a gender",
    {
        Gender.MALE: ("Male", "Lelaki", "M", "L"),
        Gender.FEMALE: ("Female", "Perempuan", "Wanita", "F", "P"),
    },
    said=False,
)
NOTHING = REMARKS.words(Remark.NOTHING)


def status_of(text: str, offered: list[str]) -> Status | None:
    """How a case of the inbox stands, by its word and by what its row offers.

    A word that leaves it open is decided by the row alone: what can be removed and not viewed is a
    draft, what can only be viewed was sent. None when the word is in no list, when nothing tells,
    or when word and row contradict each other.
    """
    row = _by_row(offered)
    status = STATUS.read(text) if STATUS.knows(text) else None
    if status is Status.IN_PROGRESS:
        return row
    if status is Status.DRAFT:
        return status if row is not Status.PENDING else None
    return status if row is not Status.DRAFT else None


def _by_row(offered: list[str]) -> Status | None:
    """What the row's actions alone tell; None when that is nothing."""
    if not all(ACTIONS.knows(name) for name in offered):
        return None
    actions = {ACTIONS.read(name) for name in offered}
    if actions == {Action.VIEW}:
        return Status.PENDING
    return Status.DRAFT if Action.REMOVE in actions and Action.VIEW not in actions else None


def status_of_sent(text: str, where: str = "") -> Status:
    """How a case stands on a page that only a case which was sent has. Raises UnknownWord."""
    status = STATUS.read(text, where)
    if status is Status.DRAFT:
        raise STATUS.unknown(text, where)
    return Status.PENDING if status is Status.IN_PROGRESS else status
