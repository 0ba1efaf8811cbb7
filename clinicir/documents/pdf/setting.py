"""Setting a text: the only place where a string becomes a paragraph."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph
from reportlab.platypus.flowables import Flowable

from clinicir.documents.pdf.fonts import Face
from clinicir.documents.pdf.text import paragraphs_of, pdf_text, printed

Faces: TypeAlias = Mapping[str, Face]
_LINES_AT_ONCE = 40


class Outlined(Flowable):  # type: ignore[misc]
    """A heading that is also a line of the outline of the PDF."""

    def __init__(self, heading: Paragraph, entry: str, level: int) -> None:
        super().__init__()
        self.heading, self.entry, self.level = heading, entry, level
        self.spaceBefore = heading.style.spaceBefore
        self.spaceAfter = heading.style.spaceAfter

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """As large as its text."""
        self.width, self.height = self.heading.wrap(available_width, available_height)
        return self.width, self.height

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        """Only the first part is named in the outline."""
        parts = self.heading.split(available_width, available_height)
        return [Outlined(parts[0], self.entry, self.level), *parts[1:]] if parts else []

    def draw(self) -> None:
        """Leave a bookmark at the top of the heading."""
        self.canv.outline_here(self.entry, self.level, self.height)
        self.heading.drawOn(self.canv, 0, 0)


def para(text: str, look: ParagraphStyle, faces: Faces) -> Paragraph:
    """One paragraph, every line feed kept."""
    return Paragraph(pdf_text(text, faces[look.fontName]), look)


def paras(text: str, look: ParagraphStyle, faces: Faces) -> list[Flowable]:
    """A paragraph for each part between empty lines.

    ReportLab's time grows faster than the count of forced line ends: they come by forty.
    """
    found: list[Flowable] = []
    for part in paragraphs_of(text):
        lines = part.split("\n")
        starts = range(0, len(lines), _LINES_AT_ONCE)
        found += [para("\n".join(lines[i : i + _LINES_AT_ONCE]), look, faces) for i in starts]
    return found


def outlined(text: str, look: ParagraphStyle, faces: Faces, level: int) -> Flowable:
    """A heading; `level` 1 is a section."""
    face = faces[look.fontName]
    entry = " ".join(printed(text, face).split())
    return Outlined(Paragraph(pdf_text(text, face), look), entry, level)
