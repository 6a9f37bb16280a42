"""The events of a scenario: whole columns at a time, the same for the same seed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from linewise.scenario.load import threads_of
from linewise.scenario.orders import ORDERS, Picker
from linewise.scenario.spec import ObjectsSpec, OperationSpec, PhaseSpec, ScenarioSpec
from linewise.workload import Events, FieldRef, Operation

# Operations (or allocations) of one chunk: their columns stay within a second-level cache.
CHUNK = 1 << 14

KINDS = {
    "reads": Operation.READ,
    "updates": Operation.READ_MODIFY_WRITE,
    "atomics": Operation.ATOMIC,
    "writes": Operation.WRITE,
}


class ScenarioWorkload:
    """A ``Workload``: first every group is allocated, then the phases run one after another."""

    def __init__(self, spec: ScenarioSpec) -> None:
        self._spec = spec
        self.name = spec.name
        self.types: tuple[str, ...] = tuple(dict.fromkeys(one.type for one in spec.objects))
        self.sites: tuple[str, ...] = tuple(group.name for group in spec.objects)
        self.threads = spec.threads
        self.objects = sum(1 if group.array else group.count for group in spec.objects)

    @cached_property
    def groups(self) -> dict[str, tuple[ObjectsSpec, int]]:
        """Each group by its name, with the number of its first object."""
        first, groups = 0, {}
        for group in self._spec.objects:
            groups[group.name] = (group, first)
            first += 1 if group.array else group.count
        return groups

    @cached_property
    def fields(self) -> tuple[FieldRef, ...]:
        """Every field that some operation names, in the order of their first mention."""
        found: dict[FieldRef, None] = {}
        for phase in self._spec.phases:
            for operation in phase.operations:
                for _, field in _accesses(self, operation):
                    found[field] = None
        return tuple(found)

    @property
    def length(self) -> None:
        """Not known beforehand: operations are drawn, and differ in how much they access."""
        return None

    def threads_of(self, operation: OperationSpec) -> Sequence[int]:
        """The threads that do an operation, in turn."""
        return threads_of(self._spec, operation)

    @property
    def operations(self) -> int:
        """Operations of all phases."""
        return sum(phase.count for phase in self._spec.phases)

    def chunks(self) -> Iterator[Events]:
        """The events; ``time`` is the ordinal of the operation, from 1; 0 while allocating."""
        for site, (group, first) in enumerate(self.groups.values()):
            yield from self._allocations(group, first, site)
        seeds = np.random.SeedSequence(self._spec.seed).spawn(len(self._spec.phases))
        done = 0
        for phase, seed in zip(self._spec.phases, seeds, strict=True):
            mix = _Mix(self, phase, seed)
            for start in range(0, phase.count, CHUNK):
                number = min(CHUNK, phase.count - start)
                yield mix.events(number, done + 1)
                done += number

    def _allocations(self, group: ObjectsSpec, first: int, site: int) -> Iterator[Events]:
        objects, elements = (1, group.count) if group.array else (group.count, 1)
        threads = np.array(group.threads, np.uint16)
        for start in range(0, objects, CHUNK):
            index = np.arange(start, min(start + CHUNK, objects), dtype=np.int64)
            yield Events(
                operation=np.full(len(index), Operation.ALLOC, np.uint8),
                thread=threads[index % len(threads)],
                object=first + index,
                time=np.zeros(len(index), np.uint64),
                type=np.full(len(index), self.types.index(group.type), np.int32),
                field=np.full(len(index), -1, np.int32),
                site=np.full(len(index), site, np.int32),
                value=np.full(len(index), elements, np.int64),
            )


def _accesses(
    workload: ScenarioWorkload, operation: OperationSpec
) -> Iterator[tuple[Operation, FieldRef]]:
    """What one operation does, in order."""
    group, _ = workload.groups[operation.objects]
    kind = workload.types.index(group.type)
    for key, code in KINDS.items():
        for path in getattr(operation, key):
            yield code, FieldRef(kind, path)


class _Mix:
    """The operations of one phase, drawn by their weights."""

    def __init__(
        self, workload: ScenarioWorkload, phase: PhaseSpec, seed: np.random.SeedSequence
    ) -> None:
        seeds = seed.spawn(len(phase.operations) + 1)
        self._rng = np.random.default_rng(seeds[-1])
        weights = np.array([operation.weight for operation in phase.operations])
        self._below = np.cumsum(weights) / weights.sum()
        self._steps = [
            _Step(workload, operation, np.random.default_rng(one))
            for operation, one in zip(phase.operations, seeds[:-1], strict=True)
        ]
        self._lengths = np.array([len(step.rows) for step in self._steps], np.int64)
        codes = np.zeros((len(self._steps), int(self._lengths.max())), np.uint8)
        fields = np.full(codes.shape, -1, np.int32)
        for index, step in enumerate(self._steps):
            codes[index, : len(step.rows)] = [code for code, _ in step.rows]
            fields[index, : len(step.rows)] = [field for _, field in step.rows]
        types = np.array([step.type for step in self._steps], np.int32)
        sites = np.array([step.site for step in self._steps], np.int32)
        self._plan = (self._lengths, codes, fields, types, sites)

    def events(self, number: int, time: int) -> Events:
        """The next ``number`` operations, the first of them at ``time``."""
        from linewise.kernels.generate import fill

        steps = np.searchsorted(self._below, self._rng.random(number), side="right")
        steps = np.minimum(steps, len(self._steps) - 1).astype(np.int64)
        threads = np.empty(number, np.uint16)
        objects, elements = np.empty(number, np.int64), np.empty(number, np.int64)
        for index, step in enumerate(self._steps):
            mine = np.flatnonzero(steps == index)
            threads[mine], objects[mine], elements[mine] = step.take(len(mine))
        rows = int(self._lengths[steps].sum())
        columns = (
            np.empty(rows, np.uint8), np.empty(rows, np.uint16), np.empty(rows, np.int64),
            np.empty(rows, np.uint64), np.empty(rows, np.int32), np.empty(rows, np.int32),
            np.empty(rows, np.int32), np.empty(rows, np.int64),
        )  # fmt: skip
        fill(self._plan, (steps, threads, objects, elements), time, columns)
        operation, thread, object_, times, type_, field, site, value = columns
        return Events(
            operation=operation,
            thread=thread,
            object=object_,
            time=times,
            type=type_,
            field=field,
            site=site,
            value=value,
        )


class _Step:
    """One operation of a phase, with what it remembers between chunks.

    rows  (operation, field) of each of its events; type and site are those of its objects
    """

    def __init__(
        self, workload: ScenarioWorkload, operation: OperationSpec, rng: np.random.Generator
    ) -> None:
        self._group, self._first = workload.groups[operation.objects]
        self._threads = np.array(workload.threads_of(operation), np.uint16)
        self._turn = 0
        known = {field: index for index, field in enumerate(workload.fields)}
        self.rows = [(code, known[field]) for code, field in _accesses(workload, operation)]
        if operation.replace:
            self.rows = [(Operation.FREE, -1), (Operation.ALLOC, -1), *self.rows]
        self.type = workload.types.index(self._group.type)
        self.site = workload.sites.index(self._group.name)
        self._pickers = self._shares(operation, rng)

    def _shares(self, operation: OperationSpec, rng: np.random.Generator) -> list[Picker]:
        """One picker for all threads, or one for each thread's share of the objects."""
        order, exponent = ORDERS[operation.order], operation.exponent
        if not operation.partition:
            return [order(self._group.count, rng, exponent)]
        shares = len(self._threads)
        counts = [len(range(share, self._group.count, shares)) for share in range(shares)]
        return [
            order(count, one, exponent)
            for count, one in zip(counts, rng.spawn(shares), strict=True)
        ]

    def take(self, number: int) -> tuple[NDArray[np.uint16], NDArray[np.int64], NDArray[np.int64]]:
        """Thread, object and element of the next ``number`` times."""
        turns = (self._turn + np.arange(number, dtype=np.int64)) % len(self._threads)
        self._turn = (self._turn + number) % len(self._threads)
        picked = self._picked(turns)
        if self._group.array:
            return self._threads[turns], np.full_like(picked, self._first), picked
        return self._threads[turns], self._first + picked, np.zeros_like(picked)

    def _picked(self, turns: NDArray[np.int64]) -> NDArray[np.int64]:
        shares = len(self._pickers)
        if shares == 1:
            return self._pickers[0].take(len(turns))
        picked = np.empty(len(turns), np.int64)
        for share, picker in enumerate(self._pickers):
            mine = turns == share
            picked[mine] = picker.take(int(mine.sum())) * shares + share
        return picked
