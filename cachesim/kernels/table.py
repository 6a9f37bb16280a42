"""The parser of tables. It stands alone in its file: Numba sees an edit of this file only."""

# ruff: noqa: PLR0915 -- a compiled loop stays whole

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

_U = np.uint64
# A letter of a kind, as upper-case ASCII, to its number; -1: none.
_KINDS = np.full(128, -1, np.int64)
for _letters, _kind in (("RL", 0), ("WS", 1), ("FI", 2), ("M", 3), ("A", 4)):
    for _letter in _letters:
        _KINDS[ord(_letter)] = _kind


@njit(cache=True, nogil=True, error_model="numpy")
def parse(
    text: Any, end: int, out: Any, places: Any, separator: int, letters: int
) -> tuple[int, int, int, int]:
    """Records of the whole lines in text[:end]; field n goes into out[places[n]], or nowhere.

    text uint8[:], out uint64[columns, rows], negative numbers as their two's complement; in the
    column ``letters`` a letter stands for a kind. The answer: records written; bytes and lines
    understood; 0, or what is wrong with the line after these, an index into
    ``cachesim.formats.table.MESSAGES``.
    """
    rows = 0
    lines = 0
    start = 0  # of the line
    wrong = 0
    while start < end:
        stop = start
        while stop < end and text[_U(stop)] != 10:
            stop += 1
        if stop == end:
            break
        last = stop - 1 if stop > start and text[_U(stop - 1)] == 13 else stop
        at = start
        for field in range(len(places)):
            while at < last and text[_U(at)] == 32:
                at += 1
            begin = at
            while at < last and text[_U(at)] != separator:
                at += 1
            if at == last and field < len(places) - 1:
                wrong = 1
                break
            if at < last and field == len(places) - 1:
                wrong = 1
                break
            stop_field = at
            while stop_field > begin and text[_U(stop_field - 1)] == 32:
                stop_field -= 1
            at += 1
            place = places[field]
            if place < 0:
                continue
            length = stop_field - begin
            if place == letters and length == 1 and text[_U(begin)] >= 65:
                kind = _KINDS[text[_U(begin)] & 0x5F]
                if kind < 0:
                    wrong = 2
                    break
                out[place, rows] = _U(kind)
                continue
            negative = length > 1 and text[_U(begin)] == 45
            if negative:
                begin += 1
            base = _U(10)
            if length > 2 and text[_U(begin)] == 48 and text[_U(begin + 1)] | 32 == 120:
                base = _U(16)
                begin += 2
            if begin == stop_field:
                wrong = 2
                break
            value = _U(0)
            for index in range(begin, stop_field):
                digit = np.int64(text[_U(index)])
                if 48 <= digit <= 57:
                    digit -= 48
                elif base == _U(16) and 97 <= digit | 32 <= 102:
                    digit = (digit | 32) - 87
                else:
                    wrong = 2
                    break
                if value > (~_U(0) - _U(digit)) // base:
                    wrong = 3
                    break
                value = value * base + _U(digit)
            if wrong:
                break
            if negative:
                if value > _U(1) << _U(63):
                    wrong = 3
                    break
                value = ~value + _U(1)
            out[place, rows] = value
        if wrong:
            break
        rows += 1
        start = stop + 1
        lines += 1
    return rows, start, lines, wrong
