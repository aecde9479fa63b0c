"""A drop-down whose few options are words of the profile: chosen and read back by meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rpa.errors import NotOnScreen, Words, WordSought
from rpa.portal.find import Choice
from rpa.rules.choices import meant
from rpa.rules.vocabulary import SEARCHES

if TYPE_CHECKING:
    from enum import StrEnum

    from rpa.rules.vocabulary import Vocabulary


class WordChoice(Choice):
    """Its value is any word of the list, in either language."""

    def __init__(self, words: Vocabulary[Any], **how: Any) -> None:
        super().__init__(**how)
        self.words = words

    def fill(self, value: str) -> None:
        """Choose the option that means this."""
        if self.words.knows(value):
            self.pick(self.words.read(value))
        else:
            super().fill(value)

    def holds(self, held: str, value: str) -> bool:
        """Whether the chosen option means it."""
        return super().holds(held, value) or (
            self.words.knows(held)
            and self.words.knows(value)
            and self.words.read(held) is self.words.read(value)
        )

    def pick(self, meaning: StrEnum) -> None:
        """Choose this, unless it is chosen. Raises NotOnScreen unless it is offered once."""
        now = self.read()
        if self.words.knows(now) and self.words.read(now) is meaning:
            return
        offered = self.offered()
        mine = self._of(meaning, offered)
        if len(mine) != 1:
            raise self._not_once(meaning, offered)
        super().fill(mine[0])

    def offers(self, meaning: StrEnum) -> bool:
        """Whether there is this option."""
        return bool(self._of(meaning, self.offered()))

    def _of(self, meaning: StrEnum, offered: list[str]) -> list[str]:
        known = self.words.words(meaning)
        return sorted({option for word in known for option in meant(word.casefold(), offered)})

    def _not_once(self, meaning: StrEnum, offered: list[str]) -> NotOnScreen:
        """With what is offered, none of which is anybody's, and the line that mends it."""
        there = ", ".join(f"'{self.page.portal.kept(option)}'" for option in offered)
        sought = self.words.words(meaning)[0]
        line = f"words: {{{self.words.name}: {{{meaning.name.lower()}: {{en: …}}}}}}"
        error = NotOnScreen(
            Words(
                f"Senarai pilihan tidak menawarkan tepat satu '{sought}'; yang ada: {there}. "
                f"Pejabat boleh membaiki ini: tulis dalam config/profile.yaml: {line}",
                f"The drop-down does not offer exactly one '{sought}'; there are: {there}. "
                f"The office can mend this: write into config/profile.yaml: {line}",
            ),
            where=self.key,
        )
        key = f"words.{self.words.name}.{meaning.name.lower()}"
        error.asks = WordSought(key, tuple(map(self.page.portal.kept, offered)))
        return error


def search_box() -> WordChoice:
    """The box before a search: by what it seeks."""
    return WordChoice(SEARCHES)
