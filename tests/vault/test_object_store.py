"""Objects on a disk that fails, and their way back out."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from clinicir.domain.errors import StorageError
from clinicir.domain.ids import ObjectId
from clinicir.vault.disk import OsFileSystem
from clinicir.vault.object_store import MEMORY_LIMIT_BYTES, ObjectStore
from clinicir.vault.objects import BLOCK_BYTES, ObjectKind, seal_bytes
from tests.vault.key_samples import INCIDENT_KEY, flipped, store

DOCUMENT = ObjectKind.DOCUMENT
CONTENT = bytes(i * 13 & 255 for i in range(BLOCK_BYTES + 70_000))


def files_of(root: Path) -> list[Path]:
    """Every file under a vault folder."""
    return [path for path in root.rglob("*") if path.is_file()]


def test_a_content_comes_back_with_what_was_said_of_it(tmp_path: Path) -> None:
    objects = store(tmp_path)
    stored = objects.put(CONTENT, INCIDENT_KEY, DOCUMENT, {"kind": "plainte"})
    path = objects.path(stored.object_id)
    assert path.relative_to(tmp_path).parts[:2] == ("objects", stored.object_id[:2])
    assert stored.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert stored.cipher_sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert stored.size_bytes == len(CONTENT)
    opened = objects.read(stored.object_id, INCIDENT_KEY)
    assert opened.content == CONTENT
    assert opened.metadata == {
        "kind": "plainte", "sha256": stored.sha256, "size": len(CONTENT),
    }  # fmt: skip
    assert objects.check(stored.object_id, INCIDENT_KEY) == stored
    assert files_of(tmp_path) == [path]


def test_the_clear_content_is_not_in_the_file(tmp_path: Path) -> None:
    objects = store(tmp_path)
    secret = b"Madame Exemple, 12 rue des Tests" * 40
    stored = objects.put(secret, INCIDENT_KEY, DOCUMENT, {"name": "Madame Exemple"})
    assert b"Exemple" not in objects.path(stored.object_id).read_bytes()


def test_a_large_content_is_written_out_after_a_full_check(tmp_path: Path) -> None:
    objects = store(tmp_path)
    stored = objects.put(CONTENT, INCIDENT_KEY, DOCUMENT, {})
    with OsFileSystem().create(tmp_path / "out") as handle:
        assert objects.copy_out(stored.object_id, INCIDENT_KEY, handle) == stored
    assert (tmp_path / "out").read_bytes() == CONTENT
    path = objects.path(stored.object_id)
    path.write_bytes(flipped(path.read_bytes(), 8 * (len(CONTENT) + 100)))
    with (
        OsFileSystem().create(tmp_path / "out2") as handle,
        pytest.raises(StorageError, match=r"vault\.object_damaged"),
    ):
        objects.copy_out(stored.object_id, INCIDENT_KEY, handle)
    assert (tmp_path / "out2").read_bytes() == b""


@pytest.mark.parametrize("place", [0, 60, 90, 112, 500, BLOCK_BYTES + 5000, -1])
def test_damage_is_found_by_both_readers(tmp_path: Path, place: int) -> None:
    objects = store(tmp_path)
    stored = objects.put(CONTENT, INCIDENT_KEY, DOCUMENT, {})
    path = objects.path(stored.object_id)
    content = path.read_bytes()
    for hurt in (flipped(content, place % len(content) * 8), content[:-1], content + b"\0"):
        path.write_bytes(hurt)
        for act in (objects.read, objects.check):
            with pytest.raises(StorageError, match=r"vault\.object_damaged"):
                act(stored.object_id, INCIDENT_KEY)


def test_an_absent_object_is_said_to_be_absent(tmp_path: Path) -> None:
    for act in (store(tmp_path).read, store(tmp_path).check):
        with pytest.raises(StorageError, match=r"vault\.object_missing"):
            act("0" * 32, INCIDENT_KEY)


def test_metadata_that_tell_of_another_content_are_damage(tmp_path: Path) -> None:
    objects = store(tmp_path)
    plain = b"\0\0\0\x02{}" + b"content"
    path = objects.path("0" * 32)
    path.parent.mkdir(parents=True)
    path.write_bytes(seal_bytes(INCIDENT_KEY, DOCUMENT, "0" * 32, plain))
    for act in (objects.read, objects.check):
        with pytest.raises(StorageError, match=r"vault\.object_damaged"):
            act(ObjectId("0" * 32), INCIDENT_KEY)


def test_what_is_too_large_for_memory_is_not_read_there(tmp_path: Path) -> None:
    objects = store(tmp_path)
    path = objects.path("0" * 32)
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        file.truncate(MEMORY_LIMIT_BYTES + 1)
    with pytest.raises(ValueError, match="copy_out"):
        objects.read("0" * 32, INCIDENT_KEY)


class LyingDisk(OsFileSystem):
    """Changes one bit of what it keeps, as a failing drive would."""

    def replace(self, source: Path, target: Path) -> None:
        source.write_bytes(flipped(source.read_bytes(), 8 * 200))
        super().replace(source, target)


def test_a_disk_that_lies_is_caught_by_the_read_back(tmp_path: Path) -> None:
    objects = ObjectStore(LyingDisk(), tmp_path)
    with pytest.raises(StorageError, match=r"vault\.object_damaged"):
        objects.put(CONTENT, INCIDENT_KEY, DOCUMENT, {})
    assert files_of(tmp_path) == []


class FullDisk(OsFileSystem):
    """Has room for 70 MiB when asked."""

    def free_bytes(self, path: Path) -> int:
        return 70 << 20


def test_a_full_disk_is_said_before_anything_is_written(tmp_path: Path) -> None:
    objects = ObjectStore(FullDisk(), tmp_path)
    assert objects.put(b"small", INCIDENT_KEY, DOCUMENT, {}).size_bytes == 5
    before = files_of(tmp_path)
    with pytest.raises(StorageError, match=r"disk\.full"):
        objects.put(bytes(7 << 20), INCIDENT_KEY, DOCUMENT, {})
    assert files_of(tmp_path) == before


@pytest.mark.parametrize("most", [1, 16, 65_536, BLOCK_BYTES, BLOCK_BYTES + 1, len(CONTENT) + 9])
def test_the_beginning_is_read_alone(tmp_path: Path, most: int) -> None:
    objects = store(tmp_path)
    stored = objects.put(CONTENT, INCIDENT_KEY, DOCUMENT, {"name": "a"})
    opened = objects.read(stored.object_id, INCIDENT_KEY, most=most)
    assert opened.content == CONTENT[:most]
    assert opened.metadata["name"] == "a"


def test_the_beginning_of_what_is_damaged_further_is_right_and_of_a_damaged_one_refused(
    tmp_path: Path,
) -> None:
    objects = store(tmp_path)
    stored = objects.put(CONTENT, INCIDENT_KEY, DOCUMENT, {})
    path = objects.path(stored.object_id)
    content = path.read_bytes()
    path.write_bytes(flipped(content, 8 * (len(content) - 1)))
    assert objects.read(stored.object_id, INCIDENT_KEY, most=16).content == CONTENT[:16]
    for place in (0, 60, 112, 500):
        path.write_bytes(flipped(content, 8 * place))
        with pytest.raises(StorageError, match=r"vault\.object_damaged"):
            objects.read(stored.object_id, INCIDENT_KEY, most=16)
    path.write_bytes(content[:50])
    with pytest.raises(StorageError, match=r"vault\.object_damaged"):
        objects.read(stored.object_id, INCIDENT_KEY, most=16)
    path.unlink()
    with pytest.raises(StorageError, match=r"vault\.object_missing"):
        objects.read(stored.object_id, INCIDENT_KEY, most=16)


def test_the_beginning_of_an_empty_content_is_empty(tmp_path: Path) -> None:
    objects = store(tmp_path)
    stored = objects.put(b"", INCIDENT_KEY, DOCUMENT, {})
    assert objects.read(stored.object_id, INCIDENT_KEY, most=16).content == b""
