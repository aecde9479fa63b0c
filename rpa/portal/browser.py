"""Which browser is used and why; starting it; the tab it gives.

Chrome, Edge or Chromium already on the machine is used first, Playwright's own download next.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import subprocess
import sys
import tempfile
import warnings
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import sync_playwright

from rpa.errors import ConfigInvalid, Words
from rpa.portal.environment import only_named
from rpa.portal.family import Family
from rpa.portal.origins import Fence, Origins
from rpa.portal.profile import using
from rpa.portal.tab import ENDED, BrowserLost, Portal
from rpa.portal.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserType, Page, Playwright, ProxySettings

    from rpa.portal.origins import Elsewhere
    from rpa.settings import PortalSettings, Settings

NAMES = (
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "msedge",
    "chromium",
    "chromium-browser",
)
MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
WINDOWS = (
    r"Google\Chrome\Application\chrome.exe",
    r"Microsoft\Edge\Application\msedge.exe",
)
# Nothing but the portal is spoken to: no updates, no sync, no QUIC past a proxy's eyes.
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    "--disable-gpu",
)

INSTALL_S = 1800  # a slow line; longer is no download any more

DRIVER_DIED = "Connection closed while reading from the driver"


def _told(record: logging.LogRecord) -> bool:
    """Not that the driver died: that is an error with a sentence, raised where one asked it."""
    return DRIVER_DIED not in record.getMessage()


# Playwright's own loop would say it a second time, with a traceback.
logging.getLogger("asyncio").addFilter(_told)
# A call to a driver that is gone raises; that its coroutine was left is nothing to an operator.
warnings.filterwarnings("ignore", "coroutine '.*' was never awaited", RuntimeWarning)


@dataclass(frozen=True, slots=True)
class Choice:
    """The browser to be used. ``path`` None means Playwright's own."""

    path: Path | None
    why: Words


def choose(setting: str | None) -> Choice | None:
    """The browser that would be used; None when there is none yet. Raises ConfigInvalid."""
    found = _found(setting)
    if found:
        return found
    with only_named(Path(tempfile.gettempdir())):
        playwright = sync_playwright().start()
    try:
        return _own(playwright)
    finally:
        playwright.stop()


def _found(setting: str | None) -> Choice | None:
    """The one that is set, or one that is on this machine."""
    if setting:
        return Choice(_named(setting), Words("ditetapkan oleh anda", "named by your settings"))
    for candidate in _on_this_machine():
        if candidate.is_file():
            return Choice(
                candidate, Words("sudah ada pada komputer ini", "already on this machine")
            )
    return None


def _named(setting: str) -> Path:
    found = shutil.which(setting) or setting
    if not Path(found).is_file():
        raise ConfigInvalid(
            Words(
                f"Pelayar yang ditetapkan tiada: {setting}.",
                f"The browser that is set is not there: {setting}.",
            ),
            where="ASSIST_RPA_BROWSER",
        )
    return Path(found)


def _on_this_machine() -> Iterator[Path]:
    if sys.platform == "darwin":
        yield from map(Path, MAC)
    elif sys.platform == "win32":
        roots = (os.environ.get(v) for v in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"))
        yield from (Path(root) / tail for root in roots if root for tail in WINDOWS)
    else:
        yield from (Path(found) for name in NAMES if (found := shutil.which(name)))


def _own(playwright: Playwright) -> Choice | None:
    own = Path(playwright.chromium.executable_path)
    words = Words("dimuat turun oleh Playwright", "downloaded by Playwright")
    return Choice(own, words) if own.is_file() else None


def install() -> Choice:
    """Install a browser where that can be done. Raises ConfigInvalid with what was tried."""
    tried = []
    for words in _ways():
        tried.append(" ".join(words[-3:]))
        if _worked(words):
            chosen = choose(None)
            if chosen is not None:
                return chosen
    raise ConfigInvalid(
        Words(
            f"Tiada pelayar, dan pemasangan gagal ({'; '.join(tried)}). "
            "Pasang Chrome, Edge atau Chromium.",
            f"There is no browser, and installing one failed ({'; '.join(tried)}). "
            "Install Chrome, Edge or Chromium.",
        ),
        where="assist-rpa browser",
    )


def _worked(words: list[str]) -> bool:
    # Its output belongs to the person who waits for it, and stdout to results only.
    try:
        done = subprocess.run(words, check=False, stdout=sys.stderr, timeout=INSTALL_S)  # noqa: S603  fixed words
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def _ways() -> Iterator[list[str]]:
    if is_root() and shutil.which("apt-get"):
        yield [
            "sh",
            "-c",
            "apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q chromium",
        ]
    yield [sys.executable, "-m", "playwright", "install", "chromium"]


def is_root() -> bool:
    """Whether this is Unix's root, for whom Chromium wants its sandbox off."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


AS_ROOT = Words(
    "Dijalankan sebagai root: Chromium tidak dapat menggunakan kotak pasirnya, jadi halaman portal "
    "kurang diasingkan. Jalankan sebagai pengguna biasa.",
    "Run as root: Chromium cannot use its sandbox, so the portal's pages are less shut in. Run it "
    "as an ordinary user.",
)
SET_OFF = Words(
    "Kotak pasir Chromium dimatikan oleh tetapan; halaman portal kurang diasingkan.",
    "Chromium's sandbox is turned off by your settings; the portal's pages are less shut in.",
)
# Chromium's own words; its flags, which the driver quotes as well, say nothing of it.
WITHOUT_SANDBOX = re.compile(
    r"no usable sandbox|SUID sandbox helper|without --no-sandbox", re.IGNORECASE
)
FATAL = re.compile(r":FATAL:[^\]]*\] *(.+)")
NO_SANDBOX = Words(
    "Sistem ini tidak memberi Chromium kotak pasir (user namespaces). Benarkan, atau matikan "
    "dengan sedar: sandbox: false, atau ASSIST_RPA_NO_SANDBOX=1.",
    "This system gives Chromium no sandbox (user namespaces). Allow them, or turn it off "
    "knowingly: sandbox: false, or ASSIST_RPA_NO_SANDBOX=1.",
)


def unsandboxed(settings: PortalSettings) -> Words | None:
    """Why the browser runs without its sandbox; None where it has it."""
    if is_root():
        return AS_ROOT
    return None if settings.sandbox else SET_OFF


@contextmanager
def portal(settings: Settings, folder: Path, elsewhere: Elsewhere) -> Iterator[Portal]:
    """One browser with one tab, closed again whatever happens. Raises ConfigInvalid, BrowserLost.

    Whatever driver and browser put down goes into ``folder``, an empty one that the caller
    removes. Nothing that was started here is left running, also where it hangs. ``elsewhere`` is
    told of every other address that is asked for, and refused.
    """
    family = Family(folder)
    with (
        _ended(family),
        Watch(settings.portal.timeouts.hung_s, family.end) as watch,
        _fence(settings.portal, elsewhere) as fence,
        _driver(watch, folder) as playwright,
    ):
        chosen = _chosen(settings.browser, playwright)
        without = unsandboxed(settings.portal)
        if without:
            elsewhere.say(without)
        browser = _launch(playwright.chromium, chosen, watch, fence, settings.portal)
        try:
            family.look()
            tab = _tab(browser, watch)
            tab.context.on("request", lambda asked: elsewhere.asked_by_page(asked.url))
            family.look()  # with the tab's own process
            with using(settings.profile):
                yield Portal(tab, settings.portal, settings.profile.looks, watch.busy)
        finally:
            with watch.busy(), suppress(PlaywrightError):  # gone is gone
                browser.close()


@contextmanager
def _ended(family: Family) -> Iterator[None]:
    try:
        yield
    finally:
        family.end()


@contextmanager
def _fence(settings: PortalSettings, elsewhere: Elsewhere) -> Iterator[Fence]:
    try:
        fence = Fence(Origins(settings), elsewhere)
    except OSError:  # no port, no handle: as when the browser itself does not get one
        raise BrowserLost(ENDED, where="fence") from None
    with fence:
        yield fence


@contextmanager
def _driver(watch: Watch, folder: Path) -> Iterator[Playwright]:
    """Playwright's driver; its files, and its browser's, go into ``folder``."""
    with watch.busy(), only_named(folder):
        try:
            playwright = sync_playwright().start()
        except PlaywrightError:
            raise BrowserLost(ENDED, where="playwright") from None
    try:
        yield playwright
    finally:
        with watch.busy(), suppress(PlaywrightError):
            playwright.stop()


def _chosen(setting: str | None, playwright: Playwright) -> Choice:
    chosen = _found(setting) or _own(playwright)
    if chosen is None:
        raise ConfigInvalid(
            Words(
                "Tiada pelayar. Jalankan: assist-rpa browser --install",
                "There is no browser. Run: assist-rpa browser --install",
            )
        )
    return chosen


def _tab(browser: Browser, watch: Watch) -> Page:
    with watch.busy():
        try:
            context = browser.new_context(
                locale="ms-MY",
                timezone_id="Asia/Kuala_Lumpur",
                viewport={"width": 1366, "height": 900},
                # What a service worker asks for would go past the guard of the last press.
                service_workers="block",
            )
            tab = context.new_page()
        except PlaywrightError:
            raise BrowserLost(ENDED, where="browser") from None
    context.on("page", partial(_close, watch))  # nothing is ever done in a second one
    return tab


def _of_driver(fence: Fence) -> ProxySettings | None:
    """For the driver's own client, which sends the last press; None: straight."""
    if fence.origins.proxy is None:
        return None
    return {"server": fence.address, "bypass": "127.0.0.1,localhost,[::1]"}


def _close(watch: Watch, second: Page) -> None:
    with watch.busy(), suppress(PlaywrightError):
        second.close()


def _launch(
    chromium: BrowserType, chosen: Choice, watch: Watch, fence: Fence, settings: PortalSettings
) -> Browser:
    args = [*QUIET, *fence.origins.args(fence.address)]
    try:
        # Ctrl-C belongs to the runner, which stops at a safe point.
        with watch.busy():
            return chromium.launch(
                executable_path=chosen.path,
                headless=settings.headless,
                chromium_sandbox=unsandboxed(settings) is None,  # without it, off for everybody
                args=args,
                proxy=_of_driver(fence),
                handle_sigint=False,
            )
    except PlaywrightError as error:
        said = str(error)
        if WITHOUT_SANDBOX.search(said):
            raise ConfigInvalid(NO_SANDBOX, where="config/portal.yaml: sandbox") from None
        fatal = FATAL.search(said)
        reason = fatal[1] if fatal else said.splitlines()[0]
        raise ConfigInvalid(
            Words(
                f"Pelayar {chosen.path} tidak dapat dimulakan: {reason}",
                f"The browser {chosen.path} could not be started: {reason}",
            )
        ) from None
