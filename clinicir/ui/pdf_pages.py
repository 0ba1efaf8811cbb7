"""PDF pages as pictures and as text, straight from memory: nothing in clear touches the disk.

Called by the writer thread only, since the library underneath is not made for several.
"""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrinter

_POINTS = 72
_PRINT_DPI = 300


@dataclass(frozen=True)
class PageShown:
    """One page: its picture, its words, its place."""

    picture: QImage
    words: str
    page: int
    """From 1."""
    pages: int


def show_page(content: bytes, page: int, width: int) -> PageShown:
    """Page `page` (from 1, brought back inside the document), `width` pixels wide."""
    document = pypdfium2.PdfDocument(content)
    try:
        pages = len(document)
        index = min(max(page, 1), pages) - 1
        sheet = document[index]
        picture = _picture(sheet, width / sheet.get_width())
        words = sheet.get_textpage().get_text_range()
        return PageShown(picture, words.replace("\r\n", "\n"), index + 1, pages)
    finally:
        document.close()


def print_pages(content: bytes, printer: QPrinter) -> int:
    """Every page on its sheet, fitted to what the printer can reach; how many were printed.

    OSError when the printer refuses to start.
    """
    document = pypdfium2.PdfDocument(content)
    painter = QPainter()
    if not painter.begin(printer):
        document.close()
        raise OSError("the printer did not start")
    try:
        for index in range(len(document)):
            if index:
                printer.newPage()
            picture = _picture(document[index], _PRINT_DPI / _POINTS)
            painter.drawImage(_fitted(picture, painter.viewport()), picture)
        return len(document)
    finally:
        painter.end()
        document.close()


def _picture(sheet: pypdfium2.PdfPage, scale: float) -> QImage:
    bitmap = sheet.render(scale=scale, prefer_bgrx=True)
    shared = QImage(
        bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32
    )
    return shared.copy()


def _fitted(picture: QImage, room: QRect) -> QRect:
    size = picture.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
    return QRect(room.topLeft(), size)
