"""A ledger in a file and, where its server is installed, one in PostgreSQL."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, text

from rpa.engine import truth
from rpa.ledger.ledger import Ledger
from tests.ledger.people import Run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parent.parent.parent
POSTGRES = Path("/usr/lib/postgresql/15/bin")


def _as_postgres(*words: str | Path) -> None:
    """PostgreSQL's programs refuse to run as root."""
    user = "postgres" if os.geteuid() == 0 else None
    subprocess.run([str(w) for w in words], user=user, check=True, cwd="/", capture_output=True)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Path]:
    """A server of its own behind a socket in a folder of its own; no port."""
    if not POSTGRES.is_dir():
        pytest.skip(f"PostgreSQL's server programs are not in {POSTGRES}")
    folder = Path(tempfile.mkdtemp(prefix="ledger-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    data = folder / "data"
    options = f"-k {folder} -c listen_addresses= -c max_connections=40 -c shared_buffers=16MB"
    try:
        _as_postgres(POSTGRES / "initdb", "-D", data, "-A", "trust", "-U", "postgres", "-N")
        # Its log goes to a file: the pipe of a server that lives on would never end.
        log = folder / "log"
        _as_postgres(POSTGRES / "pg_ctl", "-D", data, "-l", log, "-o", options, "-w", "start")
        yield folder
    finally:
        with contextlib.suppress(subprocess.CalledProcessError):
            _as_postgres(POSTGRES / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_server: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """A schema of its own in that server."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    return _own_schema(postgres_server)


@pytest.fixture
def another_postgres_url(postgres_url: str, postgres_server: Path) -> str:  # noqa: ARG001  sets the scene
    """A second one beside it."""
    return _own_schema(postgres_server)


def _own_schema(postgres_server: Path) -> str:
    bare = f"postgresql://postgres@/postgres?host={postgres_server}"
    schema = f"t{uuid.uuid4().hex}"
    engine = create_engine(bare.replace("://", "+psycopg://", 1))
    with engine.begin() as conn:
        conn.execute(text(f"CREATE SCHEMA {schema}"))
    engine.dispose()
    return f"{bare}&options=-csearch_path%3D{schema}"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a ledger may be opened: every promise holds on both."""
    if request.param == "sqlite":
        return str(tmp_path / "private" / "ledger.sqlite3")
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def file_place(tmp_path: Path) -> Path:
    return tmp_path / "private" / "ledger.sqlite3"


@pytest.fixture
def ledger(place: str, tmp_path: Path) -> Iterator[Ledger]:
    """Whatever happened in it, it agrees with its own log in the end."""
    with Ledger.open(place) as opened:
        yield opened
        assert truth.verify(opened, tmp_path, tmp_path) == []


@pytest.fixture
def begin(ledger: Ledger) -> Iterator[Callable[..., Run]]:
    """Begin runs; their leases are released at the end."""
    begun: list[Run] = []

    def start(**how: object) -> Run:
        begun.append(Run(ledger, **how))  # type: ignore[arg-type]
        return begun[-1]

    yield start
    for run in begun:
        run.lease.release()


@pytest.fixture
def run(begin: Callable[..., Run]) -> Run:
    return begin()


class Actor:
    """Another process; see ``tests.ledger.actors``."""

    def __init__(self, what: str, place: str, portal_id: str, ttl_s: float) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.ledger.actors", what, place, portal_id, str(ttl_s)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def says(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def go_on(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def actor(place: str) -> Iterator[Callable[..., Actor]]:
    """Start other processes on the same ledger; none outlives the test."""
    started: list[Actor] = []

    def start(what: str, portal_id: str = "clerk@example.test", ttl_s: float = 60) -> Actor:
        started.append(Actor(what, place, portal_id, ttl_s))
        return started[-1]

    yield start
    for one in started:
        one.kill()
