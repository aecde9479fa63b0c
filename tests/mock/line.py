"""The portal without a browser: the quick way to where a test begins."""

from __future__ import annotations

import http.client
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode, urlsplit

if TYPE_CHECKING:
    from tests.mock.conftest import Mock

FORM = "_searchforemployer_WAR_registrationportlet_"
ADDRESS = "/web/registration/update/update-add-new-employee"
LOGIN = "customlogin_WAR_pksloginportlet"
URLENCODED = "application/x-www-form-urlencoded"
PDF = b"%PDF-1.4\n%%EOF\n"
UNKNOWN = "920314005111"  # birthplace 00 is not in use
PASSPORT = "X0000001"
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
# Indonesia, Visit Pass, Spouse
FOREIGNER = {
    "registrationNo": PASSPORT, "searched": PASSPORT, "registerNewForeignEmployee": "true",
    "nameOfEmployee": "REKAAN CONTOH", "dateOfBirth": "05/05/1990", "gender": "M",
    "nationalityId": "10", "employmentStartDate": "01/06/2025", "passportValidFrom": "01/01/2024",
    "passportValidTo": "31/12/2049", "permitTypeId": "1", "permitNo": "P0000001",
    "permitValidFrom": "01/05/2025", "permitValidTo": "30/04/2049", "nokName": "WARIS REKAAN",
    "nokRelationId": "1", "nokTelephone": "+60300000000", "nokAddress": "JALAN CONTOH 1",
    "nokCountryId": "10", "acknowledgement": "true",
}  # fmt: skip


def multipart(fields: dict[str, str], files: dict[str, bytes]) -> tuple[bytes, str]:
    """A form with files as the browser sends it: body and content type."""
    boundary = "contoh-boundary"
    head = f"--{boundary}\r\nContent-Disposition: form-data; name="
    parts = [f'{head}"{name}"\r\n\r\n{value}\r\n'.encode() for name, value in fields.items()]
    for name, content in files.items():
        parts += [f'{head}"{name}"; filename="borang.pdf"\r\n\r\n'.encode(), content, b"\r\n"]
    return b"".join([*parts, f"--{boundary}--\r\n".encode()]), (
        f"multipart/form-data; boundary={boundary}"
    )


class Line:
    """One signed-in session asking as the page's script does."""

    def __init__(self, mock: Mock) -> None:
        self.facts = mock.facts
        self.connection = http.client.HTTPConnection(urlsplit(mock.address).netloc)
        self.cookie = ""
        self.token = ""
        self.body = ""
        self.key = "1700000000000"

    def ask(
        self, method: str, path: str, body: str | bytes = "", kind: str = URLENCODED
    ) -> http.client.HTTPMessage:
        """One request; keeps cookie, token and body. Gives the headers."""
        headers = {"X-Requested-With": "XMLHttpRequest", "Cookie": f"JSESSIONID={self.cookie}"}
        if method == "POST":
            headers["Content-Type"] = kind
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

    def json(self) -> dict[str, Any]:
        """The last answer, as the page's script reads it."""
        found: dict[str, Any] = json.loads(self.body)
        return found

    def act(
        self,
        address: str,
        name: str,
        fields: dict[str, str],
        files: dict[str, bytes] | None = None,
        portlet: str = FORM.strip("_"),
    ) -> str:
        """An action, with files named after their field; gives where the portal sends the page."""
        query = {
            "p_p_id": portlet, "p_p_lifecycle": 1, "javax.portlet.action": "exeAction",
            "mvcPath": f"/html/{name}.jsp", "p_auth": self.token,
        }  # fmt: skip
        sent = {f"_{portlet}_{key}": value for key, value in fields.items()}
        sent[f"_{portlet}_browserIdKey"] = self.key
        given = {f"_{portlet}_{key}": content for key, content in (files or {}).items()}
        body, kind = multipart(sent, given) if given else (urlencode(sent), URLENCODED)
        headers = self.ask("POST", f"{address}?{urlencode(query)}", body, kind)
        return headers.get("X-Portal-Location", "")

    def log_in(self) -> None:
        """Straight with e-mail and password."""
        self.ask("GET", "/employer/login")
        secrets = {"dto.login": self.facts["email"], "dto.password": self.facts["password"]}
        where = self.act("/employer/login", "login/login", secrets, portlet=LOGIN)
        assert where == "/web/base/myassist"

    def open(self, employer: str) -> str:
        """An empty list for this employer; gives its address."""
        return self.act(ADDRESS, "add_employees/open", {"employerCode": employer})

    def add(self, listing: str, **other: str) -> None:
        """One worker on the list."""
        worker = {f"dto.{key}": value for key, value in {**WORKER, **other}.items()}
        self.act(ADDRESS, "add_employees/employee_save", {"caseId": case_of(listing), **worker})

    def add_foreign(self, listing: str, **other: str) -> None:
        """One foreign worker on the list, with the form about his next of kin."""
        worker = {f"dto.{key}": value for key, value in {**FOREIGNER, **other}.items()}
        fields = {"caseId": case_of(listing), **worker}
        self.act(ADDRESS, "add_employees/foreign_save", fields, {"nokForm": PDF})

    def commit(self, listing: str) -> None:
        """The saved list is filed."""
        self.act(ADDRESS, "add_employees/commit", {"caseId": case_of(listing)})

    def save(self, listing: str) -> str:
        """The list becomes a draft; gives the address of what comes next."""
        return self.act(ADDRESS, "add_employees/list_save", {"caseId": case_of(listing)})


def case_of(address: str) -> str:
    """The case that an address names."""
    return parse_qs(urlsplit(address).query)[f"{FORM}caseId"][0]
