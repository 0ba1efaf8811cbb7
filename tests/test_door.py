"""Ways in and out of a vault of this computer, on the real disk."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from clinicir import paths
from clinicir.domain.audit import Verification
from clinicir.domain.errors import StorageError, UserError
from clinicir.door import Door
from clinicir.services import first_start
from clinicir.services.bundle_ports import Watch
from clinicir.services.ports import OpenContact, VaultDoor
from clinicir.services.session import Session
from clinicir.vault.keystore import SecretBackend
from clinicir.vault.slots import FLOOR
from tests.fakes import FakeClock, knowledge

PHRASE = "tilleul-canal-bougie-sable-orage-pomme-velours-toit"
NOW = datetime.fromisoformat("2027-01-12T17:10:00+01:00")


class MemoryKeyring:
    """A keyring that keeps what it is given for as long as the test lasts."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


def no_keyring() -> SecretBackend:
    """A computer without one."""
    raise StorageError("keyring.unavailable", why="test")


@pytest.fixture
def keyring() -> MemoryKeyring:
    return MemoryKeyring()


@pytest.fixture
def door(tmp_path: Path, keyring: MemoryKeyring) -> Iterator[Door]:
    made = Door(
        tmp_path / "cabinet",
        FakeClock(NOW, NOW),
        knowledge().wording,
        paths.resources(),
        lambda _: Verification(True, "chain", 1, 0, "0" * 64),
        lambda: keyring,
        lambda: FLOOR,
    )
    yield made
    made.close()


def test_a_door_is_what_the_window_expects(door: Door) -> None:
    asked: VaultDoor = door
    assert not asked.exists()
    assert asked.keyring_is_real()


def test_passphrase_then_recovery_code_then_a_new_passphrase(door: Door) -> None:
    made = door.create(PHRASE)
    assert len(made.recovery_code.split("-")) == 7
    door.close()
    assert door.exists()
    with pytest.raises(UserError, match="wrong_passphrase"):
        door.open_with_passphrase(PHRASE + "x")
    door.open_with_recovery(made.recovery_code.lower().replace("-", " "))
    door.replace_passphrase("orage-" + PHRASE)
    door.close()
    with pytest.raises(UserError, match="wrong_passphrase"):
        door.open_with_passphrase(PHRASE)
    assert door.open_with_passphrase("orage-" + PHRASE).read_only is None


def test_a_backup_comes_back_in_the_place_of_the_vault(door: Door, tmp_path: Path) -> None:
    made = door.create(PHRASE)
    assert made.bundles is not None
    file = tmp_path / "cle.cirbak"
    made.bundles.backup(file, lambda _: None, Watch())
    position = made.store.position
    back = door.restore(file, made.recovery_code)
    assert back.store.position.n > position.n
    assert len(list(tmp_path.glob("cabinet.avant-*"))) == 1
    [told] = [e for e in back.store.journal(None) if e.kind == "restore.done"]
    assert told.detail["head"] == position.head


def test_a_new_code_closes_the_former_one(door: Door) -> None:
    former = door.create(PHRASE).recovery_code
    code = door.new_recovery_code()
    door.close()
    with pytest.raises(UserError, match="wrong_recovery_code"):
        door.open_with_recovery(former)
    door.open_with_recovery(code)


def test_a_wrong_group_is_named(door: Door) -> None:
    groups = door.create(PHRASE).recovery_code.split("-")
    door.close()
    with pytest.raises(UserError) as caught:
        door.open_with_recovery("-".join([*groups[:4], groups[4][:3] + "U", *groups[5:]]))
    assert caught.value.values["groups"] == (5,)


def test_the_keyring_opens_without_a_word(door: Door, keyring: MemoryKeyring) -> None:
    door.create(None)
    door.close()
    assert door.keyring_opens()
    assert door.open_with_keyring().read_only is None
    door.close()
    keyring.kept.clear()
    with pytest.raises(StorageError, match=r"keyring\.lost"):
        door.open_with_keyring()


def test_on_a_shared_desk_the_passphrase_alone_opens_nothing(
    door: Door, keyring: MemoryKeyring
) -> None:
    code = door.create(PHRASE).recovery_code
    assert door.account_only()
    door.close()
    assert not door.keyring_opens()
    with pytest.raises(UserError, match="wrong_passphrase"):
        door.open_with_passphrase(PHRASE + "x")
    assert door.open_with_passphrase(PHRASE).read_only is None
    door.close()
    keyring.kept.clear()
    with pytest.raises(StorageError, match=r"keyring\.lost"):
        door.open_with_passphrase(PHRASE)
    door.open_with_recovery(code)
    door.replace_passphrase(PHRASE)
    door.close()
    assert door.open_with_passphrase(PHRASE).read_only is None


def test_after_a_reset_of_the_account_the_sheet_gives_it_its_key_again(
    door: Door, keyring: MemoryKeyring
) -> None:
    code = door.create(None).recovery_code
    door.close()
    keyring.kept.clear()
    door.open_with_recovery(code)
    door.replace_passphrase(None)
    door.close()
    assert door.open_with_keyring().read_only is None


def test_an_older_copy_put_back_is_known_on_a_shared_desk(door: Door, tmp_path: Path) -> None:
    door.create(PHRASE)
    door.close()
    shutil.copytree(tmp_path / "cabinet", tmp_path / "older")
    opened = door.open_with_passphrase(PHRASE)
    first_start.forget_sheet(Session(opened.store, knowledge(), FakeClock(NOW, NOW)), "Claire")
    door.close()
    assert not door.open_with_passphrase(PHRASE).rolled_back
    door.close()
    shutil.rmtree(tmp_path / "cabinet")
    (tmp_path / "older").rename(tmp_path / "cabinet")
    assert door.open_with_passphrase(PHRASE).rolled_back


def test_a_computer_without_keyring_says_so(tmp_path: Path) -> None:
    clock = FakeClock(NOW, NOW)
    door = Door(
        tmp_path / "c", clock, knowledge().wording, paths.resources(),
        lambda _: Verification(True, "chain", 1, 0, ""), no_keyring, lambda: FLOOR,
    )  # fmt: skip
    assert not door.keyring_is_real()
    assert not door.keyring_opens()
    door.create(PHRASE)
    assert not door.account_only(), "the passphrase opens by itself"
    door.close()
    assert door.open_with_passphrase(PHRASE).read_only is None
    door.close()


def test_the_limit_is_an_instant_in_clear_and_goes_with_the_contacts(
    door: Door, tmp_path: Path
) -> None:
    door.create(PHRASE)
    assert door.open_limit() is None
    door.show_limit(NOW)
    assert door.open_limit() == NOW
    (kept,) = tmp_path.glob("*.limit*")
    assert len(kept.read_text(encoding="ascii")) < 30
    door.show_contacts(None)
    assert door.open_limit() is None
    door.show_limit(NOW)
    assert not list(tmp_path.glob("*.limit*"))
    door.show_contacts(())
    kept.write_bytes(b"\xff demain")
    assert door.open_limit() is None


def test_a_weak_passphrase_makes_no_vault(door: Door) -> None:
    assert door.weakness("court") == "short"
    assert door.weakness(door.propose()) is None
    with pytest.raises(UserError, match="too_weak"):
        door.create("court")
    assert not door.exists()


def test_the_sheet_is_one_page_that_holds_the_code_and_no_passphrase(door: Door) -> None:
    code = door.create(PHRASE).recovery_code
    printed = door.recovery_sheet(code, "Cabinet du Tilleul")
    assert printed.pages == 1
    text = PdfReader(BytesIO(printed.content)).pages[0].extract_text()
    assert all(group in text for group in code.split("-"))
    assert "Cabinet du Tilleul" in text
    assert PHRASE not in text


def test_contacts_in_clear_are_kept_or_refused(door: Door, tmp_path: Path) -> None:
    assert door.open_contacts() == ()
    contacts = (OpenContact("it_provider", "Éric Exemple", "03 53 01 12 35"),)
    door.show_contacts(contacts)
    door.show_contacts(contacts)
    assert door.open_contacts() == contacts
    door.show_contacts(None)
    assert door.open_contacts() is None
    (tmp_path / "cabinet.contacts.json").write_bytes(b"{broken")
    assert door.open_contacts() == ()
