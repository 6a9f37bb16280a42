"""What a program did, in objects and fields, with no addresses.

A workload is read in chunks of columns as often as one likes, each time the same. Binding it to
layouts and a heap (``linewise.binding``) gives the addresses.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import IntEnum
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from linewise.errors import LinewiseError


class Operation(IntEnum):
    """What one event does. The first three and the last eight concern the heap."""

    ALLOC = 0
    FREE = 1
    REALLOC = 2
    READ = 3
    WRITE = 4
    READ_MODIFY_WRITE = 5  # one access that reads and dirties
    ATOMIC = 6  # an atomic read-modify-write
    POINTER_STORE = 7  # a write of a pointer that a collector must know of
    ROOT = 8
    UNROOT = 9
    LOCK = 10
    UNLOCK = 11
    COLLECT = 12
    READ_STATISTICS = 13
    SET_GOGC = 14
    SET_LIMIT = 15
    ARENA_RESET = 16


class Region(IntEnum):
    """Where an object lives."""

    HEAP = 0
    GLOBAL = 1
    STACK = 2
    UNKNOWN = 3


class FieldRef(NamedTuple):
    """A field of a record: an index into ``Workload.types``, and a path for ``layout.locate``."""

    type: int
    path: str


# The exact type of each column of a chunk.
COLUMNS: dict[str, type[np.generic]] = {
    "operation": np.uint8,
    "thread": np.uint16,
    "object": np.int64,
    "time": np.uint64,
    "type": np.int32,
    "field": np.int32,
    "offset": np.int64,
    "size": np.uint64,
    "site": np.int32,
    "instruction": np.uint64,
    "value": np.int64,
    "region": np.uint8,
}


@dataclass(frozen=True, slots=True, eq=False)
class Events:
    """One chunk of a workload: columns of equal length; those after ``object`` may be missing.

    operation    an ``Operation``
    thread       who does it
    object       which object, a number of the workload's own; -1 for none
    time         events of one step of the program share it: the ordinal of a scenario's operation
    type         index into ``Workload.types``; -1 for an untyped block
    field        index into ``Workload.fields`` for an access; -1 for none
    offset       bytes from the object's start, for an access without a field
    size         bytes, of an access without a field or of an untyped block
    site         index into ``Workload.sites``
    instruction  the instruction's address
    value        the element of an array object for an access, the number of elements for an ALLOC,
                 the target object of a POINTER_STORE, the new setting of a SET_*
    region       a ``Region``

    Raises LinewiseError when a column's type or length is wrong.
    """

    operation: NDArray[np.uint8]
    thread: NDArray[np.uint16]
    object: NDArray[np.int64]
    time: NDArray[np.uint64] | None = None
    type: NDArray[np.int32] | None = None
    field: NDArray[np.int32] | None = None
    offset: NDArray[np.int64] | None = None
    size: NDArray[np.uint64] | None = None
    site: NDArray[np.int32] | None = None
    instruction: NDArray[np.uint64] | None = None
    value: NDArray[np.int64] | None = None
    region: NDArray[np.uint8] | None = None

    def __post_init__(self) -> None:
        for column in fields(self):
            values, wanted = getattr(self, column.name), COLUMNS[column.name]
            if values is None:
                continue
            if values.dtype != wanted:
                raise LinewiseError(
                    f"events: column {column.name} has the type {values.dtype}, "
                    f"but must be {np.dtype(wanted)}; convert it"
                )
            if values.shape != (len(self.operation),):
                raise LinewiseError(
                    f"events: column {column.name} has the shape {values.shape}, "
                    f"but operation has {self.operation.shape}; make them equally long"
                )

    def __len__(self) -> int:
        return len(self.operation)


class Workload(Protocol):
    """Anything that gives the same chunks of events each time it is asked."""

    @property
    def name(self) -> str: ...
    @property
    def types(self) -> tuple[str, ...]:
        """Names of records."""

    @property
    def fields(self) -> tuple[FieldRef, ...]:
        """The fields accessed; their index is the tag of the bound trace."""

    @property
    def sites(self) -> tuple[str, ...]:
        """Where allocations come from."""

    @property
    def objects(self) -> int:
        """Object numbers lie below it."""

    @property
    def threads(self) -> int:
        """Thread numbers lie below it."""

    @property
    def length(self) -> int | None:
        """Events in all; None when unknown beforehand."""

    def chunks(self) -> Iterator[Events]:
        """The events in order."""
