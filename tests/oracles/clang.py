"""Truth from a real clang: sizes, alignments and offsets read out of an object file.

The ``ziglang`` wheel brings clang 20 or newer with the headers of every target. Nothing is run: the
numbers are constants in the object. Each record gets a table of 64-bit words behind a magic
number, and each bit-field an object with that field alone set to all ones, whose bits show where
it lies. The magic words are found by searching, so ELF, COFF, Mach-O and wasm read alike.
"""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

MAGIC = 0x6C696E6577697365  # "linewise"
MAGIC_BITS = 0x6269746669656C64  # "bitfield"

# The target's own headers, as far as it has any: Microsoft's do not come with zig.
PRELUDE = """\
#define _WASI_EMULATED_SIGNAL
#define _WASI_EMULATED_PROCESS_CLOCKS
#include <stddef.h>
#include <stdint.h>
#include <stdbool.h>
#include <stdatomic.h>
#include <stdarg.h>
#if __has_include(<wchar.h>)
#include <wchar.h>
#endif
#if __has_include(<sys/types.h>)
#include <sys/types.h>
#endif
"""

TARGETS = (
    "x86_64-linux-gnu", "x86-linux-gnu", "aarch64-linux-gnu", "arm-linux-gnueabihf",
    "riscv64-linux-gnu", "aarch64-macos", "x86_64-windows-msvc", "x86_64-windows-gnu",
    "wasm32-wasi",
)  # fmt: skip


@dataclass(frozen=True)
class Member:
    """A member to ask for; ``bits`` for a bit-field, ``sized`` where sizeof may be taken."""

    name: str
    bits: bool = False
    sized: bool = True
    boolean: bool = False


@dataclass(frozen=True)
class Asked:
    """A record to ask for: how C names its type, and its members."""

    name: str
    members: tuple[Member, ...]


@dataclass(frozen=True)
class Truth:
    """What clang says: bytes, and for each member (bit offset, bytes or bits, is a bit-field)."""

    size: int
    align: int
    members: dict[str, tuple[int, int | None, bool]]


def ask(
    text: str,
    asked: Sequence[Asked],
    target: str,
    flags: Sequence[str] = (),
    *,
    prelude: str = PRELUDE,
) -> list[Truth]:
    """The truth about each record of ``text``, compiled by zig's clang for ``target``."""
    command = [sys.executable, "-m", "ziglang", "cc", "-target", target, *flags]
    # __declspec everywhere; ms_struct with a long double of 12 bytes is an error by default.
    command += ["-fdeclspec", "-Wno-incompatible-ms-struct"]
    return _ask(text, asked, command, prelude)


def ask_gcc(text: str, asked: Sequence[Asked], command: Sequence[str] = ("gcc",)) -> list[Truth]:
    """The same from gcc, the system's own or a cross compiler."""
    return _ask(text, asked, command)


def environment() -> dict[str, str]:
    """The environment that zig runs in: with caches of its own."""
    cache = Path(tempfile.gettempdir()) / f"linewise-zig-{os.getuid()}"
    folders = {"ZIG_GLOBAL_CACHE_DIR": cache / "global", "ZIG_LOCAL_CACHE_DIR": cache / "local"}
    return {**os.environ, **{name: str(path) for name, path in folders.items()}}


def _ask(
    text: str, asked: Sequence[Asked], command: Sequence[str], prelude: str = PRELUDE
) -> list[Truth]:
    unit = "\n".join(
        [prelude, text, *(_probe(index, record) for index, record in enumerate(asked))]
    )
    return _read(compiled(unit, [*command, "-std=gnu2x", "-O0", "-c"], "unit.c"), asked)


def compiled(unit: str, command: Sequence[str], name: str) -> bytes:
    """What a compiler makes of a source; raises RuntimeError with what it says."""
    with tempfile.TemporaryDirectory() as folder:
        source, binary = Path(folder) / name, Path(folder) / "unit.o"
        source.write_text(unit)
        run = subprocess.run(
            [*command, "-w", "-g0", "-fno-sanitize=all", str(source), "-o", str(binary)],
            capture_output=True, text=True, check=False,
            env=environment(),
        )  # fmt: skip
        if run.returncode:
            raise RuntimeError(run.stderr[:4000])
        return binary.read_bytes()


def _probe(index: int, record: Asked) -> str:
    name = record.name
    words = [f"{MAGIC}ull", f"{index}ull", f"sizeof({name})", f"_Alignof({name})"]
    out = []
    for member in record.members:
        if member.bits:
            value = 1 if member.boolean else -1
            out.append(
                "__attribute__((used)) const struct { unsigned long long magic, record; "
                f"{name} value; }} linewise_bits_{index}_{member.name} = "
                f"{{ {MAGIC_BITS}ull, {index}ull * 65536 + {len(out)}, "
                f"{{ .{member.name} = {value} }} }};"
            )
            continue
        words.append(f"__builtin_offsetof({name}, {member.name})")
        if member.sized:
            words.append(f"sizeof((({name} *)0)->{member.name})")
    table = f"__attribute__((used)) const unsigned long long linewise_{index}[] = "
    return "\n".join([f"{table}{{ {', '.join(words)} }};", *out])


def _found(data: bytes, magic: int) -> list[int]:
    needle, places, at = struct.pack("<Q", magic), [], -1
    while (at := data.find(needle, at + 1)) >= 0:
        places.append(at)
    return places


def _read(data: bytes, asked: Sequence[Asked]) -> list[Truth]:
    tables = {_word(data, at + 8): at + 16 for at in _found(data, MAGIC)}
    constants = {_word(data, at + 8): at for at in _found(data, MAGIC_BITS)}
    truths = []
    for index, record in enumerate(asked):
        at = tables[index]
        size, align = _word(data, at), _word(data, at + 8)
        at += 16
        members: dict[str, tuple[int, int | None, bool]] = {}
        ordinal = 0
        for member in record.members:
            if member.bits:
                start = constants[index * 65536 + ordinal] + -(-16 // align) * align
                number = int.from_bytes(data[start : start + size], "little")
                low = (number & -number).bit_length() - 1
                if number >> low != (1 << (number >> low).bit_length()) - 1:
                    raise RuntimeError(f"{record.name}.{member.name} is not one run of bits")
                members[member.name] = (low, number.bit_count(), True)
                ordinal += 1
                continue
            members[member.name] = (_word(data, at) * 8, None, False)
            at += 8
            if member.sized:
                members[member.name] = (members[member.name][0], _word(data, at), False)
                at += 8
        truths.append(Truth(size, align, members))
    return truths


def _word(data: bytes, at: int) -> int:
    return int(struct.unpack_from("<Q", data, at)[0])
