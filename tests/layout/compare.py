"""Layouts against a compiler's: one line per difference."""

from collections.abc import Callable, Mapping, Sequence

import layout
from layout import Layout
from tests.layout.generate import Unit
from tests.oracles import clang
from tests.oracles.clang import Asked, Truth

Row = tuple[str, int, int, bool]
Compiler = Callable[[str, Sequence[Asked]], list[Truth]]


def differences(unit: Unit, target: str, compiler: Compiler | None = None) -> list[str]:
    """What is missing or placed otherwise than by the compiler, clang for the target if none."""
    placed = layout.layouts(unit.text, language="c", abi=target)
    if compiler is None:
        truths = clang.ask(unit.text, unit.asked, target)
    else:
        truths = compiler(unit.text, unit.asked)
    return compare(placed, unit.asked, truths)


def compare(
    placed: Mapping[str, Layout], asked: Sequence[Asked], truths: Sequence[Truth]
) -> list[str]:
    """The same, once the answers are there."""
    found = []
    for one, truth in zip(asked, truths, strict=True):
        if one.name not in placed:
            found.append(f"{one.name}: missing")
            continue
        got = placed[one.name]
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
            found.append(f"{one.name}: {got.size}/{got.align} {rows} but {truth}")
    return found
