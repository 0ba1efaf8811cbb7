"""Line icons (Lucide), drawn in a colour of the theme: they follow when the theme changes."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtCore import QDir, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from clinicir.ui import theme


def icon(name: str, colour_token: str = "text") -> QIcon:
    """An icon of `resources/icons` by its Lucide name; an unknown one raises FileNotFoundError."""
    _source(name)
    return QIcon(_Lucide(name, colour_token))


def draw_icon(painter: QPainter, name: str, colour: QColor, into: QRectF) -> None:
    """Paint an icon on something that draws itself."""
    _renderer(name, colour.name()).render(painter, into)


def pixmap(name: str, colour_token: str, side: int, ratio: float = 1.0) -> QPixmap:
    """A square picture of `side` logical pixels."""
    image = QPixmap(QSize(round(side * ratio), round(side * ratio)))
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    draw_icon(painter, name, theme.colour(colour_token), QRectF(0, 0, side, side))
    painter.end()
    return image


class _Lucide(QIconEngine):
    """Asks the theme for its colour at each drawing."""

    def __init__(self, name: str, colour_token: str) -> None:
        super().__init__()
        self._name, self._token = name, colour_token

    def paint(
        self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State
    ) -> None:
        token = "muted" if mode is QIcon.Mode.Disabled else self._token
        side = min(rect.width(), rect.height())
        square = QRectF(0, 0, side, side)
        square.moveCenter(QRectF(rect).center())
        draw_icon(painter, self._name, theme.colour(token), square)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        image = QPixmap(size)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return image

    def clone(self) -> QIconEngine:
        return _Lucide(self._name, self._token)


@cache
def _source(name: str) -> str:
    folders = QDir.searchPaths("icons")
    if not folders:
        raise FileNotFoundError(f"icons:{name}.svg")
    return (Path(folders[0]) / f"{name}.svg").read_text(encoding="utf-8")


@cache
def _renderer(name: str, colour: str) -> QSvgRenderer:
    # Qt paints currentColor black.
    return QSvgRenderer(_source(name).replace("currentColor", colour).encode("utf-8"))
