"""The actions of a step; where there is little room, all but the main ones go in a menu."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from clinicir.domain.progress import StepState
from clinicir.services.views.board import BoardView
from clinicir.services.views.board_step import SETTLED
from clinicir.texts import screens_steps as say
from clinicir.ui.theme import px
from clinicir.ui.widgets.buttons import Button, Primary, Quiet, Secondary
from clinicir.ui.widgets.layout import ActionBar

_AIR, _LITTLE = 12, 5


class StepFoot(ActionBar):
    """Asks, never acts."""

    asked = Signal(str)
    """`done`, `block`, `skip`, `reopen`, `next`, `previous`, `sheet` or `without` (the sheet)."""

    def __init__(self, view: BoardView) -> None:
        """What can be done depends on where the step stands."""
        self.primary: Primary
        self.minor, main = self._choose(view)
        self.more = Quiet(say.OTHER_CASE, "chevron-right")
        super().__init__(*self.minor.values(), self.more, *main.values())
        self.buttons: dict[str, Button] = {**self.minor, **main}
        for name, button in self.buttons.items():
            button.clicked.connect(partial(self._ask, name))
        menu = QMenu(self.more)
        for name, button in self.minor.items():
            action = QAction(button.text(), menu)
            action.setMenuRole(QAction.MenuRole.NoRole)
            action.triggered.connect(partial(self._ask, name))
            menu.addAction(action)
        self.menu = menu
        self.more.clicked.connect(lambda _: self._open_menu())
        self.tighten(tight=False)

    def tighten(self, *, tight: bool) -> None:
        """One line of buttons, and less air around it."""
        folded = tight and len(self.minor) > 1
        self.more.setVisible(folded)
        for button in self.minor.values():
            button.setVisible(not folded)
        air = px(_LITTLE if tight else _AIR)
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(px(24), air, px(24), air)

    def _choose(self, view: BoardView) -> tuple[dict[str, Button], dict[str, Button]]:
        """(what is rare, what most people come for)."""
        follows = view.neighbour(1) is not None
        state = view.current.state
        if view.closed or state in SETTLED:
            self.primary = Primary(say.NEXT if follows else say.PREVIOUS, "chevron-right")
            again = {} if view.closed else _reopen()
            return again, {"next" if follows else "previous": self.primary}
        blocked = state is StepState.BLOCKED
        rare: dict[str, Button] = (
            _reopen() if blocked else {"block": Quiet(say.NOT_POSSIBLE, "pause")}
        )
        rare["skip"] = Quiet(say.NOT_OURS, "minus")
        if view.current.needs_sheet:
            self.primary = Primary(say.SHEET_PREPARE, "file-lock")
            rare["without"] = Quiet(say.SHEET_WITHOUT)
            main: dict[str, Button] = {"sheet": self.primary}
        else:
            self.primary = Primary(say.DONE, "check")
            main = {"done": self.primary}
        if follows:
            main["next"] = Secondary(say.NEXT, "chevron-right")
        return rare, main

    def _ask(self, what: str, _: bool = False) -> None:
        self.asked.emit(what)

    def _open_menu(self) -> None:
        top = self.more.mapToGlobal(self.more.rect().topLeft())
        top.setY(top.y() - self.menu.sizeHint().height())
        self.menu.popup(top)


def _reopen() -> dict[str, Button]:
    return {"reopen": Secondary(say.REOPEN, "history")}
