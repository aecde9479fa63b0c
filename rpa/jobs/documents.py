"""The papers that a job names: there, readable, and what their names say."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rpa.errors import Words
from rpa.jobs import files
from rpa.jobs.places import Unfit
from rpa.run.filing import Document

if TYPE_CHECKING:
    from pathlib import Path

    from rpa.jobs.limits import Limits
    from rpa.run.job import DocumentSpec

_FORBIDDEN = frozenset('\\/:*?"<>|')
_BEGINNINGS = {
    ".pdf": b"%PDF-",
    ".jpg": b"\xff\xd8\xff",
    ".jpeg": b"\xff\xd8\xff",
    ".png": b"\x89PNG\r\n\x1a\n",
}


class Paper(NamedTuple):
    """A document with its bytes as they were checked."""

    document: Document
    data: bytes


def read(spec: DocumentSpec, folder: Path, limits: Limits) -> Paper:
    """One document. ``folder`` is the job file's. Raises Unfit.

    Kinds, size and name are what is assumed of the portal (facts 4.4: JPG and PNG were seen,
    letters are PDF; 5 MB in the sister portal).
    """
    path = folder / spec.file
    name = path.name
    if len(name) > limits.document_name or _FORBIDDEN & set(name):
        raise Unfit("document-name", _name(limits.document_name))
    beginning = _BEGINNINGS.get(path.suffix.lower())
    if beginning is None:
        raise Unfit("document-kind", _KIND)
    data = files.read(path, limits.document)
    if not data:
        raise Unfit("document-empty", _EMPTY)
    if not data.startswith(beginning):
        raise Unfit("document-renamed", _RENAMED)
    return Paper(Document(spec.type, path.absolute(), spec.remarks), data)


def _name(most: int) -> Words:
    return Words(
        f'Nama fail dokumen mesti tidak melebihi {most} aksara dan tanpa \\ / : * ? " < > |.',
        f'The name of a document must have at most {most} characters and none of \\ / : * ? " '
        "< > |.",
    )


_KIND = Words("Dokumen mesti PDF, JPG atau PNG.", "A document must be PDF, JPG or PNG.")
_EMPTY = Words("Dokumen ini kosong (0 bait).", "This document is empty (0 bytes).")
_RENAMED = Words(
    "Kandungan dokumen ini tidak sama dengan jenis pada namanya (PDF, JPG, PNG). Simpan semula "
    "dalam jenis yang betul.",
    "This document's content is not what its name says (PDF, JPG, PNG). Save it again in the "
    "right kind.",
)
