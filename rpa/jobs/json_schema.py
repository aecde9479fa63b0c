"""The JSON Schema of job files, for editors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rpa.jobs import models
from rpa.jobs.review import PROCEDURE as REVIEW
from rpa.jobs.review import ReviewJob

if TYPE_CHECKING:
    from rpa.model.job import Job

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(procedure: str | None) -> dict[str, Any]:
    """The schema of one procedure's job, or with None of all of them, told apart by ``procedure``.

    Raises KeyError when there is no such procedure.
    """
    if procedure == REVIEW:
        return {"$schema": _DIALECT, **ReviewJob.model_json_schema()}
    if procedure is not None:
        job = models.of(procedure)
        return {"$schema": _DIALECT, **job.model_json_schema(), **_rows(job)}
    return {
        "$schema": _DIALECT,
        "title": "assist-rpa job",
        "oneOf": [{"$ref": f"#/$defs/{name}"} for name in names()],
        "$defs": {name: _nested(name) for name in names()},
    }


def names() -> list[str]:
    """All that a job file may be of: the procedures, the packages, and the review."""
    return sorted([*models.names(), REVIEW])


def _nested(name: str) -> dict[str, Any]:
    """One procedure's schema inside the whole; its own definitions stay below it."""
    template = f"#/$defs/{name}/$defs/{{model}}"
    if name == REVIEW:
        return ReviewJob.model_json_schema(ref_template=template)
    job = models.of(name)
    return {**job.model_json_schema(ref_template=template), **_rows(job)}


def _rows(job: type[Job]) -> dict[str, Any]:
    if job.record is None:
        return {}
    if job.rows_required:
        return {"oneOf": [{"required": ["rows"]}, {"required": ["table"]}]}
    return {"not": {"required": ["rows", "table"]}}
