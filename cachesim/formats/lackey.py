"""Valgrind's lackey: ``valgrind --tool=lackey --trace-mem=yes``.

    I  04016d60,3        a fetch of 3 bytes
     L 1ffefff6e8,8      a load
     S 1ffefff6e0,8      a store
     M 0421c7cc,4        a modify: load and store of the same bytes by one instruction

Valgrind's own lines, which begin with ``==`` or ``--``, are skipped, and the summary at the end
need not be there. Any other line is an error, for it may be a record that the program's output
broke: use valgrind's --log-file. The format knows no threads: all accesses are thread 0's.
Source: valgrind, lackey/lk_main.c (trace_instr, trace_load, trace_store, trace_modify).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from cachesim.formats.base import Format
from cachesim.formats.streams import Stream
from cachesim.formats.text import read_lines, write_lines
from cachesim.trace import Kind, Trace

# What the parser's answers mean.
MESSAGES = (
    "",
    "no record of lackey's; write the trace to a file of its own with --log-file",
    "the address passes 2**64; record again",
    "the size is not 1 to 65535; record again",
    "the access passes the end of memory; record again",
)
# By kind, the values of Kind in order.
_LETTERS = (" L", " S", "I ", " M", " M")


def matches(head: bytes) -> bool:
    """Whether the first line is one of lackey's or of valgrind's."""
    return head[:3] in {b"I  ", b" L ", b" S ", b" M "} or head[:2] in {b"==", b"--"}


def read(stream: Stream) -> Iterator[Trace]:
    """The records of a stream."""
    from cachesim.kernels.lackey import parse

    yield from read_lines(stream, parse, MESSAGES, shortest=len("I  0,1\n"))


def write(path: Path, chunks: Iterable[Trace]) -> tuple[str, ...]:
    """Records as lackey writes them; an atomic access becomes a modify.

    The answer: the columns that hold what the file cannot: all but address, size and kind.
    """
    return write_lines(path, chunks, _lines, _lost)


def _lines(trace: Trace) -> str:
    rows = zip(trace.kind.tolist(), trace.address.tolist(), trace.size.tolist(), strict=True)
    return "".join(f"{_LETTERS[kind]} {address:08x},{size}\n" for kind, address, size in rows)


def _lost(trace: Trace) -> Iterator[str]:
    if np.any(trace.kind == Kind.ATOMIC):
        yield "kind"


FORMAT = Format("lackey", (".lackey",), matches, read, write)
