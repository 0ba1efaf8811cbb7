"""The lock belongs to the kernel: one holder, free as soon as the holder dies."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from clinicir.domain.errors import StorageError
from clinicir.vault.lock import INFO_NAME, VaultLock

HOLDER = """
import sys, time
from pathlib import Path
from clinicir.vault.lock import VaultLock
lock = VaultLock(Path(sys.argv[1]))
lock.acquire()
print("held", flush=True)
time.sleep(60)
"""


def test_a_second_holder_is_refused_until_the_first_lets_go(tmp_path: Path) -> None:
    one, two = VaultLock(tmp_path), VaultLock(tmp_path)
    one.acquire()
    with pytest.raises(StorageError) as caught:
        two.acquire()
    assert caught.value.code == "vault.locked"
    one.release()
    one.release()
    two.acquire()
    two.release()


def test_the_death_of_the_holder_frees_it(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(StorageError) as caught:
            VaultLock(tmp_path).acquire()
        assert caught.value.values["pid"] == holder.pid
        assert "since" in caught.value.values
        holder.kill()
        holder.wait()
    lock = VaultLock(tmp_path)
    lock.acquire()
    lock.release()


@pytest.mark.parametrize("content", [b"", b"[1]", b"{", b"\xff"])
def test_a_damaged_note_about_the_holder_does_no_harm(tmp_path: Path, content: bytes) -> None:
    one = VaultLock(tmp_path)
    one.acquire()
    (tmp_path / INFO_NAME).write_bytes(content)
    with pytest.raises(StorageError) as caught:
        VaultLock(tmp_path).acquire()
    assert caught.value.values == {}
    one.release()


def test_a_folder_that_is_gone_is_a_failure_of_the_disk(tmp_path: Path) -> None:
    (tmp_path / "plain").write_bytes(b"")
    with pytest.raises(StorageError) as caught:
        VaultLock(tmp_path / "plain" / "inner").acquire()
    assert caught.value.code.startswith("disk.")
