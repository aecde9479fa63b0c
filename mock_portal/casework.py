"""Cases: what every update shares from the draft to the letters (facts 3.4, 4.4, 4.5).

A procedure's view describes itself with a ``Procedure`` and hangs these screens on its portlet.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import Response, g, make_response

from mock_portal import employers, listing, papers, pdf, shell, skins, state
from mock_portal.labels import Label, same

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Sequence

# Working: not yet saved, so in no list.  # assumed: "Draft" and "Approved"
WORKING, DRAFT, APPROVED, PENDING = "Working", "Draft", "Approved", "Pending for Review"
UNDER_QUERY, REJECTED = "Under Query", "Rejected"  # assumed: these two in the inbox
NOTHING_CHANGED = "Please make any change before process to next page."  # facts 10
# The registration's tab strip (facts 4)
TABS = (
    "Employer Information",
    "Employee Information",
    "EIS Employee Registration",
    "Upload Supporting Document",
)

LABELS = {
    **papers.LABELS,
    "checklist": Label("Senarai Semak Dokumen Sokongan", "Supporting Document(s) Checklist"),
    "generated": Label(
        "Muat Turun Dokumen Sokongan Yang telah Dijana", "Generated Supporting Document(s)"
    ),  # assumed: the English words
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
    "foreign_registered": same("Foreign Employee(s) Registered"),  # assumed
    "ssfw": same("Social Security No."),  # assumed
}


Item = tuple[str, str, str, str]  # field, item name, current information, new information


def _no_head(_: sqlite3.Row) -> list[list[Item]]:
    return []


def _no_form(_: dict[str, Any]) -> dict[str, str]:
    return {}


def _at_once(_: sqlite3.Row) -> bool:
    return False


def _employer_code(case: sqlite3.Row) -> str:
    return str(case["employer"])


@dataclass(frozen=True, slots=True)
class Procedure:
    """What one procedure adds to a case.

    ``items`` gives a line's (field, item name, value) as the preview lists them, or with the
    current value before the new one; ``approve`` makes an approved case true (it may come from an
    officer's desk, so it knows the case and no visitor); ``shown`` is a line as plain texts for
    the control port; ``edit`` is the address that goes on with a draft.

    ``head`` gives the Case Items that stand before the lines' (the employer himself);
    ``form_shown`` is ``cases.data`` as plain texts for the control port; ``generated`` are the
    papers the portal makes itself; ``code_digits`` is the letter before the running number, which
    has 9 digits behind a letter and 8 without (facts 3.4: CUN…C…); ``lines_needed`` False: a case
    without lines may be previewed; ``officer`` tells whether the case waits for an officer;
    ``who`` is what follows the title in the inbox; ``done`` is the strip of the result page when
    it is not the usual sentence.
    """

    key: str
    title: Label
    prefix: str
    document_types: tuple[str, ...]
    mandatory: str
    items: Callable[[dict[str, Any]], list[tuple[str, str, str]] | list[Item]]
    shown: Callable[[dict[str, Any]], dict[str, str]]
    approve: Callable[[sqlite3.Row], None]
    edit: Callable[[int], str]
    head: Callable[[sqlite3.Row], list[list[Item]]] = _no_head
    form_shown: Callable[[dict[str, Any]], dict[str, str]] = _no_form
    generated: tuple[str, ...] = ()
    code_digits: str = ""
    lines_needed: bool = True
    officer: Callable[[sqlite3.Row], bool] = _at_once
    who: Callable[[sqlite3.Row], str] = _employer_code
    done: Label | None = None
    approval_letter: str = "Letter of successful update"


PROCEDURES: dict[str, Procedure] = {}
PORTLETS: dict[str, shell.Portlet] = {}
REVIEW_PAGE = "cur"
# The screens at which a draft can be left; what opens over one is none.
STEPS = ("view", "form", "list", "workers", "eis", "documents", "preview")


# --- the records -------------------------------------------------------------------------------


def start(procedure: Procedure, employer: str) -> int:
    """A case that is not saved yet; ``employer`` is '' as long as it has no code.

    What the visitor opened before and left empty is forgotten, so that looking leaves nothing.
    """
    db = shell.database()
    db.execute(
        "DELETE FROM cases WHERE procedure = ? AND email = ? AND status = ? AND data = '{}'"
        " AND id NOT IN (SELECT case_id FROM lines)"
        " AND id NOT IN (SELECT case_id FROM documents)",
        (procedure.key, g.visitor.email, WORKING),
    )
    cursor = db.execute(
        "INSERT INTO cases (procedure, email, employer, status, created) VALUES (?, ?, ?, ?, ?)",
        (procedure.key, g.visitor.email, employer, WORKING, state.now(db).isoformat()),
    )
    return int(cursor.lastrowid or 0)


# A registration has no employer yet: its name is the one in the form.
CASES = (
    "SELECT c.*, coalesce(e.name, json_extract(c.data, '$.industryName'), '') AS employer_name"
    " FROM cases c LEFT JOIN employers e ON e.code = c.employer"
)
# A case belongs to who holds its employer; without an employer to who began it. Takes the
# e-mail twice.
OWN = (
    "(CASE c.employer WHEN '' THEN c.email = ?"
    " ELSE EXISTS (SELECT 1 FROM holdings WHERE email = ? AND employer = c.employer) END)"
)


def load(case_id: int) -> sqlite3.Row | None:
    """A case, whosever it is; for the officer's desk."""
    row: sqlite3.Row | None = (
        shell.database().execute(f"{CASES} WHERE c.id = ?", (case_id,)).fetchone()
    )
    return row


def find(case_id: int) -> sqlite3.Row | None:
    """A case of the visitor's own or of one of his employers; others do not exist for him."""
    row: sqlite3.Row | None = (
        shell.database()
        .execute(f"{CASES} WHERE c.id = ? AND {OWN}", (case_id, g.visitor.email, g.visitor.email))
        .fetchone()
    )
    return row


def case_data(case: sqlite3.Row) -> dict[str, Any]:
    """What the case holds beside its lines: the employer's form, or what is to change."""
    kept: dict[str, Any] = json.loads(case["data"])
    kept.pop("desk", None)  # the officer's, see ``desk``
    return kept


def store_case_data(case_id: int, data: dict[str, Any]) -> None:
    """Keep it."""
    shell.database().execute(
        "UPDATE cases SET data = ? WHERE id = ?", (json.dumps(data, ensure_ascii=False), case_id)
    )


def lines(case_id: int) -> list[tuple[int, dict[str, Any]]]:
    """The case's lines with their numbers, in the order in which they were added."""
    rows = shell.database().execute(
        "SELECT id, data FROM lines WHERE case_id = ? ORDER BY id", (case_id,)
    )
    return [(row["id"], json.loads(row["data"])) for row in rows]


documents = papers.of_case


def save_draft(procedure: Procedure, case_id: int) -> None:
    """Number the case and keep it as a draft; a draft keeps its number."""
    shell.database().execute(
        "UPDATE cases SET status = ?, reference = ? WHERE id = ? AND status = ?",
        (DRAFT, _next_reference(procedure), case_id, WORKING),
    )


def _next_reference(procedure: Procedure) -> str:
    """Prefix, MMYYYY, 8 digits; some have a letter and 9 digits behind it (facts 3.4)."""
    db = shell.database()
    letter = procedure.code_digits
    number = f"{state.count(db, procedure.prefix):0{9 if letter else 8}}"
    return f"{procedure.prefix}{state.today(db):%m%Y}{letter}{number}"


def resume(case: sqlite3.Row) -> str:
    """Where the pencil of a draft leads: its first screen, or in some skins where it was left."""
    if skins.here().resumes and case["step"]:
        return PORTLETS[case["procedure"]].url(case["step"], caseId=case["id"])
    return PROCEDURES[case["procedure"]].edit(case["id"])


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
    listed = listing.strike(case["employer"])
    new = shell.strike_here("listed under another number")
    db.execute(
        "UPDATE cases SET status = ?, submitted = ?, draft_reference = ?,"
        " reference = coalesce(?, reference), visible_from = ?, listing = ? WHERE id = ?",
        (
            PENDING if g.settings.officer or procedure.officer(case) else APPROVED,
            state.now(db).isoformat(),
            case["reference"], _next_reference(procedure) if new else None, *listed, number,
        ),
    )  # fmt: skip
    filed = find(number)
    if filed is not None and filed["status"] == APPROVED:
        procedure.approve(filed)
    return number


def _copy(procedure: Procedure, case: sqlite3.Row) -> int:
    db = shell.database()
    cursor = db.execute(
        "INSERT INTO cases (procedure, email, employer, status, reference, created, data, again)"
        " SELECT procedure, email, employer, status, ?, created, json_remove(data, '$.desk'), 1"
        " FROM cases WHERE id = ?",
        (_next_reference(procedure), case["id"]),
    )
    number = int(cursor.lastrowid or 0)
    db.execute(
        "INSERT INTO lines (case_id, data, file)"
        " SELECT ?, data, file FROM lines WHERE case_id = ? ORDER BY id",
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
    cases: list[list[Item]]
    papers: list[dict[str, str]]
    first: int = 0  # which of the cases stands first on this page
    current: int = 1
    pages: int = 1


def review(case: sqlite3.Row, portlet: shell.Portlet, *, faulty: bool) -> Review:
    """The case read back; ``faulty``: an armed fault may falsify one item."""
    shown = Review(
        {"employerName": case["employer_name"], "employerCode": case["employer"]},
        parts(case),
        [{k: row[k] for k in row.keys()} for row in sent_papers(case)],  # noqa: SIM118  a Row's own
    )
    struck = shell.strike_here("review shows another value") if faulty else None
    if struck is not None:
        with shell.in_english():
            names = [[item[1].lower() for item in part] for part in parts(case)]
        _falsify(shown, names, struck.options)
    return _paged(shown, max(portlet.number(REVIEW_PAGE), 1))


def _paged(shown: Review, asked: int) -> Review:
    """The page that was asked for, where a review has pages."""
    a_page = g.settings.review_page or len(shown.cases) or 1
    shown.pages = max(-(-len(shown.cases) // a_page), 1)
    shown.current = min(asked, shown.pages)
    shown.first = (shown.current - 1) * a_page
    shown.cases = shown.cases[shown.first :][:a_page]
    return shown


def parts(case: sqlite3.Row) -> list[list[Item]]:
    """The Case Items: the employer himself, if the procedure shows him, and one for each line."""
    procedure = PROCEDURES[case["procedure"]]
    of_lines = (procedure.items(data) for _, data in lines(case["id"]))
    return [
        *procedure.head(case),
        *([_whole(item) for item in part if item[1]] for part in of_lines),
    ]


def _whole(item: tuple[str, str, str] | Item) -> Item:
    field, name, *current, new = item
    return field, name, current[0] if current else "", new


def _falsify(shown: Review, names: list[list[str]], options: dict[str, Any]) -> None:
    """Act the fault out; ``names`` are the items' English labels, lower case."""
    field, value, part = str(options["field"]), options["value"], options["part"]
    if field in shown.box:
        shown.box[field] = value or ""
    elif field == "document":
        shown.papers[:1] = [{**shown.papers[0], "type": value}] if value and shown.papers else []
    elif part < len(shown.cases):
        _falsify_item(shown.cases[part], names[part], options)


def _falsify_item(items: list[Item], names: list[str], options: dict[str, Any]) -> None:
    field = str(options["field"])
    if field.startswith("extra: "):
        items.append(_altered((field, field.removeprefix("extra: "), "", ""), options))
        return
    for n in reversed(range(len(items))):
        if field == items[n][0] or field.lower() == names[n]:
            items[n : n + 1] = [] if options["value"] is None else [_altered(items[n], options)]


def _altered(item: Item, options: dict[str, Any]) -> Item:
    field, name, current, new = item
    value = str(options["value"] or "")
    if options["column"] == "current":
        return field, name, value, new
    return field, name, current, value


# --- the officer, and the letters --------------------------------------------------------------


def desk(case: sqlite3.Row) -> dict[str, Any]:
    """What the officer left with a case.

    ``reason``; ``inquiry``: he has asked; ``sent``: the number of the last paper that he has;
    ``exits``: the numbers of the papers of each sending after his inquiry.
    """
    kept: dict[str, Any] = {"reason": "", "inquiry": False, "sent": 0, "exits": []}
    kept.update(json.loads(case["data"]).get("desk", {}))
    return kept


def store_desk(case: sqlite3.Row, **changed: Any) -> None:
    """Change some of it."""
    store_case_data(case["id"], {**case_data(case), "desk": {**desk(case), **changed}})


def sent_papers(case: sqlite3.Row) -> list[sqlite3.Row]:
    """The case's papers; after an inquiry without those that were added and not sent yet."""
    kept = desk(case)
    here = documents(case["id"])
    return [row for row in here if not kept["inquiry"] or row["id"] <= kept["sent"]]


def last_paper(case: sqlite3.Row) -> int:
    """The number of the case's last paper; 0 without one."""
    return max((row["id"] for row in documents(case["id"])), default=0)


def decide(reference: str, status: str, reason: str) -> None:
    """What the officer finds. Raises ValueError with a sentence when he cannot.

    Only a case that waits for him, or for its employer's answer, can be decided.
    """
    if status not in {APPROVED, UNDER_QUERY, REJECTED}:
        raise ValueError(f"{status!r} is no outcome.")
    row = shell.database().execute(
        "SELECT id FROM cases WHERE reference = ? AND submitted != ''", (reference,)
    )
    found = row.fetchone()
    case = load(found["id"]) if found else None
    if case is None or case["status"] not in {PENDING, UNDER_QUERY}:
        raise ValueError(f"No case {reference!r} waits for an officer.")
    asked = desk(case)["inquiry"] or status == UNDER_QUERY
    sent = last_paper(case) if case["status"] == PENDING else desk(case)["sent"]
    store_desk(case, reason=reason, inquiry=asked, sent=sent)
    set_status(case["id"], status)
    if status == APPROVED:
        PROCEDURES[case["procedure"]].approve(case)


def set_status(case_id: int, status: str) -> None:
    """The case stands so from now on."""
    shell.database().execute("UPDATE cases SET status = ? WHERE id = ?", (status, case_id))


def outcome(case: sqlite3.Row) -> list[str]:
    """What the officer says on the page of the case (facts 3.4), with his reason."""
    words = {UNDER_QUERY: "The Case Is Under Query.", REJECTED: "This Case has been Rejected."}
    said = words.get(case["status"])
    return [text for text in (said, desk(case)["reason"]) if text] if said else []


def letters(case: sqlite3.Row) -> list[str]:
    """File names of the letters a submitted case has (facts 3.4)."""
    names = ["Letter of acknowledgement"]
    if desk(case)["inquiry"]:
        names.append("Letter of inquiry")
    if case["status"] == REJECTED:
        names.append("Letter of update rejection")
    if case["status"] == APPROVED:
        names.append(PROCEDURES[case["procedure"]].approval_letter)
    return [f"{name}.pdf" for name in names]


def shown_letters(names: Sequence[str]) -> Sequence[str]:
    """The same as a screen has them: a fault may leave them out."""
    return () if names and shell.strike_here("no letter") else names


def registered_foreigners(case: sqlite3.Row) -> list[sqlite3.Row]:
    """``nric`` (the passport) and ``ssfw`` of those whom this case brought on the books."""
    return (
        shell.database()
        .execute(
            "SELECT w.nric, p.ssfw FROM workers w JOIN persons p USING (nric)"
            " WHERE w.case_id = ? AND w.kind = 'foreign' ORDER BY w.id",
            (case["id"],),
        )
        .fetchall()
    )


# --- the screens -------------------------------------------------------------------------------


class CaseScreens:
    """Documents, preview, CONFIRM and result, hung on a procedure's portlet.

    ``before`` is the screen to which the documents page goes back; ``pencil`` is the one that the
    pencil of Search For Employer opens, for a procedure that begins there.
    """

    def __init__(
        self,
        portlet: shell.Portlet,
        procedure: Procedure,
        before: str = "list",
        *,
        pencil: str = "",
    ) -> None:
        PROCEDURES[procedure.key] = procedure
        PORTLETS[procedure.key] = portlet
        portlet.seen = self._left_at
        self.portlet = portlet
        self.procedure = procedure
        self.before = before
        self.pencil = pencil
        self.tabs: Callable[[sqlite3.Row], tuple[str, ...]] = lambda _: ()
        portlet.view("documents")(self.show_documents)
        portlet.view("preview")(self.show_preview)
        portlet.view("generated")(self.download_generated)
        papers.PaperScreens(portlet, self.open_case, lambda _: procedure.document_types)
        portlet.action("documents_save")(self.save_documents)
        # once=False: p_auth does not guard the commit; see file_case.
        portlet.action("commit", once=False)(self.commit)
        if pencil:
            portlet.view("view")(self.search_for_employer)
            portlet.action("open")(self.open_employer)

    def _left_at(self, name: str) -> None:
        case = self.open_case() if name in STEPS else None
        if case is not None and case["status"] == DRAFT:
            shell.database().execute("UPDATE cases SET step = ? WHERE id = ?", (name, case["id"]))

    def search_for_employer(self) -> Response:
        """The portal ID's employers."""
        return employers.search(self.portlet)

    def open_employer(self) -> Response:
        """The pencil: an empty case for this employer, which counts only once it is saved."""
        employer = employers.of_mine(self.portlet.value("employerCode"))
        if employer is None:
            return shell.denied()
        number = start(self.procedure, employer["code"])
        return shell.go(self.portlet.url(self.pencil, caseId=number))

    def open_case(self) -> sqlite3.Row | None:
        """The draft that the request names; a submitted case is closed."""
        case = find(self.portlet.number("caseId"))
        return case if case is not None and case["status"] in {WORKING, DRAFT} else None

    def show_documents(self, error: str = "") -> Response:
        """Checklist, listing, ADD DOCUMENT (facts 4.4)."""
        case = self.open_case()
        if case is None:
            return shell.not_found()
        here = documents(case["id"])
        return shell.page(
            "case/documents.html", LABELS, p=self.portlet, case=case, papers=here, error=error,
            before=self.before, types=self.procedure.document_types, tabs=self.tabs(case),
            here_types={row["type"] for row in here},
            generated=shown_letters(self.procedure.generated),
        )  # fmt: skip

    def download_generated(self) -> Response:
        """A paper that the portal made from the case: Form 1 of the employer, Form 2 of workers."""
        case, name = self.open_case(), self.portlet.value("paper")
        if case is None or name not in self.procedure.generated:
            return shell.not_found()
        heads = len(self.procedure.head(case))
        made = parts(case)[:heads] if name.startswith("Form 1") else parts(case)[heads:]
        text = [f"Reference ID: {case['reference']}", case["employer_name"]]
        for part in made:
            text += ["", *(f"{item}: {new}" for _, item, _, new in part)]
        return pdf_answer(name, text)

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
        if case is None or case["status"] != DRAFT:
            return shell.not_found()
        if self.procedure.lines_needed and not lines(case["id"]):
            return shell.not_found()
        missing = self._missing(case)
        if missing:
            return self.show_documents(missing)
        otherwise = shell.strike_here("confirmation reads otherwise")
        return shell.page(
            "case/preview.html", LABELS, p=self.portlet, case=case,
            review=review(case, self.portlet, faulty=True), sent_by=_sent_by(),
            review_address=self.portlet.pages("preview", REVIEW_PAGE, caseId=case["id"]),
            asks=not shell.strike_here("confirmation is not asked"),
            asked=otherwise.options["title"] if otherwise else "",
        )  # fmt: skip

    def commit(self) -> Response:
        """CONFIRM: the point of no return."""
        case = find(self.portlet.number("caseId"))
        if case is None or case["status"] == WORKING:
            return shell.denied()
        if g.settings.strict_commit and case["status"] != DRAFT:
            return shell.denied("This case has already been submitted.")
        filed = find(file_case(self.procedure, case)) or case
        usual = f"Your Request {self.procedure.title.en} Has Been Submitted Successfully."
        return show_result(
            self.portlet, filed, shell.speech().of(self.procedure.done or same(usual))
        )


def _sent_by() -> str:
    """The ``data-`` attribute that the last press has."""
    if shell.strike_here("sent by an address"):
        return "go"
    return "ajax" if g.settings.commit == "ajax" else "post"


def show_result(portlet: shell.Portlet, case: sqlite3.Row, sentence: str) -> Response:
    """The page after the point of no return."""
    # assumed: shown beside the sentence when an officer must look (facts 3.4)
    status = "" if shell.strike_here("no status") else case["status"]
    routed = "" if case["status"] == APPROVED else "Case Will be Routed to Back Office."
    return shell.page(
        "case/result.html", LABELS, p=portlet, case=case, status=status,
        letters=shown_letters(letters(case)),
        sentence=sentence, routed=routed, foreigners=registered_foreigners(case),
        reads=shell.result_reads,
    )  # fmt: skip


def pdf_answer(name: str, text: list[str]) -> Response:
    """A paper for download, with its name without the ending as the title."""
    content = pdf.letter(name.removesuffix(".pdf").upper(), text)
    struck = shell.strike_here("letter of another kind")
    answer = _odd_letter(content, struck.options) if struck else make_response(content)
    answer.headers["Content-Type"] = "application/pdf"
    if struck is None or struck.options["kind"] != "page":
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    else:
        answer.headers["Content-Type"] = "text/html"
    return answer


def _odd_letter(content: bytes, how: dict[str, Any]) -> Response:
    """What a letter should not be."""
    html = b"<!doctype html><title>Error</title><p>Please try again later."
    if how["kind"] == "large":
        return Response(iter([content, *[bytes(1_000_000)] * int(how["mb"])]))
    if how["kind"] == "cut":
        short = make_response(content)
        short.headers["Content-Length"] = str(2 * len(content))
        return short
    return make_response({"exe": b"MZ\x90\x00" + content, "empty": b""}.get(how["kind"], html))
