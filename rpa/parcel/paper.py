"""Papers as PDF, in a layout of our own that says so on every page.

The same parts give the same bytes: a paper carries no time. The writer is an extra (``forms``).
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape

from rpa.errors import ConfigInvalid, JobInvalid, Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

OUR_LAYOUT: Final = Words(
    "Susun atur assist-rpa, bukan borang rasmi PERKESO.",
    "Layout of assist-rpa, not PERKESO's own form.",
)
_MARGIN, _EDGE, _LABEL, _WIDE = 56, 44, 170, 471  # points: a page of A4 is 595 x 842
_BY_HAND: Final = 20
_PADDING: Final = 6  # the writer's own, around all that flows
_GREY: Final = "#555555"


@dataclass(frozen=True, slots=True)
class Heading:
    """What the parts behind it are about."""

    words: Words


@dataclass(frozen=True, slots=True)
class Field:
    """One field with its value; ``must``: PERKESO's form has it mandatory."""

    label: Words
    value: str
    must: bool = False


@dataclass(frozen=True, slots=True)
class Blank:
    """A place where a person writes by hand."""

    label: Words
    height: int = _BY_HAND


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph as it stands; ``small`` for what is beside the matter."""

    text: str
    small: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows under headings, which stand again on every page."""

    heads: Sequence[Words]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]


Part = Heading | Field | Blank | Text | Grid


class NotOnPaper(JobInvalid):
    """A text holds a sign that the papers' letters do not have."""


def build(title: Words, parts: Sequence[Part], *, wide: bool = False) -> bytes:
    """The PDF. Raises NotOnPaper, and ConfigInvalid where the extra is not installed."""
    for part in parts:
        _printable(part)
    try:
        from reportlab.lib import pagesizes  # noqa: PLC0415  an extra: only who uses it installs it
        from reportlab.platypus import SimpleDocTemplate  # noqa: PLC0415  with it
    except ImportError:
        raise ConfigInvalid(NO_WRITER) from None
    size = pagesizes.landscape(pagesizes.A4) if wide else pagesizes.A4
    made = io.BytesIO()
    document = SimpleDocTemplate(
        made, pagesize=size, leftMargin=_MARGIN, rightMargin=_MARGIN, topMargin=_EDGE,
        bottomMargin=_EDGE, title=title.bm, author="assist-rpa", lang="ms", invariant=1,
    )  # fmt: skip
    foot = partial(_foot, title=title)
    document.build([_title(title), *_flowing(parts)], onFirstPage=foot, onLaterPages=foot)
    return made.getvalue()


def _printable(part: Part) -> None:
    """The fonts every reader has know the letters of Western Europe and no others."""
    for where, text in _texts(part):
        odd = "".join(dict.fromkeys(c for c in text if not _known(c)))
        if odd:
            raise NotOnPaper(
                Words(
                    f"Aksara ini tidak dapat ditulis pada PDF{where.bm}: {odd}. Gunakan huruf "
                    "Rumi seperti pada kad pengenalan.",
                    f"This sign cannot be written on the PDF{where.en}: {odd}. Use Latin letters "
                    "as on the identity card.",
                )
            )


def _texts(part: Part) -> Iterator[tuple[Words, str]]:
    """Each text that is a person's, and where it stands; of a table by its first column."""
    if isinstance(part, Field):
        yield Words(f" ({part.label.bm})", f" ({part.label.en})"), part.value
    elif isinstance(part, Text):
        yield Words("", ""), part.text
    elif isinstance(part, Grid):
        first = part.heads[0]
        for row in part.rows:
            for head, cell in zip(part.heads, row, strict=True):
                bm, en = f"{head.bm}, {first.bm} {row[0]}", f"{head.en}, {first.en} {row[0]}"
                yield Words(f" ({bm})", f" ({en})"), cell


def _known(letter: str) -> bool:
    return letter.encode("cp1252", "ignore") != b""


def _style(name: str, size: float, **more: Any) -> Any:
    from reportlab.lib.styles import ParagraphStyle  # noqa: PLC0415  an extra

    return ParagraphStyle(name, fontName="Helvetica", fontSize=size, leading=size * 1.25, **more)


def _paragraph(text: str, style: Any) -> Any:
    from reportlab.platypus import Paragraph  # noqa: PLC0415  an extra

    return Paragraph(text.replace("\n", "<br/>"), style)


def _both(words: Words, mark: str = "") -> str:
    """Malay first and bold, English small below."""
    bm, en = escape(words.bm), escape(words.en)
    return f'<b>{bm}</b>{mark}<br/><font size="6.5" color="{_GREY}">{en}</font>'


def _title(title: Words) -> Any:
    text = f'<b>{escape(title.bm)}</b><br/><font size="9" color="{_GREY}">{escape(title.en)}</font>'
    return _paragraph(text, _style("title", 13, spaceAfter=10))


def _flowing(parts: Sequence[Part]) -> Iterator[Any]:
    """Fields that follow each other stand in one table."""
    rows: list[list[Any]] = []
    for part in parts:
        if isinstance(part, Field | Blank):
            rows.append(_row(part))
            continue
        if rows:
            yield _table(rows, [_LABEL, _WIDE - _LABEL])
            rows = []
        yield _grid(part) if isinstance(part, Grid) else _words(part)
    if rows:
        yield _table(rows, [_LABEL, _WIDE - _LABEL])


def _words(part: Heading | Text) -> Any:
    if isinstance(part, Heading):
        style = _style("heading", 10, spaceBefore=8, spaceAfter=3, keepWithNext=True)
        return _paragraph(_both(part.words), style)
    size = 8 if part.small else 10
    return _paragraph(escape(part.text), _style("text", size, spaceBefore=3, spaceAfter=5))


def _row(part: Field | Blank) -> list[Any]:
    from reportlab.platypus import Spacer  # noqa: PLC0415  an extra

    label, value = _style("label", 8), _style("value", 9.5)
    if isinstance(part, Blank):
        return [_paragraph(_both(part.label), label), Spacer(1, part.height)]
    mark = " *" if part.must else ""
    return [_paragraph(_both(part.label, mark), label), _paragraph(escape(part.value), value)]


def _grid(part: Grid) -> Any:
    small = _style("cell", 8)
    heads = [_paragraph(_both(words), small) for words in part.heads]
    cells = [[_paragraph(escape(cell), small) for cell in row] for row in part.rows]
    return _table([heads, *cells], list(part.widths), repeat=1)


def _table(rows: list[list[Any]], widths: list[int], *, repeat: int = 0) -> Any:
    from reportlab.lib.colors import HexColor  # noqa: PLC0415  an extra
    from reportlab.platypus import Table, TableStyle  # noqa: PLC0415  an extra

    line, shade = HexColor("#999999"), HexColor("#f1f1f1")
    shaded = ((0, 0), (-1, 0)) if repeat else ((0, 0), (0, -1))
    style = TableStyle(
        [
            ("GRID", (0, 0), (-1, -1), 0.5, line),
            ("BACKGROUND", *shaded, shade),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("TOPPADDING", (0, 0), (-1, -1), 1),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        ]
    )
    # A row higher than a page goes on over it; the writer would refuse the whole paper.
    return Table(rows, widths, style=style, repeatRows=repeat, hAlign="LEFT", splitInRow=1)


def _foot(canvas: Any, document: Any, *, title: Words) -> None:
    """On every page: whose layout it is, what it is, and its number."""
    canvas.setFont("Helvetica", 7.5)
    left, right = _MARGIN + _PADDING, document.pagesize[0] - _MARGIN - _PADDING
    canvas.drawString(left, 32, f"{OUR_LAYOUT.bm} {OUR_LAYOUT.en}")
    canvas.drawString(left, 22, title.bm)
    canvas.drawRightString(right, 22, str(document.page))


NO_WRITER: Final = Words(
    'PDF memerlukan bahagian tambahan: dalam folder projek, pip install ".[forms]"',
    'PDFs need an extra part: in the project\'s folder, pip install ".[forms]"',
)
