"""Trace formats: one file each, and this table.

    with cachesim.open_trace("program.lackey.xz") as reader:
        result = cachesim.replay(reader, machine)

A new format is one file beside this one, with a FORMAT, and one row in FORMATS.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType

from cachesim.errors import CacheError
from cachesim.formats import champsim, din, lackey, npz, parquet, pinatrace, table
from cachesim.formats.base import Format, Writer
from cachesim.formats.streams import COMPRESSIONS, Stream
from cachesim.trace import Trace

__all__ = ["FORMATS", "WRITERS", "Format", "TraceReader", "open_trace", "write_trace"]

# In the order in which a file is compared with them.
FORMATS: dict[str, Format] = {
    "parquet": parquet.FORMAT,
    "lackey": lackey.FORMAT,
    "din": din.FORMAT,
    "pinatrace": pinatrace.FORMAT,
    "csv": table.FORMAT,
    "npz": npz.FORMAT,
    "champsim": champsim.FORMAT,  # has no mark of its own: last
}
WRITERS: dict[str, Writer] = {
    name: format_.write for name, format_ in FORMATS.items() if format_.write is not None
}

# Bytes that a format is told by.
_HEAD = 1 << 12


class TraceReader:
    """A trace file: a context manager, and once an iterable of its chunks.

    format        the name of its format
    bytes_read    of the file as it lies on the disk; grows with the iteration
    bytes_total   the same at the end; None where nobody knows (a pipe)

    Iterating raises CacheError that names file and line or row, and TruncatedTrace where the file
    ends in the middle.
    """

    def __init__(self, stream: Stream, format_: Format) -> None:
        self.format = format_.name
        self._stream = stream
        self._chunks: Iterator[Trace] | None = format_.read(stream)

    @property
    def bytes_read(self) -> int:
        return self._stream.bytes_read

    @property
    def bytes_total(self) -> int | None:
        return self._stream.bytes_total

    def __enter__(self) -> TraceReader:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._chunks = None
        self._stream.close()

    def __iter__(self) -> Iterator[Trace]:
        if self._chunks is None:
            raise CacheError(f"{self._stream.name}: already read or closed; open it again")
        chunks, self._chunks = self._chunks, None
        return self._checked(chunks)

    def _checked(self, chunks: Iterator[Trace]) -> Iterator[Trace]:
        empty = True
        for chunk in chunks:
            empty = False
            yield chunk
        if empty:
            raise CacheError(
                f"{self._stream.name}: holds no access; record again (lackey: --trace-mem=yes)"
            )


def open_trace(path: str | os.PathLike[str]) -> TraceReader:
    """Open a trace; its compression and its format are found by its content, not its name.

    Raises CacheError where the file cannot be opened or is of no known format.
    """
    stream = Stream(Path(path))
    try:
        head = stream.peek(_HEAD)
        if not head:
            raise CacheError(f"{stream.name}: the file is empty; record the trace again")
        for format_ in FORMATS.values():
            if format_.matches(head):
                return TraceReader(stream, format_)
        raise CacheError(
            f"{stream.name}: no trace of a known format ({', '.join(FORMATS)}, also compressed "
            f"with {', '.join(name for name, _ in COMPRESSIONS.values())}); convert it to one"
        )
    except BaseException:
        stream.close()
        raise


def write_trace(
    path: str | os.PathLike[str], chunks: Trace | Iterable[Trace], format: str | None = None
) -> tuple[str, ...]:
    """Write a trace, or its chunks in order, beside ``path`` and then in its place.

    format: a row of WRITERS; None takes the one whose suffix the path has.
    The answer names the columns that hold values which the format cannot: () when a reader will get
    back the same trace. Only Parquet holds every column.
    Raises CacheError where the path cannot be written, the format is unknown or there is no access.
    """
    path = Path(path)
    if format is None:
        found = [name for name in WRITERS if path.suffix in FORMATS[name].suffixes]
        if not found:
            known = ", ".join(s for name in WRITERS for s in FORMATS[name].suffixes)
            raise CacheError(f"{path.name}: the name ends in none of {known}; say the format")
        format = found[0]
    if format not in WRITERS:
        raise CacheError(f"format {format!r}: cannot be written; take one of {', '.join(WRITERS)}")
    # Before the first access is asked for: recording or reading them may take hours.
    if not os.access(path.parent, os.W_OK | os.X_OK) or not path.parent.is_dir():
        raise CacheError(f"{path}: no folder to write in; give a path that can be written")
    parts = (chunks,) if isinstance(chunks, Trace) else chunks
    return WRITERS[format](path, _some(path, parts))


def _some(path: Path, chunks: Iterable[Trace]) -> Iterator[Trace]:
    empty = True
    for chunk in chunks:
        if len(chunk):
            empty = False
            yield chunk
    if empty:
        raise CacheError(f"{path.name}: there is no access to write; give at least one")
