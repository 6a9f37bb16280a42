"""What a guard file may say: frozen specs that refuse unknown keys.

``docs/guard.md`` is the manual of these keys.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

import msgspec

import layout
from cachesim.specfile import load_spec
from layout.guard import Apart, Guarded, Promise
from linewise.errors import LinewiseError

__all__ = ["SCHEMA", "AbiSpec", "ApartSpec", "GuardSpec", "RecordSpec", "guarded", "load_guard"]

SCHEMA = "linewise.guard/1"


class AbiSpec(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a record promises on one ABI, see `layout.guard.Promise`."""

    name: str
    size: int | None = None
    max_size: int | None = None
    align: int | None = None
    lines: dict[str, tuple[int, ...]] = {}
    offsets: dict[str, int] = {}
    sizes: tuple[int, ...] = ()


class ApartSpec(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Groups of members of which no two share a line."""

    groups: tuple[tuple[str, ...], ...]
    why: str = ""


class RecordSpec(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One record of a source, which is relative to the guard file."""

    name: str
    source: str
    abis: tuple[AbiSpec, ...]
    apart: tuple[ApartSpec, ...] = ()
    members: dict[str, str] = {}


class GuardSpec(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A whole file."""

    schema: str
    records: tuple[RecordSpec, ...] = ()


def guarded(spec: RecordSpec) -> Guarded:
    """A record's promises as `layout` takes them, its ABIs by their triples."""
    return Guarded(
        name=spec.name,
        promises=tuple(
            Promise(
                abi=layout.find_abi(one.name).name,
                size=one.size,
                max_size=one.max_size,
                align=one.align,
                offsets=one.offsets,
                lines=one.lines,
                sizes=one.sizes,
            )
            for one in spec.abis
        ),
        apart=tuple(Apart(one.groups, one.why) for one in spec.apart),
        members=spec.members,
    )


def load_guard(path: Path) -> GuardSpec:
    """The promises of a file. Raises LinewiseError that names the file and the key."""
    spec = load_spec(path, GuardSpec, LinewiseError)
    for key, fault in _faults(spec):
        raise LinewiseError(f"{path.name}: {key}: {fault}")
    return spec


def _faults(spec: GuardSpec) -> Iterator[tuple[str, str]]:
    """What types alone cannot refuse: key and fault."""
    if spec.schema != SCHEMA:
        yield "schema", f"{spec.schema[:40]!r}, but this linewise reads {SCHEMA!r}"
    seen: dict[tuple[str, str], int] = {}
    for index, record in enumerate(spec.records):
        key = f"records[{index}]"
        first = seen.setdefault((record.source, record.name), index)
        if first != index:
            yield key, f"{record.name} of {record.source} stands in records[{first}] too; join them"
        if not record.abis:
            yield f"{key}.abis", "no ABI, so nothing is promised; name one"
        names = set()
        for at, abi in enumerate(record.abis):
            place = f"{key}.abis[{at}]"
            try:
                name = layout.find_abi(abi.name).name
            except layout.LayoutError as error:
                yield f"{place}.name", str(error)
                continue
            if name in names:
                yield f"{place}.name", f"{name} comes twice; join the two"
            names.add(name)
            yield from _numbers(place, abi)
        for at, apart in enumerate(record.apart):
            if len(apart.groups) < 2 or not all(apart.groups):
                yield f"{key}.apart[{at}].groups", "at least two groups of one member are needed"


def _numbers(place: str, abi: AbiSpec) -> Iterator[tuple[str, str]]:
    numbers = {"size": abi.size, "max_size": abi.max_size, "align": abi.align}
    for name, value in numbers.items():
        if value is not None and value < 0:
            yield f"{place}.{name}", f"{value}, but must not be negative"
    for name, offset in abi.offsets.items():
        if offset < 0:
            yield f"{place}.offsets.{name}", f"{offset}, but must not be negative"
    for name, lines in abi.lines.items():
        if not lines or min(lines) < 0:
            yield f"{place}.lines.{name}", "lines count from 0, and at least one is needed"


def find_record(source: layout.Source, name: str) -> tuple[layout.Record | None, str]:
    """A record by its full name, or why there is none."""
    record = source.records.get(name)
    if record is not None:
        return record, ""
    for skip in source.skipped:
        if skip.name == name:
            return None, f"cannot be read any more: line {skip.line}: {skip.reason}"
    near = difflib.get_close_matches(name, list(source.records), 1)
    hint = f"; is it {near[0]} now?" if near else ""
    return None, f"is not in {source.path} any more{hint}"
