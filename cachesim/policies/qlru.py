"""Quad-age LRU, by the names of its published variants: ``QLRU_H11_M1_R0_U0``.

The names and their meaning are those of nanoBench's cache analyzer (A. Abel and J. Reineke,
*nanoBench: A Low-Overhead Tool for Running Microbenchmarks on x86 Systems*, ISPASS 2020), which
measured several in Intel's caches. A line has an age from 0 to 3; an empty way's is 3.

    Hxy   a hit makes age 3 to x and age 2 to y; ages 1 and 0 become 0
    Mx    a new line gets age x; MRxy: age x, with a chance of 1 in 16 age y
    R0    the first empty way, else the first of age 3
    R1    the same, but way 0 where none has age 3
    R2    the last empty way, else the first of age 3
    U0    ages grow by as much as makes the highest 3
    U1    so do those of all ways but the accessed one, whose age does not count
    U2    if no age is 3, all grow by 1
    U3    likewise, but for the accessed way
    _UMO  ages grow on misses only, before the victim is chosen and for all ways alike

Without _UMO ages grow after every access. A way's word is 4 minus its age, 0 for an empty way.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numba.extending import register_jitable

from cachesim.kernels.words import least
from cachesim.policies.base import Access, Policy
from cachesim.policies.chance import draw

_U = np.uint64
OLDEST = 1  # the word of age 3
ONE_IN = 16  # new lines get the rare age of MRxy


def words(ways: int) -> int:
    """One word per way."""
    return ways


def policy(name: str) -> Policy:
    """The variant of that name, which ``cachesim.policies`` has checked."""
    parts = {part[0]: part[1:] for part in name.split("_")[1:5]}
    on_misses_only = name.endswith("_UMO")
    hit_from_3, hit_from_2 = (4 - int(age) for age in parts["H"])
    rare = parts["M"].startswith("R")
    usual_age, rare_age = (int(age) for age in (parts["M"][1:] if rare else parts["M"] * 2))
    new, rare_new = 4 - usual_age, 4 - rare_age
    replace, update = int(parts["R"]), int(parts["U"])
    grow = _growth(update, all_ways=on_misses_only or update in (0, 2))

    @register_jitable
    def touch(state: Any, row: int, ways: int, way: int, access: Access) -> None:  # noqa: ARG001
        word = state[_U(row + way)]
        state[_U(row + way)] = hit_from_3 if word == 1 else (hit_from_2 if word == 2 else 4)
        if not on_misses_only:
            grow(state, row, ways, way)

    @register_jitable
    def fill(state: Any, row: int, ways: int, way: int, access: Access) -> None:
        state[_U(row + way)] = new
        if rare and draw(state, access.cache, ONE_IN) == 0:
            state[_U(row + way)] = rare_new
        if not on_misses_only:
            grow(state, row, ways, way)

    @register_jitable
    def invalidate(state: Any, row: int, ways: int, way: int) -> None:  # noqa: ARG001
        state[row + way] = 0

    @register_jitable
    def victim(state: Any, row: int, ways: int, access: Access) -> int:  # noqa: ARG001
        if replace == 2:
            for way in range(ways - 1, -1, -1):
                if state[_U(row + way)] == 0:
                    return way
        if on_misses_only:
            grow(state, row, ways, 0)
        way = least(state, row, ways)
        if replace == 1 and state[_U(row + way)] != OLDEST:
            return 0
        return way

    return Policy(
        name, words, touch, fill, invalidate, victim,
        shared=int(rare), seeded=rare, prefers_empty=replace == 2,
    )  # fmt: skip


def _growth(update: int, *, all_ways: bool) -> Callable[[Any, int, int, int], None]:
    """How ages grow after an access to a way: the variant's U."""
    by_one = update in (2, 3)

    @register_jitable
    def grow_all(state: Any, row: int, ways: int, way: int) -> None:  # noqa: ARG001
        older = state[_U(row + least(state, row, ways))] - OLDEST
        if older > 0:
            for other in range(ways):
                state[_U(row + other)] -= 1 if by_one else older

    @register_jitable
    def grow_others(state: Any, row: int, ways: int, way: int) -> None:
        older = state[_U(row + least(state, row, ways))] - OLDEST
        if by_one and older > 0:
            older = 1
        elif not by_one:
            # The accessed way does not count.
            older = 3
            for other in range(ways):
                if other != way:
                    older = min(older, state[_U(row + other)] - OLDEST)
        if older > 0:
            for other in range(ways):
                if other != way:
                    state[_U(row + other)] -= older

    return grow_all if all_ways else grow_others
