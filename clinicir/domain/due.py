"""From which instant a duty is counted, and when it is due for a given case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from clinicir.domain.case import Case
from clinicir.domain.clock import in_utc
from clinicir.domain.deadline import due_at
from clinicir.domain.ids import RuleId
from clinicir.domain.notification import Version
from clinicir.domain.obligation import Combine, DeadlineRule


@dataclass(frozen=True)
class Due:
    """The clock of a duty; instants are None while the origin is not known."""

    origin: str
    origin_at: datetime | None
    due_at: datetime | None
    target_at: datetime | None
    """Internal objective, never the law."""


def due_of(case: Case, rule: DeadlineRule) -> Due:
    """Apply a deadline to the instants of a case."""
    found = [(name, at) for name in rule.origins if (at := _origin_at(case, name)) is not None]
    if not found:
        return Due(rule.origins[0] if rule.origins else "", None, None, None)
    if rule.combine is Combine.EARLIEST:
        name, at = min(found, key=lambda pair: in_utc(pair[1]))
    else:
        name, at = found[0]
    limit = due_at(rule, at, case.calendar, _amount(case, rule))
    target = None
    if rule.target_hours:
        target = case.local(in_utc(at) + timedelta(hours=rule.target_hours))
    return Due(name, case.local(at), limit, target)


def _amount(case: Case, rule: DeadlineRule) -> int | None:
    """Figure of the contract when the practice gave it (architecture ruling 17)."""
    if rule.amount_fact == "contract_notice_days":
        return case.practice.contract_notice_days
    return None


def _origin_at(case: Case, name: str) -> datetime | None:
    act, _, what = name.partition(":")
    if not what:
        return case.incident.instants.get(name)
    return _ACTS[act](case, what)


def _filed_at(case: Case, _rule: str) -> datetime | None:
    first = case.incident.filed(Version.INITIAL, Version.COMPLETE)
    return first.at if first else None


def _submitted_at(case: Case, rule: str) -> datetime | None:
    submission = case.incident.submission_of((RuleId(rule),))
    return submission.at if submission else None


_ACTS: dict[str, Callable[[Case, str], datetime | None]] = {
    "filed": _filed_at,
    "submitted": _submitted_at,
}


def is_late(due: Due, now: datetime) -> bool:
    """Strictly after the limit."""
    return due.due_at is not None and in_utc(now) > in_utc(due.due_at)
