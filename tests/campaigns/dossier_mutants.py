"""Small alterations of a dossier folder and of its trail; half of them with new sums."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

from tests.campaigns.mutants import ALTERATIONS, EITHER, SEEN, UNSEEN, Alter, Mutant, rechained
from tests.vault.dossier_samples import ANCHORED, SUMS, checkpoint, write_sums
from tests.vault.vault_samples import forge_head

Pick = Callable[[Path], list[Path]]


def _in(folder: str, end: str) -> Pick:
    return lambda root: sorted((root / folder).glob(f"*{end}"))


_BODIES, _PIECES = _in("disclosed", ".json"), _in("evidence", ".bin")
_PAPERS, _MARKS, _REPLIES = (
    _in("documents", ".pdf"), _in("anchors", ".txt"), _in("anchors", ".tsr"),
)  # fmt: skip


def _flip(path: Path, draw: random.Random) -> None:
    content = bytearray(path.read_bytes() or b"\0")
    content[draw.randrange(len(content))] ^= 1 << draw.randrange(8)
    path.write_bytes(content)


def _damage(pick: Pick) -> Alter:
    """A bit, a missing end, or more bytes."""

    def change(root: Path, draw: random.Random) -> None:
        path = draw.choice(pick(root))
        content = path.read_bytes()
        act = draw.randrange(3)
        if act == 0 or not content:
            path.write_bytes(content + draw.randbytes(draw.randrange(1, 50)))
        elif act == 1:
            path.write_bytes(content[: draw.randrange(len(content))])
        else:
            _flip(path, draw)

    return change


def _exchange(pick: Pick) -> Alter:
    def change(root: Path, draw: random.Random) -> None:
        one, two = draw.sample(pick(root), 2)
        first, second = one.read_bytes(), two.read_bytes()
        one.write_bytes(second)
        two.write_bytes(first)

    return change


def _delete(pick: Pick) -> Alter:
    return lambda root, draw: draw.choice(pick(root)).unlink()


def _rename_body(root: Path, draw: random.Random) -> None:
    path = draw.choice(_BODIES(root))
    name = draw.choice(("e-000099.json", "e-000000.json", "e-123456789.json", "e-000018.json"))
    path.replace(path.with_name(name))


def _ill_named(root: Path, draw: random.Random) -> None:
    """Names that have not the form of ours say nothing."""
    names = (
        "disclosed/e-0000001.json", "disclosed/e-1.json", "evidence/AB.bin", "evidence/notes.txt",
        "anchors/checkpoint-1.txt", "documents/x.pdf", "disclosed/e-000001.JSON",
    )  # fmt: skip
    (root / draw.choice(names)).write_bytes(draw.randbytes(40))


def _foreign_file(root: Path, draw: random.Random) -> None:
    """A clear file that no entry names."""
    place = draw.choice((("evidence", "bin"), ("documents", "pdf")))
    (root / place[0] / f"{draw.randbytes(16).hex()}.{place[1]}").write_bytes(draw.randbytes(40))


def _other_mark(root: Path, draw: random.Random) -> None:
    """A well-formed checkpoint that says otherwise."""
    path = draw.choice(_MARKS(root))
    text = path.read_text("ascii")
    act = draw.randrange(5)
    if act == 0:
        text = re.sub("size [0-9]+", f"size {draw.randrange(1, 40)}7", text)
    elif act == 1:
        text = re.sub("head [0-9a-f]{64}", f"head {draw.randbytes(32).hex()}", text)
    elif act == 2:
        text = re.sub("vault [0-9a-f]{32}", f"vault {draw.randbytes(16).hex()}", text)
    elif act == 3:
        text = text.replace("\n", "\r\n")
    else:
        path.replace(path.with_name(f"checkpoint-{draw.choice((3, 25, 999999999)):06d}.txt"))
        return
    path.write_text(text, "ascii", newline="")


def _more_marks(root: Path, draw: random.Random) -> None:
    n = draw.randrange(1, 18)
    (root / "anchors" / f"checkpoint-{n:06d}.txt").write_bytes(checkpoint(root, n))


def _foreign_reply(root: Path, draw: random.Random) -> None:
    _REPLIES(root)[0].write_bytes(b"0\x82" + draw.randbytes(300))


def _empty_reply(root: Path, draw: random.Random) -> None:
    _REPLIES(root)[0].write_bytes(b"")


def _bad_sums(root: Path, draw: random.Random) -> None:
    path = root / SUMS
    rows = path.read_bytes().splitlines(keepends=True)
    act = draw.randrange(6)
    if act == 0:
        rows.append(b"0" * 64 + b"  " + draw.choice((b"absent", b"../x", b"/etc/passwd")) + b"\n")
    elif act == 1:
        rows.append(draw.choice(rows))
    elif act == 2:
        rows[-1] = rows[-1][:-1]
    elif act == 3:
        rows = [row.replace(b"\n", b"\r\n") for row in rows]
    elif act == 4:
        stranger = draw.choice((b"\n", b"# remark\n", b"x" * 64 + b"  a\n"))
        rows.insert(draw.randrange(len(rows)), stranger)
    else:
        rows[0] = rows[0].replace(b"  ", b" *", 1)
    path.write_bytes(b"".join(rows))


def _shorter_sums(root: Path, draw: random.Random) -> None:
    """A list that leaves a file out promises nothing of it."""
    path = root / SUMS
    rows = path.read_bytes().splitlines(keepends=True)
    del rows[draw.randrange(len(rows))]
    path.write_bytes(b"".join(rows))


def _no_sums(root: Path, draw: random.Random) -> None:
    (root / SUMS).unlink()


def _readme(root: Path, draw: random.Random) -> None:
    _flip(root / "LISEZMOI.txt", draw)


def _forge(cut_only: bool, before_anchor: bool) -> Alter:
    """Whoever writes on the disk: lines re-chained, both slots made to fit (seals apart)."""

    def change(root: Path, draw: random.Random) -> None:
        path = root / "trail" / "trail-000001.jsonl"
        lines = path.read_bytes().splitlines(keepends=True)
        last = max(ANCHORED)
        at = draw.randrange(last) if before_anchor else draw.randrange(last, len(lines))
        for body in _BODIES(root):
            if int(body.stem[2:]) > at:
                body.unlink()
        if cut_only:
            del lines[at:]
        else:
            lines[at] = lines[at].replace(b'"t":"2026', b'"t":"2027')
            lines = rechained(lines, at + 1)
        path.write_bytes(b"".join(lines))
        for folder in ("evidence", "documents"):
            for clear in (root / folder).iterdir():
                clear.unlink()
        forge_head(root)

    return change


_ALONE: tuple[tuple[Mutant, Alter], ...] = (
    (Mutant("body: damaged", SEEN), _damage(_BODIES)),
    (Mutant("body: exchanged", SEEN), _exchange(_BODIES)),
    (Mutant("body: of another entry", SEEN), _rename_body),
    (Mutant("exhibit: damaged", SEEN), _damage(_PIECES)),
    (Mutant("exhibit: exchanged", SEEN), _exchange(_PIECES)),
    (Mutant("paper: damaged", SEEN), _damage(_PAPERS)),
    (Mutant("clear file: named by nobody", SEEN), _foreign_file),
    (Mutant("checkpoint: damaged", EITHER), _damage(_MARKS)),
    (Mutant("checkpoint: says otherwise", SEEN), _other_mark),
    (Mutant("checkpoint: one more, right", UNSEEN), _more_marks),
    (Mutant("checkpoint: deleted", UNSEEN), _delete(_MARKS)),
    (Mutant("reply: of something else", SEEN), _foreign_reply),
    (Mutant("reply: damaged", EITHER), _damage(_REPLIES)),
    (Mutant("reply: empty", UNSEEN), _empty_reply),
    (Mutant("exhibit: withheld", UNSEEN), _delete(_PIECES)),
    (Mutant("paper: withheld", UNSEEN), _delete(_PAPERS)),
    (Mutant("names of no known form", UNSEEN), _ill_named),
    (Mutant("re-chained with slots, before an anchor", SEEN), _forge(False, True)),
    (Mutant("cut with slots, before an anchor", SEEN), _forge(True, True)),
    (Mutant("re-chained with slots, after the anchors", UNSEEN), _forge(False, False)),
)
"""Seen or not whatever the sums say: applied once with the old sums, once with new ones."""

_OF_SUMS: tuple[tuple[Mutant, Alter], ...] = (
    (Mutant("sums: ill written or false", SEEN), _bad_sums),
    (Mutant("sums: shorter", UNSEEN), _shorter_sums),
    (Mutant("sums: deleted", SEEN), _no_sums),
    (Mutant("readme: flip", SEEN), _readme),
    (Mutant("nothing", UNSEEN), lambda *_: None),
)

_TRAIL = tuple(
    (mutant, change)
    for mutant, change in ALTERATIONS
    if not mutant.name.startswith(("object:", "strangers"))
)


def _with_sums() -> tuple[tuple[Mutant, Alter, bool], ...]:
    old = [(Mutant(f"{m.name}, old sums", EITHER if m.duty == UNSEEN else m.duty), c, False)
           for m, c in (*_ALONE, *_TRAIL)]  # fmt: skip
    new = [(Mutant(f"{m.name}, new sums", m.duty), c, True) for m, c in (*_ALONE, *_TRAIL)]
    return (*old, *new, *((m, c, False) for m, c in _OF_SUMS))


DOSSIER_ALTERATIONS = _with_sums()
"""What is done, and whether the sums are written again afterwards."""


def alter_dossier(root: Path, number: int, seed: int) -> Mutant:
    """Apply the `number`-th alteration, each kind in turn, to a copy of a sample dossier."""
    mutant, change, new_sums = DOSSIER_ALTERATIONS[number % len(DOSSIER_ALTERATIONS)]
    change(root, random.Random(f"dossier/{seed}/{number}"))
    if new_sums:
        write_sums(root)
    return mutant
