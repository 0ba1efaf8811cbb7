"""Read a paper back: what stands under each field, and the text of its PDF."""

from __future__ import annotations

import re

import pypdfium2

from clinicir.documents.model import Block, Document, FieldRow, OptionList, values
from clinicir.domain.form import Form


def printed_answers(document: Document, form: Form) -> dict[str, str]:
    """What the paper shows for each field of the form; empty for a line to write on."""
    companions = {field.companion for field in form.fields.values()}
    found: dict[str, str] = {}
    for rubric in form.rubrics:
        section = next(each for each in document.sections if each.title == rubric.title)
        rows = [block for block in section.blocks if isinstance(block, FieldRow | OptionList)]
        fields = [field for field in rubric.fields if field.id not in companions]
        assert [row.label for row in rows] == [field.label for field in fields]
        found |= {
            field.id: _shown(row) for field, row in zip(fields, rows, strict=True)
        }
    return found


def _shown(row: Block) -> str:
    if isinstance(row, OptionList):
        return " ; ".join(option.label for option in row.options if option.chosen)
    assert isinstance(row, FieldRow)
    return plain(row.value or "")


def plain(text: str) -> str:
    """The same with ordinary spaces, to compare with what a person would type."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def pdf_text(content: bytes) -> str:
    """Text of all the pages, as a reader copies it."""
    with pypdfium2.PdfDocument(content) as pdf:
        return "\n".join(page.get_textpage().get_text_bounded() for page in pdf)


def squeezed(text: str) -> str:
    """Without any space or break: lines of a PDF end where the column does."""
    return re.sub(r"[\s\u00ad\u200b\ufffe-]+", "", text)


def lost_values(document: Document, content: bytes) -> list[str]:
    """Texts of the model that the PDF does not show; a page break may cut a text in two."""
    text = squeezed(pdf_text(content))
    return [value for value in values(document) if not _is_shown(squeezed(value), text)]


def _is_shown(value: str, text: str) -> bool:
    """Every character of the value is in the text, in runs that only a page break may end."""
    while value:
        run = _longest_start(value, text)
        if run < min(len(value), _SHORTEST_RUN):
            return False
        value = value[run:]
    return True


def _longest_start(value: str, text: str) -> int:
    found, missing = 0, len(value) + 1
    while missing - found > 1:
        middle = (found + missing) // 2
        if value[:middle] in text:
            found = middle
        else:
            missing = middle
    return found


_SHORTEST_RUN = 12
"""Signs; a line of a paper holds more, so a shorter run is a coincidence."""
