"""The faces of the papers, and which characters each can draw.

Every character is embedded: Inter first, Noto Sans for the names that Inter cannot write.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR = "Inter"
SEMIBOLD = "Inter-SemiBold"
BOLD = "Inter-Bold"
ITALIC = "Inter-Italic"
CODE = "JetBrainsMono"
_NOTO = "NotoSans"
_NOTO_BOLD = "NotoSans-Bold"

_FILES = {
    REGULAR: "Inter-Regular.ttf",
    SEMIBOLD: "Inter-SemiBold.ttf",
    BOLD: "Inter-Bold.ttf",
    ITALIC: "Inter-Italic.ttf",
    CODE: "JetBrainsMono-Regular.ttf",
    _NOTO: "NotoSans-Regular.ttf",
    _NOTO_BOLD: "NotoSans-Bold.ttf",
}
_FALLBACK = {
    REGULAR: _NOTO, ITALIC: _NOTO, CODE: _NOTO, SEMIBOLD: _NOTO_BOLD, BOLD: _NOTO_BOLD,
}  # fmt: skip


@dataclass(frozen=True)
class Face:
    """A font name of ReportLab with the code points that it can draw, and its stand-in."""

    name: str
    drawable: Container[int]
    fallback: str
    fallback_drawable: Container[int]

    def font_of(self, character: str) -> str | None:
        """Name of the font that draws it, None when neither can."""
        point = ord(character)
        if point in self.drawable:
            return self.name
        return self.fallback if point in self.fallback_drawable else None


@lru_cache(maxsize=4)
def load_faces(fonts_dir: Path) -> dict[str, Face]:
    """Register the seven files of `fonts_dir` with ReportLab, once; faces by font name.

    Raises OSError when a file is missing: an installation without its fonts is broken.
    """
    drawable: dict[str, Container[int]] = {}
    for name, file in _FILES.items():
        font = TTFont(name, str(fonts_dir / file))
        pdfmetrics.registerFont(font)
        # Glyph 0 is the empty box of a font: a character that maps to it is not drawable.
        drawable[name] = frozenset(
            point for point, glyph in font.face.charToGlyph.items() if glyph != 0
        )
    return {
        name: Face(name, drawable[name], fallback, drawable[fallback])
        for name, fallback in _FALLBACK.items()
    }
