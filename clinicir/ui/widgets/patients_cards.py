"""The parts of the page of patients, each made from the view and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from clinicir.domain.decision import Persons
from clinicir.services.patients import DO_NOT_TELL
from clinicir.services.views.patients import ApartLine, PaperLine, PatientsView
from clinicir.texts import screens_patients as say
from clinicir.texts.labels import labelled
from clinicir.ui.widgets.buttons import Quiet
from clinicir.ui.widgets.fold import Fold
from clinicir.ui.widgets.layout import Card, Item, column, row, rule, wrapping_row
from clinicir.ui.widgets.notice import Notice
from clinicir.ui.widgets.refill import flush
from clinicir.ui.widgets.sign import Sign
from clinicir.ui.widgets.state import LevelPill
from clinicir.ui.widgets.text import Body, Heading, Help, Small, Strong, Title

_VERDICT_SIGNS = {
    Persons.NOW: ("octagon-alert", "danger"),
    Persons.YES: ("octagon-alert", "danger"),
    Persons.NO: ("circle-check", "ok"),
    Persons.TO_DECIDE: ("scale", "warn"),
}

Go = Callable[[str, str], None]
"""Page and item to go to."""


def cards_of(view: PatientsView, go: Go) -> list[Item]:
    """The page, in the order in which one needs it."""
    cards: list[Item] = [column(Title(say.MUST_TITLE), Help(say.NO_NAMES), gap=4)]
    if view.closed:
        cards.append(Notice("info", say.CLOSED))
    cards += [_must(view), _decision(view), _papers(view, go), _sent(view), _who(view, go)]
    if view.concerned:
        cards.append(_apart(view, go))
    return cards


def _must(view: PatientsView) -> Card:
    if not view.concerned:
        return Card(_signed("info", "info", say.NO_DATA), Help(say.NO_DATA_HELP), gap=6)
    pill = []
    if view.duty is not None:
        level = LevelPill(view.duty.level.name, presumed=view.duty.presumed)
        pill.append(flush(wrapping_row(level)))
    why: list[Item] = [Body(say.why(view.row))]
    if view.because:
        why.append(Small(say.because(view.because)))
    sign, tone = _VERDICT_SIGNS[view.table]
    return Card(
        _signed(sign, tone, say.VERDICTS[view.table.value]),
        Help(say.VERDICT_HELP[view.table.value]),
        *pill,
        column(*why, gap=4),
        Body(say.gravity_line(view.proposed, view.retained)),
        Fold(say.EXCEPTIONS, _exceptions),
    )


def _signed(sign: str, tone: str, words: str) -> Item:
    return row(Sign(sign, tone, 24), Heading(words), gap=10, stretch_last=True)


def _exceptions() -> QWidget:
    holder = QWidget()
    lines = [_point(line) for line in say.EXCEPTION_LINES]
    holder.setLayout(
        column(Help(say.EXCEPTIONS_HELP), *lines, Small(say.ABOUT_US), gap=6, margins=8)
    )
    return holder


def _point(words: str) -> Item:
    mark = Sign("chevron-right", "muted", 16)
    line = row(mark, Body(words), gap=6, stretch_last=True)
    line.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
    return line


def _decision(view: PatientsView) -> Card:
    items: list[Item] = [Heading(say.DECISION_TITLE)]
    made = view.decision
    if made is None:
        items.append(Body(say.NOT_DECIDED))
    else:
        items += [Strong(say.CHOICES[made.choice]), Small(say.decided_by(made.by, made.at))]
        if view.ground and made.choice == DO_NOT_TELL:
            items.append(Body(say.ground(view.ground)))
        if made.reason:
            items.append(Body(labelled(say.REASON_LABEL, made.reason)))
    if not view.is_decided and view.concerned and view.decide_before is not None:
        items.append(Small(say.target(say.DECIDE_BEFORE, view.decide_before, view.now)))
    if view.outdated:
        items.append(Notice("warn", say.OUTDATED, say.OUTDATED_HELP))
    if "persons_not_told" in view.warnings:
        items.append(Notice("danger", say.NOT_TOLD_GRAVE, say.NOT_TOLD_GRAVE_HELP))
    return Card(*items, gap=8)


def _papers(view: PatientsView, go: Go) -> Card:
    items: list[Item] = [Heading(say.PAPERS_TITLE)]
    items.append(_paper(view.letter, say.LETTER, say.LETTER_HELP, go))
    for line in view.sheets:
        items.append(rule())
        items.append(_paper(line, say.SHEETS[line.variant], say.SHEETS_HELP[line.variant], go))
    return Card(*items)


def _paper(line: PaperLine, name: str, purpose: str, go: Go) -> Item:
    opened = Quiet(say.OPEN, "file-text")
    opened.setAccessibleName(say.open_paper(name))
    opened.clicked.connect(partial(go, "documents", item_of(line)))
    words = column(Strong(name), Help(purpose), Small(say.made(line.made_at)), gap=2)
    return _beside(words, opened)


def item_of(line: PaperLine) -> str:
    """`lettre`, or `fiche:affiche_salle_attente`."""
    return f"{line.kind}:{line.variant}" if line.variant else line.kind


def _beside(words: Item, button: QWidget) -> Item:
    across = row(words, button, gap=12)
    across.setStretch(0, 1)
    across.setAlignment(button, Qt.AlignmentFlag.AlignVCenter)
    return across


def _sent(view: PatientsView) -> Card:
    items: list[Item] = [Heading(say.SENT_TITLE)]
    for each in view.sent:
        items.append(row(
            Sign("circle-check", "ok", 18), Body(say.left(each.at, each.channel)),
            stretch_last=True,
        ))  # fmt: skip
        items.append(Small(" \u00b7 ".join(part for part in (each.by, each.receipt) if part)))
    if view.sent and view.sent_count is not None:
        items.append(Strong(say.told(view.sent_count)))
    if not view.sent:
        items.append(Body(say.NOTHING_SENT))
        if view.concerned and view.send_before is not None and not _silent(view):
            items.append(Small(say.target(say.SEND_BEFORE, view.send_before, view.now)))
            items.append(Small(say.NO_LEGAL_LIMIT))
    return Card(*items, gap=6)


def _silent(view: PatientsView) -> bool:
    return view.is_decided and not view.will_tell


def _who(view: PatientsView, go: Go) -> Card:
    answer = Quiet(say.ANSWER, "pencil").at_edge()
    answer.clicked.connect(partial(go, "documents", "cnil"))
    count = say.COUNT_UNKNOWN if view.count is None else say.people(view.count)
    items: list[Item] = [Heading(say.WHO_TITLE), Strong(count)]
    if view.count_detail:
        items.append(Small(view.count_detail))
    items.append(Body(say.chosen(say.PERSONS_LABEL, view.persons)))
    items.append(Body(say.chosen(say.DATA_LABEL, view.data)))
    if not view.closed:
        items.append(flush(wrapping_row(answer)))
    return Card(*items, gap=6)


def _apart(view: PatientsView, go: Go) -> Card:
    lines = [_apart_line(line, go, closed=view.closed) for line in view.apart]
    return Card(
        column(Heading(say.APART_TITLE), Help(say.APART_HELP), gap=4),
        *lines,
        Fold(say.APART_RULES, partial(_rules, view.apart_rules)),
    )


def _apart_line(line: ApartLine, go: Go, *, closed: bool) -> Item:
    words = Body(say.apart(line.label, line.count))
    if closed or not line.on_route:
        return column(words)
    opened = Quiet(say.OPEN_STEP, "arrow-right")
    opened.setAccessibleName(say.open_step(line.label))
    opened.clicked.connect(partial(go, "steps", line.step))
    return _beside(words, opened)


def _rules(rules: tuple[str, ...]) -> QWidget:
    holder = QWidget()
    holder.setLayout(column(*[_point(line) for line in rules], gap=6, margins=8))
    return holder
