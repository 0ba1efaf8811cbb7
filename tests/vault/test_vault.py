"""The vault as the use cases see it, on a real disk."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from clinicir.domain.audit import EntryDraft, TrailPosition
from clinicir.domain.changes import Operation
from clinicir.domain.errors import BugError, StorageError, UserError
from clinicir.domain.ids import IncidentId, ObjectId
from clinicir.services.ports import CaseStore
from clinicir.vault.line import LINE_LIMIT
from clinicir.vault.slots import Passphrase, RecoveryCode
from clinicir.vault.vault import CHECKPOINT_EVERY, Vault
from clinicir.vault.verify import verify_chain
from tests.vault.crash import BY, FIRST, SECOND, ring

PARIS_SUMMER = timezone(timedelta(hours=2))


class HandClock:
    """A clock set by hand."""

    def __init__(self) -> None:
        self.at = datetime(2026, 7, 1, 9, 0, tzinfo=PARIS_SUMMER)
        self.ms = 0

    def now(self) -> datetime:
        return self.at

    def monotonic_ms(self) -> int:
        return self.ms

    def pass_ms(self, ms: int) -> None:
        self.at += timedelta(milliseconds=ms)
        self.ms += ms


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def vault(tmp_path: Path, clock: HandClock) -> Iterator[Vault]:
    with Vault.create_with(tmp_path / "v", ring, clock, clock.now(), drill=False) as made:
        yield made


def _open_incident(vault: Vault, incident: IncidentId = FIRST) -> TrailPosition:
    operation = Operation("incident", incident, {"title": "essai"})
    return vault.commit(EntryDraft("incident.open", incident, BY, (operation,)))


def test_it_is_a_case_store(vault: Vault) -> None:
    store: CaseStore = vault
    assert store.position.n == 1
    assert store.incidents() == ()


def test_records_are_those_of_the_last_operation(vault: Vault) -> None:
    _open_incident(vault)
    _open_incident(vault, SECOND)
    fact = EntryDraft("fact.set", FIRST, BY, (Operation("fact", "a", {"value": "yes"}),))
    assert vault.commit(fact) == vault.position
    practice = EntryDraft("practice.set", None, BY, (Operation("practice", "p", {"name": "C"}),))
    vault.commit(practice)
    assert vault.records(FIRST, "fact") == {"a": {"value": "yes"}}
    assert vault.records(SECOND, "fact") == {}
    assert vault.records(None, "practice") == {"p": {"name": "C"}}
    assert vault.incidents() == (FIRST, SECOND)


def test_the_journal_reads_back_what_was_committed(vault: Vault, clock: HandClock) -> None:
    _open_incident(vault)
    clock.pass_ms(60_125)
    draft = EntryDraft(
        "fact.correct", FIRST, BY, (Operation("fact", "a", None),), {"reason": "erreur", "n": 2}
    )
    position = vault.commit(draft)
    entry = list(vault.journal(FIRST))[-1]
    assert (entry.n, entry.head) == (position.n, position.head)
    assert (entry.kind, entry.incident, entry.by) == ("fact.correct", FIRST, BY)
    assert entry.operations == draft.operations
    assert entry.detail == {"reason": "erreur", "n": 2}
    assert entry.at == clock.at
    assert entry.zone_minutes == 120
    assert entry.at.utcoffset() == timedelta(hours=2)
    assert not entry.sealed
    assert entry.actor.startswith("u-")
    assert [e.n for e in vault.journal()] == [1, 2, 3]
    assert [e.n for e in vault.journal(FIRST)] == [2, 3]


def test_names_of_persons_stay_sealed(vault: Vault, tmp_path: Path) -> None:
    _open_incident(vault)
    vault.save_draft(FIRST, {"note": "Alix Morel a dit"})
    for path in (tmp_path / "v").rglob("*"):
        if path.is_file():
            assert b"Alix" not in path.read_bytes()


def test_one_person_has_one_pseudonym(vault: Vault) -> None:
    _open_incident(vault)
    vault.commit(EntryDraft("note.add", FIRST, "Rene\u0301"))
    vault.commit(EntryDraft("note.add", FIRST, "Ren\u00e9"))
    vault.commit(EntryDraft("note.add", FIRST, "Rene"))
    actors = [entry.actor for entry in vault.journal()]
    assert actors[2] == actors[3]
    assert len(set(actors)) == 4


def test_a_closed_vault_opens_as_it_was(vault: Vault, tmp_path: Path, clock: HandClock) -> None:
    _open_incident(vault)
    stored = vault.put(b"contenu", FIRST, {"name": "x"})
    operation = Operation("document", "d", {"object": stored.object_id})
    vault.commit(
        EntryDraft("doc.issued", FIRST, BY, (operation,), object_digest=stored.cipher_sha256)
    )
    before = vault.position
    vault.close()
    with Vault.open_with(tmp_path / "v", ring, clock) as again:
        assert again.position == before
        assert not again.drill
        assert again.records(FIRST, "document") == {"d": {"object": stored.object_id}}
        assert again.read_object(stored.object_id, FIRST) == b"contenu"
        # an object known from an earlier start may be named again
        again.commit(EntryDraft("doc.sent", FIRST, BY, object_digest=stored.cipher_sha256))
        assert again.copy_out(stored.object_id, FIRST, tmp_path / "out.bin") == stored
    assert (tmp_path / "out.bin").read_bytes() == b"contenu"
    assert verify_chain(tmp_path / "v").is_intact


def test_evidence_is_taken_in(vault: Vault, tmp_path: Path) -> None:
    _open_incident(vault)
    source = tmp_path / "journal.txt"
    source.write_bytes(b"192.0.2.7 GET /\n" * 1000)
    seen: list[tuple[int, int]] = []
    stored = vault.take_in(source, FIRST, {}, lambda done, total: seen.append((done, total)))
    assert stored.sha256 == hashlib.sha256(source.read_bytes()).hexdigest()
    assert vault.read_object(stored.object_id, FIRST) == source.read_bytes()
    assert seen[-1][0] == seen[-1][1]


def test_what_a_vault_does_not_hold_is_not_named(vault: Vault) -> None:
    _open_incident(vault)
    with pytest.raises(BugError):
        vault.commit(EntryDraft("evidence.add", FIRST, BY, object_digest="0" * 64))
    with pytest.raises(StorageError) as caught:
        vault.read_object(ObjectId("0" * 32), FIRST)
    assert caught.value.code == "vault.object_missing"


def test_refused_entries_change_nothing(vault: Vault) -> None:
    _open_incident(vault)
    before = vault.position
    with pytest.raises(UserError) as unknown:
        vault.commit(EntryDraft("fact.set", SECOND, BY))
    assert unknown.value.code == "incident.unknown"
    with pytest.raises(StorageError) as long:
        vault.commit(EntryDraft("note.add", FIRST, BY, detail={"text": "a" * LINE_LIMIT}))
    assert long.value.code == "entry.too_long"
    with pytest.raises(BugError):
        vault.commit(EntryDraft("note.invented", FIRST, BY))
    with pytest.raises(BugError):
        vault.commit(EntryDraft("note.add", FIRST, BY, detail={"x": 1.5}))  # type: ignore[dict-item]
    assert vault.position == before
    assert vault.state.read_only is None
    assert vault.commit(EntryDraft("note.add", FIRST, BY)).n == before.n + 1


def test_every_64th_entry_is_a_checkpoint(vault: Vault) -> None:
    _open_incident(vault)
    heads = {1: "", 2: vault.position.head}
    while vault.position.n < 2 * CHECKPOINT_EVERY:
        position = vault.commit(EntryDraft("note.add", FIRST, BY))
        heads[position.n] = position.head
    points = [entry for entry in vault.journal() if entry.kind == "checkpoint"]
    assert [entry.n for entry in points] == [CHECKPOINT_EVERY, 2 * CHECKPOINT_EVERY]
    for entry in points:
        assert entry.detail == {"size": entry.n - 1, "head": heads[entry.n - 1]}


def test_a_step_of_the_clock_is_recorded_and_not_mended(vault: Vault, clock: HandClock) -> None:
    _open_incident(vault)
    clock.pass_ms(1000)
    clock.at -= timedelta(hours=5)
    vault.commit(EntryDraft("note.add", FIRST, BY))
    entries = list(vault.journal())
    assert [entry.kind for entry in entries[-2:]] == ["clock.step", "note.add"]
    assert entries[-2].detail["delta_ms"] == -5 * 3600 * 1000
    assert entries[-1].at == clock.at


def test_a_clock_behind_the_last_start_is_recorded(
    vault: Vault, tmp_path: Path, clock: HandClock
) -> None:
    _open_incident(vault)
    vault.close()
    clock.at -= timedelta(minutes=3)
    with Vault.open_with(tmp_path / "v", ring, clock) as again:
        again.commit(EntryDraft("note.add", FIRST, BY))
        assert [entry.kind for entry in again.journal()][-2:] == ["clock.backwards", "note.add"]


def test_only_one_program_at_a_time(vault: Vault, tmp_path: Path, clock: HandClock) -> None:
    with pytest.raises(StorageError) as caught:
        Vault.open_with(tmp_path / "v", ring, clock)
    assert caught.value.code == "vault.locked"
    assert isinstance(caught.value.values["pid"], int)
    vault.close()
    Vault.open_with(tmp_path / "v", ring, clock).close()


def test_a_used_folder_is_never_taken(vault: Vault, tmp_path: Path, clock: HandClock) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "file").write_bytes(b"x")
    (tmp_path / "plain").write_bytes(b"x")
    for name in ("v", "other", "plain"):
        with pytest.raises(StorageError) as caught:
            Vault.create_with(tmp_path / name, ring, clock, clock.now(), drill=False)
        assert caught.value.code == "vault.exists"


@pytest.mark.parametrize("name", ["absent", "empty"])
def test_no_vault_is_said_so(name: str, tmp_path: Path, clock: HandClock) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(StorageError) as caught:
        Vault.open_with(tmp_path / name, ring, clock)
    assert caught.value.code == "vault.not_found"


def test_the_header_tells_a_drill_only_when_it_is_one(tmp_path: Path, clock: HandClock) -> None:
    for drill in (False, True):
        root = tmp_path / str(drill)
        with Vault.create_with(root, ring, clock, clock.now(), drill=drill) as made:
            assert made.drill is drill
        fields = json.loads((root / "vault.json").read_bytes())
        assert fields.get("drill") is (True if drill else None)
        assert fields["created"] == "2026-07-01T07:00:00.000Z"


def test_ways_in(tmp_path: Path, clock: HandClock) -> None:
    passphrase = Passphrase("loutre granit piano brume cactus velours signal moulin")
    code = RecoveryCode("0000-0000-0000-0000-0000-0000-00Z7")
    root = tmp_path / "v"
    made = Vault.create(root, ways=[passphrase, code], clock=clock, created=clock.now(), drill=True)
    _open_incident(made)
    made.close()
    for way in (passphrase, code):
        with Vault.open(root, way, clock) as opened:
            assert opened.incidents() == (FIRST,)
    with pytest.raises(UserError) as caught:
        Vault.open(root, Passphrase("une autre phrase"), clock)
    assert caught.value.code == "key.wrong_passphrase"
    Vault.open(root, passphrase, clock).close()


def test_drafts_are_replaced(vault: Vault, tmp_path: Path, clock: HandClock) -> None:
    _open_incident(vault)
    assert vault.load_draft(FIRST) == {}
    vault.save_draft(FIRST, {"note": "un"})
    vault.save_draft(FIRST, {"note": "deux", "list": [1, None]})
    vault.save_draft(None, {"practice": "x"})
    assert vault.position.n == 2, "a draft is no entry"
    vault.close()
    with Vault.open_with(tmp_path / "v", ring, clock) as again:
        assert again.load_draft(FIRST) == {"note": "deux", "list": [1, None]}
        assert again.load_draft(None) == {"practice": "x"}


def test_a_damaged_or_moved_draft_is_an_empty_one(vault: Vault, tmp_path: Path) -> None:
    _open_incident(vault)
    _open_incident(vault, SECOND)
    vault.save_draft(FIRST, {"note": "un"})
    folder = tmp_path / "v" / "drafts"
    content = (folder / f"{FIRST}.draft").read_bytes()
    (folder / f"{SECOND}.draft").write_bytes(content)
    assert vault.load_draft(SECOND) == {}
    (folder / f"{FIRST}.draft").write_bytes(content[:-1])
    assert vault.load_draft(FIRST) == {}


def test_a_line_changed_under_an_open_vault_is_noticed(vault: Vault, tmp_path: Path) -> None:
    _open_incident(vault)
    path = tmp_path / "v" / "trail" / "trail-000001.jsonl"
    content = path.read_bytes()
    path.write_bytes(content.replace(b'"k":"incident.open"', b'"k":"incident.opem"'))
    with pytest.raises(StorageError) as caught:
        list(vault.journal())
    assert (caught.value.code, caught.value.values["entry"]) == ("trail.damaged", 2)


def test_the_times_of_entries_are_in_utc(vault: Vault, tmp_path: Path) -> None:
    line = (tmp_path / "v" / "trail" / "trail-000001.jsonl").read_bytes()
    fields = json.loads(line)
    assert fields["t"] == "2026-07-01T07:00:00.000Z"
    assert fields["z"] == 120
    assert next(vault.journal()).at == datetime(2026, 7, 1, 7, 0, tzinfo=UTC)
