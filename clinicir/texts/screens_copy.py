"""Words of the window that helps to copy the answers into the site of the CNIL."""

from __future__ import annotations

from clinicir.texts.encoders import number
from clinicir.texts.typography import spaced

ASSISTANT = "Assistant de recopie"
COPY_AND_NEXT = "Copier et suivant"
TICKED_AND_NEXT = "C’est coché, suivant"
PASS = "Champ suivant"
PREVIOUS = "Précédent"
SKIP = "Passer"
ANSWER_NOW = "Répondre maintenant"
ON_TOP = "Garder au-dessus des autres fenêtres"
TO_TICK = "Sur le site, cochez exactement :"
TO_CHOOSE = "Sur le site, choisissez exactement :"
EMPTY = "Pas de réponse. Laissez ce champ vide."
EMPTY_NEEDED = "Réponse attendue, pas encore donnée. Donnez-la, ou laissez vide pour l’instant."
UNKNOWN = "Vous ne savez pas encore. Laissez ce champ vide, vous compléterez ensuite."
ALREADY = "Déjà copié"
END = "Tous les champs sont passés."
END_HELP = "Relisez la page du site, puis envoyez. Notez ensuite l’envoi dans Documents."
AGAIN = "Recommencer"
SHORTCUT = "Ctrl+Maj+C copie et avance, où que vous soyez dans clinicir."


def position(place: int, total: int) -> str:
    """`CNIL · champ 7 sur 31`."""
    return f"CNIL · champ {number(place)} sur {number(total)}"


def copied_so_far(count: int) -> str:
    """`Déjà copiés : 6`."""
    return spaced(f"Déjà copiés : {number(count)}")
