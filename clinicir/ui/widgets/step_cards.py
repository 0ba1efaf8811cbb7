"""The lines to do, large and numbered, and the how-to cards with their copy buttons."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QWidget

from clinicir.domain.playbook import HowTo
from clinicir.texts import screens_steps as say
from clinicir.texts.typography import spaced
from clinicir.ui.theme import px
from clinicir.ui.widgets.buttons import Quiet
from clinicir.ui.widgets.layout import column, row
from clinicir.ui.widgets.text import Body, Code, Heading, Help, Strong, Text

Tell = Callable[[str], None]
"""Says one calm line."""


class Lines(QWidget):
    """Numbered acts, one a line."""

    def __init__(self, lines: Sequence[str], kind: type[Text] = Body, gap: int = 8) -> None:
        """Already filled."""
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(10))
        grid.setVerticalSpacing(px(gap))
        grid.setColumnStretch(1, 1)
        for place, line in enumerate(lines):
            number = Strong(str(place + 1))
            number.setProperty("tone_text", "info")
            number.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)
            grid.addWidget(number, place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(kind(line).selectable(), place, 1)


class Copied(QFrame):
    """Words to read aloud or to type elsewhere, and their copy button; never run by us."""

    def __init__(self, text: str, kind: type[Text], tell: Tell, note: str = "") -> None:
        """`note` says what it is for."""
        super().__init__()
        self.setProperty("surface", "sunken")
        self.copy = Quiet(say.COPY, "copy")
        self.copy.setAccessibleName(f"{say.COPY} : {note or text[:60]}")
        self.copy.clicked.connect(lambda _: self._copy(text, tell))
        words = column(*([Help(note)] if note else []), kind(text).selectable(), gap=4)
        across = row(gap=8)
        across.addLayout(words, 1)
        across.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignTop)
        box = column(gap=0, margins=10)
        box.addLayout(across)
        self.setLayout(box)

    def _copy(self, text: str, tell: Tell) -> None:
        QGuiApplication.clipboard().setText(text)
        tell(say.COPIED)


class HowToCard(QWidget):
    """One card: what to do, good to know, what to say, commands, proof to keep."""

    def __init__(self, card: HowTo, words: Mapping[str, str], tell: Tell) -> None:
        """`words` fill the placeholders."""
        super().__init__()

        def filled(lines: Sequence[str]) -> list[str]:
            return [say.filled(line, words) for line in lines]

        parts: list[QWidget] = [Heading(card.title), Lines(filled(card.do), gap=6)]
        if card.unverified:
            parts.append(Help(say.UNVERIFIED))
        for title, lines in card.groups:
            parts += [Strong(title), *_bullets(filled(lines))]
        if card.ask:
            parts += [Strong(say.SAY), Copied(say.filled(card.ask, words).strip(), Body, tell)]
        for system, commands in card.commands:
            parts.append(Strong(system))
            parts += [Copied(command, Code, tell, note) for note, command in commands]
        if card.proof:
            parts += [Strong(say.PROOF_OF_CARD), *_bullets(filled(card.proof))]
        self.setLayout(column(*parts, gap=8))


def _bullets(lines: Sequence[str]) -> list[QWidget]:
    return [Body(spaced(f"\u2013 {line}")) for line in lines]
