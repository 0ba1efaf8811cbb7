"""Tables: a header repeated on each page, cells that may be as long as a page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Table as Grid
from reportlab.platypus.flowables import Flowable, Spacer

from clinicir.documents.model import Column, FieldRow, Table
from clinicir.documents.pdf import style
from clinicir.documents.pdf.answers import set_field
from clinicir.documents.pdf.fonts import REGULAR
from clinicir.documents.pdf.marks import WritingLine
from clinicir.documents.pdf.setting import Faces, para
from clinicir.documents.pdf.text import printed
from clinicir.texts import printing

_LEAST_COLUMN = 11 * mm
_CHARACTERS_PER_POINT = 0.24
"""How many characters of the cell font fit in a point of width, on average."""
_LINES_OF_A_CELL = 16
_SIDE = 5

_HEAD = {
    "left": style.HEAD_CELL, "right": style.HEAD_RIGHT, "centre": style.HEAD_CENTRE,
}  # fmt: skip
_CELL = {"left": style.CELL, "right": style.CELL_RIGHT, "centre": style.CELL_CENTRE}


def set_table(table: Table, faces: Faces) -> list[Flowable]:
    """A grid; rows with a long cell leave it and are printed as label and answer."""
    if not table.rows:
        return [para(table.when_empty or printing.EMPTY_TABLE, style.HINT, faces), Spacer(1, 6)]
    widths = _widths(table.columns)
    found: list[Flowable] = []
    for long, rows in groupby(table.rows, lambda row: _is_long(row, table.columns, widths)):
        if long:
            for row in rows:
                found += _set_as_fields(row, table.columns, faces)
        else:
            found += _set_grid(list(rows), table.columns, widths, faces)
    return [*found, Spacer(1, 10)]


def _widths(columns: Sequence[Column]) -> list[float]:
    shares = [max(column.width, 0.01) for column in columns]
    wide = style.CONTENT_WIDTH
    free = max(wide - _LEAST_COLUMN * len(columns), 0.0)
    least = min(_LEAST_COLUMN, wide / max(len(columns), 1))
    wanted = [max(share / sum(shares) * wide, least) for share in shares]
    extra = [width - least for width in wanted]
    factor = free / sum(extra) if sum(extra) > free else 1.0
    return [least + more * factor for more in extra]


def _is_long(
    row: tuple[str | None, ...], columns: Sequence[Column], widths: Sequence[float]
) -> bool:
    for cell, column, width in zip(row, columns, widths, strict=True):
        per_line = width * _CHARACTERS_PER_POINT * (0.8 if column.code else 1)
        lines = (cell or "").count("\n") + len(cell or "") / per_line
        if lines > _LINES_OF_A_CELL:
            return True
    return False


def _set_as_fields(
    row: tuple[str | None, ...], columns: Sequence[Column], faces: Faces
) -> list[Flowable]:
    found: list[Flowable] = [Spacer(1, 6)]
    for cell, column in zip(row, columns, strict=True):
        found += set_field(FieldRow(column.title, cell), faces)
    return [*found, Spacer(1, 6)]


def _set_grid(
    rows: list[tuple[str | None, ...]], columns: Sequence[Column], widths: list[float],
    faces: Faces,
) -> list[Flowable]:  # fmt: skip
    head = [para(column.title, _HEAD[column.align], faces) for column in columns]
    looks = [style.CELL_CODE if column.code else _CELL[column.align] for column in columns]
    columns_look = [
        command
        for index, (column, look) in enumerate(zip(columns, looks, strict=True))
        for command in (
            ("FONT", (index, 1), (index, -1), look.fontName, look.fontSize, look.leading),
            ("ALIGN", (index, 1), (index, -1), column.align.upper()),
        )
    ]
    body = [_set_row(row, looks, widths, faces) for row in rows]
    grid = Grid([head, *body], colWidths=widths, repeatRows=1, style=[*_LOOK, *columns_look])
    return [Spacer(1, 3), grid]


def _set_row(
    row: tuple[str | None, ...], looks: list[ParagraphStyle], widths: list[float], faces: Faces
) -> list[Flowable | str]:
    lines = [
        None if cell is None else _as_one_line(cell, look, width, faces)
        for cell, look, width in zip(row, looks, widths, strict=True)
    ]
    whole = [line for line in lines if line is not None]
    if len(whole) == len(row):
        # A row of short texts needs no paragraph: a long journal prints 2.7 times faster.
        return whole
    return [
        WritingLine(printing.TO_COMPLETE, height=12) if cell is None else para(cell, look, faces)
        for cell, look in zip(row, looks, strict=True)
    ]


def _as_one_line(cell: str, look: ParagraphStyle, width: float, faces: Faces) -> str | None:
    """The text to draw, or None when it needs several lines or another font."""
    face = faces[look.fontName]
    shown = printed(cell, face)
    if "\n" in shown or not all(ord(character) in face.drawable for character in shown):
        return None
    room = width - 2 * _SIDE
    return shown if stringWidth(shown, look.fontName, look.fontSize) <= room else None


_LOOK = [
    # Without a font here every Table names Helvetica, which is not embedded (feasibility.md 2).
    ("FONT", (0, 0), (-1, -1), REGULAR, 8.4, 11.4),
    ("TEXTCOLOR", (0, 0), (-1, -1), style.TEXT),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), _SIDE),
    ("RIGHTPADDING", (0, 0), (-1, -1), _SIDE),
    ("TOPPADDING", (0, 0), (-1, -1), 4),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
    ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
    ("ROWBACKGROUNDS", (0, 1), (-1, -1), [style.WHITE, style.TINT]),
    ("LINEBELOW", (0, 0), (-1, 0), 1.1, style.TEXT),
    ("LINEBELOW", (0, 1), (-1, -1), 0.4, style.HAIRLINE),
]
