"""The model of a job file by its procedure: of what is filed, and of what a person sends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rpa import flows, parcel
from rpa.jobs import files, yaml_file
from rpa.jobs.limits import Limits
from rpa.jobs.places import Problems, Unfit

if TYPE_CHECKING:
    from pathlib import Path

    from rpa.model.job import Job

_LIMITS = Limits()


def names() -> list[str]:
    """All procedures of jobs, in the order of their names."""
    return sorted([*flows.names(), *parcel.names()])


def of(name: str) -> type[Job]:
    """The procedure's model. Raises KeyError when there is none."""
    return parcel.load(name).Job if name in parcel.names() else flows.load(name).Job


def named(job_file: Path) -> str:
    """The procedure that a job file names; empty for whatever cannot be read."""
    try:
        content = files.read(job_file, _LIMITS.job)
        root = yaml_file.parse(content, job_file.name, _LIMITS.depth, Problems())
    except Unfit:
        return ""
    found = root.values.get("procedure")
    return found.text if isinstance(found, yaml_file.Scalar) else ""


def is_package(job_file: Path) -> bool:
    """Whether a job file is of what a person sends; False for whatever cannot be read."""
    return named(job_file) in parcel.names()
