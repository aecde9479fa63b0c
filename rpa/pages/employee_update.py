"""Update Employee Information (by Employer): the change of workers (facts 10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from rpa.errors import RowRefused, Words
from rpa.pages.employee_popups import EmployeeUpdatePopup
from rpa.pages.form import texts
from rpa.pages.supporting_documents import Documents
from rpa.pages.workers import Workers
from rpa.portal.find import Button, Control, Table, Turn
from rpa.portal.sheets import everything, seek
from rpa.rules.vocabulary import Action

if TYPE_CHECKING:
    from rpa.model.filing import Row


class UpdateEmployees(Workers):
    """The listing of the employer's workers, and the list of those that were changed."""

    entry = Workers.entry
    updated = Table("identification")
    next_page = Turn()
    save_and_continue = Button()
    landmark: ClassVar[Control] = Workers.title

    def already(self, row: Row[Any]) -> bool:
        """Whether the portal shows this worker as the row wants him."""
        popup = self._pencil(row.record.identification)
        told = {field: value for field, value in texts(row.record).items() if value}
        told.pop("identification_card", None)  # a paper for the officer, kept on no screen
        same = not popup.differing(told, popup.held(told))
        popup.close()
        return same

    def change(self, row: Row[Any]) -> dict[str, str]:
        """The worker's pencil, the popup, SIMPAN; seen in the second list. Raises RowRefused.

        Gives what the review must show.
        """
        files = {paper.field: paper.path for paper in row.documents if not paper.type}
        items = self._pencil(row.record.identification).change(texts(row.record), files)
        seek(self.updated, self.next_page, row.record.identification)
        return items

    def _pencil(self, identification: str) -> EmployeeUpdatePopup:
        listed = self.find(identification)
        if len(listed) != 1:
            raise RowRefused(NOT_LISTED if not listed else SEVERAL)
        with self.portal.doing("UpdateEmployees.edit"):
            row = self.listing.row(identification)
            self.listing.press(row, Action.EDIT)
        return EmployeeUpdatePopup(self.portal)

    def persons(self) -> list[str]:
        """Whom the second list holds."""
        return [line["identification"] for line in everything(self.updated, self.next_page)]

    def save(self) -> Documents:
        """SIMPAN & TERUSKAN: the portal keeps the case as a draft and numbers it."""
        self.save_and_continue.click()
        return Documents(self.portal)


NOT_LISTED = Words(
    "Portal tidak menyenaraikan pekerja ini di bawah majikan ini.",
    "The portal does not list this worker under this employer.",
)
SEVERAL = Words(
    "Portal menyenaraikan pekerja ini lebih daripada sekali; pilih dalam pelayar.",
    "The portal lists this worker more than once; choose in the browser.",
)
