"""Go's string and rune literals as the bytes that they stand for."""

from __future__ import annotations

import re

__all__ = ["literal_bytes"]

_SIMPLE = {"a": 7, "b": 8, "f": 12, "n": 10, "r": 13, "t": 9, "v": 11, "\\": 92, "'": 39, '"': 34}
_PART = re.compile(
    r"\\x(?P<hex>[0-9A-Fa-f]{2})|\\(?P<octal>[0-7]{3})|\\u(?P<short>[0-9A-Fa-f]{4})"
    r"|\\U(?P<long>[0-9A-Fa-f]{8})|\\(?P<simple>.)|(?P<plain>[^\\]+)|(?P<bad>\\)",
    re.DOTALL,
)


def literal_bytes(text: str) -> bytes | None:
    """The bytes of a literal with its quotes (Go specification, String literals and Rune literals);
    None when an escape is none. A byte escape in a rune stands for itself."""
    if text.startswith("`"):
        return text[1:-1].replace("\r", "").encode()
    out = bytearray()
    for part in _PART.finditer(text[1:-1]):
        kind, value = part.lastgroup or "", part[part.lastgroup or 0]
        if kind in ("hex", "octal"):
            number = int(value, 16 if kind == "hex" else 8)
            if number > 255:
                return None
            out.append(number)
        elif kind in ("short", "long"):
            point = int(value, 16)
            if point > 0x10FFFF or 0xD800 <= point < 0xE000:
                return None
            out += chr(point).encode()
        elif kind == "simple" and value in _SIMPLE:
            out.append(_SIMPLE[value])
        elif kind == "plain":
            out += value.encode()
        else:
            return None
    return bytes(out)
