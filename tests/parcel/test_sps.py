"""The list of self-employed people: every mistake at its cell, and what comes of a list without."""

from __future__ import annotations

import email
import email.policy
import io
import zipfile
from datetime import date
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from rpa import parcel
from rpa.errors import Severity
from rpa.jobs import check
from rpa.parcel import sps
from rpa.parcel.package import Order, Package
from rpa.rules.sps import DIVISION
from tests.parcel import listed

FIXTURES = Path(__file__).parents[2] / "fixtures"
TODAY = date(2026, 11, 21)
PEOPLE = 500
FAULTS: tuple[tuple[str, str, Any], ...] = (
    ("nric-zeros", "identification", "10203005555"),
    ("nric-format", "identification", "90010100555A"),
    ("nric-date", "identification", lambda n: f"90133100{n:04}"),
    ("missing", "identification", ""),
    ("missing", "name", ""),
    ("name-number", "name", "123 456"),
    ("text-formula", "name", "=CONTOH"),
    ("date-real", "date_of_birth", "31/02/1990"),
    ("date-form", "date_of_birth", "1990"),
    ("birth-future", "date_of_birth", "01/01/2027"),
    ("birth-nric", "date_of_birth", "01/01/1950"),
    ("choice", "standing", "Asing"),
    ("missing", "standing", ""),
    ("choice", "sector", "Penjajah"),
    ("missing", "sector", ""),
    ("plan-scheme", "plan", "4"),
    ("plan-unknown", "plan", "7"),
    ("count", "plan", "dua"),
    ("missing", "plan", ""),
    ("missing", "identity_card", ""),
    ("file-missing", "identity_card", "tiada/kp.pdf"),
    ("document-kind", "identity_card", "kp.docx"),
    ("file-missing", "proof_of_work", "tiada/bukti.pdf"),
)
COLUMN = listed.HEADINGS


def order(job: Path) -> Order:
    found = check(job, today=TODAY)
    assert found.errors == ()
    assert found.plan is not None
    plan = found.plan
    return Order(plan.job, plan.rows, plan.documents, TODAY)


def packed(job: Path) -> Package:
    made = order(job)
    return parcel.load(made.job.procedure).pack(made)


def mail_of(package: Package) -> EmailMessage:
    message = email.message_from_bytes(package.files[sps.MAIL], policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def test_each_of_the_seeded_faults_of_five_hundred_people_is_told_at_its_cell(
    tmp_path: Path,
) -> None:
    """Those, and no other; the people between them have none."""
    people = [listed.person(n) for n in range(PEOPLE)]
    wanted = set()
    for turn in range(2 * len(FAULTS)):
        code, field, value = FAULTS[turn % len(FAULTS)]
        number = 7 + turn * 10
        people[number][field] = value(number) if callable(value) else value
        wanted.add((f"people.csv: row {number + 2}, column {COLUMN[field]}", code))
    people[490] = {**people[489], "identity_card": "kp-490.pdf"}  # twice in one list
    people[495]["identity_card"] = people[496]["identity_card"] = "kp-495.pdf"
    for row in (491, 492):
        wanted.add((f"people.csv: row {row}, column {COLUMN['identification']}", "row-twice"))
    wanted.add((f"people.csv: row 498, column {COLUMN['identity_card']}", "card-twice"))
    found = check(listed.write(tmp_path, people), today=TODAY)
    assert found.rows_read == PEOPLE
    assert {(p.address, p.code) for p in found.errors} == wanted
    assert {p.code for p in found.warnings} <= {"nric-birthplace"}


@pytest.mark.parametrize("how", ["copied", "linked"])
def test_one_copy_of_a_card_under_two_names_is_one(tmp_path: Path, how: str) -> None:
    """Who copies a file to have one for each person has not the other's card."""
    job = listed.write(tmp_path, [listed.person(n) for n in (1, 2)])
    first, second = tmp_path / "kp-1.pdf", tmp_path / "kp-2.pdf"
    if how == "copied":
        second.write_bytes(first.read_bytes())
    else:
        second.unlink()
        second.hardlink_to(first)
    (error,) = check(job, today=TODAY).errors
    assert error.code == "card-twice"
    assert error.address == f"people.csv: row 3, column {COLUMN['identity_card']}"


def test_a_row_without_proof_of_work_is_remarked_on(tmp_path: Path) -> None:
    """It stops nothing: of this scheme no source calls it mandatory."""
    people = [{**listed.person(1), "proof_of_work": ""}]
    found = check(listed.write(tmp_path, people), today=TODAY)
    assert [p.code for p in found.problems if p.severity is Severity.ERROR] == []
    assert "proof-missing" in {p.code for p in found.problems}


def test_without_a_letter_nobody_is_listed_under_khidmat(tmp_path: Path) -> None:
    """There both papers are mandatory."""
    head = "NRIC,Name,Citizenship,Sector,Group,Plan,Identity Card File,Letter of Appointment\n"
    line = "900101005555,CONTOH,Citizen,Arts,Maritime,2,kp.pdf,\n"
    (tmp_path / "people.csv").write_text(head + line, "utf-8")
    (tmp_path / "kp.pdf").write_bytes(listed.PDF)
    path = tmp_path / "list.yaml"
    path.write_text(listed.JOB.replace("padanan", "khidmat"), "utf-8")
    (error,) = check(path, today=TODAY).errors
    assert (error.code, error.address) == (
        "missing",
        "people.csv: row 2, column Letter of Appointment",
    )


def test_the_sums_are_each_persons_amounts_added_up(tmp_path: Path) -> None:
    """46.60 each, never 20 % of the whole (which would be 2,328.00)."""
    people = [listed.person(n) for n in range(50)]
    made = order(listed.write(tmp_path, people))
    assert sps.totals(made.rows, made.job.scheme, TODAY) == (50, 233_000, 931_000)
    told = packed(tmp_path / "list.yaml").told[0]
    assert "RM2,330.00" in told.bm
    assert "RM9,310.00" in told.en


def test_the_workbook_holds_every_row_and_keeps_its_zeros(tmp_path: Path) -> None:
    """Numbers of people are text; money is money; the head stays in view."""
    people = [listed.person(40), {**listed.person(41), "name": "+CONTOH"}]
    package = packed(listed.write(tmp_path, people))
    book = openpyxl.load_workbook(io.BytesIO(package.files[sps.BOOK]))
    sheet, summary = book.worksheets
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[1][:4] == (1, 2, people[0]["identification"], people[0]["name"])
    assert str(rows[1][2]).startswith("0")
    assert rows[2][3] == "+CONTOH"
    assert rows[1][-4:-1] == (232.8, 46.6, 186.2)
    assert rows[1][-1] == "row-2-identity-card.pdf, row-2-proof-of-work.pdf"
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("E2", "A1:L3")
    totals = [row for row in summary.iter_rows(values_only=True) if row[0] == "Jumlah / Total"]
    assert totals == [("Jumlah / Total", 2, 465.6, 93.2, 372.4)]


@pytest.mark.parametrize("scheme", ["padanan", "khidmat"])
def test_the_sample_makes_the_same_bytes_each_time(scheme: str) -> None:
    """Of one list on one day; no time of writing is in them."""
    path = FIXTURES / f"list_sps_{scheme}/job.yaml"
    made = packed(path)
    assert made == packed(path)
    with zipfile.ZipFile(io.BytesIO(made.files[sps.BOOK])) as book:
        assert book.read("docProps/core.xml").count(b"2026-11-21T00:00:00Z") == 2
        assert {part.date_time[:3] for part in book.infolist()} == {(2026, 11, 21)}


def test_a_mail_program_reads_the_draft(tmp_path: Path) -> None:
    """To the division, Malay letters whole, each file as it lies in the package."""
    people = [listed.person(n) for n in (1, 2)]
    package = packed(listed.write(tmp_path, people))
    message = mail_of(package)
    assert (message["To"], message["X-Unsent"]) == (DIVISION, "1")
    body = message.get_body()
    assert body is not None
    text = body.get_content().replace("\r\n", "\n")
    assert "Persatuan Contoh Ñandu" in text
    assert "Bahagian pemohon: RM93.20\nBahagian Kerajaan: RM372.40" in text
    attached = {part.get_filename(): part.get_content() for part in message.iter_attachments()}
    copied = {name.removeprefix("papers/"): p.read_bytes() for name, p in package.copies.items()}
    lying = {sps.BOOK: package.files[sps.BOOK], **copied}
    assert attached == lying
    assert len(attached) == 5


def test_no_persons_data_is_in_a_name_the_subject_or_the_text(tmp_path: Path) -> None:
    """Nor the names of the files that the office gave."""
    people = [{**listed.person(n), "identity_card": f"REKAAN-{n}.pdf"} for n in (1, 2)]
    package = packed(listed.write(tmp_path, people))
    message = mail_of(package)
    body = message.get_body()
    assert body is not None
    said = [*package.names, message["Subject"], body.get_content()]
    for one in people:
        for told in (one["identification"], one["name"], "REKAAN"):
            assert not any(told in text for text in said)


def test_too_many_papers_are_left_in_the_folder_and_told(tmp_path: Path) -> None:
    """The mail has the workbook, says how many there are, and asks how to hand them in."""
    people = [listed.person(n) for n in range(sps.MOST_ATTACHED // 2 + 1)]
    package = packed(listed.write(tmp_path, people))
    message = mail_of(package)
    assert [part.get_filename() for part in message.iter_attachments()] == [sps.BOOK]
    body = message.get_body()
    assert body is not None
    assert "42 fail" in body.get_content()
    assert sum(name.startswith("papers/") for name in package.names) == 42
    assert any("42 papers are not attached" in words.en for words in package.told)


def test_papers_too_large_for_a_mail_are_left_in_the_folder(tmp_path: Path) -> None:
    """Ten million bytes are too many; each paper is small enough by itself."""
    people = [listed.person(n) for n in (1, 2, 3)]
    path = listed.write(tmp_path, people)
    for n in (1, 2, 3):
        (tmp_path / f"kp-{n}.pdf").write_bytes(listed.PDF + b"%d" % n + b" " * 4_000_000)
    message = mail_of(packed(path))
    assert [part.get_filename() for part in message.iter_attachments()] == [sps.BOOK]


def test_a_day_without_known_terms_stops_the_list(tmp_path: Path) -> None:
    """A computer whose clock is years back."""
    path = listed.write(tmp_path, [listed.person(1)])
    found = check(path, today=date(2020, 1, 1))
    assert [p.code for p in found.errors] == ["terms-unknown"]


def test_an_agency_is_named_on_one_line(tmp_path: Path) -> None:
    """What a mail or a workbook cannot hold is told at its key."""
    text = listed.JOB.replace("Contoh Ñandu", "\u200bContoh")
    found = check(listed.write(tmp_path, [listed.person(1)], text), today=TODAY)
    assert [(p.address, p.code) for p in found.errors] == [("list.yaml:2:9", "text-invisible")]


def test_a_sector_that_is_not_in_the_list_is_answered_by_the_nearest(tmp_path: Path) -> None:
    """Twenty of them in two languages are no sentence."""
    people = [{**listed.person(1), "sector": "Penjajah"}]
    (error,) = check(listed.write(tmp_path, people), today=TODAY).errors
    assert "Penjaja" in error.words.bm
    assert len(error.words.bm) < 150
