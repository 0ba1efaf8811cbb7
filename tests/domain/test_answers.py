"""Answers of the CNIL form: shapes, gaps by version, dates that disagree."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicir.content.forms import load_form
from clinicir.domain.answers import (
    AnswerLookup,
    applies,
    check_answer,
    check_answers,
    implied,
    inconsistencies,
    missing,
    unanswered,
)
from clinicir.domain.clock import from_wire
from clinicir.domain.conditions import Truth
from clinicir.domain.errors import UserError
from clinicir.domain.form import AnswerType, Needed
from clinicir.domain.ids import Plain
from clinicir.domain.length import LINE_LIMIT, TEXT_LIMIT
from clinicir.domain.notification import Version
from tests.content.lookups import CHECKLISTS

FORM = load_form(CHECKLISTS, "cnil")
FREE = {slug: field for slug, field in FORM.fields.items() if not field.derived}
NOW = datetime.fromisoformat("2027-01-13T10:20:00+01:00")


def check(slug: str, value: Plain) -> Plain:
    return check_answer(FORM.fields[slug], value)


@pytest.mark.parametrize(
    ("slug", "value", "recorded"),
    [
        ("dates.determinee", True, True),
        ("dates.determinee", "no", False),
        ("impact.gravite", "important", "important"),
        ("viol.nature", ["disponibilite", "confidentialite"], ["confidentialite", "disponibilite"]),
        ("viol.nature", ["integrite", "integrite"], ["integrite"]),
        ("viol.cause", "inconnu", ["inconnu"]),
        ("data.sensibles", [], []),
        ("pers.nombre", 0, 0),
        ("pers.nombre", 758_912, 758_912),
        ("dates.debut", "2027-01-06T08:12:00+01:00", "2027-01-06T08:12:00+01:00"),
        ("dates.debut", "2027-01-06T08:12+01:00", "2027-01-06T08:12:00+01:00"),
        ("info.date", "2027-01-18", "2027-01-18"),
        ("dates.circonstances", " a\r\nb\x00c ", "a\nb c"),
        ("data.nb_detail", "a\nb", "a b"),
        ("tiers", [], []),
        (
            "tiers",
            [{"role": "sous_traitant", "name": "Hébergeur Exemple", "siren": "", "detail": "x"}],
            [{"role": "sous_traitant", "name": "Hébergeur Exemple", "detail": "x"}],
        ),
        (
            "autres.autres",
            [{"who": "cpam", "at": "2027-01-12T19:10:00+01:00"}, {"who": "order", "at": "unknown"}],
            [{"who": "cpam", "at": "2027-01-12T19:10:00+01:00"}, {"who": "order", "at": "unknown"}],
        ),
    ],
)
def test_recorded_shape(slug: str, value: Plain, recorded: Plain) -> None:
    assert check(slug, value) == recorded


@pytest.mark.parametrize(
    ("slug", "value"),
    [
        ("dates.determinee", "oui"), ("dates.determinee", 1), ("dates.determinee", None),
        ("impact.gravite", "grave"), ("impact.gravite", ["important"]), ("impact.gravite", ""),
        ("viol.nature", ["fuite"]), ("viol.nature", [["confidentialite"]]), ("viol.nature", None),
        ("viol.nature", {"confidentialite": True}), ("viol.nature", ["confidentialite", "unknown"]),
        ("pers.nombre", -1), ("pers.nombre", True), ("pers.nombre", "2400"),
        ("pers.nombre", 10**9 + 1), ("dates.debut", "2027-01-06T08:12:00"),
        ("dates.debut", "2027-01-06"), ("dates.debut", "hier"), ("dates.debut", 20270106),
        ("dates.debut", "0001-01-01T00:00:00+14:00"), ("dates.debut", "9999-12-31T23:59:59-12:00"),
        ("info.date", "18/01/2027"), ("info.date", "2027-02-30"), ("info.date", "0001-01-01"),
        ("viol.description", 3), ("viol.description", "a\ud800b"),
        ("tiers", "CNAM"), ("tiers", [{"name": "CNAM"}]),
        ("tiers", [{"role": "ami", "name": "CNAM"}]), ("tiers", [{"role": "autre", "name": ""}]),
        ("tiers", [{"role": "autre", "name": "CNAM", "nom": "x"}]), ("tiers", ["CNAM"]),
        ("tiers", [{"role": "autre", "name": "unknown", "notified_at": "hier"}]),
        ("autres.autres", [{"at": "2027-01-12"}]), ("autres.autres", [{"who": 3}]),
    ],
)
def test_refused(slug: str, value: Plain) -> None:
    with pytest.raises(UserError) as caught:
        check(slug, value)
    assert caught.value.code == "cnil.bad_value"


@pytest.mark.parametrize(
    ("slug", "limit"), [("viol.description", TEXT_LIMIT), ("pers.autres", LINE_LIMIT)]
)
def test_lengths(slug: str, limit: int) -> None:
    assert check(slug, "é" * limit) == "é" * limit
    with pytest.raises(UserError) as caught:
        check(slug, "é" * (limit + 1))
    assert caught.value.code == "text.too_long"


@pytest.mark.parametrize("slug", FREE)
def test_unknown_is_always_an_answer(slug: str) -> None:
    assert check(slug, "unknown") == "unknown"


def test_what_the_program_fills_is_refused() -> None:
    for slug in ("dates.connaissance", "org.siren", "notif.type", "contact.courriel", "legal.nom"):
        with pytest.raises(UserError) as caught:
            check_answers(FORM, {slug: "x"})
        assert caught.value.code == "fact.derived"


def test_an_invented_slug_is_refused() -> None:
    with pytest.raises(UserError) as caught:
        check_answers(FORM, {"viol.gravite": "important"})
    assert caught.value.code == "cnil.unknown"


_PLAIN: st.SearchStrategy[Plain] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=30)
    | st.sampled_from(["unknown", "yes", "confidentialite", "2027-01-06T08:12:00+01:00"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["role", "name", "who", "at", "x"]), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(sorted(FREE)), _PLAIN)
def test_any_input_is_recorded_once_and_for_all_or_cleanly_refused(
    slug: str, value: Plain
) -> None:
    refusal = None
    recorded: Plain = None
    try:
        recorded = check(slug, value)
    except UserError as error:
        refusal = error.code
    if refusal is not None:
        assert refusal in {"cnil.bad_value", "text.too_long"}
        return
    assert check(slug, recorded) == recorded
    if isinstance(recorded, str):
        assert "\x00" not in recorded
        assert recorded == recorded.strip()


# --------------------------------------------------------------- what applies


def truth(slug: str, answers: dict[str, Plain], context: dict[str, str] | None = None) -> Truth:
    return applies(FORM.fields[slug], AnswerLookup(answers, context or {}))


@pytest.mark.parametrize(
    ("slug", "answers", "expected"),
    [
        ("dates.fin", {"dates.determinee": True, "dates.en_cours": False}, Truth.TRUE),
        ("dates.fin", {"dates.determinee": True, "dates.en_cours": True}, Truth.FALSE),
        ("dates.fin", {"dates.determinee": False, "dates.en_cours": False}, Truth.FALSE),
        ("cons.integrite", {"viol.nature": ["confidentialite"]}, Truth.FALSE),
        ("cons.confidentialite", {"viol.nature": ["confidentialite"]}, Truth.TRUE),
        ("cons.confidentialite", {"viol.nature": "unknown"}, Truth.UNKNOWN),
        ("info.date", {"info.etat": "oui"}, Truth.TRUE),
        ("info.date", {"info.etat": "seront"}, Truth.FALSE),
        ("info.date_prevue", {"info.etat": "seront"}, Truth.TRUE),
        ("info.moyen", {"info.etat": "seront"}, Truth.TRUE),
        ("info.justification", {"info.etat": "ne_seront_pas"}, Truth.TRUE),
        ("info.justification", {"info.etat": "indetermine"}, Truth.FALSE),
        ("notif.numero_initial", {"notif.type": "complementaire"}, Truth.TRUE),
        ("notif.numero_initial", {"notif.type": "initiale"}, Truth.FALSE),
        ("data.autres", {"data.categories": ["autres"]}, Truth.TRUE),
        ("pers.autres", {"pers.categories": ["patients"]}, Truth.FALSE),
        ("tiers", {"tiers.oui": True}, Truth.TRUE),
        ("tiers", {"tiers.oui": False}, Truth.FALSE),
        ("viol.description", {}, Truth.TRUE),
    ],
)
def test_conditional_logic(slug: str, answers: dict[str, Plain], expected: Truth) -> None:
    assert truth(slug, answers) is expected


def test_reasons_for_delay_are_asked_once_late() -> None:
    assert truth("dates.motifs_retard", {}, {"late": "yes"}) is Truth.TRUE
    assert truth("dates.motifs_retard", {}, {"late": "no"}) is Truth.FALSE
    late = missing(FORM, {}, Version.INITIAL, {"late": "yes"})
    assert "dates.motifs_retard" in late
    assert "dates.motifs_retard" not in missing(FORM, {}, Version.INITIAL)
    given_reasons = {"dates.motifs_retard": "Journaux reçus le 20."}
    assert "dates.motifs_retard" not in missing(
        FORM, given_reasons, Version.INITIAL, {"late": "yes"}
    )


def test_the_hour_of_the_vendor_is_asked_when_it_is_the_source() -> None:
    slug = "dates.notif_sous_traitant"
    assert truth(slug, {}, {"processor_origin": "yes"}) is Truth.TRUE
    assert truth(slug, {}, {"processor_origin": "no"}) is Truth.FALSE


# --------------------------------------------------------------- what is missing

DERIVED: dict[str, Plain] = {
    "notif.type": "initiale", "org.siren": "123456782", "org.denomination": "SELARL",
    "org.secteur": "sante_humaine_action_sociale", "org.effectif": 4, "org.adresse": "12 rue",
    "org.cp": "54000", "org.ville": "Nancy", "org.pays": "France", "legal.civilite": "Madame",
    "legal.nom": "Morel", "legal.prenom": "Claire", "legal.courriel": "c@tilleul.example",
    "contact.civilite": "Madame", "contact.nom": "Morel", "contact.prenom": "Claire",
    "contact.fonction": "Gérante", "contact.courriel": "c@tilleul.example",
    "contact.telephone": "03 53 01 12 34", "contact.dpo": False,
    "dates.connaissance": "2027-01-12T17:05:00+01:00",
}
TEN_MINUTES: dict[str, Plain] = {
    "tiers": [{"role": "autre", "name": "CNAM"}], "dates.determinee": True,
    "dates.en_cours": False, "dates.circonstances": "Appel de la CPAM.",
    "viol.nature": ["confidentialite"], "viol.origine": ["piratage"], "viol.cause": ["inconnu"],
    "viol.description": "Trois phrases.", "data.categories": ["inconnu"], "data.sensibles": [],
    "pers.categories": ["indetermine"], "impact.natures": ["fraude"],
    "impact.gravite": "important", "mesures.apres": "Comptes fermés.", "info.etat": "indetermine",
}


def test_the_ten_minute_path_is_enough_for_an_initial_notification() -> None:
    assert missing(FORM, {**DERIVED, **TEN_MINUTES}, Version.INITIAL) == ()


def test_nothing_answered_lists_what_is_needed_in_order() -> None:
    gaps = missing(FORM, {}, Version.INITIAL)
    order = list(FORM.fields)
    assert list(gaps) == sorted(gaps, key=order.index)
    assert {FORM.fields[slug].needed for slug in gaps} == {Needed.INITIAL}
    assert "viol.nature" in gaps
    assert "pers.nombre" not in gaps


def test_a_complete_file_needs_more_and_refuses_unknown_counts() -> None:
    answers = {**DERIVED, **TEN_MINUTES, "pers.nombre": "unknown", "data.nb_enregistrements": 0}
    gaps = missing(FORM, answers, Version.COMPLETE)
    assert "pers.nombre" in gaps
    assert "data.nb_enregistrements" not in gaps
    assert {"dates.debut", "dates.fin", "mesures.avant", "cons.confidentialite"} <= set(gaps)
    assert "cons.integrite" not in gaps
    assert "pers.nombre" not in missing(FORM, answers, Version.INITIAL)
    known = {**answers, "impact.texte": "unknown"}
    assert "impact.texte" not in missing(FORM, known, Version.COMPLETE)


def test_blank_text_is_a_gap_and_none_is_not() -> None:
    base = {**DERIVED, **TEN_MINUTES}
    assert missing(FORM, {**base, "mesures.apres": ""}, Version.INITIAL) == ("mesures.apres",)
    assert missing(FORM, {**base, "data.categories": []}, Version.INITIAL) == ()


def test_a_list_of_bodies_says_whether_there_are() -> None:
    assert implied({"tiers": []})["tiers.oui"] is False
    assert implied({"tiers": [{"role": "autre", "name": "x"}]})["tiers.oui"] is True
    assert implied({"tiers": [], "tiers.oui": True})["tiers.oui"] is True
    assert "tiers.oui" not in implied({"tiers": "unknown"})
    assert "tiers.oui" not in missing(FORM, {"tiers": []}, Version.INITIAL)


def test_unanswered_lists_optional_fields_too() -> None:
    blank = unanswered(FORM, {**DERIVED, **TEN_MINUTES})
    assert {"org.tva", "dates.commentaire", "pers.nombre"} <= set(blank)
    assert not {"info.date", "cons.integrite", "notif.numero_initial"} & set(blank)


@given(st.dictionaries(st.sampled_from(sorted(FREE)), st.just("unknown")))
def test_an_answer_never_adds_a_gap_of_its_own(answers: dict[str, Plain]) -> None:
    gaps = missing(FORM, answers, Version.COMPLETE)
    numbers = {s for s, f in FREE.items() if f.type is AnswerType.NUMBER}
    assert not (set(gaps) & set(answers)) - numbers


# --------------------------------------------------------------- dates


def conflicts(**dates: str) -> set[str]:
    answers: dict[str, Plain] = {f"dates.{name}": value for name, value in dates.items()}
    return {str(found) for found in inconsistencies(answers, NOW)}


def test_dates_in_order_say_nothing() -> None:
    assert conflicts(
        debut="2027-01-06T08:12:00+01:00", connaissance="2027-01-12T17:05:00+01:00",
        fin="2027-01-12T18:55:00+01:00",
    ) == set()


def test_dates_in_the_wrong_order() -> None:
    assert conflicts(
        debut="2027-01-12T18:00:00+01:00", fin="2027-01-12T17:30:00+01:00",
        connaissance="2027-01-12T17:05:00+01:00",
    ) == {"dates.debut/dates.fin", "dates.debut/dates.connaissance"}
    assert conflicts(fin="2027-01-13T10:21:00+01:00") == {"dates.fin/now"}
    assert conflicts(connaissance="2027-01-14T00:00:00+01:00") == {"dates.connaissance/now"}


def test_offsets_are_compared_as_instants() -> None:
    # 10:00 in Paris comes before 06:00 in Martinique.
    same_day = conflicts(debut="2027-01-06T10:00:00+01:00", fin="2027-01-06T06:00:00-04:00")
    assert same_day == set()


def test_an_end_given_to_what_goes_on() -> None:
    answers: dict[str, Plain] = {
        "dates.en_cours": True, "dates.fin": "2027-01-12T18:55:00+01:00",
    }
    assert [str(c) for c in inconsistencies(answers, NOW)] == ["dates.fin/dates.en_cours"]


def test_unknown_dates_disagree_with_nothing() -> None:
    assert conflicts(debut="unknown", fin="unknown", connaissance="unknown") == set()


@given(st.integers(-500, 500), st.integers(-500, 500))
def test_order_is_the_only_thing_that_counts(debut: int, fin: int) -> None:
    def at(hours: int) -> str:
        return (NOW - timedelta(days=30) + timedelta(hours=hours)).isoformat()

    found = conflicts(debut=at(debut), fin=at(fin))
    assert ("dates.debut/dates.fin" in found) is (debut > fin)
    assert from_wire(at(debut)) <= NOW
