"""What can pass by itself is told apart from a screen that is not known."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, ClassVar

import pytest

from rpa.errors import NeedsPerson, NotOnScreen, PortalUnavailable, RpaError, UnexpectedPage
from rpa.portal.find import Button, Choice
from rpa.portal.page import Page
from rpa.portal.tab import Denied, Portal, SessionLost, Slow
from rpa.settings import PortalSettings, Timeouts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Tab

QUICK = Timeouts(act_s=2, arrive_s=1, result_s=1)
GO = "<button>GO</button>"
GREY = '<div style="position:fixed;inset:0;background:#0008"></div>'
BOX = '<input name="_customlogin_WAR_pksloginportlet_dto.login">'
LIST = """<span role=combobox {}><span id="select2-x_dtocity-container">Please Select</span></span>
<input class=select2-search__field><ul><li class=select2-results__option>Please Select</ul>"""
DENIED_AFTER_A_POST = """<script>fetch('/never', {method: 'POST'}).catch(() => 0)</script>
<h2>Access Denied</h2>"""
WAITS = "<script>fetch('/never')</script>"


class Screen(Page):
    """One button, one list."""

    go = Button(en="GO")
    city = Choice(en="City", name="_dto.city")
    landmark: ClassVar[Any] = go


@pytest.fixture
def tab(chrome: Browser) -> Iterator[Tab]:
    with chrome.new_context() as context:
        tab = context.new_page()
        tab.route("http://127.0.0.1/never", lambda _: None)
        yield tab


def raised(tab: Tab, html: str, *, signed_in: bool = True, do: str = "arrive") -> type[RpaError]:
    """The kind of what comes of arriving on, or using, a screen of this HTML."""
    return type(error_of(tab, html, signed_in=signed_in, do=do))


def error_of(
    tab: Tab, html: str, *, signed_in: bool = True, do: str = "arrive", policy: str = ""
) -> RpaError:
    """The error itself."""
    sent = {"Content-Type": "text/html", "Content-Security-Policy": policy}
    tab.route("http://127.0.0.1/", lambda route: route.fulfill(body=html, headers=sent))
    tab.goto("http://127.0.0.1/", timeout=30_000)
    portal = Portal(tab, PortalSettings(address="http://127.0.0.1", timeouts=QUICK), {})
    portal.signed_in = signed_in
    if "fetch" in html:
        with tab.expect_request("**/never"):
            tab.reload(wait_until="commit")
    with pytest.raises(RpaError) as error:
        DO[do](portal)
    return error.value


DO: dict[str, Callable[[Portal], Any]] = {
    "arrive": Screen,
    "press": lambda portal: Screen(portal).go.click(),
    "choose": lambda portal: Screen(portal).city.fill("Johor"),
}


def test_only_what_can_pass_by_itself_is_tried_again(tab: Tab) -> None:
    """Missing, twice, of another kind: told at once. Covered, grey, unanswered, empty: again."""
    assert raised(tab, "<h1>?</h1>") is NotOnScreen
    assert raised(tab, GO + GO) is UnexpectedPage
    assert raised(tab, GO, do="choose") is NotOnScreen
    assert raised(tab, "<h2>Access Denied</h2>") is Denied
    assert raised(tab, DENIED_AFTER_A_POST) is PortalUnavailable  # its token may have been used
    assert raised(tab, "<h2>Page Not Found 404</h2>") is UnexpectedPage
    assert raised(tab, f"{GO}{GREY}", do="press") is Slow
    assert raised(tab, "<button disabled>GO</button>", do="press") is Slow
    assert raised(tab, GO + LIST.format("aria-disabled=true"), do="choose") is Slow
    assert raised(tab, GO + LIST.format(""), do="choose") is Slow
    assert raised(tab, f"<h1>?</h1>{WAITS}") is Slow
    assert raised(tab, "<header>ASSIST</header><main><div></div></main>") is PortalUnavailable
    assert raised(tab, "") is PortalUnavailable


def test_a_session_ends_only_where_somebody_was_signed_in(tab: Tab) -> None:
    """A log-in page before that is an unexpected screen."""
    assert raised(tab, BOX) is SessionLost
    assert raised(tab, BOX, signed_in=False) is UnexpectedPage
    assert raised(tab, f"{BOX}<span class=error-inline>Invalid Email Address</span>") is NeedsPerson


PLAIN = "The portal's screen is not as it is known: Screen.landmark."
STRICT = "default-src 'none'"
LOOKLESS = {
    "throws": "<script>Element.prototype.getBoundingClientRect = () => { throw 'canary' }</script>",
    "tells nonsense": "<script>String.prototype.replace = () => ({a: [NaN]})</script>",
}


@pytest.mark.parametrize("how", LOOKLESS)
def test_a_look_that_cannot_be_had_hides_nothing_and_costs_little(tab: Tab, how: str) -> None:
    """The first error stands as it would without it."""
    begun = time.monotonic()
    error = error_of(tab, f"{LOOKLESS[how]}<h1>?</h1>")
    assert error.words.en == PLAIN
    assert type(error) is UnexpectedPage
    assert time.monotonic() - begun < QUICK.act_s + 20  # the machine may be busy


def test_the_error_tells_what_is_there_instead(tab: Tab) -> None:
    """Under a strict policy of the page as well; of a slow one as much as there is time for."""
    error = error_of(tab, "<html lang=ms><button>GO ON</button>", policy=STRICT)
    assert error.words.en.startswith(f"{PLAIN} Sought: button 'GO'. It is not on the screen.")
    assert error.words.en.endswith("config/profile.yaml, below screens: Screen: {go: {en: GO ON}}")
    twice = error_of(tab, GO + GO)
    assert "on the screen more than once" in twice.words.en
    slow = "<script>let n = 0; performance.now = () => n += 250</script>"
    partly = error_of(tab, f"<main><button>GONE</button><p><p><p><p>{slow}")
    assert "too large or too slow to be looked at to its end" in partly.words.en
