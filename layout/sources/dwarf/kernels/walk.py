"""The walk over the entries of .debug_info.

A plan says for one abbreviation how many bytes an entry takes, when that is fixed, or else its
steps. Entries that say nothing about types are passed over; the others become rows of one table,
a parent before its children (DWARF 5, section 2.3: entries are a tree in prefix order).
"""

# ruff: noqa: PLR0915, F403, F405 -- a compiled loop stays whole, and names every column

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import njit

from layout.sources.dwarf.kernels.forms import attribute_value, fixed, inner, uleb
from layout.sources.dwarf.kernels.rows import *

# Spreads the numbers of strings over the digests; any odd number would do.
MULTIPLIER = 0x1E3779B97F4A7C15


@inner
def _find_plan(plans: Any, table: Any, code: int) -> Any:
    """The plan of a code, -1 for none. The plans of a table whose codes do not count from 1 are in
    the order of their codes."""
    if table[2]:
        return table[0] + code - 1 if 1 <= code <= table[1] else -1
    low, high = table[0], table[0] + table[1]
    while low < high:
        middle = (low + high) >> 1
        if plans[middle, CODE] < code:
            low = middle + 1
        else:
            high = middle
    return low if low < table[0] + table[1] and plans[low, CODE] == code else -1


@inner
def _indexed(strings: Any, index: int, unit: Any, table: int, bases: Any) -> Any:
    """The string of an index: through .debug_str_offsets (DWARF 5, section 7.26)."""
    size = unit[OFFSET_BYTES]
    if index < 0 or table < 0 or index > strings[3].size:
        return -1
    at = table + index * size
    if at + size > strings[3].size:
        return -1
    number = fixed(strings[3], at, size)
    return number + bases[1] if number >= 0 else -1


@inner
def _digest(data: Any, start: int, number: int) -> Any:
    """A digest of the string at ``start``, 0 when it has no end."""
    value = np.uint64(0xCBF29CE484222325)
    at = start
    while at < data.size and data[at] != 0:
        if at - start >= MAX_NAME:
            value = value ^ np.uint64(number)
            value = value * np.uint64(0x9E3779B97F4A7C15)
            break
        value = (value ^ np.uint64(data[at])) * np.uint64(0x100000001B3)
        at += 1
    if at >= data.size:
        return np.int64(0)
    value = (value ^ (value >> np.uint64(29))) * np.uint64(0x9E3779B97F4A7C15)
    return np.int64(value >> np.uint64(1)) | np.int64(1)


@inner
def _name_digest(info: Any, strings: Any, number: int, bases: Any) -> Any:
    """The digest of a string by its number, 0 for one outside its section."""
    start = number - bases[1]
    if bases[5] and bases[1] >= 0 and 0 <= start < strings[0].size:
        return (number * MULTIPLIER) | np.int64(1)
    for section in range(3):
        start = number - bases[1 + section]
        if bases[1 + section] >= 0 and 0 <= start < strings[section].size:
            return _digest(strings[section], start, number)
    start = number - bases[0]
    return _digest(info, start, number) if 0 <= start < info.size else np.int64(0)


@inner
def _location(info: Any, start: int, end: int) -> Any:
    """The constant of a member's location, DW_OP_plus_uconst or DW_OP_constu N, DW_OP_plus."""
    if start < end and info[start] in (0x23, 0x10):
        value, at = uleb(info, start + 1, end)
        rest = np.int64(info[start]) == 0x23
        if at == end and rest:
            return value, True
        if at == end - 1 and not rest and info[at] == 0x22:
            return value, True
    return np.int64(0), False


@inner
def _store_unit(rows: Any, n: int, attribute: int, value: int) -> Any:
    if attribute == 0x13:  # language
        rows[SIZE, n] = value
    elif attribute == 0x10:  # stmt_list
        rows[PLACE, n] = value
        rows[FLAGS, n] |= PLACED
    elif attribute in (0x76, 0x2130):  # dwo_name
        rows[BITS, n] = value
    elif attribute == 0x1B:  # comp_dir
        rows[BIT_PLACE, n] = value
    elif attribute == 0x2131:  # GNU_dwo_id
        rows[SIGNATURE, n] = value
        rows[FLAGS, n] |= CONSTANT


@inner
def _store_number(rows: Any, n: int, attribute: int, value: int) -> Any:
    """A number, by its attribute (DWARF 5, table 7.5)."""
    if attribute == 0x0B:  # byte_size
        rows[SIZE, n] = value
        rows[FLAGS, n] |= SIZED
    elif attribute == 0x38:  # data_member_location
        rows[PLACE, n] = value
        rows[FLAGS, n] |= PLACED
    elif attribute == 0x6B:  # data_bit_offset
        rows[BIT_PLACE, n] = value
        rows[FLAGS, n] |= BIT_FROM_START
    elif attribute == 0x0C:  # bit_offset
        rows[BIT_PLACE, n] = value
        rows[FLAGS, n] |= BIT_FROM_TOP
    elif attribute == 0x0D:  # bit_size
        rows[BITS, n] = value
        rows[FLAGS, n] |= NARROW
    elif attribute in (0x37, 0x2F):  # count, upper_bound
        rows[PLACE, n] = value if attribute == 0x37 else value + 1
        rows[FLAGS, n] |= COUNTED if attribute == 0x37 else COUNTED | UPPER
    elif attribute == 0x22:  # lower_bound
        rows[BIT_PLACE, n] = value
        rows[FLAGS, n] |= LOWER
    elif attribute == 0x88:  # alignment
        rows[ALIGN, n] = value
    elif attribute == 0x3E:  # encoding
        rows[FLAGS, n] |= (value & 255) << ENCODING_SHIFT
    elif attribute == 0x3A:  # decl_file
        rows[FILE, n] = value
    elif attribute == 0x3B:  # decl_line
        rows[LINE, n] = value
    else:
        rows[FLAGS, n] |= _flag(attribute, value)


@inner
def _flag(attribute: int, value: int) -> Any:
    if value == 0 and attribute != 0x1C:
        return 0
    if attribute == 0x3C:  # declaration
        return DECLARATION
    if attribute == 0x3F:  # external
        return EXTERNAL
    if attribute == 0x4C:  # virtuality
        return VIRTUAL
    if attribute == 0x34:  # artificial
        return ARTIFICIAL
    if attribute == 0x2107:  # GNU_vector
        return VECTOR
    return CONSTANT if attribute == 0x1C else 0  # const_value


def make_walk(digest: str) -> Callable[..., bool]:
    """The compiled walk, cached on disk under the digest of its sources."""

    @njit(cache=True, nogil=True)
    def walk(
        info: Any, strings: Any, bases: Any, units: Any, plans: Any, steps: Any, tables: Any,
        rows: Any, state: Any, faults: Any,
    ) -> bool:  # fmt: skip
        """Rows for the entries of all units, from ``state``: the next unit, rows so far.

        info uint8[:]; strings, a tuple of uint8[:]: .debug_str, .debug_line_str, .debug_str of the
        supplementary file, .debug_str_offsets; bases int64[:]: the numbers at which .debug_info,
        the three strings and the supplementary file's .debug_info start, far below 0 for what is
        absent, and whether equal strings of .debug_str have equal numbers; units
        int64[:, UNIT_COLUMNS]; rows int64[COLUMNS, :], zeros from the first free
        one; faults int64[:, 3]: per unit the code, where, and its first row.

        False when the rows do not hold the next unit: call again with more. A unit with a fault
        leaves no rows.
        """
        digest  # noqa: B018 -- holds the digest in the closure, which is part of the cache's key
        levels = np.empty(MAX_LEVELS + 1, np.int64)  # the row whose children a level holds, or -1
        parents = np.empty(MAX_LEVELS + 1, np.int64)  # the nearest row around a level
        for index in range(state[0], units.shape[0]):
            state[0] = index
            first = state[1]
            unit = units[index]
            table = tables[unit[TABLE]]
            end = unit[END]
            at = unit[ENTRIES]
            string_table = unit[STRING_TABLE]
            faults[index, 2] = first
            unit_base = unit[START] + bases[0]
            n = first
            level = 0
            parents[0] = -1
            fault = table[3]
            place = at
            while at < end and fault == 0:
                place = at
                code, at = uleb(info, at, end)
                if at < 0:
                    fault = BEYOND
                    break
                if code == 0:
                    if level:
                        level -= 1
                        if levels[level] >= 0:
                            rows[LAST, levels[level]] = n
                    if level == 0:
                        break
                    continue
                which = _find_plan(plans, table, code)
                if which < 0:
                    fault = UNDEFINED
                    break
                kept = plans[which, KEPT] != 0
                if not kept and plans[which, FIXED] >= 0:
                    at += plans[which, FIXED]
                    if at > end:
                        fault = BEYOND
                        break
                else:
                    if kept and n >= rows.shape[1]:
                        rows[:, first:n] = 0
                        return False
                    tag = plans[which, PLAN_TAG]
                    top = tag == 0x11 or tag == 0x3C or tag == 0x41 or tag == 0x4A
                    name = np.int64(0)
                    flags = np.int64(0)
                    if kept:
                        rows[OFFSET, n] = place + bases[0]
                        rows[TAG, n] = tag
                        rows[PARENT, n] = parents[level]
                    first_step = plans[which, FIRST]
                    for step in range(first_step, first_step + plans[which, STEPS]):
                        attribute = steps[step, 0]
                        if attribute == 0:
                            at += steps[step, 3]
                            if at > end:
                                fault = BEYOND
                                break
                            continue
                        column = steps[step, 5]
                        if kept and column >= 0:
                            flags |= steps[step, 6]
                            size = steps[step, 3]
                            if size > 0:
                                if at + size > end:
                                    fault = BEYOND
                                    break
                                value = fixed(info, at, size)
                                at += size
                            elif size == 0:
                                value = steps[step, 2]
                            else:
                                value, at = uleb(info, at, end)
                                if at < 0:
                                    fault = BEYOND
                                    break
                            if column == NAME:
                                name = value + bases[1]
                                if name < 0:
                                    fault = BAD_STRING
                                    break
                            elif column == TYPE:
                                rows[TYPE, n] = value + unit_base
                            elif column != FLAGS:
                                rows[column, n] = value
                            continue
                        kind, value, at = attribute_value(
                            info,
                            steps[step, 1],
                            steps[step, 4],
                            steps[step, 2],
                            steps[step, 3],
                            at,
                            unit,
                            bases,
                        )
                        if at < 0:
                            fault = BEYOND if at == -1 else UNKNOWN_FORM
                            break
                        if not kept:
                            continue
                        if top and attribute == 0x72:  # str_offsets_base
                            string_table = value
                        elif kind == STRING:
                            if value < 0 and (attribute == 0x03 or top):
                                if top and string_table < 0:
                                    continue
                                value = _indexed(strings, -1 - value, unit, string_table, bases)
                            if value < 0 and attribute == 0x03:
                                fault = BAD_STRING
                                break
                            if attribute == 0x03:
                                name = value
                            elif top:
                                _store_unit(rows, n, attribute, value)
                        elif top:
                            _store_unit(rows, n, attribute, value)
                        elif attribute == 0x49 or attribute == 0x47:  # type, specification
                            if kind == SIGNED8:
                                rows[TYPE, n] = BY_SIGNATURE
                                rows[SIGNATURE, n] = value
                            elif kind == REFERENCE:
                                rows[TYPE, n] = value
                        elif attribute == 0x69:  # signature: what a declaration stands for
                            if kind == SIGNED8:
                                rows[TYPE, n] = BY_SIGNATURE
                                rows[SIGNATURE, n] = value
                        elif kind == NUMBER:
                            _store_number(rows, n, attribute, value)
                        elif kind == BLOCK and attribute == 0x38:
                            value, simple = _location(info, value, at)
                            rows[PLACE, n] = value
                            rows[FLAGS, n] |= PLACED if simple else COMPUTED
                        elif attribute == 0x38:
                            rows[FLAGS, n] |= COMPUTED
                        elif attribute == 0x37 or attribute == 0x2F:
                            rows[FLAGS, n] |= UNCOUNTED
                        elif attribute == 0x1C:
                            rows[FLAGS, n] |= CONSTANT
                    if fault:
                        break
                    if kept and name > 0:
                        rows[NAME, n] = name
                        rows[DIGEST, n] = _name_digest(info, strings, name, bases)
                        if rows[DIGEST, n] == 0:
                            fault = BAD_STRING
                            break
                    if kept:
                        rows[FLAGS, n] |= flags
                        rows[LAST, n] = n + 1
                        n += 1
                if plans[which, CHILDREN]:
                    if level >= MAX_LEVELS:
                        fault = TOO_DEEP
                        break
                    levels[level] = n - 1 if kept else -1
                    level += 1
                    parents[level] = n - 1 if kept else parents[level - 1]
                elif level == 0:
                    break
            if fault:
                faults[index, 0] = fault
                faults[index, 1] = place
                rows[:, first : min(n + 1, rows.shape[1])] = 0
                n = first
            else:
                while level:  # a unit that ends without closing its levels
                    level -= 1
                    if levels[level] >= 0:
                        rows[LAST, levels[level]] = n
            state[1] = n
        state[0] = units.shape[0]
        return True

    return walk
