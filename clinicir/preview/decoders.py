"""The decoders of the worker: hostile bytes come in, an answer of `frame` goes out.

Runs only inside the worker process, under its limits; any exception means that nothing is shown.
"""

from __future__ import annotations

import codecs
import io
import struct
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

import charset_normalizer
import puremagic
from PIL import Image, ImageOps

from clinicir.preview.frame import Reply, pack
from clinicir.preview.limits import (
    HEAD_BYTES,
    MAIL_BYTES,
    MAX_MAIL_DEPTH,
    MAX_MAIL_PARTS,
    MAX_PIXELS,
    MAX_SIDE,
)

_WESTERN = [
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1256", "cp850", "iso8859_15", "mac_roman",
    "utf_16_le", "utf_16_be",
]  # fmt: skip
_USUAL = "cp1252"
"""Taken among encodings that fit as well: what French programs of Windows write."""
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_TEXT_CONTROLS = frozenset(b"\t\n\r\x0c\x1b")
_GUESSABLE_BYTES = 200
"""A shorter text says too little of its encoding to be guessed: the usual one is taken."""
_MAIL_HEADERS = (
    "From", "Reply-To", "Return-Path", "To", "Cc", "Subject", "Date", "Message-ID",
    "Authentication-Results", "X-Originating-IP", "Received",
)  # fmt: skip
_MOST_OF_ONE_HEADER = 20
_HEADER_SIGNS = 2_000
_MOST_NAMES = 50
_PER_LINE = 16


class RefusedError(Exception):
    """The content is over a limit."""


def show_text(data: bytes) -> bytes:
    """Its first 64 KiB as text when they are one, else in hexadecimal."""
    head = data[:HEAD_BYTES]
    guess = _guessed_suffix(head)
    found = _decoded(head)
    if found is None:
        return pack(Reply.BYTES, guess, b"", _hexadecimal(head).encode("ascii"))
    text, encoding = found
    return pack(Reply.TEXT, guess, encoding.encode("ascii"), _utf8(text))


def show_picture(data: bytes) -> bytes:
    """A PNG or a JPEG as bare points, at most 4,000 a side."""
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as opened:
        width, height = opened.size
        if width * height > MAX_PIXELS:
            raise RefusedError("pixels")
        # a JPEG is reduced while it is decoded, when it is asked for no more than needed
        factor = -(-max(width, height) // MAX_SIDE)
        opened.draft("RGB", (width // factor, height // factor))
        picture = _small(opened)
        size = struct.pack(">I", picture.width), struct.pack(">I", picture.height)
        return pack(Reply.PICTURE, *size, picture.tobytes())


def _small(opened: Image.Image) -> Image.Image:
    """At most `MAX_SIDE` a side, upright, without transparency: that shows white."""
    factor = -(-max(opened.size) // MAX_SIDE)
    picture: Image.Image = opened
    if factor > 1:
        picture = (picture.convert("RGBA") if picture.mode == "P" else picture).reduce(factor)
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        whole = picture.convert("RGBA")
        picture = Image.new("RGB", whole.size, "white")
        picture.paste(whole, mask=whole.getchannel("A"))
    elif picture.mode != "RGB":
        picture = picture.convert("RGB")
    return ImageOps.exif_transpose(picture)


def show_mail(data: bytes) -> bytes:
    """Headers, names of what is joined, and the plain text of a message of 1 MiB at most."""
    message = BytesParser(policy=policy.default).parsebytes(data[:MAIL_BYTES])
    if not isinstance(message, EmailMessage):
        raise RefusedError("message")
    joined: list[str] = []
    body = ""
    for part in _parts(message):
        name = part.get_filename()
        if name is not None:
            joined.append(str(name))
        elif not body and part.get_content_type() == "text/plain":
            payload = part.get_payload(decode=True)
            found = _decoded(payload[:HEAD_BYTES]) if isinstance(payload, bytes) else None
            body = found[0] if found is not None else ""
    pairs: list[bytes] = []
    for key in _MAIL_HEADERS:
        for value in _values(message, key)[:_MOST_OF_ONE_HEADER]:
            pairs += [key.encode("ascii"), _utf8(value[:_HEADER_SIGNS])]
    for name in joined[:_MOST_NAMES]:
        pairs += [b"joined", _utf8(name[:_HEADER_SIGNS])]
    return pack(Reply.MAIL, *pairs, b"body", _utf8(body))


def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    """Every part of a message that is not too deep and has not too many; RefusedError."""
    waiting, seen = [(message, 1)], 0
    while waiting:
        part, depth = waiting.pop()
        seen += 1
        if seen > MAX_MAIL_PARTS or depth > MAX_MAIL_DEPTH:
            raise RefusedError("parts")
        if part.is_multipart():
            waiting += [(inner, depth + 1) for inner in reversed(list(part.iter_parts()))]
        else:
            yield part


def _values(message: EmailMessage, name: str) -> list[str]:
    """As a person reads them; as they were written where the library fails on them."""
    try:
        return [str(value) for value in message.get_all(name, [])]
    except Exception:  # the header parser of the library is known to fail in many ways
        return [str(value) for key, value in message.raw_items() if key.lower() == name.lower()]


def _decoded(head: bytes) -> tuple[str, str] | None:
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return head.decode(encoding, errors="replace"), encoding
    if _is_binary(head):
        return None
    try:
        # a sign cut by the limit is no fault of the file
        return codecs.getincrementaldecoder("utf-8")().decode(head), "utf-8"
    except UnicodeDecodeError:
        pass
    if len(head) < _GUESSABLE_BYTES:
        return head.decode(_USUAL, errors="replace"), _USUAL
    found = charset_normalizer.from_bytes(head, cp_isolation=_WESTERN)
    if any(_USUAL in match.could_be_from_charset for match in found):
        return head.decode(_USUAL, errors="replace"), _USUAL
    best = found.best()
    return None if best is None else (str(best), best.encoding)


def _is_binary(head: bytes) -> bool:
    odd = sum(byte < 32 and byte not in _TEXT_CONTROLS for byte in head)
    return b"\0" in head or odd * 100 > len(head)


def _guessed_suffix(head: bytes) -> bytes:
    try:
        return puremagic.from_string(head).lstrip(".").encode("ascii", "ignore")[:8]
    except (puremagic.PureError, ValueError):
        return b""


def _hexadecimal(head: bytes) -> str:
    lines = []
    for at in range(0, len(head), _PER_LINE):
        row = head[at : at + _PER_LINE]
        plain = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in row)
        lines.append(f"{at:08X}  {row.hex(' ').upper():<{3 * _PER_LINE}} {plain}")
    return "\n".join(lines)


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "replace")
