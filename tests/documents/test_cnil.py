"""The CNIL paper on small cases: gaps, unknowns, clocks, groups, refusals."""

from __future__ import annotations

import pytest

from clinicir.documents.cnil import build_cnil
from clinicir.documents.model import (
    Document,
    FieldRow,
    KeyFacts,
    Notice,
    OptionList,
    Table,
    values,
)
from clinicir.documents.plain import plain_lines
from clinicir.domain.answers import unanswered
from clinicir.domain.cnil_answers import answers_of
from clinicir.domain.errors import UserError
from clinicir.domain.ids import Plain
from clinicir.services.incidents import Said, set_facts
from clinicir.services.notifications import Choice, decide, file_notification
from clinicir.services.session import Session
from clinicir.services.trackers import track
from clinicir.services.views.cnil_form import cnil_view_of
from clinicir.texts import labels
from tests import fakes
from tests.documents.goldens import check_golden
from tests.documents.reading import plain, printed_answers

AWARE = {"T_ATTACK": "2027-01-12T17:05:00+01:00", "T_BREACH": "2027-01-12T17:05:00+01:00"}


def small_case() -> Session:
    session = fakes.new_case(facts={"malicious": "yes"}, instants=AWARE)
    fakes.clock_of(session).advance(hours=10)
    return session


def say(session: Session, **cnil: Plain) -> None:
    answers = {slug.replace("__", "."): value for slug, value in cnil.items()}
    set_facts(session, fakes.INCIDENT, Said(cnil=answers), fakes.BY)


def paper(session: Session, variant: str = "") -> Document:
    (document,) = build_cnil(fakes.case_file(session), variant)
    return document


def notices(document: Document) -> str:
    blocks = [block for section in document.sections for block in section.blocks]
    found = [f"{block.title}\n{block.text}" for block in blocks if isinstance(block, Notice)]
    return plain("\n".join(found))


def test_golden() -> None:
    session = small_case()
    say(
        session,
        viol__nature=["confidentialite"],
        viol__cause="unknown",
        data__sensibles=[],
        pers__nombre=0,
        impact__gravite="limite",
    )
    check_golden("cnil-initiale", paper(session))


def test_it_counts_what_is_missing_as_the_screen_does() -> None:
    session = fakes.new_case()
    document = paper(session)
    view = cnil_view_of(session.case(fakes.INCIDENT), document.missing)
    needed, waiting = document.lacking
    assert (needed, needed + waiting) == (view.needed, len(view.questions))
    assert needed
    assert waiting
    [said] = [line for line in plain_lines(document) if "À compléter »." in line]
    assert said.startswith(f"{needed} réponses manquent")
    assert said.endswith(f" {waiting} autres peuvent attendre.")


def test_empty_case_prints_every_field_and_lists_each_gap() -> None:
    session = fakes.new_case()
    document = paper(session)
    form = session.knowledge.cnil_form
    shown = printed_answers(document, form)
    companions = {field.companion for field in form.fields.values()}
    context = {"late": "no", "processor_origin": "no"}
    gaps = unanswered(form, answers_of(session.case(fakes.INCIDENT)), context)
    assert set(document.missing) == {slug for slug in gaps if slug not in companions}
    assert {slug for slug, text in shown.items() if not text} >= set(document.missing)
    assert "L’heure de prise de connaissance n’est pas notée" in notices(document)


def test_unknown_none_and_zero_are_three_answers() -> None:
    session = small_case()
    say(session, viol__cause="unknown", data__sensibles=[], pers__nombre=0)
    document = paper(session)
    rows = {
        row.label: row
        for section in document.sections
        for row in section.blocks
        if isinstance(row, OptionList | FieldRow)
    }
    cause, sensitive = rows["Cause de l’incident"], rows["Données sensibles"]
    count = rows["Nombre approximatif de personnes concernées"]
    assert isinstance(cause, OptionList)
    assert isinstance(sensitive, OptionList)
    assert isinstance(count, FieldRow)
    assert cause.note.startswith("Je ne sais pas encore")
    assert cause.answered
    assert sensitive.note.startswith("Aucune")
    assert not any(option.chosen for option in (*cause.options, *sensitive.options))
    assert count.value == "0"
    assert not {"viol.cause", "data.sensibles", "pers.nombre"} & set(document.missing)


def test_every_choice_is_printed_with_its_official_words() -> None:
    session = small_case()
    document = paper(session)
    printed = {
        (row.label, option.label.removesuffix(" (à vérifier)"))
        for section in document.sections
        for row in section.blocks
        if isinstance(row, OptionList)
        for option in row.options
    }
    asked = {"viol.nature", "viol.origine", "viol.cause", "data.categories", "impact.gravite"}
    for slug in asked:
        field = session.knowledge.cnil_form.fields[slug]
        assert {(field.label, choice.label) for choice in field.choices} <= printed


def test_unverified_labels_are_marked() -> None:
    session = small_case()
    say(session, tiers__oui=True)
    rows = {
        plain(row.label): row
        for section in paper(session).sections
        for row in section.blocks
        if isinstance(row, OptionList | FieldRow)
    }
    bodies, siren = rows["Organismes impliqués"], rows["Numéro SIREN"]
    assert isinstance(bodies, FieldRow)
    assert isinstance(siren, FieldRow)
    assert (bodies.unverified, siren.unverified) == (True, False)
    question = rows["D’autres organismes sont-ils impliqués ?"]
    assert isinstance(question, OptionList)
    assert labels.LABEL_TO_CONFIRM in question.note
    origin = rows["Origine de l’incident"]
    assert isinstance(origin, OptionList)
    assert [o.label for o in origin.options if "à vérifier" in o.label] == ["Autre (à vérifier)"]


@pytest.mark.parametrize(("hours", "late"), [(71, False), (73, True)])
def test_reasons_for_delay_are_asked_once_late(hours: int, *, late: bool) -> None:
    session = fakes.new_case(instants=AWARE)
    fakes.clock_of(session).at = fakes.START.replace(hour=17, minute=5)
    fakes.clock_of(session).advance(hours=hours)
    document = paper(session)
    assert ("dates.motifs_retard" in document.missing) is late
    assert ("Le délai de 72 heures est dépassé de 1 h." in notices(document)) is late


def test_late_filing_keeps_asking_for_its_reasons_and_never_refuses() -> None:
    session = fakes.new_case(instants=AWARE)
    fakes.clock_of(session).advance(hours=100)
    file_notification(session, fakes.INCIDENT, "initiale", "EX-1", "", fakes.BY)
    assert "dates.motifs_retard" in paper(session).missing
    say(session, dates__motifs_retard="Alerte reçue pendant la fermeture du cabinet.")
    shown = printed_answers(paper(session), session.knowledge.cnil_form)
    assert shown["dates.motifs_retard"] == "Alerte reçue pendant la fermeture du cabinet."


def test_deadline_box_says_when_in_full() -> None:
    document = paper(small_case())
    box = next(b for s in document.sections for b in s.blocks if isinstance(b, KeyFacts))
    assert [plain(fact.value) for fact in box.facts] == [
        "mardi 12 janvier 2027 à 17 h 05",
        "vendredi 15 janvier 2027 à 17 h 05",
        "il reste 61 h 55",
    ]


def test_answers_that_disagree_are_listed_not_refused() -> None:
    session = small_case()
    say(
        session,
        viol__cause=["externe_accidentel"],
        dates__determinee=True,
        dates__en_cours=False,
        dates__debut="2027-01-12T12:00:00+01:00",
        dates__fin="2027-01-12T11:00:00+01:00",
    )
    said = notices(paper(session))
    assert "« Acte malveillant » : Oui, mais la réponse à « Cause de l’incident »" in said
    assert "« Date (et heure) de début » ne va pas avec « Date (et heure) de fin »" in said


def test_mailbox_of_the_contact_must_not_be_a_touched_one() -> None:
    session = small_case()
    assert "fait partie des comptes touchés" not in notices(paper(session))
    track(
        session,
        fakes.INCIDENT,
        [{"name": "Claire.Morel@secours-tilleul.example", "system": "Messagerie"}],
        [],
        fakes.BY,
    )
    assert "fait partie des comptes touchés" in notices(paper(session))


def test_decision_not_to_notify_and_grave_silence_are_in_a_box() -> None:
    session = small_case()
    say(session, impact__gravite="important", info__etat="ne_seront_pas")
    reason = "Les données étaient chiffrées et la clé est restée au cabinet."
    decide(session, fakes.INCIDENT, Choice("cnil", "do_not_notify", reason), fakes.BY)
    document = paper(session)
    assert reason in notices(document)
    danger = [
        block.text
        for section in document.sections
        for block in section.blocks
        if isinstance(block, Notice) and block.tone == "danger"
    ]
    assert any("ne seraient pas prévenues" in text for text in danger)


def test_gravity_page_is_internal_and_explains_its_score() -> None:
    session = small_case()
    say(session, viol__nature=["confidentialite"], pers__nombre=101)
    last = paper(session).sections[-1]
    assert last.title == "Calcul interne de la gravité"
    first = last.blocks[0]
    assert isinstance(first, Notice)
    assert "ne pas recopier" in first.text
    text = plain("\n".join(str(block) for block in last.blocks))
    assert "Plus de 100 personnes" in text
    assert any(isinstance(block, Table) for block in last.blocks)


def test_the_paper_never_calls_itself_the_form() -> None:
    said = plain(" ".join(values(paper(small_case()))))
    assert "Document de préparation à la notification CNIL" in said
    assert "formulaire de la CNIL" not in said.replace("n’est pas le formulaire de la CNIL", "")


GROUP: dict[str, Plain] = {
    **fakes.PRACTICE,
    "name": "Groupe du Tilleul",
    "establishments": [
        {"name": "Clinique du Tilleul", "type": "ES_PRIVE", "siren": "123456782"},
        {"name": "EHPAD des Acacias", "type": "ESMS", "siren": "999000011"},
        {"name": "Centre du Tilleul", "type": "IMAGERIE"},
    ],
}


def test_group_has_one_paper_per_legal_entity() -> None:
    session = fakes.new_case(practice=GROUP, instants=AWARE)
    papers = build_cnil(fakes.case_file(session))
    form = session.knowledge.cnil_form
    shown = [printed_answers(document, form) for document in papers]
    assert [each["org.siren"] for each in shown] == ["123456782", "999000011"]
    names = [each["org.denomination"] for each in shown]
    assert names == ["Groupe du Tilleul", "EHPAD des Acacias"]
    assert [document.file_stem for document in papers] == [
        "cnil-initiale-2027-001-1",
        "cnil-initiale-2027-001-2",
    ]
    file_notification(session, fakes.INCIDENT, "initiale", "EX-1", "", fakes.BY)
    for document in build_cnil(fakes.case_file(session)):
        table = next(b for s in document.sections for b in s.blocks if isinstance(b, Table))
        assert table.rows == ()


@pytest.mark.parametrize(
    ("filed", "asked", "code"),
    [
        ((), "provisoire", "document.unknown_variant"),
        ((), "complementaire", "notification.bad_version"),
        (("initiale",), "complete", "notification.bad_version"),
    ],
)
def test_versions_refused(filed: tuple[str, ...], asked: str, code: str) -> None:
    session = small_case()
    for version in filed:
        file_notification(session, fakes.INCIDENT, version, "EX-1", "", fakes.BY)
    with pytest.raises(UserError) as refusal:
        paper(session, asked)
    assert refusal.value.code == code


def test_complete_version_may_be_the_first() -> None:
    session = small_case()
    assert paper(session, "complete").variant == "complete"
    file_notification(session, fakes.INCIDENT, "complete", "EX-9", "", fakes.BY)
    again = paper(session, "complete")
    assert "Réimpression" in notices(again)
    assert paper(session).variant == "complementaire"


def test_presumptions_of_the_scenario_are_never_printed() -> None:
    session = fakes.new_case("editeur_pirate", instants=AWARE)
    case = session.case(fakes.INCIDENT)
    presumed = {name for name, record in case.incident.facts.items() if record.presumed}
    assert presumed
    shown = printed_answers(paper(session), session.knowledge.cnil_form)
    assert not shown["viol.cause"]
    assert not shown["data.sensibles"]
