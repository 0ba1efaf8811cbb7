"""The journal as a table, the newest line first, filtered by family and by words."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from clinicir.services.views.journal import JournalLine, Mark
from clinicir.texts import screens_journal as say
from clinicir.texts.encoders import short_instant
from clinicir.texts.journal_words import line_text

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


def words_of(line: JournalLine) -> str:
    """What the line says, on one line."""
    items = ((item.name, item.value, item.kind) for item in line.items)
    text = line_text(line.kind, items, line.noted_at.tzinfo, sealed=line.sealed)
    return " ".join(text.split())


class JournalTable(QAbstractTableModel):
    """Four columns; an event noted later says so in the first."""

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self._all: tuple[tuple[JournalLine, str], ...] = ()
        self._mark: Mark | None = None
        self._search = ""
        self.rows: list[tuple[JournalLine, str]] = []

    def show_lines(self, lines: tuple[JournalLine, ...]) -> None:
        """Other lines, oldest first as the journal gives them."""
        self._all = tuple((line, words_of(line)) for line in reversed(lines))
        self._filter()

    def keep_only(self, mark: Mark | None, search: str) -> None:
        """Lines of one family (None for all) that hold these words."""
        self._mark, self._search = mark, search.casefold().strip()
        self._filter()

    def _filter(self) -> None:
        self.beginResetModel()
        self.rows = [
            (line, words)
            for line, words in self._all
            if self._mark in (None, line.mark)
            and (not self._search or self._search in f"{words} {line.by}".casefold())
        ]
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """One a line."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """When, who, what, exhibits."""
        return 0 if parent.isValid() else len(say.JOURNAL_COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = 0
    ) -> object:
        """Names of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return say.JOURNAL_COLUMNS[section]
        return None

    def data(self, index: Index, role: int = 0) -> object:
        """Words of a cell; the whole line is its tool tip and is read aloud."""
        line, words = self.rows[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.whole(index.row())
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        cell = (short_instant(line.happened_at), line.by, words, ", ".join(line.pieces))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{say.JOURNAL_COLUMNS[index.column()]} {cell[index.column()]}"
        return cell[index.column()]

    def whole(self, row: int) -> str:
        """One line in full, with when it was written if that was later."""
        line, words = self.rows[row]
        when = short_instant(line.happened_at)
        if line.noted_later:
            when += f", {say.noted_on(line.noted_at)}"
        return "\n".join(part for part in (f"{when}, {line.by}", words, ", ".join(line.pieces))
                         if part)  # fmt: skip
