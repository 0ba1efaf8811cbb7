"""Exhibits: drop, add or paste, describe, then find each again with its number and fingerprint."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QModelIndex, QUrl
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QImageWriter,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from clinicir.domain.errors import UserError
from clinicir.domain.evidence import check_picture
from clinicir.domain.ids import IncidentId
from clinicir.domain.shown import PictureShown, Shown
from clinicir.services.views.evidence import EvidenceRow, EvidenceView, evidence_view
from clinicir.texts import screens_evidence as say
from clinicir.texts.errors import explain
from clinicir.ui.clipboard import encoded_picture
from clinicir.ui.desk import Desk, Place
from clinicir.ui.exhibit_acts import ExhibitActs
from clinicir.ui.form_keeper import FormKeeper
from clinicir.ui.intake import Incoming, Intake, Said, Taken
from clinicir.ui.models.evidence import EvidenceTable
from clinicir.ui.models.form_drafts import Draft
from clinicir.ui.pages.page import Page
from clinicir.ui.widgets.buttons import LinkButton, Primary, Quiet, Secondary
from clinicir.ui.widgets.empty import EmptyState
from clinicir.ui.widgets.exhibit_panel import picture_of
from clinicir.ui.widgets.intake_panel import CopyProgress, IntakePanel
from clinicir.ui.widgets.layout import Card, Scroll, column, wrapping_row
from clinicir.ui.widgets.notice import Notice
from clinicir.ui.widgets.reading_table import ReadingTable
from clinicir.ui.widgets.text import Help, Strong

_INTAKE = "intake"


class EvidencePage(Page):
    """`Place.item`: number of an exhibit to open, step that new exhibits belong to, or nothing."""

    name = "evidence"

    def __init__(self, desk: Desk) -> None:
        """The list, the questions and the detail; nothing is read before `open_at`."""
        super().__init__(desk)
        self._incident: IncidentId | None = None
        self._view: EvidenceView | None = None
        self._wanted = self._step = ""
        self.model = EvidenceTable()
        self.table = ReadingTable(self.model, say.EVIDENCE, stretched=1, first_to_go=(4, 2))
        self.intake = IntakePanel()
        self.progress, self.batch = CopyProgress(), Intake(desk)
        self.acts = ExhibitActs(desk)
        self.exhibit = self.acts.panel
        self.faces = QStackedWidget()
        self._keeper = FormKeeper(desk, self._draft)
        self._make_parts()
        self._lay_out()
        self._connect()
        self.setAcceptDrops(True)

    def _make_parts(self) -> None:
        self.add = Primary(say.ADD_FILE, "upload")
        self.paste_button = Secondary(say.PASTE, "image")
        self.fact = Quiet(say.NOTE_FACT, "plus")
        self.drop = Card(
            Strong(say.DROP_HERE), Help(say.DROP_HELP),
            wrapping_row(self.add, self.paste_button, self.fact),
        )  # fmt: skip
        self.step_title, self.to_step = Help(""), LinkButton(say.BACK_TO_STEP)
        self.step = QWidget()
        self.step.setLayout(column(self.to_step, self.step_title, gap=2))
        self.closed = Notice("info", say.CLOSED)
        self.filling = Notice("warn", say.FILLING, say.FILLING_HELP)
        self.told_read = Quiet(say.READ)
        self.told = Notice("warn", "", "", self.told_read)
        self.empty = EmptyState("folder-lock", say.NO_EVIDENCE)

    def _lay_out(self) -> None:
        listing = QWidget()
        listing.setLayout(
            column(
                self.step, self.closed, self.filling, self.drop, self.progress, self.told,
                self.empty, self.table,
            )
        )  # fmt: skip
        for face in (Scroll(listing, wide=True), self.intake, self.exhibit):
            self.faces.addWidget(face)
        self.setLayout(column(self.faces))
        for part in (self.closed, self.filling, self.told, self.step):
            part.hide()

    def _connect(self) -> None:
        self.add.clicked.connect(self.choose)
        self.paste_button.clicked.connect(self.paste)
        self.fact.clicked.connect(
            lambda: self.desk.window.go(Place("journal", self._incident, "note"))
        )
        self.to_step.clicked.connect(
            lambda: self.desk.window.go(Place("steps", self._incident, self._step))
        )
        self.told_read.clicked.connect(self.told.hide)
        self.intake.confirmed.connect(self._take_in)
        self.intake.left.connect(self._give_up)
        self.intake.edited.connect(self._keeper.touch)
        self.progress.stopped.connect(self.batch.stop)
        self.batch.progressed.connect(self.progress.show_progress)
        self.batch.ended.connect(self._ended)
        self.table.activated.connect(self._open)
        self.table.clicked.connect(self._open)
        self.exhibit.left.connect(lambda: self._go(self._step))
        self.acts.moved.connect(self._reload)

    # --- what the window asks ------------------------------------------------------------------

    @property
    def title(self) -> str:
        """Title of the page."""
        return say.EVIDENCE

    def open_at(self, place: Place) -> None:
        """Read the exhibits; the place may name one of them, or the step that one comes from."""
        self._keeper.leave()
        if place.incident != self._incident:
            self._step = ""
            self.told.hide()
        if (place.incident, place.item) != (self._incident, self._wanted):
            self._view = None
        self._incident, self._wanted = place.incident, place.item
        self._step = self._step if place.item else ""
        self.faces.setCurrentIndex(0)
        self._reload()

    def first_focus(self) -> QWidget:
        """The button that adds, or the way back from an exhibit."""
        return self.exhibit.back if self.faces.currentWidget() is self.exhibit else self.add

    def keep(self) -> None:
        """Write what is half typed."""
        self._keeper.keep()
        self.acts.keep()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Add and paste, as long as the incident is open."""
        return {"add_evidence": self.choose, "paste_evidence": self.paste}

    # --- what comes in -------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste, when no field takes it."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are welcome, as long as the incident is open."""
        if event.mimeData().hasUrls() and self._is_open():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Files of this computer only; folders are not looked into."""
        event.acceptProposedAction()
        self.offer_files([Path(url.toLocalFile()) for url in _local(event.mimeData().urls())])

    def offer_files(self, files: list[Path]) -> None:
        """Ask what these files show; the originals are only read."""
        folders = tuple(file.name for file in files if file.is_dir())
        kept = tuple(file for file in files if not file.is_dir())
        if not self._is_open():
            self.desk.window.say(say.CLOSED if self._view is not None else say.WAIT)
        elif not kept:
            self.desk.window.say(say.NOT_A_FILE)
        else:
            self._ask(Incoming(kept, aside=folders))

    def paste(self) -> None:
        """What the clipboard holds; the page may just have been gone to, and not be read yet."""
        if self._view is None:
            self.desk.jobs.run(lambda: None, lambda _: self._paste())
        else:
            self._paste()

    def _paste(self) -> None:
        """A picture as a PNG, or a text: never in clear on the disk."""
        data = QGuiApplication.clipboard().mimeData()
        if data.hasUrls():
            self.offer_files([Path(url.toLocalFile()) for url in _local(data.urls())])
            return
        if not self._is_open():
            self.desk.window.say(say.CLOSED if self._view is not None else say.WAIT)
            return
        encoded, suffix = encoded_picture(data)
        if encoded:
            self._read_pasted(encoded, suffix)
            return
        picture = QGuiApplication.clipboard().image()
        if picture.isNull():
            self._paste_text(data.text())
            return
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"png")).write(picture)
        self._ask_picture(bytes(buffer.data().data()), ".png", picture)

    def _paste_text(self, text: str) -> None:
        """Kept as a file of its own, with the question what it shows."""
        if not text.strip():
            self.desk.window.say(say.NOTHING_TO_PASTE)
            return
        name = say.text_name(self.desk.session.clock.now())
        self._ask(Incoming(pasted=text.encode("utf-8", "replace"), name=name))

    def _read_pasted(self, encoded: bytes, suffix: str) -> None:
        """Bytes of another program: kept as they are, shown once the worker could read them."""
        previews, window = self.desk.previews, self.desk.window
        if previews is None:
            window.explain(UserError("picture.unreadable"))
            return

        def read(shown: Shown | None) -> None:
            if isinstance(shown, PictureShown):
                self._ask_picture(encoded, suffix, picture_of(shown))
            else:
                window.explain(UserError("picture.unreadable"))

        def look() -> Shown | None:
            check_picture(len(encoded), 0)
            return previews.picture(encoded, suffix)

        self.desk.jobs.run(look, read, window.explain)

    def _ask_picture(self, content: bytes, suffix: str, picture: QImage) -> None:
        points = picture.width() * picture.height()
        try:
            check_picture(len(content), points)
        except UserError as error:
            self.desk.window.explain(error)
            return
        name = say.picture_name(self.desk.session.clock.now(), suffix)
        self._ask(Incoming(pasted=content, name=name, points=points), picture)

    def choose(self) -> None:
        """Files, with the window of the system."""
        chosen, _ = QFileDialog.getOpenFileNames(self, say.ADD_FILE, str(Path.home()))
        if chosen:
            self.offer_files([Path(name) for name in chosen])

    def _ask(self, incoming: Incoming, picture: QImage | None = None) -> None:
        """One batch at a time: the next one is described once the copy is over."""
        if self.batch.running:
            self.desk.window.say(say.WAIT)
            return
        link = self._view.step if self._view else None
        self.intake.ask(incoming, link.title if link else "", picture)
        self.faces.setCurrentWidget(self.intake)
        self.intake.first_focus().setFocus()
        if self._incident is not None:
            self._keeper.open(self._incident, _INTAKE, self.intake.resume)

    def _draft(self) -> Draft | None:
        return self.intake.draft() if self.faces.currentWidget() is self.intake else None

    def _is_open(self) -> bool:
        return self._view is not None and not self._view.closed

    def _give_up(self) -> None:
        self._keeper.forget()
        self.faces.setCurrentIndex(0)
        self.add.setFocus()

    def _take_in(self) -> None:
        if self._incident is None or self.batch.running:
            return
        said = Said(self.intake.title.value(), self.intake.source.value(), self._step or None)
        self._give_up()
        self.told.hide()
        self.batch.start(self._incident, self.intake.incoming, said)

    def _ended(self, taken: Taken) -> None:
        self.progress.hide()
        if taken.kept:
            one = len(taken.kept) == 1
            self.desk.window.say(say.kept(taken.kept[0]) if one else say.kept_many(len(taken.kept)))
            self.desk.tell_changed(frozenset({"evidence"}))
        lines = [explain(error) for error in taken.refused]
        lines += [say.is_empty(name) for name in taken.empty]
        if taken.stopped:
            lines.append(say.stopped_at(taken.waiting))
        self._tell(len(taken.refused) + taken.waiting, len(taken.kept), lines)
        if taken.fault is not None:
            self.desk.window.explain(taken.fault)
        self._reload()

    def _tell(self, refused: int, kept: int, lines: list[str]) -> None:
        """What did not come in, and why; it stays until it is read."""
        title = say.not_kept(refused) if refused else say.kept_many(kept)
        if refused and kept:
            title = f"{say.kept_many(kept)} {title}"
        self.told.say(title, "\n".join(lines))
        self.told.setVisible(bool(refused or lines))

    # --- what is there -------------------------------------------------------------------------

    def _row(self, number: str) -> EvidenceRow | None:
        return next((row for row in self.model.rows if row.number == number), None)

    def _reload(self) -> None:
        incident, session = self._incident, self.desk.session
        wanted = self._wanted
        if incident is None:
            return
        here = wanted or self._step

        def shown(view: EvidenceView) -> None:
            if (incident, wanted) == (self._incident, self._wanted):
                self._show(view)

        self.desk.jobs.run(lambda: evidence_view(session, incident, here), shown)

    def _show(self, view: EvidenceView) -> None:
        self._view = view
        if view.rows != self.model.rows:
            self.model.show_rows(view.rows)
        row = self._row(self._wanted)
        if row is None:
            self._step = view.step.id if view.step else ""
            self._arrange(view)
        elif self._incident is not None:
            self.table.selectRow(self.model.rows.index(row))
            self.acts.open(self._incident, row, closed=view.closed)
            self.faces.setCurrentWidget(self.exhibit)

    def _arrange(self, view: EvidenceView) -> None:
        self.step.setVisible(bool(self._step))
        self.step_title.set_text(say.for_step(view.step.title) if view.step else "")
        self.drop.setVisible(not view.closed)
        self.closed.setVisible(view.closed)
        self.filling.setVisible(view.filling and not view.closed)
        self.empty.setVisible(not view.rows)
        self.table.setVisible(bool(view.rows))

    def _open(self, index: QModelIndex) -> None:
        self._go(self.model.rows[index.row()].number)

    def _go(self, item: str) -> None:
        self.desk.window.go(Place("evidence", self._incident, item))


def _local(urls: list[QUrl]) -> list[QUrl]:
    return [url for url in urls if url.isLocalFile()]
