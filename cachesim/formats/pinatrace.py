"""Pin's example tool pinatrace: an instruction's address, what it does, and to which address.

    0x7f1b2c3d4e5f: R 0x7ffd00001000
    0x7f1b2c3d4e63: W 0x7ffd00001008
    #eof

The format knows no sizes: each access is of 1 byte. Lines that begin with ``#`` are skipped, and
``#eof`` must end the file, as the tool writes it when the program ends.
Source: Intel Pin, source/tools/ManualExamples/pinatrace.cpp.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from cachesim.errors import TruncatedTrace
from cachesim.formats.base import Format
from cachesim.formats.streams import Stream
from cachesim.formats.text import Columns, read_lines, write_lines
from cachesim.trace import Kind, Trace

MESSAGES = (
    "",
    "no record of pinatrace's, such as 0x4005d0: R 0x7ffd10; correct the line",
    "the address passes 2**64; correct the line",
    "records follow #eof; give one trace at a time",
)
_WRITES = {Kind.READ: "R", Kind.WRITE: "W", Kind.MODIFY: "RW", Kind.ATOMIC: "RW"}


def matches(head: bytes) -> bool:
    """Whether the first line is a record of pinatrace's."""
    return re.match(rb"(#[^\n]*\n)*0x[0-9a-fA-F]+: [RW] ", head) is not None


def read(stream: Stream) -> Iterator[Trace]:
    """The records of a stream."""
    from cachesim.kernels.pinatrace import parse

    ended = np.zeros(1, np.int64)

    def room(rows: int) -> Columns:
        return (*(np.empty(rows, t) for t in (np.uint64, np.uint8, np.uint64)), ended)

    def make(columns: Columns, rows: int) -> Trace:
        address, kind, pc = (column[:rows] for column in columns[:3])
        return Trace(address, kind=kind, pc=pc)

    yield from read_lines(
        stream, parse, MESSAGES, shortest=len("0x0: R 0x0\n"), room=room, make=make
    )
    if not ended[0]:
        raise TruncatedTrace(
            f"{stream.place}: the file does not end with #eof, so it may be cut off; get the whole "
            "file"
        )


def write(path: Path, chunks: Iterable[Trace]) -> tuple[str, ...]:
    """Reads and writes; a modify becomes one of each, a fetch is left out.

    The answer: the columns that hold what the file cannot: all but address, kind and pc.
    """
    lost = write_lines(path, chunks, _lines, _lost, end="#eof\n")
    return tuple(name for name in lost if name != "pc")


def _lines(trace: Trace) -> str:
    pc = np.zeros(len(trace), np.uint64) if trace.pc is None else trace.pc
    rows = zip(pc.tolist(), trace.kind.tolist(), trace.address.tolist(), strict=True)
    return "".join(
        f"{at:#x}: {letter} {address:#x}\n"
        for at, kind, address in rows
        for letter in _WRITES.get(Kind(kind), "")
    )


def _lost(trace: Trace) -> Iterator[str]:
    if np.any(trace.size != 1):
        yield "size"
    if np.any(trace.kind > Kind.WRITE):
        yield "kind"


FORMAT = Format("pinatrace", (".pinatrace", ".out"), matches, read, write)
