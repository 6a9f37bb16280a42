"""Readers: one file per kind of input, one row in `READERS`."""

from __future__ import annotations

from collections.abc import Callable
from os import PathLike
from pathlib import Path

from layout.abis import find_abi
from layout.errors import LayoutError
from layout.model import Abi, Layout, Source
from layout.place import Placer
from layout.sources.c import read_c

__all__ = ["READERS", "layouts", "read", "read_text"]

# Language -> its reader and the file name endings that mean it.
READERS: dict[str, tuple[Callable[[str, str], Source], tuple[str, ...]]] = {
    "c": (read_c, (".c", ".h", ".i")),
}

# Bytes of a file that are read at most.
MAX_BYTES = 64 << 20


def read(path: str | PathLike[str], *, language: str | None = None) -> Source:
    """Every record of a file; what could not be read exactly is in ``skipped`` with the reason.

    Raises LayoutError when the file cannot be opened, is too large, or no reader knows it.
    """
    file = Path(path)
    name = str(file)
    language = language or _language(name)
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise LayoutError(f"{name}: {reason}; name a source file that can be read") from None
    except ValueError:
        raise LayoutError(f"{name!r}: no file has such a name; name a source file") from None
    if len(data) > MAX_BYTES:
        raise LayoutError(f"{name}: larger than {MAX_BYTES >> 20} MiB; give the header alone")
    return read_text(data.decode("utf-8", errors="replace"), language=language, name=name)


def read_text(text: str, *, language: str = "c", name: str = "<text>") -> Source:
    """As `read`, from text; ``name`` is the file that messages name."""
    row = READERS.get(language.lower())
    if row is None:
        known = ", ".join(READERS)
        raise LayoutError(f"{name}: unknown language {language[:40]!r}; known are {known}")
    return row[0](text, name)


def layouts(
    text: str, *, language: str = "c", abi: str | Abi = "x86_64-linux-gnu"
) -> dict[str, Layout]:
    """The layout of every record of a text by its name, such as ``struct S0``.

    Records that cannot be read are left out, see `read_text`. Raises LayoutError when a record was
    read but the ABI cannot hold it.
    """
    placer = Placer(find_abi(abi))
    records = read_text(text, language=language).records
    return {name: placer.place(record) for name, record in records.items()}


def _language(name: str) -> str:
    for language, (_, endings) in READERS.items():
        if name.lower().endswith(endings):
            return language
    endings_known = ", ".join(ending for _, endings in READERS.values() for ending in endings)
    raise LayoutError(
        f"{name}: no reader for this ending, known are {endings_known}; say language="
    )
