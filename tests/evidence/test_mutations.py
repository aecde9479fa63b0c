"""Every small change of a finished run's folder, or of a pack, is found and named.

In this process, without a browser: a folder of few and small files, each byte of them flipped.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from rpa.evidence import pack, verifier
from rpa.evidence.chain import verify
from rpa.evidence.folder import RunFolder
from rpa.evidence.verifier import CHAIN_FILE, END, GENESIS, Head, check, link
from tests.evidence.people import AT
from tests.systems import modes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

FILINGS = ("a" * 32, "b" * 32)
FACTS = {"id": FILINGS[0], "reference": "CAN-1"}


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    """A finished run: two filings with a picture and a letter each, a log and a report."""
    made = RunFolder.create(tmp_path / "runs", job_name="joiners", now=AT)
    made.put("profile.json", b"{}")
    for filing in FILINGS:
        for place in (made.picture_path(filing, "review"), made.letter_path(filing, "Borang.pdf")):
            place.write_bytes(place.name[:3].encode())
            made.add(place, "receipt", filing)
    (made.path / "run.log").write_bytes(b"{}\n")
    made.report.write_bytes(b"<p>")
    made.seal()
    return made


def wrong(run: RunFolder) -> list[tuple[str, str]]:
    """What is found with the ledger's head: where, and what."""
    return [(p.address, p.code) for p in verify(run.path, Head(run.head, run.count))]


def entries(run: RunFolder) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (run.path / CHAIN_FILE).read_text("utf-8").splitlines()]


def rewrite(run: RunFolder, lines: list[dict[str, Any]]) -> None:
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    (run.path / CHAIN_FILE).write_text(text, "utf-8", newline="")


def forged(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same lines, numbered and linked rightly, as who knows the two sentences can."""
    made, previous = [], GENESIS
    for number, line in enumerate(lines, 1):
        content = {**line, "n": number, "previous": previous}
        del content["chain"]
        previous = link(previous, content)
        made.append({**content, "chain": previous})
    return made


def test_a_finished_run_is_whole_and_its_log_and_report_are_in_the_list(run: RunFolder) -> None:
    """The control of all that follows: untouched, nothing is found."""
    assert wrong(run) == []
    kinds = [(line["kind"], line["file"]) for line in entries(run)[-3:]]
    assert kinds == [("report", "report.html"), ("log", "run.log"), (END, "")]


@pytest.fixture
def small(tmp_path: Path) -> RunFolder:
    """A finished run of a picture and a log: three lines."""
    made = RunFolder.create(tmp_path / "runs", job_name="small", now=AT)
    place = made.picture_path(FILINGS[0], "review")
    place.write_bytes(b"PNG")
    made.add(place, "receipt", FILINGS[0])
    (made.path / "run.log").write_bytes(b"{}\n")
    made.seal()
    return made


def flips(data: bytes) -> Iterator[bytes]:
    """Each byte: another bit, away, and a blank that became a tab."""
    for place, byte in enumerate(data):
        for other in (bytes([byte ^ 1]), b"", *([b"\t"] if byte == ord(" ") else [])):
            yield data[:place] + other + data[place + 1 :]


def test_every_byte_of_every_file_is_guarded(small: RunFolder) -> None:
    """Of the list itself too: a blank that became a tab is another line."""
    run, counted = small, 0
    for path in sorted((p for p in run.path.rglob("*") if p.is_file()), reverse=True):
        name = path.relative_to(run.path).as_posix()
        whole = path.read_bytes()
        for data in flips(whole):
            path.write_bytes(data)
            found = list(check(run.path, (run.path / CHAIN_FILE).read_bytes(), run_head(run)))
            assert found, (name, data)
            assert found[0][0].startswith(name), (name, found)
            counted += 1
        path.write_bytes(whole)
    assert counted > 2000
    assert wrong(run) == []


def run_head(run: RunFolder) -> Head:
    return Head(run.head, run.count)


def test_every_line_dropped_doubled_swapped_or_cut_is_found(run: RunFolder) -> None:
    """At every place of the list, the first and the last among them."""
    lines = entries(run)
    for at in range(len(lines)):
        drops = lines[:at] + lines[at + 1 :]
        doubles = [*lines[: at + 1], *lines[at:]]
        swaps = [*lines[:at], *reversed(lines[at : at + 2]), *lines[at + 2 :]]
        for changed in (drops, doubles, swaps if at + 1 < len(lines) else drops, lines[:at]):
            rewrite(run, changed)
            assert any(where.startswith(CHAIN_FILE) for where, _ in wrong(run)), (at, changed)
    rewrite(run, lines)
    assert wrong(run) == []


def test_a_list_that_is_forged_consistently_is_found_by_the_head(run: RunFolder) -> None:
    """Dropped, swapped, cut with its files, another file's digest: all linked anew."""
    lines = entries(run)
    for at in range(len(lines)):
        other = [*lines[:at], {**lines[at], "sha256": "0" * 64}, *lines[at + 1 :]]
        for changed in (lines[:at] + lines[at + 1 :], other, lines[:at], [*lines, lines[at]]):
            if forged(changed) == lines:
                continue  # the end's own digest is none
            rewrite(run, forged(changed))
            assert {"head-differs", "list-cut", "lines-added"} & {c for _, c in wrong(run)}, at
    rewrite(run, forged(lines))
    assert wrong(run) == []


@pytest.mark.parametrize(
    "name", ["new.txt", "pictures/x.png", "input/deep/er.txt", ".hidden", "pictures/evidence.jsonl"]
)
def test_every_added_file_is_named(run: RunFolder, name: str) -> None:
    """Wherever it stands and whatever it is called."""
    place = run.path / name
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(b"")
    assert wrong(run) == [(name, "file-unlisted")]


@modes
def test_a_link_is_no_file(run: RunFolder, tmp_path: Path) -> None:
    """Neither in a file's place nor in its folder's, though it leads to the same bytes."""
    (run.path / "run.log").rename(tmp_path / "log")
    (run.path / "run.log").symlink_to(tmp_path / "log")
    assert wrong(run) == [("run.log", "file-missing")]
    (run.path / "letters").rename(tmp_path / "letters")
    (run.path / "letters").symlink_to(tmp_path / "letters")
    assert {("letters", "file-unlisted"), ("run.log", "file-missing")} < set(wrong(run))


def test_every_removed_file_is_named(run: RunFolder) -> None:
    """The list itself among them."""
    for path in sorted(p for p in run.path.rglob("*") if p.is_file()):
        whole = path.read_bytes()
        path.unlink()
        gone = "chain-missing" if path.name == CHAIN_FILE else "file-missing"
        assert wrong(run) == [(path.relative_to(run.path).as_posix(), gone)]
        path.write_bytes(whole)


def test_a_run_that_was_killed_is_said_to_have_no_end(run: RunFolder) -> None:
    """What it kept is checked; it is not called whole, and no change is claimed."""
    lines = entries(run)[:-3]
    rewrite(run, lines)
    for name in ("run.log", "report.html"):
        (run.path / name).unlink()
    assert [p.code for p in verify(run.path)] == ["no-end"]
    rewrite(run, [])
    assert "no-end" in [p.code for p in verify(run.path)]


def test_a_number_on_paper_stands_in_for_the_ledger(run: RunFolder) -> None:
    """The last one proves all, an earlier one a part, another one that it is not this list."""
    lines = entries(run)
    assert verify(run.path, told=[run.head]) == []
    assert [p.code for p in verify(run.path)] == ["head-unknown"]
    assert [p.code for p in verify(run.path, told=[lines[1]["chain"]])] == ["head-older"]
    assert [p.code for p in verify(run.path, run_head(run), ["f" * 64])] == ["head-differs"]
    assert verify(run.path, run_head(run), [lines[1]["chain"]]) == []


def test_what_is_sealed_again_takes_nothing_in(run: RunFolder) -> None:
    """A folder that is opened later (to take files out by age) does not bless what was added."""
    (run.path / "new.txt").write_bytes(b"")
    again = RunFolder.open(run.path)
    again.seal()
    assert wrong(again) == [("new.txt", "file-unlisted")]
    assert wrong(run)[0] == (f"{CHAIN_FILE}, n={run.count + 1}", "lines-added")


@pytest.mark.parametrize(
    ("blind", "test"),
    [
        ("fault_of", test_every_byte_of_every_file_is_guarded),
        ("_lines", test_every_line_dropped_doubled_swapped_or_cut_is_found),
        ("_ends", test_a_list_that_is_forged_consistently_is_found_by_the_head),
    ],
)
def test_a_blind_check_would_be_seen(
    small: RunFolder,
    monkeypatch: pytest.MonkeyPatch,
    blind: str,
    test: Callable[[RunFolder], None],
) -> None:
    """Negative control: where digests, lines or the head are not compared, a test goes red."""
    monkeypatch.setattr(verifier, blind, lambda *_: ())
    with pytest.raises(AssertionError):
        test(small)


# --- a pack ---------------------------------------------------------------------------------------


def packed(run: RunFolder) -> bytes:
    return pack.packed(FACTS, [pack.RunPart(run.path, run_head(run))], ())


@pytest.fixture
def taken_out(run: RunFolder, tmp_path: Path) -> Path:
    """The pack of the first filing, out of its zip."""
    place = tmp_path / "pack"
    with zipfile.ZipFile(io.BytesIO(packed(run))) as archive:
        archive.extractall(place)
    return place


def test_a_pack_holds_one_filing_and_the_same_bytes_each_time(run: RunFolder) -> None:
    """Of the other filing nothing but its lines."""
    data = packed(run)
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    at = f"runs/{run.path.name}"
    assert names == sorted(
        [pack.PAGE, "SHA256SUMS", "filing.json", "verify.py", f"{at}/{CHAIN_FILE}",
         f"{at}/letters/aaaaaaaa-Borang.pdf", f"{at}/pictures/aaaaaaaa-review.png"]
    )  # fmt: skip
    for path in run.path.rglob("*"):
        os.utime(path, (0, 0))
    assert packed(run) == data


def pack_faults(place: Path, heads: list[str]) -> list[tuple[str, str]]:
    try:
        return list(verifier.check_pack(place, heads))
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return [("filing.json", "pack-unreadable")]


def test_a_pack_is_whole_by_the_number_from_outside(run: RunFolder, taken_out: Path) -> None:
    """Without it nothing is found and nothing is claimed; with another one it is another's."""
    assert pack_faults(taken_out, [run.head]) == []
    assert [code for _, code in pack_faults(taken_out, [])] == ["head-unknown"]
    assert "head-differs" in [code for _, code in pack_faults(taken_out, ["f" * 64])]


def test_every_change_of_a_pack_is_found(run: RunFolder, taken_out: Path) -> None:
    """A byte of each file, each file gone, each sum gone, a file more."""
    for path in sorted(p for p in taken_out.rglob("*") if p.is_file()):
        whole = path.read_bytes()
        for at in {0, len(whole) // 2, len(whole) - 1}:
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
            assert pack_faults(taken_out, [run.head]), (path.name, at)
        path.unlink()
        assert pack_faults(taken_out, [run.head]), path.name
        path.write_bytes(whole)
        (taken_out / "more").write_bytes(b"")
        assert pack_faults(taken_out, [run.head]) == [("more", "file-unlisted")]
        (taken_out / "more").unlink()
    assert pack_faults(taken_out, [run.head]) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda about: about.update(runs=[]),
        lambda about: about.update(runs=[{"folder": "../x", "head": None}]),
        lambda about: about.update(runs=[{"folder": 1, "head": [1, 2, 3]}]),
        lambda about: about.update(filing={}),
        lambda about: about.update(runs=None),
    ],
)
def test_a_pack_made_by_a_hostile_hand_is_a_sentence(
    run: RunFolder, taken_out: Path, change: Callable[[dict[str, Any]], None]
) -> None:
    """Its sums made anew; what it says of itself leads nowhere."""
    about = json.loads((taken_out / "filing.json").read_bytes())
    change(about)
    (taken_out / "filing.json").write_text(json.dumps(about), "utf-8")
    assert pack_faults(taken_out, [run.head])
    shutil.rmtree(taken_out)
    assert pack_faults(taken_out, [run.head]) == [("filing.json", "pack-unreadable")]


def test_the_script_in_the_pack_runs_alone(run: RunFolder, taken_out: Path) -> None:
    """With Python's own library and nothing of ours: both languages, and an exit code."""

    def said(*heads: str) -> subprocess.CompletedProcess[str]:
        words = [sys.executable, "-I", "-S", str(taken_out / "verify.py"), *heads]
        return subprocess.run(words, capture_output=True, text=True, check=False, cwd=taken_out)

    whole = said(run.head)
    assert (whole.returncode, whole.stderr) == (0, "")
    assert "Bukti lengkap" in whole.stdout
    assert "The evidence is whole" in whole.stdout
    (taken_out / f"runs/{run.path.name}/letters/aaaaaaaa-Borang.pdf").write_bytes(b"x")
    changed = said(run.head)
    assert (changed.returncode, changed.stderr) == (1, "")
    assert "aaaaaaaa-Borang.pdf\n  Fail ini telah diubah" in changed.stdout
