"""Archives that somebody hostile could hand over instead of a backup (T15).

Each starts from a real backup and breaks one thing; the name says which.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

ID = "0123456789abcdef" * 2
EVIL = b"evil"


@dataclass(frozen=True)
class Member:
    """One entry with every field free to lie; None means the honest value."""

    name: bytes
    content: bytes = EVIL
    method: int = 0
    flags: int = 0
    crc: int | None = None
    size: int | None = None
    packed: int | None = None
    local_name: bytes | None = None
    local_size: int | None = None
    local_crc: int | None = None
    local_flags: int | None = None
    extra: bytes = b""
    local_extra: bytes = b""
    comment: bytes = b""
    attributes: int = 0
    made_by: int = 20
    version: int = 20
    date: int = 0x21
    disk: int = 0
    offset: int | None = None
    descriptor: bytes = b""


@dataclass(frozen=True)
class Archive:
    """Members and the end of the archive."""

    members: Sequence[Member]
    prefix: bytes = b""
    gap: bytes = b""
    comment: bytes = b""
    suffix: bytes = b""
    count: int | None = None
    listed: int | None = None
    at: int | None = None
    disk: int = 0
    end: bytes | None = None
    listing: Sequence[int] = field(default=())
    """Order of the directory, when it is not that of the contents."""

    def build(self) -> bytes:
        out, starts = io.BytesIO(self.prefix), []
        out.seek(0, io.SEEK_END)
        for one in self.members:
            starts.append(out.tell())
            out.write(_local(one))
        out.write(self.gap)
        at = out.tell()
        order = self.listing or range(len(self.members))
        listed = b"".join(_central(self.members[i], starts[i]) for i in order)
        count = len(order) if self.count is None else self.count
        end = struct.pack(
            "<4s4H2IH", b"PK\x05\x06", self.disk, self.disk, count & 0xFFFF, count & 0xFFFF,
            len(listed) if self.listed is None else self.listed,
            at if self.at is None else self.at, len(self.comment),
        )  # fmt: skip
        return out.getvalue() + listed + (end if self.end is None else self.end) + (
            self.comment + self.suffix
        )


def _sizes(one: Member) -> tuple[int, int, int]:
    crc = zlib.crc32(one.content) if one.crc is None else one.crc
    size = len(one.content) if one.size is None else one.size
    return crc, size if one.packed is None else one.packed, size


def _local(one: Member) -> bytes:
    crc, packed, size = _sizes(one)
    crc = crc if one.local_crc is None else one.local_crc
    if one.local_size is not None:
        packed = size = one.local_size
    name = one.name if one.local_name is None else one.local_name
    flags = one.flags if one.local_flags is None else one.local_flags
    header = struct.pack("<4s5H3I2H", b"PK\x03\x04", one.version, flags, one.method, 0, one.date,
                         crc, packed, size, len(name), len(one.local_extra))  # fmt: skip
    return header + name + one.local_extra + one.content + one.descriptor


def _central(one: Member, start: int) -> bytes:
    crc, packed, size = _sizes(one)
    at = start if one.offset is None else one.offset
    header = struct.pack(
        "<4s6H3I5H2I", b"PK\x01\x02", one.made_by, one.version, one.flags, one.method, 0, one.date,
        crc, packed, size, len(one.name), len(one.extra), len(one.comment), one.disk, 0,
        one.attributes, at,
    )  # fmt: skip
    return header + one.name + one.extra + one.comment


def members_of(backup: bytes) -> list[Member]:
    """The honest members of a backup."""
    with zipfile.ZipFile(io.BytesIO(backup)) as archive:
        return [Member(name.encode(), archive.read(name)) for name in archive.namelist()]


HOSTILE_NAMES: dict[str, bytes] = {
    "traversal": b"../evil.txt",
    "traversal inside": b"objects/../../evil.txt",
    "traversal deep": b"trail/../../../../evil.txt",
    "traversal backslash": b"..\\evil.txt",
    "traversal encoded": b"%2e%2e/evil.txt",
    "absolute": b"/evil.txt",
    "absolute twice": b"//server/share/evil.txt",
    "drive": b"C:\\evil.txt",
    "drive slash": b"C:/evil.txt",
    "unc": b"\\\\server\\share\\evil.txt",
    "stream": b"vault.json:evil",
    "stream data": b"trail/head::$DATA",
    "device con": b"con",
    "device nul in folder": b"trail/nul",
    "device aux": b"anchors/aux.txt",
    "device com1": b"anchors/com1.txt",
    "device lpt9": b"objects/lpt9/lpt9.cev",
    "trailing dot": b"vault.json.",
    "trailing space": b"vault.json ",
    "leading space": b" vault.json",
    "dot folder": b"./vault.json",
    "double slash": b"trail//head",
    "folder entry": b"objects/",
    "empty name": b"",
    "null byte": b"vault.json\0.txt",
    "line feed": b"vault.json\n",
    "bidi": "vault\u202enosj.".encode(),
    "accent": "pi\u00e8ce.bin".encode(),
    "accent cp437": b"pi\x8ace.bin",
    "lock file": b"lock",
    "keyring slot in wrong folder": b"slots/slot-00000000.json",
    "script": b"run.bat",
    "shortcut": b"LISEZMOI.lnk",
    "upper case": b"VAULT.JSON",
    "upper case id": f"objects/01/{ID.upper()}.cev".encode(),
    "object in wrong folder": f"objects/ff/{ID}.cev".encode(),
    "object without folder": f"objects/{ID}.cev".encode(),
    "object with long id": f"objects/01/{ID}00.cev".encode(),
    "clear file in a backup": f"evidence/{ID}.bin".encode(),
    "long name": b"objects/" + b"a" * 60_000,
    "trail number": b"trail/trail-1.jsonl",
    "trail digits": "trail/trail-00000\u0661.jsonl".encode(),
}


def crafted(backup: bytes) -> Iterator[tuple[str, bytes]]:
    """(what is wrong, archive)."""
    base = members_of(backup)
    for what, name in HOSTILE_NAMES.items():
        yield f"name: {what}", _sorted([*base, Member(name)])
    yield from _lying_members(base)
    yield from _twice(base)
    yield from _bombs(base)
    yield from _lying_ends(base, backup)


def _sorted(members: list[Member]) -> bytes:
    return Archive(sorted(members, key=lambda one: one.name)).build()


def _with(base: list[Member], **lies: object) -> bytes:
    """The same backup with one member that lies."""
    last = len(base) - 1
    return Archive([*base[:last], replace(base[last], **lies)]).build()  # type: ignore[arg-type]


def _lying_members(base: list[Member]) -> Iterator[tuple[str, bytes]]:
    last = base[-1]
    size = len(last.content)
    packed = zlib.compress(last.content)[2:-4]
    deflated = {"content": packed, "method": 8, "crc": zlib.crc32(last.content), "size": size,
                "packed": len(packed)}  # fmt: skip
    far = struct.pack("<2H2Q", 1, 16, size, size)
    lies: dict[str, dict[str, object]] = {
        "deflated": deflated,
        "stored but said deflated": {"method": 8},
        "bzip2": {"method": 12},
        "lzma": {"method": 14},
        "unknown method": {"method": 99},
        "encrypted": {"flags": 1},
        "strong encryption": {"flags": 0x41},
        "encrypted in the local header only": {"local_flags": 1},
        "utf-8 flag": {"flags": 0x800},
        "data descriptor": {"flags": 8, "local_size": 0, "local_crc": 0,
                            "descriptor": struct.pack("<4s3I", b"PK\x07\x08", zlib.crc32(
                                last.content), size, size)},
        "crc": {"crc": 1},
        "crc in the local header only": {"local_crc": 1},
        "larger than it is": {"size": size + 1},
        "smaller than it is": {"size": size - 1},
        "local size larger": {"local_size": size + 50},
        "local size zero": {"local_size": 0},
        "four gibibytes": {"size": 0xFFFF_FFFE, "packed": 0xFFFF_FFFE},
        "zip64 size": {"size": 0xFFFF_FFFF, "packed": 0xFFFF_FFFF, "extra": far},
        "packed differs": {"packed": size + 7},
        "another local name": {"local_name": b"../evil.txt"},
        "another local name of that length": {"local_name": b"x" * len(last.name)},
        "extra field": {"extra": b"\x99\x99\x01\x00x"},
        "local extra field": {"local_extra": b"\x99\x99\x01\x00x"},
        "unicode path field": {"extra": struct.pack("<2HBI", 0x7075, 9, 1, 0) + EVIL},
        "member comment": {"comment": b"see ../evil"},
        "symbolic link": {"attributes": 0o120777 << 16, "made_by": 3 << 8 | 20},
        "link in the Windows way": {"attributes": 0x400},
        "executable": {"attributes": 0o100755 << 16, "made_by": 3 << 8 | 20},
        "folder attribute": {"attributes": 0x10},
        "device node": {"attributes": 0o060644 << 16, "made_by": 3 << 8 | 20},
        "another date": {"date": 0x5A21},
        "newer version": {"version": 63},
        "another disk": {"disk": 1},
        "overlaps the first": {"offset": 0},
        "starts inside another": {"offset": 40},
        "starts beyond the end": {"offset": 0x7FFF_FFFF},
    }  # fmt: skip
    for what, lie in lies.items():
        yield f"member: {what}", _with(base, **lie)


def _twice(base: list[Member]) -> Iterator[tuple[str, bytes]]:
    first = base[0]
    yield "twice: same name", _sorted([*base, first])
    yield "twice: other content", _sorted([*base, replace(first, content=EVIL)])
    yield "twice: other case", _sorted([*base, replace(first, name=first.name.upper())])
    yield "twice: same bytes listed twice", Archive(base, listing=[*range(len(base)), 0]).build()
    yield "order: contents", Archive(base[::-1]).build()
    yield "order: directory", Archive(base, listing=[*range(len(base))][::-1]).build()
    yield "a content that is not listed", Archive(base, listing=range(1, len(base))).build()
    yield "bytes between contents and directory", Archive(base, gap=b"hidden").build()
    yield "two sorts in one", _sorted([*base, Member(b"LISEZMOI.txt"), Member(b"SHA256SUMS")])
    yield "no vault.json", Archive([one for one in base if one.name != b"vault.json"]).build()


def _bombs(base: list[Member]) -> Iterator[tuple[str, bytes]]:
    zeros = bytes(8 << 20)
    packed = zlib.compress(zeros, 9)[2:-4]
    bomb = Member(f"objects/01/{ID}.cev".encode(), packed, 8, crc=zlib.crc32(zeros),
                  size=len(zeros), packed=len(packed))  # fmt: skip
    yield "bomb: deflated zeros", _sorted([*base, bomb])
    yield "bomb: nested archive", _sorted([*base, replace(bomb, name=b"objects/bomb.zip")])
    shared = [Member(f"objects/00/{n:032x}.cev".encode(), b"", size=1 << 30, packed=1 << 30,
                     offset=0) for n in range(2000)]  # fmt: skip
    yield "bomb: entries over the same bytes", _sorted([*base, *shared])
    many = [Member(f"objects/00/{n:032x}.cev".encode(), b"") for n in range(20_100)]
    yield "bomb: too many entries", _sorted([*base, *many])
    yield "bomb: key of a mebibyte", _sorted(
        [*base, Member(b"keys/ik-00000000000000ff.json", bytes(1 << 20))]
    )
    yield "bomb: head of a mebibyte", _sorted(
        [one if one.name != b"trail/head" else replace(one, content=bytes(1 << 20)) for one in base]
    )


def _lying_ends(base: list[Member], backup: bytes) -> Iterator[tuple[str, bytes]]:
    yield "end: comment", Archive(base, comment=b"hello").build()
    yield "end: bytes after", Archive(base, suffix=b"\0").build()
    yield "end: program before", Archive(base, prefix=b"MZ" + bytes(510)).build()
    yield "end: program before, offsets kept", b"MZ" + bytes(510) + backup
    yield "end: two archives", backup + backup
    yield "end: absent", Archive(base, end=b"").build()
    yield "end: false count", Archive(base, count=len(base) - 1).build()
    yield "end: huge count", Archive(base, count=0xFFFF).build()
    yield "end: directory elsewhere", Archive(base, at=0).build()
    yield "end: directory far away", Archive(base, at=0xFFFF_FFFF).build()
    yield "end: directory of 4 GiB", Archive(base, listed=0xFFFF_FFFE).build()
    yield "end: second disk", Archive(base, disk=1).build()
    yield "end: zip64 locator", Archive(
        base, end=b"PK\x06\x06" + bytes(52) + b"PK\x06\x07" + bytes(16) + backup[-22:]
    ).build()
    yield "cut: half", backup[: len(backup) // 2]
    yield "cut: last byte", backup[:-1]
    yield "cut: end only", backup[-22:]
    yield "cut: first header", backup[30:]
    yield "empty file", b""
    yield "empty archive", Archive([]).build()
    yield "not an archive", b"%PDF-1.7\n" + bytes(1000)
    yield "only zeros", bytes(100_000)
    sealed = (b'{"format":"clinicir-sealed","m":65536,"object":"%b","p":4,"salt":"%b","suite":1,'
              b'"t":3,"v":1}\n')  # fmt: skip
    one = sealed % (ID.encode(), ID.encode()) + bytes(200)
    yield "sealed: no object", one
    yield "sealed: spelt otherwise", one.replace(b'"m":', b'"m": ')
