"""Cards of the settings page: look, folder and technical log, about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QEvent
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from clinicir.texts import screens_settings as say
from clinicir.texts.plain_text import visible
from clinicir.ui.theme import MODES, SCALES, px
from clinicir.ui.widgets.buttons import Secondary
from clinicir.ui.widgets.fields import Field, SingleChoice
from clinicir.ui.widgets.fold import Fold
from clinicir.ui.widgets.layout import Card, column, wrapping_row
from clinicir.ui.widgets.refill import flush
from clinicir.ui.widgets.text import Body, Code, Heading, Help, Small, Strong

Say = Callable[[str], None]
_READ_LINES = 12


class Worn(Protocol):
    """Size and colours of the application, changed at once."""

    @property
    def mode(self) -> str:
        """One of `theme.MODES`."""
        ...

    @property
    def scale(self) -> float:
        """One of `theme.SCALES`."""
        ...

    def choose(self, mode: str) -> None:
        """Other colours."""
        ...

    def resize(self, scale: float) -> None:
        """Another size."""
        ...


class LookCard(Card):
    """Follows what the menus and the keys change as well."""

    def __init__(self, look: Worn) -> None:
        """Shows what is worn."""
        self._look = look
        self.colours = SingleChoice(
            [(mode, say.MODES[mode]) for mode in MODES], side_by_side=True
        )
        self.letters = SingleChoice(
            [(str(scale), say.percent(scale)) for scale in SCALES], side_by_side=True
        )
        super().__init__(
            Heading(say.LOOK),
            Field(say.COLOURS, self.colours),
            Field(say.SIZE, self.letters, say.SIZE_HELP),
            gap=14,
        )
        self.colours.edited.connect(self._choose)
        self.letters.edited.connect(self._resize)
        self.show_worn()

    def show_worn(self) -> None:
        """What is on the screen now."""
        self.colours.set_value(self._look.mode)
        self.letters.set_value(str(self._look.scale))

    def changeEvent(self, event: QEvent) -> None:
        """Another size by the keyboard: the row follows."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "letters"):
            self.show_worn()

    def _choose(self) -> None:
        mode = self.colours.value()
        if mode is not None and mode != self._look.mode:
            self._look.choose(mode)

    def _resize(self) -> None:
        scale = self.letters.value()
        if scale is not None and float(scale) != self._look.scale:
            self._look.resize(float(scale))


class Reading(QPlainTextEdit):
    """A long text that can be read and copied, not changed."""

    def __init__(self, name: str, text: str = "") -> None:
        """`name` is what a screen reader says."""
        super().__init__(visible(text))
        self.setReadOnly(True)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the scale."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(self.fontMetrics().lineSpacing() * _READ_LINES + px(16))


class FolderCard(Card):
    """Where the vault is, and what may be handed to whoever helps."""

    def __init__(self, vault: Path, read_log: Callable[[], None], tell: Say) -> None:
        """`read_log` is asked each time the log is opened; `show_log` brings the answer."""
        self._tell, self._read_log = tell, read_log
        self.log = Reading(say.LOG_NAME)
        self._vault = str(vault)
        self.copy_folder = Secondary(say.FOLDER_COPY, "copy")
        self.copy_folder.clicked.connect(
            lambda: self._copy(self._vault, say.FOLDER_COPIED)
        )
        self.copy_log = Secondary(say.LOG_COPY, "copy")
        self.copy_log.clicked.connect(
            lambda: self._copy(self.log.toPlainText(), say.LOG_COPIED)
        )
        self.log_fold = Fold(say.LOG, self._make_log)
        self.log_fold.button.clicked.connect(self._opened)
        super().__init__(
            Heading(say.FOLDER),
            Help(say.FOLDER_HELP),
            Code(self._vault).selectable(),
            flush(wrapping_row(self.copy_folder)),
            self.log_fold,
            gap=10,
        )

    def open_log(self) -> None:
        """As if its button had been pressed."""
        self.log_fold.open(opened=True)
        self._opened()

    def show_log(self, text: str) -> None:
        """What would be copied, whole."""
        self.log.setPlainText(visible(text) or say.LOG_EMPTY)
        self.copy_log.setEnabled(bool(text))
        bar = self.log.verticalScrollBar()
        bar.setValue(bar.maximum())

    def _make_log(self) -> QWidget:
        inside = QWidget()
        inside.setLayout(
            column(Help(say.LOG_HELP), self.log, flush(wrapping_row(self.copy_log)), gap=8)
        )
        return inside

    def _opened(self) -> None:
        if self.log_fold.opened:
            self._read_log()

    def _copy(self, text: str, said: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._tell(said)


class AboutCard(Card):
    """Version, age of the law, and licences of what is bundled."""

    def __init__(self, version: str, checked_on: date) -> None:
        """The licences come with `show_licences`."""
        self._list = column(gap=2)
        self.licences: list[Fold] = []
        super().__init__(
            Heading(say.ABOUT),
            Body(say.ABOUT_TEXT),
            column(Small(say.version(version)), Small(say.legal_content(checked_on)), gap=2),
            Strong(say.LICENCES),
            self._list,
            gap=10,
        )

    def show_licences(self, licences: Sequence[tuple[str, str]]) -> None:
        """(name of the file, text) each; shown once."""
        if self.licences:
            return
        for stem, text in licences:
            name = say.licence(stem)
            fold = Fold(name, partial(Reading, name, text))
            self.licences.append(fold)
            self._list.addWidget(fold)
