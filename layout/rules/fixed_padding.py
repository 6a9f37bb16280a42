"""LW010: padding that no order of the members removes."""

from __future__ import annotations

from collections.abc import Iterator

from layout.rules.padding_hole import holes_before
from layout.rules.rule import Notice, Rule, Subject, plural

__all__ = ["RULE"]


def _check(subject: Subject) -> Iterator[Notice]:
    for placed, least in zip(subject.layouts, subject.least, strict=True):
        if least < placed.size:
            continue  # LW001 and LW002 say what another order does
        for hole, behind in holes_before(placed):
            message = f"room for {plural(hole.size, 'byte')} before `{behind.name}`"
            yield Notice((placed.abi,), behind.line, behind.name, message, hole.size)
        if placed.tail_padding:
            message = f"room for {plural(placed.tail_padding, 'byte')} at the end"
            line = subject.record.line
            yield Notice((placed.abi,), line, None, message, placed.tail_padding)


RULE = Rule(
    code="LW010",
    name="fixed-padding",
    title="padding that no order removes",
    why="""\
The record is as short as its members allow, and still has bytes that nobody uses. A new member
of that size costs nothing there; a member that can be narrowed may free a whole step of the
alignment. Most records have some, so this rule runs only when it is selected: `--select LW010`.""",
    bad="""\
struct node {
    struct node *next;
    uint32_t value; /* 4 bytes of padding behind it */
};""",
    good="""\
struct node {
    struct node *next;
    uint32_t value;
    uint32_t hash;  /* takes no room */
};""",
    leave="Nearly always: it is an offer, not a fault.",
    fix="put a new member there, or narrow one",
    check=_check,
    level="note",
    default=False,
)
