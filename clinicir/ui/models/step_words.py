"""What stands for the placeholders of a step, in words of the screen."""

from __future__ import annotations

from clinicir.services.views.board import BoardView
from clinicir.texts import screens_steps as say
from clinicir.texts.encoders import long_instant


def words_of(view: BoardView) -> dict[str, str]:
    """Values for `screens_steps.filled`; what is not known yet is said, never left blank."""
    known = view.fillings
    words = {
        **known.words,
        "t0": long_instant(known.t0) if known.t0 else say.UNKNOWN_T0,
        "limite_cnil": say.limit(known.cnil_limit),
        "limite_plainte": say.limit(known.complaint_limit),
        "pilote": known.pilot,
        "caisse": known.health_fund or say.UNKNOWN_FUND,
        "site": view.practice,
    }
    for name, contact in known.contacts.items():
        number = contact.phone if contact.confidence != "unverified" else ""
        sure = contact.phone_is_sure(view.now.date())
        words[f"contact.{name}"] = say.phone(
            number, sure, contact.checked_on, fictional=view.drill
        )
    return words
