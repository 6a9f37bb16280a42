"""What an order must keep: pinned members, groups, and a gain below which nothing is changed."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from itertools import pairwise
from typing import Any

from layout.errors import LayoutError
from layout.model import Alias, Field, Record, RecordType

__all__ = ["FREE", "Constraints", "Rules", "names_of", "rules_of"]

PINS = ("first", "last", "offset")
ACROSS = ("worst", "mean")


@dataclass(frozen=True, slots=True)
class Constraints:
    """What a proposal must keep. A member is named as in the source, one of an anonymous record by
    its own name; it stands for all that moves with it, such as its run of bit-fields.

    ``prefix``: so many members stay at the start. ``pin``: a member goes "first" or "last", in the
    order of the mapping, or keeps its "offset" on every ABI. ``together``: the members of a group
    lie side by side, in any order; ``in_order``: they stand in the order given, with others between
    them perhaps. ``across``: whether the "worst" ABI counts or the "mean" of those that ask for
    different things. ``min_gain``: a gain below it, in the goal's unit or as "N%" of the cost, is
    not worth a change. Raises LayoutError for a value of another kind.
    """

    prefix: int = 0
    pin: Mapping[str, str] = field(default_factory=dict)
    together: tuple[tuple[str, ...], ...] = ()
    in_order: tuple[tuple[str, ...], ...] = ()
    across: str = "worst"
    min_gain: float | str = 0

    def __post_init__(self) -> None:
        if isinstance(self.prefix, bool) or not isinstance(self.prefix, int) or self.prefix < 0:
            raise LayoutError(f"constraint prefix: {self.prefix!r} is not a count of members")
        if not isinstance(self.pin, Mapping):
            raise LayoutError(f"constraint pin: {self.pin!r}; map a member to first, last, offset")
        for name, where in self.pin.items():
            if where not in PINS:
                fault = f"{name!r} cannot be pinned {where!r}"
                raise LayoutError(f"constraint pin: {fault}; known are {', '.join(PINS)}")
        if self.across not in ACROSS:
            raise LayoutError(f"constraint across: {self.across!r}; known are {', '.join(ACROSS)}")
        for key in ("together", "in_order"):
            object.__setattr__(self, key, _groups(key, getattr(self, key)))
        self.threshold(0.0)

    @staticmethod
    def of(value: Constraints | Mapping[str, Any] | None) -> Constraints:
        """The constraints that a mapping says, unknown keys refused; none for None."""
        if isinstance(value, Constraints):
            return value
        given = dict(value or {})
        known = [one.name for one in fields(Constraints)]
        for key in given:
            if key not in known:
                raise LayoutError(f"no constraint {key!r}; known are {', '.join(known)}")
        return Constraints(**given)

    def threshold(self, cost: float) -> float:
        """The least gain worth a change, for an order that costs so much now."""
        text = str(self.min_gain).strip()
        try:
            amount = float(text.removesuffix("%"))
        except ValueError:
            amount = math.nan
        if not (math.isfinite(amount) and amount >= 0) or isinstance(self.min_gain, bool):
            raise LayoutError(f"constraint min_gain: {self.min_gain!r}; give a number >= 0 or N%")
        return cost * amount / 100 if text.endswith("%") else amount


def _groups(key: str, value: Any) -> tuple[tuple[str, ...], ...]:
    """A group list, or one group that stands alone."""
    whole = isinstance(value, Sequence) and not isinstance(value, str)
    if whole and value and all(isinstance(one, str) for one in value):
        value = (value,)
    if not whole or any(
        isinstance(group, str) or not isinstance(group, Sequence | set | frozenset)
        for group in value
    ):
        raise LayoutError(f"constraint {key}: {value!r}; give lists of members")
    groups = tuple(tuple(sorted(g) if isinstance(g, set | frozenset) else g) for g in value)
    if any(not isinstance(name, str) for group in groups for name in group):
        raise LayoutError(f"constraint {key}: {value!r}; give lists of members' names")
    return groups


@dataclass(frozen=True, slots=True)
class Rules:
    """Constraints over atoms, each known by its place in the author's order.

    Atoms of a lower level come first. Of each pair in ``before`` the one stands before the other;
    those of a group side by side. ``starts`` are the first bits that some must have, per ABI.
    """

    levels: tuple[int, ...] = ()
    before: tuple[tuple[int, int], ...] = ()
    groups: tuple[frozenset[int], ...] = ()
    starts: Mapping[int, tuple[int, ...]] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether every order is allowed."""
        return not (self.before or self.groups or self.starts) and len(set(self.levels)) < 2

    def named(self) -> frozenset[int]:
        """Atoms that no other one can stand for."""
        pairs = {atom for pair in self.before for atom in pair}
        return frozenset(pairs.union(*self.groups, self.starts))

    def level(self, atom: int) -> int:
        """The level of an atom."""
        return self.levels[atom] if self.levels else 0

    def next_may_be(self, atom: int, placed: set[int] | frozenset[int]) -> bool:
        """Whether an atom may follow a set of others; where it starts is not looked at."""
        own = self.level(atom)
        if any(
            self.levels[other] < own for other in range(len(self.levels)) if other not in placed
        ):
            return False
        if any(late == atom and early not in placed for early, late in self.before):
            return False
        # Once a group is begun, its members follow until it is whole.
        return all(
            atom in group or not (placed & group) or group <= placed for group in self.groups
        )

    def permit(self, order: Sequence[int]) -> bool:
        """Whether an order of all atoms keeps levels, pairs and groups."""
        if self.empty:
            return True
        at = {atom: place for place, atom in enumerate(order)}
        if self.levels and any(
            self.levels[late] < self.levels[early] for early, late in pairwise(order)
        ):
            return False
        if any(at[early] > at[late] for early, late in self.before):
            return False
        return all(
            max(at[one] for one in group) - min(at[one] for one in group) < len(group)
            for group in self.groups
        )


FREE = Rules()


def rules_of(
    constraints: Constraints,
    record: Record,
    runs: Sequence[Sequence[Field]],
    *,
    open_end: bool,
    starts: Sequence[tuple[int, ...]],
) -> Rules:
    """The rules over a record's atoms; ``runs`` are their members, ``starts`` the author's first
    bits. With ``open_end`` the last atom stays last. Raises LayoutError for an unknown member."""
    index = {name: at for at, run in enumerate(runs) for one in run for name in names_of(one)}
    levels = _levels(constraints, record, runs, index, open_end=open_end)
    before = []
    for group in constraints.in_order:
        found = [_find(record, index, "in_order", name) for name in group]
        _check_runs(record, runs, group, found)
        before += [pair for pair in pairwise(found) if pair[0] != pair[1]]
    groups = [
        frozenset(_find(record, index, "together", name) for name in group)
        for group in constraints.together
    ]
    fixed = {
        (at := _find(record, index, "pin", name)): starts[at]
        for name, where in constraints.pin.items()
        if where == "offset"
    }
    return Rules(levels, tuple(before), tuple(one for one in groups if len(one) > 1), fixed)


def _levels(
    constraints: Constraints,
    record: Record,
    runs: Sequence[Sequence[Field]],
    index: Mapping[str, int],
    *,
    open_end: bool,
) -> tuple[int, ...]:
    """One level for each pinned atom before and behind those that move."""
    if constraints.prefix > len(record.fields):
        fault = f"constraint prefix: {constraints.prefix} of {len(record.fields)} members"
        raise LayoutError(f"{record.place}: {record.name}: {fault}; give fewer")
    ends: dict[str, list[int]] = {"first": [], "last": [], "offset": []}
    counted = 0
    for at, run in enumerate(runs):
        if counted < constraints.prefix:
            ends["first"].append(at)
        counted += len(run)
    for name, where in constraints.pin.items():
        at = _find(record, index, "pin", name)
        if at not in ends[where]:
            ends[where].append(at)
    head, tail = ends["first"], ends["last"]
    if open_end:
        tail = [at for at in tail if at != len(runs) - 1] + [len(runs) - 1]
    if set(head) & set(tail):
        at = min(set(head) & set(tail))
        fault = f"'{_name(runs[at])}' cannot be both first and last"
        raise LayoutError(f"{record.place}: {record.name}: constraint pin: {fault}; drop one")
    levels = [len(head)] * len(runs)
    for level, at in enumerate(head):
        levels[at] = level
    for level, at in enumerate(tail, len(head) + 1):
        levels[at] = level
    return tuple(levels)


def _find(record: Record, index: Mapping[str, int], key: str, name: str) -> int:
    if name not in index or name == ANONYMOUS:
        near = get_close_matches(name, [one for one in index if one != ANONYMOUS], n=1)
        hint = f"did you mean '{near[0]}'?" if near else "name one of its members"
        fault = f"constraint {key}: no member '{name[:80]}'"
        raise LayoutError(f"{record.place}: {record.name}: {fault}; {hint}")
    return index[name]


def _check_runs(
    record: Record, runs: Sequence[Sequence[Field]], group: Sequence[str], found: Sequence[int]
) -> None:
    """An order within what moves as one must be the author's, which it keeps."""
    for early, late, at, other in zip(group, group[1:], found, found[1:], strict=False):
        names = [name for one in runs[at] for name in names_of(one)]
        if at == other and names.index(early) > names.index(late):
            fault = f"'{late}' and '{early}' move as one and keep their order"
            raise LayoutError(
                f"{record.place}: {record.name}: constraint in_order: {fault}; swap them"
            )


def _name(run: Sequence[Field]) -> str:
    return run[0].name or ANONYMOUS


# How messages call what has no name.
ANONYMOUS = "<anonymous>"


def names_of(member: Field) -> Iterator[str]:
    """The names by which a member is used: its own, or those within an anonymous record."""
    if member.name is not None:
        yield member.name
        return
    type_ = member.type
    while isinstance(type_, Alias):
        type_ = type_.target
    if isinstance(type_, RecordType):
        yield ANONYMOUS
        for inner in type_.record.fields:
            yield from names_of(inner)
