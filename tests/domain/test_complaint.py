"""Which offences the facts of a case offer."""

from __future__ import annotations

import pytest

from clinicir.domain.complaint import offered
from clinicir.domain.ids import Plain
from clinicir.services.incidents import Said, set_facts
from tests import fakes


def found(
    scenario: str, facts: dict[str, Plain] | None = None, cnil: dict[str, Plain] | None = None
) -> tuple[set[str], set[str]]:
    """Ids of the established offences, and of those to confirm."""
    session = fakes.new_case(scenario, facts=facts)
    if cnil:
        set_facts(session, fakes.INCIDENT, Said(cnil=cnil), fakes.BY)
    offer = offered(session.case(fakes.INCIDENT))
    return {each.id for each in offer.established}, {each.id for each in offer.to_confirm}


def test_an_intrusion_with_a_copy() -> None:
    established, _ = found(
        "amelipro", {"stad_attack": "yes", "malicious": "yes", "nir_exposed": "yes"}
    )
    assert established == {"acces", "extraction", "collecte"}


def test_a_presumption_is_never_established() -> None:
    session = fakes.new_case("amelipro")
    assert session.case(fakes.INCIDENT).incident.facts["malicious"].presumed
    established, to_confirm = found("amelipro", {"nir_exposed": "yes"})
    assert established == set()
    assert {"acces", "collecte"} <= to_confirm


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"stad_attack": "yes", "care_safety": "actual"}, "danger"),
        ({"extortion": "yes"}, "chantage"),
        ({"device_stolen": "yes"}, "vol"),
        ({"forged_prescriptions": "yes"}, "faux"),
        ({"identity_abuse": "yes"}, "usurpation"),
        ({"money_loss": "yes"}, "escroquerie"),
        ({"data_published": "yes"}, "divulgation"),
    ],
)
def test_each_fact_offers_its_offence(facts: dict[str, Plain], expected: str) -> None:
    assert expected in found("inconnu", facts)[0]
    assert expected not in found("inconnu")[0]


def test_an_insider_is_read_in_the_answers_of_the_form() -> None:
    cnil: dict[str, Plain] = {"viol.cause": ["interne_malveillant"]}
    assert "detournement" in found("acces_indu", cnil=cnil)[0]


def test_an_accident_offers_nothing() -> None:
    facts: dict[str, Plain] = {"malicious": "no", "stad_attack": "no"}
    assert found("mauvais_destinataire", facts)[0] == set()
