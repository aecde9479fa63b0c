"""Planted secrets stand nowhere, planted persons only where docs/privacy.md says."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.command import assist_rpa
from tests.trust import search
from tests.trust.office import JOINERS, PASSWORD, REFUSED, Office
from tests.trust.places import PAGE, faults, rows

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator

pytestmark = [
    pytest.mark.heavy,
    pytest.mark.skipif(sys.platform != "linux", reason="looks into processes as Linux shows them"),
]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """After its work."""
    made = Office(tmp_path_factory.mktemp("office"))
    try:
        made.works()
        yield made
    finally:
        made.close()


def test_nothing_that_was_planted_stands_where_it_may_not(office: Office) -> None:
    """Every byte of every artefact, by kind and place; and the processes while they ran."""
    table, look = rows(PAGE.read_text("utf-8")), search.Search(office.canaries())
    found, met, places = [], set(), set()
    for artefact in office.artefacts():
        hits = look.file(artefact.path)
        found += faults(table, artefact.place, hits)
        met |= {one for one in hits if one.kind != search.SECRET}
        places.add(artefact.place)
    told(look, len(office.processes.seen))
    assert found == []
    assert sorted(office.processes.found) == []
    # What was planted did come along, and every row of the table was put to the test.
    assert {one for one in office.canaries() if one.kind != search.SECRET} == met
    assert [row.places for row in table if not any(map(row.holds, places))] == []
    assert look.size > 1_000_000
    assert len(office.processes.seen) > 20
    assert any(one.called == "a cookie" for one in office.canaries())


def told(look: search.Search, processes: int) -> None:
    """The figures, for `make trust`."""
    read = f"{look.pictures} pictures read"
    if look.unread:
        read = f"{look.unread} pictures NOT READ, for tesseract is not installed"
    line = f"{look.files} files, {look.layers} layers, {read}, {processes} processes"
    sys.stdout.write(f"{line}\n")
    if place := os.environ.get("TRUST_REPORT"):
        Path(place).write_text(f"{line}\n", "utf-8")


def test_what_is_planted_afterwards_is_found(office: Office, tmp_path: Path) -> None:
    """Negative control: one secret and one person, in copies of what the office left."""
    table, look = rows(PAGE.read_text("utf-8")), search.Search(office.canaries())
    log = office.run("joiners") / "run.log"
    copy = tmp_path / "run.log"
    for planted, kind in ((PASSWORD, search.SECRET), ("REKAAN BINTI KENARIDUA", search.NAMES)):
        copy.write_bytes(log.read_bytes() + planted.encode("utf-16-le"))
        (fault,) = faults(table, "runs/x/run.log", look.file(copy))
        assert fault.startswith(f"runs/x/run.log: {kind}: ")
    (fault,) = faults(table, "somewhere/else", [])
    assert "does not name it" in fault


def test_a_person_who_was_purged_is_in_no_byte_and_the_rest_is_whole(
    office: Office, tmp_path: Path
) -> None:
    """By number, of a copy of all that is kept.

    But where docs/privacy.md says that nobody is found: in packages, and in a picture of a month's
    list, on which the portal shows them beside those who were paid.
    """
    home = tmp_path / "home"
    shutil.copytree(office.desk.home, home)
    env = {**office.desk.env, "ASSIST_RPA_HOME": str(home)}
    gone, *others = JOINERS
    who = str(gone["identification"])

    def assist(*words: str) -> subprocess.CompletedProcess[str]:
        return assist_rpa(*words, cwd=office.desk.folder, env=env)

    assert search.Search(person_of(gone)).file(home / "ledger.sqlite3")
    done = assist("purge", "--person", who, "--even-so", "--yes")
    assert done.returncode == 0, done.stderr
    look = search.Search(person_of(gone))
    left = {p.relative_to(home).as_posix() for p in files(home) if look.file(p)}
    month = office.run("job").name
    pictures = {one for one in left if one.startswith(f"runs/{month}/pictures/")}
    assert sorted(one for one in left - pictures if not one.startswith("packages/")) == []
    assert len(pictures) <= 1
    assert any(search.Search(person_of(*others)).file(p) for p in files(home))
    whole = assist("evidence", "verify", "--all")
    assert whole.returncode == 0, whole.stdout + whole.stderr


def test_whom_the_portal_refused_is_in_no_ledger_any_more(office: Office) -> None:
    """That moment, as docs/privacy.md has it; the office's own table is another matter."""
    look = search.Search(person_of(REFUSED))
    assert look.file(office.desk.home / "ledger.sqlite3") == set()
    assert look.file(next(office.run("refused").glob("*.xlsx")))


def person_of(*people: dict[str, Any]) -> tuple[search.Canary, ...]:
    return tuple(
        canary
        for one in people
        for canary in (search.number(str(one["identification"])), search.name(last(one)))
    )


def last(one: dict[str, Any]) -> str:
    return str(one["name"]).rsplit(maxsplit=1)[-1]


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())
