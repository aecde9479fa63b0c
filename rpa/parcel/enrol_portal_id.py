"""The application for a portal ID: the form, the letter and the mail that a person sends.

What PERKESO asks of a portal ID: facts 2.4 (fields of the officer's screen; Letter of
Authorization), S2 (the form goes by mail to the address), facts 2.3 (the first log-in). Nothing of
the official paper form's look was seen, so that the layout is ours and says so.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

import yaml
from pydantic import Field

from rpa.errors import Words
from rpa.model.job import DocumentSpec
from rpa.parcel import enrolment_words as say
from rpa.parcel import paper
from rpa.parcel.borang import written
from rpa.parcel.mail import Attachment, Mail, draft
from rpa.parcel.package import Package, PackageJob, read_paper
from rpa.rules.enrolment import ADDRESS, Enrolment
from rpa.rules.record import Finding, Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from typing import Any

    from rpa.model.filing import Row
    from rpa.parcel.package import Order


class Job(PackageJob):
    """A portal ID for one employer."""

    head: ClassVar[tuple[str, type[Record]] | None] = ("enrolment", Enrolment)

    procedure: Literal["enrol_portal_id"]
    enrolment: Annotated[Enrolment, Field(description="The employer, and who shall hold the ID.")]
    documents: Annotated[
        list[DocumentSpec],
        Field(description=f"The papers that go with it; type: {', '.join(say.PAPERS)}."),
    ] = Field(default_factory=list)

    def whole(
        self, rows: Sequence[Row[Any]], today: date
    ) -> Iterator[tuple[tuple[str | int, ...], Finding]]:
        """A paper of a kind that is none."""
        del rows, today
        for n, one in enumerate(self.documents):
            if one.type not in say.PAPERS:
                yield ("documents", n, "type"), Finding("", "paper-kind", say.KIND)


def matter(order: Order) -> tuple[str, ...]:
    """The portal ID, and the employer it shall hold."""
    return _of(order).key


def pack(order: Order) -> Package:
    """The form, the letter, the fields to copy, the checklist, the papers and the mail."""
    enrolment, given = _of(order), _papers(order)
    form = paper.build(say.TITLE, list(_form(enrolment)))
    letter = paper.build(say.LETTER_TITLE, list(_letter(enrolment)))
    own = {say.FORM: ("enrolment-form.pdf", form), say.LETTER: ("authorisation-letter.pdf", letter)}
    unsigned = [name for name in own if name not in {one.type for one in order.documents}]
    attached = [Attachment(*own[name]) for name in unsigned]
    attached += [Attachment(*one) for one in given.items()]
    mail = Mail(ADDRESS, say.SUBJECT, _body(enrolment, attached), attached)
    missing = list(_missing(order))
    files = {
        **dict(own.values()),
        "fields-to-copy.txt": _fields(enrolment).encode(),
        "checklist.txt": _checklist(order, unsigned).encode(),
        **{f"papers/{name}": content for name, content in given.items()},
    }
    if mail.fits:
        files["enrolment.eml"] = draft(mail)
    told = [*missing, *([] if mail.fits else [say.TOO_LARGE])]
    return Package(files, tuple(told), say.SIGN_FIRST if unsigned else say.SEND)


def answered(order: Order) -> Package:
    """The lines for config/employers.yaml, and the guide to the first log-in."""
    enrolment = _of(order)
    files = {"employers.yaml": _employers(enrolment), "first-login.txt": say.FIRST_LOGIN}
    told = () if enrolment.employer_code else (say.NO_CODE,)
    return Package({name: text.encode() for name, text in files.items()}, told, say.LOG_IN)


def _of(order: Order) -> Enrolment:
    enrolment: Enrolment = order.rows[0].record
    return enrolment


# --- the form and the letter ----------------------------------------------------------------------


def _values(enrolment: Enrolment) -> Iterator[tuple[Words, str, bool]]:
    """The form's fields in its order (facts 2.4): label, value, whether it is mandatory."""
    address = {
        f"postal_address_{n}": line for n, line in enumerate(enrolment.address, start=1)
    }  # without gaps
    for name, column in Enrolment.columns().items():
        value = getattr(enrolment, name)
        if name.startswith("postal_address_"):
            text = address.get(name, "")
        else:
            text = written(column, value)
        yield column.heading, text, name in say.MANDATORY


def _form(enrolment: Enrolment) -> Iterator[paper.Part]:
    yield paper.Text(say.FORM_NOTE.bm, small=True)
    yield paper.Text(say.FORM_NOTE.en, small=True)
    for words, text, must in _values(enrolment):
        if words.en in say.SECTIONS:
            yield paper.Heading(say.SECTIONS[words.en])
        yield paper.Field(words, text, must)
        if words.en == "Email":
            yield paper.Blank(say.PHRASE)
    yield paper.Heading(say.SIGNED)
    for words, height in say.SIGNATURE:
        yield paper.Blank(words, height)


def _letter(enrolment: Enrolment) -> Iterator[paper.Part]:
    place = f"{enrolment.postcode} {enrolment.city.upper()}, {enrolment.state.upper()}"
    yield paper.Text("\n".join([enrolment.name, *enrolment.address, place]))
    yield paper.Text("PERTUBUHAN KESELAMATAN SOSIAL (PERKESO)\nUrusan ID portal ASSIST")
    who = {
        "name": enrolment.full_name,
        "kind": enrolment.identification_type.value,
        "number": enrolment.identification,
        "employer": enrolment.name,
        "code": enrolment.employer_code or "-",
        "registration": enrolment.registration_number or "-",
        "email": enrolment.email,
    }
    yield paper.Text(say.LETTER_TEXT.bm.format(**who))
    yield paper.Text(say.LETTER_TEXT.en.format(**who), small=True)
    yield paper.Heading(say.AUTHORISED)
    for words, height in say.AUTHORITY:
        yield paper.Blank(words, height)


def _fields(enrolment: Enrolment) -> str:
    """The official form's fields as text, for who copies them onto PERKESO's own paper."""
    lines = [f"{say.COPY.bm}\n{say.COPY.en}\n"]
    for words, text, must in _values(enrolment):
        star = " *" if must else ""
        lines.append(f"{words.bm} / {words.en}{star}: {text}")
        if words.en == "Email":
            lines.append(f"{say.PHRASE.bm} / {say.PHRASE.en}:")
    return "\n".join(lines) + "\n"


# --- papers and mail ------------------------------------------------------------------------------


def _papers(order: Order) -> dict[str, bytes]:
    """The papers that were given, under neutral names, in the job's order."""
    found: dict[str, bytes] = {}
    for n, one in enumerate(order.documents, start=1):
        name, _ = say.PAPERS[one.type]
        kind = PurePosixPath(one.path.name.lower()).suffix.replace("jpeg", "jpg")
        found[f"{name}-{n}{kind}"] = read_paper(one.path)
    return found


def _missing(order: Order) -> Iterator[Words]:
    """What is not there and is asked for by a source, each with what it is."""
    given = {one.type for one in order.documents}
    for name in say.PAPERS:
        if name in given or name == "other":
            continue
        words = say.PAPERS[name][1]
        mark = say.MISSING if name in say.NEEDED else say.MAYBE
        yield Words(mark.bm.format(words.bm, name), mark.en.format(words.en, name))


def _checklist(order: Order, unsigned: Sequence[str]) -> str:
    given = {one.type for one in order.documents}
    lines = [f"{say.CHECKLIST.bm}\n{say.CHECKLIST.en}\n"]
    for name, (_, words) in say.PAPERS.items():
        lines.append(f"[{'x' if name in given else ' '}] {words.bm} / {words.en}")
    move = say.SIGN_FIRST if unsigned else say.SEND
    return (
        "\n".join([*lines, "", move.bm, move.en, "", say.PHRASE_NOTE.bm, say.PHRASE_NOTE.en]) + "\n"
    )


def _body(enrolment: Enrolment, attached: Sequence[Attachment]) -> str:
    names = "\n".join(f"- {one.name}" for one in attached)
    told = {"employer": enrolment.name, "code": enrolment.employer_code or "-", "files": names,
            "name": enrolment.full_name}  # fmt: skip
    return say.BODY.format(**told)


def _employers(enrolment: Enrolment) -> str:
    """The lines as config/employers.yaml has them; they load as they are."""
    code = enrolment.employer_code
    held = {
        "email": enrolment.email,
        "employers": [code or say.CODE_TO_COME],
        "password": {"env": "ASSIST_PASSWORD"},
        "security_phrase": {"env": "ASSIST_PHRASE"},
    }
    told = {**({"names": {code: enrolment.name}} if code else {}), "portal_ids": [held]}
    lines: str = yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=1000)
    return f"{say.LINES}{lines}"
