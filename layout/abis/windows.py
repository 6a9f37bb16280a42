"""Windows on x86-64: Microsoft's compiler, and MinGW-w64.

*Microsoft* is the C language reference and the x64 software conventions on learn.microsoft.com;
*GCC manual* its sections "x86 Type Attributes" (``ms_struct``) and "x86 Windows Options"
(``-mms-bitfields``). The names for MSVC are those of the UCRT's headers, as documented; those for
MinGW of mingw-w64's.
"""

from __future__ import annotations

from layout.abis.names import LLP64, Sizes, exact_widths, fast, table, unsigned
from layout.model import Abi

__all__ = ["ROWS"]

_BOTH = {
    **exact_widths("long long"),
    "intptr_t": "long long",
    "uintptr_t": "unsigned long long",
    "intmax_t": "long long",
    "uintmax_t": "unsigned long long",
    "size_t": "unsigned long long",
    "ptrdiff_t": "long long",
    "wchar_t": "unsigned short",
    "wint_t": "unsigned short",
    "char16_t": "unsigned short",
    "char32_t": "unsigned int",
    "time_t": "long long",
    "clock_t": "long",
    "off_t": "long",
    "dev_t": "unsigned int",
    "ino_t": "unsigned short",
    "sig_atomic_t": "int",
    "__int8": "char",
    "__int16": "short",
    "__int32": "int",
    "__int64": "long long",
    "__int128_t": "__int128",
    "__uint128_t": "unsigned __int128",
}
_HALVES: Sizes = {"_Float16": (2, 2), "__bf16": (2, 2)}

_MSVC: Sizes = {**LLP64, **_HALVES, "long double": (8, 8)}
_MSVC_NAMES = {**_BOTH, **fast("int", "int", "long long")}
MSVC = Abi(
    name="x86_64-windows-msvc",
    title="Microsoft, x64",
    aliases=("msvc", "x64-windows", "win64"),
    scalars={**table(_MSVC, _MSVC_NAMES), "va_list": (8, 8), "max_align_t": (8, 8)},
    rules="microsoft",
    unnamed_bit_fields_align=True,
    int_enums=True,
    unsigned=unsigned(_MSVC_NAMES),
    sources={
        "scalars": "Microsoft, x64 ABI conventions, Types and storage: long is 32 bits, long"
        " double is a double",
        "aggregates": "Microsoft, x64 ABI conventions, Structure alignment; pack pragma; align"
        " (__declspec); clang, MicrosoftRecordLayoutBuilder",
        "bit-fields": "Microsoft, C Bit Fields, and Storage and Alignment of Structures: packed"
        " into one unit if the types are of the same size and the next one fits",
        "enumerations": "Microsoft, C enumeration declarations: an int",
        "va_list": "a pointer: vadefs.h",
    },
)

_MINGW: Sizes = {
    **LLP64,
    **_HALVES,
    "long double": (16, 16),
    "__float128": (16, 16),
}
_MINGW_NAMES = {
    **_BOTH,
    **fast("short", "int", "long long"),
    "ssize_t": "long long",
    "off64_t": "long long",
    "useconds_t": "unsigned int",
    "clockid_t": "int",
    "pid_t": "long long",
    "mode_t": "unsigned short",
    "pthread_t": "unsigned long long",
    "pthread_key_t": "unsigned int",
    "pthread_once_t": "long",
}
MINGW = Abi(
    name="x86_64-windows-gnu",
    title="MinGW-w64, x64",
    aliases=("mingw", "mingw-w64", "x86_64-w64-mingw32", "x86_64-pc-windows-gnu"),
    scalars={**table(_MINGW, _MINGW_NAMES), "va_list": (8, 8), "max_align_t": (32, 16)},
    rules="ms_struct",
    unnamed_bit_fields_align=False,
    unsigned=unsigned(_MINGW_NAMES),
    sources={
        "scalars": "Microsoft, x64 ABI conventions, Types and storage; long double stays x87's, in"
        " 16 bytes",
        "aggregates": "GCC manual, x86 Type Attributes",
        "bit-fields": "GCC manual, x86 Type Attributes, ms_struct, which -mms-bitfields makes the"
        " default for this target",
        "enumerations": "GCC manual, Structures, Unions, Enumerations, and Bit-Fields",
        "va_list": "a pointer: vadefs.h",
    },
)

ROWS = (MSVC, MINGW)
