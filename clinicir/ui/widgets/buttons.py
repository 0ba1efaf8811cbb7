"""Buttons: one primary a page, the others quieter."""

from __future__ import annotations

from typing import Self

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from clinicir.texts.plain_text import on_one_line
from clinicir.ui.icons import icon as icon_named
from clinicir.ui.theme import px

_AFTER = {"chevron-right", "arrow-right"}
"""Icons that show where one goes stand after the words."""


class Button(QPushButton):
    """A verb, said in words; the icon only helps to find it again."""

    button_role = "secondary"
    icon_token = "text"
    icon_side = 18

    def __init__(self, text: str, icon: str | None = None) -> None:
        """`icon` is a Lucide name."""
        super().__init__()
        self.setProperty("button_role", self.button_role)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        if icon is not None:
            self.setIcon(icon_named(icon, self.icon_token))
            if icon in _AFTER:
                self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.set_text(text)
        self._fit()

    def set_text(self, text: str) -> None:
        """Change the words and what a screen reader says."""
        text = on_one_line(text)
        self.setText(text)
        self.setAccessibleName(text.replace("&&", "\0").replace("&", "").replace("\0", "&"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return presses the button that has the keyboard, as Space does; Qt would not."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.click()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the scale."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        side = px(self.icon_side)
        # Wider than high: Qt leaves very little room between an icon and its words.
        room = side // 3 if self.text() else 0
        self.setIconSize(QSize(side + room, side))


class Primary(Button):
    """The next right thing to do; Return presses it when the page says so."""

    button_role = "primary"
    icon_token = "on_primary"

    def __init__(self, text: str, icon: str | None = None) -> None:
        """`icon` is a Lucide name."""
        super().__init__(text, icon)
        self.setAutoDefault(True)


class Hero(Primary):
    """The one big button of a start screen."""

    button_role = "hero"
    icon_side = 28


class Secondary(Button):
    """Another thing that can be done here."""


class Compact(Button):
    """Another thing that can be done, as high as the field that it stands beside."""

    button_role = "compact"


class Quiet(Button):
    """Something minor, beside what it is about."""

    button_role = "quiet"
    icon_token = "primary"

    def at_edge(self) -> Self:
        """Its words stand right under those above, not a little further in."""
        self.setProperty("edge", True)
        return self


class LinkButton(Button):
    """Leads elsewhere."""

    button_role = "link"
    icon_token = "primary"
