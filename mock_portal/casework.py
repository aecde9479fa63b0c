"""Cases: what every update shares from the draft to the letters (facts 3.4, 4.4, 4.5).

A procedure's view describes itself with a ``Procedure`` and hangs these screens on its portlet.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import g, request

from mock_portal import employers, shell, state
from mock_portal.labels import Label, same

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from flask import Response

# Working: not yet saved, so in no list.  # assumed: "Draft" and "Approved"
WORKING, DRAFT, APPROVED, PENDING = "Working", "Draft", "Approved", "Pending for Review"
LARGEST = 5 * 1024 * 1024  # assumed: the sister portal's limit (K2)
KINDS = {".pdf": b"%PDF-", ".jpg": b"\xff\xd8", ".jpeg": b"\xff\xd8", ".png": b"\x89PNG"}  # assumed
LONGEST_REMARK = 1000

LABELS = {
    "documents_title": same("Upload Supporting Document"),
    "checklist": Label("Senarai Semak Dokumen Sokongan", "Supporting Document(s) Checklist"),
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
    "preview_title": Label("Semakan", "Preview"),  # assumed: the Malay word
    "case_item": same("Case Item"),
    "item_name": same("Item Name"),
    "current": same("Current Information"),
    "new": same("New Information"),
    "submit": Label("HANTAR", "SUBMIT"),
    "proceed": same("Proceed for Submission?"),
    "result_title": same("Result"),  # assumed
    "case_no": Label("No. Kes Kemaskini Permohonan", "Request Case Update No."),  # assumed: BM
    "letters": same("Letter(s)"),  # assumed
    "ok": same("OK"),
}


@dataclass(frozen=True, slots=True)
class Procedure:
    """What one procedure adds to a case.

    ``items`` gives a line's (field, item name, value) as the preview lists them; ``approve`` makes
    an approved case true; ``shown`` is a line as plain texts for the control port; ``edit`` is
    the address that goes on with a draft.
    """

    key: str
    title: Label
    prefix: str
    document_types: tuple[str, ...]
    mandatory: str
    items: Callable[[dict[str, Any]], list[tuple[str, str, str]]]
    shown: Callable[[dict[str, Any]], dict[str, str]]
    approve: Callable[[sqlite3.Row], None]
    edit: Callable[[int], str]


PROCEDURES: dict[str, Procedure] = {}


# --- the records -------------------------------------------------------------------------------


def start(procedure: Procedure, employer: str) -> int:
    """A case that is not saved yet."""
    db = shell.database()
    cursor = db.execute(
        "INSERT INTO cases (procedure, email, employer, status, created) VALUES (?, ?, ?, ?, ?)",
        (procedure.key, g.visitor.email, employer, WORKING, state.now(db).isoformat()),
    )
    return int(cursor.lastrowid or 0)


def find(case_id: int) -> sqlite3.Row | None:
    """A case of one of the visitor's employers; others do not exist for him."""
    row: sqlite3.Row | None = (
        shell.database()
        .execute(
            "SELECT c.*, e.name AS employer_name FROM cases c JOIN employers e"
            " ON e.code = c.employer JOIN holdings h ON h.employer = c.employer"
            " WHERE c.id = ? AND h.email = ?",
            (case_id, g.visitor.email),
        )
        .fetchone()
    )
    return row


def lines(case_id: int) -> list[tuple[int, dict[str, Any]]]:
    """The case's lines with their numbers, in the order in which they were added."""
    rows = shell.database().execute(
        "SELECT id, data FROM lines WHERE case_id = ? ORDER BY id", (case_id,)
    )
    return [(row["id"], json.loads(row["data"])) for row in rows]


def documents(case_id: int) -> list[sqlite3.Row]:
    """The case's papers."""
    return (
        shell.database()
        .execute(
            "SELECT id, type, file, remarks, uploaded FROM documents WHERE case_id = ? ORDER BY id",
            (case_id,),
        )
        .fetchall()
    )


def save_draft(procedure: Procedure, case_id: int) -> None:
    """Number the case and keep it as a draft; a draft keeps its number."""
    shell.database().execute(
        "UPDATE cases SET status = ?, reference = ? WHERE id = ? AND status = ?",
        (DRAFT, _next_reference(procedure), case_id, WORKING),
    )


def _next_reference(procedure: Procedure) -> str:
    """Prefix, MMYYYY, 8 digits (facts 3.4)."""
    db = shell.database()
    return f"{procedure.prefix}{state.today(db):%m%Y}{state.count(db, procedure.prefix):08}"


def remove(case_id: int) -> None:
    """Throw a draft away with all that hangs on it."""
    db = shell.database()
    db.execute("DELETE FROM lines WHERE case_id = ?", (case_id,))
    db.execute("DELETE FROM documents WHERE case_id = ?", (case_id,))
    db.execute("DELETE FROM cases WHERE id = ?", (case_id,))


def file_case(procedure: Procedure, case: sqlite3.Row) -> int:
    """Submit; gives the number of the submitted case.

    assumed, and on purpose the dangerous way: a POST that comes again files again, as a new case
    with a number of its own, so that whoever presses twice is seen in the count.
    """
    db = shell.database()
    number: int = case["id"] if case["status"] == DRAFT else _copy(procedure, case)
    late = shell.strike_here("listed late")
    db.execute(
        "UPDATE cases SET status = ?, submitted = ?, draft_reference = ?, visible_from = ?"
        " WHERE id = ?",
        (
            PENDING if g.settings.officer else APPROVED, state.now(db).isoformat(),
            case["reference"], state.visible() + late.seconds if late else 0, number,
        ),
    )  # fmt: skip
    filed = find(number)
    if filed is not None and filed["status"] == APPROVED:
        procedure.approve(filed)
    return number


def _copy(procedure: Procedure, case: sqlite3.Row) -> int:
    db = shell.database()
    cursor = db.execute(
        "INSERT INTO cases (procedure, email, employer, status, reference, created, again)"
        " SELECT procedure, email, employer, status, ?, created, 1 FROM cases WHERE id = ?",
        (_next_reference(procedure), case["id"]),
    )
    number = int(cursor.lastrowid or 0)
    db.execute(
        "INSERT INTO lines (case_id, data) SELECT ?, data FROM lines WHERE case_id = ? ORDER BY id",
        (number, case["id"]),
    )
    db.execute(
        "INSERT INTO documents (case_id, type, file, remarks, uploaded, content) SELECT"
        " ?, type, file, remarks, uploaded, content FROM documents WHERE case_id = ? ORDER BY id",
        (number, case["id"]),
    )
    return number


# --- the review --------------------------------------------------------------------------------


@dataclass(slots=True)
class Review:
    """What the preview and the read-only page of a case show."""

    box: dict[str, str]
    cases: list[list[tuple[str, str, str]]]
    papers: list[dict[str, str]]


def review(case: sqlite3.Row, *, faulty: bool) -> Review:
    """The case read back; ``faulty``: an armed fault may falsify one item."""
    procedure = PROCEDURES[case["procedure"]]
    shown = Review(
        {"employerName": case["employer_name"], "employerCode": case["employer"]},
        [procedure.items(data) for _, data in lines(case["id"])],
        [{k: row[k] for k in row.keys()} for row in documents(case["id"])],  # noqa: SIM118  a Row's own
    )
    struck = shell.strike_here("review shows another value") if faulty else None
    if struck is not None:
        _falsify(shown, str(struck.options["field"]), struck.options["value"])
    return shown


def _falsify(shown: Review, field: str, value: str | None) -> None:
    if field in shown.box:
        shown.box[field] = value or ""
    elif field == "document":
        shown.papers[:1] = [{**shown.papers[0], "type": value}] if value else []
    elif field.startswith("extra: "):
        shown.cases[0].append((field, field.removeprefix("extra: "), value or ""))
    else:
        items = [(f, n, value if f == field else v) for f, n, v in shown.cases[0]]
        shown.cases[0] = [(f, n, v) for f, n, v in items if v is not None]


def letters(case: sqlite3.Row) -> list[str]:
    """File names of the letters a submitted case has (facts 3.4)."""
    names = ["Letter of acknowledgement"]
    if case["status"] == APPROVED:
        names.append("Letter of successful update")
    return [f"{name}.pdf" for name in names]


# --- the screens -------------------------------------------------------------------------------


class CaseScreens:
    """Documents, preview, CONFIRM and result, hung on a procedure's portlet."""

    def __init__(self, portlet: shell.Portlet, procedure: Procedure) -> None:
        PROCEDURES[procedure.key] = procedure
        self.portlet = portlet
        self.procedure = procedure
        portlet.view("documents")(self.show_documents)
        portlet.view("document_popup")(self.show_popup)
        portlet.view("preview")(self.show_preview)
        portlet.action("document_add")(self.add_document)
        portlet.action("document_remove")(self.remove_document)
        portlet.action("documents_save")(self.save_documents)
        # once=False: p_auth does not guard the commit; see file_case.
        portlet.action("commit", once=False)(self.commit)

    def open_case(self) -> sqlite3.Row | None:
        """The draft that the request names; a submitted case is closed."""
        case = find(self.portlet.number("caseId"))
        return case if case is not None and case["status"] in {WORKING, DRAFT} else None

    def show_documents(self, error: str = "") -> Response:
        """Checklist, listing, ADD DOCUMENT (facts 4.4)."""
        case = self.open_case()
        if case is None:
            return shell.not_found()
        papers = documents(case["id"])
        return shell.page(
            "case/documents.html", LABELS, p=self.portlet, case=case, papers=papers, error=error,
            types=self.procedure.document_types, here_types={row["type"] for row in papers},
        )  # fmt: skip

    def show_popup(self) -> Response:
        """The popup for one paper."""
        case = self.open_case()
        if case is None:
            return shell.not_found()
        return shell.page(
            "case/document_popup.html", LABELS, p=self.portlet, case=case,
            types=self.procedure.document_types, longest=LONGEST_REMARK,
        )  # fmt: skip

    def add_document(self) -> Response:
        """Store the paper, or say in the popup what is wrong."""
        case = self.open_case()
        if case is None:
            return shell.denied()
        sent = request.files.get(self.portlet.ns("uploadFile"))
        name = (sent.filename or "") if sent else ""
        content = sent.read() if sent else b""
        errors = self._examine(name, content)
        if errors:
            return shell.answer_json(
                jsonFieldError=[{"fieldName": k, "errorMsg": v} for k, v in errors.items()]
            )
        db = shell.database()
        db.execute(
            "INSERT INTO documents (case_id, type, file, remarks, uploaded, content)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (
                case["id"], self.portlet.value("obj.docTypeId"), name,
                self.portlet.value("remarks"), f"{state.today(db):{state.DATE}}", content,
            ),
        )  # fmt: skip
        return shell.answer_json(message=f'"{name}" has been successfully uploaded.')

    def _examine(self, name: str, content: bytes) -> dict[str, str]:
        errors = {}
        if self.portlet.value("obj.docTypeId") not in self.procedure.document_types:
            errors[self.portlet.ns("obj.docTypeId")] = "This field cannot be blank."
        start = KINDS.get(f".{name.lower().rpartition('.')[2]}")
        if not name:
            wrong = "This field cannot be blank."
        elif start is None or not content.startswith(start):
            wrong = "Only PDF, JPG and PNG files are allowed."
        else:
            wrong = "The file exceeds 5 MB." if len(content) > LARGEST else ""
        if wrong:
            errors[self.portlet.ns("uploadFile")] = wrong
        if len(self.portlet.value("remarks")) > LONGEST_REMARK:
            errors[self.portlet.ns("remarks")] = "At most 1000 characters are allowed."
        return errors

    def remove_document(self) -> Response:
        """The bin in the listing."""
        case = self.open_case()
        if case is None:
            return shell.denied()
        shell.database().execute(
            "DELETE FROM documents WHERE id = ? AND case_id = ?",
            (self.portlet.number("documentId"), case["id"]),
        )
        return shell.go(self.portlet.url("documents", caseId=case["id"], done=1))

    def _missing(self, case: sqlite3.Row) -> str:
        wanted = self.procedure.mandatory if g.settings.mandatory_document else ""
        if not wanted or any(row["type"] == wanted for row in documents(case["id"])):
            return ""
        return f'Please upload "{wanted}" before preview page.'

    def save_documents(self) -> Response:
        """SAVE & CONTINUE: to the preview, or stay with a red strip."""
        case = self.open_case()
        if case is None:
            return shell.denied()
        missing = self._missing(case)
        if missing:
            return self.show_documents(missing)
        return shell.go(self.portlet.url("preview", caseId=case["id"], done=1))

    def show_preview(self) -> Response:
        """Everything read back, SUBMIT, the CONFIRMATION dialog (facts 4.5)."""
        case = self.open_case()
        if case is None or case["status"] != DRAFT or not lines(case["id"]):
            return shell.not_found()
        missing = self._missing(case)
        if missing:
            return self.show_documents(missing)
        return shell.page(
            "case/preview.html", LABELS, p=self.portlet, case=case,
            review=review(case, faulty=True), by_ajax=g.settings.commit == "ajax",
        )  # fmt: skip

    def commit(self) -> Response:
        """CONFIRM: the point of no return."""
        case = find(self.portlet.number("caseId"))
        if case is None or case["status"] == WORKING:
            return shell.denied()
        if g.settings.strict_commit and case["status"] != DRAFT:
            return shell.denied("This case has already been submitted.")
        filed = find(file_case(self.procedure, case))
        return shell.page(
            "case/result.html", LABELS, p=self.portlet, case=filed, letters=letters(filed or case),
            sentence=f"Your Request {self.procedure.title.en} Has Been Submitted Successfully.",
            # assumed: shown beside the sentence when an officer must look (facts 3.4)
            routed="" if filed and filed["status"] == APPROVED
            else "Case Will be Routed to Back Office.",
        )  # fmt: skip


def employer_of(portlet: shell.Portlet) -> sqlite3.Row | None:
    """The employer that a pencil names, if it is the visitor's."""
    return employers.of_mine(portlet.value("employerCode"))
