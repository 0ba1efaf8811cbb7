"""The application object around the shell: fonts, French dialogs, one instance, last resort."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication, QWidget

from clinicir.texts.screens_shell import PROGRAM
from clinicir.ui.problems import install_hook
from clinicir.ui.shell import Shell, Tools
from clinicir.ui.single import FirstInstance
from clinicir.ui.theme import use_resources


def build(tools: Tools, resources: Path) -> tuple[QApplication, Shell]:
    """Everything, not yet on screen; OSError when the bundled fonts cannot be read."""
    application = _application()
    use_resources(resources)
    return application, Shell(tools, application)


def run(tools: Tools, resources: Path, place: str) -> int:
    """Until the window closes; exit code. `place` names the vault, for the one window of it."""
    application, shell = build(tools, resources)
    first = FirstInstance(place)
    if not first.claim():
        shell.jobs.shutdown()
        return 0
    first.called.connect(lambda: come_forward(shell.window))
    put_back = install_hook(shell.window.explain)
    try:
        shell.start()
        return application.exec()
    finally:
        put_back()
        first.release()


def come_forward(window: QWidget) -> None:
    """Somebody started the program again: the window that is there shows itself."""
    if window.isMinimized():
        window.showNormal()
    window.raise_()
    window.activateWindow()


def _application() -> QApplication:
    present = QApplication.instance()
    application = present if isinstance(present, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName(PROGRAM)
    application.setApplicationDisplayName(PROGRAM)
    QLocale.setDefault(QLocale(QLocale.Language.French, QLocale.Country.France))
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load("qtbase_fr", folder):
        application.installTranslator(translator)
    return application
