"""Who writes: the practice as a plaintiff, an insured or the sender of a letter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from clinicir.documents.model import Block, Column, Signature, Table
from clinicir.documents.sheet import Sheet, full_name, same_person
from clinicir.domain.practice import NamedContact, Person, PostalAddress, Practice
from clinicir.texts import labels, printing
from clinicir.texts.encoders import long_day


def identity_rows(sheet: Sheet) -> Iterator[Block]:
    """Name, form, numbers, address, legal head and how to reach the practice."""
    practice = sheet.case.practice
    head = practice.legal_head or practice.contact
    values = {
        "name": practice.name,
        "form": labels.said(labels.PRACTICE_TYPES, practice.type),
        "siret": practice.siret or practice.siren,
        "address": postal(practice.address),
        "legal_head": full_name(head),
        "role": role_of(practice, head),
        "phone": practice.contact.phone,
        "email": practice.contact.email,
    }
    for name, value in values.items():
        label = sheet.case.knowledge.wording.text(f"identite.{name}")
        yield sheet.labelled(name, label, value)
    if practice.is_group:
        yield establishments_table(sheet)


def role_of(practice: Practice, person: Person) -> str | None:
    """Quality of a person, found on the contact sheet when it is the same one."""
    contact = practice.contact
    return person.function or (contact.function if same_person(person, contact) else None)


def establishments_table(sheet: Sheet) -> Table:
    """Each place of a group; a number that is not known is to be completed."""
    say = sheet.case.knowledge.wording.text
    columns = tuple(
        Column(say(f"identite.{key}"), width)
        for key, width in (("establishment", 2.0), ("form", 1.6), ("siret", 1.2), ("city", 1.6))
    )
    rows = tuple(
        (
            each.name,
            labels.said(labels.PRACTICE_TYPES, each.type),
            each.siret or each.siren,
            postal(each.address),
        )
        for each in sheet.case.practice.establishments
    )
    return Table(columns, rows)


def postal(address: PostalAddress | None) -> str | None:
    """On one line; None when nothing is known."""
    if address is None:
        return None
    city = " ".join(filter(None, (address.postcode, address.city)))
    return ", ".join(filter(None, (address.street, city, address.country))) or None


def sender(sheet: Sheet) -> tuple[str, ...]:
    """Head of a letter: what is known of the practice, one item a line."""
    practice = sheet.case.practice
    address = practice.address
    city = " ".join(filter(None, (address.postcode, address.city))) if address else ""
    lines = (
        practice.name,
        address.street if address else f"[{printing.TO_COMPLETE}]",
        city,
        practice.contact.phone,
        practice.contact.email,
    )
    return tuple(line for line in lines if line)


def place_and_date(sheet: Sheet) -> str:
    """`Nancy, le mardi 12 janvier 2027`."""
    address = sheet.case.practice.address
    place = (address.city if address else None) or f"[{printing.TO_COMPLETE}]"
    day = long_day(sheet.case.local(sheet.case.now).date())
    return sheet.case.knowledge.wording.text("identite.place_and_date", place=place, day=day)


def outside_contact(sheet: Sheet, *roles: str) -> NamedContact | None:
    """First contact of the practice with one of these roles, in the order of the roles."""
    contacts = sheet.case.practice.contacts
    return next((each for role in roles for each in contacts if each.role == role), None)


def contact_recipient(sheet: Sheet, contact: NamedContact | None) -> tuple[str, ...]:
    """Window of the envelope: name and mailbox, the rest to be completed by hand."""
    blank = f"[{printing.TO_COMPLETE}]"
    name = sheet.inline("recipient", contact.name if contact else None)
    mailbox = contact.email if contact and contact.email else ""
    address = sheet.case.knowledge.wording.text("identite.postal_address", blank=blank)
    sheet.missing.append(f"{sheet.root}.recipient_address")
    return tuple(line for line in (name, address, mailbox) if line)


def closing_signature(sheet: Sheet) -> Signature:
    """At the foot of a letter."""
    return replace(signature(sheet.case.practice), closes_letter=True)


def signature(practice: Practice) -> Signature:
    """At the foot of a paper: name and quality known, place, date and hand left open."""
    head = practice.legal_head or practice.contact
    return Signature(name=full_name(head) or "", role=role_of(practice, head) or "")
