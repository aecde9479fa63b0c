"""What the practice portal costs to start, and a page of it to answer.

Against an empty interpreter, and against the standard library's server with as many bytes: the
ratios are what counts. Run it: ``python -m bench.mock_pages``.
"""

from __future__ import annotations

import http.client
import resource
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tests.mock.conftest import Mock

if TYPE_CHECKING:
    from collections.abc import Callable

TRIES = 5
PAGES = 50
PAGE = "/employer/login"


def best(work: Callable[[], float]) -> float:
    """The least of a few tries, for other programs disturb each of them."""
    return min(work() for _ in range(TRIES))


def work_of(child: Callable[[], object]) -> float:
    """The processor's seconds of a child that has ended."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    child()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def pages(netloc: str) -> float:
    """Seconds a page, on one kept-alive connection."""
    connection = http.client.HTTPConnection(netloc)
    began = time.perf_counter()
    for _ in range(PAGES):
        connection.request("GET", PAGE)
        connection.getresponse().read()
    connection.close()
    return (time.perf_counter() - began) / PAGES


class Still(BaseHTTPRequestHandler):
    """The same page every time, as the bytes it is given."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1
    page = b""

    def do_GET(self) -> None:
        """Answer."""
        self.send_response(200)
        self.send_header("Content-Length", str(len(self.page)))
        self.end_headers()
        self.wfile.write(self.page)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        nothing = best(
            lambda: work_of(lambda: subprocess.run([sys.executable, "-c", ""], check=True))
        )
        begun = best(lambda: work_of(lambda: Mock(folder).end()))
        print(f"start: {begun:.2f} s of work; an empty interpreter {nothing:.3f} s")
        print(f"ratio: {begun / nothing:.1f}")
        mock = Mock(folder)
        at = urlsplit(mock.address).netloc
        connection = http.client.HTTPConnection(at)
        connection.request("GET", PAGE)
        Still.page = connection.getresponse().read()
        connection.close()
        ours = best(lambda: pages(at))
        mock.end()
    with ThreadingHTTPServer(("127.0.0.1", 0), Still) as still:
        threading.Thread(target=still.serve_forever, daemon=True).start()
        theirs = best(lambda: pages(f"127.0.0.1:{still.server_port}"))
        still.shutdown()
    print(f"a page: {ours * 1000:.1f} ms; as many bytes from the library {theirs * 1000:.1f} ms")
    print(f"ratio: {ours / theirs:.1f}")


if __name__ == "__main__":
    main()
