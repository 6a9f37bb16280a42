"""Dinero's traditional ``din``: a label and a hexadecimal address on each line.

    0 1fffe8       a read
    1 1fffe0       a write
    2 400540       an instruction fetch

Labels 3 and 4 (Dinero III: an access of unknown type, a cache flush) have no counterpart here and
are an error. Whatever follows the address is ignored, as Dinero does. The format knows no size:
each access is of 4 bytes, from the multiple of 4 at or below its address, Dinero's word.
Source: Dinero IV, d4-7, tracein_din in dinfmt.c.
"""

from __future__ import annotations

import re
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
    "not a label and a hexadecimal address; correct the line",
    "the address passes 2**64; correct the line",
    "label 3 or 4, which has no counterpart here; remove the line",
)
WORD = 4  # bytes of every access
_LABELS = {
    Kind.READ: "0 %x\n",
    Kind.WRITE: "1 %x\n",
    Kind.FETCH: "2 %x\n",
    Kind.MODIFY: "0 %x\n1 %x\n",
    Kind.ATOMIC: "0 %x\n1 %x\n",
}


def matches(head: bytes) -> bool:
    """Whether the first line is a label and an address."""
    return re.match(rb"[ \t]*[0-4][ \t]+(0[xX])?[0-9a-fA-F]+([ \t\r\n]|$)", head) is not None


def read(stream: Stream) -> Iterator[Trace]:
    """The records of a stream."""
    from cachesim.kernels.din import parse

    yield from read_lines(stream, parse, MESSAGES, shortest=len("0 0\n"))


def write(path: Path, chunks: Iterable[Trace]) -> tuple[str, ...]:
    """Labels and addresses, each of an access's first byte; a modify becomes a read and a write.

    The answer: the columns that hold what the file cannot: all but ``address`` and ``kind``.
    """
    return write_lines(path, chunks, _lines, _lost)


def _lines(trace: Trace) -> str:
    rows = zip(trace.address.tolist(), trace.kind.tolist(), strict=True)
    return "".join(_LABELS[k].replace("%x", f"{a:x}") for a, k in rows)


def _lost(trace: Trace) -> Iterator[str]:
    if np.any(trace.address % np.uint64(WORD)):
        yield "address"
    if np.any(trace.size != WORD):
        yield "size"
    if np.any(trace.kind > Kind.FETCH):
        yield "kind"


FORMAT = Format("din", (".din",), matches, read, write)
