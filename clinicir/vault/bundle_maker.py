"""The bundles of an open vault: backup and disclosure dossier (2.9)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from clinicir.domain.errors import StorageError
from clinicir.domain.ids import IncidentId, ObjectId
from clinicir.services.bundle_ports import BundleCopy, DossierParts, Tell, Watch
from clinicir.vault.bundle_backup import (
    key_sources,
    measured_objects,
    object_sources,
    trail_sources,
)
from clinicir.vault.bundle_names import README, SUMS
from clinicir.vault.bundle_sources import (
    Decrypted,
    InMemory,
    Measured,
    Meter,
    Source,
    in_order,
    measure,
)
from clinicir.vault.bundle_write import written
from clinicir.vault.ciphers import BodyCiphers
from clinicir.vault.fsio import FileSystem
from clinicir.vault.keys import KeyRing
from clinicir.vault.line import clear_body as open_body
from clinicir.vault.line import parse, sealing_scope, split
from clinicir.vault.object_store import ObjectStore
from clinicir.vault.passphrase import propose
from clinicir.vault.trail import FOLDER, file_name, file_numbers, pieces

_READINGS = 3
"""Times that each byte is read: measured, copied, read back."""


class VaultBundles:
    """Implements `clinicir.services.ports.Bundles` for the folder of an open vault."""

    def __init__(
        self,
        fs: FileSystem,
        root: Path,
        ring: KeyRing,
        verifiers: Mapping[str, bytes],
        closed: Callable[[], str | None],
        words: Sequence[str] = (),
    ) -> None:
        """`verifiers`: files put in each dossier to check it; `closed`: why nothing is recorded.

        `words`: to propose the passphrase of a dossier from.
        """
        self._fs, self._root, self._ring = fs, root, ring
        self._verifiers, self._closed, self._words = verifiers, closed, words
        self._store, self._ciphers = ObjectStore(fs, root), BodyCiphers(ring)

    def propose(self) -> str:
        """See `Bundles`."""
        return propose(self._words)

    def backup(self, target: Path, tell: Tell, watch: Watch) -> BundleCopy:
        """See `Bundles`."""
        self._require_place(target)
        small = [
            *trail_sources(self._fs, self._root),
            *key_sources(self._fs, self._root, self._ring.files),
        ]
        meter = _meter(watch, [*small, *object_sources(self._fs, self._root)])
        objects, missing = measured_objects(self._fs, self._root, meter)
        measured = [*(measure(source, meter) for source in small), *objects]
        return self._publish(target, measured, None, missing, tell, meter)

    def dossier(
        self,
        target: Path,
        parts: DossierParts,
        passphrase: str | None,
        tell: Tell,
        watch: Watch,
    ) -> BundleCopy:
        """See `Bundles`."""
        self._require_place(target)
        sources: list[Source] = [
            *trail_sources(self._fs, self._root),
            *(InMemory(name, content) for name, content in self._verifiers.items()),
            *self._clear("evidence", "bin", parts.evidence),
            *self._clear("documents", "pdf", parts.documents),
            *disclosed(self._fs, self._root, self._ciphers, frozenset(parts.entries)),
            InMemory(README, parts.readme.encode("utf-8")),
        ]
        meter = _meter(watch, sources)
        measured = [measure(source, meter) for source in sources]
        measured.append(measure(_sums(measured), meter))
        return self._publish(target, measured, passphrase, 0, tell, meter)

    def _publish(
        self,
        target: Path,
        measured: Sequence[Measured],
        passphrase: str | None,
        missing: int,
        tell: Tell,
        meter: Meter,
    ) -> BundleCopy:
        ordered = in_order(measured)
        with written(self._fs, target, ordered, passphrase, meter) as copy:
            told = BundleCopy(copy.sha256, copy.size_bytes, len(ordered), missing)
            tell(told)
        return told

    def _require_place(self, target: Path) -> None:
        because = self._closed()
        if because is not None:
            raise StorageError("vault.read_only", because=because)
        if target.resolve().is_relative_to(self._root.resolve()):
            raise StorageError("bundle.inside_vault")

    def _clear(
        self, folder: str, suffix: str, chosen: Sequence[tuple[IncidentId, ObjectId]]
    ) -> Iterator[Source]:
        for incident, object_id in dict.fromkeys(chosen):
            key = self._ciphers.key(incident)
            yield Decrypted(f"{folder}/{object_id}.{suffix}", self._store, object_id, key)


def disclosed(
    fs: FileSystem, root: Path, ciphers: BodyCiphers, wanted: frozenset[int]
) -> Iterator[InMemory]:
    """Body bytes of the wanted entries; one whose key is gone is left out."""
    n = 0
    for number in file_numbers(fs, root):
        for data in pieces(fs, root / FOLDER / file_name(number)):
            for line in data.splitlines(keepends=True):
                n += 1
                if n in wanted:
                    envelope = parse(line)
                    cipher = ciphers.get(sealing_scope(envelope.incident, envelope.kind))
                    if cipher is not None:
                        public, quote, _ = split(line)
                        body = open_body(cipher, line, quote, public)
                        yield InMemory(f"disclosed/e-{n:06d}.json", body)


def _sums(measured: Sequence[Measured]) -> InMemory:
    lines = sorted((one.entry.name, one.sha256) for one in measured)
    text = "".join(f"{sha256}  {name}\n" for name, sha256 in lines)
    return InMemory(SUMS, text.encode("ascii"))


def _meter(watch: Watch, sources: Sequence[Source]) -> Meter:
    return Meter(watch, _READINGS * sum(source.size_hint for source in sources))


def verifiers_in(folder: Path) -> dict[str, bytes]:
    """The files of `resources/verify` that go into each dossier."""
    names = ("verify_trail.py", "verifier.html")
    return {name: (folder / name).read_bytes() for name in names if (folder / name).is_file()}
