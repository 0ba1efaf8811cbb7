"""From an error to one calm French sentence: what happened, what is safe, what to do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from clinicir.domain.errors import ClinicirError
from clinicir.texts.encoders import file_size, number
from clinicir.texts.errors_bundle import BUNDLE
from clinicir.texts.errors_case import CASE
from clinicir.texts.errors_input import INPUT
from clinicir.texts.errors_vault import VAULT
from clinicir.texts.explanation import Explanation
from clinicir.texts.typography import listed, quoted_value, spaced

EXPLANATIONS: Mapping[str, Explanation] = MappingProxyType({**BUNDLE, **CASE, **INPUT, **VAULT})
"""One for each code of `domain.errors.CODES`."""

BUG = Explanation(
    "Le programme a rencontré un défaut qui lui est propre",
    "ce qui était enregistré reste enregistré",
    "fermez-le et rouvrez-le ; si cela revient, signalez-le sans joindre de donnée de patient",
)

_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_PLACE = re.compile(r"\{([a-z_|]+)(?::(size|where))?\}")
_WHERE = re.compile(r"line (\d+), column (\d+)")
_UNSAID = "…"


def explanation_of(error: BaseException) -> Explanation:
    """The three clauses, with the values of the error in their place. Never raises."""
    if not isinstance(error, ClinicirError):
        return BUG
    found = EXPLANATIONS.get(error.code)
    if found is None:
        return BUG
    return Explanation(spaced(_filled(found.what, error.values)), spaced(found.safe),
                       spaced(found.todo))  # fmt: skip


def explain(error: BaseException) -> str:
    """One sentence, ready for the screen; `BUG` for anything that is not ours. Never raises."""
    clauses = explanation_of(error)
    return spaced(f"{clauses.what} ; {clauses.safe} ; {clauses.todo}.")


def _filled(template: str, values: Mapping[str, object]) -> str:
    def optional(part: re.Match[str]) -> str:
        places = _PLACE.findall(part[1])
        shown = [_value(names, style, values) for names, style in places]
        return "" if None in shown else part[1]

    def place(match: re.Match[str]) -> str:
        return _value(match[1], match[2] or "", values) or _UNSAID

    # Values are put in last, so that brackets or braces of theirs are never read as ours.
    return _PLACE.sub(place, _OPTIONAL.sub(optional, template))


def _value(names: str, style: str, values: Mapping[str, object]) -> str | None:
    """The first value given among `a|b`, as text; None when there is none or nothing to show."""
    given = next((values[name] for name in names.split("|") if name in values), None)
    if given is None:
        return None
    return _text(given, style) or None


def _text(value: object, style: str) -> str:
    try:
        if isinstance(value, int) and not isinstance(value, bool):
            return file_size(value) if style == "size" else number(value)
        if style == "where":
            found = _WHERE.search(str(value))
            return f"ligne {found[1]}, colonne {found[2]}" if found else ""
        if isinstance(value, (tuple, list, set, frozenset)):
            return listed([quoted_value(item) for item in value])
        return quoted_value(value)
    except Exception:  # a value that cannot even be printed must not hide what happened
        return ""
