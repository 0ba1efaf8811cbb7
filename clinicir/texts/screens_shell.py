"""Words of the frame around the pages: bars, menus, locking, unexpected errors."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from clinicir.texts.typography import spaced

PROGRAM = "clinicir"
DRILL_BAND = "EXERCICE – n’envoyez rien"
DRILL_TITLE = "EXERCICE – {title}"

HOME = "Accueil"
BACK = "Retour"
HELP = "Aide"
LOCAL = "Tout reste sur cet ordinateur"
SHEET_BAND = spaced(
    "Fiche de secours non imprimée : sans elle, un oubli ferme le coffre pour toujours."
)
SHEET_BUTTON = "Préparer la fiche"
READ_ONLY_BAND = "Le coffre se lit, mais rien ne peut y être ajouté."
READ_ONLY_WHY: Mapping[str, str] = MappingProxyType(
    {
        "trail.damaged": "Son journal est abîmé : remettez en place la dernière sauvegarde.",
        "trail.acknowledged_missing": (
            "La fin de son journal a disparu : gardez une copie de son dossier avant tout."
        ),
        "disk.readonly": "Son dossier refuse l’écriture : vérifiez vos droits sur ce dossier.",
        "disk.full": "Le disque est plein : libérez de la place, puis rouvrez clinicir.",
        "disk.failure": "Le disque a refusé une écriture : vérifiez-le, puis rouvrez clinicir.",
    }
)
ROLLED_BACK_BAND = (
    "Une copie plus ancienne du coffre a été remise en place. "
    "Ce qui a été noté après cette copie n’y est pas."
)
ROLLED_BACK_READ = "J’ai compris"
LOCK_SOON = "Sans geste de votre part, clinicir se verrouille dans une minute."
STAY_OPEN = "Rester ouvert"

TABS: Mapping[str, str] = MappingProxyType(
    {
        "steps": "Étapes",
        "evidence": "Preuves",
        "journal": "Journal",
        "documents": "Documents",
        "patients": "Patients",
    }
)

MENUS: Mapping[str, str] = MappingProxyType(
    {
        "file": "&Fichier",
        "edit": "&Édition",
        "view": "&Affichage",
        "incident": "&Incident",
        "documents": "&Documents",
        "window": "Fe&nêtre",
        "help": "Aid&e",
    }
)
_MENUS_OF_MAC: Mapping[str, str] = MappingProxyType({"view": "&Présentation"})

ACTIONS: Mapping[str, str] = MappingProxyType(
    {
        "new_incident": "&Nouvel incident",
        "recovery_sheet": "&Fiche de secours…",
        "export_dossier": "E&xporter le dossier…",
        "export_case": "&Exporter le dossier…",
        "practice": "Fiche du &cabinet",
        "readiness": "Préparation d&u cabinet",
        "reminders": "Rappe&ls",
        "settings": "&Réglages…",
        "lock": "&Verrouiller",
        "quit": "&Quitter",
        "undo": "&Annuler",
        "redo": "&Rétablir",
        "cut": "Cou&per",
        "copy": "&Copier",
        "paste": "C&oller",
        "save": "&Enregistrer",
        "home": "&Accueil",
        "back": "Pa&ge précédente",
        "tab_steps": "&Étapes",
        "tab_evidence": "&Preuves",
        "tab_journal": "&Journal",
        "tab_documents": "&Documents",
        "tab_patients": "Pa&tients",
        "next_panel": "Partie s&uivante de la page",
        "previous_panel": "Partie précéde&nte de la page",
        "next_tab": "Onglet &suivant",
        "previous_tab": "Onglet pré&cédent",
        "larger": "Te&xte plus grand",
        "smaller": "Texte plus pet&it",
        "system": "T&hème comme l’ordinateur",
        "light": "Thème c&lair",
        "dark": "Thème s&ombre",
        "contrast": "Contraste éle&vé",
        "full_screen": "Plein éc&ran",
        "help_page": "&Aide de cette page",
        "gestures": "&Cinq gestes et numéros",
        "drill": "&Exercice…",
        "drill_messages": "&Messages de l’exercice",
        "drill_end": "&Terminer l’exercice",
        "leave_drill": "&Quitter l’exercice",
        "accessibility": "Acce&ssibilité",
        "technical_log": "&Journal technique",
        "about": "À &propos de clinicir",
        "next_step": "Étape &suivante",
        "previous_step": "Étape p&récédente",
        "done": "C’est &fait",
        "add_evidence": "&Joindre une preuve",
        "paste_evidence": "&Coller comme preuve",
        "note": "&Noter un fait",
        "next_missing": "Champ &manquant suivant",
        "previous_missing": "Champ manquant précé&dent",
        "print": "&Imprimer",
        "save_pdf": "Enregistrer en &PDF",
        "verify": "&Vérifier le journal",
        "closing": "&Terminer l’incident…",
        "paper_cnil": "Notification à la C&NIL",
        "paper_cert_sante": "ARS et CERT &Santé",
        "paper_plainte": "&Plainte",
        "paper_lettre": "&Lettres aux patients",
        "register": "&Registre des violations",
        "paper_point": "P&oint de situation",
        "copy_assistant": "&Assistant de recopie",
        "copy_next": spaced("Recopie : copier et s&uivant"),
        "minimize": "Placer dans le &Dock",
        "zoom_window": "&Réduire ou agrandir",
        "search": "Rec&hercher",
    }
)

WHO_TITLE = "Qui tient le clavier ?"
WHO_WHY = (
    "Ce nom est noté à côté de chaque geste dans le journal. Il est déclaré, pas vérifié."
)
WHO_OTHER = "Autre personne"
WHO_NAME = "Nom"
WHO_MISSING = spaced("Il manque : le nom de la personne.")
CONTINUE = "Continuer"

CLOSE_TITLE = "Un travail est en cours"
CLOSE_TEXT = (
    "Ce qui est enregistré le reste. Ce qui est en cours sera terminé avant la fermeture."
)
CLOSE_WAIT = "Terminer puis fermer"
CLOSE_CANCEL = "Ne pas fermer"

ABOUT_TITLE = "À propos de clinicir"
CLOSE = "Fermer"

PROBLEM_SAFE = "Ce qui ne craint rien"
PROBLEM_TODO = "Ce que vous pouvez faire"
PROBLEM_COPY = "Copier le rapport"
PROBLEM_COPIED = "Rapport copié"
PROBLEM_REPORT_HELP = (
    "Le rapport dit où le programme s’est arrêté. Il ne contient ni nom, ni texte saisi."
)
PROBLEM_CODE = "Code {code}"


def read_only(code: str) -> str:
    """Band, with the reason in one sentence when it is a known one."""
    return spaced(" ".join(filter(None, (READ_ONLY_BAND, READ_ONLY_WHY.get(code)))))


def saved_at(hour: str) -> str:
    """Bottom bar, after something was written."""
    return f"Enregistré à {hour}"


def already_saved(hour: str) -> str:
    """Answer to Ctrl+S, which has nothing left to do."""
    return spaced(f"Déjà enregistré à {hour}.")


def at_keyboard(name: str) -> str:
    """Bottom bar."""
    return spaced(f"Au clavier : {name}")


def menu_title(name: str, *, mac: bool = False) -> str:
    """macOS has its own word for one of them."""
    return (mac and _MENUS_OF_MAC.get(name)) or MENUS[name]


def about(version: str) -> str:
    """Who made it does not matter to the person; what it does with data does."""
    return spaced(
        f"Version {version}.\n\nclinicir guide un cabinet quand des données de patients ont fui. "
        "Il n’utilise pas le réseau : tout reste sur cet ordinateur."
    )


def page_title(title: str, *, drill: bool) -> str:
    """Title of a page in the top bar."""
    return DRILL_TITLE.format(title=title) if drill else title


def window_title(page: str, *, drill: bool) -> str:
    """Never a name of incident or of person: the title shows in lists of windows."""
    title = f"{page} – {PROGRAM}"
    return DRILL_TITLE.format(title=title) if drill else title
