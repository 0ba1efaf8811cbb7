"""A backup was chosen: the code of the printed sheet puts it back in its place."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal

from clinicir.texts import screens_entry as entry_say
from clinicir.texts import screens_export as say
from clinicir.ui.entry.frame import EntryPage
from clinicir.ui.widgets.buttons import Primary, Secondary
from clinicir.ui.widgets.fields import Field, Line
from clinicir.ui.widgets.layout import ActionBar, Card
from clinicir.ui.widgets.text import Body, Help


class OpenBackup(EntryPage):
    """`given` carries the code; a refusal leaves what was typed."""

    given = Signal(str)
    left = Signal()

    def __init__(self, file: Path) -> None:
        """`file` was chosen a moment ago."""
        super().__init__(say.OPEN_BACKUP_TITLE, "folder-lock")
        self.file, self.code, self.state = file, Line(), Help("")
        self.put_back, self.back = Primary(say.PUT_BACK), Secondary(say.BACK, "chevron-left")
        self.put_back.setDefault(True)
        self.put_back.clicked.connect(self.submit)
        self.code.returnPressed.connect(self.submit)
        self.back.clicked.connect(self.left)
        self.lay_out(
            Body(say.backup_chosen(file.name)),
            Card(Field(entry_say.CODE, self.code, entry_say.CODE_HELP), self.state),
            actions=ActionBar(self.back, self.put_back),
            gestures=False,
        )
        self.first = self.code

    def submit(self) -> None:
        """Once, until it is given back."""
        text = self.code.text().strip()
        if not text or not self.put_back.isEnabled():
            self.state.set_text("" if text else entry_say.CODE_EMPTY)
            return
        self.put_back.setEnabled(False)
        self.state.set_text(say.PUTTING_BACK)
        self.given.emit(text)

    def refuse(self, sentence: str) -> None:
        """Nothing was replaced; the sentence says why."""
        self.put_back.setEnabled(True)
        self.state.set_text(sentence)
        self.code.setFocus()
