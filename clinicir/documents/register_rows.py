"""One line of the register of breaches, item by item (GDPR art. 33(5), cnil.md 2.5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from clinicir.documents.answers import AnswerText
from clinicir.documents.cert_sante_answers import systems_text
from clinicir.documents.cnil_clock import form_context, reasons_are_due
from clinicir.documents.form_sheet import FormSheet
from clinicir.documents.gravity_page import choice_of, score
from clinicir.documents.journal_lines import EntryText
from clinicir.domain.case import Case, CaseFile
from clinicir.domain.closing import PAPER_LEFT, review_day, title_of
from clinicir.domain.cnil_answers import answers_of
from clinicir.domain.decision import DO_NOT_NOTIFY
from clinicir.domain.gravity import assessment_of, retained_gravity
from clinicir.domain.incident import IncidentState
from clinicir.domain.notification import Filing, Version
from clinicir.domain.progress import StepState
from clinicir.texts import labels
from clinicir.texts.encoders import exact_instant, number, short_day, short_instant
from clinicir.texts.labels import labelled, said


@dataclass(frozen=True)
class Row:
    """`id` names the item in `missing`; `text` is None when it is still to be completed."""

    id: str
    group: str
    label: str
    text: str | None


@dataclass(frozen=True)
class RegisterLine:
    """Every item of one incident."""

    file: CaseFile

    @property
    def case(self) -> Case:
        """The incident seen whole."""
        return self.file.case

    def rows(self) -> tuple[Row, ...]:
        """All the items, in the order of the register."""
        return tuple(
            Row(item, group, self._say(f"row.{item.replace('.', '_')}"), self._text(item) or None)
            for group, items in _GROUPS
            for item in items
        )

    def summary(self) -> tuple[str | None, ...]:
        """Number, situation, awareness, persons, CNIL, state: the line of the table of all."""
        case = self.case
        known = case.instant("T_BREACH", "T_ATTACK", "T_VENDOR")
        filing = case.incident.filed(*Version)
        return (
            case.incident.number,
            case.scenario.title,
            short_instant(known, case.calendar.zone) if known else None,
            self.answer("pers.nombre"),
            self._told(filing) if filing else self._say("not_notified"),
            self.state(),
        )

    def _told(self, filing: Filing) -> str:
        at = short_instant(filing.at, self.case.calendar.zone)
        return f"{labels.VERSIONS[filing.version]}, {at}"

    def _say(self, key: str, **values: str) -> str:
        return self.case.knowledge.wording.text(f"registre.{key}", **values)

    def _text(self, item: str) -> str | None:
        own = _OWN.get(item)
        return own(self) if own else self.answer(item)

    @cached_property
    def _sheet(self) -> FormSheet:
        answers = answers_of(self.case)
        return FormSheet(
            self.case.knowledge.cnil_form,
            answers,
            AnswerText(self.case.calendar.zone),
            given=form_context(self.case, answers),
        )

    def answer(self, *slugs: str) -> str | None:
        """Answers of the CNIL form that apply, with their companions, one line each."""
        fields = self.case.knowledge.cnil_form.fields
        given = [
            (fields[slug].label, self._sheet.value(fields[slug]))
            for slug in slugs
            if self._sheet.applies(fields[slug])
        ]
        if len(slugs) == 1:
            return given[0][1] if given else None
        return "\n".join(labelled(label, text) for label, text in given if text) or None

    # --- items of our own ----------------------------------------------------------------------

    def number(self) -> str:
        """Case number, kept for ever."""
        return self.case.incident.number

    def controllers(self) -> str:
        """Legal entities and their establishments."""
        return "\n".join(
            " ".join(
                [
                    each.name,
                    *([f"(SIREN{labels.NBSP}{each.siren})"] if each.siren else []),
                    *[f"[{member.name}]" for member in each.establishments],
                ]
            )
            for each in self.case.practice.controllers()
        )

    def situation(self) -> str:
        """Title of the list that was followed."""
        return self.case.scenario.title

    def state(self) -> str:
        """Open or closed."""
        return labels.INCIDENT_STATES[self.case.incident.state]

    def period(self) -> str | None:
        """Start, end, or still going on."""
        return self.answer("dates.debut", "dates.fin", "dates.en_cours", "dates.commentaire")

    def awareness(self) -> str | None:
        """The instants of the case, to the second."""
        known, zone = self.case.incident.instants, self.case.calendar.zone
        return "\n".join(
            labelled(label, exact_instant(known[name], zone))
            for name, label in labels.INSTANTS.items()
            if name in known
        )

    def source(self) -> str | None:
        """Who gave the alert and how, then the circumstances."""
        told = [self._step_answer(field) for field in ("alerted_by", "alert_channel")]
        lines = [*told, self.answer("dates.circonstances")]
        return "\n".join(line for line in lines if line)

    def _step_answer(self, name: str) -> str | None:
        spec = self.case.knowledge.playbooks.fields.get(name)
        for record in self.case.incident.steps.values():
            value = (record.answers or {}).get(name)
            if isinstance(value, str) and value and spec is not None:
                words = {choice.id: choice.label for choice in spec.choices}
                return labelled(spec.label, words.get(value, value))
        return None

    def systems(self) -> str:
        """Systems and media of the two trackers."""
        return systems_text(self.case)

    def processors(self) -> str | None:
        """Other bodies of the form, else the providers of the practice sheet."""
        return self.answer("tiers") or "\n".join(
            f"{each.name} ({labels.CONTACT_ROLES[each.role]})"
            for each in self.case.practice.contacts
            if each.name and each.role in ("it_provider", "software_vendor", "host")
        )

    def consequences(self) -> str | None:
        """What was lost, what it may do to the persons."""
        return self.answer(
            "cons.confidentialite", "cons.integrite", "cons.disponibilite", "cons.autre",
            "impact.natures", "impact.texte",
        )  # fmt: skip

    def gravity(self) -> str:
        """Level, score, justification."""
        assessment, retained = assessment_of(self.case), retained_gravity(self.case)
        level = labels.GRAVITY[retained] if retained else self._say("to_decide")
        lines = [
            self._say("gravity", level=level, proposed=labels.GRAVITY[assessment.gravity]),
            self._say("score", score=score(assessment.score.se)),
        ]
        why = self.answer("impact.justification")
        return "\n".join([*lines, *([why] if why else [])])

    def measures_after(self) -> str | None:
        """The text of the form, then the steps done with their hour."""
        zone = self.case.calendar.zone
        done = [
            labelled(exact_instant(record.done_at, zone), self._title(step))
            for step, record in self.case.incident.steps.items()
            if record.state is StepState.DONE and record.done_at is not None
        ]
        written = self.answer("mesures.apres")
        return "\n".join([*([written] if written else []), *done])

    def not_concerned(self) -> str:
        """Steps set aside, with their reason: silence must be explained too."""
        lines = [
            labelled(self._title(step), record.reason)
            for step, record in self.case.incident.steps.items()
            if record.state is StepState.NOT_CONCERNED
        ]
        return "\n".join(lines) or labels.NONE

    def _title(self, step: str) -> str:
        return f"{step} {self.case.knowledge.step(step).title}"

    def cnil(self) -> str:
        """Each version filed, else that none was; then what the CNIL asked."""
        filings = [self._filing(filing) for filing in self.case.incident.filings]
        reply = self._step_answer("cnil_questions")
        return "\n".join([*(filings or [self._say("not_notified")]), *([reply] if reply else [])])

    def _filing(self, filing: Filing) -> str:
        parts = [
            labels.VERSIONS[filing.version],
            exact_instant(filing.at, self.case.calendar.zone),
            *([labels.reference(filing.reference)] if filing.reference else []),
            *([filing.receipt] if filing.receipt else []),
            filing.by,
        ]
        return ", ".join(parts)

    def delay(self) -> str | None:
        """Reasons for delay; none needed when in time, or when it was decided not to file."""
        given = self.answer("dates.motifs_retard")
        incident = self.case.incident
        decision = incident.decisions.get("cnil")
        spared = decision is not None and decision.choice == DO_NOT_NOTIFY and not incident.filings
        needed = reasons_are_due(self.case) and not spared
        return given if given or needed else labels.NOT_APPLICABLE

    def persons(self) -> str | None:
        """Told or not, when, how, how many, with what text, or why not; else what was decided."""
        given = self.answer(
            "info.etat", "info.date", "info.date_prevue", "info.moyen", "info.nombre",
            "info.contenu", "info.justification", "info.justification_detail",
        )  # fmt: skip
        decision = self.case.incident.decisions.get("persons")
        if given or decision is None:
            return given
        return choice_of(self.case, "persons", decision.choice)

    def others(self) -> str:
        """Other authorities and bodies, with date and reference."""
        return self.answer("autres.autres") or labels.NOBODY

    def decisions(self) -> str | None:
        """Who decided what, when and why."""
        return "\n".join(
            self._say(
                "decision",
                subject=said(labels.SUBJECTS, subject),
                choice=choice_of(self.case, subject, made.choice),
                by=made.by,
                at=exact_instant(made.at, self.case.calendar.zone),
                reason=made.reason or labels.NOTHING,
            )
            for subject, made in self.case.incident.decisions.items()
        )

    def exhibits(self) -> str:
        """How many exhibits and documents are kept."""
        incident = self.case.incident
        return self._say(
            "exhibits", evidence=number(len(incident.exhibits)), papers=number(len(incident.issued))
        )

    def corrections(self) -> str:
        """Dated corrections: the former values stay readable."""
        text = EntryText(self.case)
        lines = [
            self._say(
                "correction",
                at=text.when(entry),
                what=what,
                old=old or labels.NOTHING,
                new=new or labels.NOTHING,
                reason=str(entry.detail.get("reason") or labels.NOTHING),
            )
            for entry in self.file.entries
            if entry.kind == "fact.correct" and not entry.sealed
            for what, old, new in text.before(entry)
        ]
        return "\n".join(lines) or labels.NONE

    def closing(self) -> str | None:
        """Date of closing and what was left open, while open a line to write on."""
        case, closing = self.case, self.case.incident.closing
        if closing is None or case.incident.state is not IncidentState.CLOSED:
            return None
        lines = [EntryText(case).value_of("T_END", closing.get("at"))]
        left = closing.get("leave_open")
        if isinstance(left, dict):
            lines += [labelled(self._left(key), reason) for key, reason in left.items()]
        if day := review_day(closing):
            lines.append(self._say("review", day=short_day(day)))
        return "\n".join(lines)

    def _left(self, key: str) -> str:
        """Duty, step or paper, by its name."""
        if key.startswith(PAPER_LEFT):
            return said(labels.PAPERS, key.removeprefix(PAPER_LEFT))
        title = title_of(self.case, key)
        return f"{key} {title}" if title else key

    def lessons(self) -> str | None:
        """What is kept for the next time."""
        closing = self.case.incident.closing
        found = closing.get("lessons") if closing else None
        return _lines(found) if isinstance(found, list) else None


def _lines(items: Iterable[object]) -> str:
    return "\n".join(str(item) for item in items)


_OWN: dict[str, Callable[[RegisterLine], str | None]] = {
    "number": RegisterLine.number,
    "controllers": RegisterLine.controllers,
    "situation": RegisterLine.situation,
    "state": RegisterLine.state,
    "period": RegisterLine.period,
    "awareness": RegisterLine.awareness,
    "source": RegisterLine.source,
    "systems": RegisterLine.systems,
    "processors": RegisterLine.processors,
    "consequences": RegisterLine.consequences,
    "gravity": RegisterLine.gravity,
    "measures_after": RegisterLine.measures_after,
    "not_concerned": RegisterLine.not_concerned,
    "cnil": RegisterLine.cnil,
    "delay": RegisterLine.delay,
    "persons": RegisterLine.persons,
    "others": RegisterLine.others,
    "decisions": RegisterLine.decisions,
    "exhibits": RegisterLine.exhibits,
    "corrections": RegisterLine.corrections,
    "closing": RegisterLine.closing,
    "lessons": RegisterLine.lessons,
}
"""Items that are more than one answer of the CNIL form; the others are its slugs."""

_GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("identity", ("number", "controllers", "situation", "state")),
    ("facts", ("period", "awareness", "source", "viol.nature", "viol.origine", "viol.cause",
               "viol.description", "systems", "processors")),
    ("effects", ("data.categories", "data.sensibles", "data.nb_enregistrements",
                 "pers.categories", "pers.nombre", "consequences", "gravity")),
    ("measures", ("mesures.avant", "measures_after", "not_concerned")),
    ("notices", ("cnil", "delay", "persons", "others")),
    ("end", ("decisions", "exhibits", "corrections", "closing", "lessons")),
)  # fmt: skip

GROUPS: tuple[str, ...] = tuple(group for group, _ in _GROUPS)
"""Parts of a line, in order."""
