"""T17: the ways in and what may go wrong with each; the code of the sheet always opens."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from clinicir import paths
from clinicir.domain.audit import EntryDraft, Verification
from clinicir.domain.errors import ClinicirError, StorageError, UserError
from clinicir.door import Door
from clinicir.vault import slots
from clinicir.vault.keystore import SecretBackend
from clinicir.vault.slots import FLOOR
from clinicir.vault.vault import Vault
from tests.fakes import FakeClock, knowledge
from tests.test_door import NOW, PHRASE, MemoryKeyring, no_keyring


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is tried here is which way leads where; the price of a guess has its own tests."""
    monkeypatch.setattr(
        slots, "stretched", lambda text, salt, _cost: hashlib.sha256(salt + text).digest()
    )


OTHER = "violon-marche-cuivre-lampe-fenouil-radeau-chemin-ardoise"


class LockedKeyring(MemoryKeyring):
    """Its owner refuses to unlock it."""

    def get_password(self, service: str, username: str) -> str | None:
        raise OSError("locked")


class Place:
    """One vault, with the code of its sheet, and a computer that changes around it."""

    def __init__(self, root: Path) -> None:
        self.root, self.keyring = root, MemoryKeyring()
        self.code = ""

    def door(self, backend: Callable[[], SecretBackend] | None = None) -> Door:
        return Door(
            self.root, FakeClock(NOW, NOW), knowledge().wording, paths.resources(),
            lambda _: Verification(True, "chain", 1, 0, "0" * 64),
            backend or (lambda: self.keyring), lambda: FLOOR,
        )  # fmt: skip

    def made(self, passphrase: str | None) -> Place:
        door = self.door()
        opened = door.create(passphrase)
        self.code = opened.recovery_code
        opened.store.commit(EntryDraft("note.add", None, "Alix", detail={"text": "gardé"}))
        door.close()
        return self

    def slot(self, way: str) -> list[Path]:
        return [p for p in self.root.glob("keys*/slot-*") if f'"way":"{way}"' in p.read_text()]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "cabinet")


def opens_whole(act: Callable[[], object], door: Door) -> bool:
    act()
    vault = door._open
    kinds = [entry.kind for entry in vault.journal()]
    door.close()
    return "note.add" in kinds and vault.state.sealed_incidents == ()


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(ClinicirError) as caught:
        act()
    return caught.value.code


def emptied(place: Place) -> Door:
    place.keyring.kept.clear()
    return place.door()


def of_another_account(place: Place) -> Door:
    return place.door(MemoryKeyring)


def locked(place: Place) -> Door:
    return place.door(LockedKeyring)


def absent(place: Place) -> Door:
    return place.door(no_keyring)


def garbled_by_a_reset(place: Place) -> Door:
    for item in place.keyring.kept:
        place.keyring.kept[item] = "\ufffd" * 43
    return place.door()


def holding_another_secret(place: Place) -> Door:
    for item in place.keyring.kept:
        place.keyring.kept[item] = "A" * 43
    return place.door()


def with_a_damaged_slot(place: Place) -> Door:
    for way in ("keyring", "both"):
        for copy in place.slot(way):
            copy.write_bytes(copy.read_bytes()[:-9])
    return place.door()


def with_a_deleted_slot(place: Place) -> Door:
    for way in ("keyring", "both"):
        for copy in place.slot(way):
            copy.unlink()
    return place.door()


CASES = [
    (emptied, {"keyring.lost"}),
    (of_another_account, {"keyring.lost"}),
    (locked, {"keyring.unavailable"}),
    (absent, {"keyring.unavailable"}),
    (garbled_by_a_reset, {"keyring.lost"}),
    (holding_another_secret, {"keyring.mismatch", "key.wrong_passphrase"}),
    (with_a_damaged_slot, {"key.slot_damaged", "key.wrong_passphrase", "key.none_left"}),
    (with_a_deleted_slot, {"key.none_left"}),
]


@pytest.mark.parametrize(("change", "codes"), CASES)
@pytest.mark.parametrize("passphrase", [None, PHRASE])
def test_t17_the_code_opens_whatever_became_of_the_account(
    place: Place, passphrase: str | None, change: Callable[[Place], Door], codes: set[str]
) -> None:
    door = change(place.made(passphrase))
    if passphrase is None:
        assert code_of(door.open_with_keyring) in codes
    else:
        assert code_of(lambda: door.open_with_passphrase(PHRASE)) in codes
    assert opens_whole(lambda: door.open_with_recovery(place.code), door)


def test_t17_a_backend_that_keeps_nothing_is_refused_and_the_code_opens(place: Place) -> None:
    from keyring.backends.null import Keyring

    place.made(None)
    door = place.door(Keyring)
    assert code_of(door.open_with_keyring) == "keyring.unavailable"
    assert not door.keyring_is_real()
    assert opens_whole(lambda: door.open_with_recovery(place.code), door)


def test_t17_wrong_secrets_are_said_and_harm_nothing(place: Place) -> None:
    door = place.made(PHRASE).door()
    assert code_of(lambda: door.open_with_passphrase(OTHER)) == "key.wrong_passphrase"
    wrong = "0000-0000-0000-0000-0000-0000-00Z7"
    assert code_of(lambda: door.open_with_recovery(wrong)) == "key.wrong_recovery_code"
    assert opens_whole(lambda: door.open_with_passphrase(PHRASE), door)


def test_t17_two_vaults_do_not_open_each_other(place: Place, tmp_path: Path) -> None:
    place.made(None)
    other = Place(tmp_path / "autre")
    other.keyring = place.keyring
    other.made(None)
    for mine, yours in ((place, other), (other, place)):
        door = mine.door()
        assert code_of(lambda: door.open_with_recovery(yours.code)) == "key.wrong_recovery_code"  # noqa: B023
        assert opens_whole(door.open_with_keyring, door)


def test_t17_a_slot_of_another_vault_put_there_opens_nothing(place: Place, tmp_path: Path) -> None:
    place.made(PHRASE)
    other = Place(tmp_path / "autre").made(PHRASE)
    for copy in other.slot("recovery"):
        shutil.copy(copy, place.root / copy.relative_to(other.root))
    door = place.door()
    assert code_of(lambda: door.open_with_recovery(other.code)) in (
        "key.wrong_recovery_code", "key.slot_damaged",
    )  # fmt: skip
    assert opens_whole(lambda: door.open_with_recovery(place.code), door)


def test_t17_one_copy_of_every_key_file_lost_heals_and_is_told(place: Place) -> None:
    place.made(PHRASE)
    lost = sorted((place.root / "keys").iterdir())
    for path in lost:
        path.unlink()
    door = place.door()
    door.open_with_passphrase(PHRASE)
    told = [e for e in door._open.journal() if e.kind == "recovery.key_copy"]
    assert len(told) == 1
    door.close()
    door.open_with_recovery(place.code)
    door.close()
    assert sorted((place.root / "keys").iterdir()) == lost


def test_t17_without_any_way_the_data_stay_shut(place: Place) -> None:
    """Said plainly when the vault is made: neither account nor sheet, nothing opens."""
    place.made(None)
    door = with_a_deleted_slot(place)
    for copy in place.slot("recovery"):
        copy.unlink()
    assert code_of(door.open_with_keyring) == "key.none_left"
    assert code_of(lambda: door.open_with_recovery(place.code)) == "key.none_left"


def test_failed_openings_are_told_by_the_next_one_that_succeeds(place: Place) -> None:
    door = place.made(PHRASE).door()
    for _ in range(3):
        code_of(lambda: door.open_with_passphrase(OTHER))
    door.open_with_passphrase(PHRASE)
    [told] = [e for e in door._open.journal() if e.kind == "auth.fail"]
    assert told.detail["count"] == 3
    assert told.detail["at"] == ["2027-01-12T16:10:00.000Z"] * 3
    door.close()
    assert not (place.root / "tries.json").exists()
    door.open_with_passphrase(PHRASE)
    assert [e.kind for e in door._open.journal()].count("auth.fail") == 1
    door.close()


@pytest.mark.parametrize("content", [b"", b"{}", b'{"at":[],"count":0}', b'{"at":3,"count":1}'])
def test_a_spoilt_count_of_failed_openings_hinders_nothing(place: Place, content: bytes) -> None:
    door = place.made(PHRASE).door()
    (place.root / "tries.json").write_bytes(content)
    assert opens_whole(lambda: door.open_with_passphrase(PHRASE), door)


@pytest.mark.parametrize("after", [None, OTHER])
@pytest.mark.parametrize("before", [None, PHRASE])
def test_changed_keys_close_every_former_way(
    place: Place, before: str | None, after: str | None
) -> None:
    def enter(passphrase: str | None) -> object:
        if passphrase is None:
            return door.open_with_keyring()
        return door.open_with_passphrase(passphrase)

    door = place.made(before).door()
    former = dict(place.keyring.kept)
    enter(before)
    code = door.change_keys(after, "Alix", "fiche photographiée")
    door.close()
    assert opens_whole(lambda: enter(after), door)
    assert opens_whole(lambda: door.open_with_recovery(code), door)
    assert code_of(lambda: door.open_with_recovery(place.code)) == "key.wrong_recovery_code"
    if before is not None:
        code_of(lambda: enter(before))
    secrets = {item: text for item, text in former.items() if "unlock" in item[0]}
    assert secrets.items().isdisjoint(place.keyring.kept.items())
    assert not any("unlock-next" in item[0] for item in place.keyring.kept)
    place.keyring.kept.update(secrets)
    assert code_of(lambda: enter(after)).startswith("key")


def test_a_change_cut_before_the_keyring_knows_still_opens(place: Place) -> None:
    """The new secret waits beside the present one until the change is done."""
    door = place.made(None).door()
    door.open_with_keyring()
    kept = dict(place.keyring.kept)
    door.change_keys(None, "Alix", "")
    door.close()
    changed = place.keyring.kept
    [item] = [item for item in kept if item[0].endswith("/unlock")]
    waiting = (item[0] + "-next", item[1])
    place.keyring.kept = {**changed, item: kept[item], waiting: changed[item]}
    assert opens_whole(door.open_with_keyring, door)


def test_keys_are_not_changed_without_anything_to_open_them(place: Place) -> None:
    place.made(None)
    door = place.door(no_keyring)
    door.open_with_recovery(place.code)
    with pytest.raises(StorageError, match=r"keyring\.unavailable"):
        door.change_keys(None, "Alix", "")
    with pytest.raises(UserError, match=r"passphrase\.too_weak"):
        door.change_keys("court", "Alix", "")
    door.change_keys(PHRASE, "Alix", "")
    door.close()
    assert opens_whole(lambda: door.open_with_passphrase(PHRASE), door)


def test_the_sheet_gives_the_vault_a_new_passphrase(place: Place) -> None:
    door = of_another_account(place.made(None))
    door.recover(place.code, OTHER)
    vault: Vault = door._open
    assert [e.detail for e in vault.journal() if e.kind == "key.add"] == [{"way": "passphrase"}]
    door.close()
    assert opens_whole(lambda: door.open_with_passphrase(OTHER), door)
    assert opens_whole(lambda: door.open_with_recovery(place.code), door)
    assert code_of(place.door().open_with_keyring) == "key.none_left"
    with pytest.raises(UserError, match=r"passphrase\.too_weak"):
        door.recover(place.code, "court")
