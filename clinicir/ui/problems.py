"""What went wrong, in one calm window: what happened, what is safe, what to do."""

from __future__ import annotations

import platform
import sys
import traceback
from collections.abc import Callable
from pathlib import PurePath
from types import TracebackType

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from clinicir.domain.errors import ClinicirError
from clinicir.texts import screens_shell as say
from clinicir.texts.errors import explanation_of
from clinicir.ui.questions import Told
from clinicir.ui.theme import px
from clinicir.ui.widgets.buttons import Primary, Quiet
from clinicir.ui.widgets.layout import ActionBar, column
from clinicir.ui.widgets.notice import Notice
from clinicir.ui.widgets.text import Body, Help, Small, Strong

Tell = Callable[[BaseException], None]
_FRAMES = 12


def report_of(error: BaseException, version: str) -> str:
    """Where the program stopped, for whoever mends it.

    No message, no value, no path: any of them could hold what a person typed.
    """
    lines = [
        f"clinicir {version}",
        f"Python {platform.python_version()} {sys.platform}",
        getattr(error, "code", "") or type(error).__name__,
    ]
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    lines += [f"{PurePath(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    return "\n".join(lines)


class ProblemDialog(Told):
    """One error at a time; never on top of another one."""

    def __init__(self, error: BaseException, version: str, parent: QWidget | None = None) -> None:
        """`report` is what the copy button gives."""
        super().__init__(parent)
        told = explanation_of(error)
        self.report = report_of(error, version)
        self.setWindowTitle(say.PROGRAM)
        self.setMinimumWidth(px(560))
        words = [
            Notice("warn", _sentence(told.what)),
            Strong(say.PROBLEM_SAFE),
            Body(_sentence(told.safe)),
            Strong(say.PROBLEM_TODO),
            Body(_sentence(told.todo)),
        ]
        close = Primary(say.CLOSE)
        close.setDefault(True)
        close.clicked.connect(self.accept)
        if isinstance(error, ClinicirError):
            words.append(Small(say.PROBLEM_CODE.format(code=error.code)))
            bar = ActionBar(close)
        else:
            words.append(Help(say.PROBLEM_REPORT_HELP))
            self.copy = Quiet(say.PROBLEM_COPY, "copy")
            self.copy.clicked.connect(self._copy)
            bar = ActionBar(self.copy, close)
        inside = column(*words, margins=20, gap=8)
        box = column(gap=0)
        box.addLayout(inside)
        box.addWidget(bar)
        self.setLayout(box)
        close.setFocus()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report)
        self.copy.set_text(say.PROBLEM_COPIED)


def install_hook(tell: Tell) -> Callable[[], None]:
    """Show what nobody foresaw instead of vanishing; returns what puts the former hook back."""
    former = sys.excepthook

    def hook(kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt):
            former(kind, error, where)
            return
        tell(error.with_traceback(where))

    def put_back() -> None:
        sys.excepthook = former

    sys.excepthook = hook
    return put_back


def _sentence(clause: str) -> str:
    return f"{clause[:1].upper()}{clause[1:]}."
