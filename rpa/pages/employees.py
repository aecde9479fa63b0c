"""Form 2: the list of new workers and its popup (facts 5.1, 5.2)."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from playwright.sync_api import expect

from rpa.errors import ReviewMismatch, RowRefused, UnexpectedPage, Words
from rpa.pages.employer_screen import EmployerScreen
from rpa.pages.supporting_documents import Documents
from rpa.portal.find import (
    Button,
    Choice,
    Control,
    Heading,
    Radio,
    Table,
    Text,
    Tick,
    Value,
    column,
    squeeze,
    whole,
)
from rpa.portal.page import Dialog, Page

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from playwright.sync_api import Locator

    from rpa.pages.preview import Preview
    from rpa.portal.tab import Portal
    from rpa.rules.employee import Employee
    from rpa.run.filing import Document, Row

_DATE = "%d/%m/%Y"
EMPTY: Mapping[str, Mapping[str, str]] = MappingProxyType({})


class EmployeeList(EmployerScreen):
    """Senarai Pekerja Baharu of one employer."""

    title = Heading(en="Form 2 - Employee's Registration Form")
    reference = Value(id="referenceId", assumed=True)
    new_employees = Table(bm="Senarai Pekerja Baharu", en="New Employee(s) Listing")
    add_employee = Button(bm=("TAMBAH PEKERJA", "TAMBAHAN PEKERJA"), en="ADD EMPLOYEE")
    save_and_continue = Button(
        bm=("SIMPAN & TERUSKAN", "SIMPAN DAN TERUSKAN"), en="SAVE & CONTINUE"
    )
    landmark: ClassVar[Control] = title

    def __init__(self, portal: Portal, filled: Mapping[str, Mapping[str, str]] = EMPTY) -> None:
        super().__init__(portal)
        # What the portal itself knew of a worker and the job leaves open, by person and field.
        self.filled = filled

    def persons(self) -> list[str]:
        """The identification numbers listed."""
        rows = self.new_employees.rows()
        return [column(r, "No. Pengenalan", "No. KPPN", "Identification No.") for r in rows]

    def add(self, employee: Employee) -> EmployeeList:
        """TAMBAH PEKERJA, the popup, SIMPAN. Raises RowRefused with the list as it was."""
        self.add_employee.click()
        filled = EmployeePopup(self.portal).enter(employee)
        with self.portal.doing("EmployeeList.new_employees"):
            expect(self.new_employees.row(employee.identification)).to_have_count(1)
        return EmployeeList(self.portal, {**self.filled, employee.identification: filled})

    def save(self) -> SavedCase:
        """SIMPAN & TERUSKAN: the portal keeps the case as a draft and numbers it."""
        self.save_and_continue.click()
        return SavedCase(self.portal)


class SavedCase(Page):
    """The screen after SIMPAN & TERUSKAN: the EIS screen, or at once the documents.

    The EIS screen comes only when a listed worker is of EIS age (facts 6, step 6).
    """

    reference = Value(id="referenceId", assumed=True)
    eis_title = Heading(en="EIS Employee Registration", assumed=True)
    documents_title = Heading(bm="Muat Naik Dokumen Sokongan", en="Upload Supporting Document")
    save_and_continue = Button(
        bm=("SIMPAN & TERUSKAN", "SIMPAN DAN TERUSKAN"), en="SAVE & CONTINUE"
    )
    landmark: ClassVar[Control] = reference

    def documents(self) -> Documents:
        """Past the EIS screen where it stands."""
        with self.portal.doing("SavedCase.documents"):
            expect(self.eis_title.locator().or_(self.documents_title.locator())).to_have_count(1)
        if self.eis_title.shown():
            self.save_and_continue.click()
        return Documents(self.portal)


class EmployeePopup(Dialog):
    """Add Employee Information."""

    title = Heading(bm="Tambah Maklumat Pekerja", en="Add Employee Information", assumed=True)
    identification = Text(en="Identification No.", name="_dto.registrationNo")
    lens = Button(id="searchEmployeeInfo")
    known = Value(id="trueImg")
    unknown = Value(id="falseImg")
    register_new = Tick(id="registerNewEmployeeIconId", assumed=True)
    old_identification = Text(en="Old Identification No.", name="_dto.oldIc")
    name = Text(en="Name of Employee", name="_dto.nameOfEmployee")
    date_of_birth = Text(en="Date of Birth", name="_dto.dateOfBirth")
    gender = Radio(en="Gender (M/F)", name="_dto.gender", assumed=True)
    race = Choice(en="Race", name="_dto.raceId", assumed=True)
    employment_start_date = Text(en="Employment Start Date", name="_dto.employmentStartDate")
    occupation = Choice(en="Occupation (MASCO)", name="_dto.occupationId", assumed=True)
    sub_occupation = Choice(en="Sub Occupation", name="_dto.subOccupationId", assumed=True)
    sub_occupation_list = Choice(
        en="Sub Occupation List", name="_dto.subOccupationListId", assumed=True
    )
    nationality = Choice(en="Nationality", name="_dto.nationalityId", assumed=True)
    wages = Radio(
        en="Wages Exceed RM3000 Per Month Before 1st Jun 2016",
        name="_dto.wagesExceed",
        assumed=True,
    )
    terms = Tick(id="acknowledgementIconId", assumed=True)
    save = Button(bm="SIMPAN", en="SAVE")
    cancel = Button(bm="BATAL", en="CANCEL", assumed=True)
    landmark: ClassVar[Control] = title
    is_itself: ClassVar[frozenset[str]] = frozenset({"refusal"})

    FILLED_BY_LENS: ClassVar[tuple[str, ...]] = (
        "name", "date_of_birth", "gender", "race", "nationality",
    )  # fmt: skip

    def enter(self, employee: Employee) -> dict[str, str]:
        """Look the person up, fill what is declared, read it back, SIMPAN.

        Gives what the portal filled in by itself and the job does not declare.
        """
        declared = form_values(employee)
        known = self._look_up(declared.pop("identification"))
        for field, value in declared.items():
            control = getattr(self, field)
            if value and not (known and field in self.FILLED_BY_LENS) and control.read() != value:
                control.fill(value)
        self._same(declared, known=known)
        filled = self._filled(declared) if known else {}
        self.terms.tick()
        self.save.click()
        self._closed_or_refused()
        return filled

    def _filled(self, declared: dict[str, str]) -> dict[str, str]:
        open_ones = (field for field in self.FILLED_BY_LENS if not declared[field])
        return {field: getattr(self, field).read() for field in open_ones}

    def _look_up(self, identification: str) -> bool:
        self.identification.fill(identification)
        self.lens.click()
        answer = self.known.locator().or_(self.unknown.locator())
        with self.portal.doing("EmployeePopup.lens"):
            expect(answer.or_(self._complaints())).not_to_have_count(0)
        self._refuse_if_complained()
        if self.known.shown():
            return True
        self.register_new.tick()
        return False

    def _same(self, declared: dict[str, str], *, known: bool) -> None:
        """Read back what stands in the popup; the portal may know the person otherwise."""
        other = [
            field
            for field, value in declared.items()
            if (value or not known) and getattr(self, field).read() != value
        ]
        if not other:
            return
        labels = ", ".join(getattr(self, field).en[0] for field in other)
        if known and set(other) <= set(self.FILLED_BY_LENS):
            self._leave()
            raise RowRefused(
                Words(
                    f"Portal mengenali pekerja ini dengan maklumat lain: {labels}.",
                    f"The portal knows this worker with other details: {labels}.",
                )
            )
        raise ReviewMismatch(
            Words(
                f"Borang tidak memegang apa yang ditaip: {labels}.",
                f"The form does not hold what was typed: {labels}.",
            )
        )

    def _complaints(self) -> Locator:
        return self.root.locator(".alert-error, .error-inline").filter(visible=True)

    def _refuse_if_complained(self) -> None:
        words = [squeeze(t) for t in self._complaints().all_inner_texts()]
        if words:
            self._leave()
            raise RowRefused(Words.quoted(" ".join(dict.fromkeys(words))))

    def _closed_or_refused(self) -> None:
        """SIMPAN closes the popup, or the portal says in it what it does not like."""
        closed = self.portal.tab.locator("body").filter(has_not=self.root)
        with self.portal.doing("EmployeePopup.save"):
            expect(closed.or_(self._complaints())).not_to_have_count(0)
        self._refuse_if_complained()

    def _leave(self) -> None:
        self.cancel.click()
        with self.portal.doing("EmployeePopup.cancel"):
            expect(self.root).to_have_count(0)


def form_values(employee: Employee) -> dict[str, str]:
    """A worker as the popup's boxes hold him: dates dd/mm/yyyy, choices in the portal's words.

    The order is the popup's, for a drop-down's cascade goes from the top down.
    """
    return {
        "identification": employee.identification,
        "old_identification": employee.old_identification or "",
        "name": employee.name,
        "date_of_birth": employee.date_of_birth.strftime(_DATE),
        "gender": employee.gender.value if employee.gender else "",
        "race": employee.race or "",
        "employment_start_date": employee.employment_start_date.strftime(_DATE),
        "occupation": employee.occupation or "",
        "sub_occupation": employee.sub_occupation or "",
        "sub_occupation_list": employee.sub_occupation_list or "",
        "nationality": employee.nationality,
        "wages": "Yes" if employee.wages_exceed_3000_before_june_2016 else "No",
    }


# The review's item names in both languages; an item that is not here stops the filing.
ITEMS = {
    "identification_type": ("Jenis Pengenalan", "Identification Type"),
    "identification": ("No. KPPN", "Identification No."),
    "old_identification": ("Old Identification No.",),
    "name": ("Name of Employee",),
    "date_of_birth": ("Date of Birth",),
    "gender": ("Gender (M/F)",),
    "race": ("Race",),
    "employment_start_date": ("Employment Start Date",),
    "occupation": ("Occupation (MASCO)",),
    "sub_occupation": ("Sub Occupation",),
    "sub_occupation_list": ("Sub Occupation List",),
    "nationality": ("Nationality",),
    "wages": ("Wages Exceed RM3000 Per Month Before 1st Jun 2016",),
}


def declared_items(
    employer: str,
    rows: Sequence[Row[Employee]],
    documents: Sequence[Document],
    filled: Mapping[str, Mapping[str, str]],
) -> dict[str, dict[str, str]]:
    """What the review must show for these rows and papers.

    ``filled`` is what the portal knew by itself; the review must show that unchanged as well.
    """
    items = {
        row.record.identification: {
            "identification_type": "New Identification",
            **form_values(row.record),
            **filled.get(row.record.identification, {}),
        }
        for row in rows
    }
    papers = {document.path.name: document.type for document in documents}
    return {"employer": {"code": employer}, **items, "documents": papers}


def shown_items(preview: Preview) -> dict[str, dict[str, str]]:
    """What the review shows, by identification number and field."""
    items: dict[str, dict[str, str]] = {}
    for table in preview.items.all():
        shown = dict(_item(row) for row in table)
        if len(shown) != len(table) or shown.get("identification", "") in {"", *items}:
            raise UnexpectedPage(
                Words(
                    "Semakan portal menunjukkan perkara yang sama dua kali.",
                    "The portal's review shows the same item twice.",
                )
            )
        items[shown["identification"]] = shown
    papers = dict(_paper(row) for row in preview.papers.rows())
    return {"employer": {"code": preview.employer_code.read()}, **items, "documents": papers}


def _item(row: dict[str, str]) -> tuple[str, str]:
    """Field and new value of one line of the review; a name nobody knows keeps its own words."""
    label = column(row, "Nama Perkara", "Item Name")
    known = [field for field, names in ITEMS.items() if whole(names).match(label)]
    return (known[0] if known else label), column(row, "Maklumat Baru", "New Information")


def _paper(row: dict[str, str]) -> tuple[str, str]:
    return column(row, "Dokumen", "Document"), column(row, "Keterangan", "Description")
