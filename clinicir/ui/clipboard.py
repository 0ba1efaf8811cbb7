"""What another program put on the clipboard, as bytes: nothing is decoded here."""

from __future__ import annotations

from PySide6.QtCore import QMimeData

_PICTURES = (
    ("image/png", ".png"),
    ('application/x-qt-windows-mime;value="PNG"', ".png"),
    ("image/jpeg", ".jpg"),
)


def encoded_picture(data: QMimeData) -> tuple[bytes, str]:
    """A PNG or a JPEG with its suffix; empty when there is none but perhaps a bare bitmap."""
    for kind, suffix in _PICTURES:
        if data.hasFormat(kind):
            return bytes(data.data(kind).data()), suffix
    return b"", ""
