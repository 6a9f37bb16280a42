"""LW008: the record has not the same size on all ABIs asked for."""

from __future__ import annotations

from collections.abc import Iterator

from layout.model import Layout
from layout.rules.rule import Notice, Rule, Subject

__all__ = ["RULE"]


def _check(subject: Subject) -> Iterator[Notice]:
    first = subject.layouts[0]
    by_size: dict[int, list[str]] = {}
    for placed in subject.layouts:
        by_size.setdefault(placed.size, []).append(placed.abi)
    if len(by_size) == 1:
        return
    sizes = "; ".join(f"{size} bytes on {', '.join(abis)}" for size, abis in by_size.items())
    other = next(placed for placed in subject.layouts if placed.size != first.size)
    message = f"{sizes}{_first_difference(first, other)}"
    abis = tuple(placed.abi for placed in subject.layouts)
    yield Notice(abis, subject.record.line, None, message, max(by_size) - min(by_size))


def _first_difference(one: Layout, other: Layout) -> str:
    for left, right in zip(one.fields, other.fields, strict=False):
        if left.size != right.size:
            return f"; `{left.name}` ({left.type}) has {left.size} and {right.size}"
        if left.bit_offset != right.bit_offset:
            return f"; `{left.name}` lies at {left.offset} and {right.offset}"
    return f"; aligned to {one.align} and {other.align}"


RULE = Rule(
    code="LW008",
    name="size-differs",
    title="size differs between the ABIs",
    why="""\
The record is laid out differently on the ABIs given with `--abi`. Bytes that one program writes
and another reads (files, shared memory, messages) mean something else there, and what was tuned
to fit a line on one target need not fit on the other.""",
    bad="""\
struct event {
    long when;      /* 8 bytes on Linux, 4 on Windows and on 32 bits */
    uint32_t kind;
};""",
    good="""\
struct event {
    int64_t when;
    uint32_t kind;
    uint32_t unused;
};""",
    leave="""\
When the record never leaves the process and holds pointers anyway: pointers are what differs
between 32 and 64 bits.""",
    fix="use types of fixed width, and order members so that no target pads them",
    check=_check,
    level="note",
    need="abis",
)
