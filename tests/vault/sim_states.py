"""What a simulated disk is made of: operations, the states a crash leaves, names and folders."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

Image = dict[str, bytes]
"""Content of every file of a disk, by path."""

MAX_SUBSETS_OF = 6


@dataclass(frozen=True)
class Op:
    """One change of the disk; `a` and `b` depend on `kind`."""

    kind: str
    node: int = 0
    path: str = ""
    target: str = ""
    offset: int = 0
    data: bytes = b""


def partial_writes(data: bytes, cuts: int) -> Iterator[bytes]:
    """What may be left of a write: its start, its start then zeros, or all but a hole."""
    step = max(1, len(data) // cuts)
    for cut in range(0, len(data), step):
        yield data[:cut]
        yield data[:cut] + bytes(len(data) - cut)
        yield data[:cut] + bytes(min(step, len(data) - cut)) + data[cut + step :]


@functools.cache
def parents(path: str) -> frozenset[str]:
    return frozenset(str(parent) for parent in Path(path).parents)


def subsets(pending: list[int]) -> Iterator[frozenset[int]]:
    if len(pending) <= MAX_SUBSETS_OF:
        for size in range(len(pending) + 1):
            yield from map(frozenset, itertools.combinations(pending, size))
        return
    yield frozenset()
    yield frozenset(pending)
    for number in pending:
        yield frozenset({number})
        yield frozenset(pending) - {number}


def folders(op: Op) -> tuple[Path, ...]:
    return (Path(op.target or op.path).parent,)


class Base:
    """A state of the disk that operations can be played on."""

    def __init__(self, start: Image) -> None:
        self.done = 0
        self._names = {path: number for number, path in enumerate(start)}
        self._nodes = dict(enumerate(start.values()))

    def copy(self) -> Base:
        other = Base({})
        other._names, other._nodes = dict(self._names), dict(self._nodes)
        return other

    def play(self, op: Op, partial: bytes | None) -> None:
        if op.kind == "write":
            content = bytearray(self._nodes.get(op.node, b""))
            overwrite(content, op.offset, op.data if partial is None else partial)
            self._nodes[op.node] = bytes(content)
        elif op.kind == "truncate":
            self._nodes[op.node] = self._nodes.get(op.node, b"")[: op.offset]
        else:
            rename(self._names, op)

    def image(self) -> Image:
        return {path: self._nodes.get(number, b"") for path, number in self._names.items()}


def overwrite(content: bytearray, offset: int, data: bytes) -> None:
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(data)] = data


def rename(names: dict[str, int], op: Op) -> None:
    if op.kind == "link":
        names[op.path] = op.node
    elif op.kind == "unlink":
        names.pop(op.path, None)
    elif op.kind == "move":
        # a folder never takes the place of one that has content, whatever a crash left undone
        for name in [] if inside(names, op.target) else inside(names, op.path):
            names[op.target + name[len(op.path) :]] = names.pop(name)
    elif op.path in names:
        names[op.target] = names.pop(op.path)


def is_under(name: str, folder: str) -> bool:
    return name == folder or name.startswith(folder + "/")


def inside(names: dict[str, int], folder: str) -> list[str]:
    return [name for name in names if is_under(name, folder)]
