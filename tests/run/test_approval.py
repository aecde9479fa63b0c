"""Approval: one changed byte voids it, it expires, and nobody approves what he asked for."""

from __future__ import annotations

import shutil
import stat
import sys
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rpa import __version__, jobs
from rpa.engine import approval
from rpa.engine.approval import LONGEST, Approvals, NotApproved, Permit, Proposal
from rpa.errors import ConfigInvalid, NeedsApproval, NotWritten
from rpa.settings import TIME_ZONE, Approver
from tests.systems import links

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from rpa.jobs import Plan

ROOT = Path(__file__).parent.parent.parent
NOON = datetime(2026, 11, 20, 12, 0, 0, tzinfo=TIME_ZONE)
TODAY = date(2026, 11, 20)
CLERK, BOSS, CHIEF = "kerani", "penyelia", "pengurus"
SECOND = timedelta(seconds=1)

PROPOSAL = Proposal(
    version=__version__,
    portal="assist.perkeso.gov.my",
    procedure="end_all_employment",
    employer="E9900001234V",
    job="leavers.yaml",
    digest="ab" * 32,
    rows=(2, 3, 4),
    filings=1,
    figures=(("active workers", "3"), ("workers ended", "3")),
    alarms=(("everybody", "Semua akan berhenti.", "Everybody would leave."),),
)


@dataclass
class Office:
    """A folder of approvals, two people who may approve, and a clock that a test sets."""

    folder: Path
    clock: datetime = NOON

    def __post_init__(self) -> None:
        self.keys = {BOSS: approval.new_key(), CHIEF: approval.new_key()}
        self.approvers = tuple(
            Approver(name=name, public_key=approval.public_text(key), users=(name,))
            for name, key in self.keys.items()
        )

    def approvals(self, *approvers: Approver, longest: timedelta = LONGEST) -> Approvals:
        return Approvals(self.folder, approvers or self.approvers, lambda: self.clock, longest)

    def sign(self, plan: Path, who: str = BOSS, hours: int = 24) -> Permit:
        return self.approvals().sign(plan, self.keys[who], hours)

    def approved(self, proposal: Proposal = PROPOSAL, *, asked_by: str = CLERK) -> Permit:
        """A plan, asked for and approved."""
        return self.sign(self.approvals().propose(proposal, asked_by))

    def refusal(self, proposal: Proposal = PROPOSAL, approvals: Approvals | None = None) -> str:
        """Why there is no permit, in English."""
        with pytest.raises(NeedsApproval) as refused:
            (approvals or self.approvals()).permit(proposal)
        return refused.value.words.en


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path / "approvals")


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """One approved plan for the properties, each of which leaves it as it was."""
    office = Office(tmp_path_factory.mktemp("office") / "approvals")
    office.approved()
    return office


@contextmanager
def instead(file: Path, data: bytes) -> Iterator[None]:
    """Other bytes in a file for a while."""
    before = file.read_bytes()
    file.write_bytes(data)
    try:
        yield
    finally:
        file.write_bytes(before)


def flipped(data: bytes, at: int, by: int) -> bytes:
    place = at % len(data)
    return data[:place] + bytes([data[place] ^ by]) + data[place + 1 :]


def shorter(data: bytes, at: int, by: int) -> bytes:
    del by
    place = at % len(data)
    return data[:place] + data[place + 1 :]


def longer(data: bytes, at: int, by: int) -> bytes:
    place = at % (len(data) + 1)
    return data[:place] + bytes([by]) + data[place:]


def files(office: Office) -> dict[str, Path]:
    return {kind: next(office.folder.glob(f"*.{kind}.json")) for kind in KINDS}


KINDS = ("plan", "approval", "asked")
SIGNED = ("plan", "approval")
FLIPS = st.integers(min_value=0, max_value=10_000), st.integers(min_value=1, max_value=255)


def test_what_a_second_person_approved_is_permitted(office: Office) -> None:
    """The permit says by whom and until when, and names the file that is the evidence."""
    office.approved()
    permit = office.approvals().permit(PROPOSAL)
    assert (permit.approver, permit.expires) == (BOSS, NOON + timedelta(hours=24))
    assert permit.file.parent == office.folder
    assert b"signature" in permit.file.read_bytes()


def test_nobody_approved_it(office: Office) -> None:
    """The refusal names the command that helps, in both languages, and the plan's file."""
    plan = office.approvals().propose(PROPOSAL, CLERK)
    with pytest.raises(NeedsApproval) as refused:
        office.approvals().permit(PROPOSAL)
    command = f"assist-rpa approve {PROPOSAL.hash[:12]}"
    assert refused.value.words.en == f"Nobody has approved this plan yet. Supervisor: {command}"
    assert command in refused.value.words.bm
    assert refused.value.where == str(plan)
    assert office.refusal(replace(PROPOSAL, job="other.yaml")).startswith("Nobody")


def test_the_same_proposal_is_the_same_file(office: Office) -> None:
    """Canonical, named by its hash, and read back as the same proposal."""
    first = office.approvals().propose(PROPOSAL, CLERK)
    office.clock += timedelta(days=1)
    assert office.approvals().propose(PROPOSAL, CLERK) == first
    assert first.name == f"{PROPOSAL.hash}.plan.json"
    assert Proposal.read(first) == PROPOSAL
    assert first.read_bytes().endswith(b"\n")
    assert len(list(office.folder.glob("*.plan.json"))) == 1
    assert office.approvals().askers(PROPOSAL.hash) == {CLERK: NOON.isoformat()}


@pytest.mark.skipif(sys.platform == "win32", reason="rights of POSIX")
def test_plans_and_approvals_are_private(office: Office) -> None:
    """Readable by their owner alone, and nothing half written is left over."""
    office.approved()
    assert stat.S_IMODE(office.folder.stat().st_mode) == 0o700
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in office.folder.iterdir()}
    assert set(modes.values()) == {0o600}
    assert len(modes) == len(KINDS)


@pytest.mark.parametrize("change", [flipped, shorter, longer])
@pytest.mark.parametrize("kind", SIGNED)
@settings(deadline=None)
@given(*FLIPS)
def test_one_changed_byte_voids_it(
    lasting: Office, kind: str, change: Callable[[bytes, int, int], bytes], at: int, by: int
) -> None:
    """Of the plan as it was read, or of the approval: changed, taken out, put in."""
    file = files(lasting)[kind]
    before = file.read_bytes()
    after = change(before, at, by)
    with instead(file, after):
        lasting.refusal()
    assert lasting.approvals().permit(PROPOSAL).approver == BOSS


@pytest.mark.parametrize("kind", SIGNED)
def test_every_bit_of_plan_and_approval_counts(lasting: Office, kind: str) -> None:
    """Not one that could be turned: no spare bits in an encoding, no blanks, no capitals."""
    file = files(lasting)[kind]
    data = file.read_bytes()
    for at in range(len(data)):
        for bit in range(8):
            with instead(file, flipped(data, at, 1 << bit)):
                lasting.refusal()


OTHER_VALUES: dict[str, st.SearchStrategy[Any]] = {
    "rows": st.lists(st.integers(0, 9999)).map(tuple),
    "filings": st.integers(0, 9999),
    "figures": st.lists(st.tuples(st.text(), st.text())).map(tuple),
    "alarms": st.lists(st.tuples(st.text(), st.text(), st.text())).map(tuple),
}
ENCODABLE = st.text(st.characters(codec="utf-8"))


@pytest.mark.parametrize("name", [field.name for field in fields(Proposal)])
@settings(deadline=None, max_examples=25)
@given(data=st.data())
def test_any_other_field_of_the_proposal_voids_it(
    lasting: Office, name: str, data: st.DataObject
) -> None:
    """Version, portal, data, rows, figures, alarms: what is filed is what was read."""
    other = data.draw(OTHER_VALUES.get(name, ENCODABLE))
    if other != getattr(PROPOSAL, name):
        lasting.refusal(replace(PROPOSAL, **{name: other}))


def test_one_more_worker_voids_it_and_is_named(office: Office) -> None:
    """Who comes again learns what is not any more as it was approved."""
    office.approved()
    grown = replace(PROPOSAL, figures=(("active workers", "4"), ("workers ended", "3")))
    assert "changed since: the figures." in office.refusal(grown)
    newer = replace(PROPOSAL, version="9.9.9", digest="cd" * 32)
    told = office.refusal(newer)
    assert "the job file, its table or a document, this tool's version" in told
    assert office.refusal(replace(PROPOSAL, employer="B9900005678W")).startswith("Nobody")


def test_it_expires_to_the_second(office: Office) -> None:
    """The last second before holds; at the hour itself, and after, nothing is sent."""
    until = office.approved().expires
    office.clock = until - SECOND
    permit = office.approvals().permit(PROPOSAL)
    permit.check(office.clock)
    with pytest.raises(NeedsApproval, match=r"expired at 21/11/2026 12:00"):
        permit.check(until)
    for late in (timedelta(0), SECOND, timedelta(days=400)):
        office.clock = until + late
        assert "expired at 21/11/2026 12:00" in office.refusal()


def test_a_clock_that_is_set_back_permits_nothing(office: Office) -> None:
    """An approval from the future shows that one of the two clocks is wrong."""
    permit = office.approved()
    for earlier in (SECOND, timedelta(days=30)):
        office.clock = NOON - earlier
        assert "has not come yet" in office.refusal()
        with pytest.raises(NeedsApproval, match="has not come yet"):
            permit.check(office.clock)


def test_the_clocks_zone_does_not_matter(office: Office) -> None:
    """Times are moments: the same one told in another zone is the same."""
    until = office.approved().expires
    abroad = until.astimezone(tz=None)
    office.clock = abroad - SECOND
    assert office.approvals().permit(PROPOSAL).expires == until
    office.clock = abroad
    office.refusal()


def test_an_approval_for_longer_than_allowed_is_void(office: Office) -> None:
    """Whoever signed it: three days at the most, and less where the office says so."""
    plan = office.approvals().propose(PROPOSAL, CLERK)
    office.sign(plan, hours=72)
    assert office.approvals().permit(PROPOSAL)
    day = office.approvals(longest=timedelta(hours=24))
    assert "longer than is allowed" in office.refusal(approvals=day)
    with pytest.raises(NeedsApproval, match="longer than is allowed"):
        office.sign(plan, hours=73)


def test_who_is_not_an_approver_any_more_has_approved_nothing(office: Office) -> None:
    """Taken out of the config, or given another key, or renamed: void at once."""
    office.approved()
    boss, chief = office.approvers
    assert "not known any more" in office.refusal(approvals=office.approvals(chief))
    renamed = boss.model_copy(update={"name": "lain"})
    assert "not known any more" in office.refusal(approvals=office.approvals(renamed))
    new = boss.model_copy(update={"public_key": approval.public_text(approval.new_key())})
    assert "another key now" in office.refusal(approvals=office.approvals(new, chief))


def test_a_signature_of_another_is_void(office: Office) -> None:
    """Signed by a stranger in the name of an approver; or by the one in the other's name."""
    plan = office.approvals().propose(PROPOSAL, CLERK)
    for key in (approval.new_key(), office.keys[CHIEF]):
        forged(office, key).sign(plan, key, 24)
    assert "another key now" in office.refusal()


def forged(office: Office, key: Ed25519PrivateKey) -> Approvals:
    """An office that takes this key for the supervisor's."""
    return office.approvals(
        office.approvers[0].model_copy(update={"public_key": approval.public_text(key)})
    )


def test_of_several_approvals_one_that_holds_is_enough(office: Office) -> None:
    """None is ever written over; when none holds, each reason is told."""
    plan = office.approvals().propose(PROPOSAL, CLERK)
    first = office.sign(plan, BOSS, hours=1)
    second = office.sign(plan, CHIEF, hours=48)
    assert first.file != second.file
    assert first.file.exists()
    office.clock += timedelta(hours=2)
    assert office.approvals().permit(PROPOSAL).approver == CHIEF
    second.file.write_bytes(b"{}")
    told = office.refusal()
    assert f"by {BOSS} expired" in told
    assert "damaged" in told


def test_the_person_who_asked_cannot_approve(office: Office) -> None:
    """Neither by the command nor with a file made elsewhere."""
    plan = office.approvals().propose(PROPOSAL, BOSS)
    with pytest.raises(NotApproved, match="cannot give it"):
        office.sign(plan)
    assert not list(office.folder.glob("*.approval*.json"))
    renamed = office.approvals(office.approvers[0].model_copy(update={"users": ("lain",)}))
    renamed.sign(plan, office.keys[BOSS], 24)
    assert "cannot give it" in office.refusal()
    office.sign(plan, CHIEF)
    assert office.approvals().permit(PROPOSAL).approver == CHIEF


def test_an_approver_without_log_ins_approves_nothing(office: Office) -> None:
    """Nobody could tell what he asked for himself; also with a file made elsewhere."""
    plan = office.approvals().propose(PROPOSAL, BOSS)
    nameless = office.approvals(office.approvers[0].model_copy(update={"users": ()}))
    with pytest.raises(NotApproved, match="log-ins of penyelia are not given"):
        nameless.sign(plan, office.keys[BOSS], 24)
    office.approvals().propose(PROPOSAL, CLERK)
    office.sign(plan)
    assert office.approvals().permit(PROPOSAL).approver == BOSS
    assert "are not given" in office.refusal(approvals=nameless)


def test_a_clock_set_back_does_not_revive_what_has_expired(office: Office) -> None:
    """The clock is well within the approval; the ledger, or the portal, has seen its end."""
    permit = office.approved()
    seen = replace(office.approvals(), seen=permit.expires)
    assert "21/11/2026 12:00 has been already: this computer's" in office.refusal(approvals=seen)
    with pytest.raises(NeedsApproval, match="was set back"):
        permit.check(office.clock, permit.expires)
    before = replace(office.approvals(), seen=permit.expires - SECOND)
    assert before.permit(PROPOSAL).approver == BOSS


def test_who_asked_is_what_the_ledger_noted(office: Office) -> None:
    """A line that was edited into the file beside the plan makes no second person."""
    office.approved()
    nobody = replace(office.approvals(), noted=lambda _plan, log_in: log_in != CLERK)
    assert "who asked" in office.refusal(approvals=nobody)
    noted = replace(office.approvals(), noted=lambda plan, _: plan == PROPOSAL.hash)
    assert noted.permit(PROPOSAL).approver == BOSS


def test_a_log_in_typed_in_other_letters_is_no_second_person(office: Office) -> None:
    """Windows tells it as it was typed."""
    plan = office.approvals().propose(PROPOSAL, BOSS.upper())
    office.approvals().propose(PROPOSAL, BOSS.title())
    with pytest.raises(NotApproved, match="cannot give it"):
        office.sign(plan)


def test_two_people_stand_behind_a_plan_whoever_tried_first(office: Office) -> None:
    """The supervisor who tried it himself may approve once somebody else has asked too."""
    office.approvals().propose(PROPOSAL, BOSS)
    office.approved(asked_by=CLERK)
    assert office.approvals().permit(PROPOSAL).approver == BOSS


def test_without_the_note_of_who_asked_there_is_no_permit(office: Office) -> None:
    """Removing or damaging it does not make the asker a second person."""
    office.approved()
    asked = files(office)["asked"]
    with instead(asked, b"{"):
        assert "who asked" in office.refusal()
    asked.unlink()
    assert "who asked" in office.refusal()


def test_a_plan_may_be_approved_on_another_machine(office: Office, tmp_path: Path) -> None:
    """Carried there alone and the approval carried back: judged by the note that stayed here."""
    plan = office.approvals().propose(PROPOSAL, BOSS)
    there = tmp_path / "there"
    there.mkdir()
    copied = Path(shutil.copy(plan, there))
    for who in (BOSS, CHIEF):
        elsewhere = Approvals(there, office.approvers, lambda: office.clock)
        made = elsewhere.sign(copied, office.keys[who], 24).file
        shutil.copy(made, office.folder)
        made.unlink()
        if who == BOSS:
            assert "cannot give it" in office.refusal()
    assert office.approvals().permit(PROPOSAL).approver == CHIEF


def test_an_approval_of_one_plan_is_none_of_another(office: Office) -> None:
    """However its file is named."""
    other = replace(PROPOSAL, digest="cd" * 32)
    made = office.approved(other).file
    office.approvals().propose(PROPOSAL, CLERK)
    shutil.copy(made, office.folder / f"{PROPOSAL.hash}.approval.json")
    assert "another plan" in office.refusal()


def test_a_changed_plan_file_is_written_anew_and_needs_a_new_approval(office: Office) -> None:
    """Putting the old bytes back by itself does not bring the old approval back."""
    office.approved()
    plan = files(office)["plan"]
    for damage in (b"", b"{}"):
        plan.write_bytes(damage)
        assert "changed or lost" in office.refusal()
    assert office.approvals().propose(PROPOSAL, CLERK) == plan
    assert plan.read_bytes() == PROPOSAL.text
    assert office.refusal().startswith("Nobody")
    assert len(list(office.folder.glob("*.void"))) == 1


HOSTILE = [
    b"",
    b"[" * 100_000,
    b'{"plan":' * 50_000,
    b"1" * 100_000,
    b'{"version":NaN}',
    b'"\\ud800"',
    b"\xff\xfe",
    b"null\n",
    b" " * 5_000_000,
]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("data", HOSTILE, ids=range(len(HOSTILE)))
def test_a_damaged_file_is_never_more_than_no_approval(
    lasting: Office, kind: str, data: bytes
) -> None:
    """Whatever stands in it: deep nests, endless numbers, halves of letters, too much."""
    with instead(files(lasting)[kind], data):
        lasting.refusal()


@pytest.mark.parametrize("kind", KINDS)
@settings(deadline=None)
@given(data=st.binary(max_size=400))
def test_random_bytes_are_never_more_than_no_approval(
    lasting: Office, kind: str, data: bytes
) -> None:
    """Nothing but the refusal is ever raised."""
    with instead(files(lasting)[kind], data):
        lasting.refusal()


TIMES = st.one_of(
    st.datetimes(timezones=st.just(TIME_ZONE)).map(datetime.isoformat),
    st.datetimes().map(datetime.isoformat),
    st.text(max_size=40),
    st.sampled_from(["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2026-11-20"]),
)


@settings(deadline=None)
@given(approved=TIMES, expires=TIMES)
def test_a_well_signed_approval_with_odd_times_is_void(
    lasting: Office, approved: str, expires: str
) -> None:
    """Even an approver's own key cannot sign what this tool would not have written."""
    with instead(files(lasting)["approval"], signed(lasting, approved, expires)):
        lasting.refusal()


def signed(office: Office, approved: str, expires: str) -> bytes:
    """An approval made with the supervisor's key and another program."""
    blank = approval.Approval(PROPOSAL.hash, BOSS, approved, expires)
    whole = replace(blank, signature=office.keys[BOSS].sign(blank.signed).hex())
    return approval.canonical({f.name: getattr(whole, f.name) for f in fields(whole)})


@pytest.mark.parametrize(
    "approved",
    ["2026-11-20 12:00:00+08:00", "20261120T120000+0800", "2026-11-20T04:00:00Z", "2026-11-20T04"],
)
def test_there_is_one_way_to_write_a_time(lasting: Office, approved: str) -> None:
    """The same moment in other letters is void; written as this tool does, it is good."""
    until = "2026-11-21T12:00:00+08:00"
    file = files(lasting)["approval"]
    with instead(file, signed(lasting, approved, until)):
        assert "damaged" in lasting.refusal()
    with instead(file, signed(lasting, "2026-11-20T12:00:00+08:00", until)):
        assert lasting.approvals().permit(PROPOSAL).approved == NOON


@links
def test_a_folder_in_a_files_place_is_no_approval(office: Office) -> None:
    """Nor is a link that leads to itself."""
    made = office.approved().file
    made.unlink()
    made.mkdir()
    assert "damaged" in office.refusal()
    made.rmdir()
    made.symlink_to(made)
    office.refusal()


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    office = Office(tmp_path / "taken")
    office.folder.write_bytes(b"")
    with pytest.raises(NotWritten):
        office.approvals().propose(PROPOSAL, CLERK)
    assert office.refusal().startswith("Nobody")


def test_only_the_plan_itself_of_this_version_is_signed(office: Office) -> None:
    """Not a changed file, not one under another name, not one of another tool version."""
    plan = office.approvals().propose(PROPOSAL, CLERK)
    with instead(plan, flipped(plan.read_bytes(), 40, 1)), pytest.raises(NotApproved):
        office.sign(plan)
    renamed = Path(shutil.copy(plan, office.folder / f"{'0' * 64}.plan.json"))
    old = office.approvals().propose(replace(PROPOSAL, version="0.0.1"), CLERK)
    for wrong in (renamed, old, office.folder / "none.plan.json"):
        with pytest.raises(NotApproved) as refused:
            office.sign(wrong)
        assert refused.value.where == str(wrong)
    with pytest.raises(NotApproved, match="none of the known approvers"):
        office.approvals().sign(plan, approval.new_key(), 24)
    assert not list(office.folder.glob("*.approval*.json"))


def test_refusals_name_no_log_in(office: Office) -> None:
    """They stand in reports and logs: who asked is told to the supervisor only."""
    office.approvals().propose(PROPOSAL, BOSS)
    office.approvals(office.approvers[0].model_copy(update={"users": ("lain",)})).sign(
        files_plan(office), office.keys[BOSS], 24
    )
    with pytest.raises(NeedsApproval) as refused:
        office.approvals().permit(PROPOSAL)
    told = f"{refused.value.words.bm} {refused.value.words.en}"
    assert BOSS not in told
    assert str(office.folder) not in told


def files_plan(office: Office) -> Path:
    return next(office.folder.glob("*.plan.json"))


def test_a_private_key_is_opened_by_its_passphrase_alone() -> None:
    """Not by another; a key that lies open, or of another kind, is refused."""
    key = approval.new_key()
    pem = approval.sealed_key(key, b"betul betul rahsia")
    assert approval.public_text(approval.opened_key(pem, b"betul betul rahsia")) == (
        approval.public_text(key)
    )
    for wrong in (b"", b"betul betul rahsi", b"\xff" * 2000):
        with pytest.raises(NotApproved):
            approval.opened_key(pem, wrong)
    for damaged in (pem[:90], pem.replace(b"A", b"B")):
        with pytest.raises((NotApproved, ConfigInvalid)):
            approval.opened_key(damaged, b"betul betul rahsia")
    for other in (b"", b"ssh-ed25519 AAAA", OPEN_KEY):
        with pytest.raises(ConfigInvalid):
            approval.opened_key(other, b"betul betul rahsia")


# An Ed25519 key without a passphrase, of zeros.
OPEN_KEY = (
    b"-----BEGIN PRIVATE KEY-----\n"
    b"MC4CAQAwBQYDK2VwBCIEIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n"
    b"-----END PRIVATE KEY-----\n"
)


def test_who_is_logged_in_is_not_what_the_environment_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Anybody may set LOGNAME; only the system knows."""
    real = approval.log_in()
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, "somebody-else")
    assert approval.log_in() == real


@dataclass
class RealJob:
    """The sample of add_employees, checked, proposed and approved."""

    job: Path
    office: Office

    def checked(self) -> Plan | None:
        return jobs.check(self.job, today=TODAY).plan

    def proposal(self, plan: Plan) -> Proposal:
        rows = tuple(row.number for row in plan.rows)
        job = plan.job
        return replace(
            PROPOSAL,
            procedure=job.procedure,
            employer=job.employer_code,
            job=self.job.name,
            digest=plan.digest,
            rows=rows,
            filings=len(plan.filings),
        )


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> RealJob:
    folder = tmp_path_factory.mktemp("job")
    for name in REAL_FILES:
        shutil.copy(ROOT / "fixtures/add_employees" / name, folder)
    made = RealJob(folder / "job.yaml", Office(folder / "approvals"))
    plan = made.checked()
    assert plan is not None
    made.office.approved(made.proposal(plan))
    assert made.office.approvals().permit(made.proposal(plan))
    return made


REAL_FILES = ("job.yaml", "joiners.xlsx", "form2.pdf")


@pytest.mark.parametrize("name", REAL_FILES)
@settings(deadline=None, max_examples=20)
@given(*FLIPS)
def test_one_changed_byte_of_a_real_job_voids_it(
    real: RealJob, name: str, at: int, by: int
) -> None:
    """Job file, table, paper: it is not a job any more, or not the one that was approved."""
    file = real.job.with_name(name)
    with instead(file, flipped(file.read_bytes(), at, by)):
        plan = real.checked()
        if plan is not None:
            real.office.refusal(real.proposal(plan))
    again = real.checked()
    assert again is not None
    assert real.office.approvals().permit(real.proposal(again))
