"""Heaps: where an allocator would put the objects of a program.

    heap = allocator.make_heap("size-class")
    outcome = heap.run(events, heap.start())
    outcome.address  # where each event put its object

Names are loaded on first use: numba takes a quarter of a second to import.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from allocator.errors import HeapError
    from allocator.heap import (
        Heap,
        HeapAccesses,
        HeapEvents,
        HeapOperation,
        HeapOutcome,
        HeapStatistics,
        Moves,
    )
    from allocator.heaps import HEAPS, make_heap

# Where each public name lives.
_HOMES = {
    "HeapError": "errors",
    "Heap": "heap",
    "HeapAccesses": "heap",
    "HeapEvents": "heap",
    "HeapOperation": "heap",
    "HeapOutcome": "heap",
    "HeapStatistics": "heap",
    "Moves": "heap",
    "HEAPS": "heaps",
    "make_heap": "heaps",
}

__all__ = [
    "HEAPS",
    "Heap",
    "HeapAccesses",
    "HeapError",
    "HeapEvents",
    "HeapOperation",
    "HeapOutcome",
    "HeapStatistics",
    "Moves",
    "make_heap",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'allocator' has no attribute {name!r}")
    value = getattr(import_module(f"allocator.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
