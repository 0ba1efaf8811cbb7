"""A disk in memory that remembers every operation, and can be cut at any of them.

Model. Bytes and names live apart. A write or a truncation is pending until its file is synced. A
creation, rename or deletion is pending until its folder is synced. At a crash any subset of the
pending operations may have reached the disk, in their order, and the last write may have done so
partly: cut short, filled with zeros, or with a hole.

With `dir_sync=False` (Windows) syncing a folder does nothing, so a rename or a deletion is never
certain; syncing a file then makes its creation certain, as journals of names do.
"""

from __future__ import annotations

import errno
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from clinicir.vault.fsio import storage_error
from tests.vault.sim_states import (
    Base,
    Op,
    folders,
    inside,
    is_under,
    overwrite,
    parents,
    partial_writes,
    rename,
    subsets,
)
from tests.vault.sim_states import (
    Image as Image,
)

Fault = Callable[[str, str], OSError | None]
"""Asked before each operation (its name, its path): the error to raise, or None."""

FREE_BYTES = 1 << 40


@dataclass
class _Node:
    content: bytearray = field(default_factory=bytearray)


class SimDisk:
    """Implements `clinicir.vault.fsio.FileSystem`."""

    def __init__(self, image: Image | None = None, *, dir_sync: bool = True) -> None:
        self.dir_sync = dir_sync
        self.ops: list[Op] = []
        self.events: list[frozenset[int] | None] = []
        """In order: None for an operation, the numbers made certain for a sync."""
        self.fault: Fault | None = None
        self.ignored_syncs: Callable[[str], bool] = lambda _path: False
        """Paths whose sync is left out: a bug that is planted."""
        self._pending: dict[int, Op] = {}
        self._nodes: dict[int, _Node] = {}
        self._names: dict[str, int] = {}
        self._dirs: set[str] = {"/"}
        self.start: Image = dict(image or {})
        for path, content in self.start.items():
            self._names[path] = number = len(self._nodes)
            self._nodes[number] = _Node(bytearray(content))
            self._dirs |= parents(path)

    # -- what the vault calls -------------------------------------------------------------------

    def read(self, path: Path) -> bytes:
        self._ask("read", path)
        return bytes(self._node(path).content)

    def open_read(self, path: Path) -> SimRead:
        self._ask("open_read", path)
        return SimRead(self._node(path).content)

    def open_fresh(self, path: Path) -> SimRead:
        return self.open_read(path)

    def create(self, path: Path) -> SimWrite:
        self._ask("create", path)
        if str(path) in self._names:
            raise FileExistsError(errno.EEXIST, "exists", str(path))
        return SimWrite(self, self._new(path), str(path), append=False)

    def open_append(self, path: Path) -> SimWrite:
        self._ask("open_append", path)
        number = self._names.get(str(path))
        number = self._new(path) if number is None else number
        return SimWrite(self, number, str(path), append=True)

    def open_update(self, path: Path) -> SimWrite:
        self._ask("open_update", path)
        self._node(path)
        return SimWrite(self, self._names[str(path)], str(path), append=False)

    def replace(self, source: Path, target: Path) -> None:
        self._ask("replace", source)
        self._node(source)
        self._do(Op("rename", path=str(source), target=str(target)))

    def move_dir(self, source: Path, target: Path) -> None:
        self._ask("move_dir", source)
        if inside(self._names, str(target)):
            raise storage_error(OSError(errno.ENOTEMPTY, "not empty"))
        moved = {name for name in self._dirs if is_under(name, str(source))}
        self._dirs -= moved
        self._dirs |= {str(target) + name[len(str(source)) :] for name in moved}
        self._do(Op("move", path=str(source), target=str(target)))

    def remove_tree(self, path: Path) -> None:
        self._ask("remove_tree", path)
        for name in inside(self._names, str(path)):
            self._do(Op("unlink", path=name))
        self._dirs = {name for name in self._dirs if not is_under(name, str(path))}

    def remove(self, path: Path) -> None:
        self._ask("remove", path)
        self._node(path)
        self._do(Op("unlink", path=str(path)))

    def make_dir(self, path: Path) -> None:
        self._ask("make_dir", path)
        self._dirs |= parents(str(path)) | {str(path)}

    def sync_dir(self, path: Path) -> None:
        self._ask("sync_dir", path)
        if self.dir_sync and not self.ignored_syncs(str(path) + "/"):
            self._settle(
                lambda op: op.kind in ("link", "rename", "unlink", "move") and path in folders(op)
            )

    def names(self, path: Path) -> tuple[str, ...]:
        self._ask("names", path)
        start = str(path) + "/"
        inside = {
            name[len(start) :].partition("/")[0]
            for name in itertools.chain(self._names, self._dirs)
            if name.startswith(start)
        }
        return tuple(sorted(inside))

    def exists(self, path: Path) -> bool:
        self._ask("exists", path)
        return str(path) in self._names or str(path) in self._dirs

    def is_dir(self, path: Path) -> bool:
        return str(path) in self._dirs

    def size(self, path: Path) -> int:
        self._ask("size", path)
        return len(self._node(path).content)

    def free_bytes(self, path: Path) -> int:
        self._ask("free_bytes", path)
        return FREE_BYTES

    # -- what the tests call --------------------------------------------------------------------

    def image(self) -> Image:
        """The disk as it is now, every operation done."""
        return {path: bytes(self._nodes[number].content) for path, number in self._names.items()}

    @property
    def moment(self) -> int:
        """Operations and syncs so far; a crash at a moment has seen just those."""
        return len(self.events)

    def crash_images(self, cuts: int, since: int = 0) -> Iterator[tuple[int, Image]]:
        """(moment, image) of every crash from `since` on; `cuts`: partial forms of a last write."""
        certain: set[int] = set()
        base, done = Base(self.start), 0
        for moment in range(len(self.events) + 1):
            if moment >= since:
                for image in self._images_at(base, done, certain, cuts):
                    yield moment, image
            if moment == len(self.events):
                return
            event = self.events[moment]
            if event is None:
                done += 1
                continue
            certain |= event
            while base.done in certain:
                base.play(self.ops[base.done], None)
                certain.discard(base.done)
                base.done += 1

    def _images_at(self, base: Base, done: int, certain: set[int], cuts: int) -> Iterator[Image]:
        later = range(base.done, done)
        pending = [number for number in later if number not in certain]
        for kept in subsets(pending):
            chosen = [n for n in later if n in certain or n in kept]
            yield self._replay(base, chosen, None)
            if not kept or max(kept) != done - 1 or self.ops[done - 1].kind != "write":
                continue
            every_cut = len(kept) in (1, len(pending))
            for partial in partial_writes(self.ops[done - 1].data, cuts if every_cut else 2):
                yield self._replay(base, chosen, partial)

    def _replay(self, base: Base, chosen: list[int], partial: bytes | None) -> Image:
        state = base.copy()
        for number in chosen[:-1]:
            state.play(self.ops[number], None)
        if chosen:
            state.play(self.ops[chosen[-1]], partial)
        return state.image()

    # -- inside ---------------------------------------------------------------------------------

    def _ask(self, name: str, path: Path | str) -> None:
        error = self.fault(name, str(path)) if self.fault is not None else None
        if error is not None:
            raise storage_error(error) from error

    def _node(self, path: Path) -> _Node:
        try:
            return self._nodes[self._names[str(path)]]
        except KeyError:
            raise FileNotFoundError(errno.ENOENT, "absent", str(path)) from None

    def _new(self, path: Path) -> int:
        number = len(self._nodes)
        self._nodes[number] = _Node()
        self._do(Op("link", node=number, path=str(path)))
        return number

    def _do(self, op: Op) -> None:
        if op.kind == "write":
            overwrite(self._nodes[op.node].content, op.offset, op.data)
        elif op.kind == "truncate":
            del self._nodes[op.node].content[op.offset :]
        else:
            rename(self._names, op)
        self._pending[len(self.ops)] = op
        self.ops.append(op)
        self.events.append(None)

    def _settle(self, chosen: Callable[[Op], bool]) -> None:
        numbers = {number for number, op in self._pending.items() if chosen(op)}
        # a rename that is on the disk takes along the file that it renames
        moved = {self._pending[n].path for n in numbers if self._pending[n].kind == "rename"}
        numbers |= {n for n, op in self._pending.items() if op.kind == "link" and op.path in moved}
        for number in numbers:
            del self._pending[number]
        if numbers:
            self.events.append(frozenset(numbers))

    def _sync(self, node: int, path: str) -> None:
        self._ask("sync", path)
        if self.ignored_syncs(path):
            return
        kinds = ("write", "truncate") if self.dir_sync else ("write", "truncate", "link")
        self._settle(lambda op: op.kind in kinds and op.node == node)


class SimWrite:
    """Implements `WriteHandle`."""

    def __init__(self, disk: SimDisk, node: int, path: str, *, append: bool) -> None:
        self._disk, self._node, self._path, self._append = disk, node, path, append
        self._position = 0
        self._failed = False

    def write(self, data: bytes | memoryview) -> None:
        end = len(self._disk._nodes[self._node].content)
        self.write_at(end if self._append else self._position, bytes(data))

    def write_at(self, offset: int, data: bytes) -> None:
        with_room = self._guard("write")
        if not with_room:
            # a full disk takes the first half of a write before it refuses
            half = data[: len(data) // 2]
            self._disk._do(Op("write", node=self._node, offset=offset, data=half))
            raise storage_error(OSError(errno.ENOSPC, "full"))
        self._disk._do(Op("write", node=self._node, offset=offset, data=data))
        self._position = offset + len(data)

    def truncate(self, size_bytes: int) -> None:
        self._guard("truncate")
        self._disk._do(Op("truncate", node=self._node, offset=size_bytes))

    def sync(self) -> None:
        self._guard("sync")
        self._disk._sync(self._node, self._path)

    def close(self) -> None:
        pass

    def _guard(self, name: str) -> bool:
        if self._failed:
            raise storage_error(OSError(errno.EBADF, "failed before"))
        fault = self._disk.fault
        error = fault(name, self._path) if fault is not None else None
        if error is None:
            return True
        self._failed = True
        if name == "write" and error.errno == errno.ENOSPC:
            return False
        raise storage_error(error) from error

    def __enter__(self) -> SimWrite:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()


class SimRead:
    """Implements `ReadHandle`."""

    def __init__(self, content: bytearray) -> None:
        self._content, self._position = content, 0

    def readinto(self, buffer: bytearray | memoryview) -> int:
        piece = self.read_at(self._position, len(buffer))
        buffer[: len(piece)] = piece
        self._position += len(piece)
        return len(piece)

    def read_at(self, offset: int, size_bytes: int) -> bytes:
        return bytes(self._content[offset : offset + size_bytes])

    def close(self) -> None:
        pass

    def __enter__(self) -> SimRead:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()
