"""What comes back is sorted, filtered and printed by a real spreadsheet program."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any  # what the other program saw, as JSON

import pytest

from rpa.evidence.wording import COLUMNS, PARTED
from rpa.evidence.workbook import write_back
from rpa.model.filing import RowState
from tests.evidence.offices import LAST, RIGHT, furnished, letters, page, rows, sound
from tests.evidence.people import FIRST, HEADER, Ref, verdict

HAND = Path(__file__).with_name("in_libreoffice.py")
VERDICTS = [
    verdict(n, RowState.FILED if n % 2 else RowState.REFUSED) for n in range(FIRST, LAST + 1)
]


def python_with_uno() -> str:
    """LibreOffice comes with its own bridge, for the system's Python or for one of its own."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed: apt-get install libreoffice-calc python3-uno")
    own = Path(office).resolve().with_name("python")
    for python in (str(own), "/usr/bin/python3"):
        if (
            Path(python).exists()
            and not subprocess.run(
                [python, "-c", "import uno"], check=False, capture_output=True
            ).returncode
        ):
            return python
    pytest.skip("no Python here has LibreOffice's bridge: apt-get install python3-uno")


def in_libreoffice(path: Path, totals: int) -> dict[str, Any]:
    told = [python_with_uno(), str(HAND), str(path), str(path.parent), str(totals)]
    seen: dict[str, Any] = json.loads(
        subprocess.run(told, check=True, capture_output=True, text=True, timeout=180).stdout
    )
    return seen


def plainly_filtered(path: Path) -> Ref:
    """The same people under the sheet's own filter."""
    book = rows()
    page(book).auto_filter.ref = f"A{HEADER}:D{LAST}"
    page(book).print_area = f"A1:D{LAST}"
    book.save(path)
    return Ref(path, columns=(1, 2, 3, 4))


@pytest.mark.heavy
@pytest.mark.parametrize(("office", "totals"), [(furnished, 1), (plainly_filtered, 0)])
def test_libreoffice_sorts_filters_and_prints_what_came_back(
    tmp_path: Path, office: Any, totals: int
) -> None:
    """By the ranges of its own buttons; no drawing lies over the results, all are printed."""
    table = office(tmp_path / "joiners.xlsx")
    out = tmp_path / "out.xlsx"
    returned = write_back(table, VERDICTS, out, evidence_root=tmp_path / "run")
    assert returned.notes == ()
    seen = in_libreoffice(out, totals)
    people = [line for line in seen["sorted"] if line[0].isdigit()]
    assert [line[0] for line in people] == sorted(RIGHT, reverse=True)
    assert {line[0]: line[8] for line in people} == RIGHT
    shown = [seen["sorted"][n - HEADER] for n in seen["shown"]]
    assert {line[0] for line in shown} == {
        v.row.record.identification for v in VERDICTS if v.state is RowState.FILED
    }
    assert {line[4] for line in shown} == {"difailkan / filed"}
    assert seen["area"] == [0, 9]
    assert [first <= 0 and last >= 9 for first, last in seen["printed"]] == [True]
    assert all(seen["clear"])
    assert len(seen["clear"]) == totals  # the table has a chart, the filter none

    again = Ref(tmp_path / "sorted.xlsx", columns=(1, 2, 3, 4))
    returned = write_back(again, VERDICTS, tmp_path / "again.xlsx", evidence_root=tmp_path)
    assert returned.notes == ()
    assert list(letters(sound(tmp_path / "again.xlsx")))[4:] == list(COLUMNS)
    assert PARTED not in letters(sound(tmp_path / "again.xlsx"))
