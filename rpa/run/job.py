"""The part of a job file that every procedure shares."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from rpa.rules.record import Record


class Strict(BaseModel):
    """Unknown keys are refused: a misspelt key is a wish nobody heard."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Table(Strict):
    """Where the rows stand."""

    file: Annotated[Path, Field(description="An .xlsx or .csv file, relative to the job file.")]
    sheet: Annotated[str | None, Field(description="Needed when the workbook has several.")] = None
    columns: Annotated[
        dict[str, str],
        Field(description="field: heading, for headings that are not recognised by themselves."),
    ] = Field(default_factory=dict)


class DocumentSpec(Strict):
    """A paper for every filing of the job."""

    type: Annotated[
        str, Field(min_length=1, description="The document type in the portal's words.")
    ]
    file: Annotated[Path, Field(description="PDF, JPG or PNG, relative to the job file.")]
    remarks: Annotated[str, Field(max_length=1000)] = ""


class Job(Strict):
    """One job file: one procedure, one employer, its rows and documents."""

    record: ClassVar[type[Record]]

    procedure: Annotated[str, Field(description="What to file, such as add_employees.")]
    employer: Annotated[
        str,
        Field(description="Employer code: letter, ten digits, letter.", examples=["E9900001234V"]),
    ]
    portal_id: Annotated[
        str | None, Field(description="Only when several portal IDs hold this employer.")
    ] = None
    table: Table | None = None
    documents: list[DocumentSpec] = Field(default_factory=list)
    rows_per_filing: Annotated[
        int, Field(strict=True, ge=1, le=100, description="Rows sent under one HANTAR.")
    ] = 10
