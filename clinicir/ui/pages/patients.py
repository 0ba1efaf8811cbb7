"""Telling the patients: must they be told, who decided, what to prepare, what left."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from clinicir.domain.errors import UserError
from clinicir.domain.ids import IncidentId
from clinicir.services.gates import confirm
from clinicir.services.patients import Departure, PersonsChoice, decide, record_departure
from clinicir.services.views.gate import GateView, gate_view
from clinicir.services.views.patients import PatientsView, patients_view
from clinicir.texts import screens_patients as say
from clinicir.texts.errors import explain
from clinicir.ui.desk import Desk, Place
from clinicir.ui.form_keeper import FormKeeper
from clinicir.ui.pages.page import Page
from clinicir.ui.widgets.buttons import Button, Primary, Secondary
from clinicir.ui.widgets.do_not_send import DoNotSend
from clinicir.ui.widgets.gate import Gate
from clinicir.ui.widgets.layout import ActionBar, Scroll, column
from clinicir.ui.widgets.patients_cards import cards_of
from clinicir.ui.widgets.patients_forms import DecisionForm, DepartureForm, Draft
from clinicir.ui.widgets.refill import refill

_GATE = "G4"
_DECISION, _DEPARTURE = "patients_decision", "patients_departure"


class PatientsPage(Page):
    """`Place.item` is not used: the page says what comes next."""

    name = "patients"

    def __init__(self, desk: Desk) -> None:
        """Lay out only; nothing is read before `open_at`."""
        super().__init__(desk)
        self._incident: IncidentId | None = None
        self.view: PatientsView | None = None
        self.form: DecisionForm | DepartureForm | None = None
        self.gate: Gate | None = None
        """Over the page before the first departure is noted."""
        self.acts: dict[str, Button] = {}
        """Buttons at the foot, by what they do: `decide`, `letter`, `sent`."""
        self._cards, self._foot = column(gap=16), column(gap=0)
        inside = QWidget()
        inside.setLayout(column(DoNotSend(desk), self._cards, gap=16))
        self._overview = QWidget()
        self._overview.setLayout(column(Scroll(inside), self._foot, gap=0))
        self.faces = QStackedWidget()
        self.faces.addWidget(self._overview)
        self.setLayout(column(self.faces, gap=0))
        self._keeper = FormKeeper(desk, self._typed)
        self._keeper.setParent(self)

    @property
    def title(self) -> str:
        """Title of the page."""
        return say.PATIENTS

    def open_at(self, place: Place) -> None:
        """Read the incident again; a form that is open for it stays."""
        if place.incident is None:
            return
        if place.incident != self._incident:
            self._close_form()
            self._close_gate()
        self._incident = place.incident
        self._reload()

    def first_focus(self) -> QWidget:
        """The next thing to do."""
        if self.form is not None:
            return self.form.first_focus()
        if self.gate is not None:
            return self.gate
        main = next((act for act in self.acts.values() if isinstance(act, Primary)), None)
        found = main or next(iter(self.acts.values()), None)
        return found or self._overview.findChild(QPushButton) or self

    def keep(self) -> None:
        """Write what is half typed."""
        self._keeper.keep()

    # --- reading -------------------------------------------------------------------------------

    def _reload(self) -> None:
        incident, session = self._incident, self.desk.session
        if incident is not None:
            self.desk.jobs.run(lambda: patients_view(session, incident), self._show)

    def _show(self, view: PatientsView) -> None:
        self.view = view
        refill(self._cards, *cards_of(view, self._go))
        self.acts = {} if view.closed else self._acts(view)
        refill(self._foot, *([ActionBar(*self.acts.values())] if self.acts else []))

    def _acts(self, view: PatientsView) -> dict[str, Button]:
        """What can be done, the next thing being the primary one and the last of the bar."""
        following = _following(view)
        acts = {
            "decide": (say.DECIDE_AGAIN if view.decision else say.DECIDE, "scale",
                       lambda: self.open_decision()),
            "letter": (say.PREPARE_LETTER, "file-text", lambda: self._go("documents", "lettre")),
            "sent": (say.NOTE_ANOTHER if view.sent else say.NOTE_SENT, "send",
                     lambda: self._pause()),
        }  # fmt: skip
        wanted = [name for name in _offered(view) if name != following]
        made: dict[str, Button] = {}
        for name in (*wanted, following):
            if not name:
                continue
            text, icon, act = acts[name]
            button = (Primary if name == following else Secondary)(text, icon)
            button.clicked.connect(act)
            made[name] = button
        return made

    def _go(self, page: str, item: str) -> None:
        self.desk.window.go(Place(page, self._incident, item))

    # --- writing -------------------------------------------------------------------------------

    def open_decision(self) -> None:
        """Ask who must be told, and why."""
        if self.view is not None:
            form = DecisionForm(self.view)
            form.confirmed.connect(self._decide)
            self._open_form(form, _DECISION)

    def _pause(self) -> None:
        """What left cannot be called back: the facts are read aloud once before it is noted."""
        incident, session = self._incident, self.desk.session
        if incident is not None:
            self.desk.jobs.run(lambda: gate_view(session, incident, _GATE), self._read_back)

    def _read_back(self, view: GateView) -> None:
        self._close_gate()
        if view.readers:
            self.open_departure()
            return
        self.gate = Gate(view, self.desk.who)
        self.gate.confirmed.connect(self._confirm)
        self.gate.cancelled.connect(self._stop_reading)
        self.faces.addWidget(self.gate)
        self.faces.setCurrentWidget(self.gate)
        self.gate.setFocus()

    def _confirm(self, names: list[str]) -> None:
        incident, session, by = self._incident, self.desk.session, self.desk.who
        if incident is None:
            return

        def done(_: object) -> None:
            self._close_gate()
            self.desk.tell_changed(frozenset({"gate"}))
            self.open_departure()

        self.desk.jobs.run(lambda: confirm(session, incident, _GATE, names, by), done)

    def _stop_reading(self) -> None:
        self._close_gate()
        self.first_focus().setFocus()

    def _close_gate(self) -> None:
        gate, self.gate = self.gate, None
        if gate is not None:
            self.faces.removeWidget(gate)
            gate.deleteLater()
            self.faces.setCurrentWidget(self._overview)

    def open_departure(self) -> None:
        """Ask what left."""
        if self.view is not None:
            form = DepartureForm(self.view, self.view.zone)
            form.confirmed.connect(self._leave)
            self._open_form(form, _DEPARTURE)

    def _open_form(self, form: DecisionForm | DepartureForm, name: str) -> None:
        incident = self._incident
        if incident is None:
            return
        self._close_form()
        self.form = form
        self.faces.addWidget(form)
        self.faces.setCurrentWidget(form)
        form.left.connect(self._give_up)
        form.edited.connect(self._keeper.touch)
        self._keeper.open(incident, name, self._take_up)
        form.first_focus().setFocus()

    def _take_up(self, draft: Draft) -> None:
        if self.form is not None and draft:
            self.form.take_up(draft)

    def _typed(self) -> Draft:
        return self.form.draft() if self.form is not None else {}

    def _give_up(self) -> None:
        self._keeper.forget()
        self._close_form()
        self.first_focus().setFocus()

    def _close_form(self) -> None:
        form, self.form = self.form, None
        if form is not None:
            self.faces.removeWidget(form)
            form.deleteLater()
        self.faces.setCurrentWidget(self._overview)

    def _decide(self, made: PersonsChoice) -> None:
        self._write(
            lambda incident: decide(self.desk.session, incident, made, self.desk.who),
            say.DECISION_KEPT,
            frozenset({"decision", "answer"}),
        )

    def _leave(self, left: Departure) -> None:
        self._write(
            lambda incident: record_departure(self.desk.session, incident, left, self.desk.who),
            say.SENT_KEPT,
            frozenset({"submission", "answer"}),
        )

    def _write(
        self, use_case: Callable[[IncidentId], object], told: str, kinds: frozenset[str]
    ) -> None:
        incident = self._incident
        if incident is None:
            return

        def done(_: object) -> None:
            self._keeper.forget()
            self._close_form()
            self.desk.window.say(told)
            self.desk.tell_changed(kinds)
            self._reload()

        self.desk.jobs.run(lambda: use_case(incident), done, self._refuse)

    def _refuse(self, error: BaseException) -> None:
        wrong_hour = isinstance(error, UserError) and error.code.startswith("instant.")
        if wrong_hour and isinstance(self.form, DepartureForm):
            self.form.refuse_at(explain(error))
        else:
            self.desk.window.explain(error)


def _following(view: PatientsView) -> str:
    """The next thing to do, empty when nothing presses."""
    if not view.is_decided:
        return "decide"
    if view.sent or not view.will_tell:
        return ""
    return "sent" if view.letter.made_at is not None else "letter"


def _offered(view: PatientsView) -> tuple[str, ...]:
    """What can be done now."""
    if view.will_tell:
        return ("decide", "letter", "sent")
    return ("decide",) if view.is_decided else ("letter", "decide")
