"""Import time of the core, beside an empty interpreter; best of several fresh processes."""

from __future__ import annotations

import subprocess
import sys
import time

from _table import ROOT, heading, rows

RUNS = 9
CASES = {
    "empty interpreter": "pass",
    "clinicir.domain (all of it)": "import clinicir.domain.case, clinicir.domain.route",
    "clinicir.services": "import clinicir.services.story_player, clinicir.services.summary",
    "clinicir.vault": "import clinicir.vault.vault",
    "clinicir.app (every command)": "import clinicir.app",
    "clinicir.app and all the data": "import clinicir.app; clinicir.app.load_knowledge()",
    "clinicir.documents.pdf (ReportLab)": "import clinicir.documents.pdf.renderer",
}


def best_ms(code: str) -> float:
    """Fresh process, page cache warm."""
    spans = []
    for _ in range(RUNS):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
        spans.append(time.perf_counter() - start)
    return min(spans) * 1000


if __name__ == "__main__":
    heading(f"Import time, best of {RUNS}")
    found = {name: best_ms(code) for name, code in CASES.items()}
    floor = found["empty interpreter"]
    lines = [["what", "ms", "above empty"]]
    lines += [[name, f"{ms:.0f}", f"{ms - floor:.0f}"] for name, ms in found.items()]
    rows(lines)
