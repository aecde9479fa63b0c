"""The employer's form, by hand and by wire, for the tests; words typed here once more."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode, urlsplit

from playwright.sync_api import expect

from tests.mock.hand import PDF, Hand
from tests.mock.line import WORKER, Line

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.mock.conftest import Mock

REGISTRATION = "newreg_WAR_registrationportlet"
UPDATE = "searchforemployer_WAR_registrationportlet"
FORM_ADDRESS = "/web/registration/registration"
UPDATE_ADDRESS = "/web/registration/update/update-employer-information"
NEW_BRN, KNOWN_BRN = "202601000099", "9900001-X"
TODAY, VENUE = "2025-06-15", "PPN SELANGOR / 15/07/2025 / 14:00"
BLANK = "This field cannot be blank."
# What a registration sends: ids of choices, as the page's own script sends them.
FORM = {
    "businessEntityId": "E1", "subBusinessEntityId": "E1-3", "registrationNo": NEW_BRN,
    "searched": NEW_BRN, "registeredWithSsm": "2", "registeredAsABranch": "N",
    "acknowledgement": "true", "industryName": "Kedai Contoh Sdn. Bhd.",
    "postalAddress1": "No. 1, Jalan Contoh", "stateId": "S3", "cityId": "S3-1",
    "postCode": "S3-1-2", "socsoOfficeLocationId": "O2", "samePostalAddress": "true",
    "telNoBack": "30000011", "industryCodeId": "I2", "subIndustryCodeListId": "I2-1",
    "email": "hr@contoh.example", "methodsOfContributionPaymentId": "P1", "serviceTypeId": "V2",
    "inductionVenueId": VENUE,
}  # fmt: skip
# What an update sends of CONTOH MAJU when nothing is changed.
RECORD = {
    "industryName": "CONTOH MAJU SDN. BHD.", "postalAddress1": "NO. 12, JALAN CONTOH 3",
    "postalAddress2": "TAMAN REKAAN", "stateId": "S1", "cityId": "S1-1", "postCode": "S1-1-1",
    "poBox": "990", "socsoOfficeLocationId": "O1", "samePostalAddress": "true",
    "telNoBack": "30000001", "telNoBack_2": "30000002", "moblieNoBack": "300000003",
    "industryCodeId": "I2", "subIndustryCodeListId": "I2-2", "email": "hr@contoh.example",
    "methodsOfContributionPaymentId": "P1", "serviceTypeId": "V2",
}  # fmt: skip


class Wire(Line):
    """The employer's forms without a browser."""

    def __init__(self, mock: Mock, email: str = "", password: str = "") -> None:
        super().__init__(mock)
        self.mock = mock
        self.facts = {**mock.facts, **({"email": email, "password": password} if email else {})}

    def send(self, name: str, **fields: str) -> str:
        """An action of registration or update; gives where the portal sends the page."""
        registering = name.startswith("register")
        portlet = REGISTRATION if registering else UPDATE
        query = {
            "p_p_id": portlet, "p_p_lifecycle": 1, "javax.portlet.action": "exeAction",
            "mvcPath": f"/html/{name}.jsp", "p_auth": self.token,
        }  # fmt: skip
        sent = {f"_{portlet}_{key}": value for key, value in fields.items()}
        sent[f"_{portlet}_browserIdKey"] = self.key
        address = FORM_ADDRESS if registering else UPDATE_ADDRESS
        headers = self.ask("POST", f"{address}?{urlencode(query)}", urlencode(sent))
        return headers.get("X-Portal-Location", "")

    def register(self, case: str = "", **other: str) -> str:
        """SAVE & CONTINUE on the registration; gives the case, empty when it was refused."""
        form = {f"dto.{key}": value for key, value in {**FORM, **other}.items()}
        return case_in(self.send("register_employer/form_save", caseId=case, **form))

    def errors(self) -> dict[str, str]:
        """What the last SAVE refused, by field."""
        found = json.loads(self.body)["jsonFieldError"]
        return {e["fieldName"].partition("dto.")[2]: e["errorMsg"] for e in found}

    def add_worker(self, case: str, **other: str) -> None:
        """A worker on the registration's list."""
        worker = {f"dto.{key}": value for key, value in {**WORKER, **other}.items()}
        self.send("register_employer/employee_save", caseId=case, **worker)

    def file(self, **other: str) -> str:
        """A whole registration up to CONFIRM; gives the case."""
        case = self.register(**other)
        self.add_worker(case)
        self.send("register_employer/list_save", caseId=case)
        self.send("register_employer/commit", caseId=case)
        return case

    def change(self, employer: str = "E9900001234V", **other: str) -> str:
        """Pencil, form, SAVE & CONTINUE; gives where the portal sends the page."""
        self.case = case_in(self.send("update_employer/open", employerCode=employer))
        return self.save_change(**other)

    def save_change(self, **other: str) -> str:
        """SAVE & CONTINUE on the update of the last case."""
        form = {f"dto.{key}": value for key, value in {**RECORD, **other}.items()}
        return self.send("update_employer/form_save", caseId=self.case, **form)


def case_in(address: str) -> str:
    """The case that an address names; empty when there is none."""
    query = parse_qs(urlsplit(address).query)
    return next((v[0] for k, v in query.items() if k.endswith("_caseId")), "")


class FormHand(Hand):
    """A person at the employer's form."""

    def __init__(self, tab: Page, mock: Mock, portlet: str = REGISTRATION) -> None:
        super().__init__(tab, mock)
        self.portlet = portlet
        self.line = self.wire = Wire(mock)

    def open_form(self) -> None:
        """The empty registration, without the way there."""
        self.arrive()
        self.tab.goto(self.mock.address + FORM_ADDRESS)

    def open_screen(self, name: str, case: str) -> None:
        """A screen of a case by its plain address."""
        address = FORM_ADDRESS if self.portlet == REGISTRATION else UPDATE_ADDRESS
        folder = "register_employer" if self.portlet == REGISTRATION else "update_employer"
        query = {"mvcPath": f"/html/{folder}/{name}.jsp", f"_{self.portlet}_caseId": case}
        self.tab.goto(f"{self.mock.address}{address}?{urlencode(query)}")

    def field(self, name: str) -> Locator:
        """A field by its stable name."""
        return self.tab.locator(f'[name="_{self.portlet}_dto.{name}"]')

    def box(self, name: str) -> Locator:
        """The shown box of a drop-down."""
        return self.tab.locator(f'[id="select2-_{self.portlet}_dto{name}-container"]')

    def choose(self, field: str, option: str) -> None:
        """A choice in a Select2-like drop-down."""
        self.box(field).click()
        self.tab.locator("li.select2-results__option", has_text=option).click()
        expect(self.box(field)).to_have_text(option)

    def look_up(self, number: str) -> None:
        """The BRN and its lens; the answer is there when it returns."""
        self.field("registrationNo").fill(number)
        with self.tab.expect_response(lambda r: "brn_lens" in r.url):
            self.tab.locator("#regNoButton").click()
        expect(self.tab.locator(".blockUI")).to_have_count(0)

    def look_up_worker(self, number: str) -> None:
        """In the popup: a known worker, who began on 01/06/2025, and the terms."""
        super().look_up(number)
        expect(self.tab.locator("#trueImg")).to_be_visible()
        self.field("employmentStartDate").fill("01/06/2025")
        self.tab.locator("#acknowledgementIconId").click()

    def save(self) -> None:
        """SAVE & CONTINUE; what comes then is the test's matter."""
        self.link("SIMPAN & TERUSKAN", "SAVE & CONTINUE").click()

    def complaints(self) -> dict[str, str]:
        """The inline messages of a refused SAVE, by field."""
        with self.tab.expect_response(lambda r: "form_save" in r.url):
            self.save()
        expect(self.tab.locator(".blockUI")).to_have_count(0)
        read = """spans => spans.map(s => [
            s.closest('.controls').querySelector('[name]').name.split('dto.')[1], s.innerText])"""
        return dict(self.tab.locator(".error-inline").evaluate_all(read))

    def fill_form(self) -> None:
        """Everything that is asked for."""
        self.choose("businessEntityId", "Corporation")
        self.choose("subBusinessEntityId", "Sendirian Berhad")
        self.look_up(NEW_BRN)
        self.tab.get_by_label("February 2017 Onwards").check()
        self.tab.locator("#acknowledgementIconId").click()
        self.field("industryName").fill("Kedai Contoh Sdn. Bhd.")
        self.field("postalAddress1").fill("No. 1, Jalan Contoh")
        self.choose("stateId", "Selangor")
        self.choose("cityId", "Shah Alam")
        self.choose("postCode", "40100")
        self.choose("socsoOfficeLocationId", "Pejabat PERKESO Negeri Selangor")
        self.tab.locator("#samePostalAddressIconId").click()
        self.field("telNoBack").fill("30000011")
        self.choose("industryCodeId", "[47] RETAIL TRADE, EXCEPT OF MOTOR VEHICLES AND MOTORCYCLES")
        self.choose("subIndustryCodeListId", "[47111]Provision stores")
        self.choose("methodsOfContributionPaymentId", "Portal")
        self.choose("inductionVenueId", VENUE)

    def upload(self, kind: str) -> None:
        """A paper on the documents page."""
        start = f"_{self.portlet}_"
        self.tab.locator(f'[id="{start}dialogBtn"]').click()
        self.tab.locator(f'[id="select2-{start}objdocTypeId-container"]').click()
        self.tab.locator("li.select2-results__option", has_text=kind).click()
        self.tab.locator(f'[id="{start}uploadFile"]').set_input_files(
            {"name": "borang1.pdf", "mimeType": "application/pdf", "buffer": PDF}
        )
        self.tab.locator(f'[id="{start}addDocumentBtnId"]').click()
        expect(self.tab.get_by_role("dialog")).to_have_count(0)

    def items(self, number: int = 1) -> dict[str, tuple[str, str]]:
        """A Case Item: item name to current and new information."""
        caption = self.tab.locator("caption").get_by_text(f"Case Item {number}", exact=True)
        table = self.tab.locator("table.caseItem").filter(has=caption)
        expect(table).to_be_visible()
        read = "rows => rows.map(r => [...r.cells].map(c => c.innerText.trim()))"
        rows = table.locator("tbody tr").evaluate_all(read)
        return {name: (current, new) for _, name, current, new in rows}
