"""The portal says the same in other words."""

from __future__ import annotations

import re
from typing import ClassVar

from tests.hostile.wire import LOG_IN, Answer, Asked, Change, cells, texts

STATUSES = (
    "Draft", "Approved", "Pending for Review", "In Progress", "Under Query", "Rejected", "Submitted",
    "Received", "Completed", "Incomplete", "Active",
)  # fmt: skip
UNKNOWN = (
    "Draf", "Diluluskan", "Lulus", "Ditolak", "Pertanyaan", "Query", "Dalam Tindakan", "XYZ", "-", "",
    "Telah Dihantar", "In Progress", "Menunggu", "Draft (1)", "DRAFT", "Ready", "Черновик", "草稿",
)  # fmt: skip
NOTHING = ("No Record Found.", "Tiada rekod ditemui.", "Record Not Found.", "Tiada rekod.")
NOTHING_ELSE = (
    "Kosong",
    "0 rekod",
    "Nothing to display",
    "Tiada data buat masa ini",
    "",
    "Loading…",
)
OTHER_WORDS = (
    "{} (baharu)", "Perkara", "Item", "{}:", "Maklumat Am", "{} / 2.0", "[{}]", "…", "SILA RUJUK {}",
)  # fmt: skip
REFUSALS = (
    "Kata laluan anda tidak sah. Baki cubaan: 2.", "Sila semak semula maklumat anda.",
    "Authentication failed (code 7).", "ID anda dikunci selama 30 minit.", "Harap maaf.",
    "Anda telah mencapai had cubaan.", "Ungültiges Kennwort", "",
)  # fmt: skip


class StatusWord(Change):
    """One status word reads otherwise wherever it stands."""

    area: ClassVar[str] = "words"

    def prepare(self) -> None:
        self.word = self.draw.choice(STATUSES)
        self.reads = self.draw.choice(UNKNOWN)

    def after(self, asked: Asked, answer: Answer) -> Answer:
        if answer.is_html and asked.is_page:
            answer.text = texts(answer.text, self._other)
        return answer

    def _other(self, tag: str, text: str) -> str:
        if tag.startswith(("<script", "<title")) or text != self.word:
            return text
        self.fired += 1
        return self.reads


class EveryStatus(StatusWord):
    """All status words are one unknown word."""

    def _other(self, tag: str, text: str) -> str:
        if tag.startswith(("<script", "<title")) or text not in STATUSES:
            return text
        self.fired += 1
        return self.reads


class StatusAtTheResult(StatusWord):
    """The status of the page after the press, and of the case's own page."""

    def after(self, asked: Asked, answer: Answer) -> Answer:
        if answer.is_html and 'id="taskStatus"' in answer.text:
            answer.text = re.sub(r'(id="taskStatus">)[^<]*', rf"\g<1>{self.reads}", answer.text)
            self.fired += 1
        return answer


class NothingFound(Change):
    """An empty table says so in other words, or not at all."""

    area: ClassVar[str] = "words"

    def prepare(self) -> None:
        self.reads = self.draw.choice(NOTHING_ELSE)
        self.row_goes = self.draw.random() < 0.3

    def after(self, asked: Asked, answer: Answer) -> Answer:
        if answer.is_html and asked.is_page:
            answer.text = cells(answer.text, self._other)
            if self.row_goes and self.fired:
                answer.text = re.sub(
                    r'<tr class="warning">.*?</tr>', "", answer.text, flags=re.DOTALL
                )
        return answer

    def _other(self, content: str) -> str:
        if content.strip() not in NOTHING:
            return content
        self.fired += 1
        return self.reads


class Reworded(Change):
    """Some of the words in certain tags read otherwise: always the same ones."""

    area: ClassVar[str] = "words"
    tags: ClassVar[tuple[str, ...]] = ()

    def prepare(self) -> None:
        self.of = self.draw.choice((1, 2, 4, 8))
        self.reads = self.draw.choice(OTHER_WORDS)
        self.salt = self.draw.randrange(1000)

    def after(self, asked: Asked, answer: Answer) -> Answer:
        if answer.is_html and asked.is_page:
            answer.text = texts(answer.text, self._other)
        return answer

    def _other(self, tag: str, text: str) -> str:
        wanted = tag.startswith(self.tags) and (sum(map(ord, text)) + self.salt) % self.of == 0
        if not wanted:
            return text
        self.fired += 1
        return self.reads.format(text)


class Headings(Reworded):
    """Titles of screens and parts."""

    tags: ClassVar[tuple[str, ...]] = ("<h1", "<h2", "<h3", "<title", "<caption")


class ColumnHeads(Reworded):
    """The heads of tables."""

    tags: ClassVar[tuple[str, ...]] = ("<th",)


class FieldLabels(Reworded):
    """What stands beside fields and values."""

    tags: ClassVar[tuple[str, ...]] = ("<label", "<dt", '<span class="label-text"')


class ButtonWords(Reworded):
    """What stands on buttons and links."""

    tags: ClassVar[tuple[str, ...]] = ('<a class="btn', "<a href", "<button", '<span class="site')

    def after(self, asked: Asked, answer: Answer) -> Answer:
        return answer if asked.path.startswith("/employer") else super().after(asked, answer)


class Options(Reworded):
    """The entries of lists."""

    tags: ClassVar[tuple[str, ...]] = ("<option",)


class ConfirmDialog(Change):
    """The question before the last press: its title, its words, its buttons, its very shape."""

    area: ClassVar[str] = "words"

    def prepare(self) -> None:
        self.what = self.draw.choice(("title", "question", "confirm", "cancel", "swapped", "ids"))
        self.reads = self.draw.choice(
            ("TERUSKAN", "YA", "OK", "NOTIS PENTING", "Ya, saya faham", "")
        )

    def after(self, asked: Asked, answer: Answer) -> Answer:
        text = answer.text if answer.is_html else ""
        if 'id="confirmword"' not in text:
            return answer
        self.fired += 1
        part = {
            "title": r'(_title">)[^<]*', "question": r'(class="question">)[^<]*',
            "confirm": r'(id="confirmword">)[^<]*', "cancel": r'(id="cancelword">)[^<]*',
        }.get(self.what)  # fmt: skip
        if part:
            answer.text = re.sub(part, lambda m: f"{m[1]}{self.reads}", text)
        elif self.what == "ids":
            answer.text = text.replace('id="confirmword"', "").replace("modal smallModal", "kotak")
        else:
            answer.text = _swapped(text)
        return answer


def _swapped(text: str) -> str:
    """CONFIRM's words stand on CANCEL, and the other way round."""
    words = [re.search(rf'id="{side}word">([^<]*)', text) for side in ("confirm", "cancel")]
    confirm, cancel = (found[1] if found else "" for found in words)
    text = re.sub(r'(id="confirmword">)[^<]*', rf"\g<1>{cancel}", text)
    return re.sub(r'(id="cancelword">)[^<]*', rf"\g<1>{confirm}", text)


class SuccessWords(Change):
    """The green strip says something else, or is red, or is not there."""

    area: ClassVar[str] = "words"

    def prepare(self) -> None:
        self.how = self.draw.choice(("words", "red", "gone", "query"))

    def after(self, asked: Asked, answer: Answer) -> Answer:
        if not answer.is_html or "alert-success" not in answer.text:
            return answer
        self.fired += 1
        whole = r'<div class="alert alert-success"[^>]*>[^<]*</div>'
        made = {
            "words": '<div class="alert alert-success">Permohonan sedang diteliti.</div>',
            "red": '<div class="alert alert-error">Telah diterima.</div>',
            "query": '<div class="alert alert-info">Kes ini dalam pertanyaan.</div>',
        }.get(self.how, "")
        answer.text = re.sub(whole, made, answer.text)
        return answer


class ErrorStrip(Change):
    """A red strip of unknown words on a screen where nothing is wrong."""

    area: ClassVar[str] = "words"

    def prepare(self) -> None:
        self.words = self.draw.choice(
            ("Your request failed to complete.", "Notis: sistem akan dinaik taraf malam ini.",
             "Ralat 0x80", "Sesi anda telah tamat.", "Session expired. Please log in again.")
        )  # fmt: skip
        self.nth = self.draw.randint(1, 20)
        self._seen = 0

    def after(self, asked: Asked, answer: Answer) -> Answer:
        if answer.is_html and '<div class="portlet' in answer.text:
            self._seen += 1
            if self._seen >= self.nth:
                self.fired += 1
                strip = rf'\g<0><div class="alert alert-error">{self.words}</div>'
                answer.text = re.sub(r'<div class="portlet[^>]*>', strip, answer.text, count=1)
        return answer


class PasswordRefused(Change):
    """LOG MASUK is answered with the log-in page, and unfamiliar words or none."""

    area: ClassVar[str] = "words"

    def prepare(self) -> None:
        self.words = self.draw.choice(REFUSALS)
        self.place = self.draw.choice(("strip", "inline", "paragraph"))
        self.echoes = self.draw.random() < 0.35

    def instead(self, asked: Asked) -> Answer | None:
        if asked.method != "POST" or asked.screen != LOG_IN:
            return None
        self.fired += 1
        page = self.scene.log_in_page().decode()
        said = f"{self.words} {self.scene.password}" if self.echoes else self.words
        kinds = {"strip": "alert alert-error", "inline": "error-inline", "paragraph": "nota"}
        made = f'<div class="{kinds[self.place]}">{said}</div>' if said else ""
        page = page.replace("<form", f"{made}<form", 1)
        return Answer(
            200, [("Content-Type", "text/html; charset=utf-8")], page.encode(), its_own=False
        )


class OtherPhrase(Change):
    """The security phrase is another's, or is not shown: no password may be typed."""

    area: ClassVar[str] = "words"

    def prepare(self) -> None:
        self.reads = self.draw.choice(("frasa orang lain", "", "{}.", "{} ", "x{}", "{}?"))

    def after(self, asked: Asked, answer: Answer) -> Answer:
        text = answer.text if answer.is_html else ""
        if 'id="securityPhrase"' in text:
            reads = self.reads.format(self.scene.phrase)
            answer.text = re.sub(r'(id="securityPhrase">)[^<]*', lambda m: f"{m[1]}{reads}", text)
            self.fired += 1
            if reads.strip() != self.scene.phrase:
                self.scene.forbid("password")
        return answer


KINDS: tuple[type[Change], ...] = (
    StatusWord, EveryStatus, StatusAtTheResult, NothingFound, Headings, ColumnHeads, FieldLabels,
    ButtonWords, Options, ConfirmDialog, SuccessWords, ErrorStrip, PasswordRefused, OtherPhrase,
)  # fmt: skip
