"""The QR code of the first page, read back by the rules of ISO/IEC 18004."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2
import pytest
from reportlab.lib.units import mm

from clinicir.documents.pdf import style
from clinicir.documents.pdf.page import qr_modules
from clinicir.documents.pdf.renderer import render
from tests.documents.samples import CHECKPOINT, FONTS, STAMP, everything

_SIZE = 53
"""Modules of a side in version 9."""
_ALIGNMENT = (6, 26, 46)
_BLOCKS = (36, 36, 36, 37, 37)
"""Data bytes of the five blocks of version 9, level M (table 9 of the standard)."""
Modules = tuple[tuple[bool, ...], ...]


def _mask(number: int, r: int, c: int) -> bool:
    """Whether the mask inverts the module (table 10 of the standard)."""
    return (
        (r + c) % 2, r % 2, c % 3, (r + c) % 3, (r // 2 + c // 3) % 2,
        r * c % 2 + r * c % 3, (r * c % 2 + r * c % 3) % 2, ((r + c) % 2 + r * c % 3) % 2,
    )[number] == 0  # fmt: skip


def _is_fixed(row: int, column: int) -> bool:
    corner = (row < 9 and column < 9) or (row < 9 and column >= _SIZE - 8)
    corner = corner or (row >= _SIZE - 8 and column < 9)
    version = (row < 6 and column >= _SIZE - 11) or (column < 6 and row >= _SIZE - 11)
    centres = [
        (r, c) for r in _ALIGNMENT for c in _ALIGNMENT
        if (r, c) not in {(6, 6), (6, 46), (46, 6)}
    ]  # fmt: skip
    aligned = any(abs(row - r) <= 2 and abs(column - c) <= 2 for r, c in centres)
    return corner or version or aligned or row == 6 or column == 6


def _bits(modules: Modules) -> Iterator[int]:
    mask = _format(modules) & 7
    upwards = True
    for right in (*range(_SIZE - 1, 6, -2), 5, 3, 1):
        for row in range(_SIZE - 1, -1, -1) if upwards else range(_SIZE):
            for column in (right, right - 1):
                if not _is_fixed(row, column):
                    yield int(modules[row][column] ^ _mask(mask, row, column))
        upwards = not upwards


def _format(modules: Modules) -> int:
    """Five bits: level of correction (two), mask (three)."""
    shown = 0
    for column in range(5):
        shown = shown << 1 | modules[8][column]
    return shown ^ 0b10101


def _read(modules: Modules) -> str:
    assert _format(modules) >> 3 == 0, "level M"
    bits = "".join(map(str, _bits(modules)))
    words = [int(bits[i : i + 8], 2) for i in range(0, sum(_BLOCKS) * 8, 8)]
    blocks: list[list[int]] = [[] for _ in _BLOCKS]
    for index in range(max(_BLOCKS)):
        for block, length in zip(blocks, _BLOCKS, strict=True):
            if index < length:
                block.append(words.pop(0))
    data = "".join(f"{word:08b}" for block in blocks for word in block)
    assert data[:4] == "0100", "byte mode"
    length = int(data[4:12], 2)
    return bytes(int(data[12 + 8 * i : 20 + 8 * i], 2) for i in range(length)).decode("ascii")


def test_the_code_holds_the_checkpoint_to_the_letter() -> None:
    modules = qr_modules(CHECKPOINT)
    assert len(CHECKPOINT) == 173
    assert len(modules) == _SIZE
    assert _read(modules) == CHECKPOINT


def test_the_modules_drawn_on_the_first_page_are_those_of_the_code() -> None:
    scale = 6
    page = pypdfium2.PdfDocument(render(everything(), STAMP, FONTS))[0]
    picture = page.render(scale=scale).to_pil().convert("L")
    step = style.QR_SIZE / _SIZE
    left = style.PAGE_WIDTH - style.MARGIN - style.QR_SIZE
    top = style.PAGE_HEIGHT - 8 * mm - style.QR_SIZE

    def dark(row: int, column: int) -> bool:
        x = int((left + (column + 0.5) * step) * scale)
        y = int((top + (row + 0.5) * step) * scale)
        level = picture.getpixel((x, y))
        return isinstance(level, int) and level < 128

    drawn = tuple(tuple(dark(r, c) for c in range(_SIZE)) for r in range(_SIZE))
    assert _read(drawn) == CHECKPOINT
    assert pytest.approx(20 * mm) == style.QR_SIZE


def test_only_the_first_page_of_a_stamped_paper_has_a_code() -> None:
    def dark_share(pdf: bytes, index: int) -> float:
        picture = pypdfium2.PdfDocument(pdf)[index].render(scale=2).to_pil().convert("L")
        width, height = picture.size
        corner = picture.crop((int(width * 0.8), int(height * 0.905), width, height))
        levels: list[int] = corner.histogram()
        return sum(levels[:128]) / sum(levels)

    stamped, preview = render(everything(), STAMP, FONTS), render(everything(), None, FONTS)
    assert dark_share(stamped, 0) > 0.08
    assert dark_share(stamped, 1) < 0.02
    assert dark_share(preview, 0) < 0.02
