"""Scalar calls on top of batches: one event at a time, on a state of the heap's own."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

import numpy as np

from allocator.errors import HeapError
from allocator.heap import MALLOC_ALIGN, HeapEvents, HeapOperation, HeapOutcome


class ScalarCalls(ABC):
    """``malloc``, ``realloc`` and ``free`` by address; slow, for trying things out."""

    def __init__(self) -> None:
        self._state: Any = None
        self._object_at: dict[int, int] = {}
        self._align: dict[int, int] = {}
        self._free_numbers: list[int] = []

    @property
    @abstractmethod
    def name(self) -> str: ...

    @abstractmethod
    def start(self) -> Any: ...

    @abstractmethod
    def run(self, events: HeapEvents, state: Any) -> HeapOutcome: ...

    def malloc(self, size: int, *, align: int = MALLOC_ALIGN, thread: int = 0) -> int:
        """The address of a new block. Raises HeapError as ``run`` does."""
        number = self._free_numbers[-1] if self._free_numbers else len(self._object_at)
        address = self._call(HeapOperation.ALLOC, number, size, align, thread)
        if self._free_numbers:
            self._free_numbers.pop()
        self._object_at[address] = number
        self._align[address] = align
        return address

    def realloc(self, address: int, size: int, *, thread: int = 0) -> int:
        """The address of the block with another size, aligned as before."""
        number = self._number_at(address)
        align = self._align[address]
        new = self._call(HeapOperation.REALLOC, number, size, align, thread)
        del self._object_at[address], self._align[address]
        self._object_at[new], self._align[new] = number, align
        return new

    def free(self, address: int, *, thread: int = 0) -> None:
        """Give a block back. Raises HeapError for an address that is no live block's."""
        number = self._number_at(address)
        self._call(HeapOperation.FREE, number, 0, MALLOC_ALIGN, thread)
        del self._object_at[address], self._align[address]
        self._free_numbers.append(number)

    def _number_at(self, address: int) -> int:
        try:
            return self._object_at[address]
        except KeyError:
            raise HeapError(
                f"{self.name} heap: no live block is at {address:#x}; "
                "it was freed already or never came from here"
            ) from None

    def _call(
        self, operation: HeapOperation, number: int, size: int, align: int, thread: int
    ) -> int:
        for what, value, limit in (
            ("size", size, 1 << 64),
            ("align", align, 1 << 32),
            ("thread", thread, 1 << 16),
        ):
            if not 0 <= value < limit:
                raise HeapError(
                    f"{self.name} heap: {what} = {value}, but must be 0 to {limit - 1}; correct it"
                )
        events = HeapEvents(
            operation=np.array([operation], np.uint8),
            object=np.array([number], np.int64),
            size=np.array([size], np.uint64),
            thread=np.array([thread], np.uint16),
            align=np.array([align], np.uint32),
        )
        outcome = self.run(events, self.start() if self._state is None else self._state)
        self._state = outcome.state
        return int(outcome.address[0])
