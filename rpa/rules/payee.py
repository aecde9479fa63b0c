"""A worker as the monthly contribution asks for him: who, which wages, insured for what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import Field, WithJsonSchema

from rpa.errors import Severity, Words
from rpa.rules import ages, coverage, identities, name_in_file, nric, schedule, workers
from rpa.rules.choices import squeeze
from rpa.rules.coverage import Insured
from rpa.rules.employment_status import STATUS, EmploymentStatus
from rpa.rules.months import Month
from rpa.rules.record import Column, Finding, Kind, Record
from rpa.rules.ssfw import findings as ssfw_findings
from rpa.rules.workers import Gender, WorkerKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pydantic.config import JsonDict

    from rpa.rules.schedule import Amounts

OLDEST = 100
"""Years. An NRIC that would make a worker older is of the other century (assumed)."""

_DAY = "yyyy-mm-dd or dd/mm/yyyy."
_RINGGIT: JsonDict = {"type": ["number", "string"], "minimum": 0}


class Payee(Record):
    """One worker's month in a payroll table; which month is said beside the table.

    Money is whole sen here and ringgit in the table (3000, 3000.00, "3,000.00"). ``wages`` are all
    wages of the month that contributions are reckoned from, allowances included, and never cut at
    the ceiling (text file v2.1, field 6).
    """

    identity: ClassVar[str] = "identification"

    worker: Annotated[
        WorkerKind,
        workers.WORKER,
        Field(
            description="local (Malaysians, permanent and temporary residents), foreign, domestic "
            "local or domestic foreign; in a table also Tempatan, Asing, Domestik …"
        ),
    ] = WorkerKind.LOCAL
    identification: Annotated[
        str,
        Column(
            Kind.IDENTITY,
            bm=(*workers.NRIC_BM, "No. Pengenalan", "No. SSFW", "No. KP/SSFW"),
            en=(*workers.NRIC_EN, "SSFW No.", "SSFW Number", "NRIC/SSFW"),
            length=identities.PASSPORT_LENGTH,  # what is longer than 12 is told by its form
            written=Words(
                "12 digit, atau bersengkang YYMMDD-PB-####; pekerja asing: No. SSFW atau SSFDW",
                "12 digits, or dashed as YYMMDD-PB-####; foreign workers: SSFW or SSFDW number",
            ),
        ),
        Field(
            description="NRIC: 12 digits in quotes or with dashes; of a foreign worker the SSFW or "
            "SSFDW number, never the passport's.",
            examples=["900101005555", "SSFW00000001"],
        ),
    ]
    name: workers.Name
    wages: Annotated[
        int,
        Column(
            Kind.MONEY,
            bm=("Gaji", "Gaji Bulanan", "Upah", "Upah Bulanan", "Gaji PERKESO"),
            en=("Wages", "Monthly Wages", "Employee Wages", "SOCSO Wages", "Contribution Wages"),
        ),
        Field(
            ge=0,
            description="All wages of the month in ringgit, allowances included.",
            examples=["3000.00"],
            json_schema_extra=_RINGGIT,
        ),
    ]
    date_of_birth: Annotated[
        date | None,
        replace(workers.BIRTH, needed_by=Words("pekerja asing", "foreign workers")),
        Field(description=f"Only where there is no NRIC to tell it. {_DAY}"),
    ] = None
    first_contribution_date: Annotated[
        date | None,
        Column(
            Kind.DATE,
            bm=("Tarikh Caruman Pertama", "Caruman Pertama"),
            en=("First Contribution Date", "First Contribution", "First SOCSO Contribution"),
            sent=False,
            needed_by=Words("umur 55 hingga 59", "ages 55 to 59"),
        ),
        Field(description=f"To PERKESO, under any employer; needed from 55 to 59. {_DAY}"),
    ] = None
    skbbk_opt_out: Annotated[
        bool,
        Column(
            Kind.YES_NO,
            bm=("Keluar SKBBK", "Pelepasan SKBBK", "Keluar LINDUNG 24 Jam"),
            en=("SKBBK Opt-out", "Opted Out of SKBBK", "LINDUNG 24 Jam Opt-out"),
            sent=False,
        ),
        Field(description="true for a local worker whose opt-out PERKESO has."),
    ] = False
    invalidity_pension: Annotated[
        bool,
        Column(
            Kind.YES_NO,
            bm=("Pencen Ilat", "Penerima Pencen Ilat"),
            en=("Invalidity Pension", "Invalidity Pensioner"),
            sent=False,
        ),
        Field(description="true for a worker who receives an invalidity pension."),
    ] = False
    eis_exempt: Annotated[
        bool,
        Column(
            Kind.YES_NO,
            bm=("Tanpa SIP", "Dikecualikan SIP", "Tiada SIP"),
            en=("No EIS", "EIS Exempt", "Exempt from EIS", "Without EIS"),
            sent=False,
        ),
        Field(
            description="true for a local worker outside EIS: contract staff of a statutory body "
            "or local authority; from 57 on without EIS before."
        ),
    ] = False
    nationality: Annotated[
        str | None,
        replace(workers.NATIONALITY, sent=False, compared=True),
        Field(description="Only compared with the kind of worker."),
    ] = None
    gender: Annotated[
        Gender | None,
        replace(workers.GENDER, sent=False, compared=True),
        Field(description="Only compared with the NRIC."),
    ] = None
    month: Annotated[
        tuple[Month | int, ...],
        Column(
            Kind.MONTH,
            bm=("Bulan", "Bulan Caruman", "Bulan Gaji"),
            en=("Month", "Contribution Month", "Wage Month"),
            sent=False,
        ),
        WithJsonSchema({"type": ["string", "integer"]}),
        Field(description="Only compared with the month that the table is for."),
    ] = ()
    allowances: Annotated[
        int | None,
        Column(
            Kind.MONEY,
            bm=("Elaun", "Jumlah Elaun"),
            en=("Allowances", "Allowance", "Total Allowances"),
            sent=False,
            compared=True,
        ),
        Field(
            ge=0,
            description="How much of the wages is allowances, for the register; never added.",
            json_schema_extra=_RINGGIT,
        ),
    ] = None
    occupation: Annotated[
        str | None,
        Column(
            Kind.TEXT,
            bm=("Pekerjaan", "Jawatan"),
            en=("Occupation", "Job Title"),
            length=200,
            sent=False,
            compared=True,
        ),
        Field(description="For the register of employees; in the employer's own words."),
    ] = None
    employment_date: Annotated[
        date | None,
        Column(
            Kind.DATE,
            bm=("Tarikh Mula/Berhenti", "Tarikh Perubahan Pekerjaan"),
            en=("Employment Date", "Start/End Date"),
        ),
        Field(description=f"Start or end in this month; only the old text files hold it. {_DAY}"),
    ] = None
    employment_status: Annotated[
        EmploymentStatus | None,
        STATUS,
        Field(description="B new, H left, M died, S sick leave, T unpaid leave; old files only."),
    ] = None

    @property
    def person(self) -> str:
        """The number that identifies the worker."""
        return self.identification

    @property
    def key(self) -> tuple[str, ...]:
        """The same number: the month stands beside the table, a worker once in it."""
        return (self.identification,)

    @property
    def name_in_file(self) -> str:
        """The name as a text file holds it: capitals (facts: text-files, section 1)."""
        return self.name.upper()

    def with_wages_of(self, others: Sequence[Payee]) -> Payee | None:
        """The worker with all these wages; None where the rows differ in anything else.

        A name's capitals and blanks are no difference, nor is a cell that is blank in one of them.
        """
        every = (self, *others)
        told: dict[str, Any] = {}
        for name in type(self).model_fields:
            filled = [getattr(one, name) for one in every if name in one.model_fields_set]
            if name not in _APART and len({_plain(value) for value in filled}) > 1:
                return None
            told[name] = filled[0] if filled else getattr(self, name)
        allowances = [one.allowances for one in every if one.allowances is not None]
        return self.model_copy(
            update={
                **told,
                "wages": sum(one.wages for one in every),
                "allowances": sum(allowances) if allowances else None,
            }
        )

    def in_month(self, month: Month) -> Iterator[Finding]:
        """The objections that depend on the month of the wages.

        A number that tells no birth date at all is objected to without the month.
        """
        if self.month and month not in self.month and month.number not in self.month:
            yield _other_month(self.month, month)
        born = _born(self, month)
        if born is not None:
            if self.date_of_birth is None:  # else it is said there
                yield from ages.implausible("identification", born, month.last)
            if coverage.age(born, month.last) < workers.YOUNGEST:
                yield _YOUNG
            yield from coverage.objections(self._insured(born), month)

    def contributions(self, month: Month) -> Amounts:
        """What is due for this worker; only without objections ``in_month``."""
        born = _born(self, month)
        if born is None:
            raise ValueError("whose date of birth is not known has objections")
        cover = coverage.cover(self._insured(born), month)
        return schedule.amounts(self.wages, month, cover)

    def _insured(self, born: date) -> Insured:
        return Insured(
            self.worker,
            born,
            self.first_contribution_date,
            opted_out=self.skbbk_opt_out,
            pensioner=self.invalidity_pension,
            eis_exempt=self.eis_exempt,
        )

    @classmethod
    def objections(cls, values: Mapping[str, Any], today: date) -> Iterator[Finding]:
        """The texts, the number, the name as a file takes it, and what contradicts itself."""
        yield from super().objections(values, today)
        for finding in _identification(values, today):
            # Whose kind could not be read may be of the other one.
            yield finding._replace(needs=("worker", *finding.needs))
        yield from workers.objections(values, today)
        if (name := values.get("name")) is not None:
            yield from name_in_file.findings("name", name)
        yield from workers.nationality(values)
        allowances, wages = values.get("allowances"), values.get("wages")
        if allowances is not None and wages is not None and allowances > wages:
            yield Finding("allowances", "allowances-more", _ALLOWANCES)


def _identification(values: Mapping[str, Any], today: date) -> Iterator[Finding]:
    if WorkerKind(values.get("worker", WorkerKind.LOCAL)).foreign:
        yield from ssfw_findings("identification", values.get("identification"), today)
        if values.get("date_of_birth") is None:
            yield Finding("date_of_birth", "birth-missing", _BIRTH_MISSING, needs=_BIRTH)
    elif "identification" in values:
        yield from identities.of_nric("identification", values, today)
        # What his kind will ask for next, told in the same round.
        if identities.of_foreigner(values["identification"]) and not values.get("date_of_birth"):
            yield Finding("date_of_birth", "birth-missing", _BIRTH_MISSING, needs=_BIRTH)


_APART = frozenset({"wages", "allowances", "occupation"})


def _plain(value: Any) -> Any:
    """What two cells must have in common: a text's letters, a month's number in the year."""
    if isinstance(value, tuple):
        return frozenset(one.number if isinstance(one, Month) else one for one in value)
    return squeeze(value).casefold() if isinstance(value, str) else value


def _other_month(said: tuple[Month | int, ...], month: Month) -> Finding:
    other = ", ".join(str(one) if isinstance(one, Month) else f"{one:02}" for one in said)
    words = Words(
        f"Baris ini untuk bulan {other}, bukan {month}.",
        f"This row is of the month {other}, not {month}.",
    )
    return Finding("month", "month-row", words)


def _born(payee: Payee, month: Month) -> date | None:
    """The birth date: as declared, else the NRIC's in the one century that a worker can be of.

    None where neither tells one, which is objected to without the month.
    """
    if payee.date_of_birth is not None:
        return payee.date_of_birth
    if payee.worker.foreign or not nric.well_formed(payee.identification):
        return None
    days = nric.birth_dates(payee.identification, month.last)
    living = [day for day in days if coverage.age(day, month.last) < OLDEST]
    return living[0] if len(living) == 1 else None


_BIRTH = ("date_of_birth",)
_BIRTH_MISSING = Words(
    "Pekerja asing tiada No. KPPN: isi 'Tarikh Lahir'; ia menentukan kategori.",
    "A foreign worker has no NRIC: fill 'Date of Birth'; it decides the category.",
)
_YOUNG = Finding(
    "identification",
    "payee-young",
    Words(
        f"Pekerja ini belum berumur {workers.YOUNGEST} tahun. Semak nombor dan tarikh lahir.",
        f"This worker is under {workers.YOUNGEST}. Check the number and the date of birth.",
    ),
    Severity.ERROR,
)
_ALLOWANCES = Words(
    "Elaun melebihi gaji. Gaji di sini ialah semua upah bulan itu, termasuk elaun.",
    "The allowances are more than the wages. Wages here are all of the month's, allowances "
    "included.",
)
