"""A paper as plain lines: what comes out when the layout fails, and what a screen reader reads."""

from __future__ import annotations

from collections.abc import Iterator

from clinicir.documents.model import (
    Block,
    CheckLines,
    Document,
    FieldRow,
    OptionList,
    Signature,
    Table,
    texts_of,
)
from clinicir.texts import printing


def plain_lines(document: Document) -> Iterator[str]:
    """Every text of the paper, in order, with what the layout would have shown by drawing."""
    yield document.practice
    yield printing.case(document.case_number)
    yield document.title
    yield document.subtitle
    yield printing.established(document.at)
    if any(document.lacking):
        yield printing.missing_answers(*document.lacking)
    for section in document.sections:
        yield section.title
        for block in section.blocks:
            yield from _lines_of(block)


def _lines_of(block: Block) -> Iterator[str]:
    match block:
        case FieldRow():
            yield from _field(block)
        case OptionList():
            yield block.label if block.answered else f"{block.label} : {printing.TO_COMPLETE}"
            for option in block.options:
                yield f"{_tick(chosen=option.chosen)} {option.label}"
            yield block.note
        case Table(rows=rows) if rows:
            for row in rows:
                for column, cell in zip(block.columns, row, strict=True):
                    yield f"{column.title} : {printing.TO_COMPLETE if cell is None else cell}"
        case CheckLines(items=items):
            for item in items:
                yield f"{_tick(chosen=item.done)} {item.text}"
                yield item.detail
        case Signature():
            yield f"{printing.SIGNED_AT} : {block.place}"
            yield f"{printing.SIGNED_ON} : {block.date}"
            yield f"{printing.SIGNER_NAME} : {block.name}"
            yield f"{printing.SIGNER_ROLE} : {block.role}"
            yield f"{printing.SIGNATURE} :"
        case _:
            yield from texts_of(block)


def _field(row: FieldRow) -> Iterator[str]:
    given = row.value if row.value is not None and row.value.strip() else printing.TO_COMPLETE
    mark = f" ({printing.TO_VERIFY})" if row.unverified else ""
    yield f"{row.label}{mark} : {given}"
    if row.changed_from is not None:
        yield f"{printing.BEFORE} {row.changed_from or printing.NOTHING_BEFORE}"
    yield row.note


def _tick(*, chosen: bool) -> str:
    return "[x]" if chosen else "[ ]"
