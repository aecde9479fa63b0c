"""Words on the screens, in the portal's two languages.

Typed from the facts' tables. Where a Malay word was not seen (`BM ?`) the Malay screen shows the
English one, as the real portal does: it is half English. A procedure's own words stand with its
view; here are those that many screens share.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

BM, EN, MIXED = "bm", "en", "mixed"
LANGUAGES = (BM, EN, MIXED)


class Label(NamedTuple):
    """One text in both languages."""

    bm: str
    en: str


class Fixed(Label):
    """A text that is English on both sides, in every skin."""

    __slots__ = ()


def same(text: str) -> Label:
    """A text whose Malay was not seen (`BM ?`): both screens show it as it is."""
    return Label(text, text)


class Speech:
    """Looks labels up by key in one language; a template writes ``t.submit``.

    ``words`` are shown instead of others: a portal that was renamed. ``instead``: a skin's own
    label for one of these English words.
    """

    def __init__(
        self,
        language: str,
        *books: dict[str, Label],
        words: Mapping[str, str] | None = None,
        instead: Mapping[str, Label] | None = None,
    ) -> None:
        self.language = language
        self._words = words or {}
        self._instead = instead or {}
        self._book = {key: label for book in books for key, label in book.items()}

    def __getitem__(self, key: str) -> str:
        return self.of(self._book[key])

    def of(self, label: Label) -> str:
        """The label's text. Mixed: a label always falls to the same side, by its own hash."""
        if not isinstance(label, Fixed):
            label = self._instead.get(label.en, label)
        in_malay = self.language == BM
        if self.language == MIXED:
            in_malay = bool(zlib.crc32(label.en.encode()) & 1)
        text = label.bm if in_malay else label.en
        return self._words.get(text, text)

    def say(self, word: str) -> str:
        """A word that the portal keeps: a status, a remark."""
        return self.of(same(word))


SHARED: dict[str, Label] = {
    # facts 3.1, 3.2
    "my_sites": Label("MY SITES", "My Sites"),
    "base": Label("UTAMA", "BASE"),
    "registration_site": Label("PENDAFTARAN", "REGISTRATION"),
    "contribution_site": Label("CARUMAN", "CONTRIBUTION"),
    "payment_site": same("Payment"),
    "inspection_site": same("Inspection"),
    "sign_out": same("Sign Out"),
    "myassist": same("MyASSIST"),
    "registration": Label("PENDAFTARAN", "Registration"),
    "update": Label("Kemaskini", "Update"),
    "search_menu": same("Search"),
    "eis_update": same("EIS Update"),
    "extend": same("EXTEND"),
    "rights": Label(
        "Hak Cipta Pertubuhan Keselamatan Sosial (portal latihan)",
        "Copyright Social Security Organisation (practice portal)",
    ),
    "terms_link": Label("Terma & Syarat", "Terms & Conditions"),
    # facts 3.1; assumed: the English words
    "acr_link": Label(
        "Maklumat Caruman & Kutipan (ACR)", "Contribution & Collection Information (ACR)"
    ),
    "ecr_link": Label(
        "Maklumat Caruman & Kutipan SIP (ECR)", "Contribution & Collection Information EIS (ECR)"
    ),
    # facts 1
    "done": same("Your request completed successfully."),
    "please_select": same("Please Select"),
    "close": Label("Tutup", "Close"),
    "search": Label("Cari", "Search"),
    "search_button": same("SEARCH"),
    "edit": Label("Kemaskini", "Edit"),
    "remove": Label("Buang", "Remove"),
    "view": Label("Papar", "View"),
    "action": Label("Tindakan", "Action"),
    "no": same("No."),
    "next_page": same("Next"),
    "previous_page": same("Previous"),
    "not_found": same("Record Not Found."),
    "save": Label("SIMPAN", "SAVE"),
    "cancel": Label("BATAL", "CANCEL"),
    "back": Label("KEMBALI", "BACK"),
    "save_continue": Label("SIMPAN & TERUSKAN", "SAVE & CONTINUE"),
    "confirmation": Label("PENGESAHAN", "CONFIRMATION"),
    "confirm": Label("SAHKAN", "CONFIRM"),
    "remove_question": same("Are you sure you want to delete this record?"),
    # facts 3.4
    "reference_id": same("Reference ID"),
    "employer_name": same("Employer Name"),
    "employer_code": same("Employer Code"),
    "task_status": Label("Status Tugasan", "Task Status"),
    # facts 5.1, columns that several tables share
    "id_type": same("Identification Type"),
    "id_no": same("Identification No."),
    "employee_name": same("Name of Employee"),
    "birth": same("Date of Birth"),
    "gender": same("Gender (M/F)"),
    "application_status": same("Application Status"),
    "start": same("Employment Start Date"),
}
