"""The portal's words that decide something: what each means. The words stand in the profile.

A closed list each. A word outside it is never taken for the likeliest of those in it: before the
press it is an unexpected screen, after it a doubt, and either says the word. Whoever decides by a
word of the portal reads it here (`tests/test_house.py` finds who does not).

An overlay may add words, and moves none to another meaning (`rpa.pages.agreement`).
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from rpa import plain_yaml
from rpa.errors import UnexpectedPage, Words, WordSought
from rpa.portal.profile import in_use, same
from rpa.rules.brn import RegisteredWithSsm
from rpa.rules.choices import squeeze
from rpa.rules.contribution import Act, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

MeaningT = TypeVar("MeaningT", bound=StrEnum)
LONGEST = 40  # letters of a word of the portal that a sentence repeats


class UnknownWord(UnexpectedPage):
    """The portal shows a word that decides something, and it is in no list."""

    next_move: ClassVar[Words] = Words(
        "Semak di portal apa maksudnya, kemudian tambah perkataan itu di bawah maksudnya dalam "
        "config/profile.yaml (assist-rpa profile show words).",
        "See in the portal what it means, then add the word under its meaning in "
        "config/profile.yaml (assist-rpa profile show words).",
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
    """What a row offers to press."""

    EDIT = "edit"
    REMOVE = "remove"
    VIEW = "view"
    OPEN = "open"
    CHOOSE = "choose"
    ADD = "add"


class Closing(StrEnum):
    """What the button of a notice does."""

    CLOSE = "close"


class IdentificationType(StrEnum):
    """By which number a worker is known."""

    NEW = "new"
    PASSPORT = "passport"


class Search(StrEnum):
    """By what a search seeks."""

    IDENTIFICATION = "identification"
    SSN = "ssn"
    NAME = "name"
    BRN = "brn"
    EMPLOYER_CODE = "employer_code"
    REFERENCE = "reference"


class Total(StrEnum):
    """A line of a month's totals."""

    AMOUNT = "amount"
    WORKERS = "workers"


class DatePart(StrEnum):
    """The boxes of a day that has three."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class Paging(StrEnum):
    """What turns the pages of a list, beside their numbers and the screen's own *Next*."""

    PREVIOUS = "previous"
    FIRST = "first"
    LAST = "last"


class Counted(StrEnum):
    """What stands around a count: *Showing 1 to 10 of 57 entries*, *Page 2 of 3*."""

    PAGE = "page"
    SHOWN = "shown"
    TO = "to"
    OF = "of"
    UNIT = "unit"


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
    SAID = "said"  # at the end of a filing


class Answer(StrEnum):
    """A choice of two."""

    YES = "Yes"
    NO = "No"


class Gender(StrEnum):
    """Male or female."""

    MALE = "Male"
    FEMALE = "Female"


class Paper(StrEnum):
    """What a paper is: the options of its popup."""

    FORM_1 = "form 1"
    FORM_2 = "form 2"
    FORM_3 = "form 3"
    FORM_8 = "form 8"
    FORM_49 = "form 49"
    SECTION_14 = "section 14"
    SIP_1 = "sip 1"
    SIP_2 = "sip 2"
    SUPPORTING = "supporting"
    CESSATION = "cessation"
    LIQUIDATOR = "liquidator"
    AGENCY = "agency"
    SSM = "ssm"
    OTHERS = "others"


class Pass(StrEnum):
    """By what a foreign worker may work here."""

    VISIT = "visit"
    EMPLOYMENT = "employment"
    PROFESSIONAL = "professional"
    TALENT = "talent"


class Relation(StrEnum):
    """Whose next of kin somebody is."""

    SPOUSE = "spouse"
    FATHER = "father"
    MOTHER = "mother"
    CHILD = "child"
    SIBLING = "sibling"
    GUARDIAN = "guardian"


class Vocabulary(Generic[MeaningT]):
    """The words of one kind, as the profile in use has them under this name.

    ``said``: an unknown one may be repeated, it is nobody's data.
    """

    def __init__(
        self, name: str, means: Iterable[MeaningT], kind: Words, *, said: bool = True
    ) -> None:
        self.name, self.kind = name, kind
        self.means = {_key(meaning): meaning for meaning in means}
        self._said = said

    def words(self, meaning: MeaningT) -> tuple[str, ...]:
        """All words of this meaning."""
        return in_use().words[self.name][_key(meaning)]

    def _meaning(self, text: str) -> MeaningT | None:
        found = in_use().meanings[self.name].get(same(text))
        return None if found is None else self.means[found]

    def plainly(self, text: str) -> str:
        """The first word of the same meaning; of a text that is in no list the text itself."""
        found = self._meaning(text)
        return text if found is None else self.words(found)[0]

    def knows(self, text: str) -> bool:
        """Whether it is one of these words."""
        return self._meaning(text) is not None

    def read(self, text: str, where: str = "") -> MeaningT:
        """What the word means. Raises UnknownWord."""
        found = self._meaning(text)
        if found is None:
            raise self.unknown(text, where)
        return found

    def unknown(self, text: str, where: str = "") -> UnknownWord:
        """That the portal shows a word which is not in the list."""
        word = f": '{shown(text)}'" if self._said and text.strip() else ""
        whole = self.name and word and shown(text) == squeeze(text)
        line = self._line(text) if whole else Words("", "")
        error = UnknownWord(
            Words(
                f"Portal menunjukkan {self.kind.bm} yang tidak dikenali{word}. "
                f"Tiada apa-apa diteka.{line.bm}",
                f"The portal shows {self.kind.en} that is not known{word}. "
                f"Nothing was guessed.{line.en}",
            ),
            where=where,
        )
        error.asks = WordSought(f"words.{self.name}", (squeeze(text),)) if whole else None
        return error

    def _line(self, text: str) -> Words:
        """The line that adds it; what it means, a person says (resemblance never does)."""
        line = plain_yaml.line(self.name, {"…": {"en": squeeze(text)}})
        means = ", ".join(sorted(self.means))
        return Words(
            f" Tulis maksudnya (salah satu daripada {means}) sebagai ganti … dalam "
            f"config/profile.yaml, di bawah words: {line}",
            f" Write what it means (one of {means}) for the dots into "
            f"config/profile.yaml, below words: {line}",
        )


class _Kept(Vocabulary[Status]):
    """What the ledger keeps: our own words, which no profile has a say in."""

    def words(self, meaning: Status) -> tuple[str, ...]:
        """The one."""
        return (meaning,)

    def _meaning(self, text: str) -> Status | None:
        return next((status for status in Status if same(status) == same(text)), None)


def _key(meaning: StrEnum) -> str:
    """As the profile calls it."""
    return meaning.name.lower()


def alike(declared: str) -> tuple[Vocabulary[Any], tuple[str, ...]] | None:
    """The list that a declared choice of two belongs to, and all its words for it."""
    kind = next((one for one in OF_TWO if one.knows(declared)), None)
    return (kind, kind.words(kind.read(declared))) if kind else None


def shown(text: str) -> str:
    """A word of the portal for a sentence: bounded, and without digits, which may be somebody's."""
    told = "".join("#" if letter.isdigit() else letter for letter in " ".join(text.split()))
    return told if len(told) <= LONGEST else f"{told[:LONGEST]}…"


_CASE = Words("status kes", "a status of a case")
STATUS = Vocabulary("status", set(Status) - {Status.RECEIVED}, _CASE)
KEPT = _Kept("", Status, _CASE)
"""The same as the ledger keeps them."""
ACTIONS = Vocabulary("action", Action, Words("tindakan", "an action"))
EMPLOYER = Vocabulary(
    "employer_status", EmployerStatus, Words("status majikan", "a status of an employer")
)
KINDS = Vocabulary("contribution", Kind, Words("jenis caruman", "a kind of contribution"))
ACTS = Vocabulary("act", Act, Words("akta caruman", "an act of contributions"))
REMARKS = Vocabulary(
    "remark",
    (Remark.NOTHING,),
    Words("catatan dalam senarai", "a remark in a list"),
    said=False,
)
PLACEHOLDERS = Vocabulary("placeholder", (Remark.UNCHOSEN,), Words("pilihan", "a choice"))
ANSWERS = Vocabulary("answer", Answer, Words("jawapan", "an answer"), said=False)
GENDERS = Vocabulary("gender", Gender, Words("jantina", "a gender"), said=False)
SSM = Vocabulary("ssm", RegisteredWithSsm, Words("masa pendaftaran SSM", "an age of SSM's numbers"))
IDENTIFICATION_TYPES = Vocabulary(
    "identification_type",
    IdentificationType,
    Words("jenis pengenalan", "a type of identification"),
)
# Of these a job may say what is in no list, in the portal's words of the day.
PAPER_TYPES = Vocabulary("paper", Paper, Words("jenis dokumen", "a kind of paper"))
PASS_TYPES = Vocabulary("pass", Pass, Words("jenis pas", "a kind of pass"))
RELATIONS = Vocabulary("relation", Relation, Words("hubungan", "a relation"), said=False)
SEARCHES = Vocabulary("search", Search, Words("jenis carian", "a kind of search"))
TOTALS = Vocabulary("total", Total, Words("baris jumlah", "a line of totals"))
DATE_PARTS = Vocabulary("date_part", DatePart, Words("bahagian tarikh", "a part of a day"))
PAGING = Vocabulary("paging", Paging, Words("pautan halaman", "a link to a page"))
COUNTED = Vocabulary("counted", Counted, Words("bilangan", "a count"))
NOTICES = Vocabulary("notice", Closing, Words("butang notis", "a button of a notice"))
END = Vocabulary("sent", (Remark.SAID,), Words("kata akhir", "words of the end"))
OF_TWO: tuple[Vocabulary[Any], ...] = (GENDERS, ANSWERS, SSM)
ALL: tuple[Vocabulary[Any], ...] = (
    *(STATUS, ACTIONS, EMPLOYER, KINDS, ACTS, REMARKS, PLACEHOLDERS, ANSWERS, GENDERS),
    *(SSM, IDENTIFICATION_TYPES, PAPER_TYPES, PASS_TYPES, RELATIONS, SEARCHES, TOTALS),
    *(DATE_PARTS, PAGING, COUNTED, NOTICES, END),
)
"""Every vocabulary of the profile."""


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
    """What the row's actions alone tell; None when that is nothing, or one tells something else."""
    if not all(ACTIONS.knows(name) for name in offered):
        return None
    actions = {ACTIONS.read(name) for name in offered}
    if not actions <= {Action.EDIT, Action.REMOVE, Action.VIEW}:
        return None
    if actions == {Action.VIEW}:
        return Status.PENDING
    return Status.DRAFT if Action.REMOVE in actions and Action.VIEW not in actions else None


def status_of_sent(text: str, where: str = "") -> Status:
    """How a case stands on a page that only a case which was sent has. Raises UnknownWord."""
    status = STATUS.read(text, where)
    if status is Status.DRAFT:
        raise STATUS.unknown(text, where)
    return Status.PENDING if status is Status.IN_PROGRESS else status
