"""What local and foreign workers share: their columns and the rules about dates and papers."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from rpa.errors import Severity, Words
from rpa.rules import ages, text
from rpa.rules.record import Column, Finding, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

REGISTER_WITHIN = timedelta(days=30)
"""Employees' Social Security Act 1969: register within 30 days of the start (facts 6, 13.2)."""

YOUNGEST = 13
"""Years. Below it the law on children and young persons at work knows no ordinary employment; here
it is a guard against a mistyped year, not legal advice (assumed)."""

HOME = "Malaysia"


class WorkerKind(StrEnum):
    """Which of the portal's popups a worker needs, and whether the work is in a household."""

    LOCAL = "local"
    FOREIGN = "foreign"
    DOMESTIC_LOCAL = "domestic local"
    DOMESTIC_FOREIGN = "domestic foreign"

    @property
    def words(self) -> Words:
        """As an operator writes it."""
        return _KIND_WORDS[self]

    @property
    def foreign(self) -> bool:
        """Whether the worker is known by a passport."""
        return self in {WorkerKind.FOREIGN, WorkerKind.DOMESTIC_FOREIGN}

    @property
    def domestic(self) -> bool:
        """Whether the work is in a household (facts 4.2)."""
        return self in {WorkerKind.DOMESTIC_LOCAL, WorkerKind.DOMESTIC_FOREIGN}


_KIND_WORDS = {
    WorkerKind.LOCAL: Words("Tempatan", "local"),
    WorkerKind.FOREIGN: Words("Asing", "foreign"),
    WorkerKind.DOMESTIC_LOCAL: Words("Domestik Tempatan", "domestic local"),
    WorkerKind.DOMESTIC_FOREIGN: Words("Domestik Asing", "domestic foreign"),
}


class Gender(StrEnum):
    """As the form's radios have it."""

    MALE = "Male"
    FEMALE = "Female"


_GENDERS = dict.fromkeys(("male", "m", "lelaki", "l", "lk"), Gender.MALE.value) | dict.fromkeys(
    ("female", "f", "perempuan", "p", "pr", "wanita"), Gender.FEMALE.value
)

WORKER = Column(
    Kind.CHOICE,
    bm=("Jenis Pekerja", "Kategori Pekerja"),
    en=("Type of Worker", "Worker Type", "Kind of Worker", "Worker Category"),
    choices={words.en: kind.value for kind, words in _KIND_WORDS.items()}
    | {words.bm.lower(): kind.value for kind, words in _KIND_WORDS.items()},
    sent=False,
)
NAME = Column(
    Kind.TEXT,
    bm=("Nama Pekerja", "Nama", "Nama Penuh", "Nama Penuh Pekerja"),
    en=("Name of Employee", "Name", "Employee Name", "Full Name"),
    length=150,
)
BIRTH = Column(
    Kind.DATE,
    bm=("Tarikh Lahir", "Tkh Lahir", "T. Lahir", "Tarikh Kelahiran"),
    en=("Date of Birth", "DOB", "Birth Date", "Birthday"),
)
GENDER = Column(
    Kind.CHOICE, bm=("Jantina",), en=("Gender", "Gender (M/F)", "Sex"), choices=_GENDERS
)
RACE = Column(Kind.TEXT, bm=("Bangsa", "Kaum", "Keturunan"), en=("Race",))
OCCUPATION = Column(
    Kind.TEXT,
    bm=("Pekerjaan", "Pekerjaan (MASCO)"),
    en=("Occupation", "Occupation (MASCO)"),
    length=200,
)
SUB_OCCUPATION = Column(Kind.TEXT, bm=("Sub Pekerjaan",), en=("Sub Occupation",), length=200)
SUB_OCCUPATION_LIST = Column(
    Kind.TEXT, bm=("Senarai Sub Pekerjaan",), en=("Sub Occupation List",), length=200
)
NATIONALITY = Column(Kind.TEXT, bm=("Warganegara", "Kewarganegaraan"), en=("Nationality",))
OLD_IDENTIFICATION = Column(
    Kind.TEXT,
    bm=("No. Kad Pengenalan Lama", "No. KP Lama"),
    en=("Old Identification No.", "Old IC No.", "Old IC"),
    length=20,
)
WAGES_EXCEED = Column(
    Kind.YES_NO,
    bm=("Gaji Melebihi RM3000 Sebulan Sebelum 1 Jun 2016",),
    en=(
        "Wages Exceed RM3000 Per Month Before 1st Jun 2016",
        "Wages Exceed RM3000 Per Month Before 1 Jun 2016",
    ),
)
NRIC_BM = (
    "No. KPPN",
    "No. Kad Pengenalan",
    "No. KP",
    "No. KP Baru",
    "No. Kad Pengenalan Baru",
    "Kad Pengenalan",
    "KPPN",
    "No. MyKad",
    "No. IC",
    "No. IC Baru",
    "No. K/P",
    "K/P",
    "KP",
    "Nombor Kad Pengenalan",
    "Nombor KP",
    "Mykad No.",
)
NRIC_EN = (
    "Identification No.",
    "Identification Number",
    "NRIC",
    "NRIC No.",
    "IC",
    "IC No.",
    "IC Number",
    "New IC No.",
    "New IC",
    "NRIC Number",
    "Identity Card No.",
    "Identity Card Number",
    "MyKad",
)

NRIC_OR_PASSPORT = ("No. KP/Pasport", "No. KP/No. Pasport", "IC/Passport", "IC/Passport No.")
"""Headings of a column that holds either."""

ENTERED = ("Tarikh Masuk", "Tkh Masuk")
"""Likely the first day of work; of a foreigner it may be the day he entered the country."""

Name = Annotated[
    str, NAME, Field(description="As on the identity card.", examples=["CONTOH BIN REKAAN"])
]
BirthDate = Annotated[
    date, BIRTH, Field(description="yyyy-mm-dd or dd/mm/yyyy.", examples=["1990-01-01"])
]
StartDate = Annotated[
    date,
    Column(
        Kind.DATE,
        bm=(
            "Tarikh Mula Bekerja",
            "Tarikh Mula Kerja",
            "Tarikh Mula",
            "Tarikh Masuk Kerja",
            "Tkh Mula Kerja",
            "Tarikh Lapor Diri",
            "Tkh Lapor Diri",
        ),
        en=("Employment Start Date", "Start Date", "Date Joined", "Join Date", "Joining Date"),
        occasion=True,
        offered=ENTERED,
    ),
    Field(description="yyyy-mm-dd or dd/mm/yyyy.", examples=["2026-11-02"]),
]
Occupation = Annotated[
    str | None,
    OCCUPATION,
    Field(
        description="First of the three MASCO lists, in the portal's words.",
        examples=["[4]NUMERICAL AND MATERIAL RECORDING CLERKS"],
    ),
]
SubOccupation = Annotated[
    str | None,
    SUB_OCCUPATION,
    Field(description="Second MASCO list.", examples=["[4]Stock Clerks"]),
]
SubOccupationList = Annotated[
    str | None,
    SUB_OCCUPATION_LIST,
    Field(description="Third MASCO list.", examples=["[4]Clerk, raw material"]),
]
Paper = Annotated[
    str | None,
    Column(
        Kind.FILE,
        bm=("Dokumen", "Fail Dokumen", "Dokumen Sokongan"),
        en=("Document", "Document File", "Supporting Document"),
        sent=False,
    ),
    Field(description="A paper about this worker: PDF, JPG or PNG, relative to the job file."),
]
PaperType = Annotated[
    str | None,
    Column(
        Kind.TEXT,
        bm=("Jenis Dokumen",),
        en=("Document Type", "Type of Document"),
        length=200,
        sent=False,
    ),
    Field(description="The type of that paper in the portal's words.", examples=["Others"]),
]


def objections(values: Mapping[str, Any], today: date) -> Iterator[Finding]:
    """The objections to what every worker has: name, birth, start, occupation, paper."""
    yield from _name(values.get("name"))
    yield from _birth(values.get("date_of_birth"), today)
    yield from _start(values, today)
    yield from _cascade(values)
    yield from _paper(values)


def nationality(values: Mapping[str, Any]) -> Iterator[Finding]:
    """Where nationality and kind of worker contradict each other.

    A local worker of another nationality may be a permanent resident, whom the Acts treat as a
    Malaysian (facts 13.2): a remark. No foreign worker is a Malaysian.
    """
    said = "".join(filter(str.isalnum, values.get("nationality") or "")).casefold()
    if not said:
        return
    at_home = said in _AT_HOME
    if WorkerKind(values.get("worker", WorkerKind.LOCAL)).foreign:
        if at_home:
            yield _NOT_FOREIGN
    elif not at_home and not said.startswith(_RESIDENT):
        yield _NOT_HOME


def is_home(nationality: str) -> bool:
    """Whether the country is Malaysia, however it is written."""
    return nationality.strip().casefold() == HOME.casefold()


def _name(name: str | None) -> Iterator[Finding]:
    if name is not None and text.is_number(name):
        yield Finding(
            "name",
            "name-number",
            Words("Nama ini kelihatan seperti nombor.", "This name looks like a number."),
        )


def _birth(birth: date | None, today: date) -> Iterator[Finding]:
    if birth is not None:
        yield from ages.implausible("date_of_birth", birth, today)
    if birth is not None and birth > today:
        yield Finding(
            "date_of_birth",
            "birth-future",
            Words("Tarikh lahir ini belum tiba.", "This date of birth has not come yet."),
        )


def _start(values: Mapping[str, Any], today: date) -> Iterator[Finding]:
    start, birth = values.get("employment_start_date"), values.get("date_of_birth")
    if start is None:
        return
    if start > today:
        yield _START_FUTURE
    if start < today - REGISTER_WITHIN:
        yield _START_LATE
    if birth is None or birth > today:
        return
    if start < birth:
        yield _START_BEFORE_BIRTH
    elif ages.completed(birth, start) < YOUNGEST:
        yield _START_YOUNG


_LEVELS = {
    "occupation": OCCUPATION,
    "sub_occupation": SUB_OCCUPATION,
    "sub_occupation_list": SUB_OCCUPATION_LIST,
}


def _cascade(values: Mapping[str, Any]) -> Iterator[Finding]:
    """The second MASCO list opens with the first, the third with the second (facts 5.2)."""
    for upper, lower in pairwise(_LEVELS):
        if values.get(lower) is not None and values.get(upper) is None:
            above = _LEVELS[upper].heading
            yield Finding(
                lower,
                "occupation-cascade",
                Words(
                    f"Medan ini memerlukan medan '{above.bm}' diisi dahulu.",
                    f"This field needs the field '{above.en}' to be filled as well.",
                ),
                needs=(upper,),
            )


def _paper(values: Mapping[str, Any]) -> Iterator[Finding]:
    """Both or neither; the objection stands at the one that is filled, which surely exists."""
    paper, kind = values.get("document"), values.get("document_type")
    if paper is not None and kind is None:
        yield Finding("document", "document-type", _PAPER_WITHOUT_TYPE, needs=("document_type",))
    if paper is None and kind is not None:
        yield Finding("document_type", "document-file", _TYPE_WITHOUT_PAPER, needs=("document",))


_AT_HOME = frozenset(
    ("malaysia", "malaysian", "malaysiancitizen", "my", "mys", "msia", "wn", "warganegara",
     "warganegaramalaysia", "citizen", "tempatan", "ya", "yes")
)  # fmt: skip
_RESIDENT = ("pr", "permanentresident", "pemastautintetap", "penduduktetap")
_NOT_HOME = Finding(
    "nationality",
    "nationality-local",
    Words(
        "Pekerja ini dianggap tempatan (kategori dan SIP seperti warganegara), tetapi bukan "
        "warganegara Malaysia: betul hanya bagi pemastautin tetap. Jika tidak, isi 'Jenis "
        "Pekerja': Asing.",
        "This worker is taken as local (category and EIS as a citizen), but is not of Malaysian "
        "nationality: right only for a permanent resident. If not, fill 'Type of Worker': foreign.",
    ),
    Severity.WARNING,
    needs=("worker",),
)
_NOT_FOREIGN = Finding(
    "nationality",
    "nationality-home",
    Words(
        "Pekerja asing tidak boleh berwarganegara Malaysia. Semak 'Jenis Pekerja'.",
        "A foreign worker cannot be of Malaysian nationality. Check 'Type of Worker'.",
    ),
)
_START_FUTURE = Finding(
    "employment_start_date",
    "start-future",
    Words(
        "Tarikh mula bekerja ini belum tiba. Portal mungkin menolaknya.",
        "This employment start date has not come yet. The portal may refuse it.",
    ),
    Severity.WARNING,
)
_START_LATE = Finding(
    "employment_start_date",
    "start-late",
    Words(
        "Tarikh mula bekerja melebihi 30 hari yang lalu. Akta Keselamatan Sosial Pekerja 1969: "
        "pekerja mesti didaftarkan dalam tempoh 30 hari dari tarikh mula bekerja.",
        "The employment start date is more than 30 days ago. Employees' Social Security Act 1969: "
        "a worker must be registered within 30 days of the start date.",
    ),
    Severity.WARNING,
)
_START_BEFORE_BIRTH = Finding(
    "employment_start_date",
    "start-before-birth",
    Words(
        "Tarikh mula bekerja lebih awal daripada tarikh lahir.",
        "The employment start date is before the date of birth.",
    ),
)
_START_YOUNG = Finding(
    "employment_start_date",
    "start-young",
    Words(
        f"Pekerja belum berumur {YOUNGEST} tahun pada tarikh mula bekerja. Semak kedua-dua tarikh.",
        f"The worker is under {YOUNGEST} on the employment start date. Check both dates.",
    ),
)
_PAPER_WITHOUT_TYPE = Words(
    "Dokumen ini memerlukan 'Jenis Dokumen' diisi juga.",
    "This document needs its 'Document Type' to be filled as well.",
)
_TYPE_WITHOUT_PAPER = Words(
    "Jenis dokumen diisi, tetapi 'Dokumen' (nama fail) kosong.",
    "A document type is given, but 'Document' (the file's name) is empty.",
)
