"""The command `follow`: its help."""

from __future__ import annotations

from tests.cli.test_commands import assist


def test_help_fits_a_screen_and_shows_an_example() -> None:
    """With a job and without."""
    said = assist("follow", "--help")
    assert said.returncode == 0
    assert len(said.stdout.splitlines()) <= 30
    assert "assist-rpa follow joiners.yaml" in said.stdout
