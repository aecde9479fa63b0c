"""Update Director/Owner Information, as a toy: one field."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rpa.pages.employer_screen import EmployerScreen
from rpa.pages.form import CURRENT, Form
from rpa.pages.supporting_documents import Documents
from rpa.portal.find import Button, Control, Heading, Text

if TYPE_CHECKING:
    from collections.abc import Mapping


class OwnerForm(EmployerScreen, Form):
    """Who owns the employer."""

    marker: ClassVar[str] = ""
    entry = Button(en="Update Director/Owner Information")
    title = Heading(en="Update Director/Owner Information")
    owner_name = Text(en="Owner Name", name="_dto.ownerName")
    save_and_continue = Button(bm="SIMPAN & TERUSKAN", en="SAVE & CONTINUE")
    landmark: ClassVar[Control] = title

    @classmethod
    def marked_by(cls) -> str:
        """The employer's code."""
        return "Employer Code"

    def change(self, employer: str, values: Mapping[str, str]) -> dict[str, str]:
        """Write it and read it back; gives what the review must show."""
        before = self.held(values)
        self.write(values, {})
        about = self.marked_by()
        code = {about: employer, f"{about}{CURRENT}": employer}
        return {**code, **self.changed(before, self.same(values))}

    def already(self, values: Mapping[str, str]) -> bool:
        """Whether the portal has it already."""
        return not self.differing(values, self.held(values))

    def save(self) -> Documents:
        """A draft."""
        self.save_and_continue.click()
        return Documents(self.portal)
