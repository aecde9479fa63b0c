"""Settings: what the files in config/ say, and where secrets come from."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import yaml

from rpa.errors import ConfigInvalid
from rpa.settings import Employers, PortalSettings, Secret, load

CONFIG = Path(__file__).parent.parent / "config"


def test_the_shipped_portal_yaml_shows_the_defaults() -> None:
    """Whoever reads the file reads the truth."""
    shipped = PortalSettings.model_validate(yaml.safe_load((CONFIG / "portal.yaml").read_text()))
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
