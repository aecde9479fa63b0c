"""`assist-rpa schema`."""

from __future__ import annotations

import json

from rpa import flows, jobs
from rpa.cli import console
from rpa.errors import JobInvalid, Words


def schema(procedure: str | None) -> int:
    """Print the JSON Schema of job files."""
    if procedure is not None and procedure not in flows.names():
        known = ", ".join(flows.names())
        raise JobInvalid(
            Words(
                f"Prosedur {procedure} tidak dikenali. Yang ada: {known}.",
                f"There is no procedure {procedure}. There are: {known}.",
            )
        )
    console.out.print_json(json.dumps(jobs.schema(procedure)), highlight=False)
    return 0
