"""Form 1A and Form 3 EIS: an employer stops being one (facts 7.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from rpa.pages.employer_screen import EmployerItems, EmployerScreen
from rpa.pages.form import CURRENT, texts
from rpa.pages.resigned_dates import LeaverItems, Leaving, not_as_counted
from rpa.pages.supporting_documents import Documents
from rpa.pages.word_choice import WordChoice
from rpa.pages.workers import LISTED_AS, listed_worker
from rpa.portal.find import Button, Control, Heading, Menu, Table, Text, Value
from rpa.rules.vocabulary import EMPLOYER, EmployerStatus

if TYPE_CHECKING:
    from rpa.model.filing import ListedWorker
    from rpa.rules.cessation import Cessation
    from rpa.rules.vocabulary import Vocabulary


class Cessation1A(EmployerScreen, EmployerItems):
    """Discontinue Business, the first tab of Form 1A."""

    marker: ClassVar[str] = "employer"
    MEANS: ClassVar[dict[str, Vocabulary[Any]]] = {
        "employer_status": EMPLOYER,
        "change_employer_status_to": EMPLOYER,
    }

    entry = Menu()
    title = Heading()
    employer_status = Text()
    change_employer_status_to = WordChoice(EMPLOYER)
    temporary_closure_no_employee_from = Text()
    temporary_closure_no_employee_till = Text()
    save_and_continue = Button()
    landmark: ClassVar[Control] = title

    FIELDS: ClassVar[tuple[str, ...]] = (
        "change_employer_status_to",
        "temporary_closure_no_employee_from",
        "temporary_closure_no_employee_till",
    )

    def enter(self, employer: str, cessation: Cessation) -> dict[str, str]:
        """Fill the form and read it back. Gives what the review must show of the employer."""
        told = {f: v for f, v in texts(cessation).items() if f in self.FIELDS}
        before = self.employer_status.read()
        self.write(told, {})
        status = {f"{self.employer_status.item}{CURRENT}": before}
        return {**self.whose(employer), **status, **self.saved(self.same(told))}

    def save(self) -> CessationWorkers:
        """SIMPAN & TERUSKAN: the portal keeps the case as a draft and numbers it."""
        self.save_and_continue.click()
        return CessationWorkers(self.portal)


class Everybody(EmployerScreen, LeaverItems):
    """A screen that ends with the listing of all workers whom it concerns, on one page."""

    listing = Table(*LISTED_AS, title="name")
    total = Value()

    def workers(self) -> list[ListedWorker]:
        """All of them. Raises UnexpectedPage when the portal counts otherwise."""
        count = self.total.number()  # it stands below the listing: what is above has come
        found = [listed_worker(row) for row in self.listing.rows()]
        if len(found) != count:
            raise not_as_counted(f"{type(self).__name__}.total")
        return found


class CessationWorkers(Everybody):
    """Update Add Employee Resigned Date, the second tab of Form 1A."""

    title = Heading()
    reference = Value()
    save_and_continue = Button()
    landmark: ClassVar[Control] = title

    def enter(self, day: str) -> list[dict[str, str]]:
        """Everybody's last day, read back. Gives what the review must show of each worker."""
        told = {"employment_resign_date": day}
        self.write(told, {})
        self.same(told)
        return [self.told(Leaving(worker, day)) for worker in self.workers()]

    def save(self) -> Documents:
        """SIMPAN & TERUSKAN."""
        self.save_and_continue.click()
        return Documents(self.portal)


class Cessation3(Everybody, EmployerItems):
    """Form 3 EIS: the day on which EIS ends, and the workers who are insured there."""

    entry = Menu()
    title = Heading()
    employer_status = Text()
    employment_resign_date = Text()
    save_and_continue = Button()
    landmark: ClassVar[Control] = title

    MEANS: ClassVar[dict[str, Vocabulary[Any]]] = {"employer_status": EMPLOYER}

    def enter(self, employer: str, day: str) -> dict[str, str]:
        """The date, read back. Gives what the review must show of the employer."""
        told = {"employment_resign_date": day}
        self.write(told, {})
        item, becomes = self.employer_status.item, EMPLOYER.words(EmployerStatus.DORMANT_SIP)[0]
        status = {f"{item}{CURRENT}": self.employer_status.read(), item: becomes}
        return {**self.whose(employer), **status, **self.saved(self.same(told))}

    def insured(self) -> list[dict[str, str]]:
        """What the review must show of each worker: who he is."""
        people = [
            self.saved({"identification": worker.identification, "name": worker.name})
            for worker in self.workers()
        ]
        return [p | {f"{item}{CURRENT}": value for item, value in p.items()} for p in people]

    def save(self) -> Documents:
        """SIMPAN & TERUSKAN: the portal keeps the case as a draft and numbers it."""
        self.save_and_continue.click()
        return Documents(self.portal)


class CessationForm(EmployerScreen):
    """Whichever of the two forms; both menu entries name a case of `cease_employer`."""

    entry = Menu()
    landmark: ClassVar[Control] = EmployerScreen.employer_code
