"""The look ``harbour``: the portal as a house of 2026 builds it, on a kit of parts for React.

Routes of an app router, actions below ``/api``, Malay names of fields, ids that are made anew
for every answer, sheets, toasts, lists of cards.
"""

from __future__ import annotations

import re
import zlib
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from mock_portal.skins import Renamed, _begun
from mock_portal.skins.harbour import words

if TYPE_CHECKING:
    from mock_portal.labels import Speech

APP, API = "/app/", "/api/"
INSIDE = ("_rsc", "1")  # what a page asks for by itself
_OWN = re.compile(r"_([a-z]+_WAR_[a-z]+)_(.+)")
_TYPED = re.compile(r"([0-9]{2})-([0-9]{2})-([0-9]{4})")
_DAY = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})")
_MONTH = re.compile(r"([0-9]{2})/([0-9]{4})")
_DIGITS = "0123456789abcdefghijklmnopqrstuv"
_SEARCHER = "_searchforemployee_WAR_registrationportlet_obj."
_UPDATE = "/web/registration/update/"
_SEARCH = "/web/registration/search/"
_CONTRIBUTION = "/web/contribution/contribution/"

# Screens and actions, by the mock's names; others have hyphens for lines.
SCREENS = {
    "form": "borang",
    "list": "senarai",
    "workers": "pekerja",
    "eis": "sip",
    "documents": "lampiran",
    "preview": "semakan",
    "generated": "janaan",
    "popup": "butiran",
    "foreign_popup": "butiran-asing",
    "document_popup": "lampiran-baharu",
    "options": "pilihan",
    "form_options": "pilihan-borang",
    "case": "kes",
    "month": "bulan",
    "month_choice": "pilih-bulan",
    "other_month": "bulan-lain",
    "submit_check": "sedia",
    "employers": "majikan",
    "record": "rekod",
    "next": "kenal",
    "login": "masuk",
    "open": "buka",
    "remove": "buang",
    "commit": "serah",
    "lens": "cari-orang",
    "foreign_lens": "cari-asing",
    "brn_lens": "cari-perniagaan",
    "form_save": "simpan-borang",
    "list_save": "simpan-senarai",
    "eis_save": "simpan-sip",
    "workers_save": "simpan-pekerja",
    "documents_save": "simpan-lampiran",
    "employee_save": "simpan-butiran",
    "foreign_save": "simpan-asing",
    "employee_remove": "buang-pekerja",
    "employee_add": "pilih-pekerja",
    "dates_update": "guna-tarikh",
    "document_add": "muat-naik",
    "document_remove": "buang-lampiran",
    "upload": "hantar-fail",
    "choose_month": "tetap-bulan",
    "other_open": "buka-bulan",
    "edit": "ubah-draf",
    "draft_save": "simpan-draf",
    "draft_remove": "buang-draf",
    "drafts_remove": "buang-terpilih",
    "wages_save": "simpan-gaji",
    "complete": "muktamad",
}
_SCREENS_OWN = {shown: own for own, shown in SCREENS.items()}

# Forms, buttons and dialogs; others have a number.
MARKS = {
    "searchForm": "borang-carian", "employerForm": "borang-majikan", "monthForm": "borang-bulan",
    "documentForm": "borang-lampiran", "resignForm": "borang-berhenti",
    "cessationForm": "borang-tamat", "uploadForm": "borang-fail", "draftForm": "borang-draf",
    "wagesForm": "borang-gaji", "employeeForm": "borang-pekerja",
    "foreignEmployeeForm": "borang-asing", "updateEmployeeForm": "borang-ubah",
    "newegfSubmit": "butang-teruskan", "saveNContinueFormBtnId": "butang-teruskan",
    "disBizResignedDtSubmit": "butang-teruskan", "updateEmployerSubmitBtn": "butang-teruskan",
    "btnSubmitId": "butang-hantar", "exitBtnId": "butang-hantar", "searchBtn": "butang-cari",
    "regNoButton": "butang-semak", "searchEmployeeInfo": "butang-semak",
    "searchForeignEmployeeInfo": "butang-semak", "saveDraftBtnId": "butang-draf",
    "completeBtnId": "butang-lengkap", "removeDraftsBtnId": "butang-padam",
    "uploadBtnId": "butang-fail", "updateResignDateBtn": "butang-tarikh",
    "nextBtnId": "butang-seterusnya",
    "removeDialog": "dialog-padam", "commitDialog": "dialog-hantar", "exitDialog": "dialog-hantar",
    "branchDialog": "dialog-cawangan", "closureDialog": "dialog-penutupan",
}  # fmt: skip


class Harbour(Renamed):
    """See docs/harbour.md."""

    key = "harbour"
    labels = words.LABELS
    rows_per_page = 20
    resumes = True
    bilingual = True
    once = "csrf"
    columns = (
        "no", "file", "reference", "number", "name", "nameOfEmployee", "nric", "registrationNo",
        "type", "ssfw", "month", "code", "wages", "employer", "employee", "line", "position",
        "message", "entity", "liability", "nationality", "gender", "race", "birth", "start", "eis",
        "resigned", "description", "remarks", "uploaded", "date", "employees",
        "socso_employer", "socso_employee", "eis_employer", "eis_employee", "skbbk", "total",
        "amount", "paid", "received", "status", "reason", "action",
    )  # fmt: skip
    addresses = MappingProxyType({
        "/employer/login": "/log-masuk",
        "/c/portal/logout": "/log-keluar",
        "/c/portal/update_language": "/bahasa",
        "/c/portal/extend_session": "/sesi/lanjut",
        "/c/portal/code": "/akaun/pengesahan",
        "/c/portal/terms": "/akaun/syarat",
        "/c/portal/must_change_password": "/akaun/kata-laluan",
        "/c/portal/reminder": "/akaun/soalan",
        "/web/base/myassist": "/app/utama",
        "/web/registration/myassist": "/app/tugasan",
        "/web/contribution/myassist": "/app/caruman",
        "/web/payment/myassist": "/app/bayaran",
        "/web/inspection/myassist": "/app/pemeriksaan",
        "/web/registration/registration": "/app/majikan/daftar",
        f"{_UPDATE}update-employer-information": "/app/majikan/profil",
        f"{_UPDATE}update-director/owner-information": "/app/majikan/pemilik",
        f"{_UPDATE}update-add-supporting-document": "/app/majikan/dokumen",
        f"{_UPDATE}form-1a-cessation-as-employer-discontinue-business-": "/app/majikan/tamat",
        "/web/registration/eis-update/form-3-eis-cessation-as-employer": "/app/majikan/tamat-sip",
        f"{_UPDATE}update-add-new-employee": "/app/pekerja/tambah",
        f"{_UPDATE}update-add-employee-resigned-date": "/app/pekerja/berhenti",
        f"{_UPDATE}update-employee-information-employer-": "/app/pekerja/maklumat",
        f"{_UPDATE}update-employee-information-employee-": "/app/pekerja/maklumat-sendiri",
        f"{_SEARCH}search-pending-case-for-add-supporting-document": "/app/kes/dokumen",
        f"{_CONTRIBUTION}socso-eis": "/app/caruman/bersama",
        f"{_CONTRIBUTION}socso-eis/text-file": "/app/caruman/bersama/fail",
        f"{_CONTRIBUTION}socso/new-submission": "/app/caruman/akta-4",
        f"{_CONTRIBUTION}socso/new-submission/text-file": "/app/caruman/akta-4/fail",
        f"{_CONTRIBUTION}eis/new-submission": "/app/caruman/akta-800",
        f"{_CONTRIBUTION}eis/new-submission/text-file": "/app/caruman/akta-800/fail",
        "/web/contribution/review/acr": "/app/penyata/acr",
        "/web/contribution/review/ecr": "/app/penyata/ecr",
        "/documents/registration/": "/muat-turun/kes/",
        "/documents/contribution/": "/muat-turun/caruman/",
    })  # fmt: skip
    moved = frozenset({"/employer/login", "/web/base/myassist", "/web/registration/myassist"})
    others = MappingProxyType(
        {
            f"{_SEARCHER}searchEmployeeType": "cariPekerjaMengikut",
            f"{_SEARCHER}searchEmployeeData": "cariPekerja",
        }
    )
    days = frozenset({
        "dto.dateOfBirth", "dto.employmentStartDate", "dto.passportValidFrom",
        "dto.passportValidTo", "dto.permitValidFrom", "dto.permitValidTo",
        "dto.employementResignDate", "dto.sipEmploymentResignDate",
        "dto.temporaryClosureNoEmployeeFrom", "dto.temporaryClosureNoEmployeeTill",
    })  # fmt: skip
    names = MappingProxyType({
        # parameters
        "caseId": "kes", "documentId": "dok", "lineId": "baris", "workerId": "pekerjaId",
        "employerCode": "majikan", "contributionMonth": "bulan", "contributionId": "caruman",
        "draftId": "draf", "done": "selesai", "cur": "ms", "curForeign": "msAsing",
        "curChanged": "msUbah", "curLeaving": "msHenti", "paper": "kertas", "parent": "induk",
        "again": "semula", "searched": "dicari", "replace": "ganti", "round": "pusingan",
        "recordNumber": "noRekod", "type": "jenis", "browserIdKey": "tetingkap",
        # papers
        "uploadFile": "fail", "remarks": "catatan", "obj.docTypeId": "jenisDokumen",
        "nokForm": "waris.borang", "uploadIdentificationCard": "salinanKp",
        # searches
        "obj.searchEmployerType": "cariMajikanMengikut", "obj.searchEmployerData": "cariMajikan",
        "obj.searchPendingCaseType": "cariKesMengikut", "obj.searchPendingCaseData": "cariKes",
        "dto.searchEmployeeData": "carian", "dto.moduleId": "modul",
        "dto.trxReferenceNum": "noRujukan", "dto.employerCode": "kodMajikan",
        # the way in
        "dto.login": "emel", "dto.password": "kataLaluan",
        # a worker
        "dto.identificationTypeId": "jenisPengenalan", "dto.registrationNo": "noDaftar",
        "dto.searched": "disemak", "dto.oldIc": "noKpLama", "dto.nameOfEmployee": "namaPekerja",
        "dto.dateOfBirth": "tarikhLahir", "dto.gender": "jantina", "dto.raceId": "bangsa",
        "dto.employmentStartDate": "tarikhMula", "dto.occupationId": "pekerjaan",
        "dto.subOccupationId": "pekerjaanSub", "dto.subOccupationListId": "pekerjaanPerinci",
        "dto.nationalityId": "warganegara", "dto.wagesExceed": "gajiMelebihi",
        "dto.acknowledgement": "akuan", "dto.registerNewEmployee": "orangBaharu",
        "dto.registerNewForeignEmployee": "asingBaharu", "dto.ssfwNo": "noKeselamatan",
        "dto.passportValidFrom": "pasport.mula", "dto.passportValidTo": "pasport.tamat",
        "dto.permitTypeId": "pas.jenis", "dto.permitNo": "pas.nombor",
        "dto.permitValidFrom": "pas.mula", "dto.permitValidTo": "pas.tamat",
        "dto.nokName": "waris.nama", "dto.nokRelationId": "waris.hubungan",
        "dto.nokTelephone": "waris.telefon", "dto.nokAddress": "waris.alamat",
        "dto.nokCountryId": "waris.negara", "dto.additionalIdNo": "noTambahan",
        # an employer
        "dto.businessEntityId": "entiti", "dto.subBusinessEntityId": "entitiSub",
        "dto.subBusinessEntityListId": "entitiSenarai", "dto.registeredWithSsm": "ssm",
        "dto.registeredAsABranch": "cawangan", "dto.industryName": "namaMajikan",
        "dto.industryNameDropDownId": "namaMajikanSenarai",
        "dto.postalAddress1": "surat.baris1", "dto.postalAddress2": "surat.baris2",
        "dto.postalAddress3": "surat.baris3", "dto.stateId": "surat.negeri",
        "dto.cityId": "surat.bandar", "dto.postCode": "surat.poskod", "dto.poBox": "surat.peti",
        "dto.lockedBagNo": "surat.beg", "wdt": "wdt", "dto.socsoOfficeLocationId": "pejabat",
        "dto.samePostalAddress": "premisSama",
        "dto.asIndustryAddress1": "premis.baris1", "dto.asIndustryAddress2": "premis.baris2",
        "dto.asIndustryAddress3": "premis.baris3", "dto.asStateId": "premis.negeri",
        "dto.asCityId": "premis.bandar", "dto.asPostCode": "premis.poskod",
        "dto.aspoBox": "premis.peti", "dto.aslockedBagNo": "premis.beg",
        "dto.telNoBack": "telefon", "dto.telNoBack_2": "telefon2", "dto.telNoBack_3": "telefon3",
        "dto.moblieNoBack": "bimbit", "dto.moblieNoBack_2": "bimbit2",
        "dto.moblieNoBack_3": "bimbit3", "dto.faxNoBack": "faks", "dto.faxNoBack_2": "faks2",
        "dto.faxNoBack_3": "faks3", "dto.industryCodeId": "industri",
        "dto.subIndustryCodeListId": "industriSub", "dto.email": "emelMajikan",
        "dto.methodsOfContributionPaymentId": "kaedahBayaran",
        "dto.serviceTypeId": "jenisPerkhidmatan", "dto.inductionVenueId": "taklimat",
        # the end
        "dto.registrationNumber": "noPerniagaan", "dto.employerStatus": "statusMajikan",
        "dto.employerStatusReason": "sebabStatus", "dto.changeEmployerStatusTo": "statusBaharu",
        "dto.temporaryClosureNoEmployeeFrom": "tutup.mula",
        "dto.temporaryClosureNoEmployeeTill": "tutup.tamat",
        "dto.employementResignDate": "tarikhBerhenti",
        "dto.sipEmploymentResignDate": "tarikhBerhentiSip",
        "dto.employeeSelection": "pilihanPekerja",
        # contributions
        "dto.contributionMonth": "bulanCaruman", "dto.wages": "gaji",
    })  # fmt: skip

    # --- addresses -------------------------------------------------------------------------------

    def outward(self, address: str) -> str:
        """A screen is a route below the portlet's; an action is the same below ``/api``."""
        parts = urlsplit(address)
        path = _begun(parts.path, self._shown)
        if path is None:
            return address
        given = dict(parse_qsl(parts.query, keep_blank_values=True))
        screen = given.pop("mvcPath", "").rpartition("/")[2].removesuffix(".jsp")
        acts = given.pop("p_p_lifecycle", "0") == "1"
        inside = given.pop("p_p_state", "") == "exclusive"
        for mere in ("p_p_id", "javax.portlet.action"):
            given.pop(mere, None)
        if acts or screen not in {"", "view"}:
            path += f"/{SCREENS.get(screen, screen.replace('_', '-'))}"
        if acts:
            path = API + path.removeprefix(APP).removeprefix("/")
        query = {self.name(name): value for name, value in given.items()}
        query |= dict([INSIDE]) if inside else {}
        return path + (f"?{urlencode(query)}" if query else "")

    def inward(self, path: str, query: str) -> tuple[str, str, str]:
        """The same the other way round."""
        given = parse_qsl(query, keep_blank_values=True)
        acts = path.startswith(API)
        plain = path
        if acts:
            rest = path.removeprefix(API)
            plain = f"/{rest}" if rest.startswith("log-masuk/") else f"{APP}{rest}"
        own = _begun(plain, self._own)
        if own is None:
            return "/nowhere", "", ""
        screen = ""
        if own not in self.portlets:
            base, _, last = own.rpartition("/")
            if base in self.portlets:
                own, screen = base, _SCREENS_OWN.get(last, last.replace("-", "_"))
        portlet = self.portlets.get(own)
        if portlet is None:
            return own, query, ""
        asked = [("p_p_id", portlet.id), ("p_p_lifecycle", str(int(acts)))]
        asked.append(("p_p_state", "exclusive" if INSIDE in given else "normal"))
        if screen:
            asked.append(("mvcPath", f"/html/{portlet.folder}/{screen}.jsp"))
        renamed = self.renamed(portlet.id, [pair for pair in given if pair != INSIDE])
        return own, urlencode([*asked, *renamed]), portlet.id

    # --- names -----------------------------------------------------------------------------------

    def mark(self, own: str) -> str:
        """An id that stays: of a form, a dialog, a button."""
        found = _OWN.fullmatch(own)
        short = found[2] if found else own
        return MARKS.get(short) or "c" + self.ident(short, self.key)[2:].strip("_")

    def ident(self, own: str, salt: str) -> str:
        """An id that is made anew for each answer: of a field and what belongs to it."""
        number, made = zlib.crc32(f"{salt} {own}".encode()), ""
        for _ in range(6):
            number, digit = divmod(number, len(_DIGITS))
            made += _DIGITS[digit]
        return f"_r_{made}_"

    def _as_own(self, portlet: str, name: str, value: Any) -> tuple[str, Any]:
        own, value = super()._as_own(portlet, name, value)
        found = _OWN.fullmatch(own)
        day = _TYPED.fullmatch(value) if found and isinstance(value, str) else None
        return own, "/".join(day.groups()) if day and found and found[2] in self.days else value

    # --- how values read -------------------------------------------------------------------------

    def shown(self, value: Any, t: Speech) -> str:
        """Days and months in words."""
        text = str(value)
        return ", ".join(self._piece(piece, t) for piece in text.split(", "))

    def _piece(self, text: str, t: Speech) -> str:
        day, month = _DAY.fullmatch(text), _MONTH.fullmatch(text)
        if day and 1 <= int(day[2]) <= 12:  # noqa: PLR2004  months
            return f"{day[1]} {t.of(words.SHORT[int(day[2]) - 1])} {day[3]}"
        if month and 1 <= int(month[1]) <= 12:  # noqa: PLR2004  months
            return f"{t.of(words.MONTHS[int(month[1]) - 1])} {month[2]}"
        return text

    def typed(self, value: Any) -> str:
        """A day as its box has it."""
        day = _DAY.fullmatch(str(value))
        return "-".join(day.groups()) if day else str(value)

    def worded(self, message: Any, t: Speech) -> str:
        """What the portal says, in the session's language."""
        text = str(message)
        said = t.say(text)
        if said != text or not text:
            return said
        sent = re.fullmatch(r"Your Request (.+) Has Been Submitted Successfully\.", text)
        if sent:
            return t.of(words.SENT).format(t.say(sent[1]))
        for shape, label in words.SHAPES:
            if re.fullmatch(shape, text):
                return re.sub(shape, t.of(label), text)
        sentences = re.split(r"(?<=[.!]) (?=[A-Z])", text)
        if len(sentences) == 1:
            return text
        return " ".join(self.worded(sentence, t) for sentence in sentences)

    def choice(self, text: str, t: Speech) -> str:
        """An option of a list: a month, a word of the portal's, or what the list has."""
        return t.say(text) if text in words.CHOICES else self._piece(text, t)

    def item(self, field: str, value: str, t: Speech) -> str:
        """A value in a review."""
        return t.say(value) if field in words.WORDY else self.shown(value, t)

    def described(self, text: str, t: Speech) -> str:
        """What the inbox says of a case."""
        title = next((title for title in words.TITLES if text.startswith(title)), "")
        return t.say(title) + text.removeprefix(title) if title else text

    def money(self, text: Any) -> str:
        """An amount as a table has it."""
        return f"RM {text}" if re.fullmatch(r"-?[\d,]+\.\d\d", str(text)) else str(text)

    def script(self, t: Speech) -> dict[str, Any]:
        """The words and names that the page's script needs."""
        return {
            "words": {key: t.of(label) for key, label in words.SCRIPT.items()},
            "months": [t.of(month) for month in words.MONTHS],
            "messages": {text: t.say(text) for text in words.MESSAGES},
            "shapes": [
                [shape, re.sub(r"\\(\d)", r"$\1", t.of(label))] for shape, label in words.SHAPES
            ],
        }
