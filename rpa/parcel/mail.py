"""A mail as a draft that a mail program opens: nothing here sends it.

``X-Unsent: 1`` makes Outlook open it ready to be sent; others open it to be read and forwarded.
Written by the standard library, read back the same by any mail program.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_BYTES: Final = 10_000_000
"""Of all attachments: what mail servers take by and large (assumed; no source names a limit)."""

_KINDS: Final = {
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".txt": "text/plain",
}
# Names and subjects travel further than what is in a mail: over servers, into lists of mails.
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,59}\.(pdf|png|jpg|xlsx|txt)")
_LONG_NUMBER: Final = re.compile(r"[0-9]{6}")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of the mail. ``name`` is neutral: small letters, digits and dashes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail to be sent by a person."""

    to: str
    subject: str
    body: str
    attachments: Sequence[Attachment] = ()

    @property
    def fits(self) -> bool:
        """Whether its attachments are small enough to be sent."""
        return sum(len(one.content) for one in self.attachments) <= MOST_BYTES


def draft(mail: Mail) -> bytes:
    """The ``.eml``. Raises ValueError for a name or subject that could tell of a person."""
    if not mail.subject.isascii() or _LONG_NUMBER.search(mail.subject):
        raise ValueError("a subject is plain and holds no long number")
    message = EmailMessage(policy=SMTP)
    message["To"] = mail.to
    message["Subject"] = mail.subject
    message["X-Unsent"] = "1"
    message.set_content(mail.body)
    for one in mail.attachments:
        _attach(message, one)
    if message.is_multipart():  # the library's own is of chance, and no two drafts would be alike
        message.set_boundary(f"=={_mark(mail)}==")
    return message.as_bytes()


def _attach(message: EmailMessage, one: Attachment) -> None:
    if not _NAME.fullmatch(one.name) or _LONG_NUMBER.search(one.name):
        raise ValueError("an attachment's name is neutral")
    main, _, sub = _KINDS[PurePosixPath(one.name).suffix].partition("/")
    message.add_attachment(one.content, maintype=main, subtype=sub, filename=one.name)


def _mark(mail: Mail) -> str:
    """A sign that stands nowhere in the mail, the same for the same mail."""
    parts = [mail.to, mail.subject, mail.body, *(one.name for one in mail.attachments)]
    content = [part.encode() for part in parts] + [one.content for one in mail.attachments]
    marks = b"".join(hashlib.sha256(part).digest() for part in content)
    return hashlib.sha256(marks).hexdigest()[:32]
