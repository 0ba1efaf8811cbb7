"""The exhibits as a table."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from clinicir.services.views.evidence import EvidenceRow, Nature, grouped
from clinicir.texts import screens_evidence as say
from clinicir.texts.encoders import table_instant
from clinicir.texts.plain_text import as_tooltip, on_one_line
from clinicir.ui.icons import icon

Index = QModelIndex | QPersistentModelIndex
NATURE_ICONS = {
    Nature.PICTURE: "image",
    Nature.PDF: "file-text",
    Nature.TEXT: "file-text",
    Nature.OTHER: "file-lock",
}
_SHORT = 12
"""Signs of the fingerprint shown in the list: three groups."""
_NOWHERE = QModelIndex()


class EvidenceTable(QAbstractTableModel):
    """Five columns; the whole fingerprint is in the detail of a row."""

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self.rows: tuple[EvidenceRow, ...] = ()
        self._written: dict[int, tuple[str, ...]] = {}

    def show_rows(self, rows: tuple[EvidenceRow, ...]) -> None:
        """Other rows."""
        self.beginResetModel()
        self.rows = rows
        self._written = {}
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """One an exhibit."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Number, title, who, when, fingerprint."""
        return 0 if parent.isValid() else len(say.EVIDENCE_COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = 0
    ) -> object:
        """Names of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return say.EVIDENCE_COLUMNS[section]
        return None

    def data(self, index: Index, role: int = 0) -> object:
        """Words of a cell, and what a screen reader says of it."""
        place = index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cells(index.row())[place]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{say.EVIDENCE_COLUMNS[place]} {self._cells(index.row())[place]}"
        if role == Qt.ItemDataRole.DecorationRole and place == 1:
            return icon(NATURE_ICONS[self.rows[index.row()].nature], "muted")
        if role == Qt.ItemDataRole.ToolTipRole and place == 1:
            return as_tooltip(self.rows[index.row()].title)
        return None

    def _cells(self, line: int) -> tuple[str, ...]:
        """Asked for several times by the table, written once."""
        if (known := self._written.get(line)) is not None:
            return known
        row = self.rows[line]
        self._written[line] = (
            row.number,
            on_one_line(say.withdrawn_title(row.title) if row.withdrawn else row.title),
            on_one_line(row.by),
            table_instant(row.at),
            grouped(row.sha256[:_SHORT]) + "\u2026",
        )
        return self._written[line]
