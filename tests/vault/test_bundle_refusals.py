"""T15: every crafted archive is refused, quickly, in little memory, and nothing is written."""

from __future__ import annotations

import time
import tracemalloc
from pathlib import Path

import pytest

from clinicir.domain.errors import ClinicirError, StorageError, UserError
from clinicir.services.bundle_ports import Watch
from clinicir.vault.bundle_read import open_bundle
from clinicir.vault.bundle_restore import Place, restore
from clinicir.vault.bundle_seal import SealedOut
from clinicir.vault.disk import OsFileSystem
from tests.vault.bundle_samples import CODE, TARGET, back_up, derive_quickly, fill, make_sample
from tests.vault.crafted_archives import Archive, crafted, members_of
from tests.vault.crash import SteadyClock
from tests.vault.simfs import SimDisk

SECONDS, BYTES = 1.0, 64 << 20


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    derive_quickly(monkeypatch)


def backup() -> bytes:
    """A real one."""
    sample = fill(make_sample(SimDisk()), 3)
    back_up(sample)
    return sample.disk.image()[str(TARGET)]


def put_back(file: Path, into: Path) -> None:
    """As the program does, on the real disk."""
    fs = OsFileSystem()
    with open_bundle(fs, file, "a passphrase that opens nothing") as bundle:
        restore(bundle, CODE, Place(fs, into, SteadyClock()), Watch())


def everything(folder: Path) -> dict[str, int]:
    """Each file and folder under it, with its size."""
    return {str(path): path.lstat().st_size for path in folder.rglob("*")}


def test_what_we_build_here_is_read_when_nothing_lies(tmp_path: Path) -> None:
    honest = backup()
    assert Archive(members_of(honest)).build() == honest
    (tmp_path / "copie.cirbak").write_bytes(honest)
    put_back(tmp_path / "copie.cirbak", tmp_path / "coffre")
    assert (tmp_path / "coffre" / "vault.json").is_file()


def test_every_crafted_archive_is_refused(tmp_path: Path) -> None:
    cases = dict(crafted(backup()))
    assert len(cases) >= 60
    place = tmp_path / "inside" / "deep"
    place.mkdir(parents=True)
    file = place / "copie.cirbak"
    for what, content in cases.items():
        file.write_bytes(content)
        before = everything(tmp_path)
        tracemalloc.start()
        started = time.perf_counter()
        with pytest.raises(ClinicirError) as caught:
            put_back(file, place / "coffre")
        seconds = time.perf_counter() - started
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert caught.value.code == "bundle.refused", (what, caught.value)
        assert everything(tmp_path) == before, what
        assert peak <= BYTES, (what, peak)
        assert seconds <= SECONDS * 3, (what, seconds)  # tracing memory slows everything down


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"m":65536', b'"m":2147483648'),
        (b'"m":65536', b'"m":8'),
        (b'"t":3', b'"t":0'),
        (b'"p":4', b'"p":255'),
        (b'"m":65536', b'"m":true'),
    ],
)
def test_hostile_parameters_are_refused_before_any_derivation(
    tmp_path: Path, old: bytes, new: bytes
) -> None:
    fs = OsFileSystem()
    with fs.create(tmp_path / "a") as handle:
        SealedOut(handle, "phrase", 4).write(b"abcd")
    file = tmp_path / "b"
    file.write_bytes((tmp_path / "a").read_bytes().replace(old, new))
    started = time.perf_counter()
    with pytest.raises(StorageError, match=r"key\.bad_parameters"):
        open_bundle(fs, file, "phrase")
    assert time.perf_counter() - started < 0.05


def test_a_wrong_passphrase_and_none_are_told_apart(tmp_path: Path) -> None:
    fs, file = OsFileSystem(), tmp_path / "a"
    with fs.create(file) as handle:
        SealedOut(handle, "la bonne phrase", 4).write(b"abcd")
    with pytest.raises(UserError, match=r"key\.wrong_passphrase"):
        open_bundle(fs, file, "une autre phrase")
    with pytest.raises(UserError, match=r"input\.no_passphrase"):
        open_bundle(fs, file)
    with pytest.raises(StorageError, match=r"bundle\.refused"):
        open_bundle(fs, file, "la bonne phrase")
