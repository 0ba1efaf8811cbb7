"""Who is at the keyboard: declared once after each opening."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from clinicir.texts import screens_shell as say
from clinicir.ui.entry.frame import EntryPage
from clinicir.ui.widgets.buttons import Primary
from clinicir.ui.widgets.fields import Field, Line, SingleChoice
from clinicir.ui.widgets.layout import ActionBar, Card
from clinicir.ui.widgets.text import Body

_OTHER = "\0other"


class Who(EntryPage):
    """People of the practice sheet, or another name."""

    named = Signal(str)

    def __init__(self, people: Sequence[str]) -> None:
        """The first of them is proposed."""
        super().__init__(say.WHO_TITLE, "user")
        choices = [(name, name) for name in people]
        self.choice = SingleChoice([*choices, (_OTHER, say.WHO_OTHER)])
        self.choice.set_value(people[0] if people else _OTHER)
        self.name = Line(120)
        self.name_field = Field(say.WHO_NAME, self.name)
        self.go_on = Primary(say.CONTINUE, "arrow-right")
        self.go_on.setDefault(True)
        self.go_on.clicked.connect(self.submit)
        self.name.returnPressed.connect(self.submit)
        self.choice.edited.connect(self._follow)
        self.lay_out(
            Body(say.WHO_WHY),
            Card(Field(say.WHO_TITLE, self.choice), self.name_field),
            actions=ActionBar(self.go_on),
            gestures=False,
        )
        self._follow()
        self.first = self.go_on if people else self.name

    def submit(self) -> None:
        """A name is needed."""
        chosen = self.choice.value()
        name = self.name.value() if chosen in (_OTHER, None) else chosen
        if not name:
            self.name_field.set_problem(say.WHO_MISSING)
            self.name.setFocus()
            return
        self.named.emit(name)

    def _follow(self) -> None:
        self.name_field.setVisible(self.choice.value() in (_OTHER, None))
