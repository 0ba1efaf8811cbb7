"""A paper being written: its sentences, its field rows, and the list of what is still missing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from clinicir.documents.answers import AnswerText
from clinicir.documents.model import Block, Document, FieldRow, Section
from clinicir.domain.case import Case, CaseFile
from clinicir.domain.cnil_answers import answers_of
from clinicir.domain.conditions import UNKNOWN
from clinicir.domain.ids import Plain
from clinicir.domain.practice import Person
from clinicir.texts import printing
from clinicir.texts.encoders import exact_instant, long_instant, short_instant


class Sheet:
    """Sentences come from one table of the wordings, named by `root`."""

    def __init__(self, file: CaseFile, root: str) -> None:
        """`missing` grows as rows without a value are made."""
        self.file = file
        self.case: Case = file.case
        self.root = root
        self.missing: list[str] = []
        self.answers = answers_of(file.case)
        self._zone = file.case.calendar.zone
        self._text = AnswerText(self._zone)

    # --- sentences -----------------------------------------------------------------------------

    def say(self, key: str, **values: str) -> str:
        """A sentence of this paper."""
        return self.case.knowledge.wording.text(f"{self.root}.{key}", **values)

    def lines(self, key: str, **values: str) -> tuple[str, ...]:
        """A list of sentences of this paper."""
        return self.case.knowledge.wording.lines(f"{self.root}.{key}", **values)

    def exact(self, at: datetime) -> str:
        """Seconds and offset, for proofs; the offset may go to the next line of a narrow cell."""
        return exact_instant(at, self._zone).replace("\N{NO-BREAK SPACE}(", " (")

    def short(self, at: datetime) -> str:
        """For tables."""
        return short_instant(at, self._zone)

    def long(self, at: datetime) -> str:
        """For sentences."""
        return long_instant(at, self._zone)

    # --- values --------------------------------------------------------------------------------

    def answer(self, slug: str) -> str | None:
        """Printed answer of the CNIL form; None when nobody answered or does not know yet."""
        value = self.answers.get(slug)
        if value == UNKNOWN:
            return None
        return self._text.of(self.case.knowledge.cnil_form.fields[slug], value)

    def chosen(self, slug: str) -> tuple[str, ...]:
        """Labels of the values chosen in a list of the CNIL form."""
        field = self.case.knowledge.cnil_form.fields[slug]
        chosen = chosen_of(self.answers.get(slug))
        return tuple(each.label for each in field.choices if each.id in chosen)

    def row(self, name: str, value: str | None, note: str = "") -> FieldRow:
        """A row of this paper, its label under `field.`; without a value it counts as missing."""
        return self.labelled(name, self.say(f"field.{name}"), value, note)

    def labelled(self, name: str, label: str, value: str | None, note: str = "") -> FieldRow:
        """A row under any label."""
        return FieldRow(label, self.known(name, value), note=note)

    def known(self, name: str, value: str | None) -> str | None:
        """The value, or None and one more line in the list of what is missing."""
        if value is None or not value.strip():
            self.missing.append(f"{self.root}.{name}")
            return None
        return value

    def inline(self, name: str, value: str | None) -> str:
        """The value inside a sentence, or the words that ask for it."""
        return self.known(name, value) or f"[{printing.TO_COMPLETE}]"

    # --- the whole -----------------------------------------------------------------------------

    def section(self, key: str, blocks: Iterable[Block], *, new_page: bool = False) -> Section:
        """A part under the title `part.` of the wordings."""
        return Section(self.say(f"part.{key}"), tuple(blocks), new_page)

    def document(
        self,
        sections: Iterable[Section],
        variant: str = "",
        *,
        title: str = "",
        subtitle: str = "",
        layout: Literal["paper", "letter"] = "paper",
    ) -> Document:
        """The finished paper; its file is named from kind, variant and case number."""
        case = self.case
        parts = tuple(sections)
        stem = "-".join(part for part in (self.root, variant, case.incident.number) if part)
        return Document(
            kind=self.root,
            title=title or self.say("title"),
            sections=parts,
            practice=case.practice.name,
            case_number=case.incident.number,
            drill=case.drill,
            at=case.local(case.now),
            file_stem=stem.replace("_", "-"),
            subtitle=subtitle,
            variant=variant,
            missing=tuple(dict.fromkeys(self.missing)),
            layout=layout,
        )


def chosen_of(value: Plain) -> frozenset[str]:
    """Slugs of a multiple answer; empty when unknown or absent."""
    return frozenset(str(item) for item in value) if isinstance(value, list) else frozenset()


def same_person(one: Person, other: Person) -> bool:
    """True when both bear the same first and last names."""
    return (one.first_name, one.last_name) == (other.first_name, other.last_name)


def full_name(person: Person | None) -> str | None:
    """Civility, first and last name, as far as they are known."""
    if person is None:
        return None
    return " ".join(filter(None, (person.civility, person.first_name, person.last_name))) or None
