"""The operator's own workbook comes back, with what became of each row."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import textwrap
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart
from python_calamine import CalamineWorkbook

from rpa.errors import NotWritten, Words
from rpa.evidence.splice import escaped
from rpa.evidence.wording import COLUMNS, LONGEST, PARTED, inert, label, titles
from rpa.evidence.workbook import write_back
from rpa.model.filing import RowState
from tests.evidence.people import AT, FIRST, HEADER, Ref, sample, verdict
from tests.systems import limits, modes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from rpa.model.filing import Verdict
    from tests.evidence.people import Person

STATES = list(RowState)[:6]  # as many as the sample has rows
VERDICTS = [verdict(n, STATES[n % len(STATES)]) for n in range(FIRST, FIRST + 6)]


def back(
    table: Ref, out: Path, verdicts: list[Verdict[Person]] | None = None, run: str = "run"
) -> Worksheet:
    write_back(
        table,
        VERDICTS if verdicts is None else verdicts,
        out,
        evidence_root=out.parent / run,
    )
    return opened(out)


def opened(path: Path, sheet: str = "Pekerja") -> Worksheet:
    found: Worksheet = load_workbook(path)[sheet]
    return found


def headings(sheet: Worksheet, row: int = HEADER) -> list[object]:
    return [cell.value for cell in sheet[row]]


def look(cell: Any) -> str:
    parts = (cell.font, cell.fill, cell.border, cell.alignment, cell.number_format, cell.protection)
    return "".join(map(repr, parts))


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rezip(path: Path, change: Callable[[str, bytes], bytes], **added: bytes) -> None:
    """Rewrite parts of a workbook, as another program would have written them."""
    content = {name: change(name, data) for name, data in parts(path).items()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**content, **added}.items():
            archive.writestr(name, data)


def test_each_row_shows_what_became_of_it(table: Ref, tmp_path: Path) -> None:
    """Status, reference, time, both reasons and a link stand in the row of the person."""
    sheet = back(table, tmp_path / "out.xlsx")
    assert headings(sheet)[4:] == list(COLUMNS)
    for one in VERDICTS:
        cells = [cell.value for cell in sheet[one.row.number]]
        assert cells[0] == one.row.record.identification
        assert cells[4:9] == [
            label(one.state),
            one.reference or None,
            f"21/11/2026 22:{14 + one.row.number}" if one.at else None,
            f"Baris {one.row.number} selesai.",
            f"Row {one.row.number} is done.",
        ]
        link = sheet.cell(one.row.number, 10).hyperlink
        assert link is not None
        assert (link.target, link.location) == ("run/report.html", f"row-{one.row.number}")


def test_nothing_of_the_operators_own_changes(table: Ref, tmp_path: Path) -> None:
    """Values, formulas, formats, widths, heights, title, panes, filter, rules, notes, sheets."""
    before, after = opened(table.path), back(table, tmp_path / "out.xlsx")
    for row in before.iter_rows():
        for cell in row:
            twin = after[cell.coordinate]
            assert (twin.value, look(twin)) == (cell.value, look(cell)), cell.coordinate
    assert after.merged_cells.ranges == before.merged_cells.ranges
    assert after.freeze_panes == f"A{FIRST}"
    # Its filter alone is wider, for it hides and sorts the results with their rows.
    assert (before.auto_filter.ref, after.auto_filter.ref) == ("A3:D9", "A3:J9")
    assert after.row_dimensions[HEADER].height == 30
    assert [after.column_dimensions[c].width for c in "AB"] == [18.5, 40]
    assert len(after.conditional_formatting) == 1
    assert len(after.data_validations.dataValidation) == 1
    comment, link = after["B4"].comment, after["B5"].hyperlink
    assert comment is not None
    assert comment.text == "semak nama"
    assert link is not None
    assert link.target == "https://example.org/hr"
    notes = opened(tmp_path / "out.xlsx", "Nota")
    assert notes["B2"].value == "=SUM(Pekerja!D4:D9)"


def test_parts_that_results_do_not_touch_stay_byte_for_byte(table: Ref, tmp_path: Path) -> None:
    """Other sheets, notes, theme, and parts of programs unknown to us are copied."""
    rezip(table.path, lambda _, data: data, **{"xl/vbaProject.bin": b"\x00macro", "odd/x": b"1"})
    before = parts(table.path)
    back(table, tmp_path / "out.xlsx")
    after = parts(tmp_path / "out.xlsx")
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/_rels/sheet1.xml.rels",
        "xl/styles.xml",
        "xl/workbook.xml",  # has the filter's range, too
    }
    assert after.keys() == before.keys()


def test_charts_pictures_and_pivots_are_still_there(tmp_path: Path) -> None:
    """What a rewriting library would drop is kept, and so is its tie to the sheet."""
    book = sample()
    chart = BarChart()
    book.worksheets[0].add_chart(chart, "A20")
    table = Ref(tmp_path / "joiners.xlsx")
    book.save(table.path)
    picture = b"\x89PNG and more"
    rezip(table.path, lambda _, data: data, **{"xl/media/image1.png": picture})
    back(table, tmp_path / "out.xlsx")
    after = parts(tmp_path / "out.xlsx")
    assert after["xl/media/image1.png"] == picture
    assert after["xl/charts/chart1.xml"] == parts(table.path)["xl/charts/chart1.xml"]
    assert b"<drawing" in after["xl/worksheets/sheet1.xml"]


def test_the_values_that_excel_had_computed_are_kept(table: Ref, tmp_path: Path) -> None:
    """A returned workbook with formulas can be fed again without opening it in Excel first."""
    rezip(table.path, lambda _, data: data.replace(b"<v />", b"<v>1504</v>"))
    back(table, tmp_path / "out.xlsx")
    rows = CalamineWorkbook.from_path(str(tmp_path / "out.xlsx")).get_sheet_by_name("Pekerja")
    assert rows.to_python()[3][3] == 1504


def test_fed_again_the_columns_are_overwritten_where_they_stand(table: Ref, tmp_path: Path) -> None:
    """No column, look, link or relation is added a second time, however often it goes round."""
    first = back(table, tmp_path / "1.xlsx")
    path = tmp_path / "1.xlsx"
    sizes = []
    for turn in range(2, 5):
        again = tmp_path / f"{turn}.xlsx"
        done = Words("Sudah difailkan.", "Already filed.")
        verdicts = [verdict(n, reason=done) for n in range(FIRST, FIRST + 6)]
        sheet = back(Ref(path), again, verdicts, run=f"run {turn}")
        assert headings(sheet) == headings(first)
        assert sheet["I4"].value == "Already filed."
        link = sheet["J4"].hyperlink
        assert link is not None
        assert link.target == f"run%20{turn}/report.html"
        sizes.append({name: len(data) for name, data in parts(again).items()})
        path = again
    assert sizes[0] == sizes[1] == sizes[2]


def test_a_workbook_saved_by_another_program_between_runs_is_understood(
    table: Ref, tmp_path: Path
) -> None:
    """Shared texts, moved result columns and a missing one: found by their headings."""
    back(table, tmp_path / "1.xlsx")
    book = load_workbook(tmp_path / "1.xlsx")
    sheet = book["Pekerja"]
    sheet.delete_cols(6)
    sheet.insert_cols(2)
    sheet["K3"] = "Catatan HR"
    sheet["K5"] = "jangan usik"
    book.save(tmp_path / "2.xlsx")
    shared_texts(tmp_path / "2.xlsx")
    after = back(Ref(tmp_path / "2.xlsx"), tmp_path / "3.xlsx")
    assert headings(after)[5:] == [
        "ASSIST status", "ASSIST time", "ASSIST sebab (BM)", "ASSIST reason (EN)",
        "ASSIST evidence", "Catatan HR", "ASSIST reference", PARTED,
    ]  # fmt: skip
    assert after["K5"].value == "jangan usik"
    assert after["L6"].value == "CAN1120260000123"
    assert after["F6"].value == label(RowState.FILED)


def shared_texts(path: Path) -> None:
    """Turn inline texts of the first sheet into shared ones, as Excel does when it saves."""
    texts: list[str] = []

    def shared(match: re.Match[bytes]) -> bytes:
        texts.append(match[2].decode())
        return b'<c%s t="s"><v>%d</v></c>' % (match[1], len(texts) - 1)

    cell = re.compile(rb'<c([^>]*?) t="inlineStr"><is><t[^>]*>([^<]*)</t></is></c>')
    sheet = cell.sub(shared, parts(path)["xl/worksheets/sheet1.xml"])
    items = "".join(f"<si><r><t>{t[:3]}</t></r><r><t>{t[3:]}</t></r></si>" for t in texts)
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strings = f'<sst xmlns="{space}">{items}</sst>'.encode()
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    types = b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s"/></Types>' % kind
    relation = (
        b'<Relationship Id="rIdS" Target="sharedStrings.xml" Type="http://schemas.'
        b'openxmlformats.org/officeDocument/2006/relationships/sharedStrings"/></Relationships>'
    )

    def change(name: str, data: bytes) -> bytes:
        if name == "xl/worksheets/sheet1.xml":
            return sheet
        if name == "[Content_Types].xml" and b"sharedStrings" not in data:
            return data.replace(b"</Types>", types)
        if name == "xl/_rels/workbook.xml.rels" and b"sharedStrings" not in data:
            return data.replace(b"</Relationships>", relation)
        return data

    rezip(path, change, **{"xl/sharedStrings.xml": strings})


def test_cells_beyond_the_headings_are_never_covered(tmp_path: Path) -> None:
    """A note right of the table, or a merged block there, moves our columns further right."""
    book = sample()
    book.worksheets[0]["G6"] = "nota tanpa tajuk"
    book.worksheets[0].merge_cells("H5:I5")
    table = Ref(tmp_path / "joiners.xlsx")
    book.save(table.path)
    sheet = back(table, tmp_path / "out.xlsx")
    assert sheet["G6"].value == "nota tanpa tajuk"
    assert headings(sheet)[9:] == [PARTED, *COLUMNS]


def test_added_columns_look_like_the_operators_own(table: Ref, tmp_path: Path) -> None:
    """Headings copy their neighbour; status cells are tinted by what they say."""
    sheet = back(table, tmp_path / "out.xlsx")
    assert look(sheet["E3"]) == look(sheet["D3"])
    assert sheet["H4"].font.name == "Arial"
    tints = {one.state: sheet.cell(one.row.number, 5).fill.fgColor.rgb for one in VERDICTS}
    assert tints[RowState.FILED] == "FFE2F2E5"
    assert tints[RowState.IN_DOUBT] == "FFFDEFC8"
    assert tints[RowState.REHEARSED] == "FFE0ECF9"
    assert tints[RowState.REFUSED] == tints[RowState.INVALID] == "FFFAE1DE"
    assert sheet["F4"].fill.fill_type is None
    assert sheet.column_dimensions["H"].width == 60
    numbers = "ACR1026000012345 ECR1026000012345"
    assert sheet.column_dimensions["F"].width > len(numbers)
    for column, wrapped in (("E", None), ("F", None), ("H", True), ("I", True)):
        assert sheet[f"{column}4"].alignment.wrap_text is wrapped, column
    assert sheet["H4"].alignment.vertical == sheet["D4"].alignment.vertical


@pytest.mark.parametrize("first", [True, False])
def test_columns_of_a_run_in_the_other_language_are_used_again(
    table: Ref, tmp_path: Path, *, first: bool
) -> None:
    """Malay headings where they are new; never twelve columns, and no heading is rewritten."""
    one, two = tmp_path / "one.xlsx", tmp_path / "two.xlsx"
    write_back(table, VERDICTS, one, evidence_root=tmp_path / "run", malay=first)
    written = headings(opened(one))
    assert written[4:] == list(titles(malay=first).values())
    again = replace(table, path=one)
    write_back(again, VERDICTS, two, evidence_root=tmp_path / "run", malay=not first)
    assert headings(opened(two)) == written
    assert opened(two)["F4"].value == opened(one)["F4"].value


def test_a_row_that_waits_and_one_that_was_skipped_have_their_own_look(
    table: Ref, tmp_path: Path
) -> None:
    """In words and colour, so that neither is taken for filed or forgotten."""
    rows = [verdict(4, RowState.LATER), verdict(5, RowState.SKIPPED), verdict(6)]
    sheet = back(table, tmp_path / "out.xlsx", rows)
    assert [sheet[f"E{n}"].value for n in (4, 5)] == [
        "belum tiba harinya / not due yet",
        "dilangkau / skipped",
    ]
    assert len({sheet[f"E{n}"].fill.fgColor.rgb for n in (4, 5, 6)}) == 3


def test_a_row_is_as_high_as_its_reason_and_the_operators_own_height_stays(
    table: Ref, tmp_path: Path
) -> None:
    """Excel leaves a height that it once wrote; LibreOffice fits none."""
    book = load_workbook(table.path)
    sheet = book["Pekerja"]
    for row, height in ((FIRST, 15), (FIRST + 1, 120)):
        sheet.row_dimensions[row].height = height  # openpyxl: by the operator's hand
    book.save(table.path)
    reason = Words("sebab " * 40, "why " * 10)
    told = [verdict(n, RowState.REFUSED, reason=reason) for n in range(FIRST, FIRST + 4)]
    after = back(table, tmp_path / "out.xlsx", told)
    heights = [after.row_dimensions[n].height for n in range(FIRST, FIRST + 4)]
    assert heights == [15, 120, 75, 75]


def test_widths_of_a_range_that_covers_our_columns_are_split(table: Ref, tmp_path: Path) -> None:
    """Overlapping column ranges would make Excel offer to repair the file."""
    wide = b'<cols><col min="1" max="2" width="20" customWidth="1"/><col min="3" max="16384" '
    wide += b'width="9" style="2"/></cols>'
    rezip(table.path, lambda _, data: re.sub(b"<cols>.*</cols>", wide, data))
    back(table, tmp_path / "out.xlsx")
    sheet = parts(tmp_path / "out.xlsx")["xl/worksheets/sheet1.xml"].decode()
    ranges = [(int(a), int(b)) for a, b in re.findall(r'<col min="(\d+)" max="(\d+)"', sheet)]
    assert ranges == [(1, 2), (3, 4), *((n, n) for n in range(5, 11)), (11, 16384)]


@pytest.mark.parametrize(
    "text", ["=1+1", "+60", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", '=cmd|" /C calc"!A0']
)
def test_a_cell_never_starts_a_formula(table: Ref, tmp_path: Path, text: str) -> None:
    """The portal's words may begin with a sign that spreadsheets obey; then they are escaped."""
    one = verdict(FIRST, RowState.REFUSED, reason=Words.quoted(text))
    sheet = back(table, tmp_path / "out.xlsx", [one])
    cell = sheet["H4"]
    assert cell.data_type != "f"
    assert str(cell.value).startswith("'")


@given(st.text(st.characters(codec=None), max_size=40))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_words_of_the_portal_come_back_as_they_are(table: Ref, text: str) -> None:
    """Markup, control characters, lone surrogates, escapes of OOXML: written as text, readable."""
    one = verdict(FIRST, RowState.REFUSED, reason=Words.quoted(text))
    sheet = back(table, table.path.with_name("out.xlsx"), [one])
    # Excel reads _x005F_ as the sign _ in every text; openpyxl in shared texts only.
    assert str(sheet["H4"].value or "").replace("_x005F_", "_") == inert(text)


def test_text_that_looks_like_an_escape_of_excels_is_kept_literal() -> None:
    """Excel would read _x0041_ as the letter A."""
    assert escaped("_x0041_ _x41_ x_X0041_") == "_x005F_x0041_ _x41_ x_X0041_"


def test_very_long_words_are_cut_with_a_visible_mark(table: Ref, tmp_path: Path) -> None:
    """Excel refuses a file with more than 32,767 characters in a cell."""
    one = verdict(FIRST, RowState.REFUSED, reason=Words.quoted("x" * 40_000))
    value = str(back(table, tmp_path / "out.xlsx", [one])["H4"].value)
    assert value.endswith("[…]")
    assert len(value) < LONGEST + 10


def test_a_row_that_is_not_in_the_sheet_is_still_given(table: Ref, tmp_path: Path) -> None:
    """A verdict is never dropped, wherever its row stands."""
    verdicts = [verdict(2), *VERDICTS, verdict(40), verdict(41)]
    sheet = back(table, tmp_path / "out.xlsx", verdicts)
    assert [sheet.cell(n, 6).value for n in (40, 41)] == ["CAN1120260000123"] * 2
    rows = re.findall(rb'<row r="(\d+)"', parts(tmp_path / "out.xlsx")["xl/worksheets/sheet1.xml"])
    assert [int(n) for n in rows] == sorted(int(n) for n in rows)


def other_writer(name: str, data: bytes) -> bytes:
    """A sheet as some programs write it: prefixed names, no places, single quotes, empty tags."""
    if name != "xl/worksheets/sheet1.xml":
        return data
    cell = b'<x:c t="inlineStr"><x:is><x:t>%s</x:t></x:is></x:c>'
    rows = [b"<x:row/>", b"<x:row spans='1:3'/>"]
    rows.append(
        b"<x:row>" + b"".join(cell % h for h in (b"IC", b"Nama > A", b"Gaji")) + b"</x:row>"
    )
    rows += [b"<x:row spans='1:3'>" + cell % b"x" * 3 + b"<x:c/><x:c s='1'/></x:row>"] * 2
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return (
        b"<?xml version='1.0'?><x:worksheet xmlns:x='%s'><x:sheetData>%s</x:sheetData>"
        b"<x:pageMargins left='1' right='1' top='1' bottom='1' header='0' footer='0'/>"
        b"</x:worksheet>" % (space, b"".join(rows))
    )


def test_a_sheet_written_by_another_program_is_understood(table: Ref, tmp_path: Path) -> None:
    """The standard leaves room: prefixes, cells without places, no dimension, no widths."""
    rezip(table.path, other_writer)
    sheet = back(table, tmp_path / "out.xlsx", [verdict(4), verdict(5)])
    assert headings(sheet) == ["IC", "Nama > A", "Gaji", *COLUMNS]
    assert (
        b"spans" not in parts(tmp_path / "out.xlsx")["xl/worksheets/sheet1.xml"].split(b"Gaji")[1]
    )
    assert [cell.value for cell in sheet[5]][:5] == ["x", "x", "x", label(RowState.FILED),
                                                     "CAN1120260000123"]  # fmt: skip
    calamine = CalamineWorkbook.from_path(str(tmp_path / "out.xlsx")).get_sheet_by_name("Pekerja")
    assert calamine.to_python(skip_empty_area=False)[3][3] == label(RowState.FILED)


def unsafe(case: str) -> Callable[[str, bytes], bytes]:
    sheet = "xl/worksheets/sheet1.xml"
    changes: dict[str, Callable[[str, bytes], bytes]] = {
        "dtd": lambda n, d: b'<!DOCTYPE x [<!ENTITY a "b">]>' + d if n == sheet else d,
        "torn": lambda n, d: d[:-40] if n == sheet else d,
        "utf-16": lambda n, d: d.decode().encode("utf-16") if n == sheet else d,
        "no header": lambda n, d: re.sub(b'<row r="3".*?</row>', b"", d) if n == sheet else d,
        "other sheet": lambda n, d: d.replace(b"Pekerja", b"Lain") if "workbook.xml" in n else d,
    }
    return changes[case]


@pytest.mark.parametrize("case", ["dtd", "torn", "utf-16", "no header", "other sheet", "signed"])
def test_a_workbook_that_cannot_be_changed_safely_is_left_and_that_is_said(
    table: Ref, tmp_path: Path, case: str
) -> None:
    """The results come as a workbook of their own; nothing is lost and nothing is broken."""
    if case == "signed":
        rezip(table.path, lambda _, data: data, **{"_xmlsignatures/sig1.xml": b"<s/>"})
    else:
        rezip(table.path, unsafe(case))
    original = table.path.read_bytes()
    out = tmp_path / "back" / "joiners.xlsx"
    out.parent.mkdir()
    returned = write_back(table, VERDICTS, out, evidence_root=tmp_path)
    assert returned.path.name == "joiners-results.xlsx"
    assert "joiners-results.xlsx" in returned.notes[0].en
    assert table.path.read_bytes() == original
    sheet = opened(returned.path, "ASSIST")
    assert [c.value for c in sheet[2]][:4] == [
        4, "joiners.xlsx!Pekerja!4", label(VERDICTS[0].state), None,
    ]  # fmt: skip
    assert sheet.max_row == 1 + len(VERDICTS)


def test_rows_written_in_the_job_come_back_as_a_small_workbook(tmp_path: Path) -> None:
    """Row number, address and results, even when a job has a table nowhere."""
    one = verdict(7, reason=Words.quoted("=1+1"))
    returned = write_back(None, [one], tmp_path / "job.xlsx", evidence_root=tmp_path / "run")
    sheet = opened(returned.path, "ASSIST")
    assert returned.notes == ()
    assert [c.value for c in sheet[1]] == ["baris / row", "alamat / address", *COLUMNS]
    assert (sheet["A2"].value, sheet["F2"].value) == (7, "'=1+1")
    assert sheet["C2"].data_type == "s"


@modes
def test_only_its_owner_can_read_what_comes_back(table: Ref, tmp_path: Path) -> None:
    """The file is made 0600, whatever the umask and whatever stood there before."""
    out = tmp_path / "out.xlsx"
    out.write_bytes(b"old")
    out.chmod(0o644)
    back(table, out)
    assert out.stat().st_mode & 0o777 == 0o600


def test_a_name_that_is_held_gets_a_numbered_neighbour(table: Ref, tmp_path: Path) -> None:
    """Excel holds the workbook open: the results go beside it, and that is said."""
    out = tmp_path / "out.xlsx"
    out.mkdir()  # refuses to be replaced, as an open workbook does on Windows
    (tmp_path / "out (2).xlsx").write_bytes(b"an earlier one")
    returned = write_back(table, VERDICTS, out, evidence_root=tmp_path)
    assert returned.path == tmp_path / "out (3).xlsx"
    assert "out (3).xlsx" in returned.notes[0].bm
    assert (tmp_path / "out (2).xlsx").read_bytes() == b"an earlier one"
    assert opened(returned.path)["F6"].value == "CAN1120260000123"


def test_a_folder_that_cannot_be_written_is_named(table: Ref, tmp_path: Path) -> None:
    """The error says which file, and that what was filed stays filed."""
    with pytest.raises(NotWritten) as caught:
        write_back(table, VERDICTS, tmp_path / "gone" / "out.xlsx", evidence_root=tmp_path)
    assert "out.xlsx" in caught.value.words.bm
    assert "not be sent twice" in caught.value.next_move.en


KILLED = """
    import resource, signal, sys, json
    from pathlib import Path
    from rpa.evidence.workbook import write_back
    from tests.evidence.people import Ref, verdict
    source, out, how = sys.argv[1:]
    if how == "killed":
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
    write_back(Ref(Path(source)), [verdict(4)], Path(out), evidence_root=Path(out).parent)
"""


@limits
@pytest.mark.parametrize("how", ["killed", "disk full"])
def test_a_process_that_dies_while_writing_leaves_the_old_file_whole(
    table: Ref, tmp_path: Path, how: str
) -> None:
    """The kernel ends the process, or refuses, in the middle of the file."""
    out = tmp_path / "out.xlsx"
    back(table, out)
    whole = out.read_bytes()
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(KILLED), str(table.path), str(out), how],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert done.returncode != 0
    assert out.read_bytes() == whole
    if how == "disk full":
        assert "NotWritten" in done.stderr
        assert not list(tmp_path.glob(".assist-*"))


def test_a_time_without_a_zone_is_refused(table: Ref, tmp_path: Path) -> None:
    """Whose clock it was cannot be guessed, so no cell shows it."""
    from dataclasses import replace  # noqa: PLC0415  only here

    one = replace(verdict(FIRST), at=AT.replace(tzinfo=None))
    with pytest.raises(ValueError, match="without a zone"):
        back(table, tmp_path / "out.xlsx", [one])


def test_strange_links_survive_the_way_through_a_file_name(table: Ref, tmp_path: Path) -> None:
    """Blanks, signs and letters of other scripts in a folder's name do not break the links."""
    sheet = back(table, tmp_path / "out.xlsx", run="pelaksanaan & uji #1 ñ")
    link = sheet["J4"].hyperlink
    assert link is not None
    assert link.target == "pelaksanaan%20%26%20uji%20%231%20%C3%B1/report.html"


def test_a_workbook_without_styles_comes_back_without_looks(tmp_path: Path) -> None:
    """A bare writer leaves styles out; results need none."""
    book = Workbook()
    book.worksheets[0].title = "Pekerja"
    book.worksheets[0].append(["IC"])
    table = Ref(tmp_path / "joiners.xlsx", header_row=1)
    book.save(table.path)
    rezip(
        table.path,
        lambda name, data: (
            re.sub(rb"<Relationship [^>]*styles[^>]*>", b"", data)
            if name == "xl/_rels/workbook.xml.rels"
            else data
        ),
    )
    back(table, tmp_path / "out.xlsx", [verdict(2)])
    sheet = parts(tmp_path / "out.xlsx")["xl/worksheets/sheet1.xml"]
    assert label(RowState.FILED).encode() in sheet
    assert b' s="' not in sheet.partition(b"ASSIST")[2]
