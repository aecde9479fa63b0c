"""The portal as a process of its own, and one browser for all tests here."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).parents[2]


class Mock:
    """A running portal and its control port."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder = folder
        self.announced = folder / "announce.json"
        self.announced.unlink(missing_ok=True)
        command = [sys.executable, "-m", "mock_portal", "--announce", str(self.announced)]
        self.process = subprocess.Popen(
            [*command, "--pace", "0", *options], cwd=ROOT, stdout=subprocess.DEVNULL
        )
        self.facts = self._wait()
        self.address: str = self.facts["portal"]

    def _wait(self) -> dict[str, Any]:
        limit = time.monotonic() + 20
        while not self.announced.exists():
            assert self.process.poll() is None, "the portal ended at its start"
            assert time.monotonic() < limit, "the portal did not start"
            time.sleep(0.02)
        facts: dict[str, Any] = json.loads(self.announced.read_text())
        return facts

    def ask(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """GET, or POST with a body; an error's sentence comes back as it is."""
        request = urllib.request.Request(  # noqa: S310  loopback
            self.facts["control"] + path,
            data=None if body is None else json.dumps(body).encode(),
        )
        try:
            with urllib.request.urlopen(request) as answer:  # noqa: S310
                return json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                return {"status": error.code, **json.load(error)}

    def arm(self, fault: str, **options: Any) -> None:
        """Lay a fault in wait."""
        answer = self.ask("/arm", {"fault": fault, **options})
        assert answer == {"ok": True}, answer

    def commits(self) -> int:
        """How often something was filed."""
        count: int = self.ask("/filings")["commits"]
        return count

    def posts(self, action: str) -> list[dict[str, Any]]:
        """The POSTs of one action."""
        return [p for p in self.ask("/received") if p["action"].endswith(f"/{action}")]

    def kill(self) -> None:
        """As kill -9 does."""
        os.kill(self.process.pid, 9)
        self.process.wait()

    def end(self) -> int:
        """As SIGTERM does; gives the exit code."""
        self.process.terminate()
        return self.process.wait(10)


@pytest.fixture(scope="session")
def one_mock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mock]:
    mock = Mock(tmp_path_factory.mktemp("mock"), "--language", "en")
    yield mock
    assert mock.end() == 0


@pytest.fixture
def start() -> Iterator[Callable[..., Mock]]:
    """Starts portals of a test's own; none of them outlives it."""
    started: list[Mock] = []

    def begin(folder: Path, *options: str) -> Mock:
        started.append(Mock(folder, *options))
        return started[-1]

    yield begin
    for each in started:
        if each.process.poll() is None:
            each.kill()


@pytest.fixture
def mock(one_mock: Mock) -> Mock:
    """A portal as on its first day, in English."""
    one_mock.ask("/reset", {})
    return one_mock


@pytest.fixture(scope="session")
def profile(chrome: Browser) -> Iterator[BrowserContext]:
    context = chrome.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(10_000)
    expect.set_options(timeout=10_000)
    yield context
    context.close()


@pytest.fixture
def tab(profile: BrowserContext) -> Iterator[Page]:
    """A window of its own, signed in nowhere."""
    profile.clear_cookies()
    page = profile.new_page()
    yield page
    for each in profile.pages:
        each.close()
