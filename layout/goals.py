"""What an order can be good for: one row per goal, each a price list."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields

from layout.errors import LayoutError

__all__ = ["FALSE_SHARING_LINES", "GOALS", "Goal", "Weights", "goal_of"]

# Lines that one false sharing costs under the goal "lines": the line is taken from the one thread
# and, to go on, from the other. Higher values separate writers at the price of operations that
# touch more lines.
FALSE_SHARING_LINES = 2.0


@dataclass(frozen=True, slots=True)
class Weights:
    """The price of each thing that an order may cost; a machine's cycles, or any other unit.

    ``bytes``: a byte of the record's size. ``lines``: a cache line that an operation touches, each
    time that it runs. ``sharing``: a false sharing, each time that one of two operations can take
    the line from the other. ``hot``: a line between the record's start and a member, that one
    included, each time that the member is used. ``pointers``: a byte that a collector scans.
    Raises LayoutError for a price that is no finite number of at least 0.
    """

    bytes: float = 0.0
    lines: float = 0.0
    sharing: float = 0.0
    hot: float = 0.0
    pointers: float = 0.0

    def __post_init__(self) -> None:
        for name, price in self.prices().items():
            if not isinstance(price, int | float) or not (math.isfinite(price) and price >= 0):
                raise LayoutError(f"weights: {name} = {price!r} is not a finite number >= 0")

    def prices(self) -> dict[str, float]:
        """Each price by its name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @property
    def needs_profile(self) -> bool:
        """Whether the cost depends on who uses which members."""
        return bool(self.lines or self.sharing or self.hot)


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal's meaning, and its prices; None where the caller gives them."""

    title: str
    unit: str  # what its cost counts
    weights: Weights | None


# `layout.order` searches "bytes" by itself, `layout.affinity` the others.
GOALS = {
    "bytes": Goal("least size", "bytes", Weights(bytes=1)),
    "lines": Goal(
        "fewest lines touched, writers apart",
        "lines",
        Weights(lines=1, sharing=FALSE_SHARING_LINES),
    ),
    "hot": Goal("members used most on the first lines", "lines", Weights(hot=1)),
    "writers": Goal("members of different writers apart", "false sharings", Weights(sharing=1)),
    "pointers": Goal("least bytes that a collector scans", "bytes", Weights(pointers=1)),
    "weighted": Goal("least sum at the prices given", "at the prices given", None),
}


def goal_of(name: str, weights: Weights | None, *, profiled: bool) -> Weights:
    """The prices of a goal. Raises LayoutError for an unknown one, or when something is missing."""
    if name not in GOALS:
        raise LayoutError(f"{name!r}: unknown goal; known are {', '.join(GOALS)}")
    fixed = GOALS[name].weights
    if fixed is not None and weights is not None:
        raise LayoutError(f'goal "{name}" has prices of its own; weights go with goal "weighted"')
    prices = weights if fixed is None else fixed
    if prices is None or not any(prices.prices().values()):
        raise LayoutError(f'goal "{name}" needs weights; give the price of bytes, lines or sharing')
    if prices.needs_profile and not profiled:
        raise LayoutError(f'goal "{name}" needs a profile; give the accesses')
    return prices
