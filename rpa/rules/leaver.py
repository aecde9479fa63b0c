"""A worker whose employment ends (facts 7.1)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Protocol, TypeVar

from pydantic import Field

from rpa.errors import Severity, Words
from rpa.rules import ages, identities, nric, workers
from rpa.rules.choices import squeeze
from rpa.rules.record import Column, Finding, Kind, Record
from rpa.rules.vocabulary import Search
from rpa.rules.workers import YOUNGEST, Name, Paper, PaperType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

REPORT_WITHIN = timedelta(days=30)
"""A leaver is to be reported within 30 days of his last day (facts 13.2)."""

SIGNALS = ("identification", "ssn", "employment_start_date")
"""Beside the name one of these must be declared, for a name alone may be two people's."""

RESIGN = Column(
    Kind.DATE,
    bm=(
        "Tarikh Berhenti Kerja", "Tarikh Berhenti", "Tarikh Tamat Kerja", "Tarikh Akhir Bekerja",
        "Tarikh Akhir Kerja", "Tkh Berhenti", "Hari Terakhir", "Hari Terakhir Bekerja",
        "Hari Terakhir Kerja",
    ),
    en=(
        "Employment Resign Date", "Resign Date", "Resigned Date", "Resignation Date",
        "Termination Date", "Last Day", "Last Working Day", "Date Left",
    ),
    occasion=True,
)  # fmt: skip
START = Column(  # not an occasion of this filing: it may be long ago
    Kind.DATE,
    bm=(
        "Tarikh Mula Bekerja", "Tarikh Mula Kerja", "Tarikh Mula", "Tarikh Masuk Kerja",
        "Tkh Mula Kerja",
    ),
    en=("Employment Start Date", "Start Date", "Date Joined", "Join Date", "Joining Date"),
    offered=(*workers.ENTERED, "Tarikh Lapor Diri", "Tkh Lapor Diri"),
)  # fmt: skip


class Listed(Protocol):
    """A worker as the portal lists him."""

    @property
    def identification(self) -> str:
        """NRIC or passport number."""

    @property
    def name(self) -> str:
        """As the portal writes it."""

    @property
    def employment_start_date(self) -> date | None:
        """The day he began."""


ListedT = TypeVar("ListedT", bound=Listed)


class Leaver(Record):
    """One who leaves, and his last day; the rest is there to be sure that it is he.

    The portal is searched by ``identification`` or ``ssn``, by both where both are declared, else
    by ``name``; and everything declared must agree with what it lists.
    """

    identity: ClassVar[str] = "name"

    identification: Annotated[
        str | None,
        Column(
            Kind.IDENTITY,
            bm=(*workers.NRIC_BM, "No. Pengenalan", "No. Pasport"),
            en=(
                *workers.NRIC_EN,
                "Passport No.",
                "NRIC / Passport No.",
                *workers.NRIC_OR_PASSPORT,
            ),
            length=identities.PASSPORT_LENGTH,
        ),
        Field(
            description="NRIC in quotes or with dashes, or passport number.",
            examples=["900101-00-5555", "X0000001"],
        ),
    ] = None
    ssn: Annotated[
        str | None,
        Column(
            Kind.TEXT,
            bm=("No. Keselamatan Sosial", "No. SSN"),
            en=("Social Security No.", "Social Security Number", "SSN"),
            length=20,
            sent=False,
        ),
        Field(description="Social security number, in quotes; of foreign workers SSFW, SSFDW."),
    ] = None
    name: Name
    employment_start_date: Annotated[
        date | None,
        START,
        Field(description="yyyy-mm-dd or dd/mm/yyyy, as the portal lists it."),
    ] = None
    employment_resign_date: Annotated[
        date,
        RESIGN,
        Field(
            description="The last day; one to come is filed when it has come.",
            examples=["2026-11-20"],
        ),
    ]
    document: Paper = None
    document_type: PaperType = None

    @property
    def person(self) -> str:
        """The surest of what is declared: NRIC or passport, social security number, name."""
        return self.identification or self.ssn or self.name

    @property
    def known_as(self) -> frozenset[str]:
        """Any of his numbers, and his name: a case may name either."""
        return frozenset(name for name in (self.identification, self.ssn, self.name) if name)

    @property
    def key(self) -> tuple[str, ...]:
        """The person and his last day: who came back may leave again."""
        return (self.person, self.employment_resign_date.isoformat())

    @property
    def due(self) -> date | None:
        """The last day: the portal takes none that has not come."""
        return self.employment_resign_date

    def searches(self) -> dict[Search, str]:
        """By what the portal is searched, each field with its text; the last tells most.

        A social security number is on no listing: it is asked for beside the identification.
        """
        numbers = {Search.SSN: self.ssn, Search.IDENTIFICATION: self.identification}
        return {f: number for f, number in numbers.items() if number} or {Search.NAME: self.name}

    def among(self, listed: Iterable[ListedT]) -> list[ListedT]:
        """The lines of a whole listing that may be he: by his number, else by his name."""
        if self.identification:
            return [line for line in listed if line.identification == self.identification]
        return self.alike(listed)

    def alike(self, listed: Iterable[ListedT]) -> list[ListedT]:
        """The lines with his name."""
        return [line for line in listed if _plain(line.name) == _plain(self.name)]

    def disagreement(self, listed: Listed) -> list[str]:
        """The declared fields that this line of the portal's listing contradicts.

        The last day is one of them when it lies before the listed start.
        """
        start, since = self.employment_start_date, listed.employment_start_date
        wrong = {
            "identification": self.identification not in {None, listed.identification},
            "name": _plain(self.name) != _plain(listed.name),
            "employment_start_date": start not in {None, since},
            "employment_resign_date": bool(since and self.employment_resign_date < since),
        }
        return [field for field, differs in wrong.items() if differs]

    @classmethod
    def objections(cls, values: Mapping[str, Any], today: date) -> Iterator[Finding]:
        """The texts, that he can be told from others, the number, the dates, the paper."""
        yield from super().objections(values, today)
        yield from _number(values, today)
        if "name" in values and all(values.get(field) is None for field in SIGNALS):
            yield _ONE_SIGNAL
        # Not the start date: it is long ago, and that is in order.
        others = ("name", "document", "document_type")
        yield from workers.objections({n: values.get(n) for n in others}, today)
        yield from _dates(values, today)


def _plain(name: str) -> str:
    """A name without what makes no other person of it: capitals and the width of blanks."""
    return squeeze(name).casefold()


def resigned(day: date | None, today: date) -> Iterator[Finding]:
    """What is odd about a last day by itself: reported too late is a warning."""
    if day is not None and day < today - REPORT_WITHIN:
        yield _LATE


def _number(values: Mapping[str, Any], today: date) -> Iterator[Finding]:
    number = values.get("identification")
    if number is None:
        return
    if not nric.well_formed(number):
        yield from identities.of_passport("identification", number, today)
        return
    yield from identities.of_nric("identification", {"identification": number}, today)
    day, born = values.get("employment_resign_date"), nric.birth_dates(number, today)
    # Where the century is open, the earlier birth speaks for him.
    if day is not None and born and ages.completed(min(born), day) < YOUNGEST:
        yield _YOUNG


def _dates(values: Mapping[str, Any], today: date) -> Iterator[Finding]:
    day, start = values.get("employment_resign_date"), values.get("employment_start_date")
    if day is not None and start is not None and day < start:
        yield _BEFORE_START
    yield from resigned(day, today)


_ONE_SIGNAL = Finding(
    "name",
    "leaver-signals",
    Words(
        "Nama sahaja tidak cukup untuk memastikan orangnya. Isi juga No. Kad Pengenalan, No. "
        "Keselamatan Sosial atau Tarikh Mula Bekerja.",
        "A name alone does not tell who it is. Fill the identification number, the social security "
        "number or the employment start date as well.",
    ),
    needs=SIGNALS,
)
_BEFORE_START = Finding(
    "employment_resign_date",
    "resign-before-start",
    Words(
        "Tarikh berhenti kerja lebih awal daripada tarikh mula bekerja.",
        "The employment resign date is before the employment start date.",
    ),
)
_YOUNG = Finding(
    "employment_resign_date",
    "resign-young",
    Words(
        f"Mengikut No. KPPN, pekerja belum berumur {YOUNGEST} tahun pada tarikh berhenti kerja. "
        "Semak kedua-duanya.",
        f"Going by the identification number, the worker is under {YOUNGEST} on the resign date. "
        "Check both.",
    ),
)
_LATE = Finding(
    "employment_resign_date",
    "resign-late",
    Words(
        "Tarikh berhenti kerja melebihi 30 hari yang lalu; PERKESO mesti dimaklumkan dalam tempoh "
        "30 hari.",
        "The employment resign date is more than 30 days ago; PERKESO is to be told within 30 "
        "days.",
    ),
    Severity.WARNING,
)
