"""What passes between browser and portal, as the changes see it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator

Headers = list[tuple[str, str]]
PRESS = ("commit",)  # the practice portal's name for the one POST that files
LOG_IN = "login/login"
WHOLE = "whole"
# How an answer leaves, beside all of it at once.
DROPPED, HALF, HANGS, DRIPS, STREAM = "dropped", "half of it", "hangs", "drips", "streams"


@dataclass(frozen=True)
class Asked:
    """One request of the browser."""

    method: str
    target: str  # path and query
    headers: dict[str, str]
    body: bytes

    @property
    def path(self) -> str:
        """Without the query."""
        return urlsplit(self.target).path

    @property
    def screen(self) -> str:
        """``add_employees/preview``: which screen or, of a POST, which action."""
        wanted = parse_qs(urlsplit(self.target).query).get("mvcPath", [""])[0]
        return "/".join(wanted.removesuffix(".jsp").split("/")[2:])

    @property
    def by_ajax(self) -> bool:
        """Whether the page's own script asks, and not the window."""
        return self.headers.get("x-requested-with") == "XMLHttpRequest"

    @property
    def is_press(self) -> bool:
        """Whether it is the last press of a procedure."""
        return self.method == "POST" and self.screen.rpartition("/")[2] in PRESS

    @property
    def is_file(self) -> bool:
        """A letter or a slip."""
        return self.path.startswith("/documents/") or self.screen.endswith("/generated")

    @property
    def is_page(self) -> bool:
        """A screen, whole or by AJAX; none of what a page draws along."""
        return not self.is_file and not self.path.startswith(("/static/", "/favicon"))


@dataclass
class Answer:
    """What goes back, and how."""

    status: int
    headers: Headers
    body: bytes
    ending: str = WHOLE
    wait_s: float = 0.0
    # The portal's own answer, or a change of its words: not a trouble put in its place.
    its_own: bool = True
    size: int = 0  # of a stream

    def header(self, name: str) -> str:
        """A header's value; empty when there is none."""
        return next((v for k, v in self.headers if k.lower() == name.lower()), "")

    def put(self, name: str, value: str | None) -> None:
        """Set a header, or take it away."""
        self.headers = [(k, v) for k, v in self.headers if k.lower() != name.lower()]
        if value is not None:
            self.headers.append((name, value))

    @property
    def is_html(self) -> bool:
        """A screen or part of one."""
        return "text/html" in self.header("Content-Type")

    @property
    def is_json(self) -> bool:
        """An answer for the page's own script."""
        return "json" in self.header("Content-Type")

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", "replace")

    @text.setter
    def text(self, words: str) -> None:
        self.body = words.encode("utf-8", "surrogatepass")


@dataclass
class Scene:
    """Where the changes happen: addresses, what the quiet run filed, what must stay secret."""

    address: str
    elsewhere: str
    told: tuple[str, ...] = ()
    password: str = ""
    phrase: str = ""
    log_in_page: Callable[[], bytes] = lambda: b""
    forbid: Callable[[str], None] = lambda _: None


@dataclass
class Change:
    """One kind of harm, with its own figures drawn from the seed."""

    draw: random.Random
    scene: Scene
    fired: int = field(default=0, init=False)
    area: ClassVar[str] = ""

    def __post_init__(self) -> None:
        self.prepare()

    def prepare(self) -> None:
        """Draw what is to be drawn."""

    def instead(self, asked: Asked) -> Answer | None:
        """An answer in the portal's place, which then never hears of the request."""
        del asked
        return None

    def after(self, asked: Asked, answer: Answer) -> Answer:
        """The answer, changed."""
        del asked
        return answer

    @property
    def kind(self) -> str:
        """Its name in lists."""
        return spoken(type(self).__name__)

    def __str__(self) -> str:
        drawn = {
            key: value
            for key, value in vars(self).items()
            if key not in {"draw", "scene", "fired"} and not key.startswith("_")
        }
        figures = ", ".join(f"{key}={value!r:.60}" for key, value in drawn.items())
        return f"{self.kind}({figures})"


def spoken(name: str) -> str:
    """``StatusWord`` as ``status word``."""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", name).lower()


# --- HTML by its outside: what is between two tags ------------------------------------------------

_PIECES = re.compile(
    r"(<script\b.*?</script>|<style\b.*?</style>|<!--.*?-->|<[^>]*>)", re.DOTALL | re.IGNORECASE
)
_CELL = re.compile(r"(<td\b[^>]*>)(.*?)(</td>)", re.DOTALL)
_ROW = re.compile(r"<tr\b[^>]*>.*?</tr>", re.DOTALL)


def pieces(html: str) -> Iterator[tuple[str, str]]:
    """Each text with the tag before it; a tag alone comes with itself and no text."""
    tag = ""
    for number, piece in enumerate(_PIECES.split(html)):
        if number % 2:
            tag = piece
            yield piece, ""
        else:
            yield tag, piece


def texts(html: str, change: Callable[[str, str], str]) -> str:
    """With every text that says something replaced by what ``change(tag, text)`` makes of it."""
    found = []
    for number, piece in enumerate(_PIECES.split(html)):
        if number % 2:
            tag = piece
            found.append(piece)
        elif number and piece.strip():
            blank = len(piece) - len(piece.lstrip())
            end = len(piece.rstrip())
            made = change(tag, piece[blank:end])
            found.append(f"{piece[:blank]}{made}{piece[end:]}")
        else:
            found.append(piece)
    return "".join(found)


def cells(html: str, change: Callable[[str], str]) -> str:
    """With the content of every table cell replaced."""
    return _CELL.sub(lambda m: f"{m[1]}{change(m[2])}{m[3]}", html)


def rows(html: str, change: Callable[[str], str]) -> str:
    """With every row of a table's body replaced."""

    def changed(found: re.Match[str]) -> str:
        return change(found[0]) if "<td" in found[0] else found[0]

    return _ROW.sub(changed, html)
