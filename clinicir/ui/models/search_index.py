"""What is searched, folded once: without accents, without capitals, found in milliseconds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from clinicir.domain.ids import IncidentId
from clinicir.services.views.documents import KINDS
from clinicir.services.views.search import CaseMaterial, Material
from clinicir.texts import screens_search as say
from clinicir.texts.encoders import table_instant
from clinicir.texts.screens_papers import PAPER_NAMES, PAPER_PURPOSE
from clinicir.ui.desk import Place
from clinicir.ui.models.folding import fold, fold_sign
from clinicir.ui.models.journal import words_of

GROUPS = ("incident", "step", "evidence", "paper", "journal")
"""Families of results, in the order of the list."""
_DETAILED = ("incident", "journal")
"""Families whose detail is their own; that of the others is the name of the whole incident."""
SHOWN = 8
"""Results of one family before the person asks for all of them."""


@dataclass(frozen=True)
class Hit:
    """Something found: what it is, and where it opens."""

    group: str
    title: str
    detail: str
    place: Place


@dataclass(frozen=True)
class Found:
    """Results of one family; `total` may be more than what is listed."""

    group: str
    hits: tuple[Hit, ...]
    total: int


@dataclass(frozen=True)
class Index:
    """Every hit beside its folded text."""

    position: int
    entries: tuple[tuple[str, Hit], ...]

    def find(
        self, query: str, first: IncidentId | None = None, whole: str = ""
    ) -> tuple[Found, ...]:
        """Hits that hold every word of the query; those of the incident `first` come before.

        `whole` is a family to list to its end.
        """
        words = fold(query).split()
        if not words:
            return ()
        found: dict[str, list[Hit]] = {group: [] for group in GROUPS}
        for text, hit in self.entries:
            if all(word in text for word in words):
                found[hit.group].append(hit)
        results = []
        for group, hits in found.items():
            if hits:
                here = sorted(hits, key=lambda hit: hit.place.incident != first)
                shown = here if group == whole else here[:SHOWN]
                results.append(Found(group, tuple(shown), len(hits)))
        return tuple(results)


def build(material: Material) -> Index:
    """Put the words of the screen on everything, once."""
    entries = [
        (fold(f"{hit.title} {hit.detail if hit.group in _DETAILED else ''} {more}"), hit)
        for case in material.cases
        for hit, more in _of(case)
    ]
    return Index(material.position, tuple(entries))


def _of(case: CaseMaterial) -> Iterator[tuple[Hit, str]]:
    """Hits of one incident, each with words that find it without being shown."""
    incident, where = case.incident, say.case(case.number, case.title)
    page = "closing" if case.closed else "steps"
    state = say.state(case.closed)
    yield Hit("incident", case.title, say.file(case.number, state), Place(page, incident)), ""
    for name, step in case.steps:
        told = " ".join((*step.do, step.why, step.avoid, name))
        yield Hit("step", step.title, where, Place("steps", incident, name)), told
    for row in case.evidence:
        title = say.exhibit(row.number, row.title)
        more = f"{row.name} {row.source} {row.by} {row.step} {row.sha256}"
        yield Hit("evidence", title, where, Place("evidence", incident, row.number)), more
    for kind in KINDS:
        hit = Hit("paper", PAPER_NAMES[kind], where, Place("documents", incident, kind))
        yield hit, PAPER_PURPOSE.get(kind, "")
    for line in reversed(case.lines):
        told_at = say.line(table_instant(line.happened_at), line.by, case.number)
        hit = Hit("journal", words_of(line), told_at, Place("journal", incident, str(line.n)))
        yield hit, " ".join(line.pieces)


def spans(text: str, query: str) -> list[tuple[int, int]]:
    """Where the words of the query stand in a text: (start, length), in its own signs."""
    folded, origin = "", []
    for n, sign in enumerate(text):
        part = fold_sign(sign)
        folded += part
        origin += [n] * len(part)
    found = []
    for word in dict.fromkeys(fold(query).split()):
        start = folded.find(word)
        while start >= 0:
            first, last = origin[start], origin[start + len(word) - 1]
            found.append((first, last - first + 1))
            start = folded.find(word, start + len(word))
    return sorted(found)
