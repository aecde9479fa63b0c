"""A draft is read back by a mail parser as it was meant, and tells nobody's name on its way."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING

import pytest

from rpa.parcel.mail import MOST_BYTES, Attachment, Mail, draft

if TYPE_CHECKING:
    from email.message import EmailMessage

BODY = "Tuan/Puan,\n\nCONTOH ANAK \u2018RÉKAAN\u2019 \u2013 sekian.\n" + "panjang " * 40 + "\n"
PAPERS = (
    Attachment("form.pdf", b"%PDF-1.4 \x00\xff"),
    Attachment("list.xlsx", b"PK\x03\x04"),
    Attachment("card-2.jpg", b"\xff\xd8\xff"),
    Attachment("fields.txt", "E-mel: é\n".encode()),
)
MAIL = Mail("idportal@perkeso.gov.my", "Permohonan", BODY, PAPERS)


def read(mail: Mail) -> EmailMessage:
    return message_from_bytes(draft(mail), policy=default)


def test_a_mail_program_reads_what_was_written() -> None:
    """Malay letters, long lines, every byte of every attachment; it is a draft."""
    found = read(MAIL)
    assert (found["To"], found["Subject"]) == (MAIL.to, MAIL.subject)
    assert found["X-Unsent"] == "1"
    assert (found["From"], found["Date"]) == (None, None)
    body = found.get_body()
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == BODY
    parts = list(found.iter_attachments())
    assert [part.get_filename() for part in parts] == [one.name for one in PAPERS]
    contents = [part.get_payload(decode=True) for part in parts]
    assert contents == [one.content for one in PAPERS]
    assert [part.get_content_type() for part in parts][::2] == ["application/pdf", "image/jpeg"]


def test_every_line_of_it_is_short_and_ends_as_mail_lines_do() -> None:
    """What a server would break or refuse is not in it."""
    lines = draft(MAIL).split(b"\r\n")
    assert max(map(len, lines)) < 998
    assert not any(b"\n" in line or b"\r" in line for line in lines)


def test_the_same_mail_gives_the_same_bytes_and_another_others() -> None:
    """Nothing of chance and no time is in it."""
    assert draft(MAIL) == draft(MAIL)
    assert draft(MAIL) != draft(Mail(MAIL.to, MAIL.subject, BODY + " ", PAPERS))


@pytest.mark.parametrize(
    "name",
    [
        *("CONTOH BIN REKAAN.pdf", "900101005555.pdf", "kad-900101.pdf", "../form.pdf", "form"),
        *("form.exe", "borang é.pdf", ".pdf", "a/b.pdf", "form.pdf\n"),
    ],
)
def test_a_name_that_could_tell_of_a_person_is_no_attachments(name: str) -> None:
    """Names are neutral: small letters, digits and dashes."""
    with pytest.raises(ValueError, match="neutral"):
        draft(Mail(MAIL.to, MAIL.subject, BODY, [Attachment(name, b"")]))


@pytest.mark.parametrize("subject", ["ID 900101-00-5555", "Réka", "E9900001234V"])
def test_a_subject_holds_no_long_number(subject: str) -> None:
    """It stands in every list of mails."""
    with pytest.raises(ValueError, match="subject"):
        draft(Mail(MAIL.to, subject, BODY))


def test_what_is_too_large_is_known_before_it_is_written() -> None:
    """To the byte."""
    assert Mail("a@b.example", "x", "", [Attachment("a.pdf", b"0" * MOST_BYTES)]).fits
    assert not Mail("a@b.example", "x", "", [Attachment("a.pdf", b"0" * (MOST_BYTES + 1))]).fits
