"""Exhibits: drop, add or paste, describe, then find each again with its number and fingerprint."""

from __future__ import annotations

import threading
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QModelIndex, QUrl, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImageWriter,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from clinicir.domain.errors import ClinicirError, UserError
from clinicir.domain.ids import IncidentId
from clinicir.services.evidence import Described, hand_over, take_in, take_in_picture
from clinicir.services.views.evidence import EvidenceRow, EvidenceView, evidence_view, free_label
from clinicir.texts import screens_evidence as say
from clinicir.ui.desk import Desk, Place
from clinicir.ui.models.evidence import EvidenceTable
from clinicir.ui.pages.page import Page
from clinicir.ui.widgets.buttons import Primary, Secondary
from clinicir.ui.widgets.empty import EmptyState
from clinicir.ui.widgets.exhibit_panel import ExhibitPanel
from clinicir.ui.widgets.intake_panel import CopyProgress, Incoming, IntakePanel
from clinicir.ui.widgets.layout import Card, column, wrapping_row
from clinicir.ui.widgets.notice import Notice
from clinicir.ui.widgets.reading_table import ReadingTable
from clinicir.ui.widgets.text import Help, Strong


class EvidencePage(Page):
    """`Place.item` is the number of an exhibit to open, empty for the list."""

    name = "evidence"
    _copied = Signal(str, int, int)

    def __init__(self, desk: Desk) -> None:
        """The list and the detail; nothing is read before `open_at`."""
        super().__init__(desk)
        self._incident: IncidentId | None = None
        self._view: EvidenceView | None = None
        self._wanted = ""
        self._stop = threading.Event()
        self.model = EvidenceTable()
        self.table = ReadingTable(self.model, say.EVIDENCE, stretched=1, first_to_go=(4, 2))
        self.intake, self.progress = IntakePanel(), CopyProgress()
        self.exhibit = ExhibitPanel(desk.jobs)
        self.add = Primary(say.ADD_FILE, "upload")
        self.paste = Secondary(say.PASTE, "image")
        self.drop = Card(
            Strong(say.DROP_HERE), Help(say.DROP_HELP), wrapping_row(self.add, self.paste)
        )
        self.closed = Notice("info", say.CLOSED)
        self.empty = EmptyState("folder-lock", say.NO_EVIDENCE)
        self.faces = QStackedWidget()
        self._lay_out()
        self._connect()
        self.setAcceptDrops(True)

    def _lay_out(self) -> None:
        listing = QWidget()
        listing.setLayout(
            column(
                self.closed,
                self.drop,
                self.intake,
                self.progress,
                self.empty,
                self.table,
                margins=20,
            )
        )
        for face in (listing, self.exhibit):
            self.faces.addWidget(face)
        self.setLayout(column(self.faces))
        self.closed.hide()

    def _connect(self) -> None:
        self.add.clicked.connect(self._choose)
        self.paste.clicked.connect(self.paste_picture)
        self.intake.confirmed.connect(self._take_in)
        self.intake.left.connect(self._arrange)
        self.progress.stopped.connect(self._stop.set)
        self._copied.connect(self.progress.show_progress)
        self.table.activated.connect(self._open)
        self.table.clicked.connect(self._open)
        self.exhibit.left.connect(lambda: self._go(""))
        self.exhibit.wanted.connect(self._read)
        self.exhibit.handed.connect(self._hand_over)

    @property
    def title(self) -> str:
        """Title of the page."""
        return say.EVIDENCE

    def open_at(self, place: Place) -> None:
        """Read the exhibits; one of them is opened when the place names it."""
        self._incident, self._wanted = place.incident, place.item
        self._reload()

    def first_focus(self) -> QWidget:
        """The button that adds."""
        return self.exhibit.back if self.faces.currentWidget() is self.exhibit else self.add

    # --- what comes in -------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste, when no field takes it."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste_picture()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are welcome, as long as the incident is open."""
        if event.mimeData().hasUrls() and self._is_open():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Files of this computer only; folders are not looked into."""
        self.offer_files([Path(url.toLocalFile()) for url in _local(event.mimeData().urls())])

    def offer_files(self, files: list[Path]) -> None:
        """Ask what these files show; the originals are only read."""
        kept = tuple(file for file in files if file.is_file())
        if not kept or not self._is_open():
            self.desk.window.say(say.NOT_A_FILE)
            return
        self._ask(Incoming(kept))

    def paste_picture(self) -> None:
        """The picture of the clipboard, as a PNG that never exists in clear on the disk."""
        data = QGuiApplication.clipboard().mimeData()
        if data.hasUrls():
            self.offer_files([Path(url.toLocalFile()) for url in _local(data.urls())])
            return
        picture = QGuiApplication.clipboard().image()
        if picture.isNull() or not self._is_open():
            self.desk.window.say(say.NO_PICTURE)
            return
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"png")).write(picture)
        name = say.picture_name(self.desk.session.clock.now())
        self._ask(Incoming(picture=bytes(buffer.data().data()), name=name))

    def _ask(self, incoming: Incoming) -> None:
        self.faces.setCurrentIndex(0)
        self.intake.ask(incoming)
        self._arrange(asking=True)

    def _arrange(self, *, asking: bool = False) -> None:
        """One thing at a time: the list waits while a file is described."""
        if self._view is None:
            return
        self.intake.setVisible(asking)
        self.drop.setVisible(not asking and not self._view.closed)
        self.closed.setVisible(self._view.closed)
        self.empty.setVisible(not asking and not self._view.rows)
        self.table.setVisible(not asking and bool(self._view.rows))

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(self, say.ADD_FILE, str(Path.home()))
        if chosen:
            self.offer_files([Path(name) for name in chosen])

    def _is_open(self) -> bool:
        return self._view is not None and not self._view.closed

    def _take_in(self) -> None:
        incident, incoming = self._incident, self.intake.incoming
        if incident is None or self._view is None:
            return
        title, source = self.intake.title.value(), self.intake.source.value()
        self._arrange()
        self._stop.clear()
        self.add.setEnabled(False)
        self.desk.jobs.run(
            lambda: self._keep_all(incident, incoming, title, source), self._kept, self._not_kept
        )

    def _keep_all(
        self, incident: IncidentId, incoming: Incoming, title: str, source: str
    ) -> tuple[list[str], list[ClinicirError]]:
        """Runs on the writer thread: one bad file does not lose the others."""
        session, who = self.desk.session, self.desk.who
        kept: list[str] = []
        refused: list[ClinicirError] = []
        for position, name in enumerate(incoming.names):
            taken = evidence_view(session, incident).labels
            described = Described(free_label(name, taken), title or name, source)
            try:
                if incoming.picture:
                    take_in_picture(session, incident, incoming.picture, name, described, who)
                else:
                    file = incoming.files[position]
                    report = partial(self._report, name)
                    take_in(session, incident, file, described, who, report)
            except ClinicirError as error:
                refused.append(error)
                if self._stop.is_set():
                    break
                continue
            kept.append(session.case(incident).incident.evidence[-1].number)
        return kept, refused

    def _report(self, name: str, done: int, total: int) -> None:
        if self._stop.is_set():
            raise UserError("evidence.cancelled", file=name)
        self._copied.emit(name, done, total)

    def _kept(self, result: tuple[list[str], list[ClinicirError]]) -> None:
        kept, refused = result
        self.progress.hide()
        self.add.setEnabled(True)
        if kept:
            self.desk.window.say(say.kept(kept[0]) if len(kept) == 1 else say.kept_many(len(kept)))
            self.desk.tell_changed(frozenset({"evidence"}))
        for error in refused[:1]:
            self.desk.window.explain(error)
        self._reload()

    def _not_kept(self, error: BaseException) -> None:
        self.progress.hide()
        self.add.setEnabled(True)
        self.desk.window.explain(error)
        self._reload()

    # --- what is there -------------------------------------------------------------------------

    def open_number(self, number: str) -> None:
        """The detail of one exhibit."""
        row = self._row(number)
        if row is not None and self._view is not None:
            self.exhibit.show_row(row, closed=self._view.closed)
            self.faces.setCurrentWidget(self.exhibit)

    def _row(self, number: str) -> EvidenceRow | None:
        return next((row for row in self.model.rows if row.number == number), None)

    def _reload(self) -> None:
        incident, session = self._incident, self.desk.session
        if incident is not None:
            self.desk.jobs.run(lambda: evidence_view(session, incident), self._show)

    def _show(self, view: EvidenceView) -> None:
        self._view = view
        self.model.show_rows(view.rows)
        self._arrange()
        self.faces.setCurrentIndex(0)
        if self._wanted:
            self.open_number(self._wanted)

    def _open(self, index: QModelIndex) -> None:
        self._go(self.model.rows[index.row()].number)

    def _go(self, number: str) -> None:
        self.desk.window.go(Place("evidence", self._incident, number))

    def _read(self) -> None:
        row, incident, store = self.exhibit.row, self._incident, self.desk.session.store
        if row is None or incident is None or not row.may_be_shown:
            return

        def shown(content: bytes) -> None:
            if self.exhibit.row == row:
                self.exhibit.show_content(content)

        self.desk.jobs.run(lambda: store.read_object(row.object_id, incident), shown)

    def _hand_over(self, to: str, purpose: str) -> None:
        row, incident, desk = self.exhibit.row, self._incident, self.desk
        if row is None or incident is None:
            return

        def done(_: object) -> None:
            self.exhibit.handing.hide()
            desk.window.say(say.HANDED)
            desk.tell_changed(frozenset({"evidence"}))

        desk.jobs.run(
            lambda: hand_over(desk.session, incident, row.number, to, purpose, desk.who),
            done,
            desk.window.explain,
        )


def _local(urls: list[QUrl]) -> list[QUrl]:
    return [url for url in urls if url.isLocalFile()]
