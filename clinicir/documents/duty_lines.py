"""Duties as a table: what, how strongly, until when and why."""

from __future__ import annotations

from collections.abc import Sequence

from clinicir.documents.gravity_page import because
from clinicir.documents.model import Column, Table
from clinicir.domain.case import Case
from clinicir.domain.obligation import Obligation, Unit
from clinicir.texts import labels
from clinicir.texts.encoders import long_instant


def duty_table(case: Case, duties: Sequence[Obligation], when_empty: str) -> Table:
    """One row a duty, in the order given."""
    say = case.knowledge.wording.text
    return Table(
        tuple(
            Column(say(f"obligations.{key}"), width)
            for key, width in (("duty", 1.7), ("level", 1.3), ("until", 1.3), ("because", 1.5))
        ),
        tuple(
            (
                f"{duty.rule.title} ({duty.rule.id})",
                level_of(duty),
                until(case, duty),
                f"{because(case, duty.because)}\n{duty.rule.basis}".strip(),
            )
            for duty in duties
        ),
        when_empty,
    )


def level_of(duty: Obligation) -> str:
    """The level, said to be presumed when nobody confirmed the facts behind it."""
    label = labels.LEVELS[duty.level.name]
    return labels.presumed(label) if duty.presumed else label


def until(case: Case, duty: Obligation) -> str:
    """The limit, the internal target, and where the duty stands."""
    say, zone = case.knowledge.wording.text, case.calendar.zone
    lines = []
    if duty.due_at is not None:
        lines.append(long_instant(duty.due_at, zone))
    elif duty.rule.deadline.unit is Unit.IMMEDIATE:
        lines.append(say("obligations.at_once"))
    elif duty.rule.deadline.unit is Unit.NONE:
        lines.append(say("obligations.no_limit"))
    else:
        lines.append(say("obligations.not_started"))
    if duty.target_at is not None:
        lines.append(f"{long_instant(duty.target_at, zone)} ({labels.INTERNAL_TARGET})")
    state = labels.OBLIGATION_STATES[duty.state]
    if duty.done_at is not None:
        state = f"{state}, {long_instant(duty.done_at, zone)}"
    return "\n".join([*lines, state])
