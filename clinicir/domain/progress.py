"""Where each step stands: five states, who, when in the world and when in the journal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from clinicir.domain.changes import Changes, Operation
from clinicir.domain.clock import from_wire, to_wire
from clinicir.domain.ids import Plain, PlainMap, StepId


class StepState(StrEnum):
    """States of a step (scenarios.md 2.3 in English)."""

    TODO = "todo"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    NOT_CONCERNED = "not_concerned"
    BLOCKED = "blocked"


@dataclass(frozen=True)
class StepRecord:
    """Latest state of one step; the former ones are in the trail."""

    state: StepState
    recorded_at: datetime
    by: str
    done_at: datetime | None = None
    reason: str = ""
    blocked_on: str = ""
    retry_at: datetime | None = None
    answers: Mapping[str, Plain] | None = None
    """Answers that belong to the step alone; facts and form answers have records of their own."""
    evidence: tuple[str, ...] = ()

    def adds_nothing_to(self, before: StepRecord) -> bool:
        """Same state, and every answer and exhibit is already in the former record."""
        known, given = before.answers or {}, self.answers or {}
        return (
            self.state is before.state
            and all(name in known and known[name] == value for name, value in given.items())
            and set(self.evidence) <= set(before.evidence)
        )

    @classmethod
    def from_plain(cls, plain: PlainMap) -> StepRecord:
        """Reverse of `to_plain`."""
        answers = plain.get("answers")
        evidence = plain.get("evidence")
        return cls(
            StepState(str(plain["state"])),
            from_wire(str(plain["recorded_at"])),
            str(plain["by"]),
            _instant(plain.get("done_at")),
            str(plain.get("reason") or ""),
            str(plain.get("blocked_on") or ""),
            _instant(plain.get("retry_at")),
            answers if isinstance(answers, dict) else None,
            tuple(str(number) for number in evidence) if isinstance(evidence, list) else (),
        )

    def to_plain(self) -> dict[str, Plain]:
        """Record of kind `step`, without the keys that say nothing."""
        plain: dict[str, Plain] = {
            "state": self.state.value,
            "recorded_at": to_wire(self.recorded_at),
            "by": self.by,
            "done_at": to_wire(self.done_at) if self.done_at else None,
            "reason": self.reason,
            "blocked_on": self.blocked_on,
            "retry_at": to_wire(self.retry_at) if self.retry_at else None,
            "answers": dict(self.answers) if self.answers else None,
            "evidence": list(self.evidence),
        }
        return {key: value for key, value in plain.items() if value not in (None, "", [])}


def _instant(plain: Plain) -> datetime | None:
    return from_wire(plain) if isinstance(plain, str) else None


def recorded(
    entry: str,
    step: StepId,
    record: StepRecord,
    before: StepRecord | None,
    also: tuple[Operation, ...] = (),
    note: str = "",
) -> Changes:
    """The step moves: answers and exhibits already attached to it are kept."""
    kept = replace(
        record,
        answers={**((before and before.answers) or {}), **(record.answers or {})},
        evidence=tuple(dict.fromkeys((*(before.evidence if before else ()), *record.evidence))),
    )
    detail: dict[str, Plain] = {"step": step, "state": record.state.value}
    if note:
        detail["note"] = note
    if record.reason:
        detail["reason"] = record.reason
    return Changes(entry, (Operation("step", step, kept.to_plain()), *also), detail)
