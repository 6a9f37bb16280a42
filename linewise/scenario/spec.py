"""What a scenario's TOML file may say: frozen specs that refuse unknown keys.

``docs/scenario.md`` is the manual of these keys.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from linewise.errors import LinewiseError

# Limits that keep an absurd number from taking the machine's memory before anything is said.
MAX_OBJECTS = 1 << 28  # 8 bytes each for their addresses, 2 GiB
MAX_OPERATIONS = 10**12
MAX_THREADS = 1 << 10
MAX_FIELDS = 1000  # fields of one operation

Order = Literal["sequential", "random", "zipf", "linked"]


class HeapSpec(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which heap the objects come from; ``options`` are the heap's own."""

    name: str = "size-class"
    options: dict[str, Any] = {}


class ObjectsSpec(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A group of ``count`` records of one type.

    threads  who allocates them, in turn
    array    all in one block instead of one block each
    """

    name: str
    type: str
    count: int
    threads: tuple[int, ...] = (0,)
    array: bool = False

    def __post_init__(self) -> None:
        require(1 <= self.count <= MAX_OBJECTS, "count", self.count, f"1 to {MAX_OBJECTS}")
        require(bool(self.threads), "threads", "[]", "at least one thread")


class OperationSpec(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One kind of step on one object of a group: what it reads, updates and writes, in that order.

    weight     how often among the phase's operations
    order      which object comes next: in turn, at random, by Zipf's law, or along a random chain
    exponent   of Zipf's law: the k-th most popular object is picked in proportion to k ** -exponent
    threads    who does it, in turn; all of the scenario's threads when empty
    partition  each thread keeps to its own share of the group, every n-th object
    replace    the object is freed and allocated anew first
    """

    name: str
    objects: str
    weight: float = 1.0
    order: Order = "random"
    exponent: float = 1.0
    threads: tuple[int, ...] = ()
    partition: bool = False
    replace: bool = False
    reads: tuple[str, ...] = ()
    updates: tuple[str, ...] = ()
    atomics: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        require(0 < self.weight < float("inf"), "weight", self.weight, "more than 0")
        require(0 <= self.exponent <= 10, "exponent", self.exponent, "0 to 10")
        used = len(self.reads) + len(self.updates) + len(self.atomics) + len(self.writes)
        require(0 < used <= MAX_FIELDS, "fields used", used, f"1 to {MAX_FIELDS}")


class PhaseSpec(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``count`` operations, mixed by their weights; phases follow one another."""

    name: str
    count: int
    operations: tuple[OperationSpec, ...]

    def __post_init__(self) -> None:
        require(1 <= self.count <= MAX_OPERATIONS, "count", self.count, f"1 to {MAX_OPERATIONS}")
        require(bool(self.operations), "operations", "[]", "at least one operation")


class ScenarioSpec(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A whole file."""

    name: str
    source: str
    objects: tuple[ObjectsSpec, ...]
    phases: tuple[PhaseSpec, ...]
    description: str = ""
    seed: int = 1
    threads: int = 1
    machine: str = ""
    abis: tuple[str, ...] = ("x86_64-linux-gnu", "aarch64-linux-gnu")
    heap: HeapSpec = HeapSpec()

    def __post_init__(self) -> None:
        require(1 <= self.threads <= MAX_THREADS, "threads", self.threads, f"1 to {MAX_THREADS}")
        require(0 <= self.seed < 1 << 63, "seed", self.seed, "0 to 2**63 - 1")
        require(bool(self.abis), "abis", "[]", "at least one ABI")
        require(bool(self.objects), "objects", "[]", "at least one group")
        require(bool(self.phases), "phases", "[]", "at least one phase")
        total = sum(group.count for group in self.objects)
        require(total <= MAX_OBJECTS, "objects in all", total, f"at most {MAX_OBJECTS}")


def require(holds: bool, key: str, value: object, allowed: str) -> None:
    """Raise LinewiseError for a value out of its range."""
    if not holds:
        raise LinewiseError(f"{key} = {value}, but must be {allowed}")
