"""Processor seconds that a proposal takes, and how many of them are proven, on generated records.

The records for bytes draw from 16 kinds of members, odd sizes, bit-fields and raised alignments
among them. Those for cache lines have 8 operations of up to 8 members on four threads.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from statistics import median
from typing import Any

import layout
from layout import AccessProfile, Operation, Proposal, Record

ABI = "x86_64-linux-gnu"
KINDS = ["char {}", "short {}", "int {}", "long {}", "double {}", "void *{}", "char {}[3]",
         "char {}[6]", "short {}[5]", "int {}[3]", "long double {}", "char {}[24]",
         "char {} __attribute__((aligned(4)))", "int {} __attribute__((aligned(16)))",
         "int {} : 5", "unsigned long long {} : 33"]  # fmt: skip
PLAIN = ["char {}", "short {}", "int {}", "long {}", "double {}", "void *{}", "char {}[24]",
         "int {}[3]"]  # fmt: skip
RECORDS = 5

# What is asked: its name, members, goal, and where a record may start.
ROWS: list[tuple[str, int, str, dict[str, Any]]] = [
    *[(f"bytes, {count} members", count, "bytes", {}) for count in (14, 24, 40, 300)],
    *[(f"lines, {count} members", count, "lines", {}) for count in (8, 12, 14, 16, 40, 63)],
    *[(f"lines, {count}, heap of 16", count, "lines", {"base_align": 16}) for count in (12, 14)],
    *[(f"lines, {count}, array", count, "lines", {"array": True}) for count in (8, 12, 14)],
    *[(f"hot, {count} members", count, "hot", {}) for count in (16, 40)],
    *[(f"writers, {count} members", count, "writers", {}) for count in (16, 40)],
]


def sample(seed: int, count: int, kinds: Sequence[str]) -> tuple[Record, AccessProfile]:
    """A record of so many members, and what is done with them."""
    pick = random.Random(seed * 1000 + count)
    chosen = [pick.choice(kinds) for _ in range(count)]
    for at in range(1, count):  # adjacent bit-fields would be one member
        if ":" in chosen[at] and ":" in chosen[at - 1]:
            chosen[at] = "char {}"
    body = "".join(f"{kind.format(f'm{at}')};" for at, kind in enumerate(chosen))
    record = layout.read_text(f"struct S {{ {body} }};", language="c").record("S")
    names = [f"m{at}" for at in range(count)]
    operations = []
    for number in range(8):
        used = pick.sample(names, min(count, pick.randint(1, 8)))
        writes = frozenset(name for name in used if pick.random() < 0.3)
        reads = frozenset(used) - writes
        operations.append(Operation(f"o{number}", pick.randint(1, 100), number % 4, reads, writes))
    return record, AccessProfile(tuple(operations))


def timed(work: Callable[[], Proposal]) -> tuple[float, Proposal]:
    """Processor seconds that the work takes, once: other work on the machine does not count."""
    begun = time.process_time()
    found = work()
    return time.process_time() - begun, found


def measured(count: int, goal: str, where: dict[str, Any]) -> Iterator[tuple[float, Proposal]]:
    """Each record's seconds and proposal."""
    for seed in range(RECORDS if count < 300 else 3):
        record, profile = sample(seed, count, KINDS if goal == "bytes" else PLAIN)
        more = where if goal == "bytes" else {"profile": profile, **where}
        yield timed(lambda r=record, m=more: layout.optimize(r, ABI, goal=goal, **m))


def main() -> None:
    """Print the table."""
    record, profile = sample(0, 8, PLAIN)
    layout.optimize(record, ABI, goal="lines", profile=profile)  # loads the compiled loops
    print("order: processor seconds for one proposal, compiled loops loaded; proven; gap where not")
    print(f"{'':28}{'median s':>10}{'longest s':>11}{'proven':>10}{'median gap':>12}")
    for name, count, goal, where in ROWS:
        found = list(measured(count, goal, where))
        seconds = [each for each, _ in found]
        gaps = [proposal.gap for _, proposal in found if proposal.gap]
        proven = f"{len(found) - len(gaps)} of {len(found)}"
        gap = f"{median(gaps):12.0%}" if gaps else f"{'':>12}"
        print(f"{name:28}{median(seconds):10.3f}{max(seconds):11.3f}{proven:>10}{gap}", flush=True)
