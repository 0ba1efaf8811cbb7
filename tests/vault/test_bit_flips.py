"""T6 in short: no bit of the trail, its head or the header changes unseen."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from clinicir.domain.errors import ClinicirError
from clinicir.vault.ciphers import BodyCiphers
from clinicir.vault.key_files import KeyFiles
from clinicir.vault.verify import Verdict, verify_bodies, verify_chain
from tests.vault.crash import FIRST, ROOT, Story, open_on, ring
from tests.vault.simfs import Image, SimDisk

TRAIL = "/vault/trail/trail-000001.jsonl"
HEAD = "/vault/trail/head"


@pytest.fixture(scope="module")
def image() -> Image:
    story = Story.begin(SimDisk())
    story.open_incident(FIRST)
    story.add_evidence(FIRST, b"journal")
    story.set_fact(FIRST, "malicious", "yes")
    return story.disk.image()


def _flips(size: int, count: int, seed: int) -> list[tuple[int, int]]:
    """Every byte once, with one bit drawn, and more bits at random."""
    draw = random.Random(seed)
    return [(position, draw.randrange(8)) for position in range(size)] + [
        (draw.randrange(size), draw.randrange(8)) for _ in range(count)
    ]


def _verdicts(image: Image) -> tuple[Verdict, Verdict]:
    disk = SimDisk(image)
    vault_id = open_on(SimDisk(image)).header.vault_id
    keys = ring(KeyFiles(disk, ROOT, vault_id))
    return (
        verify_chain(ROOT, disk),
        verify_bodies(ROOT, BodyCiphers(keys).get, keys.head_key, disk),
    )


def test_an_untouched_vault_is_intact(image: Image) -> None:
    chain, bodies = _verdicts(image)
    assert chain.is_intact
    assert bodies.is_intact
    assert (chain.position.n, chain.objects_named, chain.objects_present) == (4, 1, 1)
    assert (bodies.bodies_opened, bodies.bodies_sealed) == (4, 0)


@pytest.mark.parametrize("path", [TRAIL, HEAD, "/vault/vault.json"])
def test_every_flipped_byte_is_seen_without_key(image: Image, path: str) -> None:
    unseen = []
    for position, bit in _flips(len(image[path]), 400, seed=1):
        changed = bytearray(image[path])
        changed[position] ^= 1 << bit
        verdict = verify_chain(ROOT, SimDisk(image | {path: bytes(changed)}))
        if verdict.is_intact and not _harmless_mac(path, image[path], position):
            unseen.append((position, bit))
    assert unseen == []


def _harmless_mac(path: str, content: bytes, position: int) -> bool:
    """A digit of a slot's MAC that stays a digit: only the key can tell, and the next test does."""
    start = content.index(b'"mac":"') + 7
    return path == HEAD and start <= position % 512 < start + 32


def test_every_flipped_byte_is_seen_with_the_keys(image: Image) -> None:
    disk = SimDisk(image)
    keys = ring(KeyFiles(disk, ROOT, open_on(SimDisk(image)).header.vault_id))
    ciphers = BodyCiphers(keys)
    for path in (TRAIL, HEAD, "/vault/vault.json"):
        for position, bit in _flips(len(image[path]), 100, seed=2):
            changed = bytearray(image[path])
            changed[position] ^= 1 << bit
            again = SimDisk(image | {path: bytes(changed)})
            assert not verify_bodies(ROOT, ciphers.get, keys.head_key, again).is_intact


def test_an_opening_never_takes_changed_bytes_for_good(image: Image) -> None:
    kept = open_on(SimDisk(image))
    facts = kept.records(FIRST, "fact")
    for path in (TRAIL, HEAD, "/vault/vault.json"):
        for position, bit in _flips(len(image[path]), 0, seed=3)[::3]:
            changed = bytearray(image[path])
            changed[position] ^= 1 << bit
            try:
                vault = open_on(SimDisk(image | {path: bytes(changed)}))
            except ClinicirError:
                continue
            if path == TRAIL:
                # damage to what was acknowledged is never mended away
                assert vault.state.read_only in ("trail.damaged", "trail.acknowledged_missing")
            else:
                assert vault.state.read_only is None
                assert vault.records(FIRST, "fact") == facts


def test_a_changed_object_is_named_by_its_entry(image: Image) -> None:
    path = next(name for name in image if name.endswith(".cev"))
    for position in range(0, len(image[path]), 7):
        changed = bytearray(image[path])
        changed[position] ^= 16
        verdict = verify_chain(ROOT, SimDisk(image | {path: bytes(changed)}))
        assert [(f.code, f.entry) for f in verdict.findings] == [("object.changed", 3)]


def test_a_cut_end_is_seen(image: Image) -> None:
    lines = image[TRAIL].splitlines(keepends=True)
    for kept in range(len(lines)):
        shorter = image | {TRAIL: b"".join(lines[:kept])}
        verdict = verify_chain(ROOT, SimDisk(shorter))
        assert [(f.code, f.entry) for f in verdict.findings][:1] == [
            ("head.missing_entries", kept + 1)
        ]
        if kept:
            vault = open_on(SimDisk(shorter))
            assert vault.state.read_only == "trail.acknowledged_missing"
            assert vault.state.at_entry == kept + 1


def test_lines_put_in_another_order_are_seen(image: Image) -> None:
    lines = image[TRAIL].splitlines(keepends=True)
    for first in range(len(lines) - 1):
        swapped = [*lines]
        swapped[first], swapped[first + 1] = swapped[first + 1], swapped[first]
        verdict = verify_chain(ROOT, SimDisk(image | {TRAIL: b"".join(swapped)}))
        assert verdict.findings[0].entry == first + 1


def test_the_path_of_a_finding_is_that_of_the_file(image: Image) -> None:
    changed = image[TRAIL].replace(b'"k":"fact.set"', b'"k":"fact.sex"')
    finding = verify_chain(ROOT, SimDisk(image | {TRAIL: changed})).findings[0]
    assert (ROOT / Path(finding.file)).as_posix() in image
