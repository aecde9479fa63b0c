"""The list of an agency for SPS Khidmat."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from rpa.parcel import sps
from rpa.rules.self_employed import Served
from rpa.rules.sps import Scheme


class Job(sps.ListJob):
    """People of the named groups, for whom the State pays the whole year."""

    record: ClassVar[type[Served] | None] = Served
    scheme: ClassVar[Scheme] = Scheme.SERVICE

    procedure: Literal["list_sps_khidmat"]
    rows: Annotated[list[Served], Field(description="Rows written into the job itself.")] = Field(
        default_factory=list
    )


matter = sps.matter
pack = sps.pack
answered = sps.answered
