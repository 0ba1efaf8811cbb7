"""The step in the centre: what to do in large, what to avoid, what to note, and the actions."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from clinicir.domain.clock import from_wire, to_wire
from clinicir.domain.errors import ClinicirError
from clinicir.domain.ids import Plain
from clinicir.domain.playbook import FieldType
from clinicir.domain.progress import StepState
from clinicir.services.steps import Done
from clinicir.services.views.board import BoardView
from clinicir.services.views.board_calls import CLOCK_OF_DEADLINE
from clinicir.services.views.board_step import SETTLED
from clinicir.texts import screens_steps as say
from clinicir.texts.encoders import long_instant
from clinicir.texts.errors import explanation_of
from clinicir.texts.typography import spaced
from clinicir.ui.models.step_moves import Correction
from clinicir.ui.theme import px
from clinicir.ui.widgets.buttons import LinkButton, Quiet, Secondary
from clinicir.ui.widgets.fields import Field, Instant, LongText
from clinicir.ui.widgets.fold import Fold
from clinicir.ui.widgets.folded_notice import FoldedNotices
from clinicir.ui.widgets.layout import Card, Scroll, column, row
from clinicir.ui.widgets.notice import Notice
from clinicir.ui.widgets.state import StateMark
from clinicir.ui.widgets.step_cards import HowToCard, Lines, Tell
from clinicir.ui.widgets.step_fields import Around, StepField, has_editor
from clinicir.ui.widgets.step_foot import StepFoot
from clinicir.ui.widgets.step_reader import StepReader
from clinicir.ui.widgets.text import Body, Eyebrow, Heading, Help, Strong, Title

DONE_AT = "_done_at"
"""Key of the hour of the act in a draft; no field of a step begins so."""
NOTE = "_note"
FOCUS = "_focus"
"""Where the keyboard was: after a crash one goes on typing in the same place."""


class StepPanel(QWidget):
    """Built anew for each step; asks, never acts."""

    edited = Signal()
    opened = Signal(str)
    """Another step was asked for."""
    asked = Signal(str)
    """What the foot asks, `read`, `evidence` or `letter`."""
    tracked = Signal(str, list)
    line_asked = Signal(str, dict)
    """A line of a tracker is to be mended."""

    def __init__(self, view: BoardView, words: Mapping[str, str], tell: Tell) -> None:
        """`words` fill the placeholders."""
        super().__init__()
        self.view, self._words, self._tell = view, words, tell
        self._step = view.current.step
        self.settled = view.current.state in SETTLED
        self.left_at: Field | None = None
        """Where the keyboard was when what is typed was kept."""
        self.proof: Field | None = None
        """Of a step that asks for files: the button that adds one."""
        self.problem = Notice("danger", "")
        self.problem.hide()
        self.fields = self._make_fields()
        self.done_at = Field(say.DONE_AT, Instant(view.zone), help=say.DONE_AT_HELP)
        self.note = Field(say.NOTE, LongText(lines=2), optional=True)
        self.done_at.editor.edited.connect(self.edited.emit)
        self.note.editor.edited.connect(self.edited.emit)
        inside = QWidget()
        # In this order: a part that is measured before it has its place is dressed twice.
        self.scroller = Scroll(inside)
        self.setLayout(column(self.scroller, gap=0))
        self._box, self._rest = column(*self._above(), gap=14), column(*self._below(), gap=14)
        self.head = self._make_head()
        inside.setLayout(self._box)
        self.later = QWidget()
        """What stands under the first screen: it comes once what is to do is on the screen."""
        self.later.setLayout(self._rest)
        self.later.hide()
        self._box.addWidget(self.later)
        self.foot = StepFoot(view)
        self.foot.asked.connect(self.asked.emit)
        self.buttons, self.primary = self.foot.buttons, self.foot.primary

    # --- what the page reads and says ---------------------------------------------------------

    def done(self) -> Done:
        """Answers changed, the hour of the act and the remark; corrections are apart."""
        changed = {
            field.view.id: field.to_send()
            for field in self.fields
            if field.changed and not field.is_correction and field.tracker is None
        }
        return Done(self.done_at.editor.value(), self.note.editor.value(), changed)

    def corrections(self) -> list[Correction]:
        """Settled answers that were changed, each with its reason."""
        return [
            Correction(*field.view.binds, field.plain(), field.reason)
            for field in self.fields
            if field.is_correction
        ]

    def check(self) -> bool:
        """Say in place what cannot be read; the keyboard goes to the first problem."""
        self.problem.hide()
        good = [field.check() for field in self.fields]
        self.done_at.set_problem(self.done_at.editor.problem)
        bad = [field.field for field, ok in zip(self.fields, good, strict=True) if not ok]
        bad += [self.done_at] if self.done_at.problem else []
        if bad:
            self._show(bad[0])
        return not bad

    def draft(self) -> dict[str, Plain]:
        """What is typed and not recorded."""
        kept: dict[str, Plain] = {
            field.view.id: field.plain()
            for field in self.fields
            if field.changed and field.tracker is None
        }
        if note := self.note.editor.value():
            kept[NOTE] = note
        if (done_at := self.done_at.editor.value()) is not None:
            kept[DONE_AT] = to_wire(done_at)
        if kept and (here := self._focused()):
            kept[FOCUS] = here
        return kept

    def resume(self, draft: Mapping[str, Plain]) -> None:
        """Show again what was half typed."""
        for field in self.fields:
            if field.view.id in draft:
                field.resume(draft[field.view.id])
        note = draft.get(NOTE)
        self.note.editor.set_value(note if isinstance(note, str) else None)
        done_at = draft.get(DONE_AT)
        self.done_at.editor.set_value(from_wire(done_at) if isinstance(done_at, str) else None)
        self.left_at = self._places().get(str(draft.get(FOCUS)))
        if draft:
            self.unfold()

    def unfold(self) -> None:
        """Show the rest of the step too."""
        self.later.show()

    def showEvent(self, event: QShowEvent) -> None:
        """What is to do is drawn first."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self.unfold)

    def _places(self) -> dict[str, Field]:
        """What the keyboard may be in, by its key in a draft."""
        mine = {field.view.id: field.field for field in self.fields}
        return {**mine, NOTE: self.note, DONE_AT: self.done_at}

    def _focused(self) -> str:
        return next((key for key, field in self._places().items() if _holds_focus(field)), "")

    def refuse(self, error: ClinicirError) -> None:
        """An error of a use case, beside what it is about."""
        told = explanation_of(error)
        what = f"{say.sentence(told.what)}."
        named = {str(value) for value in error.values.values()}
        for field in self.fields:
            if {field.view.binds[1], field.view.id} & named:
                field.field.set_problem(what)
                self._show(field.field)
                return
        if "done_at" in named:
            self.done_at.set_problem(what)
            self._show(self.done_at)
            return
        self.tell_problem(what, say.sentence(f"{told.safe} ; {told.todo}."))

    def tell_problem(self, title: str, text: str) -> None:
        """At the top of the step."""
        self.problem.say(title, spaced(text))
        self.problem.show()
        self.scroller.verticalScrollBar().setValue(0)

    def show_missing(self) -> None:
        """Name the required answers that nobody has given."""
        for field in self.fields:
            if field.view.missing:
                field.field.set_problem(field.missing_words)
        if self.proof is not None and self._lacks_proof:
            self.proof.set_problem(say.MISSING_PROOF)
        if lacking := self._lacking():
            self._show(lacking[0])

    def go_to_missing(self, move: int) -> None:
        """F8: the next required answer that nobody has given; Shift+F8: the one before."""
        lacking = self._lacking()
        if not lacking:
            self.primary.setFocus()
            return
        here = next((n for n, field in enumerate(lacking) if _holds_focus(field)), None)
        start = 0 if move > 0 else -1
        self._show(lacking[start if here is None else (here + move) % len(lacking)])

    def _lacking(self) -> list[Field]:
        """Required and still empty; files are added on a page of their own."""
        lacking = [field.field for field in self.fields if field.view.missing and not field.changed]
        return [*lacking, self.proof] if self.proof and self._lacks_proof else lacking

    @property
    def _lacks_proof(self) -> bool:
        return any(f.missing and f.type is FieldType.FILES for f in self.view.current.fields)

    def reader(self) -> StepReader:
        """The same words in very large type."""
        lines = [self._filled(line) for line in self._step.do]
        last = self.view.neighbour(1) is None
        return StepReader(self.title.text(), lines, self._filled(self._step.avoid), last=last)

    def show_trackers(self, view: BoardView) -> None:
        """Lists after a line was kept; nothing else moves."""
        values = {field.id: field.value for field in view.current.fields}
        for field in self.fields:
            if field.tracker is not None:
                field.tracker.set_value(values.get(field.view.id))

    # --- building -----------------------------------------------------------------------------

    def _filled(self, text: str) -> str:
        return say.filled(text, self._words)

    def _make_fields(self) -> list[StepField]:
        around = Around(self.view.zone, self.view.own_addresses)
        fields = [
            StepField(field, around) for field in self.view.current.fields if has_editor(field)
        ]
        for field in fields:
            field.edited.connect(self.edited.emit)
            if field.tracker is not None:
                field.tracker.asked.connect(self.tracked.emit)
                field.tracker.edit_asked.connect(self.line_asked.emit)
                field.tracker.letter_asked.connect(lambda: self.asked.emit("letter"))
        return fields

    def _above(self) -> list[QWidget]:
        step, current = self._step, self.view.current
        self.title = Title(self._filled(step.title))
        state = current.state is not StepState.TODO and current.record is not None
        self.mark = [StateMark(current.state.value)] if state else []
        self.notices = self._make_notices()
        lines = [self._filled(line) for line in step.do]
        self.lines = Lines(lines, Body, gap=12)
        self.card = Card(self.lines)
        return [self.title, *self.mark, self.problem, self.notices, self.card]

    def _make_head(self) -> list[QWidget]:
        """Where the step stands in the list and in time; above the title when there is room."""
        phase = next(p.phase for p in self.view.phases if p.phase.id == self._step.phase)
        head = QWidget()
        place = Eyebrow(say.place(self.view.place, len(self.view.order), phase.label))
        read = Quiet(say.READ, "users")
        read.clicked.connect(lambda _: self.asked.emit("read"))
        across = row(place, read)
        across.setStretch(0, 1)
        head.setLayout(across)
        return [head, *self._standing()]

    def tighten(self, *, tight: bool) -> None:
        """Little room: title and first line to do come first, the rest follows them."""
        self.foot.tighten(tight=tight)
        self.scroller.tighten(tight=tight)
        self.notices.tighten(tight=tight)
        self.title.dress("heading" if tight else "title")
        for box in (self._box, self._rest):
            box.setSpacing(px(8 if tight else 14))
        side, ends = px(10 if tight else 16), px(6 if tight else 16)
        self.card.box.setContentsMargins(side, ends, side, ends)
        for widget in self.head:
            self._box.removeWidget(widget)
        place, *standing = self.head
        if tight:
            after = self._box.indexOf(self.card)
            moved = [*standing, place]
        else:
            self._box.insertWidget(0, place)
            after = self._box.indexOf(self.mark[0] if self.mark else self.title)
            moved = standing
        for step, widget in enumerate(moved, 1):
            self._box.insertWidget(after + step, widget)

    def _open(self, step: str, _: bool = False) -> None:
        self.opened.emit(step)

    def _make_notices(self) -> FoldedNotices:
        step, current = self._step, self.view.current
        made: list[tuple[str, Notice]] = []
        if step.gate and not self.settled:
            made.append((say.GATE_SHORT, Notice("info", say.GATE_TITLE, say.GATE_TEXT)))
        if current.before:
            titles = [f"\u2013 {self._filled(title)}" for _, title in current.before]
            link = LinkButton(say.BEFORE_OPEN, "arrow-right")
            link.clicked.connect(partial(self._open, current.before[0][0]))
            notice = Notice("warn", say.BEFORE_TITLE, "\n".join(titles), link)
            made.append((say.BEFORE_SHORT, notice))
        if current.needs_sheet:
            made.append((say.SHEET_SHORT, Notice("danger", say.SHEET_TITLE, say.SHEET_TEXT)))
        return FoldedNotices(made)

    def _standing(self) -> list[QWidget]:
        """Who said so and when, once somebody has touched the step."""
        current = self.view.current
        record = current.record
        if record is None or current.state is StepState.TODO:
            return []
        if current.state is StepState.BLOCKED:
            text = say.blocked(
                record.reason, record.blocked_on,
                record.retry_at.astimezone(self.view.zone) if record.retry_at else None,
            )  # fmt: skip
        else:
            done_at = record.done_at.astimezone(self.view.zone) if record.done_at else None
            noted = record.recorded_at.astimezone(self.view.zone)
            text = say.recorded(done_at, noted, record.by)
            text = f"{record.reason} {text}" if record.reason else text
        return [Help(text)]

    def _who(self) -> str:
        parts = [f"{say.WHO}\u00a0: {self.view.current.role}"]
        clock = CLOCK_OF_DEADLINE.get(self._step.deadline or "")
        due = next((c.due_at for c in self.view.clocks if c.key == clock), None)
        target = self.view.current.target_at
        if due is not None:
            parts.append(f"{say.LIMIT}\u00a0: {long_instant(due)}")
        elif target is not None and target > self.view.now:
            parts.append(say.target(target, self.view.now))
        return " \u00b7 ".join(parts)

    def _below(self) -> list[QWidget]:
        parts: list[QWidget] = []
        if self._step.avoid:
            parts.append(Notice("warn", say.AVOID, self._filled(self._step.avoid)))
        parts.append(Help(self._who()))
        if self.fields:
            parts.append(Card(Heading(say.NOTE_HERE), *self.fields, gap=16))
        wants_files = any(f.type is FieldType.FILES for f in self.view.current.fields)
        if self._step.evidence or wants_files:
            parts.append(self._evidence())
        if not self.settled and not self.view.closed:
            parts.append(Card(self.done_at, self.note, gap=14))
        else:
            self.done_at.hide()
            self.note.hide()
        if self.view.current.cards:
            parts.append(Fold(say.HOW, self._make_cards))
        if self._step.why:
            parts.append(Fold(say.WHY, lambda: Card(Body(self._filled(self._step.why)))))
        return parts

    def _make_cards(self) -> QWidget:
        cards = [HowToCard(card, self._words, self._tell) for card in self.view.current.cards]
        return Card(*cards, gap=22)

    def _evidence(self) -> QWidget:
        wanted = [Body(f"\u2013 {self._filled(line)}") for line in self._step.evidence]
        have = [Strong(f"{p.number} \u00b7 {p.title}") for p in self.view.current.evidence]
        add = Secondary(say.ADD_PROOF, "camera")
        add.clicked.connect(lambda _: self.asked.emit("evidence"))
        # Never shown before it has its place: it would take the keyboard as a window of its own.
        if self.view.closed:
            add.hide()
        files = [f for f in self.view.current.fields if f.type is FieldType.FILES]
        if files and not self.view.closed:
            self.proof = Field(files[0].use.spec.label, add)
        return Card(Heading(say.EVIDENCE), *wanted, *have, self.proof or add, gap=8)

    def _show(self, field: Field) -> None:
        self.unfold()
        field.first_focus().setFocus()
        self.scroller.ensureWidgetVisible(field)
        # A step that was just made has its places a little later.
        QTimer.singleShot(0, field, lambda: self.scroller.ensureWidgetVisible(field))


def _holds_focus(field: QWidget) -> bool:
    """The keyboard is in one of the parts of the field."""
    here = QApplication.focusWidget()
    return here is not None and field.isAncestorOf(here)
