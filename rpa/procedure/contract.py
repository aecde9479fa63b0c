"""What a procedure's file in `rpa/flows/` holds; nothing else registers it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from rpa.model.filing import Census, Filing, Receipt, Row, Sighting
    from rpa.model.job import Job
    from rpa.pages.inbox import Case
    from rpa.pages.review import Review
    from rpa.portal.page import Page
    from rpa.portal.tab import Portal
    from rpa.procedure.steps import Steps
    from rpa.rules.vocabulary import Status


class Viewed(Protocol):
    """What was sent, as the portal's own record shows it."""

    def receipt(self, reference: str, place: Callable[[str], Path]) -> Receipt:
        """The receipt of what was lost; letters go to ``place(file name)``."""

    def values(self) -> set[str]:
        """All that the record says."""

    def whose(self) -> str:
        """The code of the employer it is of; empty when it shows none."""


class Tray(Protocol):
    """Where the portal keeps what was prepared and what was sent: for cases the inbox."""

    def listed(self) -> list[Case]:
        """What stands there, as far as it concerns this employer."""

    def find(self, reference: str) -> Case | None:
        """What the portal has under this reference; None when it lists nothing."""

    def view(self, reference: str) -> Viewed:
        """Look at what was sent."""

    def told(self, case: Case) -> Receipt:
        """What `find` alone tells of what was sent, where that page cannot be read."""


class Procedure(Protocol):
    """One procedure of the guide.

    ``PREFIX`` begins its case numbers, one for each of its forms; ``SCREEN`` is the screen that the
    menu's entry leads to, and the entry's words name its cases in the inbox. ``UNSENT`` is the
    inbox's status of a case that has not been sent: a draft, or for an answer to a query the query
    itself.
    """

    Job: type[Job]
    PREFIX: str | tuple[str, ...]
    REVIEW: Review
    SCREEN: type[Page]
    UNSENT: Status

    def run(self, filing: Filing[Any], portal: Portal, steps: Steps) -> Receipt:
        """The guide, step by step."""

    def find(
        self, employer: str, rows: tuple[Row[Any], ...], portal: Portal, steps: Steps
    ) -> dict[int, Sighting]:
        """Which of these rows the portal already has, by row number."""

    def survey(
        self, job: Any, rows: tuple[Row[Any], ...], portal: Portal, alive: Callable[[], None]
    ) -> Census:
        """The portal's own count and listing, for the guards.

        ``alive``, asked between two screens, raises when the run is to stop. Only where the job has
        an effect on the number of workers (`Job.effect`) or is about a month of all of them.
        """

    def tray(self, portal: Portal, employer: str, payloads: Sequence[str]) -> Tray:
        """Where the portal keeps drafts and what was sent.

        ``payloads`` are the records of a filing whose ending is unknown, as JSON, for a portal that
        gives no number before the press; empty for a look at drafts.
        """

    def persons(self, reference: str, portal: Portal) -> set[str]:
        """Whom a draft is about, as `Record.known_as` or `Job.known_as` has it."""

    def withdraw(self, reference: str, employer: str, portal: Portal) -> None:
        """Take away what was prepared and not sent, so that no late press can send it."""
