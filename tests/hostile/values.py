"""The portal shows other values, or the same ones in another shape."""

from __future__ import annotations

import json
import re
from typing import ClassVar

from tests.hostile.wire import Answer, Asked, Change, cells, rows, texts

DAY = re.compile(r"\b\d{2}/\d{2}/\d{4}\b")
MONEY = re.compile(r"^-?[\d,]*\.\d\d$")
NO_DAYS = ("-", "", "31/02/2026", "2026-11-10", "10 Nov 2026", "00/00/0000", "99/99/9999", "10/11/26",
           "N/A", "\u0661\u0660/\u0661\u0661/\u0662\u0660\u0662\u0666", "10/11/20266", "1/1/1", "10-11-2026", "Selasa", "9" * 5000)  # fmt: skip
NO_COUNTS = (
    "9" * 5000,
    "-",
    "",
    "1,234",
    "1.5",
    "\u0661\u0662",
    "-1",
    "1e9",
    "tiga",
    "0x10",
    "\u00b2",
    "12 rekod",
)
NO_MONEY = (
    "RM 1.234,50",
    "-",
    "",
    "NaN",
    "1,2,3.45",
    "(12.00)",
    "12",
    "1e400",
    "RM12.00",
    "9" * 5000,
)
NO_NUMBERS = ("-", "", "Dalam proses", "CAN1", "CAN112026000000011122233", "REF/2026/0001", "XYZ11202600000001",
              "CAN 11 2026 00000001", "0", "can11202600000001", "CAN13202600000001", "9" * 5000)  # fmt: skip
CASE = re.compile(r"\b[A-Z]{3}(?:COL)?\d{6}C?\d{8,9}\b|\b(?:ACR|ECR)\d{12}\b")
CODE = re.compile(r"\b[A-Z]\d{10}[A-Z]\b")
DATES = ("Thu, 01 Jan 1970 00:00:00 GMT", "Tue, 10 Nov 2026 10:00:00 +9999", "yesterday", "", None,
         "Fri, 20 Nov 2026 10:00:00 -2500", "Fri, 31 Feb 2026 10:00:00 GMT", "9" * 400,
         "Fri, 20 Nov 99999 10:00:00 GMT", "Fri, 20 Nov 2026 10:00:00 XYZ")  # fmt: skip


class Values(Change):
    """Texts of one shape in cells and values read otherwise: all of them, or one in some."""

    area: ClassVar[str] = "values"
    shape: ClassVar[re.Pattern[str]] = re.compile("")
    instead_of: ClassVar[tuple[str, ...]] = ()

    def prepare(self) -> None:
        self.reads = self.draw.choice(self.instead_of)
        self.of = self.draw.choice((1, 1, 3, 7))
        self._seen = 0

    def after(self, asked: Asked, answer: Answer) -> Answer:
        if answer.is_html and asked.is_page:
            answer.text = texts(answer.text, self._other)
        return answer

    def _other(self, tag: str, text: str) -> str:
        if not tag.startswith(("<td", "<dd", "<b ", "<span id")) or not self.shape.fullmatch(text):
            return text
        self._seen += 1
        if self._seen % self.of:
            return text
        self.fired += 1
        return self.reads


class Days(Values):
    """Dates that are none."""

    shape: ClassVar[re.Pattern[str]] = DAY
    instead_of: ClassVar[tuple[str, ...]] = NO_DAYS


class Counts(Values):
    """Figures that are none: totals of tasks, records, employees."""

    shape: ClassVar[re.Pattern[str]] = re.compile(r"\d{1,6}")
    instead_of: ClassVar[tuple[str, ...]] = NO_COUNTS


class Money(Values):
    """Amounts that are none."""

    shape: ClassVar[re.Pattern[str]] = MONEY
    instead_of: ClassVar[tuple[str, ...]] = NO_MONEY


class CaseNumbers(Values):
    """Case numbers of a form that nobody knows, or none."""

    shape: ClassVar[re.Pattern[str]] = CASE
    instead_of: ClassVar[tuple[str, ...]] = NO_NUMBERS


class NumberOfTheResult(Change):
    """The number on the page after the press alone is none."""

    area: ClassVar[str] = "values"

    def prepare(self) -> None:
        self.reads = self.draw.choice(NO_NUMBERS)
        self.row_goes = self.draw.random() < 0.3

    def after(self, asked: Asked, answer: Answer) -> Answer:
        text = answer.text if answer.is_html else ""
        found = r'<dt>[^<]*</dt><dd id="(?:caseNumber|acrNumber|ecrNumber)">[^<]*</dd>'
        if re.search(found, text):
            self.fired += 1
            kept = r'(id="(?:caseNumber|acrNumber|ecrNumber)">)[^<]*'
            gone = re.sub(found, "", text)
            answer.text = gone if self.row_goes else re.sub(kept, rf"\g<1>{self.reads}", text)
        return answer


class EmployerCodes(Change):
    """Where the employer's code is expected stands the name, nothing, or another's code."""

    area: ClassVar[str] = "values"

    def prepare(self) -> None:
        self.reads = self.draw.choice(("Contoh Perniagaan Sdn. Bhd.", "", "-", "B9900005678W"))
        self.where = self.draw.choice(("cells", "box", "both"))

    def after(self, asked: Asked, answer: Answer) -> Answer:
        if not answer.is_html or not asked.is_page:
            return answer
        before = answer.text
        if self.where != "box":
            answer.text = cells(
                answer.text, lambda cell: CODE.sub(self.reads, cell) if "<" not in cell else cell
            )
        if self.where != "cells":
            answer.text = re.sub(r'(id="employerCode">)[^<]*', rf"\g<1>{self.reads}", answer.text)
        self.fired += answer.text != before
        if self.reads == "B9900005678W" and self.where != "cells" and is_review(answer.text):
            self.scene.forbid("press: the review names another employer")
        return answer


def is_review(html: str) -> bool:
    """A screen from which the last press goes."""
    return "commit.jsp" in html


class OtherPerson(Change):
    """The review shows another person or value than was declared: nothing may be pressed."""

    area: ClassVar[str] = "values"

    def prepare(self) -> None:
        self.reads = self.draw.choice(
            ("ORANG LAIN BIN REKAAN", "880101105555", "01/01/2001", "X9999999")
        )
        self.which = self.draw.randrange(50)

    def after(self, asked: Asked, answer: Answer) -> Answer:
        if not answer.is_html or not is_review(answer.text):
            return answer
        told = [t for t in self.scene.told if f">{t}</td>" in answer.text]
        if told:
            self.fired += 1
            self.shown = told[self.which % len(told)]
            answer.text = answer.text.replace(f">{self.shown}</td>", f">{self.reads}</td>", 1)
            self.scene.forbid("press: the review shows another value than was declared")
        return answer


class RowOfTheReview(OtherPerson):
    """A row of the review is not there: what was declared is not shown."""

    def after(self, asked: Asked, answer: Answer) -> Answer:
        if not answer.is_html or not is_review(answer.text):
            return answer
        told = [t for t in self.scene.told if answer.text.count(f">{t}</td>") == 1]
        if told:
            self.fired += 1
            self.shown = told[self.which % len(told)]
            gone = f">{self.shown}</td>"
            answer.text = rows(answer.text, lambda row: "" if gone in row else row)
            self.scene.forbid("press: a declared value is not on the review")
        else:
            self.scene.forbid("")  # this one is as declared
        return answer


class TableRows(Change):
    """Rows twice, rows of a stranger, rows that are missing, in every table."""

    area: ClassVar[str] = "values"

    def prepare(self) -> None:
        self.how = self.draw.choice(("twice", "stranger", "missing", "blank", "heads again"))
        self.which = self.draw.randrange(3)
        self._n = 0

    def after(self, asked: Asked, answer: Answer) -> Answer:
        if answer.is_html and asked.is_page and 'class="warning"' not in answer.text:
            self._n = 0
            answer.text = rows(answer.text, self._other)
        return answer

    def _other(self, row: str) -> str:
        self._n += 1
        if (self._n - 1) % 3 != self.which:
            return row
        self.fired += 1
        blank = re.sub(r"(<td[^>]*>)[^<]*(?=</td>)", r"\1", row)
        stranger = re.sub(r"\d{12}", "770707007777", row)
        made = {
            "twice": row + row, "stranger": row + stranger, "missing": "", "blank": row + blank,
            "heads again": f"{row}{row.replace('<td', '<th').replace('</td', '</th')}",
        }  # fmt: skip
        return made[self.how]


class TableColumns(Change):
    """A column more, a column less, two columns in each other's place."""

    area: ClassVar[str] = "values"

    def prepare(self) -> None:
        self.how = self.draw.choice(("more", "less", "swapped", "swapped cells", "spanned"))
        self.which = self.draw.randrange(4)

    def after(self, asked: Asked, answer: Answer) -> Answer:
        if answer.is_html and asked.is_page and "<table" in answer.text:
            self.fired += 1
            answer.text = re.sub(r"<tr\b[^>]*>.*?</tr>", self._other, answer.text, flags=re.DOTALL)
        return answer

    def _other(self, found: re.Match[str]) -> str:
        row = found[0]
        parts = re.findall(r"<t[dh]\b.*?</t[dh]>", row, re.DOTALL)
        at = self.which
        if len(parts) < at + 2:
            return row
        if self.how == "more":
            parts.insert(at, "<td>?</td>" if "<td" in row else "<th>Lain-lain</th>")
        elif self.how == "less":
            del parts[at]
        elif self.how == "spanned":
            parts[at] = parts[at].replace("<t", "<t", 1).replace(">", ' colspan="2">', 1)
        elif self.how == "swapped" or "<td" in row:
            parts[at], parts[at + 1] = parts[at + 1], parts[at]
        return f"{row[: row.index('>') + 1]}{''.join(parts)}</tr>"


class Blanks(Change):
    """Blanks that do not break, that nobody sees, that are too many."""

    area: ClassVar[str] = "values"

    def prepare(self) -> None:
        self.sign = self.draw.choice(
            ("\u00a0", "  ", "\u200b", "\u2028", " \u00ad", "\t", "\u202e", "\ufeff")
        )
        self.inside = self.draw.random() < 0.5

    def after(self, asked: Asked, answer: Answer) -> Answer:
        if answer.is_html and asked.is_page:
            self.fired += 1
            answer.text = texts(answer.text, self._other)
        return answer

    def _other(self, tag: str, text: str) -> str:
        if tag.startswith(("<script", "<style", "<option")):
            return text
        return text.replace(" ", self.sign) if self.inside else f"{self.sign}{text}{self.sign}"


class ExtraTable(Change):
    """A second table of the same look stands before, after, or unseen beside each."""

    area: ClassVar[str] = "values"

    def prepare(self) -> None:
        self.how = self.draw.choice(("before", "after", "hidden before", "same id before"))

    def after(self, asked: Asked, answer: Answer) -> Answer:
        if answer.is_html and "<table" in answer.text:
            self.fired += 1
            answer.text = re.sub(r"<table\b.*?</table>", self._other, answer.text, flags=re.DOTALL)
        return answer

    def _other(self, found: re.Match[str]) -> str:
        table = found[0]
        copy = re.sub(r"\d{12}", "770707007777", table)
        copy = copy if "same id" in self.how else re.sub(r'\sid="[^"]*"', "", copy)
        if "hidden" in self.how:
            copy = copy.replace("<table", "<table hidden", 1)
        return table + copy if self.how == "after" else copy + table


class DateHeader(Change):
    """The portal's clock on the wire is mad."""

    area: ClassVar[str] = "values"

    def prepare(self) -> None:
        self.reads = self.draw.choice(DATES)

    def after(self, asked: Asked, answer: Answer) -> Answer:
        del asked
        self.fired += 1
        answer.put("Date", self.reads)
        return answer


class JsonValues(Change):
    """What the page's script is answered is not what it was: keys gone, null, of another type."""

    area: ClassVar[str] = "values"

    def prepare(self) -> None:
        self.how = self.draw.choice(
            ("null", "list", "text", "number", "keys", "other person", "unknown error")
        )

    def after(self, asked: Asked, answer: Answer) -> Answer:
        if answer.is_json:
            self.fired += 1
            answer.text = json.dumps(self._other(json.loads(answer.text)))
        return answer

    def _other(self, said: dict[str, object]) -> object:
        plain: dict[str, object] = {
            "null": None, "list": [], "text": "OK", "number": 7, "keys": {},
            "unknown error": {"jsonFieldError": [], "jsonGlobalError": [{"errorMsg": "Ralat E-77"}]},
        }  # fmt: skip
        if self.how in plain:
            return plain[self.how]
        person = {"nameOfEmployee": "ORANG LAIN", "dateOfBirth": "01/01/1960", "gender": "M"}
        return {**said, "known": True, "person": person}


KINDS: tuple[type[Change], ...] = (
    Days, Counts, Money, CaseNumbers, NumberOfTheResult, EmployerCodes, OtherPerson, RowOfTheReview,
    TableRows, TableColumns, Blanks, ExtraTable, DateHeader, JsonValues,
)  # fmt: skip
