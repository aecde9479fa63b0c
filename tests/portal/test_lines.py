"""A table's columns are data: asked by key, never guessed, mended by one line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from rpa import plain_yaml, settings
from rpa.errors import NotOnScreen, UnexpectedPage
from rpa.pages.agreement import check_profile
from rpa.portal.lines import Columns, Line, lines
from rpa.portal.profile import shipped
from tests.portal.test_profile import overlay, refused

if TYPE_CHECKING:
    from pathlib import Path

    from rpa.portal.profile import Profile

TABLE = "Inbox.cases"
KEYS = ("reference", "description", "status")


def row(*heads: str, profile: Profile | None = None, table: str = TABLE) -> Line:
    looks = (profile or shipped()).looks
    known = [key for key in looks if key.startswith(f"{table}.columns.")]
    columns = Columns(table, {key.rpartition(".")[2]: looks[key] for key in known})
    read: dict[str, list[Any]] = {"heads": list(heads), "rows": [[f"<{h}>" for h in heads]]}
    return lines(read, table, columns)[0]


@pytest.mark.parametrize(
    "heads",
    [
        ("No. Rujukan", "Penerangan", "Status Tugasan"),
        ("Task Status", "Description", "Reference No."),  # another language, another order
        ("No.", " reference  NO. :", "TASK\nSTATUS *", "Description", "Action"),
    ],
)
def test_a_cell_is_asked_by_the_profiles_key(heads: tuple[str, ...]) -> None:
    """In either language, wherever the column stands."""
    line = row(*heads)
    found = [line[key] for key in KEYS]
    for cell, words in zip(
        found, ("rujukan|reference", "penerangan|description", "status"), strict=True
    ):
        assert re.search(words, cell, re.IGNORECASE)
    assert found[2].where == "Inbox.cases, row 1, status"


def test_a_missing_column_tells_its_key_the_headings_and_the_line(tmp_path: Path) -> None:
    """With that very line the same table is read."""
    heads = ("Reference No.", "Description", "Case Status", "900101005555", "ALI BIN ABU")
    with pytest.raises(NotOnScreen) as failed:
        _ = row(*heads)["status"]
    told = failed.value.words.en
    assert "(Inbox.cases.columns.status) is missing" in told
    assert "'Reference No.', 'Description', 'Case Status'" in told
    assert "900101005555" not in str(failed.value.words)
    assert "ALI" not in str(failed.value.words)
    assert "The nearest: 'Case Status'." in told
    line = told.partition("below screens: ")[2]
    assert line == "Inbox: {cases: {columns: {status: {en: Case Status}}}}"
    assert line in failed.value.words.bm
    known = overlay(tmp_path, f"  {line}\n")
    assert check_profile(known) == ()
    assert row(*heads, profile=known.profile)["status"] == "<Case Status>"
    assert known.profile.digest != shipped().digest


def test_no_heading_is_chosen_by_resemblance_or_of_two() -> None:
    """What is there twice, in one language or in both, is not taken; nor what is another's."""
    for twice in (
        ("Task Status", "Status Tugasan"),
        ("Task Status", "Task Status"),
        ("Task Status", "task  status:"),
    ):
        with pytest.raises(NotOnScreen, match="more than once"):
            _ = row("Reference No.", "Description", *twice)["status"]
    with pytest.raises(NotOnScreen) as failed:
        _ = row("Reference No.", "Description")["status"]
    assert "The nearest" not in failed.value.words.en
    assert "status: {en: …}" in failed.value.words.en


def test_a_malay_heading_is_mended_in_malay() -> None:
    """The line says whose words they are."""
    with pytest.raises(NotOnScreen) as failed:
        _ = row("No. Rujukan", "Penerangan", "Status Tugas")["status"]
    assert "status: {bm: Status Tugas}" in failed.value.words.en


@pytest.mark.parametrize(
    ("text", "where", "said"),
    [
        ("cases: {columns: {statsu: {en: X}}}", 4, "Unknown key: statsu. The nearest: status."),
        ("cases: {colums: {status: {en: X}}}", 4, "Unknown key: colums."),
        ("cases: {columns: {status: {name: _dto.status}}}", 4, "by: bm, en."),
        ("cases: {columns: {status: {en: []}}}", 4, "en: "),
        ("cases: {columns: {status: {bm: unknown}}}", 4, "not taken away"),
        ("cases: {columns: {status: Task}}", 4, "key: value"),
        ("cases: {columns: status}", 4, "key: value"),
        ("cases: {columns: {}}", 4, "key: value"),
        ("reference: {columns: {status: {en: X}}}", 4, "Unknown key: columns."),
        ("cases: {columns: {status: {en: 'reference  NO.'}}}", 4, "cannot have the same words"),
        (
            "cases:\n      columns:\n        status: {en: A}\n        description: {bm: a}",
            6,
            "cannot have the same words",
        ),
    ],
)
def test_a_wrong_column_is_told_with_its_line(
    tmp_path: Path, text: str, where: int, said: str
) -> None:
    """And two columns of one table never have a word in common."""
    at, words = refused(tmp_path, f"  Inbox:\n    {text}\n")
    assert at.startswith(f"profile.yaml:{where}")
    assert said in words.en
    assert words.bm != words.en


def test_a_column_is_mended_for_one_screen_or_for_all(tmp_path: Path) -> None:
    """As every entry: where it is defined, or for one screen alone."""
    mended = "  Workers:\n    listing: {columns: {name: {en: Worker}}}\n"
    mended += "  Roll:\n    listing: {columns: {name: {bm: Pekerja}}}\n"
    found = overlay(tmp_path, mended).profile.found
    assert found["UpdateEmployees.listing.columns.name"].entry.en == ("Worker",)
    roll = found["Roll.listing.columns.name"]
    assert (roll.entry.bm, roll.entry.en) == (("Pekerja",), ("Worker",))
    assert roll.origins[1:] == ("profile.yaml:4", "profile.yaml:6")
    assert found["ResignedDates.listing.columns.name"].entry.en != ("Worker",)


def test_every_table_asks_only_for_columns_that_the_profile_has() -> None:
    """Code and profile agree; and the shipped columns themselves say one thing each."""
    check_profile(settings.load(), whole=True)
    from rpa.pages import agreement  # noqa: PLC0415

    assert list(agreement._two_meanings(shipped())) == []
    with pytest.raises(KeyError):
        _ = row("Reference No.")["aging"]


def test_a_heading_in_a_line_is_yaml_again() -> None:
    """Whatever stands in it."""
    for head in ("Status: Task", "Task # Status", "{Task} Status", "Task 'Status'"):
        with pytest.raises(NotOnScreen) as failed:
            _ = row("Reference No.", "Description", head)["status"]
        line = failed.value.words.en.partition("below screens: ")[2]
        told = plain_yaml.marked(f"screens:\n  {line}\n").values
        (words,) = told["screens"]["Inbox"]["cases"]["columns"]["status"].values()
        assert words == head


def test_ten_thousand_lines_are_asked_quickly() -> None:
    """Which heading is which column is found once a table, not once a cell."""
    table = "SubmissionRecord.listing"
    looks = {
        k.rpartition(".")[2]: one
        for k, one in shipped().looks.items()
        if k.startswith(f"{table}.c")
    }
    heads = [look.en[0] for look in looks.values() if look.en]
    read: dict[str, list[Any]] = {"heads": heads, "rows": [heads] * 10_000}
    found = lines(read, table, Columns(table, looks))
    assert len({id(line.places) for line in found}) == 1
    assert all(line[name] for line in found for name in looks)


def test_an_empty_list_of_people_is_empty_wherever_their_number_stands() -> None:
    """Its one cell is a remark over all columns; looked for behind the name it broke the run."""
    looks, table = shipped().looks, "Everybody.listing"
    known = [key for key in looks if key.startswith(f"{table}.columns.")]
    columns = Columns(table, {key.rpartition(".")[2]: looks[key] for key in known})
    heads = ["No.", "Name", "Identification No."]
    assert lines({"heads": heads, "rows": [["No Record Found."]]}, table, columns) == []
    with pytest.raises(UnexpectedPage, match="does not fit its headings"):
        lines({"heads": heads, "rows": [["1", "CONTOH BIN REKAAN"]]}, table, columns)
