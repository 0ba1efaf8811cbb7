"""A line of the journal in one sentence: what was done, then what it says."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo

from clinicir.domain.clock import from_wire
from clinicir.texts import labels
from clinicir.texts.encoders import short_instant
from clinicir.texts.screens_journal import SEALED
from clinicir.texts.screens_papers import PAPER_NAMES

_LISTS = {
    "value": labels.FACT_VALUES,
    "subject": {**labels.CNIL_CHOICES, **labels.GRAVITY},
    "paper": PAPER_NAMES,
    "version": labels.VERSIONS,
    "account": labels.ACCOUNT_STATES,
    "address": labels.ADDRESS_STATES,
}


def line_text(
    kind: str, items: Iterable[tuple[str, str, str]], zone: tzinfo | None, *, sealed: bool
) -> str:
    """`Correction : motif..., Premier signe : 12/01/2027 14:10`.

    `items` are (name, value, which list the value is of); an unknown value is shown as it is.
    """
    act = labels.said(labels.ENTRY_KINDS, kind)
    if sealed:
        return labels.labelled(act, SEALED)
    said = " ; ".join(_item(name, value, of, zone) for name, value, of in items)
    return labels.labelled(act, said) if said else act


def _item(name: str, value: str, of: str, zone: tzinfo | None) -> str:
    words = _instant(value, zone) if of == "instant" else labels.said(_LISTS.get(of, {}), value)
    if not name:
        return words
    known = {**labels.DETAILS, **labels.INSTANTS, **labels.SUBJECTS}
    return labels.labelled(known.get(name, name), words)


def _instant(value: str, zone: tzinfo | None) -> str:
    try:
        return short_instant(from_wire(value), zone)
    except ValueError:
        return value
