"""Taking in a proof: one reading, nothing left behind by a failure, the source untouched."""

from __future__ import annotations

import errno
import hashlib
import os
import threading
from collections.abc import Callable
from io import FileIO
from pathlib import Path
from typing import Any

import pytest

from clinicir.domain.errors import ClinicirError, StorageError, UserError
from clinicir.domain.ids import Plain
from clinicir.vault import intake
from clinicir.vault.disk import OsFileSystem
from clinicir.vault.early_sync import EarlySync
from clinicir.vault.fsio import WriteHandle
from clinicir.vault.intake import Watcher, take_in
from clinicir.vault.object_store import ObjectStore
from clinicir.vault.objects import BLOCK_BYTES, frame
from tests.vault.key_samples import INCIDENT_KEY, store

MIB = 1 << 20


def source_of(tmp_path: Path, size: int) -> Path:
    """A file of that size whose blocks all differ."""
    path = tmp_path / "courriel.eml"
    block = bytes(range(256)) * 16
    parts = [i.to_bytes(4, "big") + block[4:] for i in range(size // len(block) + 1)]
    path.write_bytes(b"".join(parts)[:size])
    return path


def refused(act: Callable[[], object]) -> str:
    """Code of the error that `act` raises."""
    with pytest.raises(ClinicirError) as caught:
        act()
    return caught.value.code


def nothing_kept(root: Path) -> bool:
    """True when the vault folder holds no file."""
    return not any(path.is_file() for path in root.rglob("*"))


def exact_first_block() -> int:
    """Size of a content that fills the first block to the byte."""
    metadata: dict[str, Plain] = {
        "mtime": "2026-11-21T08:00:00.000Z", "name": "courriel.eml",
        "sha256": "0" * 64, "size": 1_000_000,
    }  # fmt: skip
    return BLOCK_BYTES - len(frame(metadata))


@pytest.mark.parametrize(
    "size",
    [0, 1, 65_535, 65_536, exact_first_block() - 1, exact_first_block(), exact_first_block() + 1,
     2 * MIB, 3 * MIB + 12_345],
)  # fmt: skip
def test_a_file_of_any_size_comes_back(tmp_path: Path, size: int) -> None:
    source = source_of(tmp_path, size)
    objects = store(tmp_path / "vault")
    stored = take_in(objects, source, INCIDENT_KEY, {"how": "courriel"})
    assert stored.size_bytes == size
    assert stored.sha256 == hashlib.sha256(source.read_bytes()).hexdigest()
    opened = objects.read(stored.object_id, INCIDENT_KEY)
    assert opened.content == source.read_bytes()
    assert opened.metadata["name"] == "courriel.eml"
    assert opened.metadata["how"] == "courriel"
    assert opened.metadata["size"] == size
    file = objects.path(stored.object_id)
    assert stored.cipher_sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert [path for path in objects.root.rglob("*") if path.is_file()] == [file]


class CountingFile(FileIO):
    """Counts what is read of the source."""

    opened = bytes_read = 0

    def __init__(self, descriptor: int) -> None:
        super().__init__(descriptor)
        CountingFile.opened += 1

    def readinto(self, buffer: Any) -> int | None:
        count = super().readinto(buffer)
        CountingFile.bytes_read += count or 0
        return count


def test_the_source_is_read_once_and_never_touched(tmp_path: Path) -> None:
    source = source_of(tmp_path, 3 * MIB)
    before = source.stat()
    seen: list[tuple[int, int]] = []
    watcher = Watcher(progress=lambda done, total: seen.append((done, total)))
    CountingFile.bytes_read = CountingFile.opened = 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(intake, "FileIO", CountingFile)
        take_in(store(tmp_path / "vault"), source, INCIDENT_KEY, {}, watcher)
    assert (CountingFile.opened, CountingFile.bytes_read) == (1, 3 * MIB)
    after = source.stat()
    assert (after.st_mtime_ns, after.st_size, after.st_ino) == (
        before.st_mtime_ns, before.st_size, before.st_ino,
    )  # fmt: skip
    assert seen[-1] == (6 * MIB, 6 * MIB)
    assert [done for done, _ in seen] == sorted({done for done, _ in seen})


@pytest.mark.parametrize("how", ["append", "overwrite", "cut", "replace", "delete"])
def test_a_file_that_changes_during_the_copy_is_refused(tmp_path: Path, how: str) -> None:
    source = source_of(tmp_path, 4 * MIB)
    content = source.read_bytes()

    def disturb(done: int, total: int) -> None:
        if done > 2 * MIB or not source.exists():
            return
        if how == "append":
            source.write_bytes(content + b"!")
        elif how == "overwrite":
            source.write_bytes(content[::-1])
            os.utime(source, ns=(0, done))
        elif how == "cut":
            os.truncate(source, 2 * MIB)
        elif how == "replace":
            source.rename(tmp_path / "elsewhere")
            source.write_bytes(content)
        else:
            source.unlink()

    root = tmp_path / "vault"
    watcher = Watcher(progress=disturb)
    act = lambda: take_in(store(root), source, INCIDENT_KEY, {}, watcher)  # noqa: E731
    assert refused(act) == "evidence.changing"
    assert nothing_kept(root)


@pytest.mark.parametrize("after", [1, 3, 5, 7])
def test_a_cancelled_intake_leaves_nothing(tmp_path: Path, after: int) -> None:
    asked: list[bool] = []

    def cancelled() -> bool:
        asked.append(True)
        return len(asked) > after

    root = tmp_path / "vault"
    source = source_of(tmp_path, 4 * MIB)
    watcher = Watcher(cancelled=cancelled)
    act = lambda: take_in(store(root), source, INCIDENT_KEY, {}, watcher)  # noqa: E731
    assert refused(act) == "evidence.cancelled"
    assert nothing_kept(root)
    assert not any(thread.name == "sha256" for thread in threading.enumerate())


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda _: None, "evidence.file_missing"),
        (lambda path: path.mkdir(), "evidence.unreadable"),
        (lambda path: path.symlink_to("/dev/zero"), "evidence.unreadable"),
        (lambda path: path.symlink_to(__file__), "evidence.unreadable"),
        (lambda path: path.symlink_to("nowhere"), "evidence.unreadable"),
        (lambda path: os.mkfifo(path), "evidence.unreadable"),
    ],
    ids=["absent", "folder", "link to a device", "link to a file", "dead link", "pipe"],
)
def test_only_plain_files_are_taken(
    tmp_path: Path, make: Callable[[Path], object], code: str
) -> None:
    source = tmp_path / "piece"
    make(source)
    root = tmp_path / "vault"
    assert refused(lambda: take_in(store(root), source, INCIDENT_KEY, {})) == code
    assert nothing_kept(root)


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    source = tmp_path / "huge"
    with source.open("wb") as file:
        file.truncate(intake.MAX_BYTES + 1)
    with pytest.raises(UserError) as caught:
        take_in(store(tmp_path / "vault"), source, INCIDENT_KEY, {})
    assert caught.value.code == "evidence.too_large"
    assert caught.value.values["limit"] == 2 << 30


def test_a_source_whose_medium_fails_is_unreadable(tmp_path: Path) -> None:
    class FailingFile(FileIO):
        def readinto(self, buffer: Any) -> int | None:
            raise OSError(errno.EIO, "medium")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(intake, "FileIO", FailingFile)
        source, root = source_of(tmp_path, MIB), tmp_path / "vault"
        assert refused(lambda: take_in(store(root), source, INCIDENT_KEY, {})) == (
            "evidence.unreadable"
        )
        assert nothing_kept(root)


def test_a_name_that_is_no_text_is_kept_escaped(tmp_path: Path) -> None:
    name = os.fsdecode(b"pi\xe8ce.txt")
    source = tmp_path / name
    source.write_bytes(b"x")
    objects = store(tmp_path / "vault")
    stored = take_in(objects, source, INCIDENT_KEY, {})
    kept = objects.read(stored.object_id, INCIDENT_KEY).metadata["name"]
    assert kept in ("pi\\udce8ce.txt", "pi\\xe8ce.txt")


class BrokenHandle:
    """Fails at one operation, counted from the creation of the file."""

    def __init__(self, inner: WriteHandle, fail_at: int) -> None:
        self._inner, self._left = inner, fail_at

    def _count(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise StorageError("disk.full", errno=errno.ENOSPC)

    def write(self, data: bytes | memoryview) -> None:
        self._count()
        self._inner.write(data)

    def write_at(self, offset: int, data: bytes) -> None:
        self._count()
        self._inner.write_at(offset, data)

    def truncate(self, size_bytes: int) -> None:
        self._inner.truncate(size_bytes)

    def sync(self) -> None:
        self._count()
        self._inner.sync()

    def close(self) -> None:
        self._inner.close()

    def __enter__(self) -> BrokenHandle:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()


class BrokenDisk(OsFileSystem):
    """A disk that fills up during the copy."""

    def __init__(self, fail_at: int) -> None:
        super().__init__()
        self._fail_at = fail_at

    def create(self, path: Path) -> WriteHandle:
        return BrokenHandle(super().create(path), self._fail_at)


@pytest.mark.parametrize("fail_at", range(6))
def test_a_disk_that_fails_leaves_nothing(tmp_path: Path, fail_at: int) -> None:
    root = tmp_path / "vault"
    root.mkdir()
    source = source_of(tmp_path, 4 * MIB)
    objects = ObjectStore(BrokenDisk(fail_at), root)
    assert refused(lambda: take_in(objects, source, INCIDENT_KEY, {})) == "disk.full"
    assert nothing_kept(root)


def test_an_early_sync_that_fails_is_never_forgotten(tmp_path: Path) -> None:
    with OsFileSystem().create(tmp_path / "file") as inner:
        handle = BrokenHandle(inner, 1)
        with EarlySync(handle, stride_bytes=10) as output:
            output.write(memoryview(b"0123456789"))
            with pytest.raises(StorageError, match=r"disk\.full"):
                output.settle()


def test_early_syncs_start_only_once_enough_is_written(tmp_path: Path) -> None:
    with (
        OsFileSystem().create(tmp_path / "file") as inner,
        EarlySync(BrokenHandle(inner, 3), stride_bytes=10) as output,
    ):
        for _ in range(3):
            output.write(memoryview(b"012"))
        output.settle()
    assert (tmp_path / "file").read_bytes() == b"012012012"
