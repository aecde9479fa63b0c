"""The wire: HTTP/1.1 with kept-alive connections, and endings that no framework would make.

Werkzeug closes every connection; a real portal's web server does not, and what browsers do when a
kept-alive connection dies (send a POST again by themselves) is part of what must be practised.
"""

from __future__ import annotations

import socket
from datetime import UTC
from email.utils import format_datetime
from io import BytesIO
from typing import TYPE_CHECKING

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server
from werkzeug.test import run_wsgi_app

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from flask import Flask

LARGEST_BODY = 32 * 1024 * 1024


class Handler(WSGIRequestHandler):
    """One connection, with as many requests as the browser likes."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    timeout = 120

    def run_wsgi(self) -> None:
        """Read the whole request, ask the application, answer or end as a fault wants it."""
        length = int(self.headers.get("Content-Length") or 0)
        if length > LARGEST_BODY or "chunked" in self.headers.get("Transfer-Encoding", ""):
            self.close_connection = True
            self.send_error(413)
            return
        body = self.rfile.read(length)
        environ = self.make_environ()
        environ["wsgi.input"] = BytesIO(body)
        wire = environ["mock.wire"] = {}  # where the application says how to end
        chunks, status, headers = run_wsgi_app(self.server.app, environ, buffered=True)
        if wire:
            self._end(one_byte="one byte" in wire["ending"])
            return
        content = b"".join(chunks)
        code, _, words = status.partition(" ")
        self.send_response(int(code), words)
        headers.setdefault("Content-Length", str(len(content)))
        headers.remove("Date")  # a file from /static/ has the real one
        for key, value in headers:
            self.send_header(key, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)
        self.wfile.flush()

    def _end(self, *, one_byte: bool) -> None:
        # A FIN, not a reset: the request has been read to its end.
        self.close_connection = True
        if one_byte:
            self.connection.sendall(b"H")
        self.connection.shutdown(socket.SHUT_RDWR)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing: what came in is kept in the database, without its contents."""


def listen(app: Flask, port: int, clock: Callable[[], datetime]) -> BaseWSGIServer:
    """A threaded server on loopback; port 0 takes a free one.

    ``clock`` is the portal's own, for the ``Date`` of every answer: a portal whose date was set
    must not show the real one on the wire.
    """

    class Clocked(Handler):
        def date_time_string(self, timestamp: float | None = None) -> str:  # noqa: ARG002  the server's signature
            return format_datetime(clock().astimezone(UTC), usegmt=True)

    return make_server("127.0.0.1", port, app, threaded=True, request_handler=Clocked)
