"""What PERKESO has on record, read through the portal and compared; nothing is ever filed."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
import time
import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import openpyxl
import pytest
import yaml

from rpa.ledger.lease import acquire
from rpa.ledger.ledger import Ledger
from rpa.model.filing import Filing, Receipt, Row
from rpa.rules.employee import Employee
from tests.conftest import EMPLOYER, person
from tests.evidence.noted import faults
from tests.systems import limits, private

if TYPE_CHECKING:
    from pathlib import Path
    from subprocess import CompletedProcess

    from tests.conftest import Desk, PracticePortal

# At 3,000.00 in the first category (facts 13.4, row 34): 51.65 + 14.75 + 22.15, and 5.90 twice.
ACR, ECR = 8855, 1180
A, B, C, D = (f"9001{n:02d}005{n:03d}" for n in range(1, 5))
WAGES = 300000

# The command, which says at its end how much memory it took at most (KB).
MEASURED = """
import atexit, resource, sys
atexit.register(lambda: print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))
from rpa.cli.main import main
main()
"""


def books(portal: PracticePortal, *people: str) -> None:
    """These people work for the employer since January."""
    workers = [
        {
            "employer": EMPLOYER,
            "nric": nric,
            "name": f"CONTOH REKAAN {nric[-1]}",
            "birth": f"{nric[4:6]}/{nric[2:4]}/19{nric[:2]}",
            "gender": "M",
            "start": "01/01/2026",
        }
        for nric in people
    ]
    portal.ask("worker", {"workers": workers})


def filed(
    portal: PracticePortal, month: str, act: str = "combined", **wages: Any
) -> dict[str, str]:
    """A month filed by another hand; the numbers it got."""
    lines = [{"nric": nric, "wages": sen} for nric, sen in wages.pop("lines").items()]
    return dict(
        portal.ask(
            "contribution",
            {"employer": EMPLOYER, "month": month, "act": act, "lines": lines, **wages},
        )
    )


def pay(portal: PracticePortal, *numbers: str, **how: Any) -> None:
    for number in numbers:
        portal.ask("payment", {"number": number, "date": "10/11/2026", **how})


def job(desk: Desk, *months: str, payroll: dict[str, dict[str, str]] | None = None) -> Path:
    """A review of these months, each with a payroll (number to wages) where one is given."""
    tables = {}
    for month, wages in (payroll or {}).items():
        name = f"payroll-{month.replace('/', '-')}.csv"
        with (desk.folder / name).open("w", newline="") as file:
            table = csv.writer(file)
            table.writerow(["No. KPPN", "Nama", "Gaji"])
            table.writerows([n, f"CONTOH REKAAN {n[-1]}", w] for n, w in wages.items())
        tables[month] = {"file": name}
    told = {"procedure": "review_contributions", "employer": EMPLOYER, "months": list(months)}
    path = desk.folder / "review.yaml"
    path.write_text(yaml.safe_dump({**told, "tables": tables}, sort_keys=False))
    return path


def sheet(desk: Desk, name: str) -> list[dict[str, Any]]:
    """The rows of a sheet of the last workbook, by the English half of their headings."""
    book = openpyxl.load_workbook(desk.last_run() / "review.xlsx")
    head, *rows = book[name].iter_rows(values_only=True)
    names = [str(text).rpartition(" / ")[2] for text in head]
    return [dict(zip(names, row, strict=False)) for row in rows]


def summary(desk: Desk) -> dict[tuple[str, str], tuple[Any, ...]]:
    """The figures of the first sheet by month and act: state, due … expected."""
    book = openpyxl.load_workbook(desk.last_run() / "review.xlsx")
    rows = book.worksheets[0].iter_rows(min_row=6, values_only=True)
    return {
        (row[0].strftime("%m/%Y"), str(row[1])): tuple(row[2:11])
        for row in rows
        if isinstance(row[0], datetime) and row[1] in {"ACR", "ECR", "ACR + ECR"}
    }


def states(desk: Desk) -> dict[tuple[str, str], str]:
    """How each worker stands, by month and number."""
    return {
        (row["Month"].strftime("%m/%Y"), row["Identification No."]): row["State"].rpartition("/ ")[
            2
        ]
        for row in sheet(desk, "Pekerja (Workers)")
    }


def last_line(done: CompletedProcess[str]) -> str:
    return done.stdout.splitlines()[-1]


def assert_nothing_was_filed(portal: PracticePortal, before: int) -> None:
    """All that was sent beside questions is the log-in."""
    assert len(portal.ask("contributions")) == before
    assert portal.ask("contribution_drafts") == []
    actions = {one["action"] for one in portal.ask("received")}
    assert actions == {"login/next", "login/login"}


@pytest.mark.parametrize(
    "language",
    [
        pytest.param("bm", marks=pytest.mark.heavy),
        pytest.param("en", marks=pytest.mark.heavy),
        "mixed",
    ],
)
def test_a_month_that_is_filed_and_paid_agrees_with_its_payroll(
    desk: Desk, portal: PracticePortal
) -> None:
    """Exit 0; records, slips, pictures and figures are kept, sealed and private."""
    books(portal, A, B)
    numbers = filed(portal, "10/2026", lines={A: WAGES, B: WAGES})
    pay(portal, numbers["acr"], numbers["ecr"])
    done = desk.assist("review", job(desk, "10/2026", payroll={"10/2026": {A: "3000", B: "3000"}}))
    assert done.returncode == 0, done.stdout + done.stderr
    assert last_line(done) == "reviewed 1 month: 1 paid"
    assert "10/2026  Nothing more to do." in done.stdout
    assert states(desk) == {("10/2026", A): "paid", ("10/2026", B): "paid"}
    paid = "dibayar / paid"
    assert summary(desk) == {
        ("10/2026", "ACR"): (2, paid, 177.1, 177.1, 177.1, 0, 0, 0, 0),
        ("10/2026", "ECR"): (2, paid, 23.6, 23.6, 23.6, 0, 0, 0, 0),
        ("10/2026", "ACR + ECR"): (2, paid, 200.7, 200.7, 200.7, 0, 0, 0, 0),
    }
    lines = sheet(desk, "ACR")
    assert [row["Identification No."] for row in lines] == [A, B]
    assert {row["SKBBK"] for row in lines} == {22.15}
    assert {row["No. ACR"] for row in lines} == {numbers["acr"]}
    folder = desk.last_run()
    slips = sorted(path.name for path in (folder / "letters").iterdir())
    wanted = [f"102026-{n[:3]}-{n[3:7]}-{n[7:]}.pdf" for n in (numbers["acr"], numbers["ecr"])]
    assert slips == wanted
    assert len(list((folder / "pictures").iterdir())) == 4
    assert faults(folder) == []
    assert private(folder / "review.xlsx")
    assert A not in (folder / "run.log").read_text()
    assert not re.search(rf"{A}|CONTOH REKAAN", done.stdout + done.stderr)
    assert_nothing_was_filed(portal, before=1)


def test_every_way_to_differ_is_told_per_worker_and_month(
    desk: Desk, portal: PracticePortal
) -> None:
    """Short, more, not in the payroll, in arrears, unpaid, late, not due yet: exit 11."""
    books(portal, A, B, C, D)
    pay(portal, *list(filed(portal, "07/2026", lines={A: WAGES}).values())[1:])
    filed(portal, "08/2026", lines={A: WAGES})
    pay(portal, filed(portal, "09/2026", lines={A: WAGES, B: WAGES, D: WAGES})["acr"])
    both = {A: "3000", B: "3000"}
    months = {"07/2026": {A: "3000"}, "08/2026": {A: "3000"}}
    months |= {"09/2026": {A: "3000", B: "1000", C: "3000"}, "10/2026": both, "11/2026": both}
    done = desk.assist("review", job(desk, *months, payroll=months))
    assert done.returncode == 11, done.stdout + done.stderr
    assert states(desk) == {
        ("07/2026", A): "paid",
        ("08/2026", A): "unpaid, late",
        ("09/2026", A): "unpaid, late",
        ("09/2026", B): "more than due",
        ("09/2026", C): "short",
        ("09/2026", D): "not in payroll",
        ("10/2026", A): "in arrears",
        ("10/2026", B): "in arrears",
        ("11/2026", A): "not due yet",
        ("11/2026", B): "not due yet",
    }
    assert last_line(done) == (
        "reviewed 5 months: 1 not in payroll, 1 in arrears, 1 unpaid, late, 1 not due yet, 1 paid"
    )
    assert "submit RM 177.10 as Arrears" in done.stdout
    assert "submit and pay RM 177.10; due by 15/12/2026" in done.stdout
    assert "RM 88.55 too little is recorded for 1 worker: submit it as Short" in done.stdout
    rows = [r for r in sheet(desk, "Perbezaan (Differences)") if r["Act"] == "ACR" and r["Name"]]
    told = {(r["Month"].strftime("%m/%Y"), r["Identification No."]): r["Difference"] for r in rows}
    assert told == {
        ("09/2026", B): 60,
        ("09/2026", C): -88.55,
        ("09/2026", D): 88.55,
        ("10/2026", A): -88.55,
        ("10/2026", B): -88.55,
    }


@pytest.mark.heavy
def test_arrears_and_short_payments_of_a_month_count_together(
    desk: Desk, portal: PracticePortal
) -> None:
    """Filed late for one worker, then the rest as Short: the month is whole."""
    books(portal, A)
    first = filed(portal, "08/2026", type="Arrears", lines={A: 100000})
    second = filed(portal, "08/2026", type="Short", lines={A: WAGES})
    pay(portal, first["acr"], first["ecr"], second["acr"], second["ecr"])
    done = desk.assist("review", job(desk, "08/2026", payroll={"08/2026": {A: "3000"}}), "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout)
    assert told["exit"] == 0
    (month,) = told["months"]
    assert month["sen"] | {"fclb": 0} == {
        "due": ACR + ECR, "recorded": ACR + ECR, "paid": ACR + ECR, "difference": 0, "open": 0,
        "fclb": 0, "expected": 0,
    }  # fmt: skip
    types = [record["type"] for record in month["funds"]["ACR"]["records"]]
    assert sorted(types) == ["Arrears", "Short"]
    assert A not in done.stdout


@pytest.mark.heavy
def test_a_month_paid_in_part_names_nobody_as_paid(desk: Desk, portal: PracticePortal) -> None:
    """Whose share is paid nobody knows; the rest and its late interest are told. Exit 13."""
    books(portal, A, B)
    numbers = filed(portal, "10/2026", lines={A: WAGES, B: WAGES})
    pay(portal, numbers["acr"], amount=10000)
    pay(portal, numbers["ecr"])
    done = desk.assist("review", job(desk, "10/2026", payroll={"10/2026": {A: "3000", B: "3000"}}))
    assert done.returncode == 13, done.stdout + done.stderr
    assert states(desk) == {("10/2026", A): "paid in part", ("10/2026", B): "paid in part"}
    assert f"pay RM 77.10 for {numbers['acr']}; it was due by 15/11/2026" in done.stdout
    assert "the portal shows FCLB of RM 5.00" in done.stdout
    (row,) = [r for r in sheet(desk, "Perbezaan (Differences)") if r["Number"]]
    assert (row["Recorded"], row["Paid"], row["Difference"]) == (177.1, 100, -77.1)


@pytest.mark.heavy
def test_without_a_payroll_nobody_can_be_missing(desk: Desk, portal: PracticePortal) -> None:
    """The month is told by its payment; a month without any record by its day alone."""
    books(portal, A)
    numbers = filed(portal, "10/2026", lines={A: WAGES})
    pay(portal, *list(numbers.values())[1:])
    done = desk.assist("review", job(desk, "10/2026", "11/2026"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert last_line(done) == "reviewed 2 months: 1 not due yet, 1 paid"
    done = desk.assist("review", job(desk, "09/2026", "10/2026"))
    assert done.returncode == 11, done.stdout + done.stderr
    assert "nothing is recorded and its day is over" in done.stdout


# --- the ledger ---


def remembered(desk: Desk, reference: str, number: int = 1) -> None:
    """A filing as the ledger keeps it; without a reference it is in doubt."""
    portal_name = urlsplit(desk.portal.address).netloc
    with Ledger.open(desk.home / "ledger.sqlite3") as ledger:
        run_id = uuid.uuid4().hex
        name = ledger.lease_name(portal_name, desk.portal.email)
        with acquire(ledger, name, holder=run_id) as lease:
            ledger.start_run(run_id, job_digest="d", folder="runs/1")
            rows = (Row(1, "payroll.csv: row 1", Employee.model_validate(person(number))),)
            filing = Filing(uuid.uuid4().hex, "submit_contributions", EMPLOYER, rows)
            ledger.plan(filing, lease, portal=portal_name, run_id=run_id, job_digest="d")
            ledger.intend(filing.id, [1], lease, margin_s=10)
            if reference:
                receipt = Receipt(reference, datetime.now(UTC))
                ledger.filed(filing.id, receipt, lease, reconciled=False)


@pytest.mark.heavy
def test_each_record_says_whether_this_tool_filed_it(desk: Desk, portal: PracticePortal) -> None:
    """By the numbers in the ledger, which the portal must list; else it is told, exit 11."""
    books(portal, A)
    ours = filed(portal, "09/2026", lines={A: WAGES})
    theirs = filed(portal, "10/2026", lines={A: WAGES})
    pay(portal, ours["acr"], ours["ecr"], theirs["acr"], theirs["ecr"])
    remembered(desk, f"{ours['acr']} {ours['ecr']}")
    done = desk.assist("review", job(desk, "09/2026", "10/2026"), "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout)["months"]
    by = [month["funds"]["ACR"]["records"][0]["by_this_tool"] for month in told]
    assert by == [True, False]
    remembered(desk, "ACR112269999999 ECR112269999999", 2)
    assert desk.assist("review", job(desk, "09/2026")).returncode == 11
    done = desk.assist("review", job(desk, "08/2026"))
    assert "do not submit again" in done.stdout
    assert "submit it as Arrears" not in done.stdout
    assert "ACR112269999999  The ledger has it as filed, but the portal does not list it" in (
        done.stdout
    )


def test_a_filing_in_doubt_is_never_passed_over(desk: Desk, portal: PracticePortal) -> None:
    """It goes before everything else: exit 14, with the command that settles it."""
    books(portal, A)
    remembered(desk, "")
    done = desk.assist("review", job(desk, "11/2026"))
    assert done.returncode == 14, done.stdout + done.stderr
    assert "assist-rpa settle" in done.stdout


# --- trouble ---


def test_a_portal_that_is_down_says_nothing_about_anybody(
    desk: Desk, portal: PracticePortal
) -> None:
    """Months are not read, which is no arrears: exit 75, after a few tries."""
    portal.arm("maintenance page", times=500)
    done = desk.assist("review", job(desk, "09/2026", payroll={"09/2026": {A: "3000"}}))
    assert done.returncode == 75, done.stdout + done.stderr
    assert states(desk) == {("09/2026", A): "not read"}
    assert summary(desk)["09/2026", "ACR"][2:] == (88.55, *[None] * 6)
    assert last_line(done) == "reviewed 1 month: 1 not read"
    assert "under maintenance" in done.stderr


@pytest.mark.heavy
def test_a_session_lost_between_two_records_is_renewed(desk: Desk, portal: PracticePortal) -> None:
    """One more log-in; every record is read, once."""
    books(portal, A)
    for month in ("09/2026", "10/2026"):
        pay(portal, *list(filed(portal, month, lines={A: WAGES}).values())[1:])
    before = len(portal.ask("logins"))
    portal.arm("session expired", on="review/acr", skip=4)
    done = desk.assist("review", job(desk, "09/2026", "10/2026"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(portal.ask("logins")) == before + 2
    assert len(sheet(desk, "ACR")) == 2


@pytest.mark.heavy
def test_a_portal_id_at_work_elsewhere_is_left_alone(desk: Desk, portal: PracticePortal) -> None:
    """Two sessions of one log-in break each other."""
    with Ledger.open(desk.home / "ledger.sqlite3") as ledger:
        name = ledger.lease_name(urlsplit(portal.address).netloc, portal.email)
        with acquire(ledger, name, holder="another"):
            done = desk.assist("review", job(desk, "09/2026"))
    assert done.returncode == 75, done.stdout + done.stderr
    assert "Another run is using this portal ID" in done.stderr
    assert portal.ask("logins") == []


@limits
@pytest.mark.heavy
def test_ten_thousand_lines_are_read_and_written_in_time(
    desk: Desk, portal: PracticePortal
) -> None:
    """A hundred pages and the workbook in under two minutes, in less than 300 MB."""
    people = [
        f"90{m:02d}{d:02d}00{n:04d}" for m in range(1, 13) for d in range(1, 29) for n in range(30)
    ]
    people = people[:10_000]
    books(portal, *people)
    numbers = filed(portal, "10/2026", act="socso", lines=dict.fromkeys(people, WAGES))
    pay(portal, numbers["acr"])
    path = job(desk, "10/2026", payroll={"10/2026": dict.fromkeys(people, "3000")})
    path.write_text(path.read_text() + "acts: socso\n")
    started = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-c", MEASURED, "review", str(path)],
        cwd=desk.folder,
        env=desk.env,
        stdout=subprocess.PIPE,
        text=True,
    )
    out, _ = process.communicate(timeout=300)
    seconds, peak = time.monotonic() - started, int(out.splitlines()[-1]) / 1024
    assert process.returncode == 0, out
    assert len(sheet(desk, "ACR")) == 10_000
    assert (seconds < 120, peak < 300) == (True, True), (seconds, peak)


def test_run_says_which_command_reviews(desk: Desk, portal: PracticePortal) -> None:
    """A review has nothing to file; nobody logs in."""
    done = desk.assist("run", job(desk, "10/2026"), "--submit")
    assert done.returncode == 65
    assert "use `assist-rpa review`" in done.stderr
    assert portal.ask("logins") == []
