"""Each block of a `Document` as flowables of ReportLab."""

from __future__ import annotations

from typing import Literal

from reportlab.lib.units import mm
from reportlab.platypus.flowables import Flowable, Spacer
from reportlab.platypus.flowables import PageBreak as NewPage

from clinicir.documents import model
from clinicir.documents.pdf import style
from clinicir.documents.pdf.answers import set_field, set_options
from clinicir.documents.pdf.letters import WindowedHead
from clinicir.documents.pdf.marks import Bullet, Sign, SignatureBox, TickBox, WritingLine
from clinicir.documents.pdf.setting import Faces, outlined, para, paras
from clinicir.documents.pdf.stack import Beside, Framed, Margin, Padding, SideBySide, Stack
from clinicir.documents.pdf.tables import set_table
from clinicir.texts import printing

_LONGEST_FIGURE = 90
_LONGEST_SIGNATURE = 300


def set_block(block: model.Block, faces: Faces) -> list[Flowable]:
    """Flowables of one block; what must not be parted is in one flowable."""
    match block:
        case model.Heading():
            level = style.HEADING_2 if block.level == 2 else style.HEADING_3
            return [outlined(block.text, level, faces, block.level)]
        case model.Paragraph():
            return _set_paragraph(block, faces)
        case model.Lines():
            return _set_lines(block, faces)
        case model.FieldRow():
            return set_field(block, faces)
        case model.OptionList():
            return set_options(block, faces)
        case model.Table():
            return set_table(block, faces)
        case model.Timeline():
            return _set_timeline(block, faces)
        case model.KeyFacts():
            return _set_key_facts(block, faces)
        case model.CheckLines():
            return _set_check_lines(block, faces)
        case _:
            return _set_box(block, faces)


def _set_box(block: model.Block, faces: Faces) -> list[Flowable]:
    match block:
        case model.Notice():
            return _set_notice(block, faces)
        case model.Signature():
            return _set_signature(block, faces)
        case model.WritingLines():
            label = para(block.label, style.LABEL, faces)
            lines = [WritingLine(height=21) for _ in range(block.count)]
            return [Stack([label, *lines], Padding(4, 0, 6, 0))]
        case model.Fingerprint():
            return _set_fingerprint(block, faces)
        case model.LetterHead():
            return [WindowedHead(block, faces)]
        case _:
            return [NewPage()]


def _set_paragraph(block: model.Paragraph, faces: Faces) -> list[Flowable]:
    found = paras(block.text, style.PARAGRAPHS[block.style], faces)
    if block.style != "quote":
        return found
    return [Spacer(1, 3), Framed(found, style.BORDER, style.TINT), Spacer(1, 8)]


def _set_lines(block: model.Lines, faces: Faces) -> list[Flowable]:
    lines: list[Flowable] = []
    for number, item in enumerate(block.items, block.first_number):
        marker = para(f"{number}.", style.NUMBER, faces) if block.numbered else Bullet()
        margin = Margin(
            marker, (8.5 if block.numbered else 5) * mm, drop=0 if block.numbered else 5.6
        )
        lines.append(Beside(margin, paras(item, style.BODY, faces), Padding(bottom=4)))
    return [*lines, Spacer(1, 4)]


def _set_timeline(block: model.Timeline, faces: Faces) -> list[Flowable]:
    rows: list[Flowable] = []
    count = len(block.events)
    for index, event in enumerate(block.events):
        items = paras(event.text, style.VALUE, faces)
        if event.detail:
            items += paras(event.detail, style.NOTE, faces)
        again = para(f"{event.when} {printing.CONTINUED}", style.NOTE, faces)
        margin = Margin(
            para(event.when, style.LABEL, faces), 44 * mm, continued=again, drop=1,
            spine=_place(index, count),
        )  # fmt: skip
        rows.append(Beside(margin, items, Padding(top=1, bottom=9)))
    return [*rows, Spacer(1, 6)]


def _place(index: int, count: int) -> Literal["first", "middle", "last", "only"]:
    if count == 1:
        return "only"
    if index == 0:
        return "first"
    return "last" if index == count - 1 else "middle"


def _set_key_facts(block: model.KeyFacts, faces: Faces) -> list[Flowable]:
    short = [
        fact for fact in block.facts if max(len(fact.value), len(fact.label)) <= _LONGEST_FIGURE
    ]
    rows: list[Flowable] = []
    columns = min(len(short), 3)
    for start in range(0, len(short), max(columns, 1)):
        cells = [
            Stack([para(fact.label, style.NOTE, faces), para(fact.value, style.FIGURE, faces)],
                  Padding())
            for fact in short[start : start + columns]
        ]  # fmt: skip
        rows.append(SideBySide(cells, columns, 6 * mm))
    found: list[Flowable] = [Framed(rows, style.PRIMARY, style.TINT)] if rows else []
    for fact in block.facts:
        if fact not in short:
            found += set_field(model.FieldRow(fact.label, fact.value), faces)
    return [Spacer(1, 4), *found, Spacer(1, 8)]


def _set_check_lines(block: model.CheckLines, faces: Faces) -> list[Flowable]:
    rows: list[Flowable] = []
    for line in block.items:
        items = paras(line.text, style.VALUE, faces)
        if line.detail:
            items += paras(line.detail, style.NOTE, faces)
        box = TickBox(chosen=line.done, size=4 * mm)
        rows.append(Beside(Margin(box, 8.5 * mm, drop=1.4), items, Padding(top=2, bottom=5)))
    if block.in_two_columns:
        rows = [SideBySide(rows[i : i + 2], 2, 5 * mm) for i in range(0, len(rows), 2)]
    return [*rows, Spacer(1, 4)]


def _set_notice(block: model.Notice, faces: Faces) -> list[Flowable]:
    title = block.title or printing.TONES[block.tone]
    items = [para(title, style.NOTICE_TITLE, faces), *paras(block.text, style.NOTICE_TEXT, faces)]
    ink, tint = style.TONE_INK[block.tone], style.TONE_TINT[block.tone]
    return [Spacer(1, 3), Framed(items, ink, tint, Sign(block.tone)), Spacer(1, 9)]


def _set_signature(block: model.Signature, faces: Faces) -> list[Flowable]:
    if block.closes_letter:
        hand = [para(block.name, style.STRONG, faces), para(block.role, style.VALUE, faces)]
        margin = Margin(None, style.CONTENT_WIDTH * 0.55)
        return [Beside(margin, hand, Padding(top=12, bottom=14 * mm))]
    rows: list[Flowable] = []
    long: list[Flowable] = []
    for label, value in (
        (printing.SIGNED_AT, block.place), (printing.SIGNED_ON, block.date),
        (printing.SIGNER_NAME, block.name), (printing.SIGNER_ROLE, block.role),
    ):  # fmt: skip
        if len(value) > _LONGEST_SIGNATURE:
            long += set_field(model.FieldRow(label, value), faces)
            continue
        items = [para(value, style.VALUE, faces)] if value.strip() else [WritingLine(height=14)]
        margin = Margin(para(label, style.LABEL, faces), 17 * mm, drop=1)
        rows.append(Beside(margin, items, Padding(bottom=5)))
    frame = SignatureBox(printing.SIGNATURE, style.CONTENT_WIDTH / 2 - 5 * mm, 32 * mm)
    box = SideBySide([Stack(rows, Padding(top=4)), frame], 2, 10 * mm)
    return [Spacer(1, 10), *long, box, Spacer(1, 6)]


def _set_fingerprint(block: model.Fingerprint, faces: Faces) -> list[Flowable]:
    items = [
        para(block.label, style.LABEL, faces),
        para(in_groups(block.digest), style.CODE_LINE, faces),
    ]
    return [Stack(items, Padding(3, 0, 7, 0))]


def in_groups(digest: str) -> str:
    """Groups of four, parted by spaces: `0123 4567 ...`."""
    return " ".join(digest[i : i + 4] for i in range(0, len(digest), 4))
