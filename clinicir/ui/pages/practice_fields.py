"""Parts of the practice page: answers in pairs, rows of a list, a doubt that blocks nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from clinicir.domain.ids import Plain
from clinicir.domain.practice import ROLES, TYPES
from clinicir.services.practice import Checked
from clinicir.texts import screens_practice as say
from clinicir.texts.labels import CONTACT_ROLES, PRACTICE_TYPES
from clinicir.ui.theme import current, px
from clinicir.ui.tools import Doubt
from clinicir.ui.widgets.buttons import Quiet
from clinicir.ui.widgets.fields import Field, Line, LongText, Number, YesNoUnknown
from clinicir.ui.widgets.gauge import Gauge
from clinicir.ui.widgets.layout import Card, column, row, spacer
from clinicir.ui.widgets.pick import Pick
from clinicir.ui.widgets.sign import Sign
from clinicir.ui.widgets.text import Heading, Small

_TWO_COLUMNS = 1.4
_IDENTIFIERS = ("siret", "finess", "rpps")
_NUMBERS = {"headcount": 1_000_000, "contract_notice_days": 365}
_LISTS = ("public_addresses",)
_YES_NO = ("insurance_cyber", "insurance_other")


class Choice(Pick):
    """A closed list as an editor; nothing is chosen until a person does."""

    edited = Signal()

    def __init__(self, choices: Sequence[tuple[str, str]]) -> None:
        """Pairs: what is read, what is kept."""
        super().__init__()
        self.offer(((say.CHOOSE, ""), *choices))
        self.activated.connect(lambda _: self.edited.emit())

    def value(self) -> str:
        """What is kept, empty when nothing is chosen."""
        return self.chosen()

    def set_value(self, value: Plain) -> None:
        """Choose without telling."""
        self.setCurrentIndex(max(self.findData(value), 0))


class AnswerField(Field):
    """One answer of the sheet, with the doubt it may raise."""

    def __init__(self, key: str, doubt: Doubt, label: str = "") -> None:
        """`key` is dotted; its last part says what kind of answer it is, and its label."""
        self.key = key
        self.kind = key.rpartition(".")[2]
        help_ = say.HELPS.get(self.kind, "")
        super().__init__(label or say.FIELDS[self.kind], _editor(self.kind), help_)
        self._doubt = doubt
        self.note = Small()
        self._note_row = QWidget()
        line = row(Sign("triangle-alert", "warn", 18), self.note, gap=6)
        line.setStretch(1, 1)
        self._note_row.setLayout(line)
        self._note_row.hide()
        box = self.layout()
        assert box is not None
        box.addWidget(self._note_row)
        self.editor.edited.connect(self.look_again)

    def set_answer(self, value: Plain) -> None:
        """Show what is kept."""
        self.editor.set_value(value)
        self.look_again()

    def answer(self) -> Plain:
        """What is entered, None when nothing is."""
        value: Plain = self.editor.value()
        return None if value in ("", []) else value

    def look_again(self) -> None:
        """A wrong check digit is said and never refused."""
        if self.kind not in _IDENTIFIERS:
            return
        text = str(self.editor.value())
        code = self._doubt(self.kind, text) if text else None
        self.note.set_text(say.doubt(self.kind, code) if code else "")
        self._note_row.setVisible(code is not None)


class LinesOfText(LongText):
    """A list, one item a line."""

    def value(self) -> list[Plain]:  # type: ignore[override]
        """Lines that are not empty, without spaces around."""
        return [line.strip() for line in self.toPlainText().splitlines() if line.strip()]

    def set_value(self, value: Plain) -> None:
        """Show other lines, without telling."""
        lines = value if isinstance(value, list) else []
        super().set_value("\n".join(map(str, lines)))


def _editor(kind: str) -> QWidget:
    if kind in _LISTS:
        return LinesOfText(max=4000, lines=2)
    if kind == "type":
        return Choice([(PRACTICE_TYPES[each], each) for each in TYPES])
    if kind == "role":
        return Choice([(CONTACT_ROLES[each].capitalize(), each) for each in ROLES])
    if kind in _NUMBERS:
        return Number(_NUMBERS[kind])
    if kind in _YES_NO:
        return YesNoUnknown()
    return Line()


class GroupHead(QWidget):
    """Title of a group, how far it is filled, and when it was last read again."""

    still_right = Signal(str)
    """The group."""

    def __init__(self, group: str) -> None:
        """Empty."""
        super().__init__()
        self.group = group
        self.count, self.checked = Small(), Small()
        self.count.setWordWrap(False)
        self.gauge = Gauge(say.GROUPS[group])
        self._sign = Sign("circle", "muted", 18)
        self.confirm = Quiet(say.STILL_RIGHT, "check")
        self.confirm.setAccessibleName(say.still_right(group))
        self.confirm.clicked.connect(lambda: self.still_right.emit(group))
        head = row(Heading(say.GROUPS[group]), self.count, gap=10)
        head.setStretch(0, 1)
        self._read = QWidget()
        read = row(self._sign, self.checked, self.confirm, gap=8)
        read.setStretch(1, 1)
        self._read.setLayout(read)
        self.setLayout(column(head, self.gauge, self._read, gap=6))

    def show_filled(self, count: int, total: int) -> None:
        """`count` answers out of `total`; an empty group has nothing to be read again."""
        self.count.set_text(say.filled(count, total))
        self.gauge.show_share(count, total, say.filled_group(self.group, count, total))
        self._read.setVisible(count > 0)

    def show_checked(self, checked: Checked | None, today: date) -> None:
        """Fresh, to be read again, or never read."""
        if checked is None:
            self._sign.show_sign("circle", "muted")
            self.checked.set_text(say.NEVER_CHECKED)
        elif today <= checked.due_on:
            self._sign.show_sign("circle-check", "ok")
            self.checked.set_text(say.checked_on(checked.on, checked.by))
        else:
            self._sign.show_sign("history", "warn")
            self.checked.set_text(say.to_check_since(checked.due_on))


class Pairs(QWidget):
    """Fields two by two where there is room, else one under the other."""

    def __init__(self, fields: Sequence[QWidget]) -> None:
        """In the order of reading."""
        super().__init__()
        columns = 2 if current().scale < _TWO_COLUMNS and len(fields) > 1 else 1
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(14))
        for number, each in enumerate(fields):
            grid.addWidget(each, number // columns, number % columns, Qt.AlignmentFlag.AlignTop)
        for place in range(columns):
            grid.setColumnStretch(place, 1)


class RowCard(Card):
    """One contact or one establishment, with the button that takes it away."""

    edited = Signal()
    removed = Signal(object)

    def __init__(self, keys: Sequence[str], doubt: Doubt, values: Mapping[str, Plain]) -> None:
        """`values` is what is kept of it."""
        self.fields = {key: AnswerField(key, doubt, say.ROW_FIELDS.get(key, "")) for key in keys}
        self._rest = {key: value for key, value in values.items() if key not in self.fields}
        super().__init__(gap=10)
        for key, each in self.fields.items():
            each.set_answer(values.get(key))
            each.editor.edited.connect(self.edited.emit)
        take_away = Quiet(say.REMOVE, "x")
        take_away.setAccessibleName(say.removing(str(values.get("name", ""))))
        take_away.clicked.connect(partial(self.removed.emit, self))
        self.box.addWidget(Pairs(list(self.fields.values())))
        self.box.addLayout(row(take_away, spacer()))

    def values(self) -> dict[str, Plain]:
        """What is entered; what the page does not show is kept as it was."""
        return {**self._rest, **{key: each.answer() for key, each in self.fields.items()}}


class Rows(QWidget):
    """A list that grows: what is there, then the button that adds one."""

    edited = Signal()

    def __init__(self, keys: Sequence[str], doubt: Doubt, empty: str, add: Quiet) -> None:
        """`empty` is said while there is nothing."""
        super().__init__()
        self._keys, self._doubt = keys, doubt
        self.cards: list[RowCard] = []
        self.suggest: Callable[[], Mapping[str, Plain]] = dict
        """What a new row starts with."""
        self._box = column(gap=12)
        self._empty = Small(empty)
        self.add = add
        add.clicked.connect(self.add_one)
        self.setLayout(column(self._box, self._empty, row(add, spacer()), gap=10))

    def show_rows(self, rows: Sequence[Mapping[str, Plain]]) -> None:
        """What is kept."""
        for card in self.cards:
            self._box.removeWidget(card)
            card.deleteLater()
        self.cards = []
        for values in rows:
            self._append(values)
        self._empty.setVisible(not self.cards)

    def values(self) -> tuple[dict[str, Plain], ...]:
        """What is entered, in order."""
        return tuple(card.values() for card in self.cards)

    def _append(self, values: Mapping[str, Plain]) -> RowCard:
        card = RowCard(self._keys, self._doubt, values)
        card.edited.connect(self.edited.emit)
        card.removed.connect(self._remove)
        self.cards.append(card)
        self._box.addWidget(card)
        return card

    def add_one(self) -> None:
        """A new row, ready to be typed in."""
        card = self._append(self.suggest())
        self._empty.hide()
        card.show()
        next(iter(card.fields.values())).first_focus().setFocus()

    def _remove(self, card: RowCard) -> None:
        self.cards.remove(card)
        self._box.removeWidget(card)
        card.hide()
        card.deleteLater()
        self._empty.setVisible(not self.cards)
        self.add.setFocus()
        self.edited.emit()
