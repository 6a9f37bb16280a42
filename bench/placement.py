"""Generated records over all C targets: where linewise puts every member, and where clang does.

``python -m bench placement`` compares 100,000 records. ``python -m bench.placement 400000 7`` takes
another number, and another seed.
"""

from __future__ import annotations

import sys
import time

from tests.layout.compare import differences
from tests.layout.generate import Generator
from tests.oracles.clang import TARGETS

# Records asked for in one unit: some 300 with those inside of others. clang takes 0.1 s to start.
UNIT = 250

RECORDS = 100_000
SEED = 1


def compare(target: str, records: int, seed: int) -> tuple[int, list[str]]:
    """So many records at least on one target: their number and one line per difference."""
    done, found = 0, []
    while done < records:
        unit = Generator(seed, target).unit(UNIT)
        found += [f"{target}, seed {seed}: {line}" for line in differences(unit, target)]
        done += len(unit.asked)
        seed += 1
    return done, found


def main(records: int = RECORDS, seed: int = SEED) -> None:
    """Print the differences and the table."""
    share = -(-records // len(TARGETS))
    print(f"placement: records generated from seed {seed} on, compared with clang's object files")
    print(f"{'':24}{'records':>14}{'differences':>14}{'records/s':>14}")
    total, wrong, begun = 0, 0, time.perf_counter()
    for target in TARGETS:
        start = time.perf_counter()
        done, found = compare(target, share, seed)
        seconds = time.perf_counter() - start
        for line in found:
            print(line)
        print(f"{target:24}{done:14,}{len(found):14,}{done / seconds:14,.0f}", flush=True)
        total, wrong = total + done, wrong + len(found)
    seconds = time.perf_counter() - begun
    print(f"{'all':24}{total:14,}{wrong:14,}{total / seconds:14,.0f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
