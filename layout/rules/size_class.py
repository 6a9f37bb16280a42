"""LW006: a few bytes too many for a smaller block of the allocator."""

from __future__ import annotations

from collections.abc import Iterator

from layout.model import Layout
from layout.rules.rule import Notice, Rule, Subject
from layout.sizeclasses import SizeClasses

__all__ = ["FEW_BYTES", "FEW_SHARE", "RULE"]

# What "a few bytes" are: at most so many, and at most so large a share of the record. Beyond, a
# record would have to change more than a member or two to fit.
FEW_BYTES = 16
FEW_SHARE = 1 / 8


def _check(subject: Subject) -> Iterator[Notice]:
    for placed, least in zip(subject.layouts, subject.least, strict=True):
        classes = subject.classes(placed)
        if classes is not None:
            notice = _notice(subject, placed, least, classes)
            if notice is not None:
                yield notice


def _notice(subject: Subject, placed: Layout, least: int, classes: SizeClasses) -> Notice | None:
    headed = bool(placed.pointer_bytes) and placed.size > classes.header_above
    header = classes.header if headed else 0
    around = classes.around(placed.size + header)
    if around is None:
        return None
    below, above = around
    over = placed.size + header - below
    fills = placed.size + header == above
    if fills or over > min(FEW_BYTES, placed.size * FEW_SHARE):
        return None
    with_header = f" and a header of {header}" if header else ""
    message = (
        f"{placed.size} bytes{with_header} take a block of {above} from {classes.name};"
        f" {over} fewer fit one of {below}"
    )
    if least + header <= below:
        message += f": another order has {least}"
    return Notice((placed.abi,), subject.record.line, None, message, above - below)


RULE = Rule(
    code="LW006",
    name="above-size-class",
    title="larger than a size class by few bytes",
    why="""\
Allocators hand out blocks of fixed sizes. A record that is a few bytes larger than one of them
takes the next, and every object on the heap pays the difference. Reported are records at most
16 bytes and an eighth of their size above a class. Go's classes apply to Go records, with the
header of 8 bytes that Go puts before objects of more than 512 bytes with pointers; for other
languages name the allocator with `--allocator`: glibc, jemalloc, mimalloc or tcmalloc.""",
    bad="""\
struct conn {
    char peer[128];
    void *next;
};                  /* 136 bytes: a block of 160 from jemalloc */""",
    good="""\
struct conn {
    char peer[120];
    void *next;
};                  /* 128 bytes: a block of 128 */""",
    leave="""\
When objects are not allocated one by one (arrays, pools, members of other records, the stack),
or when there are few of them.""",
    fix="drop or narrow a member, or close a hole",
    check=_check,
    need="classes",
)
