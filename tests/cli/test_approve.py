"""`assist-rpa approve` and `assist-rpa approver`, as the second person meets them."""

from __future__ import annotations

import os
import re
import select
import signal
import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from tenacity import Retrying, retry_if_result, stop_after_delay, wait_fixed

from rpa import __version__, settings
from rpa.cli.approve import program_and_words
from rpa.engine import approval, pins, whom
from rpa.engine.approval import Approvals, Permit, Proposal
from rpa.engine.whom import Person, Whom
from rpa.errors import ConfigInvalid, NeedsApproval
from rpa.evidence.folder import RunFolder
from rpa.settings import TIME_ZONE, Approvers
from tests.command import assist_rpa

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    Start = Callable[..., "Terminal"]

ROOT = Path(__file__).parent.parent.parent
SECRET = "canary betul kuda"  # noqa: S105  nothing is kept under it
EMPLOYER = "E9900001234V"
TERMINAL = pytest.mark.skipif(sys.platform == "win32", reason="a terminal of POSIX")
PROPOSAL = Proposal(
    version=__version__,
    portal="assist.perkeso.gov.my",
    procedure="end_all_employment",
    employer=EMPLOYER,
    job="leavers.yaml",
    digest="ab" * 32,
    rows=tuple(range(2, 42)),
    filings=1,
    figures=(("active workers", "40"), ("workers ended", "40")),
    alarms=(
        ("everybody", "Semua pekerja aktif akan berhenti.", "Every active worker would leave."),
        *(
            ("date-far", f"Baris {row}: jauh.", f"Row {row}: the date lies far back.")
            for row in range(2, 42)
        ),
    ),
)


@dataclass
class Desk:
    """The supervisor's desk: config, key, a plan that waits."""

    folder: Path
    key: Ed25519PrivateKey

    def __post_init__(self) -> None:
        self.env = {
            **os.environ,
            "ASSIST_RPA_CONFIG": str(self.folder / "config"),
            "ASSIST_RPA_HOME": str(self.folder / "home"),
            "ASSIST_RPA_LANGUAGE": "en",
            "COLUMNS": "80",
        }
        (self.folder / "config").mkdir()
        self.pem = self.folder / "penyelia.pem"
        self.pem.write_bytes(approval.sealed_key(self.key, SECRET.encode()))
        self.allow()
        tell = f"import sys; sys.stdout.write({SECRET!r} + chr(10))"
        (self.folder / "tell.py").write_text(tell)
        self.command = f"{sys.executable} {self.folder / 'tell.py'}"

    def allow(self, *, user: str = "penyelia", hours: int = 24) -> None:
        """config/approvers.yaml with this one person."""
        public = approval.public_text(self.key)
        known = [{"name": "Penyelia Contoh", "public_key": public, "users": [user]}]
        told = yaml.safe_dump({"approvers": known, "hours": hours})
        (self.folder / "config" / "approvers.yaml").write_text(told)

    @property
    def approvals(self) -> Approvals:
        return Approvals.of(settings.load(config=self.folder / "config"), self.place)

    @property
    def place(self) -> Path:
        return self.folder / "home" / "approvals"

    def plan(self, proposal: Proposal = PROPOSAL, asked_by: str = "kerani") -> Path:
        return self.approvals.propose(proposal, asked_by)

    def words(self, *words: str | Path) -> list[str]:
        return [sys.executable, "-m", "rpa", *map(str, words)]

    def assist(
        self, *words: str | Path, typed: str = "", **env: str
    ) -> subprocess.CompletedProcess[str]:
        """The command, with this typed into it."""
        return assist_rpa(*words, cwd=self.folder, env=self.env | env, typed=typed)

    def approve(
        self, plan: Path | str, *more: str, typed: str = f"{EMPLOYER}\n40\n", **env: str
    ) -> subprocess.CompletedProcess[str]:
        how = ["--key", str(self.pem), "--passphrase-command", self.command]
        return self.assist("approve", plan, *how, *more, typed=typed, **env)

    def given(self) -> list[Path]:
        """The approvals that were given."""
        return list(self.place.glob("*.approval*.json"))

    def permit(self, proposal: Proposal = PROPOSAL) -> Permit:
        return self.approvals.permit(proposal)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path, approval.new_key())


@dataclass
class Terminal:
    """A person at a terminal, for whom the command asks."""

    process: subprocess.Popen[bytes]
    master: int
    seen: str = ""

    def until(self, words: str) -> None:
        """Read on until these words stand there."""
        while words not in self.seen:
            text = self._read()
            assert text, f"ended before {words!r}: {self.seen!r}"
            self.seen += text

    def answer(self, prompt: str, text: str) -> None:
        """When asked this, type that."""
        self.until(prompt)
        self.seen = self.seen.split(prompt, 1)[1]
        os.write(self.master, f"{text}\n".encode())

    def ctrl_c(self) -> None:
        """Once more where nothing follows: the first may fall between a prompt and its reading."""
        for _ in range(5):
            self.process.send_signal(signal.SIGINT)
            if select.select([self.master], [], [], 10)[0]:
                return
        raise AssertionError("Ctrl-C is not heard")

    def end(self) -> int:
        """Whatever is still said, and the exit code."""
        while text := self._read():
            self.seen += text
        return self.process.wait(timeout=60)

    def _read(self) -> str:
        ready, _, _ = select.select([self.master], [], [], 60)
        assert ready, f"it waits for more after {self.seen!r}"
        try:
            return os.read(self.master, 65536).decode()
        except OSError:  # the other end is closed: Linux calls that an error
            return ""


@pytest.fixture
def at_terminal(desk: Desk) -> Iterator[Start]:
    """Starts the command at a terminal of its own."""
    pty = pytest.importorskip("pty")
    open_ones: list[Terminal] = []

    def start(*words: str | Path) -> Terminal:
        master, slave = pty.openpty()
        process = subprocess.Popen(
            desk.words(*words),
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=desk.folder,
            env=desk.env,
            start_new_session=True,
        )
        os.close(slave)
        open_ones.append(Terminal(process, master))
        return open_ones[-1]

    yield start
    for one in open_ones:
        one.process.kill()
        one.process.wait(timeout=60)
        os.close(one.master)


@pytest.mark.parametrize("command", ["approve", "approver", "approvers"])
def test_help_fits_a_screen_and_shows_an_example(desk: Desk, command: str) -> None:
    """A supervisor sees it all at once, with something to copy."""
    said = desk.assist(command, "--help")
    assert said.returncode == 0
    assert len(said.stdout.splitlines()) <= 30
    assert f"Example: assist-rpa {command}" in " ".join(said.stdout.split())


def test_what_is_typed_rightly_is_approved(desk: Desk) -> None:
    """Employer and number typed, key opened: an approval that the run takes, for a day."""
    said = desk.approve(desk.plan())
    assert said.returncode == 0, said.stderr
    permit = desk.permit()
    assert permit.approver == "Penyelia Contoh"
    assert permit.expires - permit.approved == timedelta(hours=24)
    assert str(permit.file) in said.stdout
    assert "gives the same command again" in said.stderr


def test_who_may_approve_is_shown_and_pinned_once(desk: Desk) -> None:
    """By an approver at the operator's desk; another set is told, and its own key pins nothing."""
    with_key = ("--pin", str(desk.pem), "--passphrase-command", desk.command)
    before = desk.assist("approvers")
    assert before.returncode == NeedsApproval.exit_code
    assert "Penyelia Contoh  [penyelia]" in before.stdout
    assert "none were pinned" in before.stderr
    pinned = desk.assist("approvers", *with_key)
    assert pinned.returncode == 0, pinned.stderr
    assert "are pinned in this ledger" in pinned.stdout
    assert desk.assist("approvers").returncode == 0
    desk.key = approval.new_key()
    desk.pem.write_bytes(approval.sealed_key(desk.key, SECRET.encode()))
    desk.allow(user="orang.lain")
    for words in ((), with_key):
        said = desk.assist("approvers", *words)
        assert said.returncode == NeedsApproval.exit_code
        assert "are pinned in this ledger" not in said.stdout
    wrong = desk.assist("approvers", "--pin", str(desk.folder / "none.pem"))
    assert wrong.returncode == ConfigInvalid.exit_code


def test_nobody_pins_himself_at_his_own_desk(desk: Desk) -> None:
    """It takes two people."""
    desk.allow(user=approval.log_in())
    said = desk.assist("approvers", "--pin", str(desk.pem), "--passphrase-command", desk.command)
    assert said.returncode == NeedsApproval.exit_code
    assert "It takes two people" in said.stderr
    assert desk.assist("approvers").returncode == NeedsApproval.exit_code


def test_the_plan_may_be_named_by_its_number(desk: Desk) -> None:
    """As the refused run told it; less only where it is the one plan that begins so."""
    plan = desk.plan()
    assert desk.approve(plan.name[:12], "--hours", "2").returncode == 0
    permit = desk.permit()
    assert permit.expires - permit.approved == timedelta(hours=2)
    assert desk.approve("0000").returncode == NeedsApproval.exit_code
    for name in ("a" * 64, "a" * 63 + "b"):
        (desk.place / f"{name}.plan.json").write_bytes(b"")
    several = desk.approve("aaaa")
    assert several.returncode == NeedsApproval.exit_code
    assert "more of its digits" in several.stderr


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "\n\n",
        "E9900001234\n40\n",
        "B9900005678W\n40\n",
        "e9900001234v\n40\n",
        f"{EMPLOYER}\n",
        f"{EMPLOYER}\n39\n",
        f"{EMPLOYER}\n\n40\n",
        "40\n40\n",
        "yes\nyes\n",
    ],
)
def test_what_is_typed_wrongly_approves_nothing(desk: Desk, typed: str) -> None:
    """Nor what is not typed at all; the supervisor is told so, and the exit code says who acts."""
    said = desk.approve(desk.plan(), typed=typed)
    assert said.returncode == NeedsApproval.exit_code
    assert "Nothing was approved" in said.stderr
    assert not desk.given()


def test_without_a_number_of_leavers_only_the_employer_is_typed(desk: Desk) -> None:
    """Whom no employment ends for, nobody counts; a new employer has a procedure, not a code."""
    joiners = replace(PROPOSAL, figures=(("workers ended", "0"), ("workers joined", "300")))
    assert desk.approve(desk.plan(joiners), typed=f"{EMPLOYER}\n").returncode == 0
    new = replace(joiners, employer="", procedure="register_employer", rows=(0, 2, 3))
    said = desk.approve(desk.plan(new), typed="register_employer\n")
    assert said.returncode == 0, said.stderr
    assert "300 workers will be REGISTERED under (new employer)" in plain(said.stdout)
    assert "2 (2-3) + the job's own entry" in said.stdout


@pytest.mark.parametrize("width", [60, 80, 120, 300])
def test_the_supervisor_reads_what_happens_before_anything_else(desk: Desk, width: int) -> None:
    """How many lose their employment, the figures, every guard, the rest; nothing is cut off."""
    said = desk.approve(desk.plan(), COLUMNS=str(width))
    told = plain(said.stdout)
    order = [
        f"The employment of ALL 40 active workers of {EMPLOYER} will END.",
        "FIGURES active workers 40",
        "workers ended 40",
        "ALARMS: 41",
        "everybody Every active worker would leave.",
        "date-far Row 2: the date lies far back.",
        "+ 30 more like these, all in the plan file",
        "WHAT WILL BE FILED procedure end_all_employment",
        "rows 40 (2-41)",
        "portal assist.perkeso.gov.my",
        "job file leavers.yaml",
        "asked for by kerani",
        "it may be sent until",
    ]
    places = [told.index(words) for words in order]
    assert places == sorted(places)
    assert max(map(len, shown_lines(said.stdout))) <= min(width, 100)


def shown_lines(text: str) -> list[str]:
    """What is shown of the plan; the path of the approval comes after and is never broken."""
    return text.split("approved by", maxsplit=1)[0].splitlines()


def plain(text: str) -> str:
    """As it is read aloud: without the box, in one line."""
    return " ".join(re.sub(r"[│╭╮╰╯─]", " ", text).split())


def run_of(desk: Desk, plan: Path, people: dict[str, str]) -> Path:
    """The folder of the run that asked for this plan, about these people and their last days."""
    now = datetime.now(TIME_ZONE)
    folder = RunFolder.create(desk.folder / "home" / "runs", job_name="leavers", now=now)
    rows = tuple(
        Person(row, f"90010100{len(name)}{row:02}", name, {"employment_resign_date": day})
        for row, (name, day) in enumerate(people.items(), 2)
    )
    head = {"employment_resign_date": ("Tarikh Berhenti Kerja", "Employment Resign Date")}
    folder.put(whom.FILE, Whom(rows, head, tuple(head), date(2026, 12, 20)).text)
    folder.keep(plan, "plan")
    return folder.path


def test_whom_it_is_about_and_what_is_otherwise_stands_before_the_supervisor(desk: Desk) -> None:
    """By name at the terminal alone, with the law's last day and the pictures' place."""
    before = desk.plan()
    run_of(desk, before, {"CONTOH BIN REKAAN": "20/11/2026", "LAMA BIN REKAAN": "20/11/2026"})
    first = desk.approve(before, ASSIST_RPA_TODAY="2026-12-01")
    assert "This job was never approved on this computer." in first.stdout
    plan = desk.plan(replace(PROPOSAL, digest="cd" * 32))
    people = {"CONTOH BIN REKAAN": "21/11/2026", **{f"BAHARU {n} BIN REKAAN": "" for n in range(9)}}
    run = run_of(desk, plan, people)
    waits = desk.assist("approve", COLUMNS="120").stdout
    assert "20/12/2026" in waits
    said = desk.approve(plan, ASSIST_RPA_TODAY="2026-12-01", COLUMNS="120").stdout
    assert "Last day by law: 20/12/2026 (19 days left)." in said
    assert re.search(r"2 │ CONTOH BIN REKAAN +│ \*{6}-\*\*-1702 +│ 21/11/2026", said)
    assert "… 3 rows more …" in said
    assert "BAHARU 8 BIN REKAAN" in said
    assert "9: BAHARU 0 BIN REKAAN, BAHARU 1" in said
    assert "1: LAMA BIN REKAAN" in said
    assert re.search(r"Employment Resign Date +rows 2\n", re.sub(" +\n", "\n", said))
    assert str(run / "report.html") in said
    assert "REKAAN" not in "".join(p.read_text("utf-8") for p in desk.place.iterdir())
    (run / "input" / whom.FILE).write_text("{}")  # no word of it is believed then
    assert "names, differences and" in " ".join(desk.approve(plan).stdout.split())


def test_it_speaks_malay(desk: Desk) -> None:
    """All of it."""
    said = desk.approve(desk.plan(), ASSIST_RPA_LANGUAGE="bm")
    told = plain(said.stdout)
    assert f"Pekerjaan SEMUA 40 pekerja aktif majikan {EMPLOYER} akan DITAMATKAN." in told
    assert "Baris 2: jauh." in told
    assert "diluluskan oleh Penyelia Contoh" in told
    assert "taip kod majikan" in said.stderr
    assert not re.search(r"\b(workers|employer|rows|alarms|until)\b", told)


def test_a_plan_cannot_paint_over_itself(desk: Desk) -> None:
    """Control and direction signs in a job's name, or markup in a guard's words, are shown."""
    evil = replace(
        PROPOSAL,
        job="\x1b[2J\x1b[Hharmless\r\u202eyaml",
        alarms=(("everybody", "[bold]x[/]", "[link=x]Everybody[/] would leave\x1b[8m :skull:"),),
    )
    said = desk.approve(desk.plan(evil))
    assert not set(said.stdout) & {"\x1b", "\r", "\u202e"}
    assert "[link=x]Everybody[/] would leave\ufffd[8m :skull:" in plain(said.stdout)


def test_the_person_who_asked_cannot_approve(desk: Desk) -> None:
    """His log-in stands beside his name."""
    desk.allow(user="kerani")
    said = desk.approve(desk.plan())
    assert said.returncode == NeedsApproval.exit_code
    assert "The person who asked" in said.stderr
    assert not desk.given()


def test_a_key_that_is_no_approvers_approves_nothing(desk: Desk) -> None:
    """A stranger's, or one whose owner was taken out of the config."""
    plan = desk.plan()
    desk.key = approval.new_key()
    desk.allow()
    said = desk.approve(plan)
    assert said.returncode == NeedsApproval.exit_code
    assert "none of the known approvers" in said.stderr
    assert not desk.given()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda plan: plan.write_bytes(plan.read_bytes().replace(b"40", b"04")), "changed or lost"),
        (lambda plan: plan.write_bytes(b"["), "changed or lost"),
        (lambda plan: plan.write_bytes(b" " + plan.read_bytes()), "changed or lost"),
        (
            lambda plan: plan.write_bytes(b'{"alarms":[],' + plan.read_bytes()[1:]),
            "changed or lost",
        ),
        (lambda plan: plan.unlink(), "no plan there"),
    ],
)
def test_a_changed_plan_is_not_even_shown(
    desk: Desk, change: Callable[[Path], object], words: str
) -> None:
    """What is not what its name says, nobody is asked to sign."""
    plan = desk.plan()
    change(plan)
    said = desk.approve(plan)
    assert said.returncode == NeedsApproval.exit_code
    assert words in said.stderr
    assert EMPLOYER not in said.stdout
    assert not desk.given()


def test_a_plan_of_another_version_is_refused(desk: Desk) -> None:
    """Another tool may do another thing with it."""
    said = desk.approve(desk.plan(replace(PROPOSAL, version="0.0.9")))
    assert said.returncode == NeedsApproval.exit_code
    assert "another version" in said.stderr


def test_what_is_missing_at_the_desk_is_told_before_anything_is_typed(desk: Desk) -> None:
    """No list of approvers, no such key, more hours than allowed, an open key: exit code 78."""
    plan = desk.plan()
    for more in (["--hours", "25"], ["--hours", "0"], ["--key", "none.pem"]):
        said = desk.approve(plan, *more)
        assert said.returncode == ConfigInvalid.exit_code, more
        assert not said.stdout
    desk.pem.write_bytes(b"-----BEGIN PRIVATE KEY-----")
    assert desk.approve(plan).returncode == ConfigInvalid.exit_code
    (desk.folder / "config" / "approvers.yaml").unlink()
    said = desk.approve(plan)
    assert said.returncode == ConfigInvalid.exit_code
    assert "config/approvers.example.yaml" in said.stderr
    assert not desk.given()


@pytest.mark.parametrize(
    "command",
    ["no-such-program", "'", "", f"{sys.executable} -c \"print('{SECRET}'); raise SystemExit(1)\""],
)
def test_a_command_that_gives_no_passphrase_is_a_sentence(desk: Desk, command: str) -> None:
    """And what it printed is not repeated."""
    said = desk.approve(desk.plan(), "--passphrase-command", command)
    assert said.returncode == ConfigInvalid.exit_code, said.stderr
    assert SECRET not in said.stdout + said.stderr
    assert not desk.given()


def test_a_command_with_a_folder_of_several_words_is_understood_on_windows_too() -> None:
    """Windows parts a line itself; to POSIX's rules its backslashes would be lost."""
    line = r'"C:\Program Files\Kata\kata.exe" show assist/contoh'
    assert program_and_words(line, windows=True) == line
    words = program_and_words("'/opt/kata laluan/kata' show assist/contoh", windows=False)
    assert words == ["/opt/kata laluan/kata", "show", "assist/contoh"]


def test_the_passphrase_stands_nowhere(desk: Desk) -> None:
    """Not in what is said, not in any file but the supervisor's own."""
    (desk.folder / "wrong.py").write_text("print('canary betul kudas')")
    wrong = desk.approve(
        desk.plan(), "--passphrase-command", f"{sys.executable} {desk.folder / 'wrong.py'}"
    )
    assert wrong.returncode == NeedsApproval.exit_code
    assert "does not open this key" in wrong.stderr
    right = desk.approve(desk.plan())
    assert "canary" not in wrong.stdout + wrong.stderr + right.stdout + right.stderr
    kept = [*desk.place.iterdir(), desk.pem]
    assert not [file for file in kept if b"canary" in file.read_bytes()]


def test_without_a_terminal_no_passphrase_is_read(desk: Desk) -> None:
    """It would be echoed, or be something that was not meant for it."""
    typed = f"{EMPLOYER}\n40\n{SECRET}\n"
    said = desk.assist("approve", desk.plan(), "--key", desk.pem, typed=typed)
    assert said.returncode == NeedsApproval.exit_code
    assert "--passphrase-command" in said.stderr
    assert not desk.given()


@TERMINAL
def test_everything_typed_at_a_terminal(desk: Desk, at_terminal: Start) -> None:
    """The passphrase is not shown while it is typed."""
    plan = desk.plan()
    terminal = at_terminal("approve", plan, "--key", desk.pem)
    terminal.answer("type the employer code: ", EMPLOYER)
    terminal.answer("whose employment will end: ", "40")
    terminal.answer("The passphrase of your key: ", SECRET)
    assert terminal.end() == 0, terminal.seen
    assert SECRET not in terminal.seen
    assert desk.permit().approver == "Penyelia Contoh"


PROMPTS = [
    ("type the employer code: ", EMPLOYER),
    ("whose employment will end: ", "40"),
    ("The passphrase of your key: ", SECRET),
]


@TERMINAL
@pytest.mark.parametrize("at", range(len(PROMPTS)))
def test_ctrl_c_at_any_question_approves_nothing(desk: Desk, at_terminal: Start, at: int) -> None:
    """It ends at once, with the sentence that nothing was approved."""
    plan = desk.plan()
    terminal = at_terminal("approve", plan, "--key", desk.pem)
    for prompt, text in PROMPTS[:at]:
        terminal.answer(prompt, text)
    terminal.until(PROMPTS[at][0])
    terminal.ctrl_c()
    assert terminal.end() == 130, terminal.seen
    assert "Nothing was approved" in terminal.seen
    assert not desk.given()


@TERMINAL
def test_ctrl_c_while_the_command_looks_for_the_passphrase(desk: Desk) -> None:
    """The same."""
    began = desk.folder / "began"
    slow = desk.folder / "slow.py"
    slow.write_text(
        f"import pathlib, signal\npathlib.Path({str(began)!r}).touch()\nsignal.pause()\n"
    )
    how = ["--key", str(desk.pem), "--passphrase-command", f"{sys.executable} {slow}"]
    with subprocess.Popen(
        desk.words("approve", desk.plan(), *how),
        cwd=desk.folder,
        env=desk.env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        process.stdin.write(f"{EMPLOYER}\n40\n")
        process.stdin.flush()
        Retrying(
            retry=retry_if_result(lambda there: not there),
            stop=stop_after_delay(60),
            wait=wait_fixed(0.02),
        )(began.is_file)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert not desk.given()


@TERMINAL
def test_a_new_approver_can_approve(desk: Desk, at_terminal: Start) -> None:
    """The key is made under a passphrase typed twice; the printed lines are the configuration."""
    new = desk.folder / "baharu.pem"
    made = at_terminal("approver", "Puan Contoh", "--key", new)
    made.answer("characters): ", "canary satu dua")
    made.answer("Once more: ", "canary satu dua")
    assert made.end() == 0, made.seen
    assert "canary" not in made.seen
    lines = made.seen.replace("\r", "").split("approvers:")[1].split("Add these")[0]
    known = Approvers.model_validate(yaml.safe_load("approvers:" + lines))
    (puan,) = known.approvers
    assert (puan.name, puan.users) == ("Puan Contoh", (approval.log_in(),))
    assert new.stat().st_mode & 0o777 == 0o600
    (desk.folder / "config" / "approvers.yaml").write_text("approvers:" + lines)
    (desk.folder / "tell.py").write_text("print('canary satu dua')")
    desk.pem = new
    assert desk.approve(desk.plan()).returncode == 0
    assert desk.permit().approver == "Puan Contoh"


@TERMINAL
@pytest.mark.parametrize(
    ("first", "second", "words"),
    [("pendek", None, "too short"), ("canary satu dua", "canary satu tiga", "differ")],
)
def test_a_key_needs_a_good_passphrase_twice(
    desk: Desk, at_terminal: Start, first: str, second: str | None, words: str
) -> None:
    """Otherwise no key is made."""
    new = desk.folder / "baharu.pem"
    made = at_terminal("approver", "Puan Contoh", "--key", new)
    made.answer("characters): ", first)
    if second:
        made.answer("Once more: ", second)
    assert made.end() == ConfigInvalid.exit_code
    assert words in made.seen
    assert not new.exists()


def test_a_key_is_never_written_over(desk: Desk) -> None:
    """Nor made for a name that could not be shown."""
    before = desk.pem.read_bytes()
    how = ["--passphrase-command", desk.command]
    assert desk.assist("approver", "Lain", "--key", desk.pem, *how).returncode == 78
    assert desk.pem.read_bytes() == before
    for name in ("", " x", "a\nb", "x" * 61):
        said = desk.assist("approver", name, "--key", desk.folder / "new.pem", *how)
        assert said.returncode == 78, name
    assert not (desk.folder / "new.pem").exists()


def test_the_example_of_approvers_is_valid_once_it_is_filled_in(tmp_path: Path) -> None:
    """With the printed keys it is taken; as it lies there it approves nobody, and says where."""
    text = (ROOT / "config" / "approvers.example.yaml").read_text("utf-8")
    (tmp_path / "approvers.yaml").write_text(text, "utf-8")
    with pytest.raises(ConfigInvalid) as failed:
        settings.load(config=tmp_path).approvers()
    assert "approvers.0.public_key" in failed.value.words.en
    assert failed.value.where.startswith(f"{tmp_path / 'approvers.yaml'}:")
    filled = re.sub(r"PASTE\S+", lambda _: approval.public_text(approval.new_key()), text)
    (tmp_path / "approvers.yaml").write_text(filled, "utf-8")
    known = settings.load(config=tmp_path).approvers()
    assert known.hours == Approvers.model_fields["hours"].default
    assert len(known.approvers) == 2


KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="  # of the right form, and nobody's


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "approvers"),
        ("approvers: []", "approvers"),
        (f"approvers: [{{name: A, public_key: {KEY}}}]\nhours: 73", "hours"),
        (f"approvers: [{{name: A, public_key: {KEY}}}]\nhours: 0", "hours"),
        (f"approvers: [{{name: A, public_key: {KEY}}}]\nhours: '24'", "hours"),
        (f"approvers: [{{name: A, public_key: {KEY[:-2]}}}]", "public_key"),
        (f"approvers: [{{name: A, key: {KEY}}}]", "approvers.0.key"),
        (f"approvers: [{{name: A, public_key: {KEY}, users: boss}}]", "users"),
        (f"approvers: [{{name: ' A', public_key: {KEY}}}]", "name"),
        (f"approvers: [{{name: A, public_key: {KEY}}}, {{name: B, public_key: {KEY}}}]", "own"),
        ("approvers: [", "Not YAML"),
    ],
)
def test_a_wrong_list_of_approvers_names_its_key(tmp_path: Path, text: str, words: str) -> None:
    """No approver is guessed, and two who cannot be told apart are none."""
    (tmp_path / "approvers.yaml").write_text(text)
    with pytest.raises(ConfigInvalid) as failed:
        settings.load(config=tmp_path).approvers()
    assert words in failed.value.words.en


GUIDE = ROOT / "docs" / "approval.md"


@TERMINAL
def test_the_commands_of_the_guide_work_as_they_stand_there(desk: Desk, at_terminal: Start) -> None:
    """In their order: a key, the configuration, the approval."""
    (make,) = re.findall(r"^assist-rpa (approver .*)$", GUIDE.read_text("utf-8"), re.MULTILINE)
    made = at_terminal(*split(make))
    made.answer("characters): ", SECRET)
    made.answer("Once more: ", SECRET)
    assert made.end() == 0, made.seen
    (block,) = re.findall(r"```yaml\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    (public,) = re.findall(r"public_key: (\S+)", made.seen)
    (desk.folder / "config" / "approvers.yaml").write_text(
        re.sub(r"(?<=public_key: )\S+", public, block)
    )
    number = desk.plan().name[:12]
    commands = re.findall(r"^assist-rpa (approve .*)$", GUIDE.read_text("utf-8"), re.MULTILINE)
    assert commands
    for command in commands:
        said = at_terminal(*split(re.sub(r"[0-9a-f]{12}", number, command)))
        for prompt, text in PROMPTS:
            said.answer(prompt, text)
        assert said.end() == 0, said.seen
    assert desk.permit().approver in block


def split(command: str) -> list[str]:
    """A command of the guide as a shell reads it, without the remark behind it."""
    return [
        word.strip('"') for word in re.findall(r'"[^"]*"|\S+', command.split("  #", maxsplit=1)[0])
    ]


def test_every_refusal_of_the_guide_is_one_that_is_given() -> None:
    """In the words of the tool; and those that a run can give are all explained."""
    told = re.findall(r"^\| \*(.*?)\* \|", GUIDE.read_text("utf-8"), re.MULTILINE)
    given = [
        *(
            approval.NEVER,
            approval.OTHER_STATE,
            approval.EXPIRED,
            approval.FUTURE,
            approval.TOO_LONG,
        ),
        *(approval.CHANGED, approval.DAMAGED, approval.UNKNOWN, approval.OWN),
        *(approval.NOBODY_ASKED, approval.CHANGED_PLAN, approval.OTHER_PLAN),
        *(approval.SET_BACK, approval.NO_USERS, pins.NONE_PINNED, pins.OTHERS, pins.FORGED),
        pins.NOT_ANCHORED,
    ]
    assert sorted(told) == sorted(words.en.replace("{}", "…") for words in given)


def test_the_clock_of_an_approval_is_malaysias(desk: Desk) -> None:
    """Wherever the supervisor's computer believes it is."""
    said = desk.approve(desk.plan(), TZ="America/New_York")
    assert said.returncode == 0
    until = desk.permit().expires
    assert until.utcoffset() == timedelta(hours=8)
    assert abs(until - datetime.now(TIME_ZONE) - timedelta(hours=24)) < timedelta(minutes=5)
