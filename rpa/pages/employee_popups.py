"""The popups that take one worker: local, foreign, and the change of one (facts 5.2, 5.3, 10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from playwright.sync_api import expect

from rpa.errors import RowRefused, UnexpectedPage, Words
from rpa.pages.form import Form
from rpa.portal.find import Button, Choice, Control, File, Heading, Radio, Text, Tick, Value
from rpa.portal.page import Dialog

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

TWO_ANSWERS = Words(
    "Kanta di portal tidak menunjukkan sama ada pekerja ini dikenali atau tidak.",
    "The portal's lens does not show whether it knows this worker or not.",
)
IDENTIFICATION_TYPE = "Identification Type"  # an item of the review, not a field of the popup


class PersonPopup(Dialog, Form):
    """A popup that looks a person up by the lens, then takes the rest."""

    marker: ClassVar[str] = "identification"
    FILLED_BY_LENS: ClassVar[tuple[str, ...]]
    # The type of the number in the review.
    type: ClassVar[str]
    # How the record calls the number of the search box.
    number: ClassVar[str] = "identification"

    identification: Text
    lens: Button
    register_new: Tick
    terms: Tick
    save: Button
    known = Value(id="trueImg")
    unknown = Value(id="falseImg")
    is_itself: ClassVar[frozenset[str]] = frozenset({"refusal"})

    def enter(
        self, values: Mapping[str, str], files: Mapping[str, Path], *, again: bool
    ) -> dict[str, str]:
        """Look the person up, fill what is declared, read it back, SIMPAN.

        ``again``: the popup of a listed worker, who was looked up before. Gives what the review
        must show. Raises RowRefused with the popup closed.
        """
        values = dict(values)
        values["identification"] = values.pop(self.number)
        with self.left_when_refused():
            known = self.known.shown() if again else self._look_up(values["identification"])
            open_ones = {f: v for f, v in values.items() if not (known and self._locked(f))}
            self.write(open_ones, files)
            self._agrees(values, known=known)
            held = self.same({f: v for f, v in values.items() if v or not known})
            more = self.held(f for f in values if f not in held)
            self.terms.tick()
            self.save.click()
            self.closed_or_refused(f"{type(self).__name__}.save")
        return {IDENTIFICATION_TYPE: self.type, **self.saved({**held, **more})}

    def _locked(self, field: str) -> bool:
        return field == "identification" or field in self.FILLED_BY_LENS

    def _look_up(self, identification: str) -> bool:
        self.identification.fill(identification)
        self.lens.click()
        answer = self.known.locator().or_(self.unknown.locator())
        with self.portal.doing(f"{type(self).__name__}.lens"):
            expect(answer.or_(self.complaints)).not_to_have_count(0)
        self.refuse_if_complained()
        known, unknown = self.known.shown(), self.unknown.shown()
        if known == unknown:
            raise UnexpectedPage(TWO_ANSWERS, where=f"{type(self).__name__}.lens")
        if unknown:
            self.register_new.tick()
        return known

    def _agrees(self, values: Mapping[str, str], *, known: bool) -> None:
        """What the portal knows of the person is what is declared. Raises RowRefused."""
        told = {f: v for f, v in values.items() if known and v and f in self.FILLED_BY_LENS}
        other = self.labels(self.differing(told, self.held(told)))
        if other:
            raise RowRefused(
                Words(
                    f"Portal mengenali pekerja ini dengan maklumat lain: {other}.",
                    f"The portal knows this worker with other details: {other}.",
                )
            )


class LocalFields(Form):
    """What registration and change of a local worker share (facts 5.2, 10)."""

    old_identification = Text(en="Old Identification No.", name="_dto.oldIc")
    name = Text(en="Name of Employee", name="_dto.nameOfEmployee")
    date_of_birth = Text(en="Date of Birth", name="_dto.dateOfBirth")
    gender = Radio(en="Gender (M/F)", name="_dto.gender", assumed=True)
    race = Choice(en="Race", name="_dto.raceId", assumed=True)
    occupation = Choice(en="Occupation (MASCO)", name="_dto.occupationId", assumed=True)
    sub_occupation = Choice(en="Sub Occupation", name="_dto.subOccupationId", assumed=True)
    sub_occupation_list = Choice(
        en="Sub Occupation List", name="_dto.subOccupationListId", assumed=True
    )
    nationality = Choice(en="Nationality", name="_dto.nationalityId", assumed=True)
    wages_exceed_3000_before_june_2016 = Radio(
        en="Wages Exceed RM3000 Per Month Before 1st Jun 2016",
        name="_dto.wagesExceed",
        assumed=True,
    )


class EmployeePopup(PersonPopup, LocalFields):
    """Add Employee Information."""

    title = Heading(bm="Tambah Maklumat Pekerja", en="Add Employee Information", assumed=True)
    identification = Text(bm="No. KPPN", en="Identification No.", name="_dto.registrationNo")
    lens = Button(id="searchEmployeeInfo")
    register_new = Tick(id="registerNewEmployeeIconId", assumed=True)
    employment_start_date = Text(en="Employment Start Date", name="_dto.employmentStartDate")
    terms = Tick(id="acknowledgementIconId", assumed=True)
    save = Button(bm="SIMPAN", en="SAVE")
    cancel = Button(bm="BATAL", en="CANCEL", assumed=True)
    landmark: ClassVar[Control] = title

    type: ClassVar[str] = "New Identification"
    FILLED_BY_LENS: ClassVar[tuple[str, ...]] = (
        "name", "date_of_birth", "gender", "race", "nationality",
    )  # fmt: skip


class ForeignEmployeePopup(PersonPopup):
    """Maklumat Pekerja Asing, with passport, pass or permit, and next of kin (facts 5.3).

    The guide names its sections; every field in them is assumed (facts 16, 8).
    """

    title = Heading(
        bm="Tambah Maklumat Pekerja Asing", en="Add Foreign Employee Information", assumed=True
    )
    identification = Text(en="Identification No.", name="_dto.registrationNo", assumed=True)
    lens = Button(id="searchForeignEmployeeInfo", assumed=True)
    register_new = Tick(id="registerNewForeignEmployeeIconId", assumed=True)
    name = Text(en="Name of Employee", name="_dto.nameOfEmployee", assumed=True)
    date_of_birth = Text(en="Date of Birth", name="_dto.dateOfBirth", assumed=True)
    gender = Radio(en="Gender (M/F)", name="_dto.gender", assumed=True)
    nationality = Choice(en="Nationality", name="_dto.nationalityId", assumed=True)
    employment_start_date = Text(
        en="Employment Start Date", name="_dto.employmentStartDate", assumed=True
    )
    occupation = Choice(en="Occupation (MASCO)", name="_dto.occupationId", assumed=True)
    sub_occupation = Choice(en="Sub Occupation", name="_dto.subOccupationId", assumed=True)
    sub_occupation_list = Choice(
        en="Sub Occupation List", name="_dto.subOccupationListId", assumed=True
    )
    passport_valid_from = Text(
        en="Passport Valid From", name="_dto.passportValidFrom", assumed=True
    )
    passport_valid_until = Text(en="Passport Valid To", name="_dto.passportValidTo", assumed=True)
    permit_type = Choice(en="Pass/Permit Type", name="_dto.permitTypeId", assumed=True)
    permit_number = Text(en="Pass/Permit No.", name="_dto.permitNo", assumed=True)
    permit_valid_from = Text(en="Pass/Permit Valid From", name="_dto.permitValidFrom", assumed=True)
    permit_valid_until = Text(en="Pass/Permit Valid To", name="_dto.permitValidTo", assumed=True)
    next_of_kin_name = Text(en="Next of Kin Name", name="_dto.nokName", assumed=True)
    next_of_kin_relation = Choice(en="Relationship", name="_dto.nokRelationId", assumed=True)
    next_of_kin_telephone = Text(
        en="Next of Kin Telephone No.", name="_dto.nokTelephone", assumed=True
    )
    next_of_kin_address = Text(en="Next of Kin Address", name="_dto.nokAddress", assumed=True)
    next_of_kin_country = Choice(en="Next of Kin Country", name="_dto.nokCountryId", assumed=True)
    next_of_kin_form = File(
        en="Declaration Form for Dependent of Foreign Worker", name="_nokForm", assumed=True
    )
    terms = Tick(id="acknowledgementIconId", assumed=True)
    save = Button(bm="SIMPAN", en="SAVE")
    cancel = Button(bm="BATAL", en="CANCEL", assumed=True)
    landmark: ClassVar[Control] = title

    type: ClassVar[str] = "Passport Id"
    number: ClassVar[str] = "passport_number"
    FILLED_BY_LENS: ClassVar[tuple[str, ...]] = (
        "name", "date_of_birth", "gender", "nationality",
    )  # fmt: skip


class EmployeeUpdatePopup(Dialog, LocalFields):
    """Update Employee Information: the worker as the portal has him (facts 10)."""

    marker: ClassVar[str] = "identification"

    title = Heading(en="Update Employee Information")
    identification = Text(en="Identification No.", name="_dto.registrationNo")
    additional_identification = Text(
        en="Additional Identification No.", name="_dto.additionalIdNo", assumed=True
    )
    identification_card = File(
        en="Upload Identification Card", name="_uploadIdentificationCard", assumed=True
    )
    save = Button(bm="SIMPAN", en="SAVE")
    cancel = Button(bm="BATAL", en="CANCEL", assumed=True)
    landmark: ClassVar[Control] = title
    is_itself: ClassVar[frozenset[str]] = frozenset({"refusal"})

    def change(self, values: Mapping[str, str], files: Mapping[str, Path]) -> dict[str, str]:
        """Write the changed fields, read them back, SIMPAN. Gives old and new for the review.

        Raises RowRefused with the popup closed.
        """
        told = {field: value for field, value in values.items() if value}
        with self.left_when_refused():
            before = self.held(told)
            self.write(told, files)
            held = self.same(told)
            self.save.click()
            self.closed_or_refused("EmployeeUpdatePopup.save")
        return self.changed(before, held)
