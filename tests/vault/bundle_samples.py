"""Vaults on a simulated disk, with a recovery slot, and the bundles made of them."""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from clinicir.domain.audit import EntryDraft
from clinicir.domain.changes import Operation
from clinicir.domain.ids import IncidentId, ObjectId
from clinicir.services.bundle_ports import BundleCopy, DossierParts, Watch
from clinicir.vault import bundle_seal, slots
from clinicir.vault.bundle_maker import VaultBundles
from clinicir.vault.bundle_read import open_bundle
from clinicir.vault.bundle_restore import Place, Restored, restore
from clinicir.vault.key_files import KeyFiles
from clinicir.vault.keys import KeyRing
from clinicir.vault.slots import KeyringSecret, RecoveryCode, create_slot
from clinicir.vault.vault import Vault
from tests.vault.crash import BY, FIRST, MASTER, ROOT, SECOND, NoLock, SteadyClock
from tests.vault.simfs import SimDisk

CODE = "0000-0000-0000-0000-0000-0000-00Z7"
TARGET = Path("/key/copie.cirbak")
VERIFIERS = {"verify_trail.py": b"# verifies\n"}


def derive_quickly(patch: pytest.MonkeyPatch) -> None:
    """The price of a guess is not what is tested here."""
    for module in (slots, bundle_seal):
        patch.setattr(
            module, "stretched", lambda secret, salt, _cost: hashlib.sha256(secret + salt).digest()
        )


def keys_with_slots(files: KeyFiles) -> KeyRing:
    """A known master key, the recovery slot of `CODE` and one of the keyring."""
    ring = KeyRing(MASTER, files)
    create_slot(ring, RecoveryCode(CODE))
    create_slot(ring, KeyringSecret(bytes(32)))
    return ring


@dataclass
class Sample:
    """A vault being filled, and the clear content of each of its objects."""

    disk: SimDisk
    vault: Vault
    root: Path = ROOT
    contents: dict[ObjectId, tuple[IncidentId, bytes]] = field(default_factory=dict)

    def bundles(self) -> VaultBundles:
        """As the program makes them."""
        return VaultBundles(
            self.disk, self.root, self.vault.ring, VERIFIERS, lambda: self.vault.state.read_only
        )

    def add_evidence(self, incident: IncidentId, content: bytes) -> ObjectId:
        """An object and its entry."""
        stored = self.vault.put(content, incident, {"name": "preuve"})
        record = Operation("evidence", stored.object_id, {"sha256": stored.sha256})
        draft = EntryDraft(
            "evidence.add", incident, BY, (record,), {"sha256": stored.sha256},
            stored.cipher_sha256,
        )  # fmt: skip
        self.vault.commit(draft)
        self.contents[stored.object_id] = (incident, content)
        return stored.object_id

    def set_fact(self, incident: IncidentId, name: str, value: str) -> None:
        """One entry."""
        draft = EntryDraft("fact.set", incident, BY, (Operation("fact", name, {"value": value}),))
        self.vault.commit(draft)


def make_sample(disk: SimDisk, root: Path = ROOT) -> Sample:
    """Creation only."""
    clock = SteadyClock()
    vault = Vault.create_with(
        root, keys_with_slots, clock, clock.now(), drill=True, fs=disk, lock=NoLock()
    )
    return Sample(disk, vault, root)


def fill(sample: Sample, seed: int) -> Sample:
    """Incidents, facts, drafts and objects of several sizes, drawn from `seed`."""
    draw = random.Random(seed)
    incidents = [FIRST, SECOND][: draw.randint(1, 2)]
    for incident in incidents:
        record = Operation("incident", "incident", {"number": f"2027-{draw.randint(1, 9):03d}"})
        sample.vault.commit(EntryDraft("incident.open", incident, BY, (record,)))
    for n in range(draw.randint(1, 8)):
        incident = draw.choice(incidents)
        if draw.random() < 0.4:
            size = draw.choice((0, 1, 300, 65_535, 65_536, 70_000))
            sample.add_evidence(incident, draw.randbytes(size))
        else:
            sample.set_fact(incident, f"f{draw.randint(0, 2)}", str(n))
    if draw.random() < 0.5:
        sample.vault.save_draft(draw.choice(incidents), {"note": "à moitié"})
    return sample


def back_up(sample: Sample, target: Path = TARGET, watch: Watch | None = None) -> BundleCopy:
    """A backup, and the entry about it as the program writes it."""

    def tell(copy: BundleCopy) -> None:
        detail = {"sha256": copy.sha256, "label": target.name}
        sample.vault.commit(EntryDraft("backup.made", None, BY, detail=detail))

    return sample.bundles().backup(target, tell, watch or Watch())


def bring_back(disk: SimDisk, into: Path, target: Path = TARGET, code: str = CODE) -> Restored:
    """A restore on a simulated disk."""
    with open_bundle(disk, target) as bundle:
        place = Place(disk, into, SteadyClock(), lambda _: NoLock())
        return restore(bundle, code, place, Watch())


def parts_of(sample: Sample) -> DossierParts:
    """Every entry of the incidents and every object in clear."""
    entries = tuple(entry.n for entry in sample.vault.journal() if entry.incident is not None)
    evidence = tuple((incident, name) for name, (incident, _) in sample.contents.items())
    return DossierParts(entries, evidence, (), "Lisez-moi.\n")
