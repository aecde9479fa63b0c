"""`assist-rpa new`: what it writes is read back by the real check, for every procedure."""

from __future__ import annotations

import io
import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
import yaml
from openpyxl.utils import get_column_letter
from pydantic import BaseModel

from rpa import jobs
from rpa.cli import console, textfile
from rpa.cli import new as command
from rpa.cli.new import JOB, TABLE, NotAsked, Stands
from rpa.cli.textfile_app import BuildOptions
from rpa.errors import JobInvalid, Severity
from rpa.jobs import models
from rpa.jobs.cells import convert
from rpa.jobs.columns import fold
from rpa.jobs.kinds import Kinds
from rpa.rules import example
from rpa.rules.payee import Payee
from rpa.rules.record import Kind
from rpa.start import book, columns, jobfile
from rpa.start.headings import OneSheet
from rpa.start.told import TOLD

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 20)
EMPLOYER = "E9900001234V"
WITH_TABLE = [name for name in models.names() if models.of(name).record]
# What is left to the office; nothing else may be said of what nobody has touched.
INTENDED = {"example-row", "missing", "key-blank", "key-mapping", "enrolment-whose"}
PERSON = {
    "identification": "900101-00-0001",
    "name": "CONTOH BIN PERCUBAAN",
    "date_of_birth": date(1990, 1, 1),
    "employment_start_date": date(2026, 11, 10),
    "employment_resign_date": date(2026, 11, 18),
    "wages": Decimal("3000.50"),
}


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with nothing in it, where the command is typed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ASSIST_RPA_LANGUAGE", "en")
    monkeypatch.delenv("ASSIST_RPA_CONFIG", raising=False)
    monkeypatch.setattr(console.out, "width", 160)
    return tmp_path


def new(procedure: str, **more: Any) -> Path:
    """The written folder."""
    told: dict[str, Any] = {"folder": None, "table": None, "sheet": None, "config": None, **more}
    assert command.new(procedure, **told) == 0
    return told["folder"] or Path(procedure)


def codes(job: Path) -> list[str]:
    return [problem.code for problem in jobs.check(job, today=TODAY).problems]


def filled(text: str, values: dict[str, Any]) -> str:
    """The job file after an office wrote these values behind their keys."""
    for key, value in values.items():
        line = re.compile(rf"^( *)(?:# )?{key}:.*$", re.MULTILINE)
        written = f"{key}: {json.dumps(value, default=str)}"
        text, times = line.subn(lambda m, w=written: m[1] + w, text, count=1)  # type: ignore[misc]
        assert times, key
    return text


def with_paper(text: str, kind: str) -> str:
    """The job file with one paper, where it has the place for it."""
    lines = r"(?:# )?documents:\n(?:# )?  - type:\n(?:# )?    file:"
    text, times = re.subn(lines, f"documents:\n  - type: {kind}\n    file: paper.pdf", text)
    assert times == 1
    return text


def fill_table(file: Path, names: list[str], row: dict[str, Any]) -> None:
    """Type over the example row, in its own cells: what the columns are stays as it is."""
    typed = openpyxl.load_workbook(file)
    for column, name in enumerate(names, 1):
        typed[book.SHEET].cell(2, column).value = row.get(name)
    typed.save(file)


def values_of(procedure: str) -> dict[str, Any]:
    """What an office fills in, from the procedure's own sample; without its table and papers."""
    sample = yaml.safe_load((ROOT / f"fixtures/{procedure}/job.yaml").read_text("utf-8"))
    head = (models.of(procedure).head or ("",))[0]
    told = {k: v for k, v in sample.items() if k in {"employer", "month", "agency"} and k != head}
    return {**told, **sample.get(head, {})}


def row_of(procedure: str) -> dict[str, Any]:
    if procedure == "update_employee":
        return {"identification": PERSON["identification"], "race": "Melayu"}
    if models.of(procedure).lists:
        papers = dict.fromkeys(("identity_card", "proof_of_work", "appointment"), "paper.pdf")
        told = {"standing": "Warganegara", "sector": "Kesenian", "plan": 2}
        return {**PERSON, **papers, **told, "group_of_service": "Maritim"}
    kind = "Domestik Tempatan" if procedure == "register_domestic_employer" else "Tempatan"
    return {**PERSON, "worker": kind}


# --- all procedures ---


@pytest.mark.parametrize("procedure", models.names())
def test_what_nobody_has_touched_is_refused_for_what_the_office_has_to_say(procedure: str) -> None:
    """The example row and the blank keys, and no word more: no column is unknown."""
    folder = new(procedure)
    found = codes(folder / JOB)
    assert found
    assert set(found) <= INTENDED
    assert ("example-row" in found) is (procedure in WITH_TABLE)


@pytest.mark.parametrize("procedure", models.names())
def test_filled_in_it_is_ok(procedure: str) -> None:
    """One row typed over the example, the keys that its sample has, and a paper."""
    folder = new(procedure)
    text = filled((folder / JOB).read_text("utf-8"), values_of(procedure))
    (folder / "paper.pdf").write_bytes((ROOT / "fixtures/add_employees/form2.pdf").read_bytes())
    kind = "other" if procedure == "enrol_portal_id" else "Others"
    (folder / JOB).write_text(with_paper(text, kind), "utf-8")
    if procedure in WITH_TABLE:
        names = [one.name for one in columns.of_job(models.of(procedure))]
        fill_table(folder / TABLE, names, row_of(procedure))
    found = jobs.check(folder / JOB, today=TODAY)
    assert found.errors == ()
    # Nobody's number has a birthplace that is in use.
    assert {problem.code for problem in found.problems} <= {"nric-birthplace"}
    assert found.plan is not None


@pytest.mark.parametrize("procedure", models.names())
@pytest.mark.parametrize("language", ["bm", "en"])
def test_a_job_file_has_every_key_of_its_model(procedure: str, language: str) -> None:
    """Uncommented, it is YAML with the model's keys and its head's, and defaults that hold."""
    job = models.of(procedure)
    table = jobfile.table_lines(Path(TABLE), book.SHEET)
    text = jobfile.written(job, procedure, table, lambda words: str(getattr(words, language)))
    told = yaml.safe_load(re.sub(r"^( *)# ", r"\1", text.partition("\n")[2], flags=re.MULTILINE))
    assert set(told) == set(job.model_fields) - jobfile.LEFT_OUT
    if job.head:
        assert list(told[job.head[0]]) == list(job.head[1].model_fields)


def described() -> Iterator[str]:
    """Every description of a field that a new job or table shows."""
    for name in models.names():
        job = models.of(name)
        every: list[type[BaseModel]] = [job, *job.variants.values()]
        every += [job.head[1]] if job.head else []
        every += [job.record] if job.record else []
        for model in every:
            for key, info in model.model_fields.items():
                if model is not job or key not in {*jobfile.LEFT_OUT, "procedure"}:
                    yield info.description or ""
                inner = info.get_default(call_default_factory=True)
                if isinstance(inner, BaseModel) and key not in jobfile.LEFT_OUT:
                    yield from (i.description or "" for i in type(inner).model_fields.values())


def test_every_description_is_told_in_both_languages_and_no_other() -> None:
    """A field that comes, or is described otherwise, needs its words here."""
    assert {text for text in described() if text} == set(TOLD)


# --- the workbook ---


@pytest.mark.parametrize("procedure", WITH_TABLE)
def test_each_column_keeps_excel_from_spoiling_what_is_typed(procedure: str) -> None:
    """Numbers of people are text, days are days; a drop-down offers only what the reader takes."""
    shown = columns.of_job(models.of(procedure))
    sheet = openpyxl.load_workbook(io.BytesIO(book.blank(shown)))[book.SHEET]
    formats = {Kind.DATE: "dd/mm/yyyy", Kind.MONEY: "#,##0.00", Kind.COUNT: "0"}
    for number, one in enumerate(shown, 1):
        wanted = formats.get(one.column.kind, "@")
        letter = get_column_letter(number)
        assert sheet.column_dimensions[letter].number_format == wanted
        assert sheet.cell(2, number).number_format == wanted
        for word in one.choices:
            convert(one.column, word)
    with_list = {one.column.both for one in shown if one.choices}
    ranges = [str(one.sqref) for one in sheet.data_validations.dataValidation]
    assert {sheet[re.sub(r"2:.*", "1", place)].value for place in ranges} == with_list
    assert sheet.freeze_panes == sheet.cell(2, [o.name for o in shown].index("name") + 2).coordinate


@pytest.mark.parametrize("procedure", WITH_TABLE)
def test_a_heading_in_both_languages_means_one_field(procedure: str) -> None:
    """And none that is known already of another."""
    job = models.of(procedure)
    assert job.record
    known: dict[str, str] = {}
    for name, column in Kinds(job.record, job.variants).columns.items():
        for words in (name, *column.bm, *column.en, column.both):
            assert known.setdefault(fold(words), name) == name


@pytest.mark.parametrize(
    "told",
    [
        {"identification": "000000000000", "name": "CONTOH BIN PERCUBAAN"},
        {"identification": "900101-00-0001", "name": example.NAME},
    ],
)
def test_an_example_that_is_changed_in_part_is_one_still(told: dict[str, str]) -> None:
    """Whoever typed only the name, or only the number, filed nobody."""
    folder = new("add_employees")
    names = [one.name for one in columns.of_job(models.of("add_employees"))]
    fill_table(folder / TABLE, names, {**PERSON, **told})
    assert "example-row" in codes(folder / JOB)


@pytest.mark.parametrize("language", ["bm", "en"])
def test_a_payroll_tables_colours_lists_and_explanations_say_what_check_asks(
    monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    """Who needs a cell, no passport where none does, lists in the office's language first."""
    monkeypatch.setenv("ASSIST_RPA_LANGUAGE", language)
    file = new("submit_contributions") / TABLE
    typed: Any = openpyxl.load_workbook(file)
    heads = {cell.value.partition(" / ")[2]: cell for cell in typed[book.SHEET][1]}
    some = ("Date of Birth", "First Contribution Date")
    assert {heads[name].fill.fgColor.rgb for name in some} == {book._SOMETIMES}
    told = {row[2].value: [cell.value for cell in row] for row in typed[book.EXPLAINED].iter_rows()}
    assert "WAJIB bagi: pekerja asing" in told["Date of Birth"][3]
    assert "MANDATORY for: ages 55 to 59" in told["First Contribution Date"][3]
    assert "passport" not in told["Identification No."][4]
    assert "hh/bb/tttt" in told["Date of Birth"][4]
    (letter,) = (c.column_letter for c in typed[book.SHEET][1] if "Type of Worker" in c.value)
    listed = [cell.value for cell in typed[book.LISTS][letter] if cell.value][1:]
    first, second = ("Tempatan", "Local") if language == "bm" else ("Local", "Tempatan")
    assert listed[0] == first
    assert listed.index(second) == len(listed) / 2


# --- what stands there ---


def test_nothing_that_stands_there_is_replaced(place: Path) -> None:
    """Neither a file of the folder, nor one of config/; of a folder with one of them nothing is."""
    config = place / "config"
    config.mkdir()
    (config / "portal.yaml").write_text("address: http://127.0.0.1:9\n")
    folder = new("add_employees")
    assert (config / "portal.yaml").read_text() == "address: http://127.0.0.1:9\n"
    assert (config / "employers.yaml").is_file()
    (folder / TABLE).unlink()
    (folder / JOB).write_text("mine")
    with pytest.raises(Stands) as stopped:
        new("add_employees")
    assert stopped.value.exit_code == 73
    assert (folder / JOB).read_text() == "mine"
    assert not (folder / TABLE).exists()


def test_a_procedure_that_there_is_not_is_told_with_the_nearest(place: Path) -> None:
    """Nothing is written."""
    with pytest.raises(NotAsked, match="Did you mean add_employees"):
        new("add_employee")
    with pytest.raises(NotAsked, match=r"Say what is to be filed: add_documents, .*, payroll\."):
        new("", folder=place)
    assert list(place.iterdir()) == []


def test_the_line_that_adds_up_a_workers_rows_stands_where_it_is_read() -> None:
    """Behind its sign; without it the key is sought at the end of the file."""
    for procedure in WITH_TABLE:
        text = (new(procedure) / JOB).read_text("utf-8")
        assert ("  # same_worker: add\n" in text) is (procedure == "submit_contributions")
    text = Path("submit_contributions", JOB).read_text("utf-8")
    told = yaml.safe_load(text.replace("# same_worker", "same_worker"))
    assert told["table"]["same_worker"] == "add"


def test_the_next_commands_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    """They are commands that there are, with this folder's job."""
    new("add_employees", folder=Path("kerja"))
    told = [line.strip() for line in capsys.readouterr().err.splitlines()[-4:]]
    assert told == [
        "assist-rpa check kerja/job.yaml",
        "assist-rpa practise kerja/job.yaml",
        "assist-rpa doctor",
        "assist-rpa run kerja/job.yaml",
    ]


# --- payroll ---


def test_a_payroll_table_is_built_into_a_text_file(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`assist-rpa textfile build` reads it once its example is replaced, and not before."""
    monkeypatch.setenv("ASSIST_RPA_TODAY", "2026-11-20")
    monkeypatch.setenv("ASSIST_RPA_HOME", str(place / "home"))
    file = new("payroll") / "payroll.xlsx"
    assert not (place / "config").exists()
    options = BuildOptions(employer=EMPLOYER, month="10/2026", sheet=book.SHEET)
    with pytest.raises(JobInvalid):
        textfile.build(file, options)
    fill_table(file, list(Payee.model_fields), {**PERSON, "worker": "Tempatan"})
    assert textfile.build(file, options) == 0


# --- one's own table ---

OWN = ("Bil", "Nama Pkerja", "No. KP", "Tarikh Lahir", "Tarikh Mula Krja", "Catatan")
OWN_FIELDS = ("name", "identification", "date_of_birth", "employment_start_date")


def own_table(place: Path, *more: str) -> Path:
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    sheet.title = "Staf"
    sheet.append(["SENARAI PEKERJA BAHARU"])
    sheet.append(OWN)
    sheet.append([1, *(PERSON[n] for n in OWN_FIELDS), ""])
    for name in more:
        made.create_sheet(name)
    made.save(place / "own.xlsx")
    return Path("own.xlsx")


def test_an_own_table_is_mapped_only_after_a_person_says_so(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the reader takes is taken; what comes near stands behind a sign until it is agreed."""
    table = own_table(place)
    before = table.read_bytes()
    job = new("add_employees", table=table) / JOB
    said = capsys.readouterr()
    assert "No. KP            Identification No." in said.out
    assert "Nama Pkerja       not known; perhaps Name of Employee?" in said.out
    assert "This mandatory column is not there: Employment Start Date" in said.err
    text = filled(job.read_text("utf-8"), {"employer": EMPLOYER})
    job.write_text(text, "utf-8")
    assert codes(job).count("column-missing") == 2
    agreed = re.sub(
        r"^  # (columns:|  (name|employment_start_date):)", r"  \1", text, flags=re.MULTILINE
    )
    job.write_text(agreed, "utf-8")
    found = jobs.check(job, today=TODAY)
    assert [p.code for p in found.problems] == ["column-unknown", "nric-birthplace"]
    assert not any(p.severity is Severity.ERROR for p in found.problems)
    assert table.read_bytes() == before
    assert not (job.parent / TABLE).exists()


def test_a_table_that_is_understood_needs_no_line(place: Path) -> None:
    """The reader's own headings, from a .csv in another folder."""
    (place / "lain").mkdir()
    table = place / "lain" / "staf.csv"
    table.write_text("No. KPPN,Nama,Tarikh Lahir,Tarikh Mula Kerja\n"
                     "900101-00-0001,CONTOH BIN PERCUBAAN,01/01/1990,10/11/2026\n")  # fmt: skip
    job = new("add_employees", table=table) / JOB
    text = filled(job.read_text("utf-8"), {"employer": EMPLOYER})
    assert "columns" not in text
    job.write_text(text, "utf-8")
    assert jobs.check(job, today=TODAY).plan is not None


def test_which_of_several_sheets_is_never_guessed(place: Path) -> None:
    """They are named; the one that is given is read."""
    table = own_table(place, "Lama")
    with pytest.raises(OneSheet, match=r"--sheet.*'Staf', 'Lama'"):
        new("add_employees", table=table)
    assert "sheet: Staf" in (new("add_employees", table=table, sheet="Staf") / JOB).read_text()


OFFICE = {
    "add_employees": {
        "Tarikh Lapor Diri": "Employment Start Date",
        "No. Pekerja / Jabatan": "not used",
        "T. Lahir": "Date of Birth",
        "Tarikh Lahir Anak": "not used",
    },
    "end_employment": {
        "Tarikh Masuk": "not known; perhaps Employment Start Date?",
        "Hari Terakhir": "Employment Resign Date",
        "Tarikh": "not used",
    },
}


@pytest.mark.parametrize("procedure", OFFICE)
def test_what_offices_call_their_columns_is_known_or_offered_as_what_it_is(
    place: Path, procedure: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Letters alone made *Tarikh Lapor Diri* a birth date; a field is never offered twice."""
    heads = OFFICE[procedure]
    (place / "own.csv").write_text(",".join(["No. KP", "Nama", *heads]) + "\n1,2,3,4,5\n")
    text = (new(procedure, table=Path("own.csv")) / JOB).read_text("utf-8")
    shown = capsys.readouterr().out
    for text_of, meant in heads.items():
        assert re.search(rf"{re.escape(text_of)} +{re.escape(meant)} *\n", shown), (text_of, shown)
    proposed = re.findall(r"^  #   (\w+):", text, re.MULTILINE)
    assert len(proposed) == len(set(proposed))


def test_gross_pay_is_offered_with_what_it_may_hold_that_is_no_wages(place: Path) -> None:
    """Beside the line that a person confirms, and by `check` once it is confirmed."""
    (place / "pay.csv").write_text("No. KP,Nama,Gaji Kasar\n900101000001,CONTOH BIN REKAAN,3000\n")
    job = new("submit_contributions", table=Path("pay.csv")) / JOB
    text = filled(job.read_text("utf-8"), {"employer": EMPLOYER, "month": "10/2026"})
    (line,) = re.findall(r"^  #   wages: Gaji Kasar   # (.*)$", text, re.MULTILINE)
    assert "an annual bonus, travel claims, gratuity are no wages" in line
    job.write_text(re.sub(r"^  # (columns:|  wages:)", r"  \1", text, flags=re.MULTILINE), "utf-8")
    found = jobs.check(job, today=TODAY)
    assert found.plan is not None
    assert "wages-of-gross" in {problem.code for problem in found.problems}


def test_two_headings_for_one_field_are_both_for_a_person(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The reader would refuse them; neither is chosen."""
    (place / "two.csv").write_text(
        "No. KPPN,IC No.,Nama,Tarikh Lahir,Tarikh Mula Kerja\n1,2,3,4,5\n"
    )
    text = (new("add_employees", table=Path("two.csv")) / JOB).read_text("utf-8")
    assert "  #   identification: No. KPPN   # No. KPPN; atau: IC No." in text.replace(
        "Identification No.; or:", "No. KPPN; atau:"
    )
    assert text.count("identification:") == 1
    out = capsys.readouterr().out
    assert "IC No.             not used; Identification No." in out


def test_a_procedure_without_a_table_takes_none(place: Path) -> None:
    """It is said, and nothing is written."""
    own_table(place)
    with pytest.raises(NotAsked, match="takes no table"):
        new("update_employer", table=Path("own.xlsx"))
    assert [path.name for path in place.iterdir()] == ["own.xlsx"]
