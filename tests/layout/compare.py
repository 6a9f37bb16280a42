"""Layouts of a generated unit against a compiler's: one line per difference."""

from collections.abc import Callable, Sequence

import layout
from tests.layout.generate import Unit
from tests.oracles import clang

Row = tuple[str, int, int, bool]
Compiler = Callable[[str, Sequence[clang.Asked]], list[clang.Truth]]


def differences(unit: Unit, target: str, compiler: Compiler | None = None) -> list[str]:
    """What is missing or placed otherwise than by the compiler, clang for the target if none."""
    found = []
    placed = layout.layouts(unit.text, language="c", abi=target)
    truths = (
        clang.ask(unit.text, unit.asked, target)
        if compiler is None
        else compiler(unit.text, unit.asked)
    )
    for asked, truth in zip(unit.asked, truths, strict=True):
        if asked.name not in placed:
            found.append(f"{asked.name}: missing")
            continue
        got = placed[asked.name]
        rows: list[Row] = [
            (
                field.name,
                field.bit_offset,
                field.bit_width or field.size,
                field.bit_width is not None,
            )
            for field in got.fields
        ]
        # A flexible array has no sizeof: its size is not compared.
        wanted: list[Row] = [
            (name, bit, rows[at][2] if width is None and at < len(rows) else width or 0, bits)
            for at, (name, (bit, width, bits)) in enumerate(truth.members.items())
        ]
        if (got.size, got.align) != (truth.size, truth.align) or rows != wanted:
            found.append(f"{asked.name}: {got.size}/{got.align} {rows} but {truth}")
    return found
