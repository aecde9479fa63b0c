"""Every arrival, every fill and every press asks where the tab stands."""

from __future__ import annotations

import http.server
import threading
from typing import TYPE_CHECKING

import pytest

from rpa.errors import NotThePortal
from rpa.pages.login import LoginEmail, LoginPassword
from rpa.portal.tab import Portal
from rpa.settings import PortalSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser

NAME = "_customlogin_WAR_pksloginportlet_dto"
EMAIL = f"<label>Email Address <input name='{NAME}.login'></label><a>NEXT</a>"
BOX = f"<label>Password <input type=password name='{NAME}.password'></label>"


class Site:
    """One server with two names: the portal's, and another host's."""

    def __init__(self) -> None:
        self.shown = ""
        self.posts: list[str] = []
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.end_headers()
                self.wfile.write(site.shown.encode())

            def do_POST(self) -> None:
                site.posts.append(self.headers["Host"])
                self.do_GET()

            def log_message(self, *_: object) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        port = self.server.server_port
        self.home, self.other = f"http://127.0.0.1:{port}", f"http://localhost:{port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def opened(chrome: Browser, site: Site) -> Iterator[Portal]:
    """The robot's portal; the browser is the tests' own, which has no fence."""
    limits = {"act_s": 5, "arrive_s": 5, "result_s": 5}
    settings = PortalSettings.model_validate({"address": site.home, "timeouts": limits})
    site.posts.clear()
    with chrome.new_context() as context:
        yield Portal(context.new_page(), settings, {})


def test_a_page_of_another_host_is_no_arrival_however_it_looks(opened: Portal, site: Site) -> None:
    """The log-in of the same look gets no page object, so nothing is typed."""
    site.shown = f"{EMAIL}{BOX}"
    opened.tab.goto(site.other)
    for screen in (LoginEmail, LoginPassword):
        with pytest.raises(NotThePortal, match="localhost"):
            screen(opened)


ACTS: list[Callable[[LoginEmail], object]] = [
    lambda page: page.email.fill("canary"),
    lambda page: page.email.secret("canary"),
    lambda page: page.email.read(),
    lambda page: page.next.click(),
    lambda page: page.enter("canary"),
]


@pytest.mark.parametrize("act", ACTS)
def test_a_tab_that_was_led_away_meanwhile_is_not_touched(
    opened: Portal, site: Site, act: Callable[[LoginEmail], object]
) -> None:
    """After the arrival, between two acts: neither typed in, nor pressed, nor read."""
    site.shown = EMAIL
    opened.open("/")
    page = LoginEmail(opened)
    opened.tab.goto(site.other)
    with pytest.raises(NotThePortal, match="localhost"):
        act(page)
    assert opened.tab.locator("input").input_value() == ""


FORMS = {
    "action": "<form action='{other}/take'>{box}</form>",
    "button": "<form action='/'>{box}<button formaction='{other}/take'>LOGIN</button></form>",
    "picture": "<form action='/'>{box}<input type=image formaction='{other}/take'></form>",
    "button outside": "<form id=f>{box}</form>"
    "<button form=f formaction='//localhost/'>LOGIN</button>",
    "base": "<base href='{other}/'><form action='take'>{box}</form>",
    "hidden by a field": "<form action='{other}/'>{box}<input name=action value='/'></form>",
    "no host": "<form action='mailto:a@b.example'>{box}</form>",
    "focus to a frame": "{box}<iframe srcdoc='<input autofocus>'></iframe><script>"
    "document.querySelector('input').onfocus = () => document.querySelector('iframe').focus()"
    "</script>",
}


@pytest.mark.parametrize("form", FORMS)
def test_a_password_is_not_typed_where_it_could_be_sent_elsewhere(
    opened: Portal, site: Site, form: str
) -> None:
    """By the form, a button of it, the page's base, or a script that takes the keys away."""
    site.shown = FORMS[form].format(other=site.other, box=BOX)
    opened.open("/")
    page = LoginPassword(opened)
    with pytest.raises(Exception, match=r"configured portal|not as it is known"):
        page.password.secret("canary")
    boxes = [b.input_value() for f in opened.tab.frames for b in f.locator("input").all()]
    assert "canary" not in "".join(boxes)


@pytest.mark.parametrize(
    "form",
    ["{box}", "<form>{box}</form>", "<form action='/login'>{box}<button>LOGIN</button></form>",
     "<form action='javascript:void(0)'>{box}</form>"],
)  # fmt: skip
def test_a_form_that_stays_gets_it(opened: Portal, site: Site, form: str) -> None:
    """Also one without an address, or with a script's."""
    site.shown = form.format(box=BOX)
    opened.open("/")
    page = LoginPassword(opened)
    page.password.secret("canary")
    assert page.password.read() == "canary"


def test_the_last_press_does_not_leave_for_another_host(opened: Portal, site: Site) -> None:
    """The driver's own client knows no fence: the form's target is looked at before it is sent."""
    site.shown = f"<form method=POST action='{site.other}/take'><button>SUBMIT</button></form>"
    opened.open("/")
    with pytest.raises(NotThePortal, match="localhost"), opened.single_press():  # noqa: PT012
        opened.tab.get_by_text("SUBMIT").click(no_wait_after=True)
        opened.tab.wait_for_event("requestfailed", lambda asked: asked.method == "POST")
    assert site.posts == []
