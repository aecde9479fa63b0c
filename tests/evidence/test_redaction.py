"""Nothing that names a person or opens a door stands in a log."""

from __future__ import annotations

import io
import json
import logging
from typing import TYPE_CHECKING, Any

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from rpa.evidence.logs import setup_logging
from rpa.evidence.redaction import is_secret, masked_text, redact

if TYPE_CHECKING:
    from collections.abc import Iterator

NRIC = "010203005678"
CANARY = "CANARY BIN REKAAN"  # by its name, for tracebacks show source lines
KEPT = [
    "E9900001234V", "B9900005678W", "CAN1120260000123", "CAN11202600000123", "CRN11202600000123",
    "CUN112026C000000123", "ERN112026C000000123", "EISCOL11202600000123", "ACR092600000123",
    "ECR092600000123", "9a8b7c6d5e4f010203005678aabbccdd", "support ID 12345678901234567890",
    "2026-11-21T22:14:03.123456+08:00", "joiners.xlsx!Sheet1!C17", "2026-11-21T2214-joiners",
    "took 0.12345678901 s", "1763734443.1234567",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _own_logging() -> Iterator[None]:
    """Logging is the process's own; leave it as it was found."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


def logged(*, as_json: bool = True) -> tuple[structlog.typing.FilteringBoundLogger, io.StringIO]:
    stream = io.StringIO()
    setup_logging(json=as_json, stream=stream)
    return structlog.get_logger(), stream


@pytest.mark.parametrize(
    "written",
    [
        NRIC, "010203-00-5678", "010203 00 5678", "010203\u201100\u20115678", "010203.00.5678",
        "10203005678", "10203005678.0", f"ic{NRIC}", f"{NRIC}.png", f"?ic={NRIC}&x", f"_{NRIC}_",
        "\u0660\u0661\u0660\u0662\u0660\u0663\u0660\u0660\u0665\u0666\u0667\u0668",
    ],
)  # fmt: skip
def test_an_identity_number_is_masked_wherever_it_stands(written: str) -> None:
    """With or without dashes, inside words, robbed of its zero, in other digits."""
    assert masked_text(f"row {written} failed").replace("***", "").count("5678") == 0
    assert written not in masked_text(f"row {written} failed")


@pytest.mark.parametrize("written", KEPT)
def test_codes_that_are_no_person_stay_readable(written: str) -> None:
    """Employer codes, case numbers, filing ids, times: a log without them says nothing."""
    assert masked_text(f"filing {written} done") == f"filing {written} done"


@given(st.integers(0, 10**12 - 1), st.text(max_size=8), st.text(max_size=8))
def test_no_twelve_digits_pass(number: int, before: str, after: str) -> None:
    """Whatever stands around them, other digits and protected references excepted."""
    digits = f"{number:012d}"
    around = (before[-1:] + after[:1]).strip()
    if around.isdecimal() or before[-1:].isdecimal() or before.endswith((".", "ACR", "ECR")):
        return
    if any(sign in "0123456789abcdef" for sign in around) or after[:1].isdecimal():
        return
    assert digits not in masked_text(before + digits + after)


@pytest.mark.parametrize(
    "key",
    ["password", "PORTAL_PASSWORD", "security_phrase", "securityPhrase", "frasa_keselamatan",
     "secret", "p_auth_token", "cookie", "Set-Cookie", "name", "employee_name", "nama",
     "identification", "identification_no", "nric", "ic", "Authorization",
     "user_name", "username", "api_key", "otp"],
)  # fmt: skip
def test_keys_that_hold_secrets_are_known(key: str) -> None:
    """However they are written."""
    assert is_secret(key)


@pytest.mark.parametrize(
    "key", ["event", "filing", "reference", "employer", "step", "basic", "topic", "procedure_name",
            "hostname", "spinner", "at", "level", "filename"],
)  # fmt: skip
def test_keys_that_hold_none_stay_readable(key: str) -> None:
    """A rule that masks everything says nothing."""
    assert not is_secret(key)


def test_values_are_masked_to_any_depth() -> None:
    """Lists, tuples, sets, mappings, bytes, numbers, strangers; shapes stay."""

    class Stranger:
        def __repr__(self) -> str:
            return f"Stranger({NRIC})"

    event: dict[str, Any] = {
        "event": "x",
        "rows": [{"name": "CANARY", "n": 17, "ok": True, "none": None}, (NRIC,), {NRIC}],
        "raw": NRIC.encode(),
        "number": int(NRIC),
        "float": float(NRIC),
        "count": 10_000,
        "stranger": Stranger(),
        NRIC: "key",
        "password": {"deep": ["CANARY"]},
    }
    masked = redact(None, "info", event)
    assert "5678" not in repr(masked)
    assert "CANARY" not in repr(masked)
    assert masked["rows"][0] == {"name": "***", "n": 17, "ok": True, "none": None}
    assert masked["count"] == 10_000


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("mail to siti.rekaan+x@contoh.com.my now", "mail to ***@contoh.com.my now"),
        ("postgresql://user:pa55@db/assist", "postgresql://***@db/assist"),
        ("password=hunter2; next", "password=***; next"),
        ('{"security_phrase": "kucing hitam"}', '{"security_phrase": ***}'),
        ("Cookie: JSESSIONID=abc", "Cookie: ***"),
        ("Set-Cookie: JSESSIONID=abc; Path=/", "Set-Cookie: ***"),
        ("Authorization: Bearer abc.def", "Authorization: ***"),
    ],
)
def test_secrets_inside_a_sentence_are_masked(written: str, shown: str) -> None:
    """As libraries write them into messages."""
    assert masked_text(written) == shown


@pytest.mark.parametrize("as_json", [True, False])
def test_what_exceptions_carry_is_masked(as_json: bool) -> None:  # noqa: FBT001  pytest's way
    """Own messages, pydantic's input, SQLAlchemy's parameters, causes and notes."""

    class Model(BaseModel):
        age: int

    log, stream = logged(as_json=as_json)
    try:
        try:
            Model.model_validate({"age": CANARY})
        except ValidationError as cause:
            raise RuntimeError(f"row of {NRIC}") from cause
    except RuntimeError:
        log.exception("broke", identification=NRIC)
    with create_engine("sqlite://").connect() as connection:
        try:
            connection.execute(text("insert into x values (:a)"), {"a": CANARY})
        except OperationalError:
            log.exception("broke")
    written = stream.getvalue()
    assert CANARY not in written
    assert NRIC not in written
    assert "RuntimeError" in written
    assert "no such table" in written


def test_a_server_gets_one_object_a_line() -> None:
    """With time, level, event and what was bound."""
    log, stream = logged()
    log.bind(filing="9a8b").info("filed", reference="CAN1120260000123", name="CANARY")
    log.debug("not shown")
    [line] = stream.getvalue().splitlines()
    entry = json.loads(line)
    assert entry.pop("at").endswith("+08:00")
    assert entry == {
        "event": "filed", "level": "info", "filing": "9a8b", "name": "***",
        "reference": "CAN1120260000123",
    }  # fmt: skip


def test_a_person_gets_a_line_to_read() -> None:
    """No colours, no JSON, the same masking."""
    log, stream = logged(as_json=False)
    log.warning("look slow", reference="CAN1120260000123", ic=NRIC)
    line = stream.getvalue()
    assert "look slow" in line
    assert "CAN1120260000123" in line
    assert NRIC not in line
    assert "\x1b" not in line


@pytest.mark.parametrize("as_json", [True, False])
def test_what_libraries_log_takes_the_same_way(as_json: bool) -> None:  # noqa: FBT001  pytest's way
    """The standard library's logging is masked too, arguments and exceptions included."""
    _, stream = logged(as_json=as_json)
    try:
        int(f"x{NRIC}")
    except ValueError:
        logging.getLogger("some.library").exception("row %s of %s", NRIC, "x@contoh.my")
    assert NRIC not in stream.getvalue()
    assert "***@contoh.my" in stream.getvalue()
    assert "some.library" in stream.getvalue()


def test_setting_it_up_again_replaces_the_former() -> None:
    """No line twice, none to a closed stream."""
    _, first = logged()
    log, second = logged()
    log.info("once")
    logging.getLogger("lib").warning("also once")
    assert first.getvalue() == ""
    assert len(second.getvalue().splitlines()) == 2
