"""The declaration of a loss to the insurer: a letter, with categories and counts only."""

from __future__ import annotations

from collections.abc import Iterator

from clinicir.documents.complaint_damage import damage
from clinicir.documents.identity import (
    closing_signature,
    contact_recipient,
    outside_contact,
    place_and_date,
    sender,
)
from clinicir.documents.model import (
    Block,
    Document,
    Heading,
    LetterHead,
    Lines,
    Notice,
    Paragraph,
    Section,
)
from clinicir.documents.sheet import Sheet
from clinicir.domain.case import CaseFile
from clinicir.domain.duties import obligations
from clinicir.domain.errors import UserError
from clinicir.domain.lookup import FactLookup
from clinicir.domain.obligation import Level, Obligation, ObligationState

KIND = "assureur"


def build_insurer(file: CaseFile, variant: str = "") -> Document:
    """One letter for every policy that may answer; UserError `document.unknown_variant`."""
    if variant:
        raise UserError("document.unknown_variant", document=KIND, variant=variant[:80])
    sheet = Sheet(file, KIND)
    sections = (
        Section("", tuple(_opening(sheet))),
        sheet.section("facts", _facts(sheet)),
        sheet.section("damage", damage(sheet)),
        sheet.section("requests", _requests(sheet)),
    )
    return sheet.document(sections, layout="letter")


def _opening(sheet: Sheet) -> Iterator[Block]:
    contact = outside_contact(sheet, "insurer")
    number = sheet.case.incident.number
    yield LetterHead(
        sender=sender(sheet),
        recipient=contact_recipient(sheet, contact),
        place_and_date=place_and_date(sheet),
        references=(sheet.say("our_reference", number=number),),
        subject=sheet.say("subject"),
    )
    yield Paragraph(sheet.say("opening"))
    yield sheet.row("contract", None)
    policies = FactLookup(sheet.case)
    if "no" not in (policies.fact("insurance_cyber").value, policies.fact("insurance_other").value):
        yield Paragraph(sheet.say("every_policy"))


def _facts(sheet: Sheet) -> Iterator[Block]:
    known = sheet.case.instant("T_ATTACK", "T_VENDOR", "T_BREACH")
    yield sheet.row("known_at", sheet.exact(known) if known else None)
    due = _declaration(sheet)
    if due is not None and due.due_at is not None and due.due_at >= sheet.case.now:
        yield sheet.row("limit", sheet.long(due.due_at), sheet.say(_limit_note(sheet)))
    yield sheet.row("account", sheet.answer("viol.description"))
    if FactLookup(sheet.case).confirmed("processor_origin") == "yes":
        yield Paragraph(sheet.say("vendor_system"))
    count = sheet.answer("pers.nombre")
    yield sheet.row("persons", sheet.say("roughly", count=count) if count else None)
    yield sheet.row("categories", "\n".join(sheet.chosen("data.categories")))
    yield sheet.row("measures", sheet.answer("mesures.apres"))
    yield sheet.row("complaint", _complaint(sheet))


def _declaration(sheet: Sheet) -> Obligation | None:
    return next(
        (duty for duty in obligations(sheet.case) if duty.rule.authority == "insurer"), None
    )


def _limit_note(sheet: Sheet) -> str:
    return "limit_of_contract" if sheet.case.practice.contract_notice_days else "limit_of_law"


def _complaint(sheet: Sheet) -> str | None:
    """When and where the complaint was filed; what is planned otherwise."""
    duties = [duty for duty in obligations(sheet.case) if duty.rule.authority == "police"]
    for duty in duties:
        if duty.done_at is not None:
            return sheet.say("complaint_filed", at=sheet.long(duty.done_at))
    condition = next((duty for duty in duties if duty.level is Level.CONDITION), None)
    if condition is not None and condition.state is ObligationState.OVERDUE:
        return sheet.say("complaint_not_yet")
    if condition is not None and condition.due_at is not None:
        return sheet.say("complaint_planned", limit=sheet.long(condition.due_at))
    return None


def _requests(sheet: Sheet) -> Iterator[Block]:
    yield Paragraph(sheet.say("requests_intro"))
    yield Lines(sheet.lines("requests"), numbered=True)
    yield Heading(sheet.say("enclosed_title"), 3)
    yield Lines(sheet.lines("enclosed"))
    yield Notice("info", sheet.say("secrecy"))
    yield Paragraph(sheet.say("closing"))
    yield closing_signature(sheet)
