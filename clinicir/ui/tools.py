"""What the composition root hands to the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from clinicir.domain.clock import Clock
from clinicir.domain.knowledge import Knowledge
from clinicir.services.ports import DrillRoom, LineReader, VaultDoor
from clinicir.services.preview import Previews

Doubt = Callable[[str, str], str | None]
"""(kind of identifier, text) -> code of a doubt, None when it looks right."""


def no_doubt(_kind: str, _text: str) -> str | None:
    """When nobody can check identifiers."""
    return None


@dataclass(frozen=True)
class Tools:
    """The way in, the law, the time, and where this computer keeps what."""

    door: VaultDoor
    knowledge: Knowledge
    clock: Clock
    settings: Path
    """INI file of the look and of the last page: never a name, never a secret."""
    version: str
    vault: Path = Path()
    """Folder of the vault, told in the settings."""
    resources: Path = Path()
    """Folder of the bundled help and licences."""
    doubt: Doubt = no_doubt
    """Looks at SIRET, FINESS and RPPS; never refuses."""
    drills: DrillRoom | None = None
    """Vaults of exercises, None when none is offered."""
    first_page: str = ""
    """Asked for by the command line, shown once the vault is open."""
    previews: Previews | None = None
    """Looks at exhibits, in a process of its own; None when none is offered."""
    lines: LineReader | None = None
    """Reads lists brought as files; None when none is offered."""
