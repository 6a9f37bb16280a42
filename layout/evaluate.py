"""Constant expressions by C's rules (C11 6.3.1.8, 6.6), on an ABI.

A value carries its C type as (bytes, unsigned). Whatever C leaves undefined is refused: a count
must never be a guess.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from layout.errors import LayoutError
from layout.model import (
    Abi,
    Alias,
    Binary,
    Cast,
    Conditional,
    Constant,
    Count,
    Enum,
    Enumerator,
    Expression,
    MaximumAlign,
    Measure,
    Scalar,
    Type,
    Unary,
)

INT_BYTES = 4  # of int, on every ABI that the room knows

# How the keys of the types begin that hold no integer.
FLOATS = ("float", "double", "_Float", "__float128", "__fp16", "__bf16", "long double")


class Value(NamedTuple):
    """An integer of a C type of so many bytes."""

    value: int
    size: int = INT_BYTES
    unsigned: bool = False


def evaluate(count: Count, abi: Abi, measure: Callable[[Type], tuple[int, int]]) -> int:
    """The integer that ``count`` is on that ABI; ``measure`` gives a type's size and alignment.

    Raises LayoutError with the fault alone: the caller knows the place.
    """
    return count if isinstance(count, int) else _value(count, abi, measure).value


def is_integer(key: str) -> bool:
    """Whether a scalar type holds integers, ``_Bool`` among them."""
    return not key.startswith(FLOATS) and key not in ("va_list", "max_align_t")


def fold_unary(operator: str, operand: int) -> int:
    """The result for an operand of type int. Raises LayoutError when int cannot hold it."""
    return _unary(operator, Value(operand)).value


def fold_binary(operator: str, left: int, right: int) -> int:
    """The result for operands of type int. Raises LayoutError when int cannot hold it."""
    return _binary(operator, Value(left), Value(right)).value


def _value(count: Count, abi: Abi, measure: Callable[[Type], tuple[int, int]]) -> Value:
    # Enumerators share their predecessors: each node is computed once.
    known: dict[Expression, Value] = {}

    def walk(node: Count) -> Value:
        if isinstance(node, int):
            return Value(node)
        if node not in known:
            known[node] = compute(node)
        return known[node]

    def compute(node: Expression) -> Value:
        match node:
            case Constant():
                return _constant(node, abi)
            case Unary():
                return _unary(node.operator, walk(node.operand))
            case Binary(operator="&&" | "||"):
                left = walk(node.left).value != 0
                if left == (node.operator == "||"):
                    return Value(int(left))
                return Value(int(walk(node.right).value != 0))
            case Binary():
                return _binary(node.operator, walk(node.left), walk(node.right))
            case Conditional():
                yes, no = walk(node.yes), walk(node.no)
                chosen = yes if walk(node.test).value != 0 else no
                return _convert(chosen, *_common(yes, no))
            case Cast():
                return _cast(node.type, walk(node.operand), abi, measure)
            case Measure():
                size, align = measure(node.type)
                return Value(size if node.operator == "sizeof" else align, *_size_type(abi))
            case Enumerator():
                return _enumerator(walk(node.value), abi)
            case MaximumAlign():
                return Value(abi.maximum_align)
        raise LayoutError("an expression of an unknown kind")

    return walk(count)


def _constant(node: Constant, abi: Abi) -> Value:
    """C11 6.4.4.1: what is no decimal and does not fit is of the unsigned type."""
    size = abi.scalars[node.key][0]
    return Value(node.value, size, _is_unsigned(abi, node.key) or node.value >> size * 8 - 1 > 0)


def _enumerator(given: Value, abi: Abi) -> Value:
    if abi.int_enums or -(1 << 31) <= given.value < 1 << 31:
        return _convert(given, INT_BYTES, unsigned=False)
    return given


def _size_type(abi: Abi) -> tuple[int, bool]:
    return abi.scalars["size_t"][0], True


def _is_unsigned(abi: Abi, key: str) -> bool:
    return key in abi.unsigned or key.startswith("unsigned ")


def _cast(
    type_: Type, operand: Value, abi: Abi, measure: Callable[[Type], tuple[int, int]]
) -> Value:
    while isinstance(type_, Alias):
        type_ = type_.target
    if isinstance(type_, Enum):
        raise LayoutError(f"a cast to {type_} inside a constant expression is not supported")
    if not isinstance(type_, Scalar) or not is_integer(type_.key):
        raise LayoutError(f"a cast to {type_} is no integer")
    size, _ = measure(type_)
    if type_.key in ("_Bool", "bool"):
        return Value(int(operand.value != 0), size, True)
    return _convert(operand, size, _is_unsigned(abi, type_.key))


def _convert(value: Value, size: int, unsigned: bool) -> Value:
    bits = size * 8
    wrapped = value.value & ((1 << bits) - 1)
    if not unsigned and wrapped >> (bits - 1):
        wrapped -= 1 << bits
    return Value(wrapped, size, unsigned)


def _promote(value: Value) -> Value:
    return Value(value.value) if value.size < INT_BYTES else value


def _common(left: Value, right: Value) -> tuple[int, bool]:
    left, right = _promote(left), _promote(right)
    size = max(left.size, right.size)
    return size, any(value.unsigned for value in (left, right) if value.size == size)


def _checked(value: int, size: int, unsigned: bool) -> Value:
    if unsigned:
        return Value(value & ((1 << size * 8) - 1), size, True)
    if not -(1 << size * 8 - 1) <= value < 1 << size * 8 - 1:
        raise LayoutError("a constant expression overflows its type")
    return Value(value, size, False)


def _unary(operator: str, operand: Value) -> Value:
    if operator == "!":
        return Value(int(operand.value == 0))
    value, size, unsigned = _promote(operand)
    result = {"+": value, "-": -value, "~": ~value}[operator]
    return _checked(result, size, unsigned)


_COMPARISONS: dict[str, Callable[[int, int], bool]] = {
    "==": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
    "<": lambda left, right: left < right,
    ">": lambda left, right: left > right,
    "<=": lambda left, right: left <= right,
    ">=": lambda left, right: left >= right,
}


def _divide(left: int, right: int) -> int:
    if right == 0:
        raise LayoutError("a constant expression divides by zero")
    quotient = abs(left) // abs(right)
    return quotient if (left < 0) == (right < 0) else -quotient


_ARITHMETIC: dict[str, Callable[[int, int], int]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "/": _divide,
    "%": lambda left, right: left - right * _divide(left, right),
    "&": lambda left, right: left & right,
    "|": lambda left, right: left | right,
    "^": lambda left, right: left ^ right,
}


def _binary(operator: str, left: Value, right: Value) -> Value:
    if operator in ("&&", "||"):
        chosen = all if operator == "&&" else any
        return Value(int(chosen((left.value, right.value))))
    if operator in ("<<", ">>"):
        return _shift(operator, _promote(left), right.value)
    size, unsigned = _common(left, right)
    a, b = (_convert(value, size, unsigned).value for value in (left, right))
    if operator in _COMPARISONS:
        return Value(int(_COMPARISONS[operator](a, b)))
    return _checked(_ARITHMETIC[operator](a, b), size, unsigned)


def _shift(operator: str, left: Value, amount: int) -> Value:
    if not 0 <= amount < left.size * 8:
        raise LayoutError(f"a constant expression shifts by {amount}")
    if operator == ">>":
        return Value(left.value >> amount, left.size, left.unsigned)
    if left.value < 0:
        raise LayoutError("a constant expression shifts a negative number left")
    # 1 << 31 overflows int in the standard; gcc and clang both give INT_MIN.
    return _convert(Value(left.value << amount), left.size, left.unsigned)
