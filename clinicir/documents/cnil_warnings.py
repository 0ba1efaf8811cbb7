"""What a person must settle before filing: answers that disagree, gravity, mailbox, decision."""

from __future__ import annotations

from collections.abc import Iterator

from clinicir.documents.model import Notice
from clinicir.domain.answers import inconsistencies
from clinicir.domain.case import Case
from clinicir.domain.cnil_answers import answers_of
from clinicir.domain.consistency import Disagreement, disagreements
from clinicir.domain.decision import DO_NOT_NOTIFY
from clinicir.domain.gravity import gravity_warnings
from clinicir.domain.lookup import FactLookup
from clinicir.texts import labels
from clinicir.texts.labels import said


def warnings_of(case: Case) -> Iterator[Notice]:
    """Boxes at the head of the paper, the gravest last so that it stands nearest to the form."""
    say = case.knowledge.wording.text
    found = [_fact_line(case, each) for each in disagreements(case)]
    found += [_dates_line(case, str(each)) for each in inconsistencies(answers_of(case), case.now)]
    if found:
        yield Notice("warning", "\n".join(found), say("cnil.disagree_title"))
    if _mailbox_hit(case):
        email = case.practice.contact.email or ""
        yield Notice("warning", say("cnil.mailbox_hit", email=email))
    decision = case.incident.decisions.get("cnil")
    if decision is not None and decision.choice == DO_NOT_NOTIFY:
        text = say("cnil.not_to_notify", by=decision.by, reason=decision.reason)
        yield Notice("warning", text, say("cnil.not_to_notify_title"))
    for warning in gravity_warnings(case):
        tone = "danger" if warning == "persons_not_told" else "warning"
        yield Notice("danger" if tone == "danger" else "warning", say(f"cnil.gravity.{warning}"))


def _fact_line(case: Case, found: Disagreement) -> str:
    """The fact and its value against the field of the form."""
    value = FactLookup(case).fact(found.fact).value
    return case.knowledge.wording.text(
        "cnil.disagree",
        fact=case.knowledge.facts[found.fact].label,
        value=said(labels.FACT_VALUES, value),
        field=case.knowledge.cnil_form.fields[found.slug].label,
    )


def _dates_line(case: Case, pair: str) -> str:
    fields = case.knowledge.cnil_form.fields
    earlier, later = (
        fields[slug].label if slug in fields else labels.NOW for slug in pair.split("/")
    )
    return case.knowledge.wording.text("cnil.dates_disagree", earlier=earlier, later=later)


def _mailbox_hit(case: Case) -> bool:
    """The address given to the CNIL is one of the accounts to reset (corrections.md 12)."""
    email = (case.practice.contact.email or "").casefold()
    return bool(email) and any(
        account.name.casefold() == email for account in case.incident.accounts
    )
