"""The headers of units, and where a package of split units keeps the parts of each.

DWARF 5, sections 7.5.1 (unit headers) and 7.3.5 (packages); DWARF 4, 7.5.1.
"""

from __future__ import annotations

import struct
from typing import NamedTuple

__all__ = ["Contribution", "Unit", "contributions", "headers"]

# Units of one section: a header takes 11 bytes at least; a Linux kernel has 5,000.
MAX_UNITS = 1 << 20

_TYPE, _SKELETON, _SPLIT, _SPLIT_TYPE = 2, 4, 5, 6  # DW_UT_*
# DW_SECT_*: abbreviations and string offsets, in the indices of version 2 (GNU) and of version 5.
_ABBREVIATIONS, _STRING_OFFSETS = 3, 6
_INFO, _TYPES = 1, 2


class Contribution(NamedTuple):
    """Where a unit of a package has its abbreviations and its string offsets."""

    abbreviations: int
    string_offsets: int


class Unit(NamedTuple):
    """One header. Offsets count from the start of the section."""

    start: int
    end: int
    entries: int
    table: int  # of abbreviations
    offset_bytes: int
    address_bytes: int
    version: int
    string_table: int  # in .debug_str_offsets, -1 when the unit's first entry says where
    signature: int | None = None  # of the type, in a type unit
    type_offset: int = 0
    mark: int | None = None  # of a skeleton or a split unit, from its header


def headers(
    data: memoryview, *, types: bool, split: bool, parts: dict[int, Contribution]
) -> tuple[list[Unit], str]:
    """The units of .debug_info or .debug_types, and what is wrong behind the last one or ''."""
    units: list[Unit] = []
    at = 0
    while at + 4 <= len(data):
        if len(units) >= MAX_UNITS:
            return units, f"more than {MAX_UNITS} units"
        try:
            unit = _header(data, at, types, split, parts)
        except struct.error:
            return units, f"the header of the unit at {at:#x} is cut off"
        if isinstance(unit, str):
            return units, f"{unit} at {at:#x}"
        if unit.version >= 2:
            units.append(unit)
        at = unit.end
    return units, ""


def _header(
    data: memoryview, start: int, types: bool, split: bool, parts: dict[int, Contribution]
) -> Unit | str:
    (length,) = struct.unpack_from("<I", data, start)
    wide = length == 0xFFFFFFFF
    at = start + 4
    if wide:
        (length,) = struct.unpack_from("<Q", data, at)
        at += 8
    elif length >= 0xFFFFFFF0:
        return "a unit of reserved length"
    end = at + length
    if end > len(data):
        return "a unit that goes beyond the end of its section"
    if length == 0:  # padding of the linker
        return Unit(start, end, end, 0, 4, 8, 0, -1)
    (version,) = struct.unpack_from("<H", data, at)
    if not 2 <= version <= 5:
        return f"a unit of DWARF {version}"
    at += 2
    word, size = ("<Q", 8) if wide else ("<I", 4)
    kind = 0
    if version == 5:
        kind, address_bytes = data[at], data[at + 1]
        (table,) = struct.unpack_from(word, data, at + 2)
    else:
        kind = _TYPE if types else 0
        (table,) = struct.unpack_from(word, data, at)
        address_bytes = data[at + size]
        # Split units of GNU's DWARF 4 number their strings from the start of the section.
    at += size + (2 if version == 5 else 1)
    if address_bytes not in (1, 2, 4, 8):
        return f"a unit with addresses of {address_bytes} bytes"
    signature = mark = None
    type_offset = 0
    if kind in (_TYPE, _SPLIT_TYPE):
        (signature,) = struct.unpack_from("<q", data, at)
        (type_offset,) = struct.unpack_from(word, data, at + 8)
        at += 8 + size
    elif kind in (_SKELETON, _SPLIT):
        (mark,) = struct.unpack_from("<q", data, at)
        at += 8
    if at > end:
        return "a unit that is shorter than its header"
    part = parts.get(start, Contribution(0, 0))
    strings = -1
    if split or part.string_offsets:
        strings = part.string_offsets + (0 if version < 5 else 16 if wide else 8)
    table += part.abbreviations
    return Unit(
        start, end, at, table, size, address_bytes, version, strings,
        signature, type_offset, mark,
    )  # fmt: skip


def contributions(index: bytes) -> dict[int, Contribution]:
    """.debug_cu_index or .debug_tu_index: a unit's start -> its parts. Empty when damaged."""
    try:
        version, columns, used, slots = struct.unpack_from("<IIII", index)
        if version & 0xFFFF not in (2, 5):
            return {}
        at = 16 + slots * 12
        if columns > 16 or at + 4 * columns + 4 * columns * used > len(index):
            return {}
        kinds = struct.unpack_from(f"<{columns}I", index, at)
        found: dict[int, Contribution] = {}
        for row in range(used):
            place = at + 4 * columns * (row + 1)
            offsets = dict(
                zip(kinds, struct.unpack_from(f"<{columns}I", index, place), strict=True)
            )
            start = offsets[_INFO] if _INFO in offsets else offsets.get(_TYPES, 0)
            part = Contribution(offsets.get(_ABBREVIATIONS, 0), offsets.get(_STRING_OFFSETS, 0))
            found[start] = part
    except struct.error:
        return {}
    return found
