"""One line of accounts or addresses, to mend or to take away: always with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import tzinfo

from PySide6.QtCore import Signal

from clinicir.domain.clock import from_wire, to_wire
from clinicir.domain.errors import ClinicirError
from clinicir.domain.ids import Plain
from clinicir.texts import screens_step_fields as say
from clinicir.texts import screens_steps
from clinicir.texts.errors import explanation_of
from clinicir.ui.widgets.buttons import Quiet
from clinicir.ui.widgets.fields import Field, Instant, Line, SingleChoice
from clinicir.ui.widgets.layout import ActionBar
from clinicir.ui.widgets.pick import Pick
from clinicir.ui.widgets.step_questions import Question, enough
from clinicir.ui.widgets.step_trackers import Kind


class LineQuestion(Question):
    """What is known of the line, and why it changes."""

    answered = Signal(object, str)
    """The whole line, or None when it goes; then the reason."""

    def __init__(
        self,
        kind: Kind,
        line: Mapping[str, Plain],
        proofs: Sequence[tuple[str, str]],
        zone: tzinfo,
    ) -> None:
        """`proofs` are the exhibits of the case: (number, title)."""
        super().__init__(str(line.get(kind.columns[0][0])), say.EDIT, say.EDIT_HELP, say.EDIT_SAVE)
        self._line = dict(line)
        self.texts = {key: Field(label, Line()) for key, label in kind.columns}
        self.state = Field(say.STATE, SingleChoice(list(kind.states.items())))
        self.by = Field(say.BY, Line(), optional=True)
        self.done_at = Field(say.DONE_AT, Instant(zone), optional=True)
        self.proof = Field(say.PROOF, Pick(), optional=True)
        self.reason = Field(say.EDIT_REASON, Line())
        self.remove = Quiet(say.REMOVE, "x")
        self.foot = ActionBar(self.back, self.remove, self.save)
        self._fill(proofs)
        self._add(*self.texts.values(), self.state, self.by, self.done_at, self.proof, self.reason)
        self.save.clicked.connect(lambda _: self._send(self._whole()))
        self.remove.clicked.connect(lambda _: self._send(None))
        self.setFocusProxy(next(iter(self.texts.values())).first_focus())

    def refuse(self, error: ClinicirError) -> None:
        """Under the first part, what is typed stays."""
        first = next(iter(self.texts.values()))
        first.set_problem(f"{screens_steps.sentence(explanation_of(error).what)}.")
        first.first_focus().setFocus()

    def _fill(self, proofs: Sequence[tuple[str, str]]) -> None:
        line = self._line
        for key, field in self.texts.items():
            field.editor.set_value(str(line.get(key) or ""))
        self.state.editor.set_value(str(line.get("state") or ""))
        self.by.editor.set_value(str(line.get("by") or ""))
        done_at = line.get("done_at")
        self.done_at.editor.set_value(from_wire(done_at) if isinstance(done_at, str) else None)
        named = [(f"{number} \u00b7 {title}", number) for number, title in proofs]
        self.proof.editor.offer([(say.NO_PROOF, ""), *named])
        self.proof.editor.setCurrentIndex(
            max(0, self.proof.editor.findData(str(line.get("proof") or "")))
        )

    def _whole(self) -> dict[str, Plain]:
        at = self.done_at.editor.value()
        given: dict[str, Plain] = {
            **self._line,
            **{key: field.editor.value() for key, field in self.texts.items()},
            "state": self.state.editor.value(),
            "by": self.by.editor.value(),
            "done_at": to_wire(at) if at else None,
            "proof": self.proof.editor.chosen(),
        }
        return {key: value for key, value in given.items() if value not in (None, "")}

    def _send(self, line: dict[str, Plain] | None) -> None:
        for field in list(self.texts.values())[:2]:
            empty = line is not None and not field.editor.value()
            field.set_problem(say.EMPTY_LINE if empty else None)
            if empty:
                field.first_focus().setFocus()
                return
        self.done_at.set_problem(self.done_at.editor.problem)
        if self.done_at.problem is None and enough(self.reason, self.reason.editor.value()):
            self.answered.emit(line, self.reason.editor.value())
