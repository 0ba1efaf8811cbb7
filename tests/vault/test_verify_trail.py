"""The shipped verifier alone: the published vector, dossiers, hostile archives, its own form."""

from __future__ import annotations

import ast
import hashlib
import json
import subprocess
import sys
import tokenize
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicir.domain.audit import TrailPosition
from clinicir.vault.head import encode_slot
from tests.campaigns.verifier_agreement import SCRIPT, in_subprocess
from tests.vault.test_verifier_agreement import in_process

GENESIS = (
    b'{"created":"2025-11-21T21:13:07.000Z","format":"clinicir-vault","suite":1,"v":1,'
    b'"vault":"00000000000000000000000000000000"}'
)
BODY_1 = b'{"k":"app.open","salt":"%b"}' % (b"0" * 64)
BODY_2 = b'{"k":"note.add","salt":"%b","text":"Acc\\u00e8s coup\\u00e9s \\u00e0 9 h 40"}' % (
    b"1" * 64
)
LINE_1 = (
    b'{"a":"u-00000001","b":"","c":'
    b'"6391415b06ce8108cc0f16ad194ab34b26efa38dc5070527a5717be7610efb73",'
    b'"i":"-","k":"app.open","m":1500,"n":1,"p":'
    b'"97de96dc94ef23f7470961c085dc3f73e5cd713ca2d1691145716f409423192c",'
    b'"s":"0000002a","t":"2025-11-21T21:13:08.000Z","v":1,"z":60}\n'
)
LINE_2 = (
    b'{"a":"u-00000001","b":"","c":'
    b'"01721ec0c753206f778caac1ccfb12d0cba1b389c7a123fb707c82d655b15f34",'
    b'"i":"-","k":"note.add","m":3000,"n":2,"p":'
    b'"ff5f05b6431bb225a09a27d99a70dfe4ef22e4e552be12c58555a21c7e500ebf",'
    b'"s":"0000002a","t":"2025-11-21T21:13:09.000Z","v":1,"z":60}\n'
)
HEAD = "30e97239b8c458a6a6489a82fd60cbcc52208e2e3dd27724c8e34bea4ed1df67"
OBJECT_ID = "ab" * 16
CLEAR = b"le courriel tel que recu"


def write(root: Path, files: dict[str, bytes]) -> Path:
    """Files of a dossier or of a vault."""
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    return root


def chained(lines: list[bytes]) -> dict[str, bytes]:
    """`vault.json`, trail and head slots around given lines."""
    heads = [hashlib.sha256(content).hexdigest() for content in (GENESIS, *lines)]
    n, slots = len(lines), bytearray(1024)
    for number in (n, n - 1):
        at = number % 2 * 512
        slots[at : at + 512] = encode_slot(bytes(32), TrailPosition(number, heads[number]))
    return {
        "vault.json": GENESIS, "trail/trail-000001.jsonl": b"".join(lines),
        "trail/head": bytes(slots),
    }  # fmt: skip


def linked(lines: list[bytes]) -> list[bytes]:
    """The same lines with the `n` and the `p` that their order asks for."""
    previous, out = GENESIS, []
    for n, line in enumerate(lines, 1):
        fields = json.loads(line)
        fields |= {"n": n, "p": hashlib.sha256(previous).hexdigest()}
        previous = json.dumps(fields, sort_keys=True, separators=(",", ":")).encode() + b"\n"
        out.append(previous)
    return out


def with_evidence() -> dict[str, bytes]:
    """A dossier: one disclosed entry, the clear proof it names, no encrypted file."""
    sha256 = hashlib.sha256(CLEAR).hexdigest()
    body = json.dumps(
        {"d": {"number": 1, "sha256": sha256}, "k": "evidence.add", "object": OBJECT_ID},
        sort_keys=True, separators=(",", ":"),
    ).encode()  # fmt: skip
    entry = json.loads(LINE_2)
    entry |= {"c": hashlib.sha256(body).hexdigest(), "o": "e" * 64, "k": "evidence.add"}
    return {
        **chained(linked([LINE_1, json.dumps(entry).encode()])),
        "disclosed/e-000002.json": body, f"evidence/{OBJECT_ID}.bin": CLEAR, "SHA256SUMS": b"",
    }  # fmt: skip


def test_the_published_vector_is_intact(tmp_path: Path) -> None:
    code, output = in_subprocess(write(tmp_path, chained([LINE_1, LINE_2])))
    assert code == 0
    assert f"T\u00eate : {HEAD}" in output
    assert "Entr\u00e9es : 2" in output


def test_the_published_bodies_can_be_disclosed(tmp_path: Path) -> None:
    shown = {"disclosed/e-000001.json": BODY_1, "disclosed/e-000002.json": BODY_2}
    write(tmp_path, {**chained([LINE_1, LINE_2]), **shown})
    assert in_process(tmp_path)[0] == 0
    write(tmp_path, {"disclosed/e-000002.json": BODY_1})
    code, output = in_process(tmp_path)
    assert (code, "ALT\u00c9R\u00c9 \u00e0 l'entr\u00e9e 2" in output) == (1, True)
    write(tmp_path, {"disclosed/e-000002.json": b"not json"})
    assert in_process(tmp_path)[0] == 1


def test_a_disclosed_body_needs_its_entry(tmp_path: Path) -> None:
    write(tmp_path, {**chained([LINE_1, LINE_2]), "disclosed/e-000009.json": BODY_1})
    code, output = in_process(tmp_path)
    assert (code, "l'entr\u00e9e 3" in output) == (1, True)


@pytest.mark.parametrize("zipped", [False, True])
def test_a_dossier_is_checked_down_to_its_clear_proofs(tmp_path: Path, zipped: bool) -> None:
    files = with_evidence()

    def verdict() -> int:
        if not zipped:
            return in_process(write(tmp_path / "dossier", files))[0]
        with zipfile.ZipFile(tmp_path / "dossier.zip", "w") as bag:
            for name, content in files.items():
                bag.writestr(name, content)
        return in_process(tmp_path / "dossier.zip")[0]

    assert verdict() == 0
    files[f"evidence/{OBJECT_ID}.bin"] = CLEAR + b"!"
    assert verdict() == 1


def test_a_vault_without_its_objects_is_altered(tmp_path: Path) -> None:
    files = with_evidence()
    del files["SHA256SUMS"]
    code, output = in_process(write(tmp_path, files))
    assert (code, "l'entr\u00e9e 2" in output) == (1, True)


def test_an_object_is_recognised_by_its_digest_under_a_fit_name(tmp_path: Path) -> None:
    entry = json.loads(LINE_2) | {"o": hashlib.sha256(b"sealed").hexdigest()}
    files = chained(linked([LINE_1, json.dumps(entry).encode()]))
    good = tmp_path / "good"
    write(good, {**files, f"objects/ab/{OBJECT_ID}.cev": b"sealed"})
    assert in_process(good)[0] == 0
    for name in (f"objects/cd/{OBJECT_ID}.cev", f"objects/ab/{OBJECT_ID}.cev.bak", "sealed.cev"):
        bad = tmp_path / name.replace("/", "-")
        write(bad, {**files, name: b"sealed"})
        assert in_process(bad)[0] == 1


def test_erased_content_is_no_alteration_once_the_erasure_is_told(tmp_path: Path) -> None:
    case = json.loads(LINE_2) | {"i": "00112233445566aa"}
    named = json.dumps(case | {"o": "e" * 64}).encode()
    erased = json.dumps(case | {"k": "purge"}).encode()
    assert in_process(write(tmp_path / "a", chained(linked([named, erased]))))[0] == 0
    assert in_process(write(tmp_path / "b", chained(linked([erased, named]))))[0] == 1


def test_a_clock_that_went_back_is_a_remark(tmp_path: Path) -> None:
    earlier = LINE_2.replace(b"2025-11-21T21:13:09", b"2025-11-21T20:13:09")
    code, output = in_process(write(tmp_path, chained([LINE_1, earlier])))
    assert code == 0
    assert "Remarque : l'entr\u00e9e 2 est dat\u00e9e d'avant" in output


def test_what_cannot_be_read_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "no.zip").write_bytes(b"PK\x03\x04 not a zip")
    for path in (tmp_path / "empty", tmp_path / "no.zip", tmp_path / "absent"):
        code, output = in_process(path)
        assert (code, "ILLISIBLE" in output) == (3, True)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_an_archive_with_two_files_of_one_name_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "twice.zip"
    with zipfile.ZipFile(path, "w") as bag:
        for name, content in chained([LINE_1, LINE_2]).items():
            bag.writestr(name, content)
        bag.writestr("vault.json", b"{}")
    assert in_process(path)[0] == 3


def test_hostile_names_are_never_printed_nor_followed(tmp_path: Path) -> None:
    path = tmp_path / "hostile.zip"
    with zipfile.ZipFile(path, "w") as bag:
        for name, content in chained([LINE_1, LINE_2]).items():
            bag.writestr(name, content)
        for name in ("../../trail/head", "/etc/passwd", "objects/\x1b[2J", "disclosed/e-1.json"):
            bag.writestr(name, b"\x1b[31mRESULTAT : INTACT")
    code, output = in_process(path)
    assert (code, "\x1b" in output) == (0, False)


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_any_bytes_give_a_verdict(
    tmp_path_factory: pytest.TempPathFactory, trail: bytes, head: bytes
) -> None:
    files = {"vault.json": GENESIS, "trail/trail-000001.jsonl": trail, "trail/head": head}
    code, _ = in_process(write(tmp_path_factory.mktemp("any"), files))
    assert code == 1


def code_lines(path: Path) -> int:
    """Lines that hold code: blank ones, remarks and the text at the top are not counted."""
    silent = {tokenize.ENCODING, tokenize.NL, tokenize.NEWLINE, tokenize.COMMENT, tokenize.INDENT,
              tokenize.DEDENT, tokenize.ENDMARKER}  # fmt: skip
    rows: set[int] = set()
    with path.open("rb") as source:
        for token in tokenize.tokenize(source.readline):
            alone = token.type == tokenize.STRING and token.start[1] == 0
            if token.type not in silent and not alone:
                rows.update(range(token.start[0], token.end[0] + 1))
    return len(rows)


def test_it_is_one_short_file_of_the_standard_library() -> None:
    text = SCRIPT.read_text("utf-8")
    assert code_lines(SCRIPT) <= 60
    assert max(map(len, text.splitlines())) <= 160
    imported = {
        alias.name
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    assert not any(isinstance(node, ast.ImportFrom) for node in ast.walk(ast.parse(text)))
    assert imported <= set(sys.stdlib_module_names)
    assert imported & {"socket", "urllib", "http", "subprocess", "os", "ctypes"} == set()


def test_a_console_without_accents_gets_an_answer(tmp_path: Path) -> None:
    write(tmp_path, chained([LINE_1, LINE_2]))
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(tmp_path)],
        env={"PYTHONIOENCODING": "ascii"}, capture_output=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.strip().endswith(b"INTACT")
