"""Traces: what a program did to memory, as columns of equal length.

One row is one access. A column that was not given and has a default (size 1, kind READ, thread 0)
is a broadcast view of that one value, so that it costs no memory and the replay no bandwidth.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cachesim.errors import CacheError

Column = NDArray[Any]
ColumnLike = NDArray[Any] | Sequence[int]


class Kind(IntEnum):
    """What an access does; the values are those of the column ``kind``."""

    READ = 0
    WRITE = 1
    FETCH = 2  # of an instruction
    MODIFY = 3  # read and write at once: one access that reads and dirties
    ATOMIC = 4  # an atomic read-modify-write; counted as MODIFY


# The exact type of each column; kernels are compiled for these only.
DTYPES: dict[str, np.dtype[Any]] = {
    "address": np.dtype(np.uint64),
    "size": np.dtype(np.uint16),
    "kind": np.dtype(np.uint8),
    "thread": np.dtype(np.uint16),
    "tag": np.dtype(np.int32),
    "pc": np.dtype(np.uint64),
    "time": np.dtype(np.uint64),
    "depends": np.dtype(np.int32),
}
DEFAULTS = {"size": 1, "kind": int(Kind.READ), "thread": 0}
COLUMNS = tuple(DTYPES)


@dataclass(frozen=True, slots=True, init=False, eq=False, repr=False)
class Trace:
    """Accesses in program order.

    address   uint64  first byte accessed
    size      uint16  bytes, 1 to 65535
    kind      uint8   a ``Kind``
    thread    uint16  who accesses; chooses the instance of a private cache
    tag       int32 or None   opaque; misses are attributed to it
    pc        uint64 or None  address of the instruction
    time      uint64 or None  time of the access, in the recorder's unit
    depends   int32 or None   accesses back to the load that produced the address, 0 none

    Columns are taken as they are where type and layout fit, and converted where no value changes.
    Values are checked when the trace is replayed, not here.
    Raises CacheError when a column is no sequence of whole numbers that its type can hold, or when
    lengths differ.
    """

    address: NDArray[np.uint64]
    size: NDArray[np.uint16]
    kind: NDArray[np.uint8]
    thread: NDArray[np.uint16]
    tag: NDArray[np.int32] | None
    pc: NDArray[np.uint64] | None
    time: NDArray[np.uint64] | None
    depends: NDArray[np.int32] | None

    def __init__(
        self,
        address: ColumnLike,
        size: ColumnLike | None = None,
        kind: ColumnLike | None = None,
        thread: ColumnLike | None = None,
        tag: ColumnLike | None = None,
        pc: ColumnLike | None = None,
        time: ColumnLike | None = None,
        depends: ColumnLike | None = None,
    ) -> None:
        given = (address, size, kind, thread, tag, pc, time, depends)
        rows = len(address)
        for name, values in zip(COLUMNS, given, strict=True):
            object.__setattr__(self, name, _column(name, values, rows))

    def __len__(self) -> int:
        return len(self.address)

    def __getitem__(self, rows: slice) -> Trace:
        if not isinstance(rows, slice):
            raise TypeError("a Trace is cut by slices only; take a column and index that")
        return Trace(*(None if c is None else c[rows] for c in self.columns().values()))  # type: ignore[arg-type]

    def __repr__(self) -> str:
        present = ", ".join(name for name, c in self.columns().items() if c is not None)
        return f"Trace({len(self):,} accesses: {present})"

    def columns(self) -> dict[str, Column | None]:
        """The columns by name, in their fixed order; None for one that is absent."""
        return {name: getattr(self, name) for name in COLUMNS}


def _column(name: str, values: ColumnLike | None, rows: int) -> Column | None:
    dtype = DTYPES[name]
    if values is None:
        if name not in DEFAULTS:
            return None
        return np.broadcast_to(np.array(DEFAULTS[name], dtype), (rows,))
    column = values if isinstance(values, np.ndarray) else _from_sequence(name, values)
    if column.ndim != 1 or len(column) != rows:
        raise CacheError(
            f"trace: column {name} has the shape {column.shape}, but must be ({rows},); "
            "give every column one value per access"
        )
    return column if column.dtype == dtype else _converted(name, column, dtype)


def _from_sequence(name: str, values: Sequence[int]) -> Column:
    try:
        column = np.array(values)
    except (OverflowError, ValueError) as error:
        raise CacheError(f"trace: column {name}: {error}; give whole numbers") from None
    if len(column) and column.dtype.kind in "Of":
        # numpy makes objects or floats of whole numbers between 2**63 and 2**64.
        try:
            column = np.array([int(v) for v in values if int(v) == v], np.uint64)
        except (OverflowError, ValueError, TypeError):
            column = np.empty(0, np.uint64)
        if len(column) != len(values):
            raise CacheError(
                f"trace: column {name} holds values that {DTYPES[name]} cannot; "
                "give whole numbers in its range"
            )
    return column if len(column) else column.astype(DTYPES[name])


def _converted(name: str, column: Column, dtype: np.dtype[Any]) -> Column:
    if column.dtype.kind not in "iub":
        raise CacheError(
            f"trace: column {name} has the type {column.dtype}, but must be {dtype}; convert it"
        )
    if len(column):
        limits = np.iinfo(dtype)
        low, high = int(column.min()), int(column.max())
        if low < limits.min or high > limits.max:
            wrong = low if low < limits.min else high
            row = int(np.flatnonzero(column == wrong)[0])
            raise CacheError(
                f"trace: row {row}: {name} = {wrong}, but must be {limits.min} to {limits.max}; "
                "correct the column"
            )
    return column.astype(dtype)
