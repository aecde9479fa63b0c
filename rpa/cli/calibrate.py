"""`assist-rpa calibrate`: a first visit to a portal, which only looks."""

from __future__ import annotations

import os
import sys
import threading
from collections import Counter
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from rich.table import Table
from rich.text import Text

from rpa import settings
from rpa.calibration import earlier, evidence, result
from rpa.calibration.accept import NO_SUCH, Acceptance, NotSeenThere, called, each
from rpa.calibration.confirm import Confirming
from rpa.calibration.entries import State
from rpa.calibration.purposes import asked_for
from rpa.calibration.tour import STOPS
from rpa.calibration.visit import STILL_S, Calibration, Rehearsal
from rpa.cli import aim, console
from rpa.cli.check import checked
from rpa.cli.run import carry_out, shown_browser
from rpa.cli.sealing import sealing
from rpa.cli.stopping import stops_when_asked
from rpa.engine.agenda import Agenda
from rpa.errors import (
    JobInvalid,
    NotConfirmed,
    Stopped,
    UnexpectedPage,
    Words,
    before_any_portal,
)
from rpa.evidence.folder import PROFILE_FILE, RunFolder
from rpa.ledger.ledger import Ledger
from rpa.pages.agreement import check_profile
from rpa.portal.profile import OVERLAY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from rpa.calibration.accept import Offer
    from rpa.calibration.confirm import Asked
    from rpa.calibration.entries import Near
    from rpa.calibration.result import Done, Written
    from rpa.calibration.tour import Stop
    from rpa.calibration.visit import Question
    from rpa.portal.tab import Portal
    from rpa.settings import PortalId, Settings

NAME = "calibrate"
STDIN = 0


class NotAsked(JobInvalid):
    """The command cannot be carried out as it was typed."""

    next_move = Words("Lihat: assist-rpa calibrate --help", "See: assist-rpa calibrate --help")


class Wish(NamedTuple):
    """Whose screens, which parts, at which portal; a person at the browser; to go on or anew."""

    employer: str
    parts: Sequence[str]
    portal: str | None
    config: Path | None
    show_browser: bool = False
    resume: bool = False
    keeps: bool = True  # its result, from part to part


def calibrate(said: tuple[Any, ...]) -> int:
    """Walk the portal, look, and propose; 0 when all is as it is known."""
    wish = Wish(*said)
    with visited(wish, _chosen) as (visit, join):
        written = result.write(visit, join)
        captured = visit.capture.write(visit)
    console.notes((*visit.notes, *visit.elsewhere.told))
    tell(visit, written)
    console.out.print(console.say(CAPTURED).format(captured), markup=False)
    if visit.stopped_by:
        console.notes([RESUME])
        raise visit.stopped_by
    return ending(written.told)


@contextmanager
def visited(
    wish: Wish, choose: Callable[[Question], int | str | None]
) -> Iterator[tuple[Calibration, result.Join]]:
    """A visit from its settings to its end, and what adds the one that it went on with.

    What is written of it meanwhile is sealed. Raises NotAsked, ConfigInvalid.
    """
    stops = stops_of(wish.parts)
    known = settings.load(config=wish.config, portal=wish.portal, opens=True)
    if wish.show_browser:
        known = shown_browser(known)
    console.notes(check_profile(known, whole=True))
    holder, employer = whose(known, wish.employer)
    aim.tell(known, employer, LOOKING)
    console.err.print(console.say(BEGINS), markup=False)
    before = earlier.last(known) if wish.resume else None
    folder = RunFolder.create(known.runs, job_name=NAME, now=known.now())
    folder.put(PROFILE_FILE, known.profile.text)
    with Ledger.open(known.ledger) as ledger, sealing(folder, ledger):
        visit = Calibration(known, holder, employer, ledger, folder, choose, _tell, stops)
        visit.done = earlier.reached(before[1]) if before else ()
        if choose is _chosen and console.at_a_terminal():
            visit.still_s = STILL_S
            if not known.portal.headless:
                visit.bring = partial(_bring, visit.stop.is_set)
        join: result.Join = partial(earlier.joined, before) if before else dict
        if wish.keeps:
            visit.tell = partial(_begins, visit, join)
        with stops_when_asked(visit.stop):
            visit.run()
        yield visit, join


def ending(told: earlier.Told) -> int:
    """Whether anything is left to be decided."""
    open_ = told["lines"] or told["words"] or any(one["error"] for one in told["stops"])
    return UnexpectedPage.exit_code if open_ else 0


def _begins(visit: Calibration, join: result.Join, words: Words) -> None:
    """What was seen so far is kept, should it not come to its end."""
    if visit.outcomes:
        result.keep(visit, join)
    _tell(words)


def _bring(stopped: Callable[[], bool], portal: Portal, wanted: Words) -> bool:
    """Whether a person has brought the browser there; what they press meanwhile is theirs."""
    console.err.print(console.say(wanted), style="bold", markup=False)
    console.err.print(console.say(THEIRS), markup=False, end=" ")
    said: list[bytes] = []
    # Straight from the descriptor: a thread that still waits in a stream would hold up the end.
    typing = threading.Thread(target=lambda: said.append(os.read(STDIN, 1024)), daemon=True)
    typing.start()
    portal.lent(lambda: stopped() or not typing.is_alive())
    console.err.print(console.say(OURS), markup=False)
    answer = b"".join(said).decode(errors="replace")
    return bool(answer) and answer.strip().casefold() not in SKIP


def rehearse(job: Path, portal: str | None, config: Path | None) -> int:
    """Rehearse a small job of the office's own, and look at each screen that only then comes."""
    with ExitStack() as opened:
        with before_any_portal():
            known = settings.load(config=config, portal=portal, opens=True)
            plan, warned = checked(job, known, aim.REHEARSAL)
            ledger = opened.enter_context(Ledger.open(known.ledger))
        if len(plan.rows) > MOST_REHEARSED:
            raise NotAsked(TOO_MANY, where=str(job))
        _consented(len(plan.rows))
        holder, employer = whose(known, plan.job.employer_code)
        folder = RunFolder.create(known.runs, job_name=NAME, now=known.now())
        folder.put(PROFILE_FILE, known.profile.text)
        opened.enter_context(sealing(folder, ledger))
        seen = Rehearsal(known, holder, employer, ledger, folder, _chosen, _tell, ())
        agenda = Agenda.of(known, plan, ledger, scheduled=False)
        outcome = carry_out(known, plan, warned, agenda, rehearse=True, visitor=seen)
        written = result.write(seen)
    tell(seen, written)
    return outcome.exit_code or ending(written.told)


def _consented(rows: int) -> None:
    """A person at a terminal says yes first. Raises Stopped."""
    console.err.print(console.say(REHEARSES).format(rows), markup=False)
    if not console.at_a_terminal():
        return
    console.err.print(console.say(GO_ON), style="bold", markup=False, end=" ")
    if sys.stdin.readline().strip().casefold() not in aim.YES:
        raise Stopped(LEFT)


def stops_of(parts: Sequence[str]) -> Sequence[Stop]:
    """Those of these names, in the order of the way. Raises NotAsked."""
    names = [stop.name for stop in STOPS]
    if unknown := [part for part in parts if part not in names]:
        told = unknown[0], ", ".join(names)
        raise NotAsked(Words(NO_PART.bm.format(*told), NO_PART.en.format(*told)))
    return [stop for stop in STOPS if not parts or stop.name in parts]


def whose(known: Settings, employer: str) -> tuple[PortalId, str]:
    """The portal ID, and the employer whose screens are opened. Raises NotAsked."""
    holders = known.employers()
    if employer:
        return holders.holder_of(employer, None), employer
    codes = [code for one in holders.portal_ids for code in one.employers]
    if len(codes) != 1 and len(holders.portal_ids) != 1:
        raise NotAsked(WHOSE, where="assist-rpa calibrate EMPLOYER")
    return holders.portal_ids[0], codes[0]


def _tell(stop: Words) -> None:
    console.err.print(f"  {console.say(stop)} …", markup=False)


def _chosen(question: Question) -> int | str | None:
    """What a person at the terminal says; nobody there is asked nothing."""
    if not console.at_a_terminal():
        return None
    said = [_option(near) for near in question.offered]
    key = question.key
    sought = console.say(asked_for(key, " / ".join(question.known)))
    if question.word:
        return _asked(console.say(MEANS).format(question.word, key), said, NUMBER)
    if question.of:
        return _asked(console.say(EMPTY).format(question.of, key), said)
    return _asked(console.say(COMES if question.comes else ASK).format(sought, key), said)


def _option(near: Near) -> str:
    """What it is called, its kind, and why it is offered."""
    shown = console.say(called(near.words, near.kind))
    why = console.say(evidence.said(near.reasons))
    return f"{shown} · {why}" if why else shown


def _asked(question: str, said: Sequence[str], how: Words | None = None) -> int | str | None:
    """A number of these, words of one's own, or nothing.

    With ``how`` there are no words of one's own: what is none of the numbers is asked once more.
    """
    console.err.print(question, style="bold", markup=False)
    for number, told in enumerate(said, 1):
        console.err.print(f"  {number}  {told}", markup=False)
    for _ in range(2 if how else 1):
        console.err.print(console.say(how or NONE_OF_THEM), markup=False, end=" ")
        told = console.typed().strip()
        if told.isdigit() and 0 < int(told) <= len(said):
            return int(told) - 1
        if not told:
            return None
    return None if how or told.isdigit() else told


def accept(by: str, portal: str | None, config: Path | None) -> int:
    """Go through what the last visit proposed; what is taken goes into config/profile.yaml."""
    known = settings.load(config=config, portal=portal, opens=True)
    console.notes(check_profile(known, whole=True))
    if known.portal.live and not by:
        raise NotAsked(BY_WHOM, where="assist-rpa calibrate --accept --by")
    going = Acceptance(known, by)
    console.err.print(f"{going.told['portal']} · {going.file.parent}", markup=False)
    for offer in going.offers():
        if not _gone_through(going, offer):
            break
    place = going.write() if going.taken else known.config / OVERLAY
    console.out.print(console.say(TAKEN).format(len(going.taken), place), markup=False)
    return 0


def _gone_through(going: Acceptance, offer: Offer) -> bool:
    """No for no more questions; words that nobody saw are asked for once more."""
    for _ in range(2):
        chosen = _decided(offer)
        if chosen is None or chosen == -1:
            return chosen is not None
        try:
            fits = going.take(offer, chosen)
        except NotSeenThere as error:
            console.err.print(f"  {console.say(error.words)}", markup=False)
            continue
        if not fits:
            console.err.print(console.say(NOT_FITTING).format(offer.key), markup=False)
        return True
    return True


def confirm(by: str, portal: str | None, config: Path | None) -> int:
    """Go through what decides at a portal; 0 when nothing of it is left open."""
    known = settings.load(config=config, portal=portal, opens=True)
    console.notes(check_profile(known, whole=True))
    if not by:
        raise NotAsked(BY_WHOM, where="assist-rpa calibrate --confirm --by")
    going, left = Confirming(known, by), 0
    console.err.print(f"{known.portal.address} · {console.say(CONFIRMS)}", markup=False)
    asked = list(going.questions())
    for number, question in enumerate(asked, 1):
        if (agreed := _agreed(question, f"{number}/{len(asked)}")) is None:
            left += len(asked) - number + 1
            break
        if agreed:
            going.keys += question.keys
        else:
            left += 1
            console.err.print(console.say(THEN_MEND), markup=False)
    place = going.write() if going.keys else known.config / OVERLAY
    said = console.say(CONFIRMED).format(len(going.keys), place, left)
    console.out.print(said, markup=False)
    return NotConfirmed.exit_code if left else 0


def _agreed(question: Asked, number: str) -> bool | None:
    """Whether all of it is so; None for no more questions."""
    console.err.print(f"{number}  {console.say(question.title)}", style="bold", markup=False)
    grid = Table(box=None, show_header=False, padding=(0, 2, 0, 2))
    for name, looks, seen in question.known:
        grid.add_row(Text(name), Text(looks or "-"), Text(console.say(seen), "dim"))
    console.err.print(grid)
    console.err.print(console.say(SO_IT_IS), markup=False, end=" ")
    told = sys.stdin.readline()
    said = told.strip().casefold()
    return None if not told or said in QUIT else said in aim.YES


def _decided(offer: Offer) -> int | str | None:
    """Which of the lines, or other words; -1 for none of them, None for no more questions."""
    sought = console.say(asked_for(offer.key, " / ".join(offer.known)))
    asked = console.say(MEANS).format(offer.word, offer.key)
    console.err.print(asked if offer.word else f"{offer.key}: {sought}", style="bold", markup=False)
    if offer.proposed:
        console.err.print(
            f"  {console.say(offer.options[0][0])}\n{console.say(YES_OR_NO)}",
            markup=False,
            end=" ",
        )
        told = sys.stdin.readline()
        said = told.strip().casefold()
        return None if not told or said in QUIT else 0 if said in aim.YES else -1
    for number, (shown, _) in enumerate(offer.options, 1):
        console.err.print(f"  {number}  {console.say(shown)}", markup=False)
    console.err.print(console.say(WHICH_NUMBER if offer.word else WHICH), markup=False, end=" ")
    told = sys.stdin.readline()
    said = told.strip()
    if not told or said.casefold() in QUIT:
        return None
    if said.isdigit() and 0 < int(said) <= len(offer.options):
        return int(said) - 1
    return -1 if offer.word or said.isdigit() or len(said) < SHORTEST else said


def tell(visit: Done, written: Written) -> None:
    """What is otherwise, what was not reached, where the files are, and the counts."""
    told = written.told
    _open(visit, told)
    unreached = [stop for stop in told["stops"] if stop["error"]]
    for stop in unreached:
        title, said = (console.say(Words(one["bm"], one["en"])) for one in (stop, stop["error"]))
        console.err.print(f"[red]{console.say(NOT_REACHED)}[/] {title}:", end=" ")
        console.err.print(said, markup=False)
    if unreached and visit.stops and visit.settings.portal.headless:
        console.err.print(console.say(BY_HAND), markup=False)
    for word in told["words"]:
        said = console.say(MEANS).format(word["word"], word["vocabulary"])
        console.err.print(said, markup=False)
    places = console.say(PLACES).format(written.page, written.proposed)
    console.out.print(places, markup=False)
    states = Counter(entry["state"] for entry in told["entries"])
    lines = sum(len(list(each(*line))) for line in told["lines"].items())
    doubts = states["twice"] + states["disagree"]
    counts = len(told["entries"]), states["expected"], lines, doubts, states["unseen"]
    end = console.say(_reached(visit, told))
    console.out.print(f"{console.say(COUNTS).format(*counts)}; {end}", markup=False)


def reached(told: earlier.Told) -> int:
    """How many parts, each in every language that was walked."""
    failed = {stop["name"] for stop in told["stops"] if stop["error"]}
    return len({stop["name"] for stop in told["stops"]} - failed)


def _reached(visit: Done, told: earlier.Told) -> Words:
    if not visit.stops:
        languages = len(visit.languages)
        return Words(f"raptai, {languages} bahasa", f"seen in a rehearsal, {languages} language")
    parts = reached(told), len(visit.stops)
    return Words(
        "dicapai {} daripada {} bahagian".format(*parts), "reached {} of {} parts".format(*parts)
    )


def _open(visit: Done, told: earlier.Told) -> None:
    """What is otherwise than it is known, each with the line that would mend it, and by what.

    Below them what only has a candidate, of which nothing is proposed.
    """
    rows = [*_proposed(visit, told), *_candidates(visit, told)]
    if not rows:
        return
    grid = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    heads: Sequence[Words] = (ENTRY, KNOWN, PROPOSED, BY)
    for number, head in enumerate(heads):
        grid.add_column(console.say(head), overflow="fold", no_wrap=number == 0)
    for key, known, new, by in rows:
        grid.add_row(Text(key), Text(known or "-", "dim"), Text(new), Text(by, "dim"))
    console.out.print(grid)


def _proposed(visit: Done, told: earlier.Told) -> Iterator[tuple[str, str, str, str]]:
    found = {visit.home(key): one for key, one in visit.found.items() if one.values}
    for key, values in ((k, v) for k, parts in told["lines"].items() for v in each(k, parts)):
        new = ", ".join(f"{part}: {text}" for part, text in values.items())
        new = console.say(NO_SUCH) if "none" in values else new
        by = evidence.said(found[key].reasons) if key in found else Words("", "")
        yield key, " / ".join(visit.known(key)), new, console.say(by)


def _candidates(visit: Done, told: earlier.Told) -> Iterator[tuple[str, str, str, str]]:
    """The likeliest of each entry that is missing and has no line."""
    for key, one in visit.found.items():
        if one.state is State.MISSING and one.nearest and visit.home(key) not in told["lines"]:
            near = one.nearest[0]
            shown = f"? {console.say(called(near.words, near.kind))}"
            yield key, " / ".join(one.known), shown, console.say(evidence.said(near.reasons))


SKIP = ("s", "l")
PLACES = Words("halaman:   {}\ncadangan:  {}", "page:     {}\nproposed: {}")
CAPTURED = Words("tangkapan: {}", "capture:  {}")
COUNTS = Words(
    "dikalibrasi {} entri: {} seperti dikenali, {} dicadangkan, {} diragui, {} tidak dilihat",
    "calibrated {} entries: {} as expected, {} proposed, {} in doubt, {} not seen",
)
RESUME = Words(
    "Apa yang dilihat disimpan; sambung dari situ dengan: assist-rpa calibrate --resume",
    "What was seen is kept; go on from there with: assist-rpa calibrate --resume",
)
THEIRS = Words(
    "Pelayar kini di tangan anda: apa yang anda tekan sampai ke portal, maka jangan SIMPAN atau "
    "HANTAR. Gunakan tab ini juga. Enter apabila skrin itu terbuka, s untuk langkau:",
    "The browser is yours now: what you press does reach the portal, so do not SAVE or SUBMIT. "
    "Stay in this tab. Press Enter when the screen is open, or s to skip it:",
)
OURS = Words(
    "Lawatan diteruskan; sekali lagi ia hanya melihat.", "The visit goes on; it only looks again."
)
BY_HAND = Words(
    "Anda boleh membuka skrin itu sendiri: assist-rpa calibrate --resume --show-browser",
    "You can open such a screen yourself: assist-rpa calibrate --resume --show-browser",
)
LOOKING = Words("LIHAT SAHAJA", "ONLY LOOKING")
BEGINS = Words(
    "Setiap skrin dibuka dan dilihat; tiada apa-apa disimpan, dimuat naik atau dihantar.",
    "Each screen is opened and looked at; nothing is saved, uploaded or submitted.",
)
MOST_REHEARSED = 5
TOO_MANY = Words(
    f"Untuk melihat, beri kerja yang kecil: {MOST_REHEARSED} baris atau kurang.",
    f"To look, give a small job: {MOST_REHEARSED} rows or fewer.",
)
REHEARSES = Words(
    "Raptai {} baris: borang diisi dan disimpan sebagai draf, draf itu dibuang semula; HANTAR "
    "tidak ditekan.",
    "A rehearsal of {} rows: forms are filled and saved as a draft, which is removed again; SUBMIT "
    "is not pressed.",
)
GO_ON = Words("Teruskan? [y/T]", "Go on? [y/N]")
LEFT = Words("Raptai tidak dimulakan.", "The rehearsal was not begun.")
WHOSE = Words(
    "Ada beberapa majikan; nyatakan kod majikan yang skrinnya dibuka.",
    "There are several employers; give the code of the one whose screens are opened.",
)
NO_PART = Words("Tiada bahagian '{}'; yang ada: {}.", "There is no part '{}'; there are: {}.")
ASK = Words("Yang manakah ini: {} ({})?", "Which of these is this: {} ({})?")
COMES = Words(
    "Skrin ini sepatutnya terbuka sekarang: {0}. Enter jika yang terbuka ialah skrin lain; jika "
    "skrin itu, yang manakah tajuknya ({1})?",
    "This screen should be open now: {0}. Press Enter if another screen is; if it is that one, "
    "which of these is its title ({1})?",
)
EMPTY = Words(
    "Senarai '{}' tidak kelihatan. Jika ia kosong, apakah yang tertulis di tempatnya ({})?",
    "The list '{}' is not seen. If it is empty, what is written in its place ({})?",
)
NUMBER = Words("Nombor, atau Enter jika tiada:", "The number, or Enter for none of them:")
NONE_OF_THEM = Words(
    "Nombor, perkataan pada skrin, atau Enter jika tiada:",
    "Number, the words on the screen, or Enter for none of them:",
)
QUIT = ("q", "k")
YES_OR_NO = Words("Terima? [y/T/k = keluar]", "Accept? [y/N/q = quit]")
SHORTEST = 2  # letters of words that a person types: a y is a yes to something else
WHICH = Words(
    "Nombor, perkataan pada skrin, Enter jika tiada, k = keluar:",
    "Number, the words on the screen, Enter for none, q = quit:",
)
WHICH_NUMBER = Words("Nombor, Enter jika tiada, k = keluar:", "Number, Enter for none, q = quit:")
NOT_FITTING = Words(
    "{}: bercanggah dengan entri lain; tidak diambil.", "{}: contradicts another entry; not taken."
)
TAKEN = Words("diterima: {} baris dalam {}", "accepted: {} lines in {}")
BY_WHOM = Words(
    'Nyatakan pejabat yang mengesahkan: --by "Pejabat ...".',
    'Say which office confirms it: --by "Office ...".',
)
CONFIRMS = Words(
    "sahkan hanya apa yang anda sendiri tahu tentang portal ini",
    "confirm only what you know of this portal yourself",
)
SO_IT_IS = Words("Begitukah di portal? [y/T/k = keluar]", "Is it so at the portal? [y/N/q = quit]")
THEN_MEND = Words(
    "  Tulis perkataan yang betul dalam config/profile.yaml (assist-rpa profile show), kemudian "
    "sahkan.",
    "  Write the right words into config/profile.yaml (assist-rpa profile show), then confirm.",
)
CONFIRMED = Words(
    "disahkan: {} entri dalam {}; soalan yang belum: {}",
    "confirmed: {} entries in {}; questions left: {}",
)
NOT_REACHED = Words("Bahagian tidak dicapai:", "not reached")
MEANS = Words("Apakah maksud '{}' ({})?", "What does '{}' mean ({})?")
ENTRY, KNOWN = Words("Entri", "Entry"), Words("Dikenali sebagai", "Known as")
PROPOSED, BY = Words("Cadangan", "Proposed"), Words("Melalui", "By")
