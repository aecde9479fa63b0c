"""A page that tries every way to speak to another host, and hosts that count who comes.

Every way goes to a port of its own, so that it is known which were tried and which arrived.
"""

from __future__ import annotations

import http.server
import json
import socket
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# What a page, its frames and its workers may ask for by themselves; in JavaScript, `to` is the
# address of another host and `at` the host with its port.
WAYS = {
    "img": "el('img', {src: to})",
    "script": "el('script', {src: to})",
    "css": "el('link', {rel: 'stylesheet', href: to})",
    "css-import": "el('style', {textContent: `@import url(${to});`})",
    "font": "new FontFace('f', `url(${to})`).load()",
    "iframe": "el('iframe', {src: to})",
    "object": "el('object', {data: to})",
    "embed": "el('embed', {src: to})",
    "video": "el('video', {src: to, autoplay: true})",
    "icon": "el('link', {rel: 'icon', href: to})",
    "fetch": "fetch(to, {mode: 'no-cors'})",
    "keepalive": "fetch(to, {mode: 'no-cors', method: 'POST', body: 'x', keepalive: true})",
    "xhr": "(() => { const x = new XMLHttpRequest(); x.open('POST', to); x.send('x'); })()",
    "beacon": "navigator.sendBeacon(to, 'x')",
    "eventsource": "new EventSource(to)",
    "websocket": "new WebSocket(`ws://${at}/`)",
    "secure-websocket": "new WebSocket(`wss://${at}/`)",
    "https": "fetch(`https://${at}/`, {mode: 'no-cors'})",
    "preload": "el('link', {rel: 'preload', as: 'fetch', href: to})",
    "prefetch": "el('link', {rel: 'prefetch', href: to})",
    "modulepreload": "el('link', {rel: 'modulepreload', href: to})",
    "preconnect": "el('link', {rel: 'preconnect', href: to})",
    "ping": "el('a', {href: '#here', ping: to, textContent: 'x'}).click()",
    "form": "form(to, 'posted')",
    "popup": "window.open(to)",
    "popup-form": "form(to, '_blank')",
    "download": "el('a', {href: to, download: 'x', target: 'framed', textContent: 'x'}).click()",
    "module-import": "import(to)",
    "worker-fetch": "work(`fetch('${to}', {mode: 'no-cors'})`)",
    "worker-websocket": "work(`new WebSocket('ws://${at}/')`)",
    "worker-script": "work(`importScripts('${to}')`)",
    "shared-worker": "new SharedWorker(`/shared.js?${encodeURIComponent(to)}`)",
    "service-worker": "navigator.serviceWorker.register(`/service.js?${encodeURIComponent(to)}`)",
    "framed-redirect": "el('iframe', {src: `/redirect?${encodeURIComponent(to)}`})",
    "framed-meta": "el('iframe', {src: `/meta?${encodeURIComponent(to)}`})",
    "blob-frame": "el('iframe', {src: blob(`<img src=\"${to}\">`, 'text/html')})",
    "srcdoc": "el('iframe', {srcdoc: `<script>fetch('${to}', {mode: 'no-cors'})<\\/script>`})",
    "stun": "stun(`stun:${at}`)",
    "turn-tcp": "stun(`turn:${at}?transport=tcp`)",
    "webtransport": "new WebTransport(`https://${at}/`)",
}
# Where the whole tab is led away.
LEADS = ("redirect", "meta", "location", "submit")
DATAGRAMS = {"stun", "webtransport"}
# What a browser without a window does not ask for by itself.
SILENT = {"icon", "preconnect"}
# What never speaks to a proxy, or is not begun at all in a run's browser.
UNHEARD = {*SILENT, "service-worker", "stun", "webtransport"}

HELPERS = """
const made = tag => document.createElement(tag);
const el = (tag, props) => document.body.appendChild(Object.assign(made(tag), props));
const blob = (text, type) => URL.createObjectURL(new Blob([text], {type}));
const work = text => new Worker(blob(text, 'text/javascript'));
const form = (action, target) => el('form', {action, target, method: 'POST'}).submit();
const stun = urls => {
  const c = new RTCPeerConnection({iceServers: [{urls, username: 'x', credential: 'x'}]});
  c.createDataChannel('x');
  c.createOffer().then(o => c.setLocalDescription(o));
};
"""


def page(ways: dict[str, str]) -> str:
    """The page; its title says when all was tried and had its time."""
    tries = "\n".join(
        f"try {{ const at = {json.dumps(at)}, to = `http://${{at}}/`; "
        f"Promise.resolve({WAYS[name]}).catch(() => 0); }} catch (e) {{ console.log(e); }}"
        for name, at in ways.items()
    )
    return (
        "<!doctype html><title>trying</title><body>"
        "<iframe name=framed></iframe><iframe name=posted></iframe>"
        f"<script>{HELPERS}\n{tries}\nsetTimeout(() => document.title = 'done', 2500);</script>"
    )


LED = {
    "meta": '<meta http-equiv="refresh" content="0;url={to}">',
    "location": "<script>location = '{to}'</script>",
    "submit": "<body><form action='{to}' method=POST></form>"
    "<script>document.forms[0].submit()</script>",
}


class Hosts:
    """One allowed host with the hostile page, and one counting host a way."""

    def __init__(self) -> None:
        self.arrived: set[str] = set()
        self._others: list[socket.socket] = []
        self.ways = {name: self._listen(name) for name in (*WAYS, *LEADS)}
        hosts = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                hosts.answer(self)

            def log_message(self, *_: object) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def _listen(self, name: str) -> str:
        kind = socket.SOCK_DGRAM if name in DATAGRAMS else socket.SOCK_STREAM
        one = socket.socket(socket.AF_INET, kind)
        one.bind(("127.0.0.1", 0))
        if kind is socket.SOCK_STREAM:
            one.listen()
        self._others.append(one)
        threading.Thread(target=self._count, args=(one, name), daemon=True).start()
        return f"127.0.0.1:{one.getsockname()[1]}"

    def _count(self, one: socket.socket, name: str) -> None:
        try:
            if one.type == socket.SOCK_DGRAM:
                one.recvfrom(65536)
            else:
                one.accept()[0].close()
        except OSError:
            return
        self.arrived.add(name)

    def answer(self, asked: http.server.BaseHTTPRequestHandler) -> None:
        what, _, to = asked.path.lstrip("/").partition("?")
        to = to.replace("%3A", ":").replace("%2F", "/")
        if what == "redirect":
            asked.send_response(302)
            asked.send_header("Location", to)
            asked.end_headers()
            return
        kind = "text/javascript" if what.endswith(".js") else "text/html"
        body = LED.get(what, "").replace("{to}", to)
        if what.endswith(".js"):
            body = f"fetch('{to}', {{mode: 'no-cors'}})"
        elif not what:
            body = page({name: self.ways[name] for name in WAYS})
        asked.send_response(200)
        asked.send_header("Content-Type", kind)
        asked.end_headers()
        asked.wfile.write(body.encode())

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        for one in self._others:
            one.close()


@contextmanager
def hosts() -> Iterator[Hosts]:
    """The hosts, for a while."""
    made = Hosts()
    try:
        yield made
    finally:
        made.close()
