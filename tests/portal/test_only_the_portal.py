"""Nothing leaves for anywhere but the portal, whatever its pages ask for."""

from __future__ import annotations

import json
import os
import shutil
import socket
import socketserver
import subprocess
import sys
import tempfile
import threading
import urllib.parse
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import expect

from rpa.errors import ConfigInvalid
from rpa.portal import browser
from rpa.portal.environment import NAMES, TEMPORARY, named
from rpa.portal.origins import MOST, Elsewhere, Fence, Origin, Origins
from rpa.settings import PortalSettings, load
from tests.conftest import SHELL
from tests.portal.elsewhere import LEADS, SILENT, UNHEARD, WAYS, hosts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from tests.portal.elsewhere import Hosts

ROOT = Path(__file__).parents[2]
CANARY = "canary-4f1c9b"
WHOLE = shutil.which("chromium") or shutil.which("google-chrome")


def visited(
    tried: Hosts, folder: Path, executable: str | None, *, ordinary: bool = False
) -> dict[str, Any]:
    """What a run's own browser was refused at the hostile page."""
    leads = [f"{name}=http://{tried.ways[name]}/" for name in LEADS]
    chosen = {"ASSIST_RPA_BROWSER": executable} if executable else {}
    words = [sys.executable, "-m", "tests.portal.visit", tried.address, str(folder), *leads]
    if browser.is_root() and ordinary:
        words = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", *words]
        shutil.chown(folder, 65534, 65534)
        chosen["HOME"] = str(folder)
    said = subprocess.run(
        words,
        cwd=ROOT,
        env={**os.environ, **chosen, "PYTHONPATH": str(ROOT), "GIVEN": CANARY, "lc_x": CANARY},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert said.returncode == 0, said.stderr
    return dict(json.loads(said.stdout))


@pytest.mark.parametrize(
    "executable",
    [
        pytest.param(SHELL, id="without a window"),
        pytest.param(WHOLE, id="whole", marks=pytest.mark.heavy),
    ],
)
def test_no_way_of_a_page_reaches_another_host(executable: str | None) -> None:
    """Each is tried, none arrives, and each is told by its host, never by its path."""
    # Short, for the whole browser puts a socket there.
    with hosts() as tried, tempfile.TemporaryDirectory() as folder:
        told = visited(tried, Path(folder), executable)
        assert tried.arrived == set()
        asked = {place.partition("://")[2] or place for place in told["asked"]}
        assert {name for name, at in tried.ways.items() if at not in asked} <= UNHEARD
    assert "/" not in "".join(asked)
    assert told["tabs"] == 1  # a second one is closed
    knows_only_what_is_named(told)
    if browser.is_root():
        assert off(told)
        assert browser.AS_ROOT.en in told["notes"]


def knows_only_what_is_named(told: dict[str, Any]) -> None:
    """A secret in a variable reaches neither driver nor browser; this process keeps it."""
    first = [line[0].rpartition("/")[2] for line in told["lines"]]
    assert first[0].startswith("node")
    assert any(name.startswith("chrom") for name in first)
    assert CANARY not in json.dumps(told["environments"])
    assert CANARY not in json.dumps(told["lines"])
    assert {"GIVEN", "PYTHONPATH"} <= set(told["mine"])
    own = {"PW_LANG_NAME", "PW_LANG_NAME_VERSION", "PW_CLI_DISPLAY_VERSION"}
    assert set(told["environments"][0]) <= {*NAMES, *TEMPORARY, *own}


def test_the_page_does_try_each_way(chrome: Browser) -> None:
    """The negative control: a browser without a fence reaches every one of those hosts."""
    with hosts() as tried, chrome.new_context() as context:
        tab = context.new_page()
        tab.goto(tried.address)
        expect(tab).to_have_title("done", timeout=30_000)
        for name in LEADS:
            tab = context.new_page()
            away = urllib.parse.quote(f"http://{tried.ways[name]}/", safe="")
            with suppress(PlaywrightError):  # that host hangs up
                tab.goto(f"{tried.address}/{name}?{away}")
                tab.wait_for_url("chrome-error://**", timeout=30_000)
        assert {*WAYS, *LEADS} - tried.arrived <= SILENT


@pytest.mark.parametrize("name", ["accounts.google.com:443", "http://update.googleapis.com"])
def test_what_the_browser_asks_by_itself_is_no_news_unless_a_page_asks_it(name: str) -> None:
    """It is refused alike; what a page asks, of whomever, is told."""
    elsewhere = Elsewhere()
    elsewhere.add(name, 4)
    assert elsewhere.total == 4
    assert not elsewhere.told
    elsewhere.add("fonts.googleapis.com:443")
    elsewhere.add("accounts.google.com.evil.example:443")
    (words,) = elsewhere.told
    assert "asked other addresses 2 times" in words.en
    assert name not in words.en
    elsewhere.asked_by_page("https://fonts.googleapis.com/css")
    elsewhere.asked_by_page(f"https://{name.partition('://')[2] or name}/x".replace(":443", ""))
    (words,) = elsewhere.told
    assert "asked other addresses 6 times" in words.en
    assert name in words.en


def off(told: dict[str, Any]) -> bool:
    return any("--no-sandbox" in line for line in told["lines"])


@pytest.mark.skipif(sys.platform != "linux", reason="users and namespaces of Linux")
def test_the_browser_has_its_sandbox_but_as_root(monkeypatch: pytest.MonkeyPatch) -> None:
    """An ordinary user's has it; where it is off, the run says so."""
    # Below the machine's own folder, into which an ordinary user can look.
    with tempfile.TemporaryDirectory(prefix="visit-") as folder, hosts() as tried:
        told = visited(tried, Path(folder), SHELL, ordinary=True)
    assert not off(told)
    assert "sandbox" not in "".join(told["notes"])
    settled = settings()
    for root, wanted in ((True, browser.AS_ROOT), (False, None)):
        monkeypatch.setattr(browser, "is_root", lambda root=root: root)
        assert browser.unsandboxed(settled) == wanted
    assert browser.unsandboxed(settings(sandbox=False)) == browser.SET_OFF


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="by root's own lack of it")
@pytest.mark.parametrize(
    ("dies", "told"),
    [
        ("", "This system gives Chromium no sandbox"),
        ("Socket path too long", "Socket path too long"),
    ],
)
def test_why_a_browser_does_not_start_is_told(tmp_path: Path, dies: str, told: str) -> None:
    """Without a sandbox nobody turns it off by himself; any other reason is not taken for that."""
    other = tmp_path / "other"
    other.write_text(f"#!/bin/sh\necho '[1:1:1129/1.2:FATAL:a/b.cc:31] {dies}' >&2; exit 1\n")
    other.chmod(0o700)
    words = [
        sys.executable,
        "-c",
        NO_NAMESPACES,
        str(other) if dies else SHELL or "",
        str(tmp_path),
    ]
    done = subprocess.run(
        words, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True,
        text=True, timeout=60, check=False,
    )  # fmt: skip
    assert told in done.stdout, done.stderr


# As root Chromium has no sandbox either, which is what a container without namespaces gives it.
NO_NAMESPACES = """
import sys; from pathlib import Path
from rpa.errors import ConfigInvalid; from rpa.portal import browser
from rpa.portal.origins import Elsewhere; from rpa.settings import PortalSettings, Settings
browser.is_root = lambda: False
given = {"portal": PortalSettings(), "ledger": "", "browser": sys.argv[1]}
known = Settings(config=Path(), home=Path(), **given)
try:
    with browser.portal(known, Path(sys.argv[2]), Elsewhere()): pass
except ConfigInvalid as error: print("told:", error.words.en)
"""


# --- without a browser ---


def settings(**other: Any) -> PortalSettings:
    return PortalSettings(address="https://portal.example", **other)


@pytest.mark.parametrize(
    ("url", "ours"),
    [
        ("https://portal.example/web/base", True),
        ("https://PORTAL.example:443/", True),
        ("https://portal.example./", True),
        ("https://letters.example:8443/x", True),
        ("http://portal.example/", False),
        ("https://portal.example:444/", False),
        ("https://letters.example/", False),
        ("https://portal.example.evil.example/", False),
        ("https://portal.example@evil.example/", False),
        ("https://evil.example/https://portal.example/", False),
        ("https://portal.example%2eevil.example/", False),
        ("wss://portal.example/", False),
        ("about:blank", False),
        ("blob:https://portal.example/1", False),
        ("data:text/html,x", False),
        ("https://portal.example:99999/", False),
        ("", False),
    ],
)
def test_an_address_is_ours_by_scheme_host_and_port(url: str, ours: bool) -> None:  # noqa: FBT001
    """Nothing that only looks alike."""
    origins = Origins(settings(allowed_origins=["https://letters.example:8443"]))
    assert (url in origins) is ours


def test_chromium_is_told_exactly_these_origins() -> None:
    """No rule without a port, which would let all ports of the host through."""
    args = Origins(settings(allowed_origins=["http://127.0.0.1:81"])).args("http://127.0.0.1:9")
    (bypass,) = [a for a in args if a.startswith("--proxy-bypass-list=")]
    assert bypass.partition("=")[2].split(";") == [
        "<-loopback>",
        "http://127.0.0.1:81",
        "https://portal.example:443",
        "ws://127.0.0.1:81",
        "wss://portal.example:443",
    ]


@pytest.mark.parametrize(
    "key",
    [
        {"address": "https://*"},
        {"address": "https://portal.example;*"},
        {"address": "https://portal.example,*"},
        {"address": "https://.example"},
        {"allowed_origins": ["https://*.example"]},
        {"allowed_origins": ["https://letters.example/path"]},
        {"allowed_origins": ["http://letters.example"]},
        {"allowed_origins": ["letters.example"]},
        {"allowed_origins": ["https://letters.example:0"]},
        {"allowed_origins": ["https://letters.example:99999"]},
        {"allowed_origins": "https://letters.example"},
        {"proxy": "https://proxy.example:8080"},
        {"proxy": "http://proxy.example"},
        {"proxy": "http://user:secret@proxy.example:8080"},
        {"proxy": "http://proxy.example:8080/x"},
    ],
)
def test_what_is_no_origin_is_refused(tmp_path: Path, key: dict[str, Any]) -> None:
    """A sign to which Chromium's rules give a meaning would open more than was meant."""
    (tmp_path / "portal.yaml").write_text(yaml.safe_dump(key))
    with pytest.raises(ConfigInvalid):
        load(config=tmp_path)


def test_what_is_told_of_refusals_is_bounded_and_names_nobody() -> None:
    """A page may ask for a thousand hosts, and put a person's number into each name."""
    elsewhere = Elsewhere()
    for number in range(1000):
        elsewhere.add(f"https://n{number}.example")
    assert (len(elsewhere.asked), elsewhere.total) == (MOST, 1000)
    named = Elsewhere()
    named.add("https://900101001234.example")
    (words,) = named.told
    assert "900101" not in words.en
    assert Elsewhere().told == ()


def test_an_origin_knows_its_place() -> None:
    """Also by its sixth version's numbers."""
    assert Origin.of("http://[::1]:8080/x") == Origin("http", "::1", 8080)
    assert Origin("http", "::1", 8080).place == "[::1]:8080"


@contextmanager
def office() -> Iterator[tuple[str, list[bytes]]]:
    """An office's proxy that answers every CONNECT with its own word; what it was asked."""
    asked: list[bytes] = []

    class Proxy(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            asked.append(self.rfile.readline())
            while self.rfile.readline().strip():
                pass
            self.wfile.write(b"HTTP/1.1 200 Here you are\r\n\r\n")
            self.wfile.write(self.rfile.readline())

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Proxy) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
        server.shutdown()


def tunnelled(listener: str, place: str) -> bytes:
    """What comes back from a tunnel through which one line was sent."""
    there = Origin.of(listener)
    assert there is not None
    with socket.create_connection((there.host, there.port), timeout=30) as line:
        line.sendall(f"CONNECT {place} HTTP/1.1\r\nHost: {place}\r\n\r\n".encode())
        got = line.recv(4096)
        if b"200" in got:
            line.sendall(b"hello\n")
            while not got.endswith(b"hello\n"):
                got += line.recv(4096)
        return got


def test_an_office_with_a_proxy_reaches_the_portal_by_it_and_nothing_else() -> None:
    """What is allowed is handed on, both ways; all else never reaches the office's proxy."""
    elsewhere = Elsewhere()
    with office() as (proxy, asked):
        origins = Origins(settings(proxy=proxy))
        with Fence(origins, elsewhere) as fence:
            assert tunnelled(fence.address, "portal.example:443").endswith(b"hello\n")
            for place in ("evil.example:443", "portal.example:444", "portal.example.evil:443"):
                assert b" 403 " in tunnelled(fence.address, place)
    assert asked == [b"CONNECT portal.example:443 HTTP/1.1\r\n"]
    assert set(elsewhere.asked) == {
        "evil.example:443", "portal.example:444", "portal.example.evil:443",
    }  # fmt: skip
    assert "--proxy-bypass-list=<-loopback>" in origins.args(fence.address)


def test_without_an_office_proxy_the_listener_hands_nothing_on() -> None:
    """What asks it for the portal itself went round Chromium's own rules."""
    with Fence(Origins(settings()), Elsewhere()) as fence:
        assert b" 403 " in tunnelled(fence.address, "portal.example:443")


@pytest.mark.parametrize(
    "name", ["PERKESO_PASSWORD", "ASSIST_RPA_LEDGER", "DATABASE_URL", "NODE_OPTIONS", "DEBUG",
             "HTTPS_PROXY", "LD_PRELOAD", "path2", "SSH_AUTH_SOCK", "GOOGLE_API_KEY"],
)  # fmt: skip
def test_a_variable_that_is_not_named_goes_nowhere(tmp_path: Path, name: str) -> None:
    """Also one that changes what driver or browser do, or writes down what is typed."""
    kept = named({name: CANARY, "PATH": "/bin", "ProgramFiles": "C"}, tmp_path)
    assert kept == {
        "PATH": "/bin", "ProgramFiles": "C", **dict.fromkeys(TEMPORARY, str(tmp_path))
    }  # fmt: skip
