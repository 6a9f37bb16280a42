"""Sources that need the preprocessor: the user's own compiler expands them, our readers read on.

``cc -E`` includes what is included, decides every conditional and expands every macro, for the
compiler's own target. Its line markers (``# 12 "file.h"``, GCC's manual, *Preprocessor Output*) say
where each line of the output comes from, so that every record and member keeps the file and line
where it was written. Such a record is marked ``preprocessed``: its text need not be what the file
holds.
"""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

from layout.errors import LayoutError
from layout.model import Field, Record, Source
from layout.sources.commands import flags_for
from layout.sources.compiler import find_compiler, preprocess
from layout.sources.originals import Original

__all__ = ["LANGUAGES", "read"]

# Languages that have a preprocessor -> what the compiler's -x calls them.
LANGUAGES = {"c": "c", "cpp": "c++"}

_MARKER = re.compile(r'^#(?: |line )\s*(\d+) "((?:[^"\\]|\\.)*)"', re.MULTILINE)


def read(
    path: str,
    language: str,
    *,
    include: Sequence[str] = (),
    define: Sequence[str] = (),
    compile_commands: str | None = None,
    compiler: str | None = None,
    all_files: bool = False,
    text: str | None = None,
) -> Source:
    """The records that a C or C++ file defines once it is preprocessed.

    ``text`` stands for the file's content, any byte that is no UTF-8 as a lone surrogate.

    ``include`` are folders (``-I``), ``define`` macros as ``NAME`` or ``NAME=VALUE`` (``-D``),
    ``compile_commands`` a compilation database (`layout.sources.commands`), ``compiler`` a command
    (`layout.sources.compiler`). ``all_files`` keeps the records of included files too.

    Raises LayoutError: no compiler, the compiler's first error, a language without a preprocessor,
    an output that is too long or takes too long.
    """
    from layout.sources import read_text

    if language not in LANGUAGES:
        known = " and ".join(LANGUAGES)
        raise LayoutError(f"{path}: {language} has no preprocessor, only {known}; leave --cpp out")
    flags = [] if compile_commands is None else flags_for(compile_commands, path)
    # The nearest entry of a C header may be one of C++, whose standard C compilers refuse.
    flags = [flag for flag in flags if _fits(flag, language)]
    flags += [f"-I{Path(folder).absolute()}" for folder in include]
    flags += [f"-D{macro}" for macro in define]
    expanded = preprocess(path, LANGUAGES[language], find_compiler(compiler), flags, text)
    source = read_text(expanded, language=language, name=path)
    original = Original.of(path, expanded) if text is None else Original(text, expanded)
    moved = _Moved(_Origins(expanded, path), original, path)
    return _placed_back(source, moved, all_files)


def _fits(flag: str, language: str) -> bool:
    return not flag.startswith("-std=") or ("++" in flag) == (language == "cpp")


class _Origins:
    """Which file and line each line of a preprocessor's output comes from."""

    def __init__(self, text: str, path: str) -> None:
        self._path = path
        self._same: dict[str, bool] = {}
        self._starts = [0]  # lines of the output, ascending, that markers stand on
        self._marks = [(path, 1)]  # the file and line of the line below each
        line = at = 0
        for marker in _MARKER.finditer(text):
            line += text.count("\n", at, marker.start())
            at = marker.start()
            name = _unquoted(marker[2])
            self._starts.append(line + 1)
            self._marks.append((path if self._is_main(name) else name, int(marker[1])))

    def _is_main(self, name: str) -> bool:
        known = True if name == "<stdin>" else self._same.get(name)
        if known is None:
            try:
                known = os.path.realpath(self._path) == os.path.realpath(name)
            except ValueError:  # a null byte
                known = False
            self._same[name] = known
        return known

    def of(self, line: int) -> tuple[str, int]:
        """The file and line, from 1, of a line of the output, from 1."""
        at = bisect_right(self._starts, line) - 1
        file, first = self._marks[at]
        return file, first + line - self._starts[at] - 1


def _unquoted(quoted: str) -> str:
    """A marker's file name: gcc writes bytes beyond ASCII in octal."""

    def byte(match: re.Match[bytes]) -> bytes:
        said = match[1]
        return bytes([int(said, 8) & 255]) if said.isdigit() else said

    return os.fsdecode(re.sub(rb"\\([0-7]{3}|.)", byte, os.fsencode(quoted)))


def _placed_back(source: Source, moved: _Moved, all_files: bool) -> Source:
    """The source with every place as written, and only the given file's own records."""
    records = {name: moved.record(record) for name, record in source.records.items()}
    skipped = []
    for skip in source.skipped:
        file, line = moved.origins.of(skip.line)
        if file == source.path:
            skipped.append(replace(skip, line=line))
        elif all_files:
            skipped.append(replace(skip, line=0, reason=f"{file}:{line}: {skip.reason}"))
    if not all_files:
        records = {name: one for name, one in records.items() if one.file == source.path}
    aliases = {name: of for name, of in source.aliases.items() if of in records}
    return replace(source, records=records, skipped=tuple(skipped), aliases=aliases)


class _Moved:
    """Copies of records, and of the types within, with the places that they were written at.

    Types compare by identity, so each is copied once. Spans of the output become those of the file
    where its text is the same (`layout.sources.originals`), and None elsewhere.
    """

    def __init__(self, origins: _Origins, original: Original, path: str) -> None:
        self.origins, self._original, self._path = origins, original, path
        self._copies: dict[int, tuple[Any, Any]] = {}  # id -> the value, held so, and its copy

    def record(self, record: Record) -> Record:
        copy: Record = self._value(record)
        return copy

    def _value(self, value: Any) -> Any:
        """A copy of a record, member, type or expression; anything else as it is."""
        if isinstance(value, tuple):
            return tuple(self._value(one) for one in value) if value else value
        if not is_dataclass(value) or isinstance(value, type):
            return value
        known = self._copies.get(id(value))
        if known is None:
            known = self._copies[id(value)] = value, self._copied(value)
        return known[1]

    def _copied(self, value: Any) -> Any:
        changes = {}
        for one in fields(value):
            old = getattr(value, one.name)
            new = self._value(old)
            if new is not old:
                changes[one.name] = new
        if isinstance(value, Record):
            file, line = self.origins.of(value.line)
            places = self._places(value, file)
            members = [
                self._member(member, file, line, places)
                for member in changes.get("fields", value.fields)
            ]
            changes |= {"file": file, "line": line, "fields": tuple(members)}
            changes |= {"preprocessed": True, **_spans(value, places)}
        return replace(value, **changes) if changes else value

    def _places(self, record: Record, file: str) -> dict[int, int]:
        span = getattr(record, "span", None)
        if span is None or file != self._path:
            return {}
        file, line = self.origins.of(self._original.line_of(span[0]))
        return self._original.places(span, line) if file == self._path else {}

    def _member(self, member: Field, file: str, line: int, places: dict[int, int]) -> Field:
        """A member with its line; one that an included file holds gets the record's."""
        origin, own = self.origins.of(member.line)
        line = own if origin == file else line
        return replace(member, line=line, **_spans(member, places))


def _spans(value: Record | Field, places: dict[int, int]) -> dict[str, Any]:
    """The spans of a record or member, as far as its kind has any, at their places in the file."""
    spans = {name: getattr(value, name, None) for name in ("span", "part")}
    return {
        name: (places[span[0]], places[span[1]]) if places.keys() >= set(span) else None
        for name, span in spans.items()
        if span is not None
    }
