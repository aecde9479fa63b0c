"""Whatever config/, an approval, a run folder or a text file holds: sentences, no traceback.

The readers of jobs and tables are in tests/jobs/test_never_raises.py.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from contextlib import suppress
from datetime import date
from pathlib import Path
from unittest import mock

import pytest
import yaml
from hypothesis import strategies as st

from rpa import textfile
from rpa.cli.approve import _pem, _place, approver
from rpa.cli.report import report
from rpa.engine.approval import Approval, Approvals, Proposal, new_key, opened_key, sealed_key
from rpa.errors import ConfigInvalid, NeedsApproval, RpaError
from rpa.evidence.chain import lines, verify
from rpa.evidence.verifier import CHAIN_FILE, GENESIS, link
from rpa.settings import load
from tests.fuzz import INPUTS, every, fuzz, mutated

ROOT = Path(__file__).parents[1]
CONFIG = {
    path.name.replace(".example", ""): path.read_bytes() for path in (ROOT / "config").iterdir()
}
WORDS = [b"2026-13-45", b'"\\UFFFFFFFF"', b'"\\ud800"', b"\0", b"[" * 40, b"{a: " * 40]
WORDS += [b"9" * 5000, b"1e999", b".inf", b"&a [*a]", b"*a", b"!!python/name:os.system", b"<<: {}"]
WORDS += [b"- ", b": ", b"\t", b"? ", b"\xff\xfe", b"\xef\xbb\xbf", b"0o7", b"~", b"12:30", b"''"]
pieces = st.one_of(st.binary(max_size=8), st.sampled_from(WORDS))
edits = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 12), pieces),
    min_size=1,
    max_size=6,
)
values = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.dates()
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)


def read_config(name: str, data: bytes) -> None:
    """Everything that is read of this file; what is wrong names it."""
    with tempfile.TemporaryDirectory() as folder, mock.patch.dict(os.environ, clear=True):
        path = Path(folder) / name
        path.write_bytes(data)
        failed = refusal(path)
    if failed is not None:
        assert failed.where.startswith(str(path))
        assert failed.words.en.isprintable()
        assert len(failed.words.en) < 2000


def refusal(path: Path) -> ConfigInvalid | None:
    try:
        known = load(config=path.parent)
        further = {"employers.yaml": known.employers, "approvers.yaml": known.approvers}
        further.get(path.name, known.calendar)()
    except ConfigInvalid as failed:
        return failed
    return None


@fuzz("config", st.sampled_from(sorted(CONFIG)), edits)
def test_a_damaged_file_of_config(name: str, changes: list[tuple[float, int, bytes]]) -> None:
    """With pieces missing and strange."""
    read_config(name, mutated(CONFIG[name], changes))


@pytest.mark.parametrize("day", ["9" * 5000, "20261128", "2026-W48-6"])
def test_a_day_of_the_calendar_that_is_none(tmp_path: Path, day: str) -> None:
    """A sentence that repeats nothing of it, for what stands there may be anything."""
    (tmp_path / "calendar.yaml").write_text(f"holidays:\n  ? '{day}'\n  : Cuti\n", "utf-8")
    failed = refusal(tmp_path / "calendar.yaml")
    assert failed is not None
    assert "Write the day as yyyy-mm-dd" in failed.words.en
    assert len(failed.words.en) < 300


KEYS = {name: sorted(yaml.safe_load(data) or {"A.b": ""}) for name, data in CONFIG.items()}


@fuzz("config", st.sampled_from(sorted(CONFIG)), st.data())
def test_any_value_under_any_key_of_config(name: str, data: st.DataObject) -> None:
    """The file is sound, what it says is not."""
    keys = st.one_of(st.sampled_from(KEYS[name]), st.text(max_size=8))
    told = data.draw(st.dictionaries(keys, values, max_size=4))
    read_config(name, yaml.safe_dump(told, allow_unicode=True).encode("utf-8", "surrogatepass"))


NAMES = ["TODAY", "PORTAL", "PORTAL_NAME", "LEDGER", "BROWSER", "HOME", "CONFIG"]
rubbish = st.one_of(
    st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30),
    st.sampled_from(["http://[::1", "https://a:b", "2026-13-45", "0", "\udcff", "https://a.b/c"]),
    st.dates().map(str),
    st.text("htps:/[]@.0127?#%\\ ", max_size=20).map("https://{}".format),
)


@fuzz("environment", st.dictionaries(st.sampled_from(NAMES), rubbish))
def test_any_environment(told: dict[str, str]) -> None:
    """What a shell or a unit file may set."""
    env = {f"ASSIST_RPA_{name}": value for name, value in told.items()}
    with (
        tempfile.TemporaryDirectory() as folder,
        mock.patch.dict(os.environ, env, clear=True),
        suppress(ConfigInvalid),
    ):
        known = load(config=None if "CONFIG" in told else Path(folder))
        known.portal.ledger_name.encode()
        known.today()


PROPOSAL = Proposal("1", "portal", "add_employees", "E9900001234V", "a.yaml", "0" * 64, (1, 2), 1)
KEY = new_key()
APPROVAL = {
    "approved": "2026-11-28T10:00:00+08:00",
    "approver": "Contoh",
    "expires": "2026-11-29T10:00:00+08:00",
    "plan": PROPOSAL.hash,
    "signature": "0" * 128,
}
SIGNED = json.dumps(APPROVAL, sort_keys=True, separators=(",", ":")).encode() + b"\n"
PEM = sealed_key(KEY, b"a passphrase")
DEEP = [b"[" * 100_000, b'{"a":' * 5000, b'"\\ud800"', b"1e999", b"9" * 5000, b"NaN", b"\xff"]
json_edits = st.lists(
    st.tuples(
        st.floats(0, 1, exclude_max=True),
        st.integers(0, 12),
        st.one_of(st.binary(max_size=4), st.sampled_from(DEEP)),
    ),
    min_size=1,
    max_size=4,
)


@fuzz("approval", json_edits)
def test_a_damaged_plan_or_approval(changes: list[tuple[float, int, bytes]]) -> None:
    """Nothing follows from it but "not approved"."""
    for parse, whole in ((Proposal.parse, PROPOSAL.text), (Approval.parse, SIGNED)):
        data = mutated(whole, changes)
        with suppress(ValueError):
            parse(data)
    with suppress(RpaError):
        opened_key(mutated(PEM, changes), b"a passphrase")


def test_a_whole_approval_and_key_are_read() -> None:
    """The negative control: what was not damaged passes."""
    assert Proposal.parse(PROPOSAL.text) == PROPOSAL
    assert Approval.parse(SIGNED).approver == "Contoh"
    assert opened_key(PEM, b"a passphrase")


@fuzz("approval", st.sampled_from(["plan", "asked", "approval"]), json_edits)
def test_a_folder_of_damaged_approvals(kind: str, changes: list[tuple[float, int, bytes]]) -> None:
    """The judge of approvals among files of any content."""
    whole = {"plan": PROPOSAL.text, "asked": b'{"a":"2026-11-28T10:00:00+08:00"}\n'}
    whole["approval"] = SIGNED
    with tempfile.TemporaryDirectory() as folder:
        for name, data in whole.items():
            content = mutated(data, changes) if name == kind else data
            (Path(folder) / f"{PROPOSAL.hash}.{name}.json").write_bytes(content)
        approvals = Approvals(Path(folder), (), lambda: pytest.fail("no approver is known"))
        with pytest.raises(NeedsApproval):
            approvals.permit(PROPOSAL)
        with suppress(NeedsApproval):
            Proposal.read(Path(folder) / f"{PROPOSAL.hash}.plan.json")


def chained(count: int) -> bytes:
    """An evidence list of some lines about one file."""
    lines, previous = [], GENESIS
    for number in range(1, count + 1):
        content = {"n": number, "at": "", "kind": "", "filing": "", "file": "a", "sha256": ""}
        content["previous"] = previous
        previous = link(previous, content)
        lines.append(json.dumps({**content, "chain": previous}))
    return "\n".join(lines).encode() + b"\n"


CHAIN = chained(3)


@fuzz("evidence", json_edits)
def test_a_damaged_list_of_evidence(changes: list[tuple[float, int, bytes]]) -> None:
    """Its faults are told, and none of them ends the check."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / CHAIN_FILE).write_bytes(mutated(CHAIN, changes))
        for problem in verify(Path(folder)):
            str(problem).encode()
        lines(Path(folder))


fields = ["n", "at", "kind", "filing", "file", "sha256", "previous", "chain"]
odd = st.one_of(
    values.filter(lambda v: not isinstance(v, date)),
    st.sampled_from(["/etc/passwd", "/dev/zero", "../a", "a\0b", "x" * 5000, "\ud800", 10**4000]),
)


@fuzz("evidence", st.dictionaries(st.sampled_from(fields), odd, min_size=1))
def test_any_value_in_a_line_of_evidence(told: dict[str, object]) -> None:
    """A line that was made by hand, linked rightly where that can be done."""
    line = {**dict.fromkeys(fields, ""), "n": 1, "previous": GENESIS, "file": "a"}
    line |= {key: value for key, value in told.items() if key != "chain"}
    content = {key: value for key, value in line.items() if key != "chain"}
    with suppress(Exception):
        line["chain"] = link(str(line["previous"]), content)
    with tempfile.TemporaryDirectory() as folder:
        try:
            text = json.dumps({**line, **told}, default=str)
        except (ValueError, TypeError):
            return
        (Path(folder) / CHAIN_FILE).write_text(text)
        for problem in verify(Path(folder)):
            str(problem).encode()
            assert problem.address.isprintable()


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("kind", "\ud800", "line-unreadable"),
        ("n", 10**40, "line-changed"),
        ("n", True, "line-unreadable"),
        ("file", ["a"], "line-unreadable"),
        ("file", "x" * 5000, "file-unreadable"),
        ("file", "/dev/zero", "file-missing"),
        ("file", "/etc/hostname", "file-missing"),
        ("file", "a\0b", "file-missing"),
        ("chain", None, "line-unreadable"),
    ],
)
def test_a_report_on_a_strange_line_of_evidence_names_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, value: object, code: str
) -> None:
    """Exit 1 and where it is; a name that leads out of the folder is never opened."""
    whole = chained(2).decode().splitlines()
    line = {**json.loads(whole[0]), name: value}
    (tmp_path / CHAIN_FILE).write_text("\n".join([json.dumps(line), whole[1], ""]))
    (tmp_path / "report.html").touch()
    assert code in {problem.code for problem in verify(tmp_path)}
    assert report(tmp_path, open_it=False, config=None) == 1
    capsys.readouterr().out.encode()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no FIFO")
def test_what_is_no_file_stops_approve_and_report_in_a_sentence(tmp_path: Path) -> None:
    """A pipe for a key, a list of evidence that is a folder, names that no disk takes."""
    os.mkfifo(tmp_path / "key.pem")
    with pytest.raises(ConfigInvalid):
        _pem(tmp_path / "key.pem")
    known = load(config=tmp_path)
    for name in ("a" * 300, "a/" * 3000):
        with pytest.raises(NeedsApproval):
            _place(known, name)
        with pytest.raises(ConfigInvalid):
            approver("Contoh", Path(name), None)
        with pytest.raises(ConfigInvalid):
            report(Path(name), open_it=False, config=tmp_path)
    (tmp_path / CHAIN_FILE).mkdir()
    assert [problem.code for problem in verify(tmp_path)] == ["chain-unreadable"]


LINES = [path.read_bytes() for path in sorted((ROOT / "tests/textfile/golden").glob("*.txt"))]


@fuzz(
    "textfile",
    st.one_of(st.binary(max_size=600), st.tuples(st.sampled_from(LINES), edits)),
    st.sampled_from([None, *textfile.LAYOUTS.values()]),
    st.dates(),
)
def test_any_text_file(
    given: bytes | tuple[bytes, list[tuple[float, int, bytes]]],
    layout: textfile.Layout | None,
    today: date,
) -> None:
    """Random bytes, and whole files damaged."""
    data = given if isinstance(given, bytes) else mutated(*given)
    checked = textfile.check(data, today=today, layout=layout)
    assert checked.totals is not None
    for fault in checked.faults:
        str(fault.problem("a.txt")).encode()
    if checked.parsed:
        assert checked.parsed.lines is not None


@pytest.mark.heavy
@pytest.mark.parametrize("reader", ["config", "environment", "approval", "evidence", "textfile"])
def test_twenty_thousand_inputs_and_no_traceback(reader: str) -> None:
    """Each reader beside those of a job."""
    assert every(reader) >= INPUTS
