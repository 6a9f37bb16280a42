"""The parser of pinatrace. It stands alone in its file: Numba sees an edit of this file only."""

# ruff: noqa: PLR0915 -- a compiled loop stays whole

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

_U = np.uint64


@njit(cache=True, nogil=True, error_model="numpy")
def parse(
    text: Any, end: int, address: Any, kind: Any, pc: Any, ended: Any
) -> tuple[int, int, int, int]:
    """Records of the whole lines in text[:end], into columns that hold them all.

    text uint8[:]; ended int64[1] becomes 1 at #eof. The answer: records written; bytes and lines
    understood; 0, or what is wrong with the line after these, an index into
    ``cachesim.formats.pinatrace.MESSAGES``.
    """
    rows = 0
    lines = 0
    start = 0  # of the line
    wrong = 0
    values = np.empty(2, np.uint64)
    while start < end:
        stop = start
        while stop < end and text[_U(stop)] != 10:
            stop += 1
        if stop == end:
            break
        last = stop - 1 if stop > start and text[_U(stop - 1)] == 13 else stop
        if last > start and text[_U(start)] == 35:  # "#"
            word = text[start:last]
            eof = len(word) == 4 and word[1] == 101 and word[2] == 111 and word[3] == 102
            if eof:
                ended[0] = 1
            start = stop + 1
            lines += 1
            continue
        if ended[0]:
            wrong = 3
            break
        at = start
        what = 0
        for part in range(2):
            if at + 2 > last or text[_U(at)] != 48 or text[_U(at + 1)] != 120:  # "0x"
                wrong = 1
                break
            at += 2
            value = _U(0)
            digits = 0
            while at < last:
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
            if wrong:
                break
            if digits == 0:
                wrong = 1
                break
            values[part] = value
            if part == 0:
                # ": R " or ": W "
                if (
                    at + 4 > last
                    or text[_U(at)] != 58
                    or text[_U(at + 1)] != 32
                    or (text[_U(at + 2)] != 82 and text[_U(at + 2)] != 87)
                    or text[_U(at + 3)] != 32
                ):
                    wrong = 1
                    break
                what = 1 if text[_U(at + 2)] == 87 else 0
                at += 4
        if wrong == 0 and at != last:
            wrong = 1
        if wrong:
            break
        pc[_U(rows)], address[_U(rows)], kind[_U(rows)] = values[0], values[1], what
        rows += 1
        start = stop + 1
        lines += 1
    return rows, start, lines, wrong
