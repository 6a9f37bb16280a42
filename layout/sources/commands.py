"""What a compile_commands.json says of one file, as far as it decides how a record reads.

Such a file comes with a source tree and is not trusted: of an entry's command only the flags of
`KEPT` and the machine flags of `_MACHINE` are taken, each as one word that no compiler reads as
anything else. Its compiler, its outputs and everything else are passed over, and nothing of it is
ever given to a shell. (Format: JSON Compilation Database, clang's documentation.)
"""

from __future__ import annotations

import json
import os
import re
import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from layout.errors import LayoutError

__all__ = ["flags_for"]

# Bytes of a database that are read at most: Chromium's has some 100 MB.
MAX_BYTES = 256 << 20

# Flags that take a value, joined or as the next word -> whether that is a path.
KEPT = {
    "-isystem": True,
    "-iquote": True,
    "-idirafter": True,
    "-include": True,
    "-I": True,
    "-D": False,
    "-U": False,
}

# Flags that choose a target or a language, whole words. No `-m` at large: `-mllvm` takes options
# of clang's own innards.
_MACHINE = re.compile(
    r"-std=[a-z0-9+:]+|--?target=[\w.+-]+"
    r"|-m(?:16|32|64|x32|arm|thumb|(?:no-)?ms-bitfields|long-double-(?:64|80|128)"
    r"|(?:arch|cpu|tune|abi|fpu|float-abi)=[\w.+-]+|(?:no-)?(?:sse|avx|mmx)[\w.-]*)"
    r"|-f(?:no-)?(?:short-enums|pack-struct|short-wchar|(?:un)?signed-char)"
)


class _Entry(NamedTuple):
    file: str  # absolute
    folder: Path
    words: Sequence[str]


def flags_for(database: str, file: str) -> list[str]:
    """The flags that a compilation database gives for ``file``, ready for any compiler.

    A file without an entry, as headers are, gets those of the entry nearest to it: most folders in
    common, then the same stem, then the first in the file's order. Raises LayoutError,
    ``database: fault; remedy``.
    """
    wanted = os.path.realpath(file)
    entries = list(_entries(database))
    if not entries:
        raise LayoutError(f"{database}: it holds no usable entry; build the project to make one")
    best = max(entries, key=lambda entry: _nearness(entry.file, wanted))
    return list(_kept(best))


def _entries(database: str) -> Iterator[_Entry]:
    try:
        with Path(database).open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no file has such a name"
        raise LayoutError(f"{database}: {reason}; name a compile_commands.json") from None
    if len(data) > MAX_BYTES:
        raise LayoutError(f"{database}: larger than {MAX_BYTES >> 20} MiB; give a smaller one")
    try:
        entries = json.loads(data)
    except (ValueError, RecursionError) as error:
        said = str(error).splitlines()[0]
        raise LayoutError(f"{database}: no valid JSON: {said[:120]}; make it again") from None
    if not isinstance(entries, list):
        raise LayoutError(f"{database}: no list of commands; name a compile_commands.json")
    for entry in entries:
        read = _entry(entry, Path(os.path.realpath(database)).parent)
        if read is not None:
            yield read


def _entry(entry: object, home: Path) -> _Entry | None:
    """One entry, None where it is not what the format says."""
    if not isinstance(entry, dict):
        return None
    folder, file = entry.get("directory", ""), entry.get("file")
    words, command = entry.get("arguments"), entry.get("command")
    if not isinstance(folder, str) or not isinstance(file, str) or "\0" in folder + file:
        return None
    if isinstance(command, str) and words is None:
        try:
            words = shlex.split(command)
        except ValueError:
            return None
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        return None
    where = home / folder
    return _Entry(os.path.realpath(where / file), where, words)


def _nearness(file: str, wanted: str) -> tuple[bool, int, bool]:
    one, other = Path(file), Path(wanted)
    shared = len(Path(os.path.commonpath([one.parent, other.parent])).parts)
    return file == wanted, shared, one.stem == other.stem


def _kept(entry: _Entry) -> Iterator[str]:
    """The flags that are taken, each one word."""
    words = iter(word for word in entry.words if "\0" not in word)
    for word in words:
        if _MACHINE.fullmatch(word):
            yield word
            continue
        if word in ("-target", "--target"):
            value = next(words, "")
            if re.fullmatch(r"[\w.+-]+", value):
                yield f"--target={value}"
            continue
        flag = next((flag for flag in KEPT if word.startswith(flag)), None)
        if flag is None:
            continue
        value = word[len(flag) :] or next(words, "")
        if value:
            yield flag + (_path(flag, value, entry.folder) if KEPT[flag] else value)


def _path(flag: str, value: str, folder: Path) -> str:
    """A folder or file of an entry, from where its command was run."""
    path = folder / value
    # `-include` also searches the folders of -I for a name that does not lie where it was run.
    return value if flag == "-include" and not path.exists() else str(path)
