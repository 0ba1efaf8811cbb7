"""Triage: the sentence that fits, then one question a screen, then the recap."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from clinicir.domain.ids import IncidentId
from clinicir.domain.obligation import Obligation
from clinicir.domain.practice import Practice
from clinicir.services.incidents import Said
from clinicir.services.triage import (
    Answers,
    begin,
    channels,
    duties_of,
    practice_of,
    said,
    stored_practice,
)
from clinicir.texts import screens_triage as say
from clinicir.ui.desk import Desk, Place
from clinicir.ui.models import triage_draft
from clinicir.ui.models.drafts import Draft
from clinicir.ui.pages.page import Page
from clinicir.ui.pages.recap import RecapPanel
from clinicir.ui.pages.triage_questions import QuestionPanel, ask
from clinicir.ui.pages.triage_urgent import UrgentPanel
from clinicir.ui.triage_walk import RECAP, URGENT, TriageWalk
from clinicir.ui.widgets.buttons import Primary, Quiet, Secondary
from clinicir.ui.widgets.layout import ActionBar, Scroll, column
from clinicir.ui.widgets.refill import refill

_SAVE_AFTER_MS = 1500


def random_id() -> IncidentId:
    """16 hexadecimal signs that nobody can guess."""
    return IncidentId(secrets.token_hex(8))


class TriagePage(Page):
    """Asks, explains why it asks, and writes nothing before the recap is accepted."""

    name = "triage"

    def __init__(self, desk: Desk, new_id: Callable[[], IncidentId] = random_id) -> None:
        """`new_id` names the incident to come."""
        super().__init__(desk)
        self._new_id = new_id
        self._walk: TriageWalk | None = None
        self._zone = ZoneInfo("Europe/Paris")
        self._panel: QuestionPanel | UrgentPanel | RecapPanel | None = None
        self._kept: Draft = {}
        self._touched = False
        self._saver = QTimer(self)
        self._saver.setSingleShot(True)
        self._saver.timeout.connect(self.keep)
        self._inside = QWidget()
        self._box = column()
        self._inside.setLayout(self._box)
        self._scroll = Scroll(self._inside)
        self.leave = Quiet(say.QUIT)
        self.back = Secondary(say.BACK, "chevron-left")
        self.onward = Primary(say.GO_ON, "chevron-right")
        self.leave.clicked.connect(self._quit)
        self.back.clicked.connect(self._back)
        self.onward.clicked.connect(self._onward)
        self.setLayout(column(self._scroll, ActionBar(self.leave, self.back, self.onward), gap=0))

    @property
    def title(self) -> str:
        """Title of the page."""
        return say.TITLE

    def open_at(self, place: Place) -> None:
        """Begin, or take up a triage left half way: its answers are still there."""
        if self._walk is not None:
            self._show()
            return
        session = self.desk.session

        def read() -> tuple[Practice | None, Draft]:
            return stored_practice(session), triage_draft.load(session)

        self.desk.jobs.run(read, lambda found: self._begin(*found))

    def first_focus(self) -> QWidget:
        """Where the answer is given."""
        panel = self._panel
        return panel.first_focus() if isinstance(panel, QuestionPanel) else self.onward

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return goes on, wherever the keyboard is, save on another button."""
        pressed = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if pressed and not isinstance(QApplication.focusWidget(), QPushButton):
            self._onward()
        else:
            super().keyPressEvent(event)

    def keep(self) -> None:
        """Write at once what was answered since."""
        self._saver.stop()
        if self._walk is None:
            return
        panel = self._panel
        typed = panel.typed() if self._touched and isinstance(panel, QuestionPanel) else None
        self._keep(triage_draft.draft_of(self._walk, typed))

    def _keep(self, draft: Draft) -> None:
        if draft != self._kept:
            self._kept, session = draft, self.desk.session
            self.desk.jobs.run(lambda: triage_draft.save(session, draft))

    def _edited(self) -> None:
        self._touched = True
        if not self._saver.isActive():
            self._saver.start(_SAVE_AFTER_MS)

    def _begin(self, practice: Practice | None, draft: Draft) -> None:
        knowledge = self.desk.session.knowledge
        group = practice is not None and practice.is_group
        scenarios = knowledge.group_scenarios if group else knowledge.playbooks.scenarios
        self._walk = TriageWalk(
            scenarios,
            practice_known=practice is not None,
            channels=dict(channels(self.desk.session)),
        )
        self._kept = draft
        triage_draft.resume(self._walk, draft)
        department = "" if practice is None else practice.department
        self._zone = knowledge.calendar_of(department).zone
        self._show()

    def _show(self) -> None:
        walk = self._walk
        if walk is None:
            return
        if walk.screen == RECAP:
            self._prepare_recap(walk)
        elif walk.screen == URGENT:
            panel = UrgentPanel(walk, self.desk)
            self._place(panel, say.STOP_GO_ON)
        else:
            now = self.desk.session.clock.now
            departments = frozenset(self.desk.session.knowledge.directory.departments)
            self._place(ask(walk, now, self._zone, departments), say.GO_ON)

    def _place(self, panel: QuestionPanel | UrgentPanel | RecapPanel, onward: str) -> None:
        self._panel, self._touched = panel, False
        self.keep()
        if isinstance(panel, QuestionPanel):
            panel.edited.connect(self._edited)
        refill(self._box, panel)
        self._box.addStretch(1)
        self._scroll.verticalScrollBar().setValue(0)
        self.onward.set_text(onward)
        self.onward.setEnabled(True)
        self.back.setVisible(self._walk is not None and self._walk.screen != "scenario")
        if self.isVisible():
            self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _onward(self) -> None:
        walk, panel = self._walk, self._panel
        if walk is None or panel is None or not self.onward.isEnabled():
            return
        if isinstance(panel, RecapPanel):
            self._open(panel)
        elif isinstance(panel, UrgentPanel):
            walk.go_on()
            self._show()
        else:
            given = panel.given()
            if given is None:
                panel.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)
                return
            walk.answer(given)
            self._show()

    def _back(self) -> None:
        if self._walk is not None and self._walk.back():
            self._show()

    def _quit(self) -> None:
        begun = self._walk is not None and self._walk.begun
        self.desk.window.back()
        if begun:
            self.desk.window.say(say.UNFINISHED)

    def _prepare_recap(self, walk: TriageWalk) -> None:
        session, answers, scenario = self.desk.session, walk.answers, walk.scenario
        if scenario is None:
            return
        given = said(answers, scenario.presets, say.RANGES_SAID)
        person = self.desk.who or say.PROVISIONAL_PERSON

        def read() -> tuple[Practice, tuple[Obligation, ...]]:
            practice = practice_of(session, answers, say.PROVISIONAL_NAME, person)
            return practice, duties_of(session, practice, scenario.id, given)

        self.desk.jobs.run(read, partial(self._show_recap, walk, given), self._refused)

    def _show_recap(
        self, walk: TriageWalk, given: Said, found: tuple[Practice, tuple[Obligation, ...]]
    ) -> None:
        practice, duties = found
        facts = self.desk.session.knowledge.facts
        labels = {name: spec.label for name, spec in facts.items()}
        panel = RecapPanel(walk, practice, given, duties, labels)
        panel.change.connect(self._change)
        self._place(panel, say.START)

    def _change(self, screen: str) -> None:
        if self._walk is not None:
            self._walk.change(screen)
            self._show()

    def _open(self, panel: RecapPanel) -> None:
        walk = self._walk
        if walk is None or walk.scenario is None:
            return
        session, scenario, by = self.desk.session, walk.scenario.id, self.desk.who
        incident, note = self._new_id(), _note_of(walk.answers)
        channel = walk.answers.channel
        self.onward.setEnabled(False)
        self.desk.jobs.run(
            lambda: begin(
                session, incident, panel.practice, scenario, panel.given, by, note, channel
            ),
            lambda _: self._opened(incident),
            self._refused,
        )

    def _opened(self, incident: IncidentId) -> None:
        self._walk = None
        self._keep({})
        self.desk.tell_changed(frozenset({"incident", "fact", "instant", "practice", "step"}))
        self.desk.window.say(say.OPENED)
        self.desk.window.go(Place("steps", incident))

    def _refused(self, error: BaseException) -> None:
        self.onward.setEnabled(True)
        self.desk.window.explain(error)


def _note_of(answers: Answers) -> str:
    return say.UNSAFE_NOTE if answers.computer == "no" else ""
