"""The application object: fonts, French dialogs, one instance, and what comes in which order.

The first page is on screen before the rest of the program is read; this module and all that it
imports stay light.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from clinicir.texts.screens_shell import PROGRAM
from clinicir.ui.jobs import Jobs
from clinicir.ui.theme import use_first_resources, use_other_fonts
from clinicir.ui.threshold import Threshold

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from clinicir.ui.shell import Shell
    from clinicir.ui.single import FirstInstance

    MakeShell = Callable[[Threshold, Jobs], Shell]

_ARGUMENTS = ["clinicir", "-style", "fusion"]
"""Asked for once the application is there, a style costs ten times as much."""
_LATEST_MS = 500
"""A window that is never drawn, minimised for instance, is read behind as well."""


class Start(NamedTuple):
    """What the composition root hands over: cheap answers now, the rest when asked."""

    settings: Path
    """INI file of the look and of the last page: never a name, never a secret."""
    resources: Path
    """Folder of the bundled fonts and icons."""
    has_vault: Callable[[], bool]
    alone: Callable[[], FirstInstance]
    """The one window of this vault; asked on the GUI thread."""
    load: Callable[[], MakeShell]
    """Reads all that is behind the first page; asked on the writer thread."""


def run(start: Start) -> int:
    """Until the window closes; exit code. OSError when a bundled font cannot be read."""
    application = new_application()
    use_first_resources(start.resources)
    return Opening(start, application).run()


class Opening:
    """From the first drawing to the whole program."""

    def __init__(self, start: Start, application: QApplication, jobs: Jobs | None = None) -> None:
        """Nothing is shown before `show`."""
        self._start, self._application = start, application
        self.jobs = jobs or Jobs()
        self.threshold = Threshold(application, start.settings)
        self.shell: Shell | None = None
        self._begun = False
        self._fault: BaseException | None = None
        self._first: FirstInstance | None = None
        self._unguard: Callable[[], None] | None = None

    def run(self) -> int:
        """Show it, read the rest, wait for the end."""
        self.show()
        try:
            code = self._application.exec()
        finally:
            self.end()
        if self._fault is not None:
            raise self._fault
        return code

    def show(self) -> None:
        """The first page; the rest is read once it is drawn."""
        window = self.threshold.window
        window.painted.connect(self._begin)
        window.emptied.connect(self._leave)
        self.threshold.show(vault=self._start.has_vault())
        QTimer.singleShot(_LATEST_MS, window, self._begin)

    def end(self) -> None:
        """Another start makes a window of its own from now on."""
        if self._first is not None:
            self._first.release()
        if self._unguard is not None:
            self._unguard()

    def _begin(self) -> None:
        if self._begun:
            return
        self._begun = True
        self._first = first = self._start.alone()
        if not first.claim():
            self.threshold.window.hide()
            self.jobs.shutdown()
            self._application.quit()
            return
        first.called.connect(lambda: come_forward(self.threshold.window))
        use_other_fonts(self._start.resources)
        self.jobs.run(self._start.load, self._settle, self._give_up)

    def _settle(self, make: MakeShell) -> None:
        self.threshold.window.emptied.disconnect(self._leave)
        self.shell = make(self.threshold, self.jobs)
        self._unguard = self.shell.guard()
        self.shell.start()

    def _give_up(self, error: BaseException) -> None:
        """A file of the program cannot be read: said by whoever called `run`."""
        self._fault = error
        self.threshold.window.hide()
        self.jobs.shutdown()
        self._application.quit()

    def _leave(self) -> None:
        """Closed before all was read: nothing was open."""
        self._begun = True
        self.threshold.leave()
        self.threshold.window.hide()
        self.jobs.shutdown()
        self._application.quit()


def come_forward(window: QWidget) -> None:
    """Somebody started the program again: the window that is there shows itself."""
    if window.isMinimized():
        window.showNormal()
    window.raise_()
    window.activateWindow()


def new_application() -> QApplication:
    """In French, its name said."""
    present = QApplication.instance()
    application = present if isinstance(present, QApplication) else QApplication(_ARGUMENTS)
    application.setApplicationName(PROGRAM)
    application.setApplicationDisplayName(PROGRAM)
    QLocale.setDefault(QLocale(QLocale.Language.French, QLocale.Country.France))
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load("qtbase_fr", folder):
        application.installTranslator(translator)
    return application
