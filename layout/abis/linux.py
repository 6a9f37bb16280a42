"""Linux with glibc: x86-64, i386, AArch64, Arm and RISC-V.

Documents: *psABI* is the System V ABI, AMD64 Architecture Processor Supplement, version 1.0;
*i386 psABI* the Intel386 Architecture Processor Supplement, 1.1; *AAPCS64* and *AAPCS32* the
Procedure Call Standards for the Arm 64-bit Architecture and the Arm Architecture, release 2024Q3;
*RISC-V psABI* the RISC-V ABIs Specification, 1.0. What none of them states (GNU attributes,
``#pragma pack``) is what gcc and clang do for the target. The names are those of glibc's headers
with neither _FILE_OFFSET_BITS nor _TIME_BITS defined.
"""

from __future__ import annotations

from layout.abis.names import ILP32, LP64, MAXIMUM_32, Sizes, exact_widths, fast, table, unsigned
from layout.model import Abi

__all__ = ["ROWS"]

# bits/types.h and bits/typesizes.h of glibc, where the size of a word makes no difference.
_ANY = {
    "useconds_t": "unsigned int",
    "clockid_t": "int",
    "pid_t": "int",
    "uid_t": "unsigned int",
    "gid_t": "unsigned int",
    "id_t": "unsigned int",
    "key_t": "int",
    "mode_t": "unsigned int",
    "socklen_t": "unsigned int",
    "sa_family_t": "unsigned short",
    "in_addr_t": "unsigned int",
    "in_port_t": "unsigned short",
    "sig_atomic_t": "int",
    "wint_t": "unsigned int",
    "char8_t": "unsigned char",
    "char16_t": "unsigned short",
    "char32_t": "unsigned int",
    # <sys/types.h>
    "u_char": "unsigned char",
    "u_short": "unsigned short",
    "u_int": "unsigned int",
    "u_long": "unsigned long",
    "u_int8_t": "unsigned char",
    "u_int16_t": "unsigned short",
    "u_int32_t": "unsigned int",
    "uint": "unsigned int",
    "ushort": "unsigned short",
    "ulong": "unsigned long",
    # <linux/types.h>
    "__s8": "signed char",
    "__u8": "unsigned char",
    "__s16": "short",
    "__u16": "unsigned short",
    "__s32": "int",
    "__u32": "unsigned int",
    "__s64": "long long",
    "__u64": "unsigned long long",
    # <math.h>, <floatn.h>
    "_Float32": "float",
    "_Float64": "double",
    "_Float32x": "double",
    # the words of the machine: bits/typesizes.h's SYSCALL_SLONG and ULONG types
    "off_t": "long",
    "time_t": "long",
    "clock_t": "long",
    "suseconds_t": "long",
    "ino_t": "unsigned long",
    "nlink_t": "unsigned int",
    "blksize_t": "long",
    "blkcnt_t": "long",
    "fsblkcnt_t": "unsigned long",
    "fsfilcnt_t": "unsigned long",
    "rlim_t": "unsigned long",
    "pthread_t": "unsigned long",
    "pthread_key_t": "unsigned int",
    "pthread_once_t": "int",
}
_LP64 = {
    **_ANY,
    **exact_widths("long"),
    **fast("long", "long", "long"),  # bits/stdint.h, __WORDSIZE == 64
    "intptr_t": "long",
    "uintptr_t": "unsigned long",
    "intmax_t": "long",
    "uintmax_t": "unsigned long",
    "size_t": "unsigned long",
    "ssize_t": "long",
    "ptrdiff_t": "long",
    "wchar_t": "int",
    "off64_t": "long",
    "loff_t": "long",
    "dev_t": "unsigned long",
    "ino64_t": "unsigned long",
    "u_int64_t": "unsigned long",
    "quad_t": "long",
    "u_quad_t": "unsigned long",
    "register_t": "long",
    # predefined by gcc and clang
    "__int128_t": "__int128",
    "__uint128_t": "unsigned __int128",
    "_Float64x": "long double",
}
_ILP32 = {
    **_ANY,
    **exact_widths("long long"),
    **fast("int", "int", "long long"),
    "intptr_t": "int",
    "uintptr_t": "unsigned int",
    "intmax_t": "long long",
    "uintmax_t": "unsigned long long",
    "size_t": "unsigned int",
    "ssize_t": "int",
    "ptrdiff_t": "int",
    "wchar_t": "int",
    "off64_t": "long long",
    "loff_t": "long long",
    "dev_t": "unsigned long long",
    "ino64_t": "unsigned long long",
    "u_int64_t": "unsigned long long",
    "quad_t": "long long",
    "u_quad_t": "unsigned long long",
    "register_t": "int",
}
_HALVES: Sizes = {"_Float16": (2, 2), "__bf16": (2, 2)}

# psABI 3.1.2, figure 3.1.
_X86_64: Sizes = {**LP64, **_HALVES, "long double": (16, 16), "__float128": (16, 16)}
_X86_64_NAMES = {**_LP64, "nlink_t": "unsigned long"}
X86_64 = Abi(
    name="x86_64-linux-gnu",
    title="System V, x86-64",
    aliases=("x86-64", "x86_64", "amd64", "x86_64-unknown-linux-gnu", "x86_64-pc-linux-gnu"),
    scalars={
        **table(_X86_64, _X86_64_NAMES),
        "va_list": (24, 8),  # psABI 3.5.7, figure 3.34
        "max_align_t": (32, 16),
    },
    unnamed_bit_fields_align=False,
    unsigned=unsigned(_X86_64_NAMES),
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

# i386 psABI, table 2.1: what is wider than a word aligns to a word, except __float128 and vectors.
_X86: Sizes = {
    **ILP32,
    **_HALVES,
    "long long": (8, 4),
    "unsigned long long": (8, 4),
    "double": (8, 4),
    "long double": (12, 4),
    "__float128": (16, 16),
}
_X86_NAMES = {**_ILP32, "_Float64x": "long double"}
X86 = Abi(
    name="x86-linux-gnu",
    title="System V, i386",
    aliases=("x86", "i386", "i486", "i586", "i686", "ia32"),
    scalars={
        **table(_X86, _X86_NAMES),
        "va_list": (4, 4),
        "max_align_t": (24, 8),  # gcc's stddef.h gives its members their preferred alignment
    },
    unnamed_bit_fields_align=False,
    unsigned=unsigned(_X86_NAMES),
    maximum_atomic=8,
    maximum_size=MAXIMUM_32,
    sources={
        "scalars": "i386 psABI, Data Representation, Fundamental Types, table 2.1: double and long"
        " long align to 4, long double is 12 bytes",
        "aggregates": "i386 psABI, Data Representation, Aggregates and Unions",
        "bit-fields": "i386 psABI, Data Representation, Bit-Fields: as on x86-64, with the"
        " alignment of the declared type, which is 4 for long long",
        "atomics": "gcc 11 and later, clang: _Atomic aligns to the size",
        "va_list": "i386 psABI, Variable Argument Lists: a pointer",
    },
)

_AARCH64: Sizes = {**LP64, **_HALVES, "__fp16": (2, 2), "long double": (16, 16)}
_AARCH64_NAMES = {**_LP64, "wchar_t": "unsigned int", "blksize_t": "int"}
AARCH64 = Abi(
    name="aarch64-linux-gnu",
    title="AAPCS64",
    aliases=("aarch64", "arm64", "arm64-linux-gnu", "aarch64-unknown-linux-gnu"),
    scalars={
        **table(_AARCH64, _AARCH64_NAMES),
        "va_list": (32, 8),  # AAPCS64 10.1.5
        "max_align_t": (32, 16),
    },
    maximum_vector_align=16,
    unnamed_bit_fields_align=True,
    unsigned=unsigned(_AARCH64_NAMES, char=True),
    sources={
        "scalars": "AAPCS64 5.1, Fundamental Data Types, and 10.1.2, Arithmetic types: char and"
        " wchar_t are unsigned",
        "aggregates": "AAPCS64 5.9, Composite Types",
        "bit-fields": "AAPCS64 10.1.8, Bit-fields: 10.1.8.1 the container of the declared type"
        " contributes to the alignment of the aggregate, also for unnamed and zero-width ones",
        "va_list": "AAPCS64 10.1.5",
    },
)

_ARM: Sizes = {**ILP32, **_HALVES, "__fp16": (2, 2), "long double": (8, 8)}
_ARM_NAMES = {**_ILP32, "wchar_t": "unsigned int"}
ARM = Abi(
    name="arm-linux-gnueabihf",
    title="AAPCS32, hard float",
    aliases=("arm", "arm32", "armhf", "armv7", "armv7l", "armv7a"),
    scalars={**table(_ARM, _ARM_NAMES), "va_list": (4, 4), "max_align_t": (16, 8)},
    maximum_align=8,
    maximum_vector_align=8,
    maximum_atomic=8,
    maximum_size=MAXIMUM_32,
    unnamed_bit_fields_align=True,
    unsigned=unsigned(_ARM_NAMES, char=True),
    sources={
        "scalars": "AAPCS32 5.1, Fundamental Data Types, and 8.1, Data Types: char and wchar_t are"
        " unsigned, long double is a double, nothing aligns to more than 8",
        "aggregates": "AAPCS32 5.3, Composite Types",
        "bit-fields": "AAPCS32 5.3.4 and 8.1, Bit-fields: as AAPCS64 10.1.8",
        "va_list": "AAPCS32 8.1: a structure that holds one pointer",
    },
)

_RISCV64: Sizes = {**LP64, **_HALVES, "long double": (16, 16)}
_RISCV64_NAMES = {**_LP64, "blksize_t": "int"}
RISCV64 = Abi(
    name="riscv64-linux-gnu",
    title="RISC-V, LP64D",
    aliases=("riscv64", "riscv64gc", "rv64", "rv64gc"),
    scalars={**table(_RISCV64, _RISCV64_NAMES), "va_list": (8, 8), "max_align_t": (32, 16)},
    unnamed_bit_fields_align=False,
    unsigned=unsigned(_RISCV64_NAMES, char=True),
    sources={
        "scalars": "RISC-V psABI, Calling Conventions, C/C++ type details: char is unsigned, "
        "wchar_t is signed",
        "aggregates": "RISC-V psABI, C/C++ type details",
        "bit-fields": "RISC-V psABI, Integer Calling Convention: one that would span the alignment"
        " boundary of its type begins at the next boundary",
        "va_list": "RISC-V psABI, C/C++ type details: a pointer",
    },
)

ROWS = (X86_64, X86, AARCH64, ARM, RISCV64)
