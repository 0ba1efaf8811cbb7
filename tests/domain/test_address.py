"""Which addresses may be asked to be blocked."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicir.domain.address import check_address
from clinicir.domain.errors import UserError


def _refused(text: str, own: tuple[str, ...] = ()) -> str:
    with pytest.raises(UserError) as caught:
        check_address(text, own)
    return caught.value.code


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("203.0.113.47", "203.0.113.47"),
        (" 198.51.100.23 ", "198.51.100.23"),
        ("192.0.2.0/24", "192.0.2.0/24"),
        ("203.0.113.47/32", "203.0.113.47"),
        ("203.0.113.0/255.255.255.0", "203.0.113.0/24"),
        ("172.15.255.255", "172.15.255.255"),
        ("172.32.0.0", "172.32.0.0"),
        ("100.63.255.255", "100.63.255.255"),
        ("100.128.0.0", "100.128.0.0"),
        ("2001:DB8:0:0::5", "2001:db8::5"),
        ("2001:db8::/32", "2001:db8::/32"),
        ("2001:db8::5/128", "2001:db8::5"),
        ("3fff::1", "3fff::1"),
        ("::ffff:203.0.113.47", "203.0.113.47"),
        ("::ffff:203.0.113.0/120", "203.0.113.0/24"),
        ("2002:cb00:712f::1", "2002:cb00:712f::1"),
    ],
)
def test_public_and_documentation_addresses_pass_in_normal_form(text: str, normal: str) -> None:
    assert check_address(text) == normal


@pytest.mark.parametrize(
    "text",
    """10.0.0.1 10.255.255.255 172.16.0.1 172.31.255.255 192.168.1.10 100.64.0.1 100.127.255.254
    127.0.0.1 169.254.10.10 0.0.0.0 224.0.0.251 239.255.255.250 240.0.0.1 255.255.255.255
    192.0.0.8 198.18.0.1 198.19.255.255 192.88.99.1 192.168.0.0/16 10.0.0.0/7 0.0.0.0/0 8.0.0.0/5
    :: ::1 fc00::1 fd12:3456::1 fe80::1 fec0::1 ff02::1 100::1 64:ff9b:1::1 2001:2::1 2001:20::1
    ::/0 2000::/3 fd00::/8 ::ffff:192.168.1.1 ::ffff:10.0.0.0/104 2002:c0a8:0101::1
    2002:a00::/24 2002::/16 4000::1""".split(),
)
def test_what_is_not_public_is_refused(text: str) -> None:
    assert _refused(text) == "address.not_public"


@pytest.mark.parametrize(
    "text",
    [
        *("", "   ", "routeur", "203.0.113", "203.0.113.256", "203.0.113.047", "203.0.113.5:443"),
        *("203.0.113.5/24", "203.0.113.5/33", "fe80::1%eth0", "2001:db8::1%2", "[2001:db8::1]"),
        *("http://203.0.113.5", "203.0.113.5 198.51.100.1", "2001:db8:::1"),
        "\u0662\u0660\u0663.0.113.5",
    ],
)
def test_what_is_not_an_address_is_refused(text: str) -> None:
    assert _refused(text) == "address.bad_form"


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("192.0.2.10", ("192.0.2.10",)),
        ("192.0.2.0/28", ("192.0.2.10",)),
        ("192.0.2.10", ("198.51.100.1", "192.0.2.0/28")),
        ("::ffff:192.0.2.10", ("192.0.2.10",)),
        ("2001:db8:1::7", ("2001:db8:1::/48",)),
        ("2001:db8::/32", ("2001:db8:1::7",)),
    ],
)
def test_our_own_addresses_are_refused(text: str, own: tuple[str, ...]) -> None:
    assert _refused(text, own) == "address.own"


def test_the_neighbour_of_our_address_is_not_ours() -> None:
    assert check_address("192.0.2.11", ("192.0.2.10", "2001:db8::1")) == "192.0.2.11"


@given(st.ip_addresses(v=4))
def test_ipv4_verdict_agrees_with_the_register_of_python(
    address: ipaddress.IPv4Address,
) -> None:
    documentation = any(
        address in ipaddress.IPv4Network(text)
        for text in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24")
    )
    former_relay = address in ipaddress.IPv4Network("192.88.99.0/24")
    special_but_global = address in ipaddress.IPv4Network("192.0.0.0/24")
    public = documentation or (address.is_global and not address.is_multicast)
    public = public and not former_relay and not special_but_global
    if public:
        assert check_address(str(address)) == str(address)
    else:
        assert _refused(str(address)) == "address.not_public"


@given(st.ip_addresses())
def test_the_normal_form_is_its_own_normal_form(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    try:
        normal = check_address(str(address))
    except UserError:
        # Refused: so is any other spelling of the same address.
        assert _refused(f"{address}/{address.max_prefixlen}") == "address.not_public"
        return
    assert check_address(normal) == normal
    assert _refused(normal, (normal,)) == "address.own"
