"""Who has the breach: the practice, its people and its establishments."""

from __future__ import annotations

import re
from dataclasses import dataclass

from clinicir.domain.address import check_address
from clinicir.domain.errors import UserError
from clinicir.domain.ids import Plain, PlainMap
from clinicir.domain.reading import Record, line_of, without_blanks

TYPES: tuple[str, ...] = (
    "CAB_SOLO", "CAB_GROUPE", "MSP", "CDS", "PHARMACIE", "LBM", "IMAGERIE", "RADIOTHERAPIE",
    "ES_PRIVE", "ES_PUBLIC", "ESMS",
)
"""Establishment types of the table of duties (authorities.md 7.1)."""

ROLES: tuple[str, ...] = (
    "it_provider", "software_vendor", "host", "insurer", "bank", "lawyer", "police", "order",
    "other",
)
"""What an outside contact is to the practice."""

_DEPARTMENT = re.compile(r"(?:0[1-9]|[13-8][0-9]|2[1-9AB]|9[0-5]|97[1-8]|98[46789])\Z")
_GROUP = 2
"""From two establishments on, duties are worked out for each of them."""


@dataclass(frozen=True)
class PostalAddress:
    """Postal address as the CNIL form splits it."""

    street: str | None = None
    postcode: str | None = None
    city: str | None = None
    country: str | None = None

    def to_plain(self) -> dict[str, Plain]:
        """Record without the unknown parts."""
        return without_blanks(dict(vars(self)))

    @classmethod
    def from_plain(cls, plain: Plain, path: str) -> PostalAddress:
        """Strict reverse of `to_plain`."""
        record = Record(plain, path)
        address = cls(**{key: record.text(key) for key in cls.__dataclass_fields__})
        record.done()
        return address


@dataclass(frozen=True)
class Person:
    """Legal head, person to contact, or data-protection officer."""

    civility: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    function: str | None = None
    email: str | None = None
    phone: str | None = None

    def to_plain(self) -> dict[str, Plain]:
        """Record without the unknown parts."""
        return without_blanks(dict(vars(self)))

    @classmethod
    def from_plain(cls, plain: Plain, path: str) -> Person:
        """Strict reverse of `to_plain`."""
        record = Record(plain, path)
        person = cls(**{key: record.text(key) for key in cls.__dataclass_fields__})
        record.done()
        return person


@dataclass(frozen=True)
class NamedContact:
    """Someone outside who may have to be called; `role` is one of `ROLES`."""

    role: str
    name: str | None = None
    phone: str | None = None
    email: str | None = None

    def to_plain(self) -> dict[str, Plain]:
        """Record without the unknown parts."""
        return without_blanks(dict(vars(self)))

    @classmethod
    def from_plain(cls, plain: Plain, path: str) -> NamedContact:
        """Strict reverse of `to_plain`."""
        record = Record(plain, path)
        role = record.word("role", ROLES)
        if role is None:
            raise UserError("story.missing_key", key=record.path("role"))
        contact = cls(role, record.text("name"), record.text("phone"), record.text("email"))
        record.done()
        return contact


@dataclass(frozen=True)
class Establishment:
    """One establishment of a group; identifiers are kept as typed, a wrong key is not refused."""

    name: str
    type: str
    department: str | None = None
    """None: that of the practice."""
    siren: str | None = None
    siret: str | None = None
    finess: str | None = None
    address: PostalAddress | None = None

    @property
    def known_siren(self) -> str | None:
        """SIREN in nine signs, taken from the SIRET when only that one is known."""
        return _siren(self.siren, self.siret)

    def to_plain(self) -> dict[str, Plain]:
        """Record without the unknown parts."""
        address = None if self.address is None else self.address.to_plain()
        return without_blanks({**vars(self), "address": address})

    @classmethod
    def from_plain(cls, plain: Plain, path: str) -> Establishment:
        """Strict reverse of `to_plain`; name and type are required."""
        record = Record(plain, path)
        establishment = cls(
            name=record.required("name"),
            type=_type(record),
            department=_department(record),
            siren=record.text("siren"),
            siret=record.text("siret"),
            finess=record.text("finess"),
            address=record.table("address", PostalAddress.from_plain),
        )
        record.done()
        return establishment


@dataclass(frozen=True)
class Controller:
    """Who notifies the CNIL: one per distinct SIREN (architecture.md 10 (19))."""

    siren: str | None
    name: str
    establishments: tuple[Establishment, ...] = ()
    """Empty when the practice is not a group."""


@dataclass(frozen=True)
class Practice:
    """The practice sheet; what is not known is None and prints `A completer`."""

    name: str
    type: str
    department: str
    contact: Person
    siren: str | None = None
    siret: str | None = None
    finess: str | None = None
    rpps: str | None = None
    vat_number: str | None = None
    address: PostalAddress | None = None
    headcount: int | None = None
    effectif_detail: str | None = None
    insurance_cyber: str | None = None
    insurance_other: str | None = None
    ose_or_oiv: str | None = None
    depends_on_obliged: str | None = None
    contract_notice_days: int | None = None
    public_addresses: tuple[str, ...] = ()
    """Addresses or networks in normal form: asking to block them would cut us off."""
    legal_head: Person | None = None
    dpo: Person | None = None
    contacts: tuple[NamedContact, ...] = ()
    establishments: tuple[Establishment, ...] = ()

    @property
    def is_group(self) -> bool:
        """Two establishments or more: the overlay `groupe` is implied."""
        return len(self.establishments) >= _GROUP

    @property
    def concerned(self) -> tuple[tuple[str, str], ...]:
        """(name, type) of what the rules look at: each establishment of a group, else us."""
        if not self.is_group:
            return ((self.name, self.type),)
        return tuple(dict.fromkeys((each.name, each.type) for each in self.establishments))

    @property
    def departments(self) -> tuple[str, ...]:
        """Departments concerned, each once, in the order of the establishments."""
        if not self.is_group:
            return (self.department,)
        return tuple(
            dict.fromkeys(each.department or self.department for each in self.establishments)
        )

    @property
    def known_siren(self) -> str | None:
        """SIREN in nine signs, taken from the SIRET when only that one is known."""
        return _siren(self.siren, self.siret)

    def controllers(self) -> tuple[Controller, ...]:
        """One per distinct SIREN; establishments without one belong to the practice's own."""
        own = self.known_siren
        if not self.is_group:
            return (Controller(own, self.name),)
        by_siren: dict[str | None, list[Establishment]] = {}
        for each in self.establishments:
            by_siren.setdefault(each.known_siren or own, []).append(each)
        return tuple(
            Controller(siren, self.name if siren == own else members[0].name, tuple(members))
            for siren, members in by_siren.items()
        )

    def to_plain(self) -> dict[str, Plain]:
        """The record kept in the trail, in the keys of a story's `[practice]`."""
        parts: dict[str, Plain] = {
            "contact": self.contact.to_plain(),
            "address": None if self.address is None else self.address.to_plain(),
            "legal_head": None if self.legal_head is None else self.legal_head.to_plain(),
            "dpo": None if self.dpo is None else self.dpo.to_plain(),
            "public_addresses": list(self.public_addresses),
            "contacts": [each.to_plain() for each in self.contacts],
            "establishments": [each.to_plain() for each in self.establishments],
        }
        return without_blanks({**vars(self), **parts})

    @classmethod
    def from_plain(cls, plain: Plain | PlainMap, path: str = "practice") -> Practice:
        """Read `[practice]` (story.md): errors `story.*` and `address.*`, each naming its key."""
        record = Record(plain, path)
        practice = cls(
            name=record.required("name"),
            type=_type(record),
            department=_required_department(record),
            contact=_contact(record),
            **{key: record.text(key) for key in _TEXTS},
            **{key: record.answer(key) for key in _ANSWERS},
            address=record.table("address", PostalAddress.from_plain),
            headcount=record.number("headcount", 0, 1_000_000),
            contract_notice_days=record.number("contract_notice_days", 1, 365),
            public_addresses=record.items("public_addresses", _own_address),
            legal_head=record.table("legal_head", Person.from_plain),
            dpo=record.table("dpo", Person.from_plain),
            contacts=record.items("contacts", NamedContact.from_plain),
            establishments=record.items("establishments", Establishment.from_plain),
        )
        record.done()
        return practice


_TEXTS = ("siren", "siret", "finess", "rpps", "vat_number", "effectif_detail")
_ANSWERS = ("insurance_cyber", "insurance_other", "ose_or_oiv", "depends_on_obliged")


def _type(record: Record) -> str:
    value = record.word("type", TYPES)
    if value is None:
        raise UserError("story.missing_key", key=record.path("type"))
    return value


def _department(record: Record) -> str | None:
    value = record.text("department")
    if value is not None and not _DEPARTMENT.match(value):
        raise UserError("story.bad_value", key=record.path("department"), value=value[:80])
    return value


def _required_department(record: Record) -> str:
    value = _department(record)
    if value is None:
        raise UserError("story.missing_key", key=record.path("department"))
    return value


def _contact(record: Record) -> Person:
    person = record.table("contact", Person.from_plain)
    if person is None or person.last_name is None:
        raise UserError("story.missing_key", key=record.path("contact.last_name"))
    return person


def _own_address(plain: Plain, path: str) -> str:
    return check_address(line_of(plain, path))


def _siren(siren: str | None, siret: str | None) -> str | None:
    text = "".join((siren or (siret or "")).split())
    return text[:9] or None
