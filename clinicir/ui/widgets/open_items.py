"""What is still open at the end of an incident: settle it, or say why it stays open."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinicir.domain.errors import UserError
from clinicir.domain.incident import check_reason
from clinicir.services.views.closing import OpenItem, OpenKind
from clinicir.texts import screens_closing as say
from clinicir.texts.labels import LEVELS
from clinicir.ui.widgets.buttons import Compact, Quiet
from clinicir.ui.widgets.fields import Field, LongText
from clinicir.ui.widgets.fold import Fold
from clinicir.ui.widgets.layout import Card, Item, column, row, rule, wrapping_row
from clinicir.ui.widgets.refill import flush, refill
from clinicir.ui.widgets.sign import Sign
from clinicir.ui.widgets.text import Heading, Small, Strong

_TOP = Qt.AlignmentFlag.AlignTop
_FOLDED_FROM = 7
_SIGNS = {
    OpenKind.DUTY: ("scale", "primary"),
    OpenKind.PAPER: ("file-text", "primary"),
    OpenKind.BLOCKED: ("pause", "warn"),
    OpenKind.STEP: ("circle", "muted"),
}


def holder() -> tuple[QWidget, QVBoxLayout]:
    """Room for a question, hidden until it is asked."""
    room, box = QWidget(), column(gap=6)
    room.setLayout(box)
    room.hide()
    return room, box


def is_enough(reason: str) -> bool:
    """The rule of the domain on reasons."""
    try:
        check_reason(reason)
    except UserError:
        return False
    return True


class ReasonBox(QWidget):
    """A reason being written, in the place of the two buttons."""

    kept = Signal(str)
    left = Signal()
    typed = Signal(str)

    def __init__(self, text: str) -> None:
        """`text` is what was written before."""
        super().__init__()
        self.words = LongText(max=2000, lines=2)
        self.words.set_value(text)
        self.field = Field(say.BECAUSE, self.words, say.REASON_HELP)
        self.keep, self.cancel = Compact(say.KEEP_REASON, "check"), Quiet(say.CANCEL)
        self.keep.clicked.connect(self._keep)
        self.cancel.clicked.connect(self.left.emit)
        self.words.edited.connect(lambda: self.typed.emit(self.words.value()))
        self.setLayout(column(self.field, flush(wrapping_row(self.keep, self.cancel)), gap=8))

    def _keep(self) -> None:
        if not is_enough(self.words.value()):
            self.field.set_problem(say.REASON_SHORT)
            self.words.setFocus()
            return
        self.kept.emit(self.words.value())


class OpenRow(QWidget):
    """One open thing."""

    settle_asked = Signal(object)
    reason_typed = Signal(str, str)
    """Key and reason, empty when it was taken back."""

    def __init__(self, item: OpenItem, now: datetime, reason: str) -> None:
        """`reason` was written before, perhaps only half."""
        super().__init__()
        self.item, self._reason = item, reason
        self.title = item.title or say.paper(item.item)
        self.box: ReasonBox | None = None
        self.settle = Quiet(say.SETTLE, "arrow-right").at_edge()
        self.settle.setAccessibleName(say.settle(self.title))
        self.settle.clicked.connect(lambda: self.settle_asked.emit(item))
        self.leave = Quiet(say.LEAVE, "pencil")
        self.leave.clicked.connect(self.open_reason)
        self._told, self._given = Small(""), QWidget()
        # In widgets: a layout with nothing to show would hold the whole row to no width at all.
        self._asking, self._below = holder()
        told = row(Sign("check", "ok", 16), self._told, gap=6)
        told.setStretch(1, 1)
        self._given.setLayout(told)
        words = column(Strong(self.title), *_remarks(item, now), self._given, gap=2)
        buttons = flush(wrapping_row(self.settle, self.leave, gap=4))
        inside = column(words, buttons, self._asking, gap=4)
        across = row(gap=10)
        across.addWidget(Sign(*_SIGNS[item.kind], 20), 0, _TOP)
        across.addLayout(inside, 1)
        self.setLayout(across)
        self._tell()

    @property
    def reason(self) -> str:
        """What is written of it, possibly too short."""
        return self._reason

    def set_reason(self, reason: str) -> None:
        """Written elsewhere, for the whole group."""
        self._reason = reason
        self._close()

    def open_reason(self) -> None:
        """Write or change the reason, starting from why it is blocked."""
        if self.box is not None:
            self.box.words.setFocus()
            return
        before = self._reason
        box = self.box = ReasonBox(before or self.item.reason)
        box.typed.connect(self._typed)
        box.kept.connect(self._kept)
        box.left.connect(lambda: self._take_back(before))
        refill(self._below, box)
        self._asking.show()
        self.leave.hide()
        box.words.setFocus()

    def _typed(self, text: str) -> None:
        self._reason = text
        self.reason_typed.emit(self.item.key, text)

    def _kept(self, text: str) -> None:
        self._typed(text)
        self._close()
        self.leave.setFocus()

    def _take_back(self, before: str) -> None:
        self._typed(before)
        self._close()
        self.leave.setFocus()

    def _close(self) -> None:
        self.box = None
        self._asking.hide()
        refill(self._below)
        self.leave.show()
        self._tell()

    def _tell(self) -> None:
        given = is_enough(self._reason)
        self._given.setVisible(given)
        self._told.set_text(say.because(self._reason) if given else "")
        self.leave.set_text(say.CHANGE if given else say.LEAVE)
        self.leave.setAccessibleName(say.leave(self.title))


class OpenGroup(Card):
    """Open things of one family; a long one is folded, and one reason may do for all of it."""

    settle_asked = Signal(object)
    reason_typed = Signal(str, str)

    def __init__(
        self, kind: OpenKind, items: tuple[OpenItem, ...], now: datetime, reasons: dict[str, str]
    ) -> None:
        """`reasons` by key, those already written."""
        super().__init__(gap=12)
        self.kind, self._items, self._now, self._reasons = kind, items, now, reasons
        self.rows: list[OpenRow] = []
        self.for_all: ReasonBox | None = None
        self.all = Quiet(say.LEAVE_ALL, "pencil").at_edge()
        self.all.setAccessibleName(f"{say.GROUPS[kind]}, {say.LEAVE_ALL}")
        self.all.clicked.connect(self.open_for_all)
        if len(items) < 2:
            self.all.hide()
        self._asking, self._below = holder()
        self.fold: Fold | None = None
        title = say.group(kind.value, len(items))
        if len(items) >= _FOLDED_FROM:
            self.fold = Fold(title, self._make)
            parts: tuple[QWidget, ...] = (self.fold,)
        else:
            parts = (Heading(title), self._make())
        for part in (*parts[:1], flush(wrapping_row(self.all)), self._asking, *parts[1:]):
            self.box.addWidget(part)

    def row_of(self, key: str) -> OpenRow | None:
        """The row of an item, unfolded if need be."""
        if key not in {item.key for item in self._items}:
            return None
        if self.fold is not None:
            self.fold.open(opened=True)
        return next(row for row in self.rows if row.item.key == key)

    def open_for_all(self) -> None:
        """One reason for what has none yet."""
        if self.for_all is None:
            self.for_all = ReasonBox("")
            self.for_all.kept.connect(self._keep_for_all)
            self.for_all.left.connect(self._close_for_all)
            refill(self._below, self.for_all)
            self._asking.show()
            self.all.hide()
        self.for_all.words.setFocus()

    def _keep_for_all(self, text: str) -> None:
        for item in self._items:
            if not is_enough(self._reasons.get(item.key, "")):
                self._tell(item.key, text)
        for line in self.rows:
            line.set_reason(self._reasons[line.item.key])
        self._close_for_all()

    def _close_for_all(self) -> None:
        self.for_all = None
        refill(self._below)
        self._asking.hide()
        self.all.show()
        self.all.setFocus()

    def _make(self) -> QWidget:
        inside, box = QWidget(), column(gap=10)
        for n, item in enumerate(self._items):
            line = OpenRow(item, self._now, self._reasons.get(item.key, ""))
            line.settle_asked.connect(self.settle_asked.emit)
            line.reason_typed.connect(self._tell)
            self.rows.append(line)
            if n:
                box.addWidget(rule())
            box.addWidget(line)
        inside.setLayout(box)
        return inside

    def _tell(self, key: str, reason: str) -> None:
        self._reasons[key] = reason
        self.reason_typed.emit(key, reason)


def _remarks(item: OpenItem, now: datetime) -> list[Item]:
    parts = []
    if item.level is not None:
        parts.append(LEVELS[item.level.name])
    if item.due_at is not None:
        parts.append(say.limit(item.due_at, now))
    elif item.overdue:
        parts.append(say.OVERDUE)
    if item.kind is OpenKind.BLOCKED:
        parts.append(say.blocked(item.blocked_on, item.reason))
    return [Small(" \u00b7 ".join(parts))] if parts else []
