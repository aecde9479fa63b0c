"""The popups that take one worker: local, foreign, and the change of one (facts 5.2, 5.3, 10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from rpa.errors import RowRefused, UnexpectedPage, Words
from rpa.pages.form import Form, Shown
from rpa.pages.word_choice import WordChoice
from rpa.portal.find import (
    Button,
    Choice,
    Control,
    File,
    Heading,
    Leave,
    Lens,
    LensSign,
    Radio,
    Text,
    Tick,
    whole,
)
from rpa.portal.page import Dialog
from rpa.rules.vocabulary import (
    IDENTIFICATION_TYPES,
    PASS_TYPES,
    RELATIONS,
    IdentificationType,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from playwright.sync_api import Locator

    from rpa.portal.look import Look
    from rpa.rules.vocabulary import Vocabulary

TWO_ANSWERS = Words(
    "Kanta di portal tidak menunjukkan sama ada pekerja ini dikenali atau tidak.",
    "The portal's lens does not show whether it knows this worker or not.",
)


class PersonPopup(Dialog, Form):
    """A popup that looks a person up by the lens, then takes the rest."""

    marker: ClassVar[str] = "identification"
    MEANS: ClassVar[dict[str, Vocabulary[Any]]] = {"identification_type": IDENTIFICATION_TYPES}
    FILLED_BY_LENS: ClassVar[tuple[str, ...]]
    # The type of the number in the review.
    type: ClassVar[IdentificationType]
    # How the record calls the number of the search box.
    number: ClassVar[str] = "identification"

    identification_type = Shown()
    identification: Text
    lens: Button
    register_new: Tick
    terms: Tick
    save: Button
    known = LensSign()
    unknown = LensSign()
    is_itself: ClassVar[frozenset[str]] = frozenset({"refusal"})

    def enter(
        self, values: Mapping[str, str], files: Mapping[str, Path], *, again: bool
    ) -> dict[str, str]:
        """Look the person up, fill what is declared, read it back, SIMPAN.

        ``again``: the popup of a listed worker, who was looked up before. Gives what the review
        must show. Raises RowRefused with the popup closed.
        """
        values = dict(values)
        values["identification"] = values.pop(self.number)
        with self.left_when_refused():
            known = self.known.shown() if again else self.look_up(values["identification"])
            open_ones = {f: v for f, v in values.items() if not (known and self._locked(f))}
            self.write(open_ones, files)
            self._agrees(values, known=known)
            held = self.same({f: v for f, v in values.items() if v or not known})
            more = self.held(f for f in values if f not in held)
            self.terms.tick()
            self.save.click()
            self.closed_or_refused(f"{type(self).__name__}.save")
        kind = {"identification_type": IDENTIFICATION_TYPES.words(self.type)[0]}
        return self.saved({**kind, **held, **more})

    @property
    def complaints(self) -> Locator:
        """What is said beside the answer of the lens."""
        answers = (*self.known.labels, *self.unknown.labels)
        return super().complaints.filter(has_not_text=whole(answers))

    def _locked(self, field: str) -> bool:
        return field == "identification" or field in self.FILLED_BY_LENS

    def look_up(self, identification: str) -> bool:
        """Whether the lens knows who has this number; who is not known is ticked to be new.

        Raises RowRefused, with the popup still open.
        """
        self.identification.fill(identification)
        self.lens.click()
        with self.portal.doing(f"{type(self).__name__}.lens"):
            self.portal.screen.soonest([self.known, self.unknown], unless=self.complains)
        self.refuse_if_complained()
        known = self._knows(self.portal.screen.latest)
        if not known:
            self._register_new()
        return known

    def _knows(self, seen: Look | None = None) -> bool:
        """What the lens says now, or said in this look. Raises UnexpectedPage unless one thing."""
        with self.portal.doing(f"{type(self).__name__}.lens"):
            known, unknown = self.portal.screen.shown(self.known, self.unknown, seen=seen)
        if known == unknown:
            raise UnexpectedPage(TWO_ANSWERS, where=f"{type(self).__name__}.lens")
        return known

    def _register_new(self) -> None:
        """The tick for one who is not known. Raises Slow where the lens has changed its answer."""
        with self.portal.slow_when(self._knows, self.register_new.key):
            self.register_new.tick()

    def _agrees(self, values: Mapping[str, str], *, known: bool) -> None:
        """What the portal knows of the person is what is declared. Raises RowRefused."""
        told = {f: v for f, v in values.items() if known and v and f in self.FILLED_BY_LENS}
        if wrong := self.differing(told, self.held(told)):
            other = self.labels(wrong)
            raise RowRefused(
                Words(
                    f"Portal mengenali pekerja ini dengan maklumat lain: {other.bm}.",
                    f"The portal knows this worker with other details: {other.en}.",
                )
            )


class LocalFields(Form):
    """What registration and change of a local worker share (facts 5.2, 10)."""

    old_identification = Text()
    name = Text()
    date_of_birth = Text()
    gender = Radio()
    race = Choice()
    occupation = Choice()
    sub_occupation = Choice()
    sub_occupation_list = Choice()
    nationality = Choice()
    wages_exceed_3000_before_june_2016 = Radio()


class EmployeePopup(PersonPopup, LocalFields):
    """Add Employee Information."""

    title = Heading()
    identification = Text()
    lens = Lens()
    register_new = Tick()
    employment_start_date = Text()
    terms = Tick()
    save = Button()
    cancel = Leave()
    landmark: ClassVar[Control] = title

    type: ClassVar[IdentificationType] = IdentificationType.NEW
    FILLED_BY_LENS: ClassVar[tuple[str, ...]] = (
        "name", "date_of_birth", "gender", "race", "nationality",
    )  # fmt: skip


class ForeignEmployeePopup(PersonPopup):
    """Maklumat Pekerja Asing, with passport, pass or permit, and next of kin (facts 5.3).

    The guide names its sections; every field in them is assumed (facts 16, 8).
    """

    title = Heading()
    identification = Text()
    lens = Lens()
    register_new = Tick()
    name = Text()
    date_of_birth = Text()
    gender = Radio()
    nationality = Choice()
    employment_start_date = Text()
    occupation = Choice()
    sub_occupation = Choice()
    sub_occupation_list = Choice()
    passport_valid_from = Text()
    passport_valid_until = Text()
    permit_type = WordChoice(PASS_TYPES)
    permit_number = Text()
    permit_valid_from = Text()
    permit_valid_until = Text()
    next_of_kin_name = Text()
    next_of_kin_relation = WordChoice(RELATIONS)
    next_of_kin_telephone = Text()
    next_of_kin_address = Text()
    next_of_kin_country = Choice()
    next_of_kin_form = File()
    terms = Tick()
    save = Button()
    cancel = Leave()
    landmark: ClassVar[Control] = title

    type: ClassVar[IdentificationType] = IdentificationType.PASSPORT
    number: ClassVar[str] = "passport_number"
    MEANS: ClassVar[dict[str, Vocabulary[Any]]] = {
        **PersonPopup.MEANS, "permit_type": PASS_TYPES, "next_of_kin_relation": RELATIONS,
    }  # fmt: skip
    FILLED_BY_LENS: ClassVar[tuple[str, ...]] = (
        "name", "date_of_birth", "gender", "nationality",
    )  # fmt: skip


class EmployeeUpdatePopup(Dialog, LocalFields):
    """Update Employee Information: the worker as the portal has him (facts 10)."""

    marker: ClassVar[str] = "identification"
    KEPT: ClassVar[tuple[str, ...]] = ("identification",)

    title = Heading()
    identification = Text()
    additional_identification = Text()
    identification_card = File()
    save = Button()
    cancel = Leave()
    landmark: ClassVar[Control] = title
    is_itself: ClassVar[frozenset[str]] = frozenset({"refusal"})

    def change(self, values: Mapping[str, str], files: Mapping[str, Path]) -> dict[str, str]:
        """Write the changed fields, read them back, SIMPAN. Gives old and new for the review.

        Raises RowRefused with the popup closed.
        """
        told = {field: value for field, value in values.items() if value}
        with self.left_when_refused():
            before = self.held(told)
            self.write(told, files)
            held = self.same(told)
            self.save.click()
            self.closed_or_refused("EmployeeUpdatePopup.save")
        return self.changed(before, held)
