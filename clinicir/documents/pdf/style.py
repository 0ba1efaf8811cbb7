"""Sizes, colours and paragraph styles of the papers.

Every meaning survives a grey printer: the colours only repeat what a sign, a word or a weight
already says. Their contrasts on white are at least 7:1 for text (`ux.md` 4.1).
"""

from __future__ import annotations

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from clinicir.documents.pdf.fonts import BOLD, CODE, ITALIC, REGULAR, SEMIBOLD

TEXT = HexColor("#18212B")
MUTED = HexColor("#475364")
BORDER = HexColor("#7A8797")
HAIRLINE = HexColor("#D5DBE2")
TINT = HexColor("#F3F6F8")
PRIMARY = HexColor("#0B5A70")
DRILL = HexColor("#6A1B9A")
WHITE = HexColor("#FFFFFF")
TONE_INK: dict[str, Color] = {
    "info": HexColor("#0B4F8A"), "warning": HexColor("#7A4A00"), "danger": HexColor("#A61B1B"),
}  # fmt: skip
TONE_TINT: dict[str, Color] = {
    "info": HexColor("#F1F6FC"), "warning": HexColor("#FFF8E8"), "danger": HexColor("#FDF2F2"),
}  # fmt: skip

PAGE_WIDTH, PAGE_HEIGHT = A4
MARGIN = 20 * mm
CONTENT_WIDTH = PAGE_WIDTH - 2 * MARGIN
FRAME_TOP = PAGE_HEIGHT - 27 * mm
"""The same with and without the band of a drill: a drill prints the same pages as the case."""
FIRST_FRAME_BOTTOM = 35 * mm
"""The first page carries the QR code of the trail."""
FRAME_BOTTOM = 27 * mm
QR_SIZE = 20 * mm

LABEL_WIDTH = 54 * mm
GUTTER = 5 * mm
BOX = 3.1 * mm

WINDOW_LEFT = 110 * mm
WINDOW_TOP = 55 * mm
WINDOW_WIDTH = 85 * mm
WINDOW_HEIGHT = 33 * mm
"""Window of a French envelope (DL and C5), from the left and the top of the sheet."""


def _style(name: str, font: str, size: float, leading: float, **more: object) -> ParagraphStyle:
    return ParagraphStyle(
        name, fontName=font, fontSize=size, leading=leading, textColor=more.pop("ink", TEXT),
        splitLongWords=1, allowWidows=0, allowOrphans=0, **more,
    )  # fmt: skip


TITLE = _style("title", BOLD, 20, 25)
SUBTITLE = _style("subtitle", REGULAR, 11.5, 16, ink=MUTED, spaceBefore=2)
META = _style("meta", REGULAR, 8.5, 12, ink=MUTED)
SECTION = _style("section", BOLD, 13, 17, ink=PRIMARY, spaceBefore=16, spaceAfter=5)
HEADING_2 = _style("heading-2", SEMIBOLD, 10.5, 14, spaceBefore=11, spaceAfter=4)
HEADING_3 = _style("heading-3", SEMIBOLD, 9.5, 13, ink=MUTED, spaceBefore=8, spaceAfter=3)
BODY = _style("body", REGULAR, 9.8, 14.2, spaceAfter=6)
LEAD = _style("lead", REGULAR, 11.5, 17, spaceAfter=8)
SMALL = _style("small", REGULAR, 8.2, 11.5, ink=MUTED, spaceAfter=4)
DISPLAY = _style("display", BOLD, 28, 37, spaceAfter=14)
PARAGRAPHS = {"body": BODY, "lead": LEAD, "small": SMALL, "quote": BODY, "display": DISPLAY}

LABEL = _style("label", SEMIBOLD, 8.8, 12.2, ink=MUTED)
VALUE = _style("value", REGULAR, 9.8, 13.8)
STRONG = _style("strong", SEMIBOLD, 9.8, 13.8)
OPTION = _style("option", REGULAR, 9.2, 12.4, ink=MUTED)
CHOSEN = _style("chosen", BOLD, 9.2, 12.4)
NOTE = _style("note", REGULAR, 8, 11, ink=MUTED)
HINT = _style("hint", ITALIC, 8.2, 11, ink=MUTED)
NUMBER = _style("number", SEMIBOLD, 9.8, 14.2, ink=PRIMARY)
FIGURE = _style("figure", BOLD, 13, 17)
CELL = _style("cell", REGULAR, 8.4, 11.4)
CELL_RIGHT = _style("cell-right", REGULAR, 8.4, 11.4, alignment=TA_RIGHT)
CELL_CENTRE = _style("cell-centre", REGULAR, 8.4, 11.4, alignment=TA_CENTER)
CELL_CODE = _style("cell-code", CODE, 7, 10)
HEAD_CELL = _style("head-cell", SEMIBOLD, 8, 10.6, ink=TEXT)
HEAD_RIGHT = _style("head-right", SEMIBOLD, 8, 10.6, ink=TEXT, alignment=TA_RIGHT)
HEAD_CENTRE = _style("head-centre", SEMIBOLD, 8, 10.6, ink=TEXT, alignment=TA_CENTER)
CODE_LINE = _style("code", CODE, 9, 14, alignment=TA_LEFT)
NOTICE_TITLE = _style("notice-title", BOLD, 9.8, 13.6)
NOTICE_TEXT = _style("notice-text", REGULAR, 9.4, 13.4)
ADDRESS = _style("address", REGULAR, 10, 13.2)
LETTER_META = _style("letter-meta", REGULAR, 9.8, 14)
SUBJECT = _style("subject", SEMIBOLD, 10.2, 14.6, spaceBefore=4, spaceAfter=10)
PLAIN = _style("plain", REGULAR, 9, 12.5)
