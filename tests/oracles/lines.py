"""The cost of an order, the slow plain way: sets of lines, every place, every pair of everything.

It knows nothing of how the searches work: it takes placed fields, and follows the definitions that
open ``layout/affinity.py`` and ``layout/costs.py`` word by word, one place of a line after another.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import combinations

from layout import AccessProfile, Layout, Operation, Weights

# The prices of each goal, as documented.
PRICES = {
    "lines": Weights(lines=1, sharing=2),
    "hot": Weights(hot=1),
    "writers": Weights(sharing=1),
    "bytes": Weights(bytes=1),
}


def places_of(layout: Layout, base: int | None, *, array: bool) -> list[int]:
    """Bytes of a line before the record: all places where it may start, alike often."""
    line = layout.line
    align = max(base or line, layout.align)
    objects = range(line) if array else [0]
    starts = {(align * first + layout.size * at) % line for first in range(line) for at in objects}
    return sorted(starts)


def cost(
    layout: Layout,
    runs: Sequence[Sequence[str]],
    profile: AccessProfile,
    prices: Weights = PRICES["lines"],
    base: int | None = None,
    *,
    array: bool = False,
) -> float:
    """The cost of a record as placed; ``runs`` are the names of what moves as one member."""
    places = places_of(layout, base, array=array)
    costs = [cost_at(place, layout, runs, profile, prices) for place in places]
    return sum(costs) / len(costs) + prices.bytes * layout.size


def cost_at(
    place: int,
    layout: Layout,
    runs: Sequence[Sequence[str]],
    profile: AccessProfile,
    prices: Weights,
) -> float:
    """That of a record which starts so many bytes after a line does, without its bytes."""
    lines = {run[0]: lines_of(layout, run, place) for run in runs}
    member = {name: run[0] for run in runs for name in run}
    total = 0.0
    for operation in profile.operations:
        used = members(operation.reads | operation.writes, member)
        touched = len(set().union(*(lines[name] for name in used)))
        deep = sum(max(lines[name]) + 1 for name in used if lines[name])
        total += operation.weight * (prices.lines * touched + prices.hot * deep)
    for (f, g), lost in losses(tuple(map(tuple, runs)), profile).items():
        total += prices.sharing * lost * len(lines[f] & lines[g])
    return total


def lines_of(layout: Layout, run: Sequence[str], place: int) -> set[int]:
    """Cache lines from the first bit of a member to its last, counted from the record's first."""
    placed = [field for field in layout.fields if field.name in run]
    first = min(field.bit_offset for field in placed) + place * 8
    end = max(field.end_bit for field in placed) + place * 8
    line = layout.line * 8
    return {bit // line for bit in (*range(first, end, line), end - 1)} if first < end else set()


def members(names: frozenset[str], member: Mapping[str, str]) -> set[str]:
    return {member[name] for name in names}


@cache
def losses(
    runs: tuple[tuple[str, ...], ...], profile: AccessProfile
) -> dict[tuple[str, str], float]:
    """The loss of every pair of members; it does not depend on where they lie."""
    member = {name: run[0] for run in runs for name in run}
    pairs = combinations(sorted(run[0] for run in runs), 2)
    return {(f, g): loss(f, g, member, profile) for f, g in pairs}


def loss(f: str, g: str, member: Mapping[str, str], profile: AccessProfile) -> float:
    """How often two operations on different threads take the line from each other by f and g."""
    total = 0.0
    for one, other in combinations(profile.operations, 2):
        if may_meet(one, other) and (
            collide(f, g, one, other, member) or collide(g, f, one, other, member)
        ):
            total += min(one.weight, other.weight)
    return total


def may_meet(one: Operation, other: Operation) -> bool:
    return one.thread is None or other.thread is None or one.thread != other.thread


def collide(f: str, g: str, one: Operation, other: Operation, member: Mapping[str, str]) -> bool:
    """Whether the one uses f, the other g, one of them writes, and neither is shared truly."""
    used, others = (members(o.reads | o.writes, member) for o in (one, other))
    written, others_written = (members(o.writes, member) for o in (one, other))
    if f not in used or g not in others or not (f in written or g in others_written):
        return False
    return not any(
        name in used and name in others and (name in written or name in others_written)
        for name in (f, g)
    )
