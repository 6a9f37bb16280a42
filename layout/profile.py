"""What a program does to a record's members: what the affinity goal takes, whoever measured it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from layout.errors import LayoutError


@dataclass(frozen=True, slots=True)
class Operation:
    """One kind of operation: ``weight`` is how often it runs, ``thread`` which thread runs it.

    ``thread`` None means any thread may run it, so that it shares with every other one. Names are
    those of a record's top-level members.
    """

    name: str
    weight: float
    thread: int | None
    reads: frozenset[str]
    writes: frozenset[str]

    def __post_init__(self) -> None:
        if not (math.isfinite(self.weight) and self.weight >= 0):
            message = f"operation {self.name}: weight {self.weight} is not a finite number >= 0"
            raise LayoutError(f"{message}; count how often it runs")

    @property
    def touches(self) -> frozenset[str]:
        """Members that it reads or writes."""
        return self.reads | self.writes


@dataclass(frozen=True, slots=True)
class AccessProfile:
    """The operations on one record."""

    operations: tuple[Operation, ...]
