"""Makes the promises of records: what holds now is what shall hold."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import layout
from layout import AccessProfile, Layout, Record
from layout.guard import Apart, Guarded, Promise, breaches, measured, members_of, spelled
from layout.rules.hot_member import hot_members, lines_of
from layout.rules.two_writers import writer_pairs
from linewise.errors import LinewiseError
from linewise.guard.spec import SCHEMA, AbiSpec, ApartSpec, GuardSpec, RecordSpec, load_guard
from linewise.guard.toml import edited_by_hand, guard_text
from linewise.report.write import write_text

__all__ = ["Promised", "promise", "save"]

# Lines that a hot member may lie on to be promised: a longer one is an array whose elements are
# used here and there, and moves by a line without harm.
MAX_LINES = 8


@dataclass(frozen=True, slots=True)
class Promised:
    """A record's promises, and what it could not promise since it does not hold today."""

    spec: RecordSpec
    refused: tuple[str, ...]


def promise(
    record: Record,
    source: str,
    abis: Sequence[str],
    profile: AccessProfile | None,
    offsets: bool,
) -> Promised:
    """Size and alignment on each ABI, the lines of hot members and who must stay apart when there
    is a profile, every member's offset when ``offsets``. Raises LayoutError as `layout.place`."""
    layouts = [layout.place(record, abi) for abi in abis]
    hot = hot_members(profile) if profile is not None else {}
    apart, refused = _apart(layouts, profile)
    spec = RecordSpec(
        name=record.name,
        source=source,
        abis=tuple(_on_abi(placed, hot, offsets) for placed in layouts),
        apart=apart,
        members={name: spelled(one) for name, one in members_of(layouts[0]).items()},
    )
    return Promised(spec, refused)


def _on_abi(placed: Layout, hot: dict[str, float], offsets: bool) -> AbiSpec:
    members = members_of(placed)
    return AbiSpec(
        name=placed.abi,
        size=placed.size,
        align=placed.align,
        lines={
            name: tuple(lines)
            for name, one in members.items()
            if name in hot and 0 < len(lines := lines_of(one, placed.line)) <= MAX_LINES
        },
        offsets={name: one.offset for name, one in members.items()} if offsets else {},
        sizes=tuple(measured(one) for one in members.values()),
    )


def _apart(
    layouts: Sequence[Layout], profile: AccessProfile | None
) -> tuple[tuple[ApartSpec, ...], tuple[str, ...]]:
    """The writers that lie on lines of their own on every ABI; those that do not, in words."""
    if profile is None:
        return (), ()
    kept: dict[tuple[tuple[str, ...], ...], ApartSpec] = {}
    refused = []
    order = list(members_of(layouts[0]))
    for one, other, mine, theirs in writer_pairs(profile):
        groups = tuple(tuple(name for name in order if name in side) for side in (mine, theirs))
        if not all(groups):
            continue
        why = f"{one.name} writes the ones, {other.name} the others"
        empty = tuple(Promise(placed.abi) for placed in layouts)
        broken = breaches(Guarded("", empty, (Apart(groups),)), layouts)
        if broken:
            refused.append(f"{broken[0].message}: {why}")
        else:
            kept.setdefault(groups, ApartSpec(groups=groups, why=why))
    return tuple(kept.values()), tuple(refused)


def relative(source: str, guard: Path) -> str:
    """A source as seen from the guard file's folder, with slashes on every system."""
    return Path(os.path.relpath(source, guard.parent)).as_posix()


def save(path: Path, records: Sequence[RecordSpec], force: bool) -> GuardSpec:
    """Write promises beside those that the file has of other records; the whole that it says now.

    Raises LinewiseError when the file was edited by hand and ``force`` is not given.
    """
    old: tuple[RecordSpec, ...] = ()
    if path.exists():
        try:
            edited = edited_by_hand(path.read_text(encoding="utf-8", errors="replace"))
        except OSError as error:
            raise LinewiseError(f"{path}: {error.strerror}; choose another place") from None
        if edited and not force:
            fault = "it was edited by hand, and comments in it would be lost"
            raise LinewiseError(f"{path}: {fault}; say --force, or -o FILE for another")
        old = load_guard(path).records
    merged = {(one.source, one.name): one for one in (*old, *records)}
    spec = GuardSpec(schema=SCHEMA, records=tuple(merged.values()))
    write_text(path, guard_text(spec), "the promises")
    return spec
