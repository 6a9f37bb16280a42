"""Generated C++ classes over all targets, and those of the C++ library, against clang.

``python -m bench classes`` compares 20,000 generated classes. ``python -m bench.classes 50000 7``
takes another number, and another seed.
"""

from __future__ import annotations

import sys

from tests.layout.compare_cpp import TARGETS, differences, library
from tests.layout.generate_cpp import Generator

# Classes asked for in one unit: the optimiser takes a second for them.
UNIT = 250

CLASSES = 20_000
SEED = 1
HEADERS = ["string", "map", "vector", "memory", "regex", "thread", "iostream"]


def compare(target: str, classes: int, seed: int) -> tuple[int, list[str]]:
    """So many classes at least on one target: their number and one line per difference."""
    done, found = 0, []
    while done < classes:
        unit = Generator(seed, target).unit(UNIT)
        found += [f"{target}, seed {seed}: {line}" for line in differences(unit, target)]
        done += len(unit.asked)
        seed += 1
    return done, found


def main(classes: int = CLASSES, seed: int = SEED) -> None:
    """Print the differences and the table."""
    share = -(-classes // len(TARGETS))
    print(f"classes: generated from seed {seed} on, and read from {len(HEADERS)} library headers")
    print(f"{'':24}{'generated':>12}{'differ':>8}{'read':>8}{'skipped':>9}{'differ':>8}")
    for target in TARGETS:
        done, found = compare(target, share, seed)
        read, skipped, wrong = library(HEADERS, target)
        for line in (*found, *wrong):
            print(line)
        counts = f"{done:12,}{len(found):8,}{read:8,}{skipped:9,}{len(wrong):8,}"
        print(f"{target:24}{counts}", flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
