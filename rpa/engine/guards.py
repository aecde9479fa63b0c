"""The guard on blast radius: how far a job may reach before a person is asked.

A limit that is passed asks for a second person, with the figures; what contradicts the portal or
the job itself no approval can carry. Limits stand in the job (``limits``), else in
``config/guards.yaml``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from rpa import flows
from rpa.errors import ConfigInvalid, Guarded, Words, first_few
from rpa.model.filing import Alarm
from rpa.rules.record import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from rpa.model.filing import Census, Row
    from rpa.model.job import Job
    from rpa.rules.record import Column
    from rpa.settings import Guards, Settings

DATE = "%d/%m/%Y"


def of(job: Job, settings: Settings) -> Guard:
    """The guard of a job, with its own limits before those of the configuration."""
    own = {name: value for name, value in dict(job.limits).items() if value is not None}
    return Guard(job, settings.guards.model_copy(update=own), settings.today())


def always(job: Job, settings: Settings) -> bool:
    """Whether this procedure is never filed without a second person. Raises ConfigInvalid."""
    wanted = approved(settings)
    return job.approval or job.procedure in wanted


def approved(settings: Settings) -> list[str]:
    """The procedures that the configuration never files without a second person.

    Raises ConfigInvalid when it names a procedure that there is not: a misspelt wish would guard
    nothing.
    """
    wanted = settings.guards.approval
    unknown = ", ".join(sorted(set(wanted) - set(flows.names())))
    if unknown:
        raise ConfigInvalid(
            Words(f"Prosedur tidak dikenali: {unknown}.", f"Unknown procedures: {unknown}."),
            where="config/guards.yaml: approval",
        )
    return wanted


def as_before(job: Job, filed: Sequence[Row[Any]], census: Census) -> Census:
    """The count as it was before these rows were filed."""
    joins, ends = job.effect(filed)
    return census._replace(active=census.active + ends - joins)


class Guard(NamedTuple):
    """The guard of one job: its limits, and the day it is."""

    job: Job
    limits: Guards
    today: date

    def of_job(self, rows: Sequence[Row[Any]], later: Sequence[Row[Any]] = ()) -> list[Alarm]:
        """What is seen without the portal. ``later`` rows are none of the number yet.

        But a day that was mistyped would let them wait for ever.
        """
        many = [] if self.job.monthly else self._many(rows)  # a month is compared with the last
        return [*many, *self._far([*rows, *later]), *self.job.alarms(rows, self.limits)]

    def counts(self, rows: Sequence[Row[Any]]) -> bool:
        """Whether the portal's count matters: of a few joiners no share is too large."""
        effect = self.job.effect(rows)
        return self.job.monthly or effect.ends > 0 or effect.joins > self.limits.joined_free

    def against(self, rows: Sequence[Row[Any]], census: Census) -> list[Alarm]:
        """What the portal's own listing says against the rows."""
        return [*self.job.against(rows, census), *self._unlisted(rows, census)]

    def shares(
        self, rows: Sequence[Row[Any]], census: Census, of_job: Sequence[Row[Any]] = ()
    ) -> list[Alarm]:
        """What the rows do to the portal's own count; ``of_job`` are all of the job, sent or not.

        A month's swing is told of all of them.
        """
        swings = self.job.swings(of_job, census, self.limits)
        return [*self._ended(rows, census), *self._joined(rows, census), *swings]

    def _many(self, rows: Sequence[Row[Any]]) -> Iterator[Alarm]:
        if len(rows) > self.limits.rows:
            yield Alarm("rows", _told("Baris dalam kerja", "Rows in the job", len(rows),
                                      self.limits.rows))  # fmt: skip

    def _far(self, rows: Sequence[Row[Any]]) -> Iterator[Alarm]:
        back, ahead = -self.limits.days_back, self.limits.days_ahead
        for row in rows:
            for column, day in _occasions(row):
                away = (day - self.today).days
                if not back <= away <= ahead:
                    limit = ahead if away > 0 else back
                    yield Alarm("date-far", _far(column.heading, day, limit), row=row.number)

    def _unlisted(self, rows: Sequence[Row[Any]], census: Census) -> Iterator[Alarm]:
        missing = self.job.unlisted(rows, census)
        if len(missing) > self.limits.unlisted:
            numbers = first_few([row.number for row in missing])
            told = _told(
                f"Pekerja yang tidak disenaraikan portal sebagai bekerja di sini (baris {numbers})",
                f"Leavers whom the portal does not list as working here (rows {numbers})",
                len(missing), self.limits.unlisted,
            )  # fmt: skip
            yield Alarm("unlisted", told, absolute=True)

    def _ended(self, rows: Sequence[Row[Any]], census: Census) -> Iterator[Alarm]:
        ends, active = self.job.effect(rows).ends, census.active
        if ends and ends >= active:
            yield Alarm("everybody", EVERYBODY)
        elif ends > self.limits.ended_free and ends * 100 > self.limits.ended_share * active:
            yield Alarm("ended-share", _share("berhenti", "leave", ends, active,
                                              self.limits.ended_share))  # fmt: skip

    def _joined(self, rows: Sequence[Row[Any]], census: Census) -> Iterator[Alarm]:
        joins, active = self.job.effect(rows).joins, census.active
        if joins > self.limits.joined_free and joins * 100 > self.limits.joined_share * active:
            yield Alarm("joined-share", _share("masuk", "join", joins, active,
                                               self.limits.joined_share))  # fmt: skip


def _occasions(row: Row[Any]) -> Iterator[tuple[Column, date]]:
    """The dates of what is filed, which are near in any usual job."""
    for field, column in row.record.columns().items():
        day = getattr(row.record, field)
        if column.kind is Kind.DATE and column.occasion and day is not None:
            yield column, day


def refuse(alarms: Sequence[Alarm]) -> None:
    """Raise Guarded when one of these is beyond any approval; its words name each of them."""
    absolute = [alarm for alarm in alarms if alarm.absolute]
    if absolute:
        raise Guarded(said(absolute))


def said(alarms: Sequence[Alarm]) -> Words:
    """The alarms as one text: each guard's name with its figures, once."""
    texts = list(dict.fromkeys((a.guard, where(a).bm, where(a).en) for a in alarms))
    shown, more = texts[:SHOWN], len(texts) - SHOWN
    bm, en = (" ".join(f"[{text[0]}] {text[n]}" for text in shown) for n in (1, 2))
    rest = Words(f" (+{more} lagi)", f" (+{more} more)") if more > 0 else Words("", "")
    return Words(bm + rest.bm, en + rest.en)


SHOWN = 5  # alarms


def where(alarm: Alarm) -> Words:
    """The alarm's words, with its row."""
    if not alarm.row:
        return alarm.words
    return Words(f"Baris {alarm.row}: {alarm.words.bm}", f"Row {alarm.row}: {alarm.words.en}")


EVERYBODY = Words(
    "Semua pekerja aktif majikan ini akan berhenti.",
    "Every active worker of this employer would leave.",
)


def _told(bm: str, en: str, found: int, limit: int) -> Words:
    return Words(f"{bm}: {found}; had: {limit}.", f"{en}: {found}; the limit is {limit}.")


def _share(bm: str, en: str, found: int, active: int, limit: int) -> Words:
    share = f"{found * 100 // active} %" if active else "-"
    return Words(
        f"{found} pekerja akan {bm}, portal mengira {active} yang aktif ({share}); had: {limit} %.",
        f"{found} workers would {en}, the portal counts {active} active ones ({share}); "
        f"the limit is {limit} %.",
    )


def _far(heading: Words, day: date, limit: int) -> Words:
    """Nothing in it changes at midnight: it is part of what a second person agrees to."""
    told, days = day.strftime(DATE), abs(limit)
    return Words(
        f"{heading.bm} {told} lebih {days} hari {'akan datang' if limit > 0 else 'yang lalu'}.",
        f"{heading.en} {told} lies more than {days} days {'ahead' if limit > 0 else 'back'}.",
    )
