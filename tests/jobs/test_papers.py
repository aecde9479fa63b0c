"""Papers that rows name: there, told apart, part of what was checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rpa.errors import Severity
from rpa.jobs import unchanged
from tests.jobs.build import (
    FOREIGN_FIELDS,
    INLINE,
    LOCAL_FIELDS,
    PLAIN,
    checked,
    csv,
    entry,
    errors,
    found,
    job,
    line,
    paper,
)

if TYPE_CHECKING:
    from pathlib import Path

ROWS = PLAIN + "rows:\n"
OWN = {"document": "a/note.pdf", "document_type": "Others"}
OTHER = '"900101000025"'


def both(**papers: str) -> str:
    """Two local workers, the second with these papers."""
    return ROWS + entry(LOCAL_FIELDS, **OWN) + entry(LOCAL_FIELDS, identification=OTHER, **papers)


def test_a_rows_papers_come_with_type_path_and_field(tmp_path: Path) -> None:
    """Without a type a paper goes into the popup; the record keeps the name without the folder."""
    for name in ("papers/waris.pdf", "pasport.pdf", "note.pdf"):
        paper(tmp_path, name)
    given = {"next_of_kin_form": "papers/waris.pdf", "passport_copy": "pasport.pdf"}
    row = entry(FOREIGN_FIELDS, **given, document="note.pdf", document_type="Form 2")
    plan = checked(job(tmp_path, ROWS + row)).plan
    assert plan is not None
    (one,) = plan.rows
    assert one.record.next_of_kin_form == "waris.pdf"
    assert [(d.field, d.type, d.path.relative_to(tmp_path).as_posix()) for d in one.documents] == [
        ("next_of_kin_form", "", "papers/waris.pdf"),
        ("passport_copy", "Others", "pasport.pdf"),
        ("document", "Form 2", "note.pdf"),
    ]
    assert one.paper("permit_copy") is None


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("gone.pdf", None, "file-missing"),
        ("empty.pdf", b"", "document-empty"),
        ("text.pdf", b"hello", "document-renamed"),
        ("letter.docx", b"PK", "document-kind"),
        ('"a?.pdf"', b"%PDF-", "document-name"),
        ('".pdf"', b"%PDF-", "document-name"),
        ('"folder/ a.pdf"', None, "document-name"),
        ('"a.pdf."', None, "document-name"),
        ('"a.pdf "', None, "file-missing"),
        (".", None, "document-kind"),
        ("12", None, "yaml-quotes"),
        ("[a.pdf]", None, "key-text"),
    ],
)
def test_a_rows_paper_that_cannot_be_uploaded_is_said_at_its_value(
    tmp_path: Path, name: str, content: bytes | None, code: str
) -> None:
    """And nothing else is said of it: its type is not called a type without a paper."""
    if content is not None:
        paper(tmp_path, name.strip('"'), content)
    path = job(tmp_path, ROWS + entry(LOCAL_FIELDS, document=name, document_type="Others"))
    assert errors(path) == [(f"joiners.yaml:{line(path, 'document:')}:15", code)]


def test_a_paper_named_by_a_table_is_said_at_its_cell(tmp_path: Path) -> None:
    """Every row that names it has its own address."""
    head = "ic,nama,tarikh lahir,tarikh mula bekerja,dokumen,jenis dokumen"
    people = [f"9001010{n:04d}5,CONTOH,01/01/1990,02/11/2026,gone.pdf,Others" for n in (10, 11)]
    path = csv(tmp_path, "\n".join([head, *people]))
    where = [f"joiners.csv: row {row}, column dokumen" for row in (2, 3)]
    assert errors(path) == [(address, "file-missing") for address in where]


def test_papers_of_one_filing_have_different_names(tmp_path: Path) -> None:
    """The portal's listing tells them apart by name; the second is to be renamed."""
    paper(tmp_path, "a/note.pdf")
    paper(tmp_path, "b/note.pdf")
    path = job(tmp_path, both(document="b/note.pdf", document_type="Others"))
    at = line(path, "b/note.pdf")
    assert errors(path) == [(f"joiners.yaml:{at}:15", "document-same-name")]
    apart = path.read_text() + "rows_per_filing: 1\n"
    assert not errors(job(tmp_path, apart))


def test_several_rows_may_name_one_paper_under_one_type(tmp_path: Path) -> None:
    """It is uploaded once; under two types it would stand there twice."""
    paper(tmp_path, "a/note.pdf")
    assert not errors(job(tmp_path, both(**OWN)))
    path = job(tmp_path, both(document="a/note.pdf", document_type="Form 2"))
    at = line(path, "a/note.pdf", after=line(path, "a/note.pdf"))
    assert errors(path) == [(f"joiners.yaml:{at}:15", "document-two-types")]


def test_a_paper_of_the_job_is_not_a_rows_as_well(tmp_path: Path) -> None:
    """It goes with every filing already."""
    paper(tmp_path, "a/note.pdf")
    shared = "documents:\n  - type: Others\n    file: a/note.pdf\n"
    path = job(tmp_path, ROWS + entry(LOCAL_FIELDS, **OWN) + shared)
    assert errors(path) == [(f"joiners.yaml:{line(path, 'document:')}:15", "document-twice")]


@pytest.mark.parametrize(
    ("second", "kind", "code"),
    [
        ("a/note.pdf", "Others", "document-twice"),
        ("a/note.pdf", "Form 2", "document-two-types"),
        ("b/note.pdf", "Others", "document-same-name"),
    ],
)
def test_papers_of_the_job_are_told_apart_too(
    tmp_path: Path, second: str, kind: str, code: str
) -> None:
    """Before anything is known of the rows."""
    paper(tmp_path, "a/note.pdf")
    paper(tmp_path, "b/note.pdf")
    shared = "documents:\n  - {type: Others, file: a/note.pdf}\n  - "
    path = job(tmp_path, f"{INLINE}{shared}{{type: {kind}, file: {second}}}\n")
    column = len(f"  - {{type: {kind}, file: ") + 1
    assert errors(path) == [(f"joiners.yaml:10:{column}", code)]


def test_papers_of_popups_may_share_a_name(tmp_path: Path) -> None:
    """They are not in the listing; each stands in its own worker's popup."""
    paper(tmp_path, "a/waris.pdf")
    paper(tmp_path, "b/waris.pdf")
    rows = [
        entry(FOREIGN_FIELDS, next_of_kin_form="a/waris.pdf"),
        entry(FOREIGN_FIELDS, next_of_kin_form="b/waris.pdf", passport_number="X0000002"),
    ]
    assert not errors(job(tmp_path, ROWS + "".join(rows)))


def test_an_identity_number_in_a_papers_name_is_a_warning(tmp_path: Path) -> None:
    """The name goes to the portal and into records; a number in it is rarely wanted."""
    paper(tmp_path, "ic-900101005555.pdf")
    given = {"document": "ic-900101005555.pdf", "document_type": "Others"}
    path = job(tmp_path, ROWS + entry(LOCAL_FIELDS, **given))
    assert found(path) == [(f"joiners.yaml:{line(path, 'document:')}:15", "document-identity")]
    (problem,) = [p for p in checked(path).problems if p.code == "document-identity"]
    assert problem.severity is Severity.WARNING
    assert checked(path).plan is not None


def test_a_changed_name_needs_its_card_and_a_missing_card_is_said_once(tmp_path: Path) -> None:
    """A file that is named and not there is no absent name."""
    text = PLAIN.replace("add_employees", "update_employee") + "rows:\n"
    row = {"identification": '"900101005555"', "name": "CONTOH BARU"}
    path = job(tmp_path, text + entry(row))
    assert errors(path) == [("joiners.yaml:5:11", "name-card")]
    path = job(tmp_path, text + entry(row, identification_card="gone.pdf"))
    assert errors(path) == [("joiners.yaml:6:26", "file-missing")]
    paper(tmp_path, "gone.pdf")
    plan = checked(path).plan
    assert plan is not None
    assert [(d.type, d.field) for d in plan.rows[0].documents] == [("", "identification_card")]


def test_a_paper_that_changes_after_the_check_is_noticed(tmp_path: Path) -> None:
    """What was checked is what is sent, a row's paper as well as the job's."""
    shared, own = paper(tmp_path, "b.pdf"), paper(tmp_path, "a/note.pdf")
    text = ROWS + entry(LOCAL_FIELDS, **OWN) + "documents:\n  - {type: Form 2, file: b.pdf}\n"
    path = job(tmp_path, text)
    plan = checked(path).plan
    assert plan is not None
    assert unchanged(plan, path, None)
    for file in (shared, own):
        file.write_bytes(b"%PDF-1.8")
        assert not unchanged(plan, path, None)
        file.write_bytes(b"%PDF-1.7")
    assert unchanged(plan, path, None)
