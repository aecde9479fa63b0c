"""The JSON Schema of job files, for editors."""

from __future__ import annotations

from typing import Any

from rpa import flows

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_ROWS_OR_TABLE = [{"required": ["rows"]}, {"required": ["table"]}]


def schema(procedure: str | None) -> dict[str, Any]:
    """The schema of one procedure's job, or with None of all of them, told apart by ``procedure``.

    Raises KeyError when there is no such procedure.
    """
    if procedure is not None:
        job = flows.load(procedure).Job
        return {"$schema": _DIALECT, **job.model_json_schema(), "oneOf": _ROWS_OR_TABLE}
    names = flows.names()
    return {
        "$schema": _DIALECT,
        "title": "assist-rpa job",
        "oneOf": [{"$ref": f"#/$defs/{name}"} for name in names],
        "$defs": {name: _nested(name) for name in names},
    }


def _nested(name: str) -> dict[str, Any]:
    """One procedure's schema inside the whole; its own definitions stay below it."""
    template = f"#/$defs/{name}/$defs/{{model}}"
    nested = flows.load(name).Job.model_json_schema(ref_template=template)
    return {**nested, "oneOf": _ROWS_OR_TABLE}
