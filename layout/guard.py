"""What a record promises about its layout, and which promises an edit has broken.

A promise is kept or broken on an ABI by placing the record as it is now. Which edit broke it is
told by comparing the members with those that the record had when it made the promise; a way back
is searched by `layout.guardrepair`.
"""

from __future__ import annotations

import difflib
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from layout.model import Layout, PlacedField, Record
from layout.rules.hot_member import lines_of

__all__ = ["Apart", "Breach", "Change", "Guarded", "Promise", "breaches", "changes", "members_of"]


@dataclass(frozen=True, slots=True)
class Promise:
    """What holds on one ABI; None and empty promise nothing. Sizes and offsets in bytes.

    lines  the cache lines that a member may lie on, counted for a record that starts on one
    sizes  of the members as they were, see `Guarded.members`: no promise, but evidence
    """

    abi: str
    size: int | None = None
    max_size: int | None = None
    align: int | None = None
    offsets: Mapping[str, int] = field(default_factory=dict)
    lines: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    sizes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Apart:
    """Groups of members of which no two share a cache line, and why."""

    groups: tuple[tuple[str, ...], ...]
    why: str = ""


@dataclass(frozen=True, slots=True)
class Guarded:
    """A record's promises. ``members`` are those it had then, name -> type as written, in order."""

    name: str
    promises: tuple[Promise, ...]
    apart: tuple[Apart, ...] = ()
    members: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Breach:
    """A broken promise, on all ABIs where it is broken alike; ``field`` is the member meant."""

    key: str  # size, max_size, align, offsets, lines or apart
    message: str
    abis: tuple[str, ...]
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """An edit to a member: ``kind`` is added, removed, grown, shrunk, retyped or moved."""

    kind: str
    field: str
    message: str


def members_of(placed: Layout) -> dict[str, PlacedField]:
    """The members by name, in the order written; a name that comes again (``_``) is numbered."""
    found: dict[str, PlacedField] = {}
    for one in placed.fields:
        name, again = one.name, 2
        while name in found:
            name, again = f"{one.name}#{again}", again + 1
        found[name] = one
    return found


def breaches(guarded: Guarded, layouts: Sequence[Layout]) -> list[Breach]:
    """The promises that these layouts, one per promise, break."""
    merged: dict[tuple[str, str, str | None], list[str]] = {}
    for promise, placed in zip(guarded.promises, layouts, strict=True):
        for key, message, name in _broken(guarded, promise, placed):
            merged.setdefault((key, message, name), []).append(placed.abi)
    return [
        Breach(key, message, tuple(abis), name) for (key, message, name), abis in merged.items()
    ]


_Broken = tuple[str, str, str | None]


def _broken(guarded: Guarded, promise: Promise, placed: Layout) -> Iterator[_Broken]:
    if promise.size is not None and placed.size != promise.size:
        word = "grew" if placed.size > promise.size else "shrank"
        yield "size", f"{word} from {promise.size} to {placed.size} bytes", None
    if promise.max_size is not None and placed.size > promise.max_size:
        message = f"has {placed.size} bytes, {promise.max_size} at most are promised"
        yield "max_size", message, None
    if promise.align is not None and placed.align != promise.align:
        yield "align", f"is aligned to {placed.align} instead of {promise.align}", None
    members = members_of(placed)
    for name, offset in promise.offsets.items():
        yield from _moved(members, name, offset)
    for name, lines in promise.lines.items():
        yield from _strayed(members, name, lines, placed.line)
    for apart in guarded.apart:
        yield from _together(members, apart, placed.line)


def _gone(members: Mapping[str, PlacedField], key: str, name: str) -> Iterator[_Broken]:
    near = difflib.get_close_matches(name, list(members), 1)
    hint = f"; is it `{near[0]}` now?" if near else ""
    yield key, f"has no member `{name}` any more{hint}", name


def _moved(members: Mapping[str, PlacedField], name: str, offset: int) -> Iterator[_Broken]:
    if name not in members:
        yield from _gone(members, "offsets", name)
    elif members[name].offset != offset:
        now = members[name].offset
        yield "offsets", f"has `{name}` at offset {now} instead of {offset}", name


def _strayed(
    members: Mapping[str, PlacedField], name: str, lines: tuple[int, ...], line: int
) -> Iterator[_Broken]:
    if name not in members:
        yield from _gone(members, "lines", name)
        return
    now = lines_of(members[name], line)
    if len(now) > len(set(lines)) or not set(now) <= set(lines):
        message = f"has the hot member `{name}` on {_lines(now)} instead of {_lines(sorted(lines))}"
        yield "lines", message, name


def _lines(lines: Sequence[int]) -> str:
    if len(lines) > 2:
        return f"lines {lines[0]} to {lines[-1]}"
    listed = " and ".join(map(str, lines))
    return f"line{'s' * (len(lines) != 1)} {listed}"


def _together(members: Mapping[str, PlacedField], apart: Apart, line: int) -> Iterator[_Broken]:
    placed: list[tuple[int, str, range]] = []
    for group, names in enumerate(apart.groups):
        for name in names:
            if name in members:
                placed.append((group, name, lines_of(members[name], line)))
            else:
                yield from _gone(members, "apart", name)
    told = set()
    for (group, name, mine), (other, second, theirs) in combinations(placed, 2):
        if group == other or not mine or not theirs or (group, other) in told:
            continue
        at = max(mine[0], theirs[0])
        if at <= min(mine[-1], theirs[-1]):
            told.add((group, other))
            why = f" ({apart.why})" if apart.why else ""
            yield "apart", f"has `{name}` and `{second}` together on line {at}{why}", second


def changes(guarded: Guarded, layouts: Sequence[Layout]) -> list[Change]:
    """The edits to members since the promise; none when its members were not kept."""
    if not guarded.members or not layouts:
        return []
    now = members_of(layouts[0])
    found = [*_grown(guarded, layouts), *_order(list(guarded.members), list(now), now)]
    for name, one in now.items():
        if name not in guarded.members:
            size = _size(one)
            message = f"`{name}` ({one.type}, {size}) was added at offset {one.offset}"
            found.append(Change("added", name, message))
    for name, type_ in guarded.members.items():
        if name not in now:
            found.append(Change("removed", name, f"`{name}` ({type_}) was removed"))
    return found


def _grown(guarded: Guarded, layouts: Sequence[Layout]) -> Iterator[Change]:
    for at, (name, type_) in enumerate(guarded.members.items()):
        for promise, placed in zip(guarded.promises, layouts, strict=True):
            one = members_of(placed).get(name)
            if one is None or at >= len(promise.sizes):
                continue
            was, size = promise.sizes[at], measured(one)
            if was != size:
                kind = "grown" if size > was else "shrunk"
                word = "grew" if size > was else "shrank"
                unit = "bytes" if one.bit_width is None else "bits"
                typed = "" if spelled(one) == type_ else f" ({type_} became {spelled(one)})"
                message = f"`{name}` {word} from {was} to {size} {unit}{typed}"
                yield Change(kind, name, message)
                break


def measured(one: PlacedField) -> int:
    """Bytes of a member, bits of a bit-field: what `Promise.sizes` keeps."""
    return one.size if one.bit_width is None else one.bit_width


def spelled(one: PlacedField) -> str:
    """The type of a member as `Guarded.members` keeps it: ``unsigned : 3`` for a bit-field."""
    return one.type if one.bit_width is None else f"{one.type} : {one.bit_width}"


def _size(one: PlacedField) -> str:
    unit = "byte" if one.bit_width is None else "bit"
    return f"{measured(one)} {unit}{'s' * (measured(one) != 1)}"


def _order(before: list[str], now: list[str], members: Mapping[str, PlacedField]) -> list[Change]:
    """The fewest members whose moves explain the order: those outside the longest run of members
    that still follow one another as they did."""
    rank = {name: at for at, name in enumerate(before)}
    kept = [name for name in now if name in rank]
    tails: list[int] = []  # the least last rank of a run of each length
    ends: list[str] = []
    previous: dict[str, str | None] = {}
    for name in kept:
        at = bisect_left(tails, rank[name])
        previous[name] = ends[at - 1] if at else None
        tails[at : at + 1] = [rank[name]]
        ends[at : at + 1] = [name]
    stayed = set()
    last = ends[-1] if ends else None
    while last is not None:
        stayed.add(last)
        last = previous[last]
    return [
        Change("moved", name, f"`{name}` was moved to offset {members[name].offset}")
        for name in kept
        if name not in stayed
    ]


def line_of(record: Record, placed: Layout, name: str | None) -> int:
    """The source line of a member, or of the record."""
    member = members_of(placed).get(name) if name else None
    return member.line if member is not None and member.line else record.line
