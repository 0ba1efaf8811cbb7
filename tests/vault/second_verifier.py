"""A second verifier, written from docs/file-format.md (sections 2, 4, 5, 8, 9) and nothing else.

It shares no line and no method with the program or with the verifiers that are shipped: here a line
is parsed as JSON and spelt again, there it is matched as a whole. `judge(path)` gives `intact`,
`altered N` or `unreadable`.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

MIB = 1024 * 1024
HEX = set("0123456789abcdef")
ERASING = {"purge": None, "purge.evidence": "evidence.add"}


class Unreadable(Exception):  # noqa: N818  what the format calls it
    """The format's third verdict."""


class Source(Protocol):
    """The files of a vault or dossier."""

    def names(self) -> set[str]: ...

    def content(self, name: str) -> bytes: ...


class FolderSource:
    """Files under a folder."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def names(self) -> set[str]:
        found = (path for path in self._root.rglob("*") if path.is_file())
        return {path.relative_to(self._root).as_posix() for path in found}

    def content(self, name: str) -> bytes:
        return (self._root / name).read_bytes()


class ZipSource:
    """Files of a whole archive, all stored."""

    def __init__(self, path: Path) -> None:
        try:
            with zipfile.ZipFile(path) as archive:
                rows = archive.infolist()
                self._content = {row.filename: archive.read(row) for row in rows}
        except (OSError, RuntimeError, ValueError, zipfile.BadZipFile) as error:
            raise Unreadable from error
        stored = all(row.compress_type == zipfile.ZIP_STORED for row in rows)
        if len(self._content) != len(rows) or not stored:
            raise Unreadable

    def names(self) -> set[str]:
        return set(self._content)

    def content(self, name: str) -> bytes:
        return self._content[name]


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def is_hex(value: object, length: int) -> bool:
    return isinstance(value, str) and len(value) == length and set(value) <= HEX


def is_count(value: object, digits: int = 16) -> bool:
    return type(value) is int and 0 <= value < 10**digits


def is_kind(value: object) -> bool:
    if not isinstance(value, str) or value.count(".") > 1:
        return False
    letters = set("abcdefghijklmnopqrstuvwxyz_")
    return all(part and set(part) <= letters for part in value.split("."))


def is_instant(value: object) -> bool:
    shape = "dddd-dd-ddTdd:dd:dd.dddZ"
    return isinstance(value, str) and len(value) == len(shape) and all(
        mark in "0123456789" if wanted == "d" else mark == wanted
        for mark, wanted in zip(value, shape, strict=True)
    )


def envelope(line: bytes) -> dict[str, Any] | None:
    """The public fields of a line of the journal, None when it is not spelt as it must be."""
    if len(line) > MIB or not line.endswith(b"}\n") or line[18:23] != b'"b":"':
        return None
    quote = line.find(b'"', 23)
    if quote < 0 or line[quote : quote + 2] != b'",':
        return None
    public = line[:18] + line[quote + 2 : -1]
    try:
        fields = json.loads(public.decode("ascii"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(fields, dict):
        return None
    spelt = json.dumps(fields, sort_keys=True, separators=(",", ":")).encode()
    z = fields.get("z")
    right = (
        spelt == public
        and set(fields) - {"o"} == set("acikmnpstvz")
        and fields["v"] == 1 and type(fields["v"]) is int
        and isinstance(fields["a"], str) and fields["a"][:2] == "u-" and is_hex(fields["a"][2:], 8)
        and all(is_hex(fields[key], 64) for key in ("c", "o", "p") if key in fields)
        and (fields["i"] == "-" or is_hex(fields["i"], 16))
        and is_kind(fields["k"])
        and is_count(fields["m"]) and is_count(fields["n"])
        and is_hex(fields["s"], 8)
        and is_instant(fields["t"])
        and type(z) is int and -10_000 < z < 10_000
    )  # fmt: skip
    return fields if right else None


def lines_of(source: Source) -> Iterator[bytes]:
    names, number = source.names(), 1
    while (name := f"trail/trail-{number:06d}.jsonl") in names:
        rest = source.content(name)
        while rest:
            line, mark, rest = rest.partition(b"\n")
            yield line + mark
        number += 1


def slot(raw: bytes, parity: int) -> tuple[int, str] | None:
    """What one half of `trail/head` claims."""
    if len(raw) != 512 or not raw.endswith(b" \n"):
        return None
    text = raw[:-1].rstrip(b" ")
    try:
        fields = json.loads(text.decode("ascii"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(fields, dict) or set(fields) != {"h", "mac", "n"}:
        return None
    spelt = json.dumps(fields, sort_keys=True, separators=(",", ":")).encode() == text
    good = is_hex(fields["h"], 64) and is_hex(fields["mac"], 32) and is_count(fields["n"])
    return (fields["n"], fields["h"]) if spelt and good and fields["n"] % 2 == parity else None


def numbered(name: str, start: str, end: str) -> int | None:
    """The number in a name such as `disclosed/e-000012.json`."""
    if not name.startswith(start) or not name.endswith(end):
        return None
    middle = name[len(start) : len(name) - len(end)]
    if not middle.isascii() or not middle.isdigit() or len(middle) > 9:
        return None
    return int(middle) if f"{int(middle):06d}" == middle else None


class Judge:
    """Applies the seven rules to one source."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.names = source.names()
        self.entries: list[dict[str, Any]] = []
        self.heads: list[str] = []
        self.wrong: list[int] = []

    def verdict(self) -> str:
        if "vault.json" not in self.names:
            raise Unreadable
        self.header = self.source.content("vault.json")
        if self._chain():
            self._head()
        self._objects()
        self._clear(self._bodies())
        self._anchors()
        self._sums()
        last = len(self.entries)
        return f"altered {min(min(n, last + 1) for n in self.wrong)}" if self.wrong else "intact"

    def _chain(self) -> bool:
        previous = digest(self.header)
        for line in lines_of(self.source):
            fields = envelope(line)
            n = len(self.entries) + 1
            if fields is None or fields["n"] != n or fields["p"] != previous:
                self.wrong.append(n)
                return False
            previous = digest(line)
            self.entries.append(fields)
            self.heads.append(previous)
        return True

    def _head(self) -> None:
        raw = self.source.content("trail/head") if "trail/head" in self.names else b""
        claims = [claim for at in (0, 1) if (claim := slot(raw[512 * at :][: 512 + at], at))]
        last = len(self.entries)
        known = [digest(self.header), *self.heads]
        wanted = [(n, known[n]) for n in (last, last - 1) if n >= 0]
        if last == 0 or sorted(claims) != sorted(wanted):
            top = max((n for n, _ in claims), default=last)
            self.wrong.append(min(top, last) + (top != last))

    def _objects(self) -> None:
        present = set()
        for name in self.names:
            parts = name.split("/")
            if len(parts) == 3 and parts[0] == "objects" and parts[2].endswith(".cev"):
                stem = parts[2].removesuffix(".cev")
                if is_hex(stem, 32) and len(parts[1]) == 2 and stem.startswith(parts[1]):
                    present.add(digest(self.source.content(name)))
        if "SHA256SUMS" in self.names and not present:
            return
        for at, fields in enumerate(self.entries):
            if "o" in fields and fields["o"] not in present and not self._erased(at):
                self.wrong.append(at + 1)

    def _erased(self, at: int) -> bool:
        here = self.entries[at]
        return any(
            later["i"] == here["i"]
            and later["k"] in ERASING
            and ERASING[later["k"]] in (None, here["k"])
            for later in self.entries[at + 1 :]
        )

    def _bodies(self) -> list[tuple[int, str, str]]:
        said = []
        for name in self.names:
            n = numbered(name, "disclosed/e-", ".json")
            if n is None:
                continue
            body = self.source.content(name)
            known = 1 <= n <= len(self.entries)
            if len(body) > MIB or not known or digest(body) != self.entries[n - 1]["c"]:
                self.wrong.append(n)
                continue
            try:
                fields = json.loads(body)
                said.append((n, fields["object"], fields["d"]["sha256"]))
            except (ValueError, KeyError, TypeError, RecursionError):
                continue
        return said

    def _clear(self, said: list[tuple[int, str, str]]) -> None:
        for name in self.names:
            folder, _, file = name.partition("/")
            end = {"evidence": ".bin", "documents": ".pdf"}.get(folder, "/")
            if not file.endswith(end) or not is_hex(file.removesuffix(end), 32):
                continue
            mine = [(n, sha) for n, named, sha in said if named == file.removesuffix(end)]
            if digest(self.source.content(name)) not in [sha for _, sha in mine]:
                self.wrong.append(min((n for n, _ in mine), default=len(self.entries) + 1))

    def _anchors(self) -> None:
        for name in self.names:
            k = numbered(name, "anchors/checkpoint-", ".txt")
            if k is None:
                continue
            text = self.source.content(name)
            stamp = name.removesuffix(".txt") + ".tsr"
            reply = self.source.content(stamp) if stamp in self.names else b""
            foreign = reply and hashlib.sha256(text).digest() not in reply[:MIB]
            if foreign or not 1 <= k <= len(self.entries) or not self._is_mark(text, k):
                self.wrong.append(k)

    def _is_mark(self, text: bytes, k: int) -> bool:
        lines = text.split(b"\n")
        if len(lines) != 6 or lines[5] or not lines[4].startswith(b"time "):
            return False
        time = lines[4].removeprefix(b"time ").decode("latin-1")
        vault = lines[1].removeprefix(b"vault ").decode("latin-1")
        return (
            lines[0] == b"clinicir trail checkpoint v1"
            and is_hex(vault, 32)
            and self.header.endswith(f'"{vault}"}}'.encode())
            and lines[1].startswith(b"vault ")
            and lines[2] == b"size %d" % k
            and lines[3] == b"head " + self.heads[k - 1].encode()
            and is_instant(time[:-1] + ".000Z")
            and time.endswith("Z")
        )

    def _sums(self) -> None:
        if "SHA256SUMS" not in self.names:
            return
        text, after = self.source.content("SHA256SUMS"), len(self.entries) + 1
        rows = text.split(b"\n")
        if rows.pop() or len(text) > 16 * MIB:
            self.wrong.append(after)
        seen: set[str] = set()
        for row in rows:
            sha, gap, name = row[:64].decode("latin-1"), row[64:66], row[66:].decode("latin-1")
            plain = name and all("!" <= mark <= "~" for mark in name)
            if not is_hex(sha, 64) or gap != b"  " or not plain or name in seen:
                self.wrong.append(after)
                continue
            seen.add(name)
            if name not in self.names or digest(self.source.content(name)) != sha:
                self.wrong.append(after)


def judge(path: Path) -> str:
    """Verdict on a folder or a ZIP."""
    try:
        return Judge(FolderSource(path) if path.is_dir() else ZipSource(path)).verdict()
    except Unreadable:
        return "unreadable"
