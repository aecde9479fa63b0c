"""The list of self-employed people that an agency or association gives to the SPS division.

Out come the workbook, the papers named by the row in the table, and the draft of the mail. No
source shows a form of PERKESO's for it (facts 14), so that the layout is this tool's own.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, Annotated, ClassVar, Final, NamedTuple

from pydantic import Field

from rpa.errors import Words
from rpa.model.job import DocumentSpec
from rpa.parcel import sps_book
from rpa.parcel.mail import MOST_BYTES, Attachment, Mail, draft
from rpa.parcel.package import Package, PackageTableJob, read_paper
from rpa.rules import sps, text
from rpa.rules.money import shown
from rpa.rules.record import Finding
from rpa.rules.sps import Scheme

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path, PurePath

    from rpa.model.filing import Document, Row
    from rpa.parcel.package import Order
    from rpa.rules.self_employed import SelfEmployed

    Rows = Sequence[Row[SelfEmployed]]

BOOK: Final = "list.xlsx"
MAIL: Final = "mail.eml"
PAPERS: Final = "papers"
MOST_ATTACHED: Final = 40
"""Papers in one mail; more are unwieldy for whoever reads it (assumed)."""

_LENGTH: Final = 100  # of what the agency says of itself (assumed)
_SUFFIXES: Final = {".jpeg": ".jpg"}
_NAMES: Final = {
    "identity_card": "identity-card",
    "proof_of_work": "proof-of-work",
    "appointment": "appointment",
}


class ListJob(PackageTableJob):
    """A list of self-employed people under one scheme."""

    agency: Annotated[
        str,
        Field(
            min_length=1,
            max_length=_LENGTH,
            description="The agency or association that gives the list.",
            examples=["Persatuan Contoh"],
        ),
    ]
    contact: Annotated[
        str,
        Field(
            max_length=_LENGTH,
            description="Whom PERKESO may ask: name and telephone, for the mail.",
        ),
    ] = ""
    documents: Annotated[
        list[DocumentSpec],
        Field(description="Papers of the whole list, such as the agency's letter."),
    ] = Field(default_factory=list)

    lists: ClassVar[bool] = True
    scheme: ClassVar[Scheme]

    def whole(self, rows: Rows, today: date) -> Iterator[tuple[tuple[str, ...], Finding]]:
        """A day of which no terms are known; signs that no mail and no workbook should hold."""
        del rows
        for key in ("agency", "contact"):
            for code, words in text.faults(getattr(self, key), _LENGTH):
                yield (key,), Finding("", code, words)
        if not sps.known(today):
            yield ("procedure",), Finding("", "terms-unknown", _NO_TERMS)

    def cross(self, rows: Rows) -> Iterator[tuple[Row[SelfEmployed], Finding]]:
        """One copy of an identity card for two people, whatever its files are called."""
        first: dict[bytes, Row[SelfEmployed]] = {}
        for row in rows:
            paper = row.paper("identity_card")
            if paper is None:
                continue
            mark = hashlib.sha256(read_paper(paper.path)).digest()
            other = first.setdefault(mark, row)
            if other.record.person != row.record.person:
                yield row, Finding("identity_card", "card-twice", _card_twice(other.address))


class Totals(NamedTuple):
    """How many people, and who pays how much for their year, in sen."""

    people: int
    person: int
    state: int

    @property
    def words(self) -> Words:
        """For the person who makes the list."""
        whole = shown(self.person + self.state)
        person, state = shown(self.person), shown(self.state)
        return Words(
            f"{self.people} orang, caruman setahun RM{whole}: pemohon RM{person}, Kerajaan "
            f"RM{state}.",
            f"{self.people} people, a year's contributions RM{whole}: the people RM{person}, the "
            f"Government RM{state}.",
        )


def totals(rows: Rows, scheme: Scheme, day: date) -> Totals:
    """Added up, never reckoned from percentages: a share is rounded for each person."""
    terms = sps.terms(day)
    every = [terms.shares(scheme, row.record.plan) for row in rows]
    return Totals(len(every), sum(s.person for s in every), sum(s.state for s in every))


def pack(order: Order) -> Package:
    """Workbook, papers, mail."""
    scheme, rows, papers = order.job.scheme, order.rows, dict(_papers(order))
    listed = sps_book.Listed(order.job.agency, scheme, order.today, rows, _paper_names(rows))
    added = totals(rows, scheme, order.today)
    book = Attachment(BOOK, sps_book.workbook(listed, added.words))
    attached = _attached(papers)
    mail = _mail(order, added, [book, *attached])
    whole = len(attached) == len(papers) and mail.fits
    if not whole:
        mail = _mail(order, added, [book], left=len(papers))
    told = (added.words, _BEGINS[scheme], *(() if whole else (_left_out(len(papers)),)), _ASK_FIRST)
    return Package(
        {BOOK: book.content, MAIL: draft(mail)},
        told,
        _NEXT,
        {row.number: row.record.person for row in rows},
        {f"{PAPERS}/{name}": path for name, path in papers.items()},
    )


def matter(order: Order) -> tuple[str, ...]:
    """The scheme and the agency; what is sent once is each person's row, not the list."""
    return (order.job.scheme, order.job.agency)


def answered(order: Order) -> Package:
    """Nothing is needed once the cover begins: `assist-rpa listed` notes it."""
    del order
    return Package({}, (), _COVERED)


def _papers(order: Order) -> Iterator[tuple[str, Path]]:
    """Those of the whole list, then each person's."""
    for number, paper in enumerate(order.documents, 1):
        yield f"paper-{number}{_suffix(paper.path)}", paper.path
    for row in order.rows:
        for paper in row.documents:
            yield _name(row, paper), paper.path


def _attached(papers: dict[str, Path]) -> list[Attachment]:
    """All of them, or as many as show that they are too many or too large."""
    found: list[Attachment] = []
    size = 0
    for name, path in papers.items():
        if len(papers) > MOST_ATTACHED or size > MOST_BYTES:
            break
        found.append(Attachment(name, read_paper(path)))
        size += len(found[-1].content)
    return found


def _paper_names(rows: Rows) -> dict[int, tuple[str, ...]]:
    return {row.number: tuple(_name(row, paper) for paper in row.documents) for row in rows}


def _name(row: Row[SelfEmployed], paper: Document) -> str:
    """By the row in the table: a file's name travels further than the file."""
    return f"row-{row.number}-{_NAMES[paper.field]}{_suffix(paper.path)}"


def _suffix(path: PurePath) -> str:
    suffix = path.suffix.lower()
    return _SUFFIXES.get(suffix, suffix)


# --- the mail ---


def _mail(order: Order, added: Totals, attached: Sequence[Attachment], left: int = 0) -> Mail:
    """In Malay, as its reader is; nobody's name or number stands in it."""
    name = order.job.scheme.called
    inside = _ATTACHED.format(BOOK) + (f" {_TOO_LARGE.format(left)}" if left else "")
    begins = (
        f"Bersama-sama ini disertakan senarai {added.people} orang bekerja sendiri daripada "
        f"{order.job.agency}, bertarikh {order.today:%d/%m/%Y}."
    )
    lines = [
        "Tuan/Puan,",
        f"Permohonan secara pukal: {name}",
        begins,
        "\n".join(_by_plan(order)),
        "\n".join(_amounts(added)),
        inside,
        "Sekian, terima kasih.",
        "\n".join(filter(None, (order.job.agency, order.job.contact))),
    ]
    subject = f"Permohonan pukal {name} - {added.people} orang"
    return Mail(sps.DIVISION, subject, "\n\n".join(lines) + "\n", attached)


def _by_plan(order: Order) -> Iterator[str]:
    counted = Counter(row.record.plan for row in order.rows)
    for plan, count in sorted(counted.items()):
        year = shown(sps.terms(order.today).plans[plan].year)
        yield f"Pelan {plan} (RM{year} setahun): {count} orang"


def _amounts(added: Totals) -> Iterator[str]:
    yield f"Caruman setahun: RM{shown(added.person + added.state)}"
    if added.person:
        yield f"Bahagian pemohon: RM{shown(added.person)}"
    yield f"Bahagian Kerajaan: RM{shown(added.state)}"


_ATTACHED = (
    "Senarai penuh ada dalam {}; salinan dokumen dinamakan mengikut nombor baris dalam senarai itu."
)
_TOO_LARGE = (
    "Salinan dokumen ({} fail) tidak dilampirkan kerana banyaknya; mohon maklumkan cara "
    "menghantarnya."
)


def _left_out(papers: int) -> Words:
    return Words(
        f"{papers} dokumen tidak dilampirkan pada e-mel kerana terlalu banyak atau besar; semuanya "
        f"dalam folder '{PAPERS}' pakej ini. E-mel itu bertanya cara menghantarnya.",
        f"{papers} papers are not attached to the mail, being too many or too large; all are in "
        f"the folder '{PAPERS}' of the package. The mail asks how to hand them in.",
    )


def _card_twice(other: str) -> Words:
    return Words(
        f"Salinan kad pengenalan ini juga bagi {other}. Setiap orang ada salinannya sendiri.",
        f"This copy of an identity card is also that of {other}. Each person has his own.",
    )


_NO_TERMS = Words(
    "Pelan dan bahagian caruman bagi tarikh ini tidak diketahui. Semak tarikh komputer.",
    "Plans and shares of this date are not known. Check the computer's date.",
)
_BEGINS = {
    Scheme.MATCHING: Words(
        "Perlindungan 12 bulan setiap orang bermula apabila PERKESO menerima bayaran 20% "
        "daripadanya, mengikut tarikh pada resit.",
        "Each person's cover of 12 months begins when PERKESO has received his 20 %, by the date "
        "on the receipt.",
    ),
    Scheme.SERVICE: Words(
        "Perlindungan 12 bulan bermula selepas PERKESO menerima senarai ini.",
        "The cover of 12 months begins after PERKESO has received this list.",
    ),
}
_ASK_FIRST = Words(
    "Tiada sumber menyebut sama ada bantuan ini dibuka tahun ini, atau borang senarainya: tanya "
    "bahagian SPS sebelum menghantar.",
    "No source says whether this help is open this year, or which form the list has: ask the SPS "
    "division before you send it.",
)
_COVERED = Words("Tiada apa-apa lagi.", "Nothing more.")
_NEXT = Words(
    f"Tiada apa-apa dihantar. Semak {BOOK}, buka {MAIL} dalam program e-mel anda dan hantar "
    "sendiri.",
    f"Nothing was sent. Look at {BOOK}, open {MAIL} in your mail program and send it yourself.",
)
