"""The ways into the vault of this computer, for the window: slots, keyring, recovery sheet."""

from __future__ import annotations

import contextlib
import json
import secrets
from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from pathlib import Path

from clinicir.documents.printer import PaperPrinter
from clinicir.documents.recovery_sheet import SheetFacts, build_recovery_sheet
from clinicir.domain.audit import EntryDraft, Verification
from clinicir.domain.clock import Clock, from_wire, to_wire
from clinicir.domain.errors import BugError, StorageError, UserError
from clinicir.domain.wording import Wording
from clinicir.services.bundle_ports import Watch
from clinicir.services.ports import OpenContact, OpenVault, Printed
from clinicir.vault.bundle_maker import VaultBundles, verifiers_in
from clinicir.vault.bundle_read import open_bundle
from clinicir.vault.bundle_restore import Place, finish_switch, restore
from clinicir.vault.disk import OsFileSystem
from clinicir.vault.fsio import write_durably
from clinicir.vault.header import NAME, load_header
from clinicir.vault.key_files import KeyFiles
from clinicir.vault.keys import KeyRing, new_master
from clinicir.vault.keystore import KeyStore, SecretBackend, system_backend
from clinicir.vault.passphrase import (
    CommonPasswords,
    load_common,
    load_words,
    propose,
    require_strong,
    weakness,
)
from clinicir.vault.recovery_code import generate
from clinicir.vault.slots import (
    Cost,
    KeyringSecret,
    Passphrase,
    PassphraseAndKeyring,
    RecoveryCode,
    Secret,
    calibrate,
    create_slot,
    delete_slot,
    list_slots,
    open_slots,
)
from clinicir.vault.time_watch import PROGRAM
from clinicir.vault.vault import Vault

_SECRET_BYTES = 32
_MAX_CONTACTS_BYTES = 65_536
_MAX_LIMIT_BYTES = 64
_WORDLIST = "wordlist"
_BY_HAND = frozenset({"keyring", "both", "passphrase"})
"""Ways that open every day; the other one is the sheet."""

MakeBackend = Callable[[], SecretBackend]
Verify = Callable[[Path], Verification]


class Door:
    """Implements `services.ports.VaultDoor`; belongs to the writer thread."""

    drill = False
    """What `create` makes is the vault of an exercise."""

    def __init__(
        self,
        root: Path,
        clock: Clock,
        wording: Wording,
        resources: Path,
        verify: Verify,
        backend: MakeBackend = system_backend,
        cost: Callable[[], Cost] = calibrate,
    ) -> None:
        """`root`: folder of the vault, made by `create`; `cost` prices a guess of a passphrase."""
        self._root, self._clock, self._wording = root, clock, wording
        self._resources, self._verify = resources, verify
        self._backend, self._cost = backend, cost
        self._vault: Vault | None = None

    # --- before a vault is open ----------------------------------------------------------------

    @property
    def place(self) -> str:
        """See `VaultDoor`."""
        return str(self._root)

    def exists(self) -> bool:
        """See `VaultDoor`; a restore that a crash cut is ended first."""
        with contextlib.suppress(StorageError):
            finish_switch(OsFileSystem(), self._root)
        return (self._root / NAME).is_file() or (self._root / "keys.bak" / NAME).is_file()

    def keyring_is_real(self) -> bool:
        """See `VaultDoor`."""
        try:
            KeyStore(self._backend(), secrets.token_hex(16)).probe()
        except StorageError:
            return False
        return True

    def keyring_opens(self) -> bool:
        """See `VaultDoor`."""
        return "keyring" in self._ways()

    def _ways(self) -> frozenset[str]:
        """Of the vault on the disk; none when it cannot be read, which opening it will tell."""
        try:
            header, _ = load_header(OsFileSystem(), self._root, may_mend=False)
        except StorageError:
            return frozenset()
        files = KeyFiles(OsFileSystem(), self._root, header.vault_id, may_mend=False)
        return frozenset(slot.way for slot in list_slots(files))

    def weakness(self, passphrase: str) -> str | None:
        """See `VaultDoor`."""
        return weakness(passphrase, self._common)

    def propose(self) -> str:
        """See `VaultDoor`."""
        return propose(load_words(self._resources / _WORDLIST / "french.txt"))

    @cached_property
    def _common(self) -> CommonPasswords:
        folder = self._resources / _WORDLIST
        return load_common(folder / "common_passwords.txt", folder / "common_parts.txt")

    # --- making and opening --------------------------------------------------------------------

    def create(self, passphrase: str | None) -> OpenVault:
        """See `VaultDoor`."""
        if passphrase is not None:
            require_strong(passphrase, self._common)
        code, cost = generate(), self._cost()
        self._root.parent.mkdir(parents=True, exist_ok=True)

        def fill(files: KeyFiles) -> KeyRing:
            ring = KeyRing(new_master(), files)
            create_slot(ring, self._first_way(files, passphrase), cost)
            create_slot(ring, RecoveryCode(code), cost)
            return ring

        now = self._clock.now()
        vault = Vault.create_with(self._root, fill, self._clock, now, drill=self.drill)
        return self._hold(vault, code)

    def _first_way(self, files: KeyFiles, passphrase: str | None) -> Secret:
        if passphrase is None:
            return self._kept_secret(files.vault_id)
        try:
            kept = self._kept_secret(files.vault_id)
        except StorageError:  # no keyring to add: the passphrase opens alone
            return Passphrase(passphrase)
        return PassphraseAndKeyring(Passphrase(passphrase), kept)

    def _kept_secret(self, vault_id: str) -> KeyringSecret:
        """The secret of the keyring, drawn when it holds none."""
        store = KeyStore(self._backend(), vault_id)
        secret = store.load_secret()
        if secret is None:
            secret = secrets.token_bytes(_SECRET_BYTES)
            store.save_secret(secret)
        return KeyringSecret(secret)

    def open_with_passphrase(self, text: str) -> OpenVault:
        """See `VaultDoor`."""
        typed = Passphrase(text)
        if "both" not in self._ways():
            return self._hold(Vault.open(self._root, typed, self._clock))
        return self._hold(
            self._open_by_account(lambda kept: PassphraseAndKeyring(typed, kept))
        )

    def open_with_recovery(self, code: str) -> OpenVault:
        """See `VaultDoor`."""
        return self._hold(Vault.open(self._root, RecoveryCode(code), self._clock))

    def open_with_keyring(self) -> OpenVault:
        """See `VaultDoor`."""
        return self._hold(self._open_by_account(lambda kept: kept))

    def _open_by_account(self, way: Callable[[KeyringSecret], Secret]) -> Vault:
        """With what the keyring keeps, which also knows how far the trail went."""

        def unlock(files: KeyFiles) -> KeyRing:
            store = KeyStore(self._backend(), files.vault_id)
            secrets_kept = store.load_secrets()
            if not secrets_kept:
                raise StorageError("keyring.lost")
            for secret in reversed(secrets_kept[1:]):  # of a change of keys that was cut short
                with contextlib.suppress(StorageError, UserError):
                    return open_slots(files, way(KeyringSecret(secret)))
            return open_slots(files, way(KeyringSecret(secrets_kept[0])))

        return Vault.open_with(
            self._root, unlock, self._clock, mark_of=lambda i: KeyStore(self._backend(), i)
        )

    def _hold(self, vault: Vault, code: str = "") -> OpenVault:
        self.close()
        self._vault = vault
        return OpenVault(
            store=vault,
            printer=PaperPrinter(vault.header.vault_id, self._resources / "fonts"),
            verifier=lambda: self._verify(self._root),
            read_only=vault.state.read_only,
            rolled_back=vault.state.rolled_back_from is not None,
            bundles=self._bundles(vault),
            recovery_code=code,
        )

    def restore(self, file: Path, code: str) -> OpenVault:
        """See `VaultDoor`."""
        self.close()
        disk = OsFileSystem()
        disk.make_dir(self._root.parent)
        with open_bundle(disk, file) as bundle:
            restore(bundle, code, Place(disk, self._root, self._clock), Watch())
        return self.open_with_recovery(code)

    def _bundles(self, vault: Vault) -> VaultBundles:
        return VaultBundles(
            OsFileSystem(),
            self._root,
            vault.ring,
            verifiers_in(self._resources / "verify"),
            lambda: vault.state.read_only,
            load_words(self._resources / _WORDLIST / "french.txt"),
        )

    # --- while it is open ----------------------------------------------------------------------

    def replace_passphrase(self, text: str | None) -> None:
        """See `VaultDoor`."""
        if text is not None:
            require_strong(text, self._common)
        files = self._open.ring.files
        self._replace(self._first_way(files, text), _BY_HAND)

    def new_recovery_code(self) -> str:
        """See `VaultDoor`."""
        code = generate()
        self._replace(RecoveryCode(code), frozenset({"recovery"}))
        return code

    def recover(self, code: str, text: str) -> None:
        """Open with the sheet, then by `text` alone from now on: what a new computer needs.

        The passphrase and the account that opened before are closed; the sheet stays good.
        Raises as `open_with_recovery`, `passphrase.too_weak`, and the reason of a vault that may
        only be read.
        """
        require_strong(text, self._common)
        opened = self.open_with_recovery(code)
        if opened.read_only is not None:
            raise StorageError(opened.read_only, entry=self._open.state.at_entry)
        self._replace(Passphrase(text), _BY_HAND)

    def _replace(self, secret: Secret, ways: frozenset[str]) -> None:
        """The new way first: a crash between the two leaves two, never none."""
        ring = self._open.ring
        former = [slot for slot in list_slots(ring.files) if slot.way in ways]
        create_slot(ring, secret, self._cost())
        self._open.commit(EntryDraft("key.add", None, PROGRAM, detail={"way": secret.way}))
        for slot in former:
            delete_slot(ring.files, slot.slot_id)

    def change_keys(self, text: str | None, by: str, reason: str) -> str:
        """See `VaultDoor`."""
        if text is not None:
            require_strong(text, self._common)
        vault, code, store = self._open, generate(), None
        first: Secret | None = Passphrase(text) if text is not None else None
        with contextlib.suppress(StorageError):
            store = KeyStore(self._backend(), vault.header.vault_id)
            kept = KeyringSecret(secrets.token_bytes(_SECRET_BYTES))
            store.save_next_secret(kept.secret)
            first = kept if text is None else PassphraseAndKeyring(Passphrase(text), kept)
        if first is None:
            raise StorageError("keyring.unavailable")
        vault.change_keys([first, RecoveryCode(code)], by, reason, self._cost())
        if store is not None:
            store.promote()
        return code

    def recovery_sheet(self, code: str, practice: str) -> Printed:
        """See `VaultDoor`."""
        vault = self._open
        facts = SheetFacts(
            code, practice, vault.header.vault_id, str(self._root), vault.drill, self._clock.now()
        )
        paper = build_recovery_sheet(facts, self._wording)
        printer = PaperPrinter(vault.header.vault_id, self._resources / "fonts")
        return printer.render(paper, vault.position)

    def account_only(self) -> bool:
        """See `VaultDoor`."""
        return all(slot.way != "passphrase" for slot in list_slots(self._open.ring.files))

    @property
    def _open(self) -> Vault:
        if self._vault is None:
            raise BugError("no vault is open")
        return self._vault

    def close(self) -> None:
        """See `VaultDoor`."""
        if self._vault is not None:
            self._vault.close()
            self._vault = None

    # --- contacts in clear ---------------------------------------------------------------------

    @property
    def _contacts_file(self) -> Path:
        return self._root.parent / f"{self._root.name}.contacts.json"

    def open_contacts(self) -> tuple[OpenContact, ...] | None:
        """See `VaultDoor`; a file that cannot be read counts as empty."""
        try:
            with self._contacts_file.open("rb") as file:
                kept = json.loads(file.read(_MAX_CONTACTS_BYTES))
        except (OSError, ValueError):
            return ()
        if not isinstance(kept, list):
            return None
        return tuple(
            OpenContact(*row)
            for row in kept
            if isinstance(row, list) and len(row) == 3 and all(isinstance(t, str) for t in row)
        )

    def show_contacts(self, contacts: tuple[OpenContact, ...] | None) -> None:
        """See `VaultDoor`; a folder that refuses changes nothing else."""
        rows = None if contacts is None else [[c.role, c.name, c.phone] for c in contacts]
        with contextlib.suppress(StorageError):
            write_durably(OsFileSystem(), self._contacts_file, json.dumps(rows).encode("ascii"))
        if contacts is None:
            self.show_limit(None)

    @property
    def _limit_file(self) -> Path:
        return self._root.parent / f"{self._root.name}.limit.txt"

    def open_limit(self) -> datetime | None:
        """See `VaultDoor`; a file that cannot be read counts as none."""
        try:
            with self._limit_file.open("rb") as file:
                return from_wire(file.read(_MAX_LIMIT_BYTES).decode("ascii"))
        except (OSError, ValueError):
            return None

    def show_limit(self, at: datetime | None) -> None:
        """See `VaultDoor`; a folder that refuses changes nothing else."""
        with contextlib.suppress(StorageError, OSError):
            if at is None or self.open_contacts() is None:
                self._limit_file.unlink(missing_ok=True)
            else:
                write_durably(OsFileSystem(), self._limit_file, to_wire(at).encode("ascii"))
