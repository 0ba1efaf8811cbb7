"""Internet addresses that may be asked to be blocked: public ones, and not our own.

`ipaddress.is_private` is of no use here: it counts the documentation ranges as private and
changed between versions of Python. The ranges are therefore written out.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from typing import TypeAlias

from clinicir.domain.errors import UserError

Network: TypeAlias = "ipaddress.IPv4Network | ipaddress.IPv6Network"

_NOT_PUBLIC_V4 = tuple(
    ipaddress.IPv4Network(text)
    for text in (
        "0.0.0.0/8",  # unspecified and "this network", RFC 791
        "10.0.0.0/8",  # RFC 1918
        "100.64.0.0/10",  # shared by carriers (CGNAT), RFC 6598
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link-local, RFC 3927
        "172.16.0.0/12",  # RFC 1918
        "192.0.0.0/24",  # protocol assignments, RFC 6890
        "192.88.99.0/24",  # former 6to4 relays, RFC 7526
        "192.168.0.0/16",  # RFC 1918
        "198.18.0.0/15",  # benchmarks, RFC 2544
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and the limited broadcast
    )
)
_PUBLIC_V6 = ipaddress.IPv6Network("2000::/3")
"""The only block given out for global unicast; loopback, ULA, link-local... are outside."""

_NOT_PUBLIC_V6 = tuple(
    ipaddress.IPv6Network(text)
    for text in (
        "2001:2::/48",  # benchmarks, RFC 5180
        "2001:10::/28",  # ORCHID, RFC 4843
        "2001:20::/28",  # ORCHIDv2, RFC 7343
    )
)
_MAPPED = ipaddress.IPv6Network("::ffff:0:0/96")
_SIX_TO_FOUR = ipaddress.IPv6Network("2002::/16")


def check_address(text: str, own: Sequence[str] = ()) -> str:
    """Normal form of an address or of a network in CIDR form, fit to be blocked.

    `own`: the practice's public addresses or networks. Errors: `address.bad_form`;
    `address.not_public` when any part of it is private, shared, local, multicast, unspecified or
    reserved; `address.own` when it meets one of ours. Documentation ranges pass (drills).
    """
    network = _parsed(text)
    if network is None:
        raise UserError("address.bad_form", address=text[:80])
    if not _is_public(network):
        raise UserError("address.not_public", address=text[:80])
    if any(_meet(network, other) for other in map(_parsed, own)):
        raise UserError("address.own", address=text[:80])
    return written(network)


def written(network: Network) -> str:
    """Without `/32` or `/128` for a single address."""
    if network.prefixlen == network.max_prefixlen:
        return str(network.network_address)
    return str(network)


def _parsed(text: str) -> Network | None:
    text = text.strip()
    # A zone index (fe80::1%eth0) names an interface of one machine: nothing to block elsewhere.
    if not text or "%" in text:
        return None
    try:
        network = ipaddress.ip_network(text, strict=True)
    except ValueError:
        return None
    return _unwrapped(network)


def _unwrapped(network: Network) -> Network:
    """IPv4-mapped IPv6 is IPv4 under another spelling: one machine, one key."""
    if isinstance(network, ipaddress.IPv6Network) and network.subnet_of(_MAPPED):
        low = int(network.network_address) & 0xFFFFFFFF
        return ipaddress.IPv4Network((low, network.prefixlen - 96))
    return network


def _is_public(network: Network) -> bool:
    if isinstance(network, ipaddress.IPv4Network):
        return not any(network.overlaps(range_) for range_ in _NOT_PUBLIC_V4)
    if not network.subnet_of(_PUBLIC_V6):
        return False
    if network.subnet_of(_SIX_TO_FOUR):
        return _is_public(_inside_six_to_four(network))
    return not any(network.overlaps(range_) for range_ in _NOT_PUBLIC_V6)


def _inside_six_to_four(network: ipaddress.IPv6Network) -> ipaddress.IPv4Network:
    """The IPv4 address or block that a 6to4 prefix carries in bits 16 to 47 (RFC 3056)."""
    low = (int(network.network_address) >> 80) & 0xFFFFFFFF
    return ipaddress.IPv4Network((low, min(network.prefixlen, 48) - 16))


def _meet(one: Network, other: Network | None) -> bool:
    if isinstance(one, ipaddress.IPv4Network):
        return isinstance(other, ipaddress.IPv4Network) and one.overlaps(other)
    return isinstance(other, ipaddress.IPv6Network) and one.overlaps(other)
