"""The job file: every mistake in it has a place and one sentence."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from rpa.jobs import Limits
from tests.jobs.build import INLINE, PLAIN, checked, errors, found, job
from tests.systems import links

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("text", "place", "code"),
    [
        ("", "1:1", "yaml-empty"),
        ("# only a comment\n", "1:1", "yaml-empty"),
        ("---\n", "1:1", "yaml-empty"),
        ("- a\n- b\n", "1:1", "yaml-shape"),
        ("just words", "1:1", "yaml-shape"),
        ("a: b: c\n", "1:5", "yaml-slip"),
        ('a: "never closed\n', "1:4", "yaml-slip"),
        ("a: [1, 2\n", "1:4", "yaml-slip"),
        ('a: "\\UFFFFFFFF"\n', "1:1", "yaml-syntax"),
        ("a:\n\tb: 1\n", "2:1", "yaml-tab"),
        ("a: escape: c\n", "1:10", "yaml-slip"),
        ('a: "C:\\Users\\x.xlsx"\n', "1:9", "yaml-escape"),
        ('a: "gaji\\joiners.xlsx"\n', "1:10", "yaml-escape"),
        ("a: &x [1]\nb: *x\n", "1:4", "yaml-anchor"),
        ("a: 1\nb: *x\n", "2:4", "yaml-anchor"),
        ("a: !!str 1\n", "1:4", "yaml-tag"),
        ("a: !!python/object/apply:os.system [ls]\n", "1:4", "yaml-tag"),
        ("%YAML 1.1\n---\na: 1\n", "1:1", "yaml-directive"),
        ("a: 1\n---\na: 2\n", "2:1", "yaml-documents"),
        ("a: " + "[" * 30 + "]" * 30, "1:23", "yaml-depth"),
        ("[a]: 1\n", "1:1", "yaml-key"),
        ("a: x\x00y\n", "1:5", "yaml-character"),
        ('a: "\\0"\n', "1:4", "yaml-character"),
        ('ok: 1\na: "\\ud800"\n', "2:4", "yaml-character"),
    ],
)
def test_malformed_yaml_is_one_sentence_at_its_place(
    tmp_path: Path, text: str, place: str, code: str
) -> None:
    """Whatever keeps the file from being read is said once, where it stands."""
    assert errors(job(tmp_path, text)) == [(f"joiners.yaml:{place}", code)]


TOP = "procedure: submit_contributions\n"


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        # YAML gave up at the comment below, in the next key, at the file's end
        (TOP + "employer:A99\n\n## Bulan\nmonth: x\n", "2:10", "one space after 'employer:'"),
        (TOP + "month: x\nemployer:A99\n", "3:10", "one space after 'employer:'"),
        ("procedure:x\nmonth: x\n", "1:11", "one space after 'procedure:'"),
        (TOP + "table:\n  file:a.xlsx\n  sheet: b\n", "3:8", "one space after 'file:'"),
        (TOP + "table:\n  file:a.xlsx\n", "3:3", "one space after 'file:'"),
        (TOP + "documents:\n  -type: x\n   file: y\n", "3:4", "one space after '-'"),
        (TOP + "documents:\n  - type:x\n    file: y\n", "3:10", "one space after 'type:'"),
        (TOP + "employer A99\nmonth: x\n", "2:1", "there is no ':' here"),
        (TOP + " month: x\n", "2:2", "Let it begin exactly below"),
        (TOP + "table:\n  file: a.xlsx\n sheet: b\n", "4:2", "Let it begin exactly below"),
        (TOP + "table: {file: a.xlsx}\n  sheet: b\n", "3:3", "inside the { } of line 2"),
        # half a block uncommented
        (
            TOP + "table:\n  file: a.xlsx\n  ## x\n  # columns:\n  #   name: y\n    wages: x\n",
            "5:3",
            "take the '# ' away before 'columns:' as well, for line 7",
        ),
        (TOP + 'month: "10/2026\nemployer: A99\n', "2:8", "quote opened here"),
    ],
)
def test_a_slip_is_told_at_the_line_a_person_mends(
    tmp_path: Path, text: str, place: str, said: str
) -> None:
    """Not where the reader of YAML gave up, and with what to do there."""
    problems = checked(job(tmp_path, text)).problems
    told = {p.address: p.words.en for p in problems}
    assert said in told[f"joiners.yaml:{place}"]


def test_what_is_short_by_text_file_is_told_at_the_key_that_asks_for_it(tmp_path: Path) -> None:
    """Not at the top of the file, where nobody wrote it."""
    path = job(tmp_path, TOP + 'employer: E9900001234V\nmonth: "10/2026"\nkind: short\nrows: []\n')
    assert ("joiners.yaml:4:7", "short-by-rows") in errors(path)


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ("procedure: add_employees\n".encode("utf-16"), "1:1"),
        (b"procedure: add\nname: caf\xe9\n", "2:10"),
    ],
)
def test_another_encoding_is_named_with_the_first_wrong_byte(
    tmp_path: Path, data: bytes, place: str
) -> None:
    """Only UTF-8 is read; the sentence says how to save it."""
    path = tmp_path / "joiners.yaml"
    path.write_bytes(data)
    assert errors(path) == [(f"joiners.yaml:{place}", "yaml-encoding")]


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    """Notepad writes one."""
    path = tmp_path / "joiners.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + INLINE.encode())
    assert not errors(path)


def test_an_alias_bomb_is_refused_before_it_grows(tmp_path: Path) -> None:
    """Nine levels of nine aliases never become a billion values."""
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    levels += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 10)]
    assert errors(job(tmp_path, "\n".join(levels))) == [("joiners.yaml:1:5", "yaml-anchor")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (PLAIN, [("1:1", "rows-none")]),
        (PLAIN + "rows: []\n", [("3:7", "rows-empty")]),
        (PLAIN + "rows: words\n", [("3:7", "key-list")]),
        (PLAIN + "rows: [words]\n", [("3:8", "key-mapping")]),
        (PLAIN + "table: words\n", [("3:8", "key-mapping")]),
        (PLAIN + "table: {}\n", [("3:8", "key-missing")]),
        (PLAIN + "table: {file: a.xlsx, shet: x}\n", [("3:23", "key-unknown")]),
        (PLAIN + "table: {file: 010}\n", [("3:15", "yaml-quotes"), ("3:15", "table-kind")]),
        (PLAIN + "table: {file: gone.xlsx}\n", [("3:15", "file-missing")]),
        (PLAIN + "table: {file: joiners.xls}\n", [("3:15", "table-kind")]),
        (PLAIN + "table: {file: .}\n", [("3:15", "table-kind")]),
        (INLINE + "rows_per_filing: 0\n", [("8:18", "key-range")]),
        (INLINE + "rows_per_filing: 101\n", [("8:18", "key-range")]),
        (INLINE + "rows_per_filing: ten\n", [("8:18", "key-number")]),
        (INLINE + "rows_per_filing: true\n", [("8:18", "key-number")]),
        (INLINE + "rows_per_filing: 1.5\n", [("8:18", "key-number")]),
        (INLINE + "rows_per_filing: 0x10\n", [("8:18", "yaml-quotes")]),
        (INLINE + "portal_id: 12345\n", [("8:12", "yaml-quotes")]),
        (INLINE + "portal_id: 12:30\n", [("8:12", "yaml-quotes")]),
        (INLINE + "portal_id: 1_000\n", [("8:12", "yaml-quotes")]),
        (INLINE + "portal_id: 080101005555\n", [("8:12", "yaml-quotes")]),
        (INLINE + "employer: E9900001234V\n", [("8:1", "yaml-twice")]),
        (INLINE + "document: []\n", [("8:1", "key-unknown")]),
        (
            INLINE + "table: {file: gone.csv}\n",
            [("8:1", "rows-and-table"), ("8:15", "file-missing")],
        ),
        (INLINE + "documents: x.pdf\n", [("8:12", "key-list")]),
        (INLINE + "documents: [{file: x.pdf}]\n", [("8:13", "key-missing")]),
        ("employer: E9900001234V\nrows: []\n", [("1:1", "key-missing")]),
        (INLINE.replace("add_employees", "add_employee"), [("1:12", "procedure-unknown")]),
        (INLINE.replace("E9900001234V", "E990001234V"), [("2:11", "employer-format")]),
        (INLINE.replace("E9900001234V", "e9900001234v"), [("2:11", "employer-format")]),
        (INLINE.replace("E9900001234V", ""), [("2:10", "key-blank")]),
        (INLINE.replace('"900101005555"', "900101005555"), [("4:21", "yaml-quotes")]),
        (INLINE.replace('"900101005555"', "010203005555"), [("4:21", "yaml-quotes")]),
        (INLINE.replace('"900101005555"', '"10101005555"'), [("4:21", "nric-zeros")]),
        (INLINE.replace('"900101005555"', ""), [("4:20", "missing")]),
        (INLINE.replace("CONTOH BIN REKAAN", "[A, B]"), [("5:11", "key-text")]),
        (INLINE.replace("CONTOH BIN REKAAN", "123"), [("5:11", "yaml-quotes")]),
        (INLINE.replace("1990-01-01", "1/1/1990"), [("6:20", "date-form")]),
        (INLINE.replace("1990-01-01", "19900101"), [("6:20", "date-form")]),
        (INLINE.replace("    name:", "    nama:"), [("4:5", "missing"), ("5:5", "key-unknown")]),
    ],
)
def test_a_wrong_key_or_value_is_said_at_its_line_and_column(
    tmp_path: Path, text: str, expected: list[tuple[str, str]]
) -> None:
    """The whole job is checked, and each objection stands where it is mended."""
    wanted = [(f"joiners.yaml:{place}", code) for place, code in expected]
    assert errors(job(tmp_path, text)) == wanted


def test_all_mistakes_come_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    """One look at the list is enough to mend the whole file."""
    text = (
        "procedure: add_employees\nemployer: X\ntabel: 1\nrows_per_filing: 500\n"
        'rows:\n  - identification: 010203005555\n    name: "123"\n'
        "    date_of_birth: 1990-02-30\n    employment_start_date: 2026-11-02\n"
        "documents:\n  - type: Form 2\n    file: gone.pdf\n"
    )
    assert [
        address.removeprefix("joiners.yaml:") for address, _ in errors(job(tmp_path, text))
    ] == [
        "2:11",
        "3:1",
        "4:18",
        "6:21",
        "7:11",
        "8:20",
        "12:11",
    ]


def test_a_misspelt_key_is_answered_with_the_nearest_one(tmp_path: Path) -> None:
    """A clerk sees what was meant."""
    result = checked(job(tmp_path, INLINE + "documnets: []\n"))
    (problem,) = result.errors
    assert "'documents'" in problem.words.en
    assert "'documents'" in problem.words.bm


def test_yaml_words_for_no_are_read_as_they_are_written(tmp_path: Path) -> None:
    """`No`, `Yes` and `on` are words; only a yes-no field makes yes or no of them."""
    text = INLINE + "    race: No\n    wages_exceed_3000_before_june_2016: Ya\n"
    plan = checked(job(tmp_path, text)).plan
    assert plan is not None
    assert plan.rows[0].record.race == "No"
    assert plan.rows[0].record.wages_exceed_3000_before_june_2016 is True


def test_inline_rows_carry_their_number_and_place(tmp_path: Path) -> None:
    """A row in the job file is addressed by line and column."""
    plan = checked(job(tmp_path, INLINE)).plan
    assert plan is not None
    (row,) = plan.rows
    assert (row.number, row.address) == (1, "joiners.yaml:4:5")
    assert plan.table is None
    assert plan.job.model_dump()["rows"][0]["identification"] == "900101005555"


def test_an_employer_codes_last_letter_is_only_a_warning(tmp_path: Path) -> None:
    """Its rule is inferred, and an inference never stops a filing."""
    path = job(tmp_path, INLINE.replace("E9900001234V", "E9900001234A"))
    assert found(path) == [("joiners.yaml:2:11", "employer-letter")]
    assert checked(path).plan is not None


def test_a_job_file_that_is_not_there_too_large_or_a_folder_is_a_sentence(tmp_path: Path) -> None:
    """`check` never raises."""
    assert errors(tmp_path / "gone.yaml") == [("gone.yaml", "file-missing")]
    assert errors(tmp_path) == [(tmp_path.name, "job-folder")]
    assert errors(tmp_path / "a\0b.yaml") == [("a\0b.yaml", "file-unreadable")]
    path = job(tmp_path, "#" * 2_000)
    assert errors(path, Limits(job=1_000)) == [("joiners.yaml", "file-large")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_pipe_is_never_waited_for(tmp_path: Path) -> None:
    """Opening one would hang for ever."""
    os.mkfifo(tmp_path / "joiners.yaml")
    assert errors(tmp_path / "joiners.yaml") == [("joiners.yaml", "file-kind")]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("gone.pdf", None, "file-missing"),
        ("empty.pdf", b"", "document-empty"),
        ("text.pdf", b"hello", "document-renamed"),
        ("picture.png", b"\xff\xd8\xff\xe0", "document-renamed"),
        ("letter.docx", b"PK\x03\x04", "document-kind"),
        ("what?.pdf", b"%PDF-1.4", "document-name"),
        ("n" * 97 + ".pdf", b"%PDF-1.4", "document-name"),
        ("large.pdf", b"%PDF-" + b"0" * 6_000_000, "file-large"),
    ],
)
def test_a_document_that_cannot_be_uploaded_is_said_before_a_browser_opens(
    tmp_path: Path, name: str, content: bytes | None, code: str
) -> None:
    """There, readable, not empty, small enough, and what its name says."""
    if content is not None:
        (tmp_path / name).write_bytes(content)
    path = job(tmp_path, f'{INLINE}documents:\n  - type: Form 2\n    file: "{name}"\n')
    assert errors(path) == [("joiners.yaml:10:11", code)]


@links
def test_a_document_that_is_a_folder_or_a_loop_is_a_sentence(tmp_path: Path) -> None:
    """Neither is followed nor read."""
    (tmp_path / "folder.pdf").mkdir()
    (tmp_path / "loop.pdf").symlink_to(tmp_path / "loop.pdf")
    for name, code in (("folder.pdf", "file-kind"), ("loop.pdf", "file-unreadable")):
        path = job(tmp_path, f"{INLINE}documents:\n  - type: Form 2\n    file: {name}\n")
        assert errors(path) == [("joiners.yaml:10:11", code)]


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.pdf", b"%PDF-1.7"), ("b.JPG", b"\xff\xd8\xff\xe0"), ("c.png", b"\x89PNG\r\n\x1a\n")],
)
def test_a_fit_document_is_in_the_plan_with_its_whole_path(
    tmp_path: Path, name: str, content: bytes
) -> None:
    """The upload needs no working folder."""
    (tmp_path / name).write_bytes(content)
    plan = checked(job(tmp_path, f"{INLINE}documents:\n  - type: Form 2\n    file: {name}\n")).plan
    assert plan is not None
    assert [d.path for d in plan.documents] == [tmp_path / name]


def test_the_digest_changes_with_every_file_of_the_job(tmp_path: Path) -> None:
    """What was checked is what will be sent: job file, table and documents all count."""
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
    text = f"{INLINE}documents:\n  - type: Form 2\n    file: a.pdf\n"
    digests = set()
    for change in ("", "# a comment\n"):
        for paper in (b"%PDF-1.7", b"%PDF-1.8"):
            (tmp_path / "a.pdf").write_bytes(paper)
            plan = checked(job(tmp_path, text + change)).plan
            assert plan is not None
            digests.add(plan.digest)
    assert len(digests) == 4


def test_no_identity_number_or_name_shows_in_a_plan_or_a_problem(tmp_path: Path) -> None:
    """A log line may hold either by accident, so neither holds a person."""
    result = checked(job(tmp_path, INLINE))
    bad = checked(job(tmp_path, INLINE.replace("1990-01-01", "1991-01-01")))
    shown = repr(result) + str(result.plan) + repr(bad) + "".join(map(str, bad.problems))
    assert "900101005555" not in shown
    assert "REKAAN" not in shown
