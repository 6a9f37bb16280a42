"""The heaps by name: one file each, and this table."""

from __future__ import annotations

import difflib
from importlib import import_module
from typing import Any

from allocator.errors import HeapError
from allocator.heap import Heap

# name -> the module that defines ``make(**options) -> Heap``. Loaded on use: it imports numba.
HEAPS = {
    "bump": "allocator.simple.bump",
    "size-class": "allocator.simple.size_class",
}


def make_heap(name: str, **options: Any) -> Heap:
    """A heap by name, with its options. Raises HeapError for a name or option it does not know."""
    if name not in HEAPS:
        near = difflib.get_close_matches(name, HEAPS, 1)
        hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(HEAPS)}"
        raise HeapError(f"no heap {name!r}; {hint}")
    heap: Heap = import_module(HEAPS[name]).make(**options)
    return heap
