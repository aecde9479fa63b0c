"""The portal as a vendor may rebuild it in 2027; docs/skins.md tells what differs.

Pages have Malay addresses by subject, what a page fetches for itself lies below ``/fragmen`` and
what is done below ``/proses``. Fields are named by the number of their application and a word in
capitals (``P20_TARIKH_LAHIR``), parameters by a Malay word.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from mock_portal.skins import Renamed, _begun
from mock_portal.skins.meranti.names import ADDRESSES, FIELDS, PAGES, PARAMETERS, SCREENS
from mock_portal.skins.meranti.words import LABELS, MONTHS, PATTERNS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mock_portal.labels import Speech

_OWN = re.compile(r"_([a-z]+_WAR_[a-z]+)_(.+)")
_FIELD = re.compile(r"P([0-9]+)_(.+)")
_DAY = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})(.*)")
_MONTH = re.compile(r"([0-9]{2})/([0-9]{4})")
OF_PAGES = {number: portlet for portlet, number in PAGES.items()}
DONE, PART = "/proses", "/fragmen"
# Choices that are typed and found in a list, for there are many or they follow another choice.
LISTED = frozenset({
    "nationalityId", "nokCountryId", "occupationId", "subOccupationId", "subOccupationListId",
    "stateId", "cityId", "postCode", "asStateId", "asCityId", "asPostCode", "industryCodeId",
    "subIndustryCodeListId", "industryNameDropDownId", "socsoOfficeLocationId", "inductionVenueId",
})  # fmt: skip


class Meranti(Renamed):
    """Names that a vendor gives who never saw the portal's code."""

    key = "meranti"
    labels = LABELS
    columns = (
        "action", "no", "number", "reference", "received", "date", "code", "employer",
        "nameOfEmployee", "name", "registrationNo", "nric", "type", "file", "month",
    )  # fmt: skip
    rows_per_page = 25
    resumes = True
    bilingual = True
    addresses = ADDRESSES
    moved = frozenset({"/employer/login", "/web/base/myassist", "/c/portal/logout"})
    once = "csrf"

    def __init__(self, portlets: dict[str, Any]) -> None:
        super().__init__(portlets)
        self._fields = {shown: own for own, shown in FIELDS.items()}
        self._parameters = {shown: own for own, shown in PARAMETERS.items()}
        self._screens = {shown: own for own, shown in SCREENS.items()}
        for shown, own in (
            (self._fields, FIELDS), (self._parameters, PARAMETERS), (self._screens, SCREENS),
        ):  # fmt: skip
            if len(shown) < len(own):
                raise ValueError("The skin meranti shows two things by one name.")

    # --- as it is shown ------------------------------------------------------------------------

    def outward(self, address: str) -> str:
        """A page of a subject; what it fetches or does, below its own beginning."""
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
        if screen not in {"", "view"} or acts:
            path += "/" + SCREENS.get(screen, screen.replace("_", "-"))
        start = DONE if acts else PART if inside else ""
        query = {self.name(name): value for name, value in given.items()}
        return start + path + (f"?{urlencode(query)}" if query else "")

    def name(self, own: str) -> str:
        """``P`` and the application's number before a field, nothing before a parameter."""
        found = _OWN.fullmatch(own)
        if found is None:
            return self.once if own == "p_auth" else own
        portlet, short = found[1], found[2]
        if short in PARAMETERS:
            return PARAMETERS[short]
        if short not in FIELDS and not short.startswith("dto."):
            raise KeyError(f"The skin {self.key} has no name for {short}.")
        return f"P{PAGES[portlet]}_{FIELDS.get(short) or _capitals(short.removeprefix('dto.'))}"

    def mark(self, own: str) -> str:
        """A field's id is its name; what is none has a number."""
        found = _OWN.fullmatch(own)
        if found and (found[2] in FIELDS or found[2].startswith("dto.")):
            return self.name(own)
        return f"R{zlib.crc32(own.encode()):010}"

    def listed(self, own: str) -> bool:
        """Whether a choice is typed."""
        return own.rpartition("_dto.")[2] in LISTED

    def ordered(self, heads: Mapping[str, Any]) -> dict[str, Any]:
        """Beside wages the employer is his share, and no name."""
        rank = {key: n for n, key in enumerate(self.columns)}
        if "wages" in heads:
            del rank["employer"]
        return dict(sorted(heads.items(), key=lambda head: rank.get(head[0], len(self.columns))))

    def shown(self, value: Any, language: str) -> Any:
        """A day or a month with the month's name; anything else as it is."""
        if not isinstance(value, str):
            return value
        months = MONTHS[language]
        day, month = _DAY.fullmatch(value), _MONTH.fullmatch(value)
        if day and 0 < int(day[2]) <= len(months):
            return f"{int(day[1])} {months[int(day[2]) - 1][0]} {day[3]}{day[4]}"
        if month and 0 < int(month[1]) <= len(months):
            return f"{months[int(month[1]) - 1][1]} {month[2]}"
        return value

    def says(self, words: str, t: Speech) -> str:
        """A sentence of the portal's in this skin's words; one it does not know stays."""
        if words in LABELS:
            return t.say(words)
        for pattern, label in PATTERNS.items():
            found = re.fullmatch(pattern, words)
            if found:
                return t.of(label).format(*(t.say(part) for part in found.groups()))
        parts = re.split(r"(?<=[.!?]) ", words)
        return " ".join(self.says(part, t) for part in parts) if len(parts) > 1 else words

    def sentences(self, t: Speech) -> dict[str, Any]:
        """The same for the page's script, which hears of refusals by JSON."""
        exact = {words: t.say(words) for words in LABELS if words.endswith((".", "!"))}
        return {"tepat": exact, "corak": [[p, t.of(label)] for p, label in PATTERNS.items()]}

    # --- as the mock knows it ------------------------------------------------------------------

    def inward(self, path: str, query: str) -> tuple[str, str, str]:
        """Path and query of the mock's, with the portlet that is asked."""
        acts, inside = path.startswith(f"{DONE}/"), path.startswith(f"{PART}/")
        own = _begun(path.removeprefix(DONE if acts else PART if inside else ""), self._own)
        if own is None:
            return "/nowhere", "", ""
        screen = ""
        if own not in self.portlets and own.rpartition("/")[0] in self.portlets:
            own, _, last = own.rpartition("/")
            screen = self._screens.get(last, last.replace("-", "_"))
        portlet = self.portlets.get(own)
        if portlet is None:
            return own, query, ""
        asked = [("p_p_id", portlet.id), ("p_p_lifecycle", str(int(acts)))]
        asked.append(("p_p_state", "exclusive" if inside else "normal"))
        if screen:
            asked.append(("mvcPath", f"/html/{portlet.folder}/{screen}.jsp"))
        given = parse_qsl(query, keep_blank_values=True)
        return own, urlencode([*asked, *self.renamed(portlet.id, given)]), portlet.id

    def _as_own(self, portlet: str, name: str, value: Any) -> tuple[str, Any]:
        if name == self.once:
            return "p_auth", value
        field = _FIELD.fullmatch(name)
        short = self._parameters.get(name, name)
        if field:
            short = self._fields.get(field[2]) or f"dto.{_small(field[2])}"
            portlet = OF_PAGES.get(int(field[1]), portlet)
        return f"_{portlet}_{short}", value


def _capitals(name: str) -> str:
    return re.sub(r"([A-Z])", r"_\1", name).upper()


def _small(name: str) -> str:
    return re.sub(r"_([a-z])", lambda letter: letter[1].upper(), name.lower())
