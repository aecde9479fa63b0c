"""Whatever stands on the disk, a check ends with sentences and never with a traceback."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rpa.jobs import Limits, check
from tests.jobs.build import CSV_HEAD, CSV_LINE, INLINE, PLAIN, TODAY

if TYPE_CHECKING:
    from rpa.errors import Problem

FIXTURES = Path(__file__).parents[2] / "fixtures" / "add_employees"
SAMPLE = (FIXTURES / "job-inline.yaml").read_bytes()
BOOK = (FIXTURES / "joiners.xlsx").read_bytes()
TABLE = f"{CSV_HEAD}\n{CSV_LINE}\n{CSV_LINE}\n".encode()
QUICK = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)

edits = st.lists(
    st.tuples(
        st.floats(0, 1, exclude_max=True),
        st.integers(0, 12),
        st.one_of(
            st.binary(max_size=8), st.sampled_from([b"&a", b"*a", b"- ", b": ", b"!", b"\t"])
        ),
    ),
    min_size=1,
    max_size=6,
)
scalars = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        [
            "010",
            "1_0",
            "12:30",
            "1e9",
            "0x1",
            "~",
            "yes",
            ".inf",
            ".nan",
            "[]",
            "{}",
            "{a: }",
            "=",
            "<<",
        ]
    ),
)


def mutated(data: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    """``data`` with pieces cut out and others put in."""
    for where, cut, put in changes:
        at = int(where * len(data))
        data = data[:at] + put + data[at + cut :]
    return data


def outcome(files: dict[str, bytes]) -> tuple[Problem, ...]:
    """The check of joiners.yaml among these files: a plan, or at least one error."""
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files.items():
            (Path(folder) / name).write_bytes(data)
        result = check(Path(folder) / "joiners.yaml", today=TODAY, limits=Limits(area=100_000))
    assert (result.plan is None) == bool(result.errors)
    for problem in result.problems:
        assert problem.words.bm
        assert problem.words.en
        assert problem.address.startswith(("joiners.", "gone."))
        assert "\n" not in problem.address
        str(problem).encode()  # what cannot be encoded cannot be shown
    return result.problems


@QUICK
@given(st.binary(max_size=200))
def test_any_bytes_as_a_job_file(data: bytes) -> None:
    """Garbage is a sentence."""
    assert outcome({"joiners.yaml": data})


@QUICK
@given(st.text(alphabet="[]{}:,-&*!|>%@'\"?#~ \n\tab01", max_size=60))
def test_any_punctuation_as_a_job_file(text: str) -> None:
    """YAML's own signs in any order."""
    assert outcome({"joiners.yaml": text.encode()})


@QUICK
@given(edits)
def test_a_damaged_job_file(changes: list[tuple[float, int, bytes]]) -> None:
    """A good file with pieces missing, doubled and strange."""
    outcome({"joiners.yaml": mutated(SAMPLE, changes)})


@QUICK
@given(
    st.dictionaries(
        st.sampled_from(["employer", "table", "rows", "documents", "rows_per_filing", "portal_id"]),
        scalars,
    )
)
def test_any_value_under_any_known_key(values: dict[str, Any]) -> None:
    """The shape is right, the values are not."""
    lines = [f"{key}: {value}" for key, value in values.items()]
    text = "\n".join(["procedure: add_employees", *lines])
    outcome({"joiners.yaml": text.encode("utf-8", "surrogatepass")})


@QUICK
@given(st.lists(scalars, min_size=4, max_size=4))
def test_any_value_in_any_field_of_a_row(values: list[str]) -> None:
    """A row of anything."""
    good = ['"900101005555"', "CONTOH BIN REKAAN", "1990-01-01", "2026-11-02"]
    text = INLINE
    for old, new in zip(good, values, strict=True):
        text = text.replace(old, new)
    outcome({"joiners.yaml": text.encode("utf-8", "surrogatepass")})


@QUICK
@given(st.one_of(st.binary(max_size=200), edits.map(lambda e: mutated(TABLE, e))))
def test_any_csv(data: bytes) -> None:
    """Random bytes, and a good table damaged."""
    job = f"{PLAIN}table:\n  file: joiners.csv\n".encode()
    outcome({"joiners.yaml": job, "joiners.csv": data})


@QUICK
@given(edits.map(lambda e: mutated(BOOK, e)))
def test_any_damaged_workbook(data: bytes) -> None:
    """A zip's directory may lie about anything."""
    job = f"{PLAIN}table:\n  file: joiners.xlsx\n  sheet: Pekerja Baru\n".encode()
    outcome({"joiners.yaml": job, "joiners.xlsx": data})


parts = st.sampled_from(
    ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"]
)


@QUICK
@given(parts, edits)
def test_any_damaged_part_of_a_whole_workbook(
    part: str, changes: list[tuple[float, int, bytes]]
) -> None:
    """The archive is sound, what it holds is not."""
    outcome({"joiners.yaml": BOOK_JOB, "joiners.xlsx": repacked(part, changes)})


BOOK_JOB = f"{PLAIN}table:\n  file: joiners.xlsx\n  sheet: Pekerja Baru\n".encode()


def repacked(part: str, changes: list[tuple[float, int, bytes]]) -> bytes:
    """The sample workbook with one part damaged."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, mutated(data, changes) if name == part else data)
    return out.getvalue()
