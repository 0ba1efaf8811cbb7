"""A pause point over the whole page: facts to read aloud, and the names of those who did."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from clinicir.services.views.gate import GateView
from clinicir.texts import screens_gates as say
from clinicir.ui.theme import current
from clinicir.ui.widgets.buttons import Primary, Secondary
from clinicir.ui.widgets.fields import Field, Line
from clinicir.ui.widgets.layout import ActionBar, Card, Scroll, column, rule
from clinicir.ui.widgets.text import Heading, Help, Title

_LARGE = 1.5
"""Size of text from which the title gives up room to the facts."""


class Gate(QWidget):
    """Asks, never acts: whoever shows it records `confirmed` with `services.gates.confirm`."""

    confirmed = Signal(list)
    """Names, one or two."""
    cancelled = Signal()
    """Something is not true, or somebody is not there yet: nothing has changed."""

    def __init__(self, view: GateView, who: str) -> None:
        """`who` is at the keyboard, and most often the one who reads."""
        super().__init__()
        self.facts: list[tuple[Help, Heading]] = []
        lines: list[QWidget] = []
        for fact in view.facts:
            pair = Help(say.FACTS[fact.key]), Heading(say.told(fact.key, fact.value))
            self.facts.append(pair)
            lines += [*([rule()] if lines else []), *pair]
        self.names = [Field(say.FIRST, Line())]
        self.names[0].editor.set_value(who)
        others = [name for name in view.people if name.casefold() != who.casefold()]
        help_text = say.others(", ".join(others)) if others else ""
        alone = view.needed == 1
        self.names.append(Field(say.SECOND, Line(), help=help_text, optional=alone))
        self._alone = alone
        self.confirm, self.back = Primary(say.CONFIRM, "check"), Secondary(say.BACK, "chevron-left")
        self.confirm.clicked.connect(lambda _: self._send())
        self.back.clicked.connect(self.cancelled.emit)
        inside = QWidget()
        title = Title(say.TITLES[view.gate])
        large = current().scale >= _LARGE
        title.dress("heading" if large else "title")
        names = Card(Help(say.HELP), *self.names)
        inside.setLayout(column(title, Card(*lines, gap=6), names, gap=14))
        scroller = Scroll(inside)
        scroller.tighten(tight=large)
        box = column(gap=0)
        box.addWidget(scroller, 1)
        box.addWidget(ActionBar(self.back, self.confirm))
        self.setLayout(box)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The facts stay in sight: the names are gone to once they were read."""
        del event
        self.confirm.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    def _send(self) -> None:
        names = [field.editor.value().strip() for field in self.names]
        known: set[str] = set()
        for field, name in zip(self.names, names, strict=True):
            may_be_empty = self._alone and field is self.names[-1]
            problem = None if name or may_be_empty else say.NAME_MISSING
            if name and name.casefold() in known:
                problem = say.SAME_NAME
            known.add(name.casefold())
            field.set_problem(problem)
            if problem:
                field.first_focus().setFocus()
                return
        self.confirmed.emit([name for name in names if name])
