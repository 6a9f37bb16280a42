"""WebAssembly of 32 bits with WASI.

*Basic C ABI* is the document of that name among WebAssembly's tool conventions. The names are those
of wasi-libc's headers.
"""

from __future__ import annotations

from layout.abis.names import ILP32, MAXIMUM_32, Sizes, exact_widths, fast, table, unsigned
from layout.model import Abi

__all__ = ["ROWS"]

_SCALARS: Sizes = {
    **ILP32,
    "__int128": (16, 16),
    "unsigned __int128": (16, 16),
    "long double": (16, 16),
    "__float128": (16, 16),
    "__fp16": (2, 2),
}
_NAMES = {
    **exact_widths("long long"),
    **fast("short", "int", "long long"),
    "intptr_t": "long",
    "uintptr_t": "unsigned long",
    "intmax_t": "long long",
    "uintmax_t": "unsigned long long",
    "size_t": "unsigned long",
    "ssize_t": "long",
    "ptrdiff_t": "long",
    "wchar_t": "int",
    "wint_t": "int",
    "char16_t": "unsigned short",
    "char32_t": "unsigned int",
    "off_t": "long long",
    "off64_t": "long long",
    "time_t": "long long",
    "clock_t": "long long",
    "suseconds_t": "long long",
    "useconds_t": "unsigned int",
    "clockid_t": "pointer",
    "pid_t": "int",
    "uid_t": "unsigned int",
    "gid_t": "unsigned int",
    "id_t": "unsigned int",
    "key_t": "int",
    "mode_t": "unsigned int",
    "dev_t": "unsigned long long",
    "ino_t": "unsigned long long",
    "ino64_t": "unsigned long long",
    "nlink_t": "unsigned long long",
    "blksize_t": "long",
    "blkcnt_t": "long long",
    "fsblkcnt_t": "unsigned long long",
    "fsfilcnt_t": "unsigned long long",
    "socklen_t": "unsigned int",
    "sa_family_t": "unsigned short",
    "in_addr_t": "unsigned int",
    "in_port_t": "unsigned short",
    "sig_atomic_t": "long",
    "pthread_t": "pointer",
    "pthread_key_t": "unsigned int",
    "pthread_once_t": "int",
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
    "ulong": "unsigned long",
    "quad_t": "long long",
    "u_quad_t": "unsigned long long",
    "register_t": "long long",
    "__int128_t": "__int128",
    "__uint128_t": "unsigned __int128",
}
WASM32 = Abi(
    name="wasm32-wasi",
    title="WebAssembly, 32 bits",
    aliases=("wasm32", "wasm", "wasi"),
    scalars={**table(_SCALARS, _NAMES), "va_list": (4, 4), "max_align_t": (32, 16)},
    unnamed_bit_fields_align=False,
    unsigned=unsigned(_NAMES),
    maximum_atomic=8,
    maximum_size=MAXIMUM_32,
    sources={
        "scalars": "Basic C ABI, Data Representation, Scalar Types",
        "aggregates": "Basic C ABI, Data Representation, Aggregates and Unions",
        "bit-fields": "Basic C ABI, Data Representation, Bitfields",
        "va_list": "Basic C ABI, Function Calling Sequence: a pointer",
        "line": "that of the processors it runs on",
    },
)

ROWS = (WASM32,)
