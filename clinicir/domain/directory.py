"""Who to call: authorities and help desks, each with source, date checked and confidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Contact:
    """One entry of the national directory."""

    id: str
    name: str
    role: str
    phone: str
    hours: str
    email: str
    sites: tuple[str, ...]
    source: tuple[str, ...]
    checked_on: date | None
    confidence: str
    """V, V2 or `unverified`; an unverified value is never printed as a number."""

    def phone_is_sure(self, today: date) -> bool:
        """Printable without `numero a confirmer`: verified less than 18 months ago."""
        if not self.phone or self.confidence == "unverified" or self.checked_on is None:
            return False
        months = (today.year - self.checked_on.year) * 12 + today.month - self.checked_on.month
        return months < 18 or (months == 18 and today.day <= self.checked_on.day)


@dataclass(frozen=True)
class Region:
    """A region: its health agency and its free cyber-help desk."""

    iso: str
    insee: str
    name: str
    departments: tuple[str, ...]
    ars: Contact
    csirt: Contact | None


@dataclass(frozen=True)
class Department:
    """What depends on the department of a practice."""

    code: str
    name: str
    zone: str
    """IANA time zone."""
    holidays: str
    """`national`, `alsace_moselle` or the department whose abolition day is off."""
    health_fund: str
    """Name of the local health-insurance fund: CPAM, CGSS, CSSM..."""
    health_fund_verified: bool = True
    authorities_apply: bool = True
    """False in 986-988: health and amelipro rules are off, a banner says so."""


@dataclass(frozen=True)
class Directory:
    """All contacts."""

    contacts: Mapping[str, Contact]
    regions: tuple[Region, ...]
    departments: Mapping[str, Department]

    def region_of(self, department: str) -> Region | None:
        """Region of a department code such as `54`, `2A`, `974`."""
        return next((r for r in self.regions if department in r.departments), None)
