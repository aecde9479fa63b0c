"""Ten thousand workers in one month: the whole way, through the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest
import yaml

from tests.conftest import EMPLOYER

if TYPE_CHECKING:
    from tests.conftest import Desk, PracticePortal

WORKERS = 10_000


def people() -> list[tuple[str, str, float]]:
    """Number, name and wages; the birthplace codes are not in use."""
    return [
        (f"90{1 + n % 12:02}{1 + n % 28:02}{('17', '18', '19')[n % 3]}{n % 10000:04d}",
         f"CONTOH {n:05d} BIN REKAAN", 1700 + n % 5000 + n % 100 / 100)
        for n in range(WORKERS)
    ]  # fmt: skip


@pytest.mark.heavy
def test_ten_thousand_workers_come_back_with_their_numbers(
    desk: Desk, portal: PracticePortal
) -> None:
    """The file is taken by the portal; every row of the workbook has its ACR and ECR."""
    portal.ask("worker", {"workers": [
        {"employer": EMPLOYER, "nric": nric, "name": name, "start": "01/02/2020", "gender": "M",
         "birth": f"{nric[4:6]}/{nric[2:4]}/1990"}
        for nric, name, _ in people()
    ]})  # fmt: skip
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("People")
    sheet.append(["No. KPPN", "Nama Pekerja", "Gaji"])
    for line in people():
        sheet.append(line)
    book.save(desk.folder / "payroll.xlsx")
    job = {
        "procedure": "submit_contributions",
        "employer": EMPLOYER,
        "month": "11/2026",
        "table": {"file": "payroll.xlsx"},
        "limits": {"month_missing": 2},
    }
    path = desk.folder / "ten.yaml"
    path.write_text(yaml.safe_dump(job))
    desk.settings(timeouts={"act_s": 60, "arrive_s": 60, "result_s": 120})
    done = desk.assist("run", path, "--submit", limit_s=900)
    assert done.returncode == 0, done.stderr[-3000:]
    (one,) = portal.contributions
    assert len([line for line in one["lines"] if line["wages"]]) == WORKERS
    returned = desk.returned()
    assert {row["ASSIST reference"] for row in returned} == {f"{one['acr']} {one['ecr']}"}
    assert len(returned) == WORKERS
