"""A look that nobody wrote words for is learnt at a terminal, and files; no YAML is written."""

from __future__ import annotations

import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from drill.place import Place
from tests.calibration.office import Blind, Office, person

if TYPE_CHECKING:
    from pathlib import Path

PROCEDURE = "add_employees"
pytestmark = [
    pytest.mark.heavy,
    pytest.mark.skipif(sys.platform == "win32", reason="asks at a terminal of this system"),
]


@pytest.mark.parametrize("blind", [False, True])
def test_an_office_files_at_a_look_that_nobody_wrote_words_for(
    tmp_path: Path, *, blind: bool
) -> None:
    """Visit, accept, rehearse, accept, file; whoever says yes to everything files nothing wrong."""
    said: list[str] = []
    with closing(Place(tmp_path, language="bm", skin="harbour")) as place:
        office = Office(place, Blind() if blind else person("harbour"), said.append)
        office.expects([PROCEDURE])
        office.visits()
        told = office.files(PROCEDURE)
    assert not told.wrong, (told, said)
    assert blind or told.filed, (told, said)
