"""Words of the page of the journal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from clinicir.texts.encoders import long_instant, number, table_instant
from clinicir.texts.labels import FACT_VALUES
from clinicir.texts.typography import plural, spaced

JOURNAL = "Journal"
CANCEL = "Annuler"
JOURNAL_COLUMNS = ("Date et heure", "Qui", "Quoi", "Pièces")
AXIS = "Image des 72 heures"
AXIS_EMPTY = "L’image des 72 heures se dessine dès que l’heure de la découverte est connue."
NOW = "maintenant"
SEARCH = "Rechercher dans le journal"
SHOW = "Afficher"
ALL_MARKS = "Tout"
LEVELS: Mapping[str, str] = MappingProxyType(
    {
        "chain": "L’enchaînement des lignes a été suivi de la première à la dernière.",
        "bodies": "L’enchaînement et le contenu de chaque ligne ont été vérifiés.",
    }
)
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
CORRECT = "Corriger…"
CORRECT_TITLE = "Corriger une heure ou une réponse"
CORRECT_HELP = "Pour corriger une note, choisissez d’abord sa ligne dans le journal."
CORRECT_NOTE = "Corriger cette note"
NOTE_BEFORE = "La note d’origine restera lisible :"
WHICH = "Que faut-il corriger ?"
NEW_HOUR = "Nouvelle heure"
NEW_ANSWER = "Nouvelle réponse"
REASON = "Pourquoi corriger ?"
REASON_HELP = "L’ancienne valeur reste lisible dans le journal, avec cette raison."
CORRECT_NOW = "Corriger"
CORRECTED = "Correction écrite. L’ancienne ligne reste au journal."
ANSWER_MISSING = "Donnez la nouvelle réponse."
NOTHING_TO_FIX = "Il n’y a encore ni heure ni réponse à corriger."
DETAILS = "Détails"
PAPER = "Document à imprimer"
TABLE = "Tableau (CSV)…"
CSV_FILTER = "Tableau CSV (*.csv)"
CSV_COLUMNS = ("Ligne", "Date et heure", "Noté le", "Qui", "Quoi", "Pièces", "Corrige la ligne")
EXPORT_TITLE = "Copier le journal hors du coffre ?"
EXPORT_TEXT = "La copie ne sera plus protégée : qui l’ouvre pourra la lire."
EXPORT_YES = "Copier hors du coffre"
EXPORTED = "Journal copié. Cette copie n’est plus protégée par le coffre."
READING = "Lecture du journal…"
VERIFY = "Vérifier le journal"
VERIFYING = "Vérification en cours…"
NO_LINE = "Aucune ligne ne correspond."
SEALED = "Contenu illisible ici."
HOUR_MISSING = "Donnez la date et l’heure."


def instant_choice(name: str, at: datetime) -> str:
    """An instant and its present value."""
    return spaced(f"{name} : {long_instant(at)}")


def fact_choice(label: str, value: str) -> str:
    """A fact and its present answer."""
    return spaced(f"{label} : {FACT_VALUES.get(value, value)}")


def csv_name(number_given: str) -> str:
    """Name offered for the table."""
    return f"journal-{number_given}.csv"


def line_number(n: int) -> str:
    """`Ligne 42`."""
    return f"Ligne {n}"


def corrected_by(n: int) -> str:
    """Said of a line that a later one corrects."""
    return f"Corrigée par la ligne {n}."


def corrected_words(words: str) -> str:
    """The same in the table."""
    return f"(corrigée) {words}"


def verified(objects: int, level: str, head: str, at: datetime) -> str:
    """What was followed, for the person who wants to know."""
    files = f"{number(objects)} {plural(objects, 'fichier')}"
    lines = (
        f"Vérifié le {table_instant(at)}. Coffre : {files}.",
        LEVELS.get(level, level),
        f"Empreinte de la dernière ligne : {head[:16].upper()}…",
    )
    return spaced("\n".join(lines))


def noted_on(at: datetime) -> str:
    """When an event was written down."""
    return f"noté le {table_instant(at)}"


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
