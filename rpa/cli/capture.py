"""`assist-rpa capture`, and `calibrate --against`: how a portal is built, as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rpa import settings
from rpa.calibration import capture as files
from rpa.calibration import result
from rpa.calibration.against import Against
from rpa.cli import calibrate as visits
from rpa.cli import console
from rpa.cli.sealing import sealing
from rpa.errors import UnexpectedPage, Words, many
from rpa.evidence.folder import PROFILE_FILE, RunFolder
from rpa.ledger.ledger import Ledger
from rpa.pages.agreement import check_profile

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def capture(employer: str, parts: Sequence[str], portal: str | None, config: Path | None) -> int:
    """A visit that asks nothing and proposes nothing; 0 when every part was reached."""
    wish = visits.Wish(employer, parts, portal, config, keeps=False)
    with visits.visited(wish, lambda _: None) as (visit, _):
        place = visit.capture.write(visit)
    console.notes((*visit.notes, *visit.elsewhere.told))
    if visit.stopped_by:
        console.out.print(f"{console.say(CAPTURE)} {place}", markup=False)
        raise visit.stopped_by
    reached = visits.reached(result.as_data(visit))
    console.err.print(console.say(HOLDS), markup=False)
    whole = len(visit.stops)
    told = Words(
        f"ditangkap {reached} daripada {whole} bahagian",
        f"captured {reached} of {many(whole, 'part')}",
    )
    console.out.print(f"{console.say(CAPTURE)} {place}\n{console.say(told)}", markup=False)
    return 0 if reached == len(visit.stops) else UnexpectedPage.exit_code


def against(file: Path, config: Path | None) -> int:
    """The table and the lines of a capture by the profile in use; no browser, no portal."""
    captured = files.read(file)
    known = settings.load(config=config)
    console.notes(check_profile(known, whole=True))
    folder = RunFolder.create(known.runs, job_name=visits.NAME, now=known.now())
    folder.put(PROFILE_FILE, known.profile.text)
    with Ledger.open(known.ledger) as ledger, sealing(folder, ledger):
        done = Against(known, captured, folder, file.name)
        done.run()
        written = result.write(done)
    if done.unknown:
        names = ", ".join(dict.fromkeys(done.unknown))
        told = Words(OTHER_VERSION.bm.format(names), OTHER_VERSION.en.format(names))
        console.notes([told])
    visits.tell(done, written)
    return visits.ending(written.told)


CAPTURE = Words("tangkapan:", "capture:")
HOLDS = Words(
    "Fail ini boleh dihantar kepada penyelenggara: ia mengandungi susunan skrin sahaja. Nama, "
    "nombor dan perkataan yang tidak dikenali diganti dengan '…'. Baca dahulu sebelum dihantar.",
    "This file can be sent to the maintainers: it holds how the screens are built. Names, numbers "
    "and words that nobody knows are '…' in it. Read it before you send it.",
)
OTHER_VERSION = Words(
    "Versi ini tiada skrin berikut, maka ia tidak dibaca: {}. Pasang versi yang membuat fail itu.",
    "This version has no such screens, so they were not read: {}. Install the version that wrote "
    "the file.",
)
