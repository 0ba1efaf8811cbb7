"""Small things drawn by hand: boxes, ticks, signs, lines to write on.

They are drawn, not typed: no font has them all, and a grey printer keeps their shape.
"""

from __future__ import annotations

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus.flowables import Flowable

from clinicir.documents.model import Tone
from clinicir.documents.pdf import style
from clinicir.documents.pdf.fonts import BOLD, ITALIC, SEMIBOLD


class Mark(Flowable):  # type: ignore[misc]
    """A drawing of fixed size."""

    def __init__(self, width: float, height: float) -> None:
        super().__init__()
        self.width, self.height = width, height

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:  # noqa: ARG002
        """Its own size, whatever is available."""
        return self.width, self.height


class TickBox(Mark):
    """A box (or a round, where one answer excludes the others); dark with a sign when chosen."""

    def __init__(self, *, chosen: bool, single: bool = False, size: float = style.BOX) -> None:
        super().__init__(size, size)
        self.chosen, self.single = chosen, single

    def draw(self) -> None:
        """Chosen: filled, white tick or white centre. Not chosen: a thin empty outline."""
        canvas, size = self.canv, self.width
        canvas.setLineWidth(0.9 if self.chosen else 0.7)
        canvas.setStrokeColor(style.TEXT if self.chosen else style.BORDER)
        canvas.setFillColor(style.TEXT if self.chosen else style.WHITE)
        if self.single:
            canvas.circle(size / 2, size / 2, size / 2, stroke=1, fill=1)
        else:
            canvas.roundRect(0, 0, size, size, size * 0.14, stroke=1, fill=1)
        if self.chosen:
            self._draw_sign()

    def _draw_sign(self) -> None:
        canvas, size = self.canv, self.width
        if self.single:
            canvas.setFillColor(style.WHITE)
            canvas.circle(size / 2, size / 2, size * 0.19, stroke=0, fill=1)
            return
        canvas.setStrokeColor(style.WHITE)
        canvas.setLineWidth(size * 0.16)
        canvas.setLineCap(1)
        tick = canvas.beginPath()
        tick.moveTo(size * 0.21, size * 0.52)
        tick.lineTo(size * 0.42, size * 0.29)
        tick.lineTo(size * 0.80, size * 0.74)
        canvas.drawPath(tick)


class Bullet(Mark):
    """A small disc."""

    def __init__(self) -> None:
        super().__init__(3, 3)

    def draw(self) -> None:
        """A full disc in the colour of the titles."""
        self.canv.setFillColor(style.PRIMARY)
        self.canv.circle(1.6, 1.5, 1.6, stroke=0, fill=1)


class Arrow(Mark):
    """From the old value to the new one."""

    def __init__(self) -> None:
        super().__init__(9, 6)

    def draw(self) -> None:
        """A shaft and an open head."""
        canvas = self.canv
        canvas.setStrokeColor(style.TEXT)
        canvas.setLineWidth(1.1)
        canvas.setLineCap(1)
        canvas.line(0, 3, 8.5, 3)
        canvas.line(8.5, 3, 5.8, 5.6)
        canvas.line(8.5, 3, 5.8, 0.4)


class Pill(Mark):
    """One or two words in an outline: changed, to be checked. `plain` must be drawable text."""

    def __init__(self, plain: str) -> None:
        self.plain = plain
        self._text_width = stringWidth(plain, SEMIBOLD, 7)
        super().__init__(self._text_width + 9, 11.5)

    def draw(self) -> None:
        """Outline and words, readable in grey."""
        canvas = self.canv
        canvas.setStrokeColor(style.MUTED)
        canvas.setFillColor(style.WHITE)
        canvas.setLineWidth(0.7)
        canvas.roundRect(0, 0, self.width, self.height - 1, 3, stroke=1, fill=1)
        canvas.setFillColor(style.TEXT)
        canvas.setFont(SEMIBOLD, 7)
        canvas.drawString(4.5, 3.1, self.plain)


class WritingLine(Flowable):  # type: ignore[misc]
    """A line as wide as its column, with a word in small italics at its start."""

    def __init__(self, hint: str = "", height: float = 17) -> None:
        super().__init__()
        self.hint, self.height = hint, height

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:  # noqa: ARG002
        """The whole width."""
        self.width = available_width
        return self.width, self.height

    def draw(self) -> None:
        """A thin solid line: dots vanish on old printers."""
        canvas = self.canv
        start = 0.0
        if self.hint:
            canvas.setFillColor(style.MUTED)
            canvas.setFont(ITALIC, 8.2)
            canvas.drawString(0, 3.6, self.hint)
            start = stringWidth(self.hint, ITALIC, 8.2) + 5
        canvas.setStrokeColor(style.BORDER)
        canvas.setLineWidth(0.7)
        canvas.line(min(start, self.width * 0.6), 2.2, self.width, 2.2)


class Sign(Mark):
    """The sign of a notice: round `i`, triangle `!`, octagon `!`: three shapes, three tones."""

    def __init__(self, tone: Tone) -> None:
        super().__init__(16, 16)
        self.tone = tone

    def draw(self) -> None:
        """The shape in the ink of the tone, the letter in white."""
        canvas = self.canv
        canvas.setFillColor(style.TONE_INK[self.tone])
        canvas.setStrokeColor(style.TONE_INK[self.tone])
        if self.tone == "info":
            canvas.circle(8, 8, 7.4, stroke=0, fill=1)
        else:
            corners = _TRIANGLE if self.tone == "warning" else _OCTAGON
            path = canvas.beginPath()
            path.moveTo(*corners[0])
            for corner in corners[1:]:
                path.lineTo(*corner)
            path.close()
            canvas.setLineJoin(1)
            canvas.setLineWidth(1.2)
            canvas.drawPath(path, stroke=1, fill=1)
        self._draw_letter()

    def _draw_letter(self) -> None:
        canvas = self.canv
        canvas.setFillColor(style.WHITE)
        if self.tone == "info":
            canvas.circle(8, 11.4, 1.15, stroke=0, fill=1)
            canvas.rect(7.1, 3.9, 1.8, 5.4, stroke=0, fill=1)
            return
        low = 2.6 if self.tone == "warning" else 4.0
        canvas.circle(8, low, 1.1, stroke=0, fill=1)
        canvas.rect(7.1, low + 2.2, 1.8, 5.4, stroke=0, fill=1)


_TRIANGLE = ((8, 15), (15.4, 0.8), (0.6, 0.8))
_OCTAGON = (
    (5, 15.2), (11, 15.2), (15.2, 11), (15.2, 5), (11, 0.8), (5, 0.8), (0.8, 5), (0.8, 11),
)  # fmt: skip


class SignatureBox(Mark):
    """An empty frame with a word in its corner."""

    def __init__(self, word: str, width: float, height: float) -> None:
        super().__init__(width, height)
        self.word = word

    def draw(self) -> None:
        """Frame and word."""
        canvas = self.canv
        canvas.setStrokeColor(style.BORDER)
        canvas.setLineWidth(0.8)
        canvas.roundRect(0, 0, self.width, self.height, 3, stroke=1, fill=0)
        canvas.setFillColor(style.MUTED)
        canvas.setFont(BOLD, 8)
        canvas.drawString(7, self.height - 13, self.word)
