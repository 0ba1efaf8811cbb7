"""What an error tells a person, in three clauses."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Explanation:
    """Clauses without final period; only the first begins with a capital letter.

    `what` may hold `{name}` or `{name|other}` (first value that the error carries), `{name:size}`
    (bytes), `{name:where}` (line and column of a parser's message) and `[...]`, a part that is
    left out when a value inside it is missing. A placeholder outside brackets is one that every
    place that raises the error gives.
    """

    what: str
    """What happened."""
    safe: str
    """What is not lost, not changed."""
    todo: str
    """What to do, in the imperative."""


UNCHANGED = "rien n’a été modifié"
CASE_INTACT = "votre dossier est intact"
KEPT = "ce qui était déjà enregistré est conservé"
SOURCE_INTACT = "le fichier d’origine est intact"
