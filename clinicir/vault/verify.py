"""Is this the trail that was written? Two levels: without any key, and with the keys (3.1, 3.8).

`resources/verify/verify_trail.py` follows the same rules, line for line, and gives the same
verdict and the same entry; a test compares the two on mutated vaults.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from clinicir.domain.audit import Problem, TrailPosition, Verification
from clinicir.domain.errors import StorageError
from clinicir.vault.beside import Beside, file_sha256
from clinicir.vault.columns import Columns, read_columns
from clinicir.vault.disk import OsFileSystem
from clinicir.vault.fold import CipherOf
from clinicir.vault.fsio import FileSystem
from clinicir.vault.head import Slot, read_slots
from clinicir.vault.header import NAME
from clinicir.vault.line import (
    BODY_DIGEST_START,
    ERASING,
    ERASURE,
    KIND_AFTER_SCOPE,
    LINE_LIMIT,
    NO_INCIDENT,
    SHAPE,
    SealError,
    body_of,
    clear_body,
    parse,
    split_linked,
)
from clinicir.vault.trail import FOLDER, HEAD_NAME, file_name, file_numbers, pieces

_ERASING = frozenset(kind.encode() for kind in ERASING)
_OBJECT_FOLDER = re.compile(r"[0-9a-f]{2}")
_OBJECT_NAME = re.compile(r"[0-9a-f]{32}\.cev")


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it was written.

    Codes: `line.changed`, `body.changed` (with keys only), `object.changed`, `disclosed.changed`,
    `clear.*`, `anchor.*`, `sums.*` for what lies beside the trail, and for its end
    `head.missing_entries`, `head.behind`, `head.mismatch`, `head.forged` (with keys).
    `head.behind` is also what a program killed while recording leaves, until the vault is opened.
    """

    code: str
    entry: int
    """First entry concerned."""
    file: str
    """Path inside the vault, with `/`."""


@dataclass(frozen=True)
class Verdict:
    """What was checked and what was found, in the order of the entries."""

    position: TrailPosition
    """Last entry of the valid chain."""
    level: str
    """`chain` without keys, `bodies` with them."""
    findings: tuple[Finding, ...]
    objects_named: int
    objects_present: int
    bodies_opened: int
    bodies_sealed: int
    """Entries whose key is gone, or was not given."""
    dated_before_previous: tuple[int, ...]
    """Entries whose wall clock is earlier than that of the entry before: a remark, no damage."""
    erasures: tuple[int, ...] = ()
    """Entries that tell of content erased on purpose: a remark, no damage."""

    @property
    def is_intact(self) -> bool:
        """True when nothing was found."""
        return not self.findings


@dataclass
class _Reading:
    """Where a walk along the chain stands."""

    head: str
    before: str = ""
    n: int = 0
    at: str = ""
    file: str = ""
    objects: dict[int, tuple[str, str, str]] = field(default_factory=dict)
    """Digest, `i` and kind of the entries that name an object."""
    erased: dict[tuple[str, str], int] = field(default_factory=dict)
    """Last erasure by `i` and by the one kind of entry it concerns, empty for all kinds."""
    erasures: list[int] = field(default_factory=list)
    backwards: list[int] = field(default_factory=list)
    wanted: frozenset[int] = frozenset()
    kept: dict[int, tuple[str, str]] = field(default_factory=dict)
    """For the wanted entries, their `c` and the SHA-256 of their line."""
    opened: int = 0
    sealed: int = 0
    damage: Finding | None = None

    def accept(self, head: str, at: str) -> None:
        self.before, self.head, self.n = self.head, head, self.n + 1
        if at < self.at:
            self.backwards.append(self.n)
        self.at = at

    def note(self, n: int, scope: str, kind: str, object_sha256: str | None) -> None:
        """Remember what entry `n` names or erases."""
        if object_sha256 is not None:
            self.objects[n] = (object_sha256, scope, kind)
        if kind in ERASING:
            self.erased[scope, ERASING[kind]] = n
            self.erasures.append(n)

    def lacks(self, n: int, known: set[str]) -> bool:
        """True when the object of entry `n` is not among `known`, and no erasure tells why."""
        digest, scope, kind = self.objects[n]
        erased = max(self.erased.get((scope, ""), 0), self.erased.get((scope, kind), 0))
        return digest not in known and n > erased

    def stop(self, code: str) -> None:
        self.damage = Finding(code, self.n + 1, self.file)


def verify_chain(root: Path, fs: FileSystem | None = None) -> Verdict:
    """Chain, envelopes, head slots and objects, without any key.

    StorageError `vault.not_found` without `vault.json`, and those of the disk.
    """
    disk = fs or OsFileSystem()
    beside = Beside(disk, root)
    reading = _Reading(_genesis(disk, root), wanted=beside.wanted)
    for data in _pieces(disk, root, reading):
        if not _accept_at_once(reading, data):
            _walk_lines(reading, data)
    reading.sealed = reading.n
    return _verdict(disk, root, reading, beside, None)


def verify_bodies(
    root: Path, cipher_of: CipherOf, head_key: bytes, fs: FileSystem | None = None
) -> Verdict:
    """As `verify_chain`, with each seal, each body digest and the seals of the head slots.

    `cipher_of`: `BodyCiphers(ring).get`; `head_key`: that of the key ring.
    """
    disk = fs or OsFileSystem()
    beside = Beside(disk, root)
    reading = _Reading(_genesis(disk, root), wanted=beside.wanted)
    for data in _pieces(disk, root, reading):
        if not _accept_at_once(reading, data, cipher_of):
            _walk_bodies(reading, data, cipher_of)
    return _verdict(disk, root, reading, beside, head_key)


def _genesis(fs: FileSystem, root: Path) -> str:
    try:
        return hashlib.sha256(fs.read(root / NAME)).hexdigest()
    except FileNotFoundError as error:
        raise StorageError("vault.not_found", path=str(root)) from error


def _pieces(fs: FileSystem, root: Path, reading: _Reading) -> Iterator[bytes]:
    for number in file_numbers(fs, root):
        reading.file = f"{FOLDER}/{file_name(number)}"
        for data in pieces(fs, root / FOLDER / file_name(number)):
            yield data
            if reading.damage is not None:
                return


def _accept_at_once(
    reading: _Reading, chunk: bytes, cipher_of: CipherOf | None = None
) -> bool:
    """Take all lines of a chunk when every one is right; change nothing otherwise.

    A chunk that erases content or whose clock goes back is left to the slower walk, which notes it.
    """
    rows = read_columns(chunk)
    if rows is None or not _ERASING.isdisjoint(rows.kinds) or not _in_order(reading, rows):
        return False
    digests = [hashlib.sha256(line).hexdigest() for line in rows.lines]
    if b"".join(rows.links) != "".join([reading.head, *digests[:-1]]).encode():
        return False
    if cipher_of is not None and not _opens(rows, cipher_of):
        return False
    n = reading.n
    span = range(n + 1, n + 1 + len(digests)) if reading.wanted else ()
    for k in reading.wanted.intersection(span):
        reading.kept[k] = (rows.digests[k - n - 1].decode(), digests[k - n - 1])
    if any(rows.objects):
        columns = zip(rows.objects, rows.scopes, rows.kinds, strict=True)
        for i, (digest, scope, kind) in enumerate(columns):
            if digest:
                reading.note(n + 1 + i, scope.decode(), kind.decode(), digest.decode())
    reading.before, reading.head = rows.links[-1].decode(), digests[-1]
    reading.n, reading.at = n + len(digests), rows.times[-1].decode()
    reading.opened += len(digests) if cipher_of is not None else 0
    return True


def _in_order(reading: _Reading, rows: Columns) -> bool:
    """Consecutive numbers, and a wall clock that never goes back."""
    first, times = reading.n + 1, list(rows.times)
    wanted = tuple([b"%d" % n for n in range(first, first + len(times))])
    return rows.numbers == wanted and times[0].decode() >= reading.at and times == sorted(times)


def _opens(rows: Columns, cipher_of: CipherOf) -> bool:
    """Every body opens under the key of its incident and has the digest that its line gives."""
    ciphers = {scope: cipher_of(scope.decode("ascii")) for scope in set(rows.scopes)}
    found = []
    try:
        for line, seal, scope in zip(rows.lines, rows.seals, rows.scopes, strict=True):
            cipher = ciphers[scope]
            if cipher is None:
                return False
            found.append(hashlib.sha256(body_of(cipher, line, seal)).hexdigest())
    except ValueError:
        return False
    return b"".join(rows.digests) == "".join(found).encode()


def _walk_lines(reading: _Reading, chunk: bytes) -> None:
    for line in _lines(chunk):
        match = SHAPE.fullmatch(line)
        if (
            match is None
            or b"\n" in match[2]
            or len(line) > LINE_LIMIT
            or int(match[8]) != reading.n + 1
            or match[10].decode() != reading.head
        ):
            reading.stop("line.changed")
            return
        digest = match[9].decode() if match[9] is not None else None
        reading.accept(hashlib.sha256(line).hexdigest(), match[12].decode())
        reading.note(reading.n, match[5].decode(), match[6].decode(), digest)
        if reading.n in reading.wanted:
            reading.kept[reading.n] = (match[4].decode(), reading.head)


def _walk_bodies(reading: _Reading, data: bytes, cipher_of: CipherOf) -> None:
    ciphers: dict[bytes, AESGCM | None] = {}
    sha256, find, head, offset = hashlib.sha256, data.find, reading.head.encode(), 0
    n, before, latest, line = reading.n, reading.before.encode(), reading.at.encode(), b""
    try:
        while offset < len(data):
            end = find(b"\n", offset) + 1 or len(data)
            line, offset = data[offset:end], end
            public, quote, scope = split_linked(line, n + 1, head)
            if public.startswith(ERASURE, KIND_AFTER_SCOPE + len(scope)):
                scope = NO_INCIDENT.encode()
            if scope not in ciphers:
                ciphers[scope] = cipher_of(scope.decode("ascii"))
            cipher = ciphers[scope]
            if cipher is None or len(line) > LINE_LIMIT:
                parse(line)
                reading.sealed += 1
            else:
                body = clear_body(cipher, line, quote, public)
                if not public.startswith(sha256(body).hexdigest().encode(), BODY_DIGEST_START):
                    raise SealError("digest")
            before, head, n = head, sha256(line).hexdigest().encode(), n + 1
            start = public.index(b'"t":"', BODY_DIGEST_START + 64) + 5
            if (at := public[start : start + 24]) < latest:
                reading.backwards.append(n)
            latest = at
            if b'"o":"' in public or b'"k":"purge' in public or n in reading.wanted:
                _note_public(reading, n, line)
    except (ValueError, IndexError) as error:
        sealed_badly = isinstance(error, SealError) and SHAPE.fullmatch(line) is not None
        code = "body.changed" if sealed_badly else "line.changed"
        reading.damage = Finding(code, n + 1, reading.file)
    reading.n, reading.head, reading.before = n, head.decode(), before.decode()
    reading.at = latest.decode()
    reading.opened = n - reading.sealed


def _note_public(reading: _Reading, n: int, line: bytes) -> None:
    envelope = parse(line)
    reading.note(n, envelope.incident, envelope.kind, envelope.object_sha256)
    if n in reading.wanted:
        reading.kept[n] = (envelope.body_sha256, hashlib.sha256(line).hexdigest())


def _lines(data: bytes) -> Iterator[bytes]:
    start = 0
    while start < len(data):
        end = data.find(b"\n", start) + 1 or len(data)
        yield data[start:end]
        start = end


def _verdict(
    fs: FileSystem, root: Path, reading: _Reading, beside: Beside, head_key: bytes | None
) -> Verdict:
    findings = [reading.damage] if reading.damage is not None else []
    if reading.damage is None:
        findings += _head_findings(fs, root, reading, head_key)
    present = _object_digests(fs, root)
    known = set(present.values())
    if present or not beside.is_dossier:
        findings += [
            Finding("object.changed", n, "objects")
            for n in reading.objects
            if reading.lacks(n, known)
        ]
    disagreeing = beside.problems(reading.kept, reading.n)
    findings += [Finding(found.code, found.entry, found.file) for found in disagreeing]
    return Verdict(
        position=TrailPosition(reading.n, reading.head),
        level="chain" if head_key is None else "bodies",
        findings=tuple(sorted(findings, key=lambda finding: finding.entry)),
        objects_named=len(reading.objects),
        objects_present=len(present),
        bodies_opened=reading.opened,
        bodies_sealed=reading.sealed,
        dated_before_previous=tuple(reading.backwards),
        erasures=tuple(reading.erasures),
    )


def _head_findings(
    fs: FileSystem, root: Path, reading: _Reading, head_key: bytes | None
) -> list[Finding]:
    """Both slots must name the last two entries."""
    try:
        slots = [slot for slot in read_slots(fs.read(root / FOLDER / HEAD_NAME)) if slot]
    except FileNotFoundError:
        slots = []
    said = {slot.position.n: slot.position.head for slot in slots}
    n, file = reading.n, f"{FOLDER}/{HEAD_NAME}"
    if said != {n: reading.head, n - 1: reading.before}:
        top = max(said, default=n)
        entry = min(top, n) + (1 if top != n else 0)
        return [Finding(_head_code(said, reading, top), entry, file)]
    return [Finding("head.forged", n, file)] if _forged(slots, head_key) else []


def _head_code(said: dict[int, str], reading: _Reading, top: int) -> str:
    if top > reading.n:
        return "head.missing_entries"
    return "head.behind" if said.get(reading.n - 1) == reading.before else "head.mismatch"


def _forged(slots: list[Slot], head_key: bytes | None) -> bool:
    return head_key is not None and not all(slot.holds(head_key) for slot in slots)


def _object_digests(fs: FileSystem, root: Path) -> dict[str, str]:
    folder = root / "objects"
    digests: dict[str, str] = {}
    for part in fs.names(folder):
        if not _OBJECT_FOLDER.fullmatch(part) or not fs.is_dir(folder / part):
            continue
        for name in fs.names(folder / part):
            if _OBJECT_NAME.fullmatch(name) and name.startswith(part):
                digests[name] = file_sha256(fs, folder / part / name)
    return digests


def verification(verdict: Verdict) -> Verification:
    """What the other rooms are told of a verdict."""
    return Verification(
        intact=verdict.is_intact,
        level=verdict.level,
        entries=verdict.position.n,
        objects=verdict.objects_present,
        head=verdict.position.head,
        problems=tuple(Problem(f.code, f.entry, f.file) for f in verdict.findings),
        remarks=verdict.dated_before_previous,
        erasures=verdict.erasures,
    )
