"""Small means shared by the measures: a table, a vault to measure, a median."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from clinicir.app import load_knowledge  # noqa: E402
from clinicir.domain.ids import IncidentId  # noqa: E402
from clinicir.domain.practice import Person, Practice  # noqa: E402
from clinicir.services import incidents, practice  # noqa: E402
from clinicir.services.session import Session  # noqa: E402
from clinicir.system_clock import SystemClock  # noqa: E402
from clinicir.vault.slots import Passphrase  # noqa: E402
from clinicir.vault.vault import Vault  # noqa: E402

WHO = "Claire Morel"
SECRET = Passphrase("huit mots tires au sort pour mesurer")
ZONE = ZoneInfo("Europe/Paris")


def heading(title: str) -> None:
    """Title of a table."""
    print(f"\n{title}\n{'-' * len(title)}", flush=True)


def rows(lines: Sequence[Sequence[str]]) -> None:
    """Columns as wide as their widest cell."""
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    for line in lines:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        print("  ".join(cells).rstrip(), flush=True)


def median_ms(act: Callable[[], object], times: int) -> float:
    """Median milliseconds of an act repeated."""
    spans = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        spans.append(time.perf_counter() - start)
    return statistics.median(spans) * 1000


def new_vault(root: Path) -> tuple[Vault, Session]:
    """A vault with a practice, on the real disk with real syncs."""
    clock = SystemClock(ZONE)
    vault = Vault.create(root, ways=(SECRET,), clock=clock, created=clock.now(), drill=True)
    session = Session(vault, load_knowledge(), clock)
    sheet = Practice("Cabinet fictif", "CAB_GROUPE", "54", Person(last_name="Morel"))
    practice.save(session, sheet, WHO)
    return vault, session


def new_incident(session: Session, n: int) -> IncidentId:
    """One more incident, numbered `n`."""
    incident = IncidentId(f"{n:016x}")
    now = session.clock.now()
    said = incidents.Said(facts={"personal_data": "yes"}, instants={"T_ATTACK": now})
    incidents.open_incident(session, incident, "amelipro", said, WHO)
    return incident


def fill(session: Session, incident: IncidentId, upto: int) -> None:
    """Notes, as a long incident has them, until the trail has `upto` entries."""
    at: datetime | None = None
    while session.store.position.n < upto:
        text = f"Appel de suivi no {session.store.position.n}, rien de nouveau."
        incidents.add_note(session, incident, text, at, WHO)
