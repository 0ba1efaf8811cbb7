"""A story told in French as it is played: phase, step, duty, paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from clinicir.domain.case import Case
from clinicir.domain.duties import (
    DECISION_TO_REVIEW,
    OVERSEAS,
    banners,
    due_next,
    obligations,
)
from clinicir.domain.obligation import Level, Obligation, ObligationState, Unit
from clinicir.domain.route import step_on_route
from clinicir.domain.story import Event, table_of, tables_of, text_of, texts_of
from clinicir.texts.durations import remaining
from clinicir.texts.encoders import long_instant
from clinicir.texts.typography import plural, spaced

LEVELS: dict[Level, str] = {
    Level.OBLIGATOIRE: "Obligatoire",
    Level.CONDITION: "À faire pour être assuré",
    Level.FORTEMENT_RECOMMANDE: "Fortement recommandé",
    Level.RECOMMANDE: "Recommandé",
    Level.SANS_OBJET: "Sans objet",
}

_STATES: dict[ObligationState, str] = {
    ObligationState.OPEN: "à faire",
    ObligationState.OVERDUE: "délai dépassé : faites-le quand même",
    ObligationState.DONE: "fait",
    ObligationState.DONE_LATE: "fait, en retard",
}


def heading(event: Event, case: Case) -> str:
    """`Mardi 12 janvier 2027 à 17 h 10 · Claire Morel`."""
    when = long_instant(event.at, case.calendar.zone)
    return f"{when[:1].upper()}{when[1:]} · {event.by}"


def sentences(event: Event, case: Case) -> tuple[str, ...]:
    """What the event did, in one to a few lines."""
    told = _TELLERS[event.act](event, case)
    return tuple(spaced(line) for line in told)


def next_limit(case: Case) -> str:
    """The limit that comes first, empty when none is waiting."""
    duty = due_next(obligations(case))
    if duty is None or duty.due_at is None:
        return ""
    lead = "Limite dépassée" if duty.state is ObligationState.OVERDUE else "Prochaine limite"
    return spaced(
        f"{lead} : {duty.rule.title}, avant le "
        f"{long_instant(duty.due_at, case.calendar.zone)} ({remaining(duty.due_at, case.now)})."
    )


def duties_table(case: Case) -> tuple[str, ...]:
    """Every duty of the case: what, how strong, until when, where it stands; then the banners."""
    duties = tuple(line for duty in obligations(case) for line in _duty(duty, case))
    return (*duties, *(banner_line(banner, case) for banner in banners(case)))


def banner_line(banner: str, case: Case) -> str:
    """A sentence that is no duty; a banner of the table of rules has its own title."""
    said = _BANNERS.get(banner) or f"À venir, sans effet aujourd’hui : {_title(banner, case)}."
    return spaced(said)


def _title(rule: str, case: Case) -> str:
    return case.knowledge.rule(rule).title


_BANNERS = {
    OVERSEAS: "Votre territoire a ses propres autorités de santé : renseignez-vous sur place.",
    DECISION_TO_REVIEW: "Un fait nouveau change la proposition : relisez votre décision.",
}


def _duty(duty: Obligation, case: Case) -> tuple[str, ...]:
    level = LEVELS[duty.level]
    if duty.presumed:
        level += " (présumé, tant que vous ne savez pas)"
    limit = "sans limite d’heure"
    if duty.due_at is not None:
        limit = f"avant le {long_instant(duty.due_at, case.calendar.zone)}"
    elif duty.rule.deadline.unit is Unit.IMMEDIATE:
        limit = "sans délai"
    facts = case.knowledge.facts
    because = [facts[name].label for name in duty.because if name in facts]
    lines = [
        f"{duty.rule.id} {duty.rule.title}",
        f"    {level} ; {limit} ; {_STATES[duty.state]}.",
    ]
    reasons = f"{' ; '.join(because)}. " if because else ""
    lines.append(f"    Pourquoi : {reasons}{duty.rule.basis}.")
    return tuple(spaced(line) for line in lines)


def _open(_event: Event, case: Case) -> Sequence[str]:
    lines = [f"Incident {case.incident.number} ouvert : {case.scenario.title}."]
    lines += [f"À faire tout de suite : {case.knowledge.step(step).title}."
              for step in case.scenario.first]
    lines += [f"Ne faites jamais : {case.knowledge.playbooks.warnings[warning]}"
              for warning in case.scenario.never]
    return lines


def _step(event: Event, case: Case) -> Sequence[str]:
    step = step_on_route(case, text_of(event.given, "step"))
    phase = next(p.label for p in case.knowledge.playbooks.phases if p.id == step.phase)
    title = step.title
    for word, value in step.words.items():
        title = title.replace(f"{{{word}}}", value)
    state = case.incident.steps[step.id].state.value
    said = _STEP_STATES[state]
    reason = text_of(event.given, "reason")
    return [f"{phase} · {step.id} « {title} » : {said}{f' ({reason})' if reason else ''}."]


_STEP_STATES = {
    "todo": "reprise",
    "in_progress": "commencée, il manque des réponses",
    "done": "c’est fait",
    "not_concerned": "ne nous concerne pas",
    "blocked": "pas possible maintenant",
}


def _facts(event: Event, _case: Case) -> Sequence[str]:
    count = sum(len(table_of(event.given, key)) for key in ("facts", "instants", "cnil"))
    return [f"{count} {plural(count, 'réponse')}, qui serviront à tous les papiers."]


def _correct(event: Event, _case: Case) -> Sequence[str]:
    return [f"Correction, l’ancienne valeur reste au journal : {text_of(event.given, 'reason')}"]


def _evidence(event: Event, case: Case) -> Sequence[str]:
    piece = case.incident.evidence_labelled(text_of(event.given, "label"))
    return [
        f"Preuve {piece.number} « {piece.title} » rangée, chiffrée, relue.",
        f"Empreinte SHA-256 : {piece.sha256}",
    ]


def _track(event: Event, _case: Case) -> Sequence[str]:
    accounts = len(tables_of(event.given, "accounts"))
    addresses = len(tables_of(event.given, "addresses"))
    told = f"{accounts} {plural(accounts, 'compte')}, {addresses} {plural(addresses, 'adresse')}"
    return [f"Suivi : {told}."]


def _filed(_event: Event, case: Case) -> Sequence[str]:
    filing = case.incident.filings[-1]
    number = f" n° {filing.reference}" if filing.reference else ""
    version = _VERSIONS[filing.version.value]
    return [f"CNIL : notification {version}{number} envoyée. Cette version est figée."]


_VERSIONS = {"initiale": "initiale", "complementaire": "complémentaire", "complete": "complète"}


def _submitted(event: Event, case: Case) -> Sequence[str]:
    rule = case.knowledge.rule(text_of(event.given, "obligation"))
    reference = text_of(event.given, "reference")
    how = ", ".join(part for part in (text_of(event.given, "channel"), reference) if part)
    return [f"{rule.title} : fait ({how})."]


def _closed(event: Event, _case: Case) -> Sequence[str]:
    lessons = texts_of(event.given, "lessons")
    return ["Incident terminé.", *(f"À retenir : {lesson}" for lesson in lessons)]


def _refused(event: Event, _case: Case) -> Sequence[str]:
    return [f"Refusé comme il se doit ({text_of(event.given, 'code')}) : rien n’a été écrit."]


def _produced(_event: Event, _case: Case) -> Sequence[str]:
    """The papers themselves are told by whoever writes them."""
    return []


def _simple(sentence: str) -> Callable[[Event, Case], Sequence[str]]:
    return lambda _event, _case: [sentence]


_TELLERS: dict[str, Callable[[Event, Case], Sequence[str]]] = {
    "open_incident": _open,
    "set_facts": _facts,
    "correct": _correct,
    "set_scenario": lambda _e, case: [f"Autre liste suivie : {case.scenario.title}."],
    "complete_step": _step,
    "block_step": _step,
    "skip_step": _step,
    "reopen_step": _step,
    "decide": _simple("Décision notée, avec sa raison."),
    "assess": _simple("Gravité évaluée terme par terme."),
    "add_evidence": _evidence,
    "hand_over_evidence": _simple("Remise d’une copie de preuve notée au journal."),
    "note": lambda event, _c: [f"Noté : {text_of(event.given, 'text')}"],
    "track": _track,
    "file_notification": _filed,
    "record_submission": _submitted,
    "produce": _produced,
    "close": _closed,
    "expect_error": _refused,
}

