"""The box before a search that says by what it seeks; its options are words of the profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rpa.errors import NotOnScreen, Words
from rpa.portal.find import Choice
from rpa.rules.choices import meant
from rpa.rules.vocabulary import SEARCHES

if TYPE_CHECKING:
    from rpa.rules.vocabulary import Search


class SearchBox(Choice):
    """A drop-down of the few ways to search."""

    def pick(self, by: Search) -> None:
        """Choose this way, unless it is chosen. Raises NotOnScreen unless it is offered once."""
        now = self.read()
        if SEARCHES.knows(now) and SEARCHES.read(now) is by:
            return
        offered = self.offered()
        mine = self._of(by, offered)
        if len(mine) != 1:
            raise self._not_once(by, offered)
        self.fill(mine[0])

    def offers(self, by: Search) -> bool:
        """Whether there is this way."""
        return bool(self._of(by, self.offered()))

    @staticmethod
    def _of(by: Search, offered: list[str]) -> list[str]:
        return sorted({o for word in SEARCHES.words(by) for o in meant(word.casefold(), offered)})

    def _not_once(self, by: Search, offered: list[str]) -> NotOnScreen:
        """With what is offered, none of which is anybody's, and the line that mends it."""
        there = ", ".join(f"'{self.page.portal.kept(option)}'" for option in offered)
        line = f"words: {{search: {{{by}: {{en: …}}}}}}"
        return NotOnScreen(
            Words(
                f"Kotak carian tidak menawarkan tepat satu '{SEARCHES.words(by)[0]}'; yang ada: "
                f"{there}. Pejabat boleh membaiki ini: tulis dalam config/profile.yaml: {line}",
                f"The search box does not offer exactly one '{SEARCHES.words(by)[0]}'; there are: "
                f"{there}. The office can mend this: write into config/profile.yaml: {line}",
            ),
            where=self.key,
        )
