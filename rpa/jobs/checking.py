"""A job file on disk to a checked plan; ``check`` is the room's one door.

Whatever is wrong becomes a problem with its address; all of them come at once. Bad input never
raises.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rpa.errors import Severity, Words, to_copy
from rpa.jobs import documents, files, inline, models, tables, yaml_file
from rpa.jobs.kinds import Kinds
from rpa.jobs.limits import Limits
from rpa.jobs.model import Source, part
from rpa.jobs.places import IN_JOB, Place, Problems, Unfit, shown_name
from rpa.jobs.plan import Checked, Plan
from rpa.jobs.rows import RowReader
from rpa.model.filing import Document
from rpa.model.job import DocumentSpec, Job, OfEmployer, Table
from rpa.objections import unknown_key
from rpa.reading import Unreadable, contents
from rpa.rules import employer_code, text
from rpa.rules.months import Month

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from rpa.jobs.plan import TableRef
    from rpa.jobs.rows import RawRow
    from rpa.model.filing import Row

DEFAULT_LIMITS = Limits()

_TYPE_LENGTH = 200
_TABLES = frozenset({".xlsx", ".xls", ".xlsm", ".csv", ".ods"})


def check(job_file: Path, *, today: date, limits: Limits = DEFAULT_LIMITS) -> Checked:
    """Everything that can be known of a job before a browser opens.

    ``today`` is the day in Asia/Kuala_Lumpur. The job file, its table and its documents are each
    read once, and ``Plan.digest`` is over those bytes. Never raises for what the files hold.
    """
    work = _Check(job_file, today, limits)
    try:
        work.run()
    except Unfit as fault:
        work.problems.unfit(fault, Place(shown_name(job_file), (IN_JOB, 0, 0)))
    found = work.problems.in_order()
    stopped = any(problem.severity is Severity.ERROR for problem in found)
    return Checked(None if stopped else work.plan(), found, work.rows_read)


@dataclass(slots=True)
class _Check:
    """One check and what it has read so far; ``marks`` tell the bytes of job and table."""

    job_file: Path
    today: date
    limits: Limits
    problems: Problems = field(default_factory=Problems)
    job: Job | None = None
    rows: list[Row[Any]] = field(default_factory=list)
    rows_read: int = 0
    table: TableRef | None = None
    filed_with: list[documents.Placed] = field(default_factory=list)
    marks: list[bytes] = field(default_factory=list)
    papers: documents.Papers = field(init=False)
    reader: RowReader = field(init=False)

    def __post_init__(self) -> None:
        self.papers = documents.Papers(self.job_file.parent, self.limits, self.problems)
        self.reader = RowReader(self.today, self.problems, self.papers)

    def run(self) -> None:
        if self.job_file.suffix.lower() in _TABLES:
            raise Unfit("job-table", _A_TABLE)
        if os.path.isdir(self.job_file):  # noqa: PTH112  raises for no name at all
            raise Unfit("job-folder", _folder(self.job_file))
        content = files.read(self.job_file, self.limits.job)
        self.marks.append(_mark(content))
        name = shown_name(self.job_file)
        root = yaml_file.parse(content, name, self.limits.depth, self.problems)
        source = Source(root, self.problems)
        data = source.data(root, ())
        model = self._model(source, data)
        self._employer(source, model, data.get("employer"))
        self._documents(source, data.get("documents"))
        if model is None:
            source.model(Job, {key: data[key] for key in Job.model_fields if key in data})
            return
        self._head(source, model, data)
        rows_given = model.record is not None and data.pop("rows", None) is not None
        self.job = source.model(model, data)
        self._rows(source, model, data, inline_given=rows_given)
        self.rows = self.reader.repeated(self.rows)
        self._whole(source)

    def plan(self) -> Plan | None:
        """The plan; only for a check without errors."""
        if self.job is None:
            return None
        job, rows, papers = self.job, tuple(self.rows), [paper for paper, _ in self.filed_with]
        if job.record is not None and self.table is None:
            inline_rows = [row.record for row in rows if row.number != inline.HEAD]
            job = job.model_copy(update={"rows": inline_rows})
        marks = [self.papers.marks[path] for path in documents.paths(papers, rows)]
        return Plan(
            job=job,
            job_file=self.job_file.absolute(),
            rows=rows,
            filings=tuple(job.filings(rows)),
            documents=tuple(papers),
            table=self.table,
            digest=_digest([*self.marks, *marks]),
        )

    def _model(self, source: Source, data: dict[str, Any]) -> type[Job] | None:
        """The procedure's model; None when it is not known which, for then no key can be judged."""
        name, known = data.get("procedure"), models.names()
        if not isinstance(name, str):
            return None  # what every job shares says that the key is missing, or no text
        if name not in known:
            words = unknown_key(name, known)
            self.problems.add(source.place(("procedure",)), "procedure-unknown", words)
            return None
        return models.of(name)

    def _employer(self, source: Source, model: type[Job] | None, code: Any) -> None:
        coded = model is None or issubclass(model, OfEmployer)
        if coded and isinstance(code, str) and ("employer",) not in source.spoilt:
            for finding in employer_code.findings(code):
                place = source.place(("employer",))
                self.problems.add(place, finding.code, finding.words, finding.severity)

    def _head(self, source: Source, model: type[Job], data: dict[str, Any]) -> None:
        """Reads the one thing besides rows; in ``data`` its record takes the place of its words."""
        if model.head is None or model.head[0] not in data:
            return
        key, record = model.head
        kinds = Kinds(record)
        found = self.reader.read_all(kinds, inline.raw_head(source, key, kinds))
        self.rows += found
        del data[key]
        source.spoilt.add((key,))  # whatever is wrong with it is said already
        for row in found:
            data[key] = row.record

    def _rows(
        self, source: Source, model: type[Job], data: dict[str, Any], *, inline_given: bool
    ) -> None:
        if model.record is None:
            return
        table_given = data.get("table") is not None
        if inline_given and table_given:
            self.problems.add(source.place(("table",), key=True), "rows-and-table", _BOTH)
        elif model.rows_required and not inline_given and not table_given:
            self.problems.add(source.place(()), "rows-none", _NEITHER)
        kinds = Kinds(model.record, model.variants)
        if inline_given:
            self._read(kinds, inline.raw_rows(source, kinds))
        if table_given:
            self._table(source, kinds, data)

    def _table(self, source: Source, kinds: Kinds, data: dict[str, Any]) -> None:
        spec = part(Table, data["table"])
        if spec is None:
            return
        self.reader.add = spec.same_worker == "add"
        try:
            table = tables.read(spec, self.job_file.parent, source, kinds, self.limits)
        except Unfit as fault:
            self.problems.unfit(fault, source.place(("table", "file")))
            return
        self.marks.append(_mark(table.data))
        self.table = table.ref
        if table.ref and files.is_open(table.ref.path):
            place = source.place(("table", "file"))
            self.problems.add(place, "table-open", _TABLE_OPEN, Severity.WARNING)
        if isinstance(data.get("employer"), str):
            tables.note_other_employer(table.codes, data["employer"], self.problems)
        if isinstance(data.get("month"), str) and (month := Month.read(data["month"])):
            tables.note_other_month(table.titles, month, self.problems)
        self._read(kinds, table.rows)

    def _read(self, kinds: Kinds, raws: list[RawRow]) -> None:
        self.rows_read += len(raws)
        self.rows += self.reader.read_all(kinds, raws)

    def _documents(self, source: Source, data: Any) -> None:
        for i, item in enumerate(data if isinstance(data, list) else []):
            spec = part(DocumentSpec, item)
            if spec is None:
                continue
            for code, words in text.faults(spec.type, _TYPE_LENGTH):
                self.problems.add(source.place(("documents", i, "type")), code, words)
            place = source.place(("documents", i, "file"))
            path = self.papers.take(spec.file, place)
            if path is not None:
                self.filed_with.append((Document(spec.type, path, spec.remarks), place))
        documents.note_alike(self.filed_with, self.problems)

    def _whole(self, source: Source) -> None:
        """What is seen only across rows: the procedure's own rules, papers of one filing."""
        if self.job is None:
            return
        for path, finding in self.job.whole(self.rows, self.today):
            self.problems.add(source.place(path), finding.code, finding.words, finding.severity)
        for row, finding in self.job.cross(self.rows):
            self.reader.object(row, finding)
        of_all = [paper for paper, _ in self.filed_with]
        for filing in self.job.filings(self.rows):
            papers = [(p, self.reader.place(r, p.field)) for r in filing for p in r.documents]
            documents.note_alike_rows(of_all, papers, self.problems)


def unchanged(
    plan: Plan, job_file: Path, table: Path | None, limits: Limits = DEFAULT_LIMITS
) -> bool:
    """Whether these copies of the job and its table, and all papers, are what was checked."""
    papers = documents.paths(plan.documents, plan.rows)
    sizes = {job_file: limits.job, **({table: limits.table} if table else {})}
    try:
        read = [contents(file, most) for file, most in sizes.items()]
        read += [contents(paper, limits.document) for paper in papers]
    except Unreadable:
        return False  # taken away, or shut to us
    return _digest([_mark(data) for data in read]) == plan.digest


def _mark(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _digest(marks: list[bytes]) -> str:
    """SHA-256 over the files' own: all of one length, so that no two divisions are the same."""
    return _mark(b"".join(marks)).hex()


def _folder(folder: Path) -> Words:
    """A folder is given; the job in it that is meant, where `assist-rpa new` wrote one."""
    file = to_copy(str(folder / "job.yaml"))
    if not os.path.isfile(folder / "job.yaml"):  # noqa: PTH113
        return _A_FOLDER
    return Words(f"{_A_FOLDER.bm} Di sini: {file}", f"{_A_FOLDER.en} Here it is: {file}")


_A_FOLDER = Words(
    "Ini folder. Beri fail kerja (.yaml) di dalamnya.",
    "This is a folder. Give the job file (.yaml) in it.",
)
_A_TABLE = Words(
    "Ini jadual, bukan fail kerja. Beri fail kerja (.yaml) yang menamakan jadual ini; "
    "assist-rpa new PROSEDUR --from JADUAL menulisnya.",
    "This is a table, not a job file. Give the job file (.yaml) that names this table; "
    "assist-rpa new PROCEDURE --from TABLE writes one.",
)
_BOTH = Words(
    "Gunakan 'rows' atau 'table', bukan kedua-duanya.", "Use either 'rows' or 'table', not both."
)
_TABLE_OPEN = Words(
    "Jadual ini sedang dibuka dalam Excel: hanya yang sudah disimpan akan difailkan. Simpan dan "
    "tutupnya dahulu jika anda sedang mengubahnya.",
    "This table is open in Excel: only what was saved will be filed. Save and close it first if "
    "you are changing it.",
)
_NEITHER = Words(
    "Kerja ini tiada pekerja: tambah 'table' (fail Excel atau CSV) atau 'rows'.",
    "This job has no rows: add 'table' (an Excel or CSV file) or 'rows'.",
)
