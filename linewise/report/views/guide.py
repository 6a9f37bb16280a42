"""How to read the page: the marks, the pictures, the limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from linewise.report.figures.svg import Drawing
from linewise.report.palette import HEAT_NAMES
from linewise.score import Run

MARKS = (
    ("exact", "derived from a layout or replayed, and checkable by doing it again"),
    ("modelled", "counts weighted with a machine's latencies: a cost model's time, not a clock's"),
    ("unknown", "neither the machine's file nor a documented default says it"),
)

LIMITS = (
    "Caches are not kept coherent: a write leaves other threads' copies valid. False sharing is "
    "therefore counted but not timed, and a falsely shared line costs more on a real machine than "
    "the average access time here says.",
    "False-sharing misses suppose that each thread has a cache without limits: where a line is "
    "evicted before its thread comes back, that access misses anyway.",
    "Threads take turns, operation by operation, as the scenario says; a real scheduler "
    "interleaves them otherwise.",
    "Prefetchers, TLBs and the overlap of misses are not modelled: sequential walks look worse "
    "here than on hardware that prefetches them.",
    "Instruction fetches, the stack and other programs take no room in the caches.",
    "The addresses are those of a simulated heap, not of the allocator of your program.",
    "The proof is about this scenario. Another mix of operations may want another order.",
)


@dataclass(frozen=True, slots=True)
class Guide:
    """The section."""

    marks: tuple[tuple[str, str], ...]
    heats: tuple[str, ...]
    limits: tuple[str, ...]
    seconds: tuple[tuple[str, float], ...]
    line_bytes: int


def view(run: Run, drawings: Mapping[str, Drawing]) -> Guide:  # noqa: ARG001
    """The same for every run but for how long it took."""
    return Guide(MARKS, HEAT_NAMES, LIMITS, tuple(run.seconds.items()), run.line_bytes)
