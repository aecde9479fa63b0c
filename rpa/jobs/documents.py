"""The papers that a job names: there, readable, told apart, and what their names say."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

from rpa.errors import Severity, Words
from rpa.jobs import files
from rpa.jobs.places import Unfit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rpa.jobs.limits import Limits
    from rpa.jobs.places import Place, Problems
    from rpa.model.filing import Document, Row

_FORBIDDEN = frozenset('\\/:*?"<>|')
_EDGES = " ."
_IDENTITY = re.compile(r"[0-9]{12}")
_BEGINNINGS = {
    ".pdf": b"%PDF-",
    ".jpg": b"\xff\xd8\xff",
    ".jpeg": b"\xff\xd8\xff",
    ".png": b"\x89PNG\r\n\x1a\n",
}

Placed = tuple["Document", "Place"]


class Papers:
    """All papers of a job, each file read once. ``folder`` is the job file's.

    ``marks`` are the SHA-256 of their bytes as they were checked, by path.
    """

    def __init__(self, folder: Path, limits: Limits, problems: Problems) -> None:
        self._folder = folder
        self._limits = limits
        self._problems = problems
        self._unfit: dict[Path, Unfit] = {}
        self.marks: dict[Path, bytes] = {}

    def take(self, file: Path, place: Place) -> Path | None:
        """The paper's whole path; None, and the reason noted at ``place``, when it is not fit."""
        path = (self._folder / file).absolute()
        if path not in self.marks and path not in self._unfit:
            try:
                self.marks[path] = hashlib.sha256(_read(path, self._limits)).digest()
            except Unfit as fault:
                self._unfit[path] = fault
        if path in self._unfit:
            self._problems.unfit(self._unfit[path], place)
            return None
        if _IDENTITY.search(path.name):
            self._problems.add(place, "document-identity", _IDENTITY_NAME, Severity.WARNING)
        return path


def paths(documents: Iterable[Document], rows: Iterable[Row[Any]]) -> list[Path]:
    """Every file among these papers and those of the rows, once."""
    papers = [*documents, *(paper for row in rows for paper in row.documents)]
    return list(dict.fromkeys(paper.path for paper in papers))


def note_alike(papers: list[Placed], problems: Problems) -> None:
    """Notes papers of the whole filing that the portal's listing, by name, could not tell apart."""
    listed: dict[str, Document] = {}
    for paper, place in papers:
        first = listed.setdefault(paper.path.name, paper)
        if first is not paper:
            problems.add(place, *_alike(first, paper))


def note_alike_rows(of_all: list[Document], papers: list[Placed], problems: Problems) -> None:
    """The same for the papers of one filing's rows, after those of the whole filing.

    Several rows may name one file under one type: it is uploaded once. A paper without a type
    goes into a popup's own field and not into the listing (facts 4.4).
    """
    listed = {paper.path.name: paper for paper in of_all}
    for paper, place in papers:
        first = listed.setdefault(paper.path.name, paper) if paper.type else paper
        if first is not paper and (not first.field or not _one(first, paper)):
            problems.add(place, *_alike(first, paper))


def _one(first: Document, other: Document) -> bool:
    return (first.path, first.type) == (other.path, other.type)


def _alike(first: Document, other: Document) -> tuple[str, Words]:
    if first.path != other.path:
        return "document-same-name", _SAME_NAME
    return ("document-twice", _TWICE) if _one(first, other) else ("document-two-types", _TWO_TYPES)


def _read(path: Path, limits: Limits) -> bytes:
    """The bytes of one paper. Raises Unfit.

    Kinds, size and name are what is assumed of the portal (facts 4.4: JPG and PNG were seen,
    letters are PDF; 5 MB in the sister portal).
    """
    name = path.name
    if len(name) > limits.document_name or _FORBIDDEN & set(name) or name != name.strip(_EDGES):
        raise Unfit("document-name", _name(limits.document_name))
    beginning = _BEGINNINGS.get(path.suffix.lower())
    if beginning is None:
        raise Unfit("document-kind", _KIND)
    data = files.read(path, limits.document)
    if not data:
        raise Unfit("document-empty", _EMPTY)
    if not data.startswith(beginning):
        raise Unfit("document-renamed", _RENAMED)
    return data


def _name(most: int) -> Words:
    return Words(
        f'Nama fail dokumen mesti tidak melebihi {most} aksara, tanpa \\ / : * ? " < > |, dan '
        "tidak bermula atau berakhir dengan ruang atau titik.",
        f'The name of a document must have at most {most} characters and none of \\ / : * ? " '
        "< > |, and not begin or end with a blank or a dot.",
    )


_KIND = Words("Dokumen mesti PDF, JPG atau PNG.", "A document must be PDF, JPG or PNG.")
_EMPTY = Words("Dokumen ini kosong (0 bait).", "This document is empty (0 bytes).")
_RENAMED = Words(
    "Kandungan dokumen ini tidak sama dengan jenis pada namanya (PDF, JPG, PNG). Simpan semula "
    "dalam jenis yang betul.",
    "This document's content is not what its name says (PDF, JPG, PNG). Save it again in the "
    "right kind.",
)
_IDENTITY_NAME = Words(
    "Nama fail ini mengandungi 12 digit seperti No. KPPN. Lebih baik tanpa nombor pengenalan.",
    "This file's name holds 12 digits like an identification number. Better without one.",
)
_SAME_NAME = Words(
    "Satu lagi dokumen penghantaran ini mempunyai nama fail yang sama. Namakan semula satu.",
    "Another document of this filing has the same file name. Rename one of them.",
)
_TWO_TYPES = Words(
    "Fail ini sudah digunakan dalam penghantaran ini dengan jenis dokumen yang lain.",
    "This file is used in this filing already, under another document type.",
)
_TWICE = Words(
    "Dokumen ini sudah ada untuk keseluruhan penghantaran. Padamkan satu.",
    "This document is there already for the whole filing. Remove one of them.",
)
