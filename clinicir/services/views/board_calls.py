"""The four clocks of a case, and whom to call: numbers of the practice, then of the directory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from clinicir.domain.case import Case
from clinicir.domain.clock import in_utc
from clinicir.domain.directory import Contact
from clinicir.domain.duties import obligations
from clinicir.domain.obligation import Level, Obligation, ObligationState, Unit
from clinicir.domain.playbook import FieldType, Step
from clinicir.domain.wording import placeholders

CLOCKS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "cnil": frozenset({"cnil"}),
        "complaint": frozenset({"police"}),
        "health": frozenset({"cert_sante", "ars"}),
        "patients": frozenset({"persons"}),
    }
)
"""The four clocks always shown, and whose duties each one counts (scenarios.md 0)."""

CLOCK_OF_DEADLINE: Mapping[str, str] = MappingProxyType(
    {
        "cnil_72h": "cnil",
        "plainte_72h": "complaint",
        "sante_sans_delai": "health",
        "anssi_sans_delai": "health",
        "patients_delai": "patients",
    }
)
"""Clock of a step whose `deadline` is that of a law."""

_CALLED: Mapping[str, str] = MappingProxyType(
    {
        "call_technician": "it_provider",
        "call_vendor": "software_vendor",
        "call_insurer": "insurer",
        "call_dpo": "dpo",
        "call_health_insurance": "amelipro_pro",
        "help_17cyber": "seventeen_cyber",
        "call_cert": "cert_sante",
        "call_ars": "ars",
    }
)
"""Whom a field of type call is about."""

_ALWAYS = ("it_provider", "dpo", "insurer", "seventeen_cyber")
_OPEN = (ObligationState.OPEN, ObligationState.OVERDUE)


@dataclass(frozen=True)
class ClockView:
    """One of the four clocks; absent from the board when no duty of it applies."""

    key: str
    level: Level
    presumed: bool
    state: ObligationState
    due_at: datetime | None
    target_at: datetime | None
    done_at: datetime | None
    at_once: bool
    """Due without delay: there is no hour to count to."""
    waits_for_origin: bool
    """The law gives an hour, but nobody has said when it starts."""


@dataclass(frozen=True)
class CallView:
    """Somebody to call; what to say depends on `role`."""

    role: str
    """Role of the practice's contact, `dpo`, or id of the directory."""
    name: str
    phone: str
    sure: bool
    """False: an old number, or none that anybody has read."""
    checked_on: date | None
    hours: str
    site: str
    national: bool
    """From the directory, not from the sheet of the practice."""
    for_step: bool
    """The step being done names it."""


def clocks_of(case: Case) -> tuple[ClockView, ...]:
    """The clocks in their fixed order, each one that of its most pressing duty."""
    duties = obligations(case)
    found = []
    for key, authorities in CLOCKS.items():
        mine = [duty for duty in duties if duty.rule.authority in authorities]
        if mine:
            found.append(_clock(key, min(mine, key=_pressing)))
    return tuple(found)


def _pressing(duty: Obligation) -> tuple[bool, bool, float, int]:
    limit = duty.due_at or duty.target_at
    return (
        duty.state not in _OPEN,
        limit is None,
        in_utc(limit).timestamp() if limit else 0.0,
        -duty.level,
    )


def _clock(key: str, duty: Obligation) -> ClockView:
    unit = duty.rule.deadline.unit
    return ClockView(
        key=key,
        level=duty.level,
        presumed=duty.presumed,
        state=duty.state,
        due_at=duty.due_at,
        target_at=duty.target_at,
        done_at=duty.done_at,
        at_once=unit is Unit.IMMEDIATE,
        waits_for_origin=duty.due_at is None and unit not in (Unit.IMMEDIATE, Unit.NONE),
    )


def calls_of(case: Case, step: Step) -> tuple[CallView, ...]:
    """Those whom the step names first, then the four that always help; each one once."""
    named = _named(step)
    roles = dict.fromkeys((*named, *_ALWAYS))
    return tuple(call for role in roles if (call := _call(case, role, role in named)) is not None)


def _named(step: Step) -> tuple[str, ...]:
    wanted = [
        _CALLED[use.spec.id]
        for use in step.fields
        if use.spec.type is FieldType.CALL and use.spec.id in _CALLED
    ]
    return (*wanted, *(contact for contact in contacts_in((*step.do, step.why, step.avoid))))


def contacts_in(texts: Iterable[str]) -> tuple[str, ...]:
    """Ids of the directory that sentences name as `{contact.ID}`."""
    names = (name for text in texts for name in placeholders(text))
    return tuple(
        sorted({name.removeprefix("contact.") for name in names if name.startswith("contact.")})
    )


def _call(case: Case, role: str, for_step: bool) -> CallView | None:
    practice = case.practice
    if role == "dpo":
        person = practice.dpo
        if person is None:
            return None
        name = " ".join(part for part in (person.first_name, person.last_name) if part)
        return _ours(role, name, person.phone, for_step)
    for contact in practice.contacts:
        if contact.role == role:
            return _ours(role, contact.name, contact.phone, for_step)
    found = directory_contact(case, role)
    if found is None:
        return _ours(role, None, None, for_step) if for_step else None
    return CallView(
        role=role,
        name=found.name,
        phone=found.phone if found.confidence != "unverified" else "",
        sure=found.phone_is_sure(case.now.date()),
        checked_on=found.checked_on,
        hours=found.hours,
        site=found.sites[0] if found.sites else "",
        national=True,
        for_step=for_step,
    )


def directory_contact(case: Case, contact: str) -> Contact | None:
    """Entry of the national directory, or the health agency (`ars`) of the practice's region."""
    directory = case.knowledge.directory
    if contact == "ars":
        region = directory.region_of(case.practice.department)
        return region.ars if region else None
    return directory.contacts.get(contact)


def _ours(role: str, name: str | None, phone: str | None, for_step: bool) -> CallView:
    return CallView(role, name or "", phone or "", bool(phone), None, "", "", False, for_step)
