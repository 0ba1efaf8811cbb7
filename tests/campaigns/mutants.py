"""Small alterations of a vault folder, drawn at random, each telling whether it must be seen."""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

SEEN, UNSEEN, EITHER = "seen", "unseen", "either"
"""A verifier without key must report it; must not; may, depending on where it fell."""


@dataclass(frozen=True)
class Mutant:
    """What was done, and what a verifier without key owes."""

    name: str
    duty: str


Alter = Callable[[Path, random.Random], None]


def trail_file(root: Path) -> Path:
    """The one file of the trail of a sample."""
    return root / "trail" / "trail-000001.jsonl"


def _lines(root: Path) -> list[bytes]:
    return trail_file(root).read_bytes().splitlines(keepends=True)


def _write_lines(root: Path, lines: list[bytes]) -> None:
    trail_file(root).write_bytes(b"".join(lines))


def _objects(root: Path) -> list[Path]:
    return sorted((root / "objects").rglob("*.cev"))


def _flip(path: Path, draw: random.Random) -> None:
    content = bytearray(path.read_bytes())
    content[draw.randrange(len(content))] ^= 1 << draw.randrange(8)
    path.write_bytes(content)


def _cut(path: Path, draw: random.Random) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: draw.randrange(len(content))])


def _append(path: Path, draw: random.Random) -> None:
    path.write_bytes(path.read_bytes() + draw.randbytes(draw.randrange(1, 600)))


def _delete_line(root: Path, draw: random.Random) -> None:
    lines = _lines(root)
    del lines[draw.randrange(len(lines))]
    _write_lines(root, lines)


def _delete_last(root: Path, draw: random.Random) -> None:
    _write_lines(root, _lines(root)[: -draw.randrange(1, 4)])


def _swap_lines(root: Path, draw: random.Random) -> None:
    lines = _lines(root)
    first, second = draw.sample(range(len(lines)), 2)
    lines[first], lines[second] = lines[second], lines[first]
    _write_lines(root, lines)


def _double_line(root: Path, draw: random.Random) -> None:
    lines = _lines(root)
    lines.insert(draw.randrange(len(lines) + 1), draw.choice(lines))
    _write_lines(root, lines)


def _windows_ends(root: Path, draw: random.Random) -> None:
    trail_file(root).write_bytes(trail_file(root).read_bytes().replace(b"\n", b"\r\n"))


def _blank_line(root: Path, draw: random.Random) -> None:
    lines = _lines(root)
    lines.insert(draw.randrange(len(lines) + 1), draw.choice([b"\n", b" \n", b"{}\n"]))
    _write_lines(root, lines)


def _respell(root: Path, draw: random.Random) -> None:
    """The same JSON value in another spelling."""
    lines = _lines(root)
    at = draw.randrange(len(lines))
    lines[at] = lines[at].replace(b'","k":', b'", "k":') if at % 2 else lines[at][:-1] + b" \n"
    _write_lines(root, lines)


def rechained(lines: list[bytes], start: int) -> list[bytes]:
    """Lines whose `n` and `p` are made to fit from `start` on, as a forger without keys would."""
    for i in range(max(start, 1), len(lines)):
        digest = hashlib.sha256(lines[i - 1]).hexdigest().encode()
        lines[i] = re.sub(rb'"p":"[0-9a-f]{64}"', b'"p":"' + digest + b'"', lines[i])
        lines[i] = re.sub(rb'"n":[0-9]+', b'"n":%d' % (i + 1), lines[i])
    return lines


def _forge_inside(root: Path, draw: random.Random) -> None:
    lines = _lines(root)
    at = draw.randrange(len(lines))
    lines[at] = re.sub(rb'"t":"2026', b'"t":"2025', lines[at])
    _write_lines(root, rechained(lines, at + 1))


def _forge_removal(root: Path, draw: random.Random) -> None:
    lines = _lines(root)
    at = draw.randrange(1, len(lines))
    del lines[at]
    _write_lines(root, rechained(lines, at))


def _forge_addition(root: Path, draw: random.Random) -> None:
    lines = _lines(root)
    _write_lines(root, rechained([*lines, draw.choice(lines)], len(lines)))


def _split_file(root: Path, draw: random.Random) -> None:
    """As a rotation would: two files, one chain."""
    lines = _lines(root)
    at = draw.randrange(1, len(lines))
    _write_lines(root, lines[:at])
    trail_file(root).with_name("trail-000002.jsonl").write_bytes(b"".join(lines[at:]))


def _lose_first_half(root: Path, draw: random.Random) -> None:
    _split_file(root, draw)
    trail_file(root).unlink()


def _gap_in_files(root: Path, draw: random.Random) -> None:
    _split_file(root, draw)
    second = trail_file(root).with_name("trail-000002.jsonl")
    second.rename(second.with_name("trail-000003.jsonl"))


def _swap_slots(root: Path, draw: random.Random) -> None:
    head = root / "trail" / "head"
    content = head.read_bytes()
    head.write_bytes(content[512:] + content[:512])


def _blank_slot(root: Path, draw: random.Random) -> None:
    head = root / "trail" / "head"
    content, at = head.read_bytes(), draw.choice([0, 512])
    head.write_bytes(content[:at] + bytes(512) + content[at + 512 :])


def _exchange_objects(root: Path, draw: random.Random) -> None:
    """Two good files under each other's names: every digest is still there."""
    first, second = draw.sample(_objects(root), 2)
    one, two = first.read_bytes(), second.read_bytes()
    first.write_bytes(two)
    second.write_bytes(one)


def _misplace_object(root: Path, draw: random.Random) -> None:
    victim = draw.choice(_objects(root))
    target = root / "objects" / "zz" / victim.name
    target.parent.mkdir()
    victim.rename(target)


def _strangers(root: Path, draw: random.Random) -> None:
    (root / "trail" / "trail-000001 (1).jsonl").write_bytes(draw.randbytes(50))
    (root / "trail" / "trail-1.jsonl").write_bytes(draw.randbytes(50))
    (root / "objects" / "desktop.ini").write_bytes(b"x")
    (root / "notes.txt").write_bytes(b"x")


ALTERATIONS: tuple[tuple[Mutant, Alter], ...] = (
    (Mutant("trail: flip", SEEN), lambda root, draw: _flip(trail_file(root), draw)),
    (Mutant("trail: cut", SEEN), lambda root, draw: _cut(trail_file(root), draw)),
    (Mutant("trail: append", SEEN), lambda root, draw: _append(trail_file(root), draw)),
    (Mutant("trail: delete line", SEEN), _delete_line),
    (Mutant("trail: delete last lines", SEEN), _delete_last),
    (Mutant("trail: swap lines", SEEN), _swap_lines),
    (Mutant("trail: double line", SEEN), _double_line),
    (Mutant("trail: windows line ends", SEEN), _windows_ends),
    (Mutant("trail: blank line", SEEN), _blank_line),
    (Mutant("trail: another spelling", SEEN), _respell),
    (Mutant("trail: forged entry, re-chained", SEEN), _forge_inside),
    (Mutant("trail: entry removed, re-chained", SEEN), _forge_removal),
    (Mutant("trail: entry added, re-chained", SEEN), _forge_addition),
    (Mutant("trail: first file lost", SEEN), _lose_first_half),
    (Mutant("trail: gap between files", SEEN), _gap_in_files),
    (Mutant("trail: deleted", SEEN), lambda root, _: trail_file(root).unlink()),
    (Mutant("trail: two files, one chain", UNSEEN), _split_file),
    (Mutant("vault.json: flip", SEEN), lambda root, draw: _flip(root / "vault.json", draw)),
    (Mutant("vault.json: cut", SEEN), lambda root, draw: _cut(root / "vault.json", draw)),
    (Mutant("vault.json: append", SEEN), lambda root, draw: _append(root / "vault.json", draw)),
    (Mutant("vault.json: deleted", SEEN), lambda root, _: (root / "vault.json").unlink()),
    # without the key, the seal of a slot cannot be told from another
    (Mutant("head: flip", EITHER), lambda root, draw: _flip(root / "trail" / "head", draw)),
    (Mutant("head: cut", SEEN), lambda root, draw: _cut(root / "trail" / "head", draw)),
    (Mutant("head: append", SEEN), lambda root, draw: _append(root / "trail" / "head", draw)),
    (Mutant("head: slots swapped", SEEN), _swap_slots),
    (Mutant("head: slot blanked", SEEN), _blank_slot),
    (Mutant("head: deleted", SEEN), lambda root, _: (root / "trail" / "head").unlink()),
    (Mutant("object: flip", SEEN), lambda root, draw: _flip(draw.choice(_objects(root)), draw)),
    (Mutant("object: cut", SEEN), lambda root, draw: _cut(draw.choice(_objects(root)), draw)),
    (Mutant("object: append", SEEN), lambda root, draw: _append(draw.choice(_objects(root)), draw)),
    (Mutant("object: deleted", SEEN), lambda root, draw: draw.choice(_objects(root)).unlink()),
    (Mutant("object: misplaced", SEEN), _misplace_object),
    (Mutant("object: exchanged names", UNSEEN), _exchange_objects),
    (Mutant("strangers beside", UNSEEN), _strangers),
)


def alter(root: Path, number: int, seed: int) -> Mutant:
    """Apply the `number`-th alteration, each kind in turn, to a copy of a sample."""
    mutant, change = ALTERATIONS[number % len(ALTERATIONS)]
    change(root, random.Random(f"{seed}/{number}"))
    return mutant
