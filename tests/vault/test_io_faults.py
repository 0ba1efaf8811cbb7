"""T4 and T5 in short: an error of the disk at every operation never acknowledges anything."""

from __future__ import annotations

import errno

import pytest

from clinicir.domain.audit import EntryDraft
from clinicir.domain.changes import Operation
from clinicir.domain.errors import StorageError
from clinicir.vault.projection import Tables
from clinicir.vault.vault import Vault
from tests.vault.crash import BY, FIRST, SECOND, NoLock, SteadyClock, Story, open_on, ring
from tests.vault.crash import ROOT as VAULT_ROOT
from tests.vault.simfs import FREE_BYTES, SimDisk

CODES = {
    errno.ENOSPC: "disk.full",
    errno.EIO: "disk.failure",
    errno.EACCES: "disk.readonly",
    errno.EROFS: "disk.readonly",
}


def _prepared() -> SimDisk:
    story = Story.begin(SimDisk())
    story.open_incident(FIRST)
    story.set_fact(FIRST, "malicious", "yes")
    return SimDisk(story.disk.image())


class _Nth:
    """Fails at the n-th operation that can fail, once or from then on."""

    def __init__(self, nth: int, number: int, *, lasting: bool) -> None:
        self.count, self.hit, self._nth = 0, False, nth
        self._number, self._lasting = number, lasting

    def __call__(self, name: str, _path: str) -> OSError | None:
        if name in ("names", "exists", "size", "read", "open_read", "free_bytes"):
            return None
        self.count += 1
        if self.count == self._nth or (self._lasting and self.count > self._nth):
            self.hit = True
            return OSError(self._number, name)
        return None


def _act(vault: Vault) -> None:
    """Everything that writes: an object and its entry, a new incident, a draft."""
    stored = vault.put(b"piece", FIRST, {})
    operation = Operation("evidence", stored.object_id, {"sha256": stored.sha256})
    vault.commit(
        EntryDraft("evidence.add", FIRST, BY, (operation,), object_digest=stored.cipher_sha256)
    )
    operation = Operation("incident", SECOND, {"title": "deux"})
    vault.commit(EntryDraft("incident.open", SECOND, BY, (operation,)))
    vault.save_draft(SECOND, {"note": "abc"})


def _facts(vault: Vault) -> Tables:
    return {
        f"{incident}/{kind}": {k: dict(r) for k, r in vault.records(incident, kind).items()}
        for incident in (FIRST, SECOND)
        for kind in ("incident", "fact", "evidence")
    }


def _count_of_operations() -> int:
    disk = _prepared()
    vault = open_on(disk)
    counter = _Nth(0, errno.EIO, lasting=False)
    disk.fault = counter
    _act(vault)
    return counter.count


@pytest.mark.parametrize("number", sorted(CODES))
@pytest.mark.parametrize("lasting", [False, True])
def test_an_error_anywhere_is_told_and_nothing_is_claimed(number: int, lasting: bool) -> None:
    total = _count_of_operations()
    assert total > 25
    for nth in range(1, total + 1):
        disk = _prepared()
        vault = open_on(disk)
        fault = _Nth(nth, number, lasting=lasting)
        disk.fault = fault
        with pytest.raises(StorageError) as caught:
            _act(vault)
        assert caught.value.code == CODES[number]
        acknowledged, shown = vault.position, _facts(vault)
        if vault.state.read_only is not None:
            assert vault.state.read_only == CODES[number]
            with pytest.raises(StorageError) as closed:
                vault.commit(EntryDraft("note.add", FIRST, BY))
            assert closed.value.code == "vault.read_only"
        vault.close()
        disk.fault = None
        _require_kept(disk, acknowledged.n, shown)


def _require_kept(disk: SimDisk, acknowledged: int, shown: Tables) -> None:
    again = open_on(disk)
    assert again.state.read_only is None
    assert not again.state.missing_objects
    assert again.position.n >= acknowledged
    if again.position.n == acknowledged:
        assert _facts(again) == shown
    before = again.position.n
    again.commit(EntryDraft("note.add", FIRST, BY))
    assert again.position.n == before + 1


def test_a_failed_sync_of_the_trail_closes_the_vault() -> None:
    disk = _prepared()
    vault = open_on(disk)
    syncs: list[str] = []

    def fault(name: str, path: str) -> OSError | None:
        if name == "sync" and "/trail-" in path:
            syncs.append(path)
            return OSError(errno.EIO, "lost") if len(syncs) == 1 else None
        return None

    disk.fault = fault
    with pytest.raises(StorageError):
        vault.commit(EntryDraft("note.add", FIRST, BY))
    assert vault.state.read_only == "disk.failure"
    with pytest.raises(StorageError):
        vault.commit(EntryDraft("note.add", FIRST, BY))
    assert len(syncs) == 1, "a second sync would succeed without the pages that were dropped"


def test_a_nearly_full_disk_refuses_before_writing(monkeypatch: pytest.MonkeyPatch) -> None:
    disk = _prepared()
    vault = open_on(disk)
    monkeypatch.setattr("tests.vault.simfs.FREE_BYTES", 1 << 20)
    changes = len(disk.ops)
    with pytest.raises(StorageError) as caught:
        vault.commit(EntryDraft("note.add", FIRST, BY))
    assert caught.value.code == "disk.full"
    assert len(disk.ops) == changes
    monkeypatch.setattr("tests.vault.simfs.FREE_BYTES", FREE_BYTES)
    assert vault.commit(EntryDraft("note.add", FIRST, BY)).n == 4


def test_a_failed_creation_leaves_no_vault() -> None:
    counter = _Nth(0, errno.EIO, lasting=False)
    disk = SimDisk()
    disk.fault = counter
    Vault.create_with(
        VAULT_ROOT, ring, SteadyClock(), SteadyClock().now(), drill=False, fs=disk, lock=NoLock()
    )
    for nth in range(1, counter.count + 1):
        disk = SimDisk()
        fault = _Nth(nth, errno.EIO, lasting=True)
        disk.fault = fault
        with pytest.raises(StorageError) as caught:
            Vault.create_with(
                VAULT_ROOT, ring, SteadyClock(), SteadyClock().now(), drill=False, fs=disk,
                lock=NoLock(),
            )  # fmt: skip
        assert caught.value.code == "disk.failure"


def test_an_opening_that_cannot_mend_still_reads() -> None:
    disk = _prepared()
    image = disk.image()
    path = "/vault/trail/trail-000001.jsonl"
    image[path] += b'{"a":"u-12345678","b":"torn'
    total = 0
    for nth in range(1, 40):
        disk = SimDisk(image)
        fault = _Nth(nth, errno.ENOSPC, lasting=True)
        disk.fault = fault
        vault = open_on(disk)
        if not fault.hit:
            break
        total += 1
        assert vault.state.read_only == "disk.full"
        assert vault.records(FIRST, "fact")["malicious"] == {"value": "yes"}
        vault.close()
        disk.fault = None
        _require_kept(disk, 3, {})
    assert total >= 5
