"""The named crash points: every boundary that a filing crosses, reached without a hook in rpa.

`lay` wraps functions of the product in this process and in no other; what is wrapped does what it
did before. Each passing of a boundary is told to a `Trap`, which writes it down or, at the passing
that is wanted, kills: the process alone, or with it its browser, as when the machine dies.

A passing is named ``point (detail)``, such as ``before step (documents)``, and counted from 1.
"""

from __future__ import annotations

import functools
import json
import os
import signal
import sys
import tempfile
import threading
import urllib.request
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import psutil

from rpa import flows
from rpa.engine.journal import AttemptJournal
from rpa.engine.session import Session
from rpa.engine.settle import Settler
from rpa.evidence import files
from rpa.evidence.folder import RunFolder
from rpa.ledger import lease
from rpa.ledger.ledger import Ledger
from rpa.ledger.store import Store
from rpa.portal.press import SinglePress
from rpa.portal.tab import Portal
from rpa.procedure.steps import Steps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from playwright.sync_api import Route

MARK = "DRILL_MARK"  # in the environment of a run and of all that it starts
CONTROL = "DRILL_CONTROL"  # the practice portal's control port
RECEIVED = "pressed, no answer yet"
TORN_EVIDENCE, TORN_FILE = "a line of evidence half written", "a file half written"

POINTS = {
    "before lease": "The lease on the portal ID is about to be taken.",
    "lease taken": "It is ours; nothing was done with it.",
    "before sign-in": "A browser is there, nobody is signed in.",
    "signed in": "The portal's first screen is open.",
    "before survey": "The guards' count at the portal begins.",
    "after survey": "It is done.",
    "before look": "Nobody has asked yet whether the portal has these rows.",
    "after look": "The portal's answer is known.",
    "before step": "A step of the guide begins.",
    "after step": "It is done.",
    "draft announced": "The press that makes the portal keep a draft comes next.",
    "draft unnamed": "The draft stands there; its number is not noted.",
    "draft noted": "Its number is in the ledger.",
    "before download": "A link to a file is about to be pressed.",
    "during download": "The file is coming; it is not in the run folder.",
    "before comparison": "The review has been read.",
    "after comparison": "It shows what the job declares.",
    "before intent": "All is prepared; the intent is not written.",
    "after intent": "The intent is on disk; nothing was pressed.",
    "before press": "HANTAR is next.",
    "press leaves": "The POST is about to go out.",
    RECEIVED: "The portal has the POST; no byte of an answer has come.",
    "answered": "The answer is here; the page does not know it.",
    "after press": "The result page is open; the ledger says intended.",
    "before record": "The receipt is complete and not in the ledger.",
    "after record": "The ledger says filed.",
    "before settling": "The portal's record is about to be read after an unknown ending.",
    "after settling read": "It was read and tells of a case that was sent.",
    "before withdrawing": "A draft of ours is about to be removed.",
    "after withdrawing": "It is removed; the ledger does not know.",
    "before transaction": "The ledger is about to write.",
    "inside transaction": "Everything is written; COMMIT is next.",
    "after COMMIT": "The transaction is on disk; nobody has gone on.",
    "before picture": "A picture of the screen is about to be taken.",
    "before evidence": "A file is about to be sealed into the chain.",
    TORN_EVIDENCE: "Half of a line of the chain is on disk.",
    "after evidence": "The file is sealed.",
    TORN_FILE: "Half of workbook or report stands beside its place.",
    "before swap": "The new file is whole; the old one is still in its place.",
    "after swap": "The new file is in its place.",
}


@dataclass
class Wanted:
    """Where to die: the ``n``-th passing of ``key``, alone or with all that bears the mark.

    With ``stop`` it is frozen there instead (SIGSTOP), as a suspended laptop is, and may wake up.
    With ``harm`` the run does not die but goes on, and one of its processes is harmed: what and
    which signal, such as ``browser KILL`` or ``driver STOP`` (`HARMED`).
    """

    key: str
    n: int = 1
    machine: bool = False
    stop: bool = False
    harm: str = ""

    @property
    def signal(self) -> signal.Signals:
        """What it gets: no handler, no ``finally``, no flush."""
        return signal.SIGSTOP if self.stop else signal.SIGKILL


@dataclass
class Trap:
    """Told of every passing; kills at the one that is wanted. ``log`` gets a line a passing."""

    wanted: Wanted | None = None
    log: Path | None = None
    passed: dict[str, int] = field(default_factory=dict)

    def __call__(self, point: str, detail: str = "") -> None:
        """A boundary is passed."""
        if self.due(point, detail):
            self.kill()

    def due(self, point: str, detail: str = "") -> bool:
        """Whether this passing is the one that is wanted; it is counted and written down."""
        if point not in POINTS:
            raise KeyError(point)
        keys = {point, named(point, detail)}
        for key in keys:
            self.passed[key] = self.passed.get(key, 0) + 1
        if self.log and self.wanted is None:
            _write(self.log, named(point, detail))
        here = self.wanted is not None and self.wanted.key in keys
        due = here and self.wanted is not None and self.passed[self.wanted.key] == self.wanted.n
        if due and self.log:
            _write(self.log, named(point, detail))
        return due

    def is_wanted(self, point: str) -> bool:
        """Whether this point is the wanted one, at whatever passing."""
        return self.wanted is not None and self.wanted.key == point

    def kill(self) -> None:
        """Kill or freeze, itself last; or the harm that is wanted instead."""
        wanted = self.wanted or Wanted("")
        if wanted.harm:
            harm(wanted.harm)
            return
        if wanted.machine:
            for one in bearing(os.environ.get(MARK, "")):
                if one.pid != os.getpid():
                    send(one, wanted.signal)
        os.kill(os.getpid(), wanted.signal)


def point_of(key: str) -> str:
    """The point of a passing."""
    return key.partition(" (")[0]


def named(point: str, detail: str = "") -> str:
    """A passing's full name."""
    return f"{point} ({detail})" if detail else point


def _write(log: Path, line: str) -> None:
    with log.open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")


def bearing(mark: str) -> list[psutil.Process]:
    """The processes with this mark in their environment, and theirs: driver, browser, its parts.

    Chromium's own children write over their environment; they are found by whose they are.
    """
    found: dict[psutil.Process, None] = {}
    for one in psutil.process_iter() if mark else ():
        with suppress(psutil.Error):
            if one not in found and one.environ().get(MARK) == mark:
                found |= dict.fromkeys([one, *one.children(recursive=True)])
    return list(found)


def send(one: psutil.Process, how: signal.Signals) -> None:
    """A signal, to whoever is still there."""
    with suppress(psutil.NoSuchProcess):
        one.send_signal(how)


# What a process of a run is, by its command line.
HARMED: dict[str, Callable[[str], bool]] = {
    "browser": lambda line: "--remote-debugging-pipe" in line and "--type=" not in line,
    "renderer": lambda line: "--type=renderer" in line,
    "driver": lambda line: "run-driver" in line,
}


def harm(words: str) -> None:
    """Send a signal to what is named: ``browser KILL``; ``command TERM`` is this very process."""
    who, name = words.split()
    number = signal.Signals[f"SIG{name}"]
    if who == "command":
        os.kill(os.getpid(), number)
        return
    found = [one for one in bearing(os.environ.get(MARK, "")) if HARMED[who](_line(one))]
    if not found:
        raise LookupError(f"no {who} is running")
    for one in found:
        one.send_signal(number)


def _line(one: psutil.Process) -> str:
    with suppress(psutil.Error):
        return " ".join(one.cmdline())
    return ""


# --- the wrapping --------------------------------------------------------------------------------


def lay(trap: Trap) -> None:
    """Wrap the product's boundaries in this process."""
    _around(Session, "_sign_in", trap, "before sign-in", "signed in")
    _around(Steps, "saving", trap, "", "draft announced")
    _around(Steps, "draft", trap, "draft unnamed", "draft noted")
    _around(Steps, "same", trap, "before comparison", "after comparison")
    _around(AttemptJournal, "intend", trap, "before intent", "after intent")
    _around(Ledger, "filed", trap, "before record", "after record")
    _around(Portal, "download", trap, "before download", "during download")
    _around(Portal, "picture", trap, "before picture", "")
    _around(Settler, "_look", trap, "before settling", "after settling read")
    _around(files, "_take_place", trap, "before swap", "after swap", _target)
    _around(lease, "acquire", trap, "before lease", "lease taken")
    for name in flows.names():
        flow = flows.load(name)
        _around(flow, "find", trap, "before look", "after look")
        _around(flow, "withdraw", trap, "before withdrawing", "after withdrawing")
        if hasattr(flow, "survey"):
            _around(flow, "survey", trap, "before survey", "after survey")
    _lay_steps(trap)
    _lay_press(trap)
    _lay_transactions(trap)
    _lay_torn_files(trap)


def _nothing(*_: Any) -> str:
    return ""


def _target(*args: Any) -> str:
    return "report" if args[1].suffix == ".html" else "workbook"


def _around(  # noqa: PLR0913, PLR0917 - what stands where, in its order
    owner: Any,
    name: str,
    trap: Trap,
    before: str,
    after: str,
    detail: Callable[..., str] = _nothing,
) -> None:
    """Tell the trap before and after a function; an empty word tells nothing."""
    original = getattr(owner, name)

    @functools.wraps(original)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        if before:
            trap(before, detail(*args))
        given = original(*args, **kwargs)
        if after:
            trap(after, detail(*args))
        return given

    setattr(owner, name, wrapped)


def _lay_steps(trap: Trap) -> None:
    step, commit = Steps.__call__, Steps.commit

    @contextmanager
    def stepped(self: Steps, what: str, *, row: Any = None) -> Iterator[None]:
        trap("before step", what)
        with step(self, what, row=row):
            yield
        trap("after step", what)

    @contextmanager
    def committed(self: Steps, what: str) -> Iterator[None]:
        with commit(self, what):
            trap("before press")
            yield
        trap("after press")

    Steps.__call__ = stepped  # type: ignore[method-assign]
    Steps.commit = committed  # type: ignore[method-assign]


class Pressed:
    """A route as `Portal` sends it on, watched: the request leaves, is there, is answered."""

    def __init__(self, route: Route, trap: Trap) -> None:
        self._route, self._trap = route, trap

    def __getattr__(self, name: str) -> Any:
        return getattr(self._route, name)

    def fetch(self, **how: Any) -> Any:
        """The POST."""
        self._trap("press leaves")
        if self._trap.is_wanted(RECEIVED):
            threading.Thread(
                target=_die_when_received, args=(self._trap, _posts()), daemon=True
            ).start()
        else:
            self._trap(RECEIVED)
        answer = self._route.fetch(**how)
        self._trap("answered")
        return answer


def _posts() -> int:
    """How many POSTs the practice portal has received."""
    address = f"{os.environ[CONTROL]}/received"
    with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 - loopback only
        return len(json.load(answer))


def _die_when_received(trap: Trap, before: int) -> None:
    while _posts() == before:
        pass
    trap(RECEIVED)


def _lay_press(trap: Trap) -> None:
    send = SinglePress._send  # noqa: SLF001 - the one place the press leaves by

    def sent(self: SinglePress, route: Any) -> None:
        send(self, Pressed(route, trap))  # type: ignore[arg-type]

    SinglePress._send = sent  # type: ignore[method-assign]  # noqa: SLF001


def _lay_transactions(trap: Trap) -> None:
    writing = Store.writing

    @contextmanager
    def written(self: Store) -> Iterator[Any]:
        who = _asker()
        trap("before transaction", who)
        with writing(self) as conn:
            yield conn
            trap("inside transaction", who)
        trap("after COMMIT", who)

    Store.writing = written  # type: ignore[method-assign]


def _asker() -> str:
    """Which of the ledger's methods writes."""
    frame = sys._getframe(2)  # noqa: SLF001 - the names of its methods stand nowhere else
    while frame.f_back is not None:
        name, place = frame.f_code.co_name, frame.f_globals.get("__name__", "")
        if place in {Ledger.__module__, lease.__name__} and name not in {"_writing", "_changing"}:
            return name.strip("_")
        frame = frame.f_back
    return ""


def _lay_torn_files(trap: Trap) -> None:
    append, beside = RunFolder._append, files._written_beside  # noqa: SLF001 - what writes

    def appended(self: RunFolder, entry: Any) -> None:
        trap("before evidence")
        if trap.due(TORN_EVIDENCE):
            _tear((self.path / files_chain()).open("ab"), json.dumps({"n": entry.n}).encode())
            trap.kill()
        append(self, entry)
        trap("after evidence")

    def written(target: Path, content: bytes) -> Path:
        if trap.due(TORN_FILE, _target(None, target)):
            handle, _ = tempfile.mkstemp(prefix=".assist-", suffix=".tmp", dir=target.parent)
            _tear(os.fdopen(handle, "wb"), content)
            trap.kill()
        return beside(target, content)

    RunFolder._append = appended  # type: ignore[method-assign]  # noqa: SLF001
    files._written_beside = written  # noqa: SLF001


def files_chain() -> str:
    """The chain's file name."""
    from rpa.evidence.verifier import CHAIN_FILE  # noqa: PLC0415 - one constant

    return CHAIN_FILE


def _tear(file: Any, content: bytes) -> None:
    with file:
        file.write(content[: len(content) // 2])


# --- what a negative control takes away ----------------------------------------------------------


def _without_intent() -> None:
    """The intent is written when the answer is there, as a naive tool would."""
    intend, filed = AttemptJournal.intend, Ledger.filed
    held: dict[str, tuple[AttemptJournal, Sequence[Any]]] = {}

    def later(self: AttemptJournal, rows: Sequence[Any]) -> None:
        held[self.filing_id] = (self, list(rows))

    def both(self: Ledger, filing_id: str, *args: Any, **kwargs: Any) -> None:
        if filing_id in held:
            note, rows = held.pop(filing_id)
            intend(note, rows)
        filed(self, filing_id, *args, **kwargs)

    AttemptJournal.intend = later  # type: ignore[method-assign]
    Ledger.filed = both  # type: ignore[method-assign]


def _without_look() -> None:
    """Nobody asks the portal, neither before a filing nor after an unknown ending."""
    from rpa.engine.drafts import Drafts  # noqa: PLC0415 - for this alone
    from rpa.engine.settle import NotFiled  # noqa: PLC0415 - for this alone

    def never(self: Settler, reference: str, *, may_start_over: bool) -> Any:
        del self, reference, may_start_over
        raise NotFiled

    for name in flows.names():
        flow: Any = flows.load(name)
        flow.find = lambda *_: {}
    Drafts._waiting = lambda *_: {}  # type: ignore[method-assign]  # noqa: SLF001 - it looks
    Settler.ending = never  # type: ignore[method-assign]


def _without_lease() -> None:
    """Whoever asks has the portal ID, and nothing ever says that he lost it."""
    held: Any = lease.Lease
    taking: Any = lease
    taking._is_orphaned = lambda _: True  # noqa: SLF001 - what lets a run take it
    held.guard = lambda *_: None
    held.check = lambda *_: None
    held.held = lambda _: True


WITHOUT: dict[str, Callable[[], None]] = {
    "intent": _without_intent,
    "look": _without_look,
    "lease": _without_lease,
}
