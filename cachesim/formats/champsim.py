"""ChampSim's traces: 64 bytes for each executed instruction.

Each gives one fetch, then a read for every source address that is not 0, then a write for every
destination address. The format knows no sizes: each access is of 1 byte, so that it touches the
one line that ChampSim lets it touch. Real ones are compressed with xz or gzip.
Source: ChampSim, inc/trace_instruction.h (input_instr).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cachesim.errors import TruncatedTrace
from cachesim.formats.base import Format
from cachesim.formats.streams import Stream
from cachesim.trace import Kind, Trace

RECORD = np.dtype(
    [
        ("ip", "<u8"),
        ("is_branch", "u1"),
        ("branch_taken", "u1"),
        ("destination_registers", "u1", 2),
        ("source_registers", "u1", 4),
        ("destination_memory", "<u8", 2),
        ("source_memory", "<u8", 4),
    ]
)
# Bytes read at once.
_CHUNK = 1 << 22
# In the order in which an instruction does them.
_KINDS = np.array([Kind.FETCH] + [Kind.READ] * 4 + [Kind.WRITE] * 2, np.uint8)


def matches(head: bytes) -> bool:
    """Whether all whole records could be instructions: the format has no mark of its own."""
    records = np.frombuffer(head[: len(head) // RECORD.itemsize * RECORD.itemsize], RECORD)
    if not len(records):
        return False
    flags = (records["is_branch"] <= 1) & (records["branch_taken"] <= records["is_branch"])
    # User or kernel half of a canonical address space, and somewhere in it.
    top = records["ip"] >> np.uint64(56)
    return bool(np.all(flags & (records["ip"] != 0) & ((top == 0) | (top == 0xFF))))


def read(stream: Stream) -> Iterator[Trace]:
    """The accesses of a stream."""
    rest = b""
    done = 0
    while data := stream.read(_CHUNK):
        data = rest + data
        whole = len(data) // RECORD.itemsize * RECORD.itemsize
        rest = data[whole:]
        done += whole
        if whole:
            yield _accesses(np.frombuffer(data[:whole], RECORD))
    if rest:
        raise TruncatedTrace(
            f"{stream.name}: byte {done}: the last instruction has {len(rest)} of its "
            f"{RECORD.itemsize} bytes, so the trace may be cut off; get the whole file"
        )


def _accesses(records: np.ndarray[tuple[int, ...], np.dtype[np.void]]) -> Trace:
    rows = np.empty((len(records), len(_KINDS)), np.uint64)
    rows[:, 0] = records["ip"]
    rows[:, 1:5] = records["source_memory"]
    rows[:, 5:] = records["destination_memory"]
    there = rows != 0
    kind = np.broadcast_to(_KINDS, rows.shape)[there]
    pc = np.broadcast_to(records["ip"][:, None], rows.shape)[there]
    return Trace(rows[there], kind=kind, pc=pc)


FORMAT = Format("champsim", (".champsim", ".champsimtrace"), matches, read)
