"""Whether something planted stands in any byte of a file, in whatever it is wrapped.

A file is searched as it is, and as each thing in it is read: members of a zip (workbooks, traces,
packs, a zip in a zip), gzip, a database's cells, the strings of JSON, a PDF's text, parts of a
mail, ``data:`` addresses of a page, and what Tesseract reads in a picture, where it is installed.
"""

from __future__ import annotations

import base64
import email
import gzip
import hashlib
import html
import io
import json
import re
import shutil
import sqlite3
import subprocess
import urllib.parse
import zipfile
import zlib
from contextlib import closing, suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from pypdf import PdfReader
from pypdf.errors import PyPdfError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SECRET, NAMES, NUMBERS, WAGES = "secret", "names", "numbers", "wages"
PERSONAL: Final = frozenset({NAMES, NUMBERS, WAGES})
TESSERACT: Final = shutil.which("tesseract")
PICTURES: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
DEEPEST: Final = 6  # wrapped so often at most
_LONG: Final = 8  # signs from which on its digest and its base64 are sought, too
_DATA = re.compile(rb"data:[\w/+.;=-]{0,80};base64,([A-Za-z0-9+/=\s]{16,})")


@dataclass(frozen=True)
class Canary:
    """One thing that was planted: of which kind, what to call it, how it may be written."""

    kind: str
    called: str
    ways: tuple[str, ...]

    @cached_property
    def plain(self) -> frozenset[bytes]:
        """Sought whatever the case: as text in each encoding, in addresses, pages, JSON."""
        texts = {
            changed
            for way in self.ways
            for changed in (way, urllib.parse.quote(way, safe=""), urllib.parse.quote_plus(way),
                            html.escape(way), json.dumps(way)[1:-1])
        }  # fmt: skip
        codes = ("utf-8", "utf-16-le", "utf-16-be")
        return frozenset(text.encode(code).lower() for text in texts for code in codes)

    @cached_property
    def coded(self) -> frozenset[bytes]:
        """Sought as it stands: base64 at each place in a longer text; hex; digests of it alone."""
        found: set[bytes] = set()
        for way in (w.encode() for w in self.ways if len(w) >= _LONG):
            for shift in range(3):
                whole = base64.b64encode(b"\0" * shift + way)
                found.add(whole[(shift + 2) // 3 * 4 : len(whole) - 4])
            found.add(way.hex().encode())
            found |= {hashlib.new(a, way).hexdigest().encode() for a in ("md5", "sha1", "sha256")}
        return frozenset(found)

    @cached_property
    def read(self) -> frozenset[str]:
        """As letters and figures that were read in a picture, without what stands between."""
        return frozenset(_letters(way) for way in self.ways if len(_letters(way)) >= _LONG)


def secret(called: str, *ways: str) -> Canary:
    """A password, a phrase, a cookie: it may stand nowhere."""
    return Canary(SECRET, called, ways)


def name(word: str) -> Canary:
    """A word of a name that is nobody's else."""
    return Canary(NAMES, word, (word,))


def number(twelve: str) -> Canary:
    """An identity number with and without its dashes."""
    parts = twelve[:6], twelve[6:8], twelve[8:]
    return Canary(NUMBERS, twelve, (twelve, *(by.join(parts) for by in "- ")))


def wage(figure: str) -> Canary:
    """Such as 4177.39, with a comma, and in sen: as PERKESO's text files have it, or by itself."""
    plain = f"{float(figure):.2f}"
    sen = plain.replace(".", "")
    ways = plain, f"{float(figure):,.2f}", sen.zfill(14), sen.rjust(14), f"\n{sen}\n"
    return Canary(WAGES, plain, ways)


@dataclass
class Search:
    """Looks for all of them; counts what it looked at."""

    canaries: tuple[Canary, ...]
    files: int = 0
    size: int = 0
    layers: int = 0
    pictures: int = 0  # that were read
    unread: int = 0  # for Tesseract is not here
    _known: dict[bytes, frozenset[Canary]] = field(default_factory=dict)  # that were read before

    def file(self, path: Path) -> set[Canary]:
        """What stands in it, its name included."""
        self.files += 1
        data = path.read_bytes()
        digest = hashlib.sha256(data).digest()
        if digest not in self._known:
            self._known[digest] = frozenset(self.data(data))
        return {*self._known[digest], *self._in(path.name.encode(errors="replace"))}

    def data(self, data: bytes, depth: int = 0) -> set[Canary]:
        """What stands in these bytes, and in whatever is wrapped in them."""
        self.size += len(data) if not depth else 0
        self.layers += 1
        found = self._in(data)
        if data.startswith(PICTURES):
            return found | self._seen(data)
        if depth < DEEPEST:
            for inner in unwrapped(data):
                found |= self.data(inner, depth + 1)
        return found

    def _in(self, data: bytes) -> set[Canary]:
        low = data.lower()
        return {
            one
            for one in self.canaries
            if any(way in low for way in one.plain) or any(way in data for way in one.coded)
        }

    def _seen(self, picture: bytes) -> frozenset[Canary]:
        """What Tesseract reads in it."""
        digest = b"read " + hashlib.sha256(picture).digest()
        if digest not in self._known and TESSERACT is None:
            self.unread += 1
            return frozenset()
        if digest not in self._known:
            self.pictures += 1
            words = [str(TESSERACT), "-", "-", "--psm", "11"]
            said = subprocess.run(words, input=picture, capture_output=True, check=True).stdout
            text = _letters(said.decode("utf-8", "replace"))
            self._known[digest] = frozenset(
                one for one in self.canaries if any(way in text for way in one.read)
            )
        return self._known[digest]


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text).casefold()


def unwrapped(data: bytes) -> Iterator[bytes]:
    """Each thing that these bytes hold, as its own reader gives it."""
    for reader in (_zip, _gzip, _database, _pdf, _json, _mail, _page):
        with suppress(*BROKEN):
            yield from reader(data)


# What each reader says of bytes that only look like its own; they were searched as they are.
BROKEN: Final = (
    *(zipfile.BadZipFile, OSError, EOFError, zlib.error, sqlite3.Error, PyPdfError),
    *(ValueError, RecursionError, LookupError, RuntimeError, NotImplementedError),
)


def _zip(data: bytes) -> Iterator[bytes]:
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield archive.comment
            for info in archive.infolist():
                yield info.filename.encode(errors="replace") + info.comment
                yield archive.read(info)


def _gzip(data: bytes) -> Iterator[bytes]:
    if data.startswith(b"\x1f\x8b"):
        yield gzip.decompress(data)


def _database(data: bytes) -> Iterator[bytes]:
    """Every cell: one that is longer than a page stands in pieces."""
    if not data.startswith(b"SQLite format 3\0"):
        return
    # One that is written ahead of itself is read as it stands in this file.
    with closing(sqlite3.connect(":memory:")) as base:
        base.deserialize(data[:18] + b"\x01\x01" + data[20:])
        tables = base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            for row in base.execute(f'SELECT * FROM "{table}"'):  # noqa: S608  its own name
                cells = [_bytes(cell) for cell in row]
                yield b"\n".join((b"", *cells, b""))
                yield from (cell for cell in cells if len(cell) >= _LONG)


def _bytes(cell: object) -> bytes:
    return cell if isinstance(cell, bytes) else str(cell).encode(errors="replace")


def _pdf(data: bytes) -> Iterator[bytes]:
    if data.startswith(b"%PDF"):
        reader = PdfReader(io.BytesIO(data))
        yield "\n".join(page.extract_text() for page in reader.pages).encode()
        yield str(reader.metadata).encode()
        yield from (part for parts in reader.attachments.values() for part in parts)


def _json(data: bytes) -> Iterator[bytes]:
    """The strings of a file, or of each of its lines, as they read."""
    if data.lstrip()[:1] in (b"{", b"["):
        texts = [data] if data.count(b"\n{") == 0 else data.splitlines()
        for text in texts:
            with suppress(ValueError):
                words = "", *_strings(json.loads(text)), ""
                yield "\n".join(words).encode(errors="replace")


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
    else:
        yield str(value)


def _mail(data: bytes) -> Iterator[bytes]:
    if re.match(rb"[\w-]+: ", data) and b"MIME-Version" in data:
        for part in email.message_from_bytes(data).walk():
            content = part.get_payload(decode=True)
            yield from (content,) if isinstance(content, bytes) else ()


def _page(data: bytes) -> Iterator[bytes]:
    """A page's text without its marks, and what its addresses hold."""
    if data.lstrip()[:1] == b"<":
        yield html.unescape(re.sub(r"<[^>]*>", "", data.decode("utf-8", "replace"))).encode()
    for found in _DATA.findall(data):
        yield base64.b64decode(found)
