"""The walk over the entries of .debug_info, and the plans that it follows.

A plan says for one abbreviation how many bytes an entry takes, when that is fixed, or else its
steps. Entries that say nothing about types are passed over; the others become rows of one table,
a parent before its children (DWARF 5, section 2.3: entries are a tree in prefix order).
"""

# ruff: noqa: PLR0911, PLR0912, PLR0915 -- a decoder has as many branches as the format has forms

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

# Columns of a row. References and strings are numbers over all sections of all files, see
# `layout.sources.dwarf.entries`. For a unit's own entry: SIZE is the language, PLACE where its line
# table is, BITS the name of its split file, BIT_PLACE its folder, SIGNATURE the split file's mark.
OFFSET, TAG, PARENT, LAST, NAME, DIGEST, TYPE, SIZE = range(8)
PLACE, BITS, BIT_PLACE, ALIGN, FLAGS, SIGNATURE, UNIT, SCOPE, FILE, LINE = range(8, 18)
COLUMNS = 18

# References in TYPE that are none: no type, and one by signature.
NONE, BY_SIGNATURE = -1, -2

DECLARATION, EXTERNAL, VIRTUAL, ARTIFICIAL, BIT_FROM_START, BIT_FROM_TOP, PLACED, COMPUTED = (
    1 << bit for bit in range(8)
)
UNCOUNTED, COUNTED, VECTOR, CONSTANT, UPPER = (1 << bit for bit in range(8, 13))
ENCODING_SHIFT = 16

# Columns of a unit and of a plan.
START, END, TABLE, OFFSET_BYTES, ADDRESS_BYTES, VERSION, STRING_TABLE, ENTRIES = range(8)
UNIT_COLUMNS = 8
CODE, PLAN_TAG, CHILDREN, FIXED, FIRST, STEPS, KEPT = range(7)
PLAN_COLUMNS = 8

# Levels that entries may nest; compilers stay below 100.
MAX_LEVELS = 1000
# Bytes of a name that its digest looks at; a longer name counts as itself wherever it stands.
MAX_NAME = 512

FAULTS = (
    "",
    "an entry goes beyond the end of its unit",
    "an entry has an abbreviation that its table does not define",
    "a form of attribute is unknown",
    f"entries nest deeper than {MAX_LEVELS} levels",
    "a string lies outside its section",
    "the abbreviation table is cut off",
)
BEYOND, UNDEFINED, UNKNOWN_FORM, TOO_DEEP, BAD_STRING, CUT_OFF = range(1, 7)

# What `_value` found: a number, a string, a reference, a signature, a block, anything else.
NUMBER, STRING, REFERENCE, SIGNED8, BLOCK, OTHER = range(6)

# Attributes that a row keeps, as flags by their number.
_WANTED = np.zeros(256, np.uint8)
for _attribute in (
    0x03, 0x0B, 0x0C, 0x0D, 0x10, 0x13, 0x16, 0x1B, 0x1C, 0x22, 0x2F, 0x34, 0x37, 0x38, 0x3A,
    0x3B, 0x3C, 0x3E, 0x3F, 0x47, 0x49, 0x4C, 0x69, 0x6B, 0x72, 0x76, 0x88,
):  # fmt: skip
    _WANTED[_attribute] = 1


@njit
def _uleb(data: Any, at: int, end: int) -> tuple[int, int]:
    """The number and the place after it, -1 when it goes beyond the end. Bits from 63 are lost."""
    value = np.int64(0)
    shift = np.int64(0)
    while at < end:
        byte = np.int64(data[at])
        at += 1
        if shift < 63:
            value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at
    return np.int64(0), -1


@njit
def _sleb(data: Any, at: int, end: int) -> tuple[int, int]:
    value = np.int64(0)
    shift = np.int64(0)
    while at < end:
        byte = np.int64(data[at])
        at += 1
        if shift < 63:
            value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            if byte & 64 and shift < 63:
                value -= np.int64(1) << shift
            return value, at
    return np.int64(0), -1


@njit
def _fixed(data: Any, at: int, size: int) -> int:
    """A little-endian number of up to 8 bytes; the caller has checked the end."""
    value = np.int64(0)
    for index in range(size):
        value |= np.int64(data[at + index]) << np.int64(8 * index)
    return value


@njit
def _form_bytes(form: int, offset_bytes: int, address_bytes: int, version: int) -> int:
    """Bytes of a form (DWARF 5, section 7.5.6), -1 when they vary, -2 for an unknown form."""
    if form in (0x0B, 0x0C, 0x11, 0x25, 0x29):  # data1, flag, ref1, strx1, addrx1
        return 1
    if form in (0x05, 0x12, 0x26, 0x2A):  # data2, ref2, strx2, addrx2
        return 2
    if form in (0x27, 0x2B):  # strx3, addrx3
        return 3
    if form in (0x06, 0x13, 0x1C, 0x28, 0x2C):  # data4, ref4, ref_sup4, strx4, addrx4
        return 4
    if form in (0x07, 0x14, 0x20, 0x24):  # data8, ref8, ref_sig8, ref_sup8
        return 8
    if form == 0x1E:  # data16
        return 16
    if form in (0x19, 0x21):  # flag_present, implicit_const
        return 0
    if form in (0x0E, 0x17, 0x1D, 0x1F, 0x1F20, 0x1F21):  # strp, sec_offset, strp_sup, line_strp,
        return offset_bytes  # GNU_ref_alt, GNU_strp_alt
    if form == 0x01:  # addr
        return address_bytes
    if form == 0x10:  # ref_addr: an address in DWARF 2
        return address_bytes if version < 3 else offset_bytes
    # block2, block4, string, block, block1, sdata, udata, ref_udata, indirect, exprloc, strx,
    # addrx, loclistx, rnglistx, GNU_addr_index, GNU_str_index
    if form in (3, 4, 8, 9, 0x0A, 0x0D, 0x0F, 0x15, 0x16, 0x18, 0x1A, 0x1B, 0x22, 0x23):
        return -1
    return -1 if form in (0x1F01, 0x1F02) else -2


@njit
def _block(data: Any, form: int, at: int, end: int) -> tuple[int, int]:
    """Length of a block and where it starts."""
    if form in (0x09, 0x18):  # block, exprloc
        return _uleb(data, at, end)
    size = 1 if form == 0x0A else 2 if form == 0x03 else 4
    if at + size > end:
        return 0, -1
    return _fixed(data, at, size), at + size


@njit
def _string_end(data: Any, at: int, end: int) -> int:
    while at < end and data[at] != 0:
        at += 1
    return at + 1 if at < end else -1


@njit
def _value(
    data: Any, form: int, constant: int, at: int, unit: Any, bases: Any
) -> tuple[int, int, int]:
    """What an attribute holds: kind, value, place after it; -1 beyond the end, -2 unknown form.

    A block's value is where it starts. A string by index is kind STRING with a negative value.
    """
    end = unit[END]
    if form == 0x16:  # indirect
        form, at = _uleb(data, at, end)
        if at < 0:
            return OTHER, 0, -1
        if form in (0x16, 0x21):
            return OTHER, 0, -2
    size = _form_bytes(form, unit[OFFSET_BYTES], unit[ADDRESS_BYTES], unit[VERSION])
    if size == -2:
        return OTHER, 0, -2
    if size >= 0:
        if at + size > end:
            return OTHER, 0, -1
        number = _fixed(data, at, min(size, 8))
        at += size
        if form in (0x0B, 0x05, 0x06, 0x07, 0x0C, 0x17):
            return NUMBER, number, at
        if form == 0x19:
            return NUMBER, 1, at
        if form == 0x21:
            return NUMBER, constant, at
        if number >> 40 and form != 0x20:
            return OTHER, 0, at
        if form in (0x11, 0x12, 0x13, 0x14):
            return REFERENCE, number + unit[START] + bases[0], at
        if form == 0x10:
            return REFERENCE, number + bases[0], at
        if form in (0x1C, 0x24, 0x1F20):
            return REFERENCE, number + bases[4], at
        if form == 0x20:
            return SIGNED8, number, at
        if form == 0x0E:
            return STRING, number + bases[1], at
        if form == 0x1F:
            return STRING, number + bases[2], at
        if form in (0x1D, 0x1F21):
            return STRING, number + bases[3], at
        if form in (0x25, 0x26, 0x27, 0x28):
            return STRING, -1 - number, at
        return OTHER, number, at
    if form == 0x08:
        after = _string_end(data, at, end)
        return STRING, at + bases[0], after
    if form == 0x0D:
        number, after = _sleb(data, at, end)
        return NUMBER, number, after
    if form in (0x03, 0x04, 0x09, 0x0A, 0x18):
        length, start = _block(data, form, at, end)
        if start < 0 or length < 0 or length > end - start:
            return OTHER, 0, -1
        return BLOCK, start, start + length
    number, after = _uleb(data, at, end)
    if form == 0x0F:
        return NUMBER, number, after
    if number >> 40:
        return OTHER, 0, after
    if form == 0x15:
        return REFERENCE, number + unit[START] + bases[0], after
    if form in (0x1A, 0x1F02):
        return STRING, -1 - number, after
    return OTHER, number, after


@njit
def _is_kept(tag: int) -> bool:
    # array, class, enumeration, member, pointer, reference, unit, structure, subroutine, typedef,
    # union, variant, inheritance, pointer to member, module, subrange, base
    if tag in (0x01, 0x02, 0x04, 0x0D, 0x0F, 0x10, 0x11, 0x12, 0x13, 0x15, 0x16, 0x17, 0x19, 0x1C):
        return True
    if tag in (0x1E, 0x1F, 0x20, 0x21, 0x24, 0x26, 0x2D, 0x33, 0x35, 0x37, 0x38, 0x39, 0x3B, 0x3C):
        return True
    # type unit, rvalue reference, template alias, shared, atomic, immutable, skeleton unit
    return tag in (0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x4A, 0x4B)


@njit
def _is_wanted(attribute: int) -> bool:
    if attribute >= 0x100:  # GNU_vector, GNU_dwo_name, GNU_dwo_id
        return attribute in (0x2107, 0x2130, 0x2131)
    return _WANTED[attribute] != 0


@njit(cache=True, nogil=True)
def plan(
    abbrev: Any, keys: Any, plans: Any, steps: Any, tables: Any, write: bool, limit: int
) -> Any:
    """Plans for the tables at ``keys``: offset, bytes of an offset, of an address, DWARF version.

    Counts plans and steps, and writes them when asked to: plans int64[:, PLAN_COLUMNS], steps
    int64[:, 4] as attribute, form, constant, bytes or -1; tables int64[:, 4] as first plan, plans,
    whether their codes count from 1, fault. The answer: plans, steps, bytes read, which end beyond
    the limit.
    """
    n_plans = 0
    n_steps = 0
    read = 0
    end = abbrev.size
    for table in range(keys.shape[0]):
        if read > limit:
            break
        at = keys[table, 0]
        offset_bytes, address_bytes, version = keys[table, 1], keys[table, 2], keys[table, 3]
        first_plan = n_plans
        dense = True
        fault = 0
        while True:
            code, at = _uleb(abbrev, at, end)
            if at < 0:
                fault = CUT_OFF
                break
            if code == 0:
                break
            tag, at = _uleb(abbrev, at, end)
            if at < 0 or at >= end:
                fault = CUT_OFF
                break
            children = np.int64(abbrev[at])
            at += 1
            kept = _is_kept(tag)
            size = 0
            first_step = n_steps
            joined = False  # the last step may take more bytes
            while True:
                attribute, at = _uleb(abbrev, at, end)
                if at < 0:
                    break
                form, at = _uleb(abbrev, at, end)
                if at < 0:
                    break
                if attribute == 0 and form == 0:
                    break
                constant = np.int64(0)
                if form == 0x21:
                    constant, at = _sleb(abbrev, at, end)
                    if at < 0:
                        break
                taken = _form_bytes(form, offset_bytes, address_bytes, version)
                size = size + taken if size >= 0 and taken >= 0 else -1
                passed = taken >= 0 and not (kept and _is_wanted(attribute))
                if passed and joined:
                    if write:
                        steps[n_steps - 1, 3] += taken
                    continue
                joined = passed
                if write:
                    steps[n_steps, 0] = 0 if passed else attribute
                    steps[n_steps, 1] = form
                    steps[n_steps, 2] = constant
                    steps[n_steps, 3] = taken
                n_steps += 1
            if at < 0:
                fault = CUT_OFF
                break
            dense = dense and code == n_plans - first_plan + 1
            if write:
                plans[n_plans, CODE] = code
                plans[n_plans, PLAN_TAG] = tag
                plans[n_plans, CHILDREN] = children
                plans[n_plans, FIXED] = size
                plans[n_plans, FIRST] = first_step
                plans[n_plans, STEPS] = n_steps - first_step
                plans[n_plans, KEPT] = kept
            n_plans += 1
        read += (at if at >= 0 else end) - keys[table, 0]
        if write:
            tables[table, 0] = first_plan
            tables[table, 1] = n_plans - first_plan
            tables[table, 2] = dense
            tables[table, 3] = fault
    return n_plans, n_steps, read


@njit
def _find_plan(plans: Any, table: Any, code: int) -> int:
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


@njit
def _indexed(strings: Any, index: int, unit: Any, table: int, bases: Any) -> int:
    """The string of an index: through .debug_str_offsets (DWARF 5, section 7.26)."""
    size = unit[OFFSET_BYTES]
    if index < 0 or table < 0 or index > strings[3].size:
        return -1
    at = table + index * size
    if at + size > strings[3].size:
        return -1
    number = _fixed(strings[3], at, size)
    return number + bases[1] if number >= 0 else -1


@njit
def _digest(data: Any, start: int, number: int) -> int:
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


@njit
def _name_digest(info: Any, strings: Any, number: int, bases: Any) -> int:
    """The digest of a string by its number, 0 for one outside its section."""
    for section in range(3):
        start = number - bases[1 + section]
        if bases[1 + section] >= 0 and 0 <= start < strings[section].size:
            return _digest(strings[section], start, number)
    start = number - bases[0]
    return _digest(info, start, number) if 0 <= start < info.size else np.int64(0)


@njit
def _location(info: Any, start: int, end: int) -> tuple[int, bool]:
    """The constant of a member's location, DW_OP_plus_uconst or DW_OP_constu N, DW_OP_plus."""
    if start < end and info[start] in (0x23, 0x10):
        value, at = _uleb(info, start + 1, end)
        rest = np.int64(info[start]) == 0x23
        if at == end and rest:
            return value, True
        if at == end - 1 and not rest and info[at] == 0x22:
            return value, True
    return np.int64(0), False


@njit
def _clear(row: Any) -> None:
    for column in range(COLUMNS):
        row[column] = NONE
    row[FLAGS] = 0
    row[DIGEST] = 0
    row[SIGNATURE] = 0
    row[FILE] = 0
    row[LINE] = 0


@njit
def _store_unit(row: Any, attribute: int, value: int) -> None:
    if attribute == 0x13:  # language
        row[SIZE] = value
    elif attribute == 0x10:  # stmt_list
        row[PLACE] = value
    elif attribute in (0x76, 0x2130):  # dwo_name
        row[BITS] = value
    elif attribute == 0x1B:  # comp_dir
        row[BIT_PLACE] = value
    elif attribute == 0x2131:  # GNU_dwo_id
        row[SIGNATURE] = value
        row[FLAGS] |= CONSTANT


@njit
def _store_number(row: Any, attribute: int, value: int) -> None:
    """A number, by its attribute (DWARF 5, table 7.5)."""
    if attribute == 0x0B:  # byte_size
        row[SIZE] = value
    elif attribute == 0x38:  # data_member_location
        row[PLACE] = value
        row[FLAGS] |= PLACED
    elif attribute == 0x6B:  # data_bit_offset
        row[BIT_PLACE] = value
        row[FLAGS] |= BIT_FROM_START
    elif attribute == 0x0C:  # bit_offset
        row[BIT_PLACE] = value
        row[FLAGS] |= BIT_FROM_TOP
    elif attribute == 0x0D:  # bit_size
        row[BITS] = value
    elif attribute in (0x37, 0x2F):  # count, upper_bound
        row[PLACE] = value if attribute == 0x37 else value + 1
        row[FLAGS] |= COUNTED if attribute == 0x37 else COUNTED | UPPER
    elif attribute == 0x22:  # lower_bound
        row[BIT_PLACE] = value
    elif attribute == 0x88:  # alignment
        row[ALIGN] = value
    elif attribute == 0x3E:  # encoding
        row[FLAGS] |= (value & 255) << ENCODING_SHIFT
    elif attribute == 0x3A:  # decl_file
        row[FILE] = value
    elif attribute == 0x3B:  # decl_line
        row[LINE] = value
    elif attribute == 0x16:  # discr_value
        row[BITS] = value
    else:
        row[FLAGS] |= _flag(attribute, value)


@njit
def _flag(attribute: int, value: int) -> int:
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


@njit(cache=True, nogil=True)
def walk(
    info: Any, strings: Any, bases: Any, units: Any, plans: Any, steps: Any, tables: Any,
    rows: Any, state: Any, faults: Any,
) -> bool:  # fmt: skip
    """Rows for the entries of all units, from ``state``: the next unit, rows so far.

    info uint8[:]; strings, a tuple of uint8[:]: .debug_str, .debug_line_str, .debug_str of the
    supplementary file, .debug_str_offsets; bases int64[:]: the numbers at which .debug_info, the
    three strings and the supplementary file's .debug_info start, -1 for what is absent; units
    int64[:, UNIT_COLUMNS]; rows int64[:, COLUMNS]; faults int64[:, 2]: per unit the code and where.

    False when the rows do not hold the next unit: call again with more. A unit with a fault leaves
    no rows.
    """
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
        n = first
        level = 0
        parents[0] = NONE
        fault = table[3]
        place = at
        while at < end and fault == 0:
            place = at
            code, at = _uleb(info, at, end)
            if at < 0:
                fault = BEYOND
                break
            if code == 0:
                if level:
                    level -= 1
                    if levels[level] >= 0:
                        rows[levels[level], LAST] = n
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
                if kept and n >= rows.shape[0]:
                    return False
                tag = plans[which, PLAN_TAG]
                top = tag == 0x11 or tag == 0x3C or tag == 0x41 or tag == 0x4A
                row = rows[n if kept else 0]
                name = np.int64(NONE)
                if kept:
                    _clear(row)
                    row[OFFSET] = place + bases[0]
                    row[TAG] = tag
                    row[PARENT] = parents[level]
                    row[SCOPE] = parents[level]
                    row[UNIT] = index
                first_step = plans[which, FIRST]
                for step in range(first_step, first_step + plans[which, STEPS]):
                    attribute = steps[step, 0]
                    if attribute == 0:
                        at += steps[step, 3]
                        if at > end:
                            fault = BEYOND
                            break
                        continue
                    kind, value, at = _value(info, steps[step, 1], steps[step, 2], at, unit, bases)
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
                            _store_unit(row, attribute, value)
                    elif top:
                        _store_unit(row, attribute, value)
                    elif attribute == 0x49 or attribute == 0x47:  # type, specification
                        if kind == SIGNED8:
                            row[TYPE] = BY_SIGNATURE
                            row[SIGNATURE] = value
                        elif kind == REFERENCE:
                            row[TYPE] = value
                    elif attribute == 0x69:  # signature: what a declaration stands for
                        if kind == SIGNED8:
                            row[TYPE] = BY_SIGNATURE
                            row[SIGNATURE] = value
                    elif kind == NUMBER:
                        _store_number(row, attribute, value)
                    elif kind == BLOCK and attribute == 0x38:
                        value, simple = _location(info, value, at)
                        row[PLACE] = value
                        row[FLAGS] |= PLACED if simple else COMPUTED
                    elif attribute == 0x38:
                        row[FLAGS] |= COMPUTED
                    elif attribute == 0x37 or attribute == 0x2F:
                        row[FLAGS] |= UNCOUNTED
                    elif attribute == 0x1C:
                        row[FLAGS] |= CONSTANT
                if fault:
                    break
                if kept and name >= 0:
                    row[NAME] = name
                    row[DIGEST] = _name_digest(info, strings, name, bases)
                    if row[DIGEST] == 0:
                        fault = BAD_STRING
                        break
                if kept:
                    row[LAST] = n + 1
                    n += 1
            if plans[which, CHILDREN]:
                if level >= MAX_LEVELS:
                    fault = TOO_DEEP
                    break
                levels[level] = n - 1 if kept else NONE
                level += 1
                parents[level] = n - 1 if kept else parents[level - 1]
            elif level == 0:
                break
        if fault:
            faults[index, 0] = fault
            faults[index, 1] = place
            n = first
        else:
            while level:  # a unit that ends without closing its levels
                level -= 1
                if levels[level] >= 0:
                    rows[levels[level], LAST] = n
        state[1] = n
    state[0] = units.shape[0]
    return True
