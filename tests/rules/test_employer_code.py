"""The employer code: its shape is law, its last letter an inference."""

from __future__ import annotations

import pytest

from rpa.errors import Severity
from rpa.rules import employer_code


@pytest.mark.parametrize("code", ["E9900001234V", "B9900005678W"])
def test_codes_that_fit_the_rule_pass(code: str) -> None:
    """The invented codes of facts 13.6."""
    assert employer_code.well_formed(code)
    assert employer_code.check_letter(code) == code[-1]
    assert not list(employer_code.findings(code))


@pytest.mark.parametrize(
    "code",
    [
        "",
        "E990000123V",
        "e9900001234v",
        "E9900001234",
        "E9900001234VV",
        "E\uff19900001234V",
        "E9900001234V\n",
    ],
)
def test_another_shape_is_an_error(code: str) -> None:
    """Letter, ten digits, letter; capitals; nothing around."""
    (finding,) = employer_code.findings(code)
    assert (finding.code, finding.severity) == ("employer-format", Severity.ERROR)


def test_any_single_wrong_digit_is_seen() -> None:
    """The weights are powers of two modulo eleven, so that no one digit goes unnoticed."""
    code = "E9900001234V"
    for place in range(1, 11):
        for digit in set("0123456789") - {code[place]}:
            (finding,) = employer_code.findings(code[:place] + digit + code[place + 1 :])
            assert (finding.code, finding.severity) == ("employer-letter", Severity.WARNING)
