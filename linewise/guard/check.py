"""Reads the sources of a guard file again and holds their records to what they promised."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import layout
from layout.guard import Breach, Change, breaches, changes, line_of
from layout.guardrepair import Repair, repair
from layout.place import Placer
from layout.rules.least import least_sizes
from linewise.errors import LinewiseError
from linewise.guard.spec import RecordSpec, find_record, guarded, load_guard

__all__ = ["Broken", "Checked", "check"]


@dataclass(frozen=True, slots=True)
class Broken:
    """A record that broke promises: which, by which edits, and the cheapest way back.

    ``gone`` says why there is no such record any more; then there is nothing else. ``repair`` is
    None when no order that was tried keeps the promises; ``hint`` says what to do then.
    """

    file: str
    line: int
    record: str
    breaches: tuple[Breach, ...] = ()
    changes: tuple[Change, ...] = ()
    repair: Repair | None = None
    hint: str = ""
    gone: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a guard file's check found; ``records`` were checked."""

    path: str
    records: int
    broken: tuple[Broken, ...]


def check(path: Path) -> Checked:
    """Check every record of a guard file. Raises LinewiseError for a file that is none or names a
    source that cannot be read; a record that is gone or not readable any more is a finding."""
    spec = load_guard(path)
    sources: dict[str, layout.Source] = {}
    broken = []
    for index, record in enumerate(spec.records):
        file = str(path.parent / record.source)
        if file not in sources:
            sources[file] = read_source(path, f"records[{index}].source", file)
        broken += list(_check_one(sources[file], file, record))
    return Checked(str(path), len(spec.records), tuple(broken))


def read_source(guard: Path, key: str, file: str) -> layout.Source:
    """A source that a guard file names. Raises LinewiseError with the key."""
    try:
        return layout.read(file)
    except layout.LayoutError as error:
        raise LinewiseError(f"{guard.name}: {key}: {error}") from None


def _check_one(source: layout.Source, file: str, spec: RecordSpec) -> Iterator[Broken]:
    record, gone = find_record(source, spec.name)
    if record is None:
        yield Broken(file, 1, spec.name, gone=gone)
        return
    promised = guarded(spec)
    try:
        layouts = [layout.place(record, one.abi) for one in promised.promises]
    except layout.LayoutError as error:
        yield Broken(file, record.line, spec.name, gone=f"cannot be placed any more: {error}")
        return
    found = breaches(promised, layouts)
    if not found:
        return
    edits = changes(promised, layouts)
    way = repair(promised, record, edits)
    name = next((edit.field for edit in edits if edit.kind != "removed"), found[0].field)
    yield Broken(
        file=file,
        line=line_of(record, layouts[0], name),
        record=spec.name,
        breaches=tuple(found),
        changes=tuple(edits),
        repair=way,
        hint="" if way else _hint(record, spec, layouts, found),
    )


def _hint(
    record: layout.Record,
    spec: RecordSpec,
    layouts: list[layout.Layout],
    found: list[Breach],
) -> str:
    """What to do when no order helps."""
    accept = "`linewise guard write --force` promises the new layout"
    if all(breach.key == "size" and "shrank" in breach.message for breach in found):
        return f"it is shorter than promised: {accept}"
    placers = [Placer(layout.find_abi(placed.abi)) for placed in layouts]
    least = least_sizes(record, placers, layouts)
    for abi, size in zip(spec.abis, least, strict=True):
        most = abi.size if abi.size is not None else abi.max_size
        if most is not None and size > most:
            return (
                f"no order has fewer than {size} bytes on {abi.name}: {size - most} must go, or"
                f" {accept}"
            )
    return f"no order that was tried keeps all promises; {accept}"
