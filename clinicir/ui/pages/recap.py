"""The recap of a triage: each answer can be changed, and what follows from them is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from clinicir.domain.conditions import UNKNOWN
from clinicir.domain.obligation import Level, Obligation, Unit
from clinicir.domain.practice import Practice
from clinicir.services.incidents import Said
from clinicir.texts import screens_triage as say
from clinicir.texts.encoders import long_instant
from clinicir.texts.labels import AUTHORITIES, LEVELS, said
from clinicir.texts.screens_widgets import PRESUMED
from clinicir.ui.theme import current, px
from clinicir.ui.triage_walk import SCENARIO, TriageWalk
from clinicir.ui.widgets.buttons import Quiet
from clinicir.ui.widgets.layout import Card, Item, column, row, rule
from clinicir.ui.widgets.notice import Notice
from clinicir.ui.widgets.state import LevelPill
from clinicir.ui.widgets.text import Body, Heading, Help, Small, Strong, Title

_THREE_COLUMNS = 1.4
"""From this scale on, who, when and why stand one under the other."""
_LAST = datetime.max.replace(tzinfo=UTC)


class RecapPanel(QWidget):
    """Emits `change` with the name of the screen to look at again."""

    change = Signal(str)

    def __init__(
        self,
        walk: TriageWalk,
        practice: Practice,
        given: Said,
        duties: Sequence[Obligation],
        labels: Mapping[str, str],
    ) -> None:
        """`labels` says each fact in French; `given` and `practice` are what will be recorded."""
        super().__init__()
        self.practice, self.given = practice, given
        answers = self._answers(walk)
        missing: list[Item] = []
        if walk.answers.learned == UNKNOWN:
            missing.append(Notice("warn", say.LEARNED_MISSING_TITLE, say.LEARNED_MISSING))
        structure = walk.answers.structure
        if structure is not None and structure.type == UNKNOWN:
            missing.append(Notice("info", say.TYPE_TAKEN_TITLE, say.TYPE_TAKEN))
        self.setLayout(
            column(
                column(Title(say.RECAP), Help(say.RECAP_HELP), gap=4),
                Card(*answers, gap=10),
                *missing,
                _duties(duties, labels),
                gap=20,
            )
        )

    def _answers(self, walk: TriageWalk) -> list[Item]:
        lines: list[Item] = []
        for screen, question, words in answers_in_words(walk):
            button = Quiet(say.CHANGE, "pencil")
            button.setAccessibleName(say.change_of(question))
            button.clicked.connect(partial(self.change.emit, screen))
            line = row(column(Small(question), Strong(words), gap=2), button, gap=12)
            line.setStretch(0, 1)
            line.setAlignment(button, Qt.AlignmentFlag.AlignTop)
            if lines:
                lines.append(rule())
            lines.append(line)
        return lines


def answers_in_words(walk: TriageWalk) -> list[tuple[str, str, str]]:
    """(screen, question, answer) of what was asked."""
    scenario = walk.scenario
    if scenario is None:
        return []
    found = [(SCENARIO, say.SITUATION, scenario.seen)]
    return found + [(name, say.QUESTIONS[name], _in_words(walk, name)) for name in walk.questions]


def _in_words(walk: TriageWalk, question: str) -> str:
    answers = walk.answers
    match question:
        case "learned":
            return say.learned(answers.learned, walk.channels.get(answers.channel or "", ""))
        case "continues":
            return say.CONTINUES[answers.continues or UNKNOWN]
        case "computer":
            return say.COMPUTER[answers.computer or UNKNOWN]
        case "information":
            return say.ticked(say.INFORMATION, answers.information or frozenset({UNKNOWN}))
        case "fates":
            return say.ticked(say.FATES, answers.fates or frozenset({UNKNOWN}))
        case "persons":
            told = answers.persons
            return say.headcount(told.size, told.number) if told else say.UNKNOWN
    structure = answers.structure
    return say.structure(structure.type, structure.department) if structure else say.UNKNOWN


def _duties(duties: Sequence[Obligation], labels: Mapping[str, str]) -> QVBoxLayout:
    head = column(Heading(say.DUTIES), Help(say.DUTIES_HELP), gap=4)
    if not duties:
        return column(head, Body(say.NO_DUTIES), gap=10)
    ordered = sorted(duties, key=lambda duty: (-duty.level, duty.due_at or _LAST))
    wide = current().scale < _THREE_COLUMNS
    rows = [_Duty(duty, labels, wide=wide) for duty in ordered]
    card = Card(gap=12)
    if wide:
        card.box.addWidget(_Line(Small(say.WHO), Small(say.BEFORE), Small(say.REASON)))
    for number, duty_row in enumerate(rows):
        if wide or number:
            card.box.addWidget(rule())
        card.box.addWidget(duty_row)
    return column(head, card, gap=10)


class _Line(QWidget):
    """Three cells whose widths agree from one line to the next."""

    def __init__(self, who: QWidget, when: QWidget, why: QWidget) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(16))
        for place, (cell, share) in enumerate(((who, 5), (when, 4), (why, 6))):
            cell.setMinimumWidth(1)
            grid.addWidget(cell, 0, place, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(place, share)
            grid.setColumnMinimumWidth(place, px(share * 30))


class _Duty(QWidget):
    """Who, before when, why, and how binding."""

    def __init__(self, duty: Obligation, labels: Mapping[str, str], *, wide: bool) -> None:
        super().__init__()
        authority = said(AUTHORITIES, duty.rule.authority)
        self.setAccessibleName(f"{authority}. {duty.rule.title}. {when_due(duty)}")
        level, word, more = how_binding(duty)
        pill = row(LevelPill(level, word=word))
        pill.addStretch(1)
        who = _stack(Strong(authority), pill, *([Small(more)] if more else []))
        when = _stack(*([] if wide else [Small(say.BEFORE)]), Body(when_due(duty)))
        known = [labels[name] for name in duty.because if name in labels]
        why = _stack(
            *([] if wide else [Small(say.REASON)]),
            Body(duty.rule.title),
            *([Small(say.known_facts(known))] if known else []),
        )
        if wide:
            self.setLayout(column(_Line(who, when, why), gap=0))
        else:
            self.setLayout(column(who, when, why, gap=6))


def how_binding(duty: Obligation) -> tuple[str, str, str]:
    """(level of the sign, word, what it means when the word is not enough)."""
    if duty.level is Level.OBLIGATOIRE:
        if not duty.presumed:
            return duty.level.name, LEVELS[duty.level.name], ""
        return Level.FORTEMENT_RECOMMANDE.name, say.PROBABLE, say.PROBABLE_MEANS
    means = LEVELS[duty.level.name]
    more = f"{means}, {PRESUMED}" if duty.presumed else means
    return Level.RECOMMANDE.name, say.TO_DECIDE, more


def _stack(*widgets: Item) -> QWidget:
    holder = QWidget()
    holder.setLayout(column(*widgets, gap=4))
    return holder


def when_due(duty: Obligation) -> str:
    """The limit of a duty in words."""
    if duty.due_at is not None:
        return say.before(long_instant(duty.due_at))
    unit = duty.rule.deadline.unit
    if unit is Unit.IMMEDIATE:
        return say.AT_ONCE
    return say.AS_SOON if unit is Unit.NONE else say.NO_ORIGIN
