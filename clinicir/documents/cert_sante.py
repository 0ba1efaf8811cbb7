"""The sheet for the CERT Sante, and for the health agency when the portal fails.

One paper for the whole case (architecture ruling 19): common facts once, one section for each
establishment concerned.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from clinicir.documents.answers import AnswerText
from clinicir.documents.cert_sante_answers import sheet_answers, structure_answers
from clinicir.documents.contact_lines import contact_line
from clinicir.documents.duty_lines import duty_table
from clinicir.documents.form_sheet import FormSheet
from clinicir.documents.identity import signature
from clinicir.documents.model import (
    Block,
    Document,
    Heading,
    Lines,
    Notice,
    Paragraph,
    Section,
)
from clinicir.documents.tracker_tables import accounts_table, addresses_table
from clinicir.domain.case import Case, CaseFile
from clinicir.domain.duties import obligations
from clinicir.domain.form import Form
from clinicir.domain.ids import PlainMap
from clinicir.domain.obligation import Obligation
from clinicir.domain.practice import Establishment
from clinicir.texts import labels

KIND = "cert_sante"
_PORTAL = "signalement_portal"
_DESK = "cert_sante"
_STRUCTURE = "A"


def build_cert_sante(file: CaseFile) -> Document:
    """One paper, all establishments concerned by name."""
    return _Paper(file.case).document()


@dataclass(frozen=True)
class _Paper:
    case: Case

    def document(self) -> Document:
        case = self.case
        structures = [self._sheet(self._block_a, answers) for _, answers in self._structures]
        common = self._sheet(self._blocks_b_to_f, sheet_answers(case))
        sections = [
            Section("", tuple(self._head())),
            *self._structure_sections(structures),
            *common.sections(),
            Section(
                self._say("trackers_title"),
                (
                    Heading(self._say("accounts")), accounts_table(case),
                    Heading(self._say("addresses")), addresses_table(case),
                ),
            ),
            self._end(),
        ]  # fmt: skip
        missing = [slug for sheet in structures for slug in sheet.missing]
        return Document(
            kind=KIND,
            title=self._say("title"),
            sections=tuple(sections),
            practice=case.practice.name,
            case_number=case.incident.number,
            drill=case.drill,
            at=case.local(case.now),
            file_stem=f"cert-sante-{case.incident.number}",
            subtitle=self._say("subtitle"),
            missing=(*dict.fromkeys(missing), *common.missing),
        )

    def _say(self, key: str, **values: str) -> str:
        return self.case.knowledge.wording.text(f"cert_sante.{key}", **values)

    # --- who is concerned ----------------------------------------------------------------------

    @cached_property
    def _duties(self) -> tuple[Obligation, ...]:
        return tuple(
            duty
            for duty in obligations(self.case)
            if duty.rule.authority in ("cert_sante", "ars")
        )

    @cached_property
    def _structures(self) -> tuple[tuple[str, PlainMap], ...]:
        """Name and block A of each establishment that a duty names, of all when none does."""
        practice = self.case.practice
        if not practice.is_group:
            return ((practice.name, structure_answers(self.case, None)),)
        named = {name for duty in self._duties for name in duty.establishments}
        concerned: list[Establishment] = [
            each for each in practice.establishments if each.name in named
        ]
        return tuple(
            (each.name, structure_answers(self.case, each))
            for each in concerned or practice.establishments
        )

    # --- the form ------------------------------------------------------------------------------

    @cached_property
    def _block_a(self) -> Form:
        return self._part(keep_structure=True)

    @cached_property
    def _blocks_b_to_f(self) -> Form:
        return self._part(keep_structure=False)

    def _part(self, *, keep_structure: bool) -> Form:
        form = self.case.knowledge.cert_sante_form
        return replace(
            form,
            rubrics=tuple(
                rubric for rubric in form.rubrics if (rubric.id == _STRUCTURE) is keep_structure
            ),
        )

    def _sheet(self, form: Form, answers: PlainMap) -> FormSheet:
        return FormSheet(form, answers, AnswerText(self.case.calendar.zone))

    def _structure_sections(self, sheets: list[FormSheet]) -> Iterator[Section]:
        for (name, _), sheet in zip(self._structures, sheets, strict=True):
            for section in sheet.sections():
                title = labels.labelled(section.title, name) if len(sheets) > 1 else section.title
                yield replace(section, title=title)

    # --- head and end --------------------------------------------------------------------------

    def _head(self) -> Iterator[Block]:
        case = self.case
        yield Paragraph(self._say("intro"), "lead")
        if len(self._structures) > 1:
            names = tuple(name for name, _ in self._structures)
            yield Paragraph(self._say("concerned"))
            yield Lines(names)
        yield duty_table(case, self._duties, self._say("no_duty"))
        yield Notice("info", "\n".join(self._channels()), self._say("channels_title"))
        yield Notice("warning", self._say("labels_to_confirm"))

    def _channels(self) -> Iterator[str]:
        """Portal, telephone, then the health agency by any means (order of 2017)."""
        directory, today = self.case.knowledge.directory, self.case.now.date()
        portal = contact_line(directory.contacts[_PORTAL], today, by_phone=False)
        lines = [
            self._say("portal", contact=portal),
            self._say("desk", contact=contact_line(directory.contacts[_DESK], today)),
        ]
        by_region: dict[str, list[str]] = {}
        for department in self.case.practice.departments:
            region = directory.region_of(department)
            agency = contact_line(region.ars, today) if region else labels.PHONE_TO_CONFIRM
            by_region.setdefault(agency, []).append(department)
        lines += [
            self._say("agency", contact=agency, departments=", ".join(departments))
            for agency, departments in by_region.items()
        ]
        return (f"{n}. {line}" for n, line in enumerate(lines, start=1))

    def _end(self) -> Section:
        lines = self.case.knowledge.wording.lines("cert_sante.after")
        return Section(
            self._say("after_title"), (Lines(lines), signature(self.case.practice))
        )
