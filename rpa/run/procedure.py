"""What a procedure's file in `rpa/flows/` holds; nothing else registers it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from rpa.pages.review import Review
    from rpa.portal.page import Page
    from rpa.portal.tab import Portal
    from rpa.run.filing import Census, Filing, Receipt, Row, Sighting
    from rpa.run.job import Job
    from rpa.run.steps import Steps


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
    UNSENT: str

    def run(self, filing: Filing[Any], portal: Portal, steps: Steps) -> Receipt:
        """The guide, step by step."""

    def find(
        self, employer: str, rows: tuple[Row[Any], ...], portal: Portal, steps: Steps
    ) -> dict[int, Sighting]:
        """Which of these rows the portal already has, by row number."""

    def survey(
        self,
        employer: str,
        rows: tuple[Row[Any], ...],
        portal: Portal,
        alive: Callable[[], None],
    ) -> Census:
        """The portal's own count and listing, for the guards.

        ``alive``, asked between two screens, raises when the run is to stop.
        Only where the job has an effect on the number of workers (`Job.effect`).
        """

    def persons(self, reference: str, portal: Portal) -> set[str]:
        """Whom a draft is about, as `Record.person` has it."""

    def withdraw(self, reference: str, employer: str, portal: Portal) -> None:
        """Take away what was prepared and not sent, so that no late press can send it."""
