"""The workers an employer already has (facts 10, Update Employee Information)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from rpa.errors import Words
from rpa.model.filing import Census, ListedWorker, Sighting
from rpa.pages.employer_screen import EmployerScreen
from rpa.pages.shell import MySites
from rpa.pages.word_choice import search_box
from rpa.portal import values
from rpa.portal.find import Control, Heading, Lens, Menu, Table, Text, Value
from rpa.rules.choices import squeeze
from rpa.rules.vocabulary import Search

if TYPE_CHECKING:
    from collections.abc import Callable

    from rpa.model.filing import Row
    from rpa.model.job import Job
    from rpa.portal.lines import Line
    from rpa.portal.tab import Portal


LISTED_AS = ("identification", "name", "employment_start_date")  # columns of every such listing


class Workers(EmployerScreen):
    """Employee(s) Listing of one employer, searched by new identification."""

    entry = Menu()
    title = Heading()
    search_type = search_box()
    search_data = Text()
    lens = Lens()
    listing = Table(*LISTED_AS, title="name")
    total = Value()
    landmark: ClassVar[Control] = title

    def count(self) -> int:
        """How many active workers the listing has, before any search."""
        return self.total.number()

    def find(self, text: str, by: Search = Search.IDENTIFICATION) -> list[ListedWorker]:
        """All lines with this identification number, or this name in theirs.

        ``text`` is never empty: that would find everybody.
        """
        self.search_type.pick(by)
        self.search_data.fill(text)
        with self.portal.answer("Workers.lens"):
            self.lens.click()
        self.listing.settled_on(text)
        return [listed_worker(row) for row in self.listing.rows()]

    def sighting(self, row: Row[Any]) -> dict[int, Sighting]:
        """Whether this worker is listed, by the row's number; nothing when he is not.

        Any line with the declared name and start date is the same matter.
        """
        wanted = row.record
        listed = self.find(wanted.person)
        same = any(
            (worker.name, worker.employment_start_date)
            == (squeeze(wanted.name), wanted.employment_start_date)
            for worker in listed
        )
        undated = any(worker.employment_start_date is None for worker in listed)
        words = LISTED if same else UNDATED if undated else OTHERWISE
        return {row.number: Sighting(same=same, words=words)} if listed else {}


def counted(
    job: Job, rows: tuple[Row[Any], ...], portal: Portal, alive: Callable[[], None]
) -> Census:
    """The survey of a procedure that brings workers: how many there are already."""
    del rows, alive
    listing = MySites(portal).registration().update(Workers, job.employer_code)
    return Census(listing.count())


LISTED = Words(
    "Portal sudah menyenaraikan pekerja ini; tiada apa-apa dihantar.",
    "The portal already lists this worker; nothing was sent.",
)
OTHERWISE = Words(
    "Pekerja ini sudah tersenarai di bawah majikan ini dengan nama atau tarikh mula yang lain.",
    "This worker is already listed under this employer with another name or start date.",
)


UNDATED = Words(
    "Pekerja ini sudah tersenarai di bawah majikan ini tanpa tarikh mula; tiada apa-apa dihantar. "
    "Semak di portal.",
    "This worker is already listed under this employer without a start date; nothing was sent. "
    "Look in the portal.",
)


def listed_worker(line: Line) -> ListedWorker:
    """A line of any listing of workers (facts 7.1, 10)."""
    return ListedWorker(
        identification=line["identification"],
        name=line["name"],
        employment_start_date=values.day_or_none(line["employment_start_date"]),
    )
