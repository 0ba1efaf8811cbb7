"""Page change in a full vault: 40 steps, 500 proofs, 10,000 journal entries; and the memory.

From the click to a page that is read, laid out and painted, in the window itself (off screen).
"""

from __future__ import annotations

import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from _table import WHO, fill, heading, new_incident, new_vault, rows

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from clinicir import paths
from clinicir.app import paper_printer
from clinicir.domain.audit import Verification
from clinicir.domain.ids import IncidentId
from clinicir.services import evidence
from clinicir.services.session import Session
from clinicir.ui.desk import INCIDENT_TABS, Desk, Place
from clinicir.ui.jobs import Jobs
from clinicir.ui.main_window import MainWindow
from clinicir.ui.registry import PAGES
from clinicir.ui.theme import Theme, use_resources
from clinicir.ui.window_parts import whole_window
from clinicir.vault.verify import verification, verify_chain

ENTRIES, PROOFS, TIMES = 10_000, 500, 9


def main() -> None:
    """One table: first opening, then the median and the worst of the changes that follow."""
    application = QApplication(sys.argv[:1])
    use_resources(paths.resources())
    Theme.apply(application, 1.0, "light")
    empty_mib = _memory_mib()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "vault"
        vault, session = new_vault(root)
        incident = new_incident(session, 1)
        _exhibits(session, incident, Path(folder))
        fill(session, incident, ENTRIES)
        verifier = partial(_verified, root)
        jobs = Jobs()
        window = whole_window("0", lambda: jobs.is_busy)
        jobs.failed.connect(window.explain)
        window.open_desk(Desk(session, jobs, window, paper_printer(vault), verifier, WHO), PAGES)
        window.resize(1280, 800)
        window.show()
        heading(f"Page change, {PROOFS} proofs, {ENTRIES:,} entries, ms ({TIMES} times)")
        rows(_measured(window, jobs, incident))
        print(f"\nmemory: {_memory_mib():.0f} MiB at the highest, {empty_mib:.0f} before the vault")
        jobs.shutdown()
        vault.close()
    os._exit(0)  # the pages die with the process


def _measured(window: MainWindow, jobs: Jobs, incident: IncidentId) -> list[list[str]]:
    places = [Place("home"), *(Place(tab, incident) for tab in INCIDENT_TABS if tab in PAGES)]
    places += [Place(name) for name in ("practice", "readiness")]
    lines = [["page", "first", "median", "worst", "worst freeze"]]
    for place in places:
        spans, freezes = [], []
        for _ in range(TIMES + 1):
            window.go(Place("readiness" if place.page == "home" else "home"))
            _until_quiet(jobs)
            span, freeze = _timed(partial(window.go, place), jobs)
            spans.append(span)
            freezes.append(freeze)
        median, worst = statistics.median(spans[1:]), max(spans[1:])
        lines.append([place.page, f"{spans[0]:.0f}", f"{median:.0f}", f"{worst:.0f}",
                      f"{max(freezes):.0f}"])  # fmt: skip
    return lines


def _timed(act: Callable[[], None], jobs: Jobs) -> tuple[float, float]:
    """(milliseconds until all is quiet, longest time without the event loop)."""
    start = time.perf_counter()
    act()
    longest = time.perf_counter() - start
    longest = max(longest, _until_quiet(jobs))
    return (time.perf_counter() - start) * 1000, longest * 1000


def _until_quiet(jobs: Jobs) -> float:
    """Turn the event loop until no job waits and all is painted; the longest turn, in seconds."""
    loop, longest, idle = QEventLoop(), 0.0, 0
    while idle < 2:
        start = time.perf_counter()
        QTimer.singleShot(0, loop.quit)
        loop.exec()
        longest = max(longest, time.perf_counter() - start)
        idle = 0 if jobs.is_busy else idle + 1
    return longest


def _exhibits(session: Session, incident: IncidentId, folder: Path) -> None:
    for n in range(PROOFS):
        file = folder / f"piece-{n:03}.txt"
        file.write_text(f"Relevé fictif numéro {n}\n", encoding="utf-8")
        told = evidence.Described(f"p{n}", f"Relevé fictif {n}")
        evidence.take_in(session, incident, file, told, WHO)


def _verified(root: Path) -> Verification:
    return verification(verify_chain(root))


def _memory_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
