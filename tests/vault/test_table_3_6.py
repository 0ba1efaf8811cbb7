"""T7: every cell of table 3.6 of the security design, for four adversaries.

The long form, with every double edit: `python -m tests.campaigns.table_3_6`.
"""

from __future__ import annotations

import hashlib
import random
import re
from pathlib import Path

import pytest

from clinicir.domain.audit import TrailPosition
from clinicir.vault.vault import Vault
from clinicir.vault.verify import verify_chain
from tests.campaigns.mutants import rechained
from tests.vault.forger import Item, Who, Written, single_edits
from tests.vault.vault_samples import SteadyClock, forge_head, sample_vault

ANCHOR = 6
"""The entry that a paper outside names; the sample has 9."""
DOUBLES = 120
KEYLESS = (Who.ACCIDENT, Who.STRANGER)
WITH_KEYS = (Who.MALWARE, Who.OWNER)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """A vault of 9 entries, three of which name an object."""
    root = tmp_path_factory.mktemp("table")
    (root / "pieces").mkdir()
    sample_vault(root / "vault", root / "pieces", notes=3)
    return Written.of(root / "vault")


def rewritten(written: Written, items: list[Item], who: Who, root: Path, anchored: bool) -> bool:
    """True when the program reports what `who` did; `root` is a copy that is used again."""
    written.rewrite(root, who, items)
    anchor = root / "anchors" / f"checkpoint-{ANCHOR:06d}.txt"
    anchor.unlink(missing_ok=True)
    if anchored:
        written.anchor(root, ANCHOR)
    return not written.look(root).is_intact


def wrong_cell(written: Written, items: list[Item], who: Who, root: Path) -> str | None:
    """What the program says that the table does not, for one rewriting."""
    if items == written.items():
        return None
    before_anchor = items[:ANCHOR] != written.items()[:ANCHOR]
    alone = rewritten(written, items, who, root, anchored=False)
    with_anchor = rewritten(written, items, who, root, anchored=True)
    if not who.has_keys:
        return None if alone and with_anchor else f"{who.value}: unseen"
    if alone:
        return f"{who.value}: seen without an anchor, which nobody can promise"
    if with_anchor != before_anchor:
        return f"{who.value}: with an anchor at {ANCHOR}, seen {with_anchor}"
    return None


@pytest.mark.parametrize("who", list(Who))
def test_every_single_edit_of_an_inner_entry(written: Written, who: Who, tmp_path: Path) -> None:
    root = written.copy(tmp_path / "copy")
    found = {
        name: wrong_cell(written, edit(written.items()), who, root)
        for name, edit in single_edits(len(written.lines))
    }
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("who", list(Who))
def test_double_edits(written: Written, who: Who, tmp_path: Path) -> None:
    root = written.copy(tmp_path / "copy")
    edits, draw = list(single_edits(len(written.lines) - 1)), random.Random(who.value)
    for _ in range(DOUBLES):
        (first, one), (second, two) = draw.choices(edits, k=2)
        wrong = wrong_cell(written, two(one(written.items())), who, root)
        assert wrong is None, f"{first}, {second}: {wrong}"


@pytest.mark.parametrize("who", list(Who))
def test_cutting_the_last_entries(written: Written, who: Who, tmp_path: Path) -> None:
    root = written.copy(tmp_path / "copy")
    for left in range(1, len(written.lines)):
        assert wrong_cell(written, written.items()[:left], who, root) is None, left


class KeptMark:
    """A high-water mark outside the folder."""

    def __init__(self, mark: TrailPosition | None) -> None:
        self._mark = mark

    def load_mark(self) -> TrailPosition | None:
        return self._mark

    def save_mark(self, position: TrailPosition) -> None:
        self._mark = position


def opened_back(written: Written, root: Path, mark: KeptMark) -> TrailPosition | None:
    """What the opening says of a copy that was put back."""
    with Vault.open_with(
        root, lambda _: written.ring, SteadyClock(), mark_of=lambda _: mark
    ) as vault:
        return vault.state.rolled_back_from


@pytest.mark.parametrize("who", [Who.STRANGER, *WITH_KEYS])
def test_putting_back_every_earlier_state(written: Written, who: Who, tmp_path: Path) -> None:
    """By the mark of the keyring, which whoever has the keys can move back; else by an anchor."""
    count = len(written.lines)
    last = TrailPosition(count, hashlib.sha256(written.lines[-1]).hexdigest())
    for left in range(1, count):
        root = written.copy(tmp_path / "copy")
        (root / "trail" / "trail-000001.jsonl").write_bytes(b"".join(written.lines[:left]))
        forge_head(root, written.ring.head_key)  # the slots of that time
        assert written.look(root).is_intact
        written.anchor(root, ANCHOR)
        assert written.look(root).is_intact == (left >= ANCHOR)
        seen = opened_back(written, root, KeptMark(None if who.has_keys else last))
        assert seen == (None if who.has_keys else last)


@pytest.mark.parametrize("who", KEYLESS)
def test_a_changed_file_is_seen_without_the_keys(
    written: Written, who: Who, tmp_path: Path
) -> None:
    for name in sorted(path.name for path in written.root.rglob("*.cev")):
        root = written.copy(tmp_path / "copy")
        victim = next(root.rglob(name))
        victim.write_bytes(victim.read_bytes()[:-1] + b"?")
        if who is Who.STRANGER:  # the new digest in the entry, all re-chained
            lines = list(written.lines)
            at = next(i for i, line in enumerate(lines) if _names(line, written.root, name))
            new = hashlib.sha256(victim.read_bytes()).hexdigest().encode()
            lines[at] = re.sub(rb'"o":"[0-9a-f]{64}"', b'"o":"' + new + b'"', lines[at])
            _write_rechained(root, lines, at)
        assert not written.look(root).is_intact


@pytest.mark.parametrize("who", WITH_KEYS)
def test_a_changed_file_is_seen_with_the_keys_only_before_an_anchor(
    written: Written, who: Who, tmp_path: Path
) -> None:
    at = next(i for i, line in enumerate(written.lines) if b'"o":"' in line)
    old = re.search(rb'"o":"([0-9a-f]{64})"', written.lines[at])
    assert old is not None
    root = written.copy(tmp_path / "copy")
    victim = next(
        path for path in root.rglob("*.cev")
        if hashlib.sha256(path.read_bytes()).hexdigest().encode() == old[1]
    )  # fmt: skip
    victim.write_bytes(b"another file, sealed with the right keys")
    new = hashlib.sha256(victim.read_bytes()).hexdigest().encode()
    forged = Written(
        written.root,
        tuple(line.replace(old[1], new) for line in written.lines),
        written.bodies,
        written.ring,
    )
    items = [(i, "x" if i >= at else "") for i in range(len(written.lines))]
    forged.rewrite(root, who, items)
    assert forged.look(root).is_intact
    for n in range(1, len(written.lines) + 1):
        written.anchor(root, n)
        assert written.look(root).is_intact == (n <= at), n


@pytest.mark.parametrize("who", list(Who))
def test_what_was_false_when_written_is_never_seen(
    written: Written, who: Who, tmp_path: Path
) -> None:
    """The last row: the sample says what its author wanted, and every anchor agrees with it."""
    root = written.copy(tmp_path / who.value)
    for n in range(1, len(written.lines) + 1):
        written.anchor(root, n)
    assert written.look(root).is_intact
    assert verify_chain(root).is_intact


def _names(line: bytes, root: Path, name: str) -> bool:
    digest = hashlib.sha256(next(root.rglob(name)).read_bytes()).hexdigest()
    return f'"o":"{digest}"'.encode() in line


def _write_rechained(root: Path, lines: list[bytes], at: int) -> None:
    (root / "trail" / "trail-000001.jsonl").write_bytes(b"".join(rechained(lines, at + 1)))
    forge_head(root)
