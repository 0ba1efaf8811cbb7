"""Cost of one recorded action as the trail and the number of incidents grow.

An action is the whole of `steps.complete`: load the incident, check, append one line, two syncs,
apply. Figure to reach: the last costs at most 1.2 times the first.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from _table import WHO, fill, heading, median_ms, new_incident, new_vault, rows

from clinicir.domain.ids import IncidentId
from clinicir.services import steps
from clinicir.services.session import Session

TIMES = 300


def one_action(session: Session, incident: IncidentId) -> float:
    """Median of many; the first ones warm the caches."""
    done = steps.Done(note="Fait.")

    def act() -> None:
        steps.complete(session, incident, "ALR-02", done, WHO)

    median_ms(act, 20)
    return median_ms(act, TIMES)


def by_entries(folder: Path) -> None:
    """One incident, a longer and longer trail."""
    heading("One recorded action, by entries already in the trail")
    vault, session = new_vault(folder / "entries")
    with vault:
        incident = new_incident(session, 1)
        found = []
        for size in (10, 1_000, 100_000):
            fill(session, incident, size)
            found.append((size, one_action(session, incident)))
    show(found, "entries")


def by_incidents(folder: Path) -> None:
    """More and more incidents, the action on the last one."""
    heading("One recorded action, by incidents in the vault")
    vault, session = new_vault(folder / "incidents")
    with vault:
        found, made = [], 0
        incident = IncidentId("")
        for count in (1, 100, 1_000):
            while made < count:
                made += 1
                incident = new_incident(session, made)
            found.append((count, one_action(session, incident)))
    show(found, "incidents")


def show(found: list[tuple[int, float]], what: str) -> None:
    """Milliseconds, and the ratio to the first line."""
    first = found[0][1]
    lines = [[what, "ms", "x first"]]
    lines += [[f"{size:,}", f"{ms:.3f}", f"{ms / first:.2f}"] for size, ms in found]
    rows(lines)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="clinicir-bench-") as made:
        by_entries(Path(made))
        by_incidents(Path(made))
