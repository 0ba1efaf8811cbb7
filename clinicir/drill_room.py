"""Vaults of exercises: made beside the real one, opened without asking anything.

Their passphrase is drawn and kept in memory only: what is typed in an exercise, even something
true by mistake, can be read by nobody once the program has ended.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from clinicir.content.stories import load_story
from clinicir.documents.drill_certificate import build_drill_certificate
from clinicir.documents.printer import PaperPrinter
from clinicir.domain.clock import Clock
from clinicir.domain.drill import DrillReport
from clinicir.domain.errors import BugError, StorageError
from clinicir.domain.practice import Practice
from clinicir.domain.wording import Wording
from clinicir.door import Door, Verify
from clinicir.services.ports import OpenVault, Printed
from clinicir.vault.keystore import SecretBackend
from clinicir.vault.slots import FLOOR, Cost

_ID_BYTES = 8


class DrillDoor(Door):
    """The door of one exercise, which remembers what opens it."""

    drill = True

    def __init__(
        self, root: Path, clock: Clock, wording: Wording, resources: Path, verify: Verify
    ) -> None:
        """Nothing goes to the keyring; eight drawn words need no costly guess."""
        super().__init__(root, clock, wording, resources, verify, _no_keyring, _floor)
        self._phrase = ""

    def start(self) -> OpenVault:
        """A new vault."""
        self._phrase = self.propose()
        return self.create(self._phrase)

    def reopen(self) -> OpenVault:
        """The same vault again."""
        return self.open_with_passphrase(self._phrase)

    def replace_passphrase(self, text: str | None) -> None:
        """See `VaultDoor`; None is refused, there being no keyring."""
        super().replace_passphrase(text)
        self._phrase = text or ""

    def certificate(self, report: DrillReport) -> Printed:
        """The paper that tells of the exercise, stamped by its own trail."""
        vault = self._open
        paper = build_drill_certificate(report, self._wording)
        printer = PaperPrinter(vault.header.vault_id, self._resources / "fonts")
        return printer.render(paper, vault.position)


class DrillRoom:
    """Implements `services.ports.DrillRoom`; belongs to the writer thread."""

    def __init__(
        self,
        folder: Path,
        stories: Path,
        clock: Clock,
        wording: Wording,
        resources: Path,
        verify: Verify,
    ) -> None:
        """`folder` receives one vault an exercise; `stories` lend their fictional practices."""
        self._folder, self._stories = folder, stories
        self._make: Callable[[Path], DrillDoor] = lambda root: DrillDoor(
            root, clock, wording, resources, verify
        )
        self._clock = clock
        self._door: DrillDoor | None = None

    def practice(self, story: str) -> Practice:
        """See `DrillRoom`."""
        return Practice.from_plain(load_story(self._stories / f"{story}.toml").practice)

    def start(self) -> OpenVault:
        """See `DrillRoom`."""
        self.close()
        self._door = self._make(self._folder / self._new_name(self._clock.now()))
        return self._door.start()

    def _new_name(self, now: datetime) -> str:
        return f"{now:%Y-%m-%d}-{secrets.token_hex(_ID_BYTES)}"

    def resume(self) -> OpenVault:
        """See `DrillRoom`."""
        return self.door.reopen()

    @property
    def door(self) -> DrillDoor:
        """See `DrillRoom`."""
        if self._door is None:
            raise BugError("no exercise was begun")
        return self._door

    def certificate(self, report: DrillReport) -> Printed:
        """See `DrillRoom`."""
        return self.door.certificate(report)

    def close(self) -> None:
        """See `DrillRoom`."""
        if self._door is not None:
            self._door.close()


def _no_keyring() -> SecretBackend:
    raise StorageError("keyring.unavailable", why="exercise")


def _floor() -> Cost:
    return FLOOR
