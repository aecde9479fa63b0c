"""Lists of invented self-employed people, written to disk for one test."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

HEADINGS = {
    "identification": "No. KPPN",
    "name": "Nama",
    "date_of_birth": "Tarikh Lahir",
    "standing": "Taraf",
    "sector": "Sektor",
    "plan": "Pelan",
    "identity_card": "Salinan Kad Pengenalan",
    "proof_of_work": "Bukti Pekerjaan",
}
JOB = "procedure: list_sps_padanan\nagency: Persatuan Contoh Ñandu\ntable: {file: people.csv}\n"
PDF = b"%PDF-1.4\n"


def person(number: int) -> dict[str, Any]:
    """The ``number``-th of them, whose birthplace is not in use; with two papers."""
    year, month, day = 60 + number % 45, 1 + number % 12, 1 + number % 28
    return {
        "identification": f"{year % 100:02}{month:02}{day:02}00{number:04}",
        "name": f"CONTOH BIN REKAAN {'ABCDEFGHIJ'[number % 10]}",
        "date_of_birth": f"{day:02}/{month:02}/{1900 + year}",
        "standing": ("Warganegara", "Pemastautin Tetap")[number % 7 == 0],
        "sector": ("Penjaja", "Pertanian", "Kesenian")[number % 3],
        "plan": "2",
        "identity_card": f"kp-{number}.pdf",
        "proof_of_work": f"bukti-{number}.pdf",
    }


def write(folder: Path, people: Sequence[Mapping[str, Any]], job: str = JOB) -> Path:
    """The job file, its table and the papers that are not there yet."""
    folder.mkdir(exist_ok=True)
    with (folder / "people.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS.values())
        writer.writerows([one[name] for name in HEADINGS] for one in people)
    for one in people:
        for name in ("identity_card", "proof_of_work"):
            paper = folder / (one[name] or "none.pdf")
            if paper.suffix == ".pdf" and paper.parent == folder and not paper.exists():
                paper.write_bytes(PDF + one["identification"].encode())
    path = folder / "list.yaml"
    path.write_text(job, "utf-8")
    return path
