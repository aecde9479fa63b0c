"""The command on a machine whose clock can be set while it runs: for `drill.child`'s words.

``STEPPED_CLOCK`` names a file with the seconds by which the clock stands wrong. All processes that
are started so and name the same file live on that machine. What is set is the clock by which the
ledger reckons its leases; nothing else of the product is touched.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, event
from sqlalchemy.ext.compiler import compiles

from drill import child
from rpa.ledger.tables import clock

if TYPE_CHECKING:
    import sqlite3

    from sqlalchemy.sql.compiler import SQLCompiler

STEP = "STEPPED_CLOCK"


def _wrong() -> float:
    return float(Path(os.environ[STEP]).read_text("ascii"))


def _connected(raw: sqlite3.Connection, _record: object) -> None:
    raw.create_function("wrong", 0, _wrong)


def _now(element: clock, compiler: SQLCompiler, **kw: Any) -> str:
    seconds = compiler.process(element.clauses, **kw)
    return f"strftime('%Y-%m-%dT%H:%M:%fZ', 'now', ({seconds} + wrong()) || ' seconds')"


if __name__ == "__main__":
    compiles(clock, "sqlite")(_now)
    event.listen(Engine, "connect", _connected)
    sys.exit(child.main())
