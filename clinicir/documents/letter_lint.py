"""Does a letter to patients say what it must? Pure checks of its text (cnil.md 5.1).

A letter without a date, consequences, measures or advice was held against a company in January
2026: vague comfort is a failing letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from clinicir.domain.secrecy import find_nir

LEAST_CONSEQUENCES = 2
LEAST_MEASURES = 3
LEAST_ACTIONS = 3
LONGEST_SENTENCE = 18
"""Words; longer sentences are hard to read for somebody who is worried."""

_LINK = re.compile(
    r"https?:|www\.|(?<![@\w.-])[\w-]+(?:\.[\w-]+)*\.(?:fr|com|org|net|eu|info)\b", re.I
)
_WORD = re.compile(r"\w+(?:['\N{RIGHT SINGLE QUOTATION MARK}-]\w+)*")
_SENTENCE = re.compile(r"[.!?;:](?=\s|$)|\n")


@dataclass(frozen=True)
class LetterText:
    """The five blocks of a letter, as they will be read."""

    happened: str
    categories: tuple[str, ...]
    """Categories of the person's own data."""
    consequences: tuple[str, ...]
    measures: tuple[str, ...]
    actions: tuple[str, ...]
    contact: str

    def all(self) -> str:
        """Everything, one block a line."""
        return "\n".join(
            (
                self.happened, *self.categories, *self.consequences, *self.measures,
                *self.actions, self.contact,
            )
        )  # fmt: skip


@dataclass(frozen=True)
class LintWords:
    """Words that a letter must not hold, in lower case; they come from the wordings."""

    jargon: tuple[str, ...]
    minimising: tuple[str, ...]
    vague: tuple[str, ...]
    asking: tuple[str, ...]
    months: tuple[str, ...]
    """Their names, so that a date can be told from any other number."""


def problems_of(letter: LetterText, words: LintWords, *, grave: bool) -> tuple[str, ...]:
    """Ids of what is wrong, in the order of reading; empty for a good letter.

    `grave`: the level of gravity is important or maximal, so that minimising is refused.
    """
    found = [*_blocks(letter, words.months), *_words(letter, words, grave=grave), *_form(letter)]
    return tuple(dict.fromkeys(found))


def _blocks(letter: LetterText, months: tuple[str, ...]) -> Iterator[str]:
    if not letter.happened.strip():
        yield "happened_missing"
    if not is_dated(letter.happened, months):
        yield "event_without_date"
    if not letter.categories:
        yield "categories_missing"
    if len(letter.consequences) < LEAST_CONSEQUENCES:
        yield "too_few_consequences"
    if sum(is_dated(line, months) for line in letter.measures) < LEAST_MEASURES:
        yield "too_few_dated_measures"
    if len(letter.actions) < LEAST_ACTIONS:
        yield "too_few_actions"
    if not letter.contact.strip():
        yield "contact_missing"


def is_dated(text: str, months: tuple[str, ...]) -> bool:
    """True when the text holds a day: `12/01/2027`, `12 janvier`, `1er mars 2027`."""
    named = "|".join(re.escape(month) for month in months)
    day = rf"\b\d{{1,2}}(?:er)?\s(?:{named})\b|\b\d{{1,2}}/\d{{1,2}}/\d{{4}}\b"
    return re.search(day, text, re.I) is not None


def _words(letter: LetterText, words: LintWords, *, grave: bool) -> Iterator[str]:
    text = " ".join(letter.all().casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split())
    if _holds(text, words.jargon):
        yield "jargon"
    if _holds(text, words.vague):
        yield "vague"
    if _holds(text, words.asking):
        yield "asks_for_data"
    if grave and _holds(text, words.minimising):
        yield "minimises"


def _holds(text: str, words: tuple[str, ...]) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) for word in words)


def _form(letter: LetterText) -> Iterator[str]:
    text = letter.all()
    if _LINK.search(text):
        yield "link"
    if find_nir(text):
        yield "patient_number"
    if any(len(_WORD.findall(each)) > LONGEST_SENTENCE for each in _SENTENCE.split(text)):
        yield "long_sentence"
