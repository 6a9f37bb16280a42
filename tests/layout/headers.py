"""How many records of the headers installed here lie as gcc has them, once preprocessed.

``python -m tests.layout.headers [COUNT]`` takes COUNT headers of /usr/include by a seeded choice,
all for none, and prints every difference. Minutes; the suite has a sample of it.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import layout
from layout.sources import preprocessed
from linewise.errors import LinewiseError
from linewise.verify.compiler import Answer, ask

ABI = "x86_64-linux-gnu"
INCLUDE = Path("/usr/include")


def differences(placed: layout.Layout, said: Answer) -> list[object]:
    """What a compiler places otherwise in one record."""
    found: list[object] = []
    if (placed.size, placed.align) != (said.size, said.align):
        found.append((placed.name, (placed.size, placed.align), (said.size, said.align)))
    for field in placed.fields:
        if field.bit_width is None:
            ours = field.offset, field.size
            # A flexible array has no size for a compiler.
            offset, size = said.fields[field.name]
            theirs = offset, field.size if field.type.endswith("[]") else size
        else:
            ours, theirs = (field.bit_offset, field.bit_width), said.bit_fields[field.name]
        if ours != theirs:
            found.append((placed.name, field.name, ours, theirs))
    return found


def answers(path: Path, placed: Sequence[layout.Layout]) -> Iterator[tuple[layout.Layout, Answer]]:
    """gcc's word on each record, without those that it refuses to compile a probe of."""
    try:
        yield from zip(placed, ask(("gcc",), path, placed), strict=True)
    except LinewiseError:
        half = len(placed) // 2
        if half:
            yield from answers(path, placed[:half])
            yield from answers(path, placed[half:])


def main(count: int | None) -> None:
    """Print each difference, and the sums."""
    paths = sorted(path for path in INCLUDE.rglob("*.h") if "c++" not in path.parts)
    random.Random(1).shuffle(paths)
    sums: Counter[str] = Counter()
    for path in paths[:count]:
        try:
            source = preprocessed.read(str(path), "c", compiler="gcc")
        except layout.LayoutError:
            sums["headers that do not compile alone"] += 1
            continue
        placed = [layout.place(record, ABI) for record in source.records.values()]
        compared = list(answers(path, placed)) if placed else []
        sums["headers with records"] += bool(compared)
        sums["records equal"] += len(compared)
        sums["records refused by gcc"] += len(placed) - len(compared)
        sums["records skipped"] += len(source.skipped)
        for one, said in compared:
            for difference in differences(one, said):
                sums["differences"] += 1
                print(path, difference)
    for name, value in sums.items():
        print(f"{value:8,} {name}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else None)
