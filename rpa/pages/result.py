"""What the portal gives for a case: number, words, letters (facts 3.4, 4.5)."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from rpa.errors import UnexpectedPage, Words
from rpa.model.filing import Papers, Receipt
from rpa.portal import downloads, values
from rpa.portal.find import Control, Links, Table, Value
from rpa.portal.page import Page
from rpa.portal.profile import in_use
from rpa.rules.vocabulary import END, Remark, status_of_sent
from rpa.settings import TIME_ZONE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

GIVEN_AS = ("identification", "social_security_number")  # columns of the numbers that were given


class UpdateResult(Page):
    """The page that says the request has been submitted."""

    number = Value()
    employer_code = Value()
    status = Value()
    given = Table(*GIVEN_AS)
    letter_links = Links()
    landmark: ClassVar[Control] = number
    patience: ClassVar[str] = "result_s"

    def reference(self) -> str:
        """The case number, when it looks like one (facts 3.4)."""
        number = self.number.read()
        if not in_use().pattern("case_number").fullmatch(number):
            raise UnexpectedPage(
                Words(
                    "Portal menunjukkan nombor kes yang tidak dikenali bentuknya.",
                    "The portal shows a case number of an unknown form.",
                )
            )
        return number

    def message(self) -> str:
        """The portal's own words at the end."""
        known = "|".join(re.escape(words) for words in END.words(Remark.SAID))
        strips = self.portal.tab.get_by_text(re.compile(known, re.IGNORECASE))
        with self.portal.doing("UpdateResult.message"):
            return self.portal.said(strips.filter(visible=True))

    def stands(self) -> str:
        """The case's status; empty when the page shows none. Raises UnknownWord."""
        word = optional(self.status)
        return status_of_sent(word, self.status.key) if word else ""

    def receipt(self, place: Callable[[str], Path]) -> Receipt:
        """Number, words and letters; each letter goes to ``place(file name)``."""
        # The letters come last: whatever becomes of them, the number is known.
        reference, message = self.reference(), self.message()
        self.portal.whole()
        status, code = self.stands(), optional(self.employer_code)
        numbers = numbers_given(self.given)
        letters = download_letters(self.letter_links, place)
        return Receipt(
            reference=reference,
            at=datetime.now(TIME_ZONE),
            message=message,
            letters=letters.saved,
            status=status,
            employer_code=code,
            numbers=numbers,
            remarks=(*letters.remarks, *(() if status else (NO_STATUS,))),
            unwritten=letters.unwritten,
        )


def numbers_given(table: Table) -> dict[str, str]:
    """The numbers that foreign workers were given (SSFW, SSFDW), by their identification."""
    if not table.shown():
        return {}
    lines = values.by(table.rows(), lambda line: line["identification"], table.key)
    return {who: line["social_security_number"] for who, line in lines.items()}


def download_letters(
    links: Links, place: Callable[[str], Path], what: downloads.What = downloads.LETTER
) -> Papers:
    """Every paper behind these links."""
    return downloads.fetch(links.page.portal, links.locator(), links.key, place, what)


def optional(value: Value) -> str:
    """What stands there, on a screen that has come whole; empty where it shows nothing."""
    return value.read() if value.shown() else ""


NO_STATUS = Words(
    "Portal tidak menunjukkan keadaan kes ini; `assist-rpa follow` membacanya kemudian.",
    "The portal showed no status of this case; `assist-rpa follow` reads it later.",
)
