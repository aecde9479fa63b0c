"""A draft opens at the first screen of its procedure, or at the step where it was left.

Which of both is not known of the live portal (facts 3.3 tell only of the pencil). From a later step
Back is pressed until the first screen is there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from rpa.pages.preview import Preview
from rpa.pages.supporting_documents import Documents
from rpa.portal.find import Button, Control, Heading
from rpa.portal.page import Page, whichever

if TYPE_CHECKING:
    from rpa.portal.tab import Portal

PageT = TypeVar("PageT", bound=Page)


class Step(Page):
    """Any step after the first."""

    back = Button()


class EisStep(Step):
    """EIS Employee Registration (facts 6, step 6)."""

    title = Heading()
    landmark: ClassVar[Control] = title


class DocumentsStep(Step, Documents):
    """Upload Supporting Document, of a draft that was left there."""

    landmark: ClassVar[Control] = Documents.title


class PreviewStep(Step, Preview):
    """The review, of a draft that was left there."""

    landmark: ClassVar[Control] = Preview.title


def first_screen(portal: Portal, screen: type[PageT]) -> PageT:
    """The first screen of a draft that was opened. Raises what stands there instead."""
    steps: list[type[Step]] = [PreviewStep, DocumentsStep, EisStep]
    while True:
        page = whichever(portal, screen, *steps)
        if isinstance(page, screen):
            return page
        if isinstance(page, Step):  # what is left is not taken for arrived at again
            page.back.click()
            steps.remove(type(page))
