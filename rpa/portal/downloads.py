"""Papers that the portal gives: fetched within bounds, known by their content, never trusted.

A paper that does not come, or is none, hinders nothing: it is told as a remark. What was filed
stays filed, and the number was read before the first paper is asked for.
"""

from __future__ import annotations

import shutil
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from playwright.sync_api import Error as PlaywrightError

from rpa.errors import NotWritten, RpaError, Words, keeping
from rpa.model.filing import Papers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Download, Locator

    from rpa.portal.tab import Portal

_MB = 1 << 20
# What a letter of the portal may be, by how its content begins.
KINDS = {b"%PDF-": ".pdf", b"\x89PNG\r\n\x1a\n": ".png", b"\xff\xd8\xff": ".jpg"}
HEAD = 16


class What(NamedTuple):
    """What is fetched, and the command that does it again later."""

    paper: Words = Words("surat", "letter")
    later: str = "assist-rpa follow"

    def none(self) -> Words:
        """The portal showed none."""
        return self._then(
            f"Portal tidak menunjukkan sebarang {self.paper.bm}.",
            f"The portal showed no {self.paper.en}.",
        )

    def lost(self, why: Words) -> Words:
        """One was not kept."""
        return self._then(
            f"Satu {self.paper.bm} daripada portal tidak disimpan: {why.bm}.",
            f"A {self.paper.en} from the portal was not kept: {why.en}.",
        )

    def _then(self, bm: str, en: str) -> Words:
        if not self.later:
            return Words(bm, en)
        return Words(
            f"{bm} `{self.later}` mengambilnya kemudian.", f"{en} `{self.later}` fetches it later."
        )


LETTER = What()
SLIP = What(Words("slip", "slip"), "assist-rpa review")
FORM = What(Words("borang yang dijana", "generated form"), "")

EMPTY = Words("ia kosong", "it is empty")
NO_PAPER = Words("ia bukan PDF, PNG atau JPEG", "it is no PDF, PNG or JPEG")
NOT_COME = Words("ia tidak sampai", "it did not come")
UNWRITTEN = Words("ia tidak dapat ditulis", "it could not be written")


def fetch(
    portal: Portal, links: Locator, key: str, place: Callable[[str], Path], what: What = LETTER
) -> Papers:
    """Every paper behind these links that is one; each goes to ``place(file name)``."""
    saved: list[Path] = []
    remarks: list[Words] = []
    unwritten: NotWritten | None = None
    try:
        with portal.doing(key):
            found = links.all()
        for link in found[: portal.settings.limits.letters]:
            path, why = _one(portal, link.click, key, place)
            saved += [path] if path else []
            remarks += [what.lost(why)] if why else []
        if len(found) > portal.settings.limits.letters:
            remarks.append(what.lost(_many(portal)))
        if not found:
            remarks.append(what.none())
    except NotWritten as error:
        remarks.append(what.lost(UNWRITTEN))
        unwritten = error
    except RpaError:
        # The screen is another one now: whatever else it would have given is fetched later.
        remarks.append(what.lost(NOT_COME))
    return Papers(tuple(saved), tuple(dict.fromkeys(remarks)), unwritten)


def _one(
    portal: Portal, press: Callable[[], None], key: str, place: Callable[[str], Path]
) -> tuple[Path | None, Words | None]:
    """Where one paper is kept now, or why it is not."""
    with portal.doing(key), _Bounded(portal) as bounded:
        came = bounded.file(portal.download(press, key))
    if bounded.stopped or came is None:
        return None, bounded.stopped or NOT_COME
    size = came.stat().st_size
    if not size or size > portal.settings.limits.letter_mb * _MB:
        return None, _large(portal) if size else EMPTY
    kind = kind_of(came)
    if kind is None:
        return None, NO_PAPER
    path = place(f"{_stem(bounded.name)}{kind}")
    # Copied here and not by the driver, whose errors do not tell a full disk from a lost file.
    with keeping(path):
        shutil.copyfile(came, path)
        path.chmod(0o600)
    return path, None


def kind_of(path: Path) -> str | None:
    """The ending that fits the content; None for what is no letter, whatever it is called."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    return next((end for start, end in KINDS.items() if head.startswith(start)), None)


def _stem(name: str) -> str:
    """Without its ending: that is given by the content."""
    stem, dot, _ = name.rpartition(".")
    return stem if dot else name


class _Bounded:
    """Around a download: stops it once it is larger, or takes longer, than the settings allow."""

    def __init__(self, portal: Portal) -> None:
        self.portal = portal
        self.name = ""
        self.stopped: Words | None = None
        self._coming: Download | None = None

    def __enter__(self) -> Self:
        limits, tab = self.portal.settings.limits, self.portal.tab
        self._most = limits.letter_mb * _MB
        # Before the browser would be ended as one that hangs.
        patience = min(limits.letter_s, self.portal.settings.timeouts.hung_s / 2)
        self._until = time.monotonic() + patience
        # Only this protocol tells how far a download has come.
        self._told = tab.context.new_cdp_session(tab)
        self._told.send("Page.enable")
        self._told.on("Page.downloadProgress", self._progress)
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(PlaywrightError):  # the browser may be gone
            self._told.detach()

    def file(self, coming: Download) -> Path | None:
        """The whole file; None when it was stopped or did not come."""
        self._coming, self.name = coming, coming.suggested_filename
        if self.stopped:
            coming.cancel()
        return None if coming.failure() else coming.path()

    def _progress(self, told: dict[str, Any]) -> None:
        size = max(told.get("receivedBytes", 0), told.get("totalBytes", 0))
        if size > self._most:
            self.stopped = _large(self.portal)
        elif time.monotonic() > self._until:
            self.stopped = NOT_COME
        if self.stopped and self._coming:
            self._coming.cancel()


def _large(portal: Portal) -> Words:
    most = portal.settings.limits.letter_mb
    return Words(f"ia lebih besar daripada {most} MB", f"it is larger than {most} MB")


def _many(portal: Portal) -> Words:
    most = portal.settings.limits.letters
    return Words(f"ada lebih daripada {most}", f"there are more than {most}")


def together(all_of_them: Iterator[Papers]) -> Papers:
    """Those of several screens."""
    saved: tuple[Path, ...] = ()
    remarks: tuple[Words, ...] = ()
    unwritten: NotWritten | None = None
    for papers in all_of_them:
        saved, remarks = saved + papers.saved, remarks + papers.remarks
        unwritten = unwritten or papers.unwritten
    return Papers(saved, tuple(dict.fromkeys(remarks)), unwritten)
