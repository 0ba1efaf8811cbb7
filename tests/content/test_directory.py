"""Who to call: every region and department, and no number that nobody read."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from clinicir.content.calendar import NATIONAL, read_local_days
from clinicir.content.directory import load_directory
from clinicir.domain.directory import Contact
from clinicir.domain.errors import UserError
from tests.content.lookups import CHECKLISTS

DIRECTORY = load_directory(CHECKLISTS)
REGIONS = {region.iso: region for region in DIRECTORY.regions}
TODAY = date(2026, 11, 21)

MAINLAND = {f"{n:02}" for n in range(1, 96) if n != 20} | {"2A", "2B"}
OVERSEAS = {"971", "972", "973", "974", "975", "976", "977", "978"}
PACIFIC = {"986", "987", "988"}


def every_contact() -> list[Contact]:
    regional = [desk for r in DIRECTORY.regions for desk in (r.ars, r.csirt) if desk]
    return [*DIRECTORY.contacts.values(), *regional]


def test_every_department_is_there_once() -> None:
    assert set(DIRECTORY.departments) == MAINLAND | OVERSEAS | PACIFIC
    placed = [code for region in DIRECTORY.regions for code in region.departments]
    assert sorted(placed) == sorted(MAINLAND | OVERSEAS)


def test_the_eighteen_agencies_and_saint_pierre() -> None:
    assert len(DIRECTORY.regions) == 19
    assert [r.iso for r in DIRECTORY.regions if not r.ars.name.startswith("ARS ")] == ["FR-PM"]
    assert {len(r.departments) for r in DIRECTORY.regions if r.iso == "FR-OCC"} == {13}


@pytest.mark.parametrize(
    ("department", "region"),
    [
        ("54", "FR-GES"), ("2B", "FR-20R"), ("75", "FR-IDF"), ("67", "FR-GES"), ("69", "FR-ARA"),
        ("64", "FR-NAQ"), ("44", "FR-PDL"), ("977", "FR-971"), ("974", "FR-974"),
        ("975", "FR-PM"),
    ],
)
def test_region_of_a_department(department: str, region: str) -> None:
    found = DIRECTORY.region_of(department)
    assert found is not None
    assert found.iso == region


def test_the_pacific_has_no_health_agency_here() -> None:
    for code in PACIFIC:
        assert DIRECTORY.region_of(code) is None
        assert not DIRECTORY.departments[code].authorities_apply
    assert all(d.authorities_apply for c, d in DIRECTORY.departments.items() if c not in PACIFIC)


def test_time_zones_and_holidays_exist() -> None:
    regimes = {NATIONAL, *read_local_days(CHECKLISTS)}
    for department in DIRECTORY.departments.values():
        assert ZoneInfo(department.zone).key == department.zone
        assert department.holidays in regimes
    zones = {code: DIRECTORY.departments[code].zone for code in ("54", "974", "972", "988")}
    assert zones == {
        "54": "Europe/Paris", "974": "Indian/Reunion", "972": "America/Martinique",
        "988": "Pacific/Noumea",
    }


def test_alsace_moselle_is_three_departments() -> None:
    regime = {c for c, d in DIRECTORY.departments.items() if d.holidays == "alsace_moselle"}
    assert regime == {"57", "67", "68"}


def test_every_local_holiday_regime_has_a_department() -> None:
    used = {d.holidays for d in DIRECTORY.departments.values()}
    assert set(read_local_days(CHECKLISTS)) <= used


def test_local_health_funds() -> None:
    funds = {c: d.health_fund.split(" ")[0] for c, d in DIRECTORY.departments.items()}
    assert {funds[c] for c in MAINLAND} == {"CPAM"}
    assert {funds[c] for c in ("971", "972", "973", "974")} == {"CGSS"}
    assert (funds["976"], funds["975"], funds["987"]) == ("CSSM", "CPS", "CPS")
    for code in OVERSEAS | PACIFIC:
        assert not DIRECTORY.departments[code].health_fund_verified


def test_the_contacts_that_steps_and_papers_name() -> None:
    assert set(DIRECTORY.contacts) >= {
        "cert_sante", "signalement_portal", "fssi", "seventeen_cyber", "cybermalveillance",
        "police", "samu", "cert_fr", "ans_cards", "amelipro_pro", "assurance_maladie_patients",
        "info_escroqueries", "france_victimes", "thesee", "pharos", "sms_33700", "signal_spam",
        "afnic", "order_doctors", "order_pharmacists", "cnil",
    }


def test_every_contact_named_by_a_text_exists() -> None:
    named = {
        name
        for folder in (CHECKLISTS, CHECKLISTS.parent / "resources")
        for path in folder.rglob("*.toml")
        for name in re.findall(r"\{contact\.([^}]*)\}", path.read_text(encoding="utf-8"))
    }
    assert named <= set(DIRECTORY.contacts)
    assert "cert_sante" in named


def test_no_number_that_nobody_read() -> None:
    for contact in every_contact():
        assert contact.source, contact.id
        if contact.confidence == "unverified":
            assert not contact.phone, contact.id
            assert not contact.email, contact.id
    rumours = {"36 08", "3218", "04 13 55 80 00", "0 825 852 000"}
    assert not rumours & {contact.phone for contact in every_contact()}


@pytest.mark.parametrize(
    ("contact", "phone"),
    [
        ("cert_sante", "09 72 43 91 25"), ("ans_cards", "0 806 80 02 13"),
        ("assurance_maladie_patients", "36 46"), ("info_escroqueries", "0 805 805 817"),
        ("france_victimes", "116 006"), ("police", "17"), ("samu", "15"),
    ],
)
def test_national_numbers(contact: str, phone: str) -> None:
    assert DIRECTORY.contacts[contact].phone == phone


@pytest.mark.parametrize(
    ("iso", "phone"),
    [
        ("FR-ARA", "04 72 40 56 56"), ("FR-BFC", "0 970 609 909"), ("FR-BRE", "0 800 200 008"),
        ("FR-CVL", "0 805 69 15 05"), ("FR-20R", ""), ("FR-GES", "0 970 512 525"),
        ("FR-HDF", "0 806 700 111"), ("FR-IDF", "0 800 730 647"), ("FR-NOR", "0 808 800 001"),
        ("FR-NAQ", "0 805 29 29 40"), ("FR-OCC", "0 800 71 13 13"), ("FR-PDL", "0 800 100 200"),
        ("FR-PAC", "0 805 036 083"), ("FR-971", "0 970 260 801"), ("FR-972", "0 970 260 801"),
        ("FR-973", "0 970 260 801"), ("FR-974", "0 262 974 999"), ("FR-PM", "0 970 260 801"),
    ],
)
def test_regional_help_desks(iso: str, phone: str) -> None:
    desk = REGIONS[iso].csirt
    assert desk is not None
    assert desk.phone == phone
    assert desk.phone_is_sure(TODAY) is bool(phone)


def test_mayotte_has_no_desk_of_its_own() -> None:
    assert REGIONS["FR-976"].csirt is None


def test_four_agencies_have_a_number_that_was_read() -> None:
    numbers = {r.iso: r.ars.phone for r in DIRECTORY.regions if r.ars.phone}
    assert numbers == {
        "FR-ARA": "0 800 32 42 62", "FR-BFC": "0 809 404 900", "FR-BRE": "09 74 50 00 09",
        "FR-PDL": "0 800 277 303",
    }


def test_an_old_or_undated_number_is_to_be_confirmed() -> None:
    assert not DIRECTORY.contacts["cert_sante"].phone_is_sure(TODAY)
    assert not DIRECTORY.contacts["ans_cards"].phone_is_sure(TODAY)
    assert DIRECTORY.contacts["police"].phone_is_sure(TODAY)
    assert DIRECTORY.contacts["police"].phone_is_sure(date(2028, 5, 21))
    assert not DIRECTORY.contacts["police"].phone_is_sure(date(2028, 5, 22))


@pytest.mark.parametrize(
    ("name", "old", "new", "code", "key"),
    [
        ("authorities.toml", 'phone = "36 46"', 'tel = "36 46"', "content.unknown_key",
         "assurance_maladie_patients.tel"),
        ("authorities.toml", '[amelipro_pro]', '[amelipro_pro]\nphone = "36 08"',
         "content.bad_value", "amelipro_pro.confidence"),
        ("regions.toml", 'name = "Ain", region = "FR-ARA"', 'name = "Ain", region = "FR-XXX"',
         "content.unknown_reference", "01.region"),
        ("regions.toml", 'code = "02"', 'code = "01"', "content.bad_value", "01"),
        ("regions.toml", 'name = "Ain", region = "FR-ARA"', 'name = "Ain"',
         "content.unknown_reference", "01.region"),
    ],
)
def test_a_broken_directory_is_refused(
    tmp_path: Path, name: str, old: str, new: str, code: str, key: str
) -> None:
    for file in ("authorities.toml", "regions.toml"):
        shutil.copy(CHECKLISTS / file, tmp_path / file)
    path = tmp_path / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UserError) as caught:
        load_directory(tmp_path)
    found = caught.value
    assert (found.code, found.values["file"], found.values["key"]) == (code, name, key)
