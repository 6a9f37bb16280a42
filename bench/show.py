"""What a line of ``linewise show`` costs to make, beside joining as many lines that are there."""

from __future__ import annotations

import random

import layout
from bench.timing import best_seconds
from layout.place import Placer
from linewise.picture import FORMATS, load_format
from linewise.picture.rows import COLOURED, About

RECORDS, MEMBERS = 5_000, 12
TYPES = ("char", "short", "int", "long", "double", "void *", "char *")


def source() -> str:
    """Records as a large header has them, some with holes and all within two lines."""
    choose = random.Random(1).choice
    members = [
        "".join(f"  {choose(TYPES)} member_{i};\n" for i in range(MEMBERS)) for _ in range(RECORDS)
    ]
    return "".join(f"struct s{i} {{\n{text}}};\n" for i, text in enumerate(members))


def main() -> None:
    """Print the table."""
    placer = Placer(layout.find_abi("x86_64-linux-gnu"))
    placed = [placer.place(record) for record in layout.read_text(source()).records.values()]
    about = About("many.h", ["x86_64-linux-gnu"], 64, COLOURED)
    print(f"show: {RECORDS:,} records of {MEMBERS} members, in memory")
    print(f"{'':24}{'us/line':>14}{'x str.join':>14}")
    for kind in FORMATS:
        lines_of = load_format(kind).lines
        lines = [line for one in placed for line in lines_of(one, about)]
        taken = best_seconds(lambda f=lines_of: [f(one, about) for one in placed], 5)
        joined = best_seconds(lambda some=lines: "\n".join(some), 5)
        print(f"{kind:24}{taken / len(lines) * 1e6:14.2f}{taken / joined:14.1f}")


if __name__ == "__main__":
    main()
