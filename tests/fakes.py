"""Fakes that keep the promises of the real things: a clock, a vault in memory, fictional cases.

`FakeCaseStore` chains its entries, refuses what canonical JSON cannot hold and changes nothing when
it fails, so that a use case that passes here meets no surprise in the vault.
"""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from clinicir.app import load_knowledge
from clinicir.content.stories import load_story
from clinicir.domain.audit import (
    KINDS,
    AuditEntry,
    EntryDraft,
    Problem,
    TrailPosition,
    Verification,
)
from clinicir.domain.case import CaseFile
from clinicir.domain.clock import Clock, offset_minutes, to_wire
from clinicir.domain.errors import BugError, StorageError, UserError
from clinicir.domain.ids import IncidentId, ObjectId, Plain, PlainMap
from clinicir.domain.knowledge import Knowledge
from clinicir.domain.practice import Practice
from clinicir.services import practice as practice_service
from clinicir.services.documents import Production
from clinicir.services.incidents import Said, open_incident
from clinicir.services.ports import Printer, StoredObject
from clinicir.services.session import Session
from clinicir.services.story_player import Player, StoryClock

NO_HEAD = "0" * 64
INCIDENT = IncidentId("00000000000000a1")
ACTOR = "u-00000001"
BY = "Claire Morel"
START = datetime.fromisoformat("2027-01-12T17:10:00+01:00")

PRACTICE: dict[str, Plain] = {
    "name": "SELARL Cabinet médical du Tilleul",
    "type": "CAB_GROUPE",
    "siren": "123456782",
    "address": {"street": "12 rue du Tilleul", "postcode": "54000", "city": "Nancy"},
    "department": "54",
    "headcount": 4,
    "effectif_detail": "2 médecins, 1 secrétaire, 1 assistante médicale",
    "insurance_cyber": "unknown",
    "legal_head": {
        "civility": "Madame",
        "first_name": "Claire",
        "last_name": "Morel",
        "email": "claire.morel@secours-tilleul.example",
    },
    "contact": {
        "civility": "Madame",
        "first_name": "Claire",
        "last_name": "Morel",
        "function": "médecin gérante",
        "email": "claire.morel@secours-tilleul.example",
        "phone": "03 53 01 12 34",
    },
    "contacts": [
        {"role": "it_provider", "name": "Info-Lorraine Exemple", "phone": "03 53 01 12 35"}
    ],
}
"""A fictional practice, in the keys of a story."""


@dataclass
class FakeClock:
    """A clock that moves when it is told to."""

    at: datetime = START
    first: datetime = START

    def now(self) -> datetime:
        """The instant that was set."""
        return self.at

    def monotonic_ms(self) -> int:
        """Since the first instant, whatever the wall clock was set to."""
        return int((self.at - self.first).total_seconds() * 1000)

    def advance(self, **span: float) -> None:
        """`advance(hours=2)`."""
        self.at += timedelta(**span)


@dataclass
class FakeCaseStore:
    """A vault in memory; implements `clinicir.services.ports.CaseStore`."""

    clock: Clock
    drill: bool = True
    fails_with: str = ""
    """Code of the StorageError that the next commit or object raises, once."""
    entries: list[AuditEntry] = field(default_factory=list)
    objects: dict[tuple[str, str], bytes] = field(default_factory=dict)
    _tables: dict[tuple[str, str], dict[str, dict[str, Plain]]] = field(default_factory=dict)

    @property
    def position(self) -> TrailPosition:
        """Last entry, or number 0 of an empty trail."""
        if not self.entries:
            return TrailPosition(0, NO_HEAD)
        return TrailPosition(self.entries[-1].n, self.entries[-1].head)

    def incidents(self) -> tuple[IncidentId, ...]:
        """In the order of opening."""
        opened = (entry.incident for entry in self.entries if entry.kind == "incident.open")
        return tuple(dict.fromkeys(i for i in opened if i and i not in self.erased()))

    def erased(self) -> tuple[IncidentId, ...]:
        """In the order of their erasure."""
        return tuple(e.incident for e in self.entries if e.kind == "purge" and e.incident)

    def erase(self, draft: EntryDraft, objects: Sequence[ObjectId]) -> TrailPosition:
        """The entry, then the records or the objects."""
        if draft.kind == "purge":
            gone = [table for table in self._tables if table[0] == draft.incident]
        position = self.commit(draft)
        if draft.kind == "purge":
            for table in gone:
                if table[1] != "erasure":
                    del self._tables[table]
        for object_id in objects:
            self.objects.pop((draft.incident or "-", object_id), None)
        return position

    def records(self, incident: IncidentId | None, kind: str) -> Mapping[str, PlainMap]:
        """Copies: what a caller does to them changes nothing here."""
        return copy.deepcopy(self._tables.get((incident or "-", kind), {}))

    def commit(self, draft: EntryDraft) -> TrailPosition:
        """Append, then apply; nothing has changed when it raises."""
        self._fail_if_told()
        if draft.kind not in KINDS:
            raise BugError(f"unlisted kind of entry {draft.kind!r}")
        entry = self._entry(draft)
        self.entries.append(entry)
        for operation in entry.operations:
            table = self._tables.setdefault((draft.incident or "-", operation.kind), {})
            if operation.value is None:
                table.pop(operation.key, None)
            else:
                table[operation.key] = operation.value
        return self.position

    def journal(
        self, incident: IncidentId | None = None, start: int = 0
    ) -> Iterator[AuditEntry]:
        """Entries as they stand at the call."""
        return iter([e for e in self.entries if incident in (None, e.incident)][start:])

    def journal_size(self, incident: IncidentId | None = None) -> int:
        """As many as `journal` gives."""
        return sum(incident in (None, entry.incident) for entry in self.entries)

    def take_in(
        self,
        source: Path,
        incident: IncidentId,
        metadata: Mapping[str, Plain],
        progress: Callable[[int, int], None] | None = None,
    ) -> StoredObject:
        """Reads the whole file at once."""
        try:
            content = source.read_bytes()
        except OSError as problem:
            raise UserError("evidence.file_missing", file=source.name) from problem
        if progress is not None:
            progress(len(content), len(content))
        return self.put(content, incident, metadata)

    def put(
        self, content: bytes, incident: IncidentId, metadata: Mapping[str, Plain]
    ) -> StoredObject:
        """Keeps the clear bytes under an id that is never used again."""
        self._fail_if_told()
        _text(dict(metadata))
        object_id = ObjectId(f"{len(self.objects) + 1:032x}")
        self.objects[incident, object_id] = content
        return StoredObject(object_id, len(content), _sha(content), _sha(b"sealed" + content))

    def read_object(self, object_id: ObjectId, incident: IncidentId, most: int = 0) -> bytes:
        """The bytes under this id and this incident, never another's."""
        try:
            return self.objects[incident, object_id][: most or None]
        except KeyError:
            raise StorageError("vault.object_missing", object=object_id) from None

    def copy_out(self, object_id: ObjectId, incident: IncidentId, target: Path) -> StoredObject:
        """The clear bytes, in a file that did not exist."""
        content = self.read_object(object_id, incident)
        self._fail_if_told()
        with target.open("xb") as file:
            file.write(content)
        return StoredObject(object_id, len(content), _sha(content), _sha(b"sealed" + content))

    def verify(self) -> Verification:
        """Follow the chain again from its first entry."""
        head = NO_HEAD
        problems: list[Problem] = []
        for entry in self.entries:
            if entry.head != _head(head, entry):
                problems.append(Problem("entry.changed", entry.n, ""))
            head = entry.head
        return Verification(
            not problems, "bodies", len(self.entries), len(self.objects), head, tuple(problems)
        )

    def _entry(self, draft: EntryDraft) -> AuditEntry:
        at = self.clock.now()
        entry = AuditEntry(
            n=self.position.n + 1,
            kind=draft.kind,
            incident=draft.incident,
            actor=ACTOR,
            at=at,
            zone_minutes=offset_minutes(at),
            head="",
            by=draft.by,
            operations=copy.deepcopy(draft.operations),
            detail=copy.deepcopy(dict(draft.detail)),
        )
        return replace(entry, head=_head(self.position.head, entry))

    def _fail_if_told(self) -> None:
        if self.fails_with:
            code, self.fails_with = self.fails_with, ""
            raise StorageError(code)


def _head(previous: str, entry: AuditEntry) -> str:
    said: Plain = [
        previous,
        entry.n,
        entry.kind,
        entry.incident,
        to_wire(entry.at),
        entry.by,
        [operation.to_plain() for operation in entry.operations],
        dict(entry.detail),
    ]
    return _sha(_text(said).encode("ascii"))


def _text(plain: Plain) -> str:
    _check_plain(plain)
    return json.dumps(plain, sort_keys=True, separators=(",", ":"))


def _check_plain(plain: object) -> None:
    """What the trail cannot hold is refused here too: no float, no date, no tuple."""
    match plain:
        case None | bool() | int() | str():
            return
        case list():
            for item in plain:
                _check_plain(item)
        case dict():
            for key, item in plain.items():
                assert isinstance(key, str)
                _check_plain(item)
        case _:
            raise TypeError(f"not plain: {plain!r}")


def _sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def knowledge() -> Knowledge:
    """All the bundled data, read once for the whole suite."""
    return load_knowledge()


def new_session(
    practice: Mapping[str, Plain] = PRACTICE, *, at: datetime = START, drill: bool = True
) -> Session:
    """A vault in memory that holds a practice and no incident."""
    clock = FakeClock(at, at)
    session = Session(FakeCaseStore(clock, drill), knowledge(), clock)
    practice_service.save(session, Practice.from_plain(dict(practice)), BY)
    return session


def new_case(
    scenario: str = "amelipro",
    *,
    practice: Mapping[str, Plain] = PRACTICE,
    facts: Mapping[str, Plain] | None = None,
    instants: Mapping[str, str] | None = None,
    at: datetime = START,
    drill: bool = True,
) -> Session:
    """The same with one incident, `INCIDENT`, opened at `at`."""
    session = new_session(practice, at=at, drill=drill)
    known = {name: datetime.fromisoformat(when) for name, when in (instants or {}).items()}
    open_incident(session, INCIDENT, scenario, Said(facts or {}, known), BY)
    return session


def store_of(session: Session) -> FakeCaseStore:
    """The fake behind a session."""
    assert isinstance(session.store, FakeCaseStore)
    return session.store


def clock_of(session: Session) -> FakeClock:
    """The clock behind a session."""
    assert isinstance(session.clock, FakeClock)
    return session.clock


def case_file(session: Session) -> CaseFile:
    """What a paper is built from, as `services.documents` gathers it."""
    store = store_of(session)
    return CaseFile(
        session.case(INCIDENT), tuple(store.journal(INCIDENT)), store.position, store.verify()
    )


def play(path: Path, printer: Printer) -> tuple[Session, list[Production]]:
    """A story played to its end in a vault in memory, with all that it produced."""
    story = load_story(path)
    first = story.events[0].at
    clock = StoryClock(first, first)
    store = FakeCaseStore(clock, story.drill)
    session = Session(store, knowledge(), clock)
    practice_service.save(session, Practice.from_plain(story.practice), story.events[0].by)
    kept: list[Production] = []
    Player(
        session, clock, printer, store.verify, path.parent, INCIDENT, lambda _: None, kept.append
    ).play(story)
    return session, kept
