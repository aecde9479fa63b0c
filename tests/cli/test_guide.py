"""What a run tells while it goes on is in the language of the terminal."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from rpa.cli import aim, guide, settled
from rpa.errors import Words
from rpa.jobs.cells import convert
from rpa.jobs.places import Unfit
from rpa.procedure.steps import stops_before
from rpa.rules import workers
from tests.command import assist_rpa

ROOT = Path(__file__).parents[2]
# What stands so at the portal.
PORTALS = {
    "Khusus, Tindakan, Kemas Kini",
    "Maklumat Pendaftaran Perniagaan, Majikan, Induksi",
    "Discontinue Business",
    "Update Add Employee Resigned Date",
    "Form 3 EIS",
    "Kemaskini Tambah Tarikh Berhenti Kerja: Semua, Kemas Kini",
    "TEKS FAIL, Muat Naik",
    "Seterusnya",
    "Simpan Draf, Lengkap",
}


def steps() -> set[str]:
    """The first word of every ``steps("…")`` in a flow."""
    return {
        str(node.args[0].value)
        for path in (ROOT / "rpa/flows").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "steps"
        and isinstance(node.args[0], ast.Constant)
    }


def test_every_step_of_every_flow_has_its_malay_words() -> None:
    """A flow that comes needs its words; words that nobody says go."""
    found = steps()
    assert {one for one in found if guide.step(one).bm == one} <= PORTALS
    assert set(guide.BM) <= found
    assert all(guide.step(one).en == one for one in found)


def test_other_lines_of_a_run_have_them_too() -> None:
    """What is read, what is looked at, where a rehearsal stops."""
    assert guide.step("look at CAN1").bm == "lihat CAN1"
    assert guide.step("list ACR").bm == "senaraikan ACR"
    assert guide.step(stops_before("Hantar, Sahkan")) == Words(
        "berhenti sebelum HANTAR", "stops before HANTAR"
    )
    assert aim.LEDGER.bm == "lejar:"


def test_a_plan_and_its_mistakes_are_told_in_malay() -> None:
    """Kinds of worker, rows, and the words that a cell may hold, Malay ones first."""
    env = {"ASSIST_RPA_LANGUAGE": "bm", "ASSIST_RPA_TODAY": "2026-11-20", "PATH": "/usr/bin"}
    said = assist_rpa("check", "fixtures/add_employees/job.yaml", cwd=ROOT, env=env)
    assert "10 Tempatan (baris" in said.stdout
    assert "(rows" not in said.stdout
    with pytest.raises(Unfit) as fault:
        convert(workers.WORKER, "x")
    words = fault.value.words
    assert words.bm.startswith("Tulis salah satu: Tempatan, Asing,")
    assert words.en.startswith("Write one of: Local, Foreign,")
    assert settled.SAME_AS_ABOVE.bm.startswith("{} amaran")
