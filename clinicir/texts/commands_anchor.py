"""French of the command that anchors the journal outside the practice."""

from __future__ import annotations

from clinicir.texts.typography import spaced

BY = "Ligne de commande"


def to_send(text: str) -> str:
    """The checkpoint itself, to be copied as it is into an e-mail."""
    return (
        spaced(
            "Envoyez ce texte tel quel à votre avocat, votre assureur ou votre DPO : "
            "leur courriel en fixera la date."
        )
        + f"\n\n{text}"
    )


def left(folder: str, text: str, request: str) -> str:
    """What was written outside the vault."""
    return spaced(
        f"Point d’ancrage écrit dans {folder} : {text}, et {request} pour une autorité "
        "d’horodatage (RFC 3161). Rien n’a été envoyé."
    )


def stamped(entry: int, at: str, authority: str) -> str:
    """A reply that was checked and kept."""
    return spaced(
        f"Horodatage vérifié et gardé : l’entrée {entry} et celles d’avant existaient le {at}, "
        f"selon « {authority} »."
    )
