"""macOS on Apple silicon.

*Apple* is the article "Writing ARM64 code for Apple platforms" in Apple's developer documentation,
which says where the platform leaves AAPCS64. The names are those of the SDK's headers.
"""

from __future__ import annotations

from layout.abis.names import LP64, Sizes, exact_widths, fast, table, unsigned
from layout.model import Abi

__all__ = ["ROWS"]

_SCALARS: Sizes = {
    **LP64,
    "_Float16": (2, 2),
    "__bf16": (2, 2),
    "__fp16": (2, 2),
    "long double": (8, 8),
}
_NAMES = {
    **exact_widths("long long"),
    **fast("short", "int", "long long"),
    "intptr_t": "long",
    "uintptr_t": "unsigned long",
    "intmax_t": "long",
    "uintmax_t": "unsigned long",
    "size_t": "unsigned long",
    "ssize_t": "long",
    "ptrdiff_t": "long",
    "wchar_t": "int",
    "wint_t": "int",
    "off_t": "long long",
    "time_t": "long",
    "clock_t": "unsigned long",
    "suseconds_t": "int",
    "useconds_t": "unsigned int",
    "clockid_t": "unsigned int",
    "pid_t": "int",
    "uid_t": "unsigned int",
    "gid_t": "unsigned int",
    "id_t": "unsigned int",
    "key_t": "int",
    "mode_t": "unsigned short",
    "dev_t": "int",
    "ino_t": "unsigned long long",
    "ino64_t": "unsigned long long",
    "nlink_t": "unsigned short",
    "blksize_t": "int",
    "blkcnt_t": "long long",
    "fsblkcnt_t": "unsigned int",
    "fsfilcnt_t": "unsigned int",
    "rlim_t": "unsigned long long",
    "socklen_t": "unsigned int",
    "sa_family_t": "unsigned char",
    "in_addr_t": "unsigned int",
    "in_port_t": "unsigned short",
    "sig_atomic_t": "int",
    "pthread_t": "pointer",
    "pthread_key_t": "unsigned long",
    "u_char": "unsigned char",
    "u_short": "unsigned short",
    "u_int": "unsigned int",
    "u_long": "unsigned long",
    "u_int8_t": "unsigned char",
    "u_int16_t": "unsigned short",
    "u_int32_t": "unsigned int",
    "u_int64_t": "unsigned long long",
    "uint": "unsigned int",
    "ushort": "unsigned short",
    "quad_t": "long long",
    "u_quad_t": "unsigned long long",
    "register_t": "long long",
    "__int128_t": "__int128",
    "__uint128_t": "unsigned __int128",
}
AARCH64_MACOS = Abi(
    name="aarch64-macos",
    title="Apple, arm64",
    aliases=("macos", "apple", "apple-silicon"),
    scalars={**table(_SCALARS, _NAMES), "va_list": (8, 8), "max_align_t": (8, 8)},
    line=128,  # sysctl hw.cachelinesize on Apple silicon
    maximum_vector_align=16,
    unnamed_bit_fields_align=False,
    unsigned=unsigned(_NAMES),
    sources={
        "scalars": "Apple, Handle data types and data alignment properly: char and wchar_t are"
        " signed, long double is a double",
        "aggregates": "AAPCS64 5.9, Composite Types",
        "bit-fields": "AAPCS64 10.1.8, but unnamed ones do not affect the alignment: clang,"
        " DarwinAArch64TargetInfo",
        "va_list": "Apple, Update code that passes arguments to variadic functions: a pointer",
        "line": "sysctl hw.cachelinesize",
    },
)

ROWS = (AARCH64_MACOS,)
