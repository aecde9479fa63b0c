"""Every way to stop, named by who must act next.

Each error carries its sentence in Malay and English, the place it is about and, where there is
one, the picture that shows it. ``who`` says in whose hands the next move is, ``next_move`` what
that move is and that nothing was lost. It never says that nothing was sent: an error knows neither
what this run sent before it nor what an earlier one did. The run adds that from the ledger, as
``sent``. ``exit_code`` is what the command ends with (sysexits
where one fits); the table stands in ``docs/exit-codes.md``.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Words:
    """One sentence in the operator's two languages."""

    bm: str
    en: str

    @classmethod
    def quoted(cls, text: str) -> Words:
        """The portal's own words: shown as they came, never translated."""
        return cls(text, text)

    def __str__(self) -> str:
        return self.en


FEW = 10
PLAIN_WORD = re.compile(r"[\w./\\:@=+-]+")


def first_few(numbers: Sequence[int]) -> str:
    """Row numbers for a sentence, the first ten and a sign that there are more: ``2, 3, 5``."""
    return ", ".join([*map(str, numbers[:FEW]), *(["…"] if len(numbers) > FEW else [])])


def many(count: int, one: str) -> str:
    """``1 row``, ``2 rows``; a Malay noun has no plural behind a number."""
    return f"{count} {one}" if count == 1 else f"{count} {one}s"


def to_copy(word: str) -> str:
    """A word of a command that is shown for copying: sh, cmd and PowerShell all know these quotes.

    To PowerShell and cmd ``( ) & ; ,`` end a word, and single quotes are none to cmd.
    """
    return word if PLAIN_WORD.fullmatch(word) else f'"{word}"'


class Severity(StrEnum):
    """Whether a problem stops the job or is only shown."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a job, with the address where a person mends it.

    ``address`` is ready to be shown: ``joiners.yaml:7:12``, ``joiners.xlsx!Sheet1!C17``,
    ``joiners.csv: row 17, column ic``. ``code`` is short and stable (``nric-date``), for tests
    and for grouping. ``words`` never repeat an identity number or a name: the address is enough.
    """

    address: str
    code: str
    words: Words
    severity: Severity = Severity.ERROR


class RpaError(Exception):
    """The base of all that stops a run on purpose."""

    exit_code: ClassVar[int] = 70
    who: ClassVar[Words] = Words("penyelenggara", "maintainer")
    next_move: ClassVar[Words] = Words(
        "Laporkan kepada penyelenggara alat ini.", "Report it to the maintainer of this tool."
    )

    asks: WordSought | None = None  # what a person may say, so that it does not come again

    def __init__(self, words: Words, *, where: str = "", evidence: Path | None = None) -> None:
        super().__init__(words.en)
        self.words = words
        self.where = where
        self.sent: Words | None = None
        self.evidence = evidence


class JobInvalid(RpaError):
    """The job file or its table cannot be filed as it stands."""

    exit_code = 65
    who = Words("pengendali", "operator")
    next_move = Words(
        "Betulkan fail kerja atau jadual, kemudian jalankan semula.",
        "Correct the job file or the table, then run it again.",
    )

    def __init__(self, words: Words, *, where: str = "", problems: Sequence[Problem] = ()) -> None:
        super().__init__(words, where=where)
        self.problems = tuple(problems)


class ConfigInvalid(RpaError):
    """Something in config/, the environment or the ledger's place does not serve."""

    exit_code = 78
    who = Words("pengendali", "operator")
    next_move = Words(
        "Betulkan konfigurasi, kemudian jalankan semula.",
        "Correct the configuration, then run it again.",
    )


class Bug(RpaError):
    """A fault of this tool itself, which nobody foresaw; the run was ended by the rules."""

    exit_code = 71
    next_move = Words(
        "Hantar fail bug.json kepada penyelenggara; tiada data peribadi di dalamnya. Apa yang "
        "sudah difailkan kekal dan tidak akan dihantar dua kali.",
        "Send the file bug.json to the maintainer; no personal data is in it. What has been filed "
        "stays filed and will not be sent twice.",
    )


class Refused(RpaError):
    """The portal said no, in its own words, before anything was filed."""

    exit_code = 10
    who = Words("pengendali", "operator")
    next_move = Words(
        "Betulkan data mengikut kata-kata portal, kemudian jalankan semula.",
        "Correct the data as the portal's words ask, then run it again.",
    )


class RowRefused(Refused):
    """The portal, or the look at it, said no to one row; the filing goes on without it.

    ``shown``: a picture (PNG) of the screen that said so, where it was left since; else nothing.
    """

    shown: bytes = b""


class HeldBack(Refused):
    """A filing that goes whole or not at all: rows of it were refused, and hold the others back."""


class ReviewMismatch(RpaError):
    """The portal's review does not show what the job declares; the last press was not made."""

    exit_code = 11
    who = Words("pengendali", "operator")
    next_move = Words(
        "Bandingkan kerja dengan gambar semakan. Tekanan terakhir tidak dibuat.",
        "Compare the job with the picture of the review. The last press was not made.",
    )
    rows: frozenset[int] = frozenset()  # the only ones it is about; the others are as declared


class Guarded(RpaError):
    """The job contradicts the portal or itself so that it must be somebody's mistake."""

    exit_code = 15
    who = Words("pengendali", "operator")
    next_move = Words(
        "Semak kerja dan jadualnya terhadap senarai di portal.",
        "Check the job and its table against the portal's listing.",
    )


class NotConfirmed(RpaError):
    """Nobody has said yet that the words that decide are so at this live portal."""

    exit_code = 16
    who = Words("pejabat", "office")
    next_move = Words(
        "Seorang yang mengenali portal itu mengesahkannya: assist-rpa calibrate --confirm. Raptai "
        "tidak memerlukannya.",
        "A person who knows the portal confirms them: assist-rpa calibrate --confirm. A rehearsal "
        "needs none.",
    )


class NeedsApproval(RpaError):
    """A second person must agree before this is sent."""

    exit_code = 12
    who = Words("penyelia", "supervisor")
    next_move = Words("Minta penyelia meluluskan pelan.", "Ask a supervisor to approve the plan.")


class NeedsPerson(RpaError):
    """The portal asks for something only a person may do (code, expired password, terms)."""

    exit_code = 13
    who = Words("pengendali", "operator")
    next_move = Words(
        "Selesaikannya dalam pelayar, kemudian jalankan semula. Tiada apa-apa hilang.",
        "Do it in the browser, then run again. Nothing was lost.",
    )


class InDoubt(RpaError):
    """The last press was made and the portal's record does not yet say how it ended."""

    exit_code = 14
    who = Words("pengendali", "operator")
    next_move = Words(
        "Lihat rekod di portal. Alat ini tidak akan menghantarnya sekali lagi.",
        "Look at the record in the portal. This tool will not send it again.",
    )


class Stopped(RpaError):
    """A person asked the run to stop; it did so at a safe point."""

    exit_code = 130
    who = Words("pengendali", "operator")
    next_move = Words(
        "Jalankan semula untuk menyambung. Tiada apa-apa hilang atau dihantar dua kali.",
        "Run it again to go on. Nothing was lost or sent twice.",
    )


class NotWritten(RpaError):
    """A result (workbook, report, evidence) cannot be written; what was filed stays filed."""

    exit_code = 73
    who = Words("pengendali", "operator")
    next_move = Words(
        "Kosongkan ruang cakera atau buka semula akses folder, kemudian jalankan semula. "
        "Apa yang sudah difailkan tidak akan dihantar dua kali.",
        "Free disk space or allow access to the folder, then run it again. "
        "What has been filed will not be sent twice.",
    )


SENT_NOTHING = Words("Pelaksanaan ini tidak menghantar apa-apa.", "This run sent nothing.")


@contextmanager
def before_any_portal() -> Iterator[None]:
    """Around what a command does before it opens a portal: what ends it there sent nothing."""
    try:
        yield
    except RpaError as error:
        error.sent = SENT_NOTHING
        raise


@contextmanager
def keeping(path: Path, *, leave: tuple[type[OSError], ...] = ()) -> Iterator[None]:
    """Around the writing of one of a run's files: what the disk refuses is NotWritten.

    ``leave``: what the caller answers by itself.
    """
    try:
        yield
    except leave:
        raise
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise NotWritten(
            Words(
                f"Fail {path.name} tidak dapat ditulis: {why}.",
                f"The file {path.name} cannot be written: {why}.",
            ),
            where=str(path),
        ) from error


class Busy(RpaError):
    """Another run holds this portal ID; two sessions of one log-in break each other."""

    exit_code = 75
    who = Words("tiada sesiapa", "nobody")
    next_move = Words(
        "Jalankan semula apabila proses yang lain selesai.",
        "Run it again when the other run has ended.",
    )


@dataclass(frozen=True, slots=True)
class WordSought:
    """What only a person can say: which of these words is meant, or what this one means.

    ``key`` is the profile's: ``Inbox.cases.columns.status``, ``words.action.edit``; of a word whose
    meaning is asked for the vocabulary alone, ``words.status``.
    """

    key: str
    words: tuple[str, ...]


class UnexpectedPage(RpaError):
    """A screen is not as the page objects know it; nothing was guessed."""

    exit_code = 70
    next_move = Words(
        "Lihat gambar. Jika portal lain daripada yang dikenali: assist-rpa calibrate mencadangkan "
        "baris untuk config/profile.yaml.",
        "See the picture. Where the portal is otherwise than it is known: assist-rpa calibrate "
        "proposes the lines for config/profile.yaml.",
    )


class NotOnScreen(UnexpectedPage):
    """A control is not there as it is known; who sees the screen can say how it is called now."""

    who = Words("pejabat", "office")
    next_move: ClassVar[Words] = Words(
        "Bandingkan ayat ini dengan gambar; tulis perkataan baharu dalam config/profile.yaml, "
        "kemudian jalankan semula. Tiada apa-apa diteka.",
        "Compare this sentence with the picture; write the new words into config/profile.yaml, "
        "then run it again. Nothing was guessed.",
    )

    def told(self, words: Words, *, where: str = "") -> NotOnScreen:
        """The same in other words; what it asks stays asked."""
        other = NotOnScreen(words, where=where or self.where)
        other.asks = self.asks
        return other


class NotThePortal(RpaError):
    """The other end is not surely the portal: a false certificate, or another address."""

    exit_code = 76
    who = Words("pengendali / IT", "operator / IT")
    next_move = Words(
        "Semak alamat portal dalam pelayar dan minta IT menyemak sijil serta rangkaian; kemudian "
        "jalankan semula. Tiada apa-apa ditaip di sana.",
        "Look at the portal's address in a browser, and have IT check certificate and network; "
        "then run again. Nothing was typed there.",
    )


class PortalUnavailable(RpaError):
    """The portal is down, in maintenance or behind its firewall page."""

    exit_code = 75
    who = Words("tiada sesiapa", "nobody")
    next_move = Words(
        "Jalankan semula kemudian. Tiada apa-apa hilang.", "Run it again later. Nothing was lost."
    )
