"""Scenarios to cut, and what must hold whatever the cut (security design 2.6, T1 and T2)."""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from clinicir.domain.audit import EntryDraft, TrailPosition
from clinicir.domain.changes import Operation
from clinicir.domain.errors import ClinicirError
from clinicir.domain.ids import IncidentId, ObjectId
from clinicir.vault import key_files, keys
from clinicir.vault.key_files import KeyFiles
from clinicir.vault.keys import KeyRing
from clinicir.vault.line import parse
from clinicir.vault.projection import Tables
from clinicir.vault.vault import Vault
from tests.vault.simfs import Image, SimDisk

MASTER = bytes(range(32))
ROOT = Path("/vault")
FIRST = IncidentId("00000000000000a1")
SECOND = IncidentId("00000000000000b2")
BY = "Alix Morel"


class SteadyClock:
    """One second per look."""

    def __init__(self) -> None:
        self._at = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
        self._ms = 0

    def now(self) -> datetime:
        self._at += timedelta(seconds=1)
        self._ms += 1000
        return self._at

    def monotonic_ms(self) -> int:
        return self._ms


class NoLock:
    """A simulated disk has one user."""

    def acquire(self) -> None:
        pass

    def release(self) -> None:
        pass


def ring(files: KeyFiles) -> KeyRing:
    """Keys without derivation: the master key is known."""
    return KeyRing(MASTER, files)


def open_on(disk: SimDisk) -> Vault:
    return Vault.open_with(ROOT, ring, SteadyClock(), disk, NoLock())


@dataclass
class Story:
    """A vault on a simulated disk, and what it acknowledged, with the moments."""

    disk: SimDisk
    vault: Vault
    heads: dict[int, str] = field(default_factory=dict)
    tables: dict[int, Tables] = field(default_factory=dict)
    objects: dict[int, tuple[ObjectId, bytes]] = field(default_factory=dict)
    acks: list[tuple[int, int]] = field(default_factory=list)
    """(moment, number of the entry acknowledged)."""

    @classmethod
    def begin(cls, disk: SimDisk) -> Story:
        clock = SteadyClock()
        vault = Vault.create_with(
            ROOT, ring, clock, clock.now(), drill=True, fs=disk, lock=NoLock()
        )
        story = cls(disk, vault)
        story.note()
        story.acks.append((disk.moment, vault.position.n))
        return story

    def note(self) -> None:
        """Remember the state after each entry, those that the vault writes by itself included."""
        for line in _trail(self.disk.image()).splitlines(keepends=True)[len(self.heads) :]:
            self.heads[len(self.heads) + 1] = hashlib.sha256(line).hexdigest()
        self.tables[self.vault.position.n] = _copied(self.vault)

    def acted(self) -> None:
        """The program says to the person: done."""
        self.note()
        self.acks.append((self.disk.moment, self.vault.position.n))

    def commit(self, draft: EntryDraft) -> None:
        self.vault.commit(draft)
        self.acted()

    def open_incident(self, incident: IncidentId) -> None:
        operation = Operation("incident", incident, {"title": "essai"})
        self.commit(EntryDraft("incident.open", incident, BY, (operation,)))

    def set_fact(self, incident: IncidentId, name: str, value: str) -> None:
        operation = Operation("fact", name, {"value": value})
        self.commit(EntryDraft("fact.set", incident, BY, (operation,)))

    def drop_fact(self, incident: IncidentId, name: str) -> None:
        self.commit(EntryDraft("fact.correct", incident, BY, (Operation("fact", name, None),)))

    def add_evidence(self, incident: IncidentId, content: bytes) -> None:
        stored = self.vault.put(content, incident, {"name": "preuve"})
        operation = Operation("evidence", stored.object_id, {"sha256": stored.sha256})
        draft = EntryDraft(
            "evidence.add", incident, BY, (operation,), object_digest=stored.cipher_sha256
        )
        self.vault.commit(draft)
        self.objects[self.vault.position.n] = (stored.object_id, content)
        self.acted()

    def reopen(self) -> None:
        self.vault.close()
        self.vault = open_on(self.disk)


def short_story(disk: SimDisk) -> Story:
    """Creation, two incidents, facts set, replaced and removed, two objects, a reopening."""
    story = Story.begin(disk)
    story.open_incident(FIRST)
    story.set_fact(FIRST, "malicious", "yes")
    story.add_evidence(FIRST, b"journal du serveur")
    story.set_fact(FIRST, "malicious", "unknown")
    story.open_incident(SECOND)
    story.reopen()
    story.drop_fact(FIRST, "malicious")
    story.vault.save_draft(SECOND, {"note": "a moitie"})
    story.add_evidence(SECOND, b"capture")
    story.set_fact(SECOND, "nir_exposed", "no")
    return story


def rotating_story(disk: SimDisk) -> Story:
    """Small entries over several files of the trail, when a file is small too."""
    story = Story.begin(disk)
    story.open_incident(FIRST)
    for number in range(6):
        story.set_fact(FIRST, f"f{number % 3}", str(number))
    return story


def _copied(vault: Vault) -> Tables:
    tables: Tables = {}
    for incident in (None, *vault.incidents()):
        for kind in ("incident", "fact", "evidence"):
            records = vault.records(incident, kind)
            if records:
                name = f"{incident or '-'}/{kind}"
                tables[name] = {key: dict(record) for key, record in records.items()}
    return tables


def defect_after(story: Story, moment: int, image: Image, *, dir_sync: bool) -> str | None:
    """What is wrong when a crash at `moment` leaves `image`; None when all is well."""
    acknowledged = max((n for when, n in story.acks if when <= moment), default=0)
    if acknowledged == 0:
        return None  # the creation itself was not acknowledged yet
    return defect_of(story, acknowledged, image, SimDisk(image, dir_sync=dir_sync))


def defect_of(story: Story, acknowledged: int, image: Image, disk: SimDisk) -> str | None:
    """As above, for a disk that holds `image`; `disk` is left as the opening makes it."""
    try:
        vault = open_on(disk)
    except ClinicirError as error:
        return f"unreadable: {error}"
    if vault.state.read_only is not None:
        return f"closed: {vault.state.read_only}"
    if vault.state.head_lost or vault.state.sealed_incidents or vault.state.missing_objects:
        return f"state: {vault.state}"
    lines = _trail(disk.image()).splitlines(keepends=True)
    heads = [hashlib.sha256(line).hexdigest() for line in lines]
    if vault.position != TrailPosition(len(lines), heads[-1]):
        return "the position is not the end of the trail"
    kept = sum(story.heads.get(n) == head for n, head in enumerate(heads, start=1))
    if kept < acknowledged:
        return f"lost: {kept} of {acknowledged}"
    if any(b'"k":"recovery.' not in line for line in lines[kept:]):
        return "an entry that nobody asked for"
    expected = story.tables.get(kept)
    if expected is not None and _copied(vault) != expected:
        return f"mixed state at {kept}"
    for n, (object_id, content) in story.objects.items():
        if n <= kept:
            incident = IncidentId(parse(lines[n - 1]).incident)
            if vault.read_object(object_id, incident) != content:
                return f"object of entry {n}"
    return _tail_defect(image, disk)


def _common_length(one: bytes, other: bytes) -> int:
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[:middle] == other[:middle] else (low, middle - 1)
    return low


def _trail(image: Image) -> bytes:
    return b"".join(image[path] for path in sorted(image) if "/trail/trail-" in path)


def _tail_defect(image: Image, disk: SimDisk) -> str | None:
    """What was cut off the trail must lie in quarantine."""
    after = disk.image()
    kept = {hashlib.sha256(c).digest() for p, c in after.items() if "/quarantine/" in p}
    for path, content in image.items():
        if "/trail/trail-" not in path or after[path].startswith(content):
            continue
        start = content.rfind(b"\n", 0, _common_length(content, after[path])) + 1
        if hashlib.sha256(content[start:]).digest() not in kept:
            return f"{path}: cut without a copy"
    return None


def second_defect(disk: SimDisk) -> str | None:
    """A vault that was recovered must record, and open again as it was, with nothing to mend."""
    vault = open_on(disk)
    position = vault.commit(EntryDraft("note.add", None, BY))
    vault.close()
    before: TrailPosition = vault.position
    changes = len(disk.ops)
    again = open_on(disk)
    if again.state.read_only is not None or again.position != before or before.n < position.n:
        return "not the same after a second opening"
    return None if len(disk.ops) == changes else "the second opening still mends"


def _digest(image: Image) -> int:
    return hash(frozenset(image.items()))


def explore(story: Story, cuts: int, *, dir_sync: bool, sample: int) -> tuple[int, int]:
    """Distinct crash states of a story, and those among them that cut a recovery.

    Fails at the first defect. One state in `sample` has its recovery cut everywhere too.
    """
    seen: set[tuple[int, int]] = set()
    recovered = 0
    for moment, image in story.disk.crash_images(cuts, since=story.acks[0][0]):
        acknowledged = max(n for when, n in story.acks if when <= moment)
        key = (_digest(image), acknowledged)
        if key in seen:
            continue
        seen.add(key)
        disk = SimDisk(image, dir_sync=dir_sync)
        defect = defect_of(story, acknowledged, image, disk)
        assert defect is None, (moment, defect)
        if disk.ops and len(seen) % sample == 0:
            recovered += _crash_recovery(story, acknowledged, disk, seen, dir_sync=dir_sync)
    return len(seen), recovered


def _crash_recovery(
    story: Story, acknowledged: int, disk: SimDisk, seen: set[tuple[int, int]], *, dir_sync: bool
) -> int:
    count = 0
    for _, image in disk.crash_images(cuts=2):
        key = (_digest(image), acknowledged)
        if key in seen:
            continue
        seen.add(key)
        count += 1
        again = SimDisk(image, dir_sync=dir_sync)
        defect = defect_of(story, acknowledged, image, again)
        assert defect is None, defect
        if count % 10 == 0:
            assert second_defect(again) is None
    return count


def remember_pure_results(patch: pytest.MonkeyPatch) -> None:
    """Thousands of openings derive and parse the same keys: once is enough."""
    patch.setattr(keys, "derive", functools.cache(keys.derive))
    patch.setattr(key_files, "parse", functools.cache(key_files.parse))
