"""Reading the trail from its first line: check each entry, gather the state (2.6 R2).

`state = fold(entries)`. The loop is written for speed, because it runs at each opening: one match,
one hash, one decryption and one decoding per entry, and no object per entry is kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from clinicir.domain.audit import TrailPosition
from clinicir.vault.fsio import FileSystem
from clinicir.vault.line import LINE_LIMIT, SHAPE, LineError, unseal
from clinicir.vault.projection import Tables
from clinicir.vault.trail import FOLDER, TrailIndex, file_name, file_numbers

CipherOf = Callable[[str], "AESGCM | None"]
"""Cipher of the bodies of one `i`; None when its key is gone."""


class Body(msgspec.Struct, gc=False):
    """Sealed part of an entry; `d` stays undecoded until somebody asks for it."""

    k: str
    salt: str
    by: str = ""
    ops: list[list[Any]] = msgspec.field(default_factory=list)
    d: msgspec.Raw = msgspec.field(default_factory=lambda: msgspec.Raw(b"{}"))
    object: str | None = None


_decode_body = msgspec.json.Decoder(Body).decode


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
    purged: set[str] = field(default_factory=set)
    """Incidents whose erasure an entry has told."""
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
    def stopped(self) -> bool:
        """True when something follows the last valid entry."""
        return bool(self.tail) or self.more_files


class Folder:
    """Reads the entries of one vault into a `Folded`."""

    def __init__(self, fs: FileSystem, root: Path, cipher_of: CipherOf) -> None:
        self._fs = fs
        self._root = root
        self._cipher_of = cipher_of
        self._ciphers: dict[bytes, AESGCM | None] = {}

    def run(self, genesis_sha256: str, watched: frozenset[int]) -> Folded:
        """Fold every valid entry; `watched`: entry numbers whose head is wanted."""
        folded = Folded(TrailPosition(0, genesis_sha256), heads={0: genesis_sha256})
        numbers = file_numbers(self._fs, self._root)
        for number in numbers:
            data = self._fs.read(self._root / FOLDER / file_name(number))
            folded.file = number
            folded.offset = self._one_file(folded, data, watched)
            if folded.offset < len(data):
                folded.tail = data[folded.offset : folded.offset + LINE_LIMIT + 1]
                folded.more_files = number < numbers[-1]
                break
        return folded

    def _one_file(self, folded: Folded, data: bytes, watched: frozenset[int]) -> int:
        """Offset where the valid entries of `data` end."""
        n, head, offset = folded.position.n, folded.position.head.encode(), 0
        add, match_at, sha256 = folded.index.add, SHAPE.match, hashlib.sha256
        ciphers, file, at, before_last = self._ciphers, folded.file, None, b""
        while True:
            match = match_at(data, offset)
            if match is None:
                break
            before, text, after, _, scope, kind, _, number, digest, previous, _, at_, _ = (
                match.groups()
            )
            end = match.end()
            if previous != head or int(number) != n + 1 or end - offset > LINE_LIMIT:
                break
            try:
                cipher = ciphers[scope]
            except KeyError:
                cipher = ciphers[scope] = self._cipher_of(scope.decode())
            incident = scope.decode()
            try:
                if cipher is None:
                    if b"\n" in text:
                        break
                    folded.unreadable.add(incident)
                else:
                    body = read_body(unseal(cipher, text, before + after))
                    self._gather(folded, n + 1, incident, kind, digest, body)
            except (LineError, IndexError):
                break
            before_last, n = head, n + 1
            head = sha256(data[offset:end]).hexdigest().encode()
            if n in watched:
                folded.heads[n] = head.decode()
            add(incident, file, offset, end - offset)
            offset, at = end, at_
        folded.position = TrailPosition(n, head.decode())
        if at is not None:
            folded.last_at = at.decode()
            folded.previous = TrailPosition(n - 1, before_last.decode())
        return offset

    @staticmethod
    def _gather(
        folded: Folded, n: int, incident: str, kind: bytes, digest: bytes | None, body: Body
    ) -> None:
        tables = folded.tables
        for operation in body.ops:
            name = f"{incident}/{operation[1]}"
            if operation[0] == "set":
                table = tables.get(name)
                if table is None:
                    table = tables[name] = {}
                table[operation[2]] = operation[3]
            elif name in tables:
                tables[name].pop(operation[2], None)
        if digest is not None and body.object is not None:
            folded.objects.setdefault(body.object, (n, digest.decode()))
        if kind.startswith(b"recovery.") or kind == b"purge":
            _gather_detail(folded, kind, body)


def _gather_detail(folded: Folded, kind: bytes, body: Body) -> None:
    try:
        detail = msgspec.json.decode(body.d, type=dict[str, Any])
    except msgspec.DecodeError as error:
        raise LineError("detail") from error
    if kind == b"purge":
        folded.purged.add(str(detail.get("incident")))
        return
    for name in detail.get("quarantined", []):
        folded.quarantined.add(str(name))
