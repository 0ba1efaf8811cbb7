"""What surrounds the text of each page: header, footer, mark of a drill, QR code of the trail."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from clinicir.documents.model import Document, Stamp
from clinicir.documents.pdf import style
from clinicir.documents.pdf.blocks import in_groups
from clinicir.documents.pdf.fonts import BOLD, CODE, REGULAR, SEMIBOLD
from clinicir.documents.pdf.setting import Faces
from clinicir.documents.pdf.text import printed
from clinicir.texts import printing

_RIGHT = style.PAGE_WIDTH - style.MARGIN
_PAGE_LABEL = "page-label-{page}"


class PaperCanvas(Canvas):  # type: ignore[misc]
    """A canvas that keeps the outline whole: no level is skipped under a section."""

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)
        self._outline_count = 0
        self._outline_depth = -1

    def outline_here(self, entry: str, level: int, top: float) -> None:
        """Bookmark `top` points above the origin; `level` 1 is a section.

        A level that has no parent is raised to the next possible.
        """
        self._outline_count += 1
        key = f"heading-{self._outline_count}"
        self._outline_depth = min(level - 1, self._outline_depth + 1)
        self.bookmarkHorizontal(key, 0, top)
        self.addOutlineEntry(entry, key, self._outline_depth, closed=self._outline_depth > 0)


class PageDecor:
    """Draws the surroundings of the pages of one paper."""

    def __init__(self, document: Document, stamp: Stamp | None, faces: Faces) -> None:
        self.document = document
        self.stamp = stamp
        self._practice = _line(document.practice, faces)
        self._case = printing.case(_line(document.case_number, faces))
        self._title = _line(document.title, faces)
        self._pages = 0

    def draw(self, canvas: Canvas) -> None:
        """Everything but the text of page `canvas.getPageNumber()`."""
        self._pages = canvas.getPageNumber()
        first = self._pages == 1
        canvas.saveState()
        if self.document.drill:
            self._draw_drill(canvas)
        if not first:
            self._draw_header(canvas, self._title)
        elif self.document.layout == "paper":
            self._draw_header(canvas, self._practice)
        self._draw_footer(canvas, with_code=first and self.stamp is not None)
        canvas.restoreState()

    def finish(self, canvas: Canvas) -> None:
        """Define, now that the total is known, the labels that the footers have named."""
        for page in range(1, self._pages + 1):
            canvas.beginForm(_PAGE_LABEL.format(page=page), -120, -4, 0, 12)
            canvas.setFillColor(style.TEXT)
            canvas.setFont(SEMIBOLD, 8)
            canvas.drawRightString(0, 0, printing.PAGE.format(page=page, pages=self._pages))
            canvas.endForm()

    def _draw_drill(self, canvas: Canvas) -> None:
        height = 11 * mm
        bottom = style.PAGE_HEIGHT - height
        canvas.setFillColor(style.DRILL)
        canvas.rect(0, bottom, style.PAGE_WIDTH, height, stroke=0, fill=1)
        note = f"\u00a0\u00a0\u00b7\u00a0\u00a0{printing.DRILL_NOTE}"
        wide = stringWidth(printing.DRILL, BOLD, 17)
        start = (style.PAGE_WIDTH - wide - stringWidth(note, REGULAR, 11)) / 2
        canvas.setFillColor(style.WHITE)
        canvas.setFont(BOLD, 17)
        canvas.drawString(start, bottom + 9.4, printing.DRILL)
        canvas.setFont(REGULAR, 11)
        canvas.drawString(start + wide, bottom + 9.4, note)

    def _draw_header(self, canvas: Canvas, left: str) -> None:
        y = style.PAGE_HEIGHT - 18 * mm
        canvas.setFillColor(style.MUTED)
        canvas.setFont(SEMIBOLD, 8.4)
        room = style.CONTENT_WIDTH - stringWidth(self._case, REGULAR, 8.4) - 8 * mm
        canvas.drawString(style.MARGIN, y, _shortened(left, SEMIBOLD, 8.4, room))
        canvas.setFont(REGULAR, 8.4)
        canvas.drawRightString(_RIGHT, y, self._case)
        canvas.setStrokeColor(style.HAIRLINE)
        canvas.setLineWidth(0.6)
        canvas.line(style.MARGIN, y - 5.5, _RIGHT, y - 5.5)

    def _draw_footer(self, canvas: Canvas, *, with_code: bool) -> None:
        right = _RIGHT
        if with_code and self.stamp is not None:
            right -= style.QR_SIZE + 7 * mm
            _draw_code(canvas, self.stamp)
        canvas.setStrokeColor(style.HAIRLINE)
        canvas.setLineWidth(0.6)
        canvas.line(style.MARGIN, 22 * mm, right, 22 * mm)
        self._draw_page_number(canvas, right)
        canvas.setFillColor(style.MUTED)
        canvas.setFont(REGULAR, 8)
        who = " \u00b7 ".join(part for part in (self._practice, self._case) if part)
        canvas.drawString(
            style.MARGIN, 17.8 * mm, _shortened(who, REGULAR, 8, right - style.MARGIN - 30 * mm)
        )
        if self.stamp is None:
            canvas.drawString(style.MARGIN, 13.6 * mm, printing.NOT_STAMPED)
            return
        journal = printing.JOURNAL.format(n=self.stamp.entry_n)
        canvas.drawString(style.MARGIN, 13.6 * mm, f"{journal} \u00b7 {printing.JOURNAL_HEAD}")
        canvas.setFillColor(style.TEXT)
        canvas.setFont(CODE, 7)
        canvas.drawString(style.MARGIN, 9.8 * mm, in_groups(self.stamp.head))

    def _draw_page_number(self, canvas: Canvas, right: float) -> None:
        # The total is not known yet: the label is a form that `finish` defines at the end.
        canvas.saveState()
        canvas.translate(right, 17.8 * mm)
        canvas.doForm(_PAGE_LABEL.format(page=self._pages))
        canvas.restoreState()


def _line(text: str, faces: Faces) -> str:
    return " ".join(printed(text, faces[SEMIBOLD]).split())


def _shortened(text: str, font: str, size: float, room: float) -> str:
    """Header and footer are one line; the whole text is in the title block or the letter head."""
    if stringWidth(text, font, size) <= room:
        return text
    fits = bisect_left(
        range(len(text)), room, key=lambda count: stringWidth(f"{text[:count]}\u2026", font, size)
    )
    return f"{text[: max(fits - 1, 0)].rstrip()}\u2026"


def _draw_code(canvas: Canvas, stamp: Stamp) -> None:
    """Its right edge on the margin; the blank around it is wider than the four modules asked."""
    modules = qr_modules(stamp.checkpoint_text)
    step = style.QR_SIZE / len(modules)
    x, top = _RIGHT - style.QR_SIZE, 8 * mm + style.QR_SIZE
    path = canvas.beginPath()
    for row, line in enumerate(modules):
        start = None
        for column, dark in enumerate((*line, False)):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                left = x + start * step
                path.rect(left, top - (row + 1) * step, (column - start) * step, step)
                start = None
    canvas.setFillColor(style.TEXT)
    canvas.drawPath(path, stroke=0, fill=1)


@lru_cache(maxsize=8)
def qr_modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """Modules of the QR code of an ASCII text, level M, true for dark (ISO/IEC 18004)."""
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    return tuple(tuple(bool(dark) for dark in row) for row in code.modules)
