"""T12 in short; the long form is `python -m tests.campaigns.restore`."""

from __future__ import annotations

import pytest

from clinicir.domain.errors import StorageError
from clinicir.services.bundle_ports import Watch
from clinicir.vault.bundle_read import open_bundle
from clinicir.vault.bundle_restore import Place, restore
from tests.vault.bundle_samples import (
    CODE,
    TARGET,
    back_up,
    bring_back,
    derive_quickly,
    fill,
    make_sample,
)
from tests.vault.crash import ROOT, NoLock, SteadyClock
from tests.vault.restore_crash import HERE, CutRestore, open_at, round_trip_defect
from tests.vault.simfs import SimDisk


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    derive_quickly(monkeypatch)


@pytest.mark.parametrize("seed", range(100, 125))
def test_backup_and_restore_give_the_same_vault(seed: int) -> None:
    assert round_trip_defect(seed) is None


@pytest.mark.parametrize("dir_sync", [True, False])
def test_a_restore_cut_anywhere_keeps_the_former_vault(dir_sync: bool) -> None:
    assert CutRestore(5, dir_sync=dir_sync).explore(cuts=2) > 80


def test_the_harness_sees_a_former_vault_that_is_gone() -> None:
    cut = CutRestore(5, dir_sync=True)
    image = {p: c for p, c in cut.disk.image().items() if ".avant-" not in p}
    assert cut.defect(image) == "the former vault is not whole"


def test_the_harness_sees_a_switch_that_nobody_ends() -> None:
    cut = CutRestore(5, dir_sync=True)
    image = {p: c for p, c in cut.disk.image().items() if not p.startswith(f"{HERE}/")}
    assert cut.defect(image) == "no vault in its place"


def test_the_journal_says_where_the_vault_comes_from() -> None:
    sample = fill(make_sample(SimDisk()), 30)
    position = sample.vault.position
    back_up(sample)
    sample.set_fact(sample.vault.incidents()[0], "late", "yes")
    former = sample.vault.position
    sample.vault.close()
    bring_back(sample.disk, ROOT)
    [told] = [e for e in open_at(sample.disk, ROOT).journal() if e.kind == "restore.done"]
    assert told.detail == {
        "entry": position.n, "head": position.head,
        "former_entry": former.n, "former_head": former.head,
    }  # fmt: skip


def test_a_vault_that_is_open_elsewhere_is_not_moved() -> None:
    sample = fill(make_sample(SimDisk()), 31)
    back_up(sample)
    before = sample.disk.image()

    class Taken(NoLock):
        def acquire(self) -> None:
            raise StorageError("vault.locked")

    with open_bundle(sample.disk, TARGET) as bundle:
        place = Place(sample.disk, ROOT, SteadyClock(), lambda _: Taken())
        with pytest.raises(StorageError, match=r"vault\.locked"):
            restore(bundle, CODE, place, Watch())
    assert sample.disk.image() == before
