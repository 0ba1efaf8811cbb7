"""Four adversaries who rewrite a trail, each with what he has (security design 1.2 and 3.6)."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import combinations
from pathlib import Path

from clinicir.vault.ciphers import BodyCiphers
from clinicir.vault.disk import OsFileSystem
from clinicir.vault.header import load_header
from clinicir.vault.key_files import KeyFiles
from clinicir.vault.keys import KeyRing
from clinicir.vault.line import Envelope, parse, seal
from clinicir.vault.verify import Verdict, verify_bodies
from tests.campaigns.mutants import rechained
from tests.vault.dossier_samples import bodies_of, checkpoint, trail_lines
from tests.vault.key_samples import MASTER
from tests.vault.vault_samples import forge_head


class Who(Enum):
    """The columns of table 3.6."""

    ACCIDENT = "accident"
    STRANGER = "stranger"
    MALWARE = "malware"
    OWNER = "owner"

    @property
    def has_keys(self) -> bool:
        return self in (Who.MALWARE, Who.OWNER)


Item = tuple[int, str]
"""Index of an entry as it was written, and what was changed in it: empty, or a new text."""
Edit = Callable[[list[Item]], list[Item]]


def single_edits(count: int) -> Iterator[tuple[str, Edit]]:
    """Every edit of one entry, or of two exchanged, of a trail of `count` entries; no cut."""
    for i in range(count):
        yield f"edit {i}", lambda items, i=i: _put(items, i, (items[i][0], items[i][1] + "!"))  # type: ignore[misc]
        yield f"delete {i}", lambda items, i=i: items[:i] + items[i + 1 :]  # type: ignore[misc]
        yield f"double {i}", lambda items, i=i: items[: i + 1] + items[i:]  # type: ignore[misc]
        yield f"insert {i}", lambda items, i=i: [*items[:i], (items[i][0], "new"), *items[i:]]  # type: ignore[misc]
    for i, j in combinations(range(count), 2):
        yield f"swap {i} {j}", lambda items, i=i, j=j: _swap(items, i, j)  # type: ignore[misc]


def _put(items: list[Item], at: int, item: Item) -> list[Item]:
    return [*items[:at], item, *items[at + 1 :]]


def _swap(items: list[Item], i: int, j: int) -> list[Item]:
    return _put(_put(items, i, items[j]), j, items[i])


@dataclass(frozen=True)
class Written:
    """A vault as it was written, and all that an adversary with the keys knows."""

    root: Path
    lines: tuple[bytes, ...]
    bodies: tuple[bytes, ...]
    ring: KeyRing

    @classmethod
    def of(cls, root: Path) -> Written:
        """Of a sample vault."""
        disk = OsFileSystem()
        header, _ = load_header(disk, root, may_mend=False)
        ring = KeyRing(MASTER, KeyFiles(disk, root, header.vault_id, may_mend=False))
        return cls(root, tuple(trail_lines(root)), tuple(bodies_of(root)), ring)

    def items(self) -> list[Item]:
        """The entries, untouched."""
        return [(i, "") for i in range(len(self.lines))]

    def copy(self, target: Path) -> Path:
        """The vault again, elsewhere."""
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(self.root, target)
        return target

    def rewrite(self, root: Path, who: Who, items: Sequence[Item]) -> None:
        """Write `items` into a copy as well as `who` can."""
        lines = self._resealed(items) if who.has_keys else [self._edited(item) for item in items]
        if who is Who.STRANGER:
            start = next((i for i, item in enumerate(items) if item != (i, "")), len(items))
            lines = rechained(lines, start)
        (root / "trail" / "trail-000001.jsonl").write_bytes(b"".join(lines))
        if who is not Who.ACCIDENT:
            forge_head(root, self.ring.head_key if who.has_keys else bytes(32))

    def _edited(self, item: Item) -> bytes:
        line = self.lines[item[0]]
        return line.replace(b'"t":"2026', b'"t":"20%02d' % (26 + len(item[1]))) if item[1] else line

    def _resealed(self, items: Sequence[Item]) -> list[bytes]:
        """What was not touched keeps its bytes: a forger with keys changes no more than he must."""
        ciphers, lines = BodyCiphers(self.ring), list[bytes]()
        for n, (at, text) in enumerate(items, 1):
            if all(item == (i, "") for i, item in enumerate(items[:n])):
                lines.append(self.lines[at])
                continue
            body = self.bodies[at].replace(b'"by":"', b'"by":"' + text.encode())
            before = lines[-1] if lines else (self.root / "vault.json").read_bytes()
            envelope: Envelope = replace(
                parse(self.lines[at]), n=n, previous=hashlib.sha256(before).hexdigest(),
                body_sha256=hashlib.sha256(body).hexdigest(),
            )  # fmt: skip
            cipher = ciphers.get(envelope.incident)
            assert cipher is not None
            lines.append(seal(cipher, envelope, body))
        return lines

    def anchor(self, root: Path, n: int) -> None:
        """What a third party brings back: the checkpoint of entry `n` as it was then."""
        place = root / "anchors" / f"checkpoint-{n:06d}.txt"
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(checkpoint(self.root, n))

    def look(self, root: Path) -> Verdict:
        """What the program says with the keys."""
        return verify_bodies(root, BodyCiphers(self.ring).get, self.ring.head_key)
