"""Numbers and attributes as DWARF writes them (DWARF 5, sections 7.5.6 and 7.6)."""

# ruff: noqa: PLR0911, F403, F405 -- a decoder has as many branches as the format has forms

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from layout.sources.dwarf.kernels.rows import *

# What loops call; Numba's own types know njit with arguments only.
inner: Any = njit
# Indices without a sign: Numba counts others from the end when they are below 0.
_U = np.uint64


@inner
def uleb(data: Any, at: int, end: int) -> Any:
    """The number and the place after it, -1 when it goes beyond the end. Bits from 63 are lost."""
    if at < end and data[_U(at)] < 128:  # nearly all are one byte long
        return np.int64(data[_U(at)]), at + 1
    value = np.int64(0)
    shift = np.int64(0)
    while at < end:
        byte = np.int64(data[_U(at)])
        at += 1
        if shift < 63:
            value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at
    return np.int64(0), -1


@inner
def sleb(data: Any, at: int, end: int) -> Any:
    """The same for a signed number."""
    value = np.int64(0)
    shift = np.int64(0)
    while at < end:
        byte = np.int64(data[_U(at)])
        at += 1
        if shift < 63:
            value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            if byte & 64 and shift < 63:
                value -= np.int64(1) << shift
            return value, at
    return np.int64(0), -1


@inner
def _byte(data: Any, at: int) -> Any:
    return np.int64(data[_U(at)])


@inner
def _four(data: Any, at: int) -> Any:
    low = _byte(data, at) | _byte(data, at + 1) << 8
    return low | _byte(data, at + 2) << 16 | _byte(data, at + 3) << 24


@inner
def fixed(data: Any, at: int, size: int) -> Any:
    """A little-endian number of up to 8 bytes; the caller has checked the end.

    Written out, LLVM makes one load of each: the walk takes 0.6 of the time of a loop over bytes.
    """
    if size == 1:
        return _byte(data, at)
    if size == 4:
        return _four(data, at)
    if size == 2:
        return _byte(data, at) | _byte(data, at + 1) << 8
    if size == 8:
        return _four(data, at) | _four(data, at + 4) << 32
    value = np.int64(0)
    for index in range(size):
        value |= _byte(data, at + index) << np.int64(8 * index)
    return value


@inner
def form_bytes(form: int, offset_bytes: int, address_bytes: int, version: int) -> Any:
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


@inner
def _block(data: Any, form: int, at: int, end: int) -> Any:
    """Length of a block and where it starts."""
    if form in (0x09, 0x18):  # block, exprloc
        return uleb(data, at, end)
    size = 1 if form == 0x0A else 2 if form == 0x03 else 4
    if at + size > end:
        return 0, -1
    return fixed(data, at, size), at + size


@inner
def _string_end(data: Any, at: int, end: int) -> Any:
    while at < end and data[_U(at)] != 0:
        at += 1
    return at + 1 if at < end else -1


@inner
def form_class(form: int) -> Any:
    """How the value of a known form is read."""
    if form in (0x0B, 0x05, 0x06, 0x07, 0x0C, 0x17):  # data1 to data8, flag, sec_offset
        return FIXED_NUMBER
    if form in (0x11, 0x12, 0x13, 0x14):  # ref1 to ref8
        return UNIT_REFERENCE
    if form in (0x1C, 0x24, 0x1F20):  # ref_sup4, ref_sup8, GNU_ref_alt
        return SHARED_REFERENCE
    if form in (0x1D, 0x1F21):  # strp_sup, GNU_strp_alt
        return SHARED_STRING
    if form in (0x25, 0x26, 0x27, 0x28):  # strx1 to strx4
        return STRING_INDEX
    if form in (0x1A, 0x1F02):  # strx, GNU_str_index
        return STRING_INDEX_ULEB
    if form in (0x03, 0x04, 0x09, 0x0A, 0x18):  # block2, block4, block, block1, exprloc
        return ANY_BLOCK
    if form in (0x1B, 0x22, 0x23, 0x1F01):  # addrx, loclistx, rnglistx, GNU_addr_index
        return OTHER_ULEB
    if form == 0x0E:
        return MAIN_STRING
    if form == 0x1F:
        return LINE_STRING
    if form == 0x19:
        return PRESENT
    if form == 0x21:
        return CONSTANT_NUMBER
    if form == 0x10:
        return SECTION_REFERENCE
    if form == 0x20:
        return SIGNATURE8
    if form == 0x08:
        return INLINE_STRING
    if form == 0x0D:
        return SIGNED
    if form == 0x0F:
        return UNSIGNED
    if form == 0x15:
        return UNIT_REFERENCE_ULEB
    return INDIRECT if form == 0x16 else FIXED_OTHER


@inner
def attribute_value(
    data: Any, form: int, kind: int, constant: int, size: int, at: int, unit: Any, bases: Any
) -> Any:
    """What an attribute holds: kind, value, place after it; -1 beyond the end, -2 unknown form.

    A block's value is where it starts. A string by index is kind STRING with a negative value.
    """
    end = unit[END]
    if kind == INDIRECT:
        form, at = uleb(data, at, end)
        if at < 0:
            return OTHER, 0, -1
        size = form_bytes(form, unit[OFFSET_BYTES], unit[ADDRESS_BYTES], unit[VERSION])
        kind = form_class(form)
        if kind == INDIRECT or kind == CONSTANT_NUMBER:
            size = -2
    if size == -2:
        return OTHER, 0, -2
    if size >= 0:
        return _fixed_value(data, kind, constant, size, at, unit, bases)
    if kind == INLINE_STRING:
        return STRING, at + bases[0], _string_end(data, at, end)
    if kind == ANY_BLOCK:
        length, start = _block(data, form, at, end)
        if start < 0 or length < 0 or length > end - start:
            return OTHER, 0, -1
        return BLOCK, start, start + length
    if kind == SIGNED:
        number, after = sleb(data, at, end)
        return NUMBER, number, after
    number, after = uleb(data, at, end)
    if kind == UNSIGNED:
        return NUMBER, number, after
    if number >> 40:
        return OTHER, 0, after
    if kind == UNIT_REFERENCE_ULEB:
        return REFERENCE, number + unit[START] + bases[0], after
    if kind == STRING_INDEX_ULEB:
        return STRING, -1 - number, after
    return OTHER, number, after


@inner
def _fixed_value(
    data: Any, kind: int, constant: int, size: int, at: int, unit: Any, bases: Any
) -> Any:
    """The same for a form of so many bytes."""
    if at + size > unit[END]:
        return OTHER, 0, -1
    if kind == PRESENT:
        return NUMBER, 1, at
    if kind == CONSTANT_NUMBER:
        return NUMBER, constant, at
    number = fixed(data, at, min(size, 8))
    at += size
    if kind == FIXED_NUMBER:
        return NUMBER, number, at
    if kind == SIGNATURE8:
        return SIGNED8, number, at
    if number >> 40:
        return OTHER, 0, at
    if kind == UNIT_REFERENCE:
        return REFERENCE, number + unit[START] + bases[0], at
    if kind == MAIN_STRING:
        return STRING, number + bases[1], at
    if kind == LINE_STRING:
        return STRING, number + bases[2], at
    if kind == SHARED_STRING:
        return STRING, number + bases[3], at
    if kind == STRING_INDEX:
        return STRING, -1 - number, at
    if kind == SECTION_REFERENCE:
        return REFERENCE, number + bases[0], at
    if kind == SHARED_REFERENCE:
        return REFERENCE, number + bases[4], at
    return OTHER, number, at
