"""What the review of a case must show, and what it shows: the same words for both.

A review lists each person, or the employer, as a case item with item names of the forms behind it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rpa.pages.form import texts
from rpa.pages.preview import BOX, PAPERS, Names, Part, box, papers_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rpa.pages.form import Form
    from rpa.pages.preview import Preview
    from rpa.rules.record import Record
    from rpa.run.filing import Document


class Change(NamedTuple):
    """A value that the portal keeps otherwise than it was declared."""

    item: str
    declared: str
    kept: str


class Review:
    """The reviews of one procedure, made of these forms."""

    def __init__(self, *forms: type[Form]) -> None:
        self.forms = forms
        self._names = Names(forms)

    def declared(
        self, employer: str, parts: Iterable[Part], documents: Sequence[Document]
    ) -> dict[str, Part]:
        """What must be shown: the employer's box, each part as its form held it, the papers."""
        items = {self._names.key(part): part for part in parts}
        return {BOX: box(employer), **items, PAPERS: papers_of(documents)}

    def shown(self, preview: Preview) -> dict[str, Part]:
        """What is shown."""
        return preview.read(*self.forms)

    def changes(self, record: Record, part: Part) -> list[Change]:
        """What the portal made of declared values, such as capital letters or a code's words."""
        inputs = {name: control for form in self.forms for name, control in form.inputs().items()}
        declared = {n: v for n, v in texts(record).items() if v and n in inputs}
        kept = {n: part.get(inputs[n].labels[-1], v) for n, v in declared.items()}
        return [
            Change(inputs[n].labels[-1], v, kept[n]) for n, v in declared.items() if kept[n] != v
        ]
