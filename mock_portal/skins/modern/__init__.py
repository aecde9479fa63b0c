"""The portal as it may look after a rebuilding: its names and addresses; kit.html is its parts."""

from __future__ import annotations

from types import MappingProxyType

from mock_portal.labels import Label
from mock_portal.skins import Renamed

_UPDATE = "/web/registration/update"
_MONTHLY = "/web/contribution/contribution"
_SEARCHED = "_searchforemployee_WAR_registrationportlet_obj"


class Modern(Renamed):
    """Native controls, plain addresses, words within what the guides and the facts have."""

    key = "modern"
    once = "ticket"
    rows_per_page = 20
    resumes = True
    addresses = MappingProxyType(
        {
            "/employer/login": "/log-masuk",
            "/web/base/myassist": "/utama",
            "/web/registration/myassist": "/pendaftaran/peti-masuk",
            "/web/registration/registration": "/pendaftaran/majikan/baharu",
            f"{_UPDATE}/update-add-new-employee": "/pendaftaran/pekerja/baharu",
            f"{_UPDATE}/update-add-employee-resigned-date": "/pendaftaran/pekerja/berhenti",
            f"{_UPDATE}/update-employee-information-employer-": "/pendaftaran/pekerja/maklumat",
            f"{_UPDATE}/update-employer-information": "/pendaftaran/majikan/maklumat",
            f"{_UPDATE}/form-1a-cessation-as-employer-discontinue-business-": (
                "/pendaftaran/majikan/penamatan"
            ),
            "/web/registration/eis-update/form-3-eis-cessation-as-employer": (
                "/pendaftaran/majikan/penamatan-sip"
            ),
            "/web/registration/search/search-pending-case-for-add-supporting-document": (
                "/pendaftaran/dokumen/tertunda"
            ),
            "/web/registration/": "/pendaftaran/lain/",
            "/web/contribution/myassist": "/caruman/utama",
            f"{_MONTHLY}/socso-eis": "/caruman/bulanan/gabungan",
            f"{_MONTHLY}/socso/new-submission": "/caruman/bulanan/perkeso",
            f"{_MONTHLY}/eis/new-submission": "/caruman/bulanan/sip",
            "/web/contribution/review": "/caruman/semakan",
            "/web/payment/myassist": "/bayaran",
            "/web/": "/lain/",
            "/documents/": "/muat-turun/",
            "/c/portal/": "/akaun/",
        }
    )
    moved = frozenset({"/employer/login", "/web/base/myassist", "/c/portal/logout"})
    names = MappingProxyType(
        {
            "dto.login": "user",
            "dto.loginShown": "user-shown",
            "dto.password": "secret",
            "dto.registrationNo": "identity-number",
            "dto.registrationNumber": "business-number",
            "dto.nameOfEmployee": "worker-name",
            "dto.identificationTypeId": "identity-kind",
            "dto.dateOfBirth": "born-on",
            "dto.employmentStartDate": "works-from",
            "dto.employementResignDate": "left-on",
            "dto.raceId": "race",
            "dto.nationalityId": "nation",
            "dto.trxReferenceNum": "case-number",
            "dto.searched": "looked-up",
            "dto.searchEmployeeData": "find-worker",
            "obj.searchEmployerType": "find-employer-by",
            "obj.searchEmployerData": "find-employer",
            "obj.searchPendingCaseType": "find-case-by",
            "obj.searchPendingCaseData": "find-case",
            "obj.docTypeId": "paper-kind",
            "searched": "asked",
            "caseId": "case",
            "lineId": "entry",
            "workerId": "worker",
            "employerCode": "employer",
            "contributionId": "return",
            "contributionMonth": "period",
            "recordNumber": "record",
            "documentId": "paper",
            "draftId": "draft",
            "paper": "made-paper",
            "type": "kind",
            "cur": "page",
            "curForeign": "page-foreign",
            "curChanged": "page-changed",
            "curLeaving": "page-leaving",
            "done": "ok",
            "parent": "above",
            "again": "once-more",
            "round": "round",
            "replace": "replace",
            "remarks": "note",
            "uploadFile": "attachment",
            "uploadIdentificationCard": "card-copy",
            "nokForm": "kin-form",
            "wdt": "wdt",
            "browserIdKey": "window",
        }
    )
    others = MappingProxyType(
        {f"{_SEARCHED}.searchEmployeeType": "find-by", f"{_SEARCHED}.searchEmployeeData": "find"}
    )
    # The last days of a cessation are typed as dd/mm/yyyy, as on the screen of 2019.
    days = frozenset(
        f"dto.{field}"
        for field in (
            *("dateOfBirth", "employmentStartDate", "employementResignDate"),
            *("passportValidFrom", "passportValidTo", "permitValidFrom", "permitValidTo"),
        )
    )
    labels = MappingProxyType(
        {
            label.en: label
            for label in (
                Label("SIMPAN DAN TERUSKAN", "SAVE & CONTINUE"),
                Label("TAMBAHAN PEKERJA", "ADD EMPLOYEE"),
                Label("Kemas Kini", "Update"),
                Label("Kemas Kini", "Edit"),
                Label("Lihat", "View"),
                Label("Tambah", "Add"),  # assumed
                Label("Perkara Kes", "Case Item"),
                Label("Muat Naik Dokumen Sokongan", "Upload Supporting Document"),
                Label("CARI", "SEARCH"),
                Label("Draf", "Draft"),
                Label("Diluluskan", "Approved"),
                Label("Menunggu Semakan", "Pending for Review"),
                Label("Dalam Pertanyaan", "Under Query"),
                Label("Ditolak", "Rejected"),
                Label("Aktif", "Active"),
                Label("Tiada rekod dijumpai.", "Record Not Found."),
                Label("Tiada rekod dijumpai.", "No Record Found."),
            )
        }
    )
    columns = (
        *("no", "reference", "number", "message", "name", "nameOfEmployee", "employer", "nric"),
        *("registrationNo", "code", "ssfw", "status", "employees", "month", "uploaded", "start"),
        *("resigned", "birth", "type", "race", "gender", "nationality", "description", "date"),
    )
