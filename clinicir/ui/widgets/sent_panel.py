"""Mark a paper as sent: which act, the number received, the receipt among the exhibits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinicir.domain.evidence import Evidence
from clinicir.domain.notification import Version
from clinicir.services.views.documents import CNIL, Duty, PaperRow
from clinicir.texts import screens_papers as say
from clinicir.texts.labels import VERSIONS
from clinicir.ui.widgets.buttons import Primary, Quiet
from clinicir.ui.widgets.fields import Field, Line
from clinicir.ui.widgets.layout import ActionBar, Scroll, column
from clinicir.ui.widgets.pick import Pick
from clinicir.ui.widgets.text import Body, Title


@dataclass(frozen=True)
class Sent:
    """What the person said of an act."""

    kind: str
    duty: Duty
    version: str
    reference: str
    receipt: str


class SentPanel(QWidget):
    """`confirmed` carries a `Sent`; `left` when the person goes back."""

    confirmed = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        """Filled by `ask`."""
        super().__init__()
        self._row: PaperRow | None = None
        self.title, self.now = Title(say.SENT_TITLE), Body("")
        self.act, self.version, self.receipt = Pick(), Pick(), Pick()
        self.reference = Line()
        self._act_field = Field(say.WHICH_ACT, self.act)
        self._version_field = Field(say.WHICH_VERSION, self.version, say.SENT_FREEZES)
        holder = QWidget()
        box = column(
            self.title,
            self.now,
            self._act_field,
            self._version_field,
            Field(say.REFERENCE, self.reference, say.REFERENCE_HELP, optional=True),
            Field(say.RECEIPT, self.receipt, say.RECEIPT_HELP, optional=True),
            gap=16,
        )
        box.addStretch(1)
        holder.setLayout(box)
        self.cancel = Quiet(say.CANCEL)
        self.confirm = Primary(say.NOTE_SENT, "send")
        self.setLayout(column(Scroll(holder), ActionBar(self.cancel, self.confirm), gap=0))
        self.cancel.clicked.connect(self.left)
        self.confirm.clicked.connect(self._confirm)

    def ask(
        self, row: PaperRow, receipts: Sequence[Evidence], version: Version, now: datetime
    ) -> None:
        """Show the acts that this paper may prove."""
        self._row = row
        self.now.set_text(say.sent_now(now))
        self.reference.set_value("")
        self.act.offer([(duty.title, duty.rule) for duty in row.duties])
        self._act_field.setVisible(len(row.duties) > 1 and row.kind != CNIL)
        offered = (version,) if version is Version.COMPLEMENTARY else (version, Version.COMPLETE)
        self.version.offer([(VERSIONS[each.value], each.value) for each in offered])
        self._version_field.setVisible(row.kind == CNIL)
        known = [(f"{piece.number} - {piece.title}", piece.number) for piece in receipts]
        self.receipt.offer([(say.NO_RECEIPT, ""), *known])
        self.reference.setFocus()

    def _confirm(self) -> None:
        if self._row is None or not self._row.duties:
            return
        duty = self._row.duties[max(self.act.currentIndex(), 0)]
        self.confirmed.emit(
            Sent(
                self._row.kind,
                duty,
                str(self.version.currentData()),
                self.reference.value().strip(),
                str(self.receipt.currentData() or ""),
            )
        )
