"""Accounts to reset and addresses to block."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicir.domain.errors import UserError
from clinicir.domain.ids import Plain
from clinicir.domain.tracker import (
    Account,
    AccountState,
    Address,
    AddressState,
    merge_accounts,
    merge_addresses,
)

NOW = datetime.fromisoformat("2027-01-12T20:00:00+01:00")
BEFORE = "2027-01-12T18:45:00+01:00"


def _code(act: object) -> str:
    assert callable(act)
    with pytest.raises(UserError) as caught:
        act()
    return caught.value.code


def test_adding_an_account_again_updates_what_is_said_and_keeps_the_rest() -> None:
    first = merge_accounts(
        (),
        [
            {"name": "c.morel", "system": "amelipro", "owner": "Claire Morel"},
            {"name": "accueil", "system": "Messagerie", "owner": "Secretariat"},
        ],
    )
    assert [line.pending for line in first] == [True, True]
    second = merge_accounts(
        first,
        [
            {"name": "C.Morel", "system": "AMELIPRO", "state": "reset", "done_at": BEFORE},
            {"name": "secours", "system": "amelipro", "state": "disabled", "mfa": False},
        ],
    )
    assert [line.name for line in second] == ["C.Morel", "accueil", "secours"]
    assert second[0].owner == "Claire Morel"
    assert second[0].state is AccountState.RESET
    assert second[0].done_at == datetime.fromisoformat(BEFORE)
    assert second[1] == first[1]
    assert second[2].mfa == "no"


def test_importing_the_list_again_does_not_undo_what_was_done() -> None:
    done = merge_accounts(
        (), [{"name": "a", "system": "s", "state": "reset", "done_at": BEFORE}]
    )
    again = merge_accounts(done, [{"name": "a", "system": "s", "owner": "Paul Petit"}])
    assert again[0].state is AccountState.RESET
    assert again[0].owner == "Paul Petit"


def test_an_announced_block_is_kept() -> None:
    """The provider says at what hour the block takes effect, before that hour."""
    line: dict[str, Plain] = {
        "address": "203.0.113.47",
        "where": "box",
        "state": "blocked",
        "done_at": (NOW + timedelta(minutes=9)).isoformat(),
    }
    assert merge_addresses((), [line], own=())[0].done_at == NOW + timedelta(minutes=9)


def test_a_line_that_is_to_do_again_loses_its_date() -> None:
    done = merge_accounts(
        (),
        [{"name": "a", "system": "s", "state": "reset", "done_at": BEFORE, "by": "Paul Petit"}],
    )
    again = merge_accounts(done, [{"name": "a", "system": "s", "state": "to_reset"}])
    assert again == (Account("a", "s"),)


def test_the_same_address_may_be_blocked_at_two_places() -> None:
    lines = merge_addresses(
        (),
        [
            {"address": "203.0.113.47", "where": "box"},
            {"address": "::ffff:203.0.113.47", "where": "BOX", "state": "requested"},
            {"address": "203.0.113.47", "where": "pare-feu", "state": "blocked", "by": "Paul"},
        ],
        own=("192.0.2.10",),
    )
    assert [(line.where, line.state) for line in lines] == [
        ("BOX", AddressState.REQUESTED),
        ("pare-feu", AddressState.BLOCKED),
    ]
    assert [line.pending for line in lines] == [True, False]


def test_an_address_asked_again_loses_its_date() -> None:
    line: dict[str, Plain] = {"address": "203.0.113.47", "where": "box"}
    blocked = merge_addresses((), [{**line, "state": "blocked", "done_at": BEFORE}], own=())
    again = merge_addresses(blocked, [{**line, "state": "to_block"}], own=())
    assert again == (Address("203.0.113.47", "box"),)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ({"name": "a"}, "story.missing_key"),
        ({"name": "", "system": "s"}, "story.bad_value"),
        ({"name": "a\nb", "system": "s"}, "story.bad_value"),
        ({"name": "a", "system": 3}, "story.bad_type"),
        ({"name": "a", "system": "s", "colour": "red"}, "story.unknown_key"),
        ({"name": "a", "system": "s", "state": "blocked"}, "tracker.bad_state"),
        ({"name": "a", "system": "s", "mfa": "sms"}, "story.bad_value"),
        ({"name": "a", "system": "s", "done_at": "hier"}, "story.bad_value"),
        ({"name": "a", "system": "s", "done_at": "2027-01-12T18:45:00"}, "instant.no_offset"),
        ({"name": "a" * 501, "system": "s"}, "text.too_long"),
    ],
)
def test_a_wrong_account_line_is_refused(line: dict[str, Plain], code: str) -> None:
    assert _code(lambda: merge_accounts((), [line])) == code


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ({"address": "192.168.1.1", "where": "box"}, "address.not_public"),
        ({"address": "192.0.2.10", "where": "box"}, "address.own"),
        ({"address": "box", "where": "box"}, "address.bad_form"),
        ({"address": "203.0.113.47"}, "story.missing_key"),
        ({"address": "203.0.113.47", "where": "box", "state": "reset"}, "tracker.bad_state"),
    ],
)
def test_a_wrong_address_line_is_refused(line: dict[str, Plain], code: str) -> None:
    found = _code(lambda: merge_addresses((), [line], own=("192.0.2.10",)))
    assert found == code


_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1).filter(
    lambda text: text.strip() != ""
)
_INSTANT = st.integers(0, 10**6).map(lambda seconds: NOW - timedelta(seconds=seconds))


@given(
    st.builds(
        Account,
        name=st.sampled_from(["c.morel", "Zo\u00eb", "a b"]),
        system=st.sampled_from(["amelipro", "Messagerie"]),
        owner=st.none() | st.just("Claire Morel"),
        state=st.sampled_from(AccountState),
        done_at=st.none() | _INSTANT,
        mfa=st.none() | st.sampled_from(["yes", "no", "unknown"]),
        by=st.none() | st.just("Paul Petit"),
        proof=st.none() | st.just("P-003"),
    )
)
def test_an_account_survives_its_record(account: Account) -> None:
    assert Account.from_plain(account.to_plain()) == account
    assert None not in account.to_plain().values()


@given(
    st.builds(
        Address,
        address=st.sampled_from(["203.0.113.47", "198.51.100.0/24", "2001:db8::5"]),
        where=st.sampled_from(["box", "pare-feu"]),
        state=st.sampled_from(AddressState),
        done_at=st.none() | _INSTANT,
        by=st.none() | st.just("Paul Petit"),
        proof=st.none() | st.just("P-003"),
    )
)
def test_an_address_survives_its_record(address: Address) -> None:
    assert Address.from_plain(address.to_plain()) == address


@given(_TEXT, _TEXT)
def test_adding_twice_is_adding_once(name: str, system: str) -> None:
    update: dict[str, Plain] = {"name": name, "system": system}
    try:
        once = merge_accounts((), [update])
    except UserError:
        # Only a text over the limit can be refused here.
        assert len(name) > 500 or len(system) > 500
        return
    assert merge_accounts(once, [update]) == once
