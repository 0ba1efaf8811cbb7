"""What lies beside a trail and must agree with it (docs/file-format.md, sections 8 and 9).

Disclosed bodies, clear files, checkpoints and their time stamps, the list of sums. All of it may
come from anyone: names are only used when they have a known form, contents only after their digest.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

from clinicir.domain.audit import Problem
from clinicir.vault import checkpoint
from clinicir.vault.fsio import FileSystem
from clinicir.vault.line import LINE_LIMIT

SUMS = "SHA256SUMS"
DISCLOSED = "disclosed"
CLEAR = (("evidence", re.compile(r"([0-9a-f]{32})\.bin")),
         ("documents", re.compile(r"([0-9a-f]{32})\.pdf")))  # fmt: skip
_BODY_NAME = re.compile(r"e-([0-9]{6}|[1-9][0-9]{6,8})\.json")
_ROW = re.compile(rb"([0-9a-f]{64})  ([!-~]+)\n")
_INSIDE = re.compile(r"(?!\.{1,2}(?:/|$))[^/\\:]+(?:/(?!\.{1,2}(?:/|$))[^/\\:]+)*")
"""A name that leads nowhere but inside the folder, on any system."""
_SUMS_LIMIT = 16 << 20
_STAMP_LIMIT = 1 << 20
_PIECE_BYTES = 1 << 20
_SHOWN_NAME = 96

Kept = Mapping[int, tuple[str, str]]
"""For each entry that a file beside the trail speaks of: its `c`, the SHA-256 of its line."""


def file_sha256(fs: FileSystem, path: Path) -> str:
    """Of a file of any size; FileNotFoundError."""
    digest, buffer = hashlib.sha256(), bytearray(_PIECE_BYTES)
    with fs.open_read(path) as handle:
        while count := handle.readinto(buffer):
            digest.update(memoryview(buffer)[:count])
    return digest.hexdigest()


class Beside:
    """Found before the trail is read, so that the reading keeps what these files need."""

    def __init__(self, fs: FileSystem, root: Path) -> None:
        self._fs, self._root = fs, root
        self._digest: Callable[[str], str] = cache(lambda name: file_sha256(fs, root / name))
        self._disclosed = self._numbered(DISCLOSED, _BODY_NAME)
        self._marks = self._numbered(checkpoint.FOLDER, checkpoint.NAME)
        self.wanted = frozenset(self._disclosed) | frozenset(self._marks)
        """Numbers of the entries whose digests are needed."""
        self.is_dossier = self._is_file(SUMS)
        """A dossier may withhold the encrypted files as a whole."""

    def anchors(self) -> int:
        """How many checkpoints there are, right or not."""
        return len(self._marks)

    def problems(self, kept: Kept, entries: int) -> Iterator[Problem]:
        """All that disagrees with a trail of `entries` valid entries."""
        said: dict[str, dict[str, int]] = {}
        for found in (
            *self._body_problems(kept, said), *self._clear_problems(said, entries + 1),
            *self._mark_problems(kept), *self._sum_problems(entries + 1),
        ):  # fmt: skip
            yield Problem(found.code, min(found.entry, entries + 1), found.file)

    def _body_problems(self, kept: Kept, said: dict[str, dict[str, int]]) -> Iterator[Problem]:
        """Also fills `said`: object id, SHA-256 of its clear content, entry."""
        for n, name in sorted(self._disclosed.items()):
            small = self._fs.size(self._root / name) <= LINE_LIMIT
            if not small or n not in kept or self._digest(name) != kept[n][0]:
                yield Problem("disclosed.changed", n, name)
                continue
            named = _named_by(self._fs.read(self._root / name))
            if named is not None:
                said.setdefault(named[0], {}).setdefault(named[1], n)

    def _clear_problems(self, said: dict[str, dict[str, int]], after: int) -> Iterator[Problem]:
        for folder, form in CLEAR:
            for name in self._fs.names(self._root / folder):
                match = form.fullmatch(name)
                if match is None or not self._is_file(f"{folder}/{name}"):
                    continue
                named = said.get(match[1], {})
                if self._digest(f"{folder}/{name}") not in named:
                    code = "clear.changed" if named else "clear.unknown"
                    yield Problem(code, min(named.values(), default=after), f"{folder}/{name}")

    def _mark_problems(self, kept: Kept) -> Iterator[Problem]:
        if not self._marks:
            return
        vault = self._fs.read(self._root / "vault.json")
        for n, name in sorted(self._marks.items()):
            stamp = name.removesuffix(".txt") + ".tsr"
            mark = checkpoint.parse(self._start(name, checkpoint.MAX_BYTES + 1))
            right = (
                mark is not None
                and mark.position.n == n
                and n in kept
                and mark.position.head == kept[n][1]
                and vault.endswith(b'"%b"}' % mark.vault_id.encode())
            )
            if not right:
                yield Problem("anchor.contradicted", n, name)
            elif self._is_file(stamp):
                reply = self._start(stamp, _STAMP_LIMIT)
                if reply and bytes.fromhex(self._digest(name)) not in reply:
                    yield Problem("anchor.foreign_stamp", n, stamp)

    def _sum_problems(self, after: int) -> Iterator[Problem]:
        if not self.is_dossier:
            return
        text = self._start(SUMS, _SUMS_LIMIT + 1)
        rows = {name.decode(): digest.decode() for digest, name in _ROW.findall(text)}
        if len(text) > _SUMS_LIMIT or sum(len(name) + 67 for name in rows) < len(text):
            yield Problem("sums.unreadable", after, SUMS)
        for name, digest in rows.items():
            if not _INSIDE.fullmatch(name) or not self._is_file(name):
                yield Problem("sums.missing", after, name[:_SHOWN_NAME])
            elif self._digest(name) != digest:
                yield Problem("sums.changed", after, name[:_SHOWN_NAME])

    def _numbered(self, folder: str, form: re.Pattern[str]) -> dict[int, str]:
        found = map(form.fullmatch, self._fs.names(self._root / folder))
        names = {int(match[1]): f"{folder}/{match[0]}" for match in found if match}
        return {n: name for n, name in names.items() if self._is_file(name)}

    def _start(self, name: str, size_bytes: int) -> bytes:
        with self._fs.open_read(self._root / name) as handle:
            return handle.read_at(0, size_bytes)

    def _is_file(self, name: str) -> bool:
        return self._fs.exists(self._root / name) and not self._fs.is_dir(self._root / name)


def _named_by(body: bytes) -> tuple[str, str] | None:
    """Object id and SHA-256 of the clear content that a body speaks of."""
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(fields, dict):
        return None
    detail = fields.get("d")
    sha256 = detail.get("sha256") if isinstance(detail, Mapping) else None
    named = fields.get("object")
    return (named, sha256) if isinstance(named, str) and isinstance(sha256, str) else None
