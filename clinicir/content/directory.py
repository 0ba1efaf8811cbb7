"""National directory, regions and departments: `authorities.toml` and `regions.toml`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

import msgspec

from clinicir.content.toml_reader import read_table, read_toml
from clinicir.domain.directory import Contact, Department, Directory, Region
from clinicir.domain.errors import UserError

NATIONAL_FILE = "authorities.toml"
REGIONS_FILE = "regions.toml"

_PARIS = "Europe/Paris"


class _Contact(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    role: str
    source: list[str]
    confidence: Literal["V", "V2", "unverified"]
    phone: str = ""
    hours: str = ""
    email: str = ""
    sites: list[str] = []
    checked_on: date | None = None


class _Region(msgspec.Struct, forbid_unknown_fields=True):
    iso: str
    insee: str
    name: str
    ars: _Contact
    csirt: _Contact | None = None


class _Department(msgspec.Struct, forbid_unknown_fields=True):
    code: str
    name: str
    region: str = ""
    zone: str = _PARIS
    holidays: str = "national"
    health_fund: str = "CPAM"
    health_fund_verified: bool = True
    authorities_apply: bool = True


class _Regions(msgspec.Struct, forbid_unknown_fields=True):
    format: Literal[1]
    department: list[_Department]
    region: list[_Region]


def load_directory(root: Path) -> Directory:
    """All contacts, from the `checklists` folder; UserError `content.*` naming file and key.

    An unverified entry that carries a number or an e-mail is refused: it would end up printed.
    """
    national = read_table(root / NATIONAL_FILE, _Contact)
    file = read_toml(root / REGIONS_FILE, _Regions)
    _check_departments(file)
    contacts = {key: _contact(key, raw, NATIONAL_FILE) for key, raw in national.items()}
    regions = tuple(_region(raw, file.department) for raw in file.region)
    return Directory(
        contacts=contacts,
        regions=regions,
        departments={raw.code: _department(raw) for raw in file.department},
    )


def _contact(key: str, raw: _Contact, file: str) -> Contact:
    if raw.confidence == "unverified" and (raw.phone or raw.email):
        raise UserError(
            "content.bad_value", file=file, key=f"{key}.confidence",
            problem="an unverified entry carries no number and no e-mail",
        )
    if not raw.source:
        raise UserError("content.missing_key", file=file, key=f"{key}.source")
    return Contact(
        id=key,
        name=raw.name,
        role=raw.role,
        phone=raw.phone,
        hours=raw.hours,
        email=raw.email,
        sites=tuple(raw.sites),
        source=tuple(raw.source),
        checked_on=raw.checked_on,
        confidence=raw.confidence,
    )


def _region(raw: _Region, departments: list[_Department]) -> Region:
    return Region(
        iso=raw.iso,
        insee=raw.insee,
        name=raw.name,
        departments=tuple(each.code for each in departments if each.region == raw.iso),
        ars=_contact(f"ars.{raw.iso}", raw.ars, REGIONS_FILE),
        csirt=_contact(f"csirt.{raw.iso}", raw.csirt, REGIONS_FILE) if raw.csirt else None,
    )


def _department(raw: _Department) -> Department:
    return Department(
        code=raw.code,
        name=raw.name,
        zone=raw.zone,
        holidays=raw.holidays,
        health_fund=raw.health_fund,
        health_fund_verified=raw.health_fund_verified,
        authorities_apply=raw.authorities_apply,
    )


def _check_departments(file: _Regions) -> None:
    known = {region.iso for region in file.region}
    codes = [department.code for department in file.department]
    for department in file.department:
        if codes.count(department.code) > 1:
            raise UserError(
                "content.bad_value", file=REGIONS_FILE, key=department.code, problem="twice"
            )
        if department.region not in known and (department.region or department.authorities_apply):
            raise UserError(
                "content.unknown_reference", file=REGIONS_FILE, key=f"{department.code}.region",
                name=department.region,
            )
