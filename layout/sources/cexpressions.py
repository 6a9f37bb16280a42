"""Constant expressions of C: tokens to a `Count`, by precedence climbing.

Whatever is an int on every ABI is computed at once; what needs an ABI stays an `Expression`.
"""

from __future__ import annotations

import re
from typing import Protocol

from layout.errors import LayoutError
from layout.evaluate import fold_binary, fold_unary
from layout.model import (
    MAX_DEPTH,
    Binary,
    Cast,
    Conditional,
    Constant,
    Count,
    Measure,
    Type,
    Unary,
)
from layout.sources.ctokens import CHARACTER, MARK, NAME, NUMBER, Tokens

__all__ = ["Cursor", "Unreadable", "nested_expression", "parse_expression"]


class Unreadable(Exception):  # noqa: N818 - it ends one record, not the reading
    """Why a declaration is not read, and the token where it became clear."""

    def __init__(self, index: int, reason: str) -> None:
        super().__init__(reason)
        self.index = index
        self.reason = reason


class Cursor(Protocol):
    """What an expression needs of the reader of declarations."""

    tokens: Tokens
    index: int
    depth: int
    cplusplus: bool

    def text(self) -> str: ...
    def starts_type(self, index: int) -> bool: ...
    def type_name(self) -> Type: ...
    def constant(self, name: str) -> Count: ...
    def primary(self) -> Count | None: ...
    def expect(self, text: str) -> None: ...


# C11 6.5.5 to 6.5.14, tightest first.
_PRECEDENCE = {
    operator: 10 - level
    for level, operators in enumerate(
        ("* / %", "+ -", "<< >>", "< > <= >=", "== !=", "&", "^", "|", "&&", "||")
    )
    for operator in operators.split()
}
_NUMBER = re.compile(r"(0[xX][0-9a-fA-F']+|0[bB][01']+|[0-9][0-9']*)([uUlL]*)")
_ESCAPES = {"n": 10, "t": 9, "r": 13, "0": 0, "\\": 92, "'": 39, '"': 34, "a": 7, "b": 8,
            "f": 12, "v": 11, "e": 27, "?": 63}  # fmt: skip
INT_MAX = (1 << 31) - 1

# Of MAX_DEPTH, what a parenthesis counts for: it may stand ten operators deep on Python's stack.
LEVELS = 3


def parse_expression(cursor: Cursor) -> Count:
    """A constant expression from the cursor's token on. Raises Unreadable."""
    try:
        return _conditional(cursor)
    except LayoutError as error:
        raise Unreadable(cursor.index, str(error)) from None


def _conditional(cursor: Cursor) -> Count:
    test = _binary(cursor, 1)
    if cursor.text() != "?":
        return test
    cursor.index += 1
    yes = nested_expression(cursor)
    cursor.expect(":")
    no = nested_expression(cursor)
    if isinstance(test, int) and isinstance(yes, int) and isinstance(no, int):
        return yes if test else no
    return Conditional(test, yes, no, depth=_depth(cursor, test, yes, no))


def nested_expression(cursor: Cursor) -> Count:
    """An expression within brackets. Raises Unreadable."""
    cursor.depth += LEVELS
    if cursor.depth > MAX_DEPTH:
        raise Unreadable(cursor.index, "an expression nests too deep")
    inner = _conditional(cursor)
    cursor.depth -= LEVELS
    return inner


def _depth(cursor: Cursor, *parts: Count | Type) -> int:
    depth = 1 + max(1 if isinstance(part, int) else part.depth for part in parts)
    if depth > MAX_DEPTH:
        raise Unreadable(cursor.index, f"an expression nests deeper than {MAX_DEPTH} levels")
    return depth


def _binary(cursor: Cursor, lowest: int) -> Count:
    left = _unary(cursor)
    while True:
        operator = cursor.text()
        level = _PRECEDENCE.get(operator, 0)
        if level < lowest:
            return left
        cursor.index += 1
        right = _binary(cursor, level + 1)
        if isinstance(left, int) and isinstance(right, int):
            left = fold_binary(operator, left, right)
        else:
            left = Binary(operator, left, right, depth=_depth(cursor, left, right))


def _unary(cursor: Cursor) -> Count:
    operators: list[str | Type] = []
    while True:
        text = cursor.text()
        if text in ("+", "-", "~", "!"):
            operators.append(text)
            cursor.index += 1
        elif text == "(" and cursor.starts_type(cursor.index + 1):
            cursor.index += 1
            operators.append(cursor.type_name())
            cursor.expect(")")
        else:
            break
    value = _primary(cursor)
    for operator in reversed(operators):
        if isinstance(operator, Type):
            value = Cast(operator, value, depth=_depth(cursor, operator, value))
        elif isinstance(value, int):
            value = fold_unary(operator, value)
        else:
            value = Unary(operator, value, depth=_depth(cursor, value))
    return value


def _primary(cursor: Cursor) -> Count:
    tokens, index = cursor.tokens, cursor.index
    if index >= len(tokens.texts):
        raise Unreadable(index, "the file ends inside an expression")
    kind, text = tokens.kinds[index], tokens.texts[index]
    special = cursor.primary()
    if special is not None:
        value = special
    elif text == "(":
        cursor.index += 1
        value = nested_expression(cursor)
        cursor.expect(")")
    elif kind == NUMBER:
        cursor.index += 1
        value = _number(text, index)
    elif kind == CHARACTER:
        cursor.index += 1
        value = _character(text, index)
    elif text in ("sizeof", "_Alignof", "alignof"):
        value = _measure(cursor, text)
    elif kind == NAME and not cursor.starts_type(index):
        cursor.index += 1
        value = cursor.constant(text)
    else:
        reason = text if kind == MARK else f"'{text[:40]}' inside a constant expression"
        raise Unreadable(index, reason)
    if cursor.text() in ("(", "[", ".", "->", "++", "--"):
        raise Unreadable(cursor.index, f"'{cursor.text()}' inside a constant expression")
    return value


def _measure(cursor: Cursor, word: str) -> Count:
    cursor.index += 1
    if cursor.text() != "(" or not cursor.starts_type(cursor.index + 1):
        raise Unreadable(cursor.index, f"{word} of an expression; name a type instead")
    cursor.index += 1
    type_ = cursor.type_name()
    cursor.expect(")")
    operator = "sizeof" if word == "sizeof" else "_Alignof"
    return Measure(operator, type_, depth=_depth(cursor, type_))  # type: ignore[arg-type]


def _number(text: str, index: int) -> Count:
    match = _NUMBER.fullmatch(text)
    if match is None or len(text) > 80:
        raise Unreadable(index, f"{text[:40]} is no integer constant")
    digits, suffix = match.group(1).replace("'", ""), match.group(2).lower()
    octal = len(digits) > 1 and digits[0] == "0" and digits[1] not in "xXbB"
    try:
        value = int(digits, 8 if octal else 0)
    except ValueError:
        raise Unreadable(index, f"{text} is no integer constant") from None
    if suffix not in ("", "u", "l", "ul", "lu", "ll", "ull", "llu") or value >= 1 << 64:
        raise Unreadable(index, f"{text} is no integer constant that a type holds")
    return _typed(value, suffix, decimal=digits[0] != "0")


def _typed(value: int, suffix: str, *, decimal: bool) -> Count:
    """C11 6.4.4.1: the first type that holds the value. Beyond 32 bits ``long`` and ``long long``
    are told apart by nothing that a layout shows, so the wider stands for both."""
    if "u" in suffix:
        wide = value >= 1 << 32 or "ll" in suffix
        word = "unsigned long" if "l" in suffix else "unsigned int"
        return Constant(value, "unsigned long long" if wide else word)
    if value <= INT_MAX:
        if not suffix:
            return value
        return Constant(value, "long long" if suffix == "ll" else "long")
    if not decimal and suffix in ("", "l") and value < 1 << 32:
        return Constant(value, "long" if suffix else "unsigned int")
    return Constant(value, "long long" if value < 1 << 63 else "unsigned long long")


def _character(text: str, index: int) -> Count:
    body = text[1:-1]
    if text[0] == "'" and text.endswith("'"):
        if len(body) == 1 and body != "\\" and ord(body) < 128:
            return ord(body)
        if len(body) == 2 and body[0] == "\\" and body[1] in _ESCAPES:
            return _ESCAPES[body[1]]
    raise Unreadable(index, f"character constant {text[:40]} is not supported")
