"""C++ text placed by linewise and by clang: one line per difference."""

from __future__ import annotations

import layout
from tests.layout.generate_cpp import Unit
from tests.oracles import clang, clangxx
from tests.oracles.clang import Member

TARGETS = [target for target in clang.TARGETS if not target.endswith("-msvc")]
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


def library(headers: list[str], target: str) -> tuple[int, int, list[str]]:
    """The classes of a library's headers that are read, those that are skipped, differences."""
    includes = "".join(f"#include <{header}>\n" for header in headers)
    source = layout.read_text(clangxx.preprocessed(includes, target), language="cpp")
    unit = Unit(includes)
    for name, record in source.records.items():
        if name.startswith("std::") and "<" not in name:
            fields = layout.place(record, target).fields
            members = (
                Member(field.name, sized="&" not in field.type)
                for field in fields
                if field.bit_width is None
            )
            unit.asked.append(clangxx.AskedClass(name, tuple(members)))
    found = []
    for asked, truth in zip(unit.asked, clangxx.ask(includes, unit.asked, target), strict=True):
        got = layout.place(source.records[asked.name], target)
        wanted = {name: offset for name, (offset, _, _) in truth.members.items()}
        rows = {one.name: one.bit_offset for one in got.fields if one.name in wanted}
        if (got.size, got.align, rows) != (truth.size, truth.align, wanted):
            found.append(f"{asked.name}: {got.size}/{got.align} {rows} but {truth}")
    return len(unit.asked), len(source.skipped), found
