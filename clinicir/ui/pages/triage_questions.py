"""One question of the triage: title, help, answer, and why it is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinicir.domain.clock import in_utc
from clinicir.domain.conditions import UNKNOWN
from clinicir.services.triage import NO_PERSONAL_DATA, Discovery, Headcount, Structure
from clinicir.texts import screens_triage as say
from clinicir.ui.triage_walk import SCENARIO, Answer, TriageWalk
from clinicir.ui.widgets.buttons import Quiet
from clinicir.ui.widgets.fields import (
    Field,
    Instant,
    Line,
    MultiChoice,
    Number,
    SingleChoice,
)
from clinicir.ui.widgets.layout import column, row, spacer
from clinicir.ui.widgets.pick import Pick
from clinicir.ui.widgets.text import Eyebrow, Help, Title

_ALONE = frozenset({UNKNOWN, NO_PERSONAL_DATA})


class QuestionPanel(QWidget):
    """Shows a question; `given` is its answer, None with a problem shown when there is none."""

    edited = Signal()
    fields: tuple[QWidget, ...] = ()
    """The editors; the first one takes the keyboard."""

    def _lay_out(self, walk: TriageWalk, *fields: QWidget) -> None:
        question = walk.screen
        first = question == SCENARIO
        text = say.FIRST if first else say.QUESTIONS[question]
        help_ = say.FIRST_HELP if first else say.HELPS[question]
        number = say.TITLE if first else say.question_number(walk.number, len(walk.questions))
        self.fields = fields
        for field in fields:
            editor = field.editor if isinstance(field, Field) else field
            editor.edited.connect(self.edited.emit)  # type: ignore[union-attr]
        box = column(column(Eyebrow(number), Title(text), Help(help_), gap=4), *fields, gap=16)
        if not first:
            box.addWidget(Why(say.REASONS[question]))
        self.setLayout(box)

    def given(self) -> Answer | None:
        """The answer of the person."""
        raise NotImplementedError

    def typed(self) -> Answer | None:
        """The answer as it stands: nothing is said of what still misses."""
        found = self.given()
        for field in self.fields:
            if isinstance(field, Field):
                field.set_problem(None)
        return found

    def first_focus(self) -> QWidget:
        """Where the answer is given."""
        first = self.fields[0]
        return first.first_focus() if isinstance(first, Field) else first


class Why(QWidget):
    """The reason of a question, folded away until it is wanted."""

    def __init__(self, text: str) -> None:
        """Folded."""
        super().__init__()
        self.toggle = Quiet(say.WHY, "circle-help").at_edge()
        self.words = Help(text)
        self.words.hide()
        self.toggle.clicked.connect(lambda _: self.words.setVisible(self.words.isHidden()))
        self.setLayout(column(row(self.toggle, spacer()), self.words, gap=4))


class _Choice(QuestionPanel):
    """One answer among a few."""

    def __init__(self, walk: TriageWalk, words: Mapping[str, str], chosen: str | None) -> None:
        super().__init__()
        self.choice = SingleChoice(tuple(words.items()))
        self.choice.set_value(chosen)
        self.field = _silent(_text_of(walk), self.choice)
        self._lay_out(walk, self.field)

    def given(self) -> Answer | None:
        value = self.choice.value()
        self.field.set_problem(None if value else say.ANSWER_MISSING)
        return value


class _Boxes(QuestionPanel):
    """Several answers; "I do not know" and "none" stand alone."""

    def __init__(
        self, walk: TriageWalk, words: Mapping[str, str], ticked: frozenset[str] | None
    ) -> None:
        super().__init__()
        self.boxes = MultiChoice(tuple(words.items()))
        self.boxes.set_value(ticked)
        self._before = frozenset(self.boxes.value())
        self.boxes.edited.connect(self._keep_alone)
        self.field = _silent(_text_of(walk), self.boxes)
        self._lay_out(walk, self.field)

    def given(self) -> Answer | None:
        value = frozenset(self.boxes.value())
        self.field.set_problem(None if value else say.ANSWER_MISSING)
        return value or None

    def _keep_alone(self) -> None:
        now = frozenset(self.boxes.value())
        new = now - self._before
        alone = new & _ALONE
        kept = alone or (now - _ALONE if new else now)
        self.boxes.set_value(kept)
        self._before = frozenset(self.boxes.value())


class _Channel(Pick):
    """How it was learnt."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.activated.connect(lambda _: self.edited.emit())


class _Learned(QuestionPanel):
    """When it was learnt: now, unless the person says otherwise."""

    def __init__(self, walk: TriageWalk, now: Callable[[], datetime], zone: ZoneInfo) -> None:
        super().__init__()
        told = walk.answers.learned
        self._now = now
        self.instant = Instant(zone)
        self.instant.set_value(told if isinstance(told, datetime) else now())
        self.unknown = MultiChoice(((UNKNOWN, say.LEARNED_UNKNOWN),))
        self.unknown.set_value([UNKNOWN] if told == UNKNOWN else [])
        self.unknown.edited.connect(self._follow)
        self.field = Field(say.DAY_AND_HOUR, self.instant)
        self.channel = _Channel()
        self.channel.offer([(say.CHANNEL_LATER, ""), *((b, a) for a, b in walk.channels.items())])
        known = self.channel.findData(walk.answers.channel or "")
        self.channel.setCurrentIndex(max(0, known))
        how = Field(say.CHANNEL, self.channel, optional=True)
        self._lay_out(walk, self.field, self.unknown, how)
        self._follow()

    def given(self) -> Answer | None:
        channel = self.channel.chosen() or None
        if self.unknown.value():
            return Discovery(UNKNOWN, channel)
        value, problem = self.instant.value(), self.instant.problem
        if problem is None and value is None:
            problem = say.ANSWER_MISSING
        if value is not None and in_utc(value) > in_utc(self._now()):
            problem = say.FUTURE
        self.field.set_problem(problem)
        return None if problem or value is None else Discovery(value, channel)

    def _follow(self) -> None:
        self.instant.setEnabled(not self.unknown.value())
        if self.unknown.value():
            self.field.set_problem(None)


class _Persons(QuestionPanel):
    """An order of magnitude, then a number if there is one."""

    def __init__(self, walk: TriageWalk) -> None:
        super().__init__()
        told = walk.answers.persons
        self.range = SingleChoice(tuple(say.RANGES.items()))
        self.range.set_value(told.size if told else None)
        self.number = Number()
        self.number.set_value(told.number if told else None)
        self.field = _silent(_text_of(walk), self.range)
        self.about = Field(say.ABOUT, self.number, optional=True)
        self._lay_out(walk, self.field, self.about)

    def given(self) -> Answer | None:
        size, number, problem = self.range.value(), self.number.value(), self.number.problem
        if size is None and number is not None:
            size = _range_of(number)
        self.field.set_problem(None if size else say.ANSWER_MISSING)
        self.about.set_problem(problem)
        return None if problem or size is None else Headcount(size, number)


class _Structure(QuestionPanel):
    """What the rules need of a practice that has no sheet yet."""

    def __init__(self, walk: TriageWalk, departments: frozenset[str]) -> None:
        super().__init__()
        told = walk.answers.structure
        self._departments = departments
        self.department = Line(3)
        self.department.set_value(told.department if told else None)
        self.kind = SingleChoice(tuple(say.STRUCTURES.items()))
        self.kind.set_value(told.type if told else None)
        self.where = Field(say.DEPARTMENT, self.department, say.DEPARTMENT_HELP)
        self.what = Field(say.KIND, self.kind)
        self._lay_out(walk, self.where, self.what)

    def given(self) -> Answer | None:
        department = self.department.value().upper().zfill(2)
        kind = self.kind.value()
        known = department in self._departments
        self.where.set_problem(None if known else say.BAD_DEPARTMENT)
        self.what.set_problem(None if kind else say.ANSWER_MISSING)
        return Structure(kind, department) if known and kind else None


def ask(
    walk: TriageWalk, now: Callable[[], datetime], zone: ZoneInfo, departments: frozenset[str]
) -> QuestionPanel:
    """The panel of the screen on which the walk stands."""
    answers = walk.answers
    sentences = {str(scenario.id): scenario.seen for scenario in walk.scenarios}
    panels: dict[str, Callable[[], QuestionPanel]] = {
        SCENARIO: lambda: _Choice(walk, sentences, answers.scenario),
        "learned": lambda: _Learned(walk, now, zone),
        "continues": lambda: _Choice(walk, say.CONTINUES, answers.continues),
        "computer": lambda: _Choice(walk, say.COMPUTER, answers.computer),
        "information": lambda: _Boxes(walk, say.INFORMATION, answers.information),
        "persons": lambda: _Persons(walk),
        "fates": lambda: _Boxes(walk, say.FATES, answers.fates),
        "structure": lambda: _Structure(walk, departments),
    }
    return panels[walk.screen]()


def _text_of(walk: TriageWalk) -> str:
    return say.FIRST if walk.screen == SCENARIO else say.QUESTIONS[walk.screen]


def _silent(label: str, editor: QWidget) -> Field:
    """A field whose label is the title of the screen: said, not written twice."""
    field = Field(label, editor)
    field.label.hide()
    return field


def _range_of(number: int) -> str:
    limits = ((1, "1"), (10, "2-10"), (100, "11-100"), (1000, "101-1000"), (10000, "1001-10000"))
    return next((size for limit, size in limits if number <= limit), "10001+")
