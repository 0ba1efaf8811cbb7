"""T22: a change of the master key, cut anywhere: the former ways open, or the new ones, always."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator

import pytest

from clinicir.domain.audit import EntryDraft
from clinicir.domain.errors import ClinicirError, StorageError, UserError
from clinicir.vault import slots
from clinicir.vault.key_files import KeyFiles
from clinicir.vault.keys import KeyRing
from clinicir.vault.slots import FLOOR, Passphrase, RecoveryCode, Secret, create_slot, open_slots
from clinicir.vault.vault import Vault
from tests.vault.crash import (
    BY,
    FIRST,
    MASTER,
    ROOT,
    SECOND,
    NoLock,
    SteadyClock,
    remember_pure_results,
)
from tests.vault.simfs import SimDisk
from tests.vault.test_erasure import CANARY, told_story

OLD = Passphrase("ancienne phrase d essai assez longue pour sept")
OLD_CODE = RecoveryCode("0000-0000-0000-0000-0000-0000-00Z7")
NEW = Passphrase("nouvelle phrase d essai assez longue pour sept")
_SHUT = ("key.wrong_passphrase", "key.wrong_recovery_code", "key.none_left", "key.slot_damaged")
NEW_CODE = RecoveryCode("ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZSE")


@pytest.fixture(autouse=True)
def _fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cheap derivation: what is tried here is the order of the acts."""
    remember_pure_results(monkeypatch)
    monkeypatch.setattr(
        slots, "stretched", lambda text, salt, _cost: hashlib.sha256(salt + text).digest()
    )


def lived_in(dir_sync: bool) -> SimDisk:
    """A vault with two incidents, exhibits and two former ways in."""
    disk = SimDisk(dir_sync=dir_sync)
    story = told_story(disk)
    for way in (OLD, OLD_CODE):
        create_slot(story.vault.ring, way)
    story.vault.close()
    return disk


def opened(disk: SimDisk, secret: Secret) -> Vault:
    return Vault.open_with(
        ROOT, lambda files: open_slots(files, secret), SteadyClock(), disk, NoLock()
    )


def is_whole(vault: Vault) -> bool:
    """Everything that was there can be read, and one more entry can be written."""
    state = vault.state
    assert (state.read_only, state.head_lost, state.rolled_back_from) == (None, False, None)
    assert (state.missing_objects, state.sealed_incidents) == ((), ())
    for incident in (FIRST, SECOND):
        [exhibit] = vault.records(incident, "evidence")
        assert vault.read_object(exhibit, incident) == CANARY  # type: ignore[arg-type]
        assert vault.load_draft(incident) == {"note": CANARY.decode()}
        assert not any(entry.sealed for entry in vault.journal(incident))
    return vault.commit(EntryDraft("note.add", FIRST, BY)) == vault.position


def test_a_change_closes_the_former_ways_and_keeps_everything() -> None:
    disk = lived_in(dir_sync=True)
    before = disk.image()
    vault = opened(disk, OLD)
    vault.change_keys([NEW, NEW_CODE], BY, "phrase vue par un tiers", FLOOR)
    assert is_whole(vault)
    vault.save_draft(FIRST, {"note": CANARY.decode()})
    vault.close()
    for secret in (NEW, NEW_CODE):
        again = opened(disk, secret)
        assert is_whole(again)
        again.close()
    for former in (OLD, OLD_CODE):
        with pytest.raises(UserError, match=r"key\.wrong"):
            opened(disk, former)
    [told] = [e for e in opened(disk, NEW).journal() if e.kind == "key.rotate"]
    assert (told.by, told.detail["ways"]) == (BY, ["passphrase", "recovery"])
    assert told.detail["reason"] == "phrase vue par un tiers"
    after = disk.image()
    assert {p for p in before if "/ik-" in p} == {p for p in after if "/ik-" in p}
    files = KeyFiles(disk, ROOT, vault.header.vault_id, may_mend=False)
    with pytest.raises(StorageError, match=r"key\.damaged"):
        KeyRing(MASTER, files).incident_key(FIRST)


def states(disk: SimDisk, since: int, dir_sync: bool, at_most: int = 0) -> Iterator[SimDisk]:
    """Distinct crash states; `at_most`: about that many, drawn evenly, 0 for all."""
    images = {
        hash(frozenset(image.items())): image for _, image in disk.crash_images(5, since=since)
    }
    step = max(1, len(images) // at_most) if at_most else 1
    for image in itertools.islice(images.values(), 0, None, step):
        yield SimDisk(image, dir_sync=dir_sync)


def tried(disk: SimDisk, secrets: tuple[Secret, ...]) -> bool:
    """True when one of the secrets opens a whole vault; any that opens must find it whole."""
    found = False
    for secret in secrets:
        try:
            vault = opened(disk, secret)
        except ClinicirError as error:
            if error.code not in _SHUT:
                raise
            continue
        found = True
        assert is_whole(vault)
        vault.close()
    return found


def cut_everywhere(dir_sync: bool, first: tuple[Secret, ...], at_most: int) -> tuple[int, int]:
    """States tried, and how many of them the ways of `first` open; fails on a locked one."""
    disk = lived_in(dir_sync)
    vault = opened(disk, OLD)
    start = disk.moment
    vault.change_keys([NEW, NEW_CODE], BY, "", FLOOR)
    others = (NEW, NEW_CODE) if first[0] is OLD else (OLD, OLD_CODE)
    count = by_first = 0
    for state in states(disk, start, dir_sync, at_most):
        count += 1
        one = tried(state, first)
        assert tried(state, others) or one, "neither"
        by_first += one
    return count, by_first


@pytest.mark.parametrize("dir_sync", [True, False])
@pytest.mark.parametrize("first", [(OLD, OLD_CODE), (NEW, NEW_CODE)])
def test_t22_cut_anywhere_it_opens_by_the_former_ways_or_by_the_new(
    dir_sync: bool, first: tuple[Secret, ...]
) -> None:
    count, by_first = cut_everywhere(dir_sync, first, 150)
    assert count >= 150
    assert 0 < by_first < count


@pytest.mark.parametrize("dir_sync", [True, False])
def test_t22_the_end_of_a_change_cut_again_still_opens(dir_sync: bool) -> None:
    """A crash while the next opening finishes what a crash had cut."""
    disk = lived_in(dir_sync)
    vault = opened(disk, OLD)
    start = disk.moment
    vault.change_keys([NEW, NEW_CODE], BY, "", FLOOR)
    count = 0
    for state in states(disk, start, dir_sync, 12):
        try:
            opened(state, NEW).close()
        except ClinicirError:
            continue
        for again in states(state, 0, dir_sync, 20):
            count += 1
            assert tried(again, (NEW,))
    assert count >= 100


def test_the_same_secret_for_both_takes_the_new_key() -> None:
    """A keyring, or a passphrase that stays: a change that was cut goes forward."""
    disk = lived_in(dir_sync=True)
    vault = opened(disk, OLD)
    start = disk.moment
    vault.change_keys([OLD, NEW_CODE], BY, "", FLOOR)
    forward = 0
    for state in states(disk, start, True, 100):
        again = opened(state, OLD)
        assert is_whole(again)
        forward += again.ring.check_value != KeyRing(MASTER, again.ring.files).check_value
        assert not again.ring.changing
        again.close()
        told = [e.kind for e in again.journal()].count("key.rotate")
        assert told <= 1
    assert forward > 0


def test_a_change_begun_in_vain_is_taken_away_by_the_next_one() -> None:
    disk = lived_in(dir_sync=True)
    vault = opened(disk, OLD)
    start = disk.moment
    vault.change_keys([NEW, NEW_CODE], BY, "", FLOOR)
    third = Passphrase("troisieme phrase d essai assez longue pour sept")
    again = 0
    for state in states(disk, start, True, 60):
        try:
            retried = opened(state, OLD)
        except ClinicirError:
            continue
        retried.change_keys([third, NEW_CODE], BY, "", FLOOR)
        assert is_whole(retried)
        retried.close()
        assert not tried(state, (OLD, NEW, OLD_CODE))
        assert tried(state, (third,))
        assert tried(state, (NEW_CODE,))
        again += 1
    assert again >= 20


@pytest.mark.parametrize("permanent", [True, False])
def test_a_disk_that_fails_anywhere_never_locks_out(permanent: bool) -> None:
    number = 0
    while True:
        disk = lived_in(dir_sync=True)
        vault = opened(disk, OLD)
        left = [number]

        def fault(name: str, _path: str, left: list[int] = left) -> OSError | None:
            if name in ("names", "exists", "size", "read", "open_read"):
                return None
            left[0] -= 1
            hit = left[0] < 0 if permanent else left[0] == -1
            return OSError(28, "full") if hit else None

        disk.fault = fault
        try:
            vault.change_keys([NEW, NEW_CODE], BY, "", FLOOR)
        except StorageError:
            pass
        else:
            break
        disk.fault = None
        assert vault.state.read_only == "disk.full"
        assert tried(disk, (OLD, NEW)), number
        number += 5
    assert number >= 60


def test_a_wrong_code_changes_nothing() -> None:
    disk = lived_in(dir_sync=True)
    vault = opened(disk, OLD)
    with pytest.raises(UserError, match=r"key\.wrong_recovery_code"):
        vault.change_keys([NEW, RecoveryCode("0000")], BY, "", FLOOR)
    assert sorted(slot.way for slot in slots.list_slots(vault.ring.files)) == [
        "passphrase", "recovery",
    ]  # fmt: skip
    assert is_whole(vault)
    vault.close()
    assert tried(disk, (OLD,))
    assert not tried(disk, (NEW,))
