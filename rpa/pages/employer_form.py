"""Form 1: the registration of an employer, and the change of one (facts 4.1, 10).

Malay labels of the fields were not seen but for the four of the first section, so they are found
by their stable names (facts 16, 9).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rpa.errors import Refused, UnexpectedPage, Words
from rpa.pages.employee_popups import TWO_ANSWERS
from rpa.pages.employees import EmployeeList
from rpa.pages.employer_screen import EmployerItems, EmployerScreen
from rpa.pages.form import Form
from rpa.pages.preview import Confirmation
from rpa.pages.supporting_documents import Documents
from rpa.portal.find import (
    YES,
    Button,
    Choice,
    Control,
    Heading,
    Lens,
    LensSign,
    Menu,
    Phone,
    Radio,
    Text,
    Tick,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

OTHERS = "Others"  # the entity whose industry name is chosen from a list (facts 4.1)


class IndustryForm(Form):
    """Maklumat Majikan / Industry's Information, which registration and update share."""

    industry_name = Text(upper=True)
    postal_address_1 = Text(upper=True)
    postal_address_2 = Text(upper=True)
    postal_address_3 = Text(upper=True)
    state = Choice()
    city = Choice()
    postcode = Choice()
    po_box = Text()
    locked_bag_no = Text()
    socso_office = Choice()
    industry_address_same_as_postal = Tick()
    industry_address_1 = Text(upper=True)
    industry_address_2 = Text(upper=True)
    industry_address_3 = Text(upper=True)
    industry_state = Choice()
    industry_city = Choice()
    industry_postcode = Choice()
    industry_po_box = Text()
    industry_locked_bag_no = Text()
    telephone = Phone()
    telephone_2 = Phone()
    telephone_3 = Phone()
    mobile = Phone()
    mobile_2 = Phone()
    mobile_3 = Phone()
    fax = Phone()
    fax_2 = Phone()
    fax_3 = Phone()
    industry_code = Choice()
    sub_industry_code = Choice()
    email = Text()
    payment_method = Choice()
    service_type = Choice()


class EmployerForm(IndustryForm):
    """Employer's Registration Form, tab 1 of QRG 1."""

    marker: ClassVar[str] = "registration_number"

    entry = Menu()
    title = Heading()
    business_entity = Choice()
    sub_business_entity = Choice()
    sub_business_entity_list = Choice()
    registration_number = Text()
    lens = Lens()
    known = LensSign()
    unknown = LensSign()
    registered_with_ssm = Radio()
    registering_as_branch = Radio()
    eis_acknowledgement = Tick()
    industry_name_choice = Choice()
    induction_venue = Choice()
    save_and_continue = Button()
    landmark: ClassVar[Control] = title

    FIRST: ClassVar[tuple[str, ...]] = (
        "business_entity", "sub_business_entity", "sub_business_entity_list",
        "registration_number",
    )  # fmt: skip

    def enter(self, values: Mapping[str, str]) -> dict[str, str]:
        """Entity and BRN with its lens, then the rest, read back. Gives what the review must show.

        Raises Refused when the BRN exists and no branch is declared, RowRefused (which is one)
        when a list does not offer a choice.
        """
        values = _as_chosen(values)
        self.write({field: values.get(field, "") for field in self.FIRST}, {})
        exists = self._look_up(branch=values["registering_as_branch"])
        if exists and values["registering_as_branch"] != YES:
            raise Refused(EXISTS)
        self.write({f: v for f, v in values.items() if f not in self.FIRST}, {})
        return self.saved(self.same(self._there(values)))

    def _there(self, values: Mapping[str, str]) -> dict[str, str]:
        """Without the fields that are empty and that the screen does not show for this entity."""
        return {f: v for f, v in values.items() if v or getattr(self, f).shown()}

    def _look_up(self, *, branch: str) -> bool:
        self.lens.click()
        with self.portal.doing("EmployerForm.lens"):
            self.portal.screen.soonest([self.known, self.unknown])
            known, unknown = self.portal.screen.shown(self.known, self.unknown)
        if known == unknown:
            raise UnexpectedPage(TWO_ANSWERS, where="EmployerForm.lens")
        if unknown:
            return False
        dialog = Confirmation(self.portal)
        (dialog.confirm if branch == YES else dialog.cancel).click()
        return True

    def save(self) -> EmployeeList:
        """SIMPAN & TERUSKAN: the portal keeps the case as a draft and numbers it."""
        self.save_and_continue.click()
        return EmployeeList(self.portal)


EXISTS = Words(
    "Portal sudah mengenali No. Pendaftaran (BRN) ini. Nyatakan 'registering_as_branch: true' "
    "hanya jika ini cawangan.",
    "The portal already knows this Registration Number(BRN). Give 'registering_as_branch: true' "
    "only if this is a branch.",
)


def _as_chosen(values: Mapping[str, str]) -> dict[str, str]:
    """The industry name under the control that the entity brings: a box, or a list for Others."""
    chosen = dict(values)
    if chosen["business_entity"] == OTHERS:
        chosen["industry_name_choice"] = chosen.pop("industry_name")
    return chosen


class EmployerUpdateForm(EmployerScreen, EmployerItems, IndustryForm):
    """Update Employer Information: the employer as the portal has him (facts 10)."""

    marker: ClassVar[str] = "employer"

    entry = Menu()
    title = Heading()
    save_and_continue = Button()
    landmark: ClassVar[Control] = title

    def change(self, employer: str, values: Mapping[str, str]) -> dict[str, str]:
        """Write the changed fields and read them back. Gives old and new for the review."""
        told = {field: value for field, value in values.items() if value}
        before = self.held(told)
        self.write(told, {})
        return {**self.whose(employer), **self.changed(before, self.same(told))}

    def already(self, values: Mapping[str, str]) -> bool:
        """Whether the portal has all of this already."""
        told = {field: value for field, value in values.items() if value}
        kept = {field: getattr(self, field).becomes(value) for field, value in told.items()}
        return not self.differing(kept, self.held(kept))

    def save(self) -> Documents:
        """SIMPAN & TERUSKAN. Raises Refused, in the portal's words, when nothing is changed."""
        self.save_and_continue.click()
        return Documents(self.portal)
