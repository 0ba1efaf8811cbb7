"""States, levels and clocks: a shape and a word first, a colour last."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from clinicir.texts.labels import LEVELS
from clinicir.texts.screens_widgets import PRESUMED, STATES, state_phrase
from clinicir.texts.time_left import clock_phrase
from clinicir.ui.theme import clock_font, px
from clinicir.ui.widgets.sign import Sign
from clinicir.ui.widgets.text import Strong, Word

STATE_SIGNS = {
    "todo": ("circle", "muted"),
    "in_progress": ("circle-dot", "primary"),
    "done": ("circle-check", "ok"),
    "blocked": ("pause", "warn"),
    "not_concerned": ("minus", "muted"),
}
LEVEL_TONES = {
    "OBLIGATOIRE": ("octagon-alert", "danger"),
    "CONDITION": ("key-round", "warn"),
    "FORTEMENT_RECOMMANDE": ("triangle-alert", "warn"),
    "RECOMMANDE": ("lightbulb", "info"),
    "SANS_OBJET": ("minus", "muted"),
}
THRESHOLDS = tuple(timedelta(hours=hours) for hours in (48, 24, 12, 6, 2, 1, 0))
"""A clock speaks up when one of these is crossed, and only then."""


def clock_tone(left: timedelta) -> str:
    """`danger` past due, `warn` in the last day, else `info`."""
    if left < timedelta(0):
        return "danger"
    return "warn" if left <= timedelta(hours=24) else "info"


class StateMark(QWidget):
    """Where a step stands."""

    def __init__(self, state: str, *, words: bool = True) -> None:
        """`state` is a value of `StepState`; without words the row beside it must say it."""
        super().__init__()
        self._sign, self._word = Sign("circle", "muted", 18), Word()
        if not words:
            self._word.hide()
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(6))
        box.addWidget(self._sign)
        box.addWidget(self._word, 1)
        self.set_state(state)

    def set_state(self, state: str) -> None:
        """Another state."""
        sign, token = STATE_SIGNS[state]
        self.state = state
        self._sign.show_sign(sign, token)
        self._word.set_text(STATES[state])
        self.setAccessibleName(state_phrase(state))


class LevelPill(QFrame):
    """How binding a duty is."""

    def __init__(self, level: str, presumed: bool = False, word: str = "") -> None:
        """`level` is a key of `texts.labels.LEVELS`; presumed while a fact is not known.

        `word` says it shorter, where what it means stands beside.
        """
        super().__init__()
        sign, tone = LEVEL_TONES[level]
        text = f"{LEVELS[level]}, {PRESUMED}" if presumed else LEVELS[level]
        label = Strong(word or text)
        label.setProperty("tone_text", tone)
        self.setProperty("pill", tone)
        box = QHBoxLayout(self)
        box.setContentsMargins(px(8), px(3), px(10), px(3))
        box.setSpacing(px(6))
        box.addWidget(Sign(sign, tone, 16))
        box.addWidget(label, 1)
        self.setAccessibleName(word or text)


class Countdown(QFrame):
    """How long is left, to the minute; it is told the time and never blinks."""

    def __init__(self, label: str, due_at: datetime, now: datetime) -> None:
        """`label` says for what: `CNIL`."""
        super().__init__()
        self._label, self._due_at, self._now = label, due_at, now
        self._sign, self._text = Sign("hourglass", "info", 20), Strong()
        box = QHBoxLayout(self)
        box.setContentsMargins(px(10), px(4), px(12), px(4))
        box.setSpacing(px(8))
        box.addWidget(self._sign)
        box.addWidget(self._text, 1)
        self.tick(now)

    @property
    def text(self) -> str:
        """What is written."""
        return self._text.text()

    def tick(self, now: datetime) -> None:
        """Write what is left at `now`; announced when a threshold was crossed since last time."""
        before, left = self._due_at - self._now, self._due_at - now
        self._now = now
        tone = clock_tone(left)
        text = clock_phrase(self._label, self._due_at, now)
        if text != self._text.text():
            self._text.set_text(text)
            self._text.setFont(clock_font())
        if self.property("pill") != tone:
            self.setProperty("pill", tone)
            self._sign.show_sign("hourglass" if tone == "info" else "clock-alert", tone)
            self.style().unpolish(self)
            self.style().polish(self)
        if any(left <= mark < before for mark in THRESHOLDS):
            self.setAccessibleName(text)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))
        elif not self.accessibleName():
            self.setAccessibleName(text)
