"""A CSV table comes back with its own bytes, and result fields in each record."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rpa.errors import Words
from rpa.evidence.csvback import _records
from rpa.evidence.splice import NotPatchable
from rpa.evidence.wording import COLUMNS, label, titles
from rpa.evidence.workbook import write_back
from rpa.model.filing import RowState
from tests.evidence.people import Ref, verdict

if TYPE_CHECKING:
    from pathlib import Path

    from rpa.model.filing import Verdict
    from tests.evidence.people import Person

TEXT = (
    "Senarai pekerja\r\n"
    'IC;"Nama ""penuh""";Gaji\r\n'
    '"010203001004";CONTOH "X" BIN REKAAN;1.500,00\r\n'
    "\r\n"
    '010203001006;"SITI\r\nREKAAN; BINTI CONTOH"\r\n'
    "010203001007;TAN;12 "
)
HEADER = 2


def back(
    content: bytes,
    folder: Path,
    verdicts: list[Verdict[Person]],
    encoding: str = "utf-8-sig",
    delimiter: str = ";",
) -> bytes:
    table = Ref(folder / "joiners.csv", "csv", None, HEADER, encoding, delimiter)
    table.path.write_bytes(content)
    returned = write_back(table, verdicts, folder / "out.csv", evidence_root=folder / "run")
    assert returned.notes == ()
    return returned.path.read_bytes()


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe"),
     ("utf-16-be", b"\xfe\xff")],
)  # fmt: skip
def test_the_operators_bytes_stay(tmp_path: Path, encoding: str, mark: bytes) -> None:
    """Byte order mark, encoding, quotes, delimiter, line ends and the missing last one."""
    named = "utf-16" if "16" in encoding else "utf-8-sig"
    done = [verdict(n) for n in (3, 5, 6)]
    out = back(mark + TEXT.encode(encoding), tmp_path, done, named)
    assert out.startswith(mark)
    text = out[len(mark) :].decode(encoding)
    assert text.startswith('Senarai pekerja\r\nIC;"Nama ""penuh""";Gaji;ASSIST status;')
    assert '\r\n"010203001004";CONTOH "X" BIN REKAAN;1.500,00;difailkan / filed;' in text
    assert '\r\n\r\n010203001006;"SITI\r\nREKAAN; BINTI CONTOH";;difailkan / filed;' in text
    assert text.endswith(";run/report.html#row-6")
    assert "TAN;12 ;difailkan" in text


def test_results_stand_under_their_headings(tmp_path: Path) -> None:
    """A reader of CSV finds every result, a short record included; empty lines stay empty."""
    out = back(TEXT.encode(), tmp_path, [verdict(n) for n in (3, 5, 6)])
    rows = list(csv.reader(io.StringIO(out.decode(), newline=""), delimiter=";"))
    assert rows[1][3:] == list(COLUMNS)
    assert [row[4] for row in rows if len(row) > 4][1:] == ["CAN1120260000123"] * 3
    assert rows[3] == []


def test_fed_again_the_fields_are_overwritten(tmp_path: Path) -> None:
    """No column is added twice."""
    once = back(TEXT.encode(), tmp_path, [verdict(3), verdict(5), verdict(6)])
    reason = Words("Sudah; difailkan.", "Already filed.")
    twice = back(once, tmp_path, [verdict(n, reason=reason) for n in (3, 5, 6)])
    rows = list(csv.reader(io.StringIO(twice.decode(), newline=""), delimiter=";"))
    assert rows[1][3:] == list(COLUMNS)
    assert {tuple(rows[n][6:8]) for n in (2, 4, 5)} == {("Sudah; difailkan.", "Already filed.")}
    assert back(twice, tmp_path, [verdict(n, reason=reason) for n in (3, 5, 6)]) == twice


def test_columns_of_a_run_in_malay_are_used_again(tmp_path: Path) -> None:
    """Known in either language, and never twelve of them."""
    source = tmp_path / "once.csv"
    source.write_bytes(back(TEXT.encode(), tmp_path, [verdict(3)]))
    ref = Ref(source, "csv", None, 2, "utf-8", ";")
    out = write_back(ref, [verdict(3)], tmp_path / "bm.csv", evidence_root=tmp_path, malay=True)
    rows = list(csv.reader(io.StringIO(out.path.read_text("utf-8"), newline=""), delimiter=";"))
    assert rows[1][3:] == list(titles(malay=True).values())
    assert rows[1][4] == "ASSIST rujukan"


def test_a_field_never_starts_a_formula(tmp_path: Path) -> None:
    """The portal's words are escaped in CSV too, where no cell type protects anyone."""
    words = Words.quoted('=HYPERLINK("http://x")')
    out = back(TEXT.encode(), tmp_path, [verdict(3, RowState.REFUSED, reason=words)])
    rows = list(csv.reader(io.StringIO(out.decode(), newline=""), delimiter=";"))
    assert rows[2][3] == label(RowState.REFUSED)
    assert rows[2][6] == rows[2][7] == '\'=HYPERLINK("http://x")'


def test_words_beyond_ascii_turn_a_plain_file_into_one_that_excel_reads(tmp_path: Path) -> None:
    """A plain ASCII file cannot hold the portal's dash; a byte order mark says what it is now."""
    words = Words.quoted("Ditolak — sila semak")
    out = back(TEXT.encode(), tmp_path, [verdict(3, RowState.REFUSED, reason=words)], "ascii")
    assert out.startswith(b"\xef\xbb\xbf")
    assert "Ditolak — sila semak" in out.decode("utf-8-sig")


def test_a_header_row_that_is_gone_gives_a_workbook_of_results(tmp_path: Path) -> None:
    """Results are never put beside rows of another file."""
    table = Ref(tmp_path / "joiners.csv", "csv", None, 9, "utf-8", ",")
    table.path.write_bytes(b"a,b\r\n1,2\r\n")
    returned = write_back(table, [verdict(2)], tmp_path / "out.csv", evidence_root=tmp_path)
    assert returned.path.name == "out-results.xlsx"
    assert returned.notes


@given(
    st.lists(
        st.lists(st.text(st.sampled_from('ab ";,\n\r\té'), max_size=6), min_size=1, max_size=4),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from(",;\t"),
    st.sampled_from(["\r\n", "\n", "\r"]),
)
def test_fields_are_found_where_python_finds_them(
    rows: list[list[str]], delimiter: str, newline: str
) -> None:
    """The places agree with the csv module's reading, whatever stands in the fields."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter, lineterminator=newline).writerows(rows)
    text = buffer.getvalue()
    found = [
        [text[a:b].removeprefix('"').removesuffix('"').replace('""', '"') for a, b in r.fields]
        if any(a < b for a, b in r.fields) or len(r.fields) > 1
        else []
        for r in _records(text, delimiter)
    ]
    assert found == list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def test_quotes_that_make_no_sense_are_not_guessed() -> None:
    """Text behind a closing quote: where the field ends is anyone's guess."""
    with pytest.raises(NotPatchable):
        list(_records('a,"b"c\n', ","))
