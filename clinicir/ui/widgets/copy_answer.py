"""What goes into one field of the site of the CNIL: words to copy, or the options to tick."""

from __future__ import annotations

from clinicir.domain.conditions import UNKNOWN
from clinicir.domain.form import AnswerType, Needed
from clinicir.services.views.cnil_form import Answered
from clinicir.texts import screens_copy as say
from clinicir.texts.answer_words import answer_text
from clinicir.ui.widgets.layout import Card, column, row
from clinicir.ui.widgets.refill import refill
from clinicir.ui.widgets.sign import Sign
from clinicir.ui.widgets.text import Body, Help, Strong

_CHOICES = (AnswerType.SINGLE, AnswerType.MULTI, AnswerType.YES_NO)
_WRITTEN = (AnswerType.TEXT, AnswerType.LONG_TEXT, AnswerType.THIRD_PARTIES,
            AnswerType.OTHER_NOTIFICATIONS)  # fmt: skip


def is_choice(each: Answered) -> bool:
    """It is ticked on the site, not typed."""
    return each.field.type in _CHOICES and bool(words_of(each))


def words_of(each: Answered) -> str:
    """What to type or to tick; empty when the field stays empty."""
    if each.value == UNKNOWN and each.field.type not in _WRITTEN:
        return ""
    return answer_text(each.field, each.value)


class CopyAnswer(Card):
    """Filled by `show_answer`."""

    def __init__(self) -> None:
        """Empty."""
        self._box = column(gap=6)
        super().__init__(self._box)

    def show_answer(self, each: Answered) -> None:
        """The exact words of the official options, or the words to copy."""
        words = words_of(each)
        if not words:
            refill(self._box, Help(self._why_empty(each)))
        elif is_choice(each):
            single = each.field.type is not AnswerType.MULTI
            lines = (row(Sign("circle-dot" if single else "check", "primary", 18), Strong(line),
                         stretch_last=True) for line in words.splitlines())  # fmt: skip
            refill(self._box, Help(say.TO_CHOOSE if single else say.TO_TICK), *lines)
        else:
            refill(self._box, Body(words).selectable())
        self.setAccessibleName(words or self._why_empty(each))

    def _why_empty(self, each: Answered) -> str:
        if each.value == UNKNOWN:
            return say.UNKNOWN
        needed = each.field.needed is Needed.INITIAL and not each.field.derived
        return say.EMPTY_NEEDED if needed else say.EMPTY
