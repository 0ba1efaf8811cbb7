"""The list of exhibits, with what lets anyone check that each is the one that was taken."""

from __future__ import annotations

from clinicir.documents.model import Column, Table
from clinicir.documents.sheet import Sheet
from clinicir.texts.encoders import file_size


def exhibits_table(sheet: Sheet) -> Table:
    """Number, name, origin, collector, date, size and SHA-256 of each exhibit."""
    say = sheet.case.knowledge.wording.text
    columns = (
        Column(say("pieces.number"), 0.6),
        Column(say("pieces.title"), 2.0),
        Column(say("pieces.collected"), 1.5),
        Column(say("pieces.size"), 0.8),
        Column(say("pieces.sha256"), 2.2, code=True),
    )
    rows = tuple(
        (
            piece.number,
            "\n".join(
                (
                    piece.title,
                    say("pieces.file", name=piece.name),
                    say("pieces.origin", source=piece.source) if piece.source
                    else say("pieces.origin_unknown"),
                )
            ),
            f"{piece.collected_by}\n{sheet.exact(piece.collected_at)}",
            file_size(piece.size_bytes),
            piece.sha256,
        )
        for piece in sheet.case.incident.exhibits
    )  # fmt: skip
    return Table(columns, rows, say("pieces.none"))


def custody_table(sheet: Sheet) -> Table:
    """Copies handed over: to whom, when, for what."""
    say = sheet.case.knowledge.wording.text
    columns = tuple(
        Column(say(f"pieces.{key}"), width)
        for key, width in (("number", 0.6), ("to", 1.6), ("at", 1.6), ("purpose", 2.0))
    )
    rows = tuple(
        (
            str(entry.detail.get("number", "")),
            str(entry.detail.get("to", "")),
            sheet.exact(entry.at),
            str(entry.detail.get("purpose", "")),
        )
        for entry in sheet.file.entries
        if entry.kind == "evidence.hand_over"
    )
    return Table(columns, rows, say("pieces.none_handed"))
