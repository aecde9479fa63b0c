"""Opening a ledger, or a sentence that says why not and what to do."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from rpa.errors import ConfigInvalid
from rpa.ledger.ledger import Ledger, LedgerFailed
from rpa.ledger.tables import META_VERSION, SCHEMA_VERSION, events, meta
from tests.ledger.people import Run, joiner

if TYPE_CHECKING:
    from collections.abc import Callable


NOBODY = 65534


def refused(place: str | Path, because: str) -> ConfigInvalid:
    with pytest.raises(ConfigInvalid, match=because) as caught:
        Ledger.open(place)
    assert caught.value.words.bm != caught.value.words.en
    return caught.value


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps files private by the profile's ACL")
def test_a_new_ledger_is_private(file_place: Path) -> None:
    """The file 0600, what SQLite lays beside it as well, in a folder 0700."""
    with Ledger.open(file_place) as ledger:
        Run(ledger).lease.release()
        modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in file_place.parent.iterdir()}
        assert {modes.pop(name) for name in list(modes) if not name.endswith("locks")} == {0o600}
    assert stat.S_IMODE(file_place.parent.stat().st_mode) == 0o700


def test_a_ledger_that_others_could_read_is_made_private(file_place: Path) -> None:
    """A copy may have come back with the wrong rights."""
    Ledger.open(file_place).close()
    file_place.chmod(0o644)
    Ledger.open(file_place).close()
    assert stat.S_IMODE(file_place.stat().st_mode) == 0o600


def test_every_write_is_on_disk_when_it_returns(file_place: Path) -> None:
    """Write-ahead log, FULL synchronisation, foreign keys, deleted data overwritten."""
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
    with Ledger.open(file_place) as ledger, ledger.store.reading() as conn:
        found = {name: conn.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}
    assert found == wanted


def test_a_newer_ledger_is_left_alone(place: str) -> None:
    """The next move is to update the tool."""
    with Ledger.open(place) as ledger, ledger.store.writing() as conn:
        newer = str(SCHEMA_VERSION + 1)
        conn.execute(update(meta).where(meta.c.key == META_VERSION).values(value=newer))
    refused(place, "newer version")


@pytest.mark.parametrize("nonsense", ["-1", "0", "", "one"])
def test_a_version_nobody_wrote_is_damage(place: str, nonsense: str) -> None:
    """It is not read as zero, and nothing is upgraded from it."""
    with Ledger.open(place) as ledger, ledger.store.writing() as conn:
        conn.execute(update(meta).where(meta.c.key == META_VERSION).values(value=nonsense))
    refused(place, "damaged")


def test_what_is_not_a_ledger_is_refused_and_not_touched(file_place: Path) -> None:
    """A text file, another program's SQLite file, an empty file, a folder."""
    file_place.parent.mkdir()
    for content in (b"not a database, but long enough to be taken for one" * 100, b"x"):
        file_place.write_bytes(content)
        refused(file_place, "not a ledger")
        assert file_place.read_bytes() == content
    file_place.unlink()
    with sqlite3.connect(file_place) as raw:
        raw.execute("CREATE TABLE meta (key, value)")
    raw.close()
    before = file_place.read_bytes()
    refused(file_place, "not a ledger")
    assert file_place.read_bytes() == before
    file_place.write_bytes(b"")
    assert "do not delete it" in refused(file_place, "incomplete").words.en.lower()
    refused(file_place.parent, "not a file")


def test_a_place_that_cannot_be_is_said(tmp_path: Path) -> None:
    """A file where a folder should be; an address of something else."""
    (tmp_path / "file").touch()
    refused(tmp_path / "file" / "ledger.sqlite3", "not a file in a folder")
    for address in ("mysql://db/ledger", "nonsense://x", "sqlite://", "://"):
        refused(address, "address")


def open_as_nobody(place: Path) -> str:
    """What an ordinary user is told; root may write everywhere, so a child drops its rights."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:  # pragma: no cover - the child's own process
        said = b"opened"
        try:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setgid(NOBODY)
                os.setuid(NOBODY)
            Ledger.open(place).close()
        except ConfigInvalid as error:
            said = error.words.en.encode()
        finally:
            os.write(write, said)
            os._exit(0)
    os.close(write)
    with os.fdopen(read) as answer:
        said_there = answer.read()
    os.waitpid(child, 0)
    return said_there


@pytest.mark.skipif(os.name == "nt", reason="rights work differently on Windows")
@pytest.mark.parametrize("made_before", [False, True])
def test_a_folder_that_may_not_be_written_is_said(*, made_before: bool) -> None:
    """Before a browser opens, with the place and what to do; as an ordinary user."""
    folder = Path(tempfile.mkdtemp(prefix="ledger-rights-"))
    place = folder / "ledger.sqlite3"
    if os.geteuid() == 0:
        os.chown(folder, NOBODY, NOBODY)
    if made_before:
        assert open_as_nobody(place) == "opened"
    folders = [path for path in (folder, *folder.iterdir()) if path.is_dir()]
    for path in folders:
        path.chmod(0o555)
    said = open_as_nobody(place)
    for path in folders:
        path.chmod(0o755)
    opened_again = open_as_nobody(place)
    shutil.rmtree(folder)
    assert "may not read or write" in said
    assert str(place) in said
    assert opened_again == "opened"


def test_a_server_that_does_not_answer_is_said_without_its_password(tmp_path: Path) -> None:
    """The address is shown, the secret in it is not."""
    url = f"postgresql://clerk:canary@/ledger?host={tmp_path}"
    error = refused(url, "cannot be used")
    assert str(tmp_path) in error.words.en
    assert "canary" not in error.words.en + error.words.bm + error.where


@pytest.mark.postgres
def test_another_programs_tables_are_not_taken_for_a_ledger(postgres_url: str) -> None:
    """A table of the same name in a shared database."""
    with Ledger.open(postgres_url) as ledger, ledger.store.writing() as conn:
        conn.exec_driver_sql("ALTER TABLE meta RENAME COLUMN value TO content")
    refused(postgres_url, "not a ledger")


@pytest.mark.postgres
def test_a_server_that_only_reads_is_refused(postgres_url: str) -> None:
    """A standby would take no intent."""
    url = postgres_url + "%20-cdefault_transaction_read_only%3Don"
    refused(url, "read-only")


def test_many_that_open_a_new_ledger_at_once_share_one(place: str) -> None:
    """One makes it, the others find it: one secret."""
    names: list[str] = []
    together = threading.Barrier(6)

    def open_it() -> None:
        together.wait()
        with Ledger.open(place) as ledger:
            names.append(ledger.lease_name("practice", "clerk@example.test"))

    threads = [threading.Thread(target=open_it) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(names) == 6
    assert len(set(names)) == 1


def test_what_a_half_made_ledger_left_is_cleared(file_place: Path) -> None:
    """A process that died while making it leaves no file in the ledger's place."""
    file_place.parent.mkdir(mode=0o700)
    left = file_place.with_name(f".{file_place.name}.new-dead")
    left.write_bytes(b"half")
    Ledger.open(file_place).close()
    assert not left.exists()


def test_a_ledger_address_may_be_a_sqlite_url(file_place: Path) -> None:
    """The same file, named either way; odd letters in a path are letters."""
    odd = file_place.with_name("lejar 100% ?siap#1.sqlite3")
    Ledger.open(odd).close()
    assert odd.is_file()
    Ledger.open(f"sqlite:///{file_place}").close()
    assert file_place.is_file()


@pytest.mark.parametrize("statement", [events.delete(), update(events).values(kind="x")])
def test_the_log_only_grows(run: Run, statement: object) -> None:
    """The database itself refuses to change or delete an event."""
    run.plan(joiner(1))
    with pytest.raises(LedgerFailed), run.ledger.store.writing() as conn:
        conn.execute(statement)  # type: ignore[call-overload]


def test_a_ledger_may_be_used_from_several_threads(begin: Callable[..., Run]) -> None:
    """The heartbeat, the watcher and the main thread write side by side."""
    run = begin()
    filing = run.plan(joiner(1))

    def write_ten() -> None:
        for _ in range(10):
            run.ledger.event("step", {}, run_id=run.id, filing_id=filing.id)

    threads = [threading.Thread(target=write_ten) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(run.ledger.events_of(filing.id)) == 41
