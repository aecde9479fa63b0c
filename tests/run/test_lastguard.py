"""A fault of the tool itself, planted at many places of the real command, ends by the rules."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from rpa.engine.lastguard import about, last_guard
from rpa.errors import Bug, InDoubt, Refused, Words
from tests.conftest import EMPLOYER, person
from tests.systems import modes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import Desk, PracticePortal

TYPED = "900101005555 CONTOH BIN REKAAN"  # what a message may repeat
PLANTED = """
import sys
def broken(*_, **__):
    raise {kind}({secret!r})
import {module} as module
{target} = broken
from rpa.cli.main import main
sys.argv[1:] = {words!r}
main()
"""


def planted(
    desk: Desk, module: str, target: str, *words: str, kind: str = "TypeError"
) -> subprocess.CompletedProcess[str]:
    """The command, with one function that breaks."""
    text = PLANTED.format(
        kind=kind, secret=TYPED, module=module, target=f"module.{target}", words=list(words)
    )
    return subprocess.run(
        [sys.executable, "-c", text],
        cwd=desk.folder, env=desk.env, capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip


def told(done: subprocess.CompletedProcess[str], folder: Path, code: int = Bug.exit_code) -> None:
    """A sentence, the exit code and the file; nowhere what the message repeated."""
    assert done.returncode == code, done.stdout + done.stderr
    said = done.stdout + done.stderr
    assert "Traceback" not in said
    assert "A fault in this tool itself (TypeError, " in said
    text = (folder / "bug.json").read_text()
    assert TYPED.split(maxsplit=1)[0] not in text + said
    assert "REKAAN" not in text
    assert json.loads(text)["errors"][0]["type"] == "TypeError"


def runs_closed(desk: Desk) -> bool:
    with sqlite3.connect(desk.home / "ledger.sqlite3") as ledger:
        (still,) = ledger.execute("SELECT count(*) FROM runs WHERE ended_at IS NULL").fetchone()
        return int(still) == 0


def statuses(desk: Desk) -> list[str]:
    return [str(row["ASSIST status"]).split(" / ")[1] for row in desk.returned()]


def test_a_fault_after_the_press_is_settled(desk: Desk, portal: PracticePortal) -> None:
    """Pressed, stored, and then our own code breaks: the portal's record tells that it is filed."""
    job = desk.job([person(1), person(2)])
    done = planted(desk, "rpa.pages.result", "UpdateResult.message", "run", str(job), "--submit")
    told(done, desk.last_run())
    assert statuses(desk) == ["filed", "filed"]
    assert "Nothing was sent" not in done.stdout + done.stderr
    assert portal.submissions == 1
    assert runs_closed(desk)
    assert (desk.last_run() / "report.html").is_file()
    assert desk.file(job).returncode == 0
    assert portal.submissions == 1


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("target", "wanted", "sent"),
    [
        ("rpa.pages.workers:Workers.find", "not sent", 0),
        ("rpa.engine.session:Session._sign_in", "not sent", 0),
        ("rpa.engine.journal:AttemptJournal.reviewed", "not sent", 0),
        ("rpa.portal.tab:Portal.single_press", "not sent", 0),
        ("rpa.pages.result:UpdateResult.reference", "filed", 1),
        ("rpa.engine.work:_Attempt._counted", "filed", 1),
        ("rpa.engine.work:_Attempt._summary", "filed", 1),
        ("rpa.evidence.report:write_report", "filed", 1),
    ],
)
def test_a_fault_at_any_place(
    desk: Desk, portal: PracticePortal, target: str, wanted: str, sent: int
) -> None:
    """Each row has the verdict that the ledger and the portal can stand for; none twice."""
    job = desk.job([person(1), person(2)])
    done = planted(desk, *target.split(":"), "run", str(job), "--submit")
    told(done, desk.last_run())
    assert statuses(desk) == [wanted, wanted]
    assert portal.submissions == sent
    assert runs_closed(desk)
    assert desk.file(job).returncode == 0
    assert portal.submissions == 1


@pytest.mark.heavy
def test_a_fault_while_settling_is_in_doubt(desk: Desk, portal: PracticePortal) -> None:
    """The answer is lost and the look breaks: in doubt, and the next run settles it."""
    portal.arm("commit, then drop the connection silently")
    job = desk.job([person(1)])
    done = planted(desk, "rpa.pages.inbox", "Inbox.find", "run", str(job), "--submit")
    told(done, desk.last_run(), InDoubt.exit_code)
    assert statuses(desk) == ["in doubt"]
    assert desk.file(job).returncode == 0
    assert portal.submissions == 1


@pytest.mark.heavy
def test_follow_ends_by_the_rules(desk: Desk, portal: PracticePortal) -> None:
    """A look that breaks: the table comes back, the ledger's run is closed."""
    portal.ask("settings", {"officer": True})
    job = desk.job([person(1)])
    assert desk.file(job).returncode == 0
    done = planted(desk, "rpa.pages.inbox", "Inbox.find", "follow", str(job))
    told(done, desk.last_run())
    assert statuses(desk) == ["filed"]
    assert runs_closed(desk)


def test_the_command_itself_shows_no_traceback(desk: Desk) -> None:
    """Whatever command it is; the file stands in the home folder, where there is one."""
    desk.home.mkdir(mode=0o700)
    done = planted(desk, "rpa.cli.status", "status", "status")
    told(done, desk.home)
    done = planted(desk, "rpa.jobs", "check", "check", str(desk.job([person(1)])))
    assert done.returncode == Bug.exit_code, done.stderr
    assert "Traceback" not in done.stderr
    assert (desk.home / "bug (2).json").is_file()


def test_follow_review_and_due_end_by_the_rules(desk: Desk) -> None:
    """Before a browser opens: sentence, code, file, and the ledger's run closed."""
    done = planted(desk, "rpa.aftercare.follow", "Follower._gather", "follow")
    told(done, desk.last_run())
    review = desk.folder / "review.yaml"
    review.write_text(f"procedure: review_contributions\nemployer: {EMPLOYER}\nmonths: [10/2026]\n")
    done = planted(desk, "rpa.aftercare.review", "Reviewer._read", "review", str(review))
    told(done, desk.last_run())
    assert (desk.last_run() / "review.xlsx").is_file()
    done = planted(desk, "rpa.cli.due", "checked", "due", str(desk.job([person(1)])))
    told(done, desk.home)
    assert runs_closed(desk)


# --- the guard alone ---


def test_what_is_ours_and_ctrl_c_pass_through(tmp_path: Path) -> None:
    for error in (Refused(Words("Tidak.", "No.")), KeyboardInterrupt(), SystemExit(3)):
        with pytest.raises(type(error)) as caught, last_guard(tmp_path):
            raise error
        assert caught.value is error
    with pytest.raises(KeyError), last_guard(tmp_path, leave=(KeyError,)):
        raise KeyError
    assert not list(tmp_path.iterdir())


def test_the_file_has_no_message_no_value_and_no_stranger() -> None:
    try:
        {}[TYPED]  # type: ignore[index]
    except KeyError as error:
        said = json.dumps(about(error))
    assert TYPED not in said
    assert __file__ not in said


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Path]:
    tmp_path.chmod(0o500)
    yield tmp_path
    tmp_path.chmod(0o700)


@modes
def test_a_folder_that_takes_no_file_hinders_nothing(full: Path) -> None:
    for folder in (full, full / "not there", None):
        with pytest.raises(Bug), last_guard(folder):
            raise ZeroDivisionError
