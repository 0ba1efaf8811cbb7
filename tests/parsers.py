"""The parsers of hostile bytes, each with a good input and the errors that it declares (T13)."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from clinicir import paths
from clinicir.content.stories import load_story
from clinicir.domain.address import check_address
from clinicir.domain.audit import TrailPosition
from clinicir.domain.clock import from_wire, to_wire
from clinicir.domain.errors import StorageError, UserError
from clinicir.intake import identifiers
from clinicir.intake.line_files import read_lines
from clinicir.preview import decoders
from clinicir.preview.frame import JunkError, Reply, pack, unpack
from clinicir.texts.csv_table import csv_bytes
from clinicir.texts.plain_text import visible
from clinicir.ui.widgets.moments import read_day, read_hour
from clinicir.vault import canonical, key_files, line
from clinicir.vault.head import encode_slot, read_slots
from clinicir.vault.header import new_header, parse_header
from clinicir.vault.object_store import READABLE
from clinicir.vault.objects import open_bytes, seal_bytes, unframe
from tests.preview.samples import MAIL, picture
from tests.vault.key_samples import INCIDENT_KEY

Parse = Callable[[bytes], object]
_OBJECT = "0" * 32
_STORY = paths.checklists() / "stories" / "exemple-cnil.toml"
_TODAY = date(2027, 1, 12)
_ENVELOPE = (
    b'{"a":"u-00000001","b":"' + b"A" * 64 + b'","c":"' + b"0" * 64
    + b'","i":"-","k":"app.open","m":1500,"n":1,"p":"' + b"1" * 64
    + b'","s":"0000002a","t":"2025-11-21T21:13:08.000Z","v":1,"z":60}\n'
)  # fmt: skip


@dataclass(frozen=True)
class Parser:
    """One entrance of bytes that somebody else may have written."""

    parse: Parse
    declared: tuple[type[Exception], ...]
    seeds: tuple[bytes, ...]

    def feed(self, data: bytes) -> None:
        """Any exception that is not declared comes out."""
        with suppress(*self.declared):
            self.parse(data)


def _story(data: bytes) -> object:
    with tempfile.NamedTemporaryFile(suffix=".toml") as file:
        file.write(data)
        file.flush()
        return load_story(Path(file.name))


def _record(data: bytes) -> object:
    """A key file whose check is right, so that what is behind the check is reached."""
    record = canonical.decode_map(data, key_files.MAX_BYTES)
    good = canonical.encode({**record, "check": key_files.checksum(record)})
    found = key_files.parse(good)
    if found is None:
        return None
    for read in (
        lambda: key_files.text_of(found, "way"),
        lambda: key_files.number_of(found, "m"),
        lambda: key_files.bytes_of(found, "salt", 16),
    ):
        with suppress(key_files.RejectedError):
            read()
    return found


def _object(data: bytes) -> object:
    return unframe(open_bytes(INCIDENT_KEY, READABLE, _OBJECT, data))


def _said(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _address(data: bytes) -> object:
    return check_address(_said(data), ("198.51.100.0/24",))


def _identifier(data: bytes) -> object:
    return [identifiers.check(kind, _said(data)) for kind in identifiers.KINDS]


def _instant(data: bytes) -> object:
    return to_wire(from_wire(_said(data)))


def _typed_moment(data: bytes) -> object:
    text = _said(data)
    return read_day(text, _TODAY), read_hour(text)


def _table(data: bytes) -> object:
    return csv_bytes([[_said(data)]])


def _shown(data: bytes) -> object:
    shown = visible(_said(data))
    if visible(shown) != shown:
        raise AssertionError("not stable")
    return shown


PARSERS = {
    "line": Parser(line.parse, (line.LineError,), (_ENVELOPE,)),
    "canonical": Parser(
        canonical.decode, (canonical.CanonicalError,), (b'{"a":[1,null,true,"\\u00e9"]}',)
    ),
    "vault.json": Parser(
        parse_header, (StorageError,),
        (new_header("2025-11-21T21:13:07.000Z", drill=True).content,),
    ),
    "key file": Parser(
        _record, (canonical.CanonicalError,),
        (b'{"check":"00","ct":"","m":65536,"salt":"AAAAAAAAAAAAAAAAAAAAAA","way":"passphrase"}',),
    ),
    "head": Parser(
        read_slots, (),
        (encode_slot(bytes(32), TrailPosition(2, "a" * 64))
         + encode_slot(bytes(32), TrailPosition(1, "b" * 64)),),
    ),
    "object": Parser(
        _object, (StorageError,),
        (seal_bytes(INCIDENT_KEY, READABLE[0], _OBJECT, b"\0\0\0\x02{}content"),),
    ),
    "metadata": Parser(unframe, (StorageError,), (b"\0\0\0\x0a" + b'{"name":1}' + b"content",)),
    "story": Parser(_story, (UserError,), (_STORY.read_bytes(),)),
    "table": Parser(_table, (), (b"=1+1;\"a\"",)),
    "shown text": Parser(_shown, (), ("e\u0301\u202e".encode(), b"\x00\xff")),
    "address": Parser(_address, (UserError,), (b"203.0.113.7", b"2001:db8::/32")),
    "identifier": Parser(_identifier, (), (b"732 829 320 00074",)),
    "list": Parser(read_lines, (UserError,), (b"Compte;Site\r\n\"a\";b\r\n", b"sep=,\nip,ou\n")),
    "instant": Parser(_instant, (ValueError,), (b"2027-01-12T09:12:00+01:00",)),
    "typed moment": Parser(_typed_moment, (), (b"12/01/2027", b"9 h 40")),
    "mail": Parser(decoders.show_mail, (Exception,), (MAIL,)),
    "text preview": Parser(decoders.show_text, (), (b"bonjour", b"MZ\x00")),
    "picture": Parser(decoders.show_picture, (Exception,), (picture(), picture("JPEG"))),
    "frame": Parser(unpack, (JunkError,), (pack(Reply.TEXT, b"a", b"b", b"c"),)),
}  # fmt: skip
"""The worker catches everything of `mail` and `picture`: there, only a crash would be a fault."""
