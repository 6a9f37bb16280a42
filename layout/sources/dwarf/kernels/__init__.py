"""The compiled loops over debug info, and the digest under which they are cached.

All of them read hostile bytes: every read is checked against the end of its array, and whatever
makes no sense ends the unit with a code of `rows.FAULTS`. Numba notices an edit of the file that
holds a loop but not of those whose functions it calls: a digest of all these sources is therefore
part of the loops.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any


@cache
def source_digest() -> str:
    """SHA-256 of every source that is compiled into a loop, in hexadecimal."""
    digest = hashlib.sha256()
    for file in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


@cache
def plan_loop() -> Callable[..., Any]:
    """The compiled loop over abbreviations."""
    from layout.sources.dwarf.kernels.plans import make_plan

    return make_plan(source_digest())


@cache
def walk_loop() -> Callable[..., Any]:
    """The compiled loop over entries."""
    from layout.sources.dwarf.kernels.walk import make_walk

    return make_walk(source_digest())
