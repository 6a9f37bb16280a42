"""The block sizes of allocators: what a heap object of so many bytes really takes.

Measured on glibc 2.36, jemalloc 5.3.0, mimalloc 2.0.9 and gperftools' tcmalloc 2.10, each asked for
every size; Go's from ``internal/runtime/gc/sizeclasses.go`` of Go 1.27, the same in Go 1.21. Sizes
in bytes, up to 32 KiB: beyond, a record is larger than what Go gives from size classes.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from layout.abis import find_abi
from layout.errors import LayoutError
from layout.model import Layout

__all__ = ["ALLOCATORS", "SizeClasses", "find_allocator", "size_classes"]


@dataclass(frozen=True, slots=True)
class SizeClasses:
    """One allocator. ``header`` bytes precede an object with pointers beyond ``header_above``."""

    name: str
    sizes: tuple[int, ...]
    header: int = 0
    header_above: int = 0

    def around(self, size: int) -> tuple[int, int] | None:
        """The largest block that is too small for so many bytes, and the one that they take; None
        where there is no class below or above."""
        at = bisect_left(self.sizes, size)
        if size <= 0 or at == 0 or at == len(self.sizes):
            return None
        return self.sizes[at - 1], self.sizes[at]


def _doublings(first: int, last: int, steps: int) -> tuple[int, ...]:
    """``steps`` equal steps to each power of two, as jemalloc and mimalloc have them."""
    sizes = []
    while first < last:
        sizes += [first + first * step // steps for step in range(1, steps + 1)]
        first *= 2
    return tuple(sizes)


_QUARTERS = (8, *range(16, 129, 16), *_doublings(128, 32 << 10, 4))

# tcmalloc of gperftools 2.10.
_TCMALLOC = (
    8, *range(16, 257, 16), 288, 320, 352, 384, 416, 448, 480, 512, 576, 640, 704, 768, 896, 1024,
    1152, 1280, 1408, 1536, 1792, 2048, 2304, 2560, 2816, 3072, 3328, 4096, 4608, 5120, 6144, 6656,
    8192, 9216, 10240, 12288, 13312, 16384, 20480, 24576, 26624, 32768,
)  # fmt: skip

_GO = (
    8, 16, 24, 32, *range(48, 257, 16), 288, 320, 352, 384, 416, 448, 480, 512, 576, 640, 704, 768,
    896, 1024, 1152, 1280, 1408, 1536, 1792, 2048, 2304, 2688, 3072, 3200, 3456, 4096, 4864, 5376,
    6144, 6528, 6784, 6912, 8192, 9472, 9728, 10240, 10880, 12288, 13568, 14336, 16384, 18432,
    19072, 20480, 21760, 24576, 27264, 28672, 32768,
)  # fmt: skip

ALLOCATORS: dict[str, SizeClasses] = {
    one.name: one
    for one in (
        # A chunk is the request and 8 bytes, in steps of 16, at least 32: 24, 40 ... are usable.
        SizeClasses("glibc", tuple(range(24, 32 << 10, 16))),
        SizeClasses("jemalloc", _QUARTERS),
        SizeClasses("mimalloc", _QUARTERS),
        SizeClasses("tcmalloc", _TCMALLOC),
        # internal/runtime/gc/malloc.go: MallocHeaderSize, MinSizeForMallocHeader.
        SizeClasses("go", _GO, header=8, header_above=512),
    )
}

# The same where a pointer has 4 bytes: MinSizeForMallocHeader is a pointer's bytes times its bits.
_GO_32 = SizeClasses("go", _GO, header=8, header_above=128)


def size_classes(allocator: str | None, placed: Layout) -> SizeClasses | None:
    """The classes for a record on the heap: Go's for a record of Go, else those of ``allocator``.

    None for a C record when no allocator is named, and on ABIs of 32 bits, where these allocators
    have other classes. Raises LayoutError for an allocator that is not in the table.
    """
    wide = find_abi(placed.abi).scalars.get("pointer", (0, 0))[0] == 8
    if placed.pointer_bytes is not None:
        return ALLOCATORS["go"] if wide else _GO_32
    return find_allocator(allocator) if allocator is not None and wide else None


def find_allocator(name: str) -> SizeClasses:
    """The row of that name. Raises LayoutError for one that is not in the table."""
    if name not in ALLOCATORS:
        fault = f"{name[:40]!r}: unknown allocator"
        raise LayoutError(f"{fault}; known are {', '.join(ALLOCATORS)}")
    return ALLOCATORS[name]
