"""`assist-rpa schema`."""

from __future__ import annotations

import json

from rpa import jobs
from rpa.cli import console
from rpa.errors import JobInvalid, Words


def schema(procedure: str | None) -> int:
    """Print the JSON Schema of job files."""
    if procedure is not None and procedure not in jobs.names():
        known = ", ".join(jobs.names())
        raise JobInvalid(
            Words(
                f"Prosedur {procedure} tidak dikenali. Yang ada: {known}.",
                f"There is no procedure {procedure}. There are: {known}.",
            )
        )
    # ASCII alone: what reads it wants UTF-8, and a console's > may write something else.
    console.out.print_json(json.dumps(jobs.schema(procedure)), highlight=False, ensure_ascii=True)
    return 0
