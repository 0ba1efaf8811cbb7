"""The worker shows what it can; whatever it does, the program says that it cannot be shown."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence

import pytest

from clinicir.domain.shown import MailShown, PictureShown, TextShown
from clinicir.preview.frame import MARK, JunkError, Reply, pack, unpack
from clinicir.preview.limits import HEAD_BYTES, MAX_SIDE, REPLY_BYTES
from clinicir.preview.viewer import WorkerViewer, worker_command
from tests.preview.samples import MAIL, mail_of_parts, nested_mail, picture, png_that_claims

VIEWER = WorkerViewer()


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_a_text_is_shown_in_its_encoding(encoding: str) -> None:
    shown = VIEWER.look("a.txt", "Connexion à 17 h".encode(encoding))
    assert isinstance(shown, TextShown)
    assert shown.text == "Connexion à 17 h"
    assert shown.encoding.startswith(encoding)


def test_the_encoding_of_a_long_text_is_guessed() -> None:
    words = "Le secrétariat a reçu un message étrange, où l’on réclame une rançon. " * 9
    shown = VIEWER.look("a.log", words.encode("cp1252"))
    assert isinstance(shown, TextShown)
    assert shown.text == words


def test_the_limit_may_cut_a_sign() -> None:
    shown = VIEWER.look("a.txt", ("é" * HEAD_BYTES).encode())
    assert isinstance(shown, TextShown)
    assert shown.text == "é" * (HEAD_BYTES // 2)


@pytest.mark.parametrize("name", ["outil.exe", "courrier.txt", "macro.docm", "sans nom"])
def test_what_is_no_text_is_shown_in_hexadecimal(name: str) -> None:
    shown = VIEWER.look(name, b"MZ\x90\x00" + bytes(range(40)))
    assert isinstance(shown, TextShown)
    assert shown.encoding == ""
    assert shown.text.startswith("00000000  4D 5A 90 00 00 01")
    assert shown.text.splitlines()[0].endswith("MZ..............")


def test_the_kind_of_a_file_is_guessed_from_its_bytes() -> None:
    shown = VIEWER.look("facture.txt", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(100))
    assert isinstance(shown, TextShown)
    assert shown.guess == "pdf"


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_comes_back_as_bare_points(kind: str) -> None:
    shown = VIEWER.look("nom.exe", picture(kind))
    assert isinstance(shown, PictureShown)
    assert (shown.width, shown.height, len(shown.points)) == (60, 40, 60 * 40 * 3)
    assert shown.points[0] > 250
    assert max(shown.points[1:3]) < 5


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "LA", "1", "I;16"])
def test_every_kind_of_points_is_shown(mode: str) -> None:
    assert isinstance(VIEWER.look("a.png", picture(mode=mode)), PictureShown)


def test_a_large_picture_is_reduced() -> None:
    shown = VIEWER.look("a.png", picture(size=(9_000, 30)))
    assert isinstance(shown, PictureShown)
    assert (shown.width, shown.height) == (3_000, 10)


def test_a_large_picture_of_few_colours_is_reduced() -> None:
    assert isinstance(VIEWER.look("a.png", picture(size=(9_000, 30), mode="P")), PictureShown)


@pytest.mark.parametrize(
    ("kind", "size"), [("JPEG", (10_000, 5_000)), ("JPEG", (7_000, 7_142)), ("PNG", (7_680, 4_320))]
)
def test_a_photo_of_the_limit_and_a_very_large_screen_fit_in_the_memory_of_the_worker(
    kind: str, size: tuple[int, int]
) -> None:
    shown = VIEWER.look("a", picture(kind, size))
    assert isinstance(shown, PictureShown)
    assert max(shown.width, shown.height) <= MAX_SIDE


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bombe.png", png_that_claims(60_000, 60_000)),
        ("trop.png", png_that_claims(10_000, 5_001)),
        ("coupe.png", picture()[:60]),
        ("faux.png", b"\x89PNG\r\n\x1a\n" + b"A" * 5_000),
        ("faux.jpg", b"\xff\xd8\xff" + b"A" * 5_000),
        ("profond.eml", nested_mail(21)),
        ("abime.eml", nested_mail(3_000)),
        ("foule.eml", mail_of_parts(501)),
    ],
)
def test_what_is_over_a_limit_or_broken_is_not_shown(name: str, content: bytes) -> None:
    assert VIEWER.look(name, content) is None


def test_a_mail_shows_its_lines_and_never_what_came_with_it() -> None:
    shown = VIEWER.look("alerte.eml", MAIL)
    assert isinstance(shown, MailShown)
    assert ("From", "Caisse d'Assurance <alerte@exemple.fr>") in shown.lines
    assert [value for name, value in shown.lines if name == "Received"] == [
        "from relais.exemple.fr", "from [192.0.2.7]"
    ]  # fmt: skip
    assert ("joined", "a.exe") in shown.lines
    assert shown.body.splitlines() == ["Bonjour,", "votre compte."]


@pytest.mark.parametrize(
    ("name", "content"), [("ok.eml", nested_mail(18)), ("ok.eml", mail_of_parts(499))]
)
def test_a_mail_at_the_limit_is_shown(name: str, content: bytes) -> None:
    assert isinstance(VIEWER.look(name, content), MailShown)


# --- a worker that misbehaves ---


def saying(program: str) -> WorkerViewer:
    """A viewer whose worker runs these lines instead."""
    return WorkerViewer(lambda _kind: [sys.executable, "-I", "-c", program], seconds=3)


def writing(data: bytes) -> WorkerViewer:
    """A viewer whose worker writes these bytes."""
    return saying(f"import sys; sys.stdin.buffer.read(); sys.stdout.buffer.write({data!r})")


TEXT = pack(Reply.TEXT, b"txt", b"utf-8", b"bonjour")


def test_a_right_answer_is_believed() -> None:
    assert writing(TEXT).look("a.txt", b"x") == TextShown("bonjour", "utf-8", "txt")


@pytest.mark.parametrize(
    "data",
    [
        b"", b"bonjour", TEXT + b"x", TEXT[:-1], MARK, b"\0" + TEXT[1:],
        TEXT.replace(b"t", b"z", 1),
        pack(Reply.PICTURE, b"\0\0\0\1", b"\0\0\0\1", b"abc"),
        pack(Reply.MAIL, b"body", b""),
        pack(Reply.TEXT, b"txt", b"utf-8"),
        pack(Reply.TEXT, b"../a", b"utf-8", b""),
        pack(Reply.TEXT, b"txt", b"<b>", b""),
        pack(Reply.TEXT, b"txt", b"utf-8", b"\xff"),
        pack(Reply.TEXT, b"txt", b"utf-8", b"a" * (1 << 20)),
        MARK + b"t\xff\xff",
        MARK + b"t\x00\x01\xff\xff\xff\xff",
    ],
)  # fmt: skip
def test_junk_is_not_believed(data: bytes) -> None:
    assert writing(data).look("a.txt", b"x") is None


@pytest.mark.parametrize(
    "parts",
    [
        (b"\0\0\0\1", b"\0\0\0\1", b"ab"),
        (b"\0\0\0\1", b"\0\0\0\1", b"abcd"),
        (b"\0\0\0\0", b"\0\0\0\1", b""),
        (b"\0\0\x0f\xa1", b"\0\0\0\1", bytes(3 * 4_001)),
        (b"\0\1", b"\0\0\0\1", b"abc"),
        (b"\0\0\0\1", b"\0\0\0\1"),
    ],
)
def test_points_must_be_as_many_as_the_size_says(parts: tuple[bytes, ...]) -> None:
    assert writing(pack(Reply.PICTURE, *parts)).look("a.png", b"\xff\xd8\xff") is None


@pytest.mark.parametrize(
    "parts", [(b"From",), (b"X-Autre", b"a", b"body", b""), (b"body", b"", b"From", b"a"), ()]
)
def test_lines_of_a_mail_are_of_a_closed_list(parts: tuple[bytes, ...]) -> None:
    assert writing(pack(Reply.MAIL, *parts)).look("a.eml", b"x") is None


@pytest.mark.parametrize(
    "program",
    [
        "import os; os._exit(3)",
        "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)",
        f"import sys; sys.stdout.buffer.write({TEXT!r}); sys.exit(1)",
        "raise SystemExit(0)",
    ],
)
def test_a_crash_shows_nothing(program: str) -> None:
    assert saying(program).look("a.txt", b"x" * 1_000_000) is None


@pytest.mark.parametrize(
    "program",
    ["import time; time.sleep(60)", "while True: pass",
     f"import sys\nwhile True: sys.stdout.buffer.write(b'x' * {REPLY_BYTES})"],
)
def test_a_worker_that_does_not_end_is_ended(program: str) -> None:
    before = time.monotonic()
    viewer = WorkerViewer(lambda _kind: [sys.executable, "-I", "-c", program], seconds=1)
    assert viewer.look("a.txt", b"x") is None
    assert time.monotonic() - before < 5


def test_a_worker_that_cannot_start_shows_nothing() -> None:
    assert WorkerViewer(lambda _kind: ["clinicir-no-such-program"]).look("a.txt", b"x") is None


def test_an_unknown_frame_is_refused() -> None:
    with pytest.raises(JunkError):
        unpack(b"x")
    with pytest.raises(JunkError):
        unpack(MARK + b"t" + (2_000).to_bytes(2, "big"))


# --- what the worker may do ---


def inside(lines: str) -> str:
    """Run these lines in a worker that has limited itself; what it says."""

    def command(kind: str) -> Sequence[str]:
        usual = worker_command(kind)
        boot = (
            "import sys; sys.path.insert(0, sys.argv[1])\n"
            "from clinicir.preview import worker, frame\n"
            "worker.limit_itself()\n" + lines + "\n"
            "sys.stdout.buffer.write(frame.pack(frame.Reply.TEXT, b'', b'', said.encode()))\n"
        )
        return [*usual[: usual.index("-c") + 1], boot, *usual[usual.index("-c") + 2 :]]

    shown = WorkerViewer(command).look("a.txt", b"x")
    assert isinstance(shown, TextShown)
    return shown.text


posix = pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")


@posix
@pytest.mark.skipif(sys.platform == "darwin", reason="not enforced there")
def test_its_memory_is_limited() -> None:
    attempt = "try:\n bytearray(300 << 20); said='had'\nexcept MemoryError: said='refused'"
    assert inside(attempt) == "refused"


@posix
def test_it_can_write_no_file(tmp_path: object) -> None:
    target = f"{tmp_path}/a"
    attempt = (
        f"f = open({target!r}, 'wb', buffering=0)\n"
        "try:\n f.write(b'x'); said='written'\nexcept OSError: said='refused'"
    )
    assert inside(attempt) == "refused"


@posix
def test_its_time_and_its_place_in_the_queue_are_limited() -> None:
    said = inside(
        "import os, resource\n"
        "said = f'{resource.getrlimit(resource.RLIMIT_CPU)} {os.nice(0)}'"
    )
    assert said == "(10, 10) 19"


def test_it_knows_nothing_of_the_account(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLINICIR_SECRET", "phrase")
    kept = {"SYSTEMROOT", "LC_CTYPE"}  # Python itself sets the last one
    assert set(inside("import os; said=' '.join(os.environ)").split()) <= kept
    assert inside("said = str(sys.flags.isolated)") == "1"


def test_a_frozen_program_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert worker_command("text") == [sys.executable, "--preview-worker", "text"]


def test_the_program_started_with_the_hidden_argument_is_the_worker() -> None:
    program = "from clinicir.app import main; sys.exit(main())"

    def command(kind: str) -> Sequence[str]:
        root = worker_command(kind)[-2]
        boot = f"import sys; sys.path.insert(0, {root!r}); {program}"
        return [sys.executable, "-I", "-B", "-c", boot, "--preview-worker", kind]

    shown = WorkerViewer(command).look("a.txt", b"bonjour")
    assert shown == TextShown("bonjour", "utf-8", "")
