"""One filing's evidence in one file, for an auditor who has nothing of this tool.

The pack of a filing holds each run folder's whole list of evidence, of its files those of the
filing (and what a second person approved), what the ledger had, a page that says how to check it,
and the check itself (`verifier`). Files of other filings are in no pack: their lines name them by
digest, and tell nothing of anybody. The same filing, folders and ledger make the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from rpa.evidence import verifier
from rpa.evidence.chain import lines
from rpa.evidence.verifier import CHAIN_FILE, FILING, MOST_BYTES, REMOVED, SUMS, belongs, latest
from rpa.reading import Unreadable, contents

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rpa.evidence.verifier import Head

PAGE: Final = "CARA-SEMAK_HOW-TO-VERIFY.txt"
SCRIPT: Final = "verify.py"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip can tell


class RunPart(NamedTuple):
    """A run folder with lines about the filing; ``head`` as the ledger noted its end.

    ``stamp``: what a time stamp authority said of that end.
    """

    folder: Path
    head: Head | None
    stamp: bytes = b""


def holding(runs: Path, filing_id: str) -> list[Path]:
    """The run folders whose lists speak of this filing, oldest first. Raises OSError."""
    found = (path for path in runs.iterdir() if path.is_dir()) if runs.is_dir() else ()
    return sorted(path for path in found if _speaks_of(path, filing_id))


def _speaks_of(folder: Path, filing_id: str) -> bool:
    try:
        return any(entry["filing"] == filing_id for entry in lines(folder))
    except Unreadable:
        return False


def packed(filing: dict[str, Any], parts: Sequence[RunPart], findings: Iterable[str]) -> bytes:
    """The pack's bytes; ``filing`` is what the ledger has of it, ``findings`` what is wrong.

    Raises Unreadable for a file that cannot be read though it stands there.
    """
    runs = [{"folder": part.folder.name, "head": part.head} for part in parts]
    about = {"filing": filing, "runs": runs, "findings": [*findings]}
    files = {
        FILING: json.dumps(about, ensure_ascii=False, indent=1).encode(),
        SCRIPT: Path(verifier.__file__).read_bytes(),
        PAGE: _page(filing["id"], parts).encode(),
    }
    for part in parts:
        for name in _names(part.folder, filing["id"]):
            files[f"runs/{part.folder.name}/{name}"] = contents(part.folder / name, MOST_BYTES)
        if part.stamp and part.head:
            files[f"runs/{part.folder.name}.tsr"] = part.stamp
            files[f"runs/{part.folder.name}.txt"] = part.head.chain.encode()
    sums = (f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    files[SUMS] = "".join(sums).encode()
    return _zipped(files)


def _names(folder: Path, filing_id: str) -> list[str]:
    """The list itself, and those of the filing's files that stand there."""
    entries = latest(lines(folder))
    mine = [n for n, e in entries.items() if belongs(e, filing_id) and e["kind"] not in REMOVED]
    there = (n for n in mine if verifier.inside(n) and verifier.is_plain(folder, n))
    return [CHAIN_FILE, *there]


def _zipped(files: dict[str, bytes]) -> bytes:
    """Stored, not compressed: what a compressor makes of the same bytes differs by its version."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.create_system, info.external_attr = 3, 0o100600 << 16  # the same on each system
            archive.writestr(info, files[name])
    return buffer.getvalue()


def _page(filing_id: str, parts: Sequence[RunPart]) -> str:
    heads = "\n".join(
        f"  {part.folder.name}\n    {part.head.chain if part.head else '-'}" for part in parts
    )
    return _TEXT.format(filing=filing_id, heads=heads, chain=CHAIN_FILE, sums=SUMS, script=SCRIPT,
                        filing_file=FILING)  # fmt: skip


_TEXT: Final = """\
BUKTI SATU PEMFAILAN / THE EVIDENCE OF ONE FILING
{filing}

--- BAHASA MELAYU ---

Pek ini mengandungi gambar, surat dan catatan satu pemfailan, seperti disimpan semasa pelaksanaan,
serta senarai bukti ({chain}) bagi setiap pelaksanaan. Setiap baris senarai mengikat satu fail dan
baris sebelumnya. Fail pemfailan lain tiada di sini; barisnya kekal supaya senarai boleh disemak.

1. Fail tidak berubah sejak pek dibuat (macOS: shasum -a 256 -c):
     sha256sum -c {sums}
2. Fail sama seperti semasa pelaksanaan: bandingkan "sha256" pada barisnya dalam {chain} dengan
     sha256sum runs/PELAKSANAAN/pictures/FAIL.png
3. Senarai tidak ditulis semula: "chain" pada baris terakhir mesti sama dengan nombor yang DICETAK
   ATAU DIHANTAR KETIKA PELAKSANAAN TAMAT. Minta nombor itu daripada orang lain, bukan daripada
   pek ini.
   Menurut lejar ketika pek dibuat, senarai berakhir pada:
{heads}
4. Semua sekali, dengan Python 3.11 atau lebih baharu sahaja (baca dahulu skrip itu):
     python3 {script} NOMBOR [NOMBOR ...]
   Tanpa nombor dari luar, ia tidak akan berkata "lengkap": sesiapa yang boleh menulis semula
   seluruh pek boleh menulis semula senarainya.
5. Satu baris dengan tangan: "chain" ialah SHA-256 bagi "previous" diikuti baris itu sendiri tanpa
   "chain", kunci disusun, tanpa ruang, UTF-8. Dalam runs/PELAKSANAAN, bagi baris kedua:
     line=$(sed -n 2p {chain}); printf '%s%s' "$(jq -r .previous <<<"$line")" \\
       "$(jq -cS 'del(.chain)' <<<"$line")" | sha256sum
6. Cap masa pihak ketiga, jika ada runs/PELAKSANAAN.tsr: bila nombor dalam
   runs/PELAKSANAAN.txt sudah wujud.
   Minta sijil penguasa itu (CA.pem) daripada penguasa itu sendiri:
     openssl ts -verify -data runs/PELAKSANAAN.txt -in runs/PELAKSANAAN.tsr -CAfile CA.pem
     openssl ts -reply -in runs/PELAKSANAAN.tsr -text

--- ENGLISH ---

This pack holds the pictures, letters and notes of one filing as they were kept during the run, and
each run's list of evidence ({chain}). Every line of a list binds one file and the line before it.
Files of other filings are not here; their lines stay, so that the list can be checked.

1. The files are as they were when the pack was made (macOS: shasum -a 256 -c):
     sha256sum -c {sums}
2. A file is as it was during the run: compare "sha256" of its line in {chain} with
     sha256sum runs/RUN/pictures/FILE.png
3. The list was not written anew: "chain" of its last line must be the number that was PRINTED OR
   MAILED WHEN THE RUN ENDED. Ask somebody else for that number; do not take it from this pack.
   By the ledger, when the pack was made, the lists end with the numbers that stand above under 3.
4. All of it, with Python 3.11 or newer and nothing else (read the script first):
     python3 {script} NUMBER [NUMBER ...]
   Without a number from outside it never says "whole": who can write the whole pack anew can
   write the list anew.
5. One line by hand: "chain" is the SHA-256 of "previous" followed by the line itself without
   "chain", keys sorted, no blanks, UTF-8. In runs/RUN, of the second line:
     line=$(sed -n 2p {chain}); printf '%s%s' "$(jq -r .previous <<<"$line")" \\
       "$(jq -cS 'del(.chain)' <<<"$line")" | sha256sum
6. A third party's time stamp, where there is runs/RUN.tsr: by when the number in runs/RUN.txt was
   there. Ask the authority itself for its certificate (CA.pem):
     openssl ts -verify -data runs/RUN.txt -in runs/RUN.tsr -CAfile CA.pem
     openssl ts -reply -in runs/RUN.tsr -text

In {filing_file}: what the ledger had of the filing. A line of the kind "end" closes a list; a list
without one is of a run that was killed. "removed by ..." says that a file was taken out on purpose.
"""
