"""What an opening mends, what it only tells, and what closes the vault to writing."""

from __future__ import annotations

import hashlib

import pytest

from clinicir.domain.audit import EntryDraft, TrailPosition
from clinicir.domain.errors import StorageError
from clinicir.vault.head import SLOT_BYTES, read_slots
from clinicir.vault.line import LINE_LIMIT
from clinicir.vault.vault import Vault
from clinicir.vault.verify import verify_chain
from tests.vault.crash import (
    BY,
    FIRST,
    ROOT,
    SECOND,
    NoLock,
    SteadyClock,
    Story,
    open_on,
    ring,
    rotating_story,
    short_story,
)
from tests.vault.simfs import Image, SimDisk
from tests.vault.test_line import GENESIS

TRAIL = "/vault/trail/trail-000001.jsonl"
HEAD = "/vault/trail/head"


@pytest.fixture(scope="module")
def image() -> Image:
    return short_story(SimDisk()).disk.image()


def _lines(image: Image) -> list[bytes]:
    return image[TRAIL].splitlines(keepends=True)


class Mark:
    """A high-water mark in memory."""

    def __init__(self, position: TrailPosition | None) -> None:
        self.position = position

    def load_mark(self) -> TrailPosition | None:
        return self.position

    def save_mark(self, position: TrailPosition) -> None:
        self.position = position


class DeadMark(Mark):
    """A keyring that does not answer."""

    def load_mark(self) -> TrailPosition | None:
        raise StorageError("keyring.unavailable")

    def save_mark(self, position: TrailPosition) -> None:
        raise StorageError("keyring.unavailable")


def _open_marked(image: Image, mark: Mark) -> Vault:
    return Vault.open_with(
        ROOT, ring, SteadyClock(), SimDisk(image), NoLock(), mark_of=lambda _vault_id: mark
    )


def test_nothing_is_mended_in_a_vault_closed_well(image: Image) -> None:
    disk = SimDisk(image)
    vault = open_on(disk)
    assert vault.state.read_only is None
    assert disk.ops == []
    assert verify_chain(ROOT, disk).is_intact


@pytest.mark.parametrize("size", [1, 100, LINE_LIMIT])
def test_a_torn_line_is_kept_aside_and_told(image: Image, size: int) -> None:
    tail = (b'{"a":"u-01234567","b":"' + b"A" * size)[:size]
    disk = SimDisk(image | {TRAIL: image[TRAIL] + tail})
    vault = open_on(disk)
    assert vault.state.read_only is None
    told = list(vault.journal())[-1]
    assert told.kind == "recovery.torn_tail"
    assert told.detail["bytes"] == size
    assert told.detail["sha256"] == hashlib.sha256(tail).hexdigest()
    names = told.detail["quarantined"]
    assert isinstance(names, list)
    assert disk.image()[f"/vault/quarantine/{names[0]}"] == tail
    assert verify_chain(ROOT, disk).is_intact
    assert open_on(disk).position == vault.position


def test_a_tail_longer_than_a_line_is_damage(image: Image) -> None:
    changed = image | {TRAIL: image[TRAIL] + b"x" * (LINE_LIMIT + 1)}
    disk = SimDisk(changed)
    vault = open_on(disk)
    assert vault.state.read_only == "trail.damaged"
    assert vault.state.at_entry == len(_lines(image)) + 1
    assert disk.image() == changed
    with pytest.raises(StorageError):
        vault.commit(EntryDraft("note.add", FIRST, BY))


def test_an_inner_damage_leaves_the_rest_before_it_readable(image: Image) -> None:
    lines = _lines(image)
    lines[4] = lines[4].replace(b'"m":', b'"m":9')
    disk = SimDisk(image | {TRAIL: b"".join(lines)})
    vault = open_on(disk)
    assert (vault.state.read_only, vault.state.at_entry) == ("trail.damaged", 5)
    assert [entry.n for entry in vault.journal()] == [1, 2, 3, 4]
    assert vault.records(FIRST, "fact") == {"malicious": {"value": "yes"}}
    assert disk.ops == []


def test_a_forged_last_line_is_not_taken(image: Image) -> None:
    last = _lines(image)[-1]
    n = len(_lines(image))
    forged = last.replace(b'"n":%d' % n, b'"n":%d' % (n + 1))
    start = forged.index(b'"p":"') + 5
    head = hashlib.sha256(last).hexdigest().encode()
    forged = forged[:start] + head + forged[start + 64 :]
    vault = open_on(SimDisk(image | {TRAIL: image[TRAIL] + forged}))
    assert list(vault.journal())[n].kind == "recovery.torn_tail"


@pytest.mark.parametrize("torn", [0, 1])
def test_one_torn_slot_is_written_again(image: Image, torn: int) -> None:
    content = bytearray(image[HEAD])
    content[torn * SLOT_BYTES + 10 : torn * SLOT_BYTES + 300] = bytes(290)
    disk = SimDisk(image | {HEAD: bytes(content)})
    vault = open_on(disk)
    assert vault.state.read_only is None
    assert not vault.state.head_lost
    assert disk.image()[HEAD] == image[HEAD]


def test_a_line_without_its_slot_counts(image: Image) -> None:
    slots = read_slots(image[HEAD])
    last = max(slot.position.n for slot in slots if slot is not None)
    story = short_story(SimDisk())
    before = story.disk.image()
    story.set_fact(FIRST, "stad_attack", "yes")
    killed = story.disk.image() | {HEAD: before[HEAD]}
    assert [f.code for f in verify_chain(ROOT, SimDisk(killed)).findings] == ["head.behind"]
    disk = SimDisk(killed)
    assert open_on(disk).position.n == last + 1
    assert verify_chain(ROOT, disk).is_intact


def test_a_lost_head_is_told_and_made_again(image: Image) -> None:
    for changed in (
        {path: content for path, content in image.items() if path != HEAD},
        image | {HEAD: bytes(1024)},
    ):
        disk = SimDisk(changed)
        vault = open_on(disk)
        assert vault.state.head_lost
        assert vault.state.read_only is None
        entry = list(vault.journal())[-1]
        assert entry.kind == "rollback.detected"
        assert verify_chain(ROOT, disk).is_intact
        assert not open_on(disk).state.head_lost


def test_an_older_copy_is_told(image: Image) -> None:
    story = short_story(SimDisk())
    old = story.disk.image()
    mark = Mark(None)
    with _open_marked(old, mark) as vault:
        vault.commit(EntryDraft("note.add", FIRST, BY))
    assert mark.position == vault.position
    before = mark.position
    with _open_marked(old, mark) as vault:
        assert vault.state.rolled_back_from == before
        entry = list(vault.journal())[-1]
        assert entry.kind == "rollback.detected"
        assert entry.detail["mark_n"] == before.n
        assert entry.detail["mark_head"] == before.head
    assert mark.position == vault.position
    with _open_marked(image, DeadMark(None)) as vault:
        assert vault.state.rolled_back_from is None


def test_an_older_branch_is_told_even_when_it_is_longer(image: Image) -> None:
    mark = Mark(TrailPosition(3, "0" * 64))
    with _open_marked(image, mark) as vault:
        assert vault.state.rolled_back_from == TrailPosition(3, "0" * 64)


def test_strangers_are_set_aside_once(image: Image) -> None:
    strangers = {
        "/vault/trail/trail-000001 (1).jsonl": b"conflict",
        "/vault/trail/head-PC2": b"conflict",
        "/vault/objects/aa/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.cev": b"orphan",
        "/vault/objects/ab/readme.txt": b"?",
        "/vault/objects/file": b"?",
        "/vault/tmp/0123": b"unfinished copy",
        "/vault/trail/.DS_Store": b"of the system",
    }
    disk = SimDisk(image | strangers)
    vault = open_on(disk)
    entry = list(vault.journal())[-1]
    assert entry.kind == "recovery.orphans"
    told = entry.detail["quarantined"]
    assert isinstance(told, list)
    assert len(told) == 5
    after = disk.image()
    assert {after[f"/vault/quarantine/{name}"] for name in told} == {b"conflict", b"orphan", b"?"}
    assert "/vault/tmp/0123" not in after
    assert "/vault/trail/.DS_Store" in after
    assert open_on(disk).position == vault.position


def test_a_lost_object_is_told_and_the_rest_goes_on(image: Image) -> None:
    path = next(name for name in image if name.endswith(".cev"))
    vault = open_on(SimDisk({name: image[name] for name in image if name != path}))
    assert vault.state.missing_objects == (path.split("/")[-1].removesuffix(".cev"),)
    assert vault.commit(EntryDraft("note.add", FIRST, BY)).n > 9


def test_a_lost_rename_of_an_object_is_finished(image: Image) -> None:
    path = next(name for name in image if name.endswith(".cev"))
    object_id = path.split("/")[-1].removesuffix(".cev")
    moved = {name: image[name] for name in image if name != path}
    disk = SimDisk(moved | {f"/vault/tmp/{object_id}": image[path]})
    vault = open_on(disk)
    assert disk.image()[path] == image[path]
    assert list(vault.journal())[-1].kind == "recovery.object"
    wrong = SimDisk(moved | {f"/vault/tmp/{object_id}": b"something else"})
    assert open_on(wrong).state.missing_objects == (object_id,)


@pytest.mark.parametrize("path", ["/vault/vault.json", "/vault/keys/ik-practice.json"])
def test_a_lost_copy_is_mended_and_told(image: Image, path: str) -> None:
    for changed in ({n: c for n, c in image.items() if n != path}, image | {path: b"{}"}):
        disk = SimDisk(changed)
        vault = open_on(disk)
        assert disk.image()[path] == image[path]
        assert list(vault.journal())[-1].kind == "recovery.key_copy"


def test_a_lost_key_seals_one_incident_only(image: Image) -> None:
    name = f"ik-{SECOND}.json"
    disk = SimDisk({path: image[path] for path in image if not path.endswith(name)})
    vault = open_on(disk)
    assert vault.state.sealed_incidents == (SECOND,)
    assert vault.state.read_only is None
    sealed = list(vault.journal(SECOND))
    assert all(entry.sealed and entry.detail == {} for entry in sealed)
    assert vault.records(FIRST, "evidence")
    with pytest.raises(StorageError) as caught:
        vault.commit(EntryDraft("note.add", SECOND, BY))
    assert caught.value.code == "key.missing"
    assert sum(path.endswith(".cev") for path in disk.image()) == 2, "its objects stay in place"


def test_files_of_the_trail_are_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clinicir.vault.trail.ROTATE_BYTES", 2_000)
    story = rotating_story(SimDisk())
    image = story.disk.image()
    files = sorted(path for path in image if "/trail/trail-" in path)
    assert len(files) >= 3
    assert all(len(image[path]) <= 2_000 for path in files)
    assert [entry.n for entry in open_on(SimDisk(image)).journal()] == list(range(1, 9))
    lost = {path: image[path] for path in image if path != files[1]}
    vault = open_on(SimDisk(lost))
    assert vault.state.read_only == "trail.acknowledged_missing"
    assert not verify_chain(ROOT, SimDisk(lost)).is_intact
    changed = image | {files[1]: image[files[1]][1:]}
    assert open_on(SimDisk(changed)).state.read_only == "trail.damaged"


def test_a_folder_that_may_only_be_read_opens(image: Image) -> None:
    class Refused(NoLock):
        def acquire(self) -> None:
            raise StorageError("disk.readonly")

    disk = SimDisk(image)
    vault = Vault.open_with(ROOT, ring, SteadyClock(), disk, Refused())
    assert vault.state.read_only == "disk.readonly"
    assert vault.records(FIRST, "evidence")
    assert disk.ops == []
    with pytest.raises(StorageError) as caught:
        vault.put(b"x", FIRST, {})
    assert caught.value.code == "vault.read_only"


def test_nothing_readable_is_said_so(image: Image) -> None:
    with pytest.raises(StorageError) as caught:
        open_on(SimDisk(image | {TRAIL: b"garbage"}))
    assert caught.value.code == "vault.damaged"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b'{"format":"clinicir-vault","suite":1,"v":2}', "vault.newer"),
        (b'{"format":"clinicir-vault","suite":2,"v":1}', "vault.newer"),
        (b"", "vault.bad_header"),
        (b"{}", "vault.bad_header"),
        (b'{"format":"another","suite":1,"v":1}', "vault.bad_header"),
        (GENESIS.replace(b'"format"', b'"drill":false,"format"'), "vault.bad_header"),
        (GENESIS.replace(b'"v":1', b'"u":1,"v":1'), "vault.bad_header"),
        (GENESIS.replace(b"T21:13:07.000Z", b" 21:13"), "vault.bad_header"),
    ],
)
def test_another_header_is_said_so(image: Image, content: bytes, code: str) -> None:
    both = {"/vault/vault.json": content, "/vault/keys.bak/vault.json": content}
    with pytest.raises(StorageError) as caught:
        open_on(SimDisk(image | both))
    assert caught.value.code == code


def test_a_key_left_by_a_failed_opening_of_an_incident_is_replaced() -> None:
    story = Story.begin(SimDisk())
    story.vault.ring.create_incident_key(FIRST)
    story.open_incident(FIRST)
    assert open_on(story.disk).incidents() == (FIRST,)
