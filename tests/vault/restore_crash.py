"""A restore cut at every operation: the former vault is whole, or the restored one is (T12)."""

from __future__ import annotations

from pathlib import Path

from clinicir.domain.audit import TrailPosition
from clinicir.vault.bundle_restore import finish_switch
from clinicir.vault.projection import Tables
from clinicir.vault.vault import Vault
from tests.vault.bundle_samples import Sample, back_up, bring_back, fill, make_sample
from tests.vault.crash import ROOT, NoLock, SteadyClock, ring
from tests.vault.simfs import Image, SimDisk

HERE = Path("/place/coffre")
KINDS = ("incident", "fact", "evidence")


def tables_of(vault: Vault) -> Tables:
    """State of the incidents of a vault."""
    return {
        f"{incident}/{kind}": {k: dict(r) for k, r in vault.records(incident, kind).items()}
        for incident in vault.incidents()
        for kind in KINDS
    }


def open_at(disk: SimDisk, root: Path) -> Vault:
    """As the program does, with the known master key."""
    return Vault.open_with(root, ring, SteadyClock(), disk, NoLock())


def round_trip_defect(seed: int) -> str | None:
    """Backup, then restore on a new disk: same fold, same objects; None when all is well."""
    sample = fill(make_sample(SimDisk()), seed)
    state, position = tables_of(sample.vault), sample.vault.position
    back_up(sample)
    sample.vault.close()
    copy = {path: data for path, data in sample.disk.image().items() if path.startswith("/key/")}
    disk = SimDisk(copy)
    restored = bring_back(disk, ROOT)
    if restored.position != position or restored.missing:
        return f"{restored} instead of {position}"
    return restored_defect(sample, state, position, open_at(disk, ROOT))


def restored_defect(
    sample: Sample, state: Tables, position: TrailPosition, vault: Vault
) -> str | None:
    """What differs from the vault that was backed up."""
    if vault.state.read_only or vault.state.missing_objects or vault.state.sealed_incidents:
        return f"state {vault.state}"
    if tables_of(vault) != state:
        return "another fold"
    heads = {entry.n: entry.head for entry in vault.journal()}
    if heads[position.n] != position.head:
        return "another trail"
    for object_id, (incident, content) in sample.contents.items():
        if vault.read_object(object_id, incident) != content:
            return f"object {object_id}"
    return None


class CutRestore:
    """A vault in use, an older backup of it, and a restore that can be cut anywhere."""

    def __init__(self, seed: int, *, dir_sync: bool) -> None:
        sample = fill(make_sample(SimDisk(), HERE), seed)
        back_up(sample)
        self.state, self.sample = tables_of(sample.vault), sample
        self.position = TrailPosition(sample.vault.position.n - 1, "")
        sample.set_fact(sample.vault.incidents()[0], "late", "yes")
        self.late = tables_of(sample.vault)
        sample.vault.close()
        self.disk = SimDisk(sample.disk.image(), dir_sync=dir_sync)
        self.dir_sync = dir_sync
        self.former = _under(self.disk.image(), HERE)
        self.position = bring_back(self.disk, HERE).position

    def explore(self, cuts: int) -> int:
        """Distinct crash states; AssertionError at the first that loses the former vault."""
        seen: set[int] = set()
        for moment, image in self.disk.crash_images(cuts):
            key = hash(frozenset(image.items()))
            if key not in seen:
                seen.add(key)
                defect = self.defect(image)
                assert defect is None, (moment, defect)
        return len(seen)

    def defect(self, image: Image) -> str | None:
        """What is wrong after a cut that leaves `image`; None when all is well."""
        disk = SimDisk(image, dir_sync=self.dir_sync)
        finish_switch(disk, HERE)
        kept = [place for place in _places(disk.image()) if self._is_former(disk.image(), place)]
        if not kept:
            return "the former vault is not whole"
        if _under(disk.image(), HERE) == {}:
            return "no vault in its place"
        vault = open_at(disk, HERE)
        if str(HERE) in kept:
            return None if tables_of(vault) == self.late else "another state of the former vault"
        return restored_defect(self.sample, self.state, self.position, vault)

    def _is_former(self, image: Image, place: str) -> bool:
        return _under(image, Path(place)) == self.former


def _under(image: Image, root: Path) -> Image:
    start = f"{root}/"
    inside = (path for path in image if path.startswith(start))
    return {path.removeprefix(start): image[path] for path in inside}


def _places(image: Image) -> set[str]:
    """Folders beside the vault, and the vault."""
    return {"/".join(path.split("/")[:3]) for path in image}
