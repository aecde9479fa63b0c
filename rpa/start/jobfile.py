"""A job file to be filled in, made from the procedure's own model: every key it knows, explained.

What must be there stands as a key; what may be there stands behind a ``#``, with what holds
without it; what explains, behind ``##``. Nothing is filled in for the office: a blank key is an
error of `check`, never a guess.
"""

from __future__ import annotations

import json
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

import yaml
from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from rpa.errors import Words
from rpa.rules.record import Kind
from rpa.start import told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import PurePath

    from pydantic.fields import FieldInfo

    from rpa.model.job import Job
    from rpa.rules.record import Record

    Say = Callable[[Words], str]

SCHEMA: Final = "job.schema.json"
# Rows of a new job stand in its table; what a job may set for itself is docs/guards.md's.
LEFT_OUT: Final = frozenset({"rows", "limits"})
FIRST: Final = ("procedure", "employer", "month", "act", "by", "kind", "table", "documents")
_TEXTS: Final = {Kind.TEXT, Kind.NRIC, Kind.IDENTITY, Kind.PHONES, Kind.FILE}


def written(job: type[Job], name: str, table: Iterable[str], say: Say) -> str:
    """The job of this procedure, ready to be kept.

    ``table``: the lines below ``table:``, where the procedure takes rows.
    """
    rest = [key for key in job.model_fields if key not in FIRST]
    keys = [key for key in (*FIRST, *rest) if key in job.model_fields and key not in LEFT_OUT]
    # What a job is about stands on its top: procedure, employer, and the head, if it has one.
    keys.sort(key=lambda key: key not in (*FIRST[:2], *(job.head or ())[:1]))
    lines = [f"# yaml-language-server: $schema={SCHEMA}", "", *explained(say(BEGINS))]
    for key in keys:
        lines.append("")
        lines += _key(job, key, name, list(table), say)
    return "\n".join(lines) + "\n"


def _key(job: type[Job], key: str, name: str, table: list[str], say: Say) -> Iterator[str]:
    info = job.model_fields[key]
    if key == "procedure":
        yield f"procedure: {name}"
    elif key == "table":
        yield from explained(say(TABLE))
        yield "table:"
        yield from (f"  {line}" for line in table)
        if job.record and "wages" in job.record.model_fields:
            yield from (f"  {line}" for line in explained(say(ADDED_UP)))
            yield "  # same_worker: add"
    elif key == "documents":
        yield from _documents(info, say)
    elif job.head and key == job.head[0]:
        yield from explained(say(told.told(info)))
        yield f"{key}:"
        for line in _head(job.head[1], say):
            yield f"  {line}"
    else:
        yield from _other(key, info, say)


def _documents(info: FieldInfo, say: Say) -> Iterator[str]:
    """The papers of every filing; which a procedure asks for, its guide and the portal say."""
    yield from explained(say(told.told(info) if info.description else DOCUMENTS))
    mark = "" if info.is_required() else "# "
    yield f"{mark}documents:"
    yield f"{mark}  - type:"
    yield f"{mark}    file:"


def _head(record: type[Record], say: Say) -> Iterator[str]:
    """The fields of the one thing besides rows, each with its heading and how it is written."""
    for name, info in record.model_fields.items():
        column = record.columns()[name]
        said = [f"{say(column.heading)}: {say(told.in_job(column))}"]
        if info.examples:
            sample = info.examples[0]
            if column.kind is Kind.DATE:
                sample = f"{date.fromisoformat(sample):%d/%m/%Y}"
            said.append(f"{say(SUCH_AS)} {_value(sample, column.kind)}")
        yield from explained(", ".join(said))
        if more := say(told.told(info)):
            yield from explained(more)
        if info.is_required():
            yield f"{name}:"
        else:
            yield f"# {name}:{_default(info, column.kind)}"


def _other(key: str, info: FieldInfo, say: Say) -> Iterator[str]:
    said = say(told.told(info))
    if info.examples and info.is_required():
        said += f" {say(SUCH_AS).capitalize()} {_value(info.examples[0], Kind.TEXT)}."
    yield from explained(said)
    default = info.get_default(call_default_factory=True)
    if info.is_required():
        yield f"{key}:"
    elif isinstance(default, BaseModel):
        yield f"# {key}:"
        for name, inner in type(default).model_fields.items():
            hint = say(told.told(inner))
            line = f"#   {name}:{_default(inner, Kind.CHOICE)}"
            yield f"{line}   # {hint}" if hint else line
    else:
        yield f"# {key}:{_default(info, Kind.CHOICE)}"


def _default(info: FieldInfo, kind: Kind) -> str:
    """What holds where the key is not there; nothing where that is nothing."""
    default = info.default
    if default in (None, "", (), PydanticUndefined):
        return ""
    return f" {_value(default, kind)}"


def _value(value: Any, kind: Kind) -> str:
    """As it is written in YAML; digits of a text in quotes, or YAML reads a number."""
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, bool):
        return json.dumps(value)
    text = value.isoformat() if isinstance(value, date) else str(value)
    digits = any(c.isdigit() for c in text) and not any(c.isalpha() for c in text)
    if kind in _TEXTS and digits:
        return json.dumps(text)
    return text


def explained(text: str) -> Iterator[str]:
    """Lines for a person; two signs, so that none of them looks like a key that may be used."""
    return (f"## {line}" for line in text.splitlines())


def table_lines(file: PurePath, sheet: str | None, columns: Iterable[str] = ()) -> list[str]:
    """The lines below ``table:``."""
    told_sheet = [] if sheet is None else [f"sheet: {scalar(sheet)}"]
    return [f"file: {scalar(file.as_posix())}", *told_sheet, *columns]


def scalar(text: str) -> str:
    """A text as YAML has it: in quotes where it needs them."""
    flow: str = yaml.safe_dump([text], default_flow_style=True, allow_unicode=True, width=10**6)
    return flow.strip()[1:-1]


BEGINS: Final = Words(
    "Fail kerja: isi kunci yang kosong, kemudian jalankan assist-rpa check.\n"
    "Baris '##' ialah penerangan. Baris '# kunci: nilai' boleh ditinggalkan; untuk menggunakannya, "
    "buang '# '.",
    "A job file: fill in the blank keys, then run assist-rpa check.\n"
    "Lines with '##' explain. Lines with '# key: value' may be left alone; to use one, take its "
    "'# ' away.",
)
TABLE: Final = Words("Jadual: satu baris seorang.", "The table: one row a person.")
ADDED_UP: Final = Words(
    "Seorang pekerja dalam beberapa baris: gajinya dijumlahkan hanya dengan baris ini.",
    "One worker in several rows: his wages are added up only with this line.",
)
DOCUMENTS: Final = Words(
    "Dokumen bagi setiap pemfailan: PDF, JPG atau PNG, di sebelah fail ini. 'type' ialah jenis\n"
    "dokumen seperti dalam senarai portal, contohnya Others.",
    "Papers for every filing: PDF, JPG or PNG, beside this file. 'type' is the document type in\n"
    "the portal's words, such as Others.",
)
SUCH_AS: Final = Words("contohnya", "such as")
