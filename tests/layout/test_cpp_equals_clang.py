"""C++ text to layouts, against a real clang for each target: sizes, offsets, bases, every bit."""

import pytest

import layout
from tests.layout.generate_cpp import Generator, Unit
from tests.oracles import clangxx

TARGETS = ["x86_64-linux-gnu", "aarch64-linux-gnu"]
Row = tuple[str, int, int, bool]


def differences(unit: Unit, target: str) -> list[str]:
    """One line per class that is missing or placed otherwise than by clang."""
    found = []
    placed = layout.layouts(unit.text, language="cpp", abi=target)
    for asked, truth in zip(unit.asked, clangxx.ask(unit.text, unit.asked, target), strict=True):
        if asked.name not in placed:
            found.append(f"{asked.name}: missing")
            continue
        got = placed[asked.name]
        rows: list[Row] = [
            (one.name, one.bit_offset, one.bit_width or one.size, one.bit_width is not None)
            for one in got.fields
        ]
        # What sizeof cannot tell, such as a reference's, is not compared.
        wanted: list[Row] = [
            (name, bit, rows[at][2] if width is None and at < len(rows) else width or 0, bits)
            for at, (name, (bit, width, bits)) in enumerate(truth.members.items())
        ]
        named = {base.name.replace("::v1::", "::"): base.offset for base in got.bases}
        bases = {name: named.get(name) for name in truth.bases}
        if (got.size, got.align) != (truth.size, truth.align) or rows != wanted:
            found.append(f"{asked.name}: {got.size}/{got.align} {rows} but {truth}")
        elif bases != truth.bases:
            found.append(f"{asked.name}: {got.bases} but {truth.bases}")
    return found


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("seed", range(9))
def test_generated_classes_lie_as_clang_lays_them(seed: int, target: str) -> None:
    unit = Generator(seed).unit(120)
    assert len(unit.asked) >= 120
    assert differences(unit, target) == []
