"""A question that must be answered before going on; its buttons are verbs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QWidget

from clinicir.texts.plain_text import on_one_line
from clinicir.ui.theme import px
from clinicir.ui.widgets.buttons import Primary, Secondary
from clinicir.ui.widgets.layout import ActionBar, column
from clinicir.ui.widgets.text import Body, Heading


class Told(QDialog):
    """As high as its words need at its width, which Qt does not work out for a window."""

    def showEvent(self, event: QShowEvent) -> None:
        """Fit once the words have their real size."""
        super().showEvent(event)
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(self.width(), layout.totalHeightForWidth(self.width()))


class Question(Told):
    """Escape is the cautious answer."""

    def __init__(self, parent: QWidget, title: str, text: str, accept: str, refuse: str) -> None:
        """`accept` and `refuse` are the words of the two buttons."""
        super().__init__(parent)
        self.setWindowTitle(on_one_line(title))
        self.setMinimumWidth(px(480))
        self.accept_button, self.refuse_button = Primary(accept), Secondary(refuse)
        self.accept_button.clicked.connect(self.accept)
        self.refuse_button.clicked.connect(self.reject)
        self.refuse_button.setDefault(True)
        box = column(gap=0)
        box.addLayout(column(Heading(title), Body(text), margins=20))
        box.addWidget(ActionBar(self.refuse_button, self.accept_button))
        self.setLayout(box)


def ask(parent: QWidget, title: str, text: str, accept: str, refuse: str) -> bool:
    """True when the person accepted."""
    return Question(parent, title, text, accept, refuse).exec() == QDialog.DialogCode.Accepted


class Message(Told):
    """Something to read, and one button."""

    def __init__(self, parent: QWidget, title: str, text: str, close: str) -> None:
        """`close` are the words of the button."""
        super().__init__(parent)
        self.setWindowTitle(on_one_line(title))
        self.setMinimumWidth(px(480))
        button = Primary(close)
        button.setDefault(True)
        button.clicked.connect(self.accept)
        box = column(gap=0)
        box.addLayout(column(Heading(title), Body(text), margins=20))
        box.addWidget(ActionBar(button))
        self.setLayout(box)


def tell(parent: QWidget, title: str, text: str, close: str) -> Message:
    """Show it over `parent` and go on."""
    message = Message(parent, title, text, close)
    message.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    message.open()
    return message
