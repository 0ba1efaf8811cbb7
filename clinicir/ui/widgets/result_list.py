"""What a search found, by family: the arrow keys pass from one result to the next."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from clinicir.texts import screens_search as say
from clinicir.texts.plain_text import on_one_line
from clinicir.ui.icons import draw_icon
from clinicir.ui.models.search_index import Found, Hit, spans
from clinicir.ui.theme import colour, current, px

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_SIGNS = {
    "incident": "siren", "step": "list-checks", "evidence": "folder-lock", "paper": "file-text",
    "journal": "history",
}  # fmt: skip
_ROW = Qt.ItemDataRole.UserRole
_QUERY = Qt.ItemDataRole.UserRole + 1
_PAD, _SIDE, _LEFT, _GAP = 8, 20, 12, 12


@dataclass(frozen=True)
class Row:
    """A heading, a result, or the way to more of them."""

    group: str
    text: str
    hit: Hit | None = None
    more: bool = False


class Results(QAbstractListModel):
    """Headings cannot be chosen."""

    def __init__(self) -> None:
        """Nothing yet."""
        super().__init__()
        self.rows: list[Row] = []
        self.query = ""

    def show(self, found: tuple[Found, ...], query: str) -> None:
        """Other results."""
        self.beginResetModel()
        self.query, self.rows = query, []
        for each in found:
            self.rows.append(Row(each.group, say.group(each.group, each.total)))
            self.rows += [Row(each.group, on_one_line(hit.title), hit) for hit in each.hits]
            if (left := each.total - len(each.hits)) > 0:
                self.rows.append(Row(each.group, say.more(left), more=True))
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Headings included."""
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings are read, not chosen."""
        row = self.rows[index.row()]
        if row.hit is None and not row.more:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = 0) -> object:
        """Words of a row; a screen reader hears its family too."""
        row = self.rows[index.row()]
        if role == _ROW:
            return row
        if role == _QUERY:
            return self.query
        if role == Qt.ItemDataRole.AccessibleTextRole and row.hit is not None:
            return on_one_line(say.spoken(row.group, row.hit.title, row.hit.detail))
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.text
        return None


class ResultList(QListView):
    """One list; `opened` gives the hit, `more_asked` the family to show whole."""

    opened = Signal(object)
    more_asked = Signal(str)

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self.results = Results()
        self.setModel(self.results)
        self.setItemDelegate(_Painter(self))
        self.setAccessibleName(say.RESULTS)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.activated.connect(lambda index: self._open(index.row()))
        self.clicked.connect(lambda index: self._open(index.row()))

    def show_found(self, found: tuple[Found, ...], query: str) -> None:
        """Other results, the first one chosen."""
        self.results.show(found, query)
        self.choose_next(1, start=-1)
        self.scrollToTop()

    def choose_next(self, by: int, start: int | None = None) -> None:
        """Choose the next result up or down, over the headings."""
        rows = self.results.rows
        at = (self.currentIndex().row() if start is None else start) + by
        while 0 <= at < len(rows):
            if rows[at].hit is not None or rows[at].more:
                self.setCurrentIndex(self.results.index(at))
                return
            at += by

    def open_current(self) -> None:
        """Enter."""
        if self.currentIndex().isValid():
            self._open(self.currentIndex().row())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the scale."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "results"):
            self.scheduleDelayedItemsLayout()

    def _open(self, at: int) -> None:
        row = self.results.rows[at]
        if row.hit is not None:
            self.opened.emit(row.hit)
        elif row.more:
            self.more_asked.emit(row.group)


class _Painter(QStyledItemDelegate):
    """Sign, title with what was searched in bold, and where it is."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(_ROW)
        line = QFontMetrics(_font()).height()
        if row.hit is None:
            return QSize(0, line + px(2 * _PAD + (0 if row.more else 6)))
        return QSize(0, line + QFontMetrics(_font(0.9)).height() + px(2 * _PAD + 2))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(_ROW)
        box = QRect(option.rect)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.hit is None and not row.more:
            self._heading(painter, box, row)
        else:
            chosen = bool(state & QStyle.StateFlag.State_Selected)
            self._ground(painter, box, chosen, bool(state & QStyle.StateFlag.State_MouseOver))
            self._result(painter, box, row, str(index.data(_QUERY)))
        painter.restore()

    @staticmethod
    def _heading(painter: QPainter, box: QRect, row: Row) -> None:
        painter.setFont(_font(0.9, bold=True))
        painter.setPen(colour("primary"))
        inside = box.adjusted(px(_LEFT), px(6), -px(_LEFT), 0)
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter), row.text)

    @staticmethod
    def _ground(painter: QPainter, box: QRect, chosen: bool, over: bool) -> None:
        if chosen or over:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("primary_soft" if chosen else "sunken"))
            painter.drawRoundedRect(QRectF(box).adjusted(px(4), 1, -px(4), -1), px(8), px(8))
        if chosen:
            bar = QRectF(box.left() + px(4), box.top() + px(8), px(4), box.height() - px(16))
            painter.setBrush(colour("primary"))
            painter.drawRoundedRect(bar, px(2), px(2))

    @staticmethod
    def _result(painter: QPainter, box: QRect, row: Row, query: str) -> None:
        left = px(_LEFT + _SIDE + _GAP)
        room = box.width() - left - px(_LEFT)
        if row.hit is None:
            painter.setFont(_font(bold=True))
            painter.setPen(colour("primary"))
            painter.drawText(box.adjusted(left, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter),
                             row.text)  # fmt: skip
            return
        side = px(_SIDE)
        sign = QRectF(box.left() + px(_LEFT), box.center().y() - side / 2, side, side)
        draw_icon(painter, _SIGNS[row.group], colour("muted"), sign)
        top = box.top() + px(_PAD)
        title = QFontMetrics(_font()).elidedText(row.text, Qt.TextElideMode.ElideRight, room)
        _draw_line(painter, title, query, box.left() + left, top)
        painter.setFont(_font(0.9))
        painter.setPen(colour("muted"))
        small = QFontMetrics(_font(0.9))
        detail = on_one_line(row.hit.detail)
        words = small.elidedText(detail, Qt.TextElideMode.ElideRight, room)
        below = top + QFontMetrics(_font()).height() + px(2) + small.ascent()
        painter.drawText(box.left() + left, below, words)


def _draw_line(painter: QPainter, text: str, query: str, left: int, top: int) -> None:
    layout = QTextLayout(text, _font())
    formats = []
    for start, length in spans(text, query):
        found = QTextLayout.FormatRange()
        found.start, found.length = start, length
        bold = QTextCharFormat()
        bold.setFontWeight(QFont.Weight.Bold)
        bold.setForeground(colour("primary"))
        found.format = bold
        formats.append(found)
    layout.setFormats(formats)
    layout.beginLayout()
    line = layout.createLine()
    line.setNumColumns(len(text))
    layout.endLayout()
    painter.setPen(colour("text"))
    layout.draw(painter, QRectF(left, top, 1, 1).topLeft())


def _font(factor: float = 1.0, *, bold: bool = False) -> QFont:
    font = QFont("Inter")
    font.setPointSizeF(current().points * factor)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return font
