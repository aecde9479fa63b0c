"""Too much, too little, or something else than it is called."""

from __future__ import annotations

import json
import re
from typing import ClassVar

from tests.hostile.wire import DRIPS, STREAM, Answer, Asked, Change

MEGABYTE = 1024 * 1024
PDF = "application/pdf"
NAMES = (
    "../../../surat.pdf", "..\\..\\surat.pdf", "/tmp/surat.pdf", "surat\r\nX-A: b.pdf", "surat.exe",  # noqa: S108  a name in an answer
    "surat.pdf.exe", "a" * 300 + ".pdf", "\u202efdp.exe", "CON.pdf", ".bashrc", "surat\x00.pdf", "", "~/x.pdf",
)  # fmt: skip


class EndlessNext(Change):
    """Every list has one more page."""

    area: ClassVar[str] = "sizes"

    def prepare(self) -> None:
        self.same_rows = self.draw.random() < 0.5
        self._page = 1

    def after(self, asked: Asked, answer: Answer) -> Answer:
        text = answer.text if answer.is_html else ""
        if "</table>" in text and "pagination" not in text and not asked.by_ajax:
            self.fired += 1
            self._page += 1
            place = f"{asked.path}?{asked.target.partition('?')[2]}&sida={self._page}"
            made = f'<nav class="pagination" role="navigation" aria-label="Pages"><span class="current" aria-current="page">{self._page}</span><a href="{place}">{self._page + 1}</a><a href="{place}">Next</a></nav>'
            answer.text = text.replace("</table>", f"</table>{made}", 1)
        return answer


class LongWords(Change):
    """Some megabytes of words where a sentence was expected."""

    area: ClassVar[str] = "sizes"

    def prepare(self) -> None:
        self.where = self.draw.choice(("strip", "status", "title", "refusal", "cell", "heading"))
        self.size = self.draw.choice((200_000, 5 * MEGABYTE))
        self._once = False

    def after(self, asked: Asked, answer: Answer) -> Answer:
        words = "perkataan " * (self.size // 10)
        if answer.is_json and self.where == "refusal":
            self.fired += 1
            said = {"jsonFieldError": [], "jsonGlobalError": [{"errorMsg": words}]}
            answer.text = json.dumps(said)
        places = {
            "strip": r'(<div class="alert[^>]*>)[^<]*', "status": r'(id="taskStatus">)[^<]*',
            "title": r"(<title>)[^<]*", "heading": r"(<h1>)[^<]*", "cell": r"(<td>)[^<]*",
        }  # fmt: skip
        if answer.is_html and asked.is_page and self.where in places:
            text = re.sub(places[self.where], lambda m: m[1] + words, answer.text, count=1)
            self.fired += text != answer.text
            answer.text = text
        return answer


class ManyOptions(Change):
    """Fifty thousand entries in every list."""

    area: ClassVar[str] = "sizes"

    def prepare(self) -> None:
        self.count = self.draw.choice((5000, 50_000))

    def after(self, asked: Asked, answer: Answer) -> Answer:
        if answer.is_html and asked.is_page and "</select>" in answer.text:
            self.fired += 1
            more = "".join(f'<option value="z{n}">Pilihan {n}</option>' for n in range(self.count))
            answer.text = answer.text.replace("</select>", f"{more}</select>", 1)
        return answer


class BigPage(Change):
    """A page of many megabytes, or of a depth that nobody draws."""

    area: ClassVar[str] = "sizes"

    def prepare(self) -> None:
        self.how = self.draw.choice(("comment", "deep", "rows", "attributes"))

    def after(self, asked: Asked, answer: Answer) -> Answer:
        if answer.is_html and asked.is_page and "</main>" in answer.text:
            self.fired += 1
            more = {
                "comment": f"<!--{'x' * 20 * MEGABYTE}-->", "deep": "<div>" * 3000 + "</div>" * 3000,
                "rows": f"<table>{'<tr><td>1</td><td>x</td></tr>' * 20_000}</table>",
                "attributes": f'<p data-x="{"y" * 5 * MEGABYTE}"></p>',
            }[self.how]  # fmt: skip
            answer.text = answer.text.replace("</main>", f"</main>{more}", 1)
        return answer


class Letters(Change):
    """A letter that is none: too big, empty, a program, a page, with a name that climbs."""

    area: ClassVar[str] = "sizes"

    def prepare(self) -> None:
        self.how = self.draw.choice(
            ("huge", "huge unsaid", "exe", "html", "empty", "name", "name", "drips", "error", "elf")
        )
        self.name = self.draw.choice(NAMES)

    def after(self, asked: Asked, answer: Answer) -> Answer:
        if not asked.is_file:
            return answer
        self.fired += 1
        bodies = {
            "exe": b"MZ" + b"\0" * 5000, "elf": b"\x7fELF" + b"\0" * 5000, "empty": b"",
            "html": b"<html><script>alert(1)</script><body>Sesi tamat</body></html>",
        }  # fmt: skip
        if self.how in bodies:
            answer.body = bodies[self.how]
        if self.how == "error":
            return Answer(404, [("Content-Type", "text/html")], b"<h1>404</h1>", its_own=False)
        if self.how in {"name", "exe"}:
            kept = self.name if self.how == "name" else "surat.exe"
            answer.put("Content-Disposition", f'attachment; filename="{_on_the_wire(kept)}"')
        if self.how.startswith("huge"):
            answer.ending, answer.size = STREAM, 60 * MEGABYTE
            answer.put("Content-Length", str(answer.size) if self.how == "huge" else None)
        if self.how == "drips":
            answer.ending = DRIPS
        return answer


def _on_the_wire(name: str) -> str:
    """A header is one line of Latin-1; what cannot stand there is written as browsers read it."""
    return name.replace("\r\n", "%0d%0a").replace("\x00", "%00").encode("utf-8").decode("latin-1")


class ManyLetters(Change):
    """Three hundred letters beside a case."""

    area: ClassVar[str] = "sizes"

    def prepare(self) -> None:
        self.count = self.draw.choice((0, 40, 300))
        self.name = self.draw.choice(("{} surat", "Letter of acknowledgement", "../{}", "\u202e{}"))

    def after(self, asked: Asked, answer: Answer) -> Answer:
        del asked
        text = answer.text if answer.is_html else ""
        found = re.search(r'<li><a id="iconDownload".*?</a></li>', text, re.DOTALL)
        if found:
            self.fired += 1
            before, after = found[0].split("</i>", 1)
            after = after[after.index("<") :]
            names = [self.name.format(number) for number in range(self.count)]
            links = [f"{before}</i>{name}{after}" for name in names]
            answer.text = text.replace(found[0], "".join(links), 1)
        return answer


KINDS: tuple[type[Change], ...] = (
    EndlessNext,
    LongWords,
    ManyOptions,
    BigPage,
    Letters,
    ManyLetters,
)
