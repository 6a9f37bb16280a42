"""Tables as text: named columns, one access a line.

    address,size,kind,thread
    0x7ffd1000,8,R,0
    140737488355328,4,W,1

The first line names the columns, separated by commas, semicolons or tabs; those of a ``Trace`` are
taken, others ignored, and ``address`` must be there. Numbers are decimal or begin with 0x. ``kind``
may be a letter: R or L, W or S, F or I, M, A. Fields are not quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from cachesim.errors import CacheError
from cachesim.formats.base import Format, replacing
from cachesim.formats.streams import Stream
from cachesim.formats.text import Columns, read_lines
from cachesim.trace import COLUMNS, Trace

MESSAGES = (
    "",
    "not as many fields as the first line names; correct the line",
    "a field is no number (decimal, or 0x and hexadecimal digits); correct it",
    "a number passes 2**64; correct it",
)
# Bytes of the line that names the columns.
_LONGEST_HEAD = 1 << 12
_SIGNED = ("tag", "depends")
_WRITTEN = 1 << 16


def _names(head: bytes) -> tuple[list[str], str] | None:
    """The names in a file's first line and what separates them; None where it is no such line."""
    line = head.split(b"\n", 1)[0].rstrip(b"\r").removeprefix(b"\xef\xbb\xbf")
    if re.fullmatch(rb"[A-Za-z_][\w .-]*([,;\t][A-Za-z_ ][\w .-]*)*", line) is None:
        return None
    text = line.decode("ascii")
    separator = next((mark for mark in ",;\t" if mark in text), ",")
    return [name.strip().lower() for name in text.split(separator)], separator


def matches(head: bytes) -> bool:
    """Whether the first line names columns, the address among them."""
    found = _names(head)
    return b"\n" in head and found is not None and "address" in found[0]


def read(stream: Stream) -> Iterator[Trace]:
    """The records of a stream."""
    from cachesim.kernels.table import parse

    head = stream.peek(_LONGEST_HEAD)
    found = _names(head)
    if found is None:
        raise CacheError(f"{stream.name}:1: the line names no columns; write address,size,kind")
    names, separator = found
    known = [name for name in names if name in COLUMNS]
    if len(set(known)) < len(known):
        raise CacheError(f"{stream.name}:1: a column is named twice; rename one")
    stream.skip(head.index(b"\n") + 1)
    places = np.array([known.index(name) if name in known else -1 for name in names], np.int64)
    letters = known.index("kind") if "kind" in known else -1

    def room(rows: int) -> Columns:
        return np.empty((len(known), rows), np.uint64), places, ord(separator), letters

    def make(columns: Columns, rows: int) -> Trace:
        given = {}
        for name, values in zip(known, columns[0], strict=True):
            column = values[:rows]
            given[name] = column.view(np.int64) if name in _SIGNED else column
        try:
            return Trace(**given)
        except CacheError as error:
            reason = str(error).removeprefix("trace: ")
            raise CacheError(f"{stream.place}: among the lines up to here, {reason}") from None

    yield from read_lines(
        stream, parse, MESSAGES, shortest=2 * len(names), room=room, make=make, first_line=2
    )


def write(path: Path, chunks: Iterable[Trace]) -> tuple[str, ...]:
    """Every column that the first chunk has, addresses and instructions in hexadecimal."""
    names: list[str] = []
    with replacing(path) as beside, beside.open("w", encoding="ascii", newline="\n") as file:
        for chunk in chunks:
            if not names:
                names = [name for name, c in chunk.columns().items() if c is not None]
                file.write(",".join(names) + "\n")
            for start in range(0, len(chunk), _WRITTEN):
                columns = chunk[start : start + _WRITTEN].columns()
                file.writelines(_rows([(name, columns[name]) for name in names]))
    return ()


def _rows(columns: list[tuple[str, object]]) -> Iterator[str]:
    texts = []
    for name, column in columns:
        if column is None:
            raise CacheError(f"column {name} is missing in a later part; give it to all of them")
        values = np.asarray(column).tolist()
        texts.append(
            [f"{v:#x}" for v in values] if name in ("address", "pc") else [f"{v}" for v in values]
        )
    return (",".join(row) + "\n" for row in zip(*texts, strict=True))


FORMAT = Format("csv", (".csv", ".tsv"), matches, read, write)
