"""Room of the board: three columns where they are read with ease, else one with three tabs."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from clinicir.texts import screens_steps as say
from clinicir.ui.widgets.layout import Scroll, column
from clinicir.ui.widgets.step_questions import Question
from clinicir.ui.widgets.undo_bar import UndoBar

THREE_COLUMNS = 56
"""Width in line heights from which three columns are read with ease (ux.md 0.13)."""
TIGHT = 24
"""Height in line heights under which the step gives up air to show its first line."""
_SHARES = (27, 46, 27)


class Slot(QStackedWidget):
    """A place for one widget, and what may come over it for a while."""

    def hold(self, widget: QWidget) -> None:
        """Replace all that is there."""
        self._keep(0)
        widget.resize(self.size())  # else it is laid out twice
        self.addWidget(widget)

    def cover(self, widget: QWidget) -> None:
        """Put a question over it."""
        self.addWidget(widget)
        self.setCurrentWidget(widget)
        widget.setFocus()

    def uncover(self) -> None:
        """Take away what is over it."""
        self._keep(1)

    @property
    def covered(self) -> bool:
        """Something is over it."""
        return self.count() > 1

    def _keep(self, first: int) -> None:
        while self.count() > first:
            gone = self.widget(self.count() - 1)
            if gone is not None:
                self.removeWidget(gone)
                gone.deleteLater()


class Board(QWidget):
    """List, step, clocks, and the actions of the step under them; a reader may cover all of it."""

    tightened = Signal()
    """There is less room, or more: read `tight`."""

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self.tight = False
        self.left, self.centre, self.right = Slot(), Slot(), Slot()
        self.tabs = QTabWidget()
        self.tabs.currentChanged.connect(lambda _: self._show_foot())
        self._stack, self._feet = QStackedWidget(), QVBoxLayout()
        self.undo = UndoBar(self)
        box = column(gap=0)
        box.addWidget(self._stack, 1)
        box.addLayout(self._feet)
        self.setLayout(box)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        columns = QWidget()
        self._across = QHBoxLayout(columns)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(0)
        self._stack.addWidget(columns)
        self._stack.addWidget(self.tabs)
        self.wide: bool | None = None
        self._arrange(wide=True)

    def show_left(self, steps: QWidget) -> None:
        """The list of steps."""
        self.left.hold(Scroll(steps))

    def show_right(self, aside: QWidget) -> None:
        """Clocks and calls."""
        self.right.hold(Scroll(aside))

    def show_step(self, step: QWidget, actions: QWidget) -> None:
        """Replace the step and its actions, which never scroll away."""
        self._drop_feet(0)
        self._feet.addWidget(actions)
        self.centre.hold(step)
        self._show_foot()
        QTimer.singleShot(0, self, self._place_undo)

    def takes_done(self) -> bool:
        """Ctrl+Return answers what covers the step, never the step that is hidden under it."""
        question, over = self.centre.currentWidget(), self.reading or self.centre.covered
        if isinstance(question, Question):
            question.save.click()
        return over

    @property
    def step_has_keyboard(self) -> bool:
        """It is in the step or its actions: it would be lost with them."""
        here = self.window().focusWidget()
        parts = [self.centre, *(self._foot(place) for place in range(self._feet.count()))]
        return any(part is not None and part.isAncestorOf(here) for part in parts)

    def cover_step(self, question: QWidget, actions: QWidget) -> None:
        """Put a question over the step, with actions of its own."""
        self._feet.addWidget(actions)
        self.show_centre()
        self.centre.cover(question)
        self._show_foot()

    def uncover_step(self) -> None:
        """Back to the step."""
        self.centre.uncover()
        self._drop_feet(1)
        self._show_foot()

    def show_centre(self) -> None:
        """Bring the step to the front."""
        self.tabs.setCurrentIndex(0)

    def read(self, reader: QWidget) -> None:
        """Cover everything."""
        self.stop_reading()
        self._stack.addWidget(reader)
        self._stack.setCurrentWidget(reader)
        self._show_foot()
        reader.setFocus()

    def stop_reading(self) -> None:
        """Back to the board."""
        self._stack.setCurrentIndex(0 if self.wide else 1)
        while (gone := self._stack.widget(2)) is not None:
            self._stack.removeWidget(gone)
            gone.deleteLater()
        self._show_foot()

    @property
    def reading(self) -> bool:
        """A reader covers everything."""
        return self._stack.count() > 2

    def resizeEvent(self, event: QResizeEvent) -> None:
        """By the size of the text, not by pixels."""
        super().resizeEvent(event)
        self._fit()
        self._place_undo()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the scale."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def offer_undo(self, sentence: str) -> None:
        """For ten seconds, just above the actions; over the step, so that nothing moves."""
        self.undo.offer(sentence)
        self._place_undo()

    def _place_undo(self) -> None:
        foot = self._foot(self._feet.count() - 1) if self._feet.count() else None
        low = foot.height() if foot is not None and not foot.isHidden() else 0
        high = max(self.undo.heightForWidth(self.width()), self.undo.minimumSizeHint().height())
        self.undo.setGeometry(0, self.height() - low - high, self.width(), high)
        self.undo.raise_()

    def _fit(self) -> None:
        if hasattr(self, "tabs"):
            line = max(1, self.fontMetrics().lineSpacing())
            self._arrange(wide=self.width() / line >= THREE_COLUMNS)
            tight = self.height() / line < TIGHT
            if tight != self.tight:
                self.tight = tight
                self.tightened.emit()

    def _arrange(self, *, wide: bool) -> None:
        if wide == self.wide:
            return
        self.wide = wide
        if wide:
            parts = (self.left, self.centre, self.right)
            for part, share in zip(parts, _SHARES, strict=True):
                self._across.addWidget(part, share)
                part.show()
        else:
            self.tabs.addTab(self.centre, say.TAB_STEP)
            self.tabs.addTab(self.left, say.TAB_LIST)
            self.tabs.addTab(self.right, say.TAB_CLOCKS)
        if not self.reading:
            self._stack.setCurrentIndex(0 if wide else 1)
        self._show_foot()

    def _show_foot(self) -> None:
        """The actions of what is in the centre, and only while it can be seen."""
        seen = not self.reading and (bool(self.wide) or self.tabs.currentIndex() == 0)
        last = self._feet.count() - 1
        for place in range(self._feet.count()):
            foot = self._foot(place)
            if foot is not None:
                foot.setVisible(seen and place == last)

    def _drop_feet(self, first: int) -> None:
        while self._feet.count() > first:
            gone = self._foot(self._feet.count() - 1)
            if gone is not None:
                gone.hide()
                self._feet.removeWidget(gone)
                gone.deleteLater()

    def _foot(self, place: int) -> QWidget | None:
        item = self._feet.itemAt(place)
        return item.widget() if item is not None else None
