"""What is due to be erased, and erasing it, for the command line: rooms joined."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from clinicir.domain.clock import Clock
from clinicir.domain.knowledge import Knowledge
from clinicir.services import retention
from clinicir.services.session import Session
from clinicir.texts import commands as say
from clinicir.vault.slots import Passphrase
from clinicir.vault.vault import Vault

Write = Callable[[str], None]


def purge(
    vault: Path,
    wanted: tuple[str, str, str] | None,
    passphrase: str,
    knowledge: Knowledge,
    clock: Clock,
    write: Write,
) -> None:
    """Tell what is due; or erase `wanted` (case number, scope, reason) and tell what is left."""
    with Vault.open(vault, Passphrase(passphrase), clock) as store:
        session = Session(store, knowledge, clock)
        if wanted is None:
            due = retention.due(session)
            lines = [say.due_line(d.number, d.scope, d.since, held=d.held) for d in due]
            write("\n".join(lines) or say.NOTHING_DUE)
            return
        number, scope, reason = wanted
        incident = session.find(number)
        left = [
            (f"{copy.at:%d/%m/%Y}", copy.kind, copy.label)
            for copy in retention.copies(session, incident)
        ]
        retention.erase(session, incident, scope, reason, say.COMMAND_LINE)
    for line in (*say.ERASED, *say.copies_lines(left)):
        write(line)
