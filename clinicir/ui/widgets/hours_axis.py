"""The 72 hours of the CNIL drawn as an axis; the table below says all that it shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from clinicir.domain.clock import in_utc
from clinicir.services.views.journal import JournalLine, JournalView, Mark
from clinicir.texts import screens_journal as say
from clinicir.ui.theme import colour, px

_HOURS = 72
_FINEST = 2000
"""Parts of the axis: events closer than one of them are drawn as one."""
_LANES = (Mark.FACT, Mark.ACT, Mark.PAPER, Mark.PROOF)
_TOKENS = {Mark.FACT: "info", Mark.ACT: "ok", Mark.PAPER: "primary", Mark.PROOF: "warn"}
_LANE, _TOP, _FOOT, _SIDE = 24, 10, 26, 10


class HoursAxis(QWidget):
    """One lane a family, one shape a family; now and the limit are lines with their words."""

    def __init__(self) -> None:
        """Nothing to draw yet."""
        super().__init__()
        self._view: JournalView | None = None
        self._places: dict[Mark, dict[int, float]] = {mark: {} for mark in _LANES}
        self.setAccessibleName(say.AXIS)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_view(self, view: JournalView) -> None:
        """Another journal, or its clock has moved on; its lines come by `add`."""
        if self._view is None or self._view.origin_at != view.origin_at:
            self.clear()
        self._view = view
        self.update()

    def clear(self) -> None:
        """No event any more."""
        for places in self._places.values():
            places.clear()
        self._describe()

    def add(self, lines: Iterable[JournalLine]) -> None:
        """Events to draw; two that would hide each other are drawn once."""
        for line in lines:
            share = self.share(line.happened_at)
            if line.mark in self._places and self._drawn and 0 <= share <= 1:
                self._places[line.mark][round(share * _FINEST)] = share
        self._describe()
        self.update()

    @property
    def _drawn(self) -> bool:
        return self._view is not None and self._view.origin_at is not None

    def _describe(self) -> None:
        said = (f"{say.MARK_FILTERS[mark.value]} {len(self._places[mark])}" for mark in _LANES)
        self.setAccessibleDescription(", ".join(said))

    def sizeHint(self) -> QSize:
        """As high as its lanes."""
        foot = self.fontMetrics().height() + px(_FOOT)
        return QSize(px(480), px(_TOP) + px(_LANE) * len(_LANES) + foot)

    def minimumSizeHint(self) -> QSize:
        """The same height, any width."""
        return QSize(px(200), self.sizeHint().height())

    def share(self, at: datetime) -> float:
        """Where an instant stands on the axis: 0 at the origin, 1 at the limit."""
        if self._view is None or self._view.origin_at is None:
            return 0.0
        return (in_utc(at) - in_utc(self._view.origin_at)) / timedelta(hours=_HOURS)

    def places(self, mark: Mark) -> Iterator[float]:
        """Shares of the events of one family that fall within the 72 hours."""
        return iter(self._places[mark].values())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lanes with their names, then hours, then shapes."""
        if self._view is None or self._view.origin_at is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        names = [say.MARK_FILTERS[mark.value] for mark in _LANES]
        widest = max(self.fontMetrics().horizontalAdvance(name) for name in names)
        left = widest + px(_SIDE) + px(34)
        room = QRectF(left, px(_TOP), self.width() - left - px(28), px(_LANE) * len(_LANES))
        self._draw_hours(painter, room)
        for position, mark in enumerate(_LANES):
            middle = room.top() + px(_LANE) * (position + 0.5)
            _draw_mark(painter, mark, QPointF(px(_SIDE) + px(8), middle))
            painter.setPen(colour("text"))
            words = QRectF(px(_SIDE) + px(22), middle - px(_LANE) / 2, widest + px(4), px(_LANE))
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, names[position])
            for share in self.places(mark):
                _draw_mark(painter, mark, QPointF(room.left() + share * room.width(), middle))

    def _draw_hours(self, painter: QPainter, room: QRectF) -> None:
        painter.setPen(QPen(colour("hairline"), 1))
        for hours in range(0, _HOURS + 1, 12):
            across = room.left() + room.width() * hours / _HOURS
            painter.setPen(QPen(colour("border" if hours % 24 == 0 else "hairline"), 1))
            painter.drawLine(QPointF(across, room.top()), QPointF(across, room.bottom()))
            if hours % 24 == 0:
                token = "danger" if hours == _HOURS else "muted"
                _write(painter, say.hours(hours), across, room.bottom() + px(4), colour(token))
        assert self._view is not None
        share = self.share(self._view.now)
        if 0 <= share <= 1:
            across = room.left() + share * room.width()
            painter.setPen(QPen(colour("primary"), px(2), Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(across, room.top()), QPointF(across, room.bottom()))
            if self._has_room(across, room):
                _write(painter, say.NOW, across, room.bottom() + px(4), colour("primary"))


    def _has_room(self, across: float, room: QRectF) -> bool:
        """The word under the line of now would not cover that of a tick."""
        advance = self.fontMetrics().horizontalAdvance
        needed = (advance(say.NOW) + advance(say.hours(_HOURS))) / 2 + px(8)
        ticks = (room.left() + room.width() * part / 3 for part in range(4))
        return all(abs(across - tick) > needed for tick in ticks)


def _write(painter: QPainter, text: str, across: float, top: float, ink: QColor) -> None:
    width = painter.fontMetrics().horizontalAdvance(text) + px(4)
    painter.setPen(ink)
    painter.drawText(
        QRectF(across - width / 2, top, width, painter.fontMetrics().height() + px(2)),
        Qt.AlignmentFlag.AlignCenter,
        text,
    )


def _draw_mark(painter: QPainter, mark: Mark, at: QPointF) -> None:
    """Diamond for a fact, disc for an act, square for a paper, triangle for a proof."""
    half = px(6)
    painter.setPen(QPen(colour("surface"), 1))
    painter.setBrush(colour(_TOKENS[mark]))
    x, y = at.x(), at.y()
    if mark is Mark.ACT:
        painter.drawEllipse(at, half, half)
    elif mark is Mark.PAPER:
        painter.drawRect(QRectF(x - half, y - half, 2 * half, 2 * half))
    elif mark is Mark.FACT:
        tips = ((x, y - half), (x + half, y), (x, y + half), (x - half, y))
        painter.drawPolygon(QPolygonF([QPointF(*tip) for tip in tips]))
    else:
        tips3 = ((x, y - half), (x + half, y + half), (x - half, y + half))
        painter.drawPolygon(QPolygonF([QPointF(*tip) for tip in tips3]))
