"""Who to call, as printed: a number only when it is sure (corrections.md 11)."""

from __future__ import annotations

from datetime import date

from clinicir.domain.directory import Contact
from clinicir.texts import labels
from clinicir.texts.encoders import short_day


def contact_line(contact: Contact, today: date, *, by_phone: bool = True) -> str:
    """Name, number or `to be confirmed`, hours, mailbox, site, and when this was checked.

    `by_phone` False for a desk that is reached on line only.
    """
    sure = contact.phone_is_sure(today)
    known = contact.confidence != "unverified"
    parts = [contact.name]
    if by_phone:
        parts.append(contact.phone if sure else labels.PHONE_TO_CONFIRM)
    if sure and contact.hours:
        parts.append(contact.hours)
    if sure and contact.email:
        parts.append(contact.email)
    if known:
        parts += [site.removeprefix("https://").removesuffix("/") for site in contact.sites]
    if sure and contact.checked_on is not None:
        parts.append(labels.checked_on(short_day(contact.checked_on)))
    return ", ".join(parts)
