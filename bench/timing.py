"""The best of several runs: what else the machine does only ever adds time."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any


def best_seconds(work: Callable[[], Any], runs: int = 25) -> float:
    """The shortest of the runs, after one that compiles or warms up."""
    work()
    seconds = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begun)
    return min(seconds)
