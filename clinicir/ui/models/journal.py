"""The journal as a table, the newest line first, filtered by family and by words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from clinicir.services.views.journal import JournalLine, Mark
from clinicir.texts import screens_journal as say
from clinicir.texts.encoders import table_instant
from clinicir.texts.journal_words import line_text
from clinicir.texts.plain_text import as_tooltip, visible
from clinicir.ui.models.folding import fold

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True)
class Shown:
    """A line with its words, worked out off the GUI thread."""

    line: JournalLine
    words: str
    folded: str
    """What the search looks in."""


def words_of(line: JournalLine) -> str:
    """What the line says, on one line."""
    items = ((item.name, item.value, item.kind) for item in line.items)
    text = line_text(line.kind, items, line.noted_at.tzinfo, sealed=line.sealed)
    return " ".join(text.split())


def prepared(lines: Iterable[JournalLine]) -> list[Shown]:
    """The newest first, as the table takes them; `lines` come oldest first."""
    found = []
    for line in lines:
        words = words_of(line)
        folded = fold(" ".join((words, line.by, *line.pieces, say.line_number(line.n))))
        found.append(Shown(line, words, folded))
    return found[::-1]


class JournalTable(QAbstractTableModel):
    """Four columns; lines come in at both ends, since the journal is read by parts."""

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self._all: list[Shown] = []
        self._mark: Mark | None = None
        self._search = ""
        self._corrected: dict[int, int] = {}
        self.rows: list[Shown] = []

    def clear(self) -> None:
        """Another incident."""
        self._all, self._corrected = [], {}
        self._filter()

    def add_newer(self, lines: Sequence[Shown]) -> None:
        """Lines written since, the newest first."""
        if lines:
            self._remember(lines)
            self._all[:0] = lines
            self._filter()

    def add_older(self, lines: Sequence[Shown]) -> None:
        """Lines read later because they are older; nothing above them moves."""
        self._remember(lines)
        self._all.extend(lines)
        more = [shown for shown in lines if self._keeps(shown)]
        if more:
            last = len(self.rows)
            self.beginInsertRows(_NOWHERE, last, last + len(more) - 1)
            self.rows.extend(more)
            self.endInsertRows()

    def _remember(self, lines: Sequence[Shown]) -> None:
        for shown in lines:
            if shown.line.corrects is not None:
                self._corrected.setdefault(shown.line.corrects, shown.line.n)

    def keep_only(self, mark: Mark | None, search: str) -> None:
        """Lines of one family (None for all) that hold these words."""
        self._mark, self._search = mark, fold(search).strip()
        self._filter()

    def position_of(self, n: int) -> int | None:
        """Row of the entry of this number, None when it is not shown."""
        return next((row for row, shown in enumerate(self.rows) if shown.line.n == n), None)

    def line_of(self, n: int) -> JournalLine | None:
        """The entry of this number, shown or not, None when it was not read yet."""
        return next((shown.line for shown in self._all if shown.line.n == n), None)

    def _keeps(self, shown: Shown) -> bool:
        return self._mark in (None, shown.line.mark) and self._search in shown.folded

    def _filter(self) -> None:
        self.beginResetModel()
        self.rows = [shown for shown in self._all if self._keeps(shown)]
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
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(index)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{say.JOURNAL_COLUMNS[index.column()]} {self._cell(index)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return as_tooltip(self.whole(index.row()))
        return None

    def _cell(self, index: Index) -> str:
        shown = self.rows[index.row()]
        match index.column():
            case 0:
                return table_instant(shown.line.happened_at)
            case 1:
                return visible(shown.line.by)
            case 2:
                fixed = shown.line.n in self._corrected
                return visible(say.corrected_words(shown.words) if fixed else shown.words)
        return ", ".join(shown.line.pieces)

    def whole(self, row: int) -> str:
        """One line in full: both times, its number, and the line that corrects it."""
        shown = self.rows[row]
        line = shown.line
        when = table_instant(line.happened_at)
        if line.noted_later:
            when += f", {say.noted_on(line.noted_at)}"
        by = self._corrected.get(line.n)
        parts = (
            f"{say.line_number(line.n)} \u00b7 {when}, {line.by}",
            shown.words,
            ", ".join(line.pieces),
            say.corrected_by(by) if by is not None else "",
        )
        return "\n".join(part for part in parts if part)
