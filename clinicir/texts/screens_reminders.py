"""Words of the reminders: the band of the window, the page, the calendar file."""

from __future__ import annotations

from datetime import datetime, timedelta

from clinicir.texts.durations import duration
from clinicir.texts.encoders import long_instant, number
from clinicir.texts.labels import AUTHORITIES, said
from clinicir.texts.time_left import left
from clinicir.texts.typography import plural, spaced

REMINDERS = "Rappels dans l’agenda"
PURPOSE = (
    "Ce fichier fait sonner votre agenda avant chaque échéance. "
    "Il sonne un jour, six heures, puis une heure avant."
)
PRIVATE = (
    "Il ne contient que des heures, sous un seul titre. Aucun nom, aucun détail de l’incident."
)
AGAIN = spaced(
    "Une échéance a bougé ? Enregistrez le fichier de nouveau : l’agenda se met à jour."
)
SAVE = "Enregistrer pour l’agenda…"
SAVED = "Fichier enregistré. Ouvrez-le pour l’ajouter à votre agenda."
NOTHING_LEFT = "Aucune échéance n’est encore à venir."
FILTER = "Fichier d’agenda (*.ics)"
EMPTY = "Aucune échéance à tenir pour l’instant. Elles viendront s’afficher ici."
TO_HOME = "Aller à l’accueil"
OPEN = "Ouvrir"
SEE_ALL = "Voir les rappels"
IN_CALENDAR = "Donné à l’agenda"
NOT_IN_CALENDAR = "Pas encore dans l’agenda"
PAST = "Trop tard pour l’agenda"

CLOCK_SEEN = "C’est vérifié"

LEAVE_TITLE = spaced("Un rappel est-il dans votre agenda ?")
LEAVE_MAKE = "Créer le rappel"
LEAVE_WITHOUT = "Fermer sans rappel"


def calendar_title(*, drill: bool) -> str:
    """The only words that go into a calendar."""
    title = "Échéance à tenir (clinicir)"
    return f"EXERCICE – {title}" if drill else title


def file_name(*, drill: bool) -> str:
    """Of the calendar file."""
    return "EXERCICE-rappels-clinicir.ics" if drill else "rappels-clinicir.ics"


def duty_band(authority: str, due_at: datetime, now: datetime, others: int) -> str:
    """`Rappel : CNIL, il reste 5 h 20. Et 2 autres rappels.`"""
    return _band(f"{said(AUTHORITIES, authority)}, {left(due_at, now)}", others)


def step_band(title: str, others: int) -> str:
    """A blocked step whose hour has come."""
    return _band(f"étape à reprendre, « {title} »", others)


def _band(what: str, others: int) -> str:
    more = f" Et {number(others)} {plural(others, 'autre')}." if others else ""
    return spaced(f"Rappel : {what}.{more}")


def open_limit(title: str) -> str:
    """Spoken name of the button of one line."""
    return f"{OPEN} « {title} »"


def when(at: datetime, now: datetime) -> str:
    """`mardi 24 novembre 2026 à 19 h 40, il reste 52 h 20`."""
    return f"{long_instant(at)}, {left(at, now)}"


def retry_when(at: datetime, now: datetime) -> str:
    """The hour at which a step is tried again."""
    if at <= now:
        return f"À reprendre depuis {long_instant(at)}"
    return f"À reprendre {long_instant(at)}"


def case_line(case_number: str) -> str:
    """`Dossier 2027-001`."""
    return f"Dossier {case_number}"


def clock_went_back(span: timedelta) -> str:
    """While the program runs."""
    return spaced(
        f"L’heure de l’ordinateur a reculé de {duration(span)}. "
        "Vérifiez-la : les échéances en dépendent."
    )


def clock_is_behind(span: timedelta) -> str:
    """Found at the opening: something was written later than now."""
    return spaced(
        f"L’heure de l’ordinateur retarde de {duration(span)} sur le journal. "
        "Vérifiez-la : les échéances en dépendent."
    )


def leave_text(count: int) -> str:
    """Asked when the window closes."""
    first = "Une échéance tombe" if count < 2 else f"{number(count)} échéances tombent"
    return (
        f"{first} dans les 24 heures. Votre agenda peut sonner à votre place, "
        "même quand clinicir est fermé."
    )
