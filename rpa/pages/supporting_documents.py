"""Upload Supporting Document: checklist, generated papers, popup and listing (facts 4.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from playwright.sync_api import expect

from rpa.pages.preview import Preview, Removal
from rpa.pages.result import download_letters
from rpa.pages.word_choice import WordChoice
from rpa.portal import values
from rpa.portal.downloads import FORM
from rpa.portal.find import (
    Button,
    Control,
    File,
    Heading,
    Leave,
    Links,
    Table,
    Text,
    Value,
)
from rpa.portal.page import Dialog, Page
from rpa.rules.vocabulary import PAPER_TYPES, Action

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from typing import Self

    from playwright.sync_api import Locator

    from rpa.model.filing import Document, Papers


class Documents(Page):
    """The documents of one case."""

    title = Heading()
    generated = Heading()
    generated_links = Links()
    reference = Value()
    listing = Table("document", "description")
    add_document = Button()
    save_and_continue = Button()
    landmark: ClassVar[Control] = title

    def papers(self) -> dict[str, str]:
        """The file names in the listing, each with its type."""
        named = values.by(self.listing.rows(), lambda line: line["document"], self.listing.key)
        return {name: PAPER_TYPES.plainly(line["description"]) for name, line in named.items()}

    def upload(self, documents: Sequence[Document]) -> Self:
        """The papers of a case of our own: these and no others.

        What a continued draft lists is removed and sent anew, for only then it surely is the file
        that was checked.
        """
        for name in self.papers():
            self.remove(name)
        return self.add(documents)

    def add(self, documents: Sequence[Document]) -> Self:
        """TAMBAH DOKUMEN for each paper; seen in the listing before the next."""
        for document in documents:
            self.add_document.click()
            DocumentPopup(self.portal).add(document)
            with self.portal.doing("Documents.listing"):
                expect(self.listing.row(document.path.name)).to_have_count(1)
        return self

    def removable(self, name: str) -> bool:
        """Whether this paper has a bin: one that was sent has none."""
        with self.portal.doing("Documents.remove"):
            return self._bin(name).count() > 0

    def _bin(self, name: str) -> Locator:
        return self.listing.offers(self.listing.row(name), Action.REMOVE)

    def remove(self, name: str) -> None:
        """The bin of one paper, and see that it has gone."""
        with self.portal.doing("Documents.remove"):
            self._bin(name).click()
        Removal(self.portal).agree()
        with self.portal.doing("Documents.remove"):
            expect(self.listing.row(name)).to_have_count(0)

    def download(self, place: Callable[[str], Path]) -> Papers:
        """The papers that the portal made of the case, to ``place(file name)``.

        Whether they must be signed and sent back is not known (facts 16, 13): they are kept for
        the operator.
        """
        self.portal.whole()
        return download_letters(self.generated_links, place, FORM)

    def preview(self) -> Preview:
        """SIMPAN & TERUSKAN. Raises Refused when the portal wants a paper that is not there."""
        self.save_and_continue.click()
        return Preview(self.portal)


class DocumentPopup(Dialog):
    """The popup that takes one file."""

    title = Heading()
    description = WordChoice(PAPER_TYPES)
    file = File()
    remarks = Text()
    submit = Button()
    cancel = Leave()
    landmark: ClassVar[Control] = title
    is_itself: ClassVar[frozenset[str]] = frozenset({"refusal"})

    def add(self, document: Document) -> None:
        """Choose type and file, press, wait until the popup has gone. Raises Refused."""
        with self.left_when_refused():
            self.description.fill(document.type)
            self.file.choose(document.path)
            if document.remarks:
                self.remarks.fill(document.remarks)
            self.submit.click()
            self.closed_or_refused("DocumentPopup.submit")
