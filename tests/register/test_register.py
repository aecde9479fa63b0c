"""The register of employees: facts 13.2, kept seven years from the last entry."""

from __future__ import annotations

import contextlib
import os
import random
import sqlite3
import stat
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rpa.errors import NotWritten
from rpa.register import Entry, Gaps, Kept, MonthOfWorker, Purged, Register, WorkerGap, totals_of
from rpa.rules.months import Month
from tests.register.people import EMPLOYER, FILED, JULY, ONE, OTHER, TWO, eis, entries, entry, socso

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).parent.parent.parent
CALM = settings(
    deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60
)
posix = pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with Register.open(tmp_path / "register.sqlite3") as opened:
        yield opened


@contextlib.contextmanager
def fresh() -> Iterator[Register]:
    """One for each of Hypothesis's examples."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Register.open(Path(folder) / "register.sqlite3") as opened,
    ):
        yield opened


def line(register: Register) -> MonthOfWorker:
    (found,) = register.entries(EMPLOYER)
    return found


def test_what_was_entered_under_a_wrong_number_goes_and_nothing_else(register: Register) -> None:
    """A person's answer that was taken back: of these people, under that number."""
    register.keep([entry(), entry(identification=TWO), entry(reference="ACR072600000009")])
    wrong = entry().reference
    assert register.take_out(OTHER, wrong, [ONE]) == 0
    assert register.take_out(EMPLOYER, wrong, [ONE]) == 1
    left = {who.identification: who.references for who in register.entries(EMPLOYER)}
    assert left == {ONE: ("ACR072600000009",), TWO: (wrong,)}


def test_what_was_filed_stands_in_the_register_whole(register: Register) -> None:
    """Name, number, occupation, contributions, wages, allowances, month."""
    assert register.keep([entry()]) == Kept(new=1, known=0, differing=0)
    found = line(register)
    assert (found.employer, found.month, found.identification) == (EMPLOYER, JULY, ONE)
    assert (found.name, found.occupation) == ("CONTOH BIN REKAAN", "KERANI")
    assert (found.wages, found.allowances, found.total) == (300_000, 25_000, 10_035)
    assert (found.socso_employer, found.socso_employee, found.skbbk) == (5165, 1475, 2215)
    assert (found.eis_employer, found.eis_employee, found.acts) == (590, 590, "both")
    assert found.references == ("ACR082260000001 ECR082260000001",)
    assert found.filed_at == FILED


def test_the_same_submission_again_changes_nothing(register: Register) -> None:
    """A run that only finds what an earlier one filed enters nobody twice."""
    register.keep([entry(), entry(identification=TWO)])
    again = [entry(run_id="r2"), entry(identification=TWO, filed_at=FILED + timedelta(days=1))]
    assert register.keep(again) == Kept(new=0, known=2, differing=0)
    assert [one.total for one in register.entries(EMPLOYER)] == [10_035, 10_035]
    other = [entry(wages=310_000), entry(identification=TWO, allowances=None)]
    assert register.keep(other) == Kept(new=0, known=2, differing=2)
    assert [one.wages for one in register.entries(EMPLOYER)] == [300_000, 300_000]


def test_socso_and_eis_filed_apart_fill_one_line(register: Register) -> None:
    """In either order, and their amounts do not count twice."""
    register.keep([eis()])
    assert line(register).acts == "eis"
    register.keep([socso()])
    whole = line(register)
    assert (whole.acts, whole.wages, whole.total) == ("both", 300_000, 10_035)
    assert whole.references == ("ACR082260000002", "ECR082260000003")


def test_a_short_payment_adds_to_the_month_and_overwrites_nothing(register: Register) -> None:
    """Its own number and its difference; the wages are the newest that were declared."""
    register.keep([entry()])
    more = dict(zip(("socso_employer", "socso_employee", "skbbk"), (350, 100, 140), strict=True))
    short = entry(
        kind="short",
        wages=320_000,
        allowances=None,
        occupation="",
        **more,
        eis_employer=40,
        eis_employee=40,
        reference="ACR092260000007 ECR092260000007",
        filed_at=FILED + timedelta(days=30),
    )
    assert register.keep([short]) == Kept(1, 0, 0)
    found = line(register)
    assert (found.wages, found.allowances, found.occupation) == (320_000, 25_000, "KERANI")
    assert (found.socso_employer, found.total) == (5515, 10_035 + 670)
    assert len(found.references) == 2
    said = {"allowances": 30_000, "occupation": "PENYELIA", "reference": "ACR102260000001"}
    register.keep([entry(kind="short", **said, filed_at=FILED + timedelta(days=60))])
    newest = line(register)
    assert (newest.allowances, newest.occupation, newest.wages) == (30_000, "PENYELIA", 300_000)
    with contextlib.closing(sqlite3.connect(register.path)) as file:
        assert file.execute("SELECT wages FROM entries ORDER BY seq").fetchall() == [
            (300_000,),
            (320_000,),
            (300_000,),
        ]


def test_no_entry_is_ever_changed(register: Register) -> None:
    """Not even by another program that writes into the file."""
    register.keep([entry()])
    with (
        contextlib.closing(sqlite3.connect(register.path)) as file,
        pytest.raises(sqlite3.IntegrityError, match="never changed"),
    ):
        file.execute("UPDATE entries SET wages = 1")


def test_a_batch_is_entered_whole_or_not_at_all(register: Register) -> None:
    """What breaks off in its middle leaves nothing, and the next one goes in."""

    def broken() -> Iterator[Entry]:
        yield entry()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        register.keep(broken())
    assert list(register.entries(EMPLOYER)) == []
    assert register.keep([entry()]).new == 1


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"acts": "all"}, "acts"),
        ({"acts": "socso"}, "acts"),  # with amounts of EIS
        ({"acts": "eis"}, "acts"),
        ({"kind": "Short"}, "kind"),
        ({"identification": ""}, "person"),
        ({"wages": -1}, "money"),
        ({"allowances": -1}, "money"),
        ({"skbbk": -1}, "money"),
        ({"filed_at": FILED.replace(tzinfo=None)}, "filed_at"),
    ],
)
def test_what_cannot_be_is_no_entry_and_its_words_say_no_value(
    more: dict[str, Any], said: str
) -> None:
    """An entry stays for seven years: it is refused before."""
    with pytest.raises(ValueError, match=said) as refused:
        entry(**more)
    assert "CONTOH" not in str(refused.value)


def test_neither_an_entry_nor_a_line_shows_itself(register: Register) -> None:
    """No log line holds a person by accident."""
    register.keep([entry()])
    assert repr(entry()) == "Entry(…)"
    assert repr(line(register)) == "MonthOfWorker(…)"
    for shown in (str(entry()), repr([line(register)]), repr(register)):
        assert "CONTOH" not in shown
        assert ONE not in shown


Key = tuple[str, Month, str, str, str, str]


def key(one: Entry) -> Key:
    return (one.employer, one.month, one.identification, one.reference, one.acts, one.kind)


@CALM
@given(st.lists(entries(), max_size=30), st.integers(1, 4))
def test_nothing_that_was_filed_is_lost_or_counted_twice(given: list[Entry], times: int) -> None:
    """However often and in whatever batches it is given: every sen once, by worker and month."""
    first = {key(one): one for one in reversed(given)}
    with fresh() as register:
        for start in [0] * times + list(range(len(given))):
            register.keep(given[start:])
        for employer in (EMPLOYER, OTHER):
            own = [one for one in first.values() if one.employer == employer]
            lines = list(register.entries(employer))
            assert [(x.month, x.identification) for x in lines] == sorted(
                {(x.month, x.identification) for x in own}
            )
            assert sum(x.total for x in lines) == sum(total(x) for x in own)
            assert {r for x in lines for r in x.references} == {x.reference for x in own} - {""}
            totals = totals_of(lines)
            assert sum(x.workers for x in totals.values()) == len(lines)
            assert sum(x.total for x in totals.values()) == sum(x.total for x in lines)


def total(one: Entry) -> int:
    of_socso = one.socso_employer + one.socso_employee + one.skbbk
    return of_socso + one.eis_employer + one.eis_employee


@CALM
@given(st.lists(entries(), max_size=20), st.tuples(st.integers(0, 35), st.integers(0, 35)))
def test_a_span_of_months_holds_these_and_no_others(
    given: list[Entry], ends: tuple[int, int]
) -> None:
    """Both ends belong to it; without ends it is everything."""
    first, last = (Month(2024 + n // 12, n % 12 + 1) for n in sorted(ends))
    with fresh() as register:
        register.keep(given)
        every = list(register.entries(EMPLOYER))
        assert list(register.entries(EMPLOYER, first, last)) == [
            one for one in every if first <= one.month <= last
        ]


@CALM
@given(st.sets(st.integers(0, 35), max_size=12), st.sets(st.integers(0, 35), max_size=12))
def test_every_month_between_first_and_last_has_an_entry_or_is_told(
    one: set[int], two: set[int]
) -> None:
    """Of each worker and of the employer; never one before the first or after the last."""

    def month(number: int) -> Month:
        return Month(2024 + number // 12, number % 12 + 1)

    def between(numbers: set[int]) -> tuple[Month, ...]:
        whole = range(min(numbers, default=0), max(numbers, default=0))
        return tuple(month(n) for n in whole if n not in numbers)

    with fresh() as register:
        register.keep(entry(month=month(n)) for n in one)
        register.keep(entry(month=month(n), identification=TWO, name="CONTOH DUA") for n in two)
        register.keep(entry(month=month(n), employer=OTHER) for n in range(36))
        expected = [
            WorkerGap(person, name, between(numbers))
            for person, name, numbers in (
                (ONE, "CONTOH BIN REKAAN", one),
                (TWO, "CONTOH DUA", two),
            )
            if between(numbers)
        ]
        assert register.gaps(EMPLOYER) == Gaps(between(one | two), tuple(expected))


TODAY = date(2033, 8, 14)  # seven years to the day after the last entry


def test_seven_years_from_his_last_entry_a_worker_may_be_taken_out(register: Register) -> None:
    """Not on the day itself; and nobody of whom there is a later entry, with all he has."""
    register.keep([entry(), entry(month=Month(2026, 6), reference="ACR072260000001")])
    late = FILED + timedelta(days=40)
    register.keep([entry(identification=TWO), entry(identification=TWO, kind="short", filed_at=late,
                                                    reference="ACR092260000007")])  # fmt: skip
    assert register.purge(TODAY) == Purged(0, 0)
    after = TODAY + timedelta(days=1)
    assert register.past(after) == Purged(workers=1, entries=2)
    assert len(list(register.entries(EMPLOYER))) == 3  # asking takes nothing out
    assert register.purge(after) == Purged(workers=1, entries=2)
    assert {one.identification for one in register.entries(EMPLOYER)} == {TWO}
    assert register.purge(after) == Purged(0, 0)


def test_the_day_of_the_last_entry_is_malaysia_s(register: Register) -> None:
    """Half past midnight in Kuala Lumpur is still yesterday in UTC."""
    register.keep([entry(filed_at=datetime(2026, 8, 13, 16, 30, tzinfo=UTC))])
    assert register.past(TODAY) == Purged(0, 0)
    assert register.past(TODAY + timedelta(days=1)).workers == 1


def test_each_employer_has_a_register_of_his_own(register: Register) -> None:
    """A worker who went to another employer is kept by each from his own last entry."""
    register.keep([entry(), entry(employer=OTHER, filed_at=FILED + timedelta(days=99))])
    assert register.purge(TODAY + timedelta(days=1)) == Purged(1, 1)
    assert len(list(register.entries(OTHER))) == 1


def test_who_was_taken_out_is_not_in_the_file_any_more(register: Register) -> None:
    """Neither in the file nor beside it: his bytes are overwritten."""
    people = [entry(identification=f"9001018{n:05}", name=f"CONTOH {n:05}") for n in range(300)]
    register.keep(people)
    beside = register.path.parent
    assert any(b"CONTOH 00123" in file.read_bytes() for file in beside.iterdir())
    assert register.purge(TODAY + timedelta(days=1)) == Purged(300, 300)
    for file in beside.iterdir():
        content = file.read_bytes()
        assert b"CONTOH" not in content
        assert b"900101800123" not in content


def test_on_the_29th_of_february_nobody_goes_a_day_too_early(register: Register) -> None:
    """Seven years before it there is none."""
    register.keep([entry(month=Month(2025, 1), filed_at=datetime(2025, 2, 28, 3, tzinfo=UTC))])
    assert register.past(date(2032, 2, 28)).workers == 0
    assert register.past(date(2032, 2, 29)).workers == 0
    register.keep([entry(identification=TWO, month=Month(2025, 1),
                         filed_at=datetime(2025, 2, 27, 3, tzinfo=UTC))])  # fmt: skip
    assert register.past(date(2032, 2, 29)).workers == 1
    assert register.past(date(2032, 3, 1)).workers == 2


# --- the file -------------------------------------------------------------------------------------


@posix
def test_the_file_is_its_owner_s_alone_whatever_stands_beside_it(tmp_path: Path) -> None:
    """0600 from its first byte on, also where it was copied back with more."""
    path = tmp_path / "state" / "register.sqlite3"
    with Register.open(path) as register:
        register.keep([entry()])
        modes = {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
        assert modes == {0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    path.chmod(0o644)
    with Register.open(path):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def make_empty(path: Path) -> None:
    path.touch()


def make_text(path: Path) -> None:
    path.write_text("nothing of the kind" * 100)


def make_foreign(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as file:
        file.execute("CREATE TABLE entries (a)")


def make_newer(path: Path) -> None:
    Register.open(path).close()
    with contextlib.closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA user_version=99")


@pytest.mark.parametrize("make", [make_empty, make_text, make_foreign, make_newer, Path.mkdir])
def test_a_file_that_is_no_register_is_refused_with_a_sentence(tmp_path: Path, make: Any) -> None:
    """It is never taken for an empty one; what stands there stays."""
    path = tmp_path / "register.sqlite3"
    make(path)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(NotWritten) as refused:
        Register.open(path)
    assert refused.value.where == str(path)
    assert "register of employees" in refused.value.words.en
    assert (path.read_bytes() if path.is_file() else b"") == before


KEEPER = """
import sys
from pathlib import Path
from rpa.register import Register
from tests.register.people import entry
path, name, batches = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
with Register.open(path) as register:
    for batch in range(batches):
        register.keep(
            entry(identification=f"{n:012}", reference=f"{name} {batch}") for n in range(50)
        )
        print(batch, flush=True)
"""


def keeper(path: Path, name: str, batches: int) -> subprocess.Popen[str]:
    words = [sys.executable, "-c", KEEPER, str(path), name, str(batches)]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=env)


def references(path: Path) -> Iterable[tuple[str, int]]:
    with contextlib.closing(sqlite3.connect(path)) as file:
        sql = "SELECT reference, COUNT(*) FROM entries GROUP BY reference"
        return list(file.execute(sql))


def test_several_processes_keep_at_once_and_nothing_is_lost(tmp_path: Path) -> None:
    """They find no file and make one; two of them even enter the same."""
    path = tmp_path / "register.sqlite3"
    started = [keeper(path, name, 8) for name in ("A", "B", "B")]
    for process in started:
        process.communicate(timeout=120)
        assert process.returncode == 0
    assert dict(references(path)) == {f"{n} {b}": 50 for n in "AB" for b in range(8)}


@pytest.mark.parametrize("_", range(10))
def test_many_who_find_no_register_at_once_make_only_one(tmp_path: Path, _: int) -> None:
    """What the quickest entered is not lost when the slowest makes it."""
    path = tmp_path / "register.sqlite3"
    together = threading.Barrier(8)

    def begin(number: int) -> None:
        together.wait(timeout=60)
        with Register.open(path) as register:
            register.keep([entry(identification=f"{number:012}")])

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(begin, range(8)))
    with Register.open(path) as register:
        assert len(list(register.entries(EMPLOYER))) == 8


@pytest.mark.parametrize("seed", range(3))
def test_a_process_killed_at_any_moment_leaves_whole_batches_only(
    tmp_path: Path, seed: int
) -> None:
    """All that it said was kept is there; the next process goes on."""
    path = tmp_path / "register.sqlite3"
    said = -1
    with keeper(path, "A", 100_000) as process:
        assert process.stdout is not None
        for _ in range(random.Random(seed).randint(1, 60)):  # noqa: S311  no secret
            said = int(process.stdout.readline())
        process.kill()
    with Register.open(path) as register:
        found = dict(references(path))
        assert set(found.values()) == {50}
        assert {f"A {batch}" for batch in range(said + 1)} <= set(found)
        assert register.keep([entry(reference="next")]).new == 1
