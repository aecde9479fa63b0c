"""LibreOffice as the operator: sorts by the button's own range, filters, tells what stands where.

Run by the Python that has LibreOffice's `uno`, with a workbook, where to put what comes of it, and
the rows of its table that hold totals. Prints what it saw as JSON.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path
from typing import Any  # LibreOffice describes its objects only while it runs

import uno  # type: ignore[import-not-found]
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]
from com.sun.star.connection import NoConnectException  # type: ignore[import-not-found]
from com.sun.star.sheet import TableFilterField  # type: ignore[import-not-found]
from com.sun.star.sheet.FilterOperator import EQUAL  # type: ignore[import-not-found]
from com.sun.star.table import TableSortField  # type: ignore[import-not-found]

SECONDS = 60


def named(name: str, value: object) -> Any:
    """One setting, as LibreOffice takes it."""
    return PropertyValue(Name=name, Value=value)


def desktop(pipe: str) -> Any:
    """The running LibreOffice, as soon as it listens."""
    here = uno.getComponentContext()
    unoresolver = "com.sun.star.bridge.UnoUrlResolver"
    resolver = here.ServiceManager.createInstanceWithContext(unoresolver, here)
    end = time.monotonic() + SECONDS
    while True:
        try:
            there = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)
            continue
        return there.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", there)


def texts(sheet: Any, area: Any) -> list[list[str]]:
    """The cells of the range as they are shown."""
    return [
        [sheet.getCellByPosition(c, r).String for c in range(area.StartColumn, area.EndColumn + 1)]
        for r in range(area.StartRow, area.EndRow + 1)
    ]


def visited(document: Any, out: Path, totals: int) -> dict[str, object]:
    """Sort, keep, print, filter; what was seen on the way."""
    sheet, ranges = document.Sheets.getByIndex(0), document.DatabaseRanges
    named_ranges = [ranges.getByName(name) for name in ranges.ElementNames]
    # The filter of a sheet has no name.
    held = named_ranges or [document.getPropertyValue("UnnamedDatabaseRanges").getByTable(0)]
    area = held[0].DataArea
    rows = sheet.getCellRangeByPosition(
        area.StartColumn, area.StartRow, area.EndColumn, area.EndRow - totals
    )
    field = TableSortField(Field=0, IsAscending=False)
    fields = uno.Any("[]com.sun.star.table.TableSortField", (field,))
    rows.sort((named("SortFields", fields), named("ContainsHeader", True)))  # noqa: FBT003  LibreOffice's setting
    seen: dict[str, object] = {"sorted": texts(sheet, area)}
    document.storeToURL(
        (out / "sorted.xlsx").as_uri(), (named("FilterName", "Calc MS Excel 2007 XML"),)
    )
    document.storeToURL((out / "sorted.pdf").as_uri(), (named("FilterName", "calc_pdf_Export"),))
    status = texts(sheet, area)[0].index("ASSIST status")
    asked = rows.createFilterDescriptor(True)  # noqa: FBT003  LibreOffice's setting
    asked.ContainsHeader = True
    wanted = TableFilterField(Field=status, Operator=EQUAL, StringValue="difailkan / filed")
    asked.setFilterFields((wanted,))
    rows.filter(asked)
    numbers = range(area.StartRow + 1, area.EndRow + 1 - totals)
    seen["shown"] = [n + 1 for n in numbers if sheet.Rows.getByIndex(n).IsVisible]
    seen["shown rows"] = [texts(sheet, area)[n - area.StartRow] for n in numbers]
    printed = [(a.StartColumn, a.EndColumn) for a in sheet.getPrintAreas()]
    right = sheet.getCellRangeByPosition(0, 0, area.EndColumn, 0).Size.Width
    shapes = [sheet.DrawPage.getByIndex(n) for n in range(sheet.DrawPage.Count)]
    return seen | {
        "area": [area.StartColumn, area.EndColumn],
        "printed": printed,
        "clear": [right <= shape.Position.X for shape in shapes],
    }


def main(workbook: Path, out: Path, totals: int) -> None:
    """Start LibreOffice with a profile of its own, look, and end it."""
    pipe = f"assist-{uuid.uuid4().hex}"
    with tempfile.TemporaryDirectory() as profile:
        told = ["soffice", "--headless", "--norestore", f"--accept=pipe,name={pipe};urp;"]
        told.append(f"-env:UserInstallation={Path(profile).as_uri()}")
        # A group of its own, for `soffice` is a script that starts the program itself.
        office = subprocess.Popen(told, stdout=subprocess.DEVNULL, start_new_session=True)
        try:
            hidden = (named("Hidden", True),)  # noqa: FBT003  LibreOffice's setting
            document = desktop(pipe).loadComponentFromURL(workbook.as_uri(), "_blank", 0, hidden)
            sys.stdout.write(json.dumps(visited(document, out, totals)))
            document.close(True)  # noqa: FBT003  LibreOffice's setting
            desktop(pipe).terminate()
            office.wait(SECONDS)
        finally:
            if office.poll() is None:
                os.killpg(office.pid, signal.SIGKILL)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
