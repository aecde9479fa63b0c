"""Workers leave, each on his own day: what is promised, counted at the portal."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from rpa import flows
from rpa.errors import Refused
from rpa.flows.end_employment import Job
from rpa.model.filing import Census, ListedWorker, Row
from rpa.pages.resigned_dates import AllLeavers, Roll, SomeLeavers
from rpa.pages.shell import MySites
from rpa.portal.find import REGISTRY
from rpa.rules.leaver import Leaver
from tests.conftest import EMPLOYER
from tests.flows.books import file, plan_of, prepare
from tests.flows.samples import arrange, at_work, sample, worker
from tests.flows.test_other_hands import leave_draft

if TYPE_CHECKING:
    from pathlib import Path

    from rpa.portal.tab import Portal
    from tests.conftest import Desk, PracticePortal

LAMA, AKTIF = "870818735893", "950211705780"  # of the practice portal's own people
LEAVES = {
    "identification": LAMA,
    "name": "LAMA BIN REKAAN",
    "employment_resign_date": "2026-11-13",
}


def leavers(desk: Desk, *rows: dict[str, Any], name: str = "leavers", **other: Any) -> Path:
    """A job with its rows in itself."""
    path = desk.folder / f"{name}.yaml"
    job = {"procedure": "end_employment", "employer": EMPLOYER, "rows": list(rows), **other}
    path.write_text(yaml.safe_dump(job))
    return path


def left(portal: PracticePortal) -> dict[str, str]:
    """Who has left, and when, of all employers."""
    everybody = portal.workers("")
    assert all((w["status"] == "Resigned") == bool(w["resigned"]) for w in everybody)
    return {w["nric"]: w["resigned"] for w in everybody if w["resigned"]}


def test_many_leave_in_one_filing_each_on_his_own_day(desk: Desk, portal: PracticePortal) -> None:
    """Sought by NRIC, by passport and social security number, by name; nobody else is touched."""
    arrange(desk, portal, "end_employment")
    before = portal.workers("")
    done = desk.file(sample(desk, "end_employment"))
    assert done.returncode == 0, done.stderr
    (filing,) = portal.filings
    assert filing["reference"].startswith("CUN112026C")
    assert [paper["type"] for paper in filing["documents"]] == ["Supporting Document"]
    assert left(portal) == {
        LAMA: "13/11/2026",
        "X0000031": "16/11/2026",
        "930405205573": "18/11/2026",
        "910909195562": "20/11/2026",
    }
    gone = left(portal)
    others = [w for w in portal.workers("") if w["nric"] not in gone]
    assert others == [w for w in before if w["nric"] not in gone]
    assert len(others) == len(before) - 4


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "another name": ({"name": "LAMA BINTI REKAAN"}, "otherwise than declared: 'Name of Employee'"),
    "another start": (
        {"employment_start_date": "2019-06-16"},
        "otherwise than declared: 'Employment Start Date'",
    ),
    "name and start": (
        {"name": "LAIN", "employment_start_date": "2020-01-01"},
        "'Name of Employee', 'Employment Start Date'",
    ),
    "before the listed start": (
        {"employment_resign_date": "2019-06-14"},
        "before the start date that the portal lists",
    ),
    "nobody": ({"identification": "900101009999"}, "not listed as working here"),
    "another's social security number": ({"ssn": "SSFW00000031"}, "not listed as working here"),
    "an unknown social security number": (
        {"identification": None, "ssn": "SSFW99999999"},
        "not listed as working here",
    ),
    "an employer's other worker": (
        {"identification": "850130185331", "name": "LIM REKAAN CONTOH"},
        "not listed as working here",
    ),
    "a part of a name": (
        {"identification": None, "name": "LAMA", "employment_start_date": "2019-06-15"},
        "otherwise than declared: 'Name of Employee'",
    ),
    "a part of many names": (
        {"identification": None, "name": "TINGGAL", "employment_start_date": "2020-02-01"},
        "Nobody whom the portal finds agrees",
    ),
    "a name with another start": (
        {"identification": None, "employment_start_date": "2019-06-16"},
        "otherwise than declared: 'Employment Start Date'",
    ),
    "two of one name, begun on one day": (
        {"identification": None, "name": "KEMBAR REKAAN", "employment_start_date": "2020-02-01"},
        "lists more than one who fits",
    ),
    "more than a page of them": (
        {"identification": None, "name": "RAMAI REKAAN", "employment_start_date": "2020-02-01"},
        "finds more than are shown",
    ),
}


def test_whoever_is_not_certainly_he_is_refused_alone(
    desk: Desk, portal: PracticePortal, robot: Portal
) -> None:
    """Every sign that is declared counts; the reason names what differs and no value."""
    at_work(portal, others=3)
    for number in (90, 91):
        worker(portal, f"90010100{number:04d}", "KEMBAR REKAAN")
    for number in range(100, 126):
        worker(portal, f"90010100{number:04d}", f"RAMAI REKAAN {chr(ord('A') + number - 100)}")
    rows: list[dict[str, Any]] = [{**LEAVES, **changes} for changes, _ in BAD.values()]
    rows = [{k: v for k, v in row.items() if v is not None} for row in rows]
    good = {
        "identification": AKTIF,
        "name": "AKTIF BINTI CONTOH",
        "employment_resign_date": "2026-11-12",
    }
    # The same person may stand but once in a job: each of these is a job's one row.
    told = {n: _refused(robot, leavers(desk, row)) for n, row in zip(BAD, rows, strict=True)}
    assert {name: BAD[name][1] in words for name, words in told.items()} == dict.fromkeys(BAD, True)
    assert not any(value in words for words in told.values() for value in ("LAMA", LAMA, "2019"))
    assert (portal.drafts, portal.filings) == ([], [])
    done = file(robot, leavers(desk, rows[0], good))
    assert list(done.refused) == [1]
    assert left(portal) == {AKTIF: "12/11/2026"}


def _refused(robot: Portal, job: Path) -> str:
    told: dict[int, str] = {}
    with pytest.raises(Refused, match="refused every row"):
        file(robot, job, refused=told)
    return told[1]


def test_two_of_one_name_are_told_apart_by_their_start(
    desk: Desk, portal: PracticePortal, robot: Portal
) -> None:
    """Name and start are two signs that agree; so are name and number."""
    worker(portal, "900101000090", "KEMBAR REKAAN", "01/02/2020")
    worker(portal, "900101000091", "KEMBAR REKAAN", "01/03/2021")
    row = {
        "name": "KEMBAR REKAAN",
        "employment_start_date": "2021-03-01",
        "employment_resign_date": "2026-11-13",
    }
    done = file(robot, leavers(desk, row))
    assert done.refused == {}
    assert left(portal) == {"900101000091": "13/11/2026"}


def test_the_portals_no_to_a_date_is_told_on_its_own_row(
    desk: Desk, portal: PracticePortal, robot: Portal
) -> None:
    """In the portal's words; his line is taken off the list again and the others go on."""
    portal.ask("date", {"today": "2026-11-12"})
    at_work(portal, others=2)
    rows = [
        {**LEAVES, "employment_resign_date": "2026-11-11"},
        {
            "identification": "910909195562",
            "name": "TELADAN BINTI UJIAN",
            "employment_resign_date": "2026-11-13",
        },
        {
            "name": "CONTOH BIN PERCUBAAN",
            "employment_start_date": "2022-03-01",
            "employment_resign_date": "2026-11-12",
        },
    ]
    done = file(robot, leavers(desk, *rows))
    assert done.refused == {2: "Date is not valid for some employee"}
    assert left(portal) == {LAMA: "11/11/2026", "930405205573": "12/11/2026"}
    assert len(portal.filings[0]["workers"]) == 2


def test_answers_that_come_late_give_nobody_anothers_day(
    desk: Desk, portal: PracticePortal, robot: Portal
) -> None:
    """Tindakan, KEMAS KINI and the bin answer when they like; one of three is refused meanwhile."""
    for action in ("employee_add", "dates_update", "employee_remove"):
        portal.arm("delay", on=action, seconds=0.7, times=9)
    portal.arm("overlay stays", seconds=1, times=5)
    worker(portal, "900101000090", "BAHARU REKAAN", "13/11/2026")
    who = (
        (LAMA, "LAMA BIN REKAAN"),
        ("900101000090", "BAHARU REKAAN"),
        (AKTIF, "AKTIF BINTI CONTOH"),
    )
    rows = [
        {"identification": nric, "name": name, "employment_resign_date": f"2026-11-{day}"}
        for (nric, name), day in zip(who, (13, 12, 11), strict=True)
    ]
    done = file(robot, leavers(desk, *rows))
    assert list(done.refused) == [2]
    assert left(portal) == {LAMA: "13/11/2026", AKTIF: "11/11/2026"}


@pytest.mark.parametrize("language", ["bm", pytest.param("en", marks=pytest.mark.heavy)])
def test_the_employers_closure_is_not_changed_for_a_leaver(
    desk: Desk, portal: PracticePortal, robot: Portal
) -> None:
    """The portal's question is answered NO, and the row refused with its words."""
    close(portal, "10/11/2026")
    rows = [
        LEAVES,
        {
            "identification": AKTIF,
            "name": "AKTIF BINTI CONTOH",
            "employment_resign_date": "2026-11-10",
        },
    ]
    done = file(robot, leavers(desk, *rows))
    assert list(done.refused) == [1]
    assert "exceeds the Temporary closure/ No employee From date" in done.refused[1]
    assert left(portal) == {AKTIF: "10/11/2026"}
    assert closure(portal) == "10/11/2026"


def close(portal: PracticePortal, day: str) -> None:
    """The desk's employer is closed from this day on."""
    (employer,) = [e for e in portal.ask("employers") if e["code"] == EMPLOYER]
    details = {**employer["details"], "temporaryClosureNoEmployeeFrom": day}
    portal.ask("employer", {"code": EMPLOYER, "details": details})


def closure(portal: PracticePortal) -> str:
    """From when he is closed."""
    (employer,) = [e for e in portal.ask("employers") if e["code"] == EMPLOYER]
    return str(employer["details"]["temporaryClosureNoEmployeeFrom"])


def test_who_leaves_on_his_first_day_is_filed(
    desk: Desk, portal: PracticePortal, robot: Portal
) -> None:
    """One date in two columns is not mistaken for the answer to KEMAS KINI."""
    portal.arm("delay", on="dates_update", seconds=1)
    worker(portal, "900101000090", "SEHARI REKAAN", "13/11/2026")
    row = {
        "identification": "900101000090",
        "name": "SEHARI REKAAN",
        "employment_resign_date": "2026-11-13",
    }
    assert file(robot, leavers(desk, row)).refused == {}
    assert left(portal) == {"900101000090": "13/11/2026"}


def test_nothing_that_is_sent_ever_says_semua(
    desk: Desk, portal: PracticePortal, robot: Portal
) -> None:
    """Every form that leaves the screen says Khusus; the screen's class knows no other word."""
    sent: list[str] = []
    robot.tab.on("request", lambda r: sent.append(f"{r.url} {r.post_data}"))
    at_work(portal, others=1)
    file(robot, leavers(desk, LEAVES))
    said = [text for text in sent if "employeeSelection=" in text]
    assert len(said) > 3
    assert all("employeeSelection=S" in text for text in said)
    assert not any("employeeSelection=A" in text for text in sent)
    of_specific = {name for c in SomeLeavers.__mro__ for name in vars(c)}
    assert "everybody" not in of_specific
    assert not issubclass(SomeLeavers, AllLeavers)
    semua = [key for key, control in REGISTRY.items() if {"Semua", "All"} & set(control.labels)]
    assert semua == ["AllLeavers.everybody"]


@pytest.mark.parametrize(
    "more", [{"selection": "Semua"}, {"all_workers": {}}, {"rows": []}, {"rows": None}]
)
def test_no_key_and_no_empty_list_leads_to_everybody(desk: Desk, more: dict[str, Any]) -> None:
    """What is not known is refused, and nobody is not everybody."""
    job = leavers(desk, LEAVES, **({} if "rows" in more else more))
    if "rows" in more:
        told = yaml.safe_load(job.read_text()) | more
        job.write_text(yaml.safe_dump(told))
    done = desk.assist("run", job, "--submit")
    assert done.returncode == 65, done.stdout


@pytest.mark.heavy
@pytest.mark.parametrize(("skin", "many"), [("modern", 22), ("foreign", 12)])
def test_leavers_that_fill_several_pages_are_each_seen_on_theirs(
    desk: Desk, portal: PracticePortal, many: int
) -> None:
    """By numbers or by *Previous* and *Next*; the portal shows another page after KEMAS KINI."""
    at_work(portal, others=4 * many)
    who = [f"90010100{number:04d}" for number in range(many)]
    names = {w["nric"]: w["name"] for w in portal.workers("")}
    rows = [{"identification": nric, "name": names[nric], "employment_resign_date": "2026-11-13"}
            for nric in who]  # fmt: skip
    done = desk.file(leavers(desk, *rows, rows_per_filing=50))
    assert done.returncode == 0, done.stderr
    assert left(portal) == dict.fromkeys(who, "13/11/2026")
    assert portal.submissions == 1


@pytest.mark.heavy
def test_a_draft_that_is_continued_is_made_anew(desk: Desk, portal: PracticePortal) -> None:
    """The days are those of the job, not those that an earlier try left."""
    desk.settings(leftover_drafts="continue")
    at_work(portal, others=4)
    leave_draft(desk, leavers(desk, LEAVES))
    (draft,) = portal.drafts
    done = desk.file(leavers(desk, {**LEAVES, "employment_resign_date": "2026-11-12"}))
    assert done.returncode == 0, done.stderr
    (filing,) = portal.filings
    assert filing["reference"] == draft["reference"]
    assert left(portal) == {LAMA: "12/11/2026"}


def test_a_draft_tells_whom_it_is_about(desk: Desk, portal: PracticePortal, robot: Portal) -> None:
    """By number and by name, whatever they were sought by; and it can be withdrawn."""
    arrange(desk, portal, "end_employment")
    prepare(robot, sample(desk, "end_employment"))
    (draft,) = portal.drafts
    procedure = flows.load("end_employment")
    about = procedure.persons(draft["reference"], robot)
    assert {known for known in about if known[-1].isdigit()} == {
        LAMA, "X0000031", "930405205573", "910909195562",
    }  # fmt: skip
    assert "LAMA BIN REKAAN" in about
    assert len(about) == 8
    procedure.withdraw(draft["reference"], EMPLOYER, robot)
    assert portal.drafts == []


def test_a_survey_counts_all_and_reads_those_who_leave(
    desk: Desk, portal: PracticePortal, robot: Portal
) -> None:
    """By number, and without one by name; the others are only counted."""
    arrange(desk, portal, "end_employment")
    plan = plan_of(sample(desk, "end_employment"))
    census = flows.load("end_employment").survey(plan.job, plan.rows, robot, lambda: None)
    active = [w for w in portal.workers() if w["employer"] == EMPLOYER]
    assert census.active == len(active) > len(plan.rows)
    assert not plan.job.unlisted(plan.rows, census)
    assert not list(plan.job.against(plan.rows, census))
    assert len(census.workers) == len(plan.rows)


def test_a_survey_of_everybody_reads_every_page(portal: PracticePortal, robot: Portal) -> None:
    """Who ends everybody's work sees everybody, and no one twice."""
    for number in range(53):
        worker(portal, f"90010100{number:04d}", f"RAMAI REKAAN {number}")
    census = MySites(robot).registration().update(Roll, EMPLOYER).everybody()
    assert census.active == 55
    assert {w.identification for w in census.workers} == {
        w["nric"] for w in portal.workers() if w["status"] == "Active"
    }
    first = ListedWorker(AKTIF, "AKTIF BINTI CONTOH", date(2021, 2, 1))
    assert first in census.workers


LISTED = ListedWorker("900101005555", "CONTOH BIN REKAAN", date(2020, 3, 1))
TWIN = ListedWorker("910101005555", "CONTOH BIN REKAAN", date(2021, 3, 1))


@pytest.mark.parametrize(
    ("changes", "guards"),
    [
        ({}, []),
        ({"identification": None, "employment_start_date": date(2021, 3, 1)}, []),
        ({"name": "LAIN BIN REKAAN"}, ["leaver-name"]),
        ({"employment_start_date": date(2020, 3, 2)}, ["leaver-start"]),
        ({"employment_resign_date": date(2020, 2, 1)}, ["leaver-before-start"]),
        (
            {"name": "LAIN", "employment_start_date": date(2019, 1, 1)},
            ["leaver-name", "leaver-start"],
        ),
        ({"identification": None, "employment_start_date": date(2019, 1, 1)}, ["leaver-start"]),
        ({"identification": "880101005555"}, []),
        ({"identification": None, "ssn": "SSFW1", "name": "TIADA"}, []),
    ],
)
def test_each_leaver_who_is_listed_otherwise_names_its_guard(
    changes: dict[str, Any], guards: list[str]
) -> None:
    """Nobody can approve it; who is not listed at all is another guard's."""
    good = {
        "identification": "900101005555",
        "name": "CONTOH BIN REKAAN",
        "employment_resign_date": date(2026, 11, 13),
    }
    row = Row(7, "leavers.xlsx!A!7", Leaver(**{**good, **changes}))
    job = Job(procedure="end_employment", employer=EMPLOYER)
    census = Census(2, (LISTED, TWIN))
    alarms = list(job.against([row], census))
    assert [alarm.guard for alarm in alarms] == guards
    assert all(alarm.absolute and alarm.row == 7 for alarm in alarms)
    unlisted = job.unlisted([row], census)
    known = changes.get("identification", "") != "880101005555" and changes.get("name") != "TIADA"
    assert unlisted == ([] if known else [row])
    assert job.effect([row]).ends == 1
