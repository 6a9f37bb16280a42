"""The user's own compiler as a preprocessor: found, run, and held to its time and output."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from layout.errors import LayoutError

__all__ = ["find_compiler", "preprocess"]

SECONDS = 60  # after which a compiler is given up
MAX_OUTPUT = 64 << 20  # bytes of preprocessed text, what the readers take
MAX_COMPLAINT = 64 << 10  # bytes of a compiler's messages that are read


def find_compiler(named: str | None = None) -> tuple[str, ...]:
    """The user's compiler as words: the one named, else ``$CC``, else cc, gcc or clang.

    Raises LayoutError where there is none, or a named one does not exist.
    """
    wanted = named if named is not None else os.environ.get("CC")
    if not wanted and named is None:
        found = next((name for name in ("cc", "gcc", "clang") if shutil.which(name)), None)
        if found is None:
            raise LayoutError("no C compiler found; install one, or name it with --cc")
        return (found,)
    try:
        words = tuple(shlex.split(wanted or ""))
    except ValueError as error:
        raise LayoutError(f"--cc {wanted!r}: {error}") from None
    if not words or shutil.which(words[0]) is None:
        raise LayoutError(f"--cc {wanted!r}: no such program on PATH; name another")
    return words


def preprocess(
    path: str, kind: str, compiler: Sequence[str], flags: Sequence[str], text: str | None = None
) -> str:
    """What ``compiler -E`` makes of a file, or of ``text`` where the file stands; ``kind`` as
    ``-x`` takes it.

    Raises LayoutError with the compiler's first error.
    """
    try:
        with Path(path).open("rb"):
            pass
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no file has such a name"
        raise LayoutError(f"{path}: {reason}; name a source file that can be read") from None
    # A text comes through standard input; what it includes is looked for in the file's folder.
    name = str(Path(path).absolute()) if text is None else "-"
    command = [*compiler, "-E", "-w", *flags, "-x", kind, name]
    code, out, complaints = _run(command, path, text)
    if code != 0:
        raise LayoutError(_first_error(path, compiler[0], code, complaints))
    return out.decode("utf-8", errors="replace")


def _first_error(path: str, compiler: str, code: int, complaints: str) -> str:
    lines = [line.strip() for line in complaints.splitlines()]
    said = next((line for line in lines if "error" in line), next(iter(lines), ""))
    said = (
        said.replace(str(Path(path).absolute()), path).replace("<stdin>", path)[:300]
        or f"exit code {code}"
    )
    where = "" if said.startswith(f"{path}:") else f"{path}: "
    return f"{where}{said}; {compiler} -E says so: give it -I, -D or --compile-commands"


def _run(command: Sequence[str], path: str, text: str | None) -> tuple[int, bytes, str]:
    """Exit code, output and messages of a command, in bounded time and memory."""
    with tempfile.TemporaryFile() as complaints, tempfile.TemporaryFile() as source:
        source.write((text or "").encode("utf-8", "surrogateescape"))
        source.seek(0)
        try:
            process = subprocess.Popen(
                command,
                cwd=None if text is None else Path(path).absolute().parent,
                stdin=source,
                stdout=subprocess.PIPE,
                stderr=complaints,
                start_new_session=True,  # what the compiler starts ends with it
            )
        except (OSError, ValueError) as error:
            raise LayoutError(f"{command[0]}: {error}; name another with --cc") from None
        late = threading.Event()
        clock = threading.Timer(SECONDS, _give_up, (process, late))
        clock.start()
        try:
            out = process.stdout.read(MAX_OUTPUT + 1) if process.stdout else b""
            if len(out) <= MAX_OUTPUT:
                process.wait()
        finally:
            clock.cancel()
            _give_up(process)
            process.communicate()
        complaints.seek(0)
        said = complaints.read(MAX_COMPLAINT).decode("utf-8", errors="replace")
    if late.is_set():
        raise LayoutError(f"{path}: {command[0]} -E took over {SECONDS} s; give a smaller file")
    if len(out) > MAX_OUTPUT:
        size = f"over {MAX_OUTPUT >> 20} MiB once preprocessed"
        raise LayoutError(f"{path}: {size}; give a smaller file")
    return process.returncode, out, said


def _give_up(process: subprocess.Popen[bytes], late: threading.Event | None = None) -> None:
    """Ends a compiler that nobody has waited for, and what it has started.

    Not even one that has ended: what it leaves behind may hold its output open.
    """
    if process.returncode is None:
        if late is not None:
            late.set()
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
