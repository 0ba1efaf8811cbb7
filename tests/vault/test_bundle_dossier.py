"""A dossier holds what was chosen and nothing more, and verifies by itself."""

from __future__ import annotations

import errno
import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from clinicir.domain.audit import EntryDraft
from clinicir.domain.errors import ClinicirError, StorageError, UserError
from clinicir.services.bundle_ports import BundleCopy, DossierParts, Watch
from clinicir.vault.bundle_folder import ROOT as INSIDE
from clinicir.vault.bundle_folder import BundleFolder
from clinicir.vault.bundle_names import SUMS, Sort
from clinicir.vault.bundle_read import needs_passphrase, open_bundle
from clinicir.vault.bundle_unpack import unpack_dossier
from clinicir.vault.disk import OsFileSystem
from clinicir.vault.verify import verify_chain
from tests.vault.bundle_samples import (
    TARGET,
    Sample,
    back_up,
    bring_back,
    derive_quickly,
    fill,
    make_sample,
    parts_of,
)
from tests.vault.crash import BY
from tests.vault.simfs import SimDisk

FILE = Path("/key/dossier.cirdossier")
WORDS = "huit-mots-dits-de-vive-voix-une-fois"
VERIFIER = Path(__file__).parents[2] / "resources" / "verify" / "verify_trail.py"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    derive_quickly(monkeypatch)


@pytest.fixture
def sample() -> Sample:
    """A vault with a few exhibits."""
    made = fill(make_sample(SimDisk()), 21)
    made.add_evidence(made.vault.incidents()[0], b"un courriel")
    made.add_evidence(made.vault.incidents()[0], bytes(150_000))
    return made


def export(sample: Sample, parts: DossierParts, passphrase: str | None) -> BundleCopy:
    """Write it, and the entry about it."""

    def tell(copy: BundleCopy) -> None:
        sample.vault.commit(EntryDraft("backup.made", None, BY, detail={"sha256": copy.sha256}))

    return sample.bundles().dossier(FILE, parts, passphrase, tell, Watch())


def contents(disk: SimDisk, passphrase: str | None) -> dict[str, bytes]:
    """Every file of the dossier."""
    with open_bundle(disk, FILE, passphrase) as bundle:
        assert bundle.sort is Sort.DOSSIER
        return {entry.name: b"".join(bundle.pieces(entry)) for entry in bundle.entries}


@pytest.mark.parametrize("passphrase", [None, WORDS])
def test_it_holds_the_trail_and_the_chosen_parts(sample: Sample, passphrase: str | None) -> None:
    parts = parts_of(sample)
    copy = export(sample, parts, passphrase)
    raw = sample.disk.image()[str(FILE)]
    assert hashlib.sha256(raw).hexdigest() == copy.sha256
    assert needs_passphrase(sample.disk, FILE) == (passphrase is not None)
    found = contents(sample.disk, passphrase)
    for object_id, (_, content) in sample.contents.items():
        assert found[f"evidence/{object_id}.bin"] == content
    bodies = [name for name in found if name.startswith("disclosed/")]
    assert len(bodies) == len(parts.entries)
    assert not [name for name in found if name.startswith(("keys", "objects", "drafts"))]
    if passphrase is not None:
        assert b"un courriel" not in raw
        assert b"vault.json" not in raw


def test_the_list_of_digests_names_every_other_file(sample: Sample) -> None:
    export(sample, parts_of(sample), None)
    found = contents(sample.disk, None)
    lines = [line.split("  ") for line in found[SUMS].decode().splitlines()]
    assert {name: digest for digest, name in lines} == {
        name: hashlib.sha256(data).hexdigest() for name, data in found.items() if name != SUMS
    }


def test_what_was_not_chosen_stays_inside(sample: Sample) -> None:
    parts = parts_of(sample)
    few = DossierParts(parts.entries[:2], parts.evidence[:1], (), "Lisez-moi.\n")
    export(sample, few, None)
    found = contents(sample.disk, None)
    assert sum(name.startswith("evidence/") for name in found) == 1
    shown = [json.loads(data)["k"] for name, data in found.items() if name.startswith("disclosed/")]
    assert len(shown) == 2
    left = [content for name, (_, content) in sample.contents.items()
            if name != parts.evidence[0][1] and len(content) > 8]  # fmt: skip
    assert not any(secret in data for secret in left for data in found.values())


def test_three_readers_find_it_intact_then_see_one_byte(sample: Sample, tmp_path: Path) -> None:
    export(sample, parts_of(sample), None)
    file = tmp_path / "dossier.zip"
    file.write_bytes(sample.disk.image()[str(FILE)])
    fs = OsFileSystem()
    with open_bundle(fs, file) as bundle:
        assert verify_chain(INSIDE, BundleFolder(bundle)).is_intact
        unpack_dossier(bundle, fs, tmp_path / "dossier", Watch())
    assert verify_chain(tmp_path / "dossier").is_intact
    assert _verdict(tmp_path / "dossier") == _verdict(file) == 0
    first = sorted((tmp_path / "dossier" / "disclosed").iterdir())[0]
    first.write_bytes(first.read_bytes().replace(b'"by"', b'"bY"'))
    assert _verdict(tmp_path / "dossier") == 1
    assert not verify_chain(tmp_path / "dossier").is_intact


def _verdict(path: Path) -> int:
    command = [sys.executable, "-I", str(VERIFIER), str(path)]
    return subprocess.run(command, capture_output=True).returncode


def test_every_damaged_byte_of_a_sealed_dossier_is_seen(
    sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(sample, parts_of(sample), WORDS)
    raw = sample.disk.image()[str(FILE)]
    for place in range(0, len(raw), max(1, len(raw) // 60)):
        damaged = bytearray(raw)
        damaged[place] ^= 0x01
        disk = SimDisk({str(FILE): bytes(damaged)})
        with pytest.raises(ClinicirError):
            contents(disk, WORDS)


@pytest.mark.parametrize("cut", [1, 16, 17, 65_552, 100_000])
def test_a_sealed_dossier_that_was_cut_is_seen(sample: Sample, cut: int) -> None:
    export(sample, parts_of(sample), WORDS)
    disk = SimDisk({str(FILE): sample.disk.image()[str(FILE)][:-cut]})
    with pytest.raises(StorageError, match=r"bundle\.refused"):
        contents(disk, WORDS)


def test_an_exhibit_that_was_changed_never_leaves(sample: Sample) -> None:
    victim = sample.vault.incidents()[0]
    object_id = next(name for name, (i, c) in sample.contents.items() if i == victim and c)
    path = sample.root / "objects" / object_id[:2] / f"{object_id}.cev"
    with sample.disk.open_update(path) as handle:
        handle.write_at(120, b"\xff\xff")
    with pytest.raises(StorageError, match=r"vault\.object_damaged"):
        export(sample, parts_of(sample), None)
    assert not [p for p in sample.disk.image() if p.startswith("/key/")]


def test_a_full_disk_while_unpacking_leaves_nothing(sample: Sample) -> None:
    export(sample, parts_of(sample), WORDS)
    before = sample.disk.image()
    sample.disk.fault = lambda name, path: (
        OSError(errno.ENOSPC, name) if name == "write" and "evidence" in path else None
    )
    into = Path("/place/dossier")
    with (
        open_bundle(sample.disk, FILE, WORDS) as bundle,
        pytest.raises(StorageError, match=r"disk\.full"),
    ):
        unpack_dossier(bundle, sample.disk, into, Watch())
    assert sample.disk.image() == before


def test_a_dossier_is_not_a_backup_and_a_used_folder_is_left(sample: Sample) -> None:
    export(sample, parts_of(sample), None)
    with pytest.raises(StorageError, match=r"bundle\.refused"):
        bring_back(sample.disk, Path("/place/coffre"), FILE)
    back_up(sample)
    with (
        open_bundle(sample.disk, TARGET) as bundle,
        pytest.raises(StorageError, match=r"bundle\.refused"),
    ):
        unpack_dossier(bundle, sample.disk, Path("/place/dossier"), Watch())
    with (
        open_bundle(sample.disk, FILE) as bundle,
        pytest.raises(StorageError, match=r"vault\.exists"),
    ):
        unpack_dossier(bundle, sample.disk, sample.root, Watch())


def test_no_passphrase_is_asked_for(sample: Sample) -> None:
    export(sample, parts_of(sample), WORDS)
    with pytest.raises(UserError, match=r"input\.no_passphrase"):
        contents(sample.disk, None)
