"""Small generated records for brute force, and all the orders that they may have."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, permutations

import layout
from layout import Abi, Field, Record

# Not a real one: it differs from the others in size, alignment and line.
SMALL_ABI = Abi(
    name="small",
    title="a 32-bit ABI with lines of 32 bytes",
    scalars={
        **layout.find_abi("x86_64-linux-gnu").scalars,
        "long": (4, 4),
        "unsigned long": (4, 4),
        "pointer": (4, 4),
        "double": (8, 4),
        "long long": (8, 4),
        "long double": (12, 4),
    },
    line=32,
)

HEAD = (
    "struct pair { int a; char b; };\nstruct tight { long a; char b; } __attribute__((packed));\n"
    "struct tail { int a; char b[]; };\n"
)
PLAIN = ["char {}", "short {}", "int {}", "long {}", "double {}", "void *{}", "float {}"]
ODD = ["char {}[3]", "char {}[6]", "short {}[5]", "long double {}", "struct pair {}",
       "struct tight {}", "struct pair {}[2]", "_Atomic(long) {}",
       "int {} __attribute__((aligned(16)))", "char {} __attribute__((aligned(4)))",
       "long {} __attribute__((packed))", "union {{ char c[5]; short s; }} {}"]  # fmt: skip
LARGE = ["char {}[40]", "char {}[61]", "long {}[7]", "int {}[18]"]
BITS = ["char {} : 3", "int {} : 5", "int {} : 17", "unsigned long long {} : 33", "short {} : 9"]


def small_record(seed: int, most: int, *, large: bool = False, unnamed: bool = True) -> Record:
    """A struct of at most so many members that move; ``unnamed`` allows unnamed bit-fields and
    empty arrays, ``large`` adds members that fill lines."""
    pick = random.Random(seed)
    pools = [PLAIN, PLAIN, ODD, BITS, *([LARGE] if large else [])]
    lines: list[str] = []
    was_bits = False
    moving = pick.randint(min(3, most), most)
    for index in range(moving):
        pool = pick.choice([pool for pool in pools if pool is not BITS or not was_bits])
        was_bits = pool is BITS
        for part in range(pick.randint(1, 4) if was_bits else 1):
            if unnamed and was_bits and part and pick.random() < 0.2:
                lines.append(pick.choice(["int : 0", "char : 2", "long : 7"]))
            lines.append(pick.choice(pool).format(f"m{index}_{part}"))
        if unnamed and not was_bits and pick.random() < 0.05:
            lines.append(f"int m{index}_open[0]")
            was_bits = True  # what follows stays behind it, so bit-fields would join it
    if pick.random() < 0.15:
        lines.append(
            pick.choice(["char last[]", "long last[]", "struct pair last[0]", "struct tail last"])
        )
    before = after = ""
    style = pick.random()
    if style < 0.15:
        before = "__attribute__((packed)) "
    elif style < 0.25:
        after = " __attribute__((aligned(32)))"
    body = "".join(f"  {line};\n" for line in lines)
    text = f"struct {before}S {{\n{body}}}{after};\n"
    if 0.25 < style < 0.4:
        text = f"#pragma pack({pick.choice([1, 2, 4])})\n{text}"
    return layout.read_text(HEAD + text, language="c").record("S")


def is_open(field: Field) -> bool:
    """Whether what follows a member lies at its elements."""
    return str(field.type).endswith(("[0]", "[]", "struct tail"))


def runs(record: Record) -> list[tuple[Field, ...]]:
    """What moves as one: adjacent bit-fields, and what follows an empty array."""
    out: list[list[Field]] = []
    for field in record.fields:
        before = out[-1][-1] if out else None
        joined = before is not None and (
            is_open(before) or (before.bit_width is not None and field.bit_width is not None)
        )
        if joined:
            out[-1].append(field)
        else:
            out.append([field])
    return [tuple(run) for run in out]


def orders(record: Record) -> Iterator[tuple[Record, int]]:
    """Every order that keeps runs together, two of them apart and an empty array last, with its
    inversions."""
    parts = runs(record)
    pinned = parts[-1:] if is_open(parts[-1][-1]) else []
    moving = range(len(parts) - len(pinned))
    for order in permutations(moving):
        whole = [*(parts[at] for at in order), *pinned]
        if any(None not in (a[-1].bit_width, b[0].bit_width) for a, b in pairwise(whole)):
            continue  # two runs of bit-fields would become one memory location
        fields = [field for run in whole for field in run]
        yield replace(record, fields=tuple(fields)), inversions(order)


def inversions(order: Sequence[int]) -> int:
    """Pairs that stand the other way round than at first."""
    return sum(late < early for at, early in enumerate(order) for late in order[at + 1 :])


def inversions_of(record: Record, better: Record) -> int:
    """Those of another order of a record. It must keep its runs whole and lose nothing."""
    parts = runs(record)
    index = {run[0]: at for at, run in enumerate(parts)}
    order = [index[field] for field in better.fields if field in index]
    assert [field for at in order for field in parts[at]] == list(better.fields)
    assert len(order) == len(parts) == len(runs(better))
    assert not parts or not is_open(parts[-1][-1]) or order[-1] == len(parts) - 1
    return inversions(order)
