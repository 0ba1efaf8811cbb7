"""An answer of an official form as a person types it online."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from clinicir.domain.clock import from_wire
from clinicir.domain.conditions import UNKNOWN
from clinicir.domain.form import AnswerType, FormField
from clinicir.domain.ids import Plain
from clinicir.texts import labels
from clinicir.texts.encoders import short_day, short_instant


def answer_text(field: FormField, value: Plain) -> str:
    """Words to copy; empty when there is nothing to copy.

    Numbers have no spaces between their digits: an online form may refuse them.
    """
    if value is None or value == "":
        return ""
    if value == UNKNOWN:
        return labels.UNKNOWN
    if value == []:
        return labels.NONE
    match field.type:
        case AnswerType.YES_NO:
            return labels.YES if value in (True, "yes") else labels.NO
        case AnswerType.DATE | AnswerType.DATETIME:
            return _moment(str(value))
        case AnswerType.SINGLE | AnswerType.MULTI:
            words = {each.id: each.label for each in field.choices}
            items = value if isinstance(value, list) else [value]
            return "\n".join(words.get(str(item), str(item)) for item in items)
        case AnswerType.THIRD_PARTIES | AnswerType.OTHER_NOTIFICATIONS:
            rows = value if isinstance(value, list) else []
            return "\n".join(_row(row) for row in rows if isinstance(row, dict))
    return str(value)


def _moment(text: str) -> str:
    try:
        if len(text) == len("2027-01-12"):
            return short_day(date.fromisoformat(text))
        return short_instant(from_wire(text))
    except ValueError:
        return text



def _row(row: Mapping[str, Plain]) -> str:
    who = str(row.get("name") or row.get("who") or "")
    parts = [labels.authority_of(who)]
    if row.get("role"):
        parts[0] = f"{who} ({labels.said(labels.PARTY_ROLES, row['role'])})"
    parts += [str(row[key]) for key in ("siren", "contact", "detail") if row.get(key)]
    for key in ("notified_at", "at"):
        if row.get(key) and row[key] != UNKNOWN:
            parts.append(_moment(str(row[key])))
    if row.get("reference"):
        parts.append(labels.reference(str(row["reference"])))
    return ", ".join(parts)
