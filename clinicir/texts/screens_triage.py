"""Words of the triage and of its recap."""

from __future__ import annotations

from datetime import datetime
from types import MappingProxyType

from clinicir.texts.encoders import long_instant, number
from clinicir.texts.labels import PRACTICE_TYPES
from clinicir.texts.typography import NO_BREAK, listed, spaced

TITLE = "Nouvel incident"
FIRST = "Que s’est-il passé ?"
FIRST_HELP = "Choisissez la phrase la plus proche. Vous pourrez changer plus tard."
QUIT = "Quitter"
BACK = "Retour"
GO_ON = "Continuer"
UNKNOWN = "Je ne sais pas"
WHY = "Pourquoi cette question ?"
ANSWER_MISSING = "Choisissez une réponse. « Je ne sais pas » convient aussi."
UNFINISHED = "Le questionnaire vous attend là où vous en étiez."
PROVISIONAL_NAME = "Cabinet à compléter"
PROVISIONAL_PERSON = "À compléter"

QUESTIONS = MappingProxyType(
    {
        "learned": "Quand l’avez-vous appris, et par qui ?",
        "continues": "Est-ce que cela continue en ce moment ?",
        "computer": "Cet ordinateur est-il sûr ?",
        "information": "Quelles informations sont touchées ?",
        "persons": "Combien de personnes sont concernées ?",
        "fates": "Que leur est-il arrivé ?",
        "structure": "Quelle est votre structure ?",
    }
)

HELPS = MappingProxyType(
    {
        "learned": "La date et l’heure où vous avez compris que des données étaient touchées.",
        "continues": "Par exemple, une connexion suspecte encore ouverte.",
        "computer": "Celui sur lequel vous lisez ceci.",
        "information": "Cochez tout ce qui est possible, même sans certitude.",
        "persons": "Un ordre de grandeur suffit. Vous n’avez pas besoin du nombre exact.",
        "fates": "Cochez tout ce qui est possible, même sans certitude.",
        "structure": "La fiche du cabinet est vide. Ces deux réponses suffisent pour commencer.",
    }
)

REASONS = MappingProxyType(
    {
        "learned": (
            "Les délais de la loi partent de ce moment. Une heure approchée est acceptée et se "
            "corrige, avec un motif."
        ),
        "continues": "Si cela continue, quelques gestes passent avant tout le reste.",
        "computer": (
            "Un ordinateur touché peut montrer ce que vous écrivez. Mieux vaut alors continuer "
            "sur un autre."
        ),
        "information": (
            "Des données de santé ou un numéro de Sécurité sociale changent les organismes à "
            "prévenir."
        ),
        "persons": "La CNIL demande un nombre approximatif. Il se précise plus tard.",
        "fates": (
            "Des données vues, modifiées ou perdues n’entraînent pas les mêmes risques ni les "
            "mêmes démarches."
        ),
        "structure": (
            "Les organismes à prévenir dépendent du type de structure et du département."
        ),
    }
)

CONTINUES = MappingProxyType(
    {"yes": "Oui, ou je le crois", "no": "Non, c’est arrêté", "unknown": UNKNOWN}
)
COMPUTER = MappingProxyType(
    {
        "yes": "Oui, il n’est pas touché",
        "no": "Non, il est peut-être touché",
        "unknown": UNKNOWN,
    }
)
INFORMATION = MappingProxyType(
    {
        "identity": "Identité : nom, prénom, date de naissance",
        "contact": "Coordonnées : adresse, téléphone, courriel",
        "nir": "Numéro de Sécurité sociale",
        "health": "Santé : dossier, diagnostic, résultats",
        "prescriptions": "Ordonnances",
        "notes": "Notes libres des soignants",
        "bank": "Coordonnées bancaires",
        "passwords": "Mots de passe",
        "staff": "Informations sur les salariés",
        "none": "Aucune information sur des personnes",
        "unknown": UNKNOWN,
    }
)
FATES = MappingProxyType(
    {
        "seen": "Vues par quelqu’un qui n’en avait pas le droit",
        "copied": "Copiées ou envoyées ailleurs",
        "published": "Publiées ou mises en vente",
        "changed": "Modifiées",
        "lost": "Perdues ou bloquées",
        "unknown": UNKNOWN,
    }
)
RANGES = MappingProxyType(
    {
        "1": "Une seule personne",
        "2-10": "De 2 à 10 personnes",
        "11-100": "De 11 à 100 personnes",
        "101-1000": "De 101 à 1 000 personnes",
        "1001-10000": "De 1 001 à 10 000 personnes",
        "10001+": "Plus de 10 000 personnes",
        "unknown": UNKNOWN,
    }
)
RANGES_SAID = MappingProxyType({k: v for k, v in RANGES.items() if k != "unknown"})
STRUCTURES = MappingProxyType({**PRACTICE_TYPES, "unknown": UNKNOWN})

ABOUT = "Nombre approché"
DAY_AND_HOUR = "Date et heure"
CHANNEL = "Par qui, ou par quel moyen"
CHANNEL_LATER = "À préciser plus tard"
LEARNED_UNKNOWN = "Je ne sais pas, même environ"
FUTURE = "Cette heure n’est pas encore passée."
KIND = "Type de structure"
DEPARTMENT = "Département"
DEPARTMENT_HELP = "Son numéro : 54, 2A, 974…"
BAD_DEPARTMENT = "Ce numéro de département n’existe pas. Exemples : 54, 2A, 974."

STOP_TITLE = "D’abord, arrêter l’incident"
STOP_COMPUTER = "Arrêtez d’utiliser cet ordinateur"
STOP_COMPUTER_TEXT = (
    "Débranchez le câble et le Wi-Fi. Ne l’éteignez pas. Continuez sur un autre ordinateur, "
    "ou sur papier."
)
STOP_FIRST = "À faire tout de suite"
STOP_WAIT = "Ce qui peut attendre : la CNIL, les patients, la plainte."
GESTURES = "Cinq gestes et numéros"
STOP_GO_ON = "C’est fait, ou en cours : continuer"

RECAP = "Voici ce que j’ai compris"
RECAP_HELP = "Vérifiez, changez si besoin. Rien n’est définitif : tout se corrige ensuite."
CHANGE = "Modifier"
SITUATION = "Situation"
DUTIES = "Ce qui va suivre"
DUTIES_HELP = "Le logiciel vous guidera pour chacune de ces démarches, dans l’ordre."
NO_DUTIES = "Aucune démarche ne ressort de ces réponses."
WHO = "Qui"
BEFORE = "Avant quand"
REASON = "Pourquoi"
PROBABLE = "Probable"
PROBABLE_MEANS = "Obligatoire si une réponse se confirme"
TO_DECIDE = "À décider"
START = "Commencer par le plus urgent"
AT_ONCE = "Sans délai"
AS_SOON = "Dès que possible"
NO_ORIGIN = "Délai à calculer : il manque l’heure"
LEARNED_MISSING = "Heure à préciser : sans elle, les délais ne peuvent pas être calculés."
LEARNED_MISSING_TITLE = "L’heure manque"
TYPE_TAKEN_TITLE = "Type de structure inconnu"
TYPE_TAKEN = "« Cabinet de groupe » est retenu en attendant. La fiche du cabinet le corrige."
UNSAFE_NOTE = "Questionnaire de départ : l’ordinateur utilisé est peut-être touché."
OPENED = "L’incident est ouvert. Tout est enregistré au fur et à mesure."


def question_number(number_: int, total: int) -> str:
    """`Question 3 sur 7`."""
    return f"Question {number_} sur {total}"


def change_of(question: str) -> str:
    """Accessible name of the button of one answer."""
    return spaced(f"{CHANGE} : {question}")


def learned(at: datetime | str | None, channel: str = "") -> str:
    """When it was learnt, in words, and by what way when that was said."""
    when = long_instant(at) if isinstance(at, datetime) else LEARNED_UNKNOWN
    return f"{when} · {channel}" if channel else when


def headcount(size: str, count: int | None) -> str:
    """`De 11 à 100 personnes, environ 40`."""
    about = "" if count is None else f", environ {number(count)}"
    return f"{RANGES[size]}{about}"


def ticked(words: MappingProxyType[str, str], chosen: frozenset[str]) -> str:
    """Boxes in the order of the screen, without their examples."""
    short = [word.partition(f"{NO_BREAK}:")[0] for key, word in words.items() if key in chosen]
    return listed([*short[:1], *[f"{word[0].lower()}{word[1:]}" for word in short[1:]]])


def structure(kind: str, department: str) -> str:
    """`Cabinet de groupe, département 54`."""
    return f"{STRUCTURES[kind]}, département {department}"


def before(day: str) -> str:
    """A limit with its hour."""
    return f"Avant le {day}"


def known_facts(labels: list[str]) -> str:
    """Facts that carry a duty."""
    return spaced(f"Parce que : {listed([f'{w[0].lower()}{w[1:]}' for w in labels])}")
