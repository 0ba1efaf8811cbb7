"""The recovery sheet: shown once, printed, put away, proven by two groups copied back."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QFont
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from clinicir.services import first_start
from clinicir.services.ports import Printed, VaultDoor
from clinicir.texts import screens_entry as say
from clinicir.ui import saved_file
from clinicir.ui.desk import Desk, Place
from clinicir.ui.pages.page import Page
from clinicir.ui.pdf_pages import print_pages
from clinicir.ui.theme import current
from clinicir.ui.widgets.buttons import Primary, Secondary
from clinicir.ui.widgets.fields import Field, Line
from clinicir.ui.widgets.layout import ActionBar, Card, Scroll, column, row, wrapping_row
from clinicir.ui.widgets.notice import Notice
from clinicir.ui.widgets.text import Body, Heading, Help, Small, Text, Title

_GROUPS = 7
_CODE_FACTOR = 1.3
Draw = Callable[[], tuple[int, int]]


def draw_two(groups: int = _GROUPS) -> tuple[int, int]:
    """Two different groups, from 1, in order."""
    first, second = sorted(secrets.SystemRandom().sample(range(1, groups + 1), 2))
    return first, second


class RecoverySheetPage(Page):
    """Holds the code only while the vault that it opens is open."""

    name = "recovery_sheet"

    def __init__(self, desk: Desk, door: VaultDoor, code: str, draw: Draw = draw_two) -> None:
        """`code` is empty when the vault was not made just now: a new one must be drawn."""
        super().__init__(desk)
        self._door, self._code, self._asked = door, code, draw()
        self._from: Place | None = None
        self.state = Body()
        self.print, self.save = Secondary(say.SHEET_PRINT, "printer"), Secondary(say.SHEET_SAVE)
        self.renew = Primary(say.SHEET_NEW, "file-lock")
        self.done, self.later = Primary(say.SHEET_DONE, "check"), Secondary(say.SHEET_LATER)
        self.typed = (Line(8), Line(8))
        self.fields = tuple(
            Field(say.group_label(n), line)
            for n, line in zip(self._asked, self.typed, strict=True)
        )
        self._groups = [Text() for _ in range(_GROUPS)]
        self.print.clicked.connect(self._print)
        self.save.clicked.connect(self._save)
        self.renew.clicked.connect(self._draw_new)
        self.done.clicked.connect(self.check)
        self.later.clicked.connect(self._leave)
        for line in self.typed:
            line.returnPressed.connect(self.check)
        self._lay_out()

    @property
    def title(self) -> str:
        """See `Page`."""
        return say.SHEET

    def open_at(self, place: Place) -> None:
        """See `Page`; with an incident and a step, that step is come back to."""
        self._from = Place("steps", place.incident, place.item) if place.incident else None
        self._show()

    def first_focus(self) -> QWidget:
        """See `Page`."""
        return self.save if self._code else self.renew

    def _lay_out(self) -> None:
        self._code_card = Card(Heading(say.SHEET_CODE), self._code_grid(),
                               wrapping_row(self.print, self.save))  # fmt: skip
        self._check_card = Card(Heading(say.SHEET_CHECK), row(*self.fields, gap=16))
        self._new_card = Card(self.state, Help(say.SHEET_NEW_LEAD), wrapping_row(self.renew))
        self._warning = Notice("warn", say.SHEET_LEAD, say.SHEET_WARNING)
        inside = QWidget()
        box = column(Title(say.SHEET), self._warning, self._new_card, self._code_card,
                     self._check_card, gap=16)  # fmt: skip
        box.addStretch(1)
        inside.setLayout(box)
        self._actions = ActionBar(self.later, self.done)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(Scroll(inside), 1)
        whole.addWidget(self._actions)

    def _code_grid(self) -> QWidget:
        parts = []
        for n, label in enumerate(self._groups, 1):
            holder = QWidget()
            label.setWordWrap(False)
            label.setProperty("text_role", "display_code")
            font = QFont("JetBrains Mono")
            font.setPointSizeF(current().points * _CODE_FACTOR)
            label.setFont(font)
            holder.setLayout(column(Small(say.group_label(n)), label, gap=2))
            parts.append(holder)
        return wrapping_row(*parts, gap=12)

    def _show(self) -> None:
        shown = bool(self._code)
        for label, group in zip(self._groups, self._code.split("-"), strict=False):
            label.set_text(group)
        for part in (self._code_card, self._check_card, self._warning, self._actions):
            part.setVisible(shown)
        self._new_card.setVisible(not shown)
        kept = first_start.sheet_is_checked
        self.desk.jobs.run(
            lambda: kept(self.desk.session),
            lambda ok: self.state.set_text(say.SHEET_OK if ok else say.SHEET_NOT_OK),
        )

    # --- acts ----------------------------------------------------------------------------------

    def check(self) -> None:
        """Both groups copied back: the sheet exists on paper."""
        groups, wrong = self._code.split("-"), None
        for n, line, field in zip(self._asked, self.typed, self.fields, strict=True):
            same = _folded(line.value()) == groups[n - 1]
            field.set_problem(None if same else say.group_differs(n))
            wrong = wrong if same or wrong is not None else line
        if wrong is not None:
            wrong.setFocus()
            return
        session, who = self.desk.session, self.desk.who
        self.desk.jobs.run(lambda: first_start.confirm_sheet(session, who), self._checked)

    def _checked(self, changes: object) -> None:
        del changes
        self.desk.tell_changed(frozenset({"recovery_sheet"}))
        self.desk.window.say(say.SHEET_CHECKED)
        self._leave()

    def _leave(self) -> None:
        """Back to the step that asked for the sheet, else home."""
        self.desk.window.go(self._from or Place("home"))

    def _draw_new(self) -> None:
        session, who = self.desk.session, self.desk.who

        def draw() -> str:
            code = self._door.new_recovery_code()
            first_start.forget_sheet(session, who)
            return code

        self.desk.jobs.run(draw, self._take)

    def _take(self, code: str) -> None:
        self._code = code
        self.desk.tell_changed(frozenset({"recovery_sheet"}))
        self._show()
        self.save.setFocus()

    def _sheet(self, then: Callable[[Printed], None]) -> None:
        session, code = self.desk.session, self._code
        self.desk.jobs.run(
            lambda: self._door.recovery_sheet(code, session.practice().name), then
        )

    def _save(self) -> None:
        start = str(Path.home() / say.SHEET_FILE)
        chosen, _ = QFileDialog.getSaveFileName(self, say.SHEET_SAVE_TITLE, start, "PDF (*.pdf)")
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Write the page where the person chose."""
        self._sheet(
            lambda sheet: self.desk.jobs.run(
                lambda: saved_file.save(path, sheet.content),
                lambda _: self.desk.window.say(say.SHEET_SAVED),
            )
        )

    def _print(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec() != QDialog.DialogCode.Accepted:
            return
        self._sheet(
            lambda sheet: self.desk.jobs.run(
                lambda: print_pages(sheet.content, printer),
                lambda _: self.desk.window.say(say.SHEET_PRINTED),
            )
        )


def _folded(text: str) -> str:
    """A round is a zero and a stick is a one, whatever was typed."""
    return text.upper().replace(" ", "").translate(str.maketrans("OIL", "011"))
