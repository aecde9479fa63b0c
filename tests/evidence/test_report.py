"""The report: one file, offline, searchable, and deaf to whatever stands in a table."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from rpa.errors import InDoubt, Words
from rpa.evidence.report import Stop, counts, masked, rendered, write_report
from rpa.model.filing import RowState
from tests.evidence.people import AT, run_summary, verdict
from tests.systems import private

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from rpa.evidence.report import RunSummary
    from rpa.model.filing import Verdict
    from tests.evidence.people import Person

    Verdicts = list[Verdict[Person]]

NASTY = [
    "<script>window.owned = 1</script>",
    "</script><img src=x onerror=window.owned=1>",
    "\"'><svg onload=window.owned=1>",
    "<!--<script>",
    "line\u2028end\u2029of & \\u003c text",
    "javascript:window.owned=1",
    "{{ 7*7 }}{% raw %}",
]
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc000000301010018dd8db00000000049454e44ae426082"
)


class Reader:
    """A person with the report open; whatever leaves the page or goes wrong is noted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[str] = []
        self.troubles: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.troubles.append(message.text))
        page.on("pageerror", lambda error: self.troubles.append(str(error)))

    def open(self, path: Path, fragment: str = "") -> None:
        self.page.goto("about:blank")
        self.page.goto(path.as_uri() + fragment)

    def rows(self) -> list[int]:
        cells = self.page.locator("#list tr:not(.none) td.n").all_text_contents()
        return [int(cell) for cell in cells]

    def search(self, text: str) -> list[int]:
        self.page.get_by_role("searchbox").fill(text)
        return self.rows()


@pytest.fixture
def reader(chrome: Browser) -> Iterator[Reader]:
    context = chrome.new_context(locale="en-MY", offline=False)
    context.set_default_timeout(5000)
    found = Reader(context.new_page())
    yield found
    assert found.troubles == []
    assert [url for url in found.requests if not url.startswith(("file:", "about:"))] == []
    context.close()


@pytest.fixture
def verdicts() -> Verdicts:
    """120 rows of all states; row 30 and 31 stand out."""
    states = list(RowState)
    rows = [verdict(n, states[n % len(states)]) for n in range(4, 124)]
    rows[26] = verdict(30, name="SITI CONTOH", reference="CAN1120260000999")
    refusal = Words("Pekerja sudah didaftarkan.", "The worker is registered already.")
    rows[27] = verdict(31, RowState.REFUSED, reason=refusal)
    return rows


@pytest.fixture
def report(verdicts: Verdicts, tmp_path: Path) -> Path:
    for name in ("pictures/a-review.png", "letters/a-surat.pdf"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_bytes(PNG)
    rows = [replace(v, evidence=(tmp_path / "pictures" / "a-review.png",)) for v in verdicts]
    return write_report(run_summary(rows), rows, tmp_path / "report.html")


def test_search_finds_a_row_by_what_a_clerk_knows(reader: Reader, report: Path) -> None:
    """Reference, name, row number, identity number, the reason in either language."""
    reader.open(report)
    for words in ("0000999", "siti", "CONTOH siti", "30", "010203-00-1030", "010203001030"):
        assert reader.search(words) == [30], words
    for words in ("registered already", "sudah didaftarkan"):
        assert reader.search(words) == [31], words
    assert reader.search("nobody of that name") == []
    assert reader.page.get_by_text("No row matches.").is_visible()


def test_statuses_filter_and_pages_turn(reader: Reader, report: Path, verdicts: Verdicts) -> None:
    """A chip for each state with its number; fifty rows a page."""
    reader.open(report)
    assert len(reader.rows()) == 50
    for _ in range(2):
        reader.page.locator("#pager").get_by_role("button", name="Next").click()
    assert reader.rows() == [v.row.number for v in verdicts][100:]
    number = counts(verdicts)[RowState.IN_DOUBT]
    reader.page.get_by_role("button", name=re.compile(f"in doubt.*{number}")).click()
    wanted = [v.row.number for v in verdicts if v.state is RowState.IN_DOUBT]
    assert reader.rows() == wanted
    assert reader.search("in doubt") == wanted
    assert reader.search("refused") == []


def test_a_link_from_the_workbook_arrives_at_its_row(reader: Reader, report: Path) -> None:
    """Whatever page it is on; and from there to its filing, with pictures and letters."""
    reader.open(report, "#row-110")
    here = reader.page.locator("tr.here")
    assert here.locator("td.n").text_content() == "110"
    assert here.bounding_box() is not None
    here.get_by_role("link", name="filing").click()
    filing = reader.page.locator("details[open].filing")
    expect(filing.get_by_text("Permohonan telah dihantar.")).to_be_visible()
    picture = filing.locator(".thumbs img")
    picture.scroll_into_view_if_needed()
    reader.page.wait_for_function("document.querySelector('.thumbs img').naturalWidth === 1")
    assert filing.get_by_role("link", name="a-surat.pdf").get_attribute("href") == (
        "letters/a-surat.pdf"
    )


def test_a_row_whose_reason_tells_its_own_move_is_not_told_to_be_corrected(
    tmp_path: Path,
) -> None:
    """Of a month that was filed with other wages nothing is to be corrected and run again."""
    refused = verdict(4, RowState.REFUSED)
    changed = replace(verdict(5, RowState.REFUSED), own_move=True)
    both = rendered(run_summary([refused, changed]), [refused, changed], tmp_path)
    assert "stands beside each row" in both
    assert "as the portal&#39;s words ask" in both
    alone = rendered(run_summary([changed]), [changed], tmp_path)
    assert "stands beside each row" in alone
    assert "as the portal&#39;s words ask" not in alone


def test_it_speaks_both_languages(reader: Reader, report: Path) -> None:
    """One press changes every word, the portal's own excepted."""
    reader.open(report)
    page = reader.page
    assert page.get_by_role("heading", name="What to do next").is_visible()
    page.get_by_role("button", name="BM").click()
    assert page.get_by_role("heading", name="Apa yang perlu dibuat").is_visible()
    assert not page.get_by_text("What to do next").is_visible()
    assert page.locator("html").get_attribute("lang") == "ms"
    assert reader.search("perlu disemak")


@pytest.mark.parametrize(("language", "heading"), [("bm", "Apa yang"), ("en", "What to do")])
def test_it_opens_in_the_language_of_the_run(
    reader: Reader, verdicts: Verdicts, tmp_path: Path, language: str, heading: str
) -> None:
    """Whatever the browser is set to; the switch stays."""
    summary = replace(run_summary(verdicts), language=language)
    reader.open(write_report(summary, verdicts, tmp_path / "report.html"))
    assert reader.page.get_by_text(heading).is_visible()
    other = "EN" if language == "bm" else "BM"
    reader.page.get_by_role("button", name=other).click()
    assert not reader.page.get_by_text(heading).is_visible()


def test_a_months_rows_fit_a_desk_and_its_total_stands_on_top(
    reader: Reader, tmp_path: Path
) -> None:
    """Two numbers of a month and every amount beside a worker; a row that was added in is told."""
    each = "SOCSO employer 52.85, SOCSO employee 15.10, EIS employer 6.00, EIS employee 6.00"
    one = verdict(4, reference="ACR1026000012345678 ECR1026000012345678", reason=Words(each, each))
    one = replace(one, row=replace(one.row, also=(5, 6)), evidence=(tmp_path / "a.png",) * 3)
    rows = [one, verdict(7, name="REKAAN BINTI CONTOH BINTI PANJANG NAMANYA")]
    total = ("RM 302.70", Words("caruman 10/2026", "due for 10/2026"))
    summary = replace(run_summary(rows), total=total)
    reader.open(write_report(summary, rows, tmp_path / "report.html"))
    for width in (390, 1041, 1100, 1200, 1280, 1400):
        reader.page.set_viewport_size({"width": width, "height": 844})
        assert (
            reader.page.evaluate(
                "Math.max(document.documentElement.scrollWidth,"
                " document.querySelector('.list').getBoundingClientRect().right)"
            )
            <= width
        ), width
    tile = reader.page.locator(".tile", has_text="due for 10/2026")
    assert "RM 302.70" in (tile.text_content() or "")
    assert reader.page.get_by_text("Row 5, 6 is added in.").is_visible()
    assert [v.told.en.count("added in") for v in one.of_lines()] == [1, 0, 0]


def test_it_fits_a_phone(reader: Reader, report: Path) -> None:
    """Nothing sticks out sideways at any width, and the search box is there."""
    reader.open(report)
    for width in (320, 390, 800, 1041, 1280):
        reader.page.set_viewport_size({"width": width, "height": 844})
        assert reader.page.evaluate("document.documentElement.scrollWidth") <= width
        assert reader.page.get_by_role("searchbox").is_visible()


def test_dark_rooms_get_dark_pages(chrome: Browser, report: Path) -> None:
    """The page follows the system's wish."""
    grounds = set()
    for scheme in ("light", "dark"):
        page = chrome.new_page(color_scheme="dark" if scheme == "dark" else "light")
        page.goto(report.as_uri())
        grounds.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        page.close()
    assert len(grounds) == 2


def test_print_shows_every_row(reader: Reader, report: Path, verdicts: Verdicts) -> None:
    """Paper has no pages to turn and no box to type in."""
    reader.open(report)
    reader.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert len(reader.rows()) == len(verdicts)
    reader.page.emulate_media(media="print")
    assert not reader.page.get_by_role("searchbox").is_visible()
    reader.page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert len(reader.rows()) == 50


def test_without_javascript_the_result_is_still_told(chrome: Browser, report: Path) -> None:
    """Numbers, next steps and problems stand in the page itself, in both languages."""
    context = chrome.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(report.as_uri())
    text = page.locator("body").inner_text()
    assert "Every row is also in the workbook" in text
    assert "perlu disemak" in text
    assert "What to do next" in text
    assert "joiners.xlsx!Pekerja!C14" in text
    context.close()


def poisoned(texts: list[str]) -> tuple[RunSummary, Verdicts]:
    """Such texts wherever a table, a job or the portal can put one."""
    whole = "".join(texts)
    words = Words(whole, f"{whole} ")
    rows = [
        replace(
            verdict(n, name=text, reason=Words(text, f"{text} ")),
            reference=text,
            evidence=(Path(text),),
        )
        for n, text in enumerate(texts, 4)
    ]
    run = run_summary(rows, per_filing=1)
    filings = tuple(
        replace(
            filing, id=text, reference=text, message=text, reason=Words(text, f"{text} "),
            pictures=(Path(text),), letters=(Path(text),),
        )
        for filing, text in zip(run.filings, texts, strict=True)
    )  # fmt: skip
    problem = replace(run.problems[0], address=whole, words=words)
    run = replace(
        run, job_name=whole, procedure=whole, employer=whole, portal=whole, run_id=whole,
        chain=whole, filings=filings, problems=(problem,), stopped_by=Stop(words, words, words),
    )  # fmt: skip
    return run, rows


def test_text_from_tables_and_portal_is_inert(chrome: Browser, tmp_path: Path) -> None:
    """It is shown as it is, runs nothing, loads nothing, breaks nothing."""
    run, rows = poisoned(NASTY)
    path = write_report(run, rows, tmp_path / "report.html")
    page = chrome.new_page()
    reader = Reader(page)
    reader.open(path)
    for summary in page.locator(".filing summary").all():
        summary.click()
    names = page.evaluate(
        "[...document.querySelectorAll('td.who-cell')].map(cell => cell.firstChild.data)"
    )
    assert names == NASTY
    assert page.locator("h1").text_content() == "".join(NASTY)
    assert page.evaluate("window.owned") is None
    assert page.locator("script").count() == 2
    links = page.locator("a").evaluate_all("all => all.map(a => a.protocol)")
    assert set(links) == {"file:"}
    page.close()
    assert [t for t in reader.troubles if "ERR_FILE_NOT_FOUND" not in t] == []
    assert all(url.startswith(("file:", "about:")) for url in reader.requests)


@pytest.mark.parametrize("text", ["x\x00y", "lone \ud800 half"])
def test_characters_that_no_file_can_hold_do_not_stop_the_report(
    reader: Reader, tmp_path: Path, text: str
) -> None:
    """A portal page may hold anything; the report still opens."""
    words = Words.quoted(text)
    rows = [verdict(4, RowState.REFUSED, reason=words), verdict(5)]
    run = run_summary(rows)
    problem = replace(run.problems[0], words=words)
    filing = replace(run.filings[0], message=text)
    run = replace(run, problems=(problem,), filings=(filing,))
    reader.open(write_report(run, rows, tmp_path / "report.html"))
    assert reader.rows() == [4, 5]


def test_a_script_put_into_the_file_later_does_not_run(chrome: Browser, report: Path) -> None:
    """The policy knows our one script by its hash (the control for the tests above)."""
    text = report.read_text("utf-8")
    report.write_text(text.replace("</body>", "<script>window.owned = 1</script></body>"), "utf-8")
    page = chrome.new_page()
    reader = Reader(page)
    reader.open(report)
    assert page.evaluate("window.owned") is None
    assert any("Content Security Policy" in trouble for trouble in reader.troubles)
    page.close()


def test_identity_numbers_show_their_last_four_only(report: Path, verdicts: Verdicts) -> None:
    """The name is there to be recognised; the number is not there to be taken."""
    text = report.read_text("utf-8")
    assert "******-**-1004" in text
    assert not [v for v in verdicts if v.row.record.identification in text]


@pytest.mark.parametrize(
    ("identification", "shown"),
    [("010203001234", "******-**-1234"), ("A1234567", "****4567"), ("12", "**"), ("", "")],
)
def test_any_identification_is_masked(identification: str, shown: str) -> None:
    """Passports and short numbers too."""
    assert masked(identification) == shown


def test_whose_move_it_is_stands_on_top(verdicts: Verdicts, tmp_path: Path) -> None:
    """What happened, who acts, what they do; then the next step for each state."""
    error = InDoubt(Words("Jawapan hilang.", "The answer was lost."))
    run = replace(run_summary(verdicts), stopped_by=Stop.of(error), ended=None)
    text = rendered(run, verdicts, tmp_path)
    top, _, rest = text.partition("What to do next")
    assert "The answer was lost." in top
    assert InDoubt.next_move.bm in top
    assert "did not end" in top
    order = [rest.index(f"{n} · ") for n in (counts(verdicts)[RowState.IN_DOUBT],)]
    assert order
    assert rest.index("in doubt") < rest.index("refused") < rest.index("not sent")


def test_a_rehearsal_says_that_nothing_was_sent(tmp_path: Path) -> None:
    """On top, in both languages, and what to do to file."""
    rows = [verdict(4, RowState.REHEARSED)]
    text = rendered(replace(run_summary(rows), rehearsal=True), rows, tmp_path)
    assert "Rehearsal: nothing was sent" in text
    assert "Raptai: tiada apa-apa dihantar" in text
    assert "--submit" in text
    assert "Real submission" not in text


def test_ten_thousand_rows_stay_under_five_megabytes(tmp_path: Path) -> None:
    """With names, reasons and pictures of their own, each row a filing."""
    rows = [
        replace(
            verdict(n, name=f"CONTOH NOMBOR {n} BIN REKAAN YANG PANJANG"),
            reference=f"CAN112026{n:08d}",
            evidence=(Path(f"pictures/{n:08x}-review.png"), Path(f"pictures/{n:08x}-receipt.png")),
        )
        for n in range(2, 10_002)
    ]
    path = write_report(run_summary(rows, per_filing=1), rows, tmp_path / "report.html")
    assert path.stat().st_size < 5_000_000


def test_it_asks_nothing_of_anyone(report: Path) -> None:
    """No address of any host stands in it, the portal's shown name excepted."""
    text = html.unescape(report.read_text("utf-8"))
    assert "default-src 'none'" in text
    assert not re.findall(r"(?:https?:)?//[\w.]+\.\w+", text.replace("portal.example", ""))
    assert private(report)


def test_the_data_is_what_it_was_made_from(verdicts: Verdicts, tmp_path: Path) -> None:
    """Rows and filings in the page are those of the run, none more, none fewer."""
    text = rendered(run_summary(verdicts), verdicts, tmp_path)
    block = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)
    assert block is not None
    data = json.loads(block[1])
    assert [row[0] for row in data["rows"]] == [v.row.number for v in verdicts]
    states = [data["states"][row[3]][0] for row in data["rows"]]
    assert states == [v.state.value for v in verdicts]
    assert sorted(n for f in data["filings"] for n in f[3]) == [v.row.number for v in verdicts]


def test_times_are_malaysian(verdicts: Verdicts, tmp_path: Path) -> None:
    """Wherever the run happened."""
    from datetime import UTC  # noqa: PLC0415  only here

    run = replace(run_summary(verdicts), started=AT.astimezone(UTC))
    assert "21/11/2026 22:14" in rendered(run, verdicts, tmp_path)
