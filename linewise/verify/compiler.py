"""Asks a C compiler where it puts a record's fields, without running what it compiles.

The answers are constants: one array of 64-bit words per record (a magic word, the record's
number, its size and alignment, each field's offset and size), and for each bit-field a constant
record whose bits are all zero but for that field's. They are read from the object file's bytes,
so it works for every target and format a compiler can write.
"""

from __future__ import annotations

import os
import struct
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from layout import Layout
from linewise.errors import LinewiseError

# Two words that no compiler writes by itself: random, once.
RECORD_MAGIC = 0x6C77_8F1D_5A3E_C0B7
BITS_MAGIC = 0x6C77_B17F_1E1D_93A5
SECONDS = 60  # after which a compiler is given up


@dataclass(frozen=True, slots=True)
class Answer:
    """What the compiler says of one record: bytes, and (offset, size) or (bit, bits) by field."""

    size: int
    align: int
    fields: dict[str, tuple[int, int]]
    bit_fields: dict[str, tuple[int, int]]


def target(compiler: Sequence[str]) -> str:
    """The target triple that a compiler names (``-dumpmachine``), or '' if it does not say.

    ``gcc -m32`` still names the 64-bit target, so its macros have the last word.
    """
    triple = _said([*compiler, "-dumpmachine"]).strip()
    if not triple.startswith("x86_64"):
        return triple
    macros = _said([*compiler, "-dM", "-E", "-x", "c", os.devnull])
    if "#define __i386__ 1" in macros:
        return f"i386{triple.removeprefix('x86_64')}"
    return f"{triple}x32" if "#define __ILP32__ 1" in macros else triple


def _said(command: Sequence[str]) -> str:
    """What a compiler prints, or '' when it fails."""
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, errors="replace", timeout=SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout if done.returncode == 0 else ""


def ask(compiler: Sequence[str], header: Path, layouts: Sequence[Layout]) -> list[Answer]:
    """Compile a header with probes and read the compiler's answer for each record.

    ``layouts`` say which fields to ask for. Raises LinewiseError with the compiler's first
    complaint when the header does not compile on its own.
    """
    with tempfile.TemporaryDirectory(prefix="linewise-verify-") as folder:
        probe, result = Path(folder) / "probe.c", Path(folder) / "probe.o"
        probe.write_text(probe_text(header, layouts), encoding="utf-8")
        command = [*compiler, "-c", "-w", "-fno-lto", "-o", str(result), str(probe)]
        try:
            done = subprocess.run(
                command,
                capture_output=True,
                text=True,
                errors="replace",  # a compiler quotes the source, whatever bytes it holds
                timeout=SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise LinewiseError(f"{compiler[0]}: {error}; name another with --cc") from None
        if done.returncode != 0:
            complaints = [line for line in done.stderr.splitlines() if "error" in line]
            said = complaints[0] if complaints else f"exit code {done.returncode}"
            raise LinewiseError(f"the compiler refuses it: {said.replace(folder, '.')}")
        return read_answers(result.read_bytes(), layouts)


def probe_text(header: Path, layouts: Sequence[Layout]) -> str:
    """The C source that makes a compiler state its layout of each record."""
    out = [f'#include "{header.resolve()}"']
    for number, placed in enumerate(layouts):
        name = placed.record.name
        words = [f"{RECORD_MAGIC}ull", f"{number}ull", f"sizeof({name})", f"_Alignof({name})"]
        for field in placed.fields:
            if field.bit_width is None:
                words.append(f"__builtin_offsetof({name}, {field.name})")
                # A flexible array has no sizeof.
                flexible = field.type.endswith("[]")
                words.append("0" if flexible else f"sizeof((({name} *)0)->{field.name})")
        out.append(f"const unsigned long long linewise_record_{number}[] = {{{', '.join(words)}}};")
        for index, field in enumerate(placed.fields):
            if field.bit_width is not None:
                magic = f"{BITS_MAGIC}ull, {number << 32 | index}ull"
                out.append(
                    f"const struct {{ unsigned long long magic[2]; {name} value; }} "
                    f"linewise_bits_{number}_{index} = {{{{{magic}}}, {{.{field.name} = -1}}}};"
                )
    return "\n".join(out) + "\n"


def read_answers(data: bytes, layouts: Sequence[Layout]) -> list[Answer]:
    """Find the constants of ``probe_text`` in an object file (little-endian targets)."""
    answers = []
    for number, placed in enumerate(layouts):
        plain = [field.name for field in placed.fields if field.bit_width is None]
        words = _words(data, RECORD_MAGIC, number, 2 + 2 * len(plain))
        size, align, *places = words
        pairs = zip(plain, zip(places[::2], places[1::2], strict=True), strict=True)
        bits = {
            field.name: _bits(data, number << 32 | index, size, align)
            for index, field in enumerate(placed.fields)
            if field.bit_width is not None
        }
        answers.append(Answer(size, align, dict(pairs), bits))
    return answers


def _find(data: bytes, magic: int, key: int) -> int:
    at = data.find(struct.pack("<QQ", magic, key))
    if at < 0:
        raise LinewiseError("the object file does not hold the probe; is the compiler for C?")
    return at


def _words(data: bytes, magic: int, key: int, count: int) -> tuple[int, ...]:
    at = _find(data, magic, key) + 16
    if at + 8 * count > len(data):
        raise LinewiseError("the object file is cut off")
    return struct.unpack_from(f"<{count}Q", data, at)


def _bits(data: bytes, key: int, size: int, align: int) -> tuple[int, int]:
    """First bit and number of bits that are set in a bit-field's constant."""
    at = _find(data, BITS_MAGIC, key) + -(-16 // align) * align
    value = int.from_bytes(data[at : at + size], "little")
    if value == 0:
        return 0, 0
    first = (value & -value).bit_length() - 1
    return first, (value >> first).bit_length()
