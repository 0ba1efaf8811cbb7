"""Words of the page of papers: the list, one paper, its answers, its sending."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from types import MappingProxyType

from clinicir.texts.encoders import clock_time, long_day, number
from clinicir.texts.labels import PAPERS
from clinicir.texts.typography import NO_BREAK, plural, spaced


def when(at: datetime) -> str:
    """`mardi 24 novembre 2026 à 19 h 40`, on the wall clock that `at` carries."""
    return f"{long_day(at.date())} à {clock_time(at)}"


def happened(at: datetime) -> str:
    """The same for what was done; at midnight sharp only the day was told."""
    return when(at) if at.time() != time() else long_day(at.date())


# --- papers ------------------------------------------------------------------------------------

DOCUMENTS = "Documents"
PAPER_NAMES: Mapping[str, str] = MappingProxyType(
    {
        **PAPERS,
        "cnil": "Notification à la CNIL",
        "lettre": "Lettre aux patients",
        "fiche": "Fiches pour l’équipe et les patients",
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
        "fiche": "Accueil, affiche, conseils : neuf fiches prêtes.",
        "registre": "Obligatoire, même sans notification.",
        "journal": "Tout ce qui a été fait, avec les heures.",
    }
)
VARIANT_NAMES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "cnil": {
            "initiale": "Première notification",
            "complete": "Notification complète, en une fois",
            "complementaire": "Complément de la première",
        },
        "plainte": {"": "Dossier entier", "bordereau": "Liste des preuves seule"},
        "prestataire": {
            "demande_informations": "Lui poser les questions",
            "conservation_traces": "Lui demander de garder les traces",
            "blocage_adresses": "Faire bloquer des adresses",
            "mise_en_demeure": "Le mettre en demeure de répondre",
        },
        "fiche": {
            "script_accueil": "Réponses de l’accueil",
            "affiche_salle_attente": "Affiche de la salle d’attente",
            "feuille_conseils_patients": "Conseils aux patients",
            "consigne_equipe": "Consigne à l’équipe",
            "message_alerte_contacts": "Message aux correspondants",
            "demande_suppression": "Demande de suppression des données",
            "continuite_soins": "Soigner sans l’informatique",
            "compte_rendu_retex": "Bilan après l’incident",
            "cinq_gestes": "Cinq gestes et numéros",
        },
    }
)
"""What a person chooses between; the ids are those of the printer."""
WHICH_VARIANT = "Modèle"
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


def completeness(done: int, total: int) -> str:
    """`14 réponses sur 18`; empty for a paper that asks for nothing."""
    if total == 0:
        return ""
    return f"{number(done)} {plural(done, 'réponse')} sur {number(total)}"


def side_by_side(parts: Sequence[str]) -> str:
    """`Produit, mardi 12 janvier 2027 · 24 réponses sur 32`: a count is never cut in two."""
    counts = (part.replace(" ", NO_BREAK) if part[:1].isdigit() else part for part in parts)
    return " · ".join(part for part in counts if part)


def variant_name(kind: str, variant: str) -> str:
    """Plain name of a variant, empty when there is none to tell."""
    return VARIANT_NAMES.get(kind, {}).get(variant, "")


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
    return word if at is None else f"{word}, {happened(at)}"


ENDED = "Cet incident est terminé. Ses réponses ne changent plus."
TAB_ANSWERS = "Réponses"
TAB_LACKING = "Ce qui manque"
TAB_PREVIEW = "Aperçu"
TAB_TEXT = "Texte"
TAB_ISSUED = "Déjà produits"
NONE_ISSUED = "Ce document n’a pas encore été produit."
ISSUED_HELP = "Chaque exemplaire reste dans le coffre, tel qu’il a été produit."
NOT_KEPT = "Produit avec une version ancienne : il ne peut pas être rouvert ici."
DO_NOT_SEND = "Exercice : ne pas envoyer."
DO_NOT_SEND_WHY = "Ce document est fictif. Personne ne doit le recevoir."
NOT_PRODUCED = "Produisez le document pour le voir ici."
PRODUCE = "Produire le document"
PRODUCE_AGAIN = "Produire à nouveau"
PRINT = "Imprimer"
SAVE_PDF = "Enregistrer en PDF…"
SAVE_TABLE = "Enregistrer le tableau…"
PDF_FILTER = "Document PDF (*.pdf)"
ANY_FILTER = "Tous les fichiers (*)"
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
LACKING_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "plainte.amounts": "Montants du préjudice",
        "assureur.amounts": "Montants du préjudice",
        "assureur.recipient": "Nom de l’assureur",
        "assureur.recipient_address": "Adresse de l’assureur",
        "prestataire.recipient": "Nom du prestataire",
        "prestataire.recipient_address": "Adresse du prestataire",
        "prestataire.period_start": "Début de la période",
        "prestataire.connection_hours": "Heures des connexions",
        "prestataire.first_request": "Date de la première demande",
        "lettre.hours": "Heures d’ouverture du secrétariat",
        "lettre.categories": "Données concernées",
        "lettre.measures": "Mesures prises",
        "lettre.categories_missing": "Liste complète des données concernées",
        "lettre.too_few_consequences": "Conséquences possibles pour les patients",
        "lettre.too_few_dated_measures": "Mesures prises, avec leurs dates",
        "lettre.known_at": "Date de découverte",
        "lettre.happened_missing": "Ce qui s’est passé",
        "lettre.event_without_date": "Date de l’événement",
        "lettre.too_few_actions": "Conseils aux patients",
        "lettre.contact_missing": "Comment joindre le cabinet",
    }
)
"""What a paper lacks, when no official label says it."""
TO_STEPS = "Aller aux étapes"
WHICH_PAPER = "Document affiché"
PREVIOUS_PAGE = "Page précédente"
NEXT_PAGE = "Page suivante"
PAGE_PICTURE = "Image de la page"


def copies(count: int) -> str:
    """`3 exemplaires`, when there are several."""
    return f"{number(count)} exemplaires" if count > 1 else ""


def issued_count(count: int) -> str:
    """`Déjà produits (3)`."""
    return f"{TAB_ISSUED} ({number(count)})" if count else TAB_ISSUED


def issued_line(number_given: str, name: str) -> str:
    """`D-003 · Première notification`."""
    return f"{number_given} · {name}" if name else number_given


def open_issued(number_given: str) -> str:
    """Spoken name of the button of one copy."""
    return f"{OPEN} {number_given}"


def shown_copy(number_given: str, at: datetime | None) -> str:
    """Which copy is on the screen, and when it was produced."""
    name = f"Exemplaire{NO_BREAK}{number_given}"
    return name if at is None else f"{name}, {when(at)}"


def page_of(page: int, pages: int) -> str:
    """`page 1 sur 3`."""
    return f"page {page} sur {pages}"


# --- answers in place --------------------------------------------------------------------------


def from_practice(alike: int) -> str:
    """Where the answer comes from, and how many come with it: the sheet is filled in once."""
    if alike < 2:
        return FROM_PRACTICE
    return f"{FROM_PRACTICE} Cette fiche donne {number(alike)} des réponses qui manquent."


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


def answered_of(rubric: str, done: int, total: int) -> str:
    """Spoken title of a part of the form: `Données concernées · 3 sur 5`."""
    return f"{rubric} · {number(done)} sur {number(total)}"


def change_answer(label: str) -> str:
    """Spoken name of the button beside an answer."""
    return f"{CHANGE}, {label}"


def current_answer(words: str) -> str:
    """What is recorded, above what replaces it."""
    return spaced(f"Réponse actuelle : {words}")


def question_of(position: int, total: int, rubric: str) -> str:
    """`Réponse 3 sur 12 · Données concernées`."""
    return f"Réponse {number(position)} sur {number(total)} · {rubric}"


CAN_WAIT = "Cette réponse peut attendre."
DO_NOT_KNOW = "Je ne sais pas"
NEXT_LACKING = "Continuer (F8)"
PREVIOUS_LACKING = "Précédente"
NOTED = "Réponse enregistrée."
SEE_ALL = "Voir toutes les réponses"
BACK_TO_QUESTIONS = "Revenir aux questions"
CHANGE = "Modifier"
ANSWER_IT = "Répondre"
ALL_HELP = "Une réponse modifiée reste lisible au journal, avec son ancienne valeur."
NO_ANSWER = "Pas encore de réponse"
FROM_PROGRAM = "Rempli par le programme."
FROM_JOURNAL = "Cette heure se corrige dans le journal, avec une raison."
TO_JOURNAL = "Ouvrir le journal"
DRAFT_BACK = "Vos mots d’avant sont là. Ils seront notés quand vous continuerez."
EXPLAINED: Mapping[str, str] = MappingProxyType(
    {
        "tiers.oui": "Éditeur, hébergeur, Assurance Maladie : dites oui si l’un d’eux est touché.",
        "dates.determinee": "Savez-vous quand cela a commencé et fini, même à peu près ?",
        "dates.debut": "Le premier signe connu. Une heure approximative suffit.",
        "dates.en_cours": "Répondez oui tant que vous n’êtes pas certain de l’arrêt.",
        "dates.fin": "Le moment où l’accès ou la perte a cessé.",
        "dates.circonstances": "Qui a vu quoi, et comment. Deux phrases suffisent.",
        "dates.motifs_retard": "Dites simplement pourquoi l’envoi vient après 72 heures.",
        "viol.origine": "Ce qui est arrivé. Plusieurs réponses sont possibles.",
        "viol.origine_autre": "Quelques mots pour dire ce qui est arrivé.",
        "viol.cause": "Volontaire ou par erreur, du cabinet ou de dehors. « Inconnu » convient.",
        "data.categories": "Cochez ce qui a pu être vu, pris ou perdu. Dans le doute, cochez.",
        "data.autres": "Dites lesquelles, sans aucun exemple réel.",
        "data.nb_enregistrements": "Par exemple le nombre de dossiers ou de lignes. "
        "Un ordre de grandeur suffit.",
        "data.nb_detail": "D’où vient ce nombre.",
        "pers.categories": "Les patients, et peut-être les salariés ou des mineurs.",
        "pers.autres": "Dites quelles autres personnes.",
        "pers.nombre_detail": "D’où vient ce nombre.",
        "cons.confidentialite": "Ce qui peut arriver parce que des données ont été vues.",
        "cons.integrite": "Ce qui peut arriver parce que des données ont été changées.",
        "cons.disponibilite": "Ce qui peut arriver parce que des données manquent.",
        "cons.autre": "Quelques mots suffisent.",
        "impact.texte": "Ce que les personnes risquent, en une ou deux phrases.",
        "impact.gravite": "Pour les personnes, pas pour le cabinet. "
        "L’étape d’évaluation vous aide à choisir.",
        "impact.justification": "Pourquoi ce niveau, en une phrase.",
        "info.etat": "« Non déterminé » convient si la décision n’est pas prise.",
        "info.date": "Le jour où elles ont été prévenues.",
        "info.date_prevue": "Le jour prévu. Il pourra changer.",
        "info.moyen": "Plusieurs moyens sont possibles.",
        "info.moyen_detail": "Par exemple : lettre simple, affiche en salle d’attente.",
        "info.nombre": "Un ordre de grandeur suffit.",
        "info.contenu": "Recopiez le message, ou écrivez : voir la pièce jointe.",
        "info.justification": "La loi n’admet que ces raisons.",
        "info.justification_detail": "Dites en deux phrases pourquoi cette raison vaut ici.",
        "autres.transfrontalier_detail": "Les pays concernés.",
        "autres.autorite_dp": "Une autorité d’un autre pays. Pour un cabinet, presque jamais.",
        "autres.autorite_dp_detail": "Le nom de cette autorité.",
    }
)
"""Plain words under an official label that has no hint of its own."""
FROM_PRACTICE = "Cette réponse vient de la fiche du cabinet."
TO_PRACTICE = "Ouvrir la fiche du cabinet"
FILLED_LATER = "Le programme remplira cette réponse quand l’envoi initial aura son numéro."
BODIES_HELP = "Un organisme par ligne."
NO_BODY = "Aucun organisme"
BODY_ROLE = "Rôle de ces organismes"

# --- sent --------------------------------------------------------------------------------------

SENT_TITLE = "Marquer comme envoyé"
WHICH_ACTS = "Démarches faites"
WHICH_ACTS_HELP = "Cochez tout ce que cet envoi a réglé."
NO_ACT = "Cochez au moins une démarche."
WHICH_VERSION = "Type d’envoi"
SENT_AT = "Envoyé le"
SENT_AT_HELP = "L’heure de l’écran de fin ou de l’accusé. L’heure de la note est gardée à part."
SENT_AT_MISSING = "Donnez le jour et l’heure de l’envoi."
SENT_AT_FUTURE = "Cette heure n’est pas encore passée."
REFERENCE = "Numéro de l’accusé"
REFERENCE_HELP = "Il figure sur l’écran de fin ou sur l’accusé. Il peut venir plus tard."
RECEIPT = "Accusé"
RECEIPT_HELP = "Choisissez-le parmi les preuves, ou ajoutez le fichier reçu."
NO_RECEIPT = "Pas encore d’accusé"
ADD_RECEIPT = "Ajouter un fichier…"
RECEIPT_TITLE = "Accusé de réception"
NOTE_SENT = "Noter l’envoi"
CANCEL = "Annuler"
SENT_NOTED = "Envoi noté au journal."
SENT_FREEZES = "Les réponses de cet envoi seront gardées telles quelles."


def new_receipt(name: str) -> str:
    """A file that enters the vault with the sending."""
    return f"{name} (sera rangé au coffre)"
