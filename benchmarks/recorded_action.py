"""Cost of one recorded action as the trail and the number of incidents grow.

An action is the whole of `steps.complete`: load the incident, check, append one line, two syncs,
apply. The vaults are filled first; the actions then alternate between them, so that what else the
machine does weighs on all alike. Figure to reach: the last costs at most 1.2 times the first.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from _table import WHO, fill, heading, new_incident, new_vault, rows

from clinicir.domain.ids import IncidentId
from clinicir.services import steps
from clinicir.services.session import Session

ROUNDS = 400
WARM = 20

Act = Callable[[], object]


def by_entries(folder: Path, open_vaults: ExitStack) -> list[tuple[int, Act]]:
    """One incident, a longer and longer trail."""
    found = []
    for size in (10, 1_000, 100_000):
        vault, session = new_vault(folder / f"entries-{size}")
        open_vaults.enter_context(vault)
        incident = new_incident(session, 1)
        fill(session, incident, size)
        found.append((size, action(session, incident)))
    return found


def by_incidents(folder: Path, open_vaults: ExitStack) -> list[tuple[int, Act]]:
    """More and more incidents, the action on the last one."""
    found = []
    for count in (1, 100, 1_000):
        vault, session = new_vault(folder / f"incidents-{count}")
        open_vaults.enter_context(vault)
        incident = IncidentId("")
        for n in range(1, count + 1):
            incident = new_incident(session, n)
        found.append((count, action(session, incident)))
    return found


def action(session: Session, incident: IncidentId) -> Act:
    """A step done once more."""
    done = steps.Done(note="Fait.")
    return lambda: steps.complete(session, incident, "ALR-02", done, WHO)


def alternate(acts: list[tuple[int, Act]]) -> list[tuple[int, float]]:
    """Median milliseconds of each act, all in turn."""
    spans: dict[int, list[float]] = {size: [] for size, _ in acts}
    for turn in range(ROUNDS + WARM):
        for size, act in acts:
            start = time.perf_counter()
            act()
            if turn >= WARM:
                spans[size].append(time.perf_counter() - start)
    return [(size, statistics.median(found) * 1000) for size, found in spans.items()]


def show(found: list[tuple[int, float]], what: str) -> None:
    """Milliseconds, and the ratio to the first line."""
    first = found[0][1]
    heading(f"One recorded action, by {what} already in the vault, median of {ROUNDS}")
    lines = [[what, "ms", "x first"]]
    lines += [[f"{size:,}", f"{ms:.3f}", f"{ms / first:.2f}"] for size, ms in found]
    rows(lines)


if __name__ == "__main__":
    for measure, what in ((by_entries, "entries"), (by_incidents, "incidents")):
        with tempfile.TemporaryDirectory(prefix="clinicir-bench-") as made, ExitStack() as vaults:
            show(alternate(measure(Path(made), vaults)), what)
