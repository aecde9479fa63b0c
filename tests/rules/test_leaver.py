"""What is asked of one who leaves, and when he is certainly he."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from rpa.errors import Severity
from rpa.jobs.columns import fold
from rpa.model.filing import ListedWorker
from rpa.rules.leaver import Leaver
from tests.rules.samples import TODAY, findings

GOOD: dict[str, Any] = {
    "identification": "900101005555",
    "name": "CONTOH BIN REKAAN",
    "employment_start_date": date(2020, 3, 1),
    "employment_resign_date": date(2026, 11, 20),
}
LISTED = ListedWorker("900101005555", "CONTOH BIN REKAAN", date(2020, 3, 1))
BARE = {"identification": None, "employment_start_date": None}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"identification": None}, []),
        ({"employment_start_date": None}, []),
        ({**BARE, "ssn": "SSFW00000031"}, []),
        (BARE, [("name", "leaver-signals")]),
        ({"identification": "901301005555"}, [("identification", "nric-date")]),
        ({"identification": "90010100555"}, [("identification", "passport-odd")]),
        ({"identification": "X0000001"}, []),
        ({"identification": "X" * 21}, [("identification", "text-long")]),
        ({"ssn": "S" * 21}, [("ssn", "text-long")]),
        ({"name": "20/11/2026"}, [("name", "name-number")]),
        ({"employment_resign_date": date(2020, 3, 1)}, [("employment_resign_date", "resign-late")]),
        (
            {"employment_resign_date": date(2020, 2, 29)},
            [
                ("employment_resign_date", "resign-before-start"),
                ("employment_resign_date", "resign-late"),
            ],
        ),
        ({"employment_resign_date": TODAY + timedelta(300)}, []),
        ({"employment_resign_date": TODAY - timedelta(30)}, []),
        (
            {"employment_resign_date": TODAY - timedelta(31)},
            [("employment_resign_date", "resign-late")],
        ),
        (
            {"identification": "141122005555", "employment_start_date": None},
            # Of both centuries the elder may have worked.
            [],
        ),
        (
            {
                "identification": "900101005555",
                "employment_start_date": None,
                "employment_resign_date": date(2002, 12, 31),
            },
            [
                ("employment_resign_date", "resign-young"),
                ("employment_resign_date", "resign-late"),
            ],
        ),
        ({"document": "a.pdf"}, [("document", "document-type")]),
        ({"document_type": "Others"}, [("document_type", "document-file")]),
    ],
)
def test_each_rule_objects_to_its_own_field(
    changes: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    """One mistake, one objection, at the field that is mended."""
    assert findings(Leaver, GOOD, **changes) == expected


def test_a_late_report_is_a_warning_and_no_more() -> None:
    """The law's 30 days have gone by; the leaver is to be reported all the same."""
    late = Leaver(**{**GOOD, "employment_resign_date": date(2026, 9, 1)})
    (found,) = [f for f in late.findings(TODAY) if f.code == "resign-late"]
    assert found.severity is Severity.WARNING


@pytest.mark.parametrize("unread", ["identification", "ssn", "employment_start_date"])
def test_a_sign_that_could_not_be_read_is_not_said_to_be_missing(unread: str) -> None:
    """Its own cell has the objection; mending it mends all."""
    partial = {"name": "CONTOH BIN REKAAN", "employment_resign_date": date(2026, 11, 20)}
    (found,) = Leaver.objections(partial, TODAY)
    assert found.code == "leaver-signals"
    assert unread in found.needs


def test_no_heading_is_known_for_two_fields() -> None:
    """A heading that could mean the first day or the last would be a guess."""
    owner: dict[str, str] = {}
    for name, column in Leaver.columns().items():
        for heading in {fold(h) for h in (name, *column.bm, *column.en)}:
            assert owner.setdefault(heading, name) == name


@pytest.mark.parametrize(
    ("changes", "person"),
    [
        ({"ssn": "SSFW00000031"}, "900101005555"),
        ({"ssn": "SSFW00000031", "identification": None}, "SSFW00000031"),
        ({"identification": None}, "CONTOH BIN REKAAN"),
    ],
)
def test_he_is_known_by_the_surest_of_what_is_declared(
    changes: dict[str, Any], person: str
) -> None:
    """And by his last day: who came back may leave again."""
    leaver = Leaver(**{**GOOD, **changes})
    assert leaver.person == person
    assert leaver.key == (person, "2026-11-20")
    assert leaver.due == date(2026, 11, 20)


@pytest.mark.parametrize(
    ("changes", "searches"),
    [
        ({}, {"identification": "900101005555"}),
        ({"identification": None}, {"name": "CONTOH BIN REKAAN"}),
        ({"identification": None, "ssn": "SSFW1"}, {"ssn": "SSFW1"}),
        ({"ssn": "SSFW1"}, {"ssn": "SSFW1", "identification": "900101005555"}),
    ],
)
def test_no_search_is_ever_empty(changes: dict[str, Any], searches: dict[str, str]) -> None:
    """An empty search lists everybody; a number that is declared is asked for."""
    assert Leaver(**{**GOOD, **changes}).searches() == searches


@pytest.mark.parametrize(
    ("changes", "listed", "wrong"),
    [
        ({}, LISTED, []),
        ({"identification": None, "ssn": "SSFW1"}, LISTED, []),
        ({"employment_start_date": None}, LISTED._replace(employment_start_date=TODAY), [
            "employment_resign_date",
        ]),
        ({}, LISTED._replace(name="CONTOH  BIN REKAAN "), []),
        ({}, LISTED._replace(name="Contoh Bin Rekaan"), []),
        ({}, LISTED._replace(name="CONTOH BINTI REKAAN"), ["name"]),
        ({}, LISTED._replace(identification="900101005557"), ["identification"]),
        ({}, LISTED._replace(employment_start_date=date(2020, 3, 2)), ["employment_start_date"]),
        ({"employment_start_date": None, "employment_resign_date": date(2020, 3, 1)}, LISTED, []),
        (
            {"employment_start_date": None, "employment_resign_date": date(2020, 2, 29)},
            LISTED,
            ["employment_resign_date"],
        ),
    ],
)  # fmt: skip
def test_whatever_the_portal_lists_otherwise_is_named(
    changes: dict[str, Any], listed: ListedWorker, wrong: list[str]
) -> None:
    """Every letter of the name counts, its size does not; what is not declared is not compared."""
    assert Leaver(**{**GOOD, **changes}).disagreement(listed) == wrong


def test_without_a_number_everybody_of_his_name_may_be_he() -> None:
    """With one, nobody of another number."""
    twin = LISTED._replace(identification="800101005555", employment_start_date=date(2019, 1, 1))
    stranger = twin._replace(name="LAIN BIN REKAAN")
    listed = [twin, LISTED, stranger]
    assert Leaver(**GOOD).among(listed) == [LISTED]
    assert Leaver(**{**GOOD, "identification": None}).among(listed) == [twin, LISTED]
