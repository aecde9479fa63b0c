"""What a visit leaves: the lines as YAML, all of it as JSON, and a page to look at, offline."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import jinja2
from markupsafe import Markup

from rpa import plain_yaml
from rpa.calibration import overlay
from rpa.calibration.entries import State
from rpa.calibration.evidence import said
from rpa.errors import PortalUnavailable, Words
from rpa.evidence.files import write_private
from rpa.portal.profile import PROFILE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rpa.calibration.afterwards import Afterwards
    from rpa.calibration.against import Against
    from rpa.calibration.entries import Entry, Near
    from rpa.calibration.evidence import Evidence
    from rpa.calibration.visit import Calibration, Outcome

    Done = Calibration | Against

Join: TypeAlias = "Callable[[dict[str, Any]], dict[str, Any]]"
PROPOSED, RESULT, PAGE = "profile.proposed.yaml", "calibration.json", "calibration.html"
_HERE = Path(__file__).parent
STATES = {
    State.EXPECTED: Words("seperti yang dikenali", "as expected"),
    State.NONE: Words("tiada, seperti yang ditulis", "not there, as the profile says"),
    State.OTHERWISE: Words("dengan nama lain", "by another name"),
    State.TWICE: Words("lebih daripada sekali", "more than once"),
    State.DISAGREE: Words("tanda bercanggah", "its signs disagree"),
    State.MISSING: Words("tiada; ada yang serupa", "missing; something is like it"),
    State.UNSEEN: Words("belum dilihat", "not seen yet"),
}

OPEN = frozenset({State.OTHERWISE, State.TWICE, State.DISAGREE, State.MISSING})


@dataclass(frozen=True)
class Written:
    """The three files, and what stands in them."""

    page: Path
    proposed: Path
    result: Path
    told: Mapping[str, Any]


def keep(done: Done, join: Join = dict) -> None:
    """What was seen so far, should this process not come to its end. Raises NotWritten."""
    write_private(done.folder.path / RESULT, json.dumps(join(as_data(done))).encode())


def write(done: Done | Afterwards, join: Join = dict) -> Written:
    """Write and seal them; ``join`` adds what an earlier visit saw. Raises NotWritten."""
    told = join(as_data(done))
    texts = {
        RESULT: json.dumps(told, ensure_ascii=False, indent=1),
        PROPOSED: _proposed(told),
        PAGE: _page(told),
    }
    made = {n: write_private(done.folder.path / n, t.encode()) for n, t in texts.items()}
    for place in made.values():
        done.folder.add(place, "calibration")
    return Written(made[PAGE], made[PROPOSED], made[RESULT], told)


def as_data(done: Done | Afterwards) -> dict[str, Any]:
    """All of it, as plain data."""
    lines: dict[str, dict[str, Any]] = {}
    for key, values in done.proposals():
        for part, text in values.items():
            lines.setdefault(key, {}).setdefault(part, []).append(text)
    root = done.folder.path
    shown = {k: p.relative_to(root).as_posix() for k, p in done.pictures.items()}
    return {
        "portal": done.portal,
        "live": done.live,
        "at": done.started.isoformat(timespec="seconds"),
        "language": " + ".join(done.languages),
        "profile": done.settings.profile.digest,
        "lines": lines,
        "entries": [
            _entry(e, lines.get(done.home(e.key)), done, shown) for e in done.found.values()
        ],
        "stops": [_stop(one, root) for one in done.outcomes],
        "words": [{"vocabulary": name, "word": word} for name, word in done.words],
        "held_back": done.held_back,
        "things": done.things,
    }


def _stop(one: Outcome, root: Path) -> dict[str, Any]:
    error, title = one.error, one.stop.title
    said = error and {"bm": error.words.bm, "en": error.words.en, "at": error.where,
                      "passes": isinstance(error, PortalUnavailable)}  # fmt: skip
    picture = one.picture.relative_to(root).as_posix() if one.picture else None
    return {"name": one.stop.name, "bm": title.bm, "en": title.en, "error": said,
            "picture": picture, "language": one.language}  # fmt: skip


def _entry(
    entry: Entry,
    line: Mapping[str, str] | None,
    done: Done | Afterwards,
    shown: Mapping[tuple[str, str], str],
) -> dict[str, Any]:
    def near(one: Near) -> dict[str, Any]:
        return {"words": one.words, "kind": one.kind, "values": dict(one.values or {}),
                "picture": shown.get((entry.key, one.mark)), **_why(one.reasons)}  # fmt: skip

    return {
        "key": entry.key,
        "state": entry.state.name.lower(),
        "known": list(entry.known),
        **_why(entry.reasons),
        **({"by": [str(s) for s in entry.by]} if entry.by else {}),
        "missed": [str(s) for s in entry.missed],
        "line": dict(line) if line else None,
        "shown": bool(line) or entry.state in OPEN,
        "used": done.home(entry.key) in done.taken,
        "agreed": done.home(entry.key) in done.agreed,
        "nearest": [near(one) for one in entry.nearest],
    }


def _why(reasons: Sequence[Evidence]) -> dict[str, Any]:
    """By what it is a candidate, and the same for a person."""
    words = said(reasons)
    return {"by": [str(r.by) for r in reasons], "evidence": {"bm": words.bm, "en": words.en}}


def _proposed(told: Mapping[str, Any]) -> str:
    """A file of config/ as it would be; nothing of it is in use."""
    head = [
        f"# assist-rpa calibrate · {told['portal']} · {told['at']} · {told['language'] or '?'}",
        "# Cadangan sahaja; belum dipakai.  Proposals only; nothing of this is in use.",
        "# Terima satu demi satu / go through them:  assist-rpa calibrate --accept",
        *(f"# {w['vocabulary']}: what does {w['word']!r} mean?" for w in told["words"]),
    ]
    whole: dict[str, Any] = {"extends": PROFILE}
    overlay.lay(
        whole,
        [(k, {p: t}) for k, parts in told["lines"].items() for p, ts in parts.items() for t in ts],
    )
    return "\n".join([*head, overlay.text(whole)])


def _page(told: Mapping[str, Any]) -> str:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = Markup((_HERE / "page.css").read_text("utf-8"))  # noqa: S704  our own
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; img-src 'self' file:"
    screens: dict[str, list[Any]] = {}
    for one in told["entries"]:
        screens.setdefault(one["key"].partition(".")[0], []).append(one)
    states = {state.name.lower(): words for state, words in STATES.items()}
    return environment.get_template("page.html.j2").render(
        told=told, screens=screens, states=states, style=style, policy=policy,
        line=_line, counts={s: sum(e["state"] == s for e in told["entries"]) for s in states},
    )  # fmt: skip


def _line(entry: Mapping[str, Any]) -> str:
    """As it would stand in config/profile.yaml, below ``screens:``."""
    screen, name, *column = entry["key"].split(".")
    told = {part: texts[0] if len(texts) == 1 else texts for part, texts in entry["line"].items()}
    values = {"columns": {column[-1]: told}} if column else told
    return plain_yaml.line(screen, {name: values})
