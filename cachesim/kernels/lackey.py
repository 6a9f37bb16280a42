"""The parser of lackey. It stands alone in its file: Numba sees an edit of this file only."""

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
    with the line after these, an index into ``cachesim.formats.lackey.MESSAGES``.
    """
    rows = 0
    lines = 0
    start = 0  # of the line
    wrong = 0
    while end - start >= 4:  # a record begins with three bytes, and has more
        at = start
        first, second, third = text[_U(at)], text[_U(at + 1)], text[_U(at + 2)]
        if first == 73 and second == 32 and third == 32:  # "I  "
            what = 2
        elif first == 32 and third == 32 and (second == 76 or second == 83 or second == 77):
            what = 0 if second == 76 else 1 if second == 83 else 3  # L, S, M
        elif (first == 61 and second == 61) or (first == 45 and second == 45):  # "==", "--"
            while at < end and text[_U(at)] != 10:
                at += 1
            if at == end:
                break
            start = at + 1
            lines += 1
            continue
        else:
            wrong = 1
            break
        at += 3
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
        if digits == 0 or text[_U(at)] != 44:  # ","
            wrong = 1
            break
        at += 1
        length = np.int64(0)
        digits = 0
        while at < end:
            digit = np.int64(text[_U(at)]) - 48
            if digit < 0 or digit > 9:
                break
            if length <= 65535:  # and no further: what is larger is wrong whatever follows
                length = length * 10 + digit
            digits += 1
            at += 1
        if at == end:
            break
        if digits == 0 or text[_U(at)] != 10:
            wrong = 1
            break
        if length == 0 or length > 65535:
            wrong = 3
            break
        if value > ~_U(0) - _U(length - 1):
            wrong = 4
            break
        address[_U(rows)] = value
        size[_U(rows)] = length
        kind[_U(rows)] = what
        rows += 1
        start = at + 1
        lines += 1
    return rows, start, lines, wrong
