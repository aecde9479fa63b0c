"""Uploaded papers: which files are taken, and the popup that takes them (facts 4.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from mock_portal import shell, state
from mock_portal.labels import Label, same

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Sequence

    from flask import Response

LARGEST = 5 * 1024 * 1024  # assumed: the sister portal's limit (K2)
KINDS = {".pdf": b"%PDF-", ".jpg": b"\xff\xd8", ".jpeg": b"\xff\xd8", ".png": b"\x89PNG"}  # assumed
LONGEST_REMARK = 1000
BLANK = "This field cannot be blank."

LABELS = {
    "documents_title": same("Upload Supporting Document"),
    "documents_listing": Label(
        "Senarai Muat Naik Dokumen Sokongan", "Uploaded Supporting Document(s) Listing"
    ),
    "add_document": Label("TAMBAH DOKUMEN", "ADD DOCUMENT"),
    "put_document": Label("MASUKKAN DOKUMEN", "ADD DOCUMENT"),
    "choose_file": Label("Pilih Fail", "Choose File"),
    "document": same("Document"),
    "description": same("Description"),
    "remarks": same("Remarks"),
    "uploaded": same("Uploaded Date"),
}


def of_case(case_id: int) -> list[sqlite3.Row]:
    """The case's papers, in the order in which they were added."""
    return (
        shell.database()
        .execute(
            "SELECT id, type, file, remarks, uploaded FROM documents WHERE case_id = ? ORDER BY id",
            (case_id,),
        )
        .fetchall()
    )


def received(name: str) -> tuple[str, bytes]:
    """Name and content of the file that was sent under that name; both empty without one."""
    sent = request.files.get(name)
    return ((sent.filename or "") if sent else "", sent.read() if sent else b"")


def wrong_file(name: str, content: bytes) -> str:
    """Why the portal does not take this file; empty when it does."""
    start = KINDS.get(f".{name.lower().rpartition('.')[2]}")
    if not name:
        return BLANK
    if start is None or not content.startswith(start):
        return "Only PDF, JPG and PNG files are allowed."
    return "The file exceeds 5 MB." if len(content) > LARGEST else ""


class PaperScreens:
    """Popup, upload and bin, hung on a portlet that has a screen "documents".

    ``open_case`` gives the case that the request names, if it still takes papers; ``types`` are
    the kinds of paper of such a case; ``sent`` is the number of the last paper that was sent with
    it: those up to it stay.
    """

    def __init__(
        self,
        portlet: shell.Portlet,
        open_case: Callable[[], sqlite3.Row | None],
        types: Callable[[sqlite3.Row], Sequence[str]],
        sent: Callable[[sqlite3.Row], int] = lambda _: 0,
    ) -> None:
        self.portlet = portlet
        self.open_case = open_case
        self.types = types
        self.sent = sent
        portlet.view("document_popup")(self.show_popup)
        portlet.action("document_add")(self.add)
        portlet.action("document_remove")(self.remove)

    def show_popup(self) -> Response:
        """The popup for one paper."""
        case = self.open_case()
        if case is None:
            return shell.not_found()
        return shell.page(
            "case/document_popup.html", LABELS, p=self.portlet, case=case,
            types=self.types(case), longest=LONGEST_REMARK,
        )  # fmt: skip

    def add(self) -> Response:
        """Store the paper, or say in the popup what is wrong."""
        case = self.open_case()
        if case is None:
            return shell.denied()
        name, content = received(self.portlet.ns("uploadFile"))
        errors = self._examine(case, wrong_file(name, content))
        if errors:
            return shell.answer_errors(errors)
        db = shell.database()
        db.execute(
            "INSERT INTO documents (case_id, type, file, remarks, uploaded, content)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (
                case["id"], self.portlet.value("obj.docTypeId"), name,
                self.portlet.value("remarks"), f"{state.today(db):{state.DATE}}", content,
            ),
        )  # fmt: skip
        return shell.answer_saved(message=f'"{name}" has been successfully uploaded.')

    def _examine(self, case: sqlite3.Row, wrong: str) -> dict[str, str]:
        errors = {}
        if self.portlet.value("obj.docTypeId") not in self.types(case):
            errors[self.portlet.ns("obj.docTypeId")] = BLANK
        if wrong:
            errors[self.portlet.ns("uploadFile")] = wrong
        if len(self.portlet.value("remarks")) > LONGEST_REMARK:
            errors[self.portlet.ns("remarks")] = "At most 1000 characters are allowed."
        return errors

    def remove(self) -> Response:
        """The bin in the listing."""
        case = self.open_case()
        if case is None:
            return shell.denied()
        shell.database().execute(
            "DELETE FROM documents WHERE id = ? AND case_id = ? AND id > ?",
            (self.portlet.number("documentId"), case["id"], self.sent(case)),
        )
        return shell.go(self.portlet.url("documents", caseId=case["id"], done=1))
