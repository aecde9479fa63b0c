"""A month's contribution: what is promised, counted at the portal."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
import yaml
from pypdf import PdfReader

from tests.conftest import EMPLOYER
from tests.flows.samples import worker

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Desk, PracticePortal

AKTIF, LAMA, BAHARU = "950211705780", "870818735893", "900101000050"
PAID: list[dict[str, Any]] = [
    {"identification": AKTIF, "name": "AKTIF BINTI CONTOH", "wages": "3000.00"},
    {"identification": LAMA, "name": "LAMA BIN REKAAN", "wages": "7250.00"},
    {"identification": BAHARU, "name": "BAHARU BIN REKAAN", "wages": "1750.00"},
]
LOST = (
    "commit, then drop the connection",
    "commit, then 500",
    "commit, then drop the connection silently",
)
HEAVY = pytest.mark.heavy
# A part that stands for the rest in the quick suite.
BY_EITHER = ["rows", pytest.param("text_file", marks=HEAVY)]
QUICK = {("both", "text_file")}
WAYS = [(act, by) for act in ("both", "socso", "eis") for by in ("text_file", "rows")]


def month_of(desk: Desk, rows: list[dict[str, Any]] | None = None, **other: Any) -> Path:
    """A job with its rows in itself; its file's name tells the kind."""
    job = {
        "procedure": "submit_contributions",
        "employer": EMPLOYER,
        "month": "10/2026",
        "rows": PAID if rows is None else rows,
        **other,
    }
    path = desk.folder / f"{other.get('kind', 'month')}.yaml"
    path.write_text(yaml.safe_dump(job, sort_keys=False))
    return path


def wages_of(portal: PracticePortal, number: int = -1) -> dict[str, int]:
    """The wages of one submission in sen, of those who have any."""
    lines = sent(portal)[number]["lines"]
    return {line["nric"]: line["wages"] for line in lines if line["wages"]}


def sent(portal: PracticePortal) -> list[dict[str, Any]]:
    """Every submission, as the portal counts them."""
    found: list[dict[str, Any]] = portal.ask("contributions")
    return found


def other_hand(portal: PracticePortal, month: str = "10/2026", **more: Any) -> None:
    """The whole month, submitted by a person."""
    lines = [
        {"nric": AKTIF, "wages": 300000},
        {"nric": LAMA, "wages": 725000},
        {"nric": BAHARU, "wages": 175000},
    ]
    portal.ask("contribution", {"employer": EMPLOYER, "month": month, "act": "combined",
                                "lines": lines, **more})  # fmt: skip


@pytest.fixture(autouse=True)
def third(portal: PracticePortal) -> None:
    """One more on the books, so that a month has three."""
    worker(portal, BAHARU, "BAHARU BIN REKAAN")


@pytest.mark.parametrize(
    ("language", "act", "by"),
    [
        *(
            pytest.param("mixed", act, by, marks=[] if (act, by) in QUICK else [HEAVY])
            for act, by in WAYS
        ),
        *(pytest.param("bm", act, by, marks=HEAVY) for act, by in WAYS),
        *(pytest.param("en", act, by, marks=HEAVY) for act, by in WAYS),
    ],
)
def test_a_month_is_submitted_once(
    desk: Desk, portal: PracticePortal, language: str, act: str, by: str
) -> None:
    """Every worker's wages and amounts, under the numbers that come back with their slips."""
    del language
    job = month_of(desk, act=act, by=by)
    done = desk.file(job)
    assert done.returncode == 0, done.stderr
    (one,) = sent(portal)
    assert f"Pay RM {one['totals']['total'] / 100:,.2f} for" in done.stderr
    assert "by 15/11/2026" in done.stderr
    assert wages_of(portal) == {AKTIF: 300000, LAMA: 725000, BAHARU: 175000}
    numbers = {"both": ["acr", "ecr"], "socso": ["acr"], "eis": ["ecr"]}[act]
    assert all(one[number] in report(desk) for number in numbers)
    assert f"{' '.join(one[number] for number in numbers)}: 3 rows" in done.stdout
    tile = f"<b>RM {one['totals']['total'] / 100:,.2f}</b>"
    assert report(desk).count(tile) == 1
    assert "due for 10/2026, 3 workers" in report(desk)
    slips = sorted(path.name.rpartition("-")[2] for path in letters(desk, "*.pdf"))
    assert slips == [f"{number.upper()}.pdf" for number in numbers]
    again = desk.file(job)
    assert again.returncode == 0, again.stderr
    assert "filed before: 3 rows" in again.stdout
    assert len(sent(portal)) == 1
    assert portal.ask("contribution_drafts") == []
    text = job.read_text("utf-8")
    job.write_text(text.replace("1750", "2750"), "utf-8")
    assert text != job.read_text("utf-8")
    raised = desk.file(job)
    assert raised.returncode == 10, "a wage raised after the month is not filed by it"
    assert "the table differs now in: Wages" in raised.stdout + raised.stderr + report(desk)
    assert "What comes next stands beside each row" in report(desk)
    assert "Correct the data as" not in report(desk)
    assert len(sent(portal)) == 1


@pytest.mark.heavy
def test_a_rehearsal_leaves_nothing(desk: Desk, portal: PracticePortal) -> None:
    """It goes up to the last press, and takes its draft away."""
    for by in ("text_file", "rows"):
        done = desk.assist("run", month_of(desk, by=by))
        assert done.returncode == 0, done.stderr
        assert "rehearsed 3 of 3 rows" in done.stdout
        assert (sent(portal), portal.ask("contribution_drafts")) == ([], [])


@pytest.mark.heavy
def test_the_slips_and_the_file_stay_with_the_run(desk: Desk, portal: PracticePortal) -> None:
    """The text file as it was sent, and a slip that opens."""
    assert desk.file(month_of(desk)).returncode == 0
    (text,) = letters(desk, "*.txt")
    lines = text.read_bytes().split(b"\r\n")
    assert [len(line) for line in lines] == [278] * 3
    (one,) = sent(portal)
    (slip,) = letters(desk, "*-ACR.pdf")
    assert one["acr"] in PdfReader(slip).pages[0].extract_text()


@pytest.mark.heavy
@pytest.mark.parametrize("by", BY_EITHER)
def test_who_has_no_wages_is_left_out_and_told(desk: Desk, portal: PracticePortal, by: str) -> None:
    """He is on the portal's list of the month, and nothing is submitted for him."""
    rows = [*PAID[:2], {**PAID[2], "wages": "0"}]
    done = desk.file(month_of(desk, rows, by=by))
    assert done.returncode == 0, done.stderr
    assert "skipped: 1 of 3 rows" in done.stdout
    assert wages_of(portal) == {AKTIF: 300000, LAMA: 725000}


@pytest.mark.parametrize("by", BY_EITHER)
def test_a_month_that_is_not_listed_any_more_goes_as_arrears(
    desk: Desk, portal: PracticePortal, by: str
) -> None:
    """And the clerk is warned that it is late."""
    job = month_of(desk, month="05/2026", by=by)
    done = desk.file(job)
    assert done.returncode == 0, done.stderr
    assert "This month is late" in done.stderr + done.stdout
    (one,) = sent(portal)
    assert (one["month"], one["type"]) == ("05/2026", "Arrears")
    assert wages_of(portal) == {AKTIF: 300000, LAMA: 725000, BAHARU: 175000}
    if by == "text_file":
        assert desk.file(job).returncode == 0
        assert len(sent(portal)) == 1


def test_a_short_payment_brings_the_difference_and_no_more(
    desk: Desk, portal: PracticePortal
) -> None:
    """Of the workers in the table, each with his full wages; once."""
    assert desk.file(month_of(desk)).returncode == 0
    raised = {**PAID[0], "wages": "3100.01"}
    job = month_of(desk, [raised], kind="short", by="rows")
    done = desk.file(job)
    assert done.returncode == 0, done.stderr
    one = sent(portal)[-1]
    assert one["type"] == "Short"
    (line,) = [line for line in one["lines"] if line["socso_employer"]]
    # RM3,000 is in row 34, RM3,100.01 in row 36 of the schedule.
    assert (line["socso_employer"], line["eis_employee"]) == (5515 - 5165, 630 - 590)
    assert desk.file(job).returncode == 0
    fresh = month_of(desk, [{**raised, "name": "Aktif binti Contoh"}], kind="short", by="rows")
    forget(desk)
    again = desk.file(fresh)
    assert again.returncode == 0, again.stderr
    assert "filed before: 1 row" in again.stdout
    assert len(sent(portal)) == 2


def test_nothing_is_short_of_a_month_that_was_not_submitted(
    desk: Desk, portal: PracticePortal
) -> None:
    """And what the portal has too much of is not submitted."""
    job = month_of(desk, [PAID[0]], kind="short", by="rows")
    never = desk.file(job)
    assert never.returncode == 10, never.stderr
    other_hand(portal)
    less = month_of(desk, [{**PAID[0], "wages": "2500"}], kind="short", by="rows")
    done = desk.file(less)
    assert done.returncode == 10, done.stderr
    assert len(sent(portal)) == 1


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (PAID, "filed before: 3 rows"),
        pytest.param([{**PAID[0], "wages": "3200"}, *PAID[1:]], "kind: short", marks=HEAVY),
    ],
)
def test_what_a_person_submitted_is_not_submitted_again(
    desk: Desk, portal: PracticePortal, rows: list[dict[str, Any]], told: str
) -> None:
    """The portal's record is asked first; another amount is the clerk's to decide."""
    other_hand(portal)
    done = desk.file(month_of(desk, rows))
    assert told in done.stdout + done.stderr + str(report(desk))
    assert len(sent(portal)) == 1


def forget(desk: Desk) -> None:
    """The ledger is lost, with whatever stands beside it."""
    for file in desk.home.glob("ledger.sqlite3*"):
        if file.is_file():
            file.unlink()


def letters(desk: Desk, name: str) -> list[Path]:
    """What the last run keeps of the portal's papers."""
    return list((desk.last_run() / "letters").glob(name))


def report(desk: Desk) -> str:
    """The last run's report."""
    return (desk.last_run() / "report.html").read_text()


def test_the_rest_of_a_month_never_goes_as_if_it_were_the_month(
    desk: Desk, portal: PracticePortal
) -> None:
    """Filed or in doubt, a worker who is added, or paid otherwise, is not a month of one worker."""
    portal.arm(LOST[0])
    portal.arm("listed late", seconds=3600)
    limits = {"month_missing": 3}
    assert desk.file(month_of(desk, PAID[:2], limits=limits)).returncode == 14
    assert desk.file(month_of(desk, limits=limits)).returncode == 14
    assert len(sent(portal)) == 1
    portal.ask("show", {})
    changed = [PAID[0], {**PAID[1], "wages": "7000"}, PAID[2]]
    known = desk.assist("check", month_of(desk, changed, limits=limits)).stdout
    assert "a run today: 0 of 3 rows" in known
    done = desk.file(month_of(desk, changed, limits=limits))
    assert done.returncode == 10, done.stderr
    assert "does not go by itself" in report(desk)
    assert len(sent(portal)) == 1


@pytest.mark.heavy
def test_both_together_never_follow_one_alone(desk: Desk, portal: PracticePortal) -> None:
    """Whoever submitted the ACR alone submits the ECR alone."""
    assert desk.file(month_of(desk, act="socso")).returncode == 0
    done = desk.file(month_of(desk, act="both"))
    assert done.returncode == 10, done.stderr
    assert "submitted alone" in report(desk)
    assert desk.file(month_of(desk, act="eis")).returncode == 0
    assert [bool(one["acr"]) for one in sent(portal)] == [True, False]


@pytest.mark.parametrize("by", ["text_file", pytest.param("rows", marks=HEAVY)])
@pytest.mark.parametrize("fault", [LOST[0], *(pytest.param(f, marks=HEAVY) for f in LOST[1:])])
def test_a_lost_answer_is_found_again_in_the_review(
    desk: Desk, portal: PracticePortal, fault: str, by: str
) -> None:
    """Never sent again: the review shows exactly these workers with these wages."""
    portal.arm(fault)
    done = desk.file(month_of(desk, by=by))
    assert done.returncode == 0, done.stderr
    (one,) = sent(portal)
    assert one["again"] == 0
    assert one["acr"] in report(desk)
    assert one["ecr"] in report(desk)


@pytest.mark.heavy
def test_a_press_that_never_arrived_is_made_anew(desk: Desk, portal: PracticePortal) -> None:
    """Its draft still stands there: it is removed, which bars a late press, and made again."""
    portal.arm("drop before commit")
    done = desk.file(month_of(desk))
    assert done.returncode == 0, done.stderr
    assert len(sent(portal)) == 1
    assert portal.ask("contribution_drafts") == []


@pytest.mark.heavy
def test_in_doubt_the_month_is_held_under_every_act(desk: Desk, portal: PracticePortal) -> None:
    """Until the review shows it, nothing about these workers' month is submitted, however."""
    portal.arm(LOST[0])
    portal.arm("listed late", seconds=3600)
    job = month_of(desk)
    assert desk.file(job).returncode == 14
    assert desk.file(month_of(desk, act="socso")).returncode != 0
    assert desk.file(month_of(desk, act="eis", by="rows")).returncode != 0
    assert desk.file(month_of(desk)).returncode == 14
    assert len(sent(portal)) == 1
    portal.ask("show", {})
    found = desk.file(month_of(desk))
    assert found.returncode == 0, found.stderr
    assert (len(sent(portal)), sent(portal)[0]["again"]) == (1, 0)


@pytest.mark.heavy
def test_a_persons_answer_settles_a_month(desk: Desk, portal: PracticePortal) -> None:
    """With both numbers; it is registered, and nobody follows what nobody decides over."""
    portal.arm(LOST[0])
    portal.arm("listed late", seconds=3600)
    job = month_of(desk)
    assert desk.file(job).returncode == 14
    (filing,) = re.findall(r"\b[0-9a-f]{8}\b", desk.assist("status").stdout)
    (one,) = sent(portal)
    numbers = f"{one['acr']} {one['ecr']}"
    answer = (filing, "--reason", "seen in the review", "--filed")
    assert desk.assist("settle", *answer, "yes").returncode == 78
    settled = desk.assist("settle", *answer, numbers)
    assert settled.returncode == 0, settled.stderr
    done = desk.file(job)
    assert done.returncode == 0, done.stderr
    assert "Register of employees: 3 new entries" in done.stdout
    followed = desk.assist("follow", job)
    assert followed.returncode == 0, followed.stderr
    assert len(sent(portal)) == 1


@pytest.mark.heavy
def test_a_draft_that_a_killed_run_left_is_removed_and_made_anew(
    desk: Desk, portal: PracticePortal
) -> None:
    """It is known as ours by its note."""
    process = desk.start("run", month_of(desk), "--submit")
    assert process.stderr is not None
    for line in process.stderr:
        if "review" in line:
            break
    process.kill()
    process.communicate(timeout=60)
    assert len(portal.ask("contribution_drafts")) == 1
    ours = desk.file(month_of(desk))
    assert ours.returncode == 0, ours.stderr
    assert len(sent(portal)) == 1


# --- guards ---


def held(desk: Desk, job: Path, guard: str) -> None:
    done = desk.file(job)
    assert done.returncode == 12, done.stderr
    assert f"[{guard}]" in done.stderr


def test_a_worker_whom_the_table_lacks_holds_the_month(desk: Desk, portal: PracticePortal) -> None:
    """A family without its cover; a limit of the job lets it pass."""
    held(desk, month_of(desk, PAID[:2]), "month-missing")
    done = desk.file(month_of(desk, PAID[:2], limits={"month_missing": 1}, by="rows"))
    assert done.returncode == 0, done.stderr
    assert wages_of(portal) == {AKTIF: 300000, LAMA: 725000}


@pytest.mark.heavy
def test_a_month_far_from_the_last_holds(desk: Desk, portal: PracticePortal) -> None:
    """A zero too many, or half of the staff."""
    other_hand(portal, "09/2026")
    rows = [{**PAID[0], "wages": "300.00"}, {**PAID[1], "wages": "725"}, PAID[2]]
    held(desk, month_of(desk, rows, limits={"minimum_wage": 0}), "month-total")
    assert sent(portal)[1:] == []
    assert desk.file(month_of(desk)).returncode == 0


@pytest.mark.heavy
def test_wages_below_the_minimum_wage_hold(desk: Desk, portal: PracticePortal) -> None:
    """Before a browser opens, with the rows' numbers; nobody is named."""
    job = month_of(desk, [{**PAID[0], "wages": "1699.99"}, *PAID[1:]])
    checked = desk.assist("check", job)
    assert "[minimum-wage]" in checked.stdout
    assert "1 row (1)" in checked.stdout
    nothing = month_of(desk, [{**PAID[0], "wages": "0"}, *PAID[1:]])
    assert "[minimum-wage]" not in desk.assist("check", nothing).stdout
    job = month_of(desk, [{**PAID[0], "wages": "1699.99"}, *PAID[1:]])
    held(desk, job, "minimum-wage")
    assert sent(portal) == []


# --- what is said, and where ---


def payroll(desk: Desk, rows: list[dict[str, Any]], **other: Any) -> Path:
    """A job with its payroll workbook."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "People"
    sheet.append(["No. KPPN", "Nama Pekerja", "Gaji", "Keluar SKBBK"])
    for row in rows:
        cells = [row["identification"], row["name"], float(row["wages"]), row.get("out", "")]
        sheet.append(cells)
    book.save(desk.folder / "payroll.xlsx")
    job = {
        "procedure": "submit_contributions",
        "employer": EMPLOYER,
        "month": "10/2026",
        "table": {"file": "payroll.xlsx"},
        **other,
    }
    path = desk.folder / "payroll.yaml"
    path.write_text(yaml.safe_dump(job))
    return path


@pytest.mark.parametrize("by", ["text_file", pytest.param("rows", marks=HEAVY)])
def test_the_portals_objections_stand_at_the_tables_own_cells(
    desk: Desk, portal: PracticePortal, by: str
) -> None:
    """Whole or not at all: one worker refused, and the month is not submitted."""
    rows = [{**PAID[0], "out": "Ya"}, PAID[1], {**PAID[2], "name": "BAHARU BINTI LAIN"}]
    done = desk.file(payroll(desk, rows, by=by))
    assert done.returncode == 10, done.stderr
    assert (sent(portal), portal.ask("contribution_drafts")) == ([], [])
    told = {row["No. KPPN"]: str(row["ASSIST reason (EN)"]) for row in desk.returned()}
    if by == "text_file":
        assert "payroll.xlsx!People!D2: Incorrect SKBBK contribution amount." in told[AKTIF]
        assert "payroll.xlsx!People!B4: Employee name does not match." in told[BAHARU]
    else:
        assert "The portal reckons otherwise: SKBBK." in told[AKTIF]
        assert "another name" in told[BAHARU]
    assert "2 of 3 workers" in told[LAMA]
    states = [str(row["ASSIST status"]).rpartition(" / ")[2] for row in desk.returned()]
    assert states == ["refused", "not sent", "refused"]


@pytest.mark.heavy
def test_a_worker_whom_the_portal_does_not_know_stops_the_month(
    desk: Desk, portal: PracticePortal
) -> None:
    """Register him first."""
    stranger = {"identification": "900101000077", "name": "ASING BIN REKAAN", "wages": "2000"}
    done = desk.file(payroll(desk, [*PAID, stranger]))
    assert done.returncode == 10, done.stderr
    assert "payroll.xlsx!People!A5: Employee is not registered" in report(desk)
    assert sent(portal) == []


@pytest.mark.parametrize(
    ("totals", "path"),
    [
        ({"workers": 4}, "totals"),
        ({"total": "1.00"}, "totals"),
        ({"wages": {"total": "12000.01"}}, "totals"),
        ({"skbbk": {"workers": 2}}, "totals"),
    ],
)
def test_declared_totals_that_differ_stop_before_a_browser_opens(
    desk: Desk, totals: dict[str, Any], path: str
) -> None:
    """At the job's own line; those that agree pass."""
    done = desk.assist("check", month_of(desk, totals=totals))
    assert done.returncode == 65, done.stdout
    assert path in done.stdout
    assert "the table gives" in done.stdout
    right = {"workers": 3, "wages": {"total": "12,000.00", "workers": 3}}
    assert desk.assist("check", month_of(desk, totals=right)).returncode == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"month": "12/2026"},
        {"month": "13/2026"},
        {"month": "01/2015"},
        {"kind": "short"},
        {"rows": [PAID[0], PAID[0]]},
    ],
)
def test_what_can_be_known_is_said_before_a_browser_opens(
    desk: Desk, changes: dict[str, Any]
) -> None:
    """A future month, none at all, one without a schedule, a short file, a person twice."""
    done = desk.assist("check", month_of(desk, **changes))
    assert done.returncode == 65, done.stdout


@pytest.mark.parametrize(
    "fault",
    [
        {"field": "nameOfEmployee", "value": "ORANG LAIN", "part": 1},
        pytest.param({"field": "wages", "value": "1.00", "part": 1}, marks=HEAVY),
        pytest.param({"field": "skbbk", "value": "1.00", "part": 1}, marks=HEAVY),
        pytest.param({"field": "count skbbk", "value": "4"}, marks=HEAVY),
        pytest.param({"field": "total wages", "value": "1.00"}, marks=HEAVY),
        pytest.param({"field": "grandTotal", "value": "499.01"}, marks=HEAVY),
        pytest.param({"field": "contributionType", "value": "Arrears"}, marks=HEAVY),
    ],
)
def test_a_month_page_that_shows_something_else_is_never_submitted(
    desk: Desk, portal: PracticePortal, fault: dict[str, Any]
) -> None:
    """Each worker's line, every total and head-count is compared; the words name what differs."""
    portal.arm("review shows another value", times=99, **fault)
    done = desk.file(month_of(desk, by="text_file" if "part" in fault else "rows"))
    assert done.returncode == 11, done.stderr
    assert "review differs from the job" in done.stderr
    assert sent(portal) == []


@pytest.mark.heavy
@pytest.mark.parametrize("by", BY_EITHER)
def test_our_own_draft_is_gone_on_with_when_that_is_wished(
    desk: Desk, portal: PracticePortal, by: str
) -> None:
    """Every value in it is made anew; it is submitted once."""
    desk.settings(leftover_drafts="continue")
    killed_at(desk, month_of(desk, [*PAID[:2], {**PAID[2], "wages": "1900"}], by=by), "review")
    assert len(portal.drafts) == 1
    done = desk.file(month_of(desk, by=by))
    assert done.returncode == 0, done.stderr
    assert wages_of(portal) == {AKTIF: 300000, LAMA: 725000, BAHARU: 175000}
    assert (len(sent(portal)), portal.drafts) == (1, [])


def killed_at(desk: Desk, job: Path, step: str) -> None:
    """Begin to submit, and die as this step begins."""
    process = desk.start("run", job, "--submit")
    assert process.stderr is not None
    for line in process.stderr:
        if line.strip() == step:
            break
    process.kill()
    process.communicate(timeout=60)


@pytest.mark.heavy
def test_a_draft_that_a_person_left_stops_the_month(desk: Desk, portal: PracticePortal) -> None:
    """A lost ledger makes our own draft another's: whose it is nobody knows."""
    killed_at(desk, month_of(desk), "review")
    forget(desk)
    done = desk.file(month_of(desk, act="eis"))
    assert done.returncode == 13, done.stderr
    assert "E9900001234V SOCSO + EIS 10/2026 Monthly" in done.stderr
    assert (sent(portal), len(portal.drafts)) == ([], 1)


@pytest.mark.heavy
@pytest.mark.parametrize("act", ["eis", pytest.param("socso", marks=HEAVY)])
def test_before_october_2026_each_act_had_a_file_of_its_own(
    desk: Desk, portal: PracticePortal, act: str
) -> None:
    """The portal's own clock decides which it takes."""
    portal.ask("date", {"today": "2026-09-10"})
    desk.env["ASSIST_RPA_TODAY"] = "2026-09-10"
    job = month_of(desk, month="08/2026", act=act)
    done = desk.file(job)
    assert done.returncode == 0, done.stderr
    (text,) = letters(desk, "*.txt")
    assert {len(line) for line in text.read_bytes().split(b"\r\n")} == {223}
    assert len(sent(portal)) == 1
    forget(desk)
    again = desk.file(job)
    assert "filed before: 3 rows" in again.stdout, again.stderr
    assert len(sent(portal)) == 1


@pytest.mark.heavy
def test_another_employer_of_the_same_portal_id(desk: Desk, portal: PracticePortal) -> None:
    """His list is chosen, and his month submitted; nobody else's."""
    row = {"identification": "850130185331", "name": "LIM REKAAN CONTOH", "wages": "2000"}
    done = desk.file(month_of(desk, [row], employer="B9900005678W"))
    assert done.returncode == 0, done.stderr
    (one,) = sent(portal)
    assert one["employer"] == "B9900005678W"


@pytest.mark.heavy
def test_every_filed_month_is_in_the_register(desk: Desk) -> None:
    """Once, however often the job runs; a short payment adds its difference."""
    job = month_of(desk)
    assert "Register of employees: 3 new entries" in desk.file(job).stdout
    assert "Register of employees" not in desk.file(job).stdout
    raised = {**PAID[0], "wages": "3100.01"}
    assert desk.file(month_of(desk, [raised], kind="short", by="rows")).returncode == 0
    shown = desk.assist("register", "show", EMPLOYER)
    assert shown.returncode == 0, shown.stderr
    assert "12,100.01" in shown.stdout  # 3,100.01 + 7,250.00 + 1,750.00
    forget(desk)
    assert desk.file(job).returncode == 10  # the portal has more than this table says
    again = desk.assist("register", "show", EMPLOYER)
    assert again.stdout == shown.stdout


# How the practice portal shows them on a mixed screen.
SHOWN = {"PendingList.entry": ("en", "SOCSO + EIS"), "TextFile.send": ("en", "UPLOAD")}
OTHER = {"bm": "en", "en": "bm"}


@pytest.mark.heavy  # quick on another screen: tests/flows/test_add_employees.py
@pytest.mark.parametrize("control", SHOWN)
def test_a_label_that_is_not_there_stops_with_its_key_and_the_line_that_mends_it(
    desk: Desk, portal: PracticePortal, control: str
) -> None:
    """In the menu as on a screen; nothing is kept. With the line written, the month is filed."""
    desk.settings(timeouts={"act_s": 3, "arrive_s": 20, "result_s": 20})
    language, mended = SHOWN[control]
    screen, _, name = control.partition(".")
    desk.profile(screen, f"{name}: {{{language}: {mended} Baharu, {OTHER[language]}: OTHER}}")
    wrong = desk.file(month_of(desk))
    assert wrong.returncode == 70, wrong.stderr
    entry = f"{name}: {{{language}: {mended}}}"
    for told in (wrong.stderr, html.unescape(report(desk))):
        assert f"If '{mended}' is meant, the office can mend this" in told
        assert f"{screen}: {{{entry}}}" in told
    assert AKTIF not in wrong.stderr
    assert "PEGAWAI" not in wrong.stderr  # who is signed in
    assert "Traceback" not in wrong.stderr
    assert (sent(portal), portal.ask("contribution_drafts")) == ([], [])
    desk.profile(screen, entry)
    done = desk.file(month_of(desk))
    assert done.returncode == 0, done.stderr
    assert len(sent(portal)) == 1


@pytest.mark.heavy
@pytest.mark.parametrize("act", ["both", "socso"])
def test_a_month_page_that_answers_late_is_waited_for(
    desk: Desk, portal: PracticePortal, act: str
) -> None:
    """Each SAVE, SAVE DRAFT, COMPLETE: what the page of before showed is never taken for it."""
    desk.settings(timeouts={"act_s": 20, "arrive_s": 20, "result_s": 20})
    portal.arm("delay", seconds=0.8, times=99)
    done = desk.file(month_of(desk, act=act, by="rows"))
    assert done.returncode == 0, done.stderr
    assert wages_of(portal) == {AKTIF: 300000, LAMA: 725000, BAHARU: 175000}
