"""What the readers built on tree-sitter's grammars share: parsing, text, places, refusals.

The grammars give a tree for any text; a declaration with an error inside is never read. Trees are
walked level by level or with a limit on the depth: they may nest as deep as the text is long.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING

from layout.errors import LayoutError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Language, Node, Tree

__all__ = [
    "MAX_TEXT",
    "Characters",
    "Refused",
    "below",
    "leaves",
    "line_of",
    "parse",
    "plain_text",
    "text_of",
]

# Bytes of source that are read: beyond is generated data.
MAX_TEXT = 64 << 20

# Tokens that the text of one type may have: more is no type that a person wrote.
MAX_TOKENS = 4096

# Bytes of a type whose text is taken as it stands.
MAX_PLAIN = 200


class Refused(Exception):  # noqa: N818 - it ends one record, not the reading  # noqa: N818 -- what it names is not an error of the program
    """What cannot be read exactly, at a line of the file (0 where another file is at fault)."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason


@lru_cache
def _language(module: str) -> Language:
    from tree_sitter import Language

    return Language(import_module(module).language())


def parse(data: bytes, module: str, file: str) -> Tree:
    """The tree of a source by that grammar. Raises LayoutError beyond MAX_TEXT."""
    from tree_sitter import Parser

    if len(data) > MAX_TEXT:
        size = f"{len(data) >> 20} MiB of source, {MAX_TEXT >> 20} at most"
        raise LayoutError(f"{file}:1: {size}; give the file of the types alone")
    return Parser(_language(module)).parse(data)


def below(node: Node, *types: str) -> Iterator[Node]:
    """Every node of these types in a tree, in the order of the text.

    By a cursor: a query takes time with the square of a node's children.
    """
    cursor = node.walk()
    while True:
        one = cursor.node
        if one is not None and one.type in types:
            yield one
        if cursor.goto_first_child() or cursor.goto_next_sibling():
            continue
        while cursor.goto_parent():
            if cursor.goto_next_sibling():
                break
        else:
            return


def line_of(node: Node) -> int:
    """The line, from 1, that a node starts on."""
    return node.start_point[0] + 1


def text_of(node: Node | None) -> str:
    """What stands there; nothing for None."""
    data = None if node is None else node.text
    return "" if data is None else data.decode("utf-8", errors="replace")


def plain_text(node: Node) -> str:
    """What stands there when it is short, on one line and without comments; else nothing."""
    if node.end_byte - node.start_byte > MAX_PLAIN:
        return ""
    data = node.text or b""
    return "" if any(mark in data for mark in (b"\n", b"//", b"/*")) else text_of(node)


def leaves(node: Node) -> Iterator[Node]:
    """The tokens of a node in order, comments left out. Raises Refused beyond MAX_TOKENS."""
    pending, count = [node], 0
    while pending:
        one = pending.pop()
        count += 1
        if count > 4 * MAX_TOKENS or len(pending) > 4 * MAX_TOKENS:
            raise Refused(line_of(node), "a type too long to read")
        if "comment" in one.type:
            continue
        if one.child_count:
            pending += reversed(one.children)
        elif one.end_byte > one.start_byte:
            yield one


class Characters:
    """Bytes of a text as characters: the same where it is ASCII."""

    def __init__(self, data: bytes) -> None:
        self._wide = (
            [] if data.isascii() else [at for at, byte in enumerate(data) if byte >> 6 == 2]
        )

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The characters that those bytes are."""
        return start - bisect_right(self._wide, start), end - bisect_right(self._wide, end)
