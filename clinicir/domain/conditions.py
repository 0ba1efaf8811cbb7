"""The closed condition language of rules, steps and forms, in Kleene's three-valued logic.

Grammar (no other operator, no evaluation of code)::

    expression = conjunction { "or" conjunction }
    conjunction = negation { "and" negation }
    negation = "not" negation | "(" expression ")" | test
    test = NAME ("=" | "!=" | "<" | "<=" | ">" | ">=") VALUE
         | NAME "in" "[" VALUE { "," VALUE } "]"
         | NAME "contains" VALUE
         | NAME "is" "unknown"
         | "submitted" "(" ID ")"
         | "always" | MACRO

`= no`, `in [..., unknown]` and `is unknown` are definite: they never come out unknown.
A rule or a step applies when the result is true or unknown (fail-open), and the result says which
facts carried it and whether one of them is unknown or only presumed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol, TypeAlias

UNKNOWN = "unknown"

Value: TypeAlias = "str | int | tuple[str, ...]"
"""A fact as the language sees it: a word (yes, no, potential...), a number, or a set of words."""


class Truth(IntEnum):
    """Kleene's order: conjunction is the minimum, disjunction the maximum."""

    FALSE = 0
    UNKNOWN = 1
    TRUE = 2


@dataclass(frozen=True)
class Known:
    """Value of a fact and how sure it is."""

    value: Value
    presumed: bool = False
    """True for a preset of the scenario that nobody has confirmed."""
    given: bool = True
    """False when the value comes from `when_absent`."""

    @property
    def is_unknown(self) -> bool:
        return self.value == UNKNOWN


class Lookup(Protocol):
    """What a condition may ask."""

    def fact(self, name: str) -> Known: ...

    def submitted(self, rule: str) -> bool: ...


@dataclass(frozen=True)
class Outcome:
    """Result of a condition, with the facts that carried it in order of reading."""

    truth: Truth
    because: tuple[str, ...] = ()
    presumed: bool = False

    @property
    def holds(self) -> bool:
        """True or unknown."""
        return self.truth is not Truth.FALSE


Node: TypeAlias = Callable[[Lookup], Outcome]


@dataclass(frozen=True)
class Condition:
    """A parsed condition; equality and printing use its text."""

    text: str
    names: frozenset[str]
    rules: frozenset[str]
    """Rule ids named by `submitted()`."""
    _node: Node

    def __call__(self, lookup: Lookup) -> Outcome:
        return self._node(lookup)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Condition) and other.text == self.text

    def __hash__(self) -> int:
        return hash(self.text)


class ConditionSyntaxError(ValueError):
    """The text is not in the language; the message says where."""


_TOKEN = re.compile(
    r"\s*(?:(?P<op><=|>=|!=|=|<|>)|(?P<mark>[()\[\],])|(?P<word>[A-Za-z0-9_][A-Za-z0-9_.\-]*))"
)
_KEYWORDS = frozenset({"and", "or", "not", "in", "is", "contains"})


def parse(text: str, macros: Mapping[str, Condition] | None = None) -> Condition:
    """Read a condition; raise ConditionSyntaxError.

    `macros` are named conditions, by convention in capitals (GRAVE), that may be used as tests.
    """
    reader = _Reader(text, dict(macros or {}))
    node = reader.disjunction()
    reader.expect_end()
    return Condition(text, frozenset(reader.names), frozenset(reader.rules), node)


class _Reader:
    """Recursive descent over the tokens."""

    def __init__(self, text: str, macros: dict[str, Condition]) -> None:
        self._text = text
        self._macros = macros
        self._tokens = _tokens(text)
        self._at = 0
        self.names: set[str] = set()
        self.rules: set[str] = set()

    def disjunction(self) -> Node:
        parts = [self._conjunction()]
        while self._take("or"):
            parts.append(self._conjunction())
        return parts[0] if len(parts) == 1 else _any_of(tuple(parts))

    def _conjunction(self) -> Node:
        parts = [self._negation()]
        while self._take("and"):
            parts.append(self._negation())
        return parts[0] if len(parts) == 1 else _all_of(tuple(parts))

    def _negation(self) -> Node:
        if self._take("not"):
            return _negated(self._negation())
        if self._take("("):
            inner = self.disjunction()
            self._must(")")
            return inner
        return self._test()

    def _test(self) -> Node:
        name = self._word()
        if name == "always":
            return lambda _lookup: Outcome(Truth.TRUE)
        if name == "submitted":
            self._must("(")
            rule = self._word()
            self._must(")")
            self.rules.add(rule)
            return _submitted(rule)
        if name in self._macros:
            macro = self._macros[name]
            self.names |= macro.names
            self.rules |= macro.rules
            return macro
        self.names.add(name)
        return self._comparison(name)

    def _comparison(self, name: str) -> Node:
        if self._take("is"):
            self._must(UNKNOWN)
            return _one_of(name, frozenset({UNKNOWN}))
        if self._take("contains"):
            return _contains(name, self._word())
        if self._take("in"):
            self._must("[")
            values = {self._word()}
            while self._take(","):
                values.add(self._word())
            self._must("]")
            return _one_of(name, frozenset(values))
        operator = self._next()
        if operator not in _ORDER and operator not in {"=", "!="}:
            raise self._error(f"test expected after {name!r}")
        value = self._word()
        if operator in _ORDER:
            if not value.isdigit():
                raise self._error(f"number expected after {name} {operator}")
            return _ordered(name, operator, int(value))
        equal = _one_of(name, frozenset({value}), definite=value == "no")
        return equal if operator == "=" else _negated(equal)

    def expect_end(self) -> None:
        if self._at != len(self._tokens):
            raise self._error(f"unexpected {self._tokens[self._at]!r}")

    def _next(self) -> str:
        if self._at >= len(self._tokens):
            raise self._error("unexpected end")
        self._at += 1
        return self._tokens[self._at - 1]

    def _word(self) -> str:
        token = self._next()
        if token in _KEYWORDS or not re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.\-]*", token):
            raise self._error(f"name or value expected, found {token!r}")
        return token

    def _take(self, token: str) -> bool:
        if self._at < len(self._tokens) and self._tokens[self._at] == token:
            self._at += 1
            return True
        return False

    def _must(self, token: str) -> None:
        if not self._take(token):
            raise self._error(f"{token!r} expected")

    def _error(self, problem: str) -> ConditionSyntaxError:
        return ConditionSyntaxError(f"{problem} in {self._text!r}")


def _tokens(text: str) -> list[str]:
    found: list[str] = []
    at = 0
    stripped = text.rstrip()
    while at < len(stripped):
        match = _TOKEN.match(stripped, at)
        if match is None:
            raise ConditionSyntaxError(f"character {stripped[at]!r} in {text!r}")
        found.append(match.group().strip())
        at = match.end()
    return found


def _fact_outcome(truth: Truth, name: str, known: Known) -> Outcome:
    # A value that nobody gave explains nothing, unless it is the unknown itself.
    because = (name,) if known.given or known.is_unknown else ()
    return Outcome(truth, because, known.presumed or known.is_unknown)


def _one_of(name: str, values: frozenset[str], *, definite: bool = False) -> Node:
    definite = definite or UNKNOWN in values

    def test(lookup: Lookup) -> Outcome:
        known = lookup.fact(name)
        if known.is_unknown and not definite:
            return _fact_outcome(Truth.UNKNOWN, name, known)
        return _fact_outcome(_truth(str(known.value) in values), name, known)

    return test


def _contains(name: str, value: str) -> Node:
    def test(lookup: Lookup) -> Outcome:
        known = lookup.fact(name)
        if known.is_unknown:
            return _fact_outcome(Truth.UNKNOWN, name, known)
        found = isinstance(known.value, tuple) and value in known.value
        return _fact_outcome(_truth(found), name, known)

    return test


_ORDER: Mapping[str, Callable[[int, int], bool]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


def _ordered(name: str, operator: str, limit: int) -> Node:
    def test(lookup: Lookup) -> Outcome:
        known = lookup.fact(name)
        if known.is_unknown:
            return _fact_outcome(Truth.UNKNOWN, name, known)
        # "no" is what an absent count looks like: it satisfies no comparison.
        held = isinstance(known.value, int) and _ORDER[operator](known.value, limit)
        return _fact_outcome(_truth(held), name, known)

    return test


def _submitted(rule: str) -> Node:
    return lambda lookup: Outcome(_truth(lookup.submitted(rule)))


def _truth(held: bool) -> Truth:
    return Truth.TRUE if held else Truth.FALSE


def _negated(node: Node) -> Node:
    def test(lookup: Lookup) -> Outcome:
        inner = node(lookup)
        return Outcome(Truth(2 - inner.truth), inner.because, inner.presumed)

    return test


def _all_of(nodes: tuple[Node, ...]) -> Node:
    def test(lookup: Lookup) -> Outcome:
        outcomes = [node(lookup) for node in nodes]
        truth = min(outcome.truth for outcome in outcomes)
        if truth is Truth.FALSE:
            outcomes = [outcome for outcome in outcomes if outcome.truth is Truth.FALSE]
        return Outcome(truth, _union(outcomes), any(outcome.presumed for outcome in outcomes))

    return test


def _any_of(nodes: tuple[Node, ...]) -> Node:
    def test(lookup: Lookup) -> Outcome:
        outcomes = [node(lookup) for node in nodes]
        truth = max(outcome.truth for outcome in outcomes)
        carriers = [outcome for outcome in outcomes if outcome.truth is truth]
        # One established fact is enough: what is only presumed beside it explains nothing more.
        carriers = [outcome for outcome in carriers if not outcome.presumed] or carriers
        return Outcome(truth, _union(carriers), any(outcome.presumed for outcome in carriers))

    return test


def _union(outcomes: list[Outcome]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for outcome in outcomes for name in outcome.because))
