"""From all rows to those that differ: each record once, and what it is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

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


def resolve(
    rows: Any,
    count: int,
    starts: list[int],
    signatures: dict[int, int],
    name: Callable[[int], str],
) -> Graph:
    """The graph of the first ``count`` rows, int64[col.COLUMNS, :], in the order of their offsets.

    ``starts`` is the first row of each unit.
    """
    with np.errstate(over="ignore"):  # digests wrap; only seen with the JIT off
        target = _targets(rows, count, signatures)
        scopes = rows[col.PARENT, :count].copy()
        names = digest.name_digests(rows, scopes)
        _define(rows, target, scopes, names)
        first = digest.firsts(digest.digests(rows, names, target))
        wanted = np.empty(count, np.int64)
        own, aliases = digest.roots(rows, target, first, wanted).tolist()
        wanted = wanted[: own + aliases].copy()
        marks = np.zeros(count, np.uint8)
        digest.reach(rows, scopes, target, first, wanted, marks)
    columns = _columns(rows, starts, scopes, target, first, marks)
    return Graph(_nodes(columns), columns.place[wanted[:own]].tolist(), name)


def _targets(rows: Any, count: int, signatures: dict[int, int]) -> Any:
    """int64[:], the row of each row's type, -1 for none, -2 for one that is not there."""
    offsets = rows[col.OFFSET, :count]
    types = rows[col.TYPE, :count]
    if signatures:
        types = types.copy()
        order = sorted(signatures)
        keys = np.array(order, np.int64)
        entries = np.array([signatures[key] for key in order], np.int64)
        signed = np.flatnonzero(types == col.BY_SIGNATURE)
        wanted = rows[col.SIGNATURE, signed]
        at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        types[signed] = np.where(keys[at] == wanted, entries[at], col.BY_SIGNATURE)
    target = np.full(count, -1, np.int64)
    typed = np.flatnonzero(types)
    if len(typed):
        types = types[typed]
        found = np.minimum(np.searchsorted(offsets, types), count - 1)
        target[typed] = np.where(offsets[found] == types, found, -2)
    return target


def _define(rows: Any, target: Any, scopes: Any, names: Any) -> None:
    """Sends what refers to a declaration to the definition, and gives a definition the name of the
    declaration that it completes (DWARF 5, 2.13.2 and 5.7.1: DW_AT_specification, DW_AT_signature).
    """
    count = len(target)
    tags = np.minimum(rows[col.TAG, :count], 255)
    is_record = _IS_RECORD[tags]
    records = np.flatnonzero(is_record | (tags == 0x04))
    declared = records[rows[col.FLAGS, records] & col.DECLARATION != 0]
    defined = records[rows[col.FLAGS, records] & col.DECLARATION == 0]
    defined = defined[is_record[defined]]
    completed = defined[(target[defined] >= 0) & (rows[col.NAME, defined] == 0)]
    for column in (col.NAME, col.DIGEST):
        rows[column, completed] = rows[column, target[completed]]
    names[completed] = names[target[completed]]
    scopes[completed] = scopes[target[completed]]
    if not len(declared):
        return
    # By signature where the declaration says it, else the first definition of the same full name.
    instead = np.arange(count)
    signed = declared[target[declared] >= 0]
    instead[signed] = target[signed]
    defined = defined[rows[col.NAME, defined] > 0]
    defined = defined[np.argsort(names[defined], kind="stable")]
    open_ = declared[(target[declared] < 0) & (rows[col.NAME, declared] > 0)]
    if len(defined) and len(open_):
        at = np.minimum(np.searchsorted(names[defined], names[open_]), len(defined) - 1)
        same = names[defined[at]] == names[open_]
        instead[open_[same]] = defined[at[same]]
    refers = np.flatnonzero(target >= 0)
    target[refers] = instead[target[refers]]


class _Columns(NamedTuple):
    """What nodes are made of; ``place`` is each row's node or -1."""

    place: Any
    parent: Any
    columns: list[Any]


def _columns(
    rows: Any, starts: list[int], scopes: Any, target: Any, first: Any, marks: Any
) -> _Columns:
    keep = np.flatnonzero(marks)
    place = np.full(len(marks) + 2, -1, np.int64)  # the last two stand for -2 and -1
    place[keep] = np.arange(len(keep))
    place[-2] = -2
    flags = rows[col.FLAGS, keep]
    to = target[keep]
    to = np.where(to >= 0, place[first[np.maximum(to, 0)]], to)
    names = rows[col.NAME, keep]
    unit = np.searchsorted(np.array(starts, np.int64), keep, side="right") - 1
    columns = [
        rows[col.TAG, keep],
        np.where(names > 0, names, -1),
        np.where(marks[keep] == 2, to, -1),
        np.where(flags & col.SIZED, rows[col.SIZE, keep], -1),
        rows[col.PLACE, keep],
        np.where(flags & col.NARROW, rows[col.BITS, keep], -1),
        rows[col.BIT_PLACE, keep],
        rows[col.ALIGN, keep],
        flags,
        unit,
        place[scopes[keep]],
        rows[col.FILE, keep],
        rows[col.LINE, keep],
    ]
    return _Columns(place, place[rows[col.PARENT, keep]], columns)


def _nodes(columns: _Columns) -> list[Node]:
    nodes = [
        Node(tag, [], *rest)
        for tag, *rest in zip(*(column.tolist() for column in columns.columns), strict=True)
    ]
    for index, parent in enumerate(columns.parent.tolist()):
        if parent >= 0:
            nodes[parent].parts.append(index)
    return nodes
