"""What a guard file's promises say, ready to be written as assertions in any language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product
from pathlib import Path

import layout
from layout.guard import Guarded, Promise, members_of
from layout.model import Layout, PlacedField
from linewise.errors import LinewiseError
from linewise.guard.check import read_source
from linewise.guard.spec import find_record, guarded, load_guard

__all__ = ["Asserts", "asserts_of", "load_asserts"]


@dataclass(frozen=True, slots=True)
class Asserts:
    """One record on one ABI.

    lines     first and last line that a member may lie on
    apart     pairs of members, the one that lies first today first, on no common line
    left_out  promises that no language can state, in words
    """

    record: str
    source: str
    abi: str
    line: int
    size: int | None
    max_size: int | None
    align: int | None
    offsets: Mapping[str, int]
    lines: Mapping[str, tuple[int, int]]
    apart: tuple[tuple[str, str], ...]
    left_out: tuple[str, ...]


def load_asserts(path: Path, abis: tuple[str, ...]) -> list[Asserts]:
    """The assertions of a guard file, on these ABIs only when some are named.

    Raises LinewiseError when a record is gone: there is nothing to assert about it.
    """
    wanted = {layout.find_abi(name).name for name in abis}
    found: list[Asserts] = []
    for index, spec in enumerate(load_guard(path).records):
        key = f"records[{index}]"
        source = read_source(path, f"{key}.source", str(path.parent / spec.source))
        record, gone = find_record(source, spec.name)
        if record is None:
            raise LinewiseError(f"{path.name}: {key}.name: {spec.name} {gone}")
        promised = guarded(spec)
        for promise in promised.promises:
            if not wanted or promise.abi in wanted:
                placed = layout.place(record, promise.abi)
                found.append(asserts_of(promised, promise, placed, spec.source))
    if wanted and not found:
        raise LinewiseError(f"{path.name}: no promise on {', '.join(sorted(wanted))}; drop --abi")
    return found


def asserts_of(promised: Guarded, promise: Promise, placed: Layout, source: str) -> Asserts:
    """The assertions of one promise; ``placed`` tells which members an assertion can name."""
    members = members_of(placed)
    left = dict(_unsayable(promised, promise, members))
    pairs = [
        (one, two) if members[one].bit_offset < members[two].bit_offset else (two, one)
        for one, two in _pairs(promised)
        if one not in left and two not in left
    ]
    return Asserts(
        record=promised.name,
        source=source,
        abi=promise.abi,
        line=placed.line,
        size=promise.size,
        max_size=promise.max_size,
        align=promise.align,
        offsets={name: at for name, at in promise.offsets.items() if name not in left},
        lines={
            name: (min(lines), max(lines))
            for name, lines in promise.lines.items()
            if name not in left
        },
        apart=tuple(dict.fromkeys(pairs)),
        left_out=tuple(f"{name}: {reason}" for name, reason in left.items()),
    )


def _pairs(promised: Guarded) -> Iterator[tuple[str, str]]:
    """Members of different groups that must not share a line, each pair of groups in turn."""
    for apart in promised.apart:
        for one, other in combinations(apart.groups, 2):
            yield from product(one, other)


def _unsayable(
    promised: Guarded, promise: Promise, members: Mapping[str, PlacedField]
) -> Iterator[tuple[str, str]]:
    """Promised members that have no address or no size to ask for, with the reason."""
    named = [*promise.offsets, *promise.lines]
    named += [name for pair in _pairs(promised) for name in pair]
    for name in dict.fromkeys(named):
        one = members.get(name)
        if one is None:
            yield name, "no such member any more"
        elif one.bit_width is not None:
            yield name, "a bit-field has no offset"
        elif one.size == 0:
            yield name, "it has no size"
        elif "#" in name or name == "_":
            yield name, "its name is not its own"
