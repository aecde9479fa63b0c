"""The application for a portal ID: checked at its lines, on paper, in the mail, and after it."""

from __future__ import annotations

from datetime import date
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from rpa import jobs, settings
from rpa.parcel import enrol_portal_id as enrol
from rpa.parcel import enrolment_words as say
from rpa.parcel import mail
from rpa.parcel.package import Order
from tests.parcel.pdf import pages

if TYPE_CHECKING:
    from email.message import EmailMessage

    from rpa.jobs import Checked
    from rpa.parcel.package import Package

FIXTURES = Path(__file__).parents[2] / "fixtures/enrol_portal_id"
TODAY = date(2026, 11, 30)
TEXT = (FIXTURES / "job.yaml").read_text("utf-8")
PERSONAL = ("900101", "REKAAN", "payroll@")


def checked(folder: Path, **changes: Any) -> Checked:
    """The sample with other values; None takes a key away."""
    told = yaml.safe_load(TEXT)
    told["documents"] = changes.pop("documents", [])
    told["enrolment"] |= changes
    told["enrolment"] = {k: v for k, v in told["enrolment"].items() if v is not None}
    file = folder / "enrol.yaml"
    file.write_text(yaml.safe_dump(told, allow_unicode=True, sort_keys=False), "utf-8")
    return jobs.check(file, today=TODAY)


def packed(file: Path) -> Package:
    plan = jobs.check(file, today=TODAY).plan
    assert plan is not None
    return enrol.pack(Order(plan.job, plan.rows, plan.documents, TODAY))


def letter(package: Package) -> EmailMessage:
    content = package.files["enrolment.eml"]
    return message_from_bytes(content, policy=default)


# --- what is checked ---


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"postal_address_1": "A" * 101}, "text-long"),
        ({"postal_address_3": "A" * 101}, "text-long"),
        ({"email": "a" * 39 + "@contoh.example"}, "text-long"),
        ({"registration_number": "1" * 31}, "text-long"),
        ({"email": "payroll"}, "email-form"),
        ({"email": "a@contoh.example, b@contoh.example"}, "email-form"),
        ({"contact_number": "03-12345678"}, "phone-form"),
        ({"contact_number": ["+60312345678", "+60312345679"]}, "phone-many"),
        ({"postcode": "8000"}, "postcode-form"),
        ({"employer_code": "E99"}, "employer-format"),
        ({"identification": "901301-00-5555"}, "nric-date"),
        ({"identification": "9001010055"}, "nric-zeros"),
        ({"identification_type": "Kad"}, "choice"),
        ({"full_name": None}, "missing"),
        ({"group_of_companies": None}, "missing"),
        ({"security_phrase": "rahsia"}, "key-unknown"),
        ({"documents": [{"type": "Others", "file": "x.pdf"}]}, "paper-kind"),
        ({"documents": [{"type": "other", "file": "gone.pdf"}]}, "file-missing"),
    ],
)
def test_each_fault_is_told_at_its_own_line(
    tmp_path: Path, changes: dict[str, Any], code: str
) -> None:
    """Lengths and forms as PERKESO's screen has them; nothing else is said."""
    (tmp_path / "x.pdf").write_bytes((FIXTURES / "card.pdf").read_bytes())
    found = checked(tmp_path, **changes)
    (error,) = found.errors
    assert error.code == code
    key = "documents" if "documents" in changes else next(iter(changes))
    line = int(error.address.split(":")[1])
    written = (tmp_path / "enrol.yaml").read_text("utf-8").splitlines()
    gone = changes[key] is None
    nearby = "\n".join(written[line - 1 : line + 1] if gone else written[line - 2 : line])
    assert gone or key in nearby or "file:" in nearby or "type:" in nearby


def test_the_longest_that_the_form_takes_is_taken(tmp_path: Path) -> None:
    """To the character: 100, 50, 30."""
    email = "a" * 35 + "@contoh.example"
    found = checked(
        tmp_path, postal_address_1="A" * 100, email=email, registration_number="AS" + "1" * 27 + "K"
    )
    assert len(email) == 50
    assert found.errors == ()


def test_other_numbers_of_persons_are_taken_as_what_they_are_said_to_be(tmp_path: Path) -> None:
    """A passport is no identity card with a fault."""
    found = checked(tmp_path, identification="X0000001", identification_type="Pasport")
    assert found.errors == ()


def test_an_employer_without_any_number_is_asked_about(tmp_path: Path) -> None:
    """It stops nothing: a new one may have neither."""
    found = checked(tmp_path, employer_code=None, registration_number=None)
    assert found.errors == ()
    assert "enrolment-whose" in {problem.code for problem in found.problems}


def test_a_secret_in_the_file_is_told_as_one_and_not_shown(tmp_path: Path) -> None:
    """Nobody is asked whether another key was meant."""
    (error,) = checked(tmp_path, security_phrase="rahsia-saya").errors
    assert error.words.en.startswith("A secret is never written into a job file.")
    assert "rahsia-saya" not in str(error)


# --- what is made ---


def test_form_and_letter_hold_every_value_and_no_phrase() -> None:
    """Each field of facts 2.4 with its value, the address in capitals, a blank for the phrase."""
    files = packed(FIXTURES / "job.yaml").files
    (form,) = pages(files["enrolment-form.pdf"])
    told = yaml.safe_load(TEXT)["enrolment"]
    for key, value in told.items():
        shown = {"group_of_companies": "Tidak / No", "identification": "900101005555"}.get(key)
        shown = shown or (value.upper() if key.startswith("postal") else value)
        assert shown in form, key
    assert "Jalan Contoh" not in form
    for label in ("Application Type", "Registration Type", "Security Phrase", "Group of Companies"):
        assert label in form
    (page,) = pages(files["authorisation-letter.pdf"])
    for value in ("CONTOH SDN. BHD.", "E9900001234V", "CONTOH BIN REKAAN", "900101005555"):
        assert value in page
    phrase = files["fields-to-copy.txt"].decode().partition("Security Phrase")[2]
    assert phrase.splitlines()[0].endswith(":")


def test_the_mail_goes_to_the_address_with_the_papers_and_tells_nobody_on_its_way() -> None:
    """No name, number or address of a person in subject and file names."""
    package = packed(FIXTURES / "job-signed.yaml")
    found = letter(package)
    assert found["To"] == "idportal@perkeso.gov.my"
    names = [part.get_filename() or "" for part in found.iter_attachments()]
    assert names == [
        *("enrolment-form-signed-1.pdf", "authorisation-letter-signed-2.pdf", "identity-3.pdf")
    ]
    on_the_way = " ".join([found["Subject"], *names, *package.files])
    assert not any(mark.casefold() in on_the_way.casefold() for mark in PERSONAL)
    body = found.get_body()
    assert body is not None
    assert "CONTOH SDN. BHD." in body.get_content()
    assert "900101" not in body.get_content()
    given = (FIXTURES / "card.pdf").read_bytes()
    assert package.files["papers/identity-3.pdf"] == given
    assert [p.get_payload(decode=True) for p in found.iter_attachments()][2] == given


def test_what_is_missing_is_named_and_the_next_move_follows_from_it() -> None:
    """Sign first; once the signed ones are there, send."""
    blank, signed = packed(FIXTURES / "job.yaml"), packed(FIXTURES / "job-signed.yaml")
    assert blank.next_move == say.SIGN_FIRST
    assert [words.en.partition(":")[0] for words in blank.told] == [
        *("Missing", "Missing", "May be asked for", "May be asked for")
    ]
    attached = [part.get_filename() for part in letter(blank).iter_attachments()]
    assert attached == ["enrolment-form.pdf", "authorisation-letter.pdf"]
    assert signed.next_move == say.SEND
    assert [words.en.partition(":")[0] for words in signed.told] == ["May be asked for"]
    ticked = signed.files["checklist.txt"].decode()
    assert (ticked.count("[x]"), ticked.count("[ ]")) == (3, 2)


def test_the_same_order_gives_the_same_bytes() -> None:
    """Whenever it is made."""
    assert packed(FIXTURES / "job.yaml").files == packed(FIXTURES / "job.yaml").files


def test_too_large_a_mail_is_not_made_and_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The papers stand in the folder all the same."""
    monkeypatch.setattr(mail, "MOST_BYTES", 100)
    package = packed(FIXTURES / "job-signed.yaml")
    assert "enrolment.eml" not in package.files
    assert say.TOO_LARGE in package.told
    assert "papers/identity-3.pdf" in package.files


# --- after the answer ---


@pytest.mark.parametrize("code", ["E9900001234V", None])
def test_the_lines_for_the_settings_load(tmp_path: Path, code: str | None) -> None:
    """As they are; without a code the holder is of nobody until it is filled in."""
    plan = checked(tmp_path, employer_code=code).plan
    assert plan is not None
    after = enrol.answered(Order(plan.job, plan.rows, (), TODAY))
    config = tmp_path / "config"
    config.mkdir()
    (config / "employers.yaml").write_bytes(after.files["employers.yaml"])
    (held,) = settings.load(config=config).employers().portal_ids
    assert held.email == "payroll@contoh.example"
    assert held.employers == [code or "KOD-MAJIKAN"]
    assert bool(after.told) is (code is None)
    guide = after.files["first-login.txt"].decode()
    assert "kata laluan sementara" in guide
    assert "temporary password" in guide
