"""RFC 3161 against a local authority made here with openssl: a right reply, and every wrong one."""

from __future__ import annotations

import random
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from clinicir.domain.errors import UserError
from clinicir.vault.time_stamp import Stamp, judge, request

OPENSSL = shutil.which("openssl")
pytestmark = pytest.mark.skipif(OPENSSL is None, reason="no openssl on this machine")
TEXT = b"clinicir trail checkpoint v1\nwhatever\n"
NONCE = bytes.fromhex("8899aabbccddeeff")
CONFIG = """
[tsa]
default_tsa = local
[local]
dir = .
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256, sha384
ess_cert_id_alg = sha256
[ca]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
[stamps]
basicConstraints = CA:FALSE
extendedKeyUsage = critical,timeStamping
[other]
basicConstraints = CA:FALSE
extendedKeyUsage = critical,serverAuth
[req]
distinguished_name = dn
[dn]
"""


@dataclass(frozen=True)
class Authority:
    """A certificate authority and its time-stamping service, in a folder."""

    root: Path

    def run(self, *words: str) -> None:
        assert OPENSSL is not None
        subprocess.run([OPENSSL, *words], cwd=self.root, check=True, capture_output=True)

    def make(self, kind: str, section: str = "stamps") -> None:
        """CA `ca.pem`, signer `tsa.pem`; `kind`: arguments of the new keys."""
        (self.root / "c.cnf").write_text(CONFIG, "ascii")
        (self.root / "serial").write_text("01\n", "ascii")
        key = ["-newkey", *kind.split(), "-nodes", "-config", "c.cnf"]
        self.run("req", "-x509", *key, "-keyout", "ca.key", "-out", "ca.pem", "-subj",
                 "/CN=Local CA", "-days", "30", "-extensions", "ca")  # fmt: skip
        self.run("req", "-new", *key, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj",
                 "/CN=Local stamps")  # fmt: skip
        self.run("x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-out",
                 "tsa.pem", "-days", "20", "-extfile", "c.cnf", "-extensions", section,
                 "-CAcreateserial")  # fmt: skip

    def reply(self, asked: bytes) -> bytes:
        """What the service answers."""
        (self.root / "q.tsq").write_bytes(asked)
        self.run("ts", "-reply", "-config", "c.cnf", "-section", "local", "-queryfile", "q.tsq",
                 "-inkey", "tsa.key", "-signer", "tsa.pem", "-chain", "ca.pem", "-out",
                 "r.tsr")  # fmt: skip
        return (self.root / "r.tsr").read_bytes()

    @property
    def pem(self) -> bytes:
        return (self.root / "ca.pem").read_bytes()


@pytest.fixture(scope="module", params=["rsa:2048", "ec -pkeyopt ec_paramgen_curve:P-256"])
def authority(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Authority:
    made = Authority(tmp_path_factory.mktemp("tsa"))
    made.make(request.param)
    return made


@pytest.fixture(scope="module")
def reply(authority: Authority) -> bytes:
    return authority.reply(request(TEXT, NONCE))


def why(reply: bytes, asked: bytes, text: bytes, pem: bytes) -> str:
    with pytest.raises(UserError) as refused:
        judge(reply, asked, text, pem)
    assert refused.value.code == "stamp.refused"
    return str(refused.value.values["why"])


def test_the_request_is_the_one_that_openssl_reads(authority: Authority) -> None:
    assert len(request(TEXT, NONCE)) in (69, 70)
    (authority.root / "mine.tsq").write_bytes(request(TEXT, NONCE))
    authority.run("ts", "-query", "-in", "mine.tsq", "-text")


def test_a_right_reply_is_dated(authority: Authority, reply: bytes) -> None:
    stamp = judge(reply, request(TEXT, NONCE), TEXT, authority.pem)
    assert isinstance(stamp, Stamp)
    assert stamp.authority == "Local stamps"
    assert stamp.at.tzinfo is not None


def test_what_does_not_answer_is_refused(authority: Authority, reply: bytes) -> None:
    asked = request(TEXT, NONCE)
    assert why(reply, asked, TEXT + b"x", authority.pem) == "other text"
    assert why(reply, request(TEXT, bytes(8)), TEXT, authority.pem) == "other request"
    assert why(reply + b"x", asked, TEXT, authority.pem) in ("form", "cut")
    assert why(b"", asked, TEXT, authority.pem) == "form"
    assert why(bytes(2 << 20), asked, TEXT, authority.pem) == "length"
    assert why(reply, asked, TEXT, b"no certificate") == "form"


def test_an_unknown_authority_is_refused(
    authority: Authority, reply: bytes, tmp_path: Path
) -> None:
    other = Authority(tmp_path)
    other.make("rsa:2048")
    assert why(reply, request(TEXT, NONCE), TEXT, other.pem) == "authority"


def test_a_certificate_for_something_else_is_refused(tmp_path: Path) -> None:
    """openssl itself refuses to sign with it, so its reply is signed with the right one first."""
    made = Authority(tmp_path)
    made.make("rsa:2048")
    reply = made.reply(request(TEXT, NONCE))
    made.run("req", "-x509", "-key", "tsa.key", "-config", "c.cnf", "-out", "ca.pem", "-subj",
             "/CN=Local CA", "-days", "30", "-extensions", "ca")  # fmt: skip
    assert why(reply, request(TEXT, NONCE), TEXT, made.pem) == "authority"


def test_any_flipped_bit_is_refused_or_harmless(authority: Authority, reply: bytes) -> None:
    """Only what the signature does not cover may change: certificates beside, the outer frame."""
    right = judge(reply, request(TEXT, NONCE), TEXT, authority.pem)
    draw, refused = random.Random(5), 0
    for _ in range(600):
        changed = bytearray(reply)
        changed[draw.randrange(len(changed))] ^= 1 << draw.randrange(8)
        try:
            assert judge(bytes(changed), request(TEXT, NONCE), TEXT, authority.pem) == right
        except UserError:
            refused += 1
    assert refused > 300
