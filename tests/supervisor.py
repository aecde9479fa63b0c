"""A second person beside a desk, who approves plans with the real command."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import yaml

from rpa import flows, settings
from rpa.engine import approval, pins
from rpa.engine.approval import ENDED, Approvals, Proposal
from rpa.ledger.ledger import Ledger
from rpa.settings import TIME_ZONE
from tests.command import assist_rpa

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

    from tests.conftest import Desk

SECRET = "canary betul kuda"  # noqa: S105  nothing is kept under it


@dataclass
class Supervisor:
    """A second person beside the desk, with a key and the command."""

    desk: Desk

    def __post_init__(self) -> None:
        self.pem = self.desk.folder / "penyelia.pem"
        if self.pem.exists():
            self.key = approval.opened_key(self.pem.read_bytes(), SECRET.encode())
        else:
            self.key = approval.new_key()
            self.pem.write_bytes(approval.sealed_key(self.key, SECRET.encode()))
        self.pin()
        self.tell = self.desk.folder / "tell.py"
        self.tell.write_text(f"print({SECRET!r})")

    def pin(self) -> None:
        """The one who may approve, in the configuration and in the ledger."""
        public = approval.public_text(self.key)
        known = {"name": "Penyelia Contoh", "public_key": public, "users": ["penyelia"]}
        path = self.desk.config / "approvers.yaml"
        path.write_text(yaml.safe_dump({"approvers": [known], "hours": 24}))
        approvers = settings.load(config=self.desk.config).approvers()
        with Ledger.open(self.desk.home / "ledger.sqlite3") as ledger:
            if not pins.pinned(ledger):
                pins.pin(ledger, approvers, self.key, "kerani")

    @property
    def plans(self) -> list[Path]:
        """The plans that wait, the oldest first."""
        found = (self.desk.home / "approvals").glob("*.plan.json")
        return sorted(found, key=lambda plan: plan.stat().st_mtime_ns)

    def approve(self, plan: Path | None = None) -> subprocess.CompletedProcess[str]:
        """The plan that waits, after typing what is asked for."""
        plan = plan or self.plans[-1]
        proposal = Proposal.read(plan)
        typed = [proposal.employer, *([proposal.figure(ENDED)] if proposal.figure(ENDED) else [])]
        words = ["approve", str(plan), "--key", str(self.pem)]
        secret = ["--passphrase-command", f"{sys.executable} {self.tell}"]
        lines = "".join(f"{line}\n" for line in typed)
        return assist_rpa(*words, *secret, cwd=self.desk.folder, env=self.desk.env, typed=lines)

    def approve_for(self, seconds: float) -> None:
        """An approval of one hour that was given almost an hour ago."""
        (plan,) = self.plans
        given = datetime.now(TIME_ZONE) - timedelta(hours=1) + timedelta(seconds=seconds)
        known = settings.load(config=self.desk.config).approvers()
        Approvals(plan.parent, known.approvers, lambda: given).sign(plan, self.key, 1)


def allowed(desk: Desk, job: Path) -> Path:
    """The job, approved by a second person where its procedure is never filed without one."""
    procedure = yaml.safe_load(job.read_text("utf-8"))["procedure"]
    if flows.load(procedure).Job.approval:
        held = desk.file(job)
        assert held.returncode == 12, held.stderr
        given = Supervisor(desk).approve()
        assert given.returncode == 0, given.stderr
    return job
