"""Forms that hold a record: written in the screen's order, read back, and found in the review.

A field of a record and the control of a form that holds it have one name. That is all that binds
them, so a field added to both is filled, read back and compared without another line.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from rpa.errors import ReviewMismatch, Words, WordSought
from rpa.portal import values
from rpa.portal.find import NO, YES, Input
from rpa.portal.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from rpa.rules.record import Record
    from rpa.rules.vocabulary import Vocabulary

CURRENT = " (current)"  # an item of the review with what it was before


class Shown(Input):
    """What a listing and the review tell; nothing is typed into it."""

    kind = "item"


class Form(Page):
    """A screen or popup with fields. ``marker`` names the field that tells whom it is about.

    ``MEANS``: the fields whose values are words of a list, so that a review is read by meaning.
    ``KEPT``: those that it cannot change, so that what a review tells of them once stays as it was.
    """

    marker: ClassVar[str]
    MEANS: ClassVar[dict[str, Vocabulary[Any]]] = {}
    KEPT: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def marked_by(cls) -> str:
        """The review's item that tells whom or what a case item is about."""
        return cls.inputs()[cls.marker].item

    @classmethod
    def inputs(cls) -> dict[str, Input]:
        """Its fields in the screen's order, for a cascade goes from the top down."""
        classes = [c for c in reversed(cls.__mro__) if issubclass(c, Form)]
        names = {n for c in classes for n, x in vars(c).items() if isinstance(x, Input)}
        found: dict[str, Input] = {name: getattr(cls, name) for name in names}
        return dict(sorted(found.items(), key=lambda item: item[1].order))

    @classmethod
    def kept(cls) -> set[str]:
        """The review's items of what it cannot change."""
        names = {name for c in cls.__mro__ if issubclass(c, Form) for name in c.KEPT}
        return {cls.inputs()[name].item for name in names}

    def write(self, values: Mapping[str, str], files: Mapping[str, Path]) -> None:
        """Fill each field that does not hold its value yet; an empty value leaves it be.

        Raises RowRefused when a list does not offer a choice.
        """
        with self.portal.screen.at_once():
            for field in self.inputs():
                value = values.get(field, "")
                control = getattr(self, field)
                if control.none:
                    continue
                if field in files:
                    control.choose(files[field])
                elif value and not self._holds(control, value):
                    control.fill(value)

    def _holds(self, control: Input, value: str) -> bool:
        """Whether it does; where something was typed since it was read, it is read once more."""
        if not control.holds(control.read(), value):
            return False
        return not self.portal.screen.anew() or control.holds(control.read(), value)

    def held(self, fields: Iterable[str]) -> dict[str, str]:
        """What stands in these fields, all in one moment; one that the portal has not, in none.

        Each is looked for anew, for what was filled may have brought another of the same words.
        """
        there = [field for field in fields if not getattr(self, field).none]
        if not there:
            return {}
        screen = self.portal.screen
        with self.portal.doing(f"{type(self).__name__}.held"):
            if screen.current is None:
                screen.standing(getattr(self, there[0]))
            with screen.at_once():
                return {field: getattr(self, field).read() for field in there}

    def differing(self, values: Mapping[str, str], held: Mapping[str, str]) -> list[str]:
        """The fields that do not hold what is declared."""
        there = {f: control for f in values if not (control := getattr(self, f)).none}
        return [f for f, control in there.items() if not control.holds(held[f], values[f])]

    def labels(self, fields: Iterable[str]) -> Words:
        """Their names on the screen, for a sentence in each language."""
        called = [getattr(self, field).called for field in fields]
        return Words(", ".join(one.bm for one in called), ", ".join(one.en for one in called))

    def same(self, declared: Mapping[str, str]) -> dict[str, str]:
        """What the fields hold, which is what was declared. Raises ReviewMismatch."""
        held = self.held(declared)
        wrong = self.differing(declared, held)
        if wrong:
            raise self._other(wrong, declared)
        return held

    def _other(self, wrong: Sequence[str], declared: Mapping[str, str]) -> ReviewMismatch:
        """Where only days are otherwise, the portal may write them in another form."""
        named = self.labels(wrong)
        error = ReviewMismatch(
            Words(
                f"Borang tidak memegang apa yang ditaip: {named.bm}.",
                f"The form does not hold what was typed: {named.en}.",
            )
        )
        forms = [values.other_forms(declared[field]) for field in wrong]
        if all(forms):
            error.asks = WordSought(values.DAY_FORM, forms[0])
        return error

    def saved(self, held: Mapping[str, str]) -> dict[str, str]:
        """The same under the review's item names, as the portal keeps it."""
        inputs = self.inputs()
        return {inputs[f].item: inputs[f].becomes(value) for f, value in held.items()}

    def changed(self, before: Mapping[str, str], held: Mapping[str, str]) -> dict[str, str]:
        """The items of a review that shows what changed: new values, and the current ones beside.

        A field that held the declared value already is no change, and the review must not show it.
        """
        new = self.saved({f: v for f, v in held.items() if v != before[f] or f == self.marker})
        old = self.saved({f: v for f, v in before.items() if v})
        return {**new, **{f"{label}{CURRENT}": old[label] for label in new if label in old}}


def texts(record: Record) -> dict[str, str]:
    """A record as a form's boxes hold it, by field: days as the portal has them, files by name.

    What the portal has no field for is left out, and so are papers that go among the supporting
    documents. Further entries of a list are ``field_2``, ``field_3``.
    """
    columns = record.columns().items()
    sent = [name for name, column in columns if column.sent and not column.document_type]
    values = {name: getattr(record, name) for name in sent}
    return dict(pair for name, value in values.items() for pair in _texts(name, value))


def _texts(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(value, tuple):
        yield name, _text(value)
        return
    yield name, value[0] if value else ""
    for place, further in enumerate(value[1:], start=2):
        yield f"{name}_{place}", further


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, date):
        return values.typed(value)
    return "" if value is None else str(value)
