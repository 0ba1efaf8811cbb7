"""Help of each page, offline: a list of topics, and one page of a few lines."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeySequence, QTextBlock, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QBoxLayout, QListWidget, QListWidgetItem, QWidget

from clinicir.domain.directory import Contact
from clinicir.services import first_start
from clinicir.services.ports import OpenContact
from clinicir.texts import screens_help as say
from clinicir.texts.screens_drill import dialled
from clinicir.ui.desk import Desk, Place
from clinicir.ui.pages.page import Page
from clinicir.ui.shortcuts import keys_of
from clinicir.ui.theme import current, px
from clinicir.ui.widgets.guide import Guide
from clinicir.ui.widgets.pick import Pick

_LIST_EM, _ROW_EM, _PAGE_EM = 17, 2.3, 50
_LARGE = 1.4
_SIZES = {1: 1.6, 2: 1.2}
_LINE = 145
_TOPIC = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class _Read:
    topic: str
    page: str
    own: tuple[OpenContact, ...]


class HelpPage(Page):
    """`Place.item` is the page whose help is wanted."""

    name = "help"

    def __init__(self, desk: Desk, folder: Path) -> None:
        """`folder` holds one Markdown file a topic."""
        super().__init__(desk)
        self._folder = folder
        self._shown: _Read | None = None
        self.topics, self.text = QListWidget(), Guide()
        self.topics.setAccessibleName(say.TOPICS_NAME)
        self.topics.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for topic, title in say.TOPICS.items():
            line = QListWidgetItem(title)
            line.setData(_TOPIC, topic)
            self.topics.addItem(line)
        self.topics.currentItemChanged.connect(self._chosen)
        self.picker = Pick()
        self.picker.setAccessibleName(say.TOPICS_NAME)
        self.picker.offer([(title, topic) for topic, title in say.TOPICS.items()])
        self.picker.activated.connect(lambda _: self.show_topic(self.picker.chosen()))
        self.text.setAccessibleName(say.HELP)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.addWidget(self.topics)
        self._box.addWidget(self.picker)
        self._box.addWidget(self.text, 1)
        self._box.addStretch(0)
        self._fit()

    @property
    def title(self) -> str:
        """See `Page`."""
        return say.HELP

    def open_at(self, place: Place) -> None:
        """The topic of a page; the first one when a page has none."""
        topic = say.SAME_TOPIC.get(place.item, place.item)
        self.show_topic(topic if topic in say.TOPICS else say.FIRST_TOPIC)

    def first_focus(self) -> QWidget:
        """The text: a screen reader starts reading, the arrows scroll."""
        return self.text

    def show_topic(self, topic: str) -> None:
        """Read it and show it; the list follows."""
        row = tuple(say.TOPICS).index(topic)
        self.topics.blockSignals(True)
        self.topics.setCurrentRow(row)
        self.topics.blockSignals(False)
        self.picker.setCurrentIndex(row)
        self.desk.jobs.run(partial(self._read, topic), self._show)

    def _chosen(self, line: QListWidgetItem | None) -> None:
        if line is not None:
            self.show_topic(str(line.data(_TOPIC)))

    def _read(self, topic: str) -> _Read:
        try:
            page = (self._folder / f"{topic}.md").read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            page = f"# {say.TOPICS[topic]}\n\n{say.UNREADABLE}"
        practice = self.desk.session.practice()
        return _Read(topic, page, first_start.contacts_to_show(practice))

    def _show(self, read: _Read) -> None:
        self._shown = read
        words = say.filled(
            read.page,
            lambda role: _own(role, read.own, drill=self.desk.session.store.drill),
            self._call,
            lambda name: keys_of(name).toString(QKeySequence.SequenceFormat.NativeText),
        )
        document = self.text.document()
        document.setDefaultFont(self.font())
        document.setDocumentMargin(px(24))
        document.setIndentWidth(px(26))
        self.text.show_markdown(words)
        self.text.setAccessibleName(f"{say.HELP}, {say.TOPICS[read.topic]}")
        block = document.begin()
        while block.isValid():
            _dress(block)
            block = block.next()
        self.text.moveCursor(QTextCursor.MoveOperation.Start)

    def _call(self, contact: str) -> str:
        found: Contact = self.desk.session.knowledge.directory.contacts[contact]
        site = found.sites[0].removeprefix("https://").removesuffix("/") if found.sites else ""
        sure = found.phone_is_sure(self.desk.session.clock.now().date())
        drill = self.desk.session.store.drill
        phone = dialled(found.phone, drill=drill)
        return say.call_line(found.name, phone, site, found.hours, sure=sure or drill)

    # --- size ----------------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        """Follow the scale."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_box"):
            self._fit()
            if self._shown is not None:
                self._show(self._shown)

    def _fit(self) -> None:
        em = current().points * 96 / 72
        large = current().scale > _LARGE
        direction = QBoxLayout.Direction.TopToBottom if large else QBoxLayout.Direction.LeftToRight
        self._box.setDirection(direction)
        self._box.setContentsMargins(px(16), px(16), px(16), px(16))
        self._box.setSpacing(px(12))
        # Large words need the whole width: the list becomes one line above the text.
        self.topics.setVisible(not large)
        self.picker.setVisible(large)
        self.topics.setFixedWidth(round(em * _LIST_EM))
        for row in range(self.topics.count()):
            self.topics.item(row).setSizeHint(QSize(0, round(em * _ROW_EM)))
        self.text.setMaximumWidth(round(em * _PAGE_EM))


def _own(role: str, known: tuple[OpenContact, ...], *, drill: bool) -> str:
    found = next((each for each in known if each.role == role), OpenContact(role, "", ""))
    return say.own_line(role, found.name, dialled(found.phone, drill=drill))


def _dress(block: QTextBlock) -> None:
    level = block.blockFormat().headingLevel()
    cursor = QTextCursor(block)
    shape = QTextBlockFormat()
    shape.setLineHeight(_LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    shape.setTopMargin(px(18) if level > 1 else 0)
    shape.setBottomMargin(px(6))
    cursor.mergeBlockFormat(shape)
    if level:
        letters = QTextCharFormat()
        letters.setFontPointSize(current().points * _SIZES.get(level, 1.0))
        letters.setFontWeight(700 if level == 1 else 600)
        cursor.movePosition(
            QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor
        )
        cursor.mergeCharFormat(letters)
