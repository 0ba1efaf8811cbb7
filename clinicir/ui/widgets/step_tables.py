"""Lists written line by line: a quick entry, a paste of several lines, a table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableWidget, QTableWidgetItem

from clinicir.domain.ids import Plain
from clinicir.texts import screens_step_fields as say
from clinicir.texts.plain_text import on_one_line
from clinicir.ui.theme import px
from clinicir.ui.widgets.buttons import Quiet, Secondary
from clinicir.ui.widgets.fields import Field, Line, LongText
from clinicir.ui.widgets.layout import column, wrapping_row
from clinicir.ui.widgets.text import Help

Column = tuple[str, str]
"""Key of the record and its heading."""

_SEPARATORS = re.compile(r"\s*[;\t,]\s*")
_SHOWN_ROWS = 8
_WRAPPED_ROWS = 200
"""Measuring thousands would stop the window: they have one line each."""


class Table(QTableWidget):
    """Rows that are chosen whole and never typed in; as high as what it holds."""

    def __init__(self, headings: Sequence[str], name: str) -> None:
        """`name` is what a screen reader says of the table."""
        super().__init__(0, len(headings))
        self.setHorizontalHeaderLabels(list(headings))
        self.setAccessibleName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Replace all the rows."""
        self.setRowCount(len(rows))
        for index, row in enumerate(rows):
            for place, text in enumerate(row):
                self.setItem(index, place, QTableWidgetItem(on_one_line(text)))
        self._fit_rows()
        self.setVisible(bool(rows))

    def narrow(self, place: int) -> None:
        """This column takes the room of its words, the others share the rest."""
        mode = QHeaderView.ResizeMode.ResizeToContents
        self.horizontalHeader().setSectionResizeMode(place, mode)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words wrap elsewhere in another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit_rows()

    def _fit_rows(self) -> None:
        if self.rowCount() <= _WRAPPED_ROWS:
            self.resizeRowsToContents()
        shown = min(self.rowCount(), _SHOWN_ROWS)
        height = sum(self.rowHeight(index) for index in range(shown))
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + height + px(6))

    def chosen(self) -> list[int]:
        """Numbers of the rows selected."""
        return sorted({index.row() for index in self.selectionModel().selectedRows()})


class LineEntry(QFrame):
    """Quick entry of one line, and paste of many; tells what was entered, keeps nothing itself."""

    entered = Signal(list)
    """Tables of texts by key."""
    file_asked = Signal()

    def __init__(self, columns: Sequence[Column], paste_help: str, several: bool = True) -> None:
        """The first column is compulsory."""
        super().__init__()
        self.setProperty("surface", "sunken")
        self._columns = columns
        self.fields = {key: Field(label, Line()) for key, label in columns}
        self._add = Secondary(say.ADD, "plus")
        self._add.clicked.connect(lambda _: self._enter())
        self._many = Quiet(say.PASTE_MANY, "clipboard-list").at_edge()
        self._many.clicked.connect(lambda _: self._turn_paste())
        self.file = Quiet(say.IMPORT, "upload").at_edge()
        self.file.clicked.connect(lambda _: self.file_asked.emit())
        self.file.hide()
        if not several:
            self._many.hide()
        self.paste: Field = Field(say.PASTE_MANY, LongText(lines=4), help=paste_help)
        self._paste_add = Secondary(say.PASTE_DONE, "check")
        self._paste_add.clicked.connect(lambda _: self._enter_many())
        self.setLayout(
            column(
                *self.fields.values(),
                wrapping_row(self._add, self._many, self.file),
                self.paste,
                self._paste_add,
                gap=8,
                margins=12,
            )
        )
        for field in self.fields.values():
            field.editor.returnPressed.connect(self._enter)
        self._open_paste(open_=False)
        self.setFocusProxy(next(iter(self.fields.values())).first_focus())

    def refuse(self, key: str, text: str) -> None:
        """Say what is wrong with the line just entered; what was typed stays."""
        self.fields[key].set_problem(text)
        self.fields[key].first_focus().setFocus()

    def refuse_pasted(self, lines: Sequence[str], why: str) -> None:
        """Leave only the lines that could not be kept."""
        self.paste.editor.set_value("\n".join(lines))
        self.paste.set_problem(why or None)

    def accept(self) -> None:
        """The line was kept: ready for the next one."""
        for key, field in self.fields.items():
            field.set_problem(None)
            if key == self._columns[0][0]:
                field.editor.set_value(None)

    def pending(self) -> dict[str, Plain]:
        """What is typed and was not added; empty when the first column is."""
        line = {key: field.editor.value() for key, field in self.fields.items()}
        return {k: v for k, v in line.items() if v} if line[self._columns[0][0]] else {}

    def _enter(self) -> None:
        line = {key: field.editor.value() for key, field in self.fields.items()}
        for field in self.fields.values():
            field.set_problem(None)
        if not line[self._columns[0][0]]:
            self.refuse(self._columns[0][0], say.EMPTY_LINE)
            return
        self.entered.emit([{key: text for key, text in line.items() if text}])
        next(iter(self.fields.values())).first_focus().setFocus()

    def _enter_many(self) -> None:
        typed = {key: field.editor.value() for key, field in self.fields.items()}
        keys = [key for key, _ in self._columns]
        found = []
        for text in self.paste.editor.value().splitlines():
            cells = [cell.strip() for cell in _SEPARATORS.split(text.strip())]
            if cells and cells[0]:
                given = dict(zip(keys, cells, strict=False))
                rest = {key: typed[key] for key in keys[1:]}
                found.append({k: v for k, v in {**rest, **given}.items() if v})
        if found:
            self.entered.emit(found)

    def _turn_paste(self) -> None:
        self._open_paste(open_=self.paste.isHidden())

    def _open_paste(self, *, open_: bool) -> None:
        self.paste.setVisible(open_)
        self._paste_add.setVisible(open_)
        self._many.set_text(say.PASTE_CLOSE if open_ else say.PASTE_MANY)
        if open_:
            self.paste.first_focus().setFocus()


class LinesEditor(QFrame):
    """A list of small records kept with the step: devices, accesses, references of files."""

    edited = Signal()

    def __init__(self, name: str, columns: Sequence[Column], help_text: str) -> None:
        """`name` is the label of the field."""
        super().__init__()
        self._columns = columns
        self._lines: list[dict[str, Plain]] = []
        self.entry = LineEntry(columns, help_text, several=False)
        self.table = Table([label for _, label in columns], name)
        self._remove = Quiet(say.REMOVE, "x")
        self._remove.clicked.connect(lambda _: self._drop())
        self.setLayout(column(Help(help_text), self.entry, self.table, self._remove, gap=8))
        self.entry.entered.connect(self._enter)
        self.setFocusProxy(self.entry)
        for field in self.entry.fields.values():
            field.editor.edited.connect(self.edited.emit)
        self._show()

    def value(self) -> Plain:
        """The records, and the one typed but not added; None when there is none."""
        pending = self.entry.pending()
        return [*self._lines, *([pending] if pending else [])] or None

    def set_value(self, plain: Plain) -> None:
        """Show other records, without telling."""
        lines = plain if isinstance(plain, list) else []
        self._lines = [line for line in lines if isinstance(line, dict)]
        self._show()

    def _enter(self, lines: list[dict[str, Plain]]) -> None:
        self._lines += lines
        for field in self.entry.fields.values():
            field.editor.set_value(None)
        self._show()
        self.edited.emit()

    def _drop(self) -> None:
        chosen = set(self.table.chosen())
        self._lines = [line for n, line in enumerate(self._lines) if n not in chosen]
        self._show()
        self.edited.emit()

    def _show(self) -> None:
        keys = [key for key, _ in self._columns]
        self.table.show_rows([[str(line.get(key) or "") for key in keys] for line in self._lines])
        self._remove.setVisible(bool(self._lines))
