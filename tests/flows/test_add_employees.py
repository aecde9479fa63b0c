"""QRG 2, Tambah Pekerja Baru: what is promised, counted at the portal."""

from __future__ import annotations

import json
import re
import signal
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import Desk, person
from tests.evidence.noted import faults
from tests.systems import private, signals

if TYPE_CHECKING:
    from tests.conftest import PracticePortal

DATA = re.compile(r'id="data">(.*?)</script>')
FULL = {
    "race": "Melayu",
    "occupation": "[4]NUMERICAL AND MATERIAL RECORDING CLERKS",
    "sub_occupation": "[4]Stock Clerks",
    "sub_occupation_list": "[4]Clerk, raw material",
    "old_identification": "A1234567",
}


def people(count: int, **other: Any) -> list[dict[str, Any]]:
    return [person(n, **other) for n in range(1, count + 1)]


def identities(workers: list[dict[str, Any]]) -> list[str]:
    return sorted(w.get("registrationNo") or w["nric"] for w in workers)


def filed(portal: PracticePortal) -> list[str]:
    return sorted(w["registrationNo"] for f in portal.filings for w in f["workers"])


@pytest.mark.heavy
def test_joiners_are_registered_with_what_was_declared(desk: Desk, portal: PracticePortal) -> None:
    """Every worker once, so many to a filing, with the papers."""
    paper = desk.folder / "form2.pdf"
    paper.write_bytes(b"%PDF-1.4\n%%EOF\n")
    documents = [{"type": "Form 2 - Employee Registered", "file": "form2.pdf"}]
    job = desk.job(people(3, **FULL), documents=documents, rows_per_filing=2)
    done = desk.file(job)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "filed 3 of 3 rows in 2 filings"
    assert [len(f["workers"]) for f in portal.filings] == [2, 1]
    assert portal.submissions == 2
    first = portal.filings[0]["workers"][0]
    assert first["nameOfEmployee"] == "CONTOH REKAAN AAAB"
    assert first["dateOfBirth"] == "02/01/1990"
    assert first["employmentStartDate"] == "10/11/2026"
    assert first["subOccupationListId"] == FULL["sub_occupation_list"]
    assert first["oldIc"] == "A1234567"
    assert len(portal.filings[0]["documents"]) == 1
    assert portal.drafts == []
    assert re.search(r"^evidence: [0-9a-f]{64} \(\d+\)$", done.stdout, re.MULTILINE)
    assert faults(desk.last_run()) == []


@pytest.mark.heavy
def test_a_rehearsal_sends_nothing_and_leaves_nothing(desk: Desk, portal: PracticePortal) -> None:
    """Without --submit the last press is not made, and the draft is removed after a picture."""
    done = desk.assist("run", desk.job(people(2)))
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == ("rehearsed 2 of 2 rows in 1 filing; nothing was sent")
    assert portal.filings == []
    assert portal.drafts == []
    assert {row["ASSIST status"] for row in desk.returned()} == {"raptai / rehearsed"}


def test_the_same_job_again_sends_nothing_twice(desk: Desk, portal: PracticePortal) -> None:
    """Run it again is always safe, and says so per row with the reference."""
    job = desk.job(people(2))
    assert desk.file(job).returncode == 0
    again = desk.file(job)
    assert again.returncode == 0
    assert again.stdout.splitlines()[-2:] == [
        "sent by this run: 0 filings; filed before: 2 rows",
        "filed 2 of 2 rows in 1 filing",
    ]
    assert portal.submissions == 1
    reference = portal.filings[0]["reference"]
    assert {row["ASSIST reference"] for row in desk.returned()} == {reference}
    known = desk.assist("check", job).stdout.splitlines()
    assert f"  2-3: filed before {reference}" in known
    assert "  a run today: 0 of 2 rows" in known
    other = people(2)
    other[1]["name"] = "LAIN BIN REKAAN"
    changed = desk.file(desk.job(other))
    assert changed.returncode == 10, "what was filed is not what stands here now"
    assert portal.submissions == 1
    first, second = desk.returned()
    assert "filed" in first["ASSIST status"]
    assert "the table differs now in: Name of Employee" in second["ASSIST reason (EN)"]
    assert second["ASSIST reference"] == reference


@pytest.mark.heavy
def test_the_returned_workbook_can_be_fed_again(desk: Desk, portal: PracticePortal) -> None:
    """Its added columns are no columns of the table, and its rows are known."""
    job = desk.job(people(2))
    desk.file(job)
    (returned,) = desk.last_run().glob("*.xlsx")
    (desk.folder / "joiners.xlsx").write_bytes(returned.read_bytes())
    again = desk.file(job)
    assert again.returncode == 0, again.stderr
    assert portal.submissions == 1
    assert "Filed before." in {row["ASSIST reason (EN)"] for row in desk.returned()}


@pytest.mark.heavy
def test_a_worker_listed_by_another_hand_is_not_sent(desk: Desk, portal: PracticePortal) -> None:
    """With the ledger lost, the look at the portal still finds who is there."""
    job = desk.job(people(2))
    desk.file(job)
    (desk.home / "ledger.sqlite3").rename(desk.home / "lost.sqlite3")
    again = desk.file(job)
    assert again.returncode == 0, again.stderr
    assert portal.submissions == 1
    assert "already lists" in desk.returned()[0]["ASSIST reason (EN)"]


@pytest.mark.heavy
def test_a_worker_listed_with_other_data_is_for_a_person(
    desk: Desk, portal: PracticePortal
) -> None:
    """The same person with another start date is neither filed nor called filed."""
    desk.file(desk.job(people(1)))
    again = desk.file(desk.job(people(1, employment_start_date="2026-11-11"), name="other"))
    assert again.returncode == 10, again.stderr
    assert portal.submissions == 1
    assert "another name or start date" in again.stderr


def test_one_refused_row_does_not_hold_up_the_others(desk: Desk, portal: PracticePortal) -> None:
    """The portal's own words stand beside the row; the filing goes on without it."""
    rows = people(3)
    portal.ask(
        "person",
        {
            "nric": rows[1]["identification"],
            "name": "ORANG LAIN",
            "birth": "01/01/1980",
            "gender": "M",
        },
    )
    done = desk.file(desk.job(rows))
    assert done.returncode == 10, done.stderr
    assert filed(portal) == [rows[0]["identification"], rows[2]["identification"]]
    states = [row["ASSIST status"] for row in desk.returned()]
    assert states == ["difailkan / filed", "ditolak / refused", "difailkan / filed"]
    # The popup that said no is closed by then: its picture is kept, beside that row alone.
    (picture,) = desk.last_run().glob("pictures/*-row-3-refused.png")
    assert picture.read_bytes().startswith(b"\x89PNG")
    data = json.loads(DATA.findall((desk.last_run() / "report.html").read_text("utf-8"))[0])
    assert [[data["texts"][file] for file in row[-1]] for row in data["rows"]][1:2] == [
        [f"pictures/{picture.name}"]
    ]


@pytest.mark.heavy
def test_a_person_the_portal_knows_is_filed_with_what_it_knows(
    desk: Desk, portal: PracticePortal
) -> None:
    """What the lens fills in must agree with the job; what the job leaves open stays as known."""
    rows = people(2)
    known = {"name": rows[0]["name"], "birth": "02/01/1990", "gender": "M", "race": "Melayu"}
    portal.ask("person", {"nric": rows[0]["identification"], **known})
    done = desk.file(desk.job(rows))
    assert done.returncode == 0, done.stderr
    first, second = portal.filings[0]["workers"]
    assert (first["nameOfEmployee"], first["raceId"]) == (rows[0]["name"], "Melayu")
    assert second["raceId"] == ""


@pytest.mark.heavy
def test_a_lens_that_says_registered_here_refuses_that_row(
    desk: Desk, portal: PracticePortal
) -> None:
    """The portal's duplicate check is believed, in its words."""
    portal.arm("duplicate worker")
    done = desk.file(desk.job(people(2)))
    assert done.returncode == 10, done.stderr
    assert "already registered under this employer" in done.stderr
    assert len(filed(portal)) == 1


@pytest.mark.heavy
def test_nothing_is_filed_when_every_row_is_refused(desk: Desk, portal: PracticePortal) -> None:
    """No empty case, no draft."""
    portal.arm("duplicate worker", times=5)
    done = desk.file(desk.job(people(2)))
    assert done.returncode == 10, done.stderr
    assert portal.filings == []
    assert portal.drafts == []


@pytest.mark.heavy
@pytest.mark.parametrize("skin", ["classic", "meranti"])
def test_a_review_that_shows_another_value_is_never_sent(
    desk: Desk, portal: PracticePortal
) -> None:
    """Each filing whose review reads otherwise ends before its press, and the others go on.

    Which fields are compared (all of them) is shown by test_review.
    """
    for field in ("nameOfEmployee", "extra: Sesuatu"):  # each strikes once, in this order
        portal.arm("review shows another value", field=field, value="LAIN")
    done = desk.file(desk.job(people(3, **FULL), rows_per_filing=1))
    assert done.returncode == 11, done.stderr
    assert [row["ASSIST status"] for row in desk.returned()] == [
        "ditolak / refused",
        "ditolak / refused",
        "difailkan / filed",
    ]
    assert (portal.submissions, portal.drafts) == (1, [])


def test_only_the_row_that_the_review_shows_otherwise_is_held_up(
    desk: Desk, portal: PracticePortal
) -> None:
    """The others of its filing go by themselves, and the message names the row."""
    rows = people(3)
    rows[1]["name"] = "CONTOH  BIN   REKAAN"
    portal.arm("review shows another value", field="nameOfEmployee", value="LAIN", part=1)
    done = desk.file(desk.job(rows))
    assert done.returncode == 11, done.stderr
    told = [row["ASSIST status"].partition(" / ")[2] for row in desk.returned()]
    assert told == ["filed", "refused", "filed"]
    assert "!People!3 Name of Employee" in desk.returned()[1]["ASSIST reason (EN)"]
    assert (portal.submissions, portal.drafts, len(filed(portal))) == (1, [], 2)
    assert "no longer by" not in done.stderr
    agreed = "i have read and agree to the terms and condition"
    portal.ask("settings", {"words": {agreed: "I agree to all of it"}})
    done = desk.file(desk.job(rows))
    assert done.returncode == 0, "what the portal shows rightly is filed"
    assert (portal.submissions, len(filed(portal))) == (2, 3)
    line = "EmployeePopup.terms: found by its id only; no longer by its words, as on 20/11/2026"
    assert line in done.stderr, "filed as always, and told before it breaks"
    assert line in (desk.last_run() / "report.html").read_text("utf-8")


@pytest.mark.heavy
def test_a_review_that_leaves_a_field_out_is_never_sent(desk: Desk, portal: PracticePortal) -> None:
    """A missing field stops the filing as well."""
    portal.arm("review shows another value", field="nameOfEmployee", value=None, times=9)
    assert desk.file(desk.job(people(1))).returncode == 11
    assert portal.filings == []


LOST = [
    "commit, then drop the connection",
    "commit, then drop the connection silently",
    "commit, then 500",
]


@pytest.mark.parametrize(
    "fault", [LOST[1], *(pytest.param(f, marks=pytest.mark.heavy) for f in (LOST[0], LOST[2]))]
)
def test_a_press_whose_answer_was_lost_is_looked_up(
    desk: Desk, portal: PracticePortal, fault: str
) -> None:
    """It was filed once; its number is found in the portal's record."""
    portal.arm(fault)
    done = desk.file(desk.job(people(2)))
    assert done.returncode == 0, done.stderr
    assert portal.submissions == 1
    assert len(filed(portal)) == 2
    (reference,) = {row["ASSIST reference"] for row in desk.returned()}
    assert reference == portal.filings[0]["reference"]


@pytest.mark.heavy
@pytest.mark.parametrize(
    "fault",
    [pytest.param("", marks=pytest.mark.heavy), "commit, then drop the connection silently"],
)
def test_a_portal_that_commits_by_ajax_is_served_alike(
    desk: Desk, portal: PracticePortal, fault: str
) -> None:
    """Whether the last press is a form or a script's request, it reaches the portal once."""
    portal.ask("settings", {"commit": "ajax"})
    if fault:
        portal.arm(fault)
    done = desk.file(desk.job(people(1)))
    assert done.returncode == 0, done.stderr
    assert portal.submissions == 1


@pytest.mark.heavy
def test_a_refused_filing_does_not_drag_the_next_one_along(
    desk: Desk, portal: PracticePortal
) -> None:
    """What the portal said to the first filing is not taken for an answer to the second."""
    portal.ask("settings", {"mandatory_document": True})
    done = desk.file(desk.job(people(2), rows_per_filing=1))
    assert done.returncode == 10, done.stderr
    assert done.stderr.count("save and continue") == 2
    assert portal.filings == []


@pytest.mark.heavy
def test_a_look_that_a_person_must_help_with_claims_nothing(
    desk: Desk, portal: PracticePortal
) -> None:
    """After the press even a portal ID that was locked meanwhile only means: in doubt."""
    portal.arm(LOST[1])
    portal.arm("session expired", on="web/base/myassist", skip=2)
    job = desk.job(people(1))
    process = desk.start("run", job, "--submit")
    assert process.stderr is not None
    for line in process.stderr:
        if "look at" in line:
            portal.ask("account", {"email": portal.email, "locked": True})
            break
    process.communicate(timeout=90)
    assert process.returncode == 14
    assert portal.submissions == 1


@pytest.mark.heavy
def test_without_the_guard_chromium_presses_twice(desk: Desk, portal: PracticePortal) -> None:
    """The negative control: the trap is real, and the guard is what keeps it shut."""
    desk.settings(single_press="browser")
    portal.arm("commit, then drop the connection silently")
    desk.file(desk.job(people(1)))
    assert portal.submissions == 2


@pytest.mark.parametrize(
    "fault", ["drop before commit", pytest.param("500 before commit", marks=pytest.mark.heavy)]
)
def test_a_press_that_never_arrived_is_made_anew(
    desk: Desk, portal: PracticePortal, fault: str
) -> None:
    """The portal's record still shows the draft: it is removed and the filing starts over."""
    portal.arm(fault)
    done = desk.file(desk.job(people(2)))
    assert done.returncode == 0, done.stderr
    assert portal.submissions == 1
    assert portal.drafts == []


@pytest.mark.parametrize(
    "fault", [LOST[1], *(pytest.param(f, marks=pytest.mark.heavy) for f in (LOST[0], LOST[2]))]
)
def test_pressed_but_not_listed_is_never_pressed_again(
    desk: Desk, portal: PracticePortal, fault: str
) -> None:
    """A press whose answer was lost is looked up, never repeated; later its record is found."""
    portal.arm(fault)
    portal.arm("listed late", seconds=3600)
    job = desk.job(people(1))
    for _ in range(2):
        done = desk.file(job)
        assert done.returncode == 14, done.stderr
        assert desk.returned()[0]["ASSIST status"] == "perlu disemak / in doubt"
    assert re.search(r"assist-rpa settle [0-9a-f]{8} --not-filed --reason", done.stderr)
    assert portal.submissions == 1
    portal.ask("show", {})
    done = desk.file(job)
    assert done.returncode == 0, done.stderr
    assert portal.submissions == 1
    assert desk.returned()[0]["ASSIST reference"] == portal.filings[0]["reference"]


@pytest.mark.heavy
@pytest.mark.parametrize("answer", [pytest.param("filed", marks=pytest.mark.heavy), "not filed"])
def test_a_person_settles_what_is_in_doubt(desk: Desk, portal: PracticePortal, answer: str) -> None:
    """What the person saw is written down; only `not filed` lets it be pressed anew."""
    portal.arm("drop before commit" if answer == "not filed" else LOST[1], times=2)
    portal.arm("maintenance page", on="registration/myassist", skip=4, times=99)
    job = desk.job(people(1))
    assert desk.file(job).returncode == 14
    portal.ask("disarm", {})
    (filing,) = re.findall(r"\b[0-9a-f]{8}\b", desk.assist("status").stdout)
    how = ["--not-filed"] if answer == "not filed" else ["--filed", "CAN11202600000001"]
    assert desk.assist("settle", filing, "--reason", "looked", *how).returncode == 0
    assert desk.file(job).returncode == 0
    assert portal.submissions == 1


PASSING = [
    pytest.param("session expired", {"skip": 30}, marks=pytest.mark.heavy),
    *(
        pytest.param(fault, how, marks=pytest.mark.heavy)
        for fault, how in (
            ("maintenance page", {"skip": 12}),
            ("lens answers late", {"seconds": 1}),
            ("delay", {"seconds": 1, "skip": 20}),
            ("firewall page", {"skip": 16}),
            ("portlet unavailable", {"skip": 20}),
            ("late options", {"seconds": 1}),
        )
    ),
]


@pytest.mark.parametrize(("fault", "how"), PASSING)
def test_passing_trouble_before_the_press_starts_the_filing_over(
    desk: Desk, portal: PracticePortal, fault: str, how: dict[str, Any]
) -> None:
    """Everyone is filed once, whatever stood in the way and whenever."""
    portal.arm(fault, **how)
    done = desk.file(desk.job(people(2, **FULL)))
    assert done.returncode == 0, done.stderr
    assert portal.submissions == 1
    assert len(filed(portal)) == 2


@pytest.mark.heavy
def test_lasting_trouble_ends_the_run_with_a_sentence(desk: Desk, portal: PracticePortal) -> None:
    """Bounded attempts, exit 75, nothing sent, every row told so."""
    portal.arm("maintenance page", times=1000)
    done = desk.file(desk.job(people(1)))
    assert done.returncode == 75, done.stderr
    assert "maintenance" in done.stderr
    assert portal.filings == []
    assert desk.returned()[0]["ASSIST status"] == "belum dihantar / not sent"


@pytest.mark.heavy  # a visit that proposes the line is quick: tests/calibration
def test_a_renamed_label_is_mended_by_a_line_and_then_files(
    desk: Desk, portal: PracticePortal
) -> None:
    """Nothing is pressed or read by resemblance; the line of the message is all it takes.

    A label, a column, the last press.
    """
    renamed = {"HANTAR": "HANTAR KES", "Race": "Ethnic Group"}
    renamed |= {"New Information": "Latest Information", "Maklumat Baru": "Latest Information"}
    portal.ask("settings", {"words": renamed})
    desk.settings(retry={"attempts": 1}, timeouts={"act_s": 4, "arrive_s": 10, "result_s": 10})
    job = desk.job(people(1))
    desk.profile("LocalFields", "race: {en: Ethnic Group}")
    done = desk.file(job)
    assert done.returncode == 70, done.stderr
    assert "'New Information' (Preview.items.columns.new) is missing" in done.stderr
    assert "'Latest Information'" in done.stderr
    column = "items: {columns: {new: {en: Latest Information}}}"
    assert f"Preview: {{{column}}}" in done.stderr
    with (desk.config / "profile.yaml").open("a") as file:
        file.write(f"  Preview:\n    {column}\n")
    done = desk.file(job)
    assert done.returncode == 70, done.stderr
    assert "Preview.send" in done.stderr
    assert portal.filings == []
    with (desk.config / "profile.yaml").open("a") as file:
        file.write("    send: {bm: HANTAR KES}\n")
    desk.settings()
    done = desk.file(job)
    assert done.returncode == 0, done.stderr
    assert len(portal.filings) == 1
    kept = max((desk.home / "runs").iterdir()) / "input" / "profile.json"
    assert "HANTAR KES" in kept.read_text("utf-8")  # the evidence holds how the portal was read


@pytest.mark.heavy
def test_a_draft_of_another_hand_stops_the_filing(
    desk: Desk, portal: PracticePortal, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Two cases about one worker would be two filings; the person who began the other decides."""
    other = Desk(tmp_path_factory.mktemp("other"), portal)
    other.settings(retry={"attempts": 1})
    portal.arm("portlet unavailable", on="documents", times=99)
    assert other.file(other.job(people(1))).returncode == 75
    portal.ask("disarm", {})
    assert len(portal.drafts) == 1
    done = desk.file(desk.job(people(1)))
    assert done.returncode == 13, done.stderr
    assert "Submit or remove it in the browser" in done.stderr
    assert portal.filings == []
    assert len(portal.drafts) == 1
    assert other.file(other.job(people(1))).returncode == 0, "to its owner it is a leftover"
    assert portal.submissions == 1


def test_another_employer_is_refused_before_anything(desk: Desk, portal: PracticePortal) -> None:
    """An employer the portal ID does not hold is told at once."""
    done = desk.file(desk.job(people(1), employer="A9900009999A"))
    assert done.returncode == 78, done.stderr
    assert portal.ask("logins") in ([], {"logins": []})
    assert portal.filings == []


def test_evidence_is_private_whole_and_carries_no_identity_in_names(desk: Desk) -> None:
    """Pictures, letters, workbook, report and chain; nobody else can read them."""
    rows = people(1)
    desk.file(desk.job(rows))
    run = desk.last_run()
    files = [p for p in run.rglob("*") if p.is_file()]
    assert all(map(private, [run, *files]))
    assert not any(rows[0]["identification"] in str(p) for p in files)
    assert len(list((run / "pictures").iterdir())) >= 2
    assert any(p.suffix == ".pdf" for p in (run / "letters").iterdir())
    assert desk.assist("report").returncode == 0
    picture = next((run / "pictures").iterdir())
    picture.write_bytes(b"another")
    assert desk.assist("report").returncode == 1


@signals
def test_ctrl_c_stops_at_a_safe_point_and_the_next_run_goes_on(
    desk: Desk, portal: PracticePortal
) -> None:
    """What was filed stays filed, what was not is not half filed."""
    job = desk.job(people(3), rows_per_filing=1)
    process = desk.start("run", job, "--submit")
    assert process.stderr is not None
    for line in process.stderr:
        if "filed" in line:
            break
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode == 130
    some = portal.submissions
    assert 0 < some < 3
    done = desk.file(job)
    assert done.returncode == 0, done.stderr
    assert portal.submissions == 3
    assert len(set(filed(portal))) == 3


def test_events_of_the_ledger_carry_no_identity(desk: Desk) -> None:
    """Keys, steps and words in the ledger's log tell nothing about a person."""
    import sqlite3  # noqa: PLC0415

    rows = people(1)
    desk.file(desk.job(rows))
    with sqlite3.connect(desk.home / "ledger.sqlite3") as ledger:
        said = json.dumps(ledger.execute("select kind, data from events").fetchall())
    ledger.close()
    assert rows[0]["identification"] not in said
    assert rows[0]["name"] not in said
