"""Searches over a few 64-bit words at once, without a branch per word.

Written as loops, LLVM turns these searches into one unpredictable branch per way: a hit in an
8-way set took 14 to 18 ns; as vector operations it takes 3 (Zen 3, AVX2). LLVM lowers the vectors
to whatever the CPU has. They look at whole groups of LANES words.

With the JIT off, and in bounds-checked runs, the plain loops below stand in: same answers.
"""
# ruff: noqa: ARG001 -- the signatures are those of the typed intrinsics

from __future__ import annotations

from typing import Any

from numba import config, types
from numba.extending import intrinsic, register_jitable

# Words that one step of a search looks at.
LANES = 8
_PLAIN = any(getattr(config, name) for name in ("DISABLE_JIT", "BOUNDSCHECK"))
_MAX = (1 << 63) - 1


if _PLAIN:

    @register_jitable
    def _match(words: Any, start: int, key: int) -> int:
        mask = 0
        for lane in range(LANES):
            if words[start + lane] | 1 == key:
                mask |= 1 << lane
        return mask

    @register_jitable
    def _least(words: Any, start: int, count: int) -> int:
        best = 0
        for lane in range(1, min(LANES, count)):
            if words[start + lane] < words[start + best]:
                best = lane
        return best

    @register_jitable
    def _lowest_bit(mask: int) -> int:
        bit = 0
        while not mask >> bit & 1:
            bit += 1
        return bit

else:
    from llvmlite import ir

    _I64 = ir.IntType(64)
    _I32 = ir.IntType(32)
    _VECTOR = ir.VectorType(_I64, LANES)
    _NUMBERS = ir.Constant(_VECTOR, list(range(LANES)))

    def _splat(builder: Any, value: Any) -> Any:
        undefined = ir.Constant(_VECTOR, ir.Undefined)
        first = builder.insert_element(undefined, value, _I32(0))
        zeros = ir.Constant(ir.VectorType(_I32, LANES), [0] * LANES)
        return builder.shuffle_vector(first, undefined, zeros)

    def _load(context: Any, builder: Any, array_type: Any, array: Any, start: Any) -> Any:
        data = context.make_array(array_type)(context, builder, array).data
        place = builder.bitcast(builder.gep(data, [start]), _VECTOR.as_pointer())
        return builder.load(place, align=8)

    @intrinsic
    def _match(_typing: Any, words: Any, start: Any, key: Any) -> Any:
        """A bit for each of LANES words that equals the key but for bit 0."""

        def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            values = _load(context, builder, signature.args[0], args[0], args[1])
            odd = builder.or_(values, ir.Constant(_VECTOR, [1] * LANES))
            same = builder.icmp_unsigned("==", odd, _splat(builder, args[2]))
            return builder.zext(builder.bitcast(same, ir.IntType(LANES)), _I64)

        return types.int64(words, types.int64, types.int64), generate

    @intrinsic
    def _least(_typing: Any, words: Any, start: Any, count: Any) -> Any:
        """Which of the first ``count`` of LANES words is least."""

        def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            values = _load(context, builder, signature.args[0], args[0], args[1])
            # The lane in the low bits makes the minimum carry its own place, and the lowest lane
            # win among equals.
            shift = ir.Constant(_VECTOR, [LANES.bit_length() - 1] * LANES)
            packed = builder.or_(builder.shl(values, shift), _NUMBERS)
            inside = builder.icmp_signed("<", _NUMBERS, _splat(builder, args[2]))
            packed = builder.select(inside, packed, ir.Constant(_VECTOR, [_MAX] * LANES))
            name = f"llvm.vector.reduce.smin.v{LANES}i64"
            reduce = builder.module.globals.get(name)
            if reduce is None:
                reduce = ir.Function(builder.module, ir.FunctionType(_I64, [_VECTOR]), name)
            return builder.and_(builder.call(reduce, [packed]), _I64(LANES - 1))

        return types.int64(words, types.int64, types.int64), generate

    @intrinsic
    def _lowest_bit(_typing: Any, mask: Any) -> Any:
        def generate(_context: Any, builder: Any, _signature: Any, args: Any) -> Any:
            return builder.cttz(args[0], ir.Constant(ir.IntType(1), 1))

        return types.int64(types.int64), generate


@register_jitable
def find(words: Any, row: int, count: int, key: int) -> int:
    """The first of ``count`` words from ``row`` that equals the odd ``key`` but for bit 0, or -1.

    words int64[:]; the answer counts from 0. Words up to the next multiple of LANES are looked at
    too: the caller keeps there what no key equals, or checks the answer.
    """
    start = 0
    while True:
        mask = _match(words, row + start, key)
        if mask:
            return start + _lowest_bit(mask)
        start += LANES
        if start >= count:
            return -1


@register_jitable(inline="always")
def least(words: Any, row: int, count: int) -> int:
    """Where the least of ``count`` words from ``row`` is, the first among equals.

    words int64[:], each at least 0 and below 2**60; the answer counts from 0. The array goes on
    for LANES - 1 words after the last one compared.
    """
    best = _least(words, row, count)
    for start in range(LANES, count, LANES):
        other = start + _least(words, row + start, count - start)
        if words[row + other] < words[row + best]:
            best = other
    return best
