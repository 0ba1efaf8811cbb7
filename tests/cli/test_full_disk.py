"""A disk that fills up in the middle of a write: exit code 7, nothing acknowledged is lost."""

from __future__ import annotations

import errno
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from clinicir.vault.disk import OsWriteHandle
from clinicir.vault.slots import Passphrase
from clinicir.vault.vault import Vault
from tests.cli.told import PASSPHRASE, Command, new_story, pdf
from tests.fakes import START, FakeClock

# --- a full disk ----------------------------------------------------------------------------------


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Bytes that the vault may still write; the write that does not fit is cut short."""
    left = [1 << 60]
    real = OsWriteHandle.write

    def limited(self: OsWriteHandle, data: bytes | memoryview) -> None:
        fits = min(len(data), max(left[0], 0))
        left[0] -= len(data)
        if fits:
            real(self, data[:fits])
        if fits < len(data):
            with self._guarded():
                raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(OsWriteHandle, "write", limited)
    yield left
    left[0] = 1 << 60


def test_a_full_disk_loses_nothing_that_was_acknowledged(
    run: Command, disk: list[int], tmp_path: Path
) -> None:
    story = new_story(tmp_path)
    assert run("replay", story, "--out", tmp_path / "all", passphrase=PASSPHRASE).code == 0
    needed = (1 << 60) - disk[0]
    acknowledged = []
    for tenth in (1, 5, 9):
        disk[0] = needed * tenth // 10 + 7
        out = tmp_path / f"out-{tenth}"
        told = run("replay", story, "--out", out, passphrase=PASSPHRASE)
        disk[0] = 1 << 60
        told.sentence(7)
        heads = [line.split(" ") for line in told.out.splitlines()]
        acknowledged.append(len(heads))
        if heads:
            _still_there(out / "coffre", int(heads[-1][0]), heads[-1][1])
            assert run("verify", out / "coffre", passphrase=PASSPHRASE).code == 0
    assert acknowledged == sorted(acknowledged)
    assert acknowledged[-1] > 2


def _still_there(vault: Path, n: int, head: str) -> None:
    clock = FakeClock(START + timedelta(days=1))
    with Vault.open(vault, Passphrase(PASSPHRASE), clock) as store:
        assert store.state.read_only is None
        heads = {entry.n: entry.head for entry in store.journal()}
    assert heads[n] == head


def test_a_full_disk_while_a_paper_is_made(
    run: Command, vault: Path, disk: list[int], tmp_path: Path
) -> None:
    before = json.loads(run("verify", vault, "--json").out)["entries"]
    for space in (0, 3000, 20_000):
        disk[0] = space
        run(*pdf(vault, tmp_path / "out"), passphrase=PASSPHRASE).sentence(7)
        disk[0] = 1 << 60
    assert run(*pdf(vault, tmp_path / "out"), passphrase=PASSPHRASE).code == 0
    said = json.loads(run("verify", vault, "--json", passphrase=PASSPHRASE).out)
    assert said["intact"] is True
    assert said["entries"] > before
