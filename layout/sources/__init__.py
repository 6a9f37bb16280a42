"""Readers: one file per kind of input, one row in `READERS`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import import_module
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from layout.abis import DEFAULT_ABI, find_abi
from layout.errors import LayoutError
from layout.model import Abi, Layout, Source, close_arguments
from layout.place import Placer

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["READERS", "Layouts", "Reader", "language_of", "layouts", "read", "read_text"]


@dataclass(frozen=True, slots=True)
class Reader:
    """A row of `READERS`.

    ``module`` has ``read(text, file) -> Source`` for a source language, and for a binary format
    ``read_binary(path) -> Source``; it is imported on first use, so that a reader's libraries cost
    nothing to those who do not need it. ``endings`` are the file names' that mean it, ``magic``
    the bytes that such a file begins with.
    """

    module: str
    endings: tuple[str, ...] = ()
    magic: tuple[bytes, ...] = ()
    abi: str = DEFAULT_ABI  # where its records are placed when nobody says where


# Language or format -> its reader.
READERS: dict[str, Reader] = {
    "c": Reader("layout.sources.c", (".c", ".h", ".i")),
    "cpp": Reader(
        "layout.sources.cpp", (".cpp", ".cc", ".cxx", ".hpp", ".hh", ".hxx", ".ipp", ".ii")
    ),
    "go": Reader("layout.sources.go", (".go",), abi="go-amd64"),
    "rust": Reader("layout.sources.rust", (".rs",)),
    "elf": Reader("layout.sources.dwarf", magic=(b"\x7fELF",)),
    "btf": Reader("layout.sources.btf", magic=(b"\x9f\xeb", b"\xeb\x9f")),
}

# What other object files begin with -> their name; their debug info is not read.
# PE/COFF specification, Machine Types; <mach-o/loader.h>, <mach-o/fat.h>; WebAssembly 5.5.16.
_OTHERS: dict[bytes, str] = {
    b"MZ": "a Windows program (PE)",
    b"\x64\x86": "an object file for Windows (COFF)",
    b"\x4c\x01": "an object file for Windows (COFF)",
    b"\x64\xaa": "an object file for Windows (COFF)",
    b"\xcf\xfa\xed\xfe": "a Mach-O file",
    b"\xce\xfa\xed\xfe": "a Mach-O file",
    b"\xca\xfe\xba\xbe": "a Mach-O file",
    b"\0asm": "a WebAssembly module",
    b"!<arch>\n": "an archive of object files",
}

# Bytes of a source that are read at most.
MAX_BYTES = 64 << 20


class Layouts(dict[str, Layout]):
    """Layouts by name; a C++ class ``S`` is found as ``struct S`` or ``class S`` too, and an
    instance of a Go type as `close_arguments` says."""

    def __missing__(self, name: str) -> Layout:
        key = self._bare(name)
        if key is None:
            raise KeyError(name)
        return self[key]

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name) or self._bare(name) is not None

    def _bare(self, name: object) -> str | None:
        word, _, rest = str(name).partition(" ")
        known = word in ("struct", "class", "union") and super().__contains__(rest)
        if known or "[" not in str(name):
            return rest if known else None
        wanted = close_arguments(str(name))
        return next((key for key in self if close_arguments(key) == wanted), None)


def read(path: str | PathLike[str], *, language: str | None = None) -> Source:
    """Every record of a file; what could not be read exactly is in ``skipped`` with the reason.

    ``language`` is a row of `READERS`; when it is not given the file's first bytes tell a binary
    and its ending a source. Raises LayoutError when the file cannot be opened, is too large, or no
    reader knows it.
    """
    file = Path(path)
    name = str(file)
    try:
        with file.open("rb") as stream:
            head = stream.read(16)
            guessed = language is None
            language = (language or _by_magic(head) or _by_ending(name, head)).lower()
            if _reader(language, name).magic:
                binary: Callable[[Path], Source] = _load(language).read_binary
                return binary(file)
            data = head + stream.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise LayoutError(f"{name}: {reason}; name a source file that can be read") from None
    except ValueError as error:
        if isinstance(error, LayoutError):
            raise
        raise LayoutError(f"{name!r}: no file has such a name; name a source file") from None
    if len(data) > MAX_BYTES:
        raise LayoutError(f"{name}: larger than {MAX_BYTES >> 20} MiB; give the header alone")
    text = data.decode("utf-8", errors="replace")
    if guessed and language == "c" and name.lower().endswith(".h"):
        language = _of_header(text)
    return read_text(text, language=language, name=name)


def read_text(text: str, *, language: str = "c", name: str = "<text>") -> Source:
    """As `read`, from text; ``name`` is the file that messages name."""
    language = language.lower()
    if _reader(language, name).magic:
        raise LayoutError(f"{name}: {language} is no text; give the file to read()")
    source: Source = _load(language).read(text, name)
    return source


def layouts(text: str, *, language: str = "c", abi: str | Abi | None = None) -> dict[str, Layout]:
    """The layout of every record of a text by its name, such as ``struct S0``, in C++ ``ns::S0``.

    Without an ABI, on the one that the language's row in `READERS` names.

    Records that cannot be read are left out, see `read_text`. Raises LayoutError when a record was
    read but the ABI cannot hold it.
    """
    row = _reader(language.lower(), "<text>")
    placer = Placer(find_abi(abi or row.abi))
    records = read_text(text, language=language).records
    return Layouts((name, placer.place(record)) for name, record in records.items())


def language_of(path: str, named: str | None = None) -> str:
    """The row of `READERS` for a source: the one named, else the one that its ending says.

    Raises LayoutError for an unknown one.
    """
    language = (named or _by_ending(path)).lower()
    _reader(language, path)
    return language


def _reader(language: str, name: str) -> Reader:
    row = READERS.get(language)
    if row is None:
        known = ", ".join(READERS)
        raise LayoutError(f"{name}: unknown language {language[:40]!r}; known are {known}")
    return row


def _load(language: str) -> Any:
    return import_module(READERS[language].module)


def _of_header(text: str) -> str:
    """The language of a ``.h``: C++ only where no reading of it is C."""
    if re.search(r"\b(?:class|namespace|template)\b", text) is None:
        return "c"
    guess: Callable[[str], bool] = import_module("layout.sources.cppguess").is_cpp
    return "cpp" if guess(text) else "c"


def _by_magic(head: bytes) -> str | None:
    found = (name for name, row in READERS.items() if row.magic and head.startswith(row.magic))
    return next(found, None)


def _by_ending(name: str, head: bytes = b"") -> str:
    for language, row in READERS.items():
        if row.endings and name.lower().endswith(row.endings):
            return language
    for magic, what in _OTHERS.items():
        if head.startswith(magic):
            remedy = "debug info is read from ELF files and BTF; give one of these, or the source"
            raise LayoutError(f"{name}: {what} is not read; {remedy}")
    endings_known = ", ".join(ending for row in READERS.values() for ending in row.endings)
    raise LayoutError(
        f"{name}: no reader for this ending, known are {endings_known}; say language="
    )
