"""`assist-rpa practise`: one's own table at a portal that knows its people, and nothing else."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import assist_rpa

JOBS = {
    "submit_contributions": (
        'month: "10/2026"\n',
        """No. KP,Nama,Gaji,Jenis Pekerja,Tarikh Lahir
900101005555,CONTOH BIN REKAAN,3000,,
SSFW00000001,SAMPLE WORKER,1750,Asing,05/05/1990
""",
    ),
    "end_employment": (
        "",
        """Nama,No. KPPN,Tarikh Berhenti Kerja
CONTOH BIN REKAAN,900101005555,20/11/2026
REKAAN BINTI CONTOH,850202005556,19/11/2026
""",
    ),
}


def own(folder: Path, **env: str) -> dict[str, str]:
    """An office's environment, with a proxy that nothing may go by."""
    left = {k: v for k, v in os.environ.items() if not k.startswith("ASSIST_RPA_")}
    nowhere = {"http_proxy": "http://127.0.0.1:9", "ASSIST_RPA_HOME": str(folder / "office")}
    told = {"ASSIST_RPA_TODAY": "2026-11-20", "ASSIST_RPA_LANGUAGE": "en"}
    return {**left, **nowhere, **told, **env}


def practise(job: Path, **env: str) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "rpa", "practise", str(job)]
    more = own(job.parent, **env)
    return subprocess.run(words, capture_output=True, text=True, check=False, env=more)


def job_of(folder: Path, procedure: str) -> Path:
    more, table = JOBS[procedure]
    (folder / "people.csv").write_text(table, "utf-8")
    path = folder / "job.yaml"
    text = f"procedure: {procedure}\nemployer: E9900004321M\n{more}table: {{file: people.csv}}\n"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.heavy
@pytest.mark.parametrize("procedure", JOBS)
def test_ones_own_job_is_rehearsed_and_filed_at_a_portal_of_ones_own(
    tmp_path: Path, procedure: str
) -> None:
    """And a second time nothing is sent; a real ledger named in the environment is not opened."""
    ledger = tmp_path / "real.sqlite3"
    job = job_of(tmp_path, procedure)
    for sent in (1, 0):
        done = practise(job, ASSIST_RPA_LEDGER=str(ledger))
        assert done.returncode == 0, done.stderr + done.stdout
        assert done.stdout.splitlines()[-1] == "filed 2 of 2 rows in 1 filing"
        assert f"sent by this run: {sent} filing" in done.stdout
        assert done.stdout.count("The birthplace code") <= 1
        assert len(re.findall(r"^The same \d+ remarks as above", done.stdout, re.MULTILINE)) == 1
        opens = shlex.split(done.stderr.splitlines()[-1].partition(": ")[2])
        assert opens[:2] == ["assist-rpa", "report"]
        assert (Path(opens[2]) / "report.html").is_file()
    assert not ledger.exists()
    text = job.read_text("utf-8")
    job.write_text(text.replace("E9900004321M", "E9900001234V"), "utf-8")
    other = practise(job)
    assert other.stdout.splitlines()[-1] == "filed 2 of 2 rows in 1 filing", other.stderr


def test_a_job_with_errors_opens_no_portal(tmp_path: Path) -> None:
    """They are told with their cells, as `check` does."""
    job = job_of(tmp_path, "submit_contributions")
    (tmp_path / "people.csv").write_text("No. KP,Nama,Gaji\n101145555,CONTOH,3000\n", "utf-8")
    done = practise(job)
    assert done.returncode == 65
    assert "has 9 digits, not 12" in done.stdout
    assert not (tmp_path / ".practice").exists()


def test_a_folder_that_cannot_serve_is_a_sentence_and_nothing_beside_it_is_read(
    tmp_path: Path,
) -> None:
    """An office's own settings in that folder stay as they are."""
    job = job_of(tmp_path, "submit_contributions")
    (tmp_path / "practice").write_text("mine", "utf-8")
    words = [sys.executable, "-m", "rpa", "practise", str(job), "--folder", str(tmp_path)]
    done = subprocess.run(words, capture_output=True, text=True, check=False, env=own(tmp_path))
    assert done.returncode == 73, done.stderr
    assert "A fault in this tool" not in done.stderr
    assert (tmp_path / "practice").read_text("utf-8") == "mine"


def test_who_has_only_practised_is_told_where_those_runs_are(tmp_path: Path) -> None:
    """`report` and `status` by themselves are about real work; no setting is to be mended."""
    for command in ("report", "status"):
        said = assist_rpa(command, cwd=tmp_path, env=own(tmp_path))
        assert "Runs of practice (practise, demo) are kept apart" in said.stderr
        assert "Correct the configuration" not in said.stderr
    run = tmp_path / "october" / ".practice" / "practice" / "home" / "runs" / "2026-11-20-job"
    run.mkdir(parents=True)
    for command in ("report", "status"):
        said = assist_rpa(command, cwd=tmp_path, env=own(tmp_path))
        assert f"assist-rpa report {run.relative_to(tmp_path)} --open" in said.stderr
