"""Preview, HANTAR, SAHKAN and the result (facts 4.5)."""

from __future__ import annotations

from typing import ClassVar

from rpa.pages.result import UpdateResult
from rpa.portal.find import Button, Control, Heading, Leave, Table, Turn, Value
from rpa.portal.items import Item, Items
from rpa.portal.page import Dialog, Page
from rpa.portal.sheets import through
from rpa.portal.values import told


class Preview(Page):
    """The review of a case before it is sent; `rpa.pages.review` reads it."""

    title = Heading()
    reference = Value()
    employer_code = Value()
    items = Items("item", "new", "current")
    next_page = Turn()
    papers = Table("document", "description", "remarks")
    send = Button(commits=True)
    landmark: ClassVar[Control] = title

    def parts(self) -> list[list[Item]]:
        """The case items, of all pages of the review."""
        self.portal.whole()
        return through(self.items, self.next_page, self.items.parts)

    def values(self) -> set[str]:
        """All that the case items say, whichever form they are of."""
        return {line.new for part in self.parts() for line in part if line.new}

    def whose(self) -> str:
        """The code of the employer it is of; empty when it shows none."""
        return told(self.employer_code.read()) if self.employer_code.shown() else ""

    def submit(self) -> UpdateResult:
        """HANTAR, SAHKAN. The step that cannot be taken back: only inside `steps.commit`."""
        with self.portal.single_press() as press:
            self.send.click()
            press.confirm(Confirmation(self.portal).confirm)
            return UpdateResult(self.portal)


class Confirmation(Dialog):
    """The question before the case is sent."""

    title = Heading()
    confirm = Button(commits=True)
    cancel = Leave()
    landmark: ClassVar[Control] = title


class Removal(Confirmation):
    """The question before something is removed: nothing is filed by its answer.

    So what agrees may be called as what removes a row; it is no button of the last press.
    """

    remove = Button()
    landmark: ClassVar[Control] = Confirmation.title

    def agree(self) -> None:
        """Its own word where it has one, else that of every question."""
        with self.portal.doing(self.remove.key, sought=self.remove.sought):
            self.portal.screen.soonest([self.remove, self.confirm])
            removes, confirms = self.portal.screen.shown(self.remove, self.confirm)
        (self.confirm if confirms and not removes else self.remove).click()
