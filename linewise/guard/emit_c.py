"""Promises as static assertions of C (C11) and C++ (C++11), for the preprocessor's targets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from linewise.errors import LinewiseError
from linewise.guard.asserts import Asserts

__all__ = ["c", "cpp"]

# How gcc, clang and MSVC tell the processor and the system of a triple that they compile for.
PROCESSORS = {
    "x86_64": "((defined(__x86_64__) && !defined(__ILP32__)) || defined(_M_X64))",
    "x86": "(defined(__i386__) || defined(_M_IX86))",
    "aarch64": "(defined(__aarch64__) || defined(_M_ARM64))",
    "arm": "defined(__arm__)",
    "riscv64": "(defined(__riscv) && __riscv_xlen == 64)",
    "wasm32": "defined(__wasm32__)",
}
SYSTEMS = {
    "linux-gnu": "defined(__linux__)",
    "linux-gnueabihf": "defined(__linux__)",
    "macos": "defined(__APPLE__)",
    "windows-gnu": "defined(__MINGW32__)",
    "windows-msvc": "defined(_MSC_VER)",
    "wasi": "defined(__wasi__)",
}


def c(asserts: Sequence[Asserts], guard: Path) -> str:
    """A C file: includes the sources, asserts each promise on its target."""
    return "\n".join(_file(asserts, guard, "_Static_assert", "_Alignof", "c")) + "\n"


def cpp(asserts: Sequence[Asserts], guard: Path) -> str:
    """The same for C++."""
    return "\n".join(_file(asserts, guard, "static_assert", "alignof", "cpp")) + "\n"


def _file(
    asserts: Sequence[Asserts], guard: Path, word: str, align: str, language: str
) -> Iterator[str]:
    yield f"/* Made by `linewise guard emit --format {language}` from {guard.name}. */"
    yield "#include <stddef.h>"
    yield from (f'#include "{source}"' for source in dict.fromkeys(one.source for one in asserts))
    for abi, group in groupby(sorted(asserts, key=lambda one: one.abi), lambda one: one.abi):
        yield from ("", f"#if {_condition(abi)} /* {abi} */")
        for one in group:
            for test, message in (*_whole(one, align), *_members(one)):
                text = f"{one.record}: {message}".replace("\\", "\\\\").replace('"', '\\"')
                yield f'{word}({test}, "{text}");'
            yield from (f"/* not asserted: {one.record}: {left} */" for left in one.left_out)
        yield "#endif"


def _condition(abi: str) -> str:
    processor, _, system = abi.partition("-")
    if processor not in PROCESSORS or system not in SYSTEMS:
        raise LinewiseError(f"{abi}: no C compiler has this target; choose others with --abi")
    return f"{PROCESSORS[processor]} && {SYSTEMS[system]}"


def _whole(one: Asserts, align: str) -> Iterator[tuple[str, str]]:
    if one.size is not None:
        yield f"sizeof({one.record}) == {one.size}", f"{one.size} bytes are promised"
    if one.max_size is not None:
        yield f"sizeof({one.record}) <= {one.max_size}", f"{one.max_size} bytes at most"
    if one.align is not None:
        yield f"{align}({one.record}) == {one.align}", f"alignment {one.align} is promised"


def _members(one: Asserts) -> Iterator[tuple[str, str]]:
    for name, offset in one.offsets.items():
        yield f"offsetof({one.record}, {name}) == {offset}", f"{name} at offset {offset}"
    for name, (first, last) in one.lines.items():
        # Compilers warn of an unsigned number that is compared with 0.
        least = f"{_first(one, name)} >= {first} && " if first else ""
        test = f"{least}{_last(one, name)} <= {last}"
        yield test, f"{name} on line {first}" if first == last else f"{name} on {first} to {last}"
    for name, other in one.apart:
        test = (
            f"{_last(one, name)} < {_first(one, other)} || {_last(one, other)} <"
            f" {_first(one, name)}"
        )
        yield test, f"{name} and {other} on lines of their own"


def _first(one: Asserts, name: str) -> str:
    return f"offsetof({one.record}, {name}) / {one.line}"


def _last(one: Asserts, name: str) -> str:
    size = f"sizeof((({one.record} *)0)->{name})"
    return f"(offsetof({one.record}, {name}) + {size} - 1) / {one.line}"
