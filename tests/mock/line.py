"""The portal without a browser: the quick way to where a test begins."""

from __future__ import annotations

import http.client
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode, urlsplit

if TYPE_CHECKING:
    from tests.mock.conftest import Mock

FORM = "_searchforemployer_WAR_registrationportlet_"
ADDRESS = "/web/registration/update/update-add-new-employee"
UNKNOWN = "920314005111"  # birthplace 00 is not in use
WORKER = {
    "identificationTypeId": "1",
    "registrationNo": UNKNOWN,
    "searched": UNKNOWN,
    "registerNewEmployee": "true",
    "nameOfEmployee": "BARU BIN CONTOH",
    "dateOfBirth": "14/03/1992",
    "gender": "M",
    "employmentStartDate": "01/06/2025",
    "nationalityId": "12",
    "wagesExceed": "N",
    "acknowledgement": "true",
}


class Line:
    """One signed-in session asking as the page's script does."""

    def __init__(self, mock: Mock) -> None:
        self.facts = mock.facts
        self.connection = http.client.HTTPConnection(urlsplit(mock.address).netloc)
        self.cookie = ""
        self.token = ""
        self.body = ""
        self.key = "1700000000000"

    def ask(self, method: str, path: str, body: str = "") -> http.client.HTTPMessage:
        """One request; keeps cookie, token and body. Gives the headers."""
        headers = {"X-Requested-With": "XMLHttpRequest", "Cookie": f"JSESSIONID={self.cookie}"}
        if method == "POST":
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        self.body = answer.read().decode()
        self.connection.close()  # it opens again by itself
        assert answer.status == http.HTTPStatus.OK, self.body
        self.token = answer.headers["X-P-Auth"]
        cookie = answer.headers.get("Set-Cookie", "")
        if cookie.startswith("JSESSIONID="):
            self.cookie = cookie.partition("=")[2].partition(";")[0]
        return answer.headers

    def act(self, address: str, name: str, fields: dict[str, str]) -> str:
        """An action; gives where the portal sends the page."""
        portlet = "customlogin_WAR_pksloginportlet" if "login" in name else FORM.strip("_")
        query = {
            "p_p_id": portlet, "p_p_lifecycle": 1, "javax.portlet.action": "exeAction",
            "mvcPath": f"/html/{name}.jsp", "p_auth": self.token,
        }  # fmt: skip
        sent = {f"_{portlet}_{key}": value for key, value in fields.items()}
        sent[f"_{portlet}_browserIdKey"] = self.key
        headers = self.ask("POST", f"{address}?{urlencode(query)}", urlencode(sent))
        return headers.get("X-Portal-Location", "")

    def log_in(self) -> None:
        """Straight with e-mail and password."""
        self.ask("GET", "/employer/login")
        secrets = {"dto.login": self.facts["email"], "dto.password": self.facts["password"]}
        assert self.act("/employer/login", "login/login", secrets) == "/web/base/myassist"

    def open(self, employer: str) -> str:
        """An empty list for this employer; gives its address."""
        return self.act(ADDRESS, "add_employees/open", {"employerCode": employer})

    def add(self, listing: str, **other: str) -> None:
        """One worker on the list."""
        worker = {f"dto.{key}": value for key, value in {**WORKER, **other}.items()}
        self.act(ADDRESS, "add_employees/employee_save", {"caseId": case_of(listing), **worker})

    def save(self, listing: str) -> str:
        """The list becomes a draft; gives the address of what comes next."""
        return self.act(ADDRESS, "add_employees/list_save", {"caseId": case_of(listing)})


def case_of(address: str) -> str:
    """The case that an address names."""
    return parse_qs(urlsplit(address).query)[f"{FORM}caseId"][0]
