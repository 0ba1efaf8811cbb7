"""Readiness: 24 protections, what proves each, and whether the proof is still fresh."""

from __future__ import annotations

from datetime import date
from functools import cached_property, partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from clinicir.services.readiness import Freshness, prove, withdraw
from clinicir.services.views.readiness import OUT_OF, ItemView, ReadinessView, readiness_view
from clinicir.texts import screens_home as say
from clinicir.ui.desk import Desk, Place
from clinicir.ui.pages.home import FRESHNESS_SIGNS
from clinicir.ui.pages.page import Page
from clinicir.ui.widgets.buttons import Quiet, Secondary
from clinicir.ui.widgets.fields import Day, Field, LongText
from clinicir.ui.widgets.gauge import Gauge
from clinicir.ui.widgets.layout import Card, Item, Scroll, column, row, rule, spacer, wrapping_row
from clinicir.ui.widgets.refill import flush, refill
from clinicir.ui.widgets.sign import Sign
from clinicir.ui.widgets.text import Body, Heading, Help, Small, Strong, Title

_KINDS = frozenset({"readiness"})


class ReadinessPage(Page):
    """The score, then the protections by theme; a proof is noted in place."""

    name = "readiness"

    def __init__(self, desk: Desk) -> None:
        """Lay out the score; the themes are filled once read."""
        super().__init__(desk)
        self.score = Heading()
        self._gauge = Gauge(say.READY)
        self._count = Help()
        self._themes = column(gap=20)
        self.panels: dict[str, ItemPanel] = {}
        inside = QWidget()
        inside.setLayout(
            column(
                column(Title(say.READINESS), Help(say.READINESS_HELP), gap=4),
                Card(self.score, self._gauge, self._count, gap=8),
                self._themes,
                gap=20,
            )
        )
        self.setLayout(column(Scroll(inside), gap=0))

    @property
    def title(self) -> str:
        """Title of the page."""
        return say.READINESS

    def open_at(self, place: Place) -> None:
        """Read the proofs; `place.item` opens the form of one protection."""
        session = self.desk.session
        self.desk.jobs.run(
            lambda: readiness_view(session), partial(self._show, unfold=place.item)
        )

    def first_focus(self) -> QWidget:
        """The first protection that waits for its proof."""
        waiting = (p for p in self.panels.values() if p.freshness is not Freshness.FRESH)
        panel = next(waiting, next(iter(self.panels.values()), None))
        return self if panel is None else panel.note_button

    def _show(self, view: ReadinessView, unfold: str = "") -> None:
        score = say.ready_out_of(view.score, OUT_OF)
        self.score.set_text(score)
        self._gauge.show_share(view.score, OUT_OF, score)
        self._count.set_text(say.fresh_count(view.fresh, len(view.items)))
        if not self.panels:
            # Filled before they are shown: a visible page lays itself out at every change.
            refill(self._themes, *(self._theme(*theme, view.today) for theme in view.themes))
        else:
            for each in view.items:
                self.panels[each.item.id].show_item(each, view.today)
        if unfold in self.panels:
            self.panels[unfold].unfold()

    def _theme(self, theme: str, items: tuple[ItemView, ...], today: date) -> Card:
        card = Card(Heading(theme), gap=14)
        for number, each in enumerate(items):
            panel = ItemPanel(each)
            panel.show_item(each, today)
            panel.proved.connect(self._prove)
            panel.withdrawn.connect(self._withdraw)
            self.panels[each.item.id] = panel
            if number:
                card.box.addWidget(rule())
            card.box.addWidget(panel)
        return card

    def _prove(self, item: str, on: date, note: str) -> None:
        session, by = self.desk.session, self.desk.who

        def work() -> ReadinessView:
            prove(session, item, on, note, by)
            return readiness_view(session)

        self.desk.jobs.run(work, partial(self._changed, say.PROVED), self.desk.window.explain)

    def _withdraw(self, item: str) -> None:
        session, by = self.desk.session, self.desk.who

        def work() -> ReadinessView:
            withdraw(session, item, by)
            return readiness_view(session)

        self.desk.jobs.run(work, partial(self._changed, say.WITHDRAWN), self.desk.window.explain)

    def _changed(self, sentence: str, view: ReadinessView) -> None:
        self._show(view)
        self.desk.window.say(sentence)
        self.desk.tell_changed(_KINDS)


class ItemPanel(QWidget):
    """One protection: what to do, what would show it, its last proof, and a form on demand."""

    proved = Signal(str, object, str)
    """Id, day and note."""
    withdrawn = Signal(str)

    def __init__(self, view: ItemView) -> None:
        """Folded."""
        super().__init__()
        self._id = view.item.id
        self.freshness = view.freshness
        self._today = date.min
        self._sign, self._state = Sign("circle", "muted", 20), Small()
        self._state.setWordWrap(False)
        self._proof = column(gap=2)
        self.note_button = Secondary(say.NOTE_PROOF, "camera")
        self.note_button.setAccessibleName(say.proof_of(view.item.title))
        self.note_button.clicked.connect(self.unfold)
        self._provable = False
        self._shown: ItemView | None = None
        head = row(Strong(view.item.title), self._state, gap=10)
        head.setStretch(0, 1)
        self._words = column(
            head,
            Body(view.item.do),
            Small(say.proof_and_pace(view.item.proof, view.item.every_months)),
            self._proof,
            flush(wrapping_row(self.note_button)),
            gap=6,
        )
        # The sign stands alone at the left: the eye runs down the signs, then reads.
        self.setLayout(row(column(self._sign, spacer()), self._words, gap=10, stretch_last=True))

    @cached_property
    def form(self) -> ProofForm:
        """Made when it is first wanted: twenty-four of them would delay the page."""
        form = ProofForm()
        form.keep.clicked.connect(self._keep)
        form.cancel.clicked.connect(self._fold)
        form.withdraw.clicked.connect(self._take_back)
        self._words.addWidget(form)
        return form

    def show_item(self, view: ItemView, today: date) -> None:
        """What was proved, and until when."""
        self._fold()
        self._today = today
        if view == self._shown:
            return
        self._shown, self.freshness = view, view.freshness
        self._sign.show_sign(*FRESHNESS_SIGNS[view.freshness])
        self._state.set_text(say.FRESHNESS[view.freshness.value])
        items: list[Item] = []
        if view.proof is not None and view.due_on is not None:
            due = say.due_again if view.freshness is Freshness.FRESH else say.was_due
            items = [Body(say.proved_on(view.proof.on, view.proof.by)), Help(due(view.due_on))]
            if view.proof.note:
                items.insert(1, Body(view.proof.note).selectable())
        refill(self._proof, *items)
        self._provable = view.proof is not None
        self.note_button.set_text(say.RENEW_PROOF if view.proof else say.NOTE_PROOF)
        self.note_button.setAccessibleName(say.proof_of(view.item.title))

    def unfold(self) -> None:
        """Show the form, today being the day unless said otherwise."""
        self.form.begin(self._today)
        self.form.withdraw.setVisible(self._provable)
        self.form.show()
        self.note_button.hide()
        self.form.note.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fold(self) -> None:
        if "form" in vars(self) and not self.form.isHidden():
            self.form.hide()
            self.note_button.show()

    def _keep(self) -> None:
        day = self.form.checked_day(self._today)
        if day is not None:
            self.proved.emit(self._id, day, self.form.note.value())

    def _take_back(self) -> None:
        self.withdrawn.emit(self._id)


class ProofForm(QWidget):
    """The day and a note."""

    def __init__(self) -> None:
        """Hidden until it is asked for."""
        super().__init__()
        self.day, self.note = Day(), LongText(max=2000, lines=2)
        self._when = Field(say.PROOF_DAY, self.day)
        self.keep = Secondary(say.KEEP_PROOF, "check")
        self.cancel = Quiet(say.CANCEL)
        self.withdraw = Quiet(say.WITHDRAW, "x")
        self.setLayout(
            column(
                self._when,
                Field(say.PROOF_NOTE, self.note, say.PROOF_NOTE_HELP, optional=True),
                flush(wrapping_row(self.keep, self.cancel, self.withdraw)),
                gap=10,
            )
        )
        self.hide()

    def begin(self, today: date) -> None:
        """Empty, dated today."""
        self.day.set_value(today)
        self.note.set_value("")
        self._when.set_problem(None)

    def checked_day(self, today: date) -> date | None:
        """The day, None with a problem shown when it cannot be one."""
        day = self.day.value()
        problem = self.day.problem or (say.NO_DAY if day is None else None)
        if day is not None and day > today:
            problem = say.FUTURE_DAY
        self._when.set_problem(problem)
        return None if problem else day
