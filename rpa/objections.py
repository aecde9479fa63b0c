"""What pydantic objects to, in an operator's words: its own are for programmers, in English.

A model's own objection is an `Amiss`, which speaks both languages.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel

from rpa.errors import Words
from rpa.plain_yaml import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic_core import ErrorDetails


class Amiss(ValueError):
    """What a validator of ours objects to; the text is the English one."""

    def __init__(self, bm: str, en: str) -> None:
        super().__init__(en)
        self.words = Words(bm, en)


def objection(kind: type[BaseModel], error: ErrorDetails) -> tuple[str, Words]:
    """Its short name, and what is said of it; a value is never quoted, for it may be a secret."""
    loc = error["loc"]
    if error["type"] == "extra_forbidden":
        return "key-unknown", unknown_key(str(loc[-1]), keys(model_at(kind, loc[:-1])))
    if error["type"] == "missing":
        return "key-missing", _missing(str(loc[-1]))
    if error["input"] is None and isinstance(loc[-1], str) and error["type"] not in LINES:
        return "key-blank", _blank(loc[-1])
    return _fault(error)


def unknown_key(key: str, known: Sequence[str]) -> Words:
    """The sentence about a misspelt key, with the nearest one there is."""
    near = get_close_matches(key, known, n=1)
    if near:
        return Words(
            f"'{shown(key)}' tidak dikenali. Adakah maksud anda '{near[0]}'?",
            f"'{shown(key)}' is not known. Did you mean '{near[0]}'?",
        )
    names = ", ".join(known)
    return Words(
        f"'{shown(key)}' tidak dikenali. Yang ada: {names}.",
        f"'{shown(key)}' is not known. There are: {names}.",
    )


def model_at(kind: type[BaseModel], loc: Sequence[int | str]) -> type[BaseModel]:
    """The model that stands at ``loc``, through optional fields and lists."""
    for step in loc:
        if isinstance(step, str) and step in kind.model_fields:
            kind = next(_models(kind.model_fields[step].annotation), kind)
    return kind


def keys(kind: type[BaseModel]) -> list[str]:
    """The model's keys as a file has them: `from` is no name that Python allows."""
    return [info.alias or name for name, info in kind.model_fields.items()]


def _models(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models(argument)


def _missing(key: str) -> Words:
    return Words(f"Kunci '{key}' wajib ada di sini.", f"The key '{key}' must stand here.")


def _blank(key: str) -> Words:
    return Words(f"Isi '{key}' di sini; ia kosong.", f"Fill in '{key}' here; it is blank.")


def _fault(error: ErrorDetails) -> tuple[str, Words]:
    """The objection in an operator's words; pydantic's own are for programmers."""
    kind, given, limits = error["type"], error["input"], error.get("ctx", {})
    if kind in {"string_type", "path_type"} and isinstance(given, bool | int | float):
        return "yaml-quotes", QUOTES
    if kind in {"greater_than_equal", "less_than_equal", "greater_than", "less_than"}:
        return "key-range", _range(limits)
    if kind == "string_too_long":
        most = limits.get("max_length")
        return "text-long", Words(
            f"Teks ini melebihi {most} aksara.", f"This text is longer than {most} characters."
        )
    if kind == "value_error" and isinstance(limits.get("error"), Amiss):
        return "key-value", limits["error"].words
    if kind in {"literal_error", "enum"}:
        return "key-choice", _one_of(str(limits.get("expected", "")))
    return _FAULTS.get(kind, ("key-value", VALUE))


def _one_of(known: str) -> Words:
    named = known.replace("' or '", "', '")
    return Words(f"Pilih satu: {named}.", f"Choose one of these: {named}.")


def _range(limits: dict[str, Any]) -> Words:
    if "gt" in limits:
        least = limits["gt"]
        return Words(f"Nombor ini mesti melebihi {least}.", f"This must be more than {least}.")
    if "lt" in limits:
        most = limits["lt"]
        return Words(f"Nombor ini mesti kurang daripada {most}.", f"This must be less than {most}.")
    if "ge" in limits:
        least = limits["ge"]
        return Words(f"Nombor ini mesti {least} atau lebih.", f"This must be {least} or more.")
    most = limits["le"]
    return Words(f"Nombor ini mesti {most} atau kurang.", f"This must be {most} or less.")


QUOTES = Words(
    'Letakkan nilai ini dalam tanda petik, contohnya "010203045555"; tanpanya, ia dibaca sebagai '
    "nombor lain.",
    'Put this value in quotes, such as "010203045555"; without them it is read as another number.',
)
VALUE = Words("Nilai ini tidak sesuai di sini.", "This value does not fit here.")
TEXT = ("key-text", Words("Tulis satu teks di sini.", "Write one text here."))
_NUMBER = ("key-number", Words("Tulis satu nombor bulat di sini.", "Write a whole number here."))
_DECIMAL = ("key-number", Words("Tulis satu nombor di sini.", "Write a number here."))
_YES_OR_NO = ("key-truth", Words("Tulis true atau false di sini.", "Write true or false here."))
_FORM = ("key-form", Words("Bentuk nilai ini lain.", "This value has another form."))
MAPPING = (
    "key-mapping",
    Words("Tulis baris 'kunci: nilai' di bawah kunci ini.", "Write lines of 'key: value' here."),
)
LIST = (
    "key-list",
    Words(
        "Tulis senarai di sini, setiap satu bermula dengan '- '.",
        "Write a list here, each entry beginning with '- '.",
    ),
)
LINES = {"dict_type", "model_type", "model_attributes_type", "list_type"}
_FAULTS: dict[str, tuple[str, Words]] = {
    "month_form": (
        "month-form",
        Words("Tulis bulan sebagai BB/TTTT, contohnya 10/2026.", "Write the month as 10/2026."),
    ),
    "string_type": TEXT,
    "string_too_short": TEXT,
    "path_type": TEXT,
    "int_type": _NUMBER,
    "int_parsing": _NUMBER,
    "int_from_float": _NUMBER,
    "float_type": _DECIMAL,
    "float_parsing": _DECIMAL,
    "finite_number": _DECIMAL,
    "bool_type": _YES_OR_NO,
    "bool_parsing": _YES_OR_NO,
    "string_pattern_mismatch": _FORM,
    "dict_type": MAPPING,
    "model_type": MAPPING,
    "model_attributes_type": MAPPING,
    "list_type": LIST,
    "tuple_type": LIST,
    "too_short": LIST,
}
