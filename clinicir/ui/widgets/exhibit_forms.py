"""What can be said of an exhibit once it is in the vault: other words, why it leaves, to whom."""

from __future__ import annotations

from datetime import datetime, tzinfo

from PySide6.QtCore import Signal

from clinicir.domain.clock import from_wire, to_wire
from clinicir.services.views.evidence import EvidenceRow
from clinicir.texts import screens_evidence as say
from clinicir.ui.models.form_drafts import Draft
from clinicir.ui.widgets.buttons import Primary, Quiet
from clinicir.ui.widgets.fields import Field, Instant, Line, LongText
from clinicir.ui.widgets.layout import Card, wrapping_row
from clinicir.ui.widgets.text import Heading, Help


class DescribeForm(Card):
    """`confirmed` carries what it shows, where it comes from and when it was, or None."""

    confirmed = Signal(str, str, object)
    left = Signal()
    edited = Signal()

    def __init__(self, zone: tzinfo) -> None:
        """`zone` is that of the practice."""
        self.title, self.source, self.seen = Line(), Line(), Instant(zone)
        self.title_field = Field(say.WHAT_IT_SHOWS, self.title)
        self.seen_field = Field(say.WHEN_SEEN, self.seen, say.WHEN_SEEN_HELP, optional=True)
        self.confirm, self.cancel = Primary(say.KEEP_WORDS, "check"), Quiet(say.CANCEL)
        super().__init__(
            Heading(say.DESCRIBE_TITLE), Help(say.DESCRIBE_HELP), self.title_field,
            Field(say.WHERE_FROM, self.source, say.WHERE_FROM_HELP, optional=True),
            self.seen_field, wrapping_row(self.confirm, self.cancel),
        )  # fmt: skip
        for editor in (self.title, self.source, self.seen):
            editor.edited.connect(self.edited)
        self.cancel.clicked.connect(self.left)
        self.confirm.clicked.connect(self._confirm)

    def ask(self, row: EvidenceRow, draft: Draft) -> None:
        """The present words, or those that were half typed."""
        self.title.set_value(str(draft.get("title", row.title)))
        self.source.set_value(str(draft.get("source", row.source)))
        self.seen.set_value(_instant(draft["seen_at"]) if "seen_at" in draft else row.seen_at)
        self.title_field.set_problem(None)
        self.seen_field.set_problem(None)

    def draft(self) -> Draft:
        """What is typed."""
        seen = self.seen.value()
        return {
            "title": self.title.value(),
            "source": self.source.value(),
            "seen_at": to_wire(seen) if seen else "",
        }

    def refuse(self, sentence: str) -> None:
        """Why it was not written."""
        self.seen_field.set_problem(sentence)

    def _confirm(self) -> None:
        self.seen_field.set_problem(self.seen.problem)
        if self.seen.problem is None:
            self.confirmed.emit(self.title.value(), self.source.value(), self.seen.value())


def _instant(plain: object) -> datetime | None:
    try:
        return from_wire(str(plain)) if plain else None
    except ValueError:
        return None


class WithdrawForm(Card):
    """`confirmed` carries the reason."""

    confirmed = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        """Empty."""
        self.reason = LongText(500, lines=2)
        self.reason_field = Field(say.WITHDRAW_WHY, self.reason)
        self.confirm, self.cancel = Primary(say.WITHDRAW_NOW), Quiet(say.CANCEL)
        super().__init__(
            Heading(say.WITHDRAW), Help(say.WITHDRAW_HELP), self.reason_field,
            wrapping_row(self.confirm, self.cancel),
        )  # fmt: skip
        self.cancel.clicked.connect(self.left)
        self.confirm.clicked.connect(lambda: self.confirmed.emit(self.reason.value()))

    def ask(self) -> None:
        """Another reason."""
        self.reason.set_value("")
        self.reason_field.set_problem(None)

    def refuse(self, sentence: str) -> None:
        """Why it was not written."""
        self.reason_field.set_problem(sentence)


class HandForm(Card):
    """`confirmed` carries who received a copy, and what for."""

    confirmed = Signal(str, str)
    left = Signal()

    def __init__(self) -> None:
        """Empty."""
        self.to, self.purpose = Line(), Line()
        self.purpose_field = Field(say.HANDED_FOR, self.purpose)
        self.confirm, self.cancel = Primary(say.NOTE_HAND_OVER), Quiet(say.CANCEL)
        super().__init__(
            Heading(say.HAND_OVER_TITLE), Field(say.HANDED_TO, self.to), self.purpose_field,
            wrapping_row(self.confirm, self.cancel),
        )  # fmt: skip
        self.cancel.clicked.connect(self.left)
        self.confirm.clicked.connect(
            lambda: self.confirmed.emit(self.to.value(), self.purpose.value())
        )

    def ask(self) -> None:
        """Another copy."""
        self.to.set_value("")
        self.purpose.set_value("")
        self.purpose_field.set_problem(None)

    def refuse(self, sentence: str) -> None:
        """Why it was not written."""
        self.purpose_field.set_problem(sentence)
