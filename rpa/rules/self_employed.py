"""A self-employed person as an agency lists them to PERKESO's SPS division (facts 13.7)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import Field

from rpa.errors import Severity, Words
from rpa.rules import identities, money, sps, workers
from rpa.rules.record import Column, Finding, Kind, Record
from rpa.rules.sps import Group, Scheme, Standing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rpa.rules.sps import Terms


def _choices(known: Mapping[Any, Words], **more: Any) -> dict[str, str]:
    """The words of both languages for each value, and further ones."""
    found = {word: str(value) for value, words in known.items() for word in (words.en, words.bm)}
    return {**found, **{word.replace("_", " "): str(value) for word, value in more.items()}}


class SelfEmployed(Record):
    """Who, insured under which plan, and the copy of the identity card."""

    identity: ClassVar[str] = "identification"
    scheme: ClassVar[Scheme]

    identification: Annotated[
        str,
        Column(Kind.NRIC, bm=workers.NRIC_BM, en=workers.NRIC_EN),
        Field(
            description="NRIC: 12 digits in quotes, or with dashes as in YYMMDD-PB-####.",
            examples=["900101005555"],
        ),
    ]
    name: Annotated[
        str,
        Column(
            Kind.TEXT,
            bm=("Nama", "Nama Penuh", "Nama Pemohon", "Nama Ahli"),
            en=("Name", "Full Name", "Name of Applicant", "Name of Member"),
            length=workers.NAME.length,
        ),
        Field(description="As on the identity card.", examples=["CONTOH BIN REKAAN"]),
    ]
    date_of_birth: Annotated[
        date | None,
        workers.BIRTH,
        Field(description="Only compared with the NRIC."),
    ] = None
    standing: Annotated[
        Standing,
        Column(
            Kind.CHOICE,
            bm=("Taraf", "Taraf Kewarganegaraan", "Warganegara", "Kewarganegaraan"),
            en=("Standing", "Citizenship", "Citizen or Permanent Resident"),
            choices=_choices(sps.STANDINGS, malaysia=Standing.CITIZEN, pr=Standing.RESIDENT),
        ),
        Field(description="citizen or permanent resident; nobody else may be listed."),
    ]
    sector: Annotated[
        str,
        Column(
            Kind.CHOICE,
            bm=("Sektor", "Sektor Pekerjaan"),
            en=("Sector", "Occupation Sector"),
            choices=_choices(
                sps.SECTORS,
                pengangkutan_barangan_dan_makanan="goods or food transport",
                goods_and_food_transport="goods or food transport",
            ),
        ),
        Field(description="One of the twenty sectors.", examples=["hawkers"]),
    ]
    plan: Annotated[
        int,
        Column(
            Kind.COUNT,
            bm=("Pelan", "Pelan Caruman"),
            en=("Plan", "Contribution Plan"),
            written=Words("nombor pelan sahaja, contohnya 2", "the plan's number alone, such as 2"),
        ),
        Field(ge=0, description="The number of the plan.", examples=[2]),
    ]
    identity_card: Annotated[
        str,
        Column(
            Kind.FILE,
            bm=("Salinan Kad Pengenalan", "Fail Kad Pengenalan", "Salinan KP"),
            en=("Copy of Identity Card", "Identity Card File", "IC Copy"),
        ),
        Field(description="Copy of the identity card: PDF, JPG or PNG, relative to the job file."),
    ]

    @property
    def person(self) -> str:
        """The NRIC."""
        return self.identification

    @property
    def key(self) -> tuple[str, ...]:
        """The NRIC: whoever is listed is insured for a year, under whichever scheme."""
        return (self.identification,)

    @classmethod
    def objections(cls, values: Mapping[str, Any], today: date) -> Iterator[Finding]:
        """The texts, the NRIC and the birth date, the plan."""
        yield from super().objections(values, today)
        if "identification" in values:
            yield from identities.of_nric("identification", values, today)
        yield from workers.objections(values, today)
        if "plan" in values and sps.known(today):
            yield from cls.of_plan(values, sps.terms(today))

    @classmethod
    def of_plan(cls, values: Mapping[str, Any], terms: Terms) -> Iterator[Finding]:
        """The objections to a plan that was read."""
        plan, known = values["plan"], terms.plans_of(cls.scheme)
        if plan not in terms.plans:
            yield Finding("plan", "plan-unknown", _no_plan(plan, terms))
        elif plan not in known:
            yield Finding("plan", "plan-scheme", _other_plan(plan, cls.scheme, terms))


class Matched(SelfEmployed):
    """Under SPS Padanan Caruman: the person pays a fifth of the year."""

    scheme: ClassVar[Scheme] = Scheme.MATCHING

    proof_of_work: Annotated[
        str | None,
        Column(
            Kind.FILE,
            bm=("Bukti Pekerjaan", "Surat Pengesahan Kerja", "Pengesahan Kerja"),
            en=("Proof of Work", "Confirmation of Work"),
        ),
        Field(
            description="Licence, driver's card, profile at a platform or an association's letter: "
            "PDF, JPG or PNG, relative to the job file."
        ),
    ] = None

    @classmethod
    def objections(cls, values: Mapping[str, Any], today: date) -> Iterator[Finding]:
        """What all are asked, and a remark where nothing shows the work."""
        yield from super().objections(values, today)
        if values.get("proof_of_work") is None:
            yield _NO_PROOF


class Served(SelfEmployed):
    """Under SPS Khidmat: the State pays all, for named groups under one plan each."""

    scheme: ClassVar[Scheme] = Scheme.SERVICE

    group_of_service: Annotated[
        Group,
        Column(
            Kind.CHOICE,
            bm=("Kumpulan", "Kumpulan Sasar"),
            en=("Group", "Target Group"),
            choices=_choices(sps.GROUPS),
        ),
        Field(description="The group for which SPS Khidmat is.", examples=["mosque staff"]),
    ]
    appointment: Annotated[
        str,
        Column(
            Kind.FILE,
            bm=("Surat Pelantikan", "Surat Pengesahan Kerja", "Pengesahan Kerja"),
            en=("Letter of Appointment", "Appointment Letter", "Confirmation of Work"),
        ),
        Field(
            description="Letter of appointment or confirmation of the work: PDF, JPG or PNG, "
            "relative to the job file."
        ),
    ]

    @classmethod
    def of_plan(cls, values: Mapping[str, Any], terms: Terms) -> Iterator[Finding]:
        """Each group has one plan."""
        yield from super().of_plan(values, terms)
        group, plan = values.get("group_of_service"), values["plan"]
        if group is not None and plan in terms.plans_of(cls.scheme):
            wanted = terms.groups[Group(group)]
            if plan != wanted:
                yield Finding("plan", "plan-group", _plan_of_group(wanted, terms))


def _no_plan(plan: int, terms: Terms) -> Words:
    listed = ", ".join(map(str, terms.plans))
    return Words(
        f"Tiada pelan {plan}. Yang ada: {listed}.", f"There is no plan {plan}. There are: {listed}."
    )


def _other_plan(plan: int, scheme: Scheme, terms: Terms) -> Words:
    known = terms.plans_of(scheme)
    bm, en = (f" {word} ".join(map(str, known)) for word in ("atau", "or"))
    return Words(
        f"{scheme.called} ialah bagi pelan {bm}; tiada sumber bagi pelan {plan}. Tulis {bm}, "
        "atau tanya bahagian SPS.",
        f"{scheme.called} is for plan {en}; no source has plan {plan} under it. Write {en}, or "
        "ask the SPS division.",
    )


def _plan_of_group(wanted: int, terms: Terms) -> Words:
    year = money.shown(terms.plans[wanted].year)
    return Words(
        f"SPS Khidmat bagi kumpulan ini ialah pelan {wanted} (RM{year} setahun). Betulkan pelan "
        "atau kumpulan.",
        f"SPS Khidmat for this group is plan {wanted} (RM{year} a year). Correct the plan or the "
        "group.",
    )


_NO_PROOF = Finding(
    "proof_of_work",
    "proof-missing",
    Words(
        "Tiada bukti pekerjaan (lesen, kad pemandu, profil platform, surat persatuan). PERKESO "
        "biasanya memintanya.",
        "There is no proof of the work (licence, driver's card, profile at a platform, an "
        "association's letter). PERKESO usually asks for one.",
    ),
    Severity.WARNING,
    needs=("proof_of_work",),
)
