"""Which browser is used and why; starting it; the tab it gives.

Chrome, Edge or Chromium already on the machine is used first, Playwright's own download next.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import sync_playwright

from rpa.errors import ConfigInvalid, Words
from rpa.portal.find import check_overrides
from rpa.portal.tab import Portal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserType

    from rpa.settings import Settings

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


@dataclass(frozen=True, slots=True)
class Choice:
    """The browser to be used. ``path`` None means Playwright's own."""

    path: Path | None
    why: Words


def choose(setting: str | None) -> Choice | None:
    """The browser that would be used; None when there is none yet. Raises ConfigInvalid."""
    if setting:
        return Choice(_named(setting), Words("ditetapkan oleh anda", "named by your settings"))
    for candidate in _on_this_machine():
        if candidate.is_file():
            return Choice(
                candidate, Words("sudah ada pada komputer ini", "already on this machine")
            )
    own = _playwrights_own()
    if own is None:
        return None
    return Choice(own, Words("dimuat turun oleh Playwright", "downloaded by Playwright"))


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


def _playwrights_own() -> Path | None:
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    return own if own.is_file() else None


def install() -> Choice:
    """Install a browser where that can be done. Raises ConfigInvalid with what was tried."""
    tried = []
    for words in _ways():
        tried.append(" ".join(words[-3:]))
        # Its output belongs to the person who waits for it, and stdout to results only.
        if subprocess.run(words, check=False, stdout=sys.stderr).returncode == 0:  # noqa: S603  fixed words
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


@contextmanager
def portal(settings: Settings) -> Iterator[Portal]:
    """One browser with one tab, closed again whatever happens. Raises ConfigInvalid."""
    check_overrides(settings.locators)
    chosen = choose(settings.browser)
    if chosen is None:
        raise ConfigInvalid(
            Words(
                "Tiada pelayar. Jalankan: assist-rpa browser --install",
                "There is no browser. Run: assist-rpa browser --install",
            )
        )
    with sync_playwright() as playwright:
        browser = _launch(playwright.chromium, chosen, headless=settings.portal.headless)
        try:
            context = browser.new_context(
                locale="ms-MY",
                timezone_id="Asia/Kuala_Lumpur",
                viewport={"width": 1366, "height": 900},
            )
            yield Portal(context.new_page(), settings.portal, settings.locators)
        finally:
            if browser.is_connected():
                browser.close()


def _launch(chromium: BrowserType, chosen: Choice, *, headless: bool) -> Browser:
    args = [*QUIET, *(["--no-sandbox"] if is_root() else [])]
    try:
        # Ctrl-C belongs to the runner, which stops at a safe point.
        return chromium.launch(
            executable_path=chosen.path, headless=headless, args=args, handle_sigint=False
        )
    except PlaywrightError as error:
        reason = str(error).splitlines()[0]
        raise ConfigInvalid(
            Words(
                f"Pelayar {chosen.path} tidak dapat dimulakan: {reason}",
                f"The browser {chosen.path} could not be started: {reason}",
            )
        ) from None
