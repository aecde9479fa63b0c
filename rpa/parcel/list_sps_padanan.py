"""The list of an agency or association for SPS Padanan Caruman."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from rpa.parcel import sps
from rpa.rules.self_employed import Matched
from rpa.rules.sps import Scheme


class Job(sps.ListJob):
    """People who pay a fifth of plan 2's year themselves."""

    record: ClassVar[type[Matched] | None] = Matched
    scheme: ClassVar[Scheme] = Scheme.MATCHING

    procedure: Literal["list_sps_padanan"]
    rows: Annotated[list[Matched], Field(description="Rows written into the job itself.")] = Field(
        default_factory=list
    )


matter = sps.matter
pack = sps.pack
answered = sps.answered
