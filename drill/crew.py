"""The slots of a drill: as many cases at a time as there are slots, one thread each."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


@dataclass
class Crew:
    """Some `drill.slot` processes, and what is asked of them."""

    size: int
    stop: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Self:
        words = [sys.executable, "-m", "drill.slot"]
        pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        self._slots = [subprocess.Popen(words, **pipes) for _ in range(self.size)]  # noqa: S603 - ourselves
        return self

    def __exit__(self, *_: object) -> None:
        for slot in self._slots:
            if slot.stdin:
                slot.stdin.close()
        for slot in self._slots:
            slot.wait()

    def all(self, asked: Iterable[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], Any]]:
        """Each question with its answer, as they come; ``asked`` is read as slots become free."""
        source, lock = iter(asked), threading.Lock()
        answers: queue.SimpleQueue[Any] = queue.SimpleQueue()
        for slot in self._slots:
            work = (slot, source, lock, answers.put)
            threading.Thread(target=self._work, args=work, daemon=True).start()
        for _ in self._slots:
            while (found := answers.get()) is not None:
                yield found

    def _work(
        self,
        slot: subprocess.Popen[str],
        source: Iterator[dict[str, Any]],
        lock: threading.Lock,
        give: Callable[[Any], None],
    ) -> None:
        while not self.stop.is_set():
            with lock:
                question = next(source, None)
            if question is None:
                break
            answer = _ask(slot, question)
            give((question, answer))
            if answer is None:
                break  # this slot is gone; the others go on
        give(None)


def _ask(slot: subprocess.Popen[str], question: dict[str, Any]) -> Any:
    if slot.stdin is None or slot.stdout is None or slot.poll() is not None:
        return None
    slot.stdin.write(f"{json.dumps(question)}\n")
    slot.stdin.flush()
    answer = slot.stdout.readline()
    return json.loads(answer) if answer else None
