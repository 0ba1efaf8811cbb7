"""Accounts to reset and addresses to block: written at once, line by line, with who did it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from clinicir.domain.errors import ClinicirError, UserError
from clinicir.domain.ids import Plain
from clinicir.domain.tracker import AccountState, AddressState, check_address
from clinicir.texts import screens_step_fields as say
from clinicir.texts import screens_steps
from clinicir.texts.errors import explanation_of
from clinicir.texts.labels import said
from clinicir.texts.typography import spaced
from clinicir.ui.theme import px
from clinicir.ui.widgets.buttons import LinkButton, Quiet, Secondary
from clinicir.ui.widgets.layout import column, wrapping_row
from clinicir.ui.widgets.notice import Notice
from clinicir.ui.widgets.step_tables import Column, LineEntry, Table
from clinicir.ui.widgets.text import Help, Strong

Line = dict[str, Plain]


@dataclass(frozen=True)
class Kind:
    """What differs between the two lists."""

    name: str
    columns: tuple[Column, ...]
    """The first two make the key of a line."""
    help: str
    paste_help: str
    states: Mapping[str, str]
    moves: tuple[str, ...]
    """States that a button gives to the chosen lines."""
    open_states: frozenset[str]
    where_missing: str


ACCOUNTS = Kind(
    "accounts",
    (("name", say.ACCOUNT), ("system", say.SYSTEM), ("owner", say.OWNER)),
    say.ACCOUNTS_HELP,
    say.PASTE_ACCOUNTS,
    say.ACCOUNT_STATES,
    (AccountState.RESET.value, AccountState.DISABLED.value, AccountState.TO_RESET.value),
    frozenset({AccountState.TO_RESET.value}),
    say.WHERE_MISSING,
)
ADDRESSES = Kind(
    "addresses",
    (("address", say.ADDRESS), ("where", say.WHERE)),
    say.ADDRESSES_HELP,
    say.PASTE_ADDRESSES,
    say.ADDRESS_STATES,
    (AddressState.REQUESTED.value, AddressState.BLOCKED.value, AddressState.TO_BLOCK.value),
    frozenset({AddressState.TO_BLOCK.value, AddressState.REQUESTED.value}),
    say.WHERE_MISSING,
)


KINDS: Mapping[str, Kind] = {kind.name: kind for kind in (ACCOUNTS, ADDRESSES)}


def key_of(kind: Kind, line: Mapping[str, Plain]) -> str:
    """Key of the record of a line."""
    first, second = (str(line.get(key) or "") for key, _ in kind.columns[:2])
    return f"{first.casefold()}\t{second.casefold()}"


class Tracker(QFrame):
    """One of the two lists; `asked` carries lines for the use case, `set_value` shows the result.

    Lines are checked here one by one first, so that a bad one among twenty is named and the others
    are kept.
    """

    edited = Signal()
    asked = Signal(str, list)
    """Name of the list, and lines to merge."""
    edit_asked = Signal(str, dict)
    """Name of the list, and the line to mend."""
    letter_asked = Signal()
    file_asked = Signal(str)
    """Name of the list: lines come from a file."""

    def __init__(self, kind: Kind, own: Sequence[str] = ()) -> None:
        """`own` are the public addresses of the practice."""
        super().__init__()
        self.kind, self._own = kind, own
        self._lines: list[Line] = []
        self.entry = LineEntry(kind.columns, kind.paste_help)
        self.entry.file_asked.connect(lambda: self.file_asked.emit(kind.name))
        self.file_problem = Notice("warn", "")
        self.file_problem.hide()
        self.count, self.hint = Strong(), Help()
        self.table = Table([*(text for _, text in kind.columns), say.STATE], kind.columns[0][1])
        self.moves = {state: Secondary(kind.states[state]) for state in kind.moves}
        for state, button in self.moves.items():
            button.clicked.connect(lambda _, chosen=state: self._mark(chosen))
        self.edit = Quiet(say.EDIT, "pencil")
        self.edit.clicked.connect(lambda _: self._edit())
        self.letter = LinkButton(say.LETTER, "file-text")
        self.letter.clicked.connect(lambda _: self.letter_asked.emit())
        self._moves_row = wrapping_row(
            Help(say.MARK), *self.moves.values(), self.edit, gap=px(6)
        )
        about = Help(kind.help)
        parts = (about, self.entry, self.file_problem, self.count, self.table, self._moves_row,
                 self.hint, self.letter)
        self.setLayout(column(*parts, gap=8))
        self.hint.hide()
        self.entry.entered.connect(self._enter)
        self.setFocusProxy(self.entry)
        self.set_value(None)

    def value(self) -> Plain:
        """Always None: each line is in the trail already, the step does not keep it twice."""
        return None

    def set_value(self, plain: Plain) -> None:
        """Show the lines of the case."""
        given = plain if isinstance(plain, list) else []
        chosen = {self._key(self._lines[row]) for row in self.table.chosen()}
        self._lines = [line for line in given if isinstance(line, dict)]
        keys = [key for key, _ in self.kind.columns]
        self.table.show_rows(
            [
                [*(str(line.get(key) or "") for key in keys), self._state_of(line)]
                for line in self._lines
            ]
        )
        for row, line in enumerate(self._lines):
            if self._key(line) in chosen:
                self.table.selectRow(row)
        waits = sum(str(line.get("state")) in self.kind.open_states for line in self._lines)
        self.count.set_text(say.waiting(waits, len(self._lines)))
        self._moves_row.setVisible(bool(self._lines))
        self.letter.setVisible(bool(self._lines) and self.kind is ADDRESSES)

    @property
    def keys(self) -> frozenset[str]:
        """Of the lines shown."""
        return frozenset(self._key(line) for line in self._lines)

    @property
    def place(self) -> str:
        """Where, as typed in the quick entry."""
        return str(self.entry.fields[self.kind.columns[1][0]].editor.value())

    def offer_files(self) -> None:
        """Somebody can read them."""
        self.entry.file.show()

    def tell_file(self, error: ClinicirError | None) -> None:
        """Why a file gave nothing; None once another one is chosen."""
        self.file_problem.setVisible(error is not None)
        if error is not None:
            told = explanation_of(error)
            what = screens_steps.sentence(told.what)
            safe = screens_steps.sentence(told.safe)
            self.file_problem.say(what, spaced(f"{safe} ; {told.todo}."))

    def kept(self) -> None:
        """The use case took the lines."""
        self.entry.accept()

    def failed(self, error: BaseException) -> None:
        """The use case refused; what was typed stays in its place."""
        self.entry.refuse(self.kind.columns[0][0], _why(error))

    def _enter(self, lines: list[dict[str, str]]) -> None:
        good: list[Line] = []
        bad: list[tuple[dict[str, str], str, str]] = []
        for line in lines:
            problem = self._problem(line)
            if problem is None:
                good.append({**line})
            else:
                bad.append((line, *problem))
        if not self.entry.paste.isHidden():
            texts = [" ; ".join(line.values()) for line, _, _ in bad]
            why = [say.refused(next(iter(line.values())), text) for line, _, text in bad]
            self.entry.refuse_pasted(texts, "\n".join(why))
        elif bad:
            _, key, why_not = bad[0]
            self.entry.refuse(key, f"{why_not}.")
        if good:
            self.asked.emit(self.kind.name, good)

    def _problem(self, line: dict[str, str]) -> tuple[str, str] | None:
        """(key, why) of what is wrong with a line."""
        first, second = (key for key, _ in self.kind.columns[:2])
        if self.kind is ADDRESSES:
            try:
                check_address(line[first], self._own)
            except UserError as error:
                return first, _why(error).rstrip(".")
        if not line.get(second):
            return second, self.kind.where_missing.rstrip(".")
        return None

    def _mark(self, state: str) -> None:
        rows = self.table.chosen()
        self.hint.setVisible(not rows)
        self.hint.set_text("" if rows else say.SELECT_FIRST)
        keys = [key for key, _ in self.kind.columns[:2]]
        lines: list[Line] = [
            {**{key: self._lines[row].get(key) for key in keys}, "state": state} for row in rows
        ]
        if lines:
            self.asked.emit(self.kind.name, lines)

    def _edit(self) -> None:
        rows = self.table.chosen()
        self.hint.setVisible(len(rows) != 1)
        self.hint.set_text("" if len(rows) == 1 else say.EDIT_ONE)
        if len(rows) == 1:
            self.edit_asked.emit(self.kind.name, self._lines[rows[0]])

    def _key(self, line: Line) -> str:
        return key_of(self.kind, line)

    def _state_of(self, line: Line) -> str:
        by = str(line.get("by") or "")
        return said(self.kind.states, line.get("state")) + (f" ({by})" if by else "")


def _why(error: BaseException) -> str:
    if not isinstance(error, ClinicirError):
        raise error
    told = explanation_of(error)
    return f"{told.what[:1].upper()}{told.what[1:]}."
