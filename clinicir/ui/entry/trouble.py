"""The vault cannot be opened just now: what is safe, what to do, and ways to go on."""

from __future__ import annotations

import contextlib
from datetime import datetime, tzinfo

from PySide6.QtCore import Signal

from clinicir.domain.errors import StorageError
from clinicir.texts import screens_entry as say
from clinicir.texts.errors import explanation_of
from clinicir.texts.screens_entry_times import held_since
from clinicir.texts.screens_shell import PROBLEM_CODE, PROBLEM_SAFE, PROBLEM_TODO
from clinicir.ui.entry.frame import EntryPage
from clinicir.ui.widgets.buttons import Primary, Secondary
from clinicir.ui.widgets.layout import ActionBar, Card
from clinicir.ui.widgets.text import Body, Heading, Small

_KEYS = ("key.", "keyring.")


class Trouble(EntryPage):
    """Never the end of the road: another try, or the recovery sheet when a key is missing."""

    again = Signal()
    """Look at the door once more."""
    by_sheet = Signal()
    """Open with the recovery sheet."""

    def __init__(self, error: StorageError, place: str, zone: tzinfo | None) -> None:
        """`place`: folder of the vault; `zone`: that of the computer."""
        super().__init__(say.TROUBLE, "lock")
        self.error = error
        told = explanation_of(error)
        by_sheet = error.code.startswith(_KEYS)
        self.retry = Secondary(say.TRY_AGAIN) if by_sheet else Primary(say.TRY_AGAIN)
        self.sheet = Primary(say.USE_SHEET, "file-lock")
        first = self.sheet if by_sheet else self.retry
        first.setDefault(True)
        self.retry.clicked.connect(self.again)
        self.sheet.clicked.connect(self.by_sheet)
        self.lay_out(
            Card(Heading(_sentence(told.what)), *self._since(zone), gap=8),
            Card(
                Heading(PROBLEM_SAFE), Body(_sentence(told.safe)),
                Heading(PROBLEM_TODO), Body(_sentence(told.todo)),
                gap=8,
            ),
            Small(say.vault_place(place)).selectable(),
            Small(PROBLEM_CODE.format(code=error.code)),
            actions=ActionBar(self.retry, self.sheet),
        )  # fmt: skip
        self.sheet.setVisible(by_sheet)
        self.first = first

    def _since(self, zone: tzinfo | None) -> list[Body]:
        """Who holds it, where and since when, as far as the other program told."""
        host = self.error.values.get("host")
        since = self.error.values.get("since")
        words = [say.held_on(host)] if isinstance(host, str) and host else []
        with contextlib.suppress(ValueError):  # told by another version, or cut short
            words += [held_since(datetime.fromisoformat(str(since)).astimezone(zone))]
        return [Body(" ".join(words))] if words else []


def _sentence(clause: str) -> str:
    return f"{clause[:1].upper()}{clause[1:]}."
