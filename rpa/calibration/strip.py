"""What of a look may be sent to the maintainers: what is kept is named here, all else is dropped.

Of the words that a screen shows those are kept that a portal's screens are made of: the words of
the profile, and a list of plain ones beside this file. Any other word, which may be a name, is
``…``; so is every number of four digits, every e-mail address, and whatever mixes letters and
digits; and where there are two of those, the whole text. All options are kept of the lists that are
the portal's own, by the key of what they belong to; of any other list those that are made of such
words, and those that one of the portal's own offers, where most of it is such a one. What is typed,
chosen or listed is in no look.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rpa.calibration.evidence import Offer
from rpa.portal.find import Choice, Selection
from rpa.portal.resolve import judge, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rpa.portal.look import Element, Look
    from rpa.portal.page import Page
    from rpa.portal.profile import Profile

GONE = "…"
PLAIN_WORDS = Path(__file__).with_name("words.txt")
AS_THEY_ARE = ("order", "kind", "enabled", "dialog", "frame", "place", "paper", "table", "row")
TEXTS = ("words", "beside", "title", "under", "section", "column")
LISTS = ("labels", "heads")
# Whose options are the portal's own and nobody's, whichever employer is looked at.
CLOSED = frozenset(
    {
        "race", "gender", "nationality", "occupation", "sub_occupation", "sub_occupation_list",
        "permit_type", "next_of_kin_relation", "next_of_kin_country", "state", "industry_state",
        "socso_office", "industry_code", "payment_method", "service_type", "business_entity",
        "sub_business_entity", "sub_business_entity_list", "induction_venue", "search_type",
        "change_employer_status_to", "specific", "everybody", "registered_with_ssm",
        "registering_as_branch", "wages_exceed_3000_before_june_2016",
    }
)  # fmt: skip
MOST_OPTIONS = 60
ENDINGS, STEM = ("s", "kan", "an", "nya"), 4  # a known word of so many letters with one of these
MOST_GONE = 1  # of a text of which more is gone nothing is kept: a company's name has plain words
ROLES = frozenset(
    {
        "alert", "alertdialog", "button", "cell", "checkbox", "combobox", "dialog", "grid", "group",
        "heading", "link", "list", "listbox", "listitem", "menu", "menubar", "menuitem",
        "navigation", "note", "option", "radio", "radiogroup", "row", "status", "switch", "tab",
        "table", "textbox",
    }
)  # fmt: skip
TYPES = frozenset(
    {
        "button", "checkbox", "date", "email", "file", "image", "month", "number", "password",
        "radio", "reset", "search", "submit", "tel", "text", "url",
    }
)  # fmt: skip
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?")
_NAME = re.compile(r"[\w.:$\[\]-]{1,200}", re.ASCII)
_LONG = re.compile(r"\d(?:[\s.,/:-]*\d){3,}")
_MAIL = re.compile(r"\S*@\S*")
_WORD = re.compile(r"\w+")
_PERSON = re.compile(r"\b(?:bin|binti|bte|a/l|a/p|s/o|d/o)\b", re.IGNORECASE)


class Strip:
    """Takes out of looks whatever may be somebody's."""

    def __init__(self, profile: Profile) -> None:
        looks = profile.looks.values()
        labels = [w for one in looks for w in one.labels]
        labels += [w for means in profile.words.values() for words in means.values() for w in words]
        self._labels = {plain(label) for label in labels}
        self._names = {n for one in looks for n in (one.name, one.id) if n}
        told = (*labels, PLAIN_WORDS.read_text("utf-8"))
        self._words = {word.casefold() for text in told for word in _WORD.findall(text)}

    def look(self, page: Page, seen: Look) -> dict[str, Any]:
        """A look as plain data; what says nothing is left out."""
        closed = set(_closed(page, seen))
        those = [self._element(e, closed=e.order in closed) for e in seen.elements]
        return {"language": self.language(seen.language), "whole": seen.whole, "elements": those}

    @staticmethod
    def language(text: str) -> str:
        """The code of a language, and nothing else."""
        return text if _LANGUAGE.fullmatch(text) else ""

    def _element(self, e: Element, *, closed: bool) -> dict[str, Any]:
        told: dict[str, Any] = {name: getattr(e, name) for name in AS_THEY_ARE}
        told |= {name: self.text(getattr(e, name)) for name in TEXTS}
        told |= {name: [self.text(one) for one in getattr(e, name)] for name in LISTS}
        told |= {
            "role": e.role if e.role in ROLES else "",
            "type": e.type if e.type in TYPES else "",
            "name": self._name(e.name, row=e.row),
            "id": self._name(e.id, row=e.row),
            "matches": list(e.matches),  # what was asked for, and no other word
            "options": list(self._options(e, closed=closed)),
        }
        return {name: one for name, one in told.items() if one or name in {"order", "enabled"}}

    def text(self, text: str) -> str:
        """The same without any word that nobody knows; a label of the profile as it is."""
        if plain(text) in self._labels or not text:
            return text
        told = _WORD.sub(self._word, _masked(text))
        gone, left = told.count(GONE), len(_WORD.findall(told))
        return told if gone <= MOST_GONE and left >= gone else GONE

    def _word(self, found: re.Match[str]) -> str:
        word = found[0]
        return word if word.isdecimal() or self._is_known(word) else GONE

    def _is_known(self, word: str) -> bool:
        small = word.casefold()
        stems = (small.removesuffix(ending) for ending in ENDINGS)
        return small in self._words or any(len(s) >= STEM and s in self._words for s in stems)

    def _options(self, e: Element, *, closed: bool) -> Iterator[str]:
        offer = None if closed else Offer.of(e)
        known = offer.told if offer and offer.name else ()
        for option in e.options[:MOST_OPTIONS]:
            text = _masked(option) if closed or option in known else self.text(option)
            # Of a list that nobody knows an option is known whole, or is somebody's.
            if not (_PERSON.search(text) or (GONE in text and not closed)):
                yield text

    def value(self, part: str, text: str) -> str:
        """What a line of the profile says of one part."""
        return self._name(text) if part in {"name", "id"} else self.text(text)

    def _name(self, name: str, *, row: int = 0) -> str:
        """A technical name; in a row, where each may be somebody's, only one that is known."""
        known = max((k for k in self._names if name.endswith(k)), key=len, default="")
        if row and not known:
            return ""
        told = _LONG.sub("", name.removesuffix(known)) + known
        return told if _NAME.fullmatch(told) else ""


def _masked(text: str) -> str:
    return _LONG.sub(GONE, _MAIL.sub(GONE, text))


def _closed(page: Page, seen: Look) -> Iterator[int]:
    """Where the portal's own lists stand in this look."""
    for control in page.controls():
        if isinstance(control, Choice | Selection) and control.attr in CLOSED:
            pointed = judge(seen, page.sought(control)).pointed.values()
            yield from (element.order for those in pointed for element in those)
