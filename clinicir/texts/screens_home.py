"""Words of the home page and of the readiness page."""

from __future__ import annotations

from datetime import date

from clinicir.texts.encoders import long_day, number, short_day
from clinicir.texts.typography import plural, spaced

HOME = "Accueil"
DECLARE = "Déclarer un incident"
DECLARE_HELP = "Une fuite, un vol, une perte, un doute : le logiciel vous guide pas à pas."
RUNNING = "En cours"
RESUME = "Reprendre"
OPEN = "Ouvrir"
EMPTY = "Aucun incident. Tant mieux. Profitez-en pour préparer le cabinet (10 minutes)."
EMPTY_AGAIN = "Aucun incident en cours. Profitez-en pour préparer le cabinet (10 minutes)."
END = "Terminer l’incident"
REVIEW_HELP = "Vous aviez choisi ce jour pour le relire. Il peut être rouvert si besoin."
REGISTER = "Registre des violations"
PREPARE = "Préparer le cabinet"
PREPARE_MORE = "Continuer la préparation"
SHEET = "Fiche du cabinet"
READY = "Prêt en cas d’incident"
FINISHED = "Terminés"
DRILL = "Exercice"
DRILL_HELP = "Jouer une fuite fictive, une heure par an, sans toucher à vos dossiers."
DRILL_CHOOSE = "Choisir"
DRILL_CHOOSE_NAME = "Choisir un exercice"
NO_LIMIT = "Aucune échéance en attente"
ALL_DONE = "Toutes les étapes sont faites."

READINESS = "Préparation du cabinet"
READINESS_HELP = (
    "Vingt-quatre protections, à revoir de temps en temps. Une preuve simple suffit : "
    "une photo, une date, un nom."
)
PROOF_DAY = "Vu le"
PROOF_NOTE = "Ce qui le montre"
PROOF_NOTE_HELP = "Par exemple : où se trouve la photo ou la feuille signée."
NOTE_PROOF = "Noter la preuve"
RENEW_PROOF = "Noter une nouvelle preuve"
KEEP_PROOF = "C’est vu"
CANCEL = "Annuler"
WITHDRAW = "Retirer cette preuve"
NO_DAY = "Il manque : le jour où la protection a été vue."
FUTURE_DAY = "Ce jour n’est pas encore venu."
PROVED = "Preuve notée."
WITHDRAWN = "Preuve retirée. Le journal garde la trace."


def ready_out_of(score: int, out_of: int) -> str:
    """`Prêt en cas d’incident : 7 sur 10`."""
    return spaced(f"{READY} : {score} sur {out_of}")


def steps_done(done: int, total: int) -> str:
    """`5 étapes faites sur 38`."""
    return f"{number(done)} {plural(done, 'étape faite', 'étapes faites')} sur {number(total)}"


def opened_on(case_number: str, day: date) -> str:
    """`Dossier 2026-001, ouvert le samedi 21 novembre 2026`."""
    return f"Dossier {case_number}, ouvert le {long_day(day)}"


def resume_at(step: str) -> str:
    """`À suivre : Changez le mot de passe`."""
    return spaced(f"À suivre : {step}")


def resume_case(title: str) -> str:
    """Said of the button by a screen reader."""
    return spaced(f"{RESUME} : {title}")


def open_case(title: str) -> str:
    """Said of the button by a screen reader."""
    return spaced(f"{OPEN} : {title}")


def finished(count: int) -> str:
    """`Terminés (2)`."""
    return f"{FINISHED} ({number(count)})"


def register(count: int) -> str:
    """What the register holds."""
    if count == 0:
        return "Vide pour le moment"
    return f"{number(count)} {plural(count, 'incident inscrit', 'incidents inscrits')}"


def running(count: int) -> str:
    """`En cours (2)`, without a number for one."""
    return RUNNING if count == 1 else f"{RUNNING} ({number(count)})"


def end_case(title: str) -> str:
    """Said of the button by a screen reader."""
    return spaced(f"{END} : {title}")


def review_due(case_number: str) -> str:
    """The day chosen at the end has come."""
    return f"Le dossier {case_number} est à relire"


def ended(case_number: str, review_on: date | None) -> str:
    """Under the title of an ended case."""
    if review_on is None:
        return f"Dossier {case_number}"
    return f"Dossier {case_number}, à relire le {short_day(review_on)}"


def proved_on(day: date, who: str) -> str:
    """Last proof of a protection."""
    by = f", noté par {who}" if who else ""
    return f"Vu le {long_day(day)}{by}"


def due_again(day: date) -> str:
    """Until when a proof counts."""
    return f"À revoir avant le {long_day(day)}"


def was_due(day: date) -> str:
    """A proof that has grown old."""
    return f"À revoir depuis le {long_day(day)}"


def every(months: int) -> str:
    """`À revoir tous les 6 mois`."""
    if months == 1:
        return "À revoir chaque mois"
    if months == 12:
        return "À revoir chaque année"
    return f"À revoir tous les {months} mois"


def proof_wanted(proof: str) -> str:
    """What would show it."""
    return spaced(f"Preuve possible : {proof}")


def proof_and_pace(proof: str, months: int) -> str:
    """What would show it, and how often to look again."""
    return f"{proof_wanted(proof)}. {every(months)}."


def fresh_count(fresh: int, total: int) -> str:
    """`7 protections à jour sur 24`."""
    up = plural(fresh, "protection à jour", "protections à jour")
    return f"{number(fresh)} {up} sur {number(total)}"


def proof_of(title: str) -> str:
    """Accessible name of the button of one protection."""
    return spaced(f"{NOTE_PROOF} : {title}")


FRESHNESS = {"fresh": "À jour", "stale": "À revoir", "never": "Jamais noté"}
