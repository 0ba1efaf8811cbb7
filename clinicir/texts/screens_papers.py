"""Words of the pages of papers, exhibits, journal, and of the copying window."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from clinicir.texts.encoders import clock_time, long_day, number
from clinicir.texts.labels import PAPERS
from clinicir.texts.typography import plural, spaced


def when(at: datetime) -> str:
    """`mardi 24 novembre 2026 à 19 h 40`, on the wall clock that `at` carries."""
    return f"{long_day(at.date())} à {clock_time(at)}"


# --- papers ------------------------------------------------------------------------------------

DOCUMENTS = "Documents"
PAPER_NAMES: Mapping[str, str] = MappingProxyType(
    {
        **PAPERS,
        "cnil": "Notification à la CNIL",
        "lettre": "Lettre aux patients",
        "fiche": "Fiche pour le téléphone",
        "prestataire": "Demande au prestataire",
    }
)
PAPER_PURPOSE: Mapping[str, str] = MappingProxyType(
    {
        "cnil": "À recopier sur le site de la CNIL.",
        "cert_sante": "Pour prévenir le CERT Santé et l’ARS.",
        "plainte": "À apporter à la police ou à la gendarmerie.",
        "lettre": "Le modèle à relire avant tout envoi.",
        "assureur": "Pour chaque contrat qui peut jouer.",
        "prestataire": "Ce qu’il vous doit, par écrit.",
        "point": "Une page pour la personne qui décide.",
        "fiche": "Ce que l’accueil peut dire aux patients.",
        "registre": "Obligatoire, même sans notification.",
        "journal": "Tout ce qui a été fait, avec les heures.",
    }
)
OPEN = "Ouvrir"
ALL_PAPERS = "‹ Tous les documents"
COMPLETE = "Complet"
DOCUMENTS_HELP = spaced(
    "Un document peut toujours être produit, même incomplet. Ce qui manque s’écrit à la main."
)


def open_paper(name: str) -> str:
    """Spoken name of the button of one row."""
    return f"{OPEN} {name}"


def lacking(count: int) -> str:
    """`Il manque 4 réponses`."""
    if count == 0:
        return COMPLETE
    return f"Il manque {number(count)} {plural(count, 'réponse')}"


def due(at: datetime) -> str:
    """`avant mardi 24 novembre 2026 à 19 h 40`."""
    return f"avant {when(at)}"


def overdue(at: datetime) -> str:
    """The limit has passed: it is still worth sending."""
    return f"délai dépassé depuis {when(at)}"


AT_ONCE = "sans délai"
PAPER_STATES: Mapping[str, str] = MappingProxyType(
    {"todo": "À produire", "produced": "Produit", "sent": "Envoyé"}
)


def state_at(word: str, at: datetime | None) -> str:
    """`Produit, mardi 12 janvier 2027 à 17 h 10`."""
    return word if at is None else f"{word}, {when(at)}"


TAB_ANSWERS = "Réponses"
TAB_LACKING = "Ce qui manque"
TAB_PREVIEW = "Aperçu"
TAB_TEXT = "Texte"
NOT_PRODUCED = "Produisez le document pour le voir ici."
PRODUCE = "Produire le document"
PRODUCE_AGAIN = "Produire à nouveau"
PRINT = "Imprimer"
SAVE_PDF = "Enregistrer en PDF…"
SAVE_TABLE = "Enregistrer le tableau…"
PDF_FILTER = "Document PDF (*.pdf)"
ANY_FILTER = "Tous les fichiers (*)"
ASSISTANT = "Assistant de recopie"
MARK_SENT = "Marquer comme envoyé…"
ANSWERS_MOVED = "Des réponses ont changé depuis. Produisez le document à nouveau."
PRODUCED = "Document produit et rangé dans le coffre."
PRINTED = "Document remis à l’imprimante."
NOT_PRINTED = "L’impression n’a pas démarré. Le document est rangé dans le coffre."
SAVED_CLEAR = "PDF enregistré. Cette copie n’est plus protégée par le coffre."
NOTHING_LACKING = "Rien ne manque. Vous pouvez produire le document."
WHERE_TO_ANSWER = (
    "Ces lignes viennent des étapes, de la fiche du cabinet et des réponses à la CNIL. "
    "Vous pouvez aussi les écrire à la main."
)
TO_STEPS = "Aller aux étapes"
WHICH_PAPER = "Document affiché"
PREVIOUS_PAGE = "Page précédente"
NEXT_PAGE = "Page suivante"
PAGE_PICTURE = "Image de la page"


def page_of(page: int, pages: int) -> str:
    """`page 1 sur 3`."""
    return f"page {page} sur {pages}"


# --- answers in place --------------------------------------------------------------------------


def answers_awaited(needed: int, others: int) -> str:
    """What is asked now, and what can wait."""
    if needed == 0 and others == 0:
        return NOTHING_LACKING
    if needed == 0:
        more = plural(others, "autre réponse", "autres réponses")
        return f"L’essentiel y est. {number(others)} {more} {_can(others)} attendre."
    first = f"Il manque {number(needed)} {plural(needed, 'réponse')}."
    if others == 0:
        return first
    return f"{first} {number(others)} {plural(others, 'autre')} {_can(others)} attendre."


def _can(count: int) -> str:
    return "peut" if count < 2 else "peuvent"


def question_of(position: int, total: int, rubric: str) -> str:
    """`Réponse 3 sur 12 · Données concernées`."""
    return f"Réponse {number(position)} sur {number(total)} · {rubric}"


CAN_WAIT = "Cette réponse peut attendre."
DO_NOT_KNOW = "Je ne sais pas"
NEXT_LACKING = "Réponse suivante (F8)"
PREVIOUS_LACKING = "Précédente"
NOTED = "Réponse enregistrée."
FROM_PRACTICE = "Cette réponse vient de la fiche du cabinet."
TO_PRACTICE = "Ouvrir la fiche du cabinet"
FILLED_LATER = "Le programme remplira cette réponse quand l’envoi initial aura son numéro."
BODIES_HELP = "Un organisme par ligne."
NO_BODY = "Aucun organisme"
BODY_ROLE = "Rôle de ces organismes"

# --- sent --------------------------------------------------------------------------------------

SENT_TITLE = "Marquer comme envoyé"
WHICH_ACT = "Démarche faite"
WHICH_VERSION = "Type d’envoi"
REFERENCE = "Numéro donné par le destinataire"
REFERENCE_HELP = "Il figure sur l’écran de fin ou sur l’accusé. Vous pouvez l’ajouter au dossier."
RECEIPT = "Accusé, parmi les preuves"
RECEIPT_HELP = "Ajoutez d’abord l’accusé dans les preuves, puis choisissez-le ici."
NO_RECEIPT = "Pas encore d’accusé"
NOTE_SENT = "Noter l’envoi"
CANCEL = "Annuler"
SENT_NOTED = "Envoi noté au journal."
SENT_FREEZES = "Les réponses de cet envoi seront gardées telles quelles."


def sent_now(at: datetime) -> str:
    """The hour that the entry will carry."""
    return spaced(f"Heure de l’envoi : maintenant, {when(at)}.")


# --- copying window ----------------------------------------------------------------------------

COPY_AND_NEXT = "Copier et suivant"
COPY_PREVIOUS = "Précédent"
COPY_NEXT = "Passer"
COPY_PASS = "Champ suivant"
COPY_EMPTY = "Pas de réponse. Laissez ce champ vide."
COPY_END = "Tous les champs sont passés."
COPY_AGAIN = "Recommencer"


def copy_position(position: int, total: int) -> str:
    """`CNIL · champ 7 sur 31`."""
    return f"CNIL · champ {position} sur {total}"


def copied_so_far(count: int) -> str:
    """`Déjà recopiés : 6`."""
    return spaced(f"Déjà recopiés : {count}")
