"""From C's scalar types and the names that headers give them to the table of one ABI."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = [
    "ILP32",
    "LLP64",
    "LP64",
    "MAXIMUM_32",
    "Sizes",
    "exact_widths",
    "fast",
    "table",
    "unsigned",
]

# C type -> size, alignment, bytes.
Sizes = dict[str, tuple[int, int]]

_COMMON: Sizes = {
    "_Bool": (1, 1),
    "char": (1, 1),
    "signed char": (1, 1),
    "unsigned char": (1, 1),
    "short": (2, 2),
    "unsigned short": (2, 2),
    "int": (4, 4),
    "unsigned int": (4, 4),
    "long long": (8, 8),
    "unsigned long long": (8, 8),
    "float": (4, 4),
    "double": (8, 8),
}
_INT128: Sizes = {"__int128": (16, 16), "unsigned __int128": (16, 16)}

# The data models: what long and a pointer are. Only 64 bits have __int128 (GCC manual, 128-bit
# Integers), and wasm32.
LP64: Sizes = {
    **_COMMON,
    **_INT128,
    "long": (8, 8),
    "unsigned long": (8, 8),
    "pointer": (8, 8),
}
LLP64: Sizes = {**LP64, "long": (4, 4), "unsigned long": (4, 4)}
ILP32: Sizes = {
    **_COMMON,
    "long": (4, 4),
    "unsigned long": (4, 4),
    "pointer": (4, 4),
}

# Bytes of the largest object with pointers of 32 bits: PTRDIFF_MAX, as gcc has it; clang takes
# twice as many.
MAXIMUM_32 = (1 << 31) - 1

# <stdatomic.h>'s names of atomic types (C11 7.17.6) that are not atomic_ before a standard name.
_ATOMIC = {
    "atomic_bool": "_Bool",
    "atomic_char": "char",
    "atomic_schar": "signed char",
    "atomic_uchar": "unsigned char",
    "atomic_short": "short",
    "atomic_ushort": "unsigned short",
    "atomic_int": "int",
    "atomic_uint": "unsigned int",
    "atomic_long": "long",
    "atomic_ulong": "unsigned long",
    "atomic_llong": "long long",
    "atomic_ullong": "unsigned long long",
    "atomic_flag": "_Bool",
    "atomic_char16_t": "unsigned short",
    "atomic_char32_t": "unsigned int",
}
_ATOMIC_NAMES = ("wchar_t", "intptr_t", "uintptr_t", "size_t", "ptrdiff_t", "intmax_t", "uintmax_t")


def exact_widths(wide: str) -> dict[str, str]:
    """<stdint.h>'s names of exact and least widths; ``wide`` is the type of 64 bits."""
    names = {"bool": "_Bool"}
    for kind in ("int", "int_least"):
        for bits, key in ((8, "signed char"), (16, "short"), (32, "int"), (64, wide)):
            names[f"{kind}{bits}_t"] = key
            names[f"u{kind}{bits}_t"] = f"unsigned {key.removeprefix('signed ')}"
    return names


def fast(short: str, middle: str, wide: str) -> dict[str, str]:
    """The fast ones: ``short`` for 16 bits, ``middle`` for 32, ``wide`` for 64."""
    names = {}
    for bits, key in ((8, "signed char"), (16, short), (32, middle), (64, wide)):
        names[f"int_fast{bits}_t"] = key
        names[f"uint_fast{bits}_t"] = f"unsigned {key.removeprefix('signed ')}"
    return names


def _atomic(names: Mapping[str, str]) -> dict[str, str]:
    derived = {
        f"atomic_{name}": key
        for name, key in names.items()
        if name in _ATOMIC_NAMES or (name.endswith("_t") and name.startswith(("int_", "uint_")))
    }
    return {**_ATOMIC, **derived}


def table(scalars: Sizes, names: Mapping[str, str], *, atomics: bool = True) -> Sizes:
    """All names of an ABI with size and alignment; an atomic type aligns to its size."""
    atomic = _atomic(names) if atomics else {}
    return {
        **{name: scalars[key] for name, key in names.items()},
        **{name: (scalars[key][0], scalars[key][0]) for name, key in atomic.items()},
        **scalars,
    }


def unsigned(names: Mapping[str, str], *, char: bool = False) -> frozenset[str]:
    """The integer types of an ABI that are never negative; ``char`` whether a plain one is."""
    known = {**names, **_atomic(names), **{key: key for key in (*LP64, *ILP32)}}
    plain = ("_Bool", "char") if char else ("_Bool",)
    return frozenset(
        name for name, key in known.items() if key.startswith("unsigned") or key in plain
    )
