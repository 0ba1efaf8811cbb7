"""The file `trail/head`: two keyed slots that name the last acknowledged entry (2.6, ruling 3).

A slot is 512 bytes: a line of canonical JSON with the keys `h`, `mac` and `n`, spaces, a line feed.
Entry n goes to slot n mod 2, so a cut during the writing of one slot leaves the other whole.
"""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass

from clinicir.domain.audit import TrailPosition

SLOT_BYTES = 512
_MAC_BYTES = 16
_SLOT = re.compile(rb'\{"h":"([0-9a-f]{64})","mac":"([0-9a-f]{32})","n":(0|[1-9][0-9]{0,15})\} +\n')


@dataclass(frozen=True)
class Slot:
    """What one slot claims."""

    position: TrailPosition
    mac: str

    def holds(self, key: bytes) -> bool:
        """True when the claim was made with the head key of the vault."""
        return hmac.compare_digest(self.mac, mac_of(key, self.position))


def mac_of(key: bytes, position: TrailPosition) -> str:
    """32 hex: HMAC-SHA-256 of n (8 bytes, big-endian) and the 32 bytes of the head, cut to 16."""
    message = position.n.to_bytes(8, "big") + bytes.fromhex(position.head)
    return hmac.digest(key, message, "sha256")[:_MAC_BYTES].hex()


def encode_slot(key: bytes, position: TrailPosition) -> bytes:
    """The 512 bytes of a slot."""
    mac = mac_of(key, position)
    text = f'{{"h":"{position.head}","mac":"{mac}","n":{position.n}}}'
    return text.encode("ascii").ljust(SLOT_BYTES - 1) + b"\n"


def offset_of(n: int) -> int:
    """Where the slot of entry `n` starts."""
    return (n % 2) * SLOT_BYTES


def read_slots(content: bytes) -> tuple[Slot | None, Slot | None]:
    """Both slots, without any key; None where the bytes are not a slot."""
    first, second = content[:SLOT_BYTES], content[SLOT_BYTES:]
    return _read(first, 0), _read(second, 1)


def _read(raw: bytes, parity: int) -> Slot | None:
    match = _SLOT.fullmatch(raw)
    if match is None or len(raw) != SLOT_BYTES or int(match[3]) % 2 != parity:
        return None
    return Slot(TrailPosition(int(match[3]), match[1].decode()), match[2].decode())
