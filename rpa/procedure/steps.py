"""The steps of a flow: named, watched, stoppable; and the one that cannot be taken back."""

from __future__ import annotations

from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol

from rpa.errors import Refused, ReviewMismatch, RowRefused, Words
from rpa.rules.choices import squeeze

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from rpa.errors import RpaError
    from rpa.model.filing import Document, Filing, Mend, Papers, Row

    Shown = Mapping[str, Mapping[str, str]]


MOST, LONGEST = 50, 200  # differences that are told, and letters of one


class Rehearsed(Exception):
    """The last press was reached and, this being a rehearsal, not made."""


class Book(Protocol):
    """Where the steps of one filing are written down; the runner gives it."""

    def alive(self) -> None:
        """Raise unless this process may still touch the portal (lease, stop wish)."""

    def step(self, what: str, row: Row[Any] | None) -> None:
        """A step begins."""

    def row_refused(self, row: Row[Any], refused: RowRefused) -> None:
        """One row got its verdict; the filing goes on without it."""

    def saving(self, whole: frozenset[str] = frozenset()) -> None:
        """The next press makes the portal keep a draft; about ``whole`` and nobody less."""

    def unsaved(self) -> None:
        """The portal kept no draft after all."""

    def draft(self, reference: str) -> None:
        """The draft has this reference number."""

    def reviewed(self, shown: Mapping[str, Mapping[str, str]]) -> None:
        """The portal's review, as it was read back."""

    def picture(self, what: str) -> None:
        """Keep a picture of the screen."""

    def intend(self, rows: Sequence[Row[Any]]) -> None:
        """Write, on disk, that these rows will be pressed. Raises when that must not be."""

    def letter(self, file_name: str) -> Path:
        """Where a letter of this name is kept."""

    def papers(self, papers: Papers) -> None:
        """Papers of the case are kept, or told as missing."""

    def entered(self, row: Row[Any], items: Mapping[str, str]) -> None:
        """What the portal took for a row, by item name."""

    def trouble(self) -> RpaError | None:
        """What went wrong at the portal since the last press; None when nothing did."""


class Steps:
    """Given to a flow. ``with steps("…")`` is one step of the guide.

    ``kept`` are the rows that have not been refused, ``parts`` what the review must show of them,
    ``left`` the number of our own draft that is to be continued, if any.
    """

    def __init__(self, filing: Filing[Any], book: Book, rehearse: bool) -> None:  # noqa: FBT001  one of three, plain at the call
        self._filing = filing
        self._book = book
        self._rehearse = rehearse
        self.kept: list[Row[Any]] = list(filing.rows)
        self.parts: dict[int, dict[str, str]] = {}
        self.left = ""
        self.committed = False
        self._unnamed = False  # a draft is announced, and its number is not known

    @property
    def job(self) -> Any:
        """The job that is being filed."""
        return self._filing.job

    @property
    def documents(self) -> list[Document]:
        """The filing's papers and those of the rows kept; one that several name is sent once."""
        of_rows = [paper for row in self.kept for paper in row.documents if paper.type]
        once = {(p.type, p.path): p for p in [*of_rows, *self._filing.documents]}
        return list(once.values())

    def entered(self, row: Row[Any], items: dict[str, str]) -> None:
        """The row stands in the case; the review must show these items of it."""
        self.parts[row.number] = items
        self._book.entered(row, items)

    def alive(self) -> None:
        """Between two screens of a long step: raise when the run is to stop."""
        if not self.committed:
            self._book.alive()

    @contextmanager
    def __call__(self, what: str, *, row: Row[Any] | None = None) -> Iterator[None]:
        """One step. With a row, the portal's no to that row is that row's verdict.

        Where the portal itself was in trouble since its last press, that is what happened, and no
        verdict.
        """
        self.alive()
        self._book.step(what, row)
        try:
            yield
        except Refused as refused:
            trouble = self._book.trouble()
            if trouble is not None:
                raise trouble from None
            if row is None or not isinstance(refused, RowRefused):
                raise
            self.kept.remove(row)
            self._book.row_refused(row, refused)

    def saving(self, whole: frozenset[str] = frozenset()) -> None:
        """Before the press that leaves a draft at the portal. Raises Refused with no row left."""
        self.anyone_left()
        self._book.saving(whole)
        self._unnamed = True

    def unsaved(self) -> None:
        """That press was not made, or is known to have kept nothing: what is found is not ours."""
        if self._unnamed:
            self._book.unsaved()
        self._unnamed = False

    def anyone_left(self) -> None:
        """Raise Refused with no row left; an employer whose workers were all refused is none."""
        if not self.kept or (len(self._filing.rows) > 1 and self.kept == [_head(self._filing)]):
            raise Refused(
                Words(
                    "Portal menolak setiap baris pemfailan ini.",
                    "The portal refused every row of this filing.",
                )
            )

    def draft(self, reference: str) -> None:
        """The draft's number, so that a later run knows it as ours."""
        self._book.draft(reference)
        self._unnamed = False

    def same(
        self,
        declared: Shown,
        shown: Shown,
        mends: Callable[[Shown, Shown], Iterable[Mend]] = lambda *_: (),
    ) -> None:
        """Compare every field; one that is missing, changed or extra stops the filing.

        ``mends``: what the office can do about it, asked only then.
        """
        self._book.reviewed(shown)
        self._book.picture("review")
        wrong = first_of(list(differences(declared, shown, self._addresses(declared))))
        if wrong:
            told = Words(
                f"Semakan portal berbeza daripada kerja: {'; '.join(wrong)}.",
                f"The portal's review differs from the job: {'; '.join(wrong)}.",
            )
            found = list(mends(declared, shown))
            every = [told, *dict.fromkeys(one.words for one in found)]
            mismatch = ReviewMismatch(
                Words("\n".join(one.bm for one in every), "\n".join(one.en for one in every))
            )
            mismatch.rows = self._alone(declared, shown)
            mismatch.asks = next((one.asks for one in found if one.asks), None)
            raise mismatch

    def _addresses(self, declared: Shown) -> dict[str, str]:
        """Where the operator finds what a part of the review is about."""
        rows = [row for row in self.kept if row.number]
        return {key: row.address for row in rows for key in declared if key in row.record.known_as}

    def _alone(self, declared: Shown, shown: Shown) -> frozenset[int]:
        """The rows that all that differs is about, where others are left that are as declared."""
        wrong = {part for part in {*declared, *shown} if not alike(declared, shown, part)}
        rows = {row.number: row.record.known_as & wrong for row in self.kept if row.number}
        about = frozenset(number for number, parts in rows.items() if parts)
        entered = about <= self.parts.keys() and wrong <= declared.keys() & shown.keys()
        explained = wrong == set().union(*(rows[number] for number in about))
        return about if entered and explained and len(about) < len(rows) else frozenset()

    @contextmanager
    def commit(self, what: str) -> Iterator[None]:
        """The step that cannot be taken back: the press and the arrival, nothing else.

        A rehearsal ends here. Otherwise the intent is on disk before the press; from then on only
        the portal's own record says how it ended.
        """
        self._book.alive()
        self._book.step(stops_before(what) if self._rehearse else what, None)
        if self._rehearse:
            raise Rehearsed
        self._book.intend(self.kept)
        self.committed = True
        yield

    def letter(self, file_name: str) -> Path:
        """Where to keep a letter."""
        return self._book.letter(file_name)

    def papers(self, papers: Papers) -> None:
        """Keep what the portal made of the case. Raises NotWritten: nothing was pressed yet."""
        self._book.papers(papers)

    def picture(self, what: str) -> None:
        """Keep a picture of the screen."""
        self._book.picture(what)


def stops_before(press: str) -> str:
    """The last step of a rehearsal: the press's own name there would read as if it were made."""
    button = press.partition(",")[0].upper()
    return f"berhenti sebelum {button} / stops before {button}"


def _head(filing: Filing[Any]) -> Row[Any] | None:
    """The row that is the employer, in a filing that has one."""
    first = filing.rows[0]
    return first if first.number == 0 else None


def first_of(wrong: Sequence[str]) -> list[str]:
    """As many as a sentence may hold; the review's picture and copy show them all."""
    told = [part if len(part) <= LONGEST else f"{part[:LONGEST]} …" for part in wrong[:MOST]]
    return [*told, f"… [+{len(wrong) - MOST}]"] if len(wrong) > MOST else told


def differences(
    declared: Shown, shown: Shown, addresses: Mapping[str, str] = MappingProxyType({})
) -> Iterator[str]:
    """What differs, by row or part and field name; never the values, which are people's data.

    ``addresses``: the rows that parts are about; a part without one is told by its place.
    """
    parts = [*declared, *(p for p in shown if p not in declared)]
    for place, part in enumerate(parts, start=1):
        where = addresses.get(part, f"[{place}]")
        if part not in shown:
            yield f"{where} missing"
        elif part not in declared:
            yield f"{where} extra"
        else:
            yield from _fields(where, declared[part], shown[part])


def alike(declared: Shown, shown: Shown, part: str) -> bool:
    """Whether this part is shown as it was declared."""
    both = part in declared and part in shown
    return both and not list(_fields("", declared[part], shown[part]))


def _fields(where: str, declared: Mapping[str, str], shown: Mapping[str, str]) -> Iterator[str]:
    """Texts are compared as a page shows them: it shows several blanks as one."""
    for field in [*declared, *(f for f in shown if f not in declared)]:
        if field not in shown:
            yield f"{where} {field} missing"
        elif field not in declared:
            yield f"{where} {field} extra"
        elif squeeze(declared[field]) != squeeze(shown[field]):
            yield f"{where} {field}"
