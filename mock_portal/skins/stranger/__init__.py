"""The portal as a house that knows of no other look may ship it: its names and addresses.

A screen is the last part of the address and an action a handler: ``/Employer/Hires/List?Case=17``,
``/Employer/Hires?handler=Commit``. Fields are ``Input.FullName`` with the id ``Input_FullName``;
days are shown and typed as dd-mm-yyyy. kit.html is its parts.
"""

from __future__ import annotations

import re
import zlib
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from mock_portal.shell import MENU
from mock_portal.skins import DO, Renamed
from mock_portal.skins.stranger.words import KIT, LABELS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mock_portal.labels import Label

_UPDATE = "/web/registration/update"
_MONTHLY = "/web/contribution/contribution"
_SCHEDULE, _IMPORT = "/Contribution/Schedule", "/Contribution/Import"
_SEARCHED = "_searchforemployee_WAR_registrationportlet_obj"
_FIELD = re.compile(r"Input\.([A-Z]\w*)")
_OF_A_FIELD = re.compile(r"_[a-z]+_WAR_[a-z]+_((?:dto|obj)\..+)")
_LOOSE = ("_remarks", "_uploadFile", "_uploadIdentificationCard", "_nokForm", "_wdt")
_SLASHED = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})")
_DASHED = re.compile(r"([0-9]{1,2})-([0-9]{1,2})-([0-9]{4})")


class Stranger(Renamed):
    """Screens of a last part, handlers, fields below ``Input``, days with dashes."""

    key = "stranger"
    once = "__RequestVerificationToken"
    rows_per_page = 15
    resumes = True
    bilingual = True
    menu = MENU  # of every page, not only of the registration's
    words: Mapping[str, Label] = MappingProxyType(KIT)
    labels = MappingProxyType(LABELS)
    addresses = MappingProxyType(
        {
            "/employer/login": "/Account/SignIn",
            "/web/base/myassist": "/Home/Index",
            "/web/registration/myassist": "/Employer/Tasks",
            "/web/registration/registration": "/Employer/Enrolment",
            f"{_UPDATE}/update-add-new-employee": "/Employer/Hires",
            f"{_UPDATE}/update-add-employee-resigned-date": "/Employer/Separations",
            f"{_UPDATE}/update-employee-information-employer-": "/Employer/StaffDetails",
            f"{_UPDATE}/update-employer-information": "/Employer/Profile",
            f"{_UPDATE}/form-1a-cessation-as-employer-discontinue-business-": ("/Employer/Closure"),
            "/web/registration/eis-update/form-3-eis-cessation-as-employer": (
                "/Employer/EisClosure"
            ),
            "/web/registration/search/search-pending-case-for-add-supporting-document": (
                "/Employer/Queries"
            ),
            "/web/registration/": "/Employer/Other/",
            "/web/contribution/myassist": "/Contribution/Index",
            f"{_MONTHLY}/socso-eis/text-file": f"{_IMPORT}/Joint",
            f"{_MONTHLY}/socso/new-submission/text-file": f"{_IMPORT}/Socso",
            f"{_MONTHLY}/eis/new-submission/text-file": f"{_IMPORT}/Eis",
            f"{_MONTHLY}/socso-eis": f"{_SCHEDULE}/Joint",
            f"{_MONTHLY}/socso/new-submission": f"{_SCHEDULE}/Socso",
            f"{_MONTHLY}/eis/new-submission": f"{_SCHEDULE}/Eis",
            "/web/contribution/review/acr": "/Contribution/Statements/Acr",
            "/web/contribution/review/ecr": "/Contribution/Statements/Ecr",
            "/web/payment/myassist": "/Payment/Index",
            "/web/inspection/myassist": "/Inspection/Index",
            "/web/": "/Content/",
            "/documents/": "/Files/",
            "/c/portal/update_language": "/Culture/Set",
            "/c/portal/logout": "/Account/SignOut",
            "/c/portal/extend_session": "/Account/KeepAlive",
            "/c/portal/": "/Account/Step/",
        }
    )
    moved = frozenset({"/employer/login", "/web/base/myassist", "/c/portal/logout"})
    names = MappingProxyType(
        {
            "dto.login": "Input.UserId",
            "dto.loginShown": "Input.UserIdShown",
            "dto.password": "Input.Secret",
            "dto.registrationNo": "Input.IdNumber",
            "dto.registrationNumber": "Input.SsmNumber",
            "dto.nameOfEmployee": "Input.FullName",
            "dto.identificationTypeId": "Input.IdKind",
            "dto.dateOfBirth": "Input.BirthDate",
            "dto.employmentStartDate": "Input.HiredOn",
            "dto.employementResignDate": "Input.LastDay",
            "dto.sipEmploymentResignDate": "Input.LastDayEis",
            "dto.employeeSelection": "Input.WhoLeaves",
            "dto.gender": "Input.Sex",
            "dto.raceId": "Input.Ethnicity",
            "dto.nationalityId": "Input.Citizenship",
            "dto.acknowledgement": "Input.Accepted",
            "dto.registerNewEmployee": "Input.NewPerson",
            "dto.registerNewForeignEmployee": "Input.NewForeigner",
            "dto.wages": "Input.Pay",
            "dto.wagesExceed": "Input.PaidOverLimit",
            "dto.trxReferenceNum": "Filter.Reference",
            "dto.moduleId": "Filter.Area",
            "dto.employerCode": "Input.CompanyCode",
            "dto.searched": "Input.LookedUp",
            "dto.searchEmployeeData": "Filter.StaffTerm",
            "obj.searchEmployerType": "Filter.CompanyBy",
            "obj.searchEmployerData": "Filter.CompanyTerm",
            "obj.searchPendingCaseType": "Filter.CaseBy",
            "obj.searchPendingCaseData": "Filter.CaseTerm",
            "obj.docTypeId": "Input.PaperKind",
            "searched": "Filtered",
            "caseId": "Case",
            "lineId": "Row",
            "workerId": "Person",
            "employerCode": "Company",
            "contributionId": "Schedule",
            "contributionMonth": "WageMonth",
            "recordNumber": "Statement",
            "documentId": "Attachment",
            "draftId": "Marked",
            "paper": "Paper",
            "type": "Kind",
            "cur": "PageNo",
            "curForeign": "PageNoForeign",
            "curChanged": "PageNoAmended",
            "curLeaving": "PageNoLeaving",
            "done": "Saved",
            "parent": "Above",
            "again": "Retry",
            "round": "Round",
            "replace": "Replace",
            "remarks": "Input.Notes",
            "uploadFile": "Input.Upload",
            "uploadIdentificationCard": "Input.CardCopy",
            "nokForm": "Input.KinForm",
            "wdt": "Input.Wdt",
            "browserIdKey": "WindowKey",
        }
    )
    others = MappingProxyType(
        {
            f"{_SEARCHED}.searchEmployeeType": "Filter.StaffBy",
            f"{_SEARCHED}.searchEmployeeData": "Filter.StaffFind",
        }
    )
    typed = frozenset(  # the fields of a day
        f"dto.{field}"
        for field in (
            *("dateOfBirth", "employmentStartDate", "employementResignDate"),
            *("sipEmploymentResignDate", "passportValidFrom", "passportValidTo"),
            *("permitValidFrom", "permitValidTo"),
            *("temporaryClosureNoEmployeeFrom", "temporaryClosureNoEmployeeTill"),
        )
    )
    columns = (
        *("no", "nric", "registrationNo", "name", "nameOfEmployee", "month", "number", "employer"),
        *("code", "reference", "file", "start", "eis", "resigned", "birth", "nationality", "race"),
        *("gender", "type", "line", "message", "position", "employees", "wages", "status"),
        *("reason", "entity", "liability", "description", "date", "aging", "remarks"),
    )

    # --- as it is shown ------------------------------------------------------------------------

    def outward(self, address: str) -> str:
        """With an action as a handler, and a screen as a word of its own."""
        shown = super().outward(address)
        if shown == address:
            return shown
        parts = urlsplit(shown)
        base = super().outward(urlsplit(address).path)
        given = dict(parse_qsl(parts.query, keep_blank_values=True))
        if given.pop("part", ""):
            given["fragment"] = "1"
        tail = parts.path.removeprefix(base)
        if tail.startswith(f"/{DO}/"):
            given = {"handler": _worded(tail.removeprefix(f"/{DO}/")), **given}
        elif tail:
            base += f"/{_worded(tail.removeprefix('/'))}"
        return base + (f"?{urlencode(given)}" if given else "")

    def name(self, own: str) -> str:
        """``Input.…`` with a capital, where no other name is listed."""
        _, found, field = own.partition("_dto.")
        if own in self.others or not found or f"dto.{field}" in self.names:
            return super().name(own)
        return f"Input.{field[0].upper()}{field[1:]}"

    def mark(self, own: str) -> str:
        """A field's by its name; of anything else a sum, the same at each load."""
        if own in self.others or _OF_A_FIELD.fullmatch(own) or own.endswith(_LOOSE):
            return self.name(own).replace(".", "_")
        return f"sp{zlib.crc32(own.encode())}"

    def shown(self, value: Any) -> Any:
        """A day with dashes; all else as it is."""
        found = _SLASHED.fullmatch(value) if isinstance(value, str) else None
        return "-".join(found.groups()) if found else value

    # --- as the mock knows it ------------------------------------------------------------------

    def inward(self, path: str, query: str) -> tuple[str, str, str]:
        """The same the other way round."""
        given = dict(parse_qsl(query, keep_blank_values=True))
        act = given.pop("handler", "")
        if given.pop("fragment", ""):
            given["part"] = "1"
        base, _, last = path.rpartition("/")
        if act:
            path = f"{path}/{DO}/{_plain(act)}"
        elif super().inward(base, "")[2]:
            path = f"{base}/{_plain(last)}"
        return super().inward(path, urlencode(given))

    def _as_own(self, portlet: str, name: str, value: Any) -> tuple[str, Any]:
        field = None if name in self._names else _FIELD.fullmatch(name)
        plain = field[1][0].lower() + field[1][1:] if field else name
        own, value = super()._as_own(portlet, plain, value)
        typed = own.removeprefix(f"_{portlet}_") in self.typed and isinstance(value, str)
        day = _DASHED.fullmatch(value.strip()) if typed else None
        return own, f"{int(day[1]):02}/{int(day[2]):02}/{day[3]}" if day else value


def _worded(tail: str) -> str:
    """``list-save`` as ``ListSave``."""
    return "".join(part.capitalize() for part in tail.split("-"))


def _plain(word: str) -> str:
    """And back."""
    return re.sub(r"(?<!^)[A-Z]", lambda letter: f"-{letter[0]}", word).lower()
