"""Vaults held by another program, altered, cut, emptied: what the commands say of them."""

from __future__ import annotations

import json
import os
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from clinicir.vault.slots import Passphrase
from clinicir.vault.vault import Vault
from tests.cli.told import PASSPHRASE, Command, as_program, descriptor_of, pdf
from tests.fakes import START, FakeClock

# --- vaults --------------------------------------------------------------------------------------


def test_a_folder_that_is_no_vault(run: Command, tmp_path: Path) -> None:
    empty = tmp_path / "vide"
    empty.mkdir()
    for path in (empty, tmp_path / "absent"):
        run("verify", path).sentence(3)
        run(*pdf(path, tmp_path / "out"), passphrase=PASSPHRASE).sentence(3)


def test_a_vault_that_another_program_holds(vault: Path, tmp_path: Path) -> None:
    clock = FakeClock(START + timedelta(days=1))
    reading = int(descriptor_of(PASSPHRASE))
    with Vault.open(vault, Passphrase(PASSPHRASE), clock):
        words = [*pdf(vault, tmp_path / "out"), "--passphrase-fd", reading]
        as_program(*words, pass_fds=(reading,)).sentence(6)
    os.close(reading)


def spoil(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(bytes(content))


@pytest.mark.parametrize("line", [1, 2, 5])
def test_an_altered_trail(run: Command, vault: Path, tmp_path: Path, line: int) -> None:
    trail = vault / "trail" / "trail-000001.jsonl"
    lines = trail.read_bytes().splitlines(keepends=True)
    spoil(trail, sum(map(len, lines[:line])) + len(lines[line]) // 2)
    for passphrase in (None, PASSPHRASE):
        told = run("verify", vault, passphrase=passphrase)
        assert (told.code, told.err) == (1, "")
        assert "ALTÉRÉ" in told.out
    assert json.loads(run("verify", vault, "--json").out)["intact"] is False
    run(*pdf(vault, tmp_path / "out"), passphrase=PASSPHRASE).sentence(4)


def test_an_entry_taken_away(run: Command, vault: Path) -> None:
    trail = vault / "trail" / "trail-000001.jsonl"
    lines = trail.read_bytes().splitlines(keepends=True)
    trail.write_bytes(b"".join(lines[:4] + lines[5:]))
    assert run("verify", vault).code == 1


def test_entries_cut_off_the_end(run: Command, vault: Path) -> None:
    trail = vault / "trail" / "trail-000001.jsonl"
    lines = trail.read_bytes().splitlines(keepends=True)
    trail.write_bytes(b"".join(lines[:-2]))
    assert run("verify", vault).code == 1


def test_an_exhibit_that_was_changed(run: Command, vault: Path) -> None:
    (exhibit,) = (vault / "objects").rglob("*.cev")
    spoil(exhibit, exhibit.stat().st_size // 2)
    assert run("verify", vault).code == 1


def test_an_exhibit_that_is_gone(run: Command, vault: Path) -> None:
    (exhibit,) = (vault / "objects").rglob("*.cev")
    exhibit.unlink()
    assert run("verify", vault).code == 1


@pytest.mark.parametrize("content", [b"", b"{}", b"\x00" * 64, b'{"format": 99999}'])
def test_a_header_that_is_lost(
    run: Command, vault: Path, tmp_path: Path, content: bytes
) -> None:
    for copy in (vault / "vault.json", vault / "keys.bak" / "vault.json"):
        copy.write_bytes(content)
    # The chain begins with the header: another one is an alteration, and no key can be tried.
    assert run("verify", vault).code == 1
    run(*pdf(vault, tmp_path / "out"), passphrase=PASSPHRASE).sentence(4)


def test_keys_that_are_lost(run: Command, vault: Path, tmp_path: Path) -> None:
    shutil.rmtree(vault / "keys")
    shutil.rmtree(vault / "keys.bak")
    run(*pdf(vault, tmp_path / "out"), passphrase=PASSPHRASE).sentence(4)
    assert run("verify", vault).code == 0
