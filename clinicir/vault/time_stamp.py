"""Time stamps of an outside authority (RFC 3161), without any network: a request, its reply judged.

The request carries the SHA-256 of a checkpoint and nothing else. A reply counts once its signature,
its signer's certificate and the way from there to an authority that the person trusts all hold.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from clinicir.domain.errors import UserError

REPLY_LIMIT = 1 << 20
NONCE_BYTES = 8
_SEQUENCE, _SET, _OCTETS, _INTEGER, _OID, _TIME = 0x30, 0x31, 0x04, 0x02, 0x06, 0x18
_FIELD_0 = 0xA0
_SHA256 = bytes.fromhex("608648016503040201")
_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
_TST_INFO = bytes.fromhex("2a864886f70d0109100104")
_CONTENT_TYPE = bytes.fromhex("2a864886f70d010903")
_MESSAGE_DIGEST = bytes.fromhex("2a864886f70d010904")
_SIGNER = bytes.fromhex("2a864886f70d010910022f")
"""Attribute signingCertificateV2 (RFC 5035)."""
_HASHES: dict[bytes, hashes.HashAlgorithm] = {
    _SHA256: hashes.SHA256(),
    bytes.fromhex("608648016503040202"): hashes.SHA384(),
    bytes.fromhex("608648016503040203"): hashes.SHA512(),
}
_LONGEST_CHAIN = 6
_ILL_FORMED = (
    ValueError, IndexError, OverflowError, StopIteration, UnsupportedAlgorithm,
    x509.InvalidVersion, x509.ExtensionNotFound, x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)  # fmt: skip
"""What reading a foreign certificate or value may raise."""


@dataclass(frozen=True)
class Stamp:
    """What a valid reply proves: the text existed at that instant, says that authority."""

    at: datetime
    authority: str
    """Common name of the certificate that signed, as written there."""


class _Refused(Exception):  # noqa: N818
    """Why, in a word for whoever supports the person."""


@dataclass(frozen=True)
class _Node:
    """One DER value."""

    tag: int
    content: bytes
    whole: bytes

    def parts(self) -> list[_Node]:
        return list(_nodes(self.content))


def request(text: bytes, nonce: bytes) -> bytes:
    """`TimeStampReq` over a text; the reply must repeat `nonce` (8 random bytes) as a number."""
    number = int.from_bytes(nonce, "big")
    algorithm = _der(_SEQUENCE, _der(_OID, _SHA256), b"\x05\x00")
    imprint = _der(_SEQUENCE, algorithm, _der(_OCTETS, hashlib.sha256(text).digest()))
    return _der(_SEQUENCE, b"\x02\x01\x01", imprint, _integer(number), b"\x01\x01\xff")


def judge(reply: bytes, asked: bytes, text: bytes, trusted_pem: bytes) -> Stamp:
    """Judge a `TimeStampResp` to the request `asked` over `text`.

    `trusted_pem`: certificates in PEM that the person chose to trust, intermediate ones allowed.
    UserError `stamp.refused` with `why`.
    """
    try:
        return _judged(reply, asked, text, trusted_pem)
    except _Refused as error:
        raise UserError("stamp.refused", why=str(error)) from error
    except _ILL_FORMED as error:
        raise UserError("stamp.refused", why="form") from error


def _judged(reply: bytes, asked: bytes, text: bytes, trusted_pem: bytes) -> Stamp:
    if len(reply) > REPLY_LIMIT:
        raise _Refused("length")
    whole = _only(reply, _SEQUENCE).parts()
    if int.from_bytes(whole[0].parts()[0].content, "big") not in (0, 1) or len(whole) != 2:
        raise _Refused("status")
    kind, wrapped = whole[1].parts()
    if kind.content != _SIGNED_DATA:
        raise _Refused("kind")
    signed = _only(wrapped.content, _SEQUENCE).parts()
    inner_kind, inner = signed[2].parts()
    if inner_kind.content != _TST_INFO:
        raise _Refused("kind")
    info = _only(inner.content, _OCTETS).content
    at = _instant(info, asked, text)
    sent = [node for node in signed[3:] if node.tag == _FIELD_0]
    found = [x509.load_der_x509_certificate(one.whole) for node in sent for one in node.parts()]
    trusted = x509.load_pem_x509_certificates(trusted_pem)
    signer = _signer(_only_item(signed[-1].parts()), info, [*found, *trusted])
    _require_chain(signer, found, trusted, at)
    names = signer.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return Stamp(at, str(names[0].value) if names else signer.subject.rfc4514_string())


def _instant(info: bytes, asked: bytes, text: bytes) -> datetime:
    """Of a `TSTInfo` that answers the request."""
    fields = _only(info, _SEQUENCE).parts()
    algorithm, digest = fields[2].parts()
    if algorithm.parts()[0].content != _SHA256:
        raise _Refused("digest")
    if not hmac.compare_digest(digest.content, hashlib.sha256(text).digest()):
        raise _Refused("other text")
    wanted = _only(asked, _SEQUENCE).parts()[2].whole
    if wanted not in [field.whole for field in fields[5:] if field.tag == _INTEGER]:
        raise _Refused("other request")
    if fields[4].tag != _TIME:
        raise _Refused("instant")
    said = fields[4].content.decode("ascii")
    return datetime.strptime(said.removesuffix("Z").split(".")[0] + "+0000", "%Y%m%d%H%M%S%z")


def _signer(node: _Node, info: bytes, known: Sequence[x509.Certificate]) -> x509.Certificate:
    """Certificate whose key signed the attributes, which themselves name the content."""
    fields = node.parts()
    algorithm = _HASHES.get(fields[2].parts()[0].content)
    if algorithm is None or fields[3].tag != _FIELD_0:
        raise _Refused("algorithm")
    said = {one.parts()[0].content: one.parts()[1].parts() for one in fields[3].parts()}
    if [one.content for one in said.get(_CONTENT_TYPE, [])] != [_TST_INFO]:
        raise _Refused("attributes")
    if [one.content for one in said.get(_MESSAGE_DIGEST, [])] != [_digest(algorithm, info)]:
        raise _Refused("content")
    named = _only_item(_only_item(said.get(_SIGNER, [])).parts()[:1]).parts()[0].parts()
    usual = named[0].tag != _SEQUENCE
    kind = hashes.SHA256() if usual else _HASHES.get(named[0].parts()[0].content)
    print_of = next(part.content for part in named if part.tag == _OCTETS)
    signer = next((one for one in known if kind and one.fingerprint(kind) == print_of), None)
    if signer is None:
        raise _Refused("certificate")
    attributes = bytes([_SET]) + fields[3].whole[1:]
    _require_signature(signer, fields[5].content, attributes, algorithm)
    return signer


def _require_signature(
    signer: x509.Certificate, signature: bytes, signed: bytes, algorithm: hashes.HashAlgorithm
) -> None:
    key = signer.public_key()
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, signed, padding.PKCS1v15(), algorithm)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, signed, ec.ECDSA(algorithm))
        else:
            raise _Refused("algorithm")
    except InvalidSignature as error:
        raise _Refused("signature") from error


def _require_chain(
    signer: x509.Certificate,
    found: Sequence[x509.Certificate],
    trusted: Sequence[x509.Certificate],
    at: datetime,
) -> None:
    """From the signer to a trusted certificate, each valid at that instant."""
    usage = signer.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    if not usage.critical or list(usage.value) != [ExtendedKeyUsageOID.TIME_STAMPING]:
        raise _Refused("usage")
    here = signer
    for _ in range(_LONGEST_CHAIN):
        if not here.not_valid_before_utc <= at <= here.not_valid_after_utc:
            raise _Refused("expired")
        if here in trusted:
            return
        above = next((one for one in [*trusted, *found] if _issued(here, one)), None)
        if above is None:
            break
        here = above
    raise _Refused("authority")


def _issued(below: x509.Certificate, above: x509.Certificate) -> bool:
    try:
        below.verify_directly_issued_by(above)
        basic = above.extensions.get_extension_for_class(x509.BasicConstraints).value
    except (InvalidSignature, ValueError, TypeError, x509.ExtensionNotFound):
        return False
    return basic.ca


def _digest(algorithm: hashes.HashAlgorithm, content: bytes) -> bytes:
    total = hashes.Hash(algorithm)
    total.update(content)
    return total.finalize()


def _der(tag: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    if len(content) >= 128:
        raise ValueError("longer than any request")
    return bytes([tag, len(content)]) + content


def _integer(number: int) -> bytes:
    return _der(_INTEGER, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def _nodes(data: bytes) -> Iterator[_Node]:
    """DER values side by side, of definite length; ValueError, IndexError."""
    at = 0
    while at < len(data):
        start, size = at, data[at + 1]
        at += 2
        if size & 0x80:
            count = size & 0x7F
            if not 1 <= count <= 4:
                raise ValueError("length")
            size, at = int.from_bytes(data[at : at + count], "big"), at + count
        if at + size > len(data):
            raise ValueError("cut")
        yield _Node(data[start], data[at : at + size], data[start : at + size])
        at += size


def _only_item(nodes: Sequence[_Node]) -> _Node:
    if len(nodes) != 1:
        raise _Refused("form")
    return nodes[0]


def _only(data: bytes, tag: int) -> _Node:
    node = _only_item(list(_nodes(data)))
    if node.tag != tag:
        raise _Refused("form")
    return node


def instant_of(stamp: Stamp) -> str:
    """UTC, `YYYY-MM-DDThh:mm:ssZ`."""
    return stamp.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
