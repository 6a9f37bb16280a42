"""What a trace format is, and the pieces that its reader and writer get."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from cachesim.errors import CacheError
from cachesim.formats.streams import Stream
from cachesim.trace import Trace

# Writes chunks to a path, which is replaced when all is written; the answer names the columns whose
# values the format cannot hold.
Writer = Callable[[Path, Iterable[Trace]], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Format:
    """One trace format.

    suffixes  of the names of its files; used for writing only, reading looks at the content
    matches   whether a file that begins with these bytes (decompressed) is of this format
    read      the accesses of a stream, in chunks; raises CacheError with file and line or row, and
              TruncatedTrace where the file ends in the middle
    write     None where nothing can be written
    """

    name: str
    suffixes: tuple[str, ...]
    matches: Callable[[bytes], bool]
    read: Callable[[Stream], Iterator[Trace]]
    write: Writer | None = None


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A path beside ``path`` to write to; it takes its place at the end, or goes after an error.

    A link stays and its target is replaced; a device or a pipe is written to as it is.
    """
    if path.exists() and not path.is_file():
        try:
            yield path
        except OSError as error:
            raise _unwritable(path, error) from None
        return
    path = path.resolve()
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield beside
        beside.replace(path)
    except OSError as error:
        raise _unwritable(path, error) from None
    finally:
        with suppress(OSError):  # it may never have been there
            beside.unlink()


def _unwritable(path: Path, error: OSError) -> CacheError:
    return CacheError(f"{path}: {error.strerror or error}; give a path that can be written")
