"""The target ABIs: one row each.

Documents: *psABI* is the System V ABI, AMD64 Architecture Processor Supplement, version 1.0;
*AAPCS64* is the Procedure Call Standard for the Arm 64-bit Architecture, release 2024Q3. What
neither states (GNU attributes, ``#pragma pack``) is what gcc and clang do for the target.
"""

from __future__ import annotations

import difflib

from layout.errors import LayoutError
from layout.goabis import GO_ABIS
from layout.model import Abi

__all__ = ["ABIS", "DEFAULT_ABI", "STANDARD_NAMES", "UNSIGNED", "find_abi"]

DEFAULT_ABI = "x86_64-linux-gnu"

# psABI section 3.1.2, figure 3.1; AAPCS64 sections 5.1 and 10.1.2: LP64 alike on both.
_LP64: dict[str, tuple[int, int]] = {
    "_Bool": (1, 1),
    "char": (1, 1),
    "signed char": (1, 1),
    "unsigned char": (1, 1),
    "short": (2, 2),
    "unsigned short": (2, 2),
    "int": (4, 4),
    "unsigned int": (4, 4),
    "long": (8, 8),
    "unsigned long": (8, 8),
    "long long": (8, 8),
    "unsigned long long": (8, 8),
    "__int128": (16, 16),
    "unsigned __int128": (16, 16),
    "_Float16": (2, 2),
    "float": (4, 4),
    "double": (8, 8),
    "long double": (16, 16),
    "pointer": (8, 8),
}

# Names that the C library's headers declare. <stdint.h> fixes the exact widths; the "fast" ones
# are those of glibc on 64 bits (its bits/stdint.h, __WORDSIZE == 64).
_GLIBC_LP64: dict[str, str] = {
    "bool": "_Bool",
    **{f"{sign}int{bits}_t": f"{word}{name}" for sign, word in (("", ""), ("u", "unsigned "))
       for bits, name in ((16, "short"), (32, "int"), (64, "long"))},
    **{f"{sign}int_least{bits}_t": f"{word}{name}" for sign, word in (("", ""), ("u", "unsigned "))
       for bits, name in ((16, "short"), (32, "int"), (64, "long"))},
    **{f"{sign}int_fast{bits}_t": f"{word}long" for sign, word in (("", ""), ("u", "unsigned "))
       for bits in (16, 32, 64)},
    "int8_t": "signed char",
    "uint8_t": "unsigned char",
    "int_least8_t": "signed char",
    "uint_least8_t": "unsigned char",
    "int_fast8_t": "signed char",
    "uint_fast8_t": "unsigned char",
    "intptr_t": "long",
    "uintptr_t": "unsigned long",
    "intmax_t": "long",
    "uintmax_t": "unsigned long",
    "size_t": "unsigned long",
    "ssize_t": "long",
    "ptrdiff_t": "long",
    "wchar_t": "int",
    "wint_t": "unsigned int",
    "char8_t": "unsigned char",
    "char16_t": "unsigned short",
    "char32_t": "unsigned int",
    "off_t": "long",
    "off64_t": "long",
    "time_t": "long",
    "clock_t": "long",
    "suseconds_t": "long",
    "useconds_t": "unsigned int",
    "clockid_t": "int",
    "pid_t": "int",
    "uid_t": "unsigned int",
    "gid_t": "unsigned int",
    "mode_t": "unsigned int",
    "dev_t": "unsigned long",
    "ino_t": "unsigned long",
    "socklen_t": "unsigned int",
    "sa_family_t": "unsigned short",
    "in_addr_t": "unsigned int",
    "in_port_t": "unsigned short",
    "sig_atomic_t": "int",
    "pthread_t": "unsigned long",
    # <linux/types.h>
    **{f"__{sign}{bits}": f"{word}{name}" for sign, word in (("s", ""), ("u", "unsigned "))
       for bits, name in ((16, "short"), (32, "int"), (64, "long long"))},
    "__s8": "signed char",
    "__u8": "unsigned char",
    # predefined by gcc and clang
    "__int128_t": "__int128",
    "__uint128_t": "unsigned __int128",
    # <math.h>, <floatn.h>
    "_Float32": "float",
    "_Float64": "double",
    "_Float32x": "double",
    "_Float64x": "long double",
}  # fmt: skip

_ATOMIC = {
    **{f"atomic_{name}": key for name, key in (
        ("bool", "_Bool"), ("char", "char"), ("schar", "signed char"), ("uchar", "unsigned char"),
        ("short", "short"), ("ushort", "unsigned short"), ("int", "int"), ("uint", "unsigned int"),
        ("long", "long"), ("ulong", "unsigned long"), ("llong", "long long"),
        ("ullong", "unsigned long long"), ("flag", "_Bool"), ("wchar_t", "int"),
        ("char16_t", "unsigned short"), ("char32_t", "unsigned int"),
    )},
    **{f"atomic_{name}": _GLIBC_LP64[name] for name in _GLIBC_LP64
       if name.startswith(("int_", "uint_")) or name in ("intptr_t", "uintptr_t", "size_t",
                                                         "ptrdiff_t", "intmax_t", "uintmax_t")},
}  # fmt: skip

# max_align_t: gcc's stddef.h, a long long and a long double.
_NAMES = {**_LP64, **{name: _LP64[key] for name, key in {**_GLIBC_LP64, **_ATOMIC}.items()},
          "max_align_t": (32, 16)}  # fmt: skip

# Names that need no declaration in the file, on any ABI of the table. What one ABI has and another
# lacks is refused when it is placed.
STANDARD_NAMES = frozenset(_NAMES) - set(_LP64) | {"va_list", "__float128", "nlink_t", "blksize_t",
                                                   "blkcnt_t", "__bf16", "__fp16"}  # fmt: skip

# Integer types whose values are never negative; char and wchar_t are neither here nor signed.
UNSIGNED = frozenset(
    name
    for name, key in {**{key: key for key in _LP64}, **_GLIBC_LP64, **_ATOMIC}.items()
    if key.startswith("unsigned") or key == "_Bool"
)

X86_64_LINUX_GNU = Abi(
    name="x86_64-linux-gnu",
    title="System V, x86-64",
    aliases=("x86-64", "x86_64", "amd64", "x86_64-unknown-linux-gnu", "x86_64-pc-linux-gnu"),
    scalars={
        **_NAMES,
        "__float128": (16, 16),
        "__bf16": (2, 2),
        "va_list": (24, 8),  # psABI 3.5.7, figure 3.34
        "nlink_t": (8, 8),
        "blksize_t": (8, 8),
        "blkcnt_t": (8, 8),
    },
    unnamed_bit_fields_align=False,
    sources={
        "scalars": "psABI 3.1.2, Fundamental Types, figure 3.1",
        "aggregates": "psABI 3.1.2, Aggregates and Unions: a structure is aligned as its most"
        " strictly aligned member; each member at the lowest offset of its alignment",
        "bit-fields": "psABI 3.1.2, Bit-Fields: allocated from right to left, contained in a"
        " storage unit of the declared type, may share it; unnamed ones do not affect the"
        " alignment of a structure or union",
        "va_list": "psABI 3.5.7, figure 3.34",
    },
)

AARCH64_LINUX_GNU = Abi(
    name="aarch64-linux-gnu",
    title="AAPCS64",
    aliases=("aarch64", "arm64", "arm64-linux-gnu", "aarch64-unknown-linux-gnu"),
    scalars={
        **_NAMES,
        "__bf16": (2, 2),
        "__fp16": (2, 2),
        "va_list": (32, 8),  # AAPCS64 10.1.5
        "nlink_t": (4, 4),
        "blksize_t": (4, 4),
        "blkcnt_t": (8, 8),
    },
    maximum_vector_align=16,
    unnamed_bit_fields_align=True,
    sources={
        "scalars": "AAPCS64 5.1, Fundamental Data Types, and 10.1.2, Arithmetic types",
        "aggregates": "AAPCS64 5.9, Composite Types",
        "bit-fields": "AAPCS64 10.1.8, Bit-fields: 10.1.8.1 the container of the declared type"
        " contributes to the alignment of the aggregate, also for unnamed and zero-width ones",
        "va_list": "AAPCS64 10.1.5",
    },
)

ABIS: dict[str, Abi] = {abi.name: abi for abi in (X86_64_LINUX_GNU, AARCH64_LINUX_GNU, *GO_ABIS)}


def find_abi(name: str | Abi) -> Abi:
    """The row of that triple or alias. Raises LayoutError that names the nearest ones."""
    if isinstance(name, Abi):
        return name
    wanted = name.strip().lower()
    for abi in ABIS.values():
        if wanted == abi.name or wanted in abi.aliases:
            return abi
    spellings = [spelling for abi in ABIS.values() for spelling in (abi.name, *abi.aliases)]
    near = difflib.get_close_matches(wanted, spellings, 1)
    hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(ABIS)}"
    raise LayoutError(f"{name[:80]!r}: unknown ABI; {hint}")
