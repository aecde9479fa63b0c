"""What must never stand in a log: identity numbers, names, secrets. A structlog processor.

Two nets. By *key*: whatever is logged under a name like password, phrase, token or name is
masked whole. By *shape*: identity numbers and mail addresses are masked inside any text,
exceptions included. A person's name inside free text has no shape: never log one.

Employer codes (letter, ten digits, letter) and the portal's reference numbers (facts 3.4: letters
and 13 or 14 digits; ACR and ECR with 12) stay readable, for without them a log says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from rpa.rules.contribution import NUMBER

if TYPE_CHECKING:
    from collections.abc import MutableMapping

MASK: Final = "***"

_SECRET_PARTS: Final = (
    "passw", "phrase", "frasa", "secret", "token", "cookie", "credential", "authori", "identif",
    "username", "fullname", "kppn", "nric", "mykad", "passport", "pasport", "email",
    "apikey", "privatekey",
)  # fmt: skip
_SECRET_WORDS: Final = frozenset(
    {"name", "nama", "names", "ic", "pwd", "key", "pin", "otp", "auth"}
)
_PLAIN_KEYS: Final = frozenset(
    {"logger_name", "step_name", "procedure_name", "host_name", "thread_name", "process_name"}
)
_WORDS_OF_KEY = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")

_DIGEST = r"\b(?=[0-9a-f]*[a-f])(?:[0-9a-f]{32}|[0-9a-f]{64})\b"
_KEPT = rf"(?P<kept>\b{NUMBER}(?!\d)|{_DIGEST})"
_DASH = "[-\u00ad\u2010-\u2015\u2212 ./_]?"
# 11 digits too: an NRIC that Excel robbed of its leading zero (and telephone numbers).
_NUMBER = rf"(?<!\d)(?<!\d\.)(?:\d{{6}}{_DASH}\d{{2}}{_DASH}\d{{4}}|\d{{11}})(?:\.0+)?(?!\d)"
_SHAPES = re.compile(rf"{_KEPT}|{_NUMBER}")
_USER_INFO = re.compile(r"(?<=://)[^/\s@]+(?=@)")
_MAIL = re.compile(r"[\w.+%'-]+(?=@[\w-]+(?:\.[\w-]+)+)")
# What libraries put into their messages: pydantic shows the input, SQLAlchemy its parameters.
_INPUT = re.compile(r"(input_value=).*?(?=, input_type=|\]|$)", re.DOTALL)
_PARAMETERS = re.compile(r"(\[parameters: ).*?(?=\]\n|\]$|\Z)", re.DOTALL)
_HEADER = re.compile(r"(?i)\b((?:set-)?cookie|(?:proxy-)?authorization)(\s*:\s*)[^\r\n]+")
_ASSIGNED = re.compile(
    r"(?i)(\b[\w-]*(?:passw(?:or)?d|phrase|secret|token|cookie)[\w-]*[\"']?\s*[=:]\s*)"
    r"(\"[^\"]*\"|'[^']*'|[^\s,;&\"')}\]]+)"
)


def redact(_logger: object, _method: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """The structlog processor; it stands last before the renderer, so that nothing comes after."""
    return {masked_text(str(key)): _masked(str(key), value) for key, value in event.items()}


def masked_text(text: str) -> str:
    """Text without identity numbers, secrets in assignments, and who owns a mail address."""
    text = _INPUT.sub(rf"\1{MASK}", text)
    text = _PARAMETERS.sub(rf"\1{MASK}", text)
    text = _HEADER.sub(rf"\1\2{MASK}", text)
    text = _ASSIGNED.sub(rf"\1{MASK}", text)
    text = _MAIL.sub(MASK, _USER_INFO.sub(MASK, text))
    return _SHAPES.sub(lambda match: match["kept"] or MASK, text)


def is_secret(key: str) -> bool:
    """Whether whatever stands under this key is masked without being looked at."""
    if key.lower() in _PLAIN_KEYS:
        return False
    words = {word.lower() for word in _WORDS_OF_KEY.findall(key)}
    squeezed = re.sub(r"[^a-z]", "", key.lower())
    return bool(words & _SECRET_WORDS) or any(part in squeezed for part in _SECRET_PARTS)


def _masked(key: str, value: object) -> object:
    """The value as it may be logged; containers keep their shape, strangers become text."""
    if value is None or isinstance(value, bool):
        return value
    if is_secret(key):
        return MASK
    if isinstance(value, Mapping):
        return {masked_text(str(k)): _masked(str(k), inner) for k, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_masked("", inner) for inner in value]
    return _masked_plain(value)


def _masked_plain(value: object) -> object:
    if isinstance(value, int | float):
        text = masked_text(str(value))
        return value if text == str(value) else text
    if isinstance(value, bytes):
        return masked_text(value.decode("utf-8", "replace"))
    return masked_text(value if isinstance(value, str) else repr(value))
