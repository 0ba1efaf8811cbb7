"""Words of the page of the journal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo
from types import MappingProxyType

from clinicir.texts.encoders import long_instant, number, short_instant
from clinicir.texts.typography import plural, spaced

JOURNAL = "Journal"
CANCEL = "Annuler"
JOURNAL_COLUMNS = ("Date et heure", "Qui", "Quoi", "Pièces")
AXIS = "Image des 72 heures"
AXIS_EMPTY = "L’image des 72 heures se dessine dès que l’heure de la découverte est connue."
MARKS: Mapping[str, str] = MappingProxyType(
    {"fact": "fait", "act": "geste", "paper": "document", "proof": "preuve", "other": "autre"}
)
NOW = "maintenant"
LIMIT = "limite CNIL"
SEARCH = "Rechercher dans le journal"
SHOW = "Afficher"
ALL_MARKS = "Tout"
MARK_FILTERS: Mapping[str, str] = MappingProxyType(
    {
        "fact": "Faits",
        "act": "Gestes",
        "paper": "Documents",
        "proof": "Preuves",
    }
)
NOTE_FACT = "Noter un fait"
WHAT_HAPPENED = "Que s’est-il passé ?"
WHEN_HAPPENED = "Quand était-ce ?"
WHEN_HELP = "L’heure où vous l’écrivez est notée à part."
NOTE = "Noter"
FACT_NOTED = "Fait noté au journal."
FACT_MISSING = "Écrivez ce qui s’est passé."
CORRECT = "Corriger une heure…"
CORRECT_TITLE = "Corriger une heure"
WHICH_INSTANT = "Heure à corriger"
NEW_HOUR = "Nouvelle heure"
REASON = "Pourquoi corriger ?"
REASON_HELP = "L’ancienne heure reste lisible dans le journal, avec cette raison."
CORRECT_NOW = "Corriger"
CORRECTED = "Heure corrigée. L’ancienne reste au journal."
VERIFY = "Vérifier le journal"
VERIFYING = "Vérification en cours…"
NO_LINE = "Aucune ligne ne correspond."
SEALED = "Contenu illisible ici."
HOUR_MISSING = "Donnez la date et l’heure."


def instant_choice(name: str, at: datetime) -> str:
    """An instant and its present value."""
    return spaced(f"{name} : {long_instant(at)}")


def noted_on(at: datetime) -> str:
    """When an event was written down."""
    return f"noté le {short_instant(at)}"


def instant_words(at: datetime, zone: tzinfo | None) -> str:
    """Instant in a table."""
    return short_instant(at, zone)


def intact(entries: int) -> str:
    """The whole chain was followed."""
    return spaced(f"Journal intact : {number(entries)} {plural(entries, 'ligne')} "
                  f"{plural(entries, 'vérifiée')}.")  # fmt: skip


def altered(problems: int) -> str:
    """Something is not as it was written."""
    return spaced(f"Journal modifié : {number(problems)} {plural(problems, 'anomalie')}.")


def hours(count: int) -> str:
    """Label of a tick of the axis."""
    return f"{count} h"
