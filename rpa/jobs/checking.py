"""A job file on disk to a checked plan; ``check`` is the room's one door.

Whatever is wrong becomes a problem with its address; all of them come at once. Bad input never
raises.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rpa import flows
from rpa.errors import Severity, Words
from rpa.jobs import documents, files, inline, tables, yaml_file
from rpa.jobs.columns import unknown_key
from rpa.jobs.limits import Limits
from rpa.jobs.model import Source, part
from rpa.jobs.places import IN_JOB, Place, Problems, Unfit, shown_name
from rpa.jobs.plan import Checked, Plan
from rpa.jobs.rows import RowReader
from rpa.rules import employer_code, text
from rpa.run.job import DocumentSpec, Job, Table

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from rpa.jobs.plan import TableRef
    from rpa.jobs.rows import RawRow
    from rpa.rules.record import Record
    from rpa.run.filing import Row

DEFAULT_LIMITS = Limits()

_TYPE_LENGTH = 200


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
    """One check and what it has read so far; ``parts`` are the files' bytes, for the digest."""

    job_file: Path
    today: date
    limits: Limits
    problems: Problems = field(default_factory=Problems)
    job: Job | None = None
    rows: list[Row[Any]] = field(default_factory=list)
    rows_read: int = 0
    table: TableRef | None = None
    papers: list[documents.Paper] = field(default_factory=list)
    parts: list[bytes] = field(default_factory=list)

    def run(self) -> None:
        content = files.read(self.job_file, self.limits.job)
        self.parts.append(content)
        name = shown_name(self.job_file)
        root = yaml_file.parse(content, name, self.limits.depth, self.problems)
        source = Source(root, self.problems)
        data = source.data(root, ())
        model = self._model(source, data)
        takes_rows = model is Job or "rows" in model.model_fields
        rows = data.pop("rows", None) if takes_rows else None
        self.job = source.model(model, data)
        self._employer(source, data.get("employer"))
        self._rows(source, data, getattr(model, "record", None), inline_given=rows is not None)
        self._documents(source, data.get("documents"))

    def plan(self) -> Plan | None:
        """The plan; only for a check without errors."""
        if self.job is None:
            return None
        update = {} if self.table else {"rows": [row.record for row in self.rows]}
        return Plan(
            job=self.job.model_copy(update=update),
            job_file=self.job_file.absolute(),
            rows=tuple(self.rows),
            documents=tuple(paper.document for paper in self.papers),
            table=self.table,
            digest=_digest([*self.parts, *(paper.data for paper in self.papers)]),
        )

    def _model(self, source: Source, data: dict[str, Any]) -> type[Job]:
        """The procedure's model; of an unknown procedure only what every job shares."""
        name, known = data.get("procedure"), flows.names()
        if not isinstance(name, str):
            return Job  # which says that the key is missing, or no text
        if name not in known:
            words = unknown_key(name, known)
            self.problems.add(source.place(("procedure",)), "procedure-unknown", words)
            return Job
        return flows.load(name).Job

    def _employer(self, source: Source, code: Any) -> None:
        if isinstance(code, str) and ("employer",) not in source.spoilt:
            for finding in employer_code.findings(code):
                place = source.place(("employer",))
                self.problems.add(place, finding.code, finding.words, finding.severity)

    def _rows(
        self,
        source: Source,
        data: dict[str, Any],
        record: type[Record] | None,
        *,
        inline_given: bool,
    ) -> None:
        table_given = data.get("table") is not None
        if inline_given and table_given:
            self.problems.add(source.place(("table",), key=True), "rows-and-table", _BOTH)
        elif not inline_given and not table_given:
            self.problems.add(source.place(()), "rows-none", _NEITHER)
        if record is None:
            return
        if inline_given:
            self._read(record, inline.raw_rows(source, record))
        if table_given:
            self._table(source, record, data["table"])

    def _table(self, source: Source, record: type[Record], data: Any) -> None:
        spec = part(Table, data)
        if spec is None:
            return
        try:
            table = tables.read(spec, self.job_file.parent, source, record, self.limits)
        except Unfit as fault:
            self.problems.unfit(fault, source.place(("table", "file")))
            return
        self.parts.append(table.data)
        self.table = table.ref
        self._read(record, table.rows)

    def _read(self, record: type[Record], raws: list[RawRow]) -> None:
        self.rows_read += len(raws)
        self.rows += RowReader(record, self.today, self.problems).read_all(raws)

    def _documents(self, source: Source, data: Any) -> None:
        for i, item in enumerate(data if isinstance(data, list) else []):
            spec = part(DocumentSpec, item)
            if spec is None:
                continue
            for code, words in text.faults(spec.type, _TYPE_LENGTH):
                self.problems.add(source.place(("documents", i, "type")), code, words)
            try:
                self.papers.append(documents.read(spec, self.job_file.parent, self.limits))
            except Unfit as fault:
                self.problems.unfit(fault, source.place(("documents", i, "file")))


def unchanged(plan: Plan, job_file: Path, table: Path | None) -> bool:
    """Whether these copies of the job and its table, and the documents, are what was checked."""
    papers = (document.path for document in plan.documents)
    files = [job_file, *([table] if table else []), *papers]
    return _digest([file.read_bytes() for file in files]) == plan.digest


def _digest(parts: list[bytes]) -> str:
    """SHA-256 over all parts, each after its length, so that no two divisions are the same."""
    digest = hashlib.sha256()
    for piece in parts:
        digest.update(len(piece).to_bytes(8, "big"))
        digest.update(piece)
    return digest.hexdigest()


_BOTH = Words(
    "Gunakan 'rows' atau 'table', bukan kedua-duanya.", "Use either 'rows' or 'table', not both."
)
_NEITHER = Words(
    "Kerja ini tiada pekerja: tambah 'table' (fail Excel atau CSV) atau 'rows'.",
    "This job has no rows: add 'table' (an Excel or CSV file) or 'rows'.",
)
