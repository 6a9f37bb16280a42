"""Trust, but check: each check asks this machine's own tools and says what it found.

A check is one file and one row of ``CHECKS``: a function of a ``Context`` that yields findings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from linewise.verify import (
    heaps,
    ordering,
    placement,
    preprocessing,
    replaying,
    sharing,
    timing,
)
from linewise.verify.finding import Context, Finding, Verdict

Check = Callable[[Context], Iterator[Finding]]

CHECKS: dict[str, Check] = {
    "placement": placement.check,
    "preprocessor": preprocessing.check,
    "order": ordering.check,
    "replay": replaying.check,
    "heap": heaps.check,
    "sharing": sharing.check,
    "timing": timing.check,
}

__all__ = ["CHECKS", "Check", "Context", "Finding", "Verdict"]
