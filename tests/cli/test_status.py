"""What waits for a person ends `status` with a code of its own, for a timer as for an eye."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from rpa.cli import console
from rpa.cli.status import STATES, TOLD
from rpa.engine.approval import Approvals
from rpa.errors import Words
from rpa.ledger.ledger import FilingState, Ledger
from rpa.settings import TIME_ZONE
from tests.cli.test_approve import PROPOSAL
from tests.cli.test_cancel import assist, given_up, home
from tests.cli.test_practise import job_of
from tests.ledger.people import Run, joiner

__all__ = ["home"]
SCHEMA = Path(__file__).parents[2] / "docs" / "status.schema.json"


def in_doubt(home: Path) -> str:
    """A filing that was pressed, and whose end nobody knows."""
    with Ledger.open(home / "ledger.sqlite3") as ledger:
        run = Run(ledger)
        filing = run.intended(joiner(8))
        ledger.in_doubt(filing.id, Words("", "the answer was lost"), run.lease)
        run.end()
    return filing.id


def test_every_state_has_its_words() -> None:
    """In both languages; the ledger's own are no Malay."""
    assert {state.value for state in FilingState} <= STATES.keys()
    assert all(words.bm != words.en for words in STATES.values())


@pytest.mark.usefixtures("home")
def test_nothing_that_waits_is_no_alarm() -> None:
    """An empty ledger, and one where all is done."""
    assert assist("status")[0] == 0
    code, said = assist("status", "--json")
    assert (code, json.loads(said)["exit"]) == (0, 0)


def test_a_doubt_alarms_before_what_was_given_up(home: Path) -> None:
    """13 for what no run tries again, 14 as soon as something may have been filed."""
    given_up(home)
    assert assist("status")[0] == 13
    filing = in_doubt(home)
    code, said = assist("status")
    assert code == 14
    assert f"assist-rpa settle {filing[:8]} --filed NUMBER" in said
    assert "is tried anew by: assist-rpa cancel" in said
    code, said = assist("status", "--json")
    told = json.loads(said)
    assert (code, told["exit"]) == (14, 14)
    assert told["summary"]["filings"] == {"dead": 1, "in doubt": 1}
    waiting = {one["filing_id"]: one["state"] for one in told["summary"]["waiting"]}
    assert waiting[filing] == "in doubt"
    assert "9001010" not in said
    assert assist("settle", filing[:8], "--not-filed", "--reason", "seen there")[0] == 0
    assert assist("status")[0] == 13


def test_a_plan_that_waits_is_listed_until_somebody_answers(home: Path) -> None:
    """By `approve` without a plan and by `status`; of a job that was corrected only the last."""
    folder = home / "approvals"
    plans = Approvals(folder, (), lambda: datetime(2026, 11, 30, 9, tzinfo=TIME_ZONE))
    old = plans.propose(PROPOSAL, "kerani")
    os.utime(old, (0, 0))
    new = plans.propose(replace(PROPOSAL, digest="cd" * 32), "kerani")
    (folder / "torn.plan.json").write_text("{")
    for words in (["approve"], ["status"]):
        code, said = assist(*words)
        assert code == (12 if words == ["status"] else 0)
        assert new.name[:12] in said.replace(" ", "")
        assert old.name[:12] not in said.replace(" ", "")
        assert "kerani" in said
    told = json.loads(assist("status", "--json")[1])
    assert [one["by"] for one in told["plans"]] == ["kerani"]
    assert assist("approve", new.name[:12])[0] == 78
    (folder / f"{new.name.partition('.')[0]}.approval.json").write_text("{}")
    code, said = assist("approve")
    assert (code, said) == (0, "No plan waits.")


def test_a_start_that_came_to_nothing_is_listed(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that gives no plan, and a secret that is not there: job, employer, counts and why."""
    monkeypatch.setattr(console.out, "width", 160)
    monkeypatch.setenv("ASSIST_RPA_PORTAL", "http://127.0.0.1:9")
    monkeypatch.setenv("ASSIST_RPA_CONFIG", str(tmp_path / "config"))
    (tmp_path / "config").mkdir()
    unset = "{env: NOT_SET_HERE}"
    (tmp_path / "config" / "employers.yaml").write_text(
        "names: {E9900004321M: CONTOH DUA}\nportal_ids:\n- {email: a@contoh.example, "
        f"employers: [E9900004321M], password: {unset}, security_phrase: {unset}}}\n"
    )
    torn = tmp_path / "cawangan-12.yaml"
    torn.write_text("procedure: add_employees\nemployer: E9900004321M\n")
    job = job_of(tmp_path, "end_employment")
    assert [assist("run", str(one))[0] for one in (torn, job)] == [65, 78]
    said = " ".join(assist("status")[1].split())
    assert re.search(r"cawangan-12.yaml +│ - +│ - +│ 65 +│", said)
    assert re.search(r"job.yaml +│ E9900004321M CONTOH DUA +│ 0/2 rehearsed +│ 78 +│", said)
    assert re.search(r"/job.yaml \(78\): .*NOT_SET_HERE", said)
    assert (home / "ledger.sqlite3").is_file()


def test_a_narrow_terminal_cuts_no_number(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What does not fit goes on below."""
    given_up(home)
    monkeypatch.setattr(console.out, "width", 60)
    assert "…" not in assist("status")[1]


def test_the_schema_of_the_docs_is_the_codes() -> None:
    """``python -m tests.cli.test_status`` writes it."""
    assert json.loads(SCHEMA.read_text("utf-8")) == TOLD.json_schema(mode="serialization")


if __name__ == "__main__":
    SCHEMA.write_text(json.dumps(TOLD.json_schema(mode="serialization"), indent=1) + "\n", "utf-8")
