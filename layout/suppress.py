"""Comments that suppress findings: ``linewise: ignore LW001,LW002 -- reason``.

Alone on its lines, a comment means the next line of code; behind code, the line it stands on. On a
record's line it counts for the record and all its members, on a member's line for the member.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from layout.errors import LayoutError
from layout.model import Record

__all__ = ["Suppression", "find_suppressions", "opening_line"]

_MARK = "linewise:"

# Strings are passed over, so that a comment's words in one mean nothing. A character is one only
# when it closes at once: 'a is a lifetime in Rust. Backquotes are Go's strings, R"( )" is one of
# C++ and r#" "# one of Rust.
_COMMENT = re.compile(
    r"(?P<block>/\*[\s\S]*?(?:\*/|\Z))|(?P<line>//[^\n]*)"
    r"|R\"(?P<raw>[^()\\\s]{0,16})\([\s\S]*?(?:\)(?P=raw)\"|\Z)"
    r"|\br(?P<hashes>\#{1,8})\"[\s\S]*?(?:\"(?P=hashes)|\Z)"
    r"|\"(?:[^\"\\\n]|\\[\s\S])*\"?|'(?:[^'\\\n]|\\[^\n][^'\n]{0,10})'|`[^`]*(?:`|\Z)"
)
_IGNORE = re.compile(
    r"linewise:\s*ignore\b[\s:]*(?P<codes>[\w\s,-]*?)\s*(?:--\s*(?P<reason>.*?))?\s*\Z", re.DOTALL
)

_BLANK = re.compile(r"\s+|//[^\n]*|/\*[\s\S]*?\*/")

# Comments and blanks that may lie between a comment and the code that it means.
MAX_STACKED = 100

# Suppressions in one file: more is no source that people keep.
MAX_COMMENTS = 10_000

# Lines between a comment above a record and the brace that opens it: attributes, template heads.
MAX_HEAD_LINES = 8


@dataclass(frozen=True, slots=True)
class Suppression:
    """One comment: where it stands, the line that it means, the codes as written, the reason."""

    line: int
    target: int
    codes: tuple[str, ...]
    reason: str


def find_suppressions(text: str) -> tuple[Suppression, ...]:
    """All of them in a source text of C, C++, Go or Rust, in order. Raises LayoutError beyond
    MAX_COMMENTS of them."""
    if _MARK not in text:
        return ()
    found = tuple(islice(_find(text), MAX_COMMENTS + 1))
    if len(found) > MAX_COMMENTS:
        line = found[-1].line
        raise LayoutError(f"line {line}: more than {MAX_COMMENTS} suppressions; use a baseline")
    return found


def _find(text: str) -> Iterator[Suppression]:
    newlines = [match.start() for match in re.finditer("\n", text)]
    for start, end in _comments(text):
        body = text[start:end]
        if _MARK not in body:
            continue
        body = body[2:-2] if body.startswith("/*") and body.endswith("*/") else body[2:]
        # A decorated block comment begins its lines with stars.
        match = _IGNORE.search(re.sub(r"\n\s*\*?", " ", body))
        if match is None:
            continue
        codes = tuple(part for part in re.split(r"[,\s]+", match["codes"]) if part)
        line = bisect_right(newlines, start) + 1
        target = bisect_right(newlines, _target(text, start, end)) + 1
        yield Suppression(line, target, codes, (match["reason"] or "").strip())


def _comments(text: str) -> Iterator[tuple[int, int]]:
    for match in _COMMENT.finditer(text):
        if match["block"] is not None or match["line"] is not None:
            yield match.start(), match.end()


def _target(text: str, start: int, end: int) -> int:
    """An offset on the line that a comment means: its own, or when it stands alone the next that
    has more than comments."""
    newline = text.rfind("\n", 0, start) + 1
    tail = text[end:].split("\n", 1)[0] if end < len(text) else ""
    if text[newline:start].strip() or tail.strip():
        return start
    position = end
    for _ in range(MAX_STACKED):
        blank = _BLANK.match(text, position)
        if blank is None:
            break
        position = blank.end()
    return min(position, max(len(text) - 1, 0))


def opening_line(record: Record, target: int, lines: list[str]) -> bool:
    """Whether a line belongs to a record's head: that of its brace, or above it without anything
    that ends a declaration in between (``struct order`` may stand above its brace)."""
    if target == record.line:
        return True
    if not target < record.line <= min(target + MAX_HEAD_LINES, len(lines)):
        return False
    head = "\n".join(lines[target - 1 : record.line - 1])
    head = re.sub(r"//[^\n]*|/\*[\s\S]*?\*/", "", head)
    return not re.search(r"[;{}]", head)
