"""A capture holds how a portal is built and nobody's data, and reads as the visit that made it."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from rpa import pages, settings
from rpa.calibration import capture
from rpa.calibration.against import Against, page_of
from rpa.calibration.result import RESULT, as_data
from rpa.calibration.strip import CLOSED, GONE, Strip
from rpa.cli.capture import against
from rpa.cli.evidence import verify
from rpa.errors import JobInvalid
from rpa.evidence.folder import RunFolder
from rpa.pages.agreement import names, screens
from rpa.portal.find import Choice, Selection
from rpa.portal.look import Element, Kind, Look
from rpa.portal.profile import shipped
from tests.conftest import EMPLOYER, person

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Desk, PracticePortal

SKINS = ("classic", "modern", "foreign", "stranger", "harbour")
SIGNED_IN, NAME, WORKER, ALIEN = "ZULMAQ VORTEK", "QUORVEX TINDRAL", "BRAXOL HEVIM", "YARDUN OPLEX"
NRIC, PASSPORT, BRN, MAIL = "880412009917", "ZK7719043", "9977331-Q", "quill@vortek.example"
PLANTED = {
    "postalAddress1": "LOT 8841, JALAN MUVREX", "postalAddress2": "TAMAN OSKIL", "email": MAIL,
    "telNoBack": "38847719", "poBox": "7731", "industryName": NAME, "registrationNo": BRN,
    "lockedBagNo": "BEG 6642",
}  # fmt: skip


def planted(portal: PracticePortal) -> list[str]:
    """Put canaries wherever a screen of the visit shows somebody's data; all that must not leak."""
    portal.ask("account", {"email": portal.email, "name": SIGNED_IN})
    (employer,) = [e for e in portal.ask("employers") if e["code"] == EMPLOYER]
    details = {**employer["details"], **PLANTED}
    portal.ask("employer", {"code": EMPLOYER, "name": NAME, "brn": BRN, "details": details})
    told = {"birth": "12/04/1988", "gender": "M", "start": "17/03/2021", "employer": EMPLOYER}
    portal.ask("worker", {**told, "nric": NRIC, "name": WORKER})
    portal.ask("worker", {**told, "nric": PASSPORT, "name": ALIEN, "kind": "foreign"})
    lines = [{"nric": NRIC, "wages": 417739}]
    month = {"employer": EMPLOYER, "month": "10/2026", "act": "combined", "lines": lines}
    filed = portal.ask("contribution", month)
    numbers = [str(v) for k, v in filed.items() if k in {"acr", "ecr"}]
    secret = [portal.email, portal.password, portal.phrase]
    mine = [SIGNED_IN, NAME, WORKER, ALIEN, NRIC, PASSPORT, BRN, EMPLOYER, "4177.39", "4,177.39"]
    return [*mine, *numbers, *secret, *PLANTED.values(), "17/03/2021", "12/04/1988"]


def found(canaries: list[str], text: str) -> list[str]:
    """Those that are in it, whatever the case, the blanks and the signs; and any of their words."""
    plain = re.sub(r"[\W_]", "", text).casefold()
    said = set(re.findall(r"\w+", text.casefold()))
    words = {w for one in canaries for w in re.findall(r"[^\W\d_]{4,}", one.casefold())}
    whole = [one for one in canaries if re.sub(r"[\W_]", "", one).casefold() in plain]
    return [*whole, *sorted((words - ORDINARY) & said)]


ORDINARY = {"jalan", "example", "kurang"}  # of the canaries' words those that are no one's


@pytest.mark.heavy
@pytest.mark.parametrize("skin", SKINS)
@pytest.mark.parametrize("language", ["en", "bm"])
def test_no_canary_is_in_a_capture_of_all_parts(desk: Desk, portal: PracticePortal) -> None:
    """And what it is read as is what the visit said."""
    canaries = planted(portal)
    filed = desk.file(desk.job([person(7, name="DRELVO KAMPSIT")]))
    (case,) = portal.filings or [{}]
    canaries += ["DRELVO KAMPSIT", person(7)["identification"], case.get("reference", "CAN000")]
    assert filed.returncode in {0, 70}, filed.stderr
    done = desk.assist("calibrate", EMPLOYER, limit_s=500)
    ended, file = done.returncode, desk.last_run() / capture.CAPTURE
    assert ended in {0, 70}, done.stderr
    text = file.read_text("utf-8")
    assert found(canaries, text) == []
    same(desk)
    done = desk.assist("calibrate", "--against", file)
    assert done.returncode == ended, done.stderr


@pytest.mark.heavy
@pytest.mark.parametrize("language", ["en"])
def test_a_capture_alone_asks_nothing_and_proposes_nothing(
    desk: Desk, portal: PracticePortal
) -> None:
    """One file, though a thing is called otherwise; nothing was told to the portal."""
    portal.ask("settings", {"words": {"Task Status": "Task State"}})
    done = desk.assist("capture", EMPLOYER, "--part", "inbox")
    assert done.returncode == 0, done.stderr
    assert "captured 1 of 1 part" in done.stdout
    assert not (desk.last_run() / RESULT).exists()
    assert "Task State" in (desk.last_run() / capture.CAPTURE).read_text("utf-8")
    assert portal.drafts == portal.filings == []


def same(desk: Desk) -> None:
    """The last visit's table, read from its capture, is the one it told."""
    told = json.loads((desk.last_run() / RESULT).read_text("utf-8"))
    file, at = desk.last_run() / capture.CAPTURE, datetime.now(UTC)
    known = settings.load(config=desk.config, portal=desk.portal.address)
    folder = RunFolder.create(desk.folder / "against", job_name="again", now=at)
    done = Against(known, capture.read(file), folder, file.name)
    done.run()
    read = as_data(done)
    assert table(read) == table(told)
    assert read["lines"] == told["lines"]
    assert read["language"] == told["language"]
    assert (read["live"], read["portal"]) == (False, file.name), "no office accepts it"


def table(told: dict[str, Any]) -> dict[str, Any]:
    parts = ("state", "known", "by", "missed", "line", "used")
    return {one["key"]: [one[part] for part in parts] for one in told["entries"]}


ANYBODY = Look(
    elements=(
        Element(0, Kind.HEADING, words=f"{NAME} SDN. BHD."),
        Element(1, Kind.LINK, words=f"Kemaskini {WORKER}", title="880412-00-9917"),
        Element(2, Kind.TEXT, labels=(f"Wages of {WORKER}", "Race of Worker"), beside=MAIL),
        Element(3, Kind.SELECT, name="_dto.employerList", options=(f"{EMPLOYER}-{NAME}", WORKER)),
        Element(5, Kind.BUTTON, words="REF CAN 2026 1130 0007", id=f"row-{NRIC}", row=4),
        Element(6, Kind.MESSAGE, words=f"{PASSPORT} RM 4,177.39 {BRN}", role=WORKER, type=NAME),
        Element(7, Kind.VALUE, id=f"emp_{WORKER[:6]}", row=2, mark=NAME, checked=True),
    ),
    language=NAME, stands={"x": NAME}, size={NAME: 1},
)  # fmt: skip


def test_of_a_look_only_what_is_named_is_kept() -> None:
    """Whatever stands wherever: in headings, menus, labels, lists, messages, ids."""
    strip = Strip(shipped())
    page = page_of("EmployeePopup", shipped())
    assert page is not None
    told = strip.look(page, ANYBODY)
    text = json.dumps(told, ensure_ascii=False)
    canaries = [NAME, WORKER, NRIC, PASSPORT, BRN, MAIL, EMPLOYER, "4,177.39", "CAN202611300007"]
    assert found(canaries, text) == []
    assert told["elements"][2]["labels"][1] == "Race of Worker", "what a form is made of stays"
    assert told["elements"][0]["words"] == GONE


def test_options_are_kept_of_the_portals_own_lists_alone() -> None:
    """Known by their key; of another list those made of plain words, and nobody's."""
    offered = ("Cina", "Bumiputera Sabah", "[9111] Maid", f"ALI BIN {NAME}", "Yes", f"{NAME} Yes")
    those = (
        Element(0, Kind.DIALOG, labels=("Add Employee Information",)),
        Element(1, Kind.SELECT, labels=("Race",), name="x_dto.raceId", options=offered, dialog=0),
        Element(2, Kind.SELECT, labels=("Owner",), name="x_dto.owner", options=offered, dialog=0),
    )
    page = page_of("EmployeePopup", shipped())
    assert page is not None
    _, race, owner = Strip(shipped()).look(page, Look(those))["elements"]
    assert race["options"][:3] == ["Cina", "Bumiputera Sabah", "[…] Maid"]
    assert owner["options"] == ["Yes"]


def test_every_list_of_the_portals_own_is_one_of_a_screen() -> None:
    """And none that holds employers."""
    pages.controls()
    lists = {n for s in screens() for n, c in names(s).items() if isinstance(c, Choice | Selection)}
    assert lists >= CLOSED
    assert not {one for one in CLOSED if "employer" in one} - {"change_employer_status_to"}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Race", "Race"), ("Ethnic Group", "Ethnic Group"), ("ENROL WORKER", "ENROL WORKER"),
        ("Kumpulan Etnik Pekerja", "Kumpulan … Pekerja"), ("JAYA TEKNIK SISTEM", GONE),
        ("Form 2 (1A)", "Form 2 (1A)"), ("Wages Exceed RM3000 Per Month Before 1st Jun 2016",) * 2,
        ("Case 2026-1130", "Case …"), ("Kemaskinikan", "Kemaskinikan"), ("Hasan", GONE),
        ("", ""), ("+", "+"),
    ],
)  # fmt: skip
def test_words_that_a_portal_is_made_of_stay(text: str, kept: str) -> None:
    """A word that nobody knows goes; with two of them all of it."""
    assert Strip(shipped()).text(text) == kept


@pytest.mark.parametrize("torn", [b"", b"\xff", b"[]", b'{"capture": 2}', b"[" * 99999])
def test_a_file_that_is_no_capture_is_told_so(tmp_path: Path, torn: bytes) -> None:
    """With its place; nothing else is read of it."""
    place = tmp_path / "capture.json"
    place.write_bytes(torn)
    with pytest.raises(JobInvalid) as told:
        capture.read(place)
    assert told.value.where == str(place)


def test_the_folder_of_a_capture_that_is_read_is_closed_and_noted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As of every visit: `evidence verify --all` calls it whole, and names what is added later."""
    monkeypatch.setenv("ASSIST_RPA_HOME", str(tmp_path / "home"))
    told = {"capture": 1, "made_by": "0", "profile": "", "at": "", "live": False, "asked": []}
    place = tmp_path / "capture.json"
    place.write_text(json.dumps({**told, "parts": [], "steps": []}))
    against(place, tmp_path)
    assert verify(None, [], every=True, config=tmp_path) == 0
    (folder,) = (tmp_path / "home" / "runs").iterdir()
    (folder / "more.txt").write_bytes(b"")
    assert verify(None, [], every=True, config=tmp_path) == 1
