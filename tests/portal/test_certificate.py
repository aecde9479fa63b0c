"""A certificate that is not the portal's: an ending of its own, and not a sign is typed."""

from __future__ import annotations

import datetime as dt
import http.server
import ipaddress
import ssl
import threading
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from rpa.errors import NotThePortal, PortalUnavailable, RpaError
from rpa.pages.login import LoginEmail, LoginPassword
from rpa.portal.tab import unreachable
from tests.conftest import person
from tests.portal.test_where_it_stands import EMAIL, opened, site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rpa.portal.tab import Portal
    from tests.conftest import Desk, PracticePortal
    from tests.portal.test_where_it_stands import Site

__all__ = ["opened", "site"]  # fixtures


def self_signed(folder: Path) -> Path:
    """A certificate with its key that nobody vouches for, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    path = folder / "self-signed.pem"
    plain = serialization.NoEncryption()
    kind, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    path.write_bytes(key.private_bytes(kind, form, plain) + made.public_bytes(kind))
    return path


@pytest.fixture
def impostor(tmp_path: Path) -> Iterator[tuple[str, list[str]]]:
    """A host with such a certificate; its address, and what was asked of it."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.requestline)

        def do_POST(self) -> None:
            asked.append(self.requestline)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # who hangs up, does
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(tmp_path))
    server.socket = context.wrap_socket(
        server.socket, server_side=True, do_handshake_on_connect=False
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"https://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


def test_a_false_certificate_ends_the_run_with_its_own_code(
    desk: Desk, portal: PracticePortal, impostor: tuple[str, list[str]]
) -> None:
    """Tried once, whose move it is said, and nothing was asked of that host, let alone typed."""
    address, asked = impostor
    desk.settings(address=address)
    done = desk.file(desk.job([person(1)]))
    assert done.returncode == 76, done.stderr
    assert "certificate" in done.stderr
    assert "next (operator / IT)" in done.stderr
    assert "Starting over" not in done.stderr
    assert asked == []
    assert portal.ask("received") == []


def test_a_press_that_leads_to_a_false_certificate_is_no_unknown_screen(
    opened: Portal, site: Site, impostor: tuple[str, list[str]]
) -> None:
    """Whatever page the browser shows for it."""
    address, asked = impostor
    site.shown = EMAIL.replace("<a>", f"<a href='{address}/'>")
    opened.open("/")
    LoginEmail(opened).next.click()
    with pytest.raises(NotThePortal, match="certificate"):
        LoginPassword(opened)
    assert asked == []


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("net::ERR_CERT_AUTHORITY_INVALID at https://…", NotThePortal),
        ("net::ERR_CERT_DATE_INVALID", NotThePortal),
        ("net::ERR_CERT_COMMON_NAME_INVALID", NotThePortal),
        ("net::ERR_CERTIFICATE_TRANSPARENCY_REQUIRED", NotThePortal),
        ("net::ERR_SSL_PROTOCOL_ERROR", NotThePortal),
        ("net::ERR_SSL_PINNED_KEY_NOT_IN_CERT_CHAIN", NotThePortal),
        ("net::ERR_BAD_SSL_CLIENT_AUTH_CERT", NotThePortal),
        ("net::ERR_TUNNEL_CONNECTION_FAILED", NotThePortal),
        ("net::ERR_CONNECTION_REFUSED", PortalUnavailable),
        ("net::ERR_NAME_NOT_RESOLVED", PortalUnavailable),
        ("net::ERR_INTERNET_DISCONNECTED", PortalUnavailable),
        ("net::ERR_TIMED_OUT", PortalUnavailable),
    ],
)
def test_what_the_browser_says_of_a_host_tells_whose_move_it_is(
    said: str, kind: type[RpaError]
) -> None:
    """A line that is down passes by itself; a false certificate does not."""
    assert type(unreachable(said, "x", "x")) is kind
