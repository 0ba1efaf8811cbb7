"""The fake vault keeps the promises that use cases rely on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from clinicir.domain.audit import EntryDraft
from clinicir.domain.changes import Operation
from clinicir.domain.errors import StorageError, UserError
from clinicir.domain.ids import IncidentId, ObjectId, Plain
from clinicir.services.ports import CaseStore
from tests import fakes


def store() -> fakes.FakeCaseStore:
    return fakes.FakeCaseStore(fakes.FakeClock())


def note(text: str) -> EntryDraft:
    operation = Operation("fact", "malicious", {"value": text, "presumed": False})
    return EntryDraft("fact.set", fakes.INCIDENT, fakes.BY, (operation,), {"text": text})


def test_it_is_a_case_store_and_its_chain_holds() -> None:
    port: CaseStore = store()
    first, second = port.commit(note("a")), port.commit(note("b"))
    assert (first.n, second.n, port.position) == (1, 2, second)
    assert [entry.head for entry in port.journal()] == [first.head, second.head]
    assert port.records(fakes.INCIDENT, "fact")["malicious"]["value"] == "b"


def test_a_changed_entry_is_seen() -> None:
    kept = store()
    for text in "abc":
        kept.commit(note(text))
    assert kept.verify().intact
    kept.entries[1] = replace(kept.entries[1], by="Quelqu’un d’autre")
    found = kept.verify()
    assert (found.intact, [problem.entry for problem in found.problems]) == (False, [2])


def test_a_failed_commit_changes_nothing_and_fails_once() -> None:
    kept = store()
    kept.commit(note("a"))
    kept.fails_with = "disk.full"
    with pytest.raises(StorageError):
        kept.commit(note("b"))
    assert kept.position.n == 1
    assert kept.records(fakes.INCIDENT, "fact")["malicious"]["value"] == "a"
    assert kept.commit(note("b")).n == 2


def test_what_canonical_json_cannot_hold_is_refused() -> None:
    with pytest.raises(TypeError):
        store().commit(replace(note("a"), detail={"score": cast(Plain, 0.5)}))


def test_records_are_copies_and_removal_forgets() -> None:
    kept = store()
    kept.commit(note("a"))
    cast(dict[str, Plain], kept.records(fakes.INCIDENT, "fact")["malicious"])["value"] = "z"
    assert kept.records(fakes.INCIDENT, "fact")["malicious"]["value"] == "a"
    gone = replace(note("a"), operations=(Operation("fact", "malicious", None),))
    kept.commit(gone)
    assert kept.records(fakes.INCIDENT, "fact") == {}


def test_objects_belong_to_their_incident(tmp_path: Path) -> None:
    kept = store()
    proof = tmp_path / "proof.txt"
    proof.write_bytes(b"abc")
    seen: list[tuple[int, int]] = []
    stored = kept.take_in(proof, fakes.INCIDENT, {}, lambda done, all_: seen.append((done, all_)))
    assert kept.read_object(stored.object_id, fakes.INCIDENT) == b"abc"
    assert (stored.size_bytes, seen) == (3, [(3, 3)])
    with pytest.raises(StorageError):
        kept.read_object(stored.object_id, IncidentId("00000000000000ff"))
    with pytest.raises(StorageError):
        kept.read_object(ObjectId("f" * 32), fakes.INCIDENT)
    with pytest.raises(UserError):
        kept.take_in(tmp_path / "missing", fakes.INCIDENT, {})
