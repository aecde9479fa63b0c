"""Signs of trouble: what the portal shows or answers that is no verdict on anybody's data.

An error strip carries both: *this number exists already* and *your request failed*. The first is a
refusal, to be mended by the operator; the second passes, or is unknown. Two witnesses tell them
apart: the words, of which those of trouble are listed here in both languages, and the wire, where
an answer that never came, a server's error or the log-in page is no verdict whatever the strip
says. Sources: facts 1, 2.5; words without one are assumed.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from rpa.errors import Words

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Request, Response
    from playwright.sync_api import Page as Tab

    from rpa.portal.origins import Origins


class Trouble(Enum):
    """Kinds of trouble, each with how it is told."""

    MAINTENANCE = Words("Portal sedang diselenggara.", "The portal is under maintenance.")
    SERVER = Words("Pelayan portal mengalami ralat.", "The portal's server had an error.")
    NO_ANSWER = Words(
        "Portal tidak menjawab satu permintaan.", "The portal did not answer a request."
    )
    BUSY = Words(
        "Portal menolak satu permintaan buat masa ini.", "The portal turned a request away for now."
    )
    FAILED = Words(
        "Portal menyatakan satu permintaan gagal.", "The portal says that a request failed."
    )
    SESSION = Words("Sesi portal telah tamat.", "The portal's session ended.")
    TOKEN = Words(
        "Portal menolak satu tekanan: tokennya sudah digunakan, atau ID portal ini tidak boleh.",
        "The portal denied a press: its one-time token was used up, or this portal ID may not.",
    )


_SESSION_EN = (
    r"(?:log[\s-]?in\s+)?session(?:\s+\w+){0,3}\s+(?:expired|ended|timed?[\s-]?out|invalid)"
)
_SESSION_BM = r"sesi(?:\s+\w+){0,4}\s+(?:tamat|luput|tidak\s+sah)"
_SAID = {
    Trouble.SESSION: rf"{_SESSION_EN}|{_SESSION_BM}|log\s?in\s+again"
    r"|log\s+masuk\s+(?:semula|sekali)",
    Trouble.MAINTENANCE: r"(?:under|for|scheduled|system)\s+maintenance|penyelenggaraan"
    r"|diselenggara",
    Trouble.SERVER: r"internal\s+server\s+error|bad\s+gateway|gateway\s+time-?out"
    r"|service\s+(?:is\s+)?(?:temporarily\s+)?unavailable|ralat\s+(?:dalaman\s+)?pelayan"
    r"|server\s+error|temporarily\s+unavailable|tidak\s+tersedia\s+buat\s+(?:sementara|masa)"
    r"|too\s+many\s+requests",
    Trouble.FAILED: r"request\s+(?:has\s+)?failed|failed\s+to\s+(?:complete|process|load|connect)"
    r"|(?:could|can)\s?not\s+be\s+(?:completed|processed)\s+(?:at\s+th|now)|network\s+error"
    r"|(?:un(?:expected|known)|system|technical)\s+(?:error|problem|difficult)|error\s+occurr?ed"
    r"|try\s+(?:it\s+)?again(?:\s+later|\s+in\s+a|\s+shortly|[.!\s]*$)"
    r"|permintaan\s+(?:anda\s+)?(?:gagal|tidak\s+(?:dapat|berjaya))|ralat\s+(?:sistem|teknikal)"
    r"|masalah\s+(?:sistem|teknikal|rangkaian)|cuba\s+(?:sebentar\s+)?lagi|cuba\s+semula|timed?\s?out",
}
WORDS = {kind: re.compile(said, re.IGNORECASE) for kind, said in _SAID.items()}

SERVER_ERROR, TOO_MANY, TIMED_OUT, UNAUTHORIZED = 500, 429, 408, 401
ASKING = frozenset({"document", "xhr", "fetch"})  # kinds of requests by which a page asks or tells
HARMLESS = frozenset({"GET", "HEAD", "OPTIONS"})
LEFT = "net::ERR_ABORTED"  # the page went elsewhere, and wanted no answer any more


def said_in(text: str) -> Trouble | None:
    """The trouble that these words tell of; None when they tell of none that is known."""
    return next((kind for kind, words in WORDS.items() if words.search(text)), None)


class Wire:
    """What became of the tab's requests: the second witness beside what the screen shows.

    ``trouble`` is what went wrong at the portal since the last press, ``broken`` why the tab could
    not show where it was led last, ``told`` whether a page told the portal anything since a plain
    address was opened.
    """

    def __init__(self, tab: Tab, origins: Origins, login_path: str) -> None:
        self._origins, self._login_path = origins, login_path
        self.trouble: Trouble | None = None
        self.broken = ""
        self.told = False
        self._unanswered: set[Request] = set()
        tab.on("request", self._asked)
        tab.on("response", self._answered)
        tab.on("requestfinished", self._ended)
        tab.on("requestfailed", self._failed)
        tab.on("framenavigated", self._moved)

    def calm(self) -> None:
        """Before a press: what went wrong earlier says nothing of its answer."""
        self.trouble = None

    def opened(self) -> None:
        """Before a plain address: nothing that was told earlier hinders it."""
        self.calm()
        self.told = False

    @property
    def waits(self) -> bool:
        """Whether the screen has asked the portal something that is not answered yet."""
        return any(request.resource_type in ASKING for request in self._unanswered)

    def _asked(self, request: Request) -> None:
        self.told = self.told or request.method not in HARMLESS
        self._unanswered.add(request)

    def _ended(self, request: Request) -> None:
        self._unanswered.discard(request)

    def _moved(self, frame: Frame) -> None:
        if frame.parent_frame is None:
            self._unanswered.clear()  # what the screen before had asked is answered to nobody

    def _failed(self, request: Request) -> None:
        self._ended(request)
        why = request.failure or ""
        # Without its window Chromium shows an empty page for a host that does not answer.
        if request.is_navigation_request() and request.frame.parent_frame is None:
            self.broken = why
        if self._asks(request) and LEFT not in why:
            self.trouble = Trouble.NO_ANSWER

    def _answered(self, response: Response) -> None:
        request = response.request
        if self._asks(request):
            self.trouble = self._meaning(response.status, request) or self.trouble

    def _asks(self, request: Request) -> bool:
        """Whether it asks the portal; what is asked of others, and refused, says nothing of it."""
        return request.resource_type in ASKING and request.url in self._origins

    def _meaning(self, status: int, request: Request) -> Trouble | None:
        if status >= SERVER_ERROR:
            return Trouble.SERVER
        if status in {TOO_MANY, TIMED_OUT}:
            return Trouble.BUSY
        if status == UNAUTHORIZED or (request.redirected_from and self._is_login(request.url)):
            return Trouble.SESSION
        return None

    def _is_login(self, address: str) -> bool:
        """Whether a request was led to the log-in page, under whichever of its addresses."""
        path = urlsplit(address).path
        return path == self._login_path or "login" in path.rpartition("/")[2].casefold()
