"""What tests compare: a source's records as plain values."""

import re
from pathlib import Path

import layout
from layout import Source
from tests.oracles.dwarf import Seen

# Size, and of each member its name, first bit, bytes and bits.
Shape = tuple[int, tuple[tuple[str, int, int, int | None], ...]]


def shapes(path: Path, language: str | None = None) -> dict[str, frozenset[Shape]]:
    """Every record of a file, on the ABI that it was made for; nothing may be skipped.

    Those of one name are together: which of them comes first is up to the compiler.
    """
    source = layout.read(path, language=language)
    assert source.skipped == ()
    found: dict[str, set[Shape]] = {}
    for name in source.records:
        found.setdefault(plain_name(name), set()).add(shape(source, name))
    return {name: frozenset(these) for name, these in found.items()}


def plain_name(name: str) -> str:
    """Without the number of a record that is not the first of its name."""
    return re.sub(r"#\d+$", "", name)


def shape(source: Source, name: str) -> Shape:
    """One record's."""
    placed = layout.place(source.records[name], source.abi or "")
    rows = ((one.name, one.bit_offset, one.size, one.bit_width) for one in placed.fields)
    return placed.size, tuple(rows)


def seen(source: Source) -> set[Seen]:
    """The named records as the oracle tells them: full name, bytes, the named members' first bits.

    Bases and the discriminants of Rust's enums have no name in DWARF.
    """
    found = set()
    for name, record in source.records.items():
        placed = layout.place(record, source.abi or "")
        places: dict[str, list[int]] = {}
        for one in reversed(placed.fields):
            places.setdefault(one.name, []).append(one.bit_offset)
        members = tuple(
            (field.name, places[field.name].pop())
            for field in record.fields
            if field.name is not None and not field.name.startswith("<")
        )
        found.add((plain_name(name), placed.size, members))
    return found
