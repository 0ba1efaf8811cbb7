"""The exhibits as a table."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from clinicir.services.views.evidence import EvidenceRow, Nature
from clinicir.texts import screens_evidence as say
from clinicir.texts.encoders import short_instant
from clinicir.ui.icons import icon

Index = QModelIndex | QPersistentModelIndex
NATURE_ICONS = {
    Nature.PICTURE: "image",
    Nature.PDF: "file-text",
    Nature.TEXT: "file-text",
    Nature.OTHER: "file-lock",
}
_SHORT = 14
"""Signs of the fingerprint shown in the list: three groups."""
_NOWHERE = QModelIndex()


class EvidenceTable(QAbstractTableModel):
    """Five columns; the whole fingerprint is in the detail of a row."""

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self.rows: tuple[EvidenceRow, ...] = ()

    def show_rows(self, rows: tuple[EvidenceRow, ...]) -> None:
        """Other rows."""
        self.beginResetModel()
        self.rows = rows
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
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 1:
            return icon(NATURE_ICONS[row.nature], "muted")
        cells = (
            row.number,
            row.title,
            row.by,
            short_instant(row.at),
            row.fingerprint[:_SHORT] + "\u2026",
        )
        if role == Qt.ItemDataRole.DisplayRole:
            return cells[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{say.EVIDENCE_COLUMNS[index.column()]} {cells[index.column()]}"
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == 1:
            return row.title
        return None
