"""A paper leaves the vault: printed, or saved where the person chooses."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QWidget

from clinicir.texts import screens_papers as say
from clinicir.ui.desk import Desk
from clinicir.ui.pdf_pages import print_pages
from clinicir.ui.saved_file import save


def ask_printer(parent: QWidget) -> QPrinter | None:
    """The printer chosen in the dialog of the system, None when it was left."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    return printer if QPrintDialog(printer, parent).exec() else None


def print_on(desk: Desk, content: bytes, printer: QPrinter) -> None:
    """Print off the screen's thread, and say how it went."""
    desk.jobs.run(
        lambda: print_pages(content, printer),
        lambda _: desk.window.say(say.PRINTED),
        lambda _: desk.window.say(say.NOT_PRINTED),
    )


def save_as(parent: QWidget, desk: Desk, name: str, content: bytes, kind: str) -> None:
    """Ask where, write, and say that this copy is no longer protected."""
    chosen, _ = QFileDialog.getSaveFileName(parent, say.SAVE_PDF, str(Path.home() / name), kind)
    if chosen:
        desk.jobs.run(
            lambda: save(Path(chosen), content),
            lambda _: desk.window.say(say.SAVED_CLEAR),
            desk.window.explain,
        )
