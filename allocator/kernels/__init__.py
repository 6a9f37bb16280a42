"""The compiled loops, and the factory that specialises them to a heap.

A loop is cached on disk. Numba notices an edit of the file that holds the loop, but not of the
files whose functions it calls: a digest of all these sources is therefore part of the loop's name.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from allocator.kernels.loop import make_loop


@cache
def heap_loop(allocate: Callable[..., Any], release: Callable[..., Any]) -> Callable[..., Any]:
    """The compiled loop over events for a heap of these functions; see `allocator.simple`."""
    files = set(Path(__file__).parent.glob("*.py"))
    home = sys.modules[allocate.__module__].__file__
    if home is not None:
        files.add(Path(home))
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return make_loop(allocate, release, digest.hexdigest()[:32])
