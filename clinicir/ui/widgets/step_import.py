"""What a file would add to a list of accounts or addresses, before anything is added."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QWidget

from clinicir.domain.errors import ClinicirError
from clinicir.domain.line_table import LineTable
from clinicir.services.line_import import ImportView
from clinicir.texts import screens_step_fields as say
from clinicir.texts import screens_steps
from clinicir.texts.errors import explanation_of
from clinicir.texts.labels import said
from clinicir.texts.typography import spaced
from clinicir.ui.theme import px
from clinicir.ui.widgets.buttons import Quiet
from clinicir.ui.widgets.fields import Field, Line
from clinicir.ui.widgets.layout import column, wrapping_row
from clinicir.ui.widgets.notice import Notice
from clinicir.ui.widgets.step_questions import Question
from clinicir.ui.widgets.step_tables import Table
from clinicir.ui.widgets.step_trackers import Kind
from clinicir.ui.widgets.text import Heading, Help

_PAGE = 100
"""Lines drawn at once: thousands would stop the window."""
_PAUSE_MS = 300


class _LongTable(QFrame):
    """A table of any length, some lines at a time."""

    def __init__(self, headings: Sequence[str], name: str) -> None:
        super().__init__()
        self.table = Table(headings, name)
        self._rows: Sequence[Sequence[str]] = ()
        self._first = 0
        self.place, self.more = Help(), Quiet(say.IMPORT_MORE, "chevron-right")
        self.more.clicked.connect(lambda _: self._go_on())
        self._foot = wrapping_row(self.place, self.more)
        self.setLayout(column(self.table, self._foot, gap=4))

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """From the first."""
        self._rows, self._first = rows, 0
        self._draw()

    def _go_on(self) -> None:
        self._first += _PAGE
        if self._first >= len(self._rows):
            self._first = 0
        self._draw()

    def _draw(self) -> None:
        shown, total = self._rows[self._first : self._first + _PAGE], len(self._rows)
        self.table.show_rows(shown)
        self.table.scrollToTop()
        self.place.set_text(say.page_of(self._first + 1, self._first + len(shown), total))
        self._foot.setVisible(total > _PAGE)
        self.setVisible(total > 0)


class ImportQuestion(Question):
    """What was recognised, the lines to add, the rows refused; nothing is added by itself."""

    answered = Signal(list)
    """Lines to add, all at once."""
    place_given = Signal(str)
    """Where, for the rows that do not say: the lines are looked at again."""

    def __init__(self, kind: Kind, file: str, table: LineTable, view: ImportView) -> None:
        """`file` is its name."""
        super().__init__(file, say.IMPORT_TITLE, _recognised(table), say.add_lines(0))
        self._kind = kind
        self._view = view
        self.back.set_text(say.IMPORT_NONE)
        self.problem = Notice("warn", "")
        self.place = Field(
            say.IMPORT_PLACES[kind.name], Line(), help=say.IMPORT_PLACE_HELP
        )
        self.count, self.dates, self.out = Heading(), Help(), Heading()
        headings = [text for _, text in kind.columns]
        self.lines = _LongTable([*headings, say.STATE], kind.columns[0][1])
        self.refused = _LongTable(
            [say.IMPORT_LINE, say.IMPORT_CONTENT, say.IMPORT_WHY], say.IMPORT_WHY
        )
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._ask_again)
        self.refused.table.narrow(0)
        self._body.box.setSpacing(px(18))
        self._add(
            self.problem, self.place, _group(self.count, self.dates, self.lines),
            _group(self.out, self.refused),
        )  # fmt: skip
        self.problem.hide()
        self.place.setVisible(view.lacks_place)
        self.place.editor.set_value(view.place)
        self.place.editor.edited.connect(self._place_edited)
        self.save.clicked.connect(lambda _: self._send())
        self.show_view(view)
        self.setFocusProxy(self.place.first_focus() if view.lacks_place else self.back)

    def show_view(self, view: ImportView) -> None:
        """What becomes of the rows; one that answers an older question is not shown."""
        if view.place != self.place.editor.value():
            return
        self._view = view
        self.count.set_text(say.to_add(len(view.lines)))
        self.dates.set_text(say.undated(view.undated))
        self.dates.setVisible(view.undated > 0)
        keys = [key for key, _ in self._kind.columns]
        states = self._kind.states
        first = next(iter(states))
        self.lines.show_rows(
            [
                [*(str(line.get(key) or "") for key in keys),
                 said(states, line.get("state") or first)]
                for line in view.lines
            ]
        )  # fmt: skip
        self.out.set_text(say.left_out(len(view.refused)))
        self.out.setVisible(bool(view.refused))
        self.refused.show_rows(
            [
                [str(row.number), row.text or say.IMPORT_HIDDEN, said(say.FAULTS, row.fault.value)]
                for row in view.refused
            ]
        )
        self.save.set_text(say.add_lines(len(view.lines)))
        self.save.setVisible(bool(view.lines))
        self.save.setEnabled(True)

    def refuse(self, error: ClinicirError) -> None:
        """Nothing was added; the lines stay here."""
        told = explanation_of(error)
        self.problem.say(
            screens_steps.sentence(told.what),
            spaced(f"{screens_steps.sentence(told.safe)} ; {told.todo}."),
        )
        self.problem.show()
        self.save.setEnabled(True)

    def _place_edited(self) -> None:
        self.save.setEnabled(False)
        self._pause.start()

    def _ask_again(self) -> None:
        self.place_given.emit(self.place.editor.value())

    def _send(self) -> None:
        # Pressed twice, it would add twice.
        self.save.setEnabled(False)
        self.answered.emit(list(self._view.lines))


def _group(*widgets: QWidget) -> QWidget:
    group = QWidget()
    group.setLayout(column(*widgets, gap=6))
    return group


def _recognised(table: LineTable) -> str:
    return say.read_columns([key for key in table.columns if key], table.aside)
