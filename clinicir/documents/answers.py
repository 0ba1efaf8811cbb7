"""How an answer of a form prints."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, tzinfo

from clinicir.domain.clock import from_wire
from clinicir.domain.conditions import UNKNOWN
from clinicir.domain.form import AnswerType, FormField
from clinicir.domain.ids import Plain
from clinicir.texts import labels
from clinicir.texts.encoders import number, short_day, short_instant
from clinicir.texts.labels import said

TICKED = frozenset({AnswerType.SINGLE, AnswerType.MULTI, AnswerType.YES_NO})
"""Answers printed with all their choices."""


@dataclass(frozen=True)
class AnswerText:
    """Prints answers in the time zone of the practice."""

    zone: tzinfo

    def of(self, field: FormField, value: Plain) -> str | None:
        """Text of an answer; None when there is none, which prints as a line to write on."""
        if value is None or value == "":
            return None
        if value == UNKNOWN:
            return labels.UNKNOWN
        if value == []:
            return labels.NONE
        match field.type:
            case AnswerType.THIRD_PARTIES:
                return _numbered(value, self._party)
            case AnswerType.OTHER_NOTIFICATIONS:
                return _numbered(value, self._told)
            case AnswerType.YES_NO:
                return labels.YES if value in (True, "yes") else labels.NO
            case AnswerType.NUMBER if isinstance(value, int):
                return number(value)
            case AnswerType.DATE | AnswerType.DATETIME:
                return self.instant(value)
            case AnswerType.SINGLE | AnswerType.MULTI:
                return _chosen(field, value)
        return str(value)

    def instant(self, value: Plain) -> str:
        """`12/01/2027 17:05` as online forms take it; any other text is shown as it is."""
        text = str(value)
        try:
            return short_instant(from_wire(text), self.zone)
        except ValueError:
            return _day(text)

    def _party(self, row: Mapping[str, Plain]) -> str:
        """Name (role), SIREN, contact, what it does, when it was told."""
        role = said(labels.PARTY_ROLES, row.get("role") or "autre")
        parts = [f"{row.get('name') or labels.UNKNOWN} ({role})"]
        if _known(row, "siren"):
            parts.append(f"SIREN{labels.NBSP}{row['siren']}")
        parts += [str(row[key]) for key in ("contact", "detail") if _known(row, key)]
        if _known(row, "notified_at"):
            parts.append(labels.told_on(self.instant(row["notified_at"])))
        return ", ".join(parts)

    def _told(self, row: Mapping[str, Plain]) -> str:
        parts = [labels.authority_of(str(row.get("who") or labels.UNKNOWN))]
        if _known(row, "at"):
            parts.append(self.instant(row["at"]))
        if _known(row, "reference"):
            parts.append(labels.reference(str(row["reference"])))
        return ", ".join(parts)


def _known(row: Mapping[str, Plain], key: str) -> bool:
    return row.get(key) not in (None, "", UNKNOWN)


def _numbered(value: Plain, line: Callable[[Mapping[str, Plain]], str]) -> str:
    rows = [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
    if len(rows) == 1:
        return line(rows[0])
    return "\n".join(f"{n}. {line(row)}" for n, row in enumerate(rows, start=1))


def _chosen(field: FormField, value: Plain) -> str:
    words = {choice.id: choice.label for choice in field.choices}
    items = value if isinstance(value, list) else [value]
    return " ; ".join(words.get(str(item), str(item)) for item in items)


def _day(text: str) -> str:
    try:
        return short_day(date.fromisoformat(text))
    except ValueError:
        return text
