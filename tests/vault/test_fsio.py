"""The real disk: whole writes, exclusive creation, codes that a person understands."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from clinicir.domain.errors import StorageError
from clinicir.vault.disk import OsFileSystem, OsWriteHandle
from clinicir.vault.fsio import require_space, storage_error, write_durably
from tests.vault.simfs import SimDisk


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk.full"),
        (errno.EDQUOT, "disk.full"),
        (errno.EROFS, "disk.readonly"),
        (errno.EACCES, "disk.readonly"),
        (errno.EIO, "disk.failure"),
    ],
)
def test_errors_become_codes(number: int, code: str) -> None:
    assert storage_error(OSError(number, "x")).code == code


def test_a_file_is_written_and_read(tmp_path: Path) -> None:
    fs, path = OsFileSystem(), tmp_path / "inner" / "file"
    fs.make_dir(path.parent)
    with fs.create(path) as handle:
        handle.write(b"abc")
        handle.write(memoryview(b"def"))
        handle.sync()
    with fs.open_append(path) as handle:
        handle.write(b"ghi")
    with fs.open_update(path) as handle:
        handle.write_at(1, b"BC")
        handle.truncate(8)
        handle.sync()
    fs.sync_dir(path.parent)
    assert fs.read(path) == b"aBCdefgh"
    assert fs.size(path) == 8
    buffer = bytearray(5)
    with fs.open_read(path) as reader:
        assert reader.read_at(6, 100) == b"gh"
        assert reader.readinto(buffer) == 5
        assert bytes(buffer) == b"aBCde"
        assert reader.readinto(buffer) == 3
    assert fs.names(path.parent) == ("file",)
    assert fs.names(tmp_path / "absent") == ()
    fs.replace(path, tmp_path / "moved")
    assert fs.exists(tmp_path / "moved")
    assert not fs.exists(path)
    fs.remove(tmp_path / "moved")
    assert fs.names(tmp_path) == ("inner",)


def test_absence_and_presence_keep_their_own_errors(tmp_path: Path) -> None:
    fs = OsFileSystem()
    with pytest.raises(FileNotFoundError):
        fs.read(tmp_path / "absent")
    (tmp_path / "there").write_bytes(b"")
    with pytest.raises(FileExistsError):
        fs.create(tmp_path / "there")


@pytest.mark.skipif(os.name == "nt", reason="links need a right on Windows")
def test_a_link_is_never_followed_by_a_creation(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FileExistsError):
        OsFileSystem().create(tmp_path / "link")
    assert OsFileSystem().exists(tmp_path / "link")


def test_short_writes_are_completed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = os.write
    monkeypatch.setattr(os, "write", lambda number, data: plain(number, bytes(data)[:3]))
    with OsFileSystem().create(tmp_path / "file") as handle:
        handle.write(b"0123456789")
    assert (tmp_path / "file").read_bytes() == b"0123456789"


def test_a_handle_that_failed_is_never_used_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    handle = OsFileSystem().create(tmp_path / "file")

    def fail(_number: int) -> None:
        raise OSError(errno.EIO, "lost")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        with pytest.raises(StorageError):
            handle.sync()
    # the system would now say yes to a second sync, without the pages it dropped
    with pytest.raises(StorageError):
        handle.sync()
    with pytest.raises(StorageError):
        handle.write(b"x")
    handle.close()
    handle.close()
    assert isinstance(handle, OsWriteHandle)


class _WindowsError(PermissionError):
    def __init__(self, winerror: int) -> None:
        super().__init__(errno.EACCES, "busy")
        self.winerror = winerror


def test_a_busy_target_is_tried_again(tmp_path: Path) -> None:
    pauses: list[float] = []
    refusals = [_WindowsError(5), _WindowsError(32), _WindowsError(33)]

    def rename(source: Path, target: Path) -> None:
        if refusals:
            raise refusals.pop()
        source.replace(target)

    (tmp_path / "a").write_bytes(b"x")
    OsFileSystem(pauses.append, rename).replace(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "b").read_bytes() == b"x"
    assert pauses == [0.01, 0.02, 0.04]


def test_waiting_for_a_busy_target_ends_after_three_seconds(tmp_path: Path) -> None:
    pauses: list[float] = []

    def rename(_source: Path, _target: Path) -> None:
        raise _WindowsError(32)

    with pytest.raises(StorageError):
        OsFileSystem(pauses.append, rename).replace(tmp_path / "a", tmp_path / "b")
    assert sum(pauses) == pytest.approx(3.0)


def test_a_plain_refusal_is_not_tried_again(tmp_path: Path) -> None:
    pauses: list[float] = []

    def rename(_source: Path, _target: Path) -> None:
        raise PermissionError(errno.EACCES, "no")

    with pytest.raises(StorageError) as caught:
        OsFileSystem(pauses.append, rename).replace(tmp_path / "a", tmp_path / "b")
    assert caught.value.code == "disk.readonly"
    assert not pauses


def test_space_is_asked_for_before_writing() -> None:
    disk = SimDisk()
    require_space(disk, Path("/"), 1)
    with pytest.raises(StorageError) as caught:
        require_space(disk, Path("/"), 1 << 41)
    assert caught.value.code == "disk.full"


def test_a_durable_write_replaces_as_a_whole(tmp_path: Path) -> None:
    fs, path = OsFileSystem(), tmp_path / "small"
    write_durably(fs, path, b"one")
    (tmp_path / "small.tmp").write_bytes(b"left by a crash")
    write_durably(fs, path, b"two")
    assert path.read_bytes() == b"two"
    assert fs.names(tmp_path) == ("small",)
