"""The parser of Dinero's din. It stands alone in its file: Numba sees an edit of this file only."""

# ruff: noqa: PLR0915 -- a compiled loop stays whole

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

_U = np.uint64


@njit(cache=True, nogil=True, error_model="numpy")
def parse(text: Any, end: int, address: Any, size: Any, kind: Any) -> tuple[int, int, int, int]:
    """Records of the whole lines in text[:end], into columns that hold them all.

    text uint8[:]. The answer: records written; bytes and lines understood; 0, or what is wrong
    with the line after these, an index into ``cachesim.formats.din.MESSAGES``.
    """
    rows = 0
    lines = 0
    start = 0  # of the line
    wrong = 0
    while start < end:
        at = start
        while at < end and (text[_U(at)] == 32 or text[_U(at)] == 9):
            at += 1
        if at == end:
            break
        label = np.int64(text[_U(at)]) - 48
        at += 1
        if label < 0 or label > 4:
            wrong = 1
            break
        gap = at
        while at < end and (text[_U(at)] == 32 or text[_U(at)] == 9):
            at += 1
        if at == end:
            break
        if at == gap:
            wrong = 1
            break
        if at + 1 < end and text[_U(at)] == 48 and text[_U(at + 1)] | 32 == 120:  # "0x"
            at += 2
        value = _U(0)
        digits = 0
        while at < end:
            digit = np.int64(text[_U(at)])
            if 48 <= digit <= 57:
                digit -= 48
            elif 97 <= digit <= 102:
                digit -= 87
            elif 65 <= digit <= 70:
                digit -= 55
            else:
                break
            if value >> _U(60):
                wrong = 2
                break
            value = value << _U(4) | _U(digit)
            digits += 1
            at += 1
        if wrong or at == end:
            break
        after = text[_U(at)]
        if digits == 0 or not (after == 10 or after == 13 or after == 32 or after == 9):
            wrong = 1
            break
        if label > 2:
            wrong = 3
            break
        while at < end and text[_U(at)] != 10:
            at += 1
        if at == end:
            break
        address[_U(rows)] = value & ~_U(3)
        size[_U(rows)] = 4
        kind[_U(rows)] = label
        rows += 1
        start = at + 1
        lines += 1
    return rows, start, lines, wrong
