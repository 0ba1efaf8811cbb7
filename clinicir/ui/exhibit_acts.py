"""What is done with one exhibit: seen, described again, taken out, handed over, copied out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from clinicir.domain.errors import UserError
from clinicir.domain.ids import IncidentId
from clinicir.services import evidence
from clinicir.services.preview import Preview
from clinicir.services.views.evidence import EvidenceRow, Nature, custody_view
from clinicir.texts import screens_evidence as say
from clinicir.texts.errors import explain
from clinicir.ui.desk import Desk
from clinicir.ui.form_keeper import FormKeeper
from clinicir.ui.models.form_drafts import Draft
from clinicir.ui.questions import ask
from clinicir.ui.widgets.exhibit_panel import ExhibitPanel


class ExhibitActs(QObject):
    """`moved` once something was written: the list is then read again."""

    moved = Signal()

    def __init__(self, desk: Desk) -> None:
        """The panel is a page of its own; nothing is shown before `open`."""
        super().__init__()
        self._desk = desk
        self._incident: IncidentId | None = None
        zone = desk.session.clock.now().tzinfo or UTC
        self.panel = ExhibitPanel(zone)
        self._keeper = FormKeeper(desk, self._draft)
        panel = self.panel
        panel.see.clicked.connect(self._read)
        panel.describe.clicked.connect(self._open_description)
        panel.describing.edited.connect(self._keeper.touch)
        panel.describing.left.connect(self._keeper.forget)
        panel.describing.confirmed.connect(self._describe)
        panel.withdrawing.confirmed.connect(self._withdraw)
        panel.put_back.clicked.connect(self._put_back)
        panel.handing.confirmed.connect(self._hand_over)
        panel.copy_out.clicked.connect(self.copy_out)

    def open(self, incident: IncidentId, row: EvidenceRow, *, closed: bool) -> None:
        """Show an exhibit, its custody, and what was half typed about it."""
        fresh = self.panel.row is None or self.panel.row.number != row.number
        if fresh:
            self._keeper.leave()
        self._incident = incident
        self.panel.show_row(row, closed=closed)
        session = self._desk.session
        self._desk.jobs.run(
            lambda: custody_view(session, incident, row.number),
            lambda view: self.panel.show_custody(view) if self._is_shown(row) else None,
        )
        if fresh and not closed:
            self._keeper.open(incident, _form(row), self._resume)

    def keep(self) -> None:
        """Write what is half typed."""
        self._keeper.keep()

    def _is_shown(self, row: EvidenceRow) -> bool:
        return self.panel.row is not None and self.panel.row.number == row.number

    def _draft(self) -> Draft | None:
        form = self.panel.describing
        return None if form.isHidden() else form.draft()

    def _resume(self, draft: Draft) -> None:
        if draft and self.panel.row is not None:
            self.panel.describing.ask(self.panel.row, draft)
            self.panel.open_form(self.panel.describing)

    # --- acts ----------------------------------------------------------------------------------

    def _run(
        self,
        use_case: Callable[[IncidentId, str], object],
        said: str,
        refuse: Callable[[str], None] | None = None,
    ) -> None:
        """Write; the sentence of a refusal goes under its field, a fault to the window."""
        row, incident, desk = self.panel.row, self._incident, self._desk
        if row is None or incident is None:
            return

        def done(_: object) -> None:
            self.panel.close_forms()
            desk.window.say(said)
            desk.tell_changed(frozenset({"evidence"}))
            self.moved.emit()

        def failed(error: BaseException) -> None:
            if refuse is not None and isinstance(error, UserError):
                refuse(explain(error))
            else:
                desk.window.explain(error)

        desk.jobs.run(lambda: use_case(incident, row.number), done, failed)

    def _open_description(self) -> None:
        row, incident = self.panel.row, self._incident
        if row is None or incident is None:
            return
        self.panel.describing.ask(row, {})
        self.panel.open_form(self.panel.describing)
        self._keeper.open(incident, _form(row), self._resume)

    def _describe(self, title: str, source: str, seen_at: datetime | None) -> None:
        desk = self._desk

        def write(incident: IncidentId, number: str) -> None:
            evidence.describe(desk.session, incident, number, title, source, seen_at, desk.who)

        self._keeper.forget()
        self._run(write, say.DESCRIBED, self.panel.describing.refuse)

    def _withdraw(self, reason: str) -> None:
        desk = self._desk
        self._run(
            lambda incident, number: evidence.withdraw(
                desk.session, incident, number, reason, desk.who
            ),
            say.WITHDRAWN_SAID,
            self.panel.withdrawing.refuse,
        )

    def _put_back(self) -> None:
        desk = self._desk
        self._run(
            lambda incident, number: evidence.put_back(desk.session, incident, number, desk.who),
            say.PUT_BACK_SAID,
        )

    def _hand_over(self, to: str, purpose: str) -> None:
        desk = self._desk
        self._run(
            lambda incident, number: evidence.hand_over(
                desk.session, incident, number, to, purpose, desk.who
            ),
            say.HANDED,
            self.panel.handing.refuse,
        )

    def copy_out(self) -> None:
        """A clear copy, where the person chooses, once they know that it is not protected."""
        row, incident, desk = self.panel.row, self._incident, self._desk
        if row is None or incident is None:
            return
        text = say.COPY_OUT_TEXT
        if row.nature is Nature.OTHER:
            text = f"{text} {say.COPY_OUT_DANGER}"
        if not ask(self.panel, say.COPY_OUT_TITLE, text, say.COPY_OUT_YES, say.CANCEL):
            return
        offered = str(Path.home() / say.copy_name(row.number, row.name))
        chosen, _ = QFileDialog.getSaveFileName(self.panel, say.COPY_OUT, offered, say.ANY_FILE)
        if not chosen:
            return
        self._busy(busy=True)
        target = Path(chosen)

        def ended(finish: Callable[[], None]) -> None:
            self._busy(busy=False)
            finish()

        def copied(_: object) -> None:
            desk.window.say(say.copied_out(target.name))
            desk.tell_changed(frozenset({"evidence"}))
            self.moved.emit()

        desk.jobs.run(
            lambda: evidence.export(desk.session, incident, row.number, target, desk.who),
            lambda done: ended(partial(copied, done)),
            lambda error: ended(partial(desk.window.explain, error)),
        )

    def _busy(self, *, busy: bool) -> None:
        self.panel.copy_out.setEnabled(not busy)
        self.panel.copy_out.set_text(say.COPYING_OUT if busy else say.COPY_OUT)

    def _read(self) -> None:
        """Decoded by the worker; the first look of a start is one more line of its history."""
        row, incident, desk = self.panel.row, self._incident, self._desk
        previews = desk.previews
        if row is None or incident is None or previews is None:
            return

        def ended(preview: Preview | None, error: BaseException | None = None) -> None:
            self.panel.see.setEnabled(True)
            if error is not None:
                desk.window.explain(error)
            elif preview is not None and self._is_shown(row):
                self.panel.show_preview(preview)
                desk.tell_changed(frozenset({"evidence"}))
                self.moved.emit()

        self.panel.see.setEnabled(False)
        desk.jobs.run(
            lambda: previews.open(desk.session, incident, row.number, desk.who),
            ended,
            lambda error: ended(None, error),
        )


def _form(row: EvidenceRow) -> str:
    return f"exhibit:{row.number}"
