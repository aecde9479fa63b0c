"""How much a job may bring; beyond it nothing is read."""

from __future__ import annotations

from dataclasses import dataclass

_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes unless the name says otherwise.

    The document sizes and names are assumed: the sister portal allows 5 MB, ASSIST's own limits
    are not known (facts 4.4, 16.14). The others keep a broken or hostile file from filling the
    memory: ``unzipped`` bounds a workbook's content, ``ratio`` bounds how well it may be packed
    once it is larger than ``ratio_from``, ``area`` bounds rows times columns of a sheet,
    ``letters`` the text that its cells would hold together.
    """

    job: int = 1 * _MB
    depth: int = 20
    table: int = 50 * _MB
    unzipped: int = 400 * _MB
    ratio: int = 200
    ratio_from: int = 50 * _MB
    sheet_rows: int = 100_000
    area: int = 5 * _MB
    letters: int = 100 * _MB
    header_within: int = 20
    document: int = 5 * _MB
    document_name: int = 100
