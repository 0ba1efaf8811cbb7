"""Reading the trail from its first line: check each entry, gather the state (2.6 R2).

`state = fold(entries)`. The loop is written for speed, because it runs at each opening: one hash,
one decryption and one decoding per entry, and no object per entry is kept.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
from array import array
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from clinicir.domain.audit import TrailPosition
from clinicir.domain.ids import Plain
from clinicir.vault.erasure import Tombstone
from clinicir.vault.fsio import FileSystem
from clinicir.vault.line import (
    ERASURE,
    KIND_AFTER_SCOPE,
    LINE_LIMIT,
    SCOPE,
    LineError,
    clear_body,
    parse,
    sealing_scope,
    split_linked,
)
from clinicir.vault.projection import Tables, table_name
from clinicir.vault.trail import FOLDER, LENGTH_BITS, TrailIndex, file_name, file_numbers, pieces

_TELLING = (b"recovery.", b'key.rotate"', *ERASURE)
"""Kinds whose detail a fold reads."""

CipherOf = Callable[[str], "AESGCM | None"]
"""Cipher of the bodies of one `i`; None when its key is gone."""


class Body(msgspec.Struct, gc=False):
    """Sealed part of an entry; `d` stays undecoded until somebody asks for it."""

    by: str = ""
    ops: list[list[Any]] = msgspec.field(default_factory=list)
    d: msgspec.Raw = msgspec.field(default_factory=lambda: msgspec.Raw(b"{}"))
    object: str | None = None


class _Delta(msgspec.Struct, gc=False):
    """What a fold needs of a body."""

    ops: list[list[Any]] = msgspec.field(default_factory=list)
    object: str | None = None


_decode_body = msgspec.json.Decoder(Body).decode
_decode_delta = msgspec.json.Decoder(_Delta).decode
_decode_detail = msgspec.json.Decoder(dict[str, Any]).decode


def read_body(data: bytes) -> Body:
    """Decoded body; LineError when it is not one."""
    try:
        return _decode_body(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise LineError("body") from error


@dataclass
class Folded:
    """What the valid entries say, up to the first that is not valid."""

    position: TrailPosition
    previous: TrailPosition | None = None
    """Of the entry before the last one."""
    index: TrailIndex = field(default_factory=TrailIndex)
    tables: Tables = field(default_factory=dict)
    objects: dict[str, tuple[int, str]] = field(default_factory=dict)
    """Object id to the first entry that names it and the SHA-256 of its file."""
    quarantined: set[str] = field(default_factory=set)
    """Names in `quarantine/` that an entry has told."""
    rotated: set[str] = field(default_factory=set)
    """Check values of the master keys that an entry has told the vault changed to."""
    tombstones: list[Tombstone] = field(default_factory=list)
    """Erasures that an entry has told, in order."""
    unreadable: set[str] = field(default_factory=set)
    """Values of `i` whose key is gone."""
    last_at: str | None = None
    file: int = 1
    """File that the next entry continues."""
    offset: int = 0
    """Where it starts; any byte of the file after it belongs to the tail."""
    tail: bytes = b""
    """Bytes after the last valid entry, cut to one more than `LINE_LIMIT`."""
    more_files: bool = False
    """True when another file follows the one where the valid entries end."""
    heads: dict[int, str] = field(default_factory=dict)
    """Head at each of the watched numbers that were met."""

    @property
    def purged(self) -> frozenset[str]:
        """Incidents whose whole content was erased."""
        return frozenset(t.incident for t in self.tombstones if t.whole)

    def bury(self, tombstone: Tombstone) -> None:
        """Forget the objects that an entry tells erased."""
        self.tombstones.append(tombstone)
        numbers = set(self.index.numbers_of(tombstone.incident)) if tombstone.whole else set()
        for object_id, (n, _) in [*self.objects.items()]:
            if n in numbers or object_id in tombstone.objects:
                del self.objects[object_id]

    @property
    def stopped(self) -> bool:
        """True when something follows the last valid entry."""
        return bool(self.tail) or self.more_files


@dataclass(slots=True)
class _Scope:
    incident: str
    cipher: AESGCM | None
    numbers: array[int]
    tables: dict[str, dict[str, dict[str, Plain]]] = field(default_factory=dict)
    """Those of the scope, by kind of record."""


class Folder:
    """Reads the entries of one vault into a `Folded`."""

    def __init__(self, fs: FileSystem, root: Path, cipher_of: CipherOf) -> None:
        self._fs = fs
        self._root = root
        self._cipher_of = cipher_of
        self._scopes: dict[bytes, _Scope] = {}

    def run(self, genesis_sha256: str, watched: frozenset[int]) -> Folded:
        """Fold every valid entry; `watched`: entry numbers whose head is wanted."""
        folded = Folded(TrailPosition(0, genesis_sha256), heads={0: genesis_sha256})
        numbers = file_numbers(self._fs, self._root)
        collecting = gc.isenabled()
        gc.disable()  # nothing here is garbage, and looking for some would double the time
        try:
            for number in numbers:
                if not self._one_file(folded, number, watched):
                    folded.more_files = number < numbers[-1]
                    break
        finally:
            if collecting:
                gc.enable()
        return folded

    def _one_file(self, folded: Folded, number: int, watched: frozenset[int]) -> bool:
        """False when something in the file is not a valid entry; it is the tail then."""
        path = self._root / FOLDER / file_name(number)
        folded.file, folded.offset = number, 0
        for data in pieces(self._fs, path):
            done = self._one_piece(folded, data, watched)
            folded.offset += done
            if done < len(data):
                with self._fs.open_read(path) as handle:
                    folded.tail = handle.read_at(folded.offset, LINE_LIMIT + 1)
                return False
        return True

    def _one_piece(self, folded: Folded, data: bytes, watched: frozenset[int]) -> int:
        """Where the valid entries of `data` end; it begins at `folded.offset`."""
        n, head, offset = folded.position.n, folded.position.head.encode(), 0
        find, sha256, decode = data.find, hashlib.sha256, _decode_delta
        base, place = folded.index.placing(folded.file, folded.offset)
        scopes = self._scopes
        line = before = b""
        with contextlib.suppress(ValueError, IndexError, msgspec.DecodeError):
            while (end := find(b"\n", offset) + 1) > 0 and end - offset <= LINE_LIMIT:
                following = data[offset:end]
                public, quote, name = split_linked(following, n + 1, head)
                scope = scopes.get(name) or self._meet(folded, name)
                if public.startswith(_TELLING, KIND_AFTER_SCOPE + len(name)):
                    self._hear(folded, scope, following, quote, public)
                elif scope.cipher is None:
                    parse(following)  # nothing but the form can be checked
                else:
                    body = clear_body(scope.cipher, following, quote, public)
                    delta = decode(body)
                    if delta.ops:
                        _play(folded.tables, scope, delta.ops)
                    if delta.object is not None:
                        _name_object(folded, delta.object, n + 1, public)
                line, before, n = following, head, n + 1
                head = sha256(line).hexdigest().encode()
                if n in watched:
                    folded.heads[n] = head.decode()
                scope.numbers.append(n)
                place(base + (offset << LENGTH_BITS | end - offset))
                offset = end
        if line:
            folded.position = TrailPosition(n, head.decode())
            folded.previous = TrailPosition(n - 1, before.decode())
            folded.last_at = parse(line).at
        return offset

    def _hear(
        self, folded: Folded, scope: _Scope, line: bytes, quote: int, public: bytes
    ) -> None:
        """An entry of the program itself, or an erasure: its detail matters, not its operations.

        What an erasure of a whole incident sets is all that the incident still has.
        """
        envelope = parse(line)
        cipher = self._cipher_of(sealing_scope(envelope.incident, envelope.kind))
        if cipher is None:
            return
        body = clear_body(cipher, line, quote, public)
        tombstone = _gather_detail(folded, body)
        if tombstone is not None:
            folded.bury(tombstone)
            if tombstone.whole:
                for table in scope.tables.values():
                    table.clear()
        operations = _decode_delta(body).ops
        if operations:
            _play(folded.tables, scope, operations)

    def _meet(self, folded: Folded, name: bytes) -> _Scope:
        incident = name.decode("ascii")
        if SCOPE.fullmatch(incident) is None:
            raise LineError("incident")
        cipher = self._cipher_of(incident)
        if cipher is None:
            folded.unreadable.add(incident)
        scope = _Scope(incident, cipher, folded.index.numbers_of(incident))
        self._scopes[name] = scope
        return scope


def _name_object(folded: Folded, object_id: str, n: int, public: bytes) -> None:
    found = public.index(b'"o":"') + 5
    folded.objects.setdefault(object_id, (n, public[found : found + 64].decode()))


def _play(tables: Tables, scope: _Scope, operations: list[list[Any]]) -> None:
    for operation in operations:
        kind = operation[1]
        try:
            table = scope.tables[kind]
        except KeyError:
            table = scope.tables[kind] = tables[table_name(scope.incident, kind)] = {}
        if operation[0] == "set":
            table[operation[2]] = operation[3]
        else:
            table.pop(operation[2], None)


def _gather_detail(folded: Folded, data: bytes) -> Tombstone | None:
    try:
        detail = _decode_detail(read_body(data).d)
    except msgspec.DecodeError as error:
        raise LineError("detail") from error
    for name in detail.get("quarantined", []):
        folded.quarantined.add(str(name))
    if "check" in detail:
        folded.rotated.add(str(detail["check"]))
    return Tombstone.of(detail)
