"""Who was listed is not listed again while the cover lasts; next year's renewal falls due once."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from rpa.cli import listed as says
from rpa.cli import package
from rpa.errors import JobInvalid, NotWritten
from rpa.ledger import listings, parcels
from rpa.ledger.ledger import Ledger
from rpa.ledger.listings import AlreadyListed, NotNoted
from rpa.parcel import sps
from rpa.settings import Retention
from tests.command import assist_rpa
from tests.parcel import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[2]
TODAY = "2026-11-21"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An office of its own, on a day that stands still."""
    place = tmp_path / "home"
    for name, value in (
        ("HOME", str(place)), ("TODAY", TODAY), ("LANGUAGE", "en"),
        ("PORTAL", "http://127.0.0.1:9"), ("CONFIG", str(tmp_path / "config")),
    ):  # fmt: skip
        monkeypatch.setenv(f"ASSIST_RPA_{name}", value)
    return place


@pytest.fixture
def job(tmp_path: Path) -> Path:
    """A list of three."""
    return listed.write(tmp_path / "office", [listed.person(n) for n in (1, 2, 3)])


def make(job: Path) -> int:
    return package.make(job, asked=False, config=None)


def say(named: str = "", **told: Any) -> int:
    """`assist-rpa listed` with these options."""
    asked = {"sent": "", "cover": "", "take_back": False, "rows": (), "reason": "", **told}
    return says.listed(named, config=None, **asked)


def known(home: Path) -> list[listings.Known]:
    with Ledger.open(home / "ledger.sqlite3") as ledger:
        return listings.known(ledger)


def packages(home: Path) -> list[Path]:
    place = home / "packages"
    return sorted(place.iterdir()) if place.is_dir() else []


def covered(home: Path, job: Path, first: str = "2026-12-01") -> str:
    """The list's number, after it was made, sent, and its cover noted."""
    make(job)
    (one,) = known(home)
    say(one.list_id, sent=TODAY)
    say(one.list_id, cover=first)
    return one.list_id[:8]


# --- once ---


def test_a_list_is_made_once_and_the_second_run_is_refused(home: Path, job: Path) -> None:
    """It names when they were listed and what is not known yet, and makes no package."""
    assert make(job) == 0
    with pytest.raises(AlreadyListed) as refused:
        make(job)
    assert "Rows 2-4: listed on 21/11/2026" in refused.value.words.en
    assert "not noted as sent yet" in refused.value.words.en
    assert refused.value.exit_code == 10
    assert len(packages(home)) == 1


def test_check_tells_until_when_the_cover_lasts(
    home: Path, job: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Row by row beside those who may be listed; alone it is refused as a run would be."""
    number = covered(home, job)
    with pytest.raises(AlreadyListed, match="cover lasts until 30/11/2027"):
        package.check(job, None)
    listed.write(job.parent, [listed.person(n) for n in (1, 2, 9, 3)])
    capsys.readouterr()
    assert package.check(job, None) == 0
    told = capsys.readouterr().out
    line = f"2-3, 5: listed on 21/11/2026 (list {number}); the cover lasts until 30/11/2027"
    assert line in told
    assert "this list is of the 1 others" in told
    assert "1 people" in told


def test_only_who_is_new_goes_into_the_next_list(home: Path, job: Path) -> None:
    """The others stay in theirs."""
    covered(home, job)
    listed.write(job.parent, [listed.person(n) for n in (1, 2, 3, 4)])
    make(job)
    newest = packages(home)[-1]
    assert sorted(p.name for p in (newest / "papers").iterdir()) == [
        "row-5-identity-card.pdf",
        "row-5-proof-of-work.pdf",
    ]
    assert sorted(one.people for one in known(home)) == [1, 3]


def test_another_scheme_or_agency_is_no_other_cover(home: Path, job: Path, tmp_path: Path) -> None:
    """A person's cover is his own."""
    covered(home, job)
    text = listed.JOB.replace("Persatuan Contoh", "Jabatan Rekaan")
    with pytest.raises(AlreadyListed):
        make(listed.write(tmp_path / "other", [listed.person(2)], text))
    folder = tmp_path / "khidmat"
    served = listed.write(folder, [listed.person(2)], text.replace("padanan", "khidmat"))
    table = (folder / "people.csv").read_text("utf-8")
    table = table.replace("Bukti Pekerjaan", "Surat Pelantikan,Kumpulan")
    (folder / "people.csv").write_text(table.replace("bukti-2.pdf", "bukti-2.pdf,Maritim"), "utf-8")
    with pytest.raises(AlreadyListed):
        make(served)


def test_of_two_runs_that_list_one_person_one_is_refused(home: Path, job: Path) -> None:
    """Both have looked before either wrote."""
    make(job)
    ended: list[str] = []
    together = threading.Barrier(2)

    def run(n: int) -> None:
        with Ledger.open(home / "ledger.sqlite3") as ledger:
            who = {2: listings.key(ledger, "900101005555")}
            made = parcels.Made("list_sps_padanan", "a", "d", "m", f"f{n}", date(2026, 11, 21), who)
            together.wait()
            try:
                parcels.note(ledger, made)
                ended.append("made")
            except AlreadyListed:
                ended.append("refused")

    threads = [threading.Thread(target=run, args=(n,)) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ended) == ["made", "refused"]
    assert len(known(home)) == 2


def test_nobodys_number_or_name_is_in_the_ledger(home: Path, job: Path) -> None:
    """Seals alone."""
    covered(home, job)
    held = b"".join(path.read_bytes() for path in home.glob("ledger.sqlite3*") if path.is_file())
    assert b"listed_on" in held
    for n in (1, 2, 3):
        assert listed.person(n)["identification"].encode() not in held
        assert listed.person(n)["name"].encode() not in held


def test_a_run_that_dies_before_its_mail_leaves_nothing_to_send(
    home: Path, job: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The ledger holds the people already: an office says what became of it."""
    put = package._put

    def full(folder: Path, files: dict[str, bytes]) -> None:
        if sps.MAIL in files:
            raise NotWritten(package.CHANGED)
        put(folder, files)

    monkeypatch.setattr(package, "_put", full)
    with pytest.raises(NotWritten):
        make(job)
    monkeypatch.setattr(package, "_put", put)
    assert not list(home.rglob("*.eml"))
    with pytest.raises(AlreadyListed):
        make(job)
    say(known(home)[0].list_id, take_back=True, reason="the disk was full")
    assert make(job) == 0


# --- next year ---


def due(job: Path, day: str, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setenv("ASSIST_RPA_TODAY", day)
    return package.remind([job], None)


def test_next_years_renewal_falls_due_once(
    home: Path,
    job: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Not a day too early; the package is made once, however often `due` runs."""
    covered(home, job)
    assert due(job, "2027-10-30", monkeypatch) == 0
    assert "Renewals due today: 0. Next: 31/10/2027." in capsys.readouterr().out
    assert due(job, "2027-10-31", monkeypatch) == 13
    assert due(job, "2027-11-01", monkeypatch) == 0
    assert due(job, "2028-11-01", monkeypatch) == 0
    assert "Not noted as sent yet: 3 rows" in capsys.readouterr().out
    assert len(packages(home)) == 2
    monkeypatch.setenv("ASSIST_RPA_TODAY", "2027-11-02")
    renewed = next(one for one in known(home) if one.sent_on is None)
    say(renewed.list_id, sent="2027-11-02")
    say(renewed.list_id, cover="2027-12-01")
    assert due(job, "2028-10-31", monkeypatch) == 13
    assert len(packages(home)) == 3


@pytest.mark.heavy
def test_five_hundred_are_listed_once_and_renewed_once(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of them, each with two papers."""
    job = listed.write(tmp_path / "office", [listed.person(n) for n in range(500)])
    covered(home, job)
    with pytest.raises(AlreadyListed, match="Rows 2-501"):
        make(job)
    assert due(job, "2027-11-01", monkeypatch) == 13
    assert due(job, "2027-11-01", monkeypatch) == 0
    assert [one.people for one in known(home)] == [500, 500]
    papers = [len(list((place / "papers").iterdir())) for place in packages(home)]
    assert papers == [1000, 1000]


def test_a_list_with_a_fault_hinders_no_other(
    home: Path, job: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It is told, and the other one is renewed."""
    covered(home, job)
    broken = listed.write(tmp_path / "other", [{**listed.person(9), "plan": "7"}])
    monkeypatch.setenv("ASSIST_RPA_TODAY", "2027-11-01")
    assert package.remind([broken, job], None) == 65
    assert len(packages(home)) == 2


def test_due_lists_nobody_who_never_was(
    home: Path, job: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """That is a run's; it says how many there are."""
    assert due(job, TODAY, monkeypatch) == 0
    assert "Never listed: 3 (assist-rpa run)" in capsys.readouterr().out
    assert packages(home) == []


def test_who_left_the_table_is_not_renewed(
    home: Path, job: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An office takes out whoever has ceased."""
    covered(home, job)
    listed.write(job.parent, [listed.person(n) for n in (1, 3)])
    assert due(job, "2027-11-01", monkeypatch) == 13
    assert sorted(one.people for one in known(home)) == [2, 3]


def test_each_person_may_have_a_day_of_his_own(
    home: Path, job: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under SPS Padanan the cover begins with each one's payment."""
    make(job)
    (one,) = known(home)
    say(one.list_id, sent=TODAY)
    say(one.list_id, cover="2026-12-01", rows=[3])
    say(one.list_id, cover="2027-01-15")
    assert (known(home)[0].covered, known(home)[0].until) == (3, date(2028, 1, 14))
    assert due(job, "2027-11-05", monkeypatch) == 13
    assert [one.people for one in known(home)] == [3, 1]


def test_the_calendars_lists_are_renewed_by_due(home: Path, job: Path, tmp_path: Path) -> None:
    """`assist-rpa due` without a word, as a timer starts it."""
    covered(home, job)
    config = tmp_path / "config"
    config.mkdir()
    (config / "calendar.yaml").write_text(f"jobs: [{job}]\n", "utf-8")
    env = {
        "ASSIST_RPA_HOME": str(home), "ASSIST_RPA_CONFIG": str(config), "HOME": str(tmp_path),
        "ASSIST_RPA_PORTAL": "http://127.0.0.1:9", "ASSIST_RPA_TODAY": "2027-11-20",
        "ASSIST_RPA_LANGUAGE": "bm",
    }  # fmt: skip
    said = assist_rpa("schedule", cwd=tmp_path, env=env)
    assert "list.yaml: Pembaharuan tiba hari ini: 3." in said.stdout
    said = assist_rpa("due", cwd=tmp_path, env=env)
    assert said.returncode == 13, said.stdout + said.stderr
    assert "Pembaharuan tiba hari ini: 3." in said.stdout
    said = assist_rpa("due", cwd=tmp_path, env=env)
    assert said.returncode == 0, said.stdout + said.stderr
    assert len(packages(home)) == 2


# --- what an office says ---


@pytest.mark.parametrize(
    "told",
    [
        {"sent": "2026-11-20"},  # before it was made
        {"sent": "2026-11-22"},  # to come
        {"cover": "2026-12-01"},  # not sent yet
        {"take_back": True},  # no reason
        {"take_back": True, "reason": "x", "rows": (2, 77)},  # no such row
        {"sent": TODAY, "cover": TODAY},  # two things
        {"sent": TODAY, "rows": (2,)},  # a list is sent as a whole
        {"sent": TODAY, "reason": "x"},  # nothing asks for it
        {},  # nothing
    ],
)
def test_what_does_not_fit_is_not_noted(home: Path, job: Path, told: dict[str, Any]) -> None:
    """And nothing of it is kept."""
    make(job)
    (one,) = before = known(home)
    with pytest.raises(NotNoted):
        say(one.list_id, **told)
    assert known(home) == before


@pytest.mark.parametrize("first", ["2025-12-01", "2027-12-01"])
def test_a_cover_of_another_year_is_a_slip(home: Path, job: Path, first: str) -> None:
    """It would let somebody be listed twice, or not in time."""
    make(job)
    (one,) = known(home)
    say(one.list_id, sent=TODAY)
    with pytest.raises(NotNoted):
        say(one.list_id, cover=first)


@pytest.mark.parametrize("named", ["", "abc", "ffffffff"])
def test_a_list_that_is_not_named_surely_is_none(job: Path, named: str) -> None:
    """A few letters could be two."""
    make(job)
    with pytest.raises(NotNoted):
        say(named, sent=TODAY)


def test_a_day_is_written_in_one_way(home: Path, job: Path) -> None:
    """01/12/2026 is read differently in other countries."""
    make(job)
    with pytest.raises(JobInvalid):
        say(known(home)[0].list_id, sent="21/11/2026")


def test_rows_taken_back_may_be_listed_again(home: Path, job: Path) -> None:
    """Those PERKESO refused, the others stay."""
    make(job)
    (one,) = known(home)
    say(one.list_id, sent=TODAY)
    say(one.list_id, take_back=True, rows=(3,), reason="refused: the copy was not readable")
    assert make(job) == 0
    assert [(one.people, bool(one.sent_on)) for one in known(home)] == [(2, True), (1, False)]


@pytest.mark.parametrize("rows", [(), (3,)])
def test_a_list_with_nobody_left_to_be_covered_waits_for_nothing(
    home: Path, job: Path, rows: tuple[int, ...]
) -> None:
    """Taken back whole after it was sent, or the last of its people: no `due` asks about it."""
    make(job)
    (one,) = known(home)
    say(one.list_id, sent=TODAY)
    for row in (2, 4) if rows else ():
        say(one.list_id, cover="2026-12-01", rows=(row,))
    with Ledger.open(home / "ledger.sqlite3") as ledger:
        assert len(parcels.waiting(ledger)) == 1
        say(one.list_id, take_back=True, rows=rows, reason="refused by PERKESO")
        assert parcels.waiting(ledger) == []


def test_a_folder_whose_name_comes_again_is_that_of_the_newest_list(
    home: Path, job: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A full disk, and a second try in the same minute: the one that waits is told and kept."""
    same = home / "packages" / "same"

    def again(*_: object, **__: object) -> Path:
        same.mkdir(parents=True)
        return same

    with monkeypatch.context() as minute:
        minute.setattr(package, "new_folder", again)
        make(job)
        (first,) = known(home)
        say(first.list_id, take_back=True, reason="the disk was full")
        shutil.rmtree(same)
        capsys.readouterr()
        make(job)
    (second,) = known(home)
    assert f"listed {second.list_id[:8]} --sent" in capsys.readouterr().out
    say(second.list_id, sent=TODAY)
    later = datetime.now(UTC) + timedelta(days=365)
    with Ledger.open(home / "ledger.sqlite3") as ledger:
        assert parcels.past(ledger, home / "packages", Retention(), later) == []


def test_package_says_where_lists_are_noted(job: Path) -> None:
    """One way to say it."""
    make(job)
    with pytest.raises(JobInvalid, match="assist-rpa listed NUMBER"):
        package.package(job, TODAY, "", None)


def test_no_browser_is_loaded(home: Path, job: Path) -> None:
    """Nor anything of the portal's screens."""
    code = (
        "import sys; from rpa.cli import package; from pathlib import Path\n"
        "assert package.is_one(Path(sys.argv[1]))\n"
        "assert package.make(Path(sys.argv[1]), False, None) == 0\n"
        "assert not [m for m in sys.modules if m.startswith(('playwright', 'rpa.pages.'))]"
    )
    words: Sequence[str] = [sys.executable, "-c", code, str(job)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert len(packages(home)) == 1
