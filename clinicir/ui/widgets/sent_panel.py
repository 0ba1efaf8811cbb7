"""Mark a paper as sent: which acts, when, the number received, the receipt among the exhibits."""

from __future__ import annotations

from datetime import datetime, tzinfo
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from clinicir.domain.clock import in_utc
from clinicir.domain.notification import Version
from clinicir.services.views.documents import CNIL, PaperView
from clinicir.texts import screens_papers as say
from clinicir.texts.labels import VERSIONS
from clinicir.ui.models.sendings import Sent
from clinicir.ui.widgets.buttons import Primary, Quiet, Secondary
from clinicir.ui.widgets.fields import Field, Instant, Line, MultiChoice
from clinicir.ui.widgets.layout import ActionBar, Scroll, column, wrapping_row
from clinicir.ui.widgets.notice import Notice
from clinicir.ui.widgets.pick import Pick
from clinicir.ui.widgets.refill import refill
from clinicir.ui.widgets.text import Help, Title


class SentPanel(QWidget):
    """`confirmed` carries a `Sent`; `left` when the person goes back."""

    confirmed = Signal(object)
    left = Signal()

    def __init__(self, zone: tzinfo) -> None:
        """`zone` is that of the practice; filled by `ask`."""
        super().__init__()
        self._view: PaperView | None = None
        self._now: datetime | None = None
        self._file: Path | None = None
        self.name = Help("")
        self.drill = Notice("danger", say.DO_NOT_SEND, say.DO_NOT_SEND_WHY)
        self.acts, self._acts_box = MultiChoice(), QVBoxLayout()
        self.acts_field = Field(say.WHICH_ACTS, self.acts)
        self.version, self.receipt = Pick(), Pick()
        self.sent_at, self.reference = Instant(zone), Line()
        self.when_field = Field(say.SENT_AT, self.sent_at, say.SENT_AT_HELP)
        self._version_field = Field(say.WHICH_VERSION, self.version, say.SENT_FREEZES)
        self.add = Secondary(say.ADD_RECEIPT, "plus")
        self.cancel = Quiet(say.CANCEL)
        self.confirm = Primary(say.NOTE_SENT, "send")
        self._lay_out()
        self.cancel.clicked.connect(self.left)
        self.add.clicked.connect(self._choose_file)
        self.confirm.clicked.connect(self._confirm)

    def _lay_out(self) -> None:
        holder = QWidget()
        receipt = Field(say.RECEIPT, self.receipt, say.RECEIPT_HELP, optional=True)
        box = column(
            column(Title(say.SENT_TITLE), self.name, gap=4),
            self.drill,
            self._acts_box,
            self._version_field,
            self.when_field,
            Field(say.REFERENCE, self.reference, say.REFERENCE_HELP, optional=True),
            column(receipt, wrapping_row(self.add), gap=8),
            gap=16,
        )
        box.addStretch(1)
        holder.setLayout(box)
        self.setLayout(column(Scroll(holder), ActionBar(self.cancel, self.confirm), gap=0))

    def ask(self, view: PaperView, now: datetime) -> None:
        """Show the acts that this paper may prove; sent now unless the person says otherwise."""
        self._view, self._now, self._file = view, now, None
        row = view.row
        self.name.set_text(say.PAPER_NAMES[row.kind])
        self.drill.setVisible(view.drill)
        self.sent_at.set_value(now)
        self.when_field.set_problem(None)
        self.reference.set_value("")
        self.acts = MultiChoice([(duty.rule, duty.title) for duty in row.duties])
        self.acts.set_value([duty.rule for duty in row.duties[:1]])
        self.acts_field = Field(say.WHICH_ACTS, self.acts, say.WHICH_ACTS_HELP)
        refill(self._acts_box, self.acts_field)
        self.acts_field.setVisible(len(row.duties) > 1 and row.kind != CNIL)
        if view.cnil is not None:
            first = view.cnil.version
            both = (first,) if first is Version.COMPLEMENTARY else (first, Version.COMPLETE)
            self.version.offer([(VERSIONS[each.value], each.value) for each in both])
        self._version_field.setVisible(row.kind == CNIL)
        self._offer_receipts()
        self.reference.setFocus()

    def refuse(self, sentence: str) -> None:
        """Why the sending was not noted."""
        self.when_field.set_problem(sentence)

    def take_file(self, file: Path) -> None:
        """The receipt is this file: it enters the vault with the sending."""
        self._file = file
        self._offer_receipts()
        self.receipt.setCurrentIndex(1)

    def _offer_receipts(self) -> None:
        known = [
            (f"{piece.number} \u00b7 {piece.title or piece.name}", piece.number)
            for piece in (self._view.receipts if self._view else ())
        ]
        new = [(say.new_receipt(self._file.name), _NEW)] if self._file else []
        self.receipt.offer([(say.NO_RECEIPT, ""), *new, *known])

    def _choose_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, say.ADD_RECEIPT, str(Path.home()))
        if chosen:
            self.take_file(Path(chosen))

    def _problem(self) -> str | None:
        at = self.sent_at.value()
        if self.sent_at.problem is not None or at is None:
            return self.sent_at.problem or say.SENT_AT_MISSING
        assert self._now is not None
        return say.SENT_AT_FUTURE if in_utc(at) > in_utc(self._now) else None

    def _confirm(self) -> None:
        view, at, problem = self._view, self.sent_at.value(), self._problem()
        self.when_field.set_problem(problem)
        chosen = self.acts.value()
        self.acts_field.set_problem(None if chosen else say.NO_ACT)
        if view is None or at is None or problem is not None or not chosen:
            return
        receipt = self.receipt.chosen()
        self.confirmed.emit(
            Sent(
                view.row.kind,
                tuple(duty for duty in view.row.duties if duty.rule in chosen),
                self.version.chosen(),
                at,
                self.reference.value(),
                "" if receipt == _NEW else receipt,
                self._file if receipt == _NEW else None,
            )
        )


_NEW = "new"
"""Kept in the list of receipts for a file that is not in the vault yet."""
