"""Promises as constant assertions of Rust (1.77, where `offset_of!` became stable)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from linewise.errors import LinewiseError
from linewise.guard.asserts import Asserts

__all__ = ["rust"]

PROCESSORS = {
    "x86_64": "x86_64",
    "x86": "x86",
    "aarch64": "aarch64",
    "arm": "arm",
    "riscv64": "riscv64",
    "wasm32": "wasm32",
}
SYSTEMS = {
    "linux-gnu": 'target_os = "linux"',
    "linux-gnueabihf": 'target_os = "linux"',
    "macos": 'target_os = "macos"',
    "windows-gnu": 'target_os = "windows", target_env = "gnu"',
    "windows-msvc": 'target_os = "windows", target_env = "msvc"',
    "wasi": 'target_os = "wasi"',
}

# offset_of! gives no size, and a constant cannot hold a value of any type.
_SIZE_OF = "    const fn size<T, F>(_: fn(&T) -> &F) -> usize {\n        size_of::<F>()\n    }"


def rust(asserts: Sequence[Asserts], guard: Path) -> str:
    """Constants to `include!` in the module that declares the records."""
    return "\n".join(_file(asserts, guard)) + "\n"


def _file(asserts: Sequence[Asserts], guard: Path) -> Iterator[str]:
    yield f"// Made by `linewise guard emit --format rust` from {guard.name}."
    for abi, group in groupby(sorted(asserts, key=lambda one: one.abi), lambda one: one.abi):
        records = list(group)
        tests = [(one, *test) for one in records for test in (*_whole(one), *_members(one))]
        yield from ("", _condition(abi), "const _: () = {")
        used = [word for word in ("align_of", "offset_of", "size_of")
                if any(f"{word}" in test for _, test, _ in tests) or word == "size_of"]  # fmt: skip
        yield f"    use core::mem::{{{', '.join(used)}}};"
        if any("size(" in test for _, test, _ in tests):
            yield _SIZE_OF
        for one, test, message in tests:
            yield f'    assert!({test}, "{one.record}: {message}");'
        for one in records:
            yield from (f"    // not asserted: {one.record}: {left}" for left in one.left_out)
        yield "};"


def _condition(abi: str) -> str:
    processor, _, system = abi.partition("-")
    if processor not in PROCESSORS or system not in SYSTEMS:
        raise LinewiseError(f"{abi}: rustc has no such target; choose others with --abi")
    return f'#[cfg(all(target_arch = "{PROCESSORS[processor]}", {SYSTEMS[system]}))]'


def _whole(one: Asserts) -> Iterator[tuple[str, str]]:
    size = f"size_of::<{one.record}>()"
    if one.size is not None:
        yield f"{size} == {one.size}", f"{one.size} bytes are promised"
    if one.max_size is not None:
        yield f"{size} <= {one.max_size}", f"{one.max_size} bytes at most"
    if one.align is not None:
        yield f"align_of::<{one.record}>() == {one.align}", f"alignment {one.align} is promised"


def _members(one: Asserts) -> Iterator[tuple[str, str]]:
    for name, offset in one.offsets.items():
        yield f"offset_of!({one.record}, {name}) == {offset}", f"{name} at offset {offset}"
    for name, (first, last) in one.lines.items():
        # Compilers warn of an unsigned number that is compared with 0.
        least = f"{_first(one, name)} >= {first} && " if first else ""
        test = f"{least}{_last(one, name)} <= {last}"
        yield test, f"{name} on line {first}" if first == last else f"{name} on {first} to {last}"
    for name, other in one.apart:
        yield (
            f"{_last(one, name)} < {_first(one, other)} || {_last(one, other)} <"
            f" {_first(one, name)}",
            f"{name} and {other} on lines of their own",
        )


def _first(one: Asserts, name: str) -> str:
    return f"offset_of!({one.record}, {name}) / {one.line}"


def _last(one: Asserts, name: str) -> str:
    size = f"size(|record: &{one.record}| &record.{name})"
    return f"(offset_of!({one.record}, {name}) + {size} - 1) / {one.line}"
