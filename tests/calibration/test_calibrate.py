"""A visit only looks; what it proposes is in use once a person has taken it, and then it files."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest
import yaml

from rpa.calibration import overlay
from rpa.calibration.accept import Offer
from rpa.calibration.entries import same_sense
from rpa.calibration.visit import Calibration, Question
from rpa.cli.calibrate import NUMBER, _asked, _decided
from rpa.errors import Words
from tests.calibration.terminal import RPA, converse
from tests.calibration.test_capture import same
from tests.conftest import EMPLOYER, person

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.conftest import Desk, PracticePortal

OTHER = 70
# What another edition of the portal calls otherwise, each with a word of before in it.
RENAMED = {
    "Update": "Updates",
    "Race": "Race of Worker",
    "New Employee(s) Listing": "New Employees",
    "Kemaskini": "Kemaskinikan",
}
UNLIKE = {"Update": "Amendments", "ADD EMPLOYEE": "ENROL"}
NONE = "this portal has no such thing"
ALIKE = {"": "|".join(UNLIKE.values())}  # whatever is asked


def calibrate(desk: Desk, *words: str, said: str = "") -> subprocess.CompletedProcess[str]:
    """The command, with what a person types."""
    return subprocess.run(
        [sys.executable, "-m", "rpa", "calibrate", *words],
        cwd=desk.folder, env=desk.env, input=said,
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip


def result(desk: Desk) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((desk.last_run() / "calibration.json").read_text("utf-8"))
    return told


@pytest.mark.parametrize("language", ["en"])
def test_what_a_visit_proposes_files_once_it_is_taken(desk: Desk, portal: PracticePortal) -> None:
    """Found on the way, proposed, taken line by line; the visit itself told the portal nothing."""
    portal.ask("settings", {"words": RENAMED})
    desk.settings(timeouts={"act_s": 3, "arrive_s": 5, "result_s": 10})
    done = calibrate(desk, EMPLOYER, "--part", "new-workers")
    assert done.returncode == OTHER, done.stderr
    assert "reached 1 of 1 parts" in done.stdout
    told = result(desk)
    assert [one["language"] for one in told["stops"]] == ["en", "bm"]
    lines = told["lines"]
    assert lines["RegistrationSite.update_menu"] == {"en": ["Updates"], "bm": ["Kemaskinikan"]}
    assert lines["LocalFields.race"] == {"en": ["Race of Worker"]}
    same(desk)
    assert portal.drafts == portal.filings == []
    actions = [one["action"] for one in portal.ask("received")]
    assert not [a for a in actions if "save" in a or "submit" in a or "commit" in a], actions
    assert not (desk.config / "profile.yaml").exists()
    taken = calibrate(desk, "--accept", "--by", "Pejabat Contoh", said="y\n" * 40)
    assert taken.returncode == 0, taken.stderr
    written = yaml.safe_load((desk.config / "profile.yaml").read_text("utf-8"))
    race = written["screens"]["LocalFields"]["race"]
    assert race["en"] == "Race of Worker"
    assert "Pejabat Contoh" in race["source"]
    assert "was: Race" in race["source"]
    filed = desk.file(desk.job([person(1)]))
    assert filed.returncode == 0, filed.stderr
    assert len(portal.filings) == portal.submissions == 1


@pytest.mark.heavy
@pytest.mark.skipif(sys.platform == "win32", reason="asks at a terminal of this system")
@pytest.mark.parametrize("language", ["en"])
def test_a_person_is_asked_what_nothing_is_like(desk: Desk, portal: PracticePortal) -> None:
    """What is pressed is never taken by resemblance; the answer leads on and is proposed."""
    portal.ask("settings", {"words": UNLIKE})
    desk.settings(timeouts={"act_s": 3, "arrive_s": 5, "result_s": 10})
    said = at_a_terminal(desk, "calibrate", EMPLOYER, "--part", "new-workers")
    assert "(RegistrationSite.update_menu)?" in said
    assert "reached 1 of 1 parts" in said
    lines = result(desk)["lines"]
    assert lines["RegistrationSite.update_menu"] == {"en": ["Amendments"]}
    assert lines["EmployeeList.add_employee"] == {"en": ["ENROL"]}
    assert portal.drafts == portal.filings == []


@pytest.mark.heavy
@pytest.mark.parametrize("language", ["en"])
def test_a_portal_whose_words_lie_is_told_nothing(desk: Desk, portal: PracticePortal) -> None:
    """What keeps the case is called as what opens a popup: its POST does not leave."""
    portal.ask("settings", {"words": {"ADD EMPLOYEE": "ADD", "SAVE & CONTINUE": "ADD EMPLOYEE"}})
    desk.settings(timeouts={"act_s": 3, "arrive_s": 5, "result_s": 10})
    done = calibrate(desk, EMPLOYER, "--part", "new-workers")
    assert done.returncode == OTHER, done.stderr
    assert result(desk)["held_back"]
    assert portal.drafts == portal.filings == []


# What a person says of the fifth look, where nothing is like what is known.
HARBOUR = {
    "LoginPhrase.mine": "Ya, ini frasa saya", "LoginPhrase.phrase": "Frasa keselamatan anda",
    "my_sites": NONE, "registration_site": NONE, "update_menu": NONE, "search_menu": NONE,
    "eis_update_menu": NONE, "inbox_link": "Tugasan saya",
    "EmployeeList.entry": "Daftar pekerja baharu",
}  # fmt: skip


@pytest.mark.heavy
@pytest.mark.skipif(sys.platform == "win32", reason="asks at a terminal of this system")
@pytest.mark.parametrize("language", ["bm"])
def test_an_unfamiliar_look_is_entered_by_answers_alone(desk: Desk, portal: PracticePortal) -> None:
    """Its log-in asks about the phrase, its menus are one and folded; one password is typed."""
    portal.ask("settings", {"skin": "harbour"})
    desk.settings(timeouts={"act_s": 3, "arrive_s": 5, "result_s": 10})
    said = at_a_terminal(desk, "calibrate", EMPLOYER, "--part", "new-workers", answers=HARBOUR)
    assert "(words.action)?" in said, said  # it stands before the employers of this portal ID
    lines = result(desk)["lines"]
    assert lines["Shell.my_sites"] == {"none": ["a person looked, and there is none"]}
    assert lines["LoginPhrase.mine"] == {"bm": ["Ya, ini frasa saya"]}
    assert len([one for one in portal.ask("received") if "password" in str(one["fields"])]) == 1
    assert portal.drafts == portal.filings == []


def at_a_terminal(desk: Desk, *words: str, answers: Mapping[str, str] = ALIKE) -> str:
    """All that it says; what is offered and known is chosen by its number, else typed."""

    def answer(new: str, told: str) -> str | None:
        if not new.rstrip().endswith("none of them:"):
            return None
        offered = re.findall(r"^ +(\d+)  (.*)$", new, re.MULTILINE)
        key = re.findall(r"\(([\w.]+)\)\?$", told, re.MULTILINE)[-1]
        word = answers.get(key) or answers.get(key.partition(".")[2]) or answers.get("", "")
        number = next((n for n, one in offered if one.split(" (")[0] in word.split("|")), word)
        return "" if number == answers.get("") else number

    return converse(desk, answer, *RPA, *words)[1]


@pytest.mark.parametrize(
    ("known", "said", "same"),
    [
        ("Update", "Updates", True), ("New Employee(s) Listing", "New Employees", True),
        ("Kemaskini", "Kemas kini", False), ("Employer Code", "Employer Name", False),
        ("Update", "Update Employee Information", False), ("", "Search", False),
        ("EIS Update", "Update", True),
    ],
)  # fmt: skip
def test_only_what_says_the_same_is_taken_for_the_visit(known: str, said: str, same: bool) -> None:  # noqa: FBT001
    """Word by word; what is only partly like it is asked."""
    assert same_sense(known, said) is same


@pytest.mark.parametrize(
    ("typed", "taken"),
    [("Urus majikan ini\n1\n", 0), ("7\n2\n", 1), ("x\ny\n1\n", None), ("\n1\n", None)],
)
def test_a_meaning_is_a_number_and_what_is_none_is_asked_again(
    monkeypatch: pytest.MonkeyPatch, typed: str, taken: int | None
) -> None:
    """The word itself, typed once more, was taken for no answer, and its part was left."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    assert _asked("What does 'Urus majikan ini' mean?", ["edit", "view"], NUMBER) == taken


def test_a_yes_to_everything_takes_nothing_that_was_not_proposed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Least of all that there is no such thing, of a field that only was not in sight."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n" * 3))
    none = ((Words("tiada", "none"), {"none": "a person looked, and there is none"}),)
    assert _decided(Offer("EmployerForm.induction_venue", ("Induction Venue",), none)) == -1
    race = ((Words.quoted("en: Race of Worker"), {"en": "Race of Worker"}),)
    assert _decided(Offer("LocalFields.race", ("Race",), race, proposed=True)) == 0


def test_what_one_signs_in_with_is_no_word_of_a_screen() -> None:
    """Asked where the phrase stands, a person types the phrase: it is asked again, and not kept."""
    typed = iter(["canary frasa", "Frasa anda", "canary frasa", "CANARY FRASA satu"])
    told: list[Words] = []
    visit = SimpleNamespace(
        choose=lambda _: next(typed),
        tell=told.append,
        is_secret=lambda text: "canary frasa" in text.casefold(),
    )
    question = Question("PhraseShown.phrase", (), "", ())
    said = [Calibration._said(cast("Calibration", visit), question, None) for _ in "ab"]
    assert said == ["Frasa anda", None]
    assert {words.en.partition(",")[0] for words in told} == {"That is what you sign in with"}


def test_an_offices_own_comments_stay_in_its_file(tmp_path: Path) -> None:
    """Its order and quotes, too; only the line that was taken is new."""
    mine = (
        "extends: assist-2019\n"
        "# told by PERKESO's help desk\n"
        "screens:\n"
        "  LocalFields:\n"
        "    race: {bm: 'Kaum'}   # since October\n"
    )
    (tmp_path / "profile.yaml").write_text(mine, "utf-8")
    whole = overlay.commented(tmp_path)
    overlay.put(whole, "LocalFields.race", {"en": "Race of Worker"})
    wanted = mine.replace("{bm: 'Kaum'}  ", "{bm: 'Kaum', en: Race of Worker}")
    assert overlay.text(whole) == wanted
    assert overlay.standing(tmp_path)["screens"] == {"LocalFields": {"race": {"bm": "Kaum"}}}


@pytest.mark.heavy
@pytest.mark.parametrize("language", ["en"])
def test_a_rehearsal_sees_what_no_visit_can(desk: Desk, portal: PracticePortal) -> None:
    """What comes after a SAVE alone is proposed, and taken; nothing is left or sent."""
    portal.ask("settings", {"words": {"New Information": "New Informations"}})
    job = str(desk.job([person(1)]))
    stopped = calibrate(desk, "--rehearse", job)
    assert stopped.returncode == OTHER, stopped.stderr
    told = result(desk)
    seen = {one["key"].partition(".")[0] for one in told["entries"] if one["state"] == "expected"}
    assert {"Preview", "Documents", "EmployeeList", "EmployeePopup"} <= seen
    assert told["lines"] == {"Preview.items.columns.new": {"en": ["New Informations"]}}
    assert portal.drafts == portal.filings == []
    assert calibrate(desk, "--accept", "--by", "Pejabat Contoh", said="y\n").returncode == 0
    done = calibrate(desk, "--rehearse", job)
    assert done.returncode == 0, done.stderr
    assert "rehearsed 1 of 1 row" in done.stdout
    assert portal.drafts == portal.filings == []
    assert portal.submissions == 0


def test_words_of_one_language_that_were_both_seen_both_stand() -> None:
    """The first takes the place of what was known; a name is one alone."""
    whole: dict[str, Any] = {"screens": {"LoginEmail": {"email": {"bm": "Emel", "en": "Email"}}}}
    seen = [{"bm": "Alamat e-mel", "name": "emel"}, {"bm": "E-mail address", "name": "mail"}]
    overlay.lay(whole, [("LoginEmail.email", values) for values in seen])
    assert whole["screens"]["LoginEmail"]["email"] == {
        "bm": ["Alamat e-mel", "E-mail address"], "en": "Email", "name": "mail",
    }  # fmt: skip
