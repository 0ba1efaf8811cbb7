"""The register of all the incidents: read, printed, kept as PDF or as a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from clinicir.services.documents import Production
from clinicir.services.register import produce_register
from clinicir.services.views.register import RegisterRow, RegisterView, register_view
from clinicir.texts import screens_papers
from clinicir.texts import screens_register as say
from clinicir.ui.desk import Desk, Place
from clinicir.ui.pages.page import Page
from clinicir.ui.pdf_pages import print_pages
from clinicir.ui.saved_file import save
from clinicir.ui.widgets.buttons import LinkButton, Primary, Quiet, Secondary
from clinicir.ui.widgets.empty import EmptyState
from clinicir.ui.widgets.layout import ActionBar, Card, Item, Scroll, column, row, rule
from clinicir.ui.widgets.paper_preview import PaperPreview
from clinicir.ui.widgets.refill import refill
from clinicir.ui.widgets.sign import Sign
from clinicir.ui.widgets.text import Heading, Help, Small, Strong

_SIGNS = {True: ("circle-check", "ok"), False: ("circle-dot", "primary")}


class RegisterPage(Page):
    """The list, then the paper once it is made."""

    name = "register"

    def __init__(self, desk: Desk) -> None:
        """The two faces; nothing is read before `open_at`."""
        super().__init__(desk)
        self.made: Production | None = None
        self._body = column(gap=16)
        inside = QWidget()
        inside.setLayout(self._body)
        self.preview = PaperPreview(desk.jobs)
        self.faces = QStackedWidget()
        self.faces.addWidget(Scroll(inside))
        self.faces.addWidget(self.preview)
        self.faces.setMinimumHeight(1)
        self.list = Secondary(say.LIST, "chevron-left")
        self.again = Quiet(say.MAKE_AGAIN)
        self.table = Secondary(say.SAVE_TABLE, "download")
        self.save = Secondary(screens_papers.SAVE_PDF, "download")
        self.make = Primary(say.MAKE, "file-text")
        self.print = Primary(screens_papers.PRINT, "printer")
        bar = ActionBar(self.list, self.again, self.table, self.save, self.make, self.print)
        self.setLayout(column(self.faces, bar, gap=0))
        self.list.clicked.connect(self._to_list)
        for button in (self.make, self.again):
            button.clicked.connect(self.produce)
        self.table.clicked.connect(self._ask_table)
        self.save.clicked.connect(self._ask_save)
        self.print.clicked.connect(self._ask_print)
        self.make.hide()
        self._to_list()

    @property
    def title(self) -> str:
        """Name of the register."""
        return say.REGISTER

    def open_at(self, place: Place) -> None:
        """The list, as it stands now."""
        self._to_list()
        session = self.desk.session
        self.desk.jobs.run(lambda: register_view(session), self._show)

    def first_focus(self) -> QWidget:
        """What most people come for."""
        return self.print if self.faces.currentIndex() else self.make

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Print or save by key; a paper that is not made yet is made first."""
        if self.make.isEnabled() and not self.make.isHidden():
            return {"print": self.produce, "save_pdf": self.produce}
        return {"print": self._ask_print, "save_pdf": self._ask_save} if self.made else {}

    # --- the list ------------------------------------------------------------------------------

    def _show(self, view: RegisterView) -> None:
        items: list[Item] = [Help(say.INTRO)]
        if view.rows:
            lines: list[Item] = []
            for n, each in enumerate(view.rows):
                lines += [rule(), self._line(each)] if n else [self._line(each)]
            items.append(Card(Heading(say.count(len(view.rows))), *lines, gap=12))
        else:
            items.append(Card(EmptyState("book-open", say.EMPTY)))
        if view.produced_at is not None:
            local = view.produced_at.astimezone(self.desk.session.clock.now().tzinfo)
            items.append(Small(say.made_at(local)))
        refill(self._body, *items)
        self.make.setVisible(bool(view.rows) and not self.faces.currentIndex())

    def _line(self, each: RegisterRow) -> Item:
        opened = LinkButton(say.OPEN, "arrow-right")
        opened.setAccessibleName(say.open_case(each.title))
        page = "closing" if each.closed else "steps"
        opened.clicked.connect(lambda _: self.desk.window.go(Place(page, each.incident)))
        state = Small(say.state(each.closed))
        state.setWordWrap(False)
        words = column(
            Strong(each.title), Small(say.details(each.number, each.known_at, each.notified_at)),
            gap=2,
        )  # fmt: skip
        line = row(Sign(*_SIGNS[each.closed], 20), words, state, opened, gap=12)
        line.setStretch(1, 1)
        return line

    # --- the paper -----------------------------------------------------------------------------

    def produce(self) -> None:
        """Make the paper and show it."""
        desk = self.desk
        self.make.setEnabled(False)
        self.again.setEnabled(False)
        desk.window.say(say.MAKING)
        desk.jobs.run(
            lambda: produce_register(desk.session, desk.printer, desk.verifier, desk.who),
            self._produced, self._refused,
        )  # fmt: skip

    def _produced(self, made: Production) -> None:
        self._enable()
        self.made = made
        self.preview.show_paper(made.papers[0].content)
        self.faces.setCurrentIndex(1)
        self._arrange()
        self.print.setFocus()
        self.desk.tell_changed(frozenset({"document", "submission"}))

    def _refused(self, error: BaseException) -> None:
        self._enable()
        self.desk.window.explain(error)

    def _enable(self) -> None:
        self.make.setEnabled(True)
        self.again.setEnabled(True)

    def _to_list(self) -> None:
        self.faces.setCurrentIndex(0)
        self._arrange()

    def _arrange(self) -> None:
        seen = bool(self.faces.currentIndex())
        for part in (self.list, self.again, self.table, self.save, self.print):
            part.setVisible(seen)
        if seen:
            self.make.hide()

    # --- leaving the vault ---------------------------------------------------------------------

    def _ask_print(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if self.made is not None and QPrintDialog(printer, self).exec():
            content, window = self.made.papers[0].content, self.desk.window
            self.desk.jobs.run(
                lambda: print_pages(content, printer),
                lambda _: window.say(screens_papers.PRINTED),
                lambda _: window.say(screens_papers.NOT_PRINTED),
            )

    def _ask_save(self) -> None:
        if self.made is not None:
            paper = self.made.papers[0]
            self._save_as(paper.name, paper.content, screens_papers.PDF_FILTER)

    def _ask_table(self) -> None:
        if self.made is not None:
            for name, content in self.made.attachments:
                self._save_as(name, content, say.CSV_FILTER)

    def _save_as(self, name: str, content: bytes, kind: str) -> None:
        start = str(Path.home() / name)
        chosen, _ = QFileDialog.getSaveFileName(self, screens_papers.SAVE_PDF, start, kind)
        if chosen:
            window = self.desk.window
            self.desk.jobs.run(
                lambda: save(Path(chosen), content),
                lambda _: window.say(screens_papers.SAVED_CLEAR),
                window.explain,
            )
