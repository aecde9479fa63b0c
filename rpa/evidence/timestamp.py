"""A time under the end of a list of evidence, put there by somebody else (RFC 3161).

What is stamped is the number that a run prints at its end, as 64 letters and figures; what leaves
the machine is the SHA-256 of these, and a number made up for the occasion. The answer is kept as it
came, in ``timestamps/<number>.tsr`` of the home, and needs nothing of this tool to be checked::

    openssl ts -verify -data FILE-WITH-THE-NUMBER -in NUMBER.tsr -CAfile authority.pem

The library (the extra ``timestamp``) makes the question and checks the answer.
"""

from __future__ import annotations

import importlib
import time
from typing import TYPE_CHECKING, ClassVar, Final
from urllib.error import URLError
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from cryptography.x509 import load_pem_x509_certificates

from rpa.errors import ConfigInvalid, Problem, RpaError, Words
from rpa.evidence.files import PRIVATE_FOLDER, write_private
from rpa.evidence.verifier import WORDS, is_stamp_of
from rpa.evidence.wording import MALAYSIA
from rpa.reading import Unreadable, contents, reading

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path
    from typing import Any

    from rpa.settings import Settings

FOLDER: Final = "timestamps"
MOST_BYTES: Final = 100_000  # an answer with its certificates has some 6,000
CHUNK: Final = 4096


class NotStamped(RpaError):
    """The authority did not answer, or with nothing that holds; the evidence is as it was."""

    exit_code = 75
    who = Words("pengendali", "operator")
    next_move: ClassVar[Words] = Words(
        "Cuba lagi kemudian: assist-rpa evidence stamp. Bukti tidak berubah.",
        "Try again later: assist-rpa evidence stamp. The evidence is as it was.",
    )


def place(home: Path, number: str) -> Path:
    """Where the stamp of a list that ends with this number stands, if there is one."""
    return home / FOLDER / f"{number}.tsr"


def stamp(known: Settings, number: str) -> datetime:
    """Have it stamped, check the answer, keep it. Raises NotStamped, ConfigInvalid, NotWritten."""
    library = _library()
    question = library.TimestampRequestBuilder().data(number.encode())
    question = question.hash_algorithm(library.HashAlgorithm.SHA256).build()
    answer = _asked(known, question.as_bytes())
    at = _held(known, answer, number, question.nonce)
    target = place(known.home, number)
    target.parent.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    write_private(target, answer)
    return at


def checked(known: Settings, number: str) -> tuple[list[Words], list[Problem]]:
    """What the stamp of this number says, if there is one, and what is wrong with it."""
    target = place(known.home, number)
    if not target.is_file():
        return [], []
    name = f"{FOLDER}/{target.name}"
    try:
        answer = contents(target, MOST_BYTES)
        at = _held(known, answer, number) if known.evidence.authority else None
    except (Unreadable, NotStamped):
        return [], [Problem(name, "stamp-differs", Words(*WORDS["stamp-differs"]))]
    except ConfigInvalid as error:
        return [error.words], []
    if at:
        return [said(at)], []
    wrong = not is_stamp_of(answer, number)
    words = Words(*WORDS["stamp-differs"])
    return [NOT_CHECKED], [Problem(name, "stamp-differs", words)] if wrong else []


def said(at: datetime) -> Words:
    """The moment, as it is told."""
    when = f"{at.astimezone(MALAYSIA):%d/%m/%Y %H:%M:%S}"
    return Words(f"Cap masa pihak ketiga: {when}.", f"Time stamp of a third party: {when}.")


def _library() -> Any:
    """An extra: only who uses it installs it."""
    try:
        return importlib.import_module("rfc3161_client")
    except ImportError:
        raise ConfigInvalid(NO_LIBRARY, where='pip install ".[timestamp]"') from None


class _NoOtherPlace(HTTPRedirectHandler):
    """The address is the office's to say, and not the authority's."""

    def redirect_request(self, *_: object) -> None:
        """Followed to nowhere, so that it is told as the error that it came with."""


def _asked(known: Settings, question: bytes) -> bytes:
    """The authority's answer; no other proxy, and no other address, than was written down."""
    told = known.evidence
    if not told.timestamp:
        raise ConfigInvalid(NO_ADDRESS, where=str(known.config / "evidence.yaml"))
    proxy = known.portal.proxy
    opener = build_opener(
        ProxyHandler({"http": proxy, "https": proxy} if proxy else {}), _NoOtherPlace()
    )
    kind = {"Content-Type": "application/timestamp-query"}
    until = time.monotonic() + told.wait_s
    answer = b""
    try:
        request = Request(told.timestamp, question, kind)  # noqa: S310  http or https, by its settings
        with opener.open(request, timeout=told.wait_s) as reply:
            while chunk := reply.read1(CHUNK):
                answer += chunk
                if len(answer) > MOST_BYTES or time.monotonic() > until:
                    raise NotStamped(NO_ANSWER, where=told.timestamp)
    except (URLError, OSError, ValueError) as error:
        raise NotStamped(NO_ANSWER, where=told.timestamp) from error
    return answer


def _held(known: Settings, answer: bytes, number: str, nonce: int | None = None) -> datetime:
    """The moment, where the answer is of this number and by the authority of the settings."""
    library = _library()
    file = known.config / known.evidence.authority
    with reading(lambda _: ConfigInvalid(NO_AUTHORITY, where=str(file))):
        roots = load_pem_x509_certificates(contents(file, MOST_BYTES))
    with reading(lambda _: NotStamped(NOT_HELD, where=known.evidence.timestamp)):
        verifier = library.VerifierBuilder(roots=roots, nonce=nonce).build()
        found = library.decode_timestamp_response(answer)
        verifier.verify_message(found, number.encode())
        at: datetime = found.tst_info.gen_time
    return at


NO_LIBRARY: Final = Words(
    "Cap masa memerlukan tambahan 'timestamp', yang belum dipasang di sini.",
    "Time stamps need the extra 'timestamp', which is not installed here.",
)
NO_ADDRESS: Final = Words(
    "Tiada penguasa cap masa dinyatakan: tulis timestamp dan authority dalam fail ini.",
    "No time stamp authority is named: write timestamp and authority into this file.",
)
NO_AUTHORITY: Final = Words(
    "Sijil penguasa cap masa tidak dapat dibaca daripada fail ini (PEM).",
    "The time stamp authority's certificates cannot be read from this file (PEM).",
)
NO_ANSWER: Final = Words(
    "Penguasa cap masa tidak menjawab.", "The time stamp authority did not answer."
)
NOT_HELD: Final = Words(
    "Jawapan penguasa cap masa tidak sah: bukan bagi nombor ini, atau bukan daripadanya.",
    "The time stamp authority's answer does not hold: not of this number, or not its own.",
)
NOT_CHECKED: Final = Words(
    "Ada cap masa bagi nombor ini; tandatangannya tidak disemak, kerana config/evidence.yaml tidak "
    "menamakan penguasa.",
    "There is a time stamp of this number; its signature was not checked, for config/evidence.yaml "
    "names no authority.",
)
