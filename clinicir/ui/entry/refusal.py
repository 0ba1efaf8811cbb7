"""Why the door stayed shut, in the words of the page that asked for the key."""

from __future__ import annotations

from clinicir.domain.errors import ClinicirError, UserError
from clinicir.texts import screens_entry as say
from clinicir.texts.errors import explain


def sentence_of(error: BaseException) -> str:
    """One calm sentence."""
    code = error.code if isinstance(error, ClinicirError) else ""
    if code == "key.wrong_passphrase":
        return say.WRONG_PASSPHRASE
    if isinstance(error, UserError) and code == "key.wrong_recovery_code":
        groups = error.values.get("groups", ())
        return say.wrong_groups(groups if isinstance(groups, tuple) else ())
    return explain(error)
