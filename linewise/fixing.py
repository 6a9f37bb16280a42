"""Better orders for the records of many files: what is read, searched and written."""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from layout.fix import Outcome, Request, fix
from layout.model import Source
from layout.refusals import REFUSALS, Uses, split
from layout.sources import READERS
from linewise.errors import LinewiseError
from linewise.sourcefile import decode, encode, read_bytes, replace_bytes

__all__ = ["Report", "fix_files", "patch", "write"]

# Files that may hold uses of a language's records.
_C = (".c", ".h", ".i", ".cc", ".cpp", ".cxx", ".hh", ".hpp", ".hxx", ".inc", ".inl", ".ipp",
             ".tpp", ".m", ".mm", ".cu", ".y", ".l", ".def")  # fmt: skip
_SEARCHED = {"c": _C, "go": (".go",)}


@dataclass(frozen=True, slots=True)
class Report:
    """What became of each file asked for, and how many files were searched for uses; ``left`` those
    below the folders that could not be opened."""

    outcomes: list[Outcome]
    searched: int
    left: int


def fix_files(
    paths: Sequence[str],
    folders: Sequence[str],
    request: Request,
    read: Callable[[str, str, str], Source] | None = None,
) -> Report:
    """Finds better orders; writes nothing. Raises LinewiseError and LayoutError.

    ``read(path, language, text)`` reads a file's text, where its language's reader does not do.
    """
    texts: dict[str, str] = {}
    seen: set[str] = set()
    for path in paths:
        real = os.path.realpath(path)
        if real not in seen:
            seen.add(real)
            texts[path] = decode(read_bytes(Path(path)))
    languages = {path: _language(path) for path in texts}
    words = [split(text, path) for path, text in texts.items()]
    left = 0
    for found in _more(languages, folders):
        real = os.path.realpath(found)
        if real in seen:
            continue
        seen.add(real)
        try:
            words.append(split(decode(read_bytes(found)), str(found)))
        except LinewiseError:
            left += 1
    uses = Uses(words)
    outcomes = []
    for path, text in texts.items():
        own = None if read is None else partial(read, path, languages[path])
        outcomes.append(fix(text, path, uses, request, language=languages[path], read=own))
    return Report(outcomes, len(words), left)


def _language(path: str) -> str:
    edited = {language for row in REFUSALS for language in row.languages}
    for language, reader in READERS.items():
        if path.lower().endswith(reader.endings) and reader.endings and language in edited:
            return language
    endings = ", ".join(ending for name in sorted(edited) for ending in READERS[name].endings)
    raise LinewiseError(f"{path}: no source that fix can edit; it edits {endings}")


def _more(languages: Mapping[str, str], folders: Sequence[str]) -> Iterator[Path]:
    """Files beside those asked for that are searched too: below the folders, and in Go the whole
    package."""
    endings = tuple(ending for one in set(languages.values()) for ending in _SEARCHED[one])
    for folder in folders:
        yield from _below(folder, endings)
    for path, language in languages.items():
        if language == "go":
            yield from sorted(Path(path).parent.glob("*.go"))


def _below(folder: str, endings: tuple[str, ...]) -> Iterator[Path]:
    if not Path(folder).is_dir():
        raise LinewiseError(f"{folder}: no folder; name one that holds sources")
    for root, names, files in os.walk(folder):
        names.sort()
        for name in sorted(files):
            if name.lower().endswith(endings):
                yield Path(root) / name


def patch(outcome: Outcome) -> bytes:
    """The change of one file as a unified diff; empty without one."""
    old, new = (_lines(text) for text in (outcome.old, outcome.text))
    name = outcome.path.lstrip("/")
    rows = difflib.unified_diff(old, new, f"a/{name}", f"b/{name}")
    marked = (
        row if row.endswith("\n") else f"{row}\n\\ No newline at end of file\n" for row in rows
    )
    return encode("".join(marked))


def _lines(text: str) -> list[str]:
    """Lines as patch knows them: a line feed ends one, nothing else does."""
    return [line + "\n" for line in text.split("\n")[:-1]] + [
        line for line in text.split("\n")[-1:] if line
    ]


def write(outcome: Outcome) -> None:
    """Writes one file's changes, all or none. Raises LinewiseError."""
    if outcome.text != outcome.old:
        replace_bytes(Path(outcome.path), encode(outcome.old), encode(outcome.text))
