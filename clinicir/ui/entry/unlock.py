"""Opening the vault: account of the computer, passphrase, or the recovery sheet."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal

from clinicir.texts import screens_entry as say
from clinicir.ui.entry.frame import EntryPage
from clinicir.ui.widgets.buttons import LinkButton, Primary
from clinicir.ui.widgets.field import Field
from clinicir.ui.widgets.layout import Card, wrapping_row
from clinicir.ui.widgets.line import Line, Passphrase
from clinicir.ui.widgets.notice import Notice
from clinicir.ui.widgets.text import Body, Help, Strong

_FREE_FAILURES = 3
_LONGEST_WAIT_SECONDS = 64
_LOOK_EVERY_MS = 20_000
_PASSPHRASE_WORDS = (say.FORGOTTEN, say.OTHER_WAY)
_ACCOUNT_WORDS = (say.ACCOUNT_LOST, say.BY_ACCOUNT)
"""Of the link to the other way: to the sheet, and back."""


def wait_after(failures: int) -> int:
    """Seconds to wait: none for the first tries, then 2, 4, 8... never an erasure."""
    if failures < _FREE_FAILURES:
        return 0
    return min(1 << (failures - _FREE_FAILURES + 1), _LONGEST_WAIT_SECONDS)


class Tries:
    """Outlives the page: going to another page and back gives no new tries."""

    def __init__(self) -> None:
        """None failed yet; `wait_left` is in seconds."""
        self.failures, self.wait_left = 0, 0


class Unlock(EntryPage):
    """Says what was wrong under the field; nothing typed is ever thrown away."""

    passphrase_given = Signal(str)
    code_given = Signal(str)
    keyring_chosen = Signal()

    def __init__(self, *, keyring: bool) -> None:
        """`keyring`: this account has a way of its own; the rest is told by `complete`."""
        super().__init__(say.UNLOCK, "lock")
        self._tries = Tries()
        self.passphrase, self.code = Passphrase(), Line(120)
        self.passphrase_field = Field(say.PASSPHRASE, self.passphrase)
        self.code_field = Field(say.CODE, self.code, say.CODE_HELP)
        self.open = Primary(say.OPEN, "lock-open")
        self._keyring, self.account_help = keyring, Help(say.BY_ACCOUNT_HELP)
        self.other = LinkButton(say.FORGOTTEN)
        self.waiting = Strong()
        self.open.setDefault(True)
        self.open.clicked.connect(self.submit)
        self.other.clicked.connect(self.swap)
        self.passphrase.entered.connect(self.submit)
        self.code.returnPressed.connect(self.submit)
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self.count_down)
        self._limit_now: Callable[[], str] = str
        self.limit = Notice("warn", "")
        self._minute = QTimer(self)
        self._minute.setInterval(_LOOK_EVERY_MS)
        self._minute.timeout.connect(self.tell_limit)
        self._minute.start()
        self.lay_out(
            Body(say.UNLOCK_LEAD),
            self.limit,
            Card(
                self.account_help, self.passphrase_field, self.code_field, self.waiting,
                wrapping_row(self.open), wrapping_row(self.other),
                gap=14,
            ),
        )  # fmt: skip
        self.tell_limit()
        self._show_code(shown=False)
        self._wait()

    def complete(self, *, keyring: bool, limit: Callable[[], str], tries: Tries) -> None:
        """`limit`: words of what is due, now. What is typed stays, and the keyboard too."""
        other_way = keyring != self._keyring and not self.by_code
        self._keyring, self._limit_now, self._tries = keyring, limit, tries
        self.tell_limit()
        self._show_code(shown=self.by_code, focus=other_way)
        self._wait()
        self.release()

    @property
    def by_code(self) -> bool:
        """The recovery sheet is in use."""
        return not self.code_field.isHidden()

    def submit(self) -> None:
        """Try what is typed, unless a wait is under way."""
        self.when_free(self.open, self._submit)

    def _submit(self) -> None:
        if not self.open.isEnabled():
            return
        text = self.code.value() if self.by_code else self.passphrase.value()
        if not text and not self._by_account:
            self._shown.set_problem(say.CODE_EMPTY if self.by_code else say.PASSPHRASE_EMPTY)
            return
        self._shown.set_problem(None)
        self.open.setEnabled(False)
        self.open.set_text(say.OPENING)
        if self._by_account:
            self.keyring_chosen.emit()
        else:
            (self.code_given if self.by_code else self.passphrase_given).emit(text)

    def swap(self) -> None:
        """From one way to the other; each keeps what was typed."""
        self._show_code(shown=not self.by_code)

    def refuse(self, sentence: str, *, wrong: bool) -> None:
        """The door stayed shut; `wrong`: what was typed is not what opens it."""
        self.open.set_text(say.OPEN)
        self.open.setEnabled(True)
        self._shown.set_problem(sentence)
        if wrong:
            self._tries.failures += 1
            self._tries.wait_left = wait_after(self._tries.failures)
            self._wait()
        self._shown.first_focus().setFocus()

    def _wait(self) -> None:
        if self._tries.wait_left:
            self.open.setEnabled(False)
            self._second.start()
            self._tell_wait()

    def count_down(self) -> None:
        """One second of the wait went by."""
        self._tries.wait_left = max(0, self._tries.wait_left - 1)
        self._tell_wait()
        if not self._tries.wait_left:
            self._second.stop()
            self.open.setEnabled(True)

    def tell_limit(self) -> None:
        """How long is left now."""
        words = self._limit_now()
        self.limit.say(words)
        self.limit.setVisible(bool(words))

    def _tell_wait(self) -> None:
        left = self._tries.wait_left
        self.waiting.set_text(say.wait_seconds(left) if left else "")
        self.waiting.setVisible(bool(left))

    @property
    def _by_account(self) -> bool:
        return self._keyring and not self.by_code

    @property
    def _shown(self) -> Field:
        return self.code_field if self.by_code else self.passphrase_field

    def _show_code(self, *, shown: bool, focus: bool = True) -> None:
        self.code_field.setVisible(shown)
        self.passphrase_field.setVisible(not shown and not self._keyring)
        self.account_help.setVisible(self._by_account)
        words = _ACCOUNT_WORDS if self._keyring else _PASSPHRASE_WORDS
        self.other.set_text(words[shown])
        first = self.open if self._by_account else self._shown.first_focus()
        self.first = first
        if focus:
            first.setFocus()
        self._tell_wait()
