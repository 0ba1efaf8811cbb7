"""Answers of an official form: their shapes, what is still missing, which dates disagree.

`unknown` is always an answer (I do not know yet) and `[]` says none; only absence is a gap.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from clinicir.domain.clock import from_wire, in_utc, to_wire
from clinicir.domain.conditions import UNKNOWN, Known, Truth
from clinicir.domain.errors import UserError
from clinicir.domain.facts import as_value
from clinicir.domain.form import AnswerType, Form, FormField, Needed
from clinicir.domain.ids import Plain
from clinicir.domain.length import LINE_LIMIT, TEXT_LIMIT
from clinicir.domain.notification import Version

COUNT_LIMIT = 10**9
LIST_LIMIT = 200
YEARS = range(1900, 2200)

Answers = Mapping[str, Plain]


def check_answers(form: Form, answers: Answers) -> dict[str, Plain]:
    """Every answer in its recorded shape.

    UserError `cnil.unknown` (no such field), `fact.derived` (the program fills it),
    `cnil.bad_value` or `text.too_long`.
    """
    fields = form.fields
    checked: dict[str, Plain] = {}
    for slug, value in answers.items():
        if slug not in fields:
            raise UserError("cnil.unknown", slug=slug[:80])
        if fields[slug].derived:
            raise UserError("fact.derived", fact=slug)
        checked[slug] = check_answer(fields[slug], value)
    return checked


def check_answer(field: FormField, value: Plain) -> Plain:
    """One answer in its recorded shape: `yes_no` becomes a boolean, instants ISO 8601 with offset,
    a lone word a list where several are allowed, in the order of the official list.

    UserError `cnil.bad_value` or `text.too_long`.
    """
    if value == UNKNOWN:
        return UNKNOWN
    return _CHECKS[field.type](field, value)


def _refused(field: FormField, value: object) -> UserError:
    return UserError("cnil.bad_value", slug=field.id, value=str(value)[:80])


def _text(field: FormField, value: Plain, limit: int, *, lines: bool) -> str:
    if not isinstance(value, str):
        raise _refused(field, value)
    kept = "".join(_visible(char, lines=lines) for char in value.replace("\r\n", "\n")).strip()
    if len(kept) > limit:
        raise UserError("text.too_long", field=field.id, limit=limit, length=len(kept))
    if any("\ud800" <= char <= "\udfff" for char in kept):
        raise _refused(field, "surrogate")
    return kept


def _visible(char: str, *, lines: bool) -> str:
    if char in "\r\n\v\f\u2028\u2029":
        return "\n" if lines else " "
    return " " if char < " " or char == "\x7f" else char


def _line(field: FormField, value: Plain) -> Plain:
    return _text(field, value, LINE_LIMIT, lines=False)


def _long_text(field: FormField, value: Plain) -> Plain:
    return _text(field, value, TEXT_LIMIT, lines=True)


def _yes_no(field: FormField, value: Plain) -> Plain:
    if isinstance(value, bool):
        return value
    if value in ("yes", "no"):
        return value == "yes"
    raise _refused(field, value)


def _single(field: FormField, value: Plain) -> Plain:
    if isinstance(value, str) and value in _slugs(field):
        return value
    raise _refused(field, value)


def _multi(field: FormField, value: Plain) -> Plain:
    chosen = value if isinstance(value, list) else [value]
    known = _slugs(field)
    for word in chosen:
        if not isinstance(word, str) or word not in known:
            raise _refused(field, word)
    return [word for word in known if word in chosen]


def _slugs(field: FormField) -> tuple[str, ...]:
    return tuple(choice.id for choice in field.choices)


def _number(field: FormField, value: Plain) -> Plain:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= COUNT_LIMIT:
        raise _refused(field, value)
    return value


def _date(field: FormField, value: Plain) -> Plain:
    try:
        day = date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise _refused(field, value) from None
    if day.year not in YEARS:
        raise _refused(field, value)
    return day.isoformat()


def _datetime(field: FormField, value: Plain) -> Plain:
    try:
        instant = from_wire(value if isinstance(value, str) else "")
    except ValueError:
        raise _refused(field, value) from None
    if instant.year not in YEARS:
        raise _refused(field, value)
    return to_wire(instant)


def _date_or_datetime(field: FormField, value: Plain) -> Plain:
    if isinstance(value, str) and len(value) == len("2027-01-12"):
        return _date(field, value)
    return _datetime(field, value)


Check = Callable[[FormField, Plain], Plain]

_THIRD_PARTY: Mapping[str, tuple[bool, Check]] = {
    "role": (True, _single),
    "name": (True, _line),
    "siren": (False, _line),
    "contact": (False, _line),
    "detail": (False, _long_text),
    "notified_at": (False, _date_or_datetime),
}
_OTHER_NOTIFICATION: Mapping[str, tuple[bool, Check]] = {
    "who": (True, _line),
    "at": (False, _date_or_datetime),
    "reference": (False, _line),
}


def _rows(shape: Mapping[str, tuple[bool, Check]]) -> Check:
    def check(field: FormField, value: Plain) -> Plain:
        if not isinstance(value, list) or len(value) > LIST_LIMIT:
            raise _refused(field, value)
        return [_row(field, row, shape) for row in value]

    return check


def _row(field: FormField, row: Plain, shape: Mapping[str, tuple[bool, Check]]) -> Plain:
    if not isinstance(row, dict) or row.keys() - shape.keys():
        raise _refused(field, row)
    checked: dict[str, Plain] = {}
    for key, (needed, check) in shape.items():
        value = row.get(key)
        if value in (None, ""):
            if needed:
                raise _refused(field, key)
            continue
        checked[key] = UNKNOWN if value == UNKNOWN and not needed else check(field, value)
    return checked


_CHECKS: Mapping[AnswerType, Check] = {
    AnswerType.TEXT: _line,
    AnswerType.LONG_TEXT: _long_text,
    AnswerType.YES_NO: _yes_no,
    AnswerType.SINGLE: _single,
    AnswerType.MULTI: _multi,
    AnswerType.NUMBER: _number,
    AnswerType.DATE: _date,
    AnswerType.DATETIME: _datetime,
    AnswerType.THIRD_PARTIES: _rows(_THIRD_PARTY),
    AnswerType.OTHER_NOTIFICATIONS: _rows(_OTHER_NOTIFICATION),
}


# ---------------------------------------------------------------- what applies, what is missing


@dataclass(frozen=True)
class AnswerLookup:
    """What the conditions of a form may ask: answers by slug, then words of the context."""

    answers: Answers
    context: Mapping[str, str] = field(default_factory=dict)
    """`late` (yes, no), `processor_origin`..."""

    def fact(self, name: str) -> Known:
        if name in self.answers:
            return Known(as_value(self.answers[name]))
        if name in self.context:
            return Known(self.context[name])
        return Known(UNKNOWN, given=False)

    def submitted(self, rule: str) -> bool:
        raise KeyError(rule)


def implied(answers: Answers) -> dict[str, Plain]:
    """The answers with those that follow from others: a list of bodies says whether there are."""
    known = dict(answers)
    bodies = known.get("tiers")
    if "tiers.oui" not in known and isinstance(bodies, list):
        known["tiers.oui"] = bool(bodies)
    return known


def applies(field: FormField, lookup: AnswerLookup) -> Truth:
    """TRUE: asked for sure; UNKNOWN: shown, since another answer is awaited; FALSE: hidden."""
    return field.when(lookup).truth if field.when else Truth.TRUE


def missing(
    form: Form, answers: Answers, version: Version, context: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """Ids of the fields that this version needs and that have no answer, in the order of the form.

    An initial notification needs the fields marked I, and `unknown` answers all of them. The other
    versions need those marked C too, and refuse an unknown count (cnil.md 1.5, line 9).
    """
    levels = {Needed.INITIAL}
    if version is not Version.INITIAL:
        levels.add(Needed.COMPLETE)
    known = implied(answers)
    return tuple(
        item.id
        for item in _asked(form, known, context, {Truth.TRUE})
        if item.needed in levels and _is_gap(item, known.get(item.id), version)
    )


def unanswered(
    form: Form, answers: Answers, context: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """Every field that applies or may apply and has no answer at all, optional ones included."""
    known = implied(answers)
    shown = {Truth.TRUE, Truth.UNKNOWN}
    return tuple(
        item.id for item in _asked(form, known, context, shown) if _is_empty(known.get(item.id))
    )


def _asked(
    form: Form, known: Answers, context: Mapping[str, str] | None, truths: set[Truth]
) -> Iterator[FormField]:
    lookup = AnswerLookup(known, context or {"late": "no"})
    for item in form.fields.values():
        if applies(item, lookup) in truths:
            yield item


def _is_empty(value: Plain) -> bool:
    return value is None or value == ""


def _is_gap(item: FormField, value: Plain, version: Version) -> bool:
    if value == UNKNOWN:
        return item.type is AnswerType.NUMBER and version is not Version.INITIAL
    return _is_empty(value)


# ---------------------------------------------------------------- dates that disagree


@dataclass(frozen=True)
class DateConflict:
    """`earlier` should not come after `later`; `now` is the instant of looking."""

    earlier: str
    later: str

    def __str__(self) -> str:
        return f"{self.earlier}/{self.later}"


_ORDERED = (
    ("dates.debut", "dates.fin"),
    ("dates.debut", "dates.connaissance"),
    ("dates.debut", "now"),
    ("dates.connaissance", "now"),
    ("dates.fin", "now"),
)


def inconsistencies(answers: Answers, now: datetime) -> tuple[DateConflict, ...]:
    """Dates in the wrong order, and an end given to what is said to go on."""
    instants = {slug: at for slug in answers if (at := _instant(answers[slug])) is not None}
    instants["now"] = in_utc(now)
    found = [
        DateConflict(earlier, later)
        for earlier, later in _ORDERED
        if earlier in instants and later in instants and instants[earlier] > instants[later]
    ]
    if answers.get("dates.en_cours") is True and "dates.fin" in instants:
        found.append(DateConflict("dates.fin", "dates.en_cours"))
    return tuple(found)


def _instant(value: Plain) -> datetime | None:
    try:
        return in_utc(from_wire(value)) if isinstance(value, str) else None
    except ValueError:
        return None
