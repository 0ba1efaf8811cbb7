"""A door without cryptography: same promises, no waiting."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from clinicir import paths
from clinicir.documents.printer import PaperPrinter
from clinicir.domain.errors import ClinicirError, UserError
from clinicir.services.ports import OpenContact, OpenVault, Printed
from clinicir.vault.recovery_code import parse, written
from tests.fakes import FakeCaseStore

CODE = "0000-0000-0000-0000-0000-0000-00Z7"
PHRASE = "un deux trois quatre cinq six sept huit"


@dataclass(frozen=True)
class FakeSheet:
    """Not a PDF, but bytes that tell what was asked."""

    content: bytes
    pages: int = 1


@dataclass
class FakeDoor:
    """Implements `services.ports.VaultDoor` around one vault in memory."""

    store: FakeCaseStore
    passphrase: str = ""
    code: str = CODE
    keyring: bool = False
    is_open: bool = False
    contacts: tuple[OpenContact, ...] | None = ()
    opened: list[str] = field(default_factory=list)
    limit: datetime | None = None
    read_only: str | None = None
    rolled_back: bool = False
    fault: ClinicirError | None = None
    """Raised by every way in."""

    restored: list[Path] = field(default_factory=list)

    @property
    def place(self) -> str:
        return "C:/Cabinet/coffre"

    def exists(self) -> bool:
        return bool(self.passphrase) or "keyring" in self.opened

    def keyring_is_real(self) -> bool:
        return self.keyring

    def keyring_opens(self) -> bool:
        return self.keyring

    def weakness(self, passphrase: str) -> str | None:
        return None if len(passphrase.split()) >= 7 else "short"

    def propose(self) -> str:
        return PHRASE

    def create(self, passphrase: str | None) -> OpenVault:
        self.passphrase = passphrase or ""
        return self._open("keyring" if passphrase is None else "created", self.code)

    def open_with_passphrase(self, text: str) -> OpenVault:
        if text != self.passphrase:
            raise UserError("key.wrong_passphrase")
        return self._open("passphrase")

    def open_with_recovery(self, code: str) -> OpenVault:
        if written(parse(code)) != self.code:
            raise UserError("key.wrong_recovery_code", groups=())
        return self._open("recovery")

    def restore(self, file: Path, code: str) -> OpenVault:
        self.restored.append(file)
        return self.open_with_recovery(code)

    def open_with_keyring(self) -> OpenVault:
        return self._open("keyring")

    def replace_passphrase(self, text: str | None) -> None:
        self.passphrase = text or ""
        self.opened.append("keyring" if text is None else "renewed")

    def new_recovery_code(self) -> str:
        return self.code

    def change_keys(self, text: str | None, by: str, reason: str) -> str:
        self.passphrase = text or ""
        self.opened.append(f"changed by {by}: {reason}")
        return self.code

    def recovery_sheet(self, code: str, practice: str) -> Printed:
        return FakeSheet(f"{practice} {code}".encode())

    def open_contacts(self) -> tuple[OpenContact, ...] | None:
        return self.contacts

    def show_contacts(self, contacts: tuple[OpenContact, ...] | None) -> None:
        self.contacts = contacts
        if contacts is None:
            self.limit = None

    def open_limit(self) -> datetime | None:
        return self.limit

    def show_limit(self, at: datetime | None) -> None:
        self.limit = None if self.contacts is None else at

    def account_only(self) -> bool:
        return self.keyring

    def close(self) -> None:
        self.is_open = False

    def _open(self, way: str, code: str = "") -> OpenVault:
        if self.fault is not None:
            raise self.fault
        self.is_open = True
        self.opened.append(way)
        printer = PaperPrinter("0" * 32, paths.fonts())
        return OpenVault(
            self.store, printer, self.store.verify, self.read_only, self.rolled_back, code
        )
