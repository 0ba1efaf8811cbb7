"""What a paper says, free of how it is drawn.

Builders return a `Document`; `clinicir.documents.pdf.renderer` prints it. Every text is plain:
no markup is ever read in it, so that nothing typed by a person can act on the layout.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

Tone: TypeAlias = Literal["info", "warning", "danger"]
ParagraphStyle: TypeAlias = Literal["body", "lead", "small", "quote", "display"]
Alignment: TypeAlias = Literal["left", "right", "centre"]


@dataclass(frozen=True)
class Heading:
    """Title inside a section; level 2 or 3, level 1 being the title of the section."""

    text: str
    level: Literal[2, 3] = 2


@dataclass(frozen=True)
class Paragraph:
    """Running text; a line feed starts a new line, an empty line a new paragraph.

    `lead` opens a paper, `small` is for sources and footnotes, `quote` is text to copy or to say
    aloud (set apart by a bar), `display` is for a poster.
    """

    text: str
    style: ParagraphStyle = "body"


@dataclass(frozen=True)
class Lines:
    """A list of sentences, numbered or with bullets."""

    items: tuple[str, ...]
    numbered: bool = False
    first_number: int = 1


@dataclass(frozen=True)
class FieldRow:
    """One answer under its label.

    `value` None prints "to be completed" and a line to write on; an empty text counts as None.
    `changed_from` is the value of the previous version of a notification (empty: it had none);
    the row then shows old and new. `unverified` marks what nobody has confirmed yet.
    """

    label: str
    value: str | None
    changed_from: str | None = None
    note: str = ""
    unverified: bool = False


@dataclass(frozen=True)
class Option:
    """One choice of a closed list, printed whether it is chosen or not."""

    label: str
    chosen: bool
    was_chosen: bool | None = None
    """State in the previous version; None when there is none or it is not compared."""


@dataclass(frozen=True)
class OptionList:
    """A question with all its choices; `single` draws rounds instead of boxes.

    `answered` False says that nobody has chosen yet: the row is marked "to be completed".
    """

    label: str
    options: tuple[Option, ...]
    single: bool = False
    note: str = ""
    answered: bool = True


@dataclass(frozen=True)
class Column:
    """`width` is a share, relative to the other columns; `code` sets digests in fixed width."""

    title: str
    width: float = 1.0
    align: Alignment = "left"
    code: bool = False


@dataclass(frozen=True)
class Table:
    """Rows under a header repeated on each page; a cell of None is to be completed by hand."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str | None, ...], ...]
    when_empty: str = ""
    """Sentence printed instead of a table without rows."""

    def __post_init__(self) -> None:
        """Refuse a row that has not one cell for each column."""
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"{len(row)} cells for {len(self.columns)} columns")


@dataclass(frozen=True)
class Notice:
    """A box that must be seen; the tone shows by its sign and frame, not by colour alone."""

    tone: Tone
    text: str
    title: str = ""


@dataclass(frozen=True)
class Signature:
    """Place, date, name and room for the hand; an empty text leaves a line to write on.

    `closes_letter` prints only name and role, at the right, with room to sign under them: place
    and date of a letter are in its head.
    """

    name: str = ""
    role: str = ""
    place: str = ""
    date: str = ""
    closes_letter: bool = False


@dataclass(frozen=True)
class TimelineEvent:
    """`when` is the date and hour as printed."""

    when: str
    text: str
    detail: str = ""


@dataclass(frozen=True)
class Timeline:
    """What happened, in order."""

    events: tuple[TimelineEvent, ...]


@dataclass(frozen=True)
class KeyFact:
    """One figure or date that the reader looks for first."""

    label: str
    value: str


@dataclass(frozen=True)
class KeyFacts:
    """A box of two to six key facts, side by side."""

    facts: tuple[KeyFact, ...]


@dataclass(frozen=True)
class CheckLine:
    """Something to do and tick by hand; `done` prints it ticked."""

    text: str
    detail: str = ""
    done: bool = False


@dataclass(frozen=True)
class CheckLines:
    """Boxes to tick with a pen; `in_two_columns` suits short lines and reads row by row."""

    items: tuple[CheckLine, ...]
    in_two_columns: bool = False


@dataclass(frozen=True)
class WritingLines:
    """Room to write by hand: `count` ruled lines under a label."""

    label: str
    count: int = 3


@dataclass(frozen=True)
class Fingerprint:
    """A digest in groups, so that two people can compare it aloud."""

    label: str
    digest: str


@dataclass(frozen=True)
class PageBreak:
    """What follows starts on a new page."""


@dataclass(frozen=True)
class LetterHead:
    """Head of a letter; `recipient` falls in the window of a French envelope.

    It must be the first block of the first section of a document whose `layout` is `letter`,
    or follow a page break.
    """

    sender: tuple[str, ...]
    recipient: tuple[str, ...]
    place_and_date: str = ""
    references: tuple[str, ...] = ()
    subject: str = ""


Block: TypeAlias = (
    Heading | Paragraph | Lines | FieldRow | OptionList | Table | Notice | Signature | Timeline
    | KeyFacts | CheckLines | WritingLines | Fingerprint | PageBreak | LetterHead
)


@dataclass(frozen=True)
class Section:
    """A part of a paper, one line of its outline; an empty title prints no heading."""

    title: str
    blocks: tuple[Block, ...]
    new_page: bool = False


@dataclass(frozen=True)
class Document:
    """A whole paper.

    `kind` and `variant` are those of the commands (`cnil`, `initiale`); `at` is the aware
    instant that the content describes; `file_stem` names the file without its extension;
    `missing` lists the ids of the fields printed as "to be completed"; `needed` those that its
    version cannot do without, None when the paper does not tell them from the others.
    A `letter` has no title block: its title is only metadata.
    """

    kind: str
    title: str
    sections: tuple[Section, ...]
    practice: str
    case_number: str
    drill: bool
    at: datetime
    file_stem: str
    subtitle: str = ""
    variant: str = ""
    missing: tuple[str, ...] = ()
    needed: tuple[str, ...] | None = None
    layout: Literal["paper", "letter"] = "paper"
    language: str = "fr-FR"

    @property
    def lacking(self) -> tuple[int, int]:
        """How many answers are needed now, and how many more can wait."""
        if self.needed is None:
            return len(self.missing), 0
        return len(self.needed), len({*self.missing, *self.needed}) - len(self.needed)

    @property
    def asked(self) -> int:
        """How many answers it prints or leaves to be completed."""
        blocks = [block for section in self.sections for block in section.blocks]
        rows = sum(isinstance(block, FieldRow) and bool(block.value) for block in blocks)
        choices = sum(isinstance(block, OptionList) and block.answered for block in blocks)
        return rows + choices + len(self.missing)


@dataclass(frozen=True)
class Stamp:
    """Where the trail stood when the paper was prepared; printed in the footer.

    `head` is the SHA-256 of that entry (64 hex digits); `checkpoint_text` is the text that the
    QR code carries (`security.md` 3.3), at most 180 bytes.
    """

    entry_n: int
    head: str
    vault_id: str
    checkpoint_text: str


def values(document: Document) -> tuple[str, ...]:
    """Every text that the printed paper must contain, in order, without empty ones."""
    texts: list[str] = [document.practice, document.case_number]
    if document.layout == "paper":
        texts += [document.title, document.subtitle]
    for section in document.sections:
        texts.append(section.title)
        for block in section.blocks:
            texts.extend(texts_of(block))
    return tuple(text for text in texts if text.strip())


def texts_of(block: Block) -> Iterator[str]:
    """Texts of one block in order of reading; some may be empty."""
    match block:
        case Heading(text=text) | Paragraph(text=text):
            yield text
        case Lines(items=items):
            yield from items
        case FieldRow():
            yield from (block.label, block.value or "", block.changed_from or "", block.note)
        case OptionList():
            yield from (block.label, *(option.label for option in block.options), block.note)
        case Table():
            yield from _texts_of_table(block)
        case Notice():
            yield from (block.title, block.text)
        case Signature():
            written = () if block.closes_letter else (block.place, block.date)
            yield from (*written, block.name, block.role)
        case Timeline(events=events):
            for event in events:
                yield from (event.when, event.text, event.detail)
        case KeyFacts(facts=facts):
            for fact in facts:
                yield from (fact.label, fact.value)
        case CheckLines(items=lines):
            for line in lines:
                yield from (line.text, line.detail)
        case WritingLines(label=label):
            yield label
        case Fingerprint(label=label, digest=digest):
            yield from (label, digest)
        case LetterHead():
            yield from (*block.sender, *block.recipient, block.place_and_date)
            yield from (*block.references, block.subject)
        case PageBreak():
            return


def _texts_of_table(table: Table) -> Iterator[str]:
    if not table.rows and table.when_empty:
        yield table.when_empty
        return
    for column in table.columns:
        yield column.title
    for row in table.rows:
        yield from (cell for cell in row if cell is not None)
