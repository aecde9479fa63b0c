"""Settings: what the files in config/ say, and where secrets come from."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest
import yaml

from rpa.errors import ConfigInvalid, Words
from rpa.settings import Calendar, Employers, PortalSettings, Secret, load

CONFIG = Path(__file__).parent.parent / "config"


def test_the_shipped_portal_yaml_shows_the_defaults() -> None:
    """Whoever reads the file reads the truth."""
    text = (CONFIG / "portal.yaml").read_text()
    assert "address" not in yaml.safe_load(text)  # which portal is for the office to say, once
    shipped = PortalSettings.model_validate(yaml.safe_load(text.replace("# address:", "address:")))
    assert shipped == PortalSettings()


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
    assert failed.value.where == str(tmp_path / "calendar.yaml")
