"""Two short forms of the page of patients: the decision, and what left."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinicir.domain.clock import from_wire, to_wire
from clinicir.domain.ids import Plain
from clinicir.services.patients import DO_NOT_TELL, Departure, PersonsChoice
from clinicir.services.views.patients import PatientsView
from clinicir.texts import screens_patients as say
from clinicir.ui.widgets.buttons import Primary, Secondary
from clinicir.ui.widgets.fields import (
    Field,
    Instant,
    LongText,
    MultiChoice,
    Number,
    SingleChoice,
)
from clinicir.ui.widgets.layout import ActionBar, Card, Scroll, column
from clinicir.ui.widgets.pick import Pick
from clinicir.ui.widgets.text import Help, Small, Title

Draft = dict[str, Plain]
_REASON_LENGTH = 5
"""Signs under which a reason says nothing (domain.incident.check_reason)."""


class _Form(QWidget):
    """A title, a card of fields, and two buttons at the foot."""

    left = Signal()
    edited = Signal()

    def __init__(self, title: str, text: str, save: str, *fields: QWidget) -> None:
        super().__init__()
        self.back = Secondary(say.CANCEL)
        self.save = Primary(save, "check")
        self.restored = Small(say.DRAFT_BACK)
        self.restored.hide()
        inside = QWidget()
        inside.setLayout(
            column(
                column(Title(title), Help(text), self.restored, gap=4),
                Card(*fields, gap=16),
                gap=16,
            )
        )
        self.setLayout(column(Scroll(inside), ActionBar(self.back, self.save), gap=0))
        self.back.clicked.connect(self.left)


class DecisionForm(_Form):
    """Tell, do not tell, not yet; the reason when one is needed."""

    confirmed = Signal(object)
    """A `PersonsChoice`."""

    def __init__(self, view: PatientsView) -> None:
        """Starts from the decision that stands."""
        self.choice = Field(say.CHOICE_LABEL, SingleChoice(say.ASKED_CHOICES))
        self.ground = Field(say.GROUND_LABEL, SingleChoice(view.grounds), optional=True)
        self.reason = Field(say.REASON_LABEL, LongText(lines=3), say.REASON_HELP)
        super().__init__(
            say.DECIDE_TITLE, say.DECIDE_HELP, say.KEEP_DECISION,
            self.choice, self.ground, self.reason,
        )  # fmt: skip
        self._argued = view.argued
        if view.decision is not None:
            self.choice.editor.set_value(view.decision.choice)
            self.reason.editor.set_value(view.decision.reason)
        self._standing = self._said()
        for field in (self.choice, self.ground, self.reason):
            field.editor.edited.connect(self._changed)
        self.save.clicked.connect(self._confirm)
        self._follow()

    def first_focus(self) -> QWidget:
        """The first answer."""
        return self.choice.first_focus()

    def draft(self) -> Draft:
        """What is typed, empty when it says no more than the decision that stands."""
        said = self._said()
        return {} if said == self._standing else said

    def _said(self) -> Draft:
        said: Draft = {
            "choice": self.choice.editor.value(), "ground": self.ground.editor.value(),
            "reason": self.reason.editor.value(),
        }  # fmt: skip
        return {name: value for name, value in said.items() if value}

    def take_up(self, draft: Mapping[str, Plain]) -> None:
        """What was half typed before."""
        for name, field in (
            ("choice", self.choice), ("ground", self.ground), ("reason", self.reason)
        ):  # fmt: skip
            value = draft.get(name)
            field.editor.set_value(value if isinstance(value, str) else None)
        self.restored.setVisible(bool(draft))
        self._follow()

    def _changed(self) -> None:
        self._follow()
        self.edited.emit()

    def _follow(self) -> None:
        choice = self.choice.editor.value()
        self.choice.set_problem(None)
        self.reason.set_problem(None)
        self.ground.setVisible(choice == DO_NOT_TELL)
        self.reason.setVisible(choice is not None)

    def _confirm(self) -> None:
        choice = self.choice.editor.value()
        if choice is None:
            self._refuse(self.choice, say.CHOICE_MISSING)
            return
        reason = self.reason.editor.value()
        if choice in self._argued and len(reason) < _REASON_LENGTH:
            self._refuse(self.reason, say.REASON_NEEDED)
            return
        ground = self.ground.editor.value() if choice == DO_NOT_TELL else None
        self.confirmed.emit(PersonsChoice(choice, reason, ground or ""))

    @staticmethod
    def _refuse(field: Field, problem: str) -> None:
        field.set_problem(problem)
        field.first_focus().setFocus()


class DepartureForm(_Form):
    """When letters left, how, how many, and which exhibit proves it."""

    confirmed = Signal(object)
    """A `Departure`."""

    def __init__(self, view: PatientsView, zone: tzinfo) -> None:
        """`zone` is that of the practice."""
        self.at = Field(say.LEFT_AT, Instant(zone))
        self.means = Field(say.MEANS_LABEL, MultiChoice(view.means), optional=True)
        self.count = Field(say.COUNT_LABEL, Number(), say.COUNT_HELP, optional=True)
        self.proof = Pick()
        known = [(f"{each.number} \u00b7 {each.title}", each.number) for each in view.receipts]
        self.proof.offer([(say.NO_PROOF, ""), *known])
        super().__init__(
            say.LEFT_TITLE, say.LEFT_HELP, say.KEEP_SENT, self.at, self.means, self.count,
            Field(say.PROOF_LABEL, self.proof, optional=True),
        )  # fmt: skip
        for field in (self.at, self.means, self.count):
            field.editor.edited.connect(self._changed)
        self.save.clicked.connect(self._confirm)

    def first_focus(self) -> QWidget:
        """The day."""
        return self.at.first_focus()

    def draft(self) -> Draft:
        """What is typed, empty when nothing is."""
        at: datetime | None = self.at.editor.value()
        means = list(self.means.editor.value())
        count = self.count.editor.value()
        said: Draft = {}
        if at is not None:
            said["at"] = to_wire(at)
        if means:
            said["means"] = means
        if count is not None:
            said["count"] = count
        return said

    def take_up(self, draft: Mapping[str, Plain]) -> None:
        """What was half typed before."""
        at, means, count = draft.get("at"), draft.get("means"), draft.get("count")
        if isinstance(at, str):
            self.at.editor.set_value(from_wire(at))
        self.means.editor.set_value(map(str, means) if isinstance(means, list) else None)
        self.count.editor.set_value(count if isinstance(count, int) else None)
        self.restored.setVisible(bool(draft))

    def refuse_at(self, problem: str) -> None:
        """The hour cannot be taken."""
        self.at.set_problem(problem)
        self.at.first_focus().setFocus()

    def _changed(self) -> None:
        self.at.set_problem(None)
        self.count.set_problem(None)
        self.edited.emit()

    def _confirm(self) -> None:
        at: datetime | None = self.at.editor.value()
        problem = self.at.editor.problem or (say.LEFT_AT_MISSING if at is None else None)
        if problem is not None or at is None:
            self.refuse_at(problem or say.LEFT_AT_MISSING)
            return
        if self.count.editor.problem is not None:
            self.count.set_problem(self.count.editor.problem)
            self.count.first_focus().setFocus()
            return
        means = tuple(self.means.editor.value())
        self.confirmed.emit(
            Departure(at, means, self.count.editor.value(), self.proof.chosen())
        )
