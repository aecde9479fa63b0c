"""The portal is in trouble, at any request, before or after it has done what was asked."""

from __future__ import annotations

from typing import ClassVar

from tests.hostile.wire import (
    DROPPED,
    HALF,
    HANGS,
    LOG_IN,
    Answer,
    Asked,
    Change,
)  # fmt: skip

HTML = "text/html; charset=utf-8"
BODIES = {
    "empty": (HTML, ""),
    "plain": ("text/plain", "upstream connect error or disconnect/reset before headers"),
    "html": (HTML, "<html><head><title>Error</title></head><body><h1>Whoops</h1></body></html>"),
    "json": ("application/json", '{"timestamp":1,"status":500,"error":"Internal"}'),
    "malay": (HTML, "<html><body><h2>Harap maaf</h2><p>Servis tergendala buat seketika.</p></body></html>"),
    "half html": (HTML, "<html><body><div class="),
}  # fmt: skip
MAINTENANCE = (
    "Portal ditutup sementara bagi kerja-kerja naik taraf. Kami kembali pada 6.00 pagi.",
    "We'll be back soon. Scheduled downtime.", "Servis tidak dapat dicapai.", "Sila cuba lagi.",
    "Notis: penyelenggaraan berjadual sistem ASSIST.",
)  # fmt: skip
BANNERS = (
    "Sesi anda akan tamat dalam 00:00:30.", "Amaran! Tiada aktiviti dikesan.", "Your session has expired.",
)  # fmt: skip


class Trouble(Change):
    """At the n-th request of a sort, once, some times or from there on."""

    area: ClassVar[str] = "trouble"

    def prepare(self) -> None:
        self.at = self.draw.choice(
            (
                "page",
                "page",
                "ajax",
                "ajax",
                "post",
                "post",
                "press",
                "press",
                "press",
                "log-in",
                "letter",
            )
        )
        self.nth = 1 if self.at in {"press", "log-in"} else self.draw.randint(1, 14)
        self.times = self.draw.choice((1, 1, 1, 2, 1000))
        self.too_late = self.draw.random() < 0.5
        self._seen = 0
        self.figures()

    def figures(self) -> None:
        """Draw its own."""

    def _is_meant(self, asked: Asked) -> bool:
        posts = asked.method == "POST"
        fits = {
            "page": asked.is_page and not asked.by_ajax and not posts,
            "ajax": asked.by_ajax, "post": posts and not asked.is_press and asked.screen != LOG_IN,
            "press": asked.is_press, "log-in": asked.screen == LOG_IN, "letter": asked.is_file,
        }  # fmt: skip
        if not fits[self.at]:
            return False
        self._seen += 1
        return self.nth <= self._seen < self.nth + self.times

    def instead(self, asked: Asked) -> Answer | None:
        if self.too_late or not self._is_meant(asked):
            return None
        self.fired += 1
        return self.made(asked)

    def after(self, asked: Asked, answer: Answer) -> Answer:
        if not self.too_late or not self._is_meant(asked):
            return answer
        self.fired += 1
        return self.made(asked)

    def made(self, asked: Asked) -> Answer:
        """What comes in place of the portal's answer."""
        raise NotImplementedError


def page(text: str, status: int = 200, content: str = HTML) -> Answer:
    """An answer that is not the portal's."""
    return Answer(status, [("Content-Type", content)], text.encode(), its_own=False)


class Status(Trouble):
    """A status that says no, with any body or none."""

    def figures(self) -> None:
        self.status = self.draw.choice((500, 502, 503, 504, 429, 403, 401, 400, 404, 418, 204))
        self.body = self.draw.choice(tuple(BODIES))

    def made(self, asked: Asked) -> Answer:
        del asked
        content, text = BODIES[self.body]
        return page("" if self.status == 204 else text, self.status, content)


class Dropped(Trouble):
    """The line goes: at once, in the middle of the answer, or it is never answered."""

    def figures(self) -> None:
        self.ending = self.draw.choice((DROPPED, DROPPED, HALF, HANGS))

    def made(self, asked: Asked) -> Answer:
        del asked
        answer = page("<html><body>half of a page")
        answer.ending = self.ending
        return answer


class LogInPage(Trouble):
    """The log-in page stands where a screen, a popup's answer or a result was expected."""

    def figures(self) -> None:
        self.status = self.draw.choice((200, 200, 401, 302))

    def made(self, asked: Asked) -> Answer:
        del asked
        if self.status == 302:
            return Answer(
                302, [("Location", "/employer/login?p_p_state=expired")], b"", its_own=False
            )
        return page(self.scene.log_in_page().decode(), self.status)


class Maintenance(Trouble):
    """A page of maintenance in words that nobody has seen."""

    def figures(self) -> None:
        self.words = self.draw.choice(MAINTENANCE)
        self.status = self.draw.choice((200, 503))

    def made(self, asked: Asked) -> Answer:
        del asked
        return page(
            f"<html><head><title>ASSIST</title></head><body><p>{self.words}</p></body></html>",
            self.status,
        )


class Firewall(Trouble):
    """The firewall's page, as facts 1 has it and otherwise."""

    def figures(self) -> None:
        self.known = self.draw.random() < 0.5

    def made(self, asked: Asked) -> Answer:
        del asked
        title = "Request Rejected" if self.known else "Access blocked"
        said = (
            "Your support ID is: 1234567890123456789" if self.known else "Ray ID: 8f00, bot check"
        )
        return page(
            f"<html><head><title>{title}</title></head><body>{said} <a href='javascript:history.back();'>[Go Back]</a></body></html>"
        )


class BlankPage(Trouble):
    """A page with nothing on it."""

    def made(self, asked: Asked) -> Answer:
        del asked
        return page("<html><head><title>ASSIST</title></head><body></body></html>")


class RedirectLoop(Trouble):
    """Sent to the same address again, for ever or for a while."""

    def figures(self) -> None:
        self.times = self.draw.choice((3, 1000))

    def made(self, asked: Asked) -> Answer:
        return Answer(302, [("Location", asked.target)], b"", its_own=False)


class OtherType(Trouble):
    """JSON where a screen was expected, a screen where JSON was, a file where either was."""

    def figures(self) -> None:
        self.content = self.draw.choice(
            ("application/json", "application/pdf", "application/octet-stream", "text/plain")
        )

    def made(self, asked: Asked) -> Answer:
        del asked
        return page('{"status":"OK","data":null}', 200, self.content)


class Slow(Trouble):
    """Every answer comes late; one comes very late."""

    def figures(self) -> None:
        self.seconds = self.draw.choice((0.3, 1.0, 6.0))
        self.too_late = True
        self.times = 1000 if self.seconds < 1 else 1

    def after(self, asked: Asked, answer: Answer) -> Answer:
        if self._is_meant(asked):
            self.fired += 1
            answer.wait_s = self.seconds
        return answer


class GoneAtThePress(Change):
    """From the last press on nothing is answered; the portal has heard it, or has not."""

    area: ClassVar[str] = "trouble"

    def prepare(self) -> None:
        self.heard = self.draw.random() < 0.75  # what it has not heard stays in doubt at once
        self._gone = False

    def instead(self, asked: Asked) -> Answer | None:
        if not self._gone and (not asked.is_press or self.heard):
            return None
        self._gone = True
        return self._nothing()

    def after(self, asked: Asked, answer: Answer) -> Answer:
        if not asked.is_press:
            return answer
        self._gone = True
        return self._nothing()

    def _nothing(self) -> Answer:
        self.fired += 1
        answer = page("")
        answer.ending = DROPPED
        return answer


class SessionBanner(Trouble):
    """The banner of a session that ends, on a screen where it does not."""

    def figures(self) -> None:
        self.words = self.draw.choice(BANNERS)
        self.too_late = True
        self.times = self.draw.choice((1, 1000))

    def after(self, asked: Asked, answer: Answer) -> Answer:
        if answer.is_html and self._is_meant(asked):
            self.fired += 1
            made = f'<div class="sessionBanner" role="alert"><span class="text">{self.words}</span> <a class="btn" role="button" href="javascript:void(0);">TERUSKAN</a></div>'
            answer.text = answer.text.replace("<h1", f"{made}<h1", 1)
        return answer


KINDS: tuple[type[Change], ...] = (
    Status, Dropped, LogInPage, Maintenance, Firewall, BlankPage, RedirectLoop, OtherType, Slow,
    GoneAtThePress, SessionBanner,
)  # fmt: skip
