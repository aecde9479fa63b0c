"""Settings: what the files in config/ say, and where secrets come from."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

import pytest
import yaml

from rpa.errors import ConfigInvalid, Words
from rpa.portal.profile import shipped
from rpa.settings import (
    Calendar,
    Employers,
    Notify,
    PortalSettings,
    Retention,
    Secret,
    load,
)

CONFIG = Path(__file__).parent.parent / "config"


def test_the_shipped_portal_yaml_shows_the_defaults() -> None:
    """Whoever reads the file reads the truth."""
    text = (CONFIG / "portal.yaml").read_text()
    assert "address" not in yaml.safe_load(text)  # which portal is for the office to say, once
    shipped = PortalSettings.model_validate(yaml.safe_load(text.replace("# address:", "address:")))
    assert shipped == PortalSettings()


def test_the_shipped_notify_yaml_shows_the_defaults() -> None:
    """Copied as it is, it changes nothing."""
    shipped = yaml.safe_load((CONFIG / "notify.yaml").read_text("utf-8"))
    assert Notify.model_validate(shipped) == Notify()
    assert shipped.keys() == Notify.model_fields.keys()


def test_the_shipped_retention_yaml_shows_the_defaults() -> None:
    """The same."""
    shipped = yaml.safe_load((CONFIG / "retention.yaml").read_text("utf-8"))
    assert Retention.model_validate(shipped) == Retention()
    assert set(shipped) == set(Retention.model_fields)


def test_the_example_of_portal_ids_is_valid() -> None:
    """It can be copied and filled in."""
    text = (CONFIG / "employers.example.yaml").read_text("utf-8")
    employers = Employers.model_validate(yaml.safe_load(text))
    assert employers.holder_of("B9900005678W", None).email == "payroll@contoh.example"


def test_an_employer_nobody_or_several_hold_is_refused() -> None:
    """Which log-in to use is never guessed."""
    secret = Secret(env="X")
    one = {"employers": ["E9900001234V"], "password": secret, "security_phrase": secret}
    both = Employers.model_validate(
        {"portal_ids": [{"email": "a@contoh.example", **one}, {"email": "b@contoh.example", **one}]}
    )
    with pytest.raises(ConfigInvalid, match="several"):
        both.holder_of("E9900001234V", None)
    assert both.holder_of("E9900001234V", "b@contoh.example").email == "b@contoh.example"
    with pytest.raises(ConfigInvalid, match="No portal ID"):
        both.holder_of("B9900005678W", None)


def test_a_secret_comes_from_a_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its output without the line end; from the environment the same; neither is ever shown."""
    say = [sys.executable, "-c", "print('canary')"]
    assert Secret(command=say).reveal("password") == "canary"
    monkeypatch.setenv("CANARY", "canary")
    assert Secret(env="CANARY").reveal("password") == "canary"


@pytest.mark.parametrize(
    "secret",
    [
        Secret(),
        Secret(env="A", command=["b"]),
        Secret(env="NO_SUCH_VARIABLE"),
        Secret(command=["/no/such/program"]),
        Secret(command=[sys.executable, "-c", "print('canary'); raise SystemExit(1)"]),
    ],
)
def test_a_secret_that_cannot_be_had_is_a_sentence(secret: Secret) -> None:
    """Nothing of it is repeated."""
    with pytest.raises(ConfigInvalid) as failed:
        secret.reveal("password")
    assert "canary" not in str(failed.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("address: http://example.com", "https"),
        ("address: https://example.com/path", "host and port only"),
        ("timeouts: {act_s: 0}", "timeouts.act_s"),
        ("adress: https://example.com", "adress"),
        ("a: [", "Not YAML"),
    ],
)
def test_a_wrong_setting_names_its_key(tmp_path: Path, text: str, words: str) -> None:
    """Unknown keys, impossible values and broken YAML stop before anything."""
    (tmp_path / "portal.yaml").write_text(text)
    with pytest.raises(ConfigInvalid) as failed:
        load(config=tmp_path)
    assert words in str(failed.value)


def test_the_shipped_calendar_shows_the_defaults() -> None:
    """Whoever reads the file reads the truth, and its example of holidays is one."""
    assert load(config=CONFIG).calendar() == Calendar()
    text = (CONFIG / "calendar.yaml").read_text("utf-8")
    shown = [line[4:] for line in text.splitlines() if line.startswith("#   2026-")]
    found = Calendar.model_validate({"holidays": yaml.safe_load("\n".join(shown))})
    assert list(found.holidays.values()) == ["Deepavali", "Hari Krismas"]


def test_hours_and_days_of_the_calendar_need_no_quotes(tmp_path: Path) -> None:
    """To YAML 17:30 is a number; here it is half past five."""
    text = "window: {from: 08:00, to: 17:30}\nholidays: {2026-12-25: Krismas}\nrest_days: []\n"
    (tmp_path / "calendar.yaml").write_text(text)
    found = load(config=tmp_path).calendar()
    assert (found.window.opens, found.window.closes) == ("08:00", "17:30")
    assert found.closed(date(2026, 12, 25)) == Words.quoted("Krismas")
    assert found.closed(date(2026, 12, 26)) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("holiday: {}", "holiday: "),
        ("window: {from: 9:00}", "window.from: "),
        ("window: {from: '18:00', to: '08:00'}", "'to' must be later"),
        ("rest_days: [sabtu]", "rest_days.0: "),
        (
            "rest_days: [monday, tuesday, wednesday, thursday, friday, saturday, sunday]",
            "rest_days: ",
        ),
        ("holidays: {25/12/2026: Krismas}", "holidays.25/12/2026"),
        ("holidays: {2026-12-25: ''}", "holidays.2026-12-25"),
        ("jobs: leavers.yaml", "jobs: "),
    ],
)
def test_a_wrong_calendar_names_file_and_key(tmp_path: Path, text: str, words: str) -> None:
    """A holiday that nobody heeds is worse than an error."""
    (tmp_path / "calendar.yaml").write_text(text)
    with pytest.raises(ConfigInvalid) as failed:
        load(config=tmp_path).calendar()
    assert words in str(failed.value)
    assert failed.value.where.startswith(f"{tmp_path / 'calendar.yaml'}:1:")


def test_what_is_wrong_in_config_is_told_by_its_line_in_both_languages(tmp_path: Path) -> None:
    """With the key that was meant, sorted as in the file, and never the value."""
    (tmp_path / "portal.yaml").write_text(
        "address: http://127.0.0.1:9\ntimeouts:\n  act: canary\nsingle_press: canary\nretry: 5\n"
    )
    with pytest.raises(ConfigInvalid) as failed:
        load(config=tmp_path)
    said, where = failed.value.words, failed.value.where
    assert where == f"{tmp_path / 'portal.yaml'}:3:3"
    assert said.en == (
        "Settings not valid. line 3, timeouts.act: 'act' is not known. Did you mean 'act_s'? "
        "line 4, single_press: Choose one of these: 'guarded', 'browser'. "
        "line 5, retry: Write lines of 'key: value' here."
    )
    assert "baris 4, single_press: Pilih satu" in said.bm
    (tmp_path / "portal.yaml").write_text("address: http://portal.example.test\n")
    with pytest.raises(ConfigInvalid) as failed:
        load(config=tmp_path)
    assert "http hanya untuk portal pada komputer ini" in failed.value.words.bm
    (tmp_path / "portal.yaml").unlink()
    (tmp_path / "employers.yaml").write_text(
        "portal_ids:\n- email: a@example.test\n- emails: canary\n"
    )
    with pytest.raises(ConfigInvalid) as failed:
        load(config=tmp_path).employers()
    assert failed.value.where == f"{tmp_path / 'employers.yaml'}:2:3"
    assert "portal_ids.0.employers" in failed.value.words.en
    assert "canary" not in failed.value.words.en


# What a file of config/ may hold, and where that is said to be wrong.
BROKEN: dict[str, tuple[bytes, str]] = {
    "NUL": (b"address: https://a.example\nname: a\0b\n", ":2:8"),
    "escaped NUL": (b'name: "\\0"\n', ""),
    "no such day": (b"login_path: 2026-13-45\n", ":1:13"),
    "no letter": (b'login_path: /a\nname: "\\UFFFFFFFF"\n', ":2:"),
    "half a letter": (b'name: "\\ud800"\n', ""),
    "deep list": (b"a: " + b"[" * 100_000, ":1:23"),
    "deep keys": (b"\n".join(b" " * i + b"a:" for i in range(400)), ":20:20"),
    "aliases": (b"a: &a [x]\nb: *a\n", ":1:4"),
    "laughs": (b"a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n", ":1:4"),
    "circle": (b"a: &a [*a]\n", ":1:4"),
    "tag": (b"name: !!python/object/apply:os.system [id]\n", ":1:7"),
    "other tag": (b"name: !x y\n", ":1:7"),
    "key twice": (b"lease_s: 60\nlease_s: 600\n", ":2:1"),
    "digits": (b"lease_s: " + b"9" * 5000 + b"\n", ":1:10"),
    "infinite": (b"timeouts: {act_s: .inf}\n", ""),
    "no number": (b"timeouts: {act_s: 1e999}\n", ""),
    "list": (b"- a\n", ""),
    "nothing but a word": (b"false\n", ""),
    "list key": (b"? [a]\n: b\n", ":1:3"),
    "number key": (b"1: b\n", ""),
    "two documents": (b"a: 1\n---\nb: 2\n", ":2:1"),
    "UTF-16": ("name: a".encode("utf-16"), ""),
    "no UTF-8": (b"name: \xff\n", ""),
    "large": (b"#" * 1_000_001, ""),
    "port": (b"address: https://a.example:99999\n", ""),
    "address": (b'address: "http://[::1"\n', ""),
    "line ends": (b'address: "https://a.example\\n"\n', ""),
}
FILES = (
    *("portal", "employers", "guards", "retention", "evidence", "calendar"),
    *("approvers", "profile", "locators"),
)


def read_all(folder: Path) -> None:
    """Everything that is read of config/."""
    known = load(config=folder)
    known.calendar()
    assert known.profile
    if (folder / "employers.yaml").exists():
        known.employers()
    if (folder / "approvers.yaml").exists():
        known.approvers()


@pytest.mark.parametrize("kind", sorted(BROKEN))
def test_whatever_a_file_of_config_holds_is_a_sentence(tmp_path: Path, kind: str) -> None:
    """With the file and, where the reader knows it, the line: never a traceback."""
    content, place = BROKEN[kind]
    for file in FILES:
        path = tmp_path / f"{file}.yaml"
        path.write_bytes(content)
        with pytest.raises(ConfigInvalid) as failed:
            read_all(tmp_path)
        path.unlink()
        assert failed.value.where.startswith(f"{path}{place if file == 'portal' else ''}")
        assert len(str(failed.value)) < 1000
        assert str(failed.value).isprintable()


def test_a_setting_with_a_mark_for_its_letters_is_read(tmp_path: Path) -> None:
    """Windows' Notepad writes one before UTF-8; an empty file and comments are no settings."""
    (tmp_path / "portal.yaml").write_bytes(b"\xef\xbb\xbflease_s: 30\n")
    (tmp_path / "guards.yaml").write_bytes(b"# nothing\n")
    (tmp_path / "profile.yaml").write_bytes(b"")
    assert load(config=tmp_path).portal.lease_s == 30
    assert load(config=tmp_path).profile is shipped()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no FIFO")
def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    """A pipe nobody writes to, a folder, a device without an end."""
    for name, make in (
        ("folder", Path.mkdir),
        ("pipe", os.mkfifo),
        ("device", lambda path: path.symlink_to("/dev/zero")),
    ):
        (tmp_path / name).mkdir()
        make(tmp_path / name / "portal.yaml")
        with pytest.raises(ConfigInvalid, match="no ordinary file"):
            load(config=tmp_path / name)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ASSIST_RPA_TODAY", "2026-13-45"),
        ("ASSIST_RPA_TODAY", "0"),
        ("ASSIST_RPA_TODAY", "20261128"),
        ("ASSIST_RPA_TODAY", "tomorrow"),
        ("ASSIST_RPA_PORTAL", "http://[::1"),
        ("ASSIST_RPA_PORTAL", "https://a.example:abc"),
        ("ASSIST_RPA_PORTAL", "https://a.exa\tmple"),
        ("ASSIST_RPA_PORTAL", "portal"),
        ("ASSIST_RPA_PORTAL_NAME", "drill\n"),
        ("ASSIST_RPA_PORTAL_NAME", "\x1b[2J"),
        ("ASSIST_RPA_PORTAL_NAME", "x" * 101),
        ("ASSIST_RPA_PORTAL_NAME", "\udcff"),
    ],
)
def test_rubbish_in_the_environment_names_its_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """A day that is read otherwise than it was meant would file on another day."""
    if name == "ASSIST_RPA_PORTAL_NAME":
        monkeypatch.setenv("ASSIST_RPA_PORTAL", "https://a.example")
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigInvalid) as failed:
        load(config=tmp_path)
    assert name in failed.value.where


@pytest.mark.parametrize(
    "secret",
    [
        Secret(command=[]),
        Secret(command=["a\0b"]),
        Secret(command=[sys.executable, "-c", "import os; os.write(1, b'\\xff')"]),
        Secret(env="A\0B"),
        Secret(env="\ud800"),
        Secret(keyring=""),
    ],
)
def test_a_secret_s_place_that_no_system_knows_is_a_sentence(secret: Secret) -> None:
    """Whatever the library below thinks of it."""
    with pytest.raises(ConfigInvalid, match="could not be had"):
        secret.reveal("password")
