"""Words on the screen: plain text that wraps, in a few sizes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QSizePolicy


class Text(QLabel):
    """Never reads markup: what a person typed cannot dress itself up."""

    text_role = "body"

    def __init__(self, text: str = "") -> None:
        """Show `text`, on as many lines as it takes."""
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("text_role", self.text_role)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setText(text)

    def set_text(self, text: str) -> None:
        """Other words; a label without words takes no room when hidden by its owner."""
        self.setText(text)

    def selectable(self) -> Text:
        """Let the words be selected and copied, with the mouse or the keyboard."""
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        self.setAccessibleName(self.text())
        return self


class Title(Text):
    """Title of a page: one a page."""

    text_role = "title"


class Heading(Text):
    """Title of a part of a page."""

    text_role = "heading"


class Body(Text):
    """Running text."""


class Strong(Text):
    """Running text that counts."""

    text_role = "strong"


class Help(Text):
    """An explanation, in a quieter colour that is still easily read."""

    text_role = "help"


class Small(Text):
    """A remark: a date, a source, a code of error."""

    text_role = "small"


class Eyebrow(Text):
    """The few words above a title that say where one is."""

    text_role = "eyebrow"


class Code(Text):
    """A fingerprint or a recovery code, in letters that are not mistaken for each other."""

    text_role = "code"


def tabular(label: QLabel) -> None:
    """Digits of one width in this label."""
    font = label.font()
    font.setFeature(QFont.Tag("tnum"), 1)
    label.setFont(font)
