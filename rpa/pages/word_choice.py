"""A drop-down whose few options are words of the profile: chosen and read back by meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rpa.portal.find import Choice, not_once
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
            raise not_once(self, self.words, meaning, offered)
        super().fill(mine[0])

    def offers(self, meaning: StrEnum) -> bool:
        """Whether there is this option."""
        return bool(self._of(meaning, self.offered()))

    def _of(self, meaning: StrEnum, offered: list[str]) -> list[str]:
        known = self.words.words(meaning)
        return sorted({option for word in known for option in meant(word.casefold(), offered)})


def search_box() -> WordChoice:
    """The box before a search: by what it seeks."""
    return WordChoice(SEARCHES)
