"""From the start of the process to a window that can be typed in, beside a bare PySide6 window.

The bare window has as many fields and buttons as ours shows then (a locked vault, and the very
first start). Fresh processes, alternated, page cache warm, bytecode kept as in any installed
program; median and best of them.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from _table import ROOT, heading, new_vault, rows

TIMES = 9
KEPT = tempfile.TemporaryDirectory()
OURS = """
import os, sys, time
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit

def wait(*_):
    while not ((field := QApplication.focusWidget()) and not field.visibleRegion().isEmpty()):
        QCoreApplication.processEvents()
    QCoreApplication.processEvents()
    at = time.monotonic()
    assert isinstance(field, ENTRY) and field.isEnabled()
    shown = [w for w in QApplication.allWidgets() if w.isVisible()]
    fields = sum(isinstance(w, QLineEdit) for w in shown)
    buttons = sum(isinstance(w, QAbstractButton) for w in shown)
    print(at, fields, buttons, flush=True)
    os._exit(0)

ENTRY = QLineEdit if sys.argv[2] == "locked" else QAbstractButton
QApplication.exec = wait
from clinicir.app import main
sys.argv = ["clinicir", "app", "--vault", sys.argv[1]]
main()
"""
BARE = """
import os, sys, time
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QFormLayout, QLineEdit, QMainWindow
from PySide6.QtWidgets import QPushButton, QWidget
application = QApplication([])
window, inside = QMainWindow(), QWidget()
form = QFormLayout(inside)
for n in range(int(sys.argv[1])):
    form.addRow(f"Champ {n}", QLineEdit())
for n in range(int(sys.argv[2])):
    form.addRow(QPushButton(f"Bouton {n}"))
window.setCentralWidget(inside)
window.resize(1024, 700)
window.show()
while not ((field := QApplication.focusWidget()) and not field.visibleRegion().isEmpty()):
    QCoreApplication.processEvents()
QCoreApplication.processEvents()
print(time.monotonic(), 0, 0, flush=True)
os._exit(0)
"""


def spent_ms(code: str, *words: str) -> tuple[float, list[str]]:
    """(milliseconds from the start of the process, what it counted)."""
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, "PYTHONPYCACHEPREFIX": KEPT.name}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", code, *words], check=True, cwd=ROOT, env=environment,
        capture_output=True, text=True,
    )  # fmt: skip
    at, *counted = done.stdout.split()
    return (float(at) - start) * 1000, counted


def compared(name: str, vault: Path) -> list[list[str]]:
    """One line for ours, one for the bare window."""
    _, counted = spent_ms(OURS, str(vault), name)
    spent_ms(BARE, *counted)
    ours, bare = [], []
    for _ in range(TIMES):
        ours.append(spent_ms(OURS, str(vault), name)[0])
        bare.append(spent_ms(BARE, *counted)[0])
    ratio = statistics.median(ours) / statistics.median(bare)
    what = f"{name} ({counted[0]} fields, {counted[1]} buttons)"
    return [
        [what, f"{statistics.median(ours):.0f}", f"{min(ours):.0f}", f"{ratio:.2f}"],
        ["  bare PySide6 window", f"{statistics.median(bare):.0f}", f"{min(bare):.0f}", ""],
    ]


if __name__ == "__main__":
    heading(f"Process start to usable window, ms, {TIMES} processes each")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "vault"
        new_vault(root)[0].close()
        lines = [["window", "median", "best", "ratio"]]
        lines += compared("locked", root)
        lines += compared("first", Path(folder) / "none")
        rows(lines)
