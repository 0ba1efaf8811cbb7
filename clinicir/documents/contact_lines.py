"""Who to call, as printed: a number that is old says so, one that nobody read is not printed."""

from __future__ import annotations

from datetime import date

from clinicir.domain.directory import Contact
from clinicir.texts import labels
from clinicir.texts.encoders import short_day


def contact_line(contact: Contact, today: date, *, by_phone: bool = True) -> str:
    """Name, number, hours, mailbox, site, and when this was checked.

    A number read more than 18 months ago is printed "to be confirmed", with its date: at night an
    old number is worth a try, never a certainty (corrections.md 11). One that was not read in a
    source is not printed at all. `by_phone` False for a desk that is reached on line only.
    """
    sure = contact.phone_is_sure(today)
    known = contact.confidence != "unverified"
    parts = [contact.name]
    if by_phone:
        parts.append(contact.phone if sure else _to_confirm(contact))
    if sure and contact.hours:
        parts.append(contact.hours)
    if sure and contact.email:
        parts.append(contact.email)
    if known:
        parts += [site.removeprefix("https://").removesuffix("/") for site in contact.sites]
    if sure and contact.checked_on is not None:
        parts.append(labels.checked_on(short_day(contact.checked_on)))
    return ", ".join(parts)


def _to_confirm(contact: Contact) -> str:
    if not contact.phone or contact.confidence == "unverified" or contact.checked_on is None:
        return labels.PHONE_TO_CONFIRM
    return labels.old_number(contact.phone, short_day(contact.checked_on))
