"""What the review of a case must show, and what it shows: the same words for both.

A review lists each person, or the employer, as a case item with item names of the forms behind it.
"""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from rpa import plain_yaml
from rpa.errors import UnexpectedPage, Words, WordSought
from rpa.model.filing import Mend
from rpa.pages.form import CURRENT, Shown, texts
from rpa.portal.find import Radio, Tick
from rpa.portal.resolve import plain
from rpa.portal.told import FILE
from rpa.portal.values import written
from rpa.rules.vocabulary import PAPER_TYPES, PLACEHOLDERS, Remark, alike

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

    from rpa.model.filing import Document
    from rpa.pages.form import Form
    from rpa.pages.preview import Preview
    from rpa.portal.items import Item
    from rpa.portal.lines import Line
    from rpa.portal.profile import Look
    from rpa.rules.record import Record

    Told = Mapping[str, Mapping[str, str]]

Part = dict[str, str]
BOX, PAPERS = "employer", "documents"


class Change(NamedTuple):
    """A value that the portal keeps otherwise than it was declared."""

    item: str
    declared: str
    kept: str


class Review:
    """The reviews of one procedure, made of these forms."""

    def __init__(self, *forms: type[Form]) -> None:
        self.forms = forms
        self._markers = {form.marked_by() for form in forms}
        means = [(form.inputs()[f].item, v) for form in forms for f, v in form.MEANS.items()]
        self._kept = {item for form in forms for item in form.kept()}
        self._means = {f"{item}{end}": v for item, v in means for end in ("", CURRENT)}
        inputs = [control for form in forms for control in form.inputs().values()]
        self._answers = {c.item for c in inputs if isinstance(c, Radio | Tick)}

    def declared(
        self, employer: str, parts: Iterable[Part], documents: Sequence[Document]
    ) -> dict[str, Part]:
        """What must be shown: the employer's box, each part as its form held it, the papers."""
        items = {self._key(part): self._plainly(part) for part in parts}
        rows = [(paper.path.name, paper.type, paper.remarks) for paper in documents]
        papers = dict(pair for row in rows for pair in _paper(*row))
        return {BOX: _box(employer), **items, PAPERS: papers}

    def shown(self, preview: Preview) -> dict[str, Part]:
        """All that is shown: box, case items, papers.

        A case item is found under what its form's marker shows (an identification number, a BRN);
        its fields under the English item names, a name nobody knows under its own words. The
        current information stands beside as ``<item> (current)`` where there is any.
        """
        parts: dict[str, Part] = {BOX: _box(preview.whose())}
        names = _Names(self.forms, preview)
        for lines in preview.parts():
            part = self._plainly(dict(_pairs(lines, names, self._kept)))
            key = self._key(part)
            if not key:
                raise self._about_nobody(preview, part)
            if key in parts:
                raise _twice()
            parts[key] = part
        return {**parts, PAPERS: dict(_papers(preview.papers.rows()))}

    def _about_nobody(self, preview: Preview, part: Part) -> UnexpectedPage:
        """Asks which of its items tells whom the part is about, where one entry may say so.

        Only of what no form has, and among items that no form knows: a value is never offered.
        """
        error = _twice()
        inputs = [(form, control) for form in self.forms for control in form.inputs().values()]
        known = {control.item for _, control in inputs}
        sought = {c.on(preview).key for form, c in inputs if c.item == form.marked_by()
                  if isinstance(c, Shown) and c.item not in part}  # fmt: skip
        free = (item for item in part if item not in known and not item.endswith(CURRENT))
        words = tuple(w for w in free if len(w) <= LONGEST and not any(x.isdigit() for x in w))
        if len(self._markers) == len(sought) == 1 and words:
            error.asks = WordSought(sought.pop(), words)
        return error

    def mends(self, preview: Preview) -> Callable[[Told, Told], Iterator[Mend]]:
        """For `Steps.same`: how the office mends what is only called otherwise."""
        return partial(self._mends, preview)

    def _mends(self, preview: Preview, declared: Told, shown: Told) -> Iterator[Mend]:
        language = preview.portal.screen.language
        yield from (_unchosen(word, language) for word in _for_nothing(declared, shown))
        yield from self._renamed(preview, declared, shown)

    def _renamed(self, preview: Preview, declared: Told, shown: Told) -> Iterator[Mend]:
        """Of what is missing and stands there by another name, with one value: how it is mended."""
        for key in declared.keys() & shown.keys():
            for item, words in self._instead(declared[key], shown[key]):
                for form in self.forms:
                    if form.marked_by() in declared[key]:
                        yield from _mended(form, preview, item, words)

    def _instead(
        self, declared: Mapping[str, str], shown: Mapping[str, str]
    ) -> Iterator[tuple[str, str]]:
        """What is missing, with the one thing too much that has its value, and no other's."""
        missing = {i: v for i, v in declared.items() if i not in shown and not i.endswith(CURRENT)}
        extra = {w: v for w, v in shown.items() if w not in declared and not w.endswith(CURRENT)}
        for item, value in missing.items():
            words = [w for w, v in extra.items() if self._meant(item, v) == value]
            others = [i for i, v in missing.items() if v == value]
            if len(words) == len(others) == 1 and len(words[0]) <= LONGEST:
                yield item, str(words[0])

    def changes(self, record: Record, part: Part) -> list[Change]:
        """What the portal made of declared values, such as capital letters or a code's words."""
        inputs = {name: control for form in self.forms for name, control in form.inputs().items()}
        declared = {n: v for n, v in texts(record).items() if v and n in inputs}
        kept = {n: part.get(inputs[n].item, v) for n, v in declared.items()}
        return [
            Change(inputs[n].item, v, kept[n])
            for n, v in declared.items()
            if kept[n] not in {v, self._meant(inputs[n].item, v)}
        ]

    def untold(self, record: Record, part: Part, looks: Mapping[str, Look]) -> list[str]:
        """What was declared and not told: the portal of this profile has no such field."""
        declared = {name for name, value in texts(record).items() if value}
        inputs = [(name, c) for form in self.forms for name, c in form.inputs().items()]
        gone = [c for n, c in inputs if n in declared and c.key in looks and looks[c.key].none]
        return list(dict.fromkeys(c.item for c in gone if c.item not in part))

    def _plainly(self, part: Part) -> Part:
        """The same by meaning: a word of a list is another in the other language.

        A day, or a month, may be written in words.
        """
        return {item: self._meant(item, value) for item, value in part.items()}

    def _meant(self, item: str, value: str) -> str:
        known = alike(value) if item.removesuffix(CURRENT) in self._answers else None
        kind = self._means.get(item) or (known[0] if known else None)
        return kind.plainly(value) if kind else written(value)

    def _key(self, part: Part) -> str:
        """What the part is about: the value of the one marker it holds."""
        found = [part[marker] for marker in self._markers if marker in part]
        return found[0] if len(found) == 1 else ""


class _Names:
    """What the items of this review may be called: as the forms behind it call their fields.

    By the profile in use first. A portal that renames a label on its form may keep it in its
    review, so the shipped words are known as well, where no field of today is called so.
    """

    def __init__(self, forms: Sequence[type[Form]], preview: Preview) -> None:
        inputs = [control for form in forms for control in form.inputs().values()]
        known = [*(control.on(preview) for control in inputs), *inputs]
        pairs = [(plain(words), c.item) for c in known for words in c.labels]
        self._known = dict(reversed(pairs))  # the first that is called so

    def item(self, words: str) -> str:
        """The item's English name; its own words when no form has such a field."""
        return self._known.get(plain(words), words)


def _pairs(lines: Sequence[Item], names: _Names, kept: Container[str]) -> Iterator[tuple[str, str]]:
    """Each item and what it was; what no form here changes, and is told once, is still that."""
    seen: set[str] = set()
    for line in lines:
        item = names.item(line.item)
        if item in seen:
            raise _twice()
        seen.add(item)
        yield item, line.new
        was = line.new if line.current is None and item in kept else line.current
        if was:
            yield f"{item}{CURRENT}", was


def _for_nothing(declared: Told, shown: Told) -> list[str]:
    """What several lists of a form held where the review shows nothing: a word for no choice."""
    both = [(declared[key], shown[key]) for key in declared.keys() & shown.keys()]
    held = Counter(
        v for mine, theirs in both for i, v in mine.items() if v and not theirs.get(i, v)
    )
    return [word for word, times in held.items() if times > 1 and len(word) <= LONGEST]


def _unchosen(word: str, language: str) -> Mend:
    """The word of the vocabulary that this may be; a person says."""
    means = {PLACEHOLDERS.name: {Remark.UNCHOSEN.name.lower(): {language: word}}}
    line = plain_yaml.line("words", means)
    told = Words(
        f"Jika '{word}' bermaksud tiada pilihan dibuat, pejabat boleh membaiki ini: tulis dalam "
        f"{FILE.bm} {line}",
        f"If '{word}' means that nothing is chosen, the office can mend this: write into "
        f"{FILE.en} {line}",
    )
    return Mend(told, WordSought(f"words.{PLACEHOLDERS.name}", (word,)))


def _mended(form: type[Form], preview: Preview, item: str, words: str) -> Iterator[Mend]:
    """The entry of the profile that calls this item so as well.

    Asked only of what no form has: a field keeps the words that its form has for it, too.
    """
    for control in form.inputs().values():
        if control.item == item:
            known, language = control.on(preview), preview.portal.screen.language
            screen, _, name = known.key.partition(".")
            line = plain_yaml.line(screen, {name: {language: [*getattr(known, language), words]}})
            told = Words(
                f"Jika '{words}' ialah '{item}' di portal, pejabat boleh membaiki ini: tulis dalam "
                f"{FILE.bm} {line}",
                f"If '{words}' is what the portal calls '{item}', the office can mend this: write "
                f"into {FILE.en} {line}",
            )
            asks = WordSought(known.key, (words,)) if isinstance(known, Shown) else None
            yield Mend(told, asks)


LONGEST = 60  # letters of an item's name in a line for the profile


def _box(employer: str) -> Part:
    """The box at the top; a new employer has no code yet."""
    return {"Employer Code": employer}


def _papers(lines: Sequence[Line]) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for line in lines:
        name = line["document"]
        if name in seen:
            raise _twice()
        seen.add(name)
        yield from _paper(name, line["description"], line["remarks"])


def _paper(name: str, kind: str, remarks: str) -> Iterator[tuple[str, str]]:
    yield name, PAPER_TYPES.plainly(kind)
    if remarks:
        yield f"{name} (remarks)", remarks


def _twice() -> UnexpectedPage:
    return UnexpectedPage(
        Words(
            "Semakan portal menunjukkan perkara yang sama dua kali, atau tanpa pengenalannya.",
            "The portal's review shows the same item twice, or without what it is about.",
        )
    )
