"""The search finds what is planted, in whatever it is wrapped; the table says what is allowed."""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import io
import json
import shutil
import sqlite3
import subprocess
import sys
import threading
import urllib.parse
import zipfile
from contextlib import closing
from email.message import EmailMessage
from typing import TYPE_CHECKING

import openpyxl
import psutil
import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.trust import search
from tests.trust.office import Processes
from tests.trust.places import PAGE, faults, rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WORDS = 'Kenari "ungu" & terbang'
SECRET, WHO, PAID = search.secret("the phrase", WORDS), search.number("900111009137"), "4177.39"


def looked(data: bytes, *canaries: search.Canary) -> set[search.Canary]:
    return search.Search(canaries or (SECRET,)).data(data)


def zipped(data: bytes, name: str = "x") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return buffer.getvalue()


def database(tmp_path: Path, text: str) -> bytes:
    """In a cell that is longer than a page of it, as a program leaves it that still has it open."""
    place = tmp_path / "base.sqlite3"
    with closing(sqlite3.connect(place)) as base:
        base.execute("PRAGMA journal_mode = wal")
        base.execute("CREATE TABLE t (x)")
        base.execute("INSERT INTO t VALUES (?)", ("-" * 4000 + text + "-" * 9000,))
        base.commit()
    return place.read_bytes()


def mail(text: str) -> bytes:
    message = EmailMessage()
    message["Subject"] = "x"
    message.set_content(text, cte="base64")
    message.add_attachment(zipped(text.encode()), "application", "zip", filename="x.zip")
    return message.as_bytes()


def pdf(text: str) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pageCompression=1)
    canvas.drawString(72, 720, text)
    canvas.save()
    return buffer.getvalue()


def workbook(text: str) -> bytes:
    book, buffer = openpyxl.Workbook(), io.BytesIO()
    assert book.active is not None
    book.active["C7"] = text
    book.save(buffer)
    return buffer.getvalue()


WRAPPED: dict[str, Callable[[str], bytes]] = {
    "as it is": lambda text: b"\0\xff" + text.encode() + b"\0",
    "other case": lambda text: text.upper().encode(),
    "utf-16": lambda text: text.encode("utf-16-le"),
    "address": lambda text: b"GET /?q=" + urllib.parse.quote_plus(text).encode(),
    "page": lambda text: html.escape(text).encode(),
    "json": lambda text: json.dumps({"a": [text]}).encode(),
    "lines of json": lambda text: b'{"a": 1}\n' + json.dumps({text: 1}).encode(),
    "base64": lambda text: base64.b64encode(b"user:" + text.encode() + b":x"),
    "hex": lambda text: text.encode().hex().encode(),
    "digest": lambda text: hashlib.sha256(text.encode()).hexdigest().encode(),
    "zip": lambda text: zipped(text.encode()),
    "zip in a zip": lambda text: zipped(zipped(text.encode())),
    "name in a zip": lambda text: zipped(b"", text),
    "gzip": lambda text: gzip.compress(text.encode()),
    "workbook": workbook,
    "pdf": pdf,
    "mail": mail,
    "data address": lambda text: (
        b"<img src='data:image/x;base64," + base64.b64encode(gzip.compress(text.encode())) + b"'>"
    ),
}


@pytest.mark.parametrize("how", WRAPPED)
def test_a_secret_is_found_in_whatever_it_is_wrapped(how: str) -> None:
    assert looked(WRAPPED[how](WORDS)) == {SECRET}
    assert looked(WRAPPED[how]("anything else")) == set()


def test_a_secret_is_found_in_a_database_that_is_not_closed(tmp_path: Path) -> None:
    assert looked(database(tmp_path, WORDS)) == {SECRET}


@pytest.mark.parametrize("way", ["900111009137", "900111-00-9137", "900111 00 9137"])
def test_a_number_is_found_however_it_is_written(way: str) -> None:
    assert looked(way.encode(), WHO) == {WHO}


@pytest.mark.parametrize(
    "way", ["4177.39", "RM4,177.39", "00000000417739", '{"wages": 417739}', "        417739"]
)
def test_a_wage_is_found_however_it_is_written(way: str) -> None:
    canary = search.wage(PAID)
    assert looked(way.encode(), canary) == {canary}
    assert looked(b"a417739b", canary) == set(), "figures of a digest are no wage"


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract reads the pictures")
@pytest.mark.heavy
def test_a_number_is_read_in_a_picture(chrome: object, tmp_path: Path) -> None:
    """Drawn by the browser, as the tool's own pictures are."""
    from playwright.sync_api import Browser  # noqa: PLC0415  only here

    assert isinstance(chrome, Browser)
    tab = chrome.new_page()
    tab.set_content("<p style='font: 16px sans-serif'>No. KPPN 900111-00-9137</p>")
    tab.screenshot(path=tmp_path / "x.png")
    tab.close()
    look = search.Search((WHO, SECRET))
    assert look.file(tmp_path / "x.png") == {WHO}
    assert (look.pictures, look.unread) == (1, 0)


def test_bytes_that_only_look_like_something_are_no_error() -> None:
    for data in (
        b"PK\3\4broken",
        b"\x1f\x8b",
        b"SQLite format 3\0",
        b"%PDF-1.7",
        b"{",
        b"[" * 9999,
    ):
        assert looked(data + WORDS.encode()) == {SECRET}


@pytest.mark.skipif(sys.platform != "linux", reason="looks into processes as Linux shows them")
@pytest.mark.parametrize("where", ["line", "environment"])
def test_a_secret_of_a_process_is_found(where: str) -> None:
    """A child of the command, as a browser is."""
    child = [sys.executable, "-c", "import time; time.sleep(30)", *([WORDS] * (where == "line"))]
    env = f", env={{'SECRET': {WORDS!r}}}" if where == "environment" else ""
    text = f"import subprocess; print(1, flush=True); subprocess.run({child!r}{env})"
    top = subprocess.Popen([sys.executable, "-c", text], stdout=subprocess.PIPE)
    eyes, ended = Processes((SECRET,)), threading.Event()
    watch = threading.Thread(target=eyes.watch, args=(psutil.Process(top.pid), ended))
    watch.start()
    for _ in range(200):
        if any(one.startswith(f"{where} of py") for one in eyes.found) or ended.wait(0.02):
            break
    ended.set()
    watch.join()
    for one in (*psutil.Process(top.pid).children(), psutil.Process(top.pid)):
        one.kill()
    top.communicate()
    assert any(one.startswith(f"{where} of py") and "the phrase" in one for one in eyes.found)


# --- the table ------------------------------------------------------------------------------------


TABLE = rows(PAGE.read_text("utf-8"))


@pytest.mark.parametrize(
    ("place", "kind", "good"),
    [
        ("runs/2026-a/pictures/x.png", search.NAMES, True),
        ("runs/2026-a/report.html", search.NAMES, True),
        ("runs/2026-a/report.html", search.NUMBERS, False),
        ("runs/2026-a/run.log", search.NAMES, False),
        ("runs/2026-a/new.txt", search.NAMES, False),
        ("ledger.sqlite3", search.WAGES, True),
        ("ledger.sqlite3", search.SECRET, False),
        ("stdout/assist-rpa run.0", search.NAMES, False),
        ("stdout/assist-rpa evidence export.0", search.NAMES, False),
        ("evidence export --out/x.zip", search.NAMES, True),
        ("tmp/x", search.NAMES, False),
    ],
)
def test_the_table_says_what_may_stand_where(place: str, kind: str, *, good: bool) -> None:
    found = faults(TABLE, place, [search.Canary(kind, "x", ("x",))])
    assert (found == []) is good, found


def test_a_place_that_the_table_does_not_name_is_told_though_nothing_stands_there() -> None:
    assert faults(TABLE, "runs/2026-a/run.log", []) == []
    for place in ("runs/2026-a/new.txt", "tmp/x", "elsewhere"):
        assert faults(TABLE, place, []) == [f"{place}: docs/privacy.md does not name it"]


@pytest.mark.parametrize("whom", ["names", "**everybody**", "**nobody, names**", ""])
def test_a_row_that_does_not_say_what_may_stand_there_is_told(whom: str) -> None:
    with pytest.raises(ValueError, match="`run"):
        rows(f"## What stands where\n\n| `run.log` | {whom} | 1 year |\n")
