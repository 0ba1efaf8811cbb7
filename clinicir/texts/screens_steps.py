"""What the page of steps says, and how the placeholders of a step are filled."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType

from clinicir.texts import labels
from clinicir.texts.durations import remaining
from clinicir.texts.encoders import clock_time, long_instant, short_day
from clinicir.texts.typography import NO_BREAK, plural, spaced

TITLE = "Étapes"
TAB_STEP = "Étape en cours"
TAB_LIST = "Toutes les étapes"
TAB_CLOCKS = "Échéances et contacts"

FIRST = "D’abord, dans cet ordre"
NOW = "Tout de suite"
LATER = "Ensuite"
SHOW_ALL = "Voir toute la liste"
SHOW_FIRST = "Revenir aux premiers gestes"

WHO = "Qui"
LIMIT = "Date limite"
AVOID = "À ne pas faire"
EVIDENCE = "À garder comme preuve"
NOTE_HERE = "À noter ici"
HOW = "Comment faire"
WHY = "Pourquoi"
READ = "Lire à voix haute"
STOP_READING = "Fermer la lecture"
COPY = "Copier"
COPIED = "Copié."
SAY = "À dire au téléphone"
CALL = "Qui appeler"
CLOCKS = "Échéances"
NEVER = "À ne jamais faire"
PROOF_OF_CARD = "À garder"
ADD_PROOF = "Ajouter une preuve"

DONE = "C’est fait"
NOT_POSSIBLE = "Pas possible maintenant"
NOT_OURS = "Ne nous concerne pas"
OTHER_CASE = "Autre réponse"
NEXT = "Suivante"
PREVIOUS = "Précédente"
REOPEN = "Reprendre cette étape"
UNDO = "Annuler"
UNDO_REASON = "Annulé aussitôt par la personne au clavier"
UNDONE = spaced("Annulé. L’étape est de nouveau à faire.")
DUE = "À reprendre maintenant"
RETURN = "Revenir à l’étape"

DONE_AT = "Fait à quelle heure"
DONE_AT_HELP = spaced("L’heure de l’acte. L’heure de saisie est notée à part.")
NOTE = "Remarque"

BLOCK_TITLE = spaced("Qu’est-ce qui empêche ?")
BLOCK_HELP = spaced("Rien n’est perdu : l’étape reviendra à l’heure choisie.")
BLOCK_REASONS = ("Personne ne répond", "Nous n’avons pas l’accès", "Il manque du matériel")
BLOCK_OTHER = "Autre raison"
BLOCK_REASON = "Pourquoi"
BLOCK_DETAIL = "Précisez la raison"
BLOCK_ON = "Qui attendez-vous"
BLOCK_ON_HELP = "Une personne, un service ou une entreprise."
BLOCK_RETRY = "Me le rappeler"
BLOCK_SAVE = "Noter et continuer"
RETRY_HOUR = "Dans 1 heure"
RETRY_EVENING = spaced("Ce soir à 19 h")
RETRY_MONDAY = spaced("Lundi à 8 h")

SKIP_TITLE = spaced("Pourquoi cela ne vous concerne-t-il pas ?")
SKIP_HELP = spaced("La raison sera imprimée dans le registre. Elle explique votre choix.")
SKIP_REASON = "Raison"
SKIP_SAVE = "Mettre de côté"

REOPEN_TITLE = spaced("Pourquoi reprendre cette étape ?")
REOPEN_HELP = spaced("Ce qui a été noté reste dans le journal.")

CORRECT = "Corriger"
CORRECT_REASON = "Raison de la correction"
CORRECT_HELP = spaced("L’ancienne réponse reste lisible dans le journal.")

SHEET_TITLE = "Avant cette étape"
SHEET_TEXT = spaced(
    "Changer le mot de passe de l’ordinateur peut rendre ce coffre illisible. "
    "Imprimez d’abord la fiche de secours et rangez-la ailleurs. Vous reviendrez ici."
)
SHEET_PREPARE = "Préparer la fiche de secours"
SHEET_WITHOUT = "Continuer sans la fiche"
WITHOUT_TITLE = spaced("Pourquoi continuer sans la fiche de secours ?")
WITHOUT_HELP = (
    "Sans elle, le coffre peut devenir illisible pour tous. "
    "Votre raison sera écrite dans le journal."
)
WITHOUT_SAID = "Votre raison est notée. L’étape peut continuer."
GATE_TITLE = spaced("Point d’arrêt : relisez à deux")
GATE_SHORT = spaced("Point d’arrêt")
BEFORE_SHORT = "Étapes à faire avant"
SHEET_SHORT = "Fiche de secours d’abord"
GATE_TEXT = spaced("Lisez chaque ligne à voix haute. Ne continuez que si tout est vrai.")
BEFORE_OPEN = "Ouvrir cette étape"
BEFORE_TITLE = spaced("D’habitude on fait d’abord")
REASON_SHORT = spaced("Écrivez au moins cinq lettres : cette raison sera relue.")
WHOM_MISSING = "Dites qui vous attendez."
MISSING_FIELD = spaced("Il manque cette réponse. « Je ne sais pas » convient aussi.")
MISSING_HOUR = "Il manque cette heure. Une heure approchée convient."
MISSING_PLAIN = "Il manque cette réponse."
MISSING_PROOF = spaced(
    "Il manque la photo ou le fichier. Sans fichier, choisissez « Pas possible maintenant »."
)
STARTED = spaced("Noté. L’étape reste en cours : il manque une réponse.")
UNVERIFIED = spaced("Vérifiez ces libellés à l’écran : ils ont pu changer.")

NO_NATIONAL_NUMBER = spaced("Numéro à confirmer. Prenez celui de votre fiche de contacts.")
NO_NUMBER = spaced("Numéro absent. Prenez celui du contrat ou de la facture.")
TO_CONFIRM = labels.PHONE_TO_CONFIRM
DRILL_PHONE = f"01{NO_BREAK}99{NO_BREAK}00{NO_BREAK}00{NO_BREAK}00 (fictif, exercice)"
UNKNOWN_LIMIT = spaced("l’heure limite (notez d’abord l’heure de découverte)")
UNKNOWN_T0 = spaced("l’heure de découverte")
UNKNOWN_FUND = "votre caisse d’Assurance Maladie"

CLOCK_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "cnil": "CNIL",
        "complaint": "Plainte",
        "health": "Autorités de santé",
        "patients": "Patients",
    }
)
AT_ONCE = "sans attendre"
AS_SOON = "dès que possible"
NEEDS_ORIGIN = spaced("notez l’heure de découverte : le délai part de là")
CLOCK_DONE = "Fait"

ROLES: Mapping[str, str] = MappingProxyType(
    {
        **labels.CONTACT_ROLES,
        "dpo": "délégué à la protection des données (DPO)",
        "ars": "agence régionale de santé (ARS)",
        "cert_sante": "CERT Santé",
        "seventeen_cyber": "aide gratuite de l’État",
        "amelipro_pro": "Assurance Maladie, ligne des professionnels",
    }
)

_SAY: Mapping[str, str] = MappingProxyType(
    {
        "it_provider": (
            "J’ai un incident de sécurité, des données de patients sont touchées. "
            "N’effacez rien et gardez les traces. Quand pouvez-vous agir ?"
        ),
        "software_vendor": (
            "Je signale un incident sur notre logiciel. Fermez toutes les connexions ouvertes "
            "et gardez les journaux de connexion. Confirmez-le par écrit."
        ),
        "insurer": (
            "Je déclare un incident informatique. Quel est le délai de déclaration du contrat ? "
            "Qui dois-je prévenir avant d’engager des frais ?"
        ),
        "dpo": (
            "Des données de patients sont peut-être touchées. J’ai noté l’heure de découverte. "
            "Pouvez-vous m’aider à décider pour la CNIL ?"
        ),
        "amelipro_pro": (
            "Notre compte amelipro a été utilisé sans notre accord. Je demande son blocage "
            "et le journal des connexions."
        ),
        "seventeen_cyber": (
            "Nous sommes un cabinet de santé et nous avons un incident de sécurité. "
            "Que devons-nous faire maintenant ?"
        ),
        "cert_sante": (
            "Je signale un incident de sécurité dans une structure de santé. "
            "Je vous dis ce que nous savons et ce qui ne marche plus."
        ),
        "ars": (
            "Je vous préviens d’un incident de sécurité dans notre structure de santé. "
            "Je vous dis si les soins sont gênés."
        ),
    }
)
_SAY_DEFAULT = "Je signale un incident de sécurité. Notez ma demande et donnez-moi une référence."

_GRAMMAR = (
    ("de le ", "du "), ("de les ", "des "), ("à le ", "au "), ("à les ", "aux "),
)  # fmt: skip
_SLOT = re.compile(r"\{([a-z0-9_.]+)\}")


def filled(text: str, values: Mapping[str, str]) -> str:
    """A sentence of a step or a card with its placeholders replaced; unknown ones stay."""
    done = _SLOT.sub(lambda slot: values.get(slot[1], slot[0]), text)
    if done != text:
        for said, written in _GRAMMAR:
            done = re.sub(rf"\b{said}", written, done)
    return spaced(done)


def say(role: str, caller: str, practice: str) -> str:
    """What to say when somebody answers: who we are, what happened, what we ask."""
    who = f"Bonjour, je suis {caller}, {practice}." if caller else f"Bonjour, ici {practice}."
    return spaced(f"{who} {_SAY.get(role, _SAY_DEFAULT)}")


def phone(number: str, sure: bool, checked: date | None, *, fictional: bool) -> str:
    """A number to dial; an old one gives its age, and none that is missing is made up."""
    if fictional and number:
        return DRILL_PHONE
    written = number.replace(" ", NO_BREAK)
    if sure:
        return written
    if not number or checked is None:
        return TO_CONFIRM
    return labels.old_number(written, short_day(checked))


def limit(at: datetime | None) -> str:
    """`mardi 24 novembre 2026 à 19 h 40`, or what is missing to know it."""
    return long_instant(at) if at else UNKNOWN_LIMIT


def sentence(words: str) -> str:
    """The same, beginning with a capital."""
    return f"{words[:1].upper()}{words[1:]}"


def place(position: int, total: int, phase: str) -> str:
    """Where the step stands."""
    return f"Étape {position} sur {total} · {phase}"


def settled_of(settled: int, total: int) -> str:
    """Progress of a chunk or a phase."""
    return f"{settled} sur {total}"


def all_steps(count: int) -> str:
    """Opens the whole list."""
    return f"{SHOW_ALL} ({count} {plural(count, 'étape')})"


def clock_line(due: datetime, now: datetime) -> tuple[str, str]:
    """What is left, and the hour of the limit."""
    return remaining(due, now), f"avant {long_instant(due)}"


def objective(at: datetime, now: datetime) -> str:
    """Our own target, never the law."""
    day = clock_time(at) if at.date() == now.date() else long_instant(at)
    return f"avant {day} ({labels.INTERNAL_TARGET})"


def target(at: datetime, now: datetime) -> str:
    """The same, on its own."""
    day = clock_time(at) if at.date() == now.date() else long_instant(at)
    return f"{sentence(labels.INTERNAL_TARGET)}{NO_BREAK}: avant {day}"


def recorded(done_at: datetime | None, recorded_at: datetime, by: str) -> str:
    """Both instants of a step, and who wrote them."""
    noted = f"noté le {long_instant(recorded_at)} par {by}"
    return f"Fait le {long_instant(done_at)}, {noted}." if done_at else f"{sentence(noted)}."


def blocked(reason: str, on: str, retry: datetime | None) -> str:
    """Why a step waits, for whom, until when."""
    end = f" {sentence(labels.retry_on(long_instant(retry)))}." if retry else ""
    return spaced(f"{reason.rstrip('.')}. {sentence(labels.blocked_on(on))}.{end}")


def step_saved(title: str) -> str:
    """Said once the step is in the journal."""
    return spaced(f"C’est noté : {title}")
