"""What the tool is made of: by hashes, under licences that are allowed, to the same bytes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tools import licences, sbom, wheel

ROOT = Path(__file__).parent.parent
LOCKS = ("requirements.lock", "tools/trust.lock")


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_versions_and_hashes_and_no_place(name: str) -> None:
    """What is installed is what was locked, wherever it comes from."""
    text = (ROOT / name).read_text("utf-8")
    blocks = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
    assert blocks
    for block in blocks:
        assert re.match(r"[\w.-]+==[\w.+]+", block), block[:80]
        assert "--hash=sha256:" in block, block[:80]
    assert "://" not in text


def test_what_is_installed_may_be_used(capsys: pytest.CaptureFixture[str]) -> None:
    """Each package of the lock that is for this system."""
    assert licences.main() == 0
    assert "not allowed: none" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("said", "good"),
    [
        ("MIT", True),
        ("Apache-2.0 OR BSD-3-Clause", True),
        ("GPL-3.0-only OR MIT", True),
        ("(MIT OR GPL-3.0-only) AND PSF-2.0", True),
        ("MIT AND GPL-3.0-only", False),
        ("AGPL-3.0-or-later", False),
        ("none named", False),
        ("", False),
    ],
)
def test_a_licence_is_allowed_by_its_whole_expression(said: str, *, good: bool) -> None:
    assert licences.allowed(said) is good


def test_a_package_under_another_licence_is_found(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Negative control."""
    monkeypatch.setattr(licences, "licence", lambda _: "AGPL-3.0-or-later")
    assert licences.main() == 1
    assert "NOT ALLOWED" in capsys.readouterr().out


def test_the_supply_workflow_is_told_to_be_unproven_and_installs_by_hashes() -> None:
    """Nobody has seen it run; only the release may write, and only it may sign."""
    text = (ROOT / ".github/workflows/supply.yml").read_text("utf-8")
    assert "HAS NOT RUN YET" in text.partition("name: supply")[0]
    assert "perkeso.gov.my" not in text
    for line in text.splitlines():
        assert (
            "install " not in line
            or "pip" not in line
            or "--require-hashes" in line
            or ("--no-deps" in line)
        )
    jobs = yaml.safe_load(text)
    assert jobs["permissions"] == {"contents": "read"}
    assert [name for name, job in jobs["jobs"].items() if "permissions" in job] == ["release"]


LOCKED = """\
one==1.0 \\
    --hash=sha256:{a} \\
    --hash=sha256:{b}
two==2 \\
    --hash=sha256:{b}
"""


def part(name: str, version: str, *hashes: str) -> dict[str, Any]:
    """As CycloneDX has it."""
    told = [{"alg": "SHA-256", "content": content} for content in hashes]
    return {"name": name, "version": version, "externalReferences": [{"hashes": told}]}


def test_the_list_of_parts_is_compared_with_the_lock() -> None:
    """One away, one more, another version, another hash: each is told."""
    a, b = "a" * 64, "b" * 64
    lock, whole = LOCKED.format(a=a, b=b), [part("one", "1.0", b, a), part("two", "2", b)]
    assert sbom.faults({"components": whole}, lock) == []
    for parts, said in (
        (whole[:1], ["not in the list: two==2"]),
        ([*whole, part("three", "3", a)], ["in the list alone: three==3"]),
        ([whole[0], part("two", "3", b)], ["not in the list: two==2", "in the list alone: two==3"]),
        ([whole[0], part("two", "2", a)], ["other hashes: two==2"]),
        ([whole[0], part("two", "2")], ["other hashes: two==2"]),
    ):
        assert sbom.faults({"components": parts}, lock) == said
    assert len(sbom.locked((ROOT / "requirements.lock").read_text("utf-8"))) > 50


@pytest.mark.heavy
def test_the_wheel_is_built_twice_to_the_same_bytes(tmp_path: Path) -> None:
    built = wheel.build(tmp_path)
    assert len(set(wheel.digests(built))) == 1
    built[0].write_bytes(built[0].read_bytes() + b"!")
    assert len(set(wheel.digests(built))) == 2  # negative control
