"""A third party's time under a run's evidence: asked for, kept, checked; or told to be none.

The third party is this test's own, on this machine: OpenSSL answers as such an authority does.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import pytest
import yaml
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from rpa import settings
from rpa.cli import evidence
from rpa.errors import ConfigInvalid
from rpa.evidence import timestamp
from rpa.evidence.timestamp import NotStamped
from rpa.evidence.verifier import check_pack
from tests.cli.test_evidence import REFERENCE, Office, office

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["office"]

OPENSSL = shutil.which("openssl")
pytestmark = pytest.mark.skipif(OPENSSL is None, reason="OpenSSL is the authority")
library = pytest.importorskip("rfc3161_client", reason="the extra `timestamp`")
SECTION = """
[tsa]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
"""


@dataclass
class Authority:
    """Answers on loopback, or otherwise; what it was sent is kept."""

    folder: Path
    answers: str = "well"
    asked: list[bytes] = field(default_factory=list)
    address: str = ""

    def __post_init__(self) -> None:
        (self.folder / "tsa.cnf").write_text(SECTION)
        (self.folder / "serial").write_text("01\n")
        self.root = _certificate(self.folder)

    def reply(self, question: bytes) -> bytes:
        (self.folder / "q.tsq").write_bytes(question)
        words = [str(OPENSSL), "ts", "-reply", "-config", "tsa.cnf", "-section", "tsa"]
        files = ["-queryfile", "q.tsq", "-signer", "tsa.pem", "-inkey", "tsa.key"]
        done = subprocess.run([*words, *files], cwd=self.folder, capture_output=True, check=True)
        return done.stdout


def _certificate(folder: Path) -> Path:
    """A root, and a certificate of its for stamping; the root's own file."""
    now, keys = datetime.now(UTC), [ec.generate_private_key(ec.SECP256R1()) for _ in range(2)]
    names = [x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, n)]) for n in ("root", "stamp")]
    made = []
    for number in range(2):
        one = x509.CertificateBuilder(names[0], names[number], keys[number].public_key())
        one = one.serial_number(number + 1).not_valid_before(now - timedelta(days=1))
        one = one.not_valid_after(now + timedelta(days=9))
        one = one.add_extension(
            x509.BasicConstraints(ca=not number, path_length=None), critical=True
        )
        if number:
            use = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
            one = one.add_extension(use, critical=True)
        made.append(one.sign(keys[0], hashes.SHA256()))
    pem = [one.public_bytes(serialization.Encoding.PEM) for one in made]
    (folder / "root.pem").write_bytes(pem[0])
    (folder / "tsa.pem").write_bytes(pem[1])
    (folder / "tsa.key").write_bytes(
        keys[1].private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return folder / "root.pem"


@pytest.fixture
def authority(tmp_path: Path) -> Iterator[Authority]:
    (tmp_path / "authority").mkdir()
    known = Authority(tmp_path / "authority")

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            question = self.rfile.read(int(self.headers["Content-Length"]))
            known.asked.append(question)
            if known.answers == "elsewhere":
                self.send_response(302)
                self.send_header("Location", "/again")
                self.end_headers()
                return
            if known.answers == "before":
                question = known.asked[0]
            answers = {"nonsense": b"no stamp", "nothing": b"", "much": b"x" * 200_000}
            body = answers.get(known.answers) or known.reply(question)
            self.send_response(200 if known.answers != "nothing" else 500)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    known.address = f"http://127.0.0.1:{server.server_port}/"
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield known
    server.shutdown()
    server.server_close()


@pytest.fixture
def config(office: Office, authority: Authority) -> Path:
    """The office names the authority."""
    place = office.home.parent / "config"
    place.mkdir()
    shutil.copyfile(authority.root, place / "authority.pem")
    told = {"timestamp": authority.address, "authority": "authority.pem", "wait_s": 5}
    (place / "evidence.yaml").write_text(yaml.safe_dump(told))
    return place


def test_the_end_of_a_list_is_stamped_once_and_told_when_it_is_verified(
    office: Office, authority: Authority, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And what left the machine is a hash and a made-up number."""
    assert evidence.stamp(config) == 0
    assert evidence.stamp(config) == 0
    said = capsys.readouterr().out
    assert f"{office.folder.path.name}  Time stamp of a third party: " in said
    assert ("stamped: 1 runs" in said, "stamped: 0 runs" in said) == (True, True)
    (question,) = authority.asked
    assert len(question) < 80
    assert office.head.encode() not in question
    assert evidence.verify(office.folder.path, [], every=False, config=config) == 0
    assert "Time stamp of a third party: " in capsys.readouterr().err
    (stamp,) = (office.home / "timestamps").iterdir()
    assert stamp.name == f"{office.head}.tsr"


def test_anybody_checks_it_with_openssl_alone(
    office: Office, authority: Authority, config: Path, tmp_path: Path
) -> None:
    """From the pack, as the page in it says; and the script in it sees another run's stamp."""
    assert evidence.stamp(config) == 0
    assert evidence.export(REFERENCE, tmp_path / "pack.zip", replace=False, config=config) == 0
    with zipfile.ZipFile(tmp_path / "pack.zip") as archive:
        archive.extractall(tmp_path / "pack")
    runs, name = tmp_path / "pack" / "runs", office.folder.path.name
    words = [str(OPENSSL), "ts", "-verify", "-CAfile", str(authority.root)]
    files = ["-data", f"{name}.txt", "-in", f"{name}.tsr"]
    done = subprocess.run([*words, *files], cwd=runs, capture_output=True, text=True, check=False)
    assert "Verification: OK" in done.stdout + done.stderr
    assert list(check_pack(tmp_path / "pack", [office.head])) == []
    (runs / f"{name}.tsr").write_bytes(authority.reply(_question("another")))
    codes = {code for _, code in check_pack(tmp_path / "pack", [office.head])}
    assert codes == {"file-changed", "stamp-differs"}


def another_number(stamp: Path, authority: Authority) -> None:
    stamp.write_bytes(authority.reply(_question("another")))


def one_byte(stamp: Path, _: Authority) -> None:
    data = stamp.read_bytes()
    stamp.write_bytes(data[:-9] + bytes([data[-9] ^ 1]) + data[-8:])


def another_authority(stamp: Path, authority: Authority) -> None:
    place = authority.folder / "other"
    place.mkdir()
    stamp.write_bytes(Authority(place).reply(authority.asked[0]))


def test_a_stamp_that_does_not_hold_is_named(
    office: Office, authority: Authority, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its number, its signature, its maker."""
    stamp = timestamp.place(office.home, office.head)
    for change in (another_number, one_byte, another_authority):
        assert evidence.stamp(config) == 0
        assert evidence.verify(None, [], every=True, config=config) == 0
        change(stamp, authority)
        assert evidence.verify(office.folder.path, [], every=False, config=config) == 1
        told = f"timestamps/{stamp.name}: This time stamp is not of the end"
        assert told in capsys.readouterr().err
        assert evidence.verify(None, [], every=True, config=config) == 1
        stamp.unlink()


def test_an_authority_that_gives_none_is_told_and_nothing_else_ends(
    office: Office, authority: Authority, config: Path
) -> None:
    """No answer, no stamp, too much, another place, another question's answer, nobody there."""
    for how in ("nothing", "nonsense", "much", "elsewhere", "before", "gone"):
        authority.answers, authority.asked[:] = how, []
        if how == "before":
            authority.asked.append(_question(office.head))
        if how == "gone":
            told = yaml.safe_load((config / "evidence.yaml").read_text())
            nobody = told | {"timestamp": "http://127.0.0.1:9/"}
            (config / "evidence.yaml").write_text(yaml.safe_dump(nobody))
        with pytest.raises(NotStamped) as refused:
            evidence.stamp(config)
        assert refused.value.exit_code == 75
        assert len(authority.asked) == {"before": 2, "gone": 0}.get(how, 1), how
    assert not (office.home / "timestamps").exists()
    assert evidence.verify(office.folder.path, [], every=False, config=config) == 0


def _question(number: str) -> bytes:
    """With a made-up number of its own."""
    builder = library.TimestampRequestBuilder().data(number.encode())
    return bytes(builder.hash_algorithm(library.HashAlgorithm.SHA256).build().as_bytes())


def test_without_an_authority_nothing_is_stamped_and_what_was_is_still_there(
    office: Office, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert evidence.stamp(config) == 0
    (config / "evidence.yaml").unlink()
    assert evidence.verify(office.folder.path, [], every=False, config=config) == 0
    assert "its signature was not checked" in capsys.readouterr().err
    shutil.rmtree(office.home / "timestamps")
    with pytest.raises(ConfigInvalid, match="No time stamp authority"):
        evidence.stamp(config)


@pytest.mark.parametrize(
    "told",
    [
        {"timestamp": "http://127.0.0.1/"},
        {"authority": "x.pem"},
        {"timestamp": "file:///etc/passwd", "authority": "x.pem"},
        {"timestamp": "https://user:word@x.example/", "authority": "x.pem"},
    ],
)
def test_what_is_no_authority_is_told_by_its_file(tmp_path: Path, told: dict[str, str]) -> None:
    (tmp_path / "evidence.yaml").write_text(json.dumps(told))
    with pytest.raises(ConfigInvalid) as refused:
        settings.load(config=tmp_path)
    assert "evidence.yaml" in refused.value.where
