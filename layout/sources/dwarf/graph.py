"""From all rows to those that differ: each record once, and what it is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from layout.sources.dwarf.kernels import digest
from layout.sources.dwarf.kernels import rows as col

__all__ = ["Graph", "Node", "resolve"]

# By the tag, whether it is of a class, structure, union or interface.
_IS_RECORD = np.zeros(256, bool)
_IS_RECORD[[0x02, 0x13, 0x17, 0x38]] = True


@dataclass(slots=True)
class Node:
    """One entry, as plain values; ``type`` and ``scope`` are indices of other nodes or -1, a
    ``type`` that is not there -2."""

    tag: int
    parts: list[int]
    name_number: int
    type: int
    size: int
    place: int
    bits: int
    bit_place: int
    align: int
    flags: int
    unit: int
    scope: int
    file: int
    line: int


@dataclass(slots=True)
class Graph:
    """The nodes that records need; ``records`` are the records and the typedefs that name one."""

    nodes: list[Node]
    records: list[int]
    name: Callable[[int], str]


def resolve(rows: Any, signatures: dict[int, int], name: Callable[[int], str]) -> Graph:
    """The graph of some rows, int64[:, col.COLUMNS], in the order of their offsets."""
    with np.errstate(over="ignore"):  # digests wrap; only seen with the JIT off
        target = _targets(rows, signatures)
        names = digest.name_digests(rows)
        _define(rows, target, names)
        first = digest.firsts(digest.digests(rows, names, target))
        wanted = np.empty(len(rows), np.int64)
        own, aliases = digest.roots(rows, target, first, wanted).tolist()
        wanted = wanted[: own + aliases].copy()
        marks = np.zeros(len(rows), np.uint8)
        digest.reach(rows, target, first, wanted, marks)
    return _compact(rows, target, first, wanted[:own], marks, name)


def _targets(rows: Any, signatures: dict[int, int]) -> Any:
    """int64[:], the row of each row's type, -1 for none, -2 for one that is not there."""
    offsets = np.ascontiguousarray(rows[:, col.OFFSET])
    types = rows[:, col.TYPE].copy()
    if signatures:
        order = sorted(signatures)
        keys = np.array(order, np.int64)
        entries = np.array([signatures[key] for key in order], np.int64)
        signed = np.flatnonzero(types == col.BY_SIGNATURE)
        wanted = rows[signed, col.SIGNATURE]
        at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        types[signed] = np.where(keys[at] == wanted, entries[at], col.BY_SIGNATURE)
    found = np.minimum(np.searchsorted(offsets, types), max(len(offsets) - 1, 0))
    target = np.where(offsets[found] == types, found, -2) if len(offsets) else found
    return np.where(types == col.NONE, -1, target).astype(np.int64)


def _define(rows: Any, target: Any, names: Any) -> None:
    """Sends what refers to a declaration to the definition, and gives a definition the name of the
    declaration that it completes (DWARF 5, 2.13.2 and 5.7.1: DW_AT_specification, DW_AT_signature).
    """
    tags = np.minimum(rows[:, col.TAG], 255)
    is_record = _IS_RECORD[tags]
    declared = (is_record | (tags == 0x04)) & (rows[:, col.FLAGS] & col.DECLARATION != 0)
    completed = np.flatnonzero(is_record & ~declared & (target >= 0))
    completed = completed[rows[completed, col.NAME] < 0]
    for column in (col.NAME, col.DIGEST, col.SCOPE):
        rows[completed, column] = rows[target[completed], column]
    names[completed] = names[target[completed]]
    # By signature where the declaration says it, else the first definition of the same full name.
    instead = np.arange(len(rows))
    signed = np.flatnonzero(declared & (target >= 0))
    instead[signed] = target[signed]
    defined = np.flatnonzero(is_record & ~declared & (rows[:, col.NAME] >= 0))
    defined = defined[np.argsort(names[defined], kind="stable")]
    open_ = np.flatnonzero(declared & (target < 0) & (rows[:, col.NAME] >= 0))
    if len(defined) and len(open_):
        at = np.minimum(np.searchsorted(names[defined], names[open_]), len(defined) - 1)
        same = names[defined[at]] == names[open_]
        instead[open_[same]] = defined[at[same]]
    refers = target >= 0
    target[refers] = instead[target[refers]]


def _compact(
    rows: Any, target: Any, first: Any, wanted: Any, marks: Any, name: Callable[[int], str]
) -> Graph:
    keep = np.flatnonzero(marks)
    place = np.full(len(rows) + 2, -1, np.int64)  # the last two stand for -2 and -1
    place[keep] = np.arange(len(keep))
    place[-2] = -2
    kept = rows[keep]
    to = target[keep]
    to = np.where(to >= 0, place[first[np.maximum(to, 0)]], to)
    kept[:, col.TYPE] = np.where(marks[keep] == 2, to, -1)
    kept[:, col.SCOPE] = place[kept[:, col.SCOPE]]
    kept[:, col.PARENT] = place[kept[:, col.PARENT]]
    order = [col.TAG, col.PARENT, col.NAME, col.TYPE, col.SIZE, col.PLACE, col.BITS,
             col.BIT_PLACE, col.ALIGN, col.FLAGS, col.UNIT, col.SCOPE, col.FILE,
             col.LINE]  # fmt: skip
    nodes: list[Node] = []
    for index, row in enumerate(kept[:, order].tolist()):
        parent = row[1]
        row[1] = []
        nodes.append(Node(*row))
        if parent >= 0:
            nodes[parent].parts.append(index)
    return Graph(nodes, place[wanted].tolist(), name)
