"""What one command changes: operations on named records, plus what the journal keeps of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from clinicir.domain.ids import Plain


@dataclass(frozen=True)
class Operation:
    """`value` replaces record `key` of `kind`; a value of None removes it."""

    kind: str
    key: str
    value: dict[str, Plain] | None

    def to_plain(self) -> list[Plain]:
        """`["set", kind, key, value]` or `["del", kind, key]`, the form kept in the trail."""
        if self.value is None:
            return ["del", self.kind, self.key]
        return ["set", self.kind, self.key, self.value]

    @classmethod
    def from_plain(cls, plain: Plain) -> Operation:
        """Reverse of `to_plain`; ValueError when the list has another shape."""
        match plain:
            case ["set", str(kind), str(key), dict(value)]:
                return cls(kind, key, value)
            case ["del", str(kind), str(key)]:
                return cls(kind, key, None)
        raise ValueError("not an operation")


@dataclass(frozen=True)
class Changes:
    """Result of one move of the domain: one trail entry of kind `entry`."""

    entry: str
    operations: tuple[Operation, ...] = ()
    detail: Mapping[str, Plain] = field(default_factory=dict)

    @property
    def kinds(self) -> frozenset[str]:
        """Kinds of record touched; a screen redraws only when it shows one of them."""
        return frozenset(operation.kind for operation in self.operations)
