"""Answers under their labels: the grid of the forms."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.platypus.flowables import Flowable

from clinicir.documents.model import FieldRow, Option, OptionList
from clinicir.documents.pdf import style
from clinicir.documents.pdf.marks import Arrow, Pill, TickBox, WritingLine
from clinicir.documents.pdf.setting import Faces, para, paras
from clinicir.documents.pdf.stack import Beside, Margin, Padding, SideBySide, Stack
from clinicir.texts import printing

_LONGEST_SIDE_LABEL = 240
_LONGEST_HALF_OPTION = 34
_ROW = Padding(top=5, bottom=6)


def set_field(row: FieldRow, faces: Faces) -> list[Flowable]:
    """Label at the left, answer at the right, old and new when it changed."""
    pills = [Pill(printing.TO_VERIFY)] if row.unverified else []
    if row.changed_from is not None:
        pills.append(Pill(printing.CHANGED))
    given = row.value is not None and bool(row.value.strip())
    answer: list[Flowable] = [WritingLine(printing.TO_COMPLETE)]
    if given:
        answer = paras(row.value or "", style.VALUE, faces)
    if row.changed_from is not None:
        answer = _old_and_new(row.changed_from, answer, faces)
    if row.note:
        answer += paras(row.note, style.NOTE, faces)
    return _labelled(row.label, pills, answer, faces, changed=row.changed_from is not None)


def set_options(question: OptionList, faces: Faces) -> list[Flowable]:
    """All the choices, those that were chosen with a filled box and bold words."""
    changed = any(_changed(option) for option in question.options)
    pills = [Pill(printing.CHANGED)] if changed else []
    answer: list[Flowable] = []
    if not question.answered:
        answer.append(WritingLine(printing.TO_COMPLETE))
    rows = [_set_option(option, question, faces) for option in question.options]
    if len(rows) > 3 and all(len(o.label) <= _LONGEST_HALF_OPTION for o in question.options):
        half = (len(rows) + 1) // 2
        answer += [
            SideBySide([rows[i], *rows[half + i : half + i + 1]], 2, 3 * mm) for i in range(half)
        ]
    else:
        answer += rows
    if question.note:
        answer += paras(question.note, style.NOTE, faces)
    return _labelled(question.label, pills, answer, faces, changed=changed)


def _labelled(
    label: str, pills: Sequence[Flowable], answer: list[Flowable], faces: Faces, *, changed: bool
) -> list[Flowable]:
    title = para(label, style.LABEL, faces)
    if len(label) > _LONGEST_SIDE_LABEL:
        margin = Margin(None, style.LABEL_WIDTH, rule=True, bar=changed)
        return [title, *pills, Beside(margin, answer, _ROW)]
    again = para(f"{label} {printing.CONTINUED}", style.NOTE, faces)
    marker = Stack([title, *pills], Padding(), gap=3) if pills else title
    margin = Margin(marker, style.LABEL_WIDTH, continued=again, drop=1, rule=True, bar=changed)
    return [Beside(margin, answer, _ROW, gap=3)]


def _old_and_new(old: str, new: list[Flowable], faces: Faces) -> list[Flowable]:
    before = Margin(para(printing.BEFORE, style.NOTE, faces), 13 * mm)
    shown = paras(old if old.strip() else printing.NOTHING_BEFORE, style.NOTE, faces)
    return [
        Beside(before, shown, Padding(bottom=1)),
        Beside(Margin(Arrow(), 13 * mm, drop=4.5), new),
    ]


def _set_option(option: Option, question: OptionList, faces: Faces) -> Flowable:
    look = style.CHOSEN if option.chosen else style.OPTION
    items = paras(option.label, look, faces)
    if _changed(option):
        items.append(Pill(printing.ADDED if option.chosen else printing.REMOVED))
    box = TickBox(chosen=option.chosen, single=question.single)
    return Beside(Margin(box, 6 * mm, drop=1.7), items, Padding(top=1, bottom=1))


def _changed(option: Option) -> bool:
    return option.was_chosen is not None and option.was_chosen != option.chosen
