"""A backup comes back as it was, and a copy that is not right never gets its name (T12)."""

from __future__ import annotations

import errno
import hashlib
import zipfile
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest

from clinicir.domain.audit import EntryDraft
from clinicir.domain.errors import ClinicirError, StorageError, UserError
from clinicir.services.bundle_ports import Watch
from clinicir.vault.bundle_folder import ROOT as INSIDE
from clinicir.vault.bundle_folder import BundleFolder
from clinicir.vault.bundle_read import open_bundle
from clinicir.vault.recovery_code import generate
from clinicir.vault.verify import verify_chain
from tests.vault.bundle_samples import (
    TARGET,
    back_up,
    bring_back,
    derive_quickly,
    fill,
    make_sample,
)
from tests.vault.crash import BY, ROOT
from tests.vault.simfs import SimDisk, SimRead

ELSEWHERE = Path("/elsewhere/coffre")


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    derive_quickly(monkeypatch)


def test_a_backup_holds_the_ciphertext_and_the_recovery_slot_only() -> None:
    sample = fill(make_sample(SimDisk()), 3)
    copy = back_up(sample)
    content = sample.disk.image()[str(TARGET)]
    assert hashlib.sha256(content).hexdigest() == copy.sha256
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert len(names) == copy.files
        assert names == sorted(names)
        slots = [name for name in names if "slot-" in name]
        assert len(slots) == 2
        assert all(b'"way":"recovery"' in archive.read(name) for name in slots)
    assert not [name for name in names if "quarantine" in name or "lock" in name]
    assert f"{TARGET}.part" not in sample.disk.image()


def test_a_backup_can_be_verified_without_a_key_and_without_unpacking() -> None:
    sample = fill(make_sample(SimDisk()), 4)
    before = sample.vault.position
    back_up(sample)
    with open_bundle(sample.disk, TARGET) as bundle:
        verdict = verify_chain(INSIDE, BundleFolder(bundle))
    assert verdict.is_intact
    assert verdict.position == before


@pytest.mark.parametrize("seed", range(12))
def test_what_comes_back_is_what_was(seed: int) -> None:
    sample = fill(make_sample(SimDisk()), seed)
    image, position = sample.disk.image(), sample.vault.position
    back_up(sample)
    restored = bring_back(sample.disk, ELSEWHERE)
    assert restored.former is None
    assert (restored.missing, restored.position) == (0, position)
    after = sample.disk.image()
    for path, content in image.items():
        inside = path.removeprefix(str(ROOT))
        if inside.startswith(("/objects/", "/drafts/", "/vault.json", "/keys/ik-")):
            assert after[f"{ELSEWHERE}{inside}"] == content
        if inside.startswith("/trail/trail-"):
            assert after[f"{ELSEWHERE}{inside}"].startswith(content)


def test_the_vault_in_the_way_is_renamed_and_stays_whole() -> None:
    sample = fill(make_sample(SimDisk()), 5)
    back_up(sample)
    sample.set_fact(sample.vault.incidents()[0], "late", "yes")
    sample.vault.close()
    former = {p: c for p, c in sample.disk.image().items() if p.startswith(f"{ROOT}/")}
    restored = bring_back(sample.disk, ROOT)
    assert restored.former is not None
    after = sample.disk.image()
    for path, content in former.items():
        assert after[str(restored.former) + path.removeprefix(str(ROOT))] == content


def test_a_wrong_code_copies_nothing() -> None:
    sample = fill(make_sample(SimDisk()), 6)
    back_up(sample)
    before = sample.disk.image()
    with pytest.raises(UserError) as caught:
        bring_back(sample.disk, ELSEWHERE, code=generate())
    assert caught.value.code == "key.wrong_recovery_code"
    assert sample.disk.image() == before


def test_a_folder_that_is_no_vault_is_left_alone() -> None:
    sample = fill(make_sample(SimDisk()), 7)
    back_up(sample)
    sample.disk.make_dir(ELSEWHERE)
    with sample.disk.create(ELSEWHERE / "photo.jpg") as handle:
        handle.write(b"photo")
    with pytest.raises(StorageError, match=r"vault\.exists"):
        bring_back(sample.disk, ELSEWHERE)
    assert sample.disk.image()[str(ELSEWHERE / "photo.jpg")] == b"photo"


def test_an_object_lost_by_the_vault_is_counted_and_does_not_stop_the_rest() -> None:
    sample = make_sample(SimDisk())
    fill(sample, 8)
    kept = sample.add_evidence(sample.vault.incidents()[0], b"gardee")
    lost = sample.add_evidence(sample.vault.incidents()[0], b"perdue")
    sample.disk.remove(ROOT / "objects" / lost[:2] / f"{lost}.cev")
    assert back_up(sample).missing == 1
    assert bring_back(sample.disk, ELSEWHERE).missing == 1
    assert str(ELSEWHERE / "objects" / kept[:2] / f"{kept}.cev") in sample.disk.image()


def test_every_damaged_byte_of_a_backup_is_refused_or_proven_harmless() -> None:
    sample = fill(make_sample(SimDisk()), 9)
    back_up(sample)
    content = sample.disk.image()[str(TARGET)]
    for place in range(0, len(content), max(1, len(content) // 150)):
        damaged = bytearray(content)
        damaged[place] ^= 0x10
        disk = SimDisk({str(TARGET): bytes(damaged)})
        with pytest.raises(ClinicirError):
            bring_back(disk, ELSEWHERE)
        assert disk.image() == disk.start, place


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EROFS])
def test_a_disk_that_fails_anywhere_leaves_the_former_copy(number: int) -> None:
    sample = fill(make_sample(SimDisk()), 10)
    back_up(sample)
    former = sample.disk.image()[str(TARGET)]
    entries = sample.vault.position.n
    for nth in range(1, 400):
        count = [0]

        def fault(name: str, path: str, count: list[int] = count, nth: int = nth) -> OSError | None:
            if not path.startswith("/key/") or name in ("exists", "names", "size"):
                return None
            count[0] += 1
            return OSError(number, name) if count[0] == nth else None

        sample.disk.fault = fault
        code = _code_of(lambda: back_up(sample))
        sample.disk.fault = None
        if code is None:
            former = sample.disk.image()[str(TARGET)]
            if count[0] < nth:
                break
        else:
            assert code.startswith("disk.")
            assert sample.disk.image()[str(TARGET)] == former
    assert nth > 15
    # a copy is told before it gets its name: at most one told copy never did
    assert sample.vault.position.n <= entries + 4


def test_a_medium_that_gives_back_something_else_is_told() -> None:
    sample = fill(make_sample(SimDisk()), 11)

    class Lying(SimDisk):
        def open_fresh(self, path: Path) -> SimRead:
            node = self._node(path)
            node.content[len(node.content) // 2] ^= 1
            return self.open_read(path)

    sample.disk.__class__ = Lying
    with pytest.raises(StorageError, match=r"bundle\.not_verified"):
        back_up(sample)
    assert not [path for path in sample.disk.image() if path.startswith("/key/")]
    assert not [e for e in sample.vault.journal() if e.kind == "backup.made"]


def test_cancelling_leaves_nothing_and_says_so() -> None:
    sample = fill(make_sample(SimDisk()), 12)
    told: list[tuple[int, int]] = []
    for stop in range(1, 200):
        calls = [0]

        def cancelled(calls: list[int] = calls, stop: int = stop) -> bool:
            calls[0] += 1
            return calls[0] >= stop

        watch = Watch(lambda done, total: told.append((done, total)), cancelled)
        code = _code_of(partial(back_up, sample, watch=watch))
        if code is None:
            break
        assert code == "bundle.cancelled"
        assert not [path for path in sample.disk.image() if path.startswith("/key/")]
    assert stop > 10
    assert all(0 < done <= total for done, total in told)


def test_a_vault_that_only_reads_or_a_place_inside_it_is_refused() -> None:
    sample = fill(make_sample(SimDisk()), 13)
    with pytest.raises(StorageError, match=r"bundle\.inside_vault"):
        back_up(sample, ROOT / "copie.cirbak")
    sample.disk.fault = lambda name, path: (
        OSError(errno.EIO, name) if name == "sync" and "trail" in path else None
    )
    with pytest.raises(StorageError):
        sample.vault.commit(EntryDraft("note.add", None, BY))
    sample.disk.fault = None
    with pytest.raises(StorageError, match=r"vault\.read_only"):
        back_up(sample)


def _code_of(act: Callable[[], object]) -> str | None:
    try:
        act()
    except ClinicirError as error:
        return error.code
    return None
