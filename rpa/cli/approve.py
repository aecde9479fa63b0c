"""`assist-rpa approve`, `approver` and `approvers`: the second person's commands."""

from __future__ import annotations

import getpass
import os
import re
import shlex
import signal
import subprocess
import sys
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from pydantic import ValidationError

from rpa import settings
from rpa.cli import aim, answer, console, proposal
from rpa.engine import approval, pins, whom
from rpa.engine.approval import Approvals, NotApproved, Proposal
from rpa.errors import ConfigInvalid, Stopped, Words
from rpa.evidence.files import write_private
from rpa.evidence.wording import shown
from rpa.ledger.ledger import Ledger
from rpa.reading import Unreadable, contents, reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rpa.settings import Settings

MOST_KEY_BYTES = 64 * 1024
NUMBER = re.compile(r"[0-9a-f]{4,64}")
PATIENCE_S = 60  # for the command that prints a passphrase
HOUR_S = 3600


def waits(config: Path | None) -> int:
    """The plans that wait for a second person."""
    known = settings.load(config=config)
    found = approval.waiting(known.approvals)
    answer.tell(tuple(found))
    if not found:
        console.out.print(console.say(NONE_WAITS), markup=False)
        return 0
    console.out.print(proposal.waiting(found, known))
    console.err.print(console.say(TO_APPROVE), markup=False)
    return 0


def approve(
    plan: str,
    key: Path | None,
    hours: int | None,
    passphrase_command: str | None,
    config: Path | None,
) -> int:
    """Show the plan, have the decisive words typed, sign. Anything else: nothing is approved."""
    known = settings.load(config=config)
    place = _place(known, plan)
    if key is None:
        raise ConfigInvalid(NO_KEY, where="assist-rpa approve --key")
    approvals = Approvals.of(known, place.parent)
    lasts = _hours(hours, approvals)
    asked, pem = Proposal.read(place), _pem(key)
    until = known.now() + timedelta(hours=lasts)
    with _ctrl_c_means(NOTHING_APPROVED):
        proposal.show(asked, beside(known, approvals, asked), until)
        for what, right in proposal.to_type(asked):
            _typed(what, right, place)
        opened = approval.opened_key(pem, _passphrase(passphrase_command, PASSPHRASE), key)
        with _undisturbed():
            permit = approvals.sign(place, opened, lasts)
            told = console.say(APPROVED).format(permit.approver, shown(permit.expires))
            console.out.print(told, markup=False)
            console.out.print(f"{console.say(APPROVAL)} {permit.file}", markup=False)
    console.err.print(console.say(RUN_AGAIN))
    return 0


def beside(known: Settings, approvals: Approvals, asked: Proposal) -> proposal.Beside:
    """What stands beside a plan on this computer: who asked, of whom it is, what it was before."""
    run = whom.folder_of(known.runs, asked.hash)
    people = whom.kept(run) if run else None
    return proposal.Beside(
        employer=aim.named(known, asked.employer),
        askers=approvals.askers(asked.hash),
        run=run,
        whom=people,
        changed=whom.changed(approvals, known.runs, asked, people),
        today=known.today(),
    )


def approver(name: str, key: Path, passphrase_command: str | None) -> int:
    """Make a key pair: the private key into a file, the public one for the configuration."""
    with reading(lambda _: ConfigInvalid(NO_PLACE, where=str(key))):
        taken = key.exists()
    if taken:
        raise ConfigInvalid(KEY_EXISTS, where=str(key))
    private = approval.new_key()
    entry = {"name": name, "public_key": approval.public_text(private)}
    try:
        settings.Approver.model_validate(entry)
    except ValidationError:
        raise ConfigInvalid(NOT_A_NAME) from None
    with _ctrl_c_means(NO_KEY_MADE):
        passphrase = _new_passphrase(passphrase_command)
        with _undisturbed():
            write_private(key, approval.sealed_key(private, passphrase))
            told = {"approvers": [{**entry, "users": [approval.log_in()]}]}
            lines = yaml.safe_dump(told, allow_unicode=True, sort_keys=False)
            console.out.print(lines, markup=False, end="")
    console.err.print(console.say(ADD_LINES))
    return 0


def approvers(pin: Path | None, passphrase_command: str | None, config: Path | None) -> int:
    """Who may approve, and whether the ledger knows them so; with a key: let it know them so."""
    known = settings.load(config=config)
    named = known.approvers()
    _show(named)
    with Ledger.open(known.ledger) as ledger:
        if pin:
            pem = _pem(pin)
            with _ctrl_c_means(NOTHING_PINNED):
                key = approval.opened_key(pem, _passphrase(passphrase_command, PASSPHRASE), pin)
                with _undisturbed():
                    pins.pin(ledger, named, key, approval.log_in())
        pins.require(ledger, named)
        laid = pins.anchored(pins.pinned(ledger))
    console.out.print(console.say(ANCHORED if laid else PINNED), markup=False)
    console.err.print(f"{console.say(aim.LEDGER)} {known.ledger}", markup=False)
    return 0


def _show(named: settings.Approvers) -> None:
    """Names, log-ins and keys, and the one number that stands for all of it."""
    for one in named.approvers:
        console.out.print(f"{one.name}  [{', '.join(one.users)}]  {one.public_key}", markup=False)
    told = console.say(FINGERPRINT).format(named.hours)
    console.out.print(f"{told} {pins.fingerprint(named)}", markup=False)


def _place(known: Settings, plan: str) -> Path:
    """The plan's file: as it is named, or the one whose number begins so. Raises NotApproved."""
    named = Path(plan)
    with reading(lambda _: NotApproved(approval.NO_PLAN, where=plan)):  # no name for a disk
        if named.is_file():
            return named
    found = list(known.approvals.glob(f"{plan}*.plan.json")) if NUMBER.fullmatch(plan) else []
    if len(found) != 1:
        raise NotApproved(SEVERAL if found else approval.NO_PLAN, where=plan)
    return found[0]


def _hours(wish: int | None, approvals: Approvals) -> int:
    """How long it shall hold. Raises ConfigInvalid for more than the office allows."""
    most = int(approvals.longest.total_seconds()) // HOUR_S
    if wish is not None and not 1 <= wish <= most:
        raise ConfigInvalid(
            Words(
                f"--hours ialah 1 hingga {most} (hours dalam config/approvers.yaml).",
                f"--hours is 1 to {most} (hours in config/approvers.yaml).",
            )
        )
    return wish or most


def _pem(key: Path) -> bytes:
    """The private key's file. Raises ConfigInvalid."""
    try:
        return contents(key, MOST_KEY_BYTES)
    except Unreadable:
        raise ConfigInvalid(
            Words("Fail kunci tidak dapat dibaca.", "The key's file cannot be read."),
            where=str(key),
        ) from None


def _typed(what: Words, right: str, place: Path) -> None:
    """Have one decisive thing typed: who types it has read it. Raises NotApproved."""
    console.err.print(f"{console.say(what)}: ", end="", markup=False)
    try:
        answer = input().strip()
    except (EOFError, UnicodeDecodeError):
        answer = ""
    if answer != right:
        raise NotApproved(NOT_AS_IN_PLAN, where=place.name)


def _new_passphrase(command: str | None) -> bytes:
    """Asked for twice; from a command once."""
    passphrase = _passphrase(command, NEW_PASSPHRASE)
    if len(passphrase) < approval.SHORTEST_PASSPHRASE:
        raise ConfigInvalid(SHORT_PASSPHRASE)
    if command is None and passphrase != _passphrase(None, AGAIN):
        raise ConfigInvalid(NOT_THE_SAME)
    return passphrase


def _passphrase(command: str | None, prompt: Words) -> bytes:
    """Typed unseen at a terminal, or printed by a command; never kept and never shown."""
    if command is not None:
        return _printed(command)
    if not sys.stdin.isatty():
        # Without a terminal getpass would show what is typed, or read what was not meant for it.
        raise NotApproved(NO_TERMINAL)
    try:
        typed = getpass.getpass(f"{console.say(prompt)}: ", stream=sys.stderr)
    except EOFError:
        typed = ""
    return typed.encode("utf-8", errors="surrogateescape")


def program_and_words(command: str, *, windows: bool) -> list[str] | str:
    """A line as the system takes it: Windows parts it by its own rules, quotes and all."""
    return command if windows else shlex.split(command)


def _printed(command: str) -> bytes:
    try:
        words = program_and_words(command, windows=os.name == "nt")
        done = subprocess.run(words, capture_output=True, timeout=PATIENCE_S, check=True)  # noqa: S603  the supervisor's own command
    except (OSError, ValueError, IndexError, subprocess.SubprocessError):
        # What it printed may hold the secret, so it is not shown.
        raise ConfigInvalid(NO_PASSPHRASE, where="--passphrase-command") from None
    return done.stdout.rstrip(b"\r\n")


@contextmanager
def _ctrl_c_means(words: Words) -> Iterator[None]:
    """Ctrl-C ends it with these words, also where whoever started us had it ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    except KeyboardInterrupt:
        raise Stopped(words) from None
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Ctrl-C comes before the file is written, and nothing is approved, or not at all."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


FINGERPRINT = Words("hours: {}; cap jari:", "hours: {}; fingerprint:")
PINNED = Words(
    "Pelulus ini disematkan dalam lejar ini.", "These approvers are pinned in this ledger."
)
ANCHORED = Words(
    f"Pelulus ini disematkan dalam lejar ini, dan pentadbir menetapkannya ({pins.ANCHOR}).",
    f"These approvers are pinned in this ledger, and the administrator holds it to them "
    f"({pins.ANCHOR}).",
)
NONE_WAITS = Words("Tiada pelan yang menunggu.", "No plan waits.")
TO_APPROVE = Words(
    "Baca dan luluskan satu: assist-rpa approve NOMBOR --key KUNCI",
    "Read one and approve it: assist-rpa approve NUMBER --key KEY",
)
NO_KEY = Words(
    "Nyatakan fail kunci peribadi anda dengan --key.", "Name your private key's file with --key."
)
NOTHING_PINNED = Words("Tiada apa-apa disematkan.", "Nothing was pinned.")
PASSPHRASE = Words("Frasa laluan kunci anda", "The passphrase of your key")
NEW_PASSPHRASE = Words(
    f"Frasa laluan baharu (sekurang-kurangnya {approval.SHORTEST_PASSPHRASE} aksara)",
    f"A new passphrase (at least {approval.SHORTEST_PASSPHRASE} characters)",
)
AGAIN = Words("Sekali lagi", "Once more")
APPROVED = Words("diluluskan oleh {} hingga {}", "approved by {} until {}")
APPROVAL = Words("kelulusan:", "approval:")
RUN_AGAIN = Words(
    "Belum dihantar. Orang yang memintanya kini menjalankan arahan yang sama sekali lagi.",
    "Nothing is sent yet. Whoever asked for it now gives the same command again.",
)
ADD_LINES = Words(
    "Tambah baris ini pada config/approvers.yaml. Simpan fail kunci itu sendiri; jangan beri "
    "kepada sesiapa. 'users' ialah log masuk orang ini di komputer. Kemudian, bersama orang yang "
    "menjalankan kerja: assist-rpa approvers --pin KUNCI.",
    "Add these lines to config/approvers.yaml. Keep the key's file to yourself. "
    "'users' are this person's log-ins on the computers here. Then, together with whoever runs the "
    "jobs: assist-rpa approvers --pin KEY.",
)
NOTHING_APPROVED = Words("Tiada apa-apa diluluskan.", "Nothing was approved.")
NO_KEY_MADE = Words("Tiada kunci dibuat.", "No key was made.")
NOT_AS_IN_PLAN = Words(
    "Yang ditaip tidak sama dengan pelan. Tiada apa-apa diluluskan.",
    "What was typed is not as the plan has it. Nothing was approved.",
)
SEVERAL = Words(
    "Beberapa pelan bermula dengan nombor itu; taip lebih banyak digit.",
    "Several plans begin with that number; give more of its digits.",
)
NO_TERMINAL = Words(
    "Frasa laluan hanya boleh ditaip di terminal; jika tiada, guna --passphrase-command.",
    "A passphrase is typed at a terminal only; without one use --passphrase-command.",
)
NO_PASSPHRASE = Words(
    "Arahan itu tidak memberi frasa laluan.", "That command did not give a passphrase."
)
SHORT_PASSPHRASE = Words(
    f"Frasa laluan terlalu pendek: sekurang-kurangnya {approval.SHORTEST_PASSPHRASE} aksara.",
    f"The passphrase is too short: at least {approval.SHORTEST_PASSPHRASE} characters.",
)
NOT_THE_SAME = Words(
    "Kedua-dua frasa laluan tidak sama. Tiada kunci dibuat.",
    "The two passphrases differ. No key was made.",
)
NOT_A_NAME = Words(
    "Nama ialah satu baris, 1 hingga 60 aksara, tanpa ruang di hujung.",
    "A name is one line of 1 to 60 characters, without blanks around it.",
)
NO_PLACE = Words("Fail tidak boleh ditulis di situ.", "No file can be written there.")
KEY_EXISTS = Words(
    "Sudah ada fail di situ; kunci tidak pernah ditulis ganti.",
    "There is a file already; a key is never written over.",
)
