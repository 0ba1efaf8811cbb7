"""The recovery sheet: one A4 page that opens the vault when everything else is lost.

Not a paper of an incident: it is never kept in the vault and no trail entry holds its code.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from clinicir.documents.model import (
    Block,
    Column,
    Document,
    FieldRow,
    Lines,
    Notice,
    Paragraph,
    Section,
    Table,
    WritingLines,
)
from clinicir.domain.wording import Wording
from clinicir.texts.encoders import long_instant

KIND = "secours"


@dataclass(frozen=True)
class SheetFacts:
    """What the page tells; `code` is seven groups of four signs joined by hyphens."""

    code: str
    practice: str
    vault_id: str
    folder: str
    drill: bool
    at: datetime


def build_recovery_sheet(facts: SheetFacts, wording: Wording) -> Document:
    """The page; no passphrase is ever printed on it."""

    def say(key: str, **values: str) -> str:
        return wording.text(f"{KIND}.{key}", **values)

    opening: tuple[Block, ...] = (
        Paragraph(say("lead", practice=facts.practice), "lead"),
        Notice("warning", say("warning"), say("warning_title")),
    )
    groups = _groups(tuple(facts.code.split("-")), say("group"), say("signs"))
    code: tuple[Block, ...] = (groups, Paragraph(say("code_help"), "small"))
    vault: tuple[Block, ...] = (
        FieldRow(say("vault"), facts.vault_id),
        FieldRow(say("made"), long_instant(facts.at)),
        FieldRow(say("folder"), facts.folder),
    )
    copies = (WritingLines(say("first_copy"), 1), WritingLines(say("second_copy"), 1))
    use: tuple[Block, ...] = (
        Lines(wording.lines(f"{KIND}.use"), numbered=True),
        Paragraph(say("without")),
    )
    return Document(
        kind=KIND,
        title=say("title"),
        sections=(
            Section("", opening),
            Section(say("code_title"), code),
            Section(say("vault_title"), vault),
            Section(say("copies_title"), copies),
            Section(say("use_title"), use),
        ),
        practice=facts.practice,
        case_number="",
        drill=facts.drill,
        at=facts.at,
        file_stem="fiche-de-secours",
    )


def _groups(groups: tuple[str, ...], number: str, signs: str) -> Table:
    columns = (Column(number), *(Column(str(n), code=True) for n in range(1, len(groups) + 1)))
    return Table(columns, ((signs, *groups),))
