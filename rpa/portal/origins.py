"""Where the browser may go: the portal's own origin, and those that the configuration adds.

Kept in Chromium's own network stack, where no page goes round it: whatever is not allowed is sent
to a listener of ours, which refuses it. What is allowed goes straight out and costs nothing, but
for an office with a proxy: then the listener hands it on.
"""

from __future__ import annotations

import asyncio
import re
import socket
import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from rpa.errors import Words

if TYPE_CHECKING:
    from asyncio import StreamReader, StreamWriter

    from rpa.settings import PortalSettings

PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}
SOCKETS = {"http": "ws", "https": "wss"}
MOST = 50  # origins that are told; further ones are counted
LONGEST_HOST = 253
SLOW_S = 5.0  # for a request's head, or until who was refused has hung up
CHUNK = 65536
# The beginning of what a browser says to a proxy: of an address no more than where it leads.
ASKED = re.compile(rb"(CONNECT|[A-Z]+ (?=\w+://))(?: |(\w+)://)([A-Za-z0-9._:\[\]-]+)")
# Whom Chrome, Edge and Chromium ask by themselves whatever page is shown: for updates, for a person
# signed in to the browser, for what its makers know of forms. Refused as all else is.
BROWSERS_OWN = frozenset(
    {
        "accounts.google.com", "android.clients.google.com", "mtalk.google.com",
        *(f"clients{n}.google.com" for n in range(1, 7)),
        "update.googleapis.com", "content-autofill.googleapis.com",
        "optimizationguide-pa.googleapis.com", "safebrowsing.googleapis.com",
        "redirector.gvt1.com", "edgedl.me.gvt1.com", "dl.google.com",
        "edge.microsoft.com", "config.edge.skype.com", "msedge.api.cdp.microsoft.com",
        "nav.smartscreen.microsoft.com",
    }
)  # fmt: skip
LONG_NUMBER = re.compile(r"\d{6,}")
LOCAL = "127.0.0.1"
# The class is what Chromium gives its own page for a host that does not answer: a tab that was led
# away is known at once.
PAGE = b'<!doctype html><body class="neterror">ERR_TUNNEL_CONNECTION_FAILED</body>'
REFUSAL = (
    b"HTTP/1.1 403 Forbidden\r\nContent-Type: text/html\r\nCache-Control: no-store\r\n"
    b"Connection: close\r\nContent-Length: %d\r\n\r\n%s" % (len(PAGE), PAGE)
)


@dataclass(frozen=True, slots=True)
class Origin:
    """Scheme, host and port, as one writes them or not."""

    scheme: str
    host: str
    port: int

    @classmethod
    def of(cls, url: str) -> Origin | None:
        """Of an address; None where it has none (``about:``, ``blob:``, ``data:``)."""
        try:
            parts = urlsplit(url)
            port = parts.port or PORTS[parts.scheme]
        except (ValueError, KeyError):
            return None
        return cls(parts.scheme, parts.hostname.rstrip("."), port) if parts.hostname else None

    @property
    def place(self) -> str:
        """Host and port, as a rule or a request has them."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


class Elsewhere:
    """The origins that were asked for and refused: never a path, which may hold a person's data."""

    def __init__(self) -> None:
        self.said: dict[Words, None] = {}
        self.asked: dict[str, int] = {}
        self.total = 0
        self.by_pages: set[str] = set()

    def asked_by_page(self, url: str) -> None:
        """A page's own request: to one of the browser's hosts it is no more the browser's."""
        origin = Origin.of(url)
        if origin and origin.host in BROWSERS_OWN:
            self.by_pages.add(origin.host)

    def add(self, origin: str, times: int = 1) -> None:
        """Remember one, unless there are too many already."""
        self.total += times
        name = LONG_NUMBER.sub("…", origin[:LONGEST_HOST])
        if name in self.asked or len(self.asked) < MOST:
            self.asked[name] = self.asked.get(name, 0) + times

    def say(self, words: Words) -> None:
        """Something else that a person should know of these browsers; once."""
        self.said[words] = None

    @property
    def told(self) -> tuple[Words, ...]:
        """A sentence for what pages were refused, after what else was said.

        What the browser asks by itself at every run is refused as well, and no news.
        """
        own = {name for name in self.asked if _host(name) in BROWSERS_OWN - self.by_pages}
        total = self.total - sum(self.asked[name] for name in own)
        if not total:
            return tuple(self.said)
        listed = ", ".join(sorted(self.asked.keys() - own))
        listed += ", …" if len(self.asked) == MOST else ""
        return (
            *self.said,
            Words(
                f"Halaman portal, atau pelayar, meminta {total} kali daripada alamat lain; "
                f"semuanya ditolak: {listed}. Jika portal memerlukannya, tambah dalam "
                "allowed_origins.",
                f"The portal's pages, or the browser, asked other addresses {total} times; "
                f"all of it was refused: {listed}. What the portal needs goes into "
                "allowed_origins.",
            ),
        )


def _host(name: str) -> str:
    """Of an origin as it was asked for: ``accounts.google.com:443``, ``http://host``."""
    return (name.partition("://")[2] or name).rpartition(":")[0] or name.partition("://")[2]


class Origins:
    """The origins that are allowed: the portal's own, and those that the configuration adds."""

    def __init__(self, settings: PortalSettings) -> None:
        found = map(Origin.of, (settings.address, *settings.allowed_origins))
        self.allowed = frozenset(origin for origin in found if origin)
        self.home = Origin.of(settings.address)
        self.proxy = Origin.of(settings.proxy) if settings.proxy else None

    def __contains__(self, url: str) -> bool:
        return Origin.of(url) in self.allowed

    @property
    def written(self) -> list[str]:
        """Each as a page tells its own origin: without a port that goes without saying."""
        usual = {o: o.place.removesuffix(f":{PORTS[o.scheme]}") for o in self.allowed}
        return [f"{origin.scheme}://{place}" for origin, place in usual.items()]

    def args(self, listener: str) -> list[str]:
        """For Chromium: all else goes to the listener, and its name is not even looked up."""
        # The office's proxy cannot reach a portal on this machine.
        straight = [o for o in self.allowed if not self.proxy or o.scheme == "http"]
        rules = [f"{s}://{o.place}" for o in straight for s in (o.scheme, SOCKETS[o.scheme])]
        hosts = sorted({LOCAL, *(origin.host for origin in straight)})
        return [
            f"--proxy-server={listener}",
            f"--proxy-bypass-list={';'.join(['<-loopback>', *sorted(rules)])}",
            f"--host-resolver-rules=MAP * ~NOTFOUND{''.join(f' , EXCLUDE {h}' for h in hosts)}",
            # Calls go by UDP, past any proxy; one name of the switch or the other is known.
            "--webrtc-ip-handling-policy=disable_non_proxied_udp",
            "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
        ]


class Fence:
    """The listener: refuses whatever comes, or hands it on to the office's proxy if allowed."""

    def __init__(self, origins: Origins, elsewhere: Elsewhere) -> None:
        self.origins = origins
        self.elsewhere = elsewhere
        self._socket = socket.create_server((LOCAL, 0))  # raises OSError
        self.address = f"http://{LOCAL}:{self._socket.getsockname()[1]}"
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._serve, name="fence", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._socket.close()

    def _serve(self) -> None:
        loop = self._loop
        asyncio.set_event_loop(loop)
        listening = loop.run_until_complete(asyncio.start_server(self._answer, sock=self._socket))
        loop.run_forever()
        listening.close()
        left = asyncio.all_tasks(loop)
        for task in left:
            task.cancel()
        loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        loop.run_until_complete(loop.shutdown_asyncgens())  # a last turn, in which lines are closed
        loop.close()

    async def _answer(self, reader: StreamReader, writer: StreamWriter) -> None:
        try:
            with suppress(OSError, TimeoutError):
                await self._decide(reader, writer)
        finally:
            writer.close()

    async def _decide(self, reader: StreamReader, writer: StreamWriter) -> None:
        async with asyncio.timeout(SLOW_S):
            said = ASKED.match(await reader.read(CHUNK))
        way, scheme, place = (part.decode() for part in said.groups(b"")) if said else [""] * 3
        proxy = self.origins.proxy
        if proxy and way == "CONNECT" and f"https://{place}" in self.origins:
            await _hand_on(proxy, place, reader, writer)
            return
        if place:
            self.elsewhere.add(f"{scheme}://{place}" if scheme else place)
        await _refuse(reader, writer)


async def _hand_on(proxy: Origin, place: str, reader: StreamReader, writer: StreamWriter) -> None:
    """To the office's proxy, whose answer goes back as it came."""
    there, back = await asyncio.open_connection(proxy.host, proxy.port)
    try:
        back.write(f"CONNECT {place} HTTP/1.1\r\nHost: {place}\r\n\r\n".encode())
        await asyncio.gather(_pump(reader, back), _pump(there, writer), return_exceptions=True)
    finally:
        back.close()


async def _refuse(reader: StreamReader, writer: StreamWriter) -> None:
    writer.write(REFUSAL)
    writer.write_eof()
    # Hanging up on who still speaks would take the answer from him.
    async with asyncio.timeout(SLOW_S):
        while await reader.read(CHUNK):
            pass


async def _pump(source: StreamReader, sink: StreamWriter) -> None:
    while chunk := await source.read(CHUNK):
        sink.write(chunk)
        await sink.drain()
    sink.write_eof()
