"""A form as blocks: official labels and order, every choice printed, old and new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from clinicir.documents.answers import TICKED, AnswerText
from clinicir.documents.model import Block, FieldRow, Option, OptionList, Paragraph, Section
from clinicir.domain.answers import AnswerLookup, Answers, applies, implied
from clinicir.domain.conditions import UNKNOWN, Truth
from clinicir.domain.form import AnswerType, Form, FormField, Needed, Rubric
from clinicir.domain.ids import Plain
from clinicir.domain.playbook import Choice
from clinicir.texts import labels
from clinicir.texts.printing import BEFORE

_READABLE = 4000
"""Signs that a field of a web form takes without doubt (cnil.md 1.1)."""

_YES_NO = (Choice("yes", labels.YES), Choice("no", labels.NO))


@dataclass(frozen=True)
class FormSheet:
    """A form filled with answers; `previous` are those of the version filed before, if any."""

    form: Form
    answers: Answers
    text: AnswerText
    previous: Answers | None = None
    given: Mapping[str, str] = field(default_factory=dict)
    """What conditions may ask beside the answers: `late`, facts of the case."""
    instead: Mapping[str, str] = field(default_factory=dict)
    """What prints in place of `not applicable` for a field."""
    unmarked: frozenset[str] = frozenset()
    """Fields that move with each version by nature: never marked as changed."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """A sentence under a field."""
    remarks: Mapping[str, str] = field(default_factory=dict)
    """A sentence at the end of a rubric."""

    def sections(self) -> tuple[Section, ...]:
        """One section a rubric, in the order of the form."""
        return tuple(self._section(rubric) for rubric in self.form.rubrics)

    @property
    def missing(self) -> tuple[str, ...]:
        """Fields that apply and have no answer, optional ones too, in the order of the form."""
        return tuple(
            each.id
            for each in self._printed()
            if self.applies(each) and self.value(each) is None
        )

    @property
    def changed(self) -> tuple[FormField, ...]:
        """Fields whose printed answer moved since the previous version."""
        if self.previous is None:
            return ()
        return tuple(each for each in self._printed() if self._was(each) is not None)

    def applies(self, each: FormField, *, before: bool = False) -> bool:
        """Whether the field is asked: only a definite no removes it, what is unknown is asked.

        `before` True asks it of the previous version.
        """
        return applies(each, self._then if before else self._now) is not Truth.FALSE

    @cached_property
    def _now(self) -> AnswerLookup:
        return self._lookup(self.answers)

    @cached_property
    def _then(self) -> AnswerLookup:
        return self._lookup(self.previous or {})

    def _lookup(self, answers: Answers) -> AnswerLookup:
        return AnswerLookup(self._settled(answers), self.given)

    def _settled(self, answers: Answers) -> Answers:
        """A list that is not asked holds nothing: what depends on it need not wait for it."""
        known = implied(answers)
        lookup = AnswerLookup(known, self.given)
        idle: dict[str, Plain] = {
            each.id: []
            for each in self.form.fields.values()
            if each.type is AnswerType.MULTI and applies(each, lookup) is Truth.FALSE
        }
        return {**known, **idle}

    def value(self, each: FormField, *, before: bool = False) -> str | None:
        """Printed answer with its companion, None when there is none."""
        given = (self._then if before else self._now).answers
        main = self.text.of(each, given.get(each.id))
        more = given.get(each.companion) if each.companion else None
        if not isinstance(more, str) or not more.strip() or more == UNKNOWN:
            return main
        return f"{main} ({more})" if main else more

    def shown(self, each: FormField, *, before: bool = False) -> str:
        """What a table of changes prints: the answer, `not applicable`, or nothing."""
        if not self.applies(each, before=before):
            return labels.NOT_APPLICABLE
        return self.value(each, before=before) or ""

    def _printed(self) -> Iterator[FormField]:
        companions = {each.companion for each in self.form.fields.values() if each.companion}
        for rubric in self.form.rubrics:
            yield from (each for each in rubric.fields if each.id not in companions)

    def _section(self, rubric: Rubric) -> Section:
        printed = {each.id for each in self._printed()}
        blocks = [self._row(each) for each in rubric.fields if each.id in printed]
        if not rubric.verified:
            blocks.insert(0, Paragraph(labels.RUBRIC_TO_CONFIRM, "small"))
        if rubric.id in self.remarks:
            blocks.append(Paragraph(self.remarks[rubric.id], "small"))
        return Section(rubric.title, tuple(blocks))

    def _row(self, each: FormField) -> Block:
        was = self._was(each)
        if not self.applies(each):
            nothing = self.instead.get(each.id, labels.NOT_APPLICABLE)
            return FieldRow(each.label, nothing, was, unverified=_unverified(each))
        if each.type in TICKED and (each.choices or each.type is AnswerType.YES_NO):
            return self._options(each)
        value = self.value(each)
        return FieldRow(each.label, value, was, self._note(each, value), _unverified(each))

    def _was(self, each: FormField) -> str | None:
        """Former printed answer when it differs from ours, None otherwise."""
        if self.previous is None or each.id in self.unmarked:
            return None
        before = self.shown(each, before=True)
        return before if before != self.shown(each) else None

    def _options(self, each: FormField) -> OptionList:
        ours = _ticked(self._now.answers.get(each.id))
        before = None
        if self._was(each) is not None and self.previous is not None:
            before = _ticked(self._then.answers.get(each.id))
        given = self.value(each)
        return OptionList(
            each.label,
            tuple(
                Option(
                    choice.label if choice.verified else labels.to_verify(choice.label),
                    choice.id in ours,
                    None if before is None else choice.id in before,
                )
                for choice in each.choices or _YES_NO
            ),
            single=each.type is not AnswerType.MULTI,
            note=self._choice_note(each, given),
            answered=given is not None,
        )

    def _choice_note(self, each: FormField, given: str | None) -> str:
        parts = [self._note(each, given)]
        more = self.answers.get(each.companion) if each.companion else None
        was = (self.previous or {}).get(each.companion) if each.companion else None
        if isinstance(was, str) and was != more and self._was(each) is not None:
            parts.insert(0, f"{BEFORE} {was}")
        if isinstance(more, str):
            parts.insert(0, more)
        if given in (labels.UNKNOWN, labels.NONE):
            parts.insert(0, given)
        if _unverified(each):
            parts.append(labels.LABEL_TO_CONFIRM)
        return "\n".join(part for part in parts if part)

    def _note(self, each: FormField, value: str | None) -> str:
        parts = [each.hint, self.notes.get(each.id, "")]
        if value is None and each.needed is Needed.INITIAL:
            parts.append(labels.NEEDED_AT_ONCE)
        if value is not None and len(value) > _READABLE:
            parts.append(labels.long_text(len(value)))
        return "\n".join(part for part in parts if part)


def _unverified(each: FormField) -> bool:
    return each.proof == "unverified"


def _ticked(value: Plain) -> frozenset[str]:
    if isinstance(value, bool):
        return frozenset({"yes" if value else "no"})
    if isinstance(value, list):
        return frozenset(str(item) for item in value)
    return frozenset() if value is None else frozenset({str(value)})
