"""Reading a produced PDF back, with tools that had no part in writing it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from io import BytesIO

import pikepdf
import pypdfium2
from reportlab.lib.units import mm

from clinicir.documents.model import (
    Block,
    Document,
    FieldRow,
    OptionList,
    Table,
    Timeline,
    values,
)
from clinicir.documents.pdf.fonts import REGULAR, Face, load_faces
from clinicir.documents.pdf.text import printed
from clinicir.texts.printing import CONTINUED
from tests.documents.samples import FONTS


def page_texts(pdf: bytes) -> list[str]:
    """Text of each page, header and footer included."""
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]


def body_text(pdf: bytes) -> str:
    """Text between header and footer, page after page."""
    return "\n".join(
        page.get_textpage().get_text_bounded(bottom=24 * mm, top=297 * mm - 20 * mm)
        for page in pypdfium2.PdfDocument(pdf)
    )


def squeezed(text: str) -> str:
    """Without blanks, without the mark that PDFium sets for a hyphen at a line end.

    PDFium spells a ligature out (U+FB00 is read as ff): NFKC makes both sides alike.
    """
    whole = "".join(text.split()).replace("\ufffe", "-").replace("\x02", "-")
    return "".join(unicodedata.normalize("NFKC", whole).split())


def face() -> Face:
    """The face of the running text."""
    return load_faces(FONTS)[REGULAR]


def lost_values(document: Document, pdf: bytes) -> list[str]:
    """Values of the model that the paper does not show.

    The labels repeated after a page end are taken out first. What is still cut (a cell, a value
    beside a label in several lines) counts when each of its words is there.
    """
    whole = squeezed("".join(page_texts(pdf)))
    body = squeezed(body_text(pdf))
    for label in _repeated_labels(document):
        body = body.replace(squeezed(printed(f"{label} {CONTINUED}", face())), "")
    lost = []
    for value in values(document):
        shown = printed(value, face())
        if squeezed(shown) in body or squeezed(shown) in whole:
            continue
        if not all(squeezed(word) in whole for word in shown.split()):
            lost.append(value)
    return lost


def fonts_of(pdf: bytes) -> Iterator[pikepdf.Dictionary]:
    """Every font object of the file, used or not."""
    with pikepdf.open(BytesIO(pdf)) as file:
        for thing in file.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font":
                yield thing


def syntax_faults(pdf: bytes) -> list[str]:
    """What a strict reader holds against the file."""
    with pikepdf.open(BytesIO(pdf)) as file:
        return list(file.check_pdf_syntax())


def _repeated_labels(document: Document) -> set[str]:
    return {
        label
        for section in document.sections
        for block in section.blocks
        for label in _labels_of(block)
    }


def _labels_of(block: Block) -> Iterator[str]:
    match block:
        case FieldRow(label=label) | OptionList(label=label):
            yield label
        case Timeline(events=events):
            yield from (event.when for event in events)
        case Table(columns=columns):
            yield from (column.title for column in columns)
        case _:
            return
