"""What is said of a thing that is not on the screen as it is known, and the line that mends it.

Words of the screen are quoted as they stand; what is typed, chosen or listed there is in no look,
so it is in no sentence.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from rpa import plain_yaml
from rpa.errors import NotOnScreen, UnexpectedPage, Words, WordSought
from rpa.portal.look import Kind
from rpa.portal.resolve import (
    ALIKE,
    MARK,
    Finding,
    Grade,
    Signal,
    Verdict,
    likeness,
    plain,
    resolve,
)
from rpa.rules.vocabulary import REMARKS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rpa.portal.look import Element, Look
    from rpa.portal.page import Page
    from rpa.portal.resolve import Sought

_LIST = Words("senarai pilihan", "drop-down")
KINDS = {
    Kind.TEXT: Words("kotak teks", "text box"),
    Kind.DATE: Words("kotak tarikh", "date box"),
    Kind.DATE_PARTS: Words("kotak tarikh", "date box"),
    Kind.SELECT: _LIST,
    Kind.LIST: _LIST,
    Kind.COMBOBOX: _LIST,
    Kind.SUGGEST: _LIST,
    Kind.CHECKBOX: Words("kotak semak", "check box"),
    Kind.ICON_TICK: Words("ikon tanda", "tick-box"),
    Kind.RADIO: Words("butang radio", "radio buttons"),
    Kind.FILE: Words("kotak fail", "file box"),
    Kind.BUTTON: Words("butang", "button"),
    Kind.LINK: Words("pautan", "link"),
    Kind.HEADING: Words("tajuk", "heading"),
    Kind.TABLE: Words("jadual", "table"),
    Kind.DIALOG: Words("dialog", "dialog"),
    Kind.MESSAGE: Words("mesej", "message"),
    Kind.VALUE: Words("nilai", "value"),
}
CALLED = {words.en: words for words in KINDS.values()} | {
    "column": Words("lajur", "column"),
    "word": Words("perkataan", "word"),
}
SIGNALS = {
    Signal.WORDS: Words("perkataan", "words"),
    Signal.NAME: Words("nama medan", "field name"),
    Signal.ID: Words("id", "id"),
}
LONGEST = 60  # letters of one thing's words in a sentence
SURELY = 0.75  # so like the words of one language that they are its own, whatever the screen says
MOST = 200  # letters of a label that the profile takes
# What stands before a field's own name: the portlet (facts 1).
_PORTLET = re.compile(r"^_[A-Za-z0-9]+_WAR_[A-Za-z0-9]+(?=_)")
_NAME = re.compile(r"^[A-Za-z0-9_.:-]{3,}$")  # what the profile takes
_REQUIRED = re.compile(rf"\s*(?:{MARK}|\*)\s*$", re.IGNORECASE)
STRICT, RESOLVED = "strict mode violation", "locator resolved to"  # the driver: twice, there
FILE = Words("config/profile.yaml, di bawah screens:", "config/profile.yaml, below screens:")


def unknown(key: str) -> UnexpectedPage:
    """That a screen is not as it is known, and no more."""
    return UnexpectedPage(_first(key), where=key)


def unfound(key: str, sought: Sought, look: Look, said: str) -> UnexpectedPage:
    """The same with what was sought, what became of it, what is near, and whose move it is.

    ``said``: the driver's words. Nothing is told that they contradict: it had more time, and sees
    what stands in rows, of which a look has no words.
    """
    answer = resolve(look, sought)
    if STRICT in said:
        answer = Finding(Verdict.TWICE)
    elif RESOLVED in said.casefold() and answer.verdict is Verdict.MISSING:
        return unknown(key)
    line = mend(answer, sought, look)
    parts = [_first(key), _sought(sought), _outcome(answer, sought), _near(answer)]
    if not look.whole:
        parts.append(PARTLY)
    mendable = line is not None or answer.verdict is Verdict.MISSING
    parts.append(_move(answer, sought, line) if mendable else MAINTAINER)
    words = Words(" ".join(p.bm for p in parts if p.bm), " ".join(p.en for p in parts if p.en))
    return (NotOnScreen if mendable else UnexpectedPage)(words, where=key)


def heads(sought: Sought, look: Look) -> str:
    """The words of a heading that is called as the list that is sought, which is not there."""
    if sought.kinds[0] is not Kind.TABLE or sought.numbered:
        return ""
    names = {plain(words) for words in sought.labels}
    told = [e.words for e in look.elements if e.kind is Kind.HEADING and plain(e.words) in names]
    return told[0] if len(set(map(plain, told))) == 1 else ""


def may_be_empty(error: NotOnScreen, name: str, said: str) -> NotOnScreen:
    """The same with the one text that stands where the list would be: its meaning is asked.

    Never of a text with a digit or of a long one: it may be about somebody.
    """
    if not said or len(said) > LONGEST or any(sign.isdigit() for sign in said):
        return error
    told = Words(
        f" Di bawah '{name}' hanya ada '{said}': sama ada senarai itu kosong, tidak diketahui.",
        f" Below '{name}' there is only '{said}': whether that list is empty is not known.",
    )
    asking = error.told(Words(error.words.bm + told.bm, error.words.en + told.en))
    asking.asks = WordSought(f"words.{REMARKS.name}", (said,))
    return asking


def mend(answer: Finding, sought: Sought, look: Look) -> str | None:
    """The line for config/profile.yaml that takes the nearest thing for what is sought.

    Only one that serves: with it, this very look gives that thing, once, by every signal that is
    needed. None where a person must think of something else.
    """
    values = proposed(answer, sought, look)
    return _entry(sought, values) if values else None


def proposed(answer: Finding, sought: Sought, look: Look) -> Mapping[str, str] | None:
    """The same line as keys and values."""
    thing = _meant(answer, sought)
    return mending(thing, answer, sought, look) if thing else None


def mending(
    thing: Element, answer: Finding, sought: Sought, look: Look
) -> Mapping[str, str] | None:
    """What such a line says for this thing; None where it would not give it, once."""
    wanted = _needs(sought, thing)
    texts = {s: _given(thing, s) for s in Signal if s in wanted and not _has(answer, s, thing)}
    if not any(texts.values()):  # it has none of the signs, and is called something
        texts = {Signal.WORDS: _given(thing, Signal.WORDS)} if sought.grade is Grade.FILL else {}
        wanted = frozenset(texts)
    given = {s: text for s, text in texts.items() if 0 < len(text) <= MOST}
    needs = wanted - (texts.keys() - given.keys())  # what it has none of cannot be asked of it
    if not given:
        return None
    keys = {Signal.WORDS: _language(thing, sought, look), Signal.NAME: "name", Signal.ID: "id"}
    values = {keys[signal]: text for signal, text in given.items()}
    if sought.under and thing.under and plain(thing.under) not in map(plain, sought.under):
        values["under"] = thing.under
    mended = resolve(look, _with(sought, values))
    serves = mended.element is not None and mended.element.order == thing.order
    return values if serves and needs <= set(mended.by) else None


def renamed(thing: Element, sought: Sought, look: Look) -> Mapping[str, str] | None:
    """The line for a thing that is found by another sign, and has words that nobody knows.

    A form goes on without it; its review, which calls the item so, does not.
    """
    text = _given(thing, Signal.WORDS)
    language = _language(thing, sought, look)
    return {language: text} if 0 < len(text) <= MOST else None


def _needs(sought: Sought, thing: Element) -> frozenset[Signal]:
    """By what it is to be found: a text with a label beside it goes by that.

    Words known in both languages speak against a field that has others: a line gives them, too.
    """
    if sought.grade is Grade.READ and sought.needs == {Signal.ID} and thing.beside:
        return frozenset({Signal.WORDS})
    return sought.needs | {Signal.WORDS} if _speaks(sought) else sought.needs


def _speaks(sought: Sought) -> bool:
    """Whether it is a field that words of its own speak against."""
    return sought.grade is Grade.FILL and bool(sought.bm and sought.en)


def _meant(answer: Finding, sought: Sought) -> Element | None:
    """The one thing that a signal points at; else the nearest, where it is like it and nobody's."""
    if answer.element is not None:
        return answer.element
    pointed = {e.order: e for found in answer.pointed.values() for e in found}
    if pointed:
        return next(iter(pointed.values())) if len(pointed) == 1 else None
    others = {plain(words) for words in sought.taken}
    free = (e for e in answer.nearest if not others.intersection(map(plain, e.said)))
    near = next(free, None)
    fits = near is not None and near.kind in sought.kinds and likeness(sought, near) >= ALIKE
    return near if fits else None


def _has(answer: Finding, signal: Signal, thing: Element) -> bool:
    return thing in answer.pointed.get(signal, ())


def _given(thing: Element, signal: Signal) -> str:
    """What the profile would have to say of it; empty where it has nothing of the kind."""
    if signal is Signal.WORDS:
        beside = thing.beside if thing.kind is Kind.VALUE else ""
        over = thing.section if thing.kind is Kind.TABLE else beside
        return _REQUIRED.sub("", thing.words or next(iter(thing.labels), over))
    bare = thing.id.removeprefix("select2-").removesuffix("-container")
    if signal is Signal.ID:
        return _PORTLET.sub("", bare).lstrip("_")
    own = bare if thing.kind is Kind.FILE else thing.name
    name = _PORTLET.sub("", own or (bare if thing.kind is Kind.LIST else ""))
    return name if _NAME.match(name) else ""


def _language(thing: Element, sought: Sought, look: Look) -> str:
    """Whose words the new ones are like; else the screen's (a Malay one is half English)."""
    bm, en = (likeness(replace(sought, bm=b, en=e, name="", id=""), thing)
              for b, e in ((sought.bm, ()), ((), sought.en)))  # fmt: skip
    if bm != en and max(bm, en) >= SURELY:
        return "bm" if bm > en else "en"
    return look.language_key


def _with(sought: Sought, values: dict[str, str]) -> Sought:
    """As it would be sought with this line; a label takes the place of those of its language."""
    changed = replace(
        sought,
        bm=(values["bm"],) if "bm" in values else sought.bm,
        en=(values["en"],) if "en" in values else sought.en,
        name=values.get("name", sought.name),
        id=values.get("id", sought.id),
        under=(*sought.under, *filter(None, [values.get("under")])),
    )
    return replace(changed, within=changed.labels) if sought.titled else changed


def _first(key: str) -> Words:
    return Words(
        f"Skrin portal tidak seperti yang dikenali: {key}.",
        f"The portal's screen is not as it is known: {key}.",
    )


def instead(words: Words, pages: Sequence[Page]) -> Words:
    """With what else may be meant: another screen that could come, a thing that is said not to be.

    Each with the entry that would tell of it.
    """
    others = [page.mark for page in pages[1:]]
    gone = [mark for page in pages if (mark := type(page).landmark.on(page)).none]
    parts = [words, *(_other(c.key, c.labels) for c in others), *(_gone(c.key) for c in gone)]
    return Words(" ".join(part.bm for part in parts), " ".join(part.en for part in parts))


def _other(key: str, labels: Sequence[str]) -> Words:
    """Another screen that could come here, and the entry by which it is known."""
    called, line = " / ".join(f"'{words}'" for words in labels), _blank(key)
    return Words(
        f"Jika skrin lain yang muncul, yang dikenali melalui {key} ({called}): tulis perkataannya "
        f"dalam {FILE.bm} {line}",
        f"If it is the other screen that may come here, known by {key} ({called}): write its words "
        f"into {FILE.en} {line}",
    )


def _gone(key: str) -> Words:
    """What the profile says that there is not, should there be one."""
    line = _blank(key)
    return Words(
        f"Profil mengatakan {key} tiada; jika ia ada di sini, tulis perkataannya dalam {FILE.bm} "
        f"{line}",
        f"The profile says that there is no {key}; if there is one here, write its words into "
        f"{FILE.en} {line}",
    )


def _blank(key: str) -> str:
    screen, _, name = key.partition(".")
    return plain_yaml.line(screen, {name: {"bm": "…", "en": "…"}})


def _sought(sought: Sought) -> Words:
    """Every signal of it."""
    kind = KINDS[sought.kinds[0]]
    called = " / ".join(f"'{words}'" for words in dict.fromkeys(sought.labels))
    technical = [("nama", "name", sought.name), ("id", "id", sought.id)]
    more = [f"({bm} …{value})" for bm, _, value in technical if value]
    also = [f"({en} …{value})" for _, en, value in technical if value]
    title = " / ".join(f"'{words}'" for words in dict.fromkeys(sought.within))
    place = Words(f"dalam dialog {title}", f"in the dialog {title}") if title else Words("", "")
    return Words(
        f"Dicari: {' '.join(filter(None, [kind.bm, called, *more, place.bm]))}.",
        f"Sought: {' '.join(filter(None, [kind.en, called, *also, place.en]))}.",
    )


def _outcome(answer: Finding, sought: Sought) -> Words:
    if not answer.placed:
        return NO_DIALOG if answer.verdict is Verdict.MISSING else TWO_DIALOGS
    if answer.verdict is Verdict.DISAGREE:
        return _disagreement(answer)
    if answer.verdict is not Verdict.FOUND:
        return OUTCOMES[answer.verdict]
    gone = [SIGNALS[s] for s in answer.missed if s in sought.needs]
    if not gone:
        return OTHERWISE
    bm, en = (", ".join(words) for words in zip(*((w.bm, w.en) for w in gone), strict=True))
    return Words(f"Ada, tetapi {bm} lain.", f"It is there with another: {en}.")


def _disagreement(answer: Finding) -> Words:
    """Where each signal points."""
    found = [(SIGNALS[s], those) for s, those in answer.pointed.items()]
    nowhere = Words("tiada di mana-mana", "nowhere")
    told = [(s, _listed(those) if those else nowhere) for s, those in found]
    return Words(
        f"Tandanya bercanggah: {'; '.join(f'{s.bm}: {at.bm}' for s, at in told)}.",
        f"Its signs disagree: {'; '.join(f'{s.en}: {at.en}' for s, at in told)}.",
    )


def _near(answer: Finding) -> Words:
    if answer.verdict is not Verdict.MISSING:
        return Words("", "")
    if not answer.nearest:
        return Words("Tiada apa-apa seumpamanya di sini.", "Nothing of the kind is there.")
    listed = _listed(answer.nearest)
    return Words(f"Yang terdekat: {listed.bm}.", f"The nearest: {listed.en}.")


def _listed(elements: tuple[Element, ...]) -> Words:
    few = elements[:3]
    return Words(
        ", ".join(f"{_called(e)} ({KINDS[e.kind].bm})" for e in few),
        ", ".join(f"{_called(e)} ({KINDS[e.kind].en})" for e in few),
    )


def _called(element: Element) -> str:
    said = next(iter(element.said), "")
    short = said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…"
    return f"'{short}'" if short else f"[{element.id or element.name or '?'}]"


def _move(answer: Finding, sought: Sought, line: str | None) -> Words:
    """Whose move it is, with the line to write."""
    thing = _meant(answer, sought)
    if line is None or thing is None:
        worded = Signal.WORDS in sought.needs or _speaks(sought)
        parts = {"bm": "…", "en": "…"} if worded else {_slot(sought): "…"}
        blank = _entry(sought, parts)
        return Words(
            f"Pejabat boleh membaiki ini: tulis perkataan seperti dalam gambar ke dalam {FILE.bm} "
            f"{blank}",
            f"The office can mend this: write what the picture shows into {FILE.en} {blank}",
        )
    return Words(
        f"Jika {_called(thing)} yang dimaksudkan, pejabat boleh membaiki ini: tulis dalam "
        f"{FILE.bm} {line}",
        f"If {_called(thing)} is meant, the office can mend this: write into {FILE.en} {line}",
    )


def _entry(sought: Sought, values: Mapping[str, str]) -> str:
    """The entry as it stands below ``screens:``."""
    screen, _, name = sought.key.partition(".")
    return plain_yaml.line(screen, {name: values})


def _slot(sought: Sought) -> str:
    return "name" if Signal.NAME in sought.needs else "id"


PARTLY = Words(
    "Skrin ini terlalu besar atau lambat untuk dilihat sepenuhnya.",
    "The screen was too large or too slow to be looked at to its end.",
)
NO_DIALOG = Words("Tiada dialog dengan tajuk itu.", "No dialog of that title is open.")
TWO_DIALOGS = Words(
    "Lebih daripada satu dialog mempunyai tajuk itu.", "More than one dialog has that title."
)
OTHERWISE = Words(
    "Ada di skrin, sekali, tetapi tidak berlaku seperti yang dikenali.",
    "It is on the screen, once, and did not behave as it is known.",
)
OUTCOMES = {
    Verdict.MISSING: Words("Tiada di skrin.", "It is not on the screen."),
    Verdict.TWICE: Words(
        "Ada lebih daripada sekali di skrin; tiada satu pun dipilih.",
        "It is on the screen more than once; none was chosen.",
    ),
}
MAINTAINER = Words(
    "Perkataan lain sahaja tidak dapat membaiki ini: laporkan kepada penyelenggara alat ini.",
    "Other words alone cannot mend this: report it to the maintainer of this tool.",
)
