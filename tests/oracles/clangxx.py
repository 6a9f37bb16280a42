"""Truth from a real clang for C++: sizes, offsets, the places of bases and of bit-fields.

As `tests.oracles.clang`, with what a class needs: private members are opened by a flag, a base's
offset is the difference of two addresses of an object that is only declared, and a bit-field's
place is what a function returns that sets it in zeroed bytes and looks for the bits. All are
constants in the optimiser's output, which is text that reads alike for every target.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.oracles.clang import Member, compiled

PRELUDE = """\
#include <stddef.h>
#include <stdint.h>
#include <stdarg.h>
#include <sys/types.h>
#include <cstddef>
#include <cstdint>
#include <utility>
typedef unsigned long long linewise_word;
struct linewise_bits { linewise_word low = 0, count = 0, end = 0; };
__attribute__((always_inline)) inline void linewise_look(
    linewise_bits &found, const unsigned char *bytes, linewise_word at) {
  const unsigned char *b = bytes + at * 8;
  linewise_word word = b[0] | (linewise_word)b[1] << 8 | (linewise_word)b[2] << 16 |
      (linewise_word)b[3] << 24 | (linewise_word)b[4] << 32 | (linewise_word)b[5] << 40 |
      (linewise_word)b[6] << 48 | (linewise_word)b[7] << 56;
  if (word && !found.count) found.low = at * 64 + __builtin_ctzll(word);
  if (word) found.end = at * 64 + 64 - __builtin_clzll(word);
  found.count += __builtin_popcountll(word);
}
template <std::size_t... W>
__attribute__((always_inline)) inline linewise_word linewise_find(
    const unsigned char *bytes, std::index_sequence<W...>) {
  linewise_bits found;
  (linewise_look(found, bytes, W), ...);
  return found.low | found.count << 24 | found.end << 36;
}
"""
FLAGS = ["-std=c++20", "-fno-strict-aliasing", "-fno-access-control"]
TABLE = re.compile(r"@linewise_(\d+) = .*?constant \[\d+ x i64\] \[(.*?)\]")
BITS = re.compile(r"define [^@]*i64 @linewise_bits_(\d+)_(\d+)\(\)[^{]*\{\s*ret i64 (\d+)")


@dataclass(frozen=True)
class AskedClass:
    """A class to ask for, its members, and those of its bases that can be named."""

    name: str
    members: tuple[Member, ...] = ()
    bases: tuple[str, ...] = ()


@dataclass(frozen=True)
class ClassTruth:
    """Bytes, and for each member (bit offset, bytes or bits, is a bit-field), bases by name."""

    size: int
    align: int
    members: dict[str, tuple[int, int | None, bool]]
    bases: dict[str, int]


def ask(text: str, asked: Sequence[AskedClass], target: str) -> list[ClassTruth]:
    """The truth about each class of ``text``, compiled by zig's clang for ``target``."""
    command = [sys.executable, "-m", "ziglang", "c++", "-target", target, *FLAGS]
    command.append("-fbracket-depth=16384")
    data = compiled(_unit(text, asked), [*command, "-O1", "-S", "-emit-llvm"], "unit.cpp").decode()
    tables = {
        int(match[1]): [int(word.split()[1]) for word in match[2].split(",")]
        for match in TABLE.finditer(data)
    }
    bits = {(int(match[1]), int(match[2])): int(match[3]) for match in BITS.finditer(data)}
    return _read(asked, tables, bits)


def preprocessed(text: str, target: str) -> str:
    """``text`` with its headers, as zig's clang includes them."""
    command = [sys.executable, "-m", "ziglang", "c++", "-target", target, *FLAGS, "-E"]
    return compiled(text, command, "unit.cpp").decode()


def ask_gcc(text: str, asked: Sequence[AskedClass]) -> list[ClassTruth]:
    """The same from the system's g++, whose program is run."""
    lines = ['extern "C" int printf(const char *, ...);', "int main() {"]
    for index, record in enumerate(asked):
        lines.append(
            f'  printf("{index}"); for (linewise_word w : linewise_{index}) '
            f'printf(" %llu", w); printf("\\n");'
        )
        lines += [
            f'  printf("b {index} {rank} %llu\\n", linewise_bits_{index}_{rank}());'
            for rank in range(sum(member.bits for member in record.members))
        ]
    unit = "\n".join([_unit(text, asked), *lines, "}"])
    program = compiled(unit, ["g++", *FLAGS, "-O1", "-Wl,--unresolved-symbols=ignore-all"], "u.cpp")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "unit"
        path.write_bytes(program)
        path.chmod(0o700)
        out = subprocess.run([str(path)], capture_output=True, text=True, check=True).stdout
    rows = [line.split() for line in out.splitlines()]
    tables = {int(row[0]): [int(word) for word in row[1:]] for row in rows if row[0] != "b"}
    bits = {(int(row[1]), int(row[2])): int(row[3]) for row in rows if row[0] == "b"}
    return _read(asked, tables, bits)


def _unit(text: str, asked: Sequence[AskedClass]) -> str:
    return "\n".join([PRELUDE, text, *(_probe(at, record) for at, record in enumerate(asked))])


def _probe(index: int, record: AskedClass) -> str:
    name, out = record.name, []
    words = [f"sizeof({name})", f"alignof({name})"]
    for member in record.members:
        if member.bits:
            value = "1" if member.boolean else f"(decltype({name}::{member.name}))-1"
            out.append(
                f'extern "C" linewise_word linewise_bits_{index}_{len(out)}() {{\n'
                f"  alignas({name}) unsigned char bytes[(sizeof({name}) + 7) / 8 * 8] = {{}};\n"
                f"  (({name} *)bytes)->{member.name} = {value};\n"
                "  return linewise_find(bytes, std::make_index_sequence<sizeof(bytes) / 8>{});\n}"
            )
            continue
        words.append(f"__builtin_offsetof({name}, {member.name})")
        if member.sized:
            words.append(f"sizeof((({name} *)0)->{member.name})")
    whole = f"&linewise_object_{index}"
    words += [
        f"(linewise_word)((char *)static_cast<{base} *>({whole}) - (char *){whole})"
        for base in record.bases
    ]
    out += [f"extern {name} linewise_object_{index};"] * bool(record.bases)
    out.append(f'extern "C" const linewise_word linewise_{index}[{len(words)}];')
    return "\n".join([*out, f"const linewise_word linewise_{index}[] = {{ {', '.join(words)} }};"])


def _read(
    asked: Sequence[AskedClass],
    tables: dict[int, list[int]],
    bits: dict[tuple[int, int], int],
) -> list[ClassTruth]:
    truths = []
    for index, record in enumerate(asked):
        words = iter(tables[index])
        size, align = next(words), next(words)
        members: dict[str, tuple[int, int | None, bool]] = {}
        rank = 0
        for member in record.members:
            if member.bits:
                found = bits[index, rank]
                low, count, end = found & 0xFFFFFF, found >> 24 & 0xFFF, found >> 36
                if count == 0 or low + count != end:
                    raise RuntimeError(f"{record.name}.{member.name} is not one run of bits")
                members[member.name] = (low, count, True)
                rank += 1
            else:
                offset = next(words) * 8
                members[member.name] = (offset, next(words) if member.sized else None, False)
        truths.append(ClassTruth(size, align, members, dict(zip(record.bases, words, strict=True))))
    return truths
