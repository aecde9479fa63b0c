"""Upload Supporting Document: checklist, popup and listing (facts 4.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from playwright.sync_api import expect

from rpa.errors import Refused, Words
from rpa.pages.preview import Preview
from rpa.portal.find import Button, Choice, Control, File, Heading, Table, Text, squeeze
from rpa.portal.page import Dialog, Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rpa.run.filing import Document


class Documents(Page):
    """The documents of one case."""

    title = Heading(bm="Muat Naik Dokumen Sokongan", en="Upload Supporting Document")
    listing = Table(
        bm="Senarai Muat Naik Dokumen Sokongan", en="Uploaded Supporting Document(s) Listing"
    )
    add_document = Button(bm=("TAMBAH DOKUMEN", "MASUKKAN DOKUMEN"), en="ADD DOCUMENT")
    save_and_continue = Button(
        bm=("SIMPAN & TERUSKAN", "SIMPAN DAN TERUSKAN"), en="SAVE & CONTINUE"
    )
    landmark: ClassVar[Control] = title

    def upload(self, documents: Sequence[Document]) -> Documents:
        """TAMBAH DOKUMEN for each paper; seen in the listing before the next."""
        for document in documents:
            self.add_document.click()
            DocumentPopup(self.portal).add(document)
            with self.portal.doing("Documents.listing"):
                expect(self.listing.locator()).to_contain_text(document.path.name)
        return Documents(self.portal)

    def preview(self) -> Preview:
        """SIMPAN & TERUSKAN. Raises Refused when the portal wants a paper that is not there."""
        self.save_and_continue.click()
        return Preview(self.portal)


class DocumentPopup(Dialog):
    """The popup that takes one file."""

    title = Heading(bm="Muat Naik Dokumen Sokongan", en="Upload Supporting Document")
    description = Choice(en="Description", name="objdocTypeId")
    file = File(bm="Pilih Fail", en="Choose File", name="_uploadFile")
    remarks = Text(en="Remarks", name="_remarks")
    submit = Button(bm=("TAMBAH DOKUMEN", "MASUKKAN DOKUMEN"), en="ADD DOCUMENT")
    landmark: ClassVar[Control] = title
    is_itself: ClassVar[frozenset[str]] = frozenset({"refusal"})

    def add(self, document: Document) -> None:
        """Choose type and file, press, wait until the popup has gone."""
        self.description.fill(document.type)
        self.file.choose(document.path)
        if document.remarks:
            self.remarks.fill(document.remarks)
        self.submit.click()
        complaints = self.root.locator(".alert-error, .error-inline").filter(visible=True)
        gone = self.portal.tab.locator("body").filter(has_not=self.root)
        with self.portal.doing("DocumentPopup.submit"):
            expect(gone.or_(complaints)).not_to_have_count(0)
        words = squeeze(" ".join(complaints.all_inner_texts()))
        if words:
            raise Refused(Words.quoted(words))
