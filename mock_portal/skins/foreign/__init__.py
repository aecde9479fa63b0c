"""The portal as another team may rebuild it: its names and addresses; kit.html is its parts.

A record stands in the path and an action behind a colon: ``/ep/new-workers/17/list``,
``/ep/new-workers/17:commit``. Ids are counted for each answer and begin with what was drawn for it.
"""

from __future__ import annotations

import re
import secrets
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import g

from mock_portal.skins import Renamed
from mock_portal.skins.foreign.words import KIT, LABELS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mock_portal.labels import Label

_UPDATE = "/web/registration/update"
_MONTHLY = "/web/contribution/contribution"
_RETURNS = "/ep/returns"
_SEARCHED = "_searchforemployee_WAR_registrationportlet_obj"
_RECORD = re.compile(r"(/ep/.+?)/([0-9]+)((?:/[a-z-]+)?)")
_FIELD = re.compile(r"data\[(\w+)\]")
_LASTING = MappingProxyType({"removeDialog": "ep-delete"})  # in the page, named by what comes later


class Foreign(Renamed):
    """A kit of its own, Malay throughout, ids that differ at each load."""

    key = "foreign"
    once = "_token"
    rows_per_page = 10
    resumes = True
    bilingual = True
    words: Mapping[str, Label] = MappingProxyType(KIT)
    labels = MappingProxyType(LABELS)
    addresses = MappingProxyType(
        {
            "/employer/login": "/ep/sign-in",
            "/web/base/myassist": "/ep/home",
            "/web/registration/myassist": "/ep/tasks",
            "/web/registration/registration": "/ep/new-employers",
            f"{_UPDATE}/update-add-new-employee": "/ep/new-workers",
            f"{_UPDATE}/update-add-employee-resigned-date": "/ep/leavers",
            f"{_UPDATE}/update-employee-information-employer-": "/ep/worker-changes",
            f"{_UPDATE}/update-employer-information": "/ep/employer-changes",
            f"{_UPDATE}/form-1a-cessation-as-employer-discontinue-business-": "/ep/closures",
            "/web/registration/eis-update/form-3-eis-cessation-as-employer": "/ep/eis-closures",
            "/web/registration/search/search-pending-case-for-add-supporting-document": (
                "/ep/queries"
            ),
            "/web/registration/": "/ep/registration/",
            "/web/contribution/myassist": "/ep/contributions",
            f"{_MONTHLY}/socso-eis/text-file": "/ep/uploads/both",
            f"{_MONTHLY}/socso/new-submission/text-file": "/ep/uploads/socso",
            f"{_MONTHLY}/eis/new-submission/text-file": "/ep/uploads/eis",
            f"{_MONTHLY}/socso-eis": f"{_RETURNS}/both",
            f"{_MONTHLY}/socso/new-submission": f"{_RETURNS}/socso",
            f"{_MONTHLY}/eis/new-submission": f"{_RETURNS}/eis",
            "/web/contribution/review": "/ep/receipts",
            "/web/payment/myassist": "/ep/payments",
            "/web/inspection/myassist": "/ep/inspections",
            "/web/": "/ep/more/",
            "/documents/": "/ep/files/",
            "/c/portal/update_language": "/ep/language",
            "/c/portal/logout": "/ep/sign-out",
            "/c/portal/extend_session": "/ep/keep-alive",
            "/c/portal/": "/ep/account/",
        }
    )
    moved = frozenset(
        {
            *("/employer/login", "/web/base/myassist", "/web/registration/myassist"),
            "/c/portal/logout",
        }
    )
    names = MappingProxyType(
        {
            "dto.login": "account",
            "dto.loginShown": "account_shown",
            "dto.password": "passcode",
            "dto.registrationNo": "data[ident]",
            "dto.nameOfEmployee": "data[full_name]",
            "dto.identificationTypeId": "data[ident_type]",
            "dto.dateOfBirth": "data[born]",
            "dto.employmentStartDate": "data[hired]",
            "dto.employementResignDate": "data[last_day]",
            "dto.sipEmploymentResignDate": "data[eis_last_day]",
            "dto.gender": "data[sex]",
            "dto.acknowledgement": "data[agreed]",
            "dto.registerNewEmployee": "data[is_new]",
            "dto.registerNewForeignEmployee": "data[is_new_foreign]",
            "dto.wages": "data[pay]",
            "dto.wagesExceed": "data[pay_exceeded]",
            "dto.trxReferenceNum": "ref",
            "dto.employerCode": "data[company]",
            "dto.searched": "data[checked]",
            "dto.searchEmployeeData": "q_worker",
            "obj.searchEmployerType": "by_company",
            "obj.searchEmployerData": "q_company",
            "obj.searchPendingCaseType": "by_case",
            "obj.searchPendingCaseData": "q_case",
            "obj.docTypeId": "doc_type",
            "searched": "looked",
            "caseId": "case",
            "lineId": "row",
            "workerId": "person",
            "employerCode": "company",
            "contributionId": "return",
            "contributionMonth": "month",
            "recordNumber": "receipt",
            "documentId": "doc",
            "draftId": "drafts[]",
            "paper": "form",
            "type": "sort",
            "cur": "p",
            "curForeign": "p_foreign",
            "curChanged": "p_changed",
            "curLeaving": "p_leaving",
            "done": "saved",
            "parent": "of",
            "again": "retry",
            "round": "round",
            "replace": "replace",
            "remarks": "note",
            "uploadFile": "file",
            "uploadIdentificationCard": "ident_card",
            "nokForm": "kin_form",
            "wdt": "wdt",
            "browserIdKey": "tab",
        }
    )
    others = MappingProxyType(
        {f"{_SEARCHED}.searchEmployeeType": "by", f"{_SEARCHED}.searchEmployeeData": "q"}
    )
    columns = (
        *("no", "name", "nameOfEmployee", "employer", "nric", "registrationNo", "code", "ssfw"),
        *("reference", "description", "number", "month", "type", "birth", "gender", "race"),
        *("nationality", "start", "eis", "resigned", "line", "position", "message", "file"),
        *("employees", "amount", "paid", "received", "uploaded", "remarks", "date", "aging"),
        *("module", "workflow", "entity", "liability", "wages"),
    )

    # --- as it is shown ------------------------------------------------------------------------

    def outward(self, address: str) -> str:
        """With the record in the path, and an action behind a colon."""
        shown = super().outward(address)
        if shown == address:
            return shown
        parts = urlsplit(shown)
        base = super().outward(urlsplit(address).path)
        given = dict(parse_qsl(parts.query, keep_blank_values=True))
        tail = parts.path.removeprefix(base)
        record = given.pop(_record(base), "")
        path = f"{base}/{record}" if record else base
        path += re.sub(r"^/do/", ":", tail)
        return path + (f"?{urlencode(given)}" if given else "")

    def name(self, own: str) -> str:
        """``data[…]`` in small letters, where no other name is listed."""
        _, found, field = own.partition("_dto.")
        if own in self.others or not found or f"dto.{field}" in self.names:
            return super().name(own)
        return f"data[{re.sub('[A-Z]', lambda letter: f'_{letter[0].lower()}', field)}]"

    def mark(self, own: str) -> str:
        """Counted as they come, behind what was drawn for this answer."""
        if own in _LASTING:
            return _LASTING[own]
        if "marks" not in g:
            g.marks, g.drawn = {}, 1000 + secrets.randbelow(9000)
        number = g.marks.setdefault(own, len(g.marks) + 1)
        return f"ep-{g.drawn}-{number}"

    # --- as the mock knows it ------------------------------------------------------------------

    def inward(self, path: str, query: str) -> tuple[str, str, str]:
        """The same the other way round."""
        base, _, act = path.partition(":")
        found = _RECORD.fullmatch(base)
        if found and super().inward(found[1], "")[2]:
            base = found[1] + found[3]
            query = "&".join(part for part in (query, f"{_record(found[1])}={found[2]}") if part)
        return super().inward(f"{base}/do/{act}" if act else base, query)

    def _as_own(self, portlet: str, name: str, value: Any) -> tuple[str, Any]:
        field = None if name in self._names else _FIELD.fullmatch(name)
        plain = re.sub("_([a-z])", r"-\1", field[1]) if field else name
        return super()._as_own(portlet, plain, value)


def _record(base: str) -> str:
    """What the number in a path is called: a month's return, else a case."""
    return "return" if base.startswith(_RETURNS) else "case"
