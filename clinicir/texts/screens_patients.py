"""Words of the page of patients: must they be told, who decided, what left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from clinicir.domain.severity import Gravity
from clinicir.texts.encoders import long_instant, number
from clinicir.texts.labels import GRAVITY, INTERNAL_TARGET, labelled
from clinicir.texts.typography import listed, plural, spaced

PATIENTS = "Patients"
NO_NAMES = "Aucun nom de patient n’est demandé ici."

# --- must they be told -------------------------------------------------------------------------

MUST_TITLE = spaced("Faut-il prévenir les patients ?")
VERDICTS: Mapping[str, str] = MappingProxyType(
    {
        "now": "Oui, tout de suite.",
        "yes": "Oui, la loi le demande.",
        "no": "Non, d’après vos réponses.",
        "to_decide": "À décider. Préparez déjà la lettre.",
    }
)
VERDICT_HELP: Mapping[str, str] = MappingProxyType(
    {
        "now": "Des données sont publiées ou en vente : chaque heure compte pour les patients.",
        "yes": "Le danger paraît élevé pour eux : vol d’identité, chantage, faux messages.",
        "no": "Le danger paraît faible. Vous pouvez prévenir quand même, avec une raison.",
        "to_decide": "Il manque des réponses, ou le cas est entre deux. La personne responsable "
        "décide.",
    }
)
NO_DATA = "Pour l’instant, aucune donnée de patient n’est dite touchée."
NO_DATA_HELP = "Si cela change dans les étapes, cette page le dira."
WHY = "Pourquoi"
ANSWERS_READ = "Réponses prises en compte"
GRAVITY_LABEL = "Danger pour les personnes"
PROPOSED = "proposé par clinicir"
RETAINED = "retenu par une personne"
EXCEPTIONS = "Quand la loi permet de ne pas prévenir"
EXCEPTIONS_HELP = (
    "Article 34 du règlement européen (RGPD). Une seule de ces raisons suffit, écrite et datée."
)
EXCEPTION_LINES = (
    "Les données sont illisibles sans une clé, et la clé est restée sûre.",
    "Ce que vous avez fait depuis écarte le danger.",
    "Écrire à chacun serait démesuré : une annonce publique le remplace alors.",
)
ABOUT_US = "Ces seuils sont les nôtres. La personne responsable peut s’en écarter, par écrit."

# --- the decision ------------------------------------------------------------------------------

DECISION_TITLE = "La décision"
NOT_DECIDED = "Personne n’a encore décidé."
CHOICES: Mapping[str, str] = MappingProxyType(
    {
        "seront": "Les patients seront prévenus",
        "oui": "Les patients ont été prévenus",
        "ne_seront_pas": "Les patients ne seront pas prévenus",
        "indetermine": "La décision est remise à plus tard",
    }
)
ASKED_CHOICES = (
    ("seront", "Oui, les prévenir"),
    ("ne_seront_pas", "Non, ne pas les prévenir"),
    ("indetermine", "Pas encore"),
)
OUTDATED = "Des réponses ont changé depuis la décision"
OUTDATED_HELP = "Relisez-la. Elle reste valable tant que personne ne la change."
NOT_TOLD_GRAVE = "Le danger est élevé et personne ne serait prévenu"
NOT_TOLD_GRAVE_HELP = "La loi demande de prévenir, sauf une des raisons de l’article 34."
DECIDE = "Décider…"
DECIDE_AGAIN = "Revoir la décision…"
DECIDE_TITLE = spaced("Prévenir les patients ?")
DECIDE_HELP = (
    "Décidez avec la personne responsable du cabinet. Votre nom et l’heure seront gardés."
)
CHOICE_LABEL = "Décision"
GROUND_LABEL = "Raison prévue par la loi"
REASON_LABEL = "Pourquoi"
REASON_HELP = "Deux phrases suffisent. Elles seront lues si la CNIL demande vos raisons."
REASON_NEEDED = spaced("Il manque : la raison, en quelques mots.")
CHOICE_MISSING = spaced("Il manque : la décision.")
KEEP_DECISION = "Garder la décision"
DECISION_KEPT = "Décision notée au journal."
CANCEL = "Annuler"
DRAFT_BACK = "Vos mots d’avant sont là."

# --- who is concerned --------------------------------------------------------------------------

WHO_TITLE = "Qui est concerné"
COUNT_UNKNOWN = "Nombre encore inconnu. Un ordre de grandeur suffira."
NO_CATEGORIES = "Pas encore dit"
PERSONS_LABEL = "Personnes"
DATA_LABEL = "Données"
ANSWER = "Compléter ces réponses"

# --- apart -------------------------------------------------------------------------------------

APART_TITLE = "Patients à traiter à part"
APART_HELP = "Ils ne reçoivent pas la lettre des autres. Comptez-les, sans écrire aucun nom ici."
APART_RULES = "Comment écrire à chacun"
NOT_COUNTED = "à compter"
OPEN_STEP = "Ouvrir l’étape"

# --- papers ------------------------------------------------------------------------------------

PAPERS_TITLE = "Ce que vous pouvez préparer"
LETTER = "Lettre aux patients"
LETTER_HELP = "Un modèle à relire, puis à envoyer à chacun."
SHEETS: Mapping[str, str] = MappingProxyType(
    {
        "script_accueil": "Réponses au téléphone",
        "affiche_salle_attente": "Affiche de la salle d’attente",
        "feuille_conseils_patients": "Conseils aux patients",
    }
)
SHEETS_HELP: Mapping[str, str] = MappingProxyType(
    {
        "script_accueil": "Ce que l’accueil peut dire, et ne doit jamais dire.",
        "affiche_salle_attente": "Les faits, les conseils, un téléphone.",
        "feuille_conseils_patients": "À joindre à la lettre et à laisser à l’accueil.",
    }
)
NOT_MADE = "pas encore produit"
PREPARE_LETTER = "Préparer la lettre"
OPEN = "Ouvrir"

# --- what left ---------------------------------------------------------------------------------

SENT_TITLE = "Envois"
NOTHING_SENT = "Aucun envoi noté."
NOTE_SENT = "Noter un envoi…"
NOTE_ANOTHER = "Noter un autre envoi…"
LEFT_TITLE = "Noter l’envoi aux patients"
LEFT_HELP = "clinicir n’envoie rien. Notez ici ce que le cabinet a posté, envoyé ou dit."
LEFT_AT = "Lettres ou messages partis le"
LEFT_AT_MISSING = spaced("Il manque : le jour et l’heure. Une heure approximative suffit.")
MEANS_LABEL = "Par quel moyen"
COUNT_LABEL = "Nombre de personnes prévenues, en tout"
COUNT_HELP = "Laissez vide si personne ne les a encore comptées."
PROOF_LABEL = "Preuve de l’envoi, parmi les preuves"
NO_PROOF = "Pas encore de preuve"
KEEP_SENT = "Noter l’envoi"
SENT_KEPT = "Envoi noté au journal."

CLOSED = "Cet incident est terminé. Cette page se lit, rien ne s’y change."


def gravity_line(proposed: Gravity, retained: Gravity | None) -> str:
    """`Danger pour les personnes : important, proposé par clinicir`."""
    level = retained or proposed
    whose = RETAINED if retained else PROPOSED
    return labelled(GRAVITY_LABEL, f"{GRAVITY[level.value].lower()}, {whose}")


def why(row: str) -> str:
    """The line of the table that applies."""
    return f"{labelled(WHY, _lower(row))}."


def because(labels: Sequence[str]) -> str:
    """The answers that were read."""
    return f"{labelled(ANSWERS_READ, listed([_lower(label) for label in labels]))}."


def decided_by(who: str, at: datetime) -> str:
    """Who and when."""
    return f"Décidé par {who}, {long_instant(at)}"


def ground(label: str) -> str:
    """The case of the law that was chosen."""
    return labelled(GROUND_LABEL, label)


def people(count: int) -> str:
    """`1 500 personnes, environ`."""
    return f"{number(count)} {plural(count, 'personne')}, environ"


def chosen(label: str, words: Sequence[str]) -> str:
    """`Données : santé, numéro de Sécurité sociale`."""
    return labelled(label, listed([_lower(word) for word in words]) or NO_CATEGORIES.lower())


def _lower(word: str) -> str:
    return word if word[:2].isupper() else word[:1].lower() + word[1:]


def target(what: str, at: datetime, now: datetime) -> str:
    """A limit of ours, which is not the law."""
    if at < now:
        return labelled(what, f"{INTERNAL_TARGET} passé, {long_instant(at)}")
    return spaced(f"{what} : avant {long_instant(at)} ({INTERNAL_TARGET})")


DECIDE_BEFORE = "Décider"
SEND_BEFORE = "Envoyer"
NO_LEGAL_LIMIT = "La loi dit « dès que possible », sans heure."


def apart(label: str, count: int | None) -> str:
    """`Mineurs et majeurs protégés, traités à part : 3`."""
    return labelled(label, NOT_COUNTED if count is None else number(count))


def open_step(label: str) -> str:
    """Spoken name of the button."""
    return f"{OPEN_STEP}, {label}"


def open_paper(name: str) -> str:
    """Spoken name of the button."""
    return f"{OPEN}, {name}"


def made(at: datetime | None) -> str:
    """When a paper was last produced."""
    return f"produit {long_instant(at)}" if at else NOT_MADE


def left(at: datetime, means: str) -> str:
    """`Partis mardi 12 janvier 2027 à 17 h, Courrier`."""
    day = f"Partis {long_instant(at)}"
    return f"{day}, {means.lower()}" if means else day


def told(count: int) -> str:
    """How many were told in all."""
    return f"{number(count)} {plural(count, 'personne prévenue', 'personnes prévenues')} en tout"
