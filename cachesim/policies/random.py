"""Random: any way of a full set goes, each as likely as the others, from the cache's seed."""

from __future__ import annotations

from typing import Any

from numba.extending import register_jitable

from cachesim.policies.base import Access, Policy
from cachesim.policies.chance import draw


def words(ways: int) -> int:  # noqa: ARG001
    """Nothing is kept per set."""
    return 0


@register_jitable
def touch(state: Any, row: int, ways: int, way: int, access: Access) -> None:
    """A use changes nothing."""


@register_jitable
def fill(state: Any, row: int, ways: int, way: int, access: Access) -> None:
    """A fill changes nothing."""


@register_jitable
def invalidate(state: Any, row: int, ways: int, way: int) -> None:
    """The kernel finds the empty way."""


@register_jitable
def victim(state: Any, row: int, ways: int, access: Access) -> int:  # noqa: ARG001
    """The next draw of the cache's stream."""
    return draw(state, access.cache, ways)


POLICY = Policy(
    "random", words, touch, fill, invalidate, victim, seeded=True, shared=1, collapses=True
)
