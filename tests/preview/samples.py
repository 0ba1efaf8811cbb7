"""Contents that a preview may meet, small ones made on the spot."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 40), mode: str = "RGB") -> bytes:
    """A picture of one colour, red where it has colours."""
    made = Image.new(mode, size, "red" if mode.startswith("RGB") else 0)
    file = io.BytesIO()
    made.save(file, kind)
    return file.getvalue()


def png_that_claims(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose header announces this size."""

    def chunk(name: bytes, body: bytes) -> bytes:
        check = zlib.crc32(name + body)
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(bytes(1_000_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


MAIL = (
    b"Received: from relais.exemple.fr\r\nReceived: from [192.0.2.7]\r\n"
    b"From: =?utf-8?q?Caisse_d=27Assurance?= <alerte@exemple.fr>\r\n"
    b"To: secretariat@cabinet.example\r\nSubject: Acc\xc3\xa8s suspect\r\n"
    b"Date: Tue, 12 Jan 2027 09:12:00 +0100\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
    b"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nBonjour,\r\nvotre compte.\r\n"
    b'--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename="a.exe"\r\n'
    b"\r\nMZ\r\n--b--\r\n"
)


def nested_mail(depth: int) -> bytes:
    """Parts inside parts."""
    opening = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n)
        for n in range(depth)
    )
    return b"From: a@exemple.fr\r\n" + opening + b"Content-Type: text/plain\r\n\r\nfond\r\n"


def mail_of_parts(count: int) -> bytes:
    """Many parts beside one another."""
    return (
        b'From: a@exemple.fr\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n'
        + b"--b\r\nContent-Type: text/plain\r\n\r\nx\r\n" * count
        + b"--b--\r\n"
    )
