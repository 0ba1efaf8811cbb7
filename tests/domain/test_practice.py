"""The practice sheet: strict reading, what the rules look at, who notifies."""

from __future__ import annotations

from typing import Any

import pytest

from clinicir.domain.errors import UserError
from clinicir.domain.practice import TYPES, Practice


def _minimal(**more: Any) -> dict[str, Any]:
    return {
        "name": "Pharmacie du Tilleul",
        "type": "PHARMACIE",
        "department": "54",
        "contact": {"last_name": "Morel"},
        **more,
    }


def _full() -> dict[str, Any]:
    return _minimal(
        siren="123456782",
        siret="12345678200010",
        finess="540000015",
        rpps="10000000000",
        vat_number="FR00123456782",
        address={"street": "12 rue du Tilleul", "postcode": "54000", "city": "Nancy",
                 "country": "France"},
        headcount=4,
        effectif_detail="2 pharmaciens, 2 preparateurs",
        insurance_cyber="unknown",
        insurance_other="yes",
        ose_or_oiv="no",
        depends_on_obliged="no",
        contract_notice_days=5,
        public_addresses=["192.0.2.10", "2001:db8::/48"],
        legal_head={"civility": "Madame", "first_name": "Claire", "last_name": "Morel"},
        dpo={"last_name": "Petit", "email": "dpo@secours-tilleul.example"},
        contacts=[{"role": "it_provider", "name": "Info-Lorraine", "phone": "03 53 01 12 35"}],
        establishments=[{"name": "Annexe", "type": "ESMS", "department": "95",
                         "finess": "950000018", "siren": "123456782"}],
    )  # fmt: skip


def _group(*sirens: str | None, **more: Any) -> Practice:
    establishments = [
        {"name": f"Site {n}", "type": "ES_PRIVE" if n else "ESMS"}
        | ({} if siren is None else {"siren": siren})
        for n, siren in enumerate(sirens)
    ]
    return Practice.from_plain(_minimal(establishments=establishments, **more))


def _refusal(plain: Any) -> tuple[str, object]:
    with pytest.raises(UserError) as caught:
        Practice.from_plain(plain)
    return caught.value.code, caught.value.values.get("key")


def test_what_is_not_given_is_none() -> None:
    practice = Practice.from_plain(_minimal())
    assert practice.siren is None
    assert practice.headcount is None
    assert practice.insurance_cyber is None
    assert practice.dpo is None
    assert practice.public_addresses == ()
    assert practice.to_plain() == _minimal()


def test_a_full_sheet_survives_its_record() -> None:
    practice = Practice.from_plain(_full())
    assert practice.to_plain() == _full()
    assert Practice.from_plain(practice.to_plain()) == practice
    assert practice.contacts[0].role == "it_provider"
    assert practice.establishments[0].department == "95"


@pytest.mark.parametrize("key", ["name", "type", "department", "contact"])
def test_required_keys(key: str) -> None:
    plain = _minimal()
    del plain[key]
    expected = "practice.contact.last_name" if key == "contact" else f"practice.{key}"
    assert _refusal(plain) == ("story.missing_key", expected)


@pytest.mark.parametrize(
    ("more", "code", "key"),
    [
        ({"colour": "red"}, "story.unknown_key", "practice.colour"),
        ({"contact": {"first_name": "C"}}, "story.missing_key", "practice.contact.last_name"),
        ({"contact": {"last_name": "M", "fax": "1"}}, "story.unknown_key", "practice.contact.fax"),
        ({"contact": "Morel"}, "story.bad_type", "practice.contact"),
        ({"siren": ""}, "story.bad_value", "practice.siren"),
        ({"siren": 123456782}, "story.bad_type", "practice.siren"),
        ({"type": "KINE"}, "story.bad_value", "practice.type"),
        ({"department": "99"}, "story.bad_value", "practice.department"),
        ({"department": "20"}, "story.bad_value", "practice.department"),
        ({"headcount": "4"}, "story.bad_type", "practice.headcount"),
        ({"headcount": True}, "story.bad_type", "practice.headcount"),
        ({"headcount": -1}, "story.bad_value", "practice.headcount"),
        ({"contract_notice_days": 0}, "story.bad_value", "practice.contract_notice_days"),
        ({"insurance_cyber": "maybe"}, "story.bad_value", "practice.insurance_cyber"),
        ({"public_addresses": "192.0.2.1"}, "story.bad_type", "practice.public_addresses"),
        ({"public_addresses": [7]}, "story.bad_type", "practice.public_addresses[0]"),
        ({"contacts": [{"name": "X"}]}, "story.missing_key", "practice.contacts[0].role"),
        ({"contacts": [{"role": "boss"}]}, "story.bad_value", "practice.contacts[0].role"),
        (
            {"establishments": [{"name": "A", "type": "ESMS"}, {"name": "B"}]},
            "story.missing_key",
            "practice.establishments[1].type",
        ),
        (
            {"establishments": [{"name": "A", "type": "ESMS", "beds": 3}]},
            "story.unknown_key",
            "practice.establishments[0].beds",
        ),
        ({"address": {"zip": "54000"}}, "story.unknown_key", "practice.address.zip"),
        ({"name": "Pharmacie\x00"}, "story.bad_value", "practice.name"),
        ({"name": "P" * 501}, "text.too_long", "practice.name"),
    ],
)
def test_what_is_wrong_is_refused_by_its_full_name(
    more: dict[str, Any], code: str, key: str
) -> None:
    assert _refusal(_minimal(**more)) == (code, key)


def test_a_sheet_that_is_not_a_table_is_refused() -> None:
    assert _refusal(["Pharmacie"]) == ("story.bad_type", "practice")


def test_a_private_address_is_not_ours_on_the_internet() -> None:
    assert _refusal(_minimal(public_addresses=["192.168.1.1"]))[0] == "address.not_public"
    practice = Practice.from_plain(_minimal(public_addresses=["::ffff:192.0.2.10"]))
    assert practice.public_addresses == ("192.0.2.10",)


@pytest.mark.parametrize("department", ["01", "2A", "2B", "54", "95", "971", "976", "978", "988"])
def test_departments_of_metropolis_and_overseas(department: str) -> None:
    assert Practice.from_plain(_minimal(department=department)).departments == (department,)


@pytest.mark.parametrize("kind", TYPES)
def test_alone_the_rules_look_at_the_practice(kind: str) -> None:
    practice = Practice.from_plain(_minimal(type=kind))
    assert practice.concerned == (("Pharmacie du Tilleul", kind),)
    assert not practice.is_group


def test_one_establishment_does_not_make_a_group() -> None:
    practice = _group(None)
    assert not practice.is_group
    assert practice.concerned == (("Pharmacie du Tilleul", "PHARMACIE"),)
    assert len(practice.controllers()) == 1


def test_in_a_group_the_rules_look_at_each_establishment() -> None:
    practice = _group(None, None, None)
    assert practice.is_group
    assert practice.concerned == (
        ("Site 0", "ESMS"),
        ("Site 1", "ES_PRIVE"),
        ("Site 2", "ES_PRIVE"),
    )
    assert practice.departments == ("54",)


def test_without_siren_of_their_own_the_group_notifies_once() -> None:
    practice = _group(None, None, siren="123 456 782")
    (only,) = practice.controllers()
    assert (only.siren, only.name) == ("123456782", "Pharmacie du Tilleul")
    assert [each.name for each in only.establishments] == ["Site 0", "Site 1"]


def test_each_distinct_siren_notifies() -> None:
    practice = _group("111111118", None, "111 111 118", "222222226", siren="123456782")
    found = practice.controllers()
    assert [(each.siren, each.name) for each in found] == [
        ("111111118", "Site 0"),
        ("123456782", "Pharmacie du Tilleul"),
        ("222222226", "Site 3"),
    ]
    assert [len(each.establishments) for each in found] == [2, 1, 1]


def test_the_siren_is_the_head_of_the_siret() -> None:
    practice = Practice.from_plain(_minimal(siret="123 456 782 00010"))
    assert practice.controllers()[0].siren == "123456782"
    assert Practice.from_plain(_minimal()).controllers()[0].siren is None
