"""Binding: a workload, a layout for each of its records and a heap make a trace of addresses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NoReturn

import numpy as np
from numpy.typing import NDArray

import layout
from allocator import Heap, HeapEvents, HeapOperation
from cachesim import Kind, Trace
from linewise.errors import LinewiseError
from linewise.workload import Events, Operation, Workload

# What malloc promises for any size on both targets: the alignment of max_align_t, 16 (System V
# AMD64 psABI 3.1.2, AAPCS64 5.1, for long double).
MALLOC_ALIGN = 16
# What the heap has to know of, and its own name for it.
HEAP_OPERATIONS = {
    Operation.ALLOC: HeapOperation.ALLOC,
    Operation.FREE: HeapOperation.FREE,
    Operation.REALLOC: HeapOperation.REALLOC,
}
ACCESS_KINDS = {
    Operation.READ: Kind.READ,
    Operation.WRITE: Kind.WRITE,
    Operation.READ_MODIFY_WRITE: Kind.MODIFY,
    Operation.ATOMIC: Kind.ATOMIC,
    Operation.POINTER_STORE: Kind.WRITE,
}
# What the compiled loop finds wrong with an event: as in ``linewise.kernels.bind``.
FINE, NOT_LIVE, OUTSIDE, NO_FIELD, UNKNOWN = range(5)
_OUTSIDE = "an object outside the workload's; number it below"
_UNTYPED = "an allocation without a type; binding needs one"
_FAULTS = {
    NOT_LIVE: "access to object {}, which is not live; allocate it before",
    OUTSIDE: _OUTSIDE,
    NO_FIELD: "an access without a field; binding needs one",
    UNKNOWN: "an unknown operation; the workload is damaged",
}


class Binding:
    """One workload under one set of layouts, with one heap.

    Raises LinewiseError when a record has no layout, or a path of it leads nowhere.
    """

    def __init__(
        self, workload: Workload, layouts: Mapping[str, layout.Layout], heap: Heap
    ) -> None:
        missing = [name for name in workload.types if name not in layouts]
        if missing:
            raise LinewiseError(f"{workload.name}: no layout for {missing[0]}; place it first")
        placed = [layouts[name] for name in workload.types]
        places = [layout.locate(placed[field.type], field.path) for field in workload.fields]
        self._offset = np.array([offset for offset, _ in places], np.uint64)
        self._size = np.array([size for _, size in places], np.uint16)
        self._stride = np.array([placed[field.type].size for field in workload.fields], np.uint64)
        self._record_size = np.array([one.size for one in placed], np.uint64)
        self._record_align = np.array([max(one.align, MALLOC_ALIGN) for one in placed], np.uint32)
        self._heap = heap
        self._state = heap.start()
        self._workload = workload
        self._kinds = np.zeros(len(Operation), np.uint8)
        for operation, kind in ACCESS_KINDS.items():
            self._kinds[operation] = kind
        self._to_heap = np.full(256, -1, np.int64)  # one for each value of the column
        for operation, code in HEAP_OPERATIONS.items():
            self._to_heap[operation] = code
        self.base: NDArray[np.uint64] = np.zeros(workload.objects, np.uint64)
        self._row = 0

    def bind(self, events: Events) -> Trace:
        """The accesses of the next chunk, with a field's index as their tag.

        Raises LinewiseError naming the event's row for an access to an object that is not live,
        and HeapError as the heap does.
        """
        from linewise.kernels import bind as kernels

        heap_address = self._place(events)
        rows = len(events)
        address, size = np.empty(rows, np.uint64), np.empty(rows, np.uint16)
        kind, thread = np.empty(rows, np.uint8), np.empty(rows, np.uint16)
        tag, row_of = np.empty(rows, np.int32), np.empty(rows, np.int64)
        values = events.value if events.value is not None else np.zeros(rows, np.int64)
        fields = events.field if events.field is not None else np.full(rows, -1, np.int32)
        found, fault = kernels.bind(
            (events.operation, events.object, fields, values, events.thread),
            heap_address,
            self.base,
            (self._offset, self._size, self._stride),
            self._kinds,
            row_of,
            (address, size, kind, thread, tag),
        )
        if fault != FINE:
            self._refuse(found, _FAULTS[fault].format(int(events.object[found])))
        self._row += rows
        kept = row_of[:found]
        return Trace(
            address=address[:found],
            size=size[:found],
            kind=kind[:found],
            thread=thread[:found],
            tag=tag[:found],
            pc=None if events.instruction is None else events.instruction[kept],
            time=None if events.time is None else events.time[kept],
        )

    def block_bytes(self, record: str, elements: int = 1) -> int:
        """Bytes of the block that the heap takes for a record, or an array of them."""
        kind = self._workload.types.index(record)
        events = HeapEvents(
            operation=np.array([HeapOperation.ALLOC], np.uint8),
            object=np.zeros(1, np.int64),
            size=self._record_size[kind : kind + 1] * np.uint64(elements),
            thread=np.zeros(1, np.uint16),
            align=self._record_align[kind : kind + 1],
        )
        return self._heap.statistics(self._heap.run(events, self._heap.start()).state).used

    def _refuse(self, row: int, what: str) -> NoReturn:
        raise LinewiseError(f"{self._workload.name}: event {self._row + row}: {what}")

    def _check(self, events: Events, placing: NDArray[np.int64]) -> None:
        """Refuse numbers outside the workload's tables before the heap meets them."""
        objects = events.object[placing]
        kinds = events.type[placing] if events.type is not None else np.full(len(placing), -1)
        allocates = events.operation[placing] != Operation.FREE
        outside = (objects < 0) | (objects >= self._workload.objects)
        untyped = allocates & ((kinds < 0) | (kinds >= len(self._record_size)))
        for faulty, what in ((outside, _OUTSIDE), (untyped, _UNTYPED)):
            if faulty.any():
                self._refuse(int(placing[np.argmax(faulty)]), what)

    def _place(self, events: Events) -> NDArray[np.uint64]:
        """Let the heap do its part of a chunk; where each of its events put the object."""
        code = self._to_heap[events.operation]
        mine = np.flatnonzero(code >= 0)
        if not len(mine):
            return np.empty(0, np.uint64)
        self._check(events, mine)
        kinds = np.zeros(len(mine), np.int32) if events.type is None else events.type[mine]
        kinds = np.where(code[mine] == HeapOperation.FREE, 0, kinds)
        number = np.ones(len(mine), np.int64) if events.value is None else events.value[mine]
        outcome = self._heap.run(
            HeapEvents(
                operation=code[mine].astype(np.uint8),
                object=events.object[mine],
                size=self._record_size[kinds] * np.maximum(number, 1).astype(np.uint64),
                thread=events.thread[mine],
                align=self._record_align[kinds],
            ),
            self._state,
        )
        self._state = outcome.state
        return outcome.address


def bind(workload: Workload, layouts: Mapping[str, layout.Layout], heap: Heap) -> Iterator[Trace]:
    """The trace of a workload, chunk by chunk; see ``Binding`` for what it raises."""
    binding = Binding(workload, layouts, heap)
    for events in workload.chunks():
        yield binding.bind(events)
