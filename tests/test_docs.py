"""What the documents say is what is so."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tools.portal_model import controls, document

ROOT = Path(__file__).parent.parent


def test_the_portal_model_is_the_code() -> None:
    """docs/portal-model.md is made from the pages; `python -m tools.portal_model` renews it."""
    assert (ROOT / "docs/portal-model.md").read_text("utf-8") == document()


def test_every_seen_control_names_its_source() -> None:
    """What is not assumed was seen somewhere, and the table says where."""
    rows = re.findall(r"^\| `.*$", document(), re.MULTILINE)
    assert [row for row in rows if "| seen |  |" in row] == []


def test_the_readme_tells_openly_how_much_is_confirmed() -> None:
    """The figure is the number of controls there are."""
    said = (ROOT / "README.md").read_text("utf-8")
    assert f"confirmed on the live portal: **0 of {len(controls())}**" in said


@pytest.mark.parametrize("page", ["README.md", "docs/guide.md", "docs/design.md"])
def test_links_lead_somewhere(page: str) -> None:
    """Every relative link of a document is a file."""
    place = ROOT / page
    for link in re.findall(r"\]\((?!https?:)([^)#]+)\)", place.read_text("utf-8")):
        assert (place.parent / link).exists(), link


def test_the_job_in_the_readme_is_valid(tmp_path: Path) -> None:
    """The example of a job is checked like any job, with the sample's table and paper."""
    text = (ROOT / "README.md").read_text("utf-8")
    (job,) = re.findall(r"```yaml\n(# joiners.yaml.*?)```", text, re.DOTALL)
    (tmp_path / "joiners.yaml").write_text(job, "utf-8")
    for name in ("joiners.xlsx", "form2.pdf"):
        (tmp_path / name).write_bytes((ROOT / "fixtures/add_employees" / name).read_bytes())
    said = subprocess.run(
        [sys.executable, "-m", "rpa", "check", str(tmp_path / "joiners.yaml")],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert said.returncode == 0, said.stdout + said.stderr
