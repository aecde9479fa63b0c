"""The application for a portal ID: the form, the letter and the mail that a person sends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from rpa.errors import Words
from rpa.parcel.mail import Mail, draft
from rpa.parcel.package import Package, PackageJob
from rpa.rules.enrolment import ADDRESS, Enrolment
from rpa.rules.record import Record

if TYPE_CHECKING:
    from rpa.parcel.package import Order


class Job(PackageJob):
    """A portal ID for one employer."""

    head: ClassVar[tuple[str, type[Record]] | None] = ("enrolment", Enrolment)

    procedure: Literal["enrol_portal_id"]
    enrolment: Annotated[Enrolment, Field(description="The employer, and who shall hold the ID.")]


def matter(order: Order) -> tuple[str, ...]:
    """The portal ID, and the employer it shall hold."""
    return _of(order).key


def _of(order: Order) -> Enrolment:
    enrolment: Enrolment = order.rows[0].record
    return enrolment


def pack(order: Order) -> Package:
    """The draft of the mail."""
    del order
    mail = Mail(ADDRESS, SUBJECT, BODY)
    return Package({"enrolment.eml": draft(mail)}, (), NEXT)


def answered(order: Order) -> Package:
    """Nothing yet."""
    del order
    return Package({}, (), NEXT)


SUBJECT = "Permohonan Enrolment Penggunaan Portal ASSIST"
BODY = "Tuan/Puan,\n"
NEXT = Words("Anda yang menghantarnya.", "You send it.")
