"""Screens that belong to one employer, whose code stands in the box at the top."""

from __future__ import annotations

from typing import ClassVar, Self

from rpa.errors import UnexpectedPage, Words
from rpa.pages.form import CURRENT, Form, Shown
from rpa.portal.find import Value
from rpa.portal.page import Page


class EmployerScreen(Page):
    """The base of such screens."""

    employer_code = Value()

    def of(self, employer: str) -> Self:
        """This screen, when it is this employer's. A wrong employer is a wrong filing."""
        shown = self.employer_code.read()
        if shown != employer:
            raise UnexpectedPage(
                Words(
                    f"Portal membuka majikan {shown}, bukan {employer}.",
                    f"The portal opened employer {shown}, not {employer}.",
                )
            )
        return self

    def unless_another(self, employer: str) -> Self:
        """The same of a screen that need not show whose it is."""
        return self.of(employer) if self.employer_code.shown() else self


class EmployerItems(Form):
    """What the review shows of the employer himself."""

    KEPT: ClassVar[tuple[str, ...]] = ("employer",)

    employer = Shown()

    def whose(self, employer: str) -> dict[str, str]:
        """His code, which stays."""
        item = self.employer.item
        return {item: employer, f"{item}{CURRENT}": employer}
