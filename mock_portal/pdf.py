"""A letter as a small PDF, written by hand: A4 pages, Helvetica, no library."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


LINES_ON_A_PAGE = 42
PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
    b" /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>"
)


def letter(title: str, lines: Sequence[str]) -> bytes:
    """A valid PDF with the title on each page; text outside Latin-1 becomes a question mark."""
    starts = range(0, max(len(lines), 1), LINES_ON_A_PAGE)
    sheets = [_sheet(title, lines[first : first + LINES_ON_A_PAGE]) for first in starts]
    # Catalog, pages, two fonts; then each page and what is on it.
    kids = b" ".join(b"%d 0 R" % (5 + 2 * n) for n in range(len(sheets)))
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(sheets)),
        font % b"Helvetica",
        font % b"Helvetica-Bold",
    ]
    for n, stream in enumerate(sheets):
        objects += [
            PAGE % (6 + 2 * n),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        ]
    return _assembled(objects)


def _sheet(title: str, lines: Sequence[str]) -> bytes:
    text = [f"BT /F2 14 Tf 60 770 Td ({_escaped(title)}) Tj ET"]
    text += [
        f"BT /F1 10 Tf 60 {740 - 16 * n} Td ({_escaped(line)}) Tj ET"
        for n, line in enumerate(lines)
    ]
    return "\n".join(text).encode("latin-1", "replace")


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _assembled(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    out += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(out)
