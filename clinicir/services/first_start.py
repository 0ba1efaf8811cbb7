"""The first minute: a vault that knows just enough to say whom to call."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from clinicir.domain.changes import Changes, Operation
from clinicir.domain.practice import Person, Practice
from clinicir.services import practice as practices
from clinicir.services.ports import OpenContact
from clinicir.services.session import Session

_SHEET, _KEY = "recovery_sheet", "recovery_sheet"
_CALLED_FIRST = ("it_provider", "software_vendor", "insurer")


@dataclass(frozen=True)
class FirstWords:
    """What is asked before anything else; only the department decides something (authorities)."""

    practice: str
    department: str
    person: str


def begin(session: Session, words: FirstWords) -> Changes:
    """Keep a practice sheet that is plainly provisional: the practice page completes it.

    The type is that of most users, a group practice; triage asks again when it decides a duty.
    """
    first, _, last = words.person.strip().rpartition(" ")
    practice = Practice(
        name=words.practice,
        type="CAB_GROUPE",
        department=words.department,
        contact=Person(first_name=first or None, last_name=last),
    )
    return practices.save(session, practice, words.person)


def confirm_sheet(session: Session, by: str) -> Changes:
    """The recovery sheet was put away, and two groups were copied back from it."""
    record = Operation(_SHEET, _KEY, {"checked": True, "by": by})
    return session.commit(None, Changes("key.sheet_checked", (record,)), by)


def forget_sheet(session: Session, by: str) -> Changes:
    """A new code was drawn: the sheet in the drawer opens nothing any more."""
    record = Operation(_SHEET, _KEY, {"checked": False, "by": by})
    return session.commit(None, Changes("key.rotate", (record,)), by)


def sheet_is_checked(session: Session) -> bool:
    """False until `confirm_sheet`, and again after `forget_sheet`."""
    record = session.store.records(None, _SHEET).get(_KEY, {})
    return record.get("checked") is True


def contacts_to_show(practice: Practice) -> tuple[OpenContact, ...]:
    """Who to call first, in the order of the five gestures; only those with a number."""
    named = [
        OpenContact(each.role, each.name or "", each.phone)
        for role in _CALLED_FIRST
        for each in practice.contacts
        if each.role == role and each.phone
    ]
    dpo = practice.dpo
    if dpo is not None and dpo.phone:
        name = " ".join(filter(None, (dpo.first_name, dpo.last_name)))
        named.append(OpenContact("dpo", name, dpo.phone))
    return tuple(named)


def people_of(practice: Practice) -> tuple[str, ...]:
    """Names of the sheet who may be at the keyboard, each once."""
    people: Iterable[Person | None] = (practice.contact, practice.legal_head, practice.dpo)
    names = (" ".join(filter(None, (p.first_name, p.last_name))) for p in people if p is not None)
    return tuple(dict.fromkeys(name for name in names if name))
