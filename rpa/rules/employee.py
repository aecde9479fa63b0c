"""A worker as Form 2 (facts 5.2) asks for him."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import Field

from rpa.errors import Severity, Words
from rpa.rules import nric, text
from rpa.rules.record import Column, Finding, Kind, Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

REGISTER_WITHIN = timedelta(days=30)
"""Employees' Social Security Act 1969: register within 30 days of the start (facts 6, 13.2)."""

YOUNGEST = 13
"""Years. Below it the law on children and young persons at work knows no ordinary employment; here
it is a guard against a mistyped year, not legal advice (assumed)."""

_MALE = ("male", "m", "lelaki", "l")
_FEMALE = ("female", "f", "perempuan", "p")


class Gender(StrEnum):
    """As the form's radios have it."""

    MALE = "Male"
    FEMALE = "Female"


_GENDERS = dict.fromkeys(_MALE, Gender.MALE.value) | dict.fromkeys(_FEMALE, Gender.FEMALE.value)


class Employee(Record):
    """A local worker: NRIC of 12 digits without dashes, dates as dates, texts as declared.

    The metadata beside each field are the headings under which an operator's table may hold it.
    The lengths are assumed: the guide prints none (facts 16.14).
    """

    identity: ClassVar[str] = "identification"

    identification: Annotated[
        str,
        Column(
            Kind.NRIC,
            bm=(
                "No. KPPN",
                "No. Kad Pengenalan",
                "No. KP",
                "No. KP Baru",
                "No. Kad Pengenalan Baru",
                "Kad Pengenalan",
                "KPPN",
                "No. MyKad",
            ),
            en=(
                "Identification No.",
                "Identification Number",
                "NRIC",
                "NRIC No.",
                "IC",
                "IC No.",
                "IC Number",
                "New IC No.",
                "MyKad",
            ),
        ),
        Field(
            description="NRIC: 12 digits in quotes, or with dashes as in YYMMDD-PB-####.",
            examples=["900101005555"],
            json_schema_extra={"pattern": "^([0-9]{12}|[0-9]{6}-[0-9]{2}-[0-9]{4})$"},
        ),
    ]
    name: Annotated[
        str,
        Column(
            Kind.TEXT,
            bm=("Nama Pekerja", "Nama", "Nama Penuh"),
            en=("Name of Employee", "Name", "Employee Name", "Full Name"),
            length=150,
        ),
        Field(description="As on the identity card.", examples=["CONTOH BIN REKAAN"]),
    ]
    date_of_birth: Annotated[
        date,
        Column(
            Kind.DATE,
            bm=("Tarikh Lahir",),
            en=("Date of Birth", "DOB", "Birth Date", "Birthday"),
        ),
        Field(description="yyyy-mm-dd or dd/mm/yyyy.", examples=["1990-01-01"]),
    ]
    gender: Annotated[
        Gender | None,
        Column(
            Kind.CHOICE, bm=("Jantina",), en=("Gender", "Gender (M/F)", "Sex"), choices=_GENDERS
        ),
        Field(description="Male or Female; in a table also M, F, L, P, Lelaki, Perempuan."),
    ] = None
    race: Annotated[
        str | None,
        Column(Kind.TEXT, bm=("Bangsa", "Kaum", "Keturunan"), en=("Race",)),
        Field(description="In the portal's words.", examples=["Melayu", "Cina", "India"]),
    ] = None
    employment_start_date: Annotated[
        date,
        Column(
            Kind.DATE,
            bm=("Tarikh Mula Bekerja", "Tarikh Mula Kerja", "Tarikh Mula", "Tarikh Masuk Kerja"),
            en=("Employment Start Date", "Start Date", "Date Joined", "Join Date", "Joining Date"),
        ),
        Field(description="yyyy-mm-dd or dd/mm/yyyy.", examples=["2026-11-02"]),
    ]
    occupation: Annotated[
        str | None,
        Column(
            Kind.TEXT,
            bm=("Pekerjaan", "Pekerjaan (MASCO)"),
            en=("Occupation", "Occupation (MASCO)"),
            length=200,
        ),
        Field(
            description="First of the three MASCO lists, in the portal's words.",
            examples=["[4]NUMERICAL AND MATERIAL RECORDING CLERKS"],
        ),
    ] = None
    sub_occupation: Annotated[
        str | None,
        Column(Kind.TEXT, bm=("Sub Pekerjaan",), en=("Sub Occupation",), length=200),
        Field(description="Second MASCO list.", examples=["[4]Stock Clerks"]),
    ] = None
    sub_occupation_list: Annotated[
        str | None,
        Column(Kind.TEXT, bm=("Senarai Sub Pekerjaan",), en=("Sub Occupation List",), length=200),
        Field(description="Third MASCO list.", examples=["[4]Clerk, raw material"]),
    ] = None
    nationality: Annotated[
        str,
        Column(Kind.TEXT, bm=("Warganegara", "Kewarganegaraan"), en=("Nationality",)),
        Field(description="The country in English, as the portal lists it."),
    ] = "Malaysia"
    old_identification: Annotated[
        str | None,
        Column(
            Kind.TEXT,
            bm=("No. Kad Pengenalan Lama", "No. KP Lama"),
            en=("Old Identification No.", "Old IC No.", "Old IC"),
            length=20,
        ),
        Field(description="Number of the old identity card, in quotes."),
    ] = None
    wages_exceed_3000_before_june_2016: Annotated[
        bool,
        Column(
            Kind.YES_NO,
            bm=("Gaji Melebihi RM3000 Sebulan Sebelum 1 Jun 2016",),
            en=(
                "Wages Exceed RM3000 Per Month Before 1st Jun 2016",
                "Wages Exceed RM3000 Per Month Before 1 Jun 2016",
            ),
        ),
        Field(description="true or false; in a table also Yes, No, Ya, Tidak."),
    ] = False

    @property
    def person(self) -> str:
        """The NRIC."""
        return self.identification

    @property
    def key(self) -> tuple[str, ...]:
        """The NRIC and the start date: re-hiring the same person later is another matter."""
        return (self.identification, self.employment_start_date.isoformat())

    @classmethod
    def objections(cls, values: Mapping[str, Any], today: date) -> Iterator[Finding]:
        """The texts, the NRIC against birth date and gender, the start date's legal clock."""
        yield from super().objections(values, today)
        yield from _name(values.get("name"))
        yield from _identification(values, today)
        yield from _birth(values.get("date_of_birth"), today)
        yield from _start(values, today)
        yield from _cascade(values)

    def findings(self, today: date) -> Iterator[Finding]:
        """See ``objections``; ``today`` decides the legal clock and the NRIC's century."""
        return self.objections(dict(self), today)


def _name(name: str | None) -> Iterator[Finding]:
    if name is not None and text.is_number(name):
        yield Finding(
            "name",
            "name-number",
            Words("Nama ini kelihatan seperti nombor.", "This name looks like a number."),
        )


def _identification(values: Mapping[str, Any], today: date) -> Iterator[Finding]:
    number = values.get("identification")
    if number is None:
        return
    if not nric.well_formed(number):
        yield NRIC_FORMAT
        return
    if not nric.birthplace_in_use(number):
        yield _BIRTHPLACE
    days = nric.birth_dates(number, today)
    if not days:
        yield _NRIC_DATE
    birth, gender = values.get("date_of_birth"), values.get("gender")
    if days and birth is not None and birth <= today and birth not in days:
        yield _BIRTH_DIFFERS
    if gender is not None and (gender == Gender.MALE) != nric.is_male(number):
        yield _GENDER_DIFFERS


def _birth(birth: date | None, today: date) -> Iterator[Finding]:
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
    elif _age(birth, start) < YOUNGEST:
        yield _START_YOUNG


def _age(birth: date, day: date) -> int:
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def _cascade(values: Mapping[str, Any]) -> Iterator[Finding]:
    """The second MASCO list opens with the first, the third with the second (facts 5.2)."""
    levels = ("occupation", "sub_occupation", "sub_occupation_list")
    for upper, lower in pairwise(levels):
        if values.get(lower) is not None and values.get(upper) is None:
            above = Employee.columns()[upper].heading
            yield Finding(
                lower,
                "occupation-cascade",
                Words(
                    f"Medan ini memerlukan medan '{above.bm}' diisi dahulu.",
                    f"This field needs the field '{above.en}' to be filled as well.",
                ),
            )


NRIC_FORMAT = Finding(
    "identification",
    "nric-format",
    Words(
        "No. KPPN mesti 12 digit, tanpa sengkang atau bersengkang seperti YYMMDD-PB-####.",
        "The identification number must be 12 digits, without dashes or as YYMMDD-PB-####.",
    ),
)
_NRIC_DATE = Finding(
    "identification",
    "nric-date",
    Words(
        "Enam digit pertama No. KPPN bukan tarikh lahir yang sah.",
        "The first six digits of the identification number are no real date of birth.",
    ),
)
_BIRTHPLACE = Finding(
    "identification",
    "nric-birthplace",
    Words(
        "Kod tempat lahir dalam No. KPPN ini tidak digunakan. Semak nombor ini.",
        "The birthplace code in this identification number is not in use. Check the number.",
    ),
    Severity.WARNING,
)
_BIRTH_DIFFERS = Finding(
    "date_of_birth",
    "birth-nric",
    Words(
        "Tarikh lahir tidak sama dengan tarikh dalam No. KPPN.",
        "The date of birth is not the one in the identification number.",
    ),
)
_GENDER_DIFFERS = Finding(
    "gender",
    "gender-nric",
    Words(
        "Jantina tidak sepadan dengan digit terakhir No. KPPN (ganjil lelaki, genap perempuan).",
        "The gender does not fit the identification number's last digit (odd male, even female).",
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
