"""A triage left half way, kept outside any incident: a lock or a fall of the program loses none."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from clinicir.domain.clock import from_wire, to_wire
from clinicir.domain.ids import Plain
from clinicir.services.session import Session
from clinicir.services.triage import Answers, Headcount, Structure
from clinicir.ui.models import drafts
from clinicir.ui.models.drafts import Draft
from clinicir.ui.triage_walk import Answer, TriageWalk

_SECTION = "triage"
_SCREEN = "screen"


def load(session: Session) -> Draft:
    """What was answered before the recap was accepted; empty when nothing was."""
    return drafts.load(session, None, _SECTION)


def save(session: Session, draft: Draft) -> None:
    """Keep it, or forget it when empty."""
    drafts.save(session, None, _SECTION, draft)


def draft_of(walk: TriageWalk, typed: Answer | None = None) -> Draft:
    """The answers, that of the screen too when it is given and not yet accepted."""
    answers = walk.answers if typed is None else walk.with_answer(typed)
    if answers == Answers():
        return {}
    kept = {each.name: _plain(getattr(answers, each.name)) for each in fields(answers)}
    return {_SCREEN: walk.screen, **{name: value for name, value in kept.items() if value}}


def resume(walk: TriageWalk, draft: Draft) -> None:
    """Stand where the triage was left; what no longer fits is asked again."""
    known = {each.name for each in fields(Answers)}
    found: dict[str, Any] = {
        name: _value(name, plain) for name, plain in draft.items() if name in known
    }
    if found.get("scenario") in {str(scenario.id) for scenario in walk.scenarios}:
        walk.take_up(Answers(**found), str(draft.get(_SCREEN)))


def _plain(value: object) -> Plain:
    if isinstance(value, datetime):
        return to_wire(value)
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, Headcount | Structure):
        return asdict(value)
    return value if isinstance(value, str) else None


def _value(name: str, plain: Plain) -> object:
    if isinstance(plain, list):
        return frozenset(str(item) for item in plain)
    if isinstance(plain, dict):
        table: dict[str, Any] = dict(plain)
        return Headcount(**table) if name == "persons" else Structure(**table)
    if name == "learned" and isinstance(plain, str):
        try:
            return from_wire(plain)
        except ValueError:
            return plain
    return plain
