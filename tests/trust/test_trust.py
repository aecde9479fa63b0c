"""What `make trust` runs is there, and a control that does not go red is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.trust import blind
from tools import trust

if TYPE_CHECKING:
    from pathlib import Path

CONTROLS = [control for line in trust.LINES for control in line.controls]


@pytest.mark.parametrize("line", trust.LINES, ids=lambda line: line.name)
def test_each_line_has_tests_and_a_negative_control(line: trust.Line) -> None:
    names = [*line.tests, *(name for control in line.controls for name in control.tests)]
    for name in names:
        place, _, test = name.partition("::")
        assert f"def {test or 'test_'}" in (trust.ROOT / place).read_text("utf-8"), name
    assert line.controls


@pytest.mark.parametrize("control", CONTROLS, ids=lambda control: control.guard)
def test_each_guard_is_there_and_is_put_back(control: trust.Control) -> None:
    blind.blinded(control.guard)()


def lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, guard: str) -> tuple[int, str]:
    """One line about a test of this folder, with this control."""
    (tmp_path / "test_it.py").write_text(
        "import textwrap\n\ndef test_it():\n    assert textwrap.dedent(' a') == 'a'\n"
    )
    told = trust.Line(
        "toy", "it holds", (str(tmp_path),), (trust.Control(guard, (str(tmp_path),)),)
    )
    monkeypatch.setattr(trust, "INTO", tmp_path / "build")
    monkeypatch.setattr(trust, "LINES", (told,))
    return trust.main([]), (tmp_path / "build" / "toy.txt").read_text("utf-8")


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("guard", "code"), [("textwrap:dedent=' a'", 0), ("textwrap:indent", 1), ("textwrap:no", 1)]
)
def test_a_control_must_go_red_and_not_merely_fail(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    guard: str,
    code: int,
) -> None:
    """Green without its guard, or a guard that is not there: told, and it ends with 1."""
    assert lines(tmp_path, monkeypatch, guard)[0] == code
    said = capsys.readouterr().out
    assert said.startswith("ok " if code == 0 else "NOT OK")
    assert (f"STAYS GREEN WITHOUT {guard}" in said) is bool(code)
