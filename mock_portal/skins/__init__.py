"""How the portal looks: a skin renders and names, and what the portal does is the same in each.

The mock knows each screen, field and address by one name, its own. A skin has other names; they
are put on where a page is made (``outward``, ``name``, ``mark``) and taken off here, before the
portal sees the request (``Dressing``, ``Request``). docs/skins.md says how another is written.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import Request as FlaskRequest
from flask import has_request_context, request
from werkzeug.datastructures import MultiDict
from werkzeug.utils import redirect

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Mapping

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

    from mock_portal.labels import Label

_OWN = re.compile(r"_([a-z]+_WAR_[a-z]+)_(.+)")
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
DO = "do"  # the part of a shown address that says: an action


class Skin:
    """The names that the mock itself uses; the first skin shows them as they are."""

    key = "classic"
    labels: Mapping[str, Label] = {}  # English words of the mock to what this skin says
    columns: tuple[str, ...] = ()  # the order of a table's columns; none: the mock's own
    rows_per_page = 0  # of lists that have 100 rows to a page; 0: they stay so
    resumes = False  # whether a draft opens at the screen where it was left
    bilingual = False  # whether the combined contribution screens follow the language, too

    def outward(self, address: str) -> str:
        """An address of the mock as this skin shows it; what is shown already stays."""
        return address

    def known(self, address: str) -> str:
        """The same the other way round."""
        return address

    def name(self, own: str) -> str:
        """A field's or a parameter's full name as this skin shows it."""
        return own

    def mark(self, own: str) -> str:
        """An element's id."""
        return own

    def dated(self, own: str) -> bool:
        """Whether this field's box is one of type ``date``."""
        del own
        return False

    def ordered(self, heads: Mapping[str, Any]) -> dict[str, Any]:
        """A table's columns in this skin's order."""
        rank = {key: n for n, key in enumerate(self.columns)}
        return dict(sorted(heads.items(), key=lambda head: rank.get(head[0], len(rank))))


class Renamed(Skin):
    """A skin with addresses and names of its own, given as data.

    ``addresses``: an address of the mock, or the beginning of several, to the one that is shown;
    ``moved``: those of the mock's that lead on to the one that is shown, as bookmarks do after a
    portal was built anew. ``names``: a field (``dto.…``, ``obj.…``) or parameter to the shown
    name; other ``dto`` fields are shown in small letters with hyphens. ``others``: full names of
    what belongs to another portlet than the page's. ``days``: the fields whose box is of type
    ``date``; what they send is put back as dd/mm/yyyy.
    """

    addresses: Mapping[str, str] = {}
    moved: frozenset[str] = frozenset()
    names: Mapping[str, str] = {}
    others: Mapping[str, str] = {}
    days: frozenset[str] = frozenset()
    once = "p_auth"  # what the one-time token is called

    def __init__(self, portlets: Mapping[str, Any]) -> None:
        for what in (self.addresses, {**self.names, **self.others}):
            if len(set(what.values())) < len(what):
                raise ValueError(f"The skin {self.key} shows two things by one name.")
        self.portlets = portlets
        self._shown = sorted(self.addresses.items(), key=lambda pair: -len(pair[0]))
        self._own = sorted(
            ((shown, own) for own, shown in self.addresses.items()), key=lambda p: -len(p[0])
        )
        self._names = {shown: own for own, shown in self.names.items()}
        self._others = {shown: own for own, shown in self.others.items()}

    # --- as it is shown ------------------------------------------------------------------------

    def outward(self, address: str) -> str:
        """The mock's address, with its screen as the last part and its parameters renamed."""
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
            path += f"/{DO}" * acts + "/" + screen.replace("_", "-")
        query = {self.name(name): value for name, value in given.items()}
        query |= {"part": "1"} if inside else {}
        return path + (f"?{urlencode(query)}" if query else "")

    def name(self, own: str) -> str:
        """Without portlet and ``dto``."""
        if own in self.others:
            return self.others[own]
        found = _OWN.fullmatch(own)
        if found is None:
            return self.once if own == "p_auth" else own
        short = found[2]
        if short in self.names:
            return self.names[short]
        if not short.startswith("dto."):
            raise KeyError(f"The skin {self.key} has no name for {short}.")
        return _hyphened(short.removeprefix("dto."))

    def mark(self, own: str) -> str:
        """Told from a name by its beginning."""
        found = _OWN.fullmatch(own)
        if own in self.others or (found and (found[2] in self.names or "." in found[2])):
            return f"f-{self.name(own)}"
        return f"x-{_hyphened(found[2] if found else own)}"

    def dated(self, own: str) -> bool:
        """By the list of days."""
        found = _OWN.fullmatch(own)
        return found is not None and found[2] in self.days

    # --- as the mock knows it ------------------------------------------------------------------

    def known(self, address: str) -> str:
        """A shown address as the mock's."""
        parts = urlsplit(address)
        path, query, _ = self.inward(parts.path, parts.query)
        return f"{path}?{query}" if query else path

    def inward(self, path: str, query: str) -> tuple[str, str, str]:
        """A shown address as path and query of the mock's, with the portlet that is asked."""
        given = parse_qsl(query, keep_blank_values=True)
        own = _begun(path, self._own)
        if own is None:
            return "/nowhere", "", ""
        own, acts, screen = self._screen(own)
        portlet = self.portlets.get(own)
        if portlet is None:
            return own, query, ""
        inside = ("part", "1") in given
        asked = [("p_p_id", portlet.id), ("p_p_lifecycle", str(int(acts)))]
        asked.append(("p_p_state", "exclusive" if inside else "normal"))
        if screen:
            asked.append(("mvcPath", f"/html/{portlet.folder}/{screen}.jsp"))
        renamed = self.renamed(portlet.id, [pair for pair in given if pair != ("part", "1")])
        return own, urlencode([*asked, *renamed]), portlet.id

    def _screen(self, path: str) -> tuple[str, bool, str]:
        """The portlet's address, whether an action is asked of it, and the screen's name."""
        if path in self.portlets:
            return path, False, ""
        base, _, last = path.rpartition("/")
        acts = base.endswith(f"/{DO}")
        base = base.removesuffix(f"/{DO}")
        return (base, acts, last.replace("-", "_")) if base in self.portlets else (path, False, "")

    def renamed(self, portlet: str, pairs: Iterable[tuple[str, Any]]) -> list[tuple[str, Any]]:
        """What was sent, under the mock's names and in its formats."""
        return [self._as_own(portlet, name, value) for name, value in pairs]

    def _as_own(self, portlet: str, name: str, value: Any) -> tuple[str, Any]:
        if name in self._others:
            return self._others[name], value
        if name == self.once:
            return "p_auth", value
        short = self._names.get(name) or f"dto.{_joined(name)}"
        day = _DAY.fullmatch(value) if short in self.days and isinstance(value, str) else None
        return f"_{portlet}_{short}", f"{day[3]}/{day[2]}/{day[1]}" if day else value


def _begun(path: str, pairs: list[tuple[str, str]]) -> str | None:
    """The path with its beginning exchanged, by the longest that fits."""
    for old, new in pairs:
        if path == old or (path.startswith(old) and old.endswith("/")):
            return new + path.removeprefix(old)
        if path.startswith(f"{old}/"):
            return new + path.removeprefix(old)
    return None


def _hyphened(name: str) -> str:
    return re.sub(r"[A-Z]", lambda letter: f"-{letter[0].lower()}", name)


def _joined(name: str) -> str:
    return re.sub(r"-([a-z])", lambda letter: letter[1].upper(), name)


# --- the portal's border -----------------------------------------------------------------------


class Request(FlaskRequest):
    """A request whose fields have the mock's names, whatever the skin calls them."""

    def _load_form_data(self) -> None:
        super()._load_form_data()
        skin, portlet = self.environ.get("mock.skin"), self.environ.get("mock.portlet")
        if not isinstance(skin, Renamed) or not portlet:
            return
        for kind in ("form", "files"):
            pairs = self.__dict__[kind].items(multi=True)
            self.__dict__[kind] = MultiDict(skin.renamed(portlet, pairs))


class Dressing:
    """The application behind the skin that is set: what is asked comes to it undressed."""

    def __init__(
        self,
        app: WSGIApplication,
        connect: Callable[[], sqlite3.Connection],
        skins: Mapping[str, Skin],
    ) -> None:
        self.app = app
        self.connect = connect
        self.skins = skins

    def _skin(self) -> Skin:
        db = self.connect()
        row = db.execute("SELECT value FROM settings WHERE key = 'skin'").fetchone()
        db.close()
        return self.skins[json.loads(row["value"]) if row else Skin.key]

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        path = environ["PATH_INFO"]
        if path.startswith(("/static/", "/favicon")):
            return self.app(environ, start)
        skin = environ["mock.skin"] = self._skin()
        if isinstance(skin, Renamed):
            if path in skin.moved:
                return redirect(skin.outward(path), 302)(environ, start)
            if path != "/":
                found = skin.inward(path, environ.get("QUERY_STRING", ""))
                environ["PATH_INFO"], environ["QUERY_STRING"], environ["mock.portlet"] = found
        return self.app(environ, start)


def here() -> Skin:
    """The skin of this request."""
    plain = Skin()
    return request.environ.get("mock.skin", plain) if has_request_context() else plain
