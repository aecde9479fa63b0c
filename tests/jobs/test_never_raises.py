"""Whatever stands on the disk, a check ends with sentences and never with a traceback."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import strategies as st

from rpa.jobs import Limits, check, check_review, is_review
from tests.fuzz import INPUTS, every, fuzz, mutated
from tests.jobs.build import (
    CSV_HEAD,
    CSV_LINE,
    EMPLOYER_FIELDS,
    FOREIGN_FIELDS,
    HOUSEHOLD_FIELDS,
    INLINE,
    LOCAL_FIELDS,
    PLAIN,
    TODAY,
    entry,
    mapping,
)

if TYPE_CHECKING:
    from rpa.errors import Problem

SAMPLES = Path(__file__).parents[2] / "fixtures"
FIXTURES = SAMPLES / "add_employees"
SAMPLE = (FIXTURES / "job-inline.yaml").read_bytes()
BOOK = (FIXTURES / "joiners.xlsx").read_bytes()
TABLE = f"{CSV_HEAD}\n{CSV_LINE}\n{CSV_LINE}\n".encode()

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


@fuzz("job", st.binary(max_size=200))
def test_any_bytes_as_a_job_file(data: bytes) -> None:
    """Garbage is a sentence."""
    assert outcome({"joiners.yaml": data})


@fuzz("job", st.text(alphabet="[]{}:,-&*!|>%@'\"?#~ \n\tab01", max_size=60))
def test_any_punctuation_as_a_job_file(text: str) -> None:
    """YAML's own signs in any order."""
    assert outcome({"joiners.yaml": text.encode()})


@fuzz("job", edits)
def test_a_damaged_job_file(changes: list[tuple[float, int, bytes]]) -> None:
    """A good file with pieces missing, doubled and strange."""
    outcome({"joiners.yaml": mutated(SAMPLE, changes)})


@fuzz(
    "job",
    st.dictionaries(
        st.sampled_from(["employer", "table", "rows", "documents", "rows_per_filing", "portal_id"]),
        scalars,
    ),
)
def test_any_value_under_any_known_key(values: dict[str, Any]) -> None:
    """The shape is right, the values are not."""
    lines = [f"{key}: {value}" for key, value in values.items()]
    text = "\n".join(["procedure: add_employees", *lines])
    outcome({"joiners.yaml": text.encode("utf-8", "surrogatepass")})


@fuzz("inline", st.lists(scalars, min_size=4, max_size=4))
def test_any_value_in_any_field_of_a_row(values: list[str]) -> None:
    """A row of anything."""
    good = ['"900101005555"', "CONTOH BIN REKAAN", "1990-01-01", "2026-11-02"]
    text = INLINE
    for old, new in zip(good, values, strict=True):
        text = text.replace(old, new)
    outcome({"joiners.yaml": text.encode("utf-8", "surrogatepass")})


@fuzz("csv", st.one_of(st.binary(max_size=200), edits.map(lambda e: mutated(TABLE, e))))
def test_any_csv(data: bytes) -> None:
    """Random bytes, and a good table damaged."""
    job = f"{PLAIN}table:\n  file: joiners.csv\n".encode()
    outcome({"joiners.yaml": job, "joiners.csv": data})


@fuzz("xlsx", edits.map(lambda e: mutated(BOOK, e)))
def test_any_damaged_workbook(data: bytes) -> None:
    """A zip's directory may lie about anything."""
    job = f"{PLAIN}table:\n  file: joiners.xlsx\n  sheet: Pekerja Baru\n".encode()
    outcome({"joiners.yaml": job, "joiners.xlsx": data})


PAPERS = {"waris.pdf": b"%PDF-1.7", "pasport.pdf": b"%PDF-1.7", "text.pdf": b"hello"}
# What a field of any kind may be given: good for some, wrong for others.
anything = st.one_of(
    scalars,
    st.sampled_from(
        [
            "waris.pdf", "../waris.pdf", "gone.pdf", "text.pdf", '"\\0.pdf"', "/", ".", '" "',
            "foreign", "domestic local", "Asing", '"+60300000001"', '["+60300000001", 0300, [x]]',
            "2020-01-01", "2030-01-01", "Malaysia", "true", "false", "Others", "Not Registered",
            '"900101005555"', "X0000001", "Registered with SSM",
        ]
    ),
)  # fmt: skip


def changed(fields: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Some of these fields with other values, or left out."""
    return st.dictionaries(
        st.sampled_from(sorted(fields)), st.one_of(st.none(), anything), max_size=6
    )


def yaml_outcome(text: str) -> tuple[Problem, ...]:
    """The check of a job file among papers good and bad."""
    return outcome({"joiners.yaml": text.encode("utf-8", "surrogatepass"), **PAPERS})


@fuzz(
    "inline", changed({**FOREIGN_FIELDS, "passport_copy": "", "document": "", "document_type": ""})
)
def test_any_value_in_any_field_of_a_foreign_workers_row(changes: dict[str, Any]) -> None:
    """Papers and the kind itself included, beside a local worker's row with the same values."""
    rows = entry(FOREIGN_FIELDS, **changes) + entry(LOCAL_FIELDS, **changes)
    yaml_outcome(PLAIN + "rows:\n" + rows)


@fuzz(
    "inline",
    changed({**EMPLOYER_FIELDS, "telephone": "", "industry_state": ""}),
    changed({**LOCAL_FIELDS, "worker": ""}),
)
def test_any_value_in_any_field_of_a_registration(
    employer: dict[str, Any], worker: dict[str, Any]
) -> None:
    """A business and its worker."""
    head = "procedure: register_employer\nemployer:\n" + mapping(EMPLOYER_FIELDS, "  ", **employer)
    yaml_outcome(head + "rows:\n" + entry(LOCAL_FIELDS, **worker))


@fuzz(
    "inline",
    changed({**HOUSEHOLD_FIELDS, "permanent_resident": ""}),
    changed({**LOCAL_FIELDS, "worker": ""}),
)
def test_any_value_in_any_field_of_a_household(
    employer: dict[str, Any], worker: dict[str, Any]
) -> None:
    """A person and a helper, each with rules about the other."""
    head = "procedure: register_domestic_employer\nemployer:\n"
    head += mapping(HOUSEHOLD_FIELDS, "  ", **employer)
    yaml_outcome(head + "rows:\n" + entry(LOCAL_FIELDS, **{"worker": "domestic local", **worker}))


CHANGES = dict.fromkeys(
    ("identification", "name", "identification_card", "race", "changed_on", "state", "telephone"),
    "x",
)


@fuzz(
    "inline",
    st.sampled_from(["update_employee", "update_employer", "add_documents"]),
    st.sampled_from(["rows", "changes", "case", "employer", "documents"]),
    st.one_of(changed(CHANGES), changed({"reference": "", "letter_date": ""})),
)
def test_any_value_in_any_field_of_a_change(
    procedure: str, key: str, fields: dict[str, Any]
) -> None:
    """Under the right key and under wrong ones, as a mapping and as a list."""
    head = f"procedure: {procedure}\nemployer: E9900001234V\n"
    yaml_outcome(f"{head}{key}:\n{mapping(fields, '  ')}")
    yaml_outcome(f"{head}{key}:\n{entry(fields) if fields else ''}")


JOBS = {
    path.parent.name: path.read_bytes()
    for path in SAMPLES.glob("*/job.yaml")
    if path.parent.name != "add_employees"
}


@fuzz("job", st.sampled_from(sorted(JOBS)), edits)
def test_any_damaged_sample(name: str, changes: list[tuple[float, int, bytes]]) -> None:
    """Every procedure's job file with pieces missing, doubled and strange."""
    outcome({"joiners.yaml": mutated(JOBS[name], changes), **PAPERS})


MIXED = (FIXTURES / "foreign.xlsx").read_bytes()
MIXED_JOB = f"{PLAIN}table:\n  file: joiners.xlsx\n  sheet: Pekerja\n".encode()


parts = st.sampled_from(
    ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"]
)


@fuzz("xlsx", parts, edits)
def test_any_damaged_part_of_a_whole_workbook(
    part: str, changes: list[tuple[float, int, bytes]]
) -> None:
    """The archive is sound, what it holds is not."""
    outcome({"joiners.yaml": BOOK_JOB, "joiners.xlsx": repacked(BOOK, part, changes)})
    outcome({"joiners.yaml": MIXED_JOB, "joiners.xlsx": repacked(MIXED, part, changes)})


BOOK_JOB = f"{PLAIN}table:\n  file: joiners.xlsx\n  sheet: Pekerja Baru\n".encode()


def repacked(book: bytes, part: str, changes: list[tuple[float, int, bytes]]) -> bytes:
    """A sample workbook with one part damaged."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, mutated(data, changes) if name == part else data)
    return out.getvalue()


PAYROLL = {"identification": '"900101005555"', "name": "CONTOH BIN REKAAN", "wages": "3000"}
MORE: tuple[str, ...] = (
    "worker",
    "date_of_birth",
    "first_contribution_date",
    "skbbk_opt_out",
    "employment_status",
)
MORE += ("allowances", "occupation", "invalidity_pension", "employment_date")
months = st.one_of(
    st.sampled_from(["10/2026", "01/1900", "12/2899", "00/2026", "2026-10"]), scalars
)
numbers = st.one_of(
    anything,
    st.sampled_from(
        ["901301005555", '"000000000000"', "30.005", '"3,000.00"', "1e400", "-1", "9" * 30, '"9e9"']
    ),
    st.dates().map(str),
)


@fuzz(
    "inline",
    months,
    st.dictionaries(st.sampled_from([*PAYROLL, *MORE]), st.one_of(st.none(), numbers), max_size=5),
    st.sampled_from(["", "totals: {workers: 2}\n", "kind: short\nby: rows\n", "act: eis\n"]),
)
def test_any_value_in_any_field_of_a_month(month: str, changes: dict[str, Any], more: str) -> None:
    """The month itself, and what it adds up to."""
    head = f"procedure: submit_contributions\nemployer: E9900001234V\nmonth: {month}\n{more}"
    yaml_outcome(head + "rows:\n" + entry(PAYROLL) + entry(PAYROLL, **changes))


REVIEW = b"procedure: review_contributions\nemployer: E9900001234V\n"
REVIEW_KEYS = ["months", "from", "to", "acts", "tables", "portal_id", "employer"]
spans = st.one_of(
    scalars, months, st.sampled_from(["[10/2026, 10/2026]", "{10/2026: {file: joiners.csv}}"])
)


@fuzz("review", st.dictionaries(st.sampled_from(REVIEW_KEYS), spans), edits)
def test_any_review(values: dict[str, str], changes: list[tuple[float, int, bytes]]) -> None:
    """Any value under any key, and the file damaged."""
    text = "".join(f"{key}: {value}\n" for key, value in values.items())
    whole = REVIEW + text.encode("utf-8", "surrogatepass")
    for data in (whole, mutated(whole, changes)):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "joiners.csv").write_bytes(TABLE)
            path = Path(folder) / "joiners.yaml"
            path.write_bytes(data)
            is_review(path)
            result = check_review(path, today=TODAY)
        assert (result.plan is None) == bool(result.errors)
        for problem in result.problems:
            str(problem).encode()


kinds = st.sampled_from([b"%PDF-1.7", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"", b"PK\x03\x04"])
endings = st.sampled_from([".pdf", ".PDF", ".jpg", ".png", "", ".", " "])


@fuzz("documents", st.one_of(scalars, st.text(max_size=300)), endings, kinds)
def test_any_name_of_a_paper(name: str, ending: str, content: bytes) -> None:
    """Names that no disk takes, that lead elsewhere, and that lie about their kind."""
    told = json.dumps(name + ending)
    more = f"documents:\n  - {{type: Others, file: {told}}}\n"
    outcome({"joiners.yaml": (INLINE + more).encode("utf-8", "surrogatepass"), "text.pdf": content})


@pytest.mark.heavy
@pytest.mark.parametrize("reader", ["job", "inline", "csv", "xlsx", "review", "documents"])
def test_twenty_thousand_inputs_and_no_traceback(reader: str) -> None:
    """Each reader of a job."""
    assert every(reader) >= INPUTS
