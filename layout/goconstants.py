"""Go's constant expressions (Go specification, Constants and Constant expressions).

Untyped numbers are exact; a typed one must fit its type, or the program does not compile. What
depends on the size of ``int``, ``uint`` and ``uintptr`` waits for an ABI.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from layout.errors import LayoutError
from layout.model import (
    Abi,
    Alias,
    Array,
    Binary,
    Cast,
    Count,
    Expression,
    Layout,
    Measure,
    Record,
    RecordType,
    Scalar,
    Type,
    Unary,
)

__all__ = ["GoConstant", "GoLength", "GoOffset", "evaluate_length", "fold"]

# Bits of an untyped integer: the compiler refuses more (go/types, overflow: 512).
MAX_BITS = 512

# Bits of a rational's numerator or denominator, and of a shift, before they are refused.
MAX_RATIONAL_BITS = 4096
MAX_SHIFT = 1074  # go/types, shift: the most it computes

INTEGERS = {
    **{f"{sign}int{bits}": bits for sign in ("", "u") for bits in (8, 16, 32, 64)},
    **dict.fromkeys(("int", "uint", "uintptr"), 0),  # as wide as the ABI says
}

_RANK = {"untyped int": 0, "untyped rune": 1, "untyped float": 2}


@dataclass(frozen=True, slots=True, eq=False)
class GoConstant(Expression):
    """A value of a kind: ``untyped int``, ``rune``, ``float``, ``string``, or a basic type.

    A string has one character per byte.
    """

    value: int | Fraction | str
    kind: str


@dataclass(frozen=True, slots=True, eq=False)
class GoLength(Expression):
    """``len`` or ``cap`` of an array, an ``int``."""

    type: Type


@dataclass(frozen=True, slots=True, eq=False)
class GoOffset(Expression):
    """``unsafe.Offsetof`` of a struct's own field, a ``uintptr``."""

    type: Type
    field: str


class _NeedsAbi(Exception):  # noqa: N818 - no error: the ABI is asked later  # noqa: N818 -- no error: the ABI is asked later
    """The value depends on the target."""


class _Value(NamedTuple):
    value: int | Fraction | str
    kind: str


class _Target(NamedTuple):
    """What the ABI tells; a word of 0 bytes is not known yet."""

    word: int
    measure: Callable[[Type], tuple[int, int]] | None
    place: Callable[[Record], Layout] | None


def fold(node: Expression) -> GoConstant | None:
    """The constant that ``node`` is on every ABI, None when they differ.

    Raises LayoutError with the fault alone for what no Go compiler accepts or this room refuses.
    """
    try:
        return GoConstant(*_value(node, _Target(0, None, None)))
    except _NeedsAbi:
        return None


def evaluate_length(
    node: Expression,
    abi: Abi,
    measure: Callable[[Type], tuple[int, int]],
    place: Callable[[Record], Layout],
) -> int:
    """The array length that ``node`` is on that ABI. Raises LayoutError, the fault alone."""
    word = abi.scalars["int"][0]
    value, kind = _value(node, _Target(word, measure, place))
    if kind not in INTEGERS:
        value = _represent(_Value(value, kind), "int", word).value
    length = int(value)
    if not 0 <= length < 1 << (8 * word - 1):
        raise LayoutError(f"an array of {length} elements; int holds its length")
    return length


def _value(node: Count, target: _Target) -> _Value:
    match node:
        case int():
            return _Value(node, "untyped int")
        case GoConstant():
            return _Value(node.value, node.kind)
        case Unary():
            return _unary(node.operator, _value(node.operand, target), target.word)
        case Binary(operator="<<" | ">>"):
            left, right = _value(node.left, target), _value(node.right, target)
            return _shift(node.operator, left, right, target.word)
        case Binary():
            left, right = _value(node.left, target), _value(node.right, target)
            return _binary(node.operator, left, right, target.word)
        case Cast():
            return _convert(node.type, _value(node.operand, target), target.word)
        case Measure():
            if target.measure is None:
                raise _NeedsAbi
            size, align = target.measure(node.type)
            return _Value(size if node.operator == "sizeof" else align, "uintptr")
        case GoOffset():
            return _offset(node, target)
        case GoLength():
            return _length(node.type, target)
    raise LayoutError("an expression of an unknown kind")


def _length(type_: Type, target: _Target) -> _Value:
    array = underlying(type_)
    if not isinstance(array, Array) or array.count is None:
        raise LayoutError(f"len of {type_} is no constant")
    value = _value(array.count, target)
    return _represent(value if value.kind not in INTEGERS else value._replace(kind="untyped int"),
                      "int", target.word)  # fmt: skip


def _offset(node: GoOffset, target: _Target) -> _Value:
    if target.place is None:
        raise _NeedsAbi
    inner = underlying(node.type)
    fields = target.place(inner.record).fields if isinstance(inner, RecordType) else ()
    return _Value(next(one.offset for one in fields if one.name == node.field), "uintptr")


def underlying(type_: Type) -> Type:
    """What a chain of names stands for."""
    while isinstance(type_, Alias):
        type_ = type_.target
    return type_


def _convert(type_: Type, operand: _Value, word: int) -> _Value:
    scalar = underlying(type_)
    if not isinstance(scalar, Scalar):
        raise LayoutError(f"a constant of type {type_}")
    if scalar.key == "string" and isinstance(operand.value, str):
        return _Value(operand.value, "string")
    if scalar.key not in INTEGERS or isinstance(operand.value, str):
        raise LayoutError(f"a constant of type {type_} is not computed; use an integer")
    return _represent(operand, scalar.key, word)


def _represent(operand: _Value, kind: str, word: int) -> _Value:
    """The operand as that integer type, which must hold it exactly."""
    value = operand.value
    if isinstance(value, str) or value != int(value):
        raise LayoutError(f"constant {_short(value)} is no {kind}")
    return _fitting(int(value), kind, word)


def _fitting(value: int, kind: str, word: int) -> _Value:
    bits = INTEGERS[kind] or word * 8
    unsigned = kind.startswith("u")
    if not bits:
        # Both widths hold a small value; whether they hold a large one depends.
        if not (0 if unsigned else -(1 << 31)) <= value < 1 << (32 - (not unsigned)):
            raise _NeedsAbi
        return _Value(value, kind)
    low, high = (0, 1 << bits) if unsigned else (-(1 << bits - 1), 1 << bits - 1)
    if not low <= value < high:
        raise LayoutError(f"constant {_short(value)} overflows {kind}")
    return _Value(value, kind)


def _short(value: int | Fraction | str) -> str:
    """A value in a message; the digits of a huge one would be slow to find."""
    if isinstance(value, Fraction):
        value = value.numerator if value.denominator == 1 else "with a fraction"
    if isinstance(value, int) and value.bit_length() > MAX_BITS:
        return f"of {value.bit_length()} bits"
    return str(value)[:40]


def _result(value: int | Fraction | str, kind: str, word: int) -> _Value:
    if kind in INTEGERS:
        return _fitting(int(value), kind, word)
    if isinstance(value, int) and value.bit_length() > MAX_BITS:
        raise LayoutError(f"an untyped constant of more than {MAX_BITS} bits")
    if isinstance(value, Fraction) and max(
        value.numerator.bit_length(), value.denominator.bit_length()
    ) > MAX_RATIONAL_BITS:  # fmt: skip
        raise LayoutError("a constant too long to compute exactly")
    return _Value(value, kind)


def _unary(operator: str, operand: _Value, word: int) -> _Value:
    value, kind = operand
    if operator == "len" and isinstance(value, str):
        return _Value(len(value), "int")
    if isinstance(value, str) or operator == "len":
        raise LayoutError(f"{operator} of a string constant")
    if operator == "^":
        if isinstance(value, Fraction):
            raise LayoutError("^ of a constant with a fraction")
        if kind.startswith("uint"):
            bits = INTEGERS[kind] or word * 8
            if not bits:
                raise _NeedsAbi
            return _Value(value ^ ((1 << bits) - 1), kind)
        return _result(~value, kind, word)
    return _result(-value if operator == "-" else value, kind, word)


def _common(left: _Value, right: _Value, word: int) -> tuple[_Value, _Value]:
    """Both operands of one kind: the typed one's, else the untyped kind that holds both."""
    if left.kind == right.kind:
        return left, right
    if left.kind in _RANK and right.kind in _RANK:
        kind = max(left.kind, right.kind, key=_RANK.__getitem__)
        both = (left, right)
        if kind == "untyped float":
            both = tuple(_Value(Fraction(one.value), kind) for one in both)  # type: ignore[assignment]
        return both[0]._replace(kind=kind), both[1]._replace(kind=kind)
    if left.kind in INTEGERS and right.kind in _RANK:
        return left, _represent(right, left.kind, word)
    if right.kind in INTEGERS and left.kind in _RANK:
        return _represent(left, right.kind, word), right
    if {left.kind, right.kind} == {"string", "untyped string"}:
        return left._replace(kind="string"), right._replace(kind="string")
    raise LayoutError(f"constants of unlike types, {left.kind} and {right.kind}")


def _binary(operator: str, left: _Value, right: _Value, word: int) -> _Value:
    left, right = _common(left, right, word)
    a, b, kind = left.value, right.value, left.kind
    if isinstance(a, str) or isinstance(b, str):
        if operator == "+" and isinstance(a, str) and isinstance(b, str):
            if len(a) + len(b) > 1 << 20:
                raise LayoutError("a string constant longer than a million characters")
            return _Value(a + b, kind)
        raise LayoutError(f"{operator} of string constants")
    if operator in ("/", "%"):
        return _result(_divided(operator, a, b), kind, word)
    if operator in _ARITHMETIC:
        return _result(_ARITHMETIC[operator](a, b), kind, word)
    if operator not in _BITS or not isinstance(a, int) or not isinstance(b, int):
        raise LayoutError(f"operator {operator} in an array length is not supported")
    return _result(_BITS[operator](a, b), kind, word)


_ARITHMETIC: dict[str, Callable[..., int | Fraction]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "min": min,
    "max": max,
}
_BITS: dict[str, Callable[[int, int], int]] = {
    "&": lambda a, b: a & b,
    "|": lambda a, b: a | b,
    "^": lambda a, b: a ^ b,
    "&^": lambda a, b: a & ~b,
}


def _divided(operator: str, a: int | Fraction, b: int | Fraction) -> int | Fraction:
    if b == 0:
        raise LayoutError("a constant expression divides by zero")
    if isinstance(a, Fraction) or isinstance(b, Fraction):
        if operator == "%":
            raise LayoutError("% of constants with fractions")
        return Fraction(a) / b
    quotient = abs(a) // abs(b) if (a < 0) == (b < 0) else -(abs(a) // abs(b))
    return quotient if operator == "/" else a - b * quotient


def _shift(operator: str, left: _Value, right: _Value, word: int) -> _Value:
    """Specification, Operators: an untyped left operand becomes an integer; the count is one."""
    for side in (left.value, right.value):
        if isinstance(side, str) or side != int(side):
            raise LayoutError("a shift of what is no integer")
    value, count = int(left.value), int(right.value)
    if not 0 <= count <= MAX_SHIFT:
        raise LayoutError(f"a constant expression shifts by {_short(count)}")
    kind = left.kind if left.kind in INTEGERS else "untyped int"
    if kind in INTEGERS and operator == "<<" and count > 64:
        count = 64 if value else 0  # overflows every type, or stays 0
    return _result(value << count if operator == "<<" else value >> count, kind, word)
