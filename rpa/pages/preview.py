"""Preview, HANTAR, SAHKAN and the result (facts 4.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rpa.errors import UnexpectedPage, Words
from rpa.pages.form import CURRENT
from rpa.pages.result import UpdateResult
from rpa.portal.find import (
    Button,
    Control,
    Heading,
    Input,
    NumberedTables,
    Table,
    Value,
    column,
    whole,
)
from rpa.portal.page import Dialog, Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rpa.pages.form import Form
    from rpa.run.filing import Document

Part = dict[str, str]
BOX, PAPERS = "employer", "documents"


class Preview(Page):
    """The review of a case before it is sent."""

    title = Heading(bm="Semakan", en="Preview", assumed=True)
    reference = Value(id="referenceId", assumed=True)
    employer_code = Value(id="employerCode", assumed=True)
    items = NumberedTables(bm="Perkara Kes", en="Case Item", assumed=True)
    papers = Table(
        bm="Senarai Muat Naik Dokumen Sokongan", en="Uploaded Supporting Document(s) Listing"
    )
    send = Button(bm="HANTAR", en="SUBMIT")
    landmark: ClassVar[Control] = title

    def read(self, *forms: type[Form]) -> dict[str, Part]:
        """All that the review shows: box, case items, papers.

        A case item is found under what its form's marker shows (an identification number, a BRN);
        its fields under the English item names, a name nobody knows under its own words. The
        current information stands beside as ``<item> (current)`` where there is any.
        """
        names = Names(forms)
        parts: dict[str, Part] = {BOX: box(self.employer_code.read())}
        for table in self.items.all():
            part = dict(_pairs(table, names))
            key = names.key(part)
            if not key or key in parts:
                raise _twice()
            parts[key] = part
        return {**parts, PAPERS: dict(_papers(self.papers.rows()))}

    def submit(self) -> UpdateResult:
        """HANTAR, SAHKAN. The step that cannot be taken back: only inside `steps.commit`."""
        self.send.click()
        dialog = Confirmation(self.portal)
        with self.portal.single_press():
            dialog.confirm.click()
            return UpdateResult(self.portal)


class Names:
    """What the items of a review may be called, by the labels of the forms behind it."""

    def __init__(self, forms: Sequence[type[Form]]) -> None:
        self._inputs: list[Input] = [c for form in forms for c in form.inputs().values()]
        self._markers = {form.marked_by() for form in forms}

    def item(self, words: str) -> str:
        """The item's English name; its own words when no form has such a field."""
        fitting = (c.labels[-1] for c in self._inputs if whole(c.labels).match(words))
        return next(fitting, words)

    def key(self, part: Part) -> str:
        """What the part is about: the value of the one marker it holds."""
        found = [part[marker] for marker in self._markers if marker in part]
        return found[0] if len(found) == 1 else ""


def box(employer: str) -> Part:
    """What the box at the top must show; a new employer has no code yet."""
    return {"Employer Code": employer}


def papers_of(documents: Sequence[Document]) -> Part:
    """What the listing of papers must show for these."""
    rows = [(paper.path.name, paper.type, paper.remarks) for paper in documents]
    return dict(pair for row in rows for pair in _paper(*row))


def _paper(name: str, kind: str, remarks: str) -> Iterator[tuple[str, str]]:
    yield name, kind
    if remarks:
        yield f"{name} (remarks)", remarks


def _papers(rows: list[dict[str, str]]) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for row in rows:
        name = column(row, "Dokumen", "Document")
        if name in seen:
            raise _twice()
        seen.add(name)
        kind, remarks = column(row, "Keterangan", "Description"), column(row, "Remarks")
        yield from _paper(name, kind, remarks)


def _pairs(table: list[dict[str, str]], names: Names) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for row in table:
        item = names.item(column(row, "Nama Perkara", "Item Name"))
        if item in seen:
            raise _twice()
        seen.add(item)
        yield item, column(row, "Maklumat Baru", "New Information")
        current = column(row, "Maklumat Semasa", "Current Information")
        if current:
            yield f"{item}{CURRENT}", current


def _twice() -> UnexpectedPage:
    return UnexpectedPage(
        Words(
            "Semakan portal menunjukkan perkara yang sama dua kali, atau tanpa pengenalannya.",
            "The portal's review shows the same item twice, or without what it is about.",
        )
    )


class Confirmation(Dialog):
    """The question before the case is sent."""

    title = Heading(bm="PENGESAHAN", en="CONFIRMATION")
    confirm = Button(bm=("SAHKAN", "PENGESAHAN", "Ya"), en="CONFIRM")
    cancel = Button(bm="BATAL", en="CANCEL")
    landmark: ClassVar[Control] = title
