"""A strip's words: what is trouble of the portal, and what is its verdict on the data."""

from __future__ import annotations

import pytest

from rpa.portal.signs import Trouble, said_in

TROUBLES = {
    Trouble.SESSION: [
        "Your session has expired.",
        "Session timed out. Please log in again.",
        "Sesi anda telah tamat. Sila log masuk semula.",
        "Sesi telah luput",
    ],
    Trouble.MAINTENANCE: [
        "System Under Maintenance",
        "Portal ASSIST sedang diselenggara. Sila cuba sebentar lagi.",
        "Penyelenggaraan berjadual",
    ],
    Trouble.SERVER: [
        "Internal Server Error",
        "502 Bad Gateway",
        "503 Service Unavailable",
        "Portlet is temporarily unavailable.",
        "Ralat pelayan dalaman: ralat dalaman pelayan",
    ],
    Trouble.FAILED: [
        "Your request failed to complete.",
        "Request failed",
        "An unexpected error occurred.",
        "System error. Please contact the administrator.",
        "Permintaan anda tidak dapat diproses.",
        "Ralat sistem. Sila cuba lagi.",
        "Sila cuba sebentar lagi",
        "Please try again.",
    ],
}
VERDICTS = [
    "This field cannot be blank.",
    "Employee is already registered with this employer.",
    "Pekerja ini telah didaftarkan.",
    "Passport has expired.",
    "Tempoh sah laku pas telah tamat.",
    "Date of Birth cannot be later than today.",
    'Please upload "Form 2 - Employee Registered" before preview page.',
    "Invalid Identification No. Please check the number and enter it again.",
    "Nombor telah digunakan; sila semak semula.",
    "Case is under enforcement.",
]


@pytest.mark.parametrize(("kind", "said"), [(k, w) for k, ws in TROUBLES.items() for w in ws])
def test_the_portals_own_trouble_is_no_verdict(kind: Trouble, said: str) -> None:
    """In both languages, whatever stands around it."""
    assert said_in(f"  {said.upper()} ") is kind
    assert said_in(f"Ref 12: {said}") is kind


@pytest.mark.parametrize("said", VERDICTS)
def test_a_verdict_is_none_of_the_portals_trouble(said: str) -> None:
    """It is the operator's to mend."""
    assert said_in(said) is None
