"""A table that is read, not edited: one row at a time, no sideways scrolling."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView

_ROOMY_EM = 62
_TIGHT_EM = 46
_FEWEST_LINES = 5


class ReadingTable(QTableView):
    """Leaves out its least needed columns when the text is large; the detail keeps them."""

    def __init__(
        self, model: QAbstractItemModel, name: str, *, stretched: int, first_to_go: tuple[int, int]
    ) -> None:
        """`stretched` takes the room left; `first_to_go` are hidden one after the other."""
        super().__init__()
        self._first_to_go = first_to_go
        self.setModel(model)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(True)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        # Measured on some rows only: ten thousand would freeze the window.
        header.setResizeContentsPrecision(40)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        self.verticalHeader().hide()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or fewer columns."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the scale."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_first_to_go"):
            self._fit()

    def _fit(self) -> None:
        line = self.fontMetrics().height()
        self.verticalHeader().setDefaultSectionSize(round(line * 1.9))
        self.setIconSize(QSize(line, line))
        self.setMinimumHeight(round(line * 1.9 * _FEWEST_LINES))
        ems = self.width() / max(line, 1)
        for column, least in zip(self._first_to_go, (_ROOMY_EM, _TIGHT_EM), strict=True):
            self.setColumnHidden(column, ems < least * 0.7)
