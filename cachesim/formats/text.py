"""What text formats share: whole lines in, columns out, errors with their line; and back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cachesim.errors import CacheError, TruncatedTrace
from cachesim.formats.base import replacing
from cachesim.formats.streams import Stream
from cachesim.trace import Trace

# Bytes of text parsed at once: about 300,000 records.
_CHUNK = 1 << 22
# Bytes of the longest line: no record comes near; what is longer is no trace.
_MAX_LINE = 1 << 16
# Records turned into text at once.
_WRITTEN = 1 << 16

# parse(text uint8[:], end, *columns) -> (records, bytes, lines, wrong): whole lines of text[:end]
# up to the first that is wrong, which is then an index into the format's messages.
Parser = Callable[..., tuple[int, int, int, int]]
# What a parser writes into: usually address, size and kind.
Columns = tuple[Any, ...]


def address_size_kind(rows: int) -> Columns:
    """Room for so many records of the usual columns."""
    return np.empty(rows, np.uint64), np.empty(rows, np.uint16), np.empty(rows, np.uint8)


def _as_trace(columns: Columns, rows: int) -> Trace:
    return Trace(*(column[:rows] for column in columns))


def read_lines(
    stream: Stream,
    parse: Parser,
    messages: tuple[str, ...],
    shortest: int,
    *,
    room: Callable[[int], Columns] = address_size_kind,
    make: Callable[[Columns, int], Trace] = _as_trace,
    first_line: int = 1,
) -> Iterator[Trace]:
    """Chunks of the records in a stream of text.

    shortest: bytes of the shortest line with a record, which bounds the records in a chunk.
    messages: what each answer of the parser means, with its remedy. The first one is not used, the
    second one says that the line is no record.
    room, make: the parser's columns for so many records, and the trace of those that it wrote.
    Raises CacheError with file and line; TruncatedTrace where the last line has no end.
    """
    rest = b""
    stream.line = first_line
    while data := stream.read(_CHUNK):
        text = np.frombuffer(rest + data, np.uint8)
        columns = room(len(text) // shortest + 1)
        rows, position, lines, wrong = parse(text, len(text), *columns)
        stream.line += lines
        if wrong:
            raise CacheError(f"{stream.place}: {_shown(text[position:])}: {messages[wrong]}")
        rest = text[position:].tobytes()
        if len(rest) > _MAX_LINE:
            raise CacheError(f"{stream.place}: a line of more than {_MAX_LINE} bytes; give a trace")
        if rows:
            yield make(columns, rows)
    if b"\n" in rest:  # too short for the parser to look at
        raise CacheError(f"{stream.place}: {_shown(rest)}: {messages[1]}")
    if rest:
        raise TruncatedTrace(
            f"{stream.place}: {_shown(rest)}: the last line has no end, so the trace may be cut "
            "off; get the whole file"
        )


def _shown(text: NDArray[np.uint8] | bytes) -> str:
    """The first line, as much of it as helps, printable."""
    line = bytes(text[:80]).split(b"\n")[0]
    return repr(line.decode("ascii", "backslashreplace"))[:60]


def write_lines(
    path: Any,
    chunks: Iterable[Trace],
    lines: Callable[[Trace], str],
    lost: Callable[[Trace], Iterable[str]],
    end: str = "",
) -> tuple[str, ...]:
    """Write what ``lines`` makes of the chunks; the answer: columns that a text file loses.

    lost: which of address, size and kind the format cannot hold for a chunk. end: the last line.
    """
    names: dict[str, None] = {}
    with replacing(path) as beside, beside.open("w", encoding="ascii", newline="\n") as file:
        for chunk in chunks:
            for start in range(0, len(chunk), _WRITTEN):
                file.write(lines(chunk[start : start + _WRITTEN]))
            names |= dict.fromkeys(lost(chunk))
            if np.any(chunk.thread):
                names["thread"] = None
            for name in ("tag", "pc", "time", "depends"):
                if getattr(chunk, name) is not None:
                    names[name] = None
        file.write(end)
    return tuple(names)
