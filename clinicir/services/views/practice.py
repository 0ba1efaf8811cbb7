"""The practice sheet as a form: flat answers in, a checked sheet out, what is still missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from clinicir.domain.address import check_address
from clinicir.domain.changes import Changes
from clinicir.domain.errors import UserError
from clinicir.domain.ids import Plain
from clinicir.domain.practice import Practice
from clinicir.services import practice as practices
from clinicir.services.session import Session

Row = Mapping[str, Plain]
"""One contact or one establishment."""

GROUPS: Mapping[str, tuple[str, ...]] = {
    "identity": ("name", "type", "siret", "finess", "rpps", "headcount"),
    "place": ("address.street", "address.postcode", "address.city", "department"),
    "legal_head": tuple(
        f"legal_head.{part}" for part in ("first_name", "last_name", "email", "phone")
    ),
    "contact": tuple(
        f"contact.{part}" for part in ("first_name", "last_name", "function", "email", "phone")
    ),
    "dpo": tuple(f"dpo.{part}" for part in ("first_name", "last_name", "email", "phone")),
    "insurance": ("insurance_cyber", "insurance_other", "contract_notice_days"),
    "network": ("public_addresses",),
}
"""Answers of each group, in the order of the page; lists are groups of their own."""

LISTS = ("contacts", "establishments")
_ADDRESSES = "public_addresses"

ESSENTIAL_CONTACTS = ("it_provider", "software_vendor", "insurer")
"""Whom a crisis calls first; the gauge of the contacts counts them."""


@dataclass(frozen=True)
class Sheet:
    """The sheet as typed: dotted keys, and two lists."""

    answers: Mapping[str, Plain] = field(default_factory=dict)
    contacts: tuple[Row, ...] = ()
    establishments: tuple[Row, ...] = ()

    def filled(self, group: str) -> tuple[int, int]:
        """(answered, asked) of a group."""
        if group == "contacts":
            have = {str(row.get("role")) for row in self.contacts if row.get("phone")}
            return len(have.intersection(ESSENTIAL_CONTACTS)), len(ESSENTIAL_CONTACTS)
        keys = GROUPS[group]
        said = (self.answers.get(key) for key in keys)
        return sum(value not in (None, "", "unknown") and value != [] for value in said), len(keys)


@dataclass(frozen=True)
class Kept:
    """What became of a sheet: the sheet as kept, and what could not be."""

    sheet: Sheet
    problems: Mapping[str, str]
    """Code of the error of each answer refused: its former value is kept."""
    saved: bool


def sheet_view(session: Session) -> Sheet:
    """The sheet of the vault; empty when there is none yet."""
    record = session.store.records(None, "practice").get("practice")
    return Sheet() if record is None else _flat(dict(record))


def keep_sheet(session: Session, typed: Sheet, by: str) -> Kept:
    """Save all that is right; an answer that is not keeps its former value and says why.

    Nothing is written when nothing changed, nor while name, type, department or the name of the
    person to contact is missing (each is then among the problems).
    """
    former = sheet_view(session)
    plain, problems = _nested(typed), dict[str, str]()
    _leave_out_bad_addresses(plain, problems)
    before = _nested(former)
    for _ in range(len(typed.answers) + 6 * (len(typed.contacts) + len(typed.establishments)) + 1):
        try:
            practice = Practice.from_plain(plain)
        except UserError as error:
            key = str(error.values.get("key", "")).removeprefix("practice.")
            problems[key] = error.code
            if not key or not _put_back(plain, before, key):
                return Kept(typed, problems, saved=False)
        else:
            return Kept(typed, problems, saved=_save(session, practice, by) is not None)
    return Kept(typed, problems, saved=False)


def _leave_out_bad_addresses(plain: dict[str, Plain], problems: dict[str, str]) -> None:
    """One line that is no public address must not lose the others."""
    typed = plain.get(_ADDRESSES)
    if not isinstance(typed, list):
        return
    right: list[Plain] = []
    for number, address in enumerate(typed):
        try:
            right.append(check_address(str(address)))
        except UserError as error:
            problems[f"{_ADDRESSES}[{number}]"] = error.code
    plain[_ADDRESSES] = list(dict.fromkeys(right))


def _save(session: Session, practice: Practice, by: str) -> Changes | None:
    record = session.store.records(None, "practice").get("practice")
    if record is not None and dict(record) == practice.to_plain():
        return None
    return practices.save(session, practice, by)


def _flat(record: Mapping[str, Plain]) -> Sheet:
    answers: dict[str, Plain] = {}
    for key, value in record.items():
        if isinstance(value, dict):
            answers.update({f"{key}.{inner}": part for inner, part in value.items()})
        elif key not in LISTS:
            answers[key] = value
    return Sheet(answers, _rows(record.get("contacts")), _rows(record.get("establishments")))


def _rows(value: Plain) -> tuple[Row, ...]:
    rows = value if isinstance(value, list) else []
    return tuple(row for row in rows if isinstance(row, dict))


def _nested(sheet: Sheet) -> dict[str, Plain]:
    plain: dict[str, Plain] = {}
    for key, value in sheet.answers.items():
        if value in (None, "", []):
            continue
        head, _, inner = key.partition(".")
        if inner:
            table = plain.setdefault(head, {})
            assert isinstance(table, dict)
            table[inner] = value
        else:
            plain[head] = list(value) if isinstance(value, list) else value
    plain["contacts"] = _said(sheet.contacts, {"role": "other"})
    kind = sheet.answers.get("type")
    plain["establishments"] = _said(sheet.establishments, {"type": kind} if kind else {})
    return plain


def _said(rows: Sequence[Row], usual: Mapping[str, Plain]) -> list[Plain]:
    """Rows of which something besides the choice in the list was said; else the `usual` choice."""
    choices = {"role", "type"}
    kept: list[Plain] = []
    for each in rows:
        said: dict[str, Plain] = {k: v for k, v in each.items() if v not in (None, "")}
        if said.keys() - choices:
            kept.append({**usual, **said})
    return kept


def _put_back(plain: dict[str, Plain], before: Mapping[str, Plain], path: str) -> bool:
    """Give one answer its former value, or none; False when there is nothing to undo."""
    head, _, inner = path.partition(".")
    name, bracket, number = head.partition("[")
    if bracket:
        rows = plain.get(name)
        row = rows[int(number.rstrip("]"))] if isinstance(rows, list) else None
        return isinstance(row, dict) and row.pop(inner, None) is not None
    table = plain.get(head) if inner else plain
    former = before.get(head) if inner else before
    key = inner or head
    if not isinstance(table, dict):
        return False
    wrong = table.pop(key, None)
    old = former.get(key) if isinstance(former, Mapping) else None
    if old is not None and old != wrong:
        table[key] = old
    return wrong is not None
