"""What the portal gives for a case: number, words, letters (facts 3.4, 4.5)."""

from __future__ import annotations

import re
import shutil
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from rpa.errors import UnexpectedPage, Words, keeping
from rpa.portal import values
from rpa.portal.find import Control, Table, Value, column
from rpa.portal.page import Page
from rpa.rules.choices import squeeze
from rpa.run.filing import Receipt
from rpa.settings import TIME_ZONE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CASE_NUMBER = re.compile(r"^(?:CRN|CAN|CUN|ERN)\d{6}C?\d{8,9}$")


class UpdateResult(Page):
    """The page that says the request has been submitted."""

    number = Value(id="caseNumber", assumed=True)
    employer_code = Value(id="employerCode", assumed=True)
    status = Value(id="taskStatus", assumed=True)
    given = Table(en="Foreign Employee(s) Registered", assumed=True)
    landmark: ClassVar[Control] = number
    patience: ClassVar[str] = "result_s"

    def reference(self) -> str:
        """The case number, when it looks like one (facts 3.4)."""
        number = self.number.read()
        if not CASE_NUMBER.match(number):
            raise UnexpectedPage(
                Words(
                    "Portal menunjukkan nombor kes yang tidak dikenali bentuknya.",
                    "The portal shows a case number of an unknown form.",
                )
            )
        return number

    def message(self) -> str:
        """The portal's own words at the end."""
        strips = self.portal.tab.get_by_text(
            re.compile("Has Been Subm[it]+ed Successfully|BERJAYA")
        )
        with self.portal.doing("UpdateResult.message"):
            return squeeze(" ".join(strips.filter(visible=True).all_inner_texts()))

    def receipt(self, place: Callable[[str], Path]) -> Receipt:
        """Number, words and letters; each letter goes to ``place(file name)``."""
        return Receipt(
            reference=self.reference(),
            at=datetime.now(TIME_ZONE),
            message=self.message(),
            letters=tuple(download_letters(self, place)),
            status=self.status.read(),
            employer_code=self.employer_code.read(),
            numbers=numbers_given(self.given),
        )


def numbers_given(table: Table) -> dict[str, str]:
    """The numbers that foreign workers were given (SSFW, SSFDW), by their identification."""
    if not table.shown():
        return {}
    rows = values.by(table.rows(), lambda row: column(row, "Identification No."), table.key)
    return {who: column(row, "Social Security No.") for who, row in rows.items()}


def download_letters(
    page: Page, place: Callable[[str], Path], link_id: str = "iconDownload"
) -> list[Path]:
    """Every letter of a case. Several links carry the same id (facts 15)."""
    links = page.root.locator(f'a[id="{link_id}"]').filter(visible=True)
    key = f"{type(page).__name__}.letters"
    saved = []
    with page.portal.doing(key):
        found = links.all()
    for link in found:
        download = page.portal.download(link.click, key)
        path = place(download.suggested_filename)
        with page.portal.doing(key):
            came = download.path()
        # Copied here and not by the driver, whose errors do not tell a full disk from a lost file.
        with keeping(path):
            shutil.copyfile(came, path)
            path.chmod(0o600)
        saved.append(path)
    return saved
