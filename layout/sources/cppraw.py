"""Raw strings of C++ (C++11 2.14.5): ``R"x(`` to ``)x"`` is one string whatever it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["raw_matches"]

_PREFIXES = frozenset({"R", "LR", "uR", "UR", "u8R"})
_OPENING = re.compile(r'"([^()\\\s]{0,16})\(')


def raw_matches(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The matches of a pattern of tokens, with raw strings left out.

    What stands before a raw string's quote is passed on as a name, which nothing declares.
    """
    unclosed: set[str] = set()  # what was looked for and is not there any more
    position = 0
    while position >= 0:
        start, position = position, -1
        for match in pattern.finditer(text, start):
            yield match
            if match.lastgroup != "name" or match.group() not in _PREFIXES:
                continue
            opening = _OPENING.match(text, match.end())
            closing = f'){opening.group(1)}"' if opening else ""
            if opening and closing not in unclosed:
                end = text.find(closing, opening.end())
                if end >= 0:
                    position = end + len(closing)
                    break
                unclosed.add(closing)
